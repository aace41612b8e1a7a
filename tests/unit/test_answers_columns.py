"""Columns that are told behind a question, several statistics of one figure, and figures that go by different dates."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from app.answers.compile import compile_plan
from app.answers.plan import Plan, PlanError, Term
from app.answers.planner import make_plan
from app.answers.planning.outcome import RefusedError, UnclearError
from app.answers.wording import understood, yes_or_no
from tests.unit.answers_layer import layer, planned, surroundings

TOLD = {
    "Which subcategories made a loss in 2024, and how much profit does each show?": "profit by subcategory, profit less than $0.00, 2024",
    "countries with more than 500 orders and how many each has": "orders by country, orders more than 500, all time",
    "top 10 customers by sales in 2024 - id, name, sales": "sales by customer, 2024, the highest 10",
    "top 10 customers by sales in 2024: id, name, sales and units": "sales and units by customer, 2024, the highest 10",
    "top 5 products by profit in 2024 with their category and subcategory": "profit by product and category and subcategory, 2024, the highest 5",
    "Countries with more than 50,000 in sales in 2024: show sales and margin": "sales and margin by country, sales more than $50,000.00, 2024",
    "Which countries sold less in 2024 than in 2023? Show country, 2023 sales and 2024 sales": "sales by country, growth of sales less than 0.0%, 2024 against 2023",
    "sales, orders and customers per segment with share of sales": "sales and orders and customers and share of sales by segment, all time",
    "sales by market in 2024 with the share of total sales": "sales and share of sales by market, 2024",
    "orders above $5,000 with their customers, order date and sales": "sales by order and customer and day, sales more than $5,000.00, all time",
    "How many loss-making lines did we have in 2024 per category and what do their profits add up to?": "order lines and profit by category, profit less than $0.00, 2024",
    "orders, returned orders and return rate by market": "returns and return rate and orders by market, all time",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), TOLD.items())
def test_the_columns_told_behind_a_question_are_shown(question: str, words: str) -> None:
    assert understood(layer(), planned(question).plan) == words


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (
            "Countries with at least 200 orders and a negative margin overall - list with margin",
            "margin and orders by country, orders at least 200, margin less than 0.0%, all time",
        ),
        ("customers in France with returns", "list of customers, country France, returned, all time"),
        ("sales by region and category", "sales by region and category, all time"),
    ],
)
def test_a_condition_behind_a_question_is_no_column(question: str, words: str) -> None:
    assert understood(layer(), planned(question).plan) == words


@pytest.mark.parametrize(
    "question",
    [
        "sales by month in 2024 and since January 2024",
        "List the products that appear on at least six order lines and made a loss on every one of them",
        "2024 sales from customers who were new in 2024, by market, with their share of the market's 2024 sales",
        "Sept 23 revenue per week",
        "Per segment, the number of customers who bought chairs in 2024, and the share this makes of the customers",
    ],
)
def test_what_a_plan_would_lose_is_asked_back(question: str) -> None:
    with pytest.raises(UnclearError):
        planned(question)


@pytest.mark.parametrize(
    "question",
    ["top 5 products by profit in 2024: weather and sales", "top 5 customers by profit in 2024 with their subcategory"],
)
def test_a_column_that_cannot_be_shown_is_asked_back(question: str) -> None:
    with pytest.raises((UnclearError, RefusedError)):
        planned(question)


STATISTICS = {
    "lowest, median and highest order value in 2024": "lowest sales per order and median sales per order and highest sales per order, 2024",
    "mean, median and standard deviation of shipping cost per order": "shipping cost per order and median shipping cost per order and standard deviation of shipping cost per order, all time",
    "minimum, average and maximum discount by category": "lowest discount per order line and highest discount per order line and average discount by category, all time",
    "maximum profit per order by segment": "highest profit per order by segment, all time",
    "highest and lowest order value": "highest sales per order and lowest sales per order, all time",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), STATISTICS.items())
def test_each_statistic_of_a_figure_is_shown(question: str, words: str) -> None:
    assert understood(layer(), planned(question).plan) == words


DATES = {
    "sales and returns in 2024": ("sales", "returns"),
    "returns and sales by market in 2024": ("returns", "sales"),
    "orders, returned orders and return rate by country in 2024": ("returned_orders", "return_rate", "orders"),
    "sales and returns by category in 2024": ("sales", "returned_orders"),
    "returns by category in 2024": ("returns",),
}


@pytest.mark.parametrize(("question", "terms"), DATES.items())
def test_figures_beside_returns_keep_the_date_of_the_order(question: str, terms: tuple[str, ...]) -> None:
    plan = planned(question).plan
    assert tuple(t.metric for t in plan.terms) == terms
    sql = compile_plan(plan, layer(), frozenset({"none", "name"})).sql
    of_orders = [part for part in re.split(r"\n\), |\)\nSELECT", sql) if "FROM fct_sales" in part and "orders" in terms]
    assert not any("return_date" in part for part in of_orders)


def test_a_figure_that_stands_in_for_another_has_no_date_of_its_own_beside_others() -> None:
    plan = Plan((Term("sales"), Term("returns")), ("category",), periods=planned("sales in 2024").plan.periods)
    with pytest.raises(PlanError, match="different dates"):
        compile_plan(plan, layer(), frozenset({"none", "name"}))


COUNTED = {
    "how many products have never been ordered at all, by category?": "number of products by category, only products without an order, all time",
    "Number of customers per segment with 4 or more orders and over 5,000 in sales": "customers by segment, only customers with sales more than $5,000.00, only customers with orders at least 4, all time",
    "number of customers by country, only countries with more than 100 orders": "customers and orders by country, orders more than 100, all time",
    "which subcategories has no customer in France ever bought?": "list of subcategories, only subcategories without country France, all time",
    "how many customers had returns, by segment": "customers with returns by segment, all time",
    "How many orders were returned between 1 July and 30 September 2024, by return date?": "orders, returned, 2024-07-01 to 2024-09-30, by return date",
    "returns by year of return date": "returns by year, all time, by return date",
    "busiest month for returns in 2024": "returns by month, 2024, the highest",
    "what have we spent on shipping for Same Day orders placed in 2024": "shipping cost, ship mode Same Day, 2024",
    "longest time in days between order and shipping, per ship mode": "highest days to ship per order line by ship mode, all time",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), COUNTED.items())
def test_what_a_condition_or_a_date_belongs_to(question: str, words: str) -> None:
    assert understood(layer(), planned(question).plan) == words


ROUNDABOUT = {
    "How many orders with Critical priority were sent by Standard Class in 2024?": "orders, order priority Critical, ship mode Standard Class, 2024",
    "Sales from orders placed in 2024 leaving out every returned order": "sales, not returned, 2024",
    "how many returns are in status Pending right now": "returns, return status Pending, all time",
    "Are there customers from France who ordered more than 5 times? How many?": "customers, country France, only customers with orders more than 5, country France, all time",
    "From how many different sub-categories does a customer buy on average?": "average number of subcategories per customer, all time",
    "How many orders are there in which every single line made a loss?": "orders, only orders without profit at least $0.00, all time",
    "Is it true that the Tables subcategory made an overall loss in 2024? Answer yes or no.": "profit, subcategory Tables, 2024",
    "Yes or no: was there any month since January 2023 in which the company's total profit was negative?": "profit by month, profit less than $0.00, since January 2023",
    "is there any country with more than 1000 customers": "customers by country, customers more than 1,000, all time",
    "For every combination of market and product category, give the total sales.": "sales by market and category, all time",
    "Of the markets, which is second by total profit? Give its name and profit.": "profit by market, all time, number 2 from the highest",
    "How many times as large as the sales of Tables are the sales of Chairs? Answer with the ratio, Chairs divided by Tables.": "sales (subcategory Chairs) and sales (subcategory Tables), all time, their ratio",
    "Within each market, what share of the market's sales does each segment contribute? Columns: market, segment, share.": "share of sales by segment and market, all time",
    "In each segment, what percentage of that segment's customers has placed more than one order?": "share of customers with orders more than 1 in customers by segment, all time",
    "Count the customers whose every purchase has been in Furniture.": "customers, only customers with nothing but category Furniture, all time",
    "How many products were sold in 2023 but never again in any later year?": "products sold, only products without an order after 2023, 2023",
    "how many customers ordered in 2023 and in 2024 but have not ordered at all in 2025?": "customers, only customers without 2025, only customers with 2023, only customers with 2024, all time",
    "lines with a discount of 50% or more: total sales and profit per category, all years": "sales and profit by category, discount at least 50.0%, all time",
    "how many orders in 2024 have at least one line with a loss bigger than 500?": "orders, only orders with profit less than -$500.00, 2024",
    "Which three markets have the highest return rate in 2024? Show market and rate, highest first.": "return rate by market, 2024, the highest 3",
    "What were the total sales of the orders placed in 2024 that were not returned?": "sales, not returned, 2024",
    "average days to ship for each ship mode, all years": "days to ship by ship mode, all time",
    "Identify the ten products with the highest total profit in 2024. Return product id, product name and profit, in descending order of profit.": "profit by product, 2024, the highest 10",
    "Which single order has the largest total sales? Return its order id, order date and total sales.": "sales by order and day, all time, the highest",
    "For every market and segment, compute the segment's share of that market's total sales over all orders.": "share of sales by segment and market, all time",
    "For each return status, find the number of returned orders and the fraction this represents of all returned orders.": "returns and share of returns by return status, all time",
    "Rank of every subcategory by profit in 2024 (1 = most profit). subcategory, profit, rank": "profit by subcategory, 2024",
    "Compute the profit margin of the Technology category over the entire order history.": "margin, category Technology, all time",
    "Which countries made a loss in 2024 in total? Country and profit, biggest loss first.": "profit by country, profit less than $0.00, 2024",
    "Worst 5 sub-categories by profit in EU in 2024, lowest profit first.": "profit by subcategory, market EU, 2024, the lowest 5",
    "Customers who ordered in 2023 but not in 2024 - how many, by market?": "customers by market, only customers without 2024, 2023",
    "Which sub-categories did customers in France not buy at all in 2024?": "list of subcategories, only subcategories without country France, 2024, all time",
    "How many orders were placed on a weekend in 2024, and what share of all 2024 orders is that?": "orders (on weekends) and share of on weekends in orders, 2024",
    "how many order lines of ship mode Same Day in 2024 took more than 0 days to ship, and what fraction of all Same Day lines of 2024 is that?": "order lines (days to ship more than 0.0 days) and share of days to ship more than 0.0 days in order lines, ship mode Same Day, 2024",
    "Five subcategories with the biggest drop in margin from 2023 to 2024: margin 2023, margin 2024, difference": "margin by subcategory, 2024 against 2023, the lowest 5 by change",
    "Number of products per category that were ordered in 2023 but not at all in 2024": "products sold by category, only products without 2024, 2023",
    "Monthly and running cumulative sales for 2024, in month order": "sales and cumulative sales by month, 2024",
    "the ten countries with the highest sales overall": "sales by country, all time, the highest 10",
    "Determine, for each market, the proportion of orders that were placed on a Saturday or Sunday.": "share of on weekends in orders by market, all time",
    "share of sales by market on weekends": "share of sales by market, on weekends, all time",
    "For each market: January to November 2023 profit next to January to November 2024 profit.": "profit by market, January 2024 to November 2024 against January 2023 to November 2023",
    "how many returns are still Pending, split by the customer's market?": "returns by market, return status Pending, all time",
    "what is the difference in sales between Q3 2024 and Q2 2024": "sales, Q3 2024 against Q2 2024",
    "Number of customers that ordered at least once in each of the years 2023 and 2024": "customers, only customers with 2023, only customers with 2024, all time",
    "For Germany, Canada and France, list country, number of orders and sales in 2024.": "orders and sales by country, country Germany or Canada or France, 2024",
    "For each month of 2024 in chronological order, give the month's sales and the cumulative sales since the beginning of that year.": "sales and cumulative sales by month, 2024",
    "The dashboard's headline tile must state total sales for 2024.": "sales, 2024",
    "Find the single largest order by sales: return its order number and sales.": "sales by order, all time, the highest",
    "sales by segment, first half 2023 next to first half 2024": "sales by segment, H1 2024 against H1 2023",
    "how many orders consist only of discounted lines": "orders, only orders with nothing but discounted lines, all time",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), ROUNDABOUT.items())
def test_what_is_said_in_a_roundabout_way_is_told_plainly(question: str, words: str) -> None:
    assert understood(layer(), planned(question).plan) == words


@pytest.mark.parametrize(
    ("question", "rows", "told"),
    [
        ("did tables make a profit in 2024", ((-56.0,),), False),
        ("Is it true that tables made a loss in 2024?", ((-56.0,),), True),
        ("did tables lose money in 2024", ((12.0,),), False),
        ("are there subcategories with a negative profit in 2024", (("Tables", -56.0),), True),
        ("are there subcategories with a negative profit in 2024", (), False),
        ("subcategories with a negative profit in 2024", (("Tables", -56.0),), None),
    ],
)
def test_losses_and_lists_are_told_by_yes_or_no(question: str, rows: tuple, told: bool | None) -> None:
    assert yes_or_no(question, planned(question).plan, rows) is told


def test_a_value_within_what_is_left_out_is_asked_about() -> None:
    around = replace(surroundings(), above=lambda _inner, _outer, _value: ("Furniture",))
    with pytest.raises(UnclearError, match="lies in the category Furniture"):
        make_plan("sales of chairs without furniture", around)


def test_a_rank_that_is_told_goes_by_the_figure_of_the_order() -> None:
    told = planned("top 3 customers by sales in 2024: id, name, orders, sales and rank").plan
    assert {t.metric: t.rank for t in told.terms} == {"sales": True, "orders": False}
    assert "RANK() OVER (ORDER BY sales DESC)" in compile_plan(told, layer(), frozenset({"none", "name"})).sql


def test_a_cumulative_metric_is_added_up_over_the_periods_of_any_plan() -> None:
    plan = Plan((Term("sales"), Term("cumulative_sales")), ("@month",))
    assert "OVER (ORDER BY `month`)" in compile_plan(plan, layer(), frozenset({"none"})).sql
    assert "OVER" not in compile_plan(replace(plan, dimensions=("market",)), layer(), frozenset({"none"})).sql
