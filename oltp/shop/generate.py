"""All rows of a shop, the same for the same arguments, as columns of SQL literals."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

import numpy as np

from oltp.seasons import first_day
from oltp.shop import assortment, customers, sales
from oltp.shop.rows import Column, days, money, numbers, text

# Scale 1. Orders and items grow with the scale, products and customers with its root.
PRODUCTS, CUSTOMERS, ITEMS = 2_000, 15_000, 100_000


@dataclass(frozen=True)
class Size:
    """How many rows the tables get; payments and returns follow from the orders."""

    products: int
    customers: int
    orders: int
    items: int


def size_at(scale: float) -> Size:
    """The size at that scale; no table is empty."""
    root = math.sqrt(scale)
    items = max(1, round(ITEMS * scale))
    return Size(
        products=max(1, int(PRODUCTS * root)),
        customers=max(1, int(CUSTOMERS * root)),
        orders=max(1, int(items / sales.ITEMS_PER_ORDER)),
        items=items,
    )


def tables(scale: float, seed: int, until: date) -> Iterator[tuple[str, Sequence[Column]]]:
    """Each table's name and its columns in the order of `schema.COLUMNS`, parents before children."""
    size = size_at(scale)
    words, random = Random(seed), np.random.default_rng(seed)  # noqa: S311  # made-up data, not secrets
    last = np.datetime64(until)
    people = customers.make_customers(size.customers, 1, until, words)
    yield "customers", customer_columns(people)

    products = assortment.make_products(size.products, 1, until, words)
    yield "products", product_columns(products)

    span = np.arange(np.datetime64(first_day(until)), last + 1)
    orders = sales.make_orders(size.orders, span, size.customers, 1, random)
    yield "orders", order_columns(orders, 1 + np.arange(size.customers))

    prices = np.array([product.list_price for product in products])
    items = sales.make_items(size.items, size.orders, prices, 1, random)
    yield "order_items", item_columns(items, orders.ids, 1 + np.arange(size.products))

    totals = sales.totals_of(items, size.orders)
    back = np.flatnonzero((random.random(size.orders) < sales.RETURNED_SHARE) & (orders.dates < last - 1))
    returns = sales.make_returns(items, totals, orders.dates, back, last, 1, random)
    yield "returns", return_columns(returns, orders.ids, items.ids)

    cancelled = np.array([status == "cancelled" for status in orders.statuses])
    payments = sales.make_payments(totals, orders.dates, cancelled, last, 1, random)
    yield "payments", payment_columns(payments, orders.ids)


def customer_columns(people: Sequence[customers.Customer]) -> list[Column]:
    """The customers as columns of `customers`."""
    ids, *rest = zip(*map(customers.row, people), strict=True)
    return [[str(number) for number in ids], *(text(column) for column in rest)]


def product_columns(products: Sequence[assortment.Product]) -> list[Column]:
    """The products as columns of `products`."""
    return [
        [str(product.product_id) for product in products],
        text([product.product_name for product in products]),
        text([product.category for product in products]),
        money(np.array([product.list_price for product in products])),
        money(np.array([product.cost_price for product in products])),
        ["true" if product.is_active else "false" for product in products],
        text([product.created_at for product in products]),
    ]


def order_columns(orders: sales.Orders, customer_ids: sales.Integers) -> list[Column]:
    """The orders as columns of `orders`."""
    return [
        numbers(orders.ids),
        numbers(customer_ids[orders.customers]),
        days(orders.dates),
        text(orders.statuses),
        days(orders.placed_at),
    ]


def item_columns(items: sales.Items, order_ids: sales.Integers, product_ids: sales.Integers) -> list[Column]:
    """The items as columns of `order_items`."""
    return [
        numbers(items.ids),
        numbers(order_ids[items.orders]),
        numbers(product_ids[items.products]),
        numbers(items.quantities),
        money(items.prices),
    ]


def return_columns(returns: sales.Returns, order_ids: sales.Integers, item_ids: sales.Integers) -> list[Column]:
    """The returns as columns of `returns`."""
    items = ["null" if item < 0 else str(item_ids[item]) for item in returns.items.tolist()]
    return [
        numbers(returns.ids),
        numbers(order_ids[returns.orders]),
        items,
        text(returns.reasons),
        money(returns.refunds),
        days(returns.dates),
    ]


def payment_columns(payments: sales.Payments, order_ids: sales.Integers) -> list[Column]:
    """The payments as columns of `payments`."""
    return [
        numbers(payments.ids),
        numbers(order_ids[payments.orders]),
        text(payments.methods),
        money(payments.amounts),
        days(payments.dates),
    ]
