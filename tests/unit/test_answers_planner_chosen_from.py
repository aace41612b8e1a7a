"""Those that a question chooses from, and what is said of them again: from a question to a plan, or a question back."""

import pytest

from app.answers.planner import RefusedError, UnclearError
from tests.unit.answers_layer import assert_understood, planned

UNDERSTOOD = {
    "Among countries with sales above 100,000, which three have the worst margin?": "margin and sales by country, sales more than $100,000.00, all time, the lowest 3",
    "Among states having 100 orders or more, which one has the highest return rate?": "return rate and orders by state, orders at least 100, all time, the highest",
    "Considering only countries with at least 300 orders, which of them have a margin above the margin of the company as a whole? List the country and its margin.": "margin and orders by country, orders at least 300, margin more than overall, all time",
    "Looking only at orders that were returned: top two subcategories by units in each segment": "units by segment and subcategory, returned, all time, the highest 2 in each segment",
    "Of the customers with at least 5 orders, which ones have never returned an order?": "orders by customer, only customers without returned, orders at least 5, all time",
    "average days to ship by ship mode, considering only orders placed in 2026 by customers of the EU market": "days to ship by ship mode, market EU, 2026",
    "Which customers have placed more than 25 orders, and how many did each of them place?": "orders by customer, orders more than 25, all time",
    "Which five countries have generated the most sales overall, and how much did each generate?": "sales by country, all time, the highest 5",
    "Which subcategory has the highest return rate, and what is that rate?": "return rate by subcategory, all time, the highest",
    "How many customers ordered in 2023 as well as in 2026?": "customers, only customers with 2023, only customers with 2026, all time",
    "How many orders placed this year were worth more than 2,000 in total?": "orders, only orders with sales more than $2,000.00, this year to 2026-11-24, this year to 2026-11-24",
    "number of orders worth more than 5,000 each, by market": "orders by market, only orders with sales more than $5,000.00, all time",
    "How much revenue did orders placed at weekends bring in during 2025?": "sales, on weekends, 2025",
    "How many chairs did customers from Germany buy in 2024?": "units, subcategory Chairs, country Germany, 2024",
    "What fraction of the order lines in the US market was shipped Same Day?": "share of ship mode Same Day in order lines, market US, all time",
    "What fraction of the Same Day lines did not actually ship on the day of the order, year by year?": "share of days to ship more than 0.0 days in order lines by year, ship mode Same Day, all time",
    "Show cumulative revenue in 2026, month by month, up to the end of October.": "cumulative sales by month, 2026 until October 2026",
    "sales by month in 2025 since July": "sales by month, 2025 since July 2025",
    "By what fraction did sales in the last quarter grow compared with the same quarter one year earlier?": "sales, Q3 2026 against Q3 2025",
    "Units that left the warehouse in October 2026 (ship date, not order date), per ship mode": "units by ship mode, October 2026, by ship date",
    "Which market spends the biggest slice of its sales on freight?": "shipping cost ratio by market, all time, the highest",
    "products that burned the most money in 2025": "profit by product, 2025, the lowest 10",
    "for the returns that came in during 2026, how many days on average had passed since the order date?": "days to return, 2026",
    "per market, how much of this year's sales comes from customers who are new this year? as a fraction": "share of customers with this year to 2026-11-24 and customers without an order before this year to 2026-11-24 in sales by market, this year to 2026-11-24",
    "new customers last month - how many did we win?": "new customers, October 2026",
    "top 3 customers in every market for 2025 by revenue: market, who, how much": "sales by market and customer, 2025, the highest 3 in each market",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_what_is_told_ahead_or_again_is_understood_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "Of the customers who ordered in 2024, what was their average order value in 2025?",
        "for each quarter of 2025: sales growth against the quarter before (Q1 against Q4 2025)",
        "sales by month in 2024 and since January 2024",
        "which country has the highest share of its market's sales",
    ],
)
def test_what_is_told_in_halves_is_asked_back(question: str) -> None:
    with pytest.raises((UnclearError, RefusedError)):
        planned(question)
