"""The best of a kind, the groups of a kind, what groups have, and the extremes of periods: from a question to a plan."""

from dataclasses import replace

import pytest

from app.answers.compile import compile_plan
from app.answers.planner import UnclearError, make_plan
from app.answers.wording import understood
from tests.unit.answers_layer import assert_understood, layer, planned, surroundings

UNDERSTOOD = {
    "the ten Technology products with the highest sales this year": "sales by product, category Technology, this year to 2026-11-24, the highest 10",
    "the five cities in Germany with the most customers": "customers by city, country Germany, all time, the highest 5",
    "the three states of the United States with the highest profit in 2024": "profit by state, country United States, 2024, the highest 3",
    "3 corporate customers with the most orders": "orders by customer, segment Corporate, all time, the highest 3",
    "5 months of 2025 with the highest sales": "sales by month, 2025, the highest 5",
    "customers in Germany with the highest sales": "sales by customer, country Germany, all time, the highest 10",
    "the two customers from France who ordered the most in 2025": "orders by customer, country France, 2025, the highest 2",
    "the six Technology products that sold best in 2025": "sales by product, category Technology, 2025, the highest 6",
    "the three regions that sold most Technology in 2025": "units by region, category Technology, 2025, the highest 3",
    "profit of the three products which sold best in 2025": "profit and sales by product, 2025, the highest 3",
    "orders of the three customers who spent most this year": "orders and sales by customer, this year to 2026-11-24, the highest 3",
    "customers of the 3 countries with the highest sales": "sales and customers by country, all time, the highest 3",
    "which three products sold best": "sales by product, all time, the highest 3",
    "within each segment the three customers who spent most this year": "sales by segment and customer, this year to 2026-11-24, the highest 3 in each segment",
    "for every quarter of 2025 the best selling category": "sales by quarter and category, 2025, the highest in each quarter",
    "each year, the five customers who ordered most": "orders by year and customer, all time, the highest 5 in each year",
    "monthly best selling product in 2025": "sales by month and product, 2025, the highest in each month",
    "every year's best selling product": "sales by year and product, all time, the highest in each year",
    "In each Technology sub-category, which product has the highest sales of all time?": "sales by subcategory and product, category Technology, all time, the highest in each subcategory",
    "for each EU country, which customer has the highest sales": "sales by country and customer, market EU, all time, the highest in each country",
    "sales by Furniture subcategory": "sales by subcategory, category Furniture, all time",
    "sales by German states": "sales by state, country Germany, all time",
    "sales by corporate customers": "sales, segment Corporate, all time",
    "profit by corporate German customer, top 3": "profit by customer, segment Corporate, country Germany, all time, the highest 3",
    "sales by Same Day ship mode": "sales, ship mode Same Day, all time",
    "each market's share of total profit in 2025": "share of profit by market, 2025",
    "each market's share of Technology sales": "share of sales by market, category Technology, all time",
    "Technology's share of each market's sales": "share of category Technology in sales by market, all time",
    "the EU market's share of 2025 sales": "share of market EU in sales, 2025",
    "each category's top product": "sales by category and product, all time, the highest in each category",
    "what share of 2025 sales came from that year's ten biggest countries by sales?": "share of sales by country, 2025, the highest 10, added up",
    "what percentage of total 2025 sales came from that year's ten biggest customers by sales": "share of sales by customer, 2025, the highest 10, added up",
    "what share of 2025 sales came from the ten countries with the highest sales": "share of sales by country, 2025, the highest 10, added up",
    "what share of sales do the top 10 customers by sales have": "share of sales by customer, all time, the highest 10, added up",
    "which ten countries have the biggest share of sales": "share of sales by country, all time, the highest 10",
    "find the single order line with the biggest loss": "losses by order and product, all time, the highest",
    "the most profitable order line in 2025": "profit by order and product, 2025, the highest",
    "which three Technology order lines lost the most money in 2025": "profit by order and product, category Technology, 2025, the lowest 3",
    "the top 3 order lines in each segment by sales": "sales by segment and order and product, all time, the highest 3 in each segment",
    "the order with the most order lines in 2025": "order lines by order, 2025, the highest",
    "minimum sales per month in 2025": "lowest sales per month, 2025",
    "maximum orders per day in 2024": "highest orders per day, 2024",
    "lowest monthly profit in 2025": "lowest profit per month, 2025",
    "most orders in a day in 2025": "highest orders per day, 2025",
    "what is the largest number of customers per month in 2025": "highest customers per month, 2025",
    "highest monthly sales by market in 2025": "highest sales per month by market, 2025",
    "highest monthly margin in 2025": "margin by month, 2025, the highest",
    "the three highest monthly sales in 2025": "sales by month, 2025, the highest 3",
    "which month had the lowest sales": "sales by month, all time, the lowest",
    "when was the highest daily sales": "sales by day, all time, the highest",
    "orders above 5000 dollars by year": "orders by year, only orders with sales more than $5,000.00, all time",
    "orders above $5,000": "sales by order, sales more than $5,000.00, all time",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_the_best_and_their_groups_are_understood_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "sales in 2025 of the three customers who spent most in 2024",
        "monthly sales of the best selling product in 2025",
        "sales by Technology customer",
        "sales by corporate subcategory",
        "what share of 2025 sales came from that year's ten biggest customers by profit",
        "what share of 2025 sales came from the ten biggest German customers",
        "what percentage of sales did each of the top 5 countries make",
        "the biggest order line",
    ],
)
def test_the_best_of_what_is_left_open_are_asked_back(question: str) -> None:
    with pytest.raises(UnclearError):
        planned(question)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("list all orders of customer AA-1000373", "sales by order, customer AA-1000373, all time"),
        ("pull up the orders placed by customer AA-1000373", "sales by order, customer AA-1000373, all time"),
        ("show me the orders of customer AA-1000373", "sales by order, customer AA-1000373, all time"),
        ("which orders did customer AA-1000373 place", "sales by order, customer AA-1000373, all time"),
        (
            "all orders of customer AA-1000373 and their profit",
            "sales and profit by order, customer AA-1000373, all time",
        ),
        ("how many orders of customer AA-1000373", "orders, customer AA-1000373, all time"),
        ("show the number of orders of customer AA-1000373", "orders, customer AA-1000373, all time"),
        ("show orders of customer AA-1000373 by year", "orders by year, customer AA-1000373, all time"),
    ],
)
def test_the_orders_of_one_customer_are_shown_unless_they_are_counted(question: str, words: str) -> None:
    around = replace(surroundings(), lookup=lambda text: [("customer_id", text)])
    assert understood(layer(), make_plan(question, around).plan) == words


def test_all_orders_are_listed_and_not_those_alone_that_came_back() -> None:
    compiled = compile_plan(planned("list all orders in Germany").plan, layer(), frozenset({"none"}), fold=True)
    assert "fct_sales" in compiled.sql
    assert "fct_returns" not in compiled.sql
