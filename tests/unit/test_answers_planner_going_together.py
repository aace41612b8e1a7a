"""Pairs that go together, and what goes with one thing: from a question to a plan, or a question back."""

import pytest

from app.answers.compile import compile_plan
from app.answers.plan import Filter, Plan, PlanError, Term
from app.answers.planner import UnclearError
from app.plan_edits import Offer
from tests.unit.answers_layer import VALUES, assert_understood, layer, planned, surroundings

CLEAR = frozenset({"none", "name"})
PAIRS = {
    "Which two subcategories appear together in the same order most often, and in how many orders? Give the pair in alphabetical order, then the number": "orders by pairs of subcategories, all time, the highest",
    "Which two sub-categories turn up together in the same order most often?": "orders by pairs of subcategories, all time, the highest",
    "Name the two categories that most often share an order": "orders by pairs of categories, all time, the highest",
    "Which combination of subcategories appears in the most orders?": "orders by pairs of subcategories, all time, the highest",
    "two subcategories most often found together, with the number of orders": "orders by pairs of subcategories, all time, the highest",
    "which pair of subcategories has the most orders in common?": "orders by pairs of subcategories, all time, the highest",
    "In how many orders does the most common pair of sub-categories appear?": "orders by pairs of subcategories, all time, the highest",
    "top five pairs of different subcategories by number of orders with both": "orders by pairs of subcategories, all time, the highest 5",
    "What are the three most frequent combinations of two subcategories in one basket?": "orders by pairs of subcategories, all time, the highest 3",
    "Basket analysis: which pairs of categories are bought together, and how often": "orders by pairs of categories, all time",
    "pairs of categories and the share of orders that contain both": "orders and share of orders by pairs of categories, all time",
    "which products are most often bought together": "orders by pairs of products, all time, the highest 10",
    "which furniture subcategories are bought together most often": "orders by pairs of subcategories, category Furniture, all time, the highest 10",
    "which pair of subcategories do customers buy most": "customers by pairs of subcategories, all time, the highest",
    "pairs of subcategories by number of customers who bought both, top 10": "customers by pairs of subcategories, all time, the highest 10",
    "pairs of ship modes that the same customers use": "customers by pairs of ship modes, all time",
    "pairs of subcategories that occur together in more than 500 orders": "orders by pairs of subcategories, orders more than 500, all time",
    "how many pairs of subcategories occur together in more than 500 orders?": "orders by pairs of subcategories, orders more than 500, all time, how many they are",
    "In 2025, which two subcategories were most often ordered together in the EU?": "orders by pairs of subcategories, market EU, 2025, the highest",
    "which two subcategories are bought together most often by our customers in the EU": "orders by pairs of subcategories, market EU, all time, the highest",
    "which two subcategories are most often bought together in orders that were returned": "orders by pairs of subcategories, returned, all time, the highest",
    "which pair of subcategories is bought together most often by customers with more than 3 orders": "orders by pairs of subcategories, only customers with orders more than 3, all time, the highest",
    "for each market, which two categories are most often bought together?": "orders by market and pairs of categories, all time, the highest in each market",
    "pairs of categories with the number of orders containing both, by year": "orders by year and pairs of categories, all time",
}  # fmt: skip
WITH_ONE = {
    "what is most often bought together with Tables": "orders by subcategory, without subcategory Tables, only orders with subcategory Tables, all time, the highest",
    "Apart from Tables itself, which sub-category appears in the largest number of orders that also contain Tables?": "orders by subcategory, without subcategory Tables, only orders with subcategory Tables, all time, the highest",
    "Not counting Chairs, which subcategory is in most orders with Chairs?": "orders by subcategory, without subcategory Chairs, only orders with subcategory Chairs, all time, the highest",
    "what else do people who buy chairs put in the same order": "orders by subcategory, without subcategory Chairs, only orders with subcategory Chairs, all time",
    "which other subcategories are in the same order as tables, and how often": "orders by subcategory, without subcategory Tables, only orders with subcategory Tables, all time",
    "top 3 subcategories bought together with phones in 2025": "orders by subcategory, without subcategory Phones, only orders with subcategory Phones, 2025, the highest 3",
    "for each market, what is most often bought together with tables": "orders by market and subcategory, without subcategory Tables, only orders with subcategory Tables, all time, the highest in each market",
    "which category is most often combined with Furniture in one order": "orders by category, without category Furniture, only orders with category Furniture, all time, the highest",
    "which products are often bought with tables in Germany": "orders by product, country Germany, without subcategory Tables, only orders with subcategory Tables, all time, the highest 10",
    "which subcategories do customers who bought chairs also buy": "customers by subcategory, without subcategory Chairs, only customers with subcategory Chairs, all time",
    "with which sub-category do Tables share the most orders?": "orders by subcategory, without subcategory Tables, only orders with subcategory Tables, all time, the highest",
    "which subcategory is Phones most often combined with?": "orders by subcategory, without subcategory Phones, only orders with subcategory Phones, all time, the highest",
    "what share of orders with chairs also contain tables": "share of orders with subcategory Tables in orders, only orders with subcategory Chairs, all time",
    "what percentage of orders containing Tables also include Chairs in 2025, by market": "share of orders with subcategory Chairs in orders by market, only orders with subcategory Tables, 2025",
    "in how many orders do chairs appear together with tables": "orders, only orders with subcategory Chairs, only orders with subcategory Tables, all time",
}  # fmt: skip
AS_BEFORE = {
    "Name the two countries with the highest sales of all time, together with those sales.": "sales by country, all time, the highest 2",
    "which two subcategories have the highest sales": "sales by subcategory, all time, the highest 2",
    "which two subcategories bring in the most profit together": "profit by subcategory, all time, the highest 2, added up",
    "orders by subcategory for orders that contain Tables": "orders by subcategory, only orders with subcategory Tables, all time",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), {**PAIRS, **WITH_ONE, **AS_BEFORE}.items())
def test_what_goes_together_is_understood_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "which three subcategories are bought together most often",
        "which two subcategories are sold together least often",
        "pairs of subcategories that never appear in the same order",
        "which pairs of countries are most often bought together",
        "pairs of subcategories with the highest sales",
        "pairs of subcategories that occur together in sunny orders",
        "subcategory pairs in 2024 vs 2025",
        "which pair of categories was bought together most often in both 2024 and 2025",
        "pairs of categories in orders of the same customers and different markets",
        "which pair of subcategories is bought together most often per customer",
        "which pairs with Tables are bought together",
        "which pair of subcategories occurs in the same order most often by number of customers",
        "which subcategories do customers who bought chairs buy",
        "which subcategories are sold together with tables in the sun",
    ],
)
def test_what_is_not_understood_of_pairs_is_asked_back(question: str) -> None:
    with pytest.raises(UnclearError):
        planned(question)


def test_of_each_two_the_first_by_name_comes_first_and_ties_are_in_order() -> None:
    plan = planned("top five pairs of subcategories by number of orders with both").plan
    compiled = compile_plan(plan, layer(), CLEAR)
    assert [c.name for c in compiled.columns] == ["subcategory", "other_subcategory", "orders"]
    assert "one.place < other.place" in compiled.sql
    assert "`orders` DESC,\n  subcategory ASC,\n  other_subcategory ASC" in compiled.sql


def test_products_are_told_by_name_too_and_come_in_the_order_of_their_names() -> None:
    compiled = compile_plan(Plan((Term("orders"),), ("product_id",), pairs="product_id"), layer(), CLEAR)
    names = ["product_id", "product_name", "other_product_id", "other_product_name", "orders"]
    assert [c.name for c in compiled.columns] == names
    assert "ORDER BY products.product_name, products.product_id" in compiled.sql


@pytest.mark.parametrize(
    "plan",
    [
        Plan((Term("orders"),), ("category",), pairs="subcategory"),
        Plan((Term("sales"),), ("category",), pairs="category"),
        Plan((), ("category",), pairs="category"),
        Plan((Term("orders", filters=(Filter("market", "in", ("EU",)),)),), ("category",), pairs="category"),
        Plan((Term("orders", share=True),), ("market", "category"), pairs="category"),
        Plan((Term("orders"),), ("@month", "category"), pairs="category", compare="previous"),
        Plan((Term("orders"),), ("category",), pairs="category", tally="distribution"),
    ],
)
def test_pairs_are_of_what_orders_or_customers_have_in_common(plan: Plan) -> None:
    with pytest.raises(PlanError):
        compile_plan(plan, layer(), CLEAR)


def test_groups_of_few_people_are_not_told_in_pairs() -> None:
    plan = Plan((Term("orders"),), ("city", "category"), pairs="category")
    compile_plan(plan, layer(), CLEAR)
    with pytest.raises(PlanError):
        compile_plan(plan, layer(), frozenset({"none"}), fold=True)


def test_pairs_that_are_asked_for_again_otherwise_are_asked_back() -> None:
    before = planned("which pairs of categories are bought together").plan
    assert planned("and in 2025?", before).plan.periods[0].label == "2025"
    with pytest.raises(UnclearError):
        planned("and by market?", before)


def test_pairs_can_be_edited_and_stay_pairs() -> None:
    offer = Offer(surroundings(), tuple(layer().metrics), VALUES)
    plan = planned("top five pairs of subcategories by number of orders with both in 2025").plan
    parts = {part.kind: part for part in offer.parts(plan)}
    assert parts["dimension"].words == "by pairs of subcategories"
    others = [choice.plan for part in offer.parts(plan) for choice in part.choices]
    others += [choice.plan for choice in offer.additions(plan)]
    assert any(other.pairs == "category" for other in others)
    for other in others:
        compile_plan(other, layer(), CLEAR)
