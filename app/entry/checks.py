"""What a person may enter, checked field by field before the database is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

PRIORITIES = ("Critical", "High", "Medium", "Low")
SHIP_MODES = ("Same Day", "First Class", "Second Class", "Standard Class")
RETURN_STATUSES = ("Pending", "Approved", "Rejected", "Completed")
LARGEST_MONEY = Decimal("9999999999.99")
LARGEST_QUANTITY = 1_000_000
EARLIEST = dt.date(2000, 1, 1)
TYPED = {
    "product": "product",
    "quantity": "quantity",
    "sales": "sales",
    "discount": "discount (0 for none)",
    "profit": "profit",
    "shipping_cost": "shipping cost (0 for none)",
    "ship_date": "ship date",
    "ship_mode": "ship mode",
}
DECIMALS = {"quantity": 0, "sales": 2, "discount": 0, "profit": 2, "shipping_cost": 2}  # the discount is in per cent


class EntryError(ValueError):
    """What was entered is not taken; `problems` has a sentence for each field at fault."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


class ConflictError(RuntimeError):
    """Somebody else changed the same thing in the meantime; nothing was written."""


@dataclass(frozen=True)
class LineEntry:
    """One line of an order; money in US dollars, the discount a fraction."""

    product_id: str
    quantity: int
    sales: Decimal
    discount: Decimal
    profit: Decimal
    ship_date: dt.date
    ship_mode: str
    shipping_cost: Decimal


@dataclass(frozen=True)
class OrderEntry:
    """An order with its lines."""

    customer_id: str
    order_date: dt.date
    order_priority: str
    lines: tuple[LineEntry, ...]


@dataclass(frozen=True)
class ReturnEntry:
    """The return of an order."""

    order_id: str
    return_date: dt.date
    return_status: str
    return_region: str
    reason: str | None


def check_order(entry: OrderEntry, today: dt.date) -> None:
    """Raise EntryError, naming every problem, unless the order may be written."""
    problems = list(_order_problems(entry, today))
    if problems:
        raise EntryError(problems)


def check_return(entry: ReturnEntry, today: dt.date) -> None:
    """Raise EntryError, naming every problem, unless the return may be written."""
    problems = []
    if not entry.order_id.strip():
        problems.append("Say which order is returned.")
    if not EARLIEST <= entry.return_date <= today:
        problems.append(f"The return date must lie between {EARLIEST} and today.")
    if entry.return_status not in RETURN_STATUSES:
        problems.append(f"The status must be one of {', '.join(RETURN_STATUSES)}.")
    if not entry.return_region.strip():
        problems.append("Say in which region the order was returned.")
    if entry.reason is not None and len(entry.reason) > 2000:
        problems.append("The reason is too long: 2,000 characters at most.")
    problems += [f"{what} holds a character that cannot be stored." for what in _unstorable(entry)]
    if problems:
        raise EntryError(problems)


def line_of(typed: Mapping[str, Any], order_date: dt.date) -> LineEntry:
    """The line that was typed in, with its discount in per cent.

    Raises EntryError, naming every field that is empty or holds what is not taken: nothing is rounded or put in place.
    """
    if empty := [f"Fill in the {words}." for name, words in TYPED.items() if typed.get(name) in (None, "")]:
        raise EntryError(empty)
    numbers = {name: Decimal(str(typed[name])) for name in DECIMALS}
    if inexact := [
        f"The {TYPED[name].split(' (')[0]} has {'at most two' if decimals else 'no'} decimals."
        for name, decimals in DECIMALS.items()
        if not _has_at_most(decimals, numbers[name])
    ]:
        raise EntryError(inexact)
    line = LineEntry(
        typed["product"],
        int(numbers["quantity"]),
        numbers["sales"],
        numbers["discount"] / 100,
        numbers["profit"],
        typed["ship_date"],
        typed["ship_mode"],
        numbers["shipping_cost"],
    )
    if problems := [f"{told[0].upper()}{told[1:]}" for told in _line_problems(line, order_date)]:
        raise EntryError(problems)
    return line


def _has_at_most(decimals: int, number: Decimal) -> bool:
    exponent = number.normalize().as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -decimals  # that of an infinite number is a letter


def _order_problems(entry: OrderEntry, today: dt.date) -> Iterator[str]:
    if not entry.customer_id:
        yield "Choose a customer."
    if not EARLIEST <= entry.order_date <= today:
        yield f"The order date must lie between {EARLIEST} and today."
    if entry.order_priority not in PRIORITIES:
        yield f"The priority must be one of {', '.join(PRIORITIES)}."
    if not entry.lines:
        yield "An order needs at least one line."
    products = [line.product_id for line in entry.lines]
    for product in sorted({product for product in products if products.count(product) > 1}):
        yield f"The product {product} is in two lines: put them together, an order has one line for a product."
    for number, line in enumerate(entry.lines, start=1):
        for problem in _line_problems(line, entry.order_date):
            yield f"Line {number}: {problem}"


def _line_problems(line: LineEntry, order_date: dt.date) -> Iterator[str]:
    if not line.product_id:
        yield "choose a product."
    if not 1 <= line.quantity <= LARGEST_QUANTITY:
        yield f"the quantity must lie between 1 and {LARGEST_QUANTITY:,}."
    if not 0 <= line.sales <= LARGEST_MONEY:
        yield "sales cannot be negative, nor over ten billion dollars."
    if not 0 <= line.discount <= 1:
        yield "the discount must lie between 0 and 100 %."
    if not -LARGEST_MONEY <= line.profit <= line.sales:
        yield "the profit cannot be greater than the sales."
    if not 0 <= line.shipping_cost <= LARGEST_MONEY:
        yield "the shipping cost cannot be negative."
    if line.ship_date < order_date:
        yield "it cannot be shipped before it was ordered."
    if line.ship_date > order_date + dt.timedelta(days=365):
        yield "it cannot be shipped more than a year after the order."
    if line.ship_mode not in SHIP_MODES:
        yield f"the ship mode must be one of {', '.join(SHIP_MODES)}."


def _unstorable(entry: ReturnEntry) -> Iterator[str]:
    for what, text in (("The region", entry.return_region), ("The reason", entry.reason or "")):
        if "\0" in text:
            yield what
