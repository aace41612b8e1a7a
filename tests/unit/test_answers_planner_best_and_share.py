"""The best member of each group with its share, titles before a question, repeat customers: from a question to a plan."""

import pytest

from app.answers.planner import RefusedError, UnclearError
from tests.unit.answers_layer import assert_understood, planned

UNDERSTOOD = {
    "Within each market, which country has the largest share of the market's sales in 2025, and how large is that share?": "share of sales by market and country, 2025, the highest in each market",
    "For each market, which country has the largest sales and what share of the market's sales does it hold?": "sales and share of sales by market and country, all time, the highest in each market",
    "Dead articles: how many products in each category have never been sold?": "number of products by category, only products without an order, all time",
    "cross-selling check - how many customers bought from all three categories during 2025, by segment?": "customers by segment, only customers with at least 3 different categories, 2025, 2025",
    "attach rate: of the 2025 orders with a phone in them, what share also had chairs in the same order?": "share of orders with subcategory Chairs in orders, subcategory Phones, 2025",
    "Loyal customers: sales by market": "sales by market, only customers with orders more than 1, all time",
    "sales by market for repeat customers": "sales by market, only customers with orders more than 1, all time",
    "what share of sales came from repeat customers?": "share of customers with orders more than 1 in sales, all time",
    "repeat customers by market": "customers by market, only customers with orders more than 1, all time",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_the_best_and_titled_questions_are_understood_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "Big spenders in Germany: sales by market",
        "Lapsed customers: number of customers by market",
        "sales of repeat customers vs new customers",
    ],
)
def test_a_title_that_says_more_is_asked_back(question: str) -> None:
    with pytest.raises((UnclearError, RefusedError)):
        planned(question)
