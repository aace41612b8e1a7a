"""More ways to say it, of shares, orders and their lines, and dates: from a question to a plan, or a question back."""

import pytest

from app.answers.planner import RefusedError, UnclearError
from tests.unit.answers_layer import assert_understood, planned

UNDERSTOOD = {
    "Share of 2025 orders that made money overall even though at least one of their lines lost money": "share of orders with at a loss and orders with profit more than $0.00 in orders, 2025",
    "For each year from 2023 to 2025, the number of orders whose total profit was negative even though at least one of their lines was profitable.": "orders by year, only orders with at a profit, only orders with profit less than $0.00, 2023 to 2025",
    "how many orders were profitable overall although one of their lines lost money?": "orders, only orders with at a loss, only orders with profit more than $0.00, all time",
    "What share of EU sales does each category contribute?": "share of sales by category, market EU, all time",
    "For Standard Class in 2026: what portion of the lines took longer than 6 days to ship? Need it by market.": "share of days to ship more than 6.0 days in order lines by market, ship mode Standard Class, 2026",
    "Which US regions ran a margin below that of the US as a whole in the last quarter?": "margin by region, market US, margin less than overall, Q3 2026",
    "What slice of our 2025 revenue hangs on the 100 largest customers of that year?": "share of sales by customer, 2025, the highest 100, added up",
    "Countries with 200 orders or more whose return rate is above the company-wide rate": "return rate and orders by country, orders at least 200, return rate more than overall, all time",
    "which US states sold more than 20k this year but at a loss (state, sales, profit)": "sales and profit by state, country United States, sales more than $20,000.00, profit less than $0.00, this year to 2026-11-24",
    "how many customers bought something in 2024 and nothing since then": "customers, only customers with 2024, only customers without an order after 2024, all time",
    "Freight charges per item, by market, for orders placed last year": "shipping cost per unit by market, 2025",
    "For orders placed in 2026: what fraction of sales is eaten up by shipping cost, by ship mode?": "shipping cost ratio by ship mode, 2026",
    "Split the sales of 2026 by the year in which the customer placed their very first order.": "sales by year of the first order, 2026",
    "which subcategory sold best in 2025": "sales by subcategory, 2025, the highest",
    "In which months did we get more than 500 orders and yet end up with a margin under 8%?": "orders and margin by month, orders more than 500, margin less than 8.0%, all time",
    "How many days, on average, lie between the order and its return, for each market?": "days to return by market, all time",
    "Over the last 12 months, how many lines with a discount of at least 40 percent still made a profit?": "order lines, discount at least 40.0%, profit more than $0.00, the last 12 months",
    "average order value per market for 2026 year to date": "average order value by market, this year to 2026-11-24",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_it_is_understood_in_these_ways_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "Since the start of 2024, in which months did Furniture bring in more sales than Technology and yet lose money itself?",
        "how many orders with profit above 0 contain a loss-making line",
    ],
)
def test_what_is_told_in_halves_is_asked_back(question: str) -> None:
    with pytest.raises((UnclearError, RefusedError)):
        planned(question)
