"""Members with rows of one kind alone: from a question to a plan, or a question back."""

import pytest

from app.answers.planner import UnclearError
from tests.unit.answers_layer import assert_understood, planned

UNDERSTOOD = {
    "how many products were only sold at a discount": "products sold, only products with nothing but discounted lines, all time",
    "how many products only sold at a loss, by category": "products sold by category, only products with nothing but lines at a loss, all time",
    "how many customers with two or more orders returned every single one of them?": "customers, only customers with orders at least 2, only customers with nothing but returned, all time",
    "customers whose orders were all returned": "customers, only customers with nothing but returned, all time",
    "how many customers only had returned orders, by market": "customers by market, only customers with nothing but returned, all time",
    "what share of customers with two or more orders returned all of their orders, by market": "share of customers with nothing but returned in customers by market, only customers with orders at least 2, all time",
    "how many products were only sold in 2025": "products sold, only products without an order before 2025, an order after 2025, all time",
    "how many products are only sold in Germany": "products sold, only products with nothing but country Germany, all time",
    "what share of customers only bought at a discount": "share of customers with nothing but discounted lines in customers, all time",
    "customers who bought only at a discount and have 4 or more orders": "orders by customer, only customers with nothing but discounted lines, orders at least 4, all time",
    "how many customers ordered only once": "customers, only customers with orders exactly 1, all time",
    "how many customers returned an order": "customers, returned, all time",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_members_with_nothing_else_are_understood_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    ["cities where we only sold furniture in 2025", "how many products were only sold to please somebody"],
)
def test_a_kind_that_is_not_understood_is_asked_back(question: str) -> None:
    with pytest.raises(UnclearError):
        planned(question)
