"""Figures that moved, bounds, sets and periods: without a server, from a question to a plan."""

import pytest

from app.answers.planner import UnclearError
from app.answers.wording import understood
from tests.unit.answers_layer import assert_understood, layer, planned

UNDERSTOOD = {
    "subcategories with sales up but profit down, 2025 vs 2024": "sales and profit by subcategory, growth of sales more than 0.0%, growth of profit less than 0.0%, 2025 against 2024",
    "which subcategories had higher sales but lower profit in 2025 than in 2024": "sales and profit by subcategory, growth of sales more than 0.0%, growth of profit less than 0.0%, 2025 against 2024",
    "which countries had a higher margin in 2024 than in 2025 but fewer orders": "margin and orders by country, growth of margin less than 0.0%, growth of orders more than 0.0%, 2025 against 2024",
    "which subcategories grew in sales but shrank in profit in 2025": "sales and profit by subcategory, growth of sales more than 0.0%, growth of profit less than 0.0%, 2025 against 2024",
    "segments where both units and profit went up in 2025 vs 2024": "profit and units by segment, growth of profit more than 0.0%, growth of units more than 0.0%, 2025 against 2024",
    "markets with higher sales and orders in Q3 2026 than in Q3 2025": "sales and orders by market, growth of sales more than 0.0%, growth of orders more than 0.0%, Q3 2026 against Q3 2025",
    "customers with more orders but lower sales in 2025 than in 2024": "orders and sales by customer, growth of orders more than 0.0%, growth of sales less than 0.0%, 2025 against 2024",
    "products whose units rose although their profit fell between 2024 and 2025": "units and profit by product, growth of units more than 0.0%, growth of profit less than 0.0%, 2025 against 2024",
    "which subcategories sold more but had a lower margin in 2025 compared to 2024": "sales and margin by subcategory, growth of sales more than 0.0%, growth of margin less than 0.0%, 2025 against 2024",
    "how many countries had higher sales but fewer customers in Q3 2026 than in Q3 2025": "sales and customers by country, growth of sales more than 0.0%, growth of customers less than 0.0%, Q3 2026 against Q3 2025, how many they are",
    "which months of 2025 had more orders but lower profit than the month before": "orders and profit by month, growth of orders more than 0.0%, growth of profit less than 0.0%, 2025, each against the one before",
    "YoY sales growth for 2024 and for 2025": "sales by year, 2024 to 2025, each against the year before",
    "month on month growth of orders for august, september and october 2026": "orders by month, August 2026 to October 2026, each against the one before",
    "yoy profit growth by segment for 2024 and 2025": "profit by segment and year, 2024 to 2025, each against the year before",
    "monthly growth of units for 2024 and 2025": "units by month, 2024 to 2025, each against the one before",
    "in which month of 2025 did sales rise the most, in absolute terms, over the month before": "sales by month, 2025, each against the one before, the highest by change",
    "which quarter of 2025 had the largest increase in orders": "orders by quarter, 2025, each against the one before, the highest by change",
    "which category grew the most in dollars in 2025": "sales by category, 2025 against 2024, the highest by change",
    "profit of Q2 2026 against the quarter before": "profit, Q2 2026 against Q1 2026",
    "orders in october 2026: change to september in percent?": "orders, October 2026 against September 2026",
    "category sales growth 2025 over 2024 in %": "sales by category, 2025 against 2024",
    "list states in the US that sold something in October 2026 but nothing in November 2026": "list of states, market US, only states without market US, November 2026, October 2026",
    "which countries that bought from us in October 2026 have bought nothing in November 2026": "list of countries, only countries without November 2026, October 2026",
    "how many countries ordered in Q3 2026 but not in Q3 2025": "list of countries, only countries without Q3 2025, Q3 2026, how many they are",
    "countries which had orders in 2024 but none in 2025": "list of countries, only countries without 2025, 2024",
    "products sold in 2025 but not once this year, how many per category?": "products sold by category, only products without this year to 2026-11-24, 2025",
    "customers who bought in 2025 but haven't come back in 2026 - count them per segment": "customers by segment, only customers without 2026, 2025",
    "which months of 2025 and 2026 had a return rate over 5%, by order date?": "return rate by month, return rate more than 5.0%, 2025 and 2026",
    "units shipped (by ship date!) in each month of the first quarter of 2026": "units by month, Q1 2026, by ship date",
    "sales that shipped in october 2026, i.e. by ship date": "sales, October 2026, by ship date",
    "returned orders by month in 2025, by order date": "returns by month, 2025, by order date",
    "sales by ship date in October 2026": "sales by day, October 2026, by ship date",
    "which countries had at least 100 orders in 2025 and a return rate above 5%? Give the rate.": "orders and return rate by country, orders at least 100, return rate more than 5.0%, 2025",
    "countries where 2025 sales were above 5000 but 2025 profit was negative - show both figures": "sales and profit by country, sales more than $5,000.00, profit less than $0.00, 2025",
    "5 countries with the highest shipping cost to sales ratio in 2025, only those with 50 orders or more": "shipping cost ratio and orders by country, orders at least 50, 2025, the highest 5",
    "in which German cities did revenue top 10,000 dollars in 2025?": "sales by city, country Germany, sales more than $10,000.00, 2025",
    "top 3 countries by margin in 2025, leave out countries with fewer than 20 orders": "margin and orders by country, orders at least 20, 2025, the highest 3",
    "October 2026 order lines that took more than 5 days to ship, how many per market?": "order lines by market, days to ship more than 5.0 days, October 2026",
    "what is the longest time from order to ship, in days, among this year's lines?": "highest days to ship per order line, this year to 2026-11-24",
    "median days to ship over lines, per ship mode": "median days to ship per order line by ship mode, all time",
    "how many days on average between order date and return date, by return region?": "days to return by return region, all time",
    "what is the highest sales amount of a single order line in 2025?": "highest sales per order line, 2025",
    "what is the smallest profit of a single order line in Germany?": "lowest profit per order line, country Germany, all time",
    "sales n profit by quarter 2024": "sales and profit by quarter, 2024",
    "customers with rising sales in 2025": "sales by customer, growth of sales more than 0.0%, 2025 against 2024",
    "products with higher sales in 2025 than in 2024": "sales by product, growth of sales more than 0.0%, 2025 against 2024",
    "which markets sold less but earned more profit in 2025 than in 2024": "sales and profit by market, growth of sales less than 0.0%, growth of profit more than 0.0%, 2025 against 2024",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_a_comparison_is_understood_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "countries with rising sales but falling profit",
        "which countries had higher sales but lower profit in 2025",
        "yoy growth in 2023 and 2025",
        "top 3 markets by yoy growth in 2024 and 2025",
        "value of the orders that were sent back in Q2 2026",
        "which of the months of 2026 was better than the month before in 2025",
        "sales in 2025 and the month before",
        "which markets grew in sales but not in profit in 2025",
        "which subcategories had higher sales in 2025 and lower profit in 2024",
        "subcategories with sales up and their profit in 2025",
        "orders with higher sales but lower profit in 2025 than in 2024",
    ],
)
def test_a_comparison_that_is_not_understood_is_asked_back(question: str) -> None:
    with pytest.raises(UnclearError):
        planned(question)


@pytest.mark.parametrize(
    ("first", "then", "words"),
    [
        (
            "average order value by market in 2025",
            "What were those figures for Corporate customers only?",
            "average order value by market, segment Corporate, 2025",
        ),
        (
            "sales by country in 2025",
            "Please keep only the three highest.",
            "sales by country, 2025, the highest 3",
        ),
        ("margin of Consumer customers in 2025", "what abt home office", "margin, segment Home Office, 2025"),
    ],
)
def test_what_was_shown_before_is_kept_for_others(first: str, then: str, words: str) -> None:
    assert understood(layer(), planned(then, planned(first).plan).plan) == words
