"""The same stretch of two years, and conditions that each have a period of their own: from a question to a plan."""

import re

import pytest

from app.answers.compile import compile_plan
from app.answers.planner import RefusedError, UnclearError
from tests.unit.answers_layer import assert_understood, layer, planned

UNDERSTOOD = {
    "Sales from January to October: 2025, 2026 and the growth rate, by category": "sales by category, January 2026 to October 2026 against January 2025 to October 2025",
    "Compare January to October 2026 with January to October 2025 for each category: sales in 2025, sales in 2026 and the growth in percent": "sales by category, January 2026 to October 2026 against January 2025 to October 2025",
    "Year-to-date view: profit by segment from 1 January to 31 October, for 2025 and for 2026, followed by the growth": "profit by segment, 2026-01-01 to 2026-10-31 against 2025-01-01 to 2025-10-31",
    "Monthly sales 2026 with the change against the same month of 2025, January to October": "sales by month, January 2026 to October 2026, each against the year before",
    "units per subcategory between 1 March and 31 May, 2025 against 2026": "units by subcategory, 2026-03-01 to 2026-05-31 against 2025-03-01 to 2025-05-31",
    "margin by category in 2025 and 2026 (January to October)": "margin by category, January 2026 to October 2026 against January 2025 to October 2025",
    "compare the first nine months of 2025 and 2026 by category: sales": "sales by category, the first 9 months of 2026 against the first 9 months of 2025",
    "Orders shipped in January to March 2025 and 2026 by market": "orders by market, January 2026 to March 2026 against January 2025 to March 2025, by ship date",
    "Running total of sales, by month, January to October 2026": "cumulative sales by month, January 2026 to October 2026",
    "sales in the first half of 2025": "sales, H1 2025",
    "Countries with over 20k sales in Q3 2025 whose sales dropped by more than 20% in Q3 2026. I need country, Q3 2025 sales, Q3 2026 sales.": "sales by country, only countries with sales more than $20,000.00, Q3 2025, growth of sales less than -20.0%, Q3 2026 against Q3 2025",
    "Countries whose sales shrank from 2024 to 2025 by more than 10,000: show sales of both years, 2024 first": "sales by country, change of sales less than -$10,000.00, 2025 against 2024",
    "products with at least 5,000 in sales in 2026 that also sold in 2025, where the 2026 sales are more than three times the 2025 sales": "sales by product, only products with 2025, only products with sales at least $5,000.00, 2026, growth of sales more than 200.0%, 2026 against 2025",
    "In which EU market countries were sales in 2025 lower than in 2024? Show both years' sales, 2024 first.": "sales by country, market EU, growth of sales less than 0.0%, 2025 against 2024",
    "customers with over 5000 in sales in 2024 and under 1000 in 2025": "sales by customer, only customers with sales more than $5,000.00, 2024, only customers with sales less than $1,000.00, 2025, 2025 against 2024",
    "countries with more than 100 orders in 2025 and more than 120 in 2026": "orders by country, only countries with orders more than 100, 2025, only countries with orders more than 120, 2026, 2026 against 2025",
    "countries that lost money in 2024 but made a profit in 2025": "profit by country, only countries with profit less than $0.00, 2024, only countries with profit more than $0.00, 2025, 2025 against 2024",
    "countries with more than 50 orders in 2024 whose sales fell from 2024 to 2025": "sales by country, only countries with orders more than 50, 2024, growth of sales less than 0.0%, 2025 against 2024",
    "countries where sales in 2025 were more than double those in 2024": "sales by country, growth of sales more than 100.0%, 2025 against 2024",
    "subcategories whose orders rose between 2024 and 2025 by at least 100": "orders by subcategory, change of orders at least 100, 2025 against 2024",
    "customers whose orders fell by more than 50% from 2024 to 2025": "orders by customer, growth of orders less than -50.0%, 2025 against 2024",
    "countries whose sales dropped below 10,000 in 2025": "sales by country, sales less than $10,000.00, 2025",
    "countries with sales over 20000 in 2025 and profit below 0": "sales and profit by country, sales more than $20,000.00, profit less than $0.00, 2025",
    "which subcategories made money in the US market": "profit by subcategory, market US, profit more than $0.00, all time",
    "Which subcategories increased their sales from 2024 to 2025 while their profit fell? Show the change in sales and the change in profit.": "sales and profit by subcategory, growth of sales more than 0.0%, growth of profit less than 0.0%, 2025 against 2024",
    "Subcategories whose sales rose but profit fell from 2024 to 2025. Show both changes.": "sales and profit by subcategory, growth of sales more than 0.0%, growth of profit less than 0.0%, 2025 against 2024",
    "Which subcategories lost money in the EU market but made money in the US market?": "profit (market EU) and profit (market US) by subcategory, profit (market EU) less than $0.00, profit (market US) more than $0.00, all time",
    "countries with sales above 10000 in Technology but below 1000 in Furniture": "sales (category Technology) and sales (category Furniture) by country, sales (category Technology) more than $10,000.00, sales (category Furniture) less than $1,000.00, all time",
    "countries where Technology sales in 2026 were higher than Furniture and Office Supplies sales combined": "sales (category Technology) and sales (category Furniture or Office Supplies) by country, sales (category Technology) more than sales (category Furniture or Office Supplies), 2026",
    "In which countries with more than 100 orders do Corporate customers bring in more sales than Consumer customers? Show Corporate sales and then Consumer sales.": "sales (segment Corporate) and sales (segment Consumer) and orders by country, sales (segment Corporate) more than sales (segment Consumer), orders more than 100, all time",
    "Which countries with at least 100 orders have an average order value higher than the average order value of the whole company? Show the value per country.": "average order value and orders by country, orders at least 100, average order value more than overall, all time",
    "Countries with at least 100 orders in 2026 where average days to ship was longer than the overall 2026 average - show the average days": "days to ship and orders by country, orders at least 100, days to ship more than overall, 2026",
    "Which US states sold more than the average US state, where the average is total US sales divided by the number of states": "sales by state, country United States, sales more than the mean of all shown, all time",
    "Which countries had a 2026 margin more than 10 percentage points above the company-wide margin?": "margin by country, margin more than 10 points above overall, 2026",
    "Subcategories with a margin at least 5 points below the company margin in 2025": "margin by subcategory, margin at least 5 points below overall, 2025",
    "By how many percentage points did the Phones margin change from 2024 to 2025?": "margin, subcategory Phones, 2025 against 2024",
    "Change in each category's share of sales from 2024 to 2025, in percentage points": "share of sales by category, 2025 against 2024",
    "For every market, which subcategory sold the most units and how many units was that?": "units by market and subcategory, all time, the highest in each market",
    "For each market, looking only at countries with at least 50 orders in 2025: which country had the best profit margin that year, and how high was it?": "margin and orders by market and country, orders at least 50, 2025, the highest in each market",
    "Germany: for each of the years 2023 to 2026, which month had the highest sales, and how much was it?": "sales by year and month, country Germany, 2023 to 2026, the highest in each year",
    "Top 5 EU countries by sales, each with its sales and its share of total EU sales": "sales and share of sales by country, market EU, all time, the highest 5",
    "The three best-selling products by sales in each Technology subcategory in 2025, sorted by subcategory name and then from best to third": "sales by subcategory and product, category Technology, 2025, the highest 3 in each subcategory",
    "The 5 US states where we spent the most on shipping last month": "shipping cost by state, country United States, October 2026, the highest 5",
    "3-month moving average of monthly sales for each month of 2026 (that month and the two before it)": "3-period moving average of sales by month, 2026",
    "For every month of 2025, in order, show the average of the monthly sales of that month and the two months before it.": "3-period moving average of sales by month, 2025",
    "Smooth the 2026 sales trend: show a three-month moving average by month": "3-period moving average of sales by month, 2026",
    "Monthly profit 2025 with a 3-month moving average": "profit and 3-period moving average of profit by month, 2025",
    "four-quarter moving average of orders by quarter in 2025 and 2026": "4-period moving average of orders by quarter, 2025 and 2026",
    "average monthly sales in 2025": "average sales per month, 2025",
    "Units of Chairs and Tables by quarter in 2026, subcategory first": "units by subcategory and quarter, subcategory Chairs or Tables, 2026",
    "Units of Chairs and Tables by quarter in 2026 (quarter first)": "units by quarter and subcategory, subcategory Chairs or Tables, 2026",
    "Sales by market in 2025 and 2026, 2026 first, then 2025": "sales by market, 2026 against 2025",
    "Running total of sales by month for the current year, January first.": "cumulative sales by month, this year to 2026-11-24",
    "Profit and sales by market, most profitable market first by profit": "profit and sales by market, all time",
    "Sales change by country from 2024 to 2025, steepest decline first": "sales by country, 2025 against 2024",
    "January and February sales: 2025 vs 2026": "sales, January 2025 against February 2025 against January 2026 against February 2026",
    "sales in Q1 and Q2 of 2025 and 2026": "sales, Q1 2025 against Q2 2025 against Q1 2026 against Q2 2026",
    "which customers made money in 2025": "profit by customer, profit more than $0.00, 2025",
    "Sales in March: 2024, 2025 and 2026": "sales, March 2024 against March 2025 against March 2026",
    "orders in December 2024 and January 2025": "orders, December 2024 against January 2025",
    "Cities with more than 20 orders in 2025 but none in 2026": "list of cities, only cities with orders more than 20, 2025, only cities without 2026, all time",
    "which countries lost money in both 2024 and 2025": "list of countries, only countries with profit less than $0.00, 2024, only countries with profit less than $0.00, 2025, all time",
    "Which subcategories made a loss in the EU and a profit in the US?": "profit (market EU) and profit (market US) by subcategory, profit (market EU) less than $0.00, profit (market US) more than $0.00, all time",
    "Sales growth by market, 2025 against 2024, as %": "sales by market, 2025 against 2024",
    "Countries whose margin fell by more than 5 percentage points from 2024 to 2025": "margin by country, change of margin less than -5.0%, 2025 against 2024",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_a_question_of_several_periods_is_understood_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "sales in 2025 and 2026 for orders shipped in January to March",
        "customers who ordered in Q1 of 2025 and 2026",
        "change in sales in percentage points from 2024 to 2025",
        "how many points do customers have",
        "3-month moving average of margin in 2025",
        "3-month moving average of sales by month in 2025 (that month and the three before it)",
        "3-month moving average of sales in 2023 and 2025",
        "moving average of sales",
        "which product was bought first",
        "which subcategories lost money in the EU and in the US",
    ],
)
def test_periods_that_could_be_meant_otherwise_are_asked_about(question: str) -> None:
    with pytest.raises((UnclearError, RefusedError)):
        planned(question)


def test_a_share_of_each_of_two_periods_is_of_that_periods_whole() -> None:
    statement = compile_plan(planned("share of sales by category in 2024 and 2025").plan, layer(), frozenset({"none"}))
    assert "block_1.period <=> block_2.period" in statement.sql


def test_the_order_that_is_told_is_that_of_the_rows() -> None:
    assert planned("Sales change by country from 2024 to 2025, steepest decline first").plan.order == (
        ("change", False),
    )
    assert planned("Profit and sales by market, most profitable market first by profit").plan.order == (("0", True),)
    assert planned("sales in 2025 and 2026, 2026 first").plan.order == (("@period", True),)


def test_a_moving_average_reaches_back_before_its_period() -> None:
    statement = compile_plan(planned("3-month moving average of sales in 2026").plan, layer(), frozenset({"none"})).sql
    assert re.search(r"2025-?11-?01", statement)
    assert "`month` >= '2026-01-01'" in statement
    assert "RANGE BETWEEN 2 PRECEDING AND CURRENT ROW" in statement.upper()
