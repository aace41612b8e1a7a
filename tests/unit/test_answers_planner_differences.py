"""One kind less another, exact discounts, and plain ways to say it: from a question to a plan, or a question back."""

import pytest

from app.answers.planner import RefusedError, UnclearError
from tests.unit.answers_layer import assert_understood, planned

UNDERSTOOD = {
    "difference in margin between discounted and undiscounted lines by category": "margin (discounted) and margin (at full price) by category, all time, their difference",
    "For each category, by how much is the margin on order lines with a discount lower than the margin on lines without one?": "margin (at full price) and margin (discounted) by category, all time, their difference",
    "difference between the average order value on weekends and on weekdays in 2025": "average order value (on weekends) and average order value (on weekdays), 2025, their difference",
    "in 2025, how much higher was the average order value at weekends than on weekdays?": "average order value (on weekends) and average order value (on weekdays), 2025, their difference",
    "per category: average discount on lines of returned orders minus the average discount on lines of orders that were not returned": "average discount (returned) and average discount (not returned) by category, all time, their difference",
    "how much higher is the return rate in the EU than in the US?": "return rate (market EU) and return rate (market US), all time, their difference",
    "sales of chairs minus sales of tables by year": "sales (subcategory Chairs) and sales (subcategory Tables) by year, all time, their difference",
    "difference in sales between 2024 and 2025": "sales, 2025 against 2024",
    "For each market, give the return rate of orders that include at least one line discounted by 50 percent or more, next to the return rate of all its other orders.": "return rate (orders with discount at least 50.0%) and return rate (orders without discount at least 50.0%) by market, all time",
    "return rate of orders with at least one line with a discount of at least 50% and of all other orders by market": "return rate (orders with discount at least 50.0%) and return rate (orders without discount at least 50.0%) by market, all time",
    "how many order lines had a 20% discount?": "order lines, discount exactly 20.0%, all time",
    "sales with a discount of 20%": "sales, discount exactly 20.0%, all time",
    "how many lines went out at 70% off": "order lines, discount exactly 70.0%, all time",
    "sales on lines with more than a 20% discount": "sales, discount more than 20.0%, all time",
    "lines with a discount of 20% or more": "order lines, discount at least 20.0%, all time",
    "On average how many days pass before we ship, for each shipping mode?": "days to ship by ship mode, all time",
    "What is the largest amount on any one order line we have ever booked?": "highest sales per order line, all time",
    "How long does it take on average, in days, from the order date to the return date?": "days to return, all time",
    "How many customers placed their very first order in each quarter of 2025?": "new customers by quarter, 2025",
    "What fraction of all orders consists of nothing but Office Supplies?": "share of orders with nothing but category Office Supplies in orders, all time",
    "Find the countries with 20 or more orders in which not a single order has ever been returned.": "orders by country, only countries without returned, orders at least 20, all time",
    "What is the total value of the orders whose return has the status Pending and a return date in 2025?": "returned sales, return status Pending, returned, 2025",
    "Of all the quarters from the first of 2023 to the third of 2026, which one had the highest margin, and what was that margin?": "margin by quarter, Q1 2023 to Q3 2026, the highest",
    "Over the last 24 months, in which ones did sales drop by more than a fifth from the month before? Month and the change as a rate.": "sales by month, growth of sales less than -20.0%, the last 24 months, each against the one before",
    "Are there products that sold in all three markets during 2025? Which?": "number of markets by product, number of markets at least 3, 2025",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_a_difference_of_two_kinds_is_understood_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "difference in sales between chairs and the weather",
        "sales of chairs minus the profit of tables",
    ],
)
def test_a_difference_of_what_does_not_go_together_is_asked_back(question: str) -> None:
    with pytest.raises((UnclearError, RefusedError)):
        planned(question)
