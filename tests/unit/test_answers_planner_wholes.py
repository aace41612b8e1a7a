"""Shares of a whole that is told apart from its part, and orders by what is in them: from a question to a plan."""

import pytest

from app.answers.planner import RefusedError, UnclearError
from tests.unit.answers_layer import assert_understood, planned

UNDERSTOOD = {
    "Of the customers whose first order was in 2024, what share ordered again in 2025?": "share of customers with 2025 in customers, only customers with 2024, only customers without an order before 2024, all time",
    "Of the customers who ordered in 2024, what share did not come back with any order in 2025?": "share of customers without 2025 in customers, 2024",
    "Of the customers who ordered in 2024, what percentage placed at least two orders that year, by segment?": "share of customers with orders at least 2, 2024 in customers by segment, 2024",
    "How many of the customers who ordered in 2024 ordered again the following year?": "customers, only customers with 2024, only customers with 2025, all time",
    "What proportion of our 2024 customers ordered again in 2025?": "share of customers with 2025 in customers, 2024",
    "How many customers that were new in 2024 ordered again in 2025?": "customers, only customers with 2024, only customers without an order before 2024, only customers with 2025, all time",
    "margin of returned vs not returned orders in 2025": "margin by returned or not, 2025",
    "Of the furniture lines sold in 2025, what share was sold at a loss?": "share of at a loss in order lines, category Furniture, 2025",
    "What share of 2025 sales came from customers who had already ordered before 2025?": "share of customers with an order before 2025 in sales, 2025",
    "What % of 2025 revenue is due to our 10 biggest customers (by revenue in that year)?": "share of sales by customer, 2025, the highest 10, added up",
    "what part of furniture profit in 2025 comes from the 3 biggest countries": "share of profit by country, category Furniture, 2025, the highest 3, added up",
    "How many 2025 orders contain neither a Furniture nor a Technology line?": "orders, only orders without category Furniture, only orders without category Technology, 2025",
    "What share of 2025 orders contain both a chair and a table?": "share of orders with subcategory Chairs and orders with subcategory Tables in orders, 2025",
    "How many orders consist of Office Supplies only, in each year?": "orders by year, only orders with nothing but category Office Supplies, all time",
    "average value of orders that contain at least one phone, by market": "average order value by market, only orders with subcategory Phones, all time",
    "How many 2025 orders had lines shipped on different days?": "orders, only orders with more than 1 different ship dates, 2025",
    "orders with products from more than one category in 2025": "orders, only orders with more than 1 different categories, 2025",
    "How many orders contained at least two discounted lines in 2025?": "orders, only orders with order lines at least 2, discounted, 2025",
    "What proportion of order lines takes longer than a week from order to shipment?": "share of days to ship more than 7.0 days in order lines, all time",
    "per category: share of its 2025 lines that were sold at a loss (profit below zero)": "share of at a loss in order lines by category, 2025",
    "What percentage of furniture lines in 2025 had a discount of 30% or more?": "share of discount at least 30.0% in order lines, category Furniture, 2025",
    "What share of each category's 2025 sales belongs to orders that were later returned?": "share of returned in sales by category, 2025",
    "average order value of orders that were returned vs those that weren't, orders placed 2025": "average order value by returned or not, 2025",
    "On average, how many different subcategories did a customer buy from in 2025?": "average number of subcategories per customer, 2025",
    "furniture lines sold at a loss in 2025: how many, and total profit on them": "order lines and profit, category Furniture, at a loss, 2025",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_a_part_and_its_whole_are_understood_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "Of the customers who ordered in 2024, what share ordered again?",
        "Of the customers who ordered in 2024, what share ordered again in 2024?",
        "Of the customers whose first order was in 2024, what share bought furniture?",
        "Of the customers who ordered in 2024, what share returned an order?",
        "Of the customers who ordered in 2024, what was their average order value in 2025?",
        "What share of the customers who ordered in 2024 came back later?",
        "How many of our 2025 customers bought nothing that was not Furniture in 2025?",
        "What share of 2024 profit is due to the 5 best customers (by sales)?",
        "What percentage of orders returned in 2025 contained at least one discounted line?",
        "how many customers does an order have on average",
        "how many segments does a customer have on average",
    ],
)
def test_a_part_that_is_half_told_is_asked_back(question: str) -> None:
    with pytest.raises((UnclearError, RefusedError)):
        planned(question)


@pytest.mark.parametrize(
    "question",
    ["customers whose orders contain only furniture", "customers who never placed orders containing furniture"],
)
def test_a_condition_on_all_orders_of_a_customer_is_not_one_on_single_orders(question: str) -> None:
    try:
        plan = planned(question).plan
    except (UnclearError, RefusedError):
        return
    assert all(cohort.dimension != "order_id" for cohort in plan.cohorts)
