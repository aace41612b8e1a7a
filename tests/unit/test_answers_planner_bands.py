"""Members in bands of a figure: from a question to a plan, or a question back."""

import pytest

from app.answers.plan import Band
from app.answers.planner import RefusedError, UnclearError
from app.answers.planning.band_lists import bands_in, fitted
from tests.unit.answers_layer import assert_understood, planned

UNDERSTOOD = {
    "Put the customers who have ordered into the groups 1, 2-4, 5-9 and 10+ according to their number of orders. How many customers are in each group?": "customers by band, all time, bands by orders of each customer (1; 2-4; 5-9; 10+)",
    "Split orders by value into under 100, 100 to 500, and above 500: how many orders each, and what share of sales?": "orders and share of sales by band, all time, bands by sales of each order (under 100; 100 to 500; above 500)",
    "number of order lines per discount band: 0, up to 20%, above 20%": "order lines by band, all time, bands by discount of each order line (0; up to 20%; above 20%)",
    "how many orders took 0-2, 3-5 and more than 5 days to ship": "orders by band, all time, bands by highest days to ship of each order (0-2; 3-5; more than 5)",
    "histogram of order values in steps of 500 up to 1,000 and everything above": "orders by band, all time, bands by sales of each order (0 to under 500; 500 to under 1,000; 1,000 and more)",
    "sales and margin by discount band: 0%, 1-20%, over 20%": "sales and margin by band, all time, bands by discount of each order line (0%; 1-20%; over 20%)",
    "Group products by sales in 2025 into under $500, $500-$2,000 and over $2,000": "products by band, 2025, bands by sales of each product (under $500; $500-$2,000; over $2,000)",
    "In 2025, how many customers placed one order, two to four orders, and five or more orders?": "customers by band, 2025, bands by orders of each customer (1; 2 to 4; 5 or more)",
    "orders by value (under 100, 100-500, over 500) in 2025 by market": "orders by band and market, 2025, bands by sales of each order (under 100; 100-500; over 500)",
    "Count of orders by number of lines: 1, 2, 3, 4+ by year": "orders by band and year, all time, bands by order lines of each order (1; 2; 3; 4+)",
    "subcategories by margin: negative, 0% to 15%, above 15%": "number of subcategories by band, all time, bands by margin of each subcategory (negative; 0% to 15%; above 15%)",
    "number of customers and average sales per customer by number of orders: 1, 2-4, 5+": "customers and sales per customer by band, all time, bands by orders of each customer (1; 2-4; 5+)",
    "What share of orders has a value under 100, 100-500 and above 500?": "share of orders by band, all time, bands by sales of each order (under 100; 100-500; above 500)",
    "Number of customers with 1, 2-4 and 5+ orders in the EU": "customers by band, market EU, all time, bands by orders of each customer (1; 2-4; 5+)",
    "how many customers ordered more than 3 times and less than 6 times": "customers, only customers with orders more than 3, only customers with orders less than 6, all time",
    "How many orders took more than 5 days to ship?": "orders, days to ship more than 5.0 days, all time",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_members_in_bands_are_understood_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "customers by number of orders: 1-5, 5-10, 10-20",
        "customers by number of orders: 1-5, 7-10, 11+",
        "customers by number of orders: 1-6, 5-10, 11+",
        "how many customers had 0, 1-2, 3+ orders in 2025",
        "margin by discount: 0-20%, 20-40%, 40-60%",
        "orders with a discount of 0, up to 20% and above 20%",
        "histogram of order values in steps of 500",
        "orders by value: 0-10%, 10-20%, over 20%",
        "number of customers by number of orders: 1, 2-4, 5+ by category",
        "customers by age: 18-25, 26-40, over 40",
        "customers by number of returns in 2025: 1, 2, 3+",
    ],
)
def test_bands_that_leave_a_doubt_are_asked_back(question: str) -> None:
    with pytest.raises((UnclearError, RefusedError)):
        planned(question)


def test_a_number_lies_in_one_band_and_one_alone() -> None:
    (told,) = bands_in("orders by value: under 100, 100-500, 500+")
    assert fitted(told, whole=False, percent=False, least_is_one=False) == (
        Band("under 100", None, 100.0, below=True),
        Band("100-500", 100.0, 500.0, below=True),
        Band("500+", 500.0),
    )
    (told,) = bands_in("lines by discount: 0, up to 20%, above 20%")
    assert fitted(told, whole=False, percent=True, least_is_one=False) == (
        Band("0", 0.0, 0.0),
        Band("up to 20%", 0.0, 0.2, above=True),
        Band("above 20%", 0.2, above=True),
    )
    (told,) = bands_in("orders by value: $0-$99, $100-$499, $500 and more")
    bands = fitted(told, whole=False, percent=False, least_is_one=False)
    assert [(b.low, b.high, b.below) for b in bands] == [(0, 100, True), (100, 500, True), (500, None, False)]


@pytest.mark.parametrize(
    "text", ["sales in 2023, 2024 and 2025", "more than 3 and less than 6 orders", "top 5 in 2025"]
)
def test_years_and_a_range_are_no_bands(text: str) -> None:
    assert not bands_in(text)


def test_steps_that_do_not_go_into_the_range_are_asked_back() -> None:
    with pytest.raises(UnclearError, match="do not go into it"):
        bands_in("order values in steps of 300 up to 1,000")
