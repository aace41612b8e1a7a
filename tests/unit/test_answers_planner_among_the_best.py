"""What is asked about the best ones: from a question to a plan, its words and its SQL, or a question back."""

import pytest

from app.answers.compile import compile_plan
from app.answers.plan import Cohort, Plan, PlanError, Term, plan_from_json
from app.answers.planner import UnclearError
from tests.unit.answers_layer import assert_understood, layer, planned

UNDERSTOOD = {
    "which of the 50 biggest customers of 2025 have not ordered in 2026": "list of customers, only customers without 2026, only the 50 customers with the highest sales (2025), all time",
    "which customers among the top 100 by profit in 2025 ordered nothing in 2026": "list of customers, only customers without 2026, only the 100 customers with the highest profit (2025), all time",
    "of the top 20 customers by sales in 2025, how many ordered in 2026": "customers, only the 20 customers with the highest sales (2025), 2026",
    "how many of the 100 biggest orders of 2025 were shipped Same Day": "orders, ship mode Same Day, only the 100 orders with the highest sales (2025), all time",
    "how many of the 50 biggest customers of 2025 come from each market": "customers by market, only the 50 customers with the highest sales (2025), all time",
    "which of the top 20 products by sales in 2025 made a loss": "profit by product, only the 20 products with the highest sales (2025), profit less than $0.00, 2025",
    "which of the top 5 subcategories by sales has the lowest margin": "margin by subcategory, only the 5 subcategories with the highest sales, all time, the lowest",
    "what share of 2026 sales came from the 100 biggest customers of 2025": "share of the 100 customers with the highest sales (2025) in sales, 2026",
    "what share of the top 100 customers by sales of 2024 placed an order in 2025": "share of customers with 2025 in number of customers, only the 100 customers with the highest sales (2024), all time",
    "how much did the top 10 customers of 2025 spend in 2026": "sales, only the 10 customers with the highest sales (2025), 2026",
    "2026 sales of the 10 best selling products of 2025, each": "sales by product, only the 10 products with the highest sales (2025), 2026",
    "combined 2026 profit of the ten most profitable products of 2025": "profit, only the 10 products with the highest profit (2025), 2026",
    "margin in 2025 without the 10 largest orders": "margin, only orders not among the 10 with the highest sales (2025), 2025",
    "which countries were in the top ten by sales in 2025 but not in 2024": "list of countries, only the 10 countries with the highest sales (2025), only countries not among the 10 with the highest sales (2024), all time",
    "which countries dropped out of the top ten by sales between 2024 and 2025": "list of countries, only the 10 countries with the highest sales (2024), only countries not among the 10 with the highest sales (2025), all time",
    "which countries were new in the top ten by sales in 2025 compared with 2024": "list of countries, only the 10 countries with the highest sales (2025), only countries not among the 10 with the highest sales (2024), all time",
    "which products were among the ten most profitable in 2024 and again in 2025": "list of products, only the 10 products with the highest profit (2024), only the 10 products with the highest profit (2025), all time",
    "how many of the top 20 customers by sales in 2024 were also in the top 20 in 2025": "customers, only the 20 customers with the highest sales (2024), only the 20 customers with the highest sales (2025), all time",
    "which products were in the top 20 by sales but not in the top 20 by profit in 2025": "list of products, only the 20 products with the highest sales (2025), only products not among the 20 with the highest profit (2025), all time",
    "how many of the top 100 customers are from the EU": "customers, market EU, only the 100 customers with the highest sales, all time",
    "which products entered the top 10 by sales in 2025 compared with 2024": "list of products, only the 10 products with the highest sales (2025), only products not among the 10 with the highest sales (2024), all time",
    "sales of the top 10 customers in 2025": "sales by customer, 2025, the highest 10",
    "how many products were returned at least once": "orders by product, returned, orders at least 1, all time, how many they are",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_what_is_asked_about_the_best_is_understood_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "what were the 2026 sales of the 10 best selling products of 2025",
        "sales by year of the five largest countries by sales in 2025",
        "which of the 20 biggest countries by sales had a return rate above 5% in 2025",
        "how many customers returned at least once",
        "which countries dropped out of the top ten {0} by sales between 2024 and 2025",
    ],
)
def test_each_or_together_and_ranked_by_when_are_asked_back(question: str) -> None:
    with pytest.raises(UnclearError):
        planned(question)


def test_the_first_so_many_are_chosen_in_a_table_of_their_own() -> None:
    best = Cohort("country", metric="sales", operator="top", values=(10.0,))
    sql = " ".join(compile_plan(Plan((Term("profit"),), cohorts=(best,)), layer(), frozenset({"none"})).sql.split())
    assert "ORDER BY SUM(sales.sales) DESC, customers.country LIMIT 10 ) AS best )" in sql


@pytest.mark.parametrize("values", [(), (0.0,), (2.5,), (3.0, 4.0)])
def test_a_number_that_is_none_of_members_is_refused(values: tuple[float, ...]) -> None:
    cohort = Cohort("country", metric="sales", operator="top", values=values)
    with pytest.raises(PlanError, match="whole number"):
        compile_plan(Plan((Term("profit"),), cohorts=(cohort,)), layer(), frozenset({"none"}))


def test_the_best_are_kept_in_a_plan_that_is_read_back() -> None:
    plan = planned("which countries were in the top ten by sales in 2025 but not in 2024").plan
    assert plan_from_json(plan.as_json()) == plan
