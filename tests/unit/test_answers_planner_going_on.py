"""Questions that go on from the one before: from a question and a plan to the next plan."""

import pytest

from app.answers.wording import understood
from tests.unit.answers_layer import layer, planned

GOES_ON = [
    ("sales by category in 2025", "ok and as a margin?", "margin by category, 2025"),
    ("margin by category in 2025", "now that margin for Technology only, quarter by quarter", "margin by quarter, category Technology, 2025"),
    ("sales by category in 2023", "And what was the profit of each?", "profit by category, 2023"),
    ("sales by category in 2024", "Now the profit instead of the sales, and only for customers in France.", "profit by category, country France, 2024"),
    ("sales in the US this year", "and Canada?", "sales, country Canada, this year to 2026-11-24"),
    ("top 5 customers by sales in 2026", "Now restrict that to Consumer customers and add the profit figure.", "sales and profit by customer, segment Consumer, 2026, the highest 5"),
    ("top 5 customers by sales in 2026", "Same list for 2025.", "sales by customer, 2025, the highest 5"),
    ("orders by ship mode in 2025", "same again but only what went to US customers", "orders by ship mode, market US, 2025"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "question", "words"), GOES_ON)
def test_a_question_that_goes_on_changes_the_one_before(first: str, question: str, words: str) -> None:
    assert understood(layer(), planned(question, planned(first).plan).plan) == words
