"""Whether customers can be reached, and whether they are on file: from a question to a plan."""

import pytest

from app.answers.planner import RefusedError, UnclearError
from tests.unit.answers_layer import assert_understood, planned

UNDERSTOOD = {
    "How many of our customers have no e-mail address on file?": "customers, without an e-mail, all time",
    "orders and sales from customers who have no e-mail on file": "sales and orders, without an e-mail, all time",
    "customers in Germany whose phone number is missing - how many?": "customers, country Germany, without a phone number, all time",
    "share of customers without an e-mail by market": "share of without an e-mail in customers by market, all time",
    "customers without phones": "customers, without subcategory Phones, all time",
    "sales by e-mail on file or not": "sales by e-mail on file, all time",
    "How many customers from Germany are on file, whether or not they have ever ordered?": "registered customers, country Germany, all time",
    "registered customers by segment": "registered customers by segment, all time",
    "how many registered customers never placed an order?": "customers, only customers without an order, all time",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_customers_on_file_are_understood_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "sales by e-mail address for the manager",
    ],
)
def test_addresses_themselves_are_not_told(question: str) -> None:
    with pytest.raises((UnclearError, RefusedError)):
        planned(question)
