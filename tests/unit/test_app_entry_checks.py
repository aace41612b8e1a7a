"""What may be entered, field by field."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from app.entry.checks import EntryError, LineEntry, OrderEntry, ReturnEntry, check_order, check_return, line_of

TODAY = dt.date(2026, 6, 30)
LINE = LineEntry(
    "P1", 2, Decimal("10.00"), Decimal("0.10"), Decimal("1.00"), dt.date(2026, 6, 2), "First Class", Decimal("1")
)
ORDER = OrderEntry("C1", dt.date(2026, 6, 1), "High", (LINE,))
RETURN = ReturnEntry("O1", TODAY, "Pending", "East", None)


def test_a_good_order_and_a_good_return_are_taken():
    check_order(ORDER, TODAY)
    check_return(RETURN, TODAY)


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (replace(ORDER, customer_id=""), "Choose a customer"),
        (replace(ORDER, order_date=dt.date(2026, 7, 1)), "order date"),
        (replace(ORDER, order_priority="urgent"), "priority"),
        (replace(ORDER, lines=()), "at least one line"),
        (replace(ORDER, lines=(LINE, LINE)), "two lines"),
        (replace(ORDER, lines=(replace(LINE, quantity=0),)), "Line 1: the quantity"),
        (replace(ORDER, lines=(replace(LINE, sales=Decimal("-1")),)), "sales"),
        (replace(ORDER, lines=(replace(LINE, discount=Decimal("1.01")),)), "discount"),
        (replace(ORDER, lines=(replace(LINE, profit=Decimal("11")),)), "profit"),
        (replace(ORDER, lines=(replace(LINE, ship_date=dt.date(2026, 5, 31)),)), "before it was ordered"),
        (replace(ORDER, lines=(replace(LINE, ship_mode="'; drop table orders"),)), "ship mode"),
    ],
)
def test_each_fault_of_an_order_is_named(order, words):
    with pytest.raises(EntryError, match=words):
        check_order(order, TODAY)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (replace(RETURN, order_id=" "), "which order"),
        (replace(RETURN, return_date=dt.date(2026, 7, 1)), "return date"),
        (replace(RETURN, return_status="?"), "status"),
        (replace(RETURN, return_region=""), "region"),
        (replace(RETURN, reason="x\0y"), "cannot be stored"),
    ],
)
def test_each_fault_of_a_return_is_named(entry, words):
    with pytest.raises(EntryError, match=words):
        check_return(entry, TODAY)


def test_all_faults_are_named_at_once():
    with pytest.raises(EntryError) as error:
        check_order(replace(ORDER, customer_id="", lines=()), TODAY)
    assert len(error.value.problems) == 2


TYPED = {
    "product": "P1", "quantity": 2.0, "sales": 10.0, "discount": 10.0, "profit": 1.0, "shipping_cost": 1.0,
    "ship_date": dt.date(2026, 6, 2), "ship_mode": "First Class",
}  # fmt: skip


def test_a_typed_line_is_taken_as_it_is():
    assert line_of(TYPED, ORDER.order_date) == LINE


@pytest.mark.parametrize("field", TYPED)
def test_an_empty_field_of_a_line_is_named(field):
    with pytest.raises(EntryError, match=f"Fill in the {field.replace('_', ' ')}"):
        line_of({**TYPED, field: None}, ORDER.order_date)


@pytest.mark.parametrize("field", ["quantity", "sales", "discount", "profit", "shipping_cost"])
@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e300, 1.005, -1e300])
def test_what_is_no_amount_is_refused_and_not_rounded(field, value):
    with pytest.raises(EntryError, match=f"(?i){field.replace('_', ' ')}"):
        line_of({**TYPED, field: value}, ORDER.order_date)
