"""Names told by a part of them: from a question to a plan, or a question back."""

import pytest

from app.answers.planner import RefusedError, UnclearError
from tests.unit.answers_layer import assert_understood, planned

UNDERSTOOD = {
    "sales of products whose name starts with Faber-Castell in 2025": "sales, product name starting with “Faber-Castell”, 2025",
    "what share of sales came from products whose name starts with Samsung?": "share of product name starting with “Samsung” in sales, all time",
    'how many products have "Samsung" in their name': "products, product name with “Samsung”, all time",
    "anything with Samsung in the product name: sales and units by year": "sales and units by year, product name with “Samsung”, all time",
    "sales in cities beginning with San": "sales, city starting with “San”, all time",
    "how many products do we carry with Faber-Castell in the name?": "products, product name with “Faber-Castell”, all time",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_names_told_by_a_part_are_understood_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "sales of products whose name starts with Zzyzx",
        "countries with 'San' in their name that start with X",
    ],
)
def test_a_part_that_no_name_has_is_refused(question: str) -> None:
    with pytest.raises((UnclearError, RefusedError)):
        planned(question)
