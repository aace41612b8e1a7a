"""Which order lines, orders, customers and products do the rows of a file make, and which rows are refused?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import cast

from oltp.superstore_files.columns import Header
from oltp.superstore_files.reading import RawRow
from oltp.superstore_files.refusals import Refusal
from oltp.superstore_files.values import Cell, Rounded, Value, read_values

_CUSTOMER_FIELDS = (
    "customer_name", "email", "phone", "country", "state", "city", "postal_code", "market", "region", "segment",
)  # fmt: skip
_PRODUCT_FIELDS = ("product_name", "category", "subcategory")
_AMOUNTS = ("sales", "discount", "profit", "shipping_cost")


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One product of one order; money in the file's currency, to the cent."""

    order_id: str
    product_id: str
    quantity: int
    sales: Decimal
    discount: Decimal
    profit: Decimal
    ship_date: date
    ship_mode: str
    shipping_cost: Decimal


@dataclass(frozen=True, slots=True)
class Order:
    """An order, and the line of the file that names it first."""

    order_id: str
    order_date: date
    order_priority: str
    customer_id: str
    line: int


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer as of the newest of their orders in the file."""

    customer_id: str
    newest_order: date
    customer_name: str
    email: str | None
    phone: str | None
    country: str
    state: str
    city: str
    postal_code: str | None
    market: str
    region: str
    segment: str


@dataclass(frozen=True, slots=True)
class Product:
    """A product as of the newest of its orders in the file."""

    product_id: str
    newest_order: date
    product_name: str
    category: str
    subcategory: str


@dataclass(slots=True)
class OrderLineFindings:
    """What is known of a file's order lines so far; complete once the lines have been read through."""

    refusals: list[Refusal] = field(default_factory=list)
    orders: dict[str, Order] = field(default_factory=dict)
    pairs: dict[tuple[str, str], int] = field(default_factory=dict)
    customers: dict[str, tuple[date, tuple[Value, ...]]] = field(default_factory=dict)
    products: dict[str, tuple[date, tuple[Value, ...]]] = field(default_factory=dict)
    customers_of_several_records: set[str] = field(default_factory=set)
    products_of_several_names: set[str] = field(default_factory=set)
    orders_of_several_priorities: set[str] = field(default_factory=set)
    repeated_pairs: int = 0
    conflicting_orders: int = 0
    rounded_lines: int = 0
    rounded_discounts: int = 0


def check_order_lines(
    rows: Iterable[RawRow], header: Header, cells: tuple[Cell, ...], findings: OrderLineFindings
) -> Iterator[OrderLine]:
    """Yield the accepted order lines one by one; orders, customers, products and refusals gather in `findings`.

    The first line of an order-product pair stays, and so do the customer and the date of an order's first line;
    later lines that repeat or contradict them are refused. A refused line says nothing about anything.
    """
    width = len(header.titles)
    for row in rows:
        values = read_values(row, cells, width)
        refusal = values if isinstance(values, Refusal) else _contradiction(row.line, values, header, findings)
        if refusal is not None:
            findings.refusals.append(refusal)
        elif not isinstance(values, Refusal):
            yield _accept(row.line, values, findings)


def customers_of(findings: OrderLineFindings) -> Iterator[Customer]:
    """Yield each customer once, with the name and address of the newest order."""
    for customer_id, (newest_order, record) in findings.customers.items():
        yield Customer(customer_id, newest_order, *cast(tuple[str, ...], record))


def products_of(findings: OrderLineFindings) -> Iterator[Product]:
    """Yield each product once, with the name and subcategory of the newest order."""
    for product_id, (newest_order, record) in findings.products.items():
        yield Product(product_id, newest_order, *cast(tuple[str, ...], record))


def _contradiction(line: int, values: dict[str, Value], header: Header, findings: OrderLineFindings) -> Refusal | None:
    order_id, product_id = cast(str, values["order_id"]), cast(str, values["product_id"])
    order = findings.orders.get(order_id)
    if order is None:
        return None
    for column in ("customer_id", "order_date"):
        if getattr(order, column) != values[column]:
            findings.conflicting_orders += 1
            return Refusal(line, header.title(column), f"differs from that of the same order on line {order.line}")
    first = findings.pairs.get((order_id, product_id))
    if first is None:
        return None
    findings.repeated_pairs += 1
    return Refusal(line, header.title("product_id"), f"repeats the pair of order and product of line {first}")


def _accept(line: int, values: dict[str, Value], findings: OrderLineFindings) -> OrderLine:
    order_id, product_id = cast(str, values["order_id"]), cast(str, values["product_id"])
    customer_id, priority = cast(str, values["customer_id"]), cast(str, values["order_priority"])
    order_date = cast(date, values["order_date"])
    order = findings.orders.get(order_id)
    if order is None:
        findings.orders[order_id] = Order(order_id, order_date, priority, customer_id, line)
    elif order.order_priority != priority:
        findings.orders_of_several_priorities.add(order_id)
    findings.pairs[order_id, product_id] = line
    customer = tuple([values[name] for name in _CUSTOMER_FIELDS])
    product = tuple([values[name] for name in _PRODUCT_FIELDS])
    if _keep_newest(findings.customers, customer_id, order_date, customer):
        findings.customers_of_several_records.add(customer_id)
    if _keep_newest(findings.products, product_id, order_date, product):
        findings.products_of_several_names.add(product_id)
    sales, discount, profit, shipping_cost = (cast(Rounded, values[name]) for name in _AMOUNTS)
    findings.rounded_lines += sales.rounded or profit.rounded or shipping_cost.rounded
    findings.rounded_discounts += discount.rounded
    return OrderLine(
        order_id,
        product_id,
        cast(int, values["quantity"]),
        sales.amount,
        discount.amount,
        profit.amount,
        cast(date, values["ship_date"]),
        cast(str, values["ship_mode"]),
        shipping_cost.amount,
    )


def _keep_newest(
    known: dict[str, tuple[date, tuple[Value, ...]]], key: str, order_date: date, record: tuple[Value, ...]
) -> bool:
    """Keep the record of the newest order, of the later line among equals; tell whether there was another one."""
    before = known.get(key)
    if before is None or order_date >= before[0]:
        known[key] = (order_date, before[1] if before is not None and before[1] == record else record)
    return before is not None and before[1] != record
