"""What is said around a question, words that stand for one another, products by their kind, and what is asked back."""

import pytest

from app.answers.compile import compile_plan
from app.answers.plan import Plan, PlanError, Term
from app.answers.planner import RefusedError, UnclearError
from app.answers.vocabulary.everyday import as_every_day
from tests.unit.answers_layer import assert_understood, layer, planned

UNDERSTOOD = {
    "top 5 phones by sales": "sales by product, subcategory Phones, all time, the highest 5",
    "Which chair brought in the most profit in 2025?": "profit by product, subcategory Chairs, 2025, the highest",
    "how many different chairs did we sell in 2025": "products sold, subcategory Chairs, 2025",
    "tables never sold": "list of products, subcategory Tables, only products without an order, all time",
    "Within the EU, what share of sales came from Germany in 2025?": "share of country Germany in sales, market EU, 2025",
    "what part of EU sales does Germany make up": "share of country Germany in sales, market EU, all time",
    "what were sales if furniture is excluded in 2025": "sales, without category Furniture, 2025",
    "sales from March 2025 until now": "sales, since March 2025",
    "what did we sell in Germany in 2025, in US dollars": "sales, country Germany, 2025",
    "how many customers bought Phones and Chairs in 2025": "customers, only customers with subcategory Phones, 2025, only customers with subcategory Chairs, 2025, 2025",
    "number of orders containing Phones and Chairs": "orders, only orders with subcategory Phones, only orders with subcategory Chairs, all time",
    "sales of orders with Phones and Chairs": "sales, only orders with subcategory Phones, only orders with subcategory Chairs, all time",
    "how many orders with Phones and Chairs by subcategory": "orders by subcategory, subcategory Phones or Chairs, all time",
    "average days to return for orders placed in 2025": "days to return, 2025, by order date",
    "number of returns of the 2025 orders by reason": "returns by reason, 2025, by order date",
    "customers with at least one order above 5000": "sales by customer, only orders with sales more than $5,000.00, all time",
    "how many months of 2025 beat the average monthly sales of that year": "sales by month, sales more than the mean of all shown, 2025, how many they are",
    "How many of the products we sold in 2025 haven't been sold once in 2026?": "products sold, only products without 2026, 2025",
    "Critical orders have to go out fast. Share of Critical orders in 2026 that were shipped Standard Class": "share of ship mode Standard Class in orders, order priority Critical, 2026",
    "what share of sales is from returned orders": "share of returned in sales, all time",
    "countries in the EU that ordered in 2025 but did not buy chairs in 2025": "orders by country, market EU, only countries without subcategory Chairs, 2025, orders at least 1, 2025",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_everyday_questions_are_understood_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "for each quarter of 2025, what did we sell to corporate customers in Germany in dollars",
        "what share of the customers who ordered in 2023 came back",
        "sales of chairs and phones taken together, for Germany and for France each",
    ],
)
def test_what_could_be_meant_otherwise_is_asked_back(question: str) -> None:
    with pytest.raises((UnclearError, RefusedError)):
        planned(question)


def test_phone_numbers_are_no_phones() -> None:
    with pytest.raises((UnclearError, RefusedError)):
        planned("list the phone numbers of customers in Germany")


@pytest.mark.parametrize(
    ("question", "same"),
    [
        ("In 2025, which markets lost money?", "which markets lost money in 2025?"),
        ("In 2025, which customers of 2024 did not order?", "In 2025, which customers of 2024 did not order?"),
        ("Could you please list the markets?", "list the markets?"),
        ("customers who ordered in 2024, how many Thanks!", "customers who ordered in 2024, how many"),
        ("clients during the calendar year 2025", "customers in 2025"),
        ("turnover of the first quarter of 2025", "sales of Q1 2025"),
        ("What profit did the categories bring in?", "What profit did each category bring in?"),
        ("stock turnover", "stock turnover"),
    ],
)
def test_the_same_is_read_as_the_same(question: str, same: str) -> None:
    assert as_every_day(question) == same


def test_two_shares_have_no_difference() -> None:
    plan = Plan((Term("sales", share=True), Term("units", share=True)), ("market",), contrast="difference")
    with pytest.raises(PlanError, match="two amounts"):
        compile_plan(plan, layer(), frozenset({"none"}))
