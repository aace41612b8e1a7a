"""What bounds a whole question, in front of it or behind it, changes nothing else about it."""

import pytest

from app.answers.planner import UnclearError
from tests.unit.answers_layer import assert_understood, planned

UNDERSTOOD = {
    "In Germany, what percentage of our revenue in 2025 came from Home Office?": "share of segment Home Office in sales, country Germany, 2025",
    "In Germany, what percent of orders were returned in 2025": "share of returned in orders, country Germany, 2025",
    "What percentage of order lines in 2025 had a discount of 40% or more in Germany": "share of discount at least 40.0% in order lines, country Germany, 2025",
    "Within the Home Office segment, what share of total sales does each category contribute?": "share of sales by category, segment Home Office, all time",
    "In Germany, in how many orders did someone buy Chairs and Tables together": "orders, country Germany, only orders with subcategory Chairs, country Germany, only orders with subcategory Tables, country Germany, all time",
    "what share of sales is made in Germany": "share of country Germany in sales, all time",
    "What share of Technology sales in 2025 comes from the EU market?": "share of market EU in sales, category Technology, 2025",
    "which products were not sold in 2025": "list of products, only products without 2025, all time",
    "how many orders were returned in 2025": "returns, 2025",
    "shipping cost in 2025, and what proportion of revenue did it represent by market": "shipping cost and shipping cost ratio by market, 2025",
    "Whats the biggest discount we ever gave on Chairs by market": "highest discount per order line by market, subcategory Chairs, all time",
    "By market, in how many orders did the customer buy Phones and Chairs together": "orders by market, only orders with subcategory Phones, only orders with subcategory Chairs, all time",
    "In each market, what fraction of 2026 sales came from customers whose very first order was also in 2026?": "share of customers without an order before 2026 in sales by market, 2026",
    "Customers, orders, and orders per customer by market in 2026": "orders per customer and customers and orders by market, 2026",
    "sales last week compared with the week before": "sales, the week of 2026-11-16 against the week of 2026-11-09",
    "products sold in Germany in 2025 by category": "products sold by category, country Germany, 2025",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_what_bounds_a_question_holds_for_all_of_it(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "In Germany, what is the average discount in France",
        "How many orders had at least one line shipped in December 2025?",
        "which of the 20 biggest countries by sales had a return rate above 5% in 2025",
        "what are our categories and how much did each of them sell in 2025",
    ],
)
def test_a_scope_that_does_not_hold_for_all_is_asked_about(question: str) -> None:
    with pytest.raises(UnclearError):
        planned(question)
