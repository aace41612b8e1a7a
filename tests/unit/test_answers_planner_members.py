"""Customers by their history, orders by what holds of all of them, groups that are counted: from a question to a plan."""

import pytest

from app.answers.planner import RefusedError, UnclearError
from tests.unit.answers_layer import assert_understood, planned

UNDERSTOOD = {
    "How many orders in 2025 had a discount on every single line?": "orders, only orders with nothing but discounted lines, 2025",
    "What share of 2025 orders had no discount at all?": "share of orders without a discounted line in orders, 2025",
    "How many orders were at full price in 2024?": "orders, only orders without a discounted line, 2024",
    "How many orders in Germany contain a discounted line and yet their total profit is negative?": "orders, country Germany, only orders with a discounted line, only orders with profit less than $0.00, all time",
    "Total sales of the 2025 orders that include a table, counting everything in those orders": "sales, only orders with subcategory Tables, 2025",
    "How many customers placed their last order before 2025?": "customers, only customers with an order before 2025, only customers without an order since 2025, all time",
    "customers whose most recent order was in March 2025": "list of customers, only customers with March 2025, only customers without an order after March 2025, all time",
    "How many customers placed exactly one order in 2025 and had never ordered before?": "customers, only customers with orders exactly 1, 2025, only customers without an order before 2025, 2025",
    "How many of the customers who ordered in 2025 bought neither phones nor tables that year?": "customers, only customers without subcategory Phones or Tables, 2025, 2025",
    "How many customers have ordered in every one of the years 2023, 2024 and 2025?": "customers, only customers with 2023, only customers with 2024, only customers with 2025, all time",
    "customers with orders in each quarter of 2025": "list of customers, only customers with exactly 4 different quarters, Q1 2025 to Q4 2025, all time",
    "How many customers placed exactly one order, and how many placed at least five?": "customers (customers with orders exactly 1) and customers (customers with orders at least 5), all time",
    "Group customers by the year of their first purchase: how much revenue did each of those cohorts generate in 2025?": "sales by year of the first order, 2025",
    "Distribution of customers by number of orders placed in 2025": "orders by customer, 2025, how many of them have each of these numbers",
    "which categories made a loss in at least one market in 2025, and in how many markets?": "profit by category and market, profit less than $0.00, 2025, how many they are for each category",
    "Leaving out every order that was returned, what was the margin in 2025?": "margin, not returned, 2025",
    "profit of orders that were returned": "profit, returned, all time",
    "average days to ship of orders that were returned": "days to ship, returned, all time",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_conditions_of_whole_members_are_understood_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "How many orders of furniture although the order's total profit is above zero?",
        "How many customers had never ordered before?",
        "how many corporate customers placed exactly one order in 2025 and how many placed more than three?",
        "How many customers bought furniture, and how many of them bought technology?",
        "which regions lost money in at least two markets",
        "which categories lost money in at least one market but not in Africa?",
        "customers by month who placed their last order in 2025",
        "distribution of customers by number of orders and segment",
    ],
)
def test_conditions_that_are_half_told_are_asked_back(question: str) -> None:
    with pytest.raises((UnclearError, RefusedError)):
        planned(question)
