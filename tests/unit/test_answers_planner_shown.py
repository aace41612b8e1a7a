"""Columns that are told again, the order of rows, returned against kept orders: from a question to a plan."""

import pytest

from app.answers.planner import UnclearError
from tests.unit.answers_layer import assert_understood, planned

UNDERSTOOD = {
    "share of sales by category in Germany": "share of sales by category, country Germany, all time",
    "what share of sales does each category have in the US market": "share of sales by category, market US, all time",
    "What share of the US market's sales does each category account for?": "share of sales by category, market US, all time",
    "what share of sales came from Germany by category": "share of country Germany in sales by category, all time",
    "If we leave out all returned orders, what would the margin have been per category in 2025?": "margin by category, not returned, 2025",
    "What would 2025 sales have been if we leave out every order that was returned?": "sales, not returned, 2025",
    "Customers we lost: ordered in 2024, nothing in 2025. How many, per segment?": "customers by segment, only customers without 2025, 2024",
    "Sales and profit for the regions of the US market": "sales and profit by region, market US, all time",
    "Count the orders that had something from Phones and something from Tables in the same basket.": "orders, only orders with subcategory Phones, only orders with subcategory Tables, all time",
    "Name the runner-up subcategory by 2025 sales inside each category (second place only), with its sales": "sales by category and subcategory, 2025, number 2 from the highest in each category",
    "Compare the return rates of the segments for orders placed in 2025.": "return rate by segment, 2025",
    "Which week of 2025 brought in the most orders, and how many?": "orders by week, 2025, the highest",
    "Which countries had more than 300 orders in 2025 and how many?": "orders by country, orders more than 300, 2025",
    "5 products that lost us the most money in 2025 (product name and profit, worst first)": "profit by product, 2025, the lowest 5",
    "sales by subcategory sorted by subcategory": "sales by subcategory, all time",
    "List the subcategories of the Technology category in alphabetical order.": "list of subcategories, category Technology, all time",
    "sales by market in alphabetical order": "sales by market, all time",
    "Give the number of orders for every year, starting with the earliest year.": "orders by year, all time",
    "Give the ID and name of every customer with at least 20 orders, along with the number of orders.": "orders by customer, orders at least 20, all time",
    "Which fraction of order lines is loss-making in each subcategory, from the highest fraction to the lowest?": "share of profit less than $0.00 in order lines by subcategory, all time",
    "For each month of 2025 from February onward, what was the growth in sales compared with the previous month?": "sales by month, February 2025 to December 2025, each against the one before",
    "In which countries did sales rise from 2024 to 2025 while profit fell?": "sales and profit by country, growth of sales more than 0.0%, growth of profit less than 0.0%, 2025 against 2024",
    "Which subcategories have higher sales in the US market than in the EU market? Show both sales figures, US first.": "sales (market US) and sales (market EU) by subcategory, sales (market US) more than sales (market EU), all time",
    "How many orders placed in 2025 consist only of loss-making lines?": "orders, only orders without profit at least $0.00, 2025",
    "What is the average number of days between the order date and the return date for returned orders, by market?": "days to return by market, all time",
    "Running total of sales by month for 2025, January onwards": "cumulative sales by month, 2025",
    "Subcategories whose margin was lower in 2025 than in 2024: name, 2024 margin, 2025 margin": "margin by subcategory, growth of margin less than 0.0%, 2025 against 2024",
    "What is the average order value of orders that were returned, and what is it for orders that were never returned? Put the two figures side by side.": "average order value (returned) and average order value (not returned), all time",
    "sales of returned orders vs kept orders by market in 2025": "sales (returned) and sales (not returned) by market, 2025",
    "Subcategories with a margin under 5%, worst one first, margin shown": "margin by subcategory, margin less than 5.0%, all time",
    "Which products in our catalogue have never been sold? Just the number of them per category.": "number of products by category, only products without an order, all time",
    "Five countries where sales fell the most in money terms, January-November 2025 against January-November 2024: country, sales 2024, sales 2025, difference": "sales by country, January 2025 to November 2025 against January 2024 to November 2024, the lowest 5 by change",
    "Lapsed customers: ordered in 2024 but not at all in 2025. How many per market?": "customers by market, only customers without 2025, 2024",
    "Which countries bought Tables in 2024 but no Tables at all in 2025?": "list of countries, subcategory Tables, only countries without subcategory Tables, 2025, 2024",
    "US customers who have bought Chairs but never Tables and never Phones, how many are there": "customers, market US, subcategory Chairs, only customers without subcategory Tables or Phones, all time",
    "How many orders have there been in each month of 2025?": "orders by month, 2025",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_what_is_shown_is_told_in_many_ways(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("sales by subcategory sorted by subcategory", (("subcategory", False),)),
        ("sales by market in alphabetical order", (("market", False),)),
        ("list the subcategories of Technology, A to Z", (("subcategory", False),)),
        ("sales by market sorted by sales", (("0", True),)),
    ],
)
def test_rows_are_sorted_by_what_is_named(question: str, order: tuple[tuple[str, bool], ...]) -> None:
    assert planned(question).plan.order == order


@pytest.mark.parametrize(
    "question",
    [
        "How many customers ordered in each month of 2025?",
        "How often is each order priority used? Number of orders, most common priority first.",
        "sales by market, sorted by country",
        "Which countries had the first orders and how many units",
        "Of the products we have sold, how many have never been sold with a discount?",
        "how many Tables products were not sold in 2025",
    ],
)
def test_what_is_said_again_is_not_what_is_new(question: str) -> None:
    with pytest.raises(UnclearError):
        planned(question)
