"""Customers and products over time: the days between orders, every one of several years, new ones, last orders."""

from __future__ import annotations

import pytest

from app.answers.compile import compile_plan
from app.answers.plan import PlanError
from tests.unit.answers_layer import assert_understood, layer, planned

GAPS = {
    "For customers with at least two orders: how many days on average between their first and their second order?": "days to second order, only customers with orders at least 2, all time",
    "how many days lie between a customer's first and second order": "days to second order, all time",
    "mean days between their first and second order by segment (two orders on one day count as 0 days)": "days to second order by segment, all time",
    "How long does it take customers on average to place their second order?": "days to second order, all time",
    "median days between first and second order per market": "median days to second order per customer by market, all time",
    "what is the longest gap between a customer's first order and the next one?": "highest days to second order per customer, all time",
    "top 5 countries by average time between first and second purchase": "days to second order by country, all time, the highest 5",
    "average days between consecutive orders of a customer by segment": "days to next order by segment, all time",
    "days between first and second order for customers whose first order was in 2024": "days to second order, only customers with 2024, only customers without an order before 2024, all time",
    "average days between order and shipping": "days to ship, all time",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), GAPS.items())
def test_the_days_between_orders_of_a_customer_are_a_figure(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize("group", ["in 2025", "by month", "by category"])
def test_the_days_between_orders_go_by_no_date_and_no_product(group: str) -> None:
    plan = planned(f"average days between first and second order {group}").plan
    with pytest.raises(PlanError):
        compile_plan(plan, layer(), frozenset({"none"}))
