"""All rows of a Superstore, the same for the same arguments, as columns of COPY text."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

import numpy as np

from oltp.seasons import first_day
from oltp.superstore import catalogue, customers, orders, returns
from oltp.superstore.copying import Column, money, text

# The worldwide Superstore's size is scale 1. Orders, lines and returns grow with the scale, products and customers
# with its root.
PRODUCTS, CUSTOMERS, ORDERS, LINES, RETURNS = 10_292, 17_415, 25_035, 51_290, 1_079


@dataclass(frozen=True)
class Size:
    """How many rows each table gets."""

    products: int
    customers: int
    orders: int
    lines: int
    returns: int


def size_at(scale: float) -> Size:
    """The size at that scale; no table is empty, and every subcategory has a product."""
    root = math.sqrt(scale)
    return Size(
        products=max(len(catalogue.SUBCATEGORIES), int(PRODUCTS * root)),
        customers=max(1, int(CUSTOMERS * root)),
        orders=max(1, int(ORDERS * scale)),
        lines=max(1, int(LINES * scale)),
        returns=max(1, int(RETURNS * scale)),
    )


def tables(scale: float, seed: int, until: date) -> Iterator[tuple[str, Sequence[Column]]]:
    """Each table's name and its columns in the order of `schema.COLUMNS`, parents before children."""
    size = size_at(scale)
    words, numbers = Random(seed), np.random.default_rng(seed)  # noqa: S311  # made-up data, not secrets
    yield "segments", list(zip(*catalogue.SEGMENTS.items(), strict=True))
    yield "categories", list(zip(*catalogue.CATEGORIES.items(), strict=True))
    groups = [(group.subcategory_id, group.name, group.category_id) for group in catalogue.SUBCATEGORIES]
    yield "subcategories", list(zip(*groups, strict=True))

    products = catalogue.make_products(size.products, catalogue.FIRST_NUMBER, words)
    yield "products", product_columns(products)

    people = customers.make_customers(size.customers, customers.FIRST_NUMBER, words)
    yield "customers", customer_columns(people)

    days = np.arange(np.datetime64(first_day(until)), np.datetime64(until) + 1)
    ordered = orders.make_orders(size.orders, days, people, orders.FIRST_NUMBER, numbers)
    yield "orders", order_columns(ordered, people)

    product_ids = [product.product_id for product in products]
    lines = orders.make_lines(size.lines, ordered, people, product_ids, numbers)
    yield "order_products", line_columns(lines, ordered.ids, product_ids)

    shipped = ordered.dates.copy()
    np.maximum.at(shipped, lines.orders, lines.ship_dates)
    homes = [people[buyer].region for buyer in ordered.customers.tolist()]
    back = returns.make_returns(size.returns, shipped, homes, np.datetime64(until), returns.FIRST_NUMBER, numbers)
    yield "returns", return_columns(back, ordered.ids)


def order_columns(ordered: orders.Orders, people: Sequence[customers.Customer]) -> list[Column]:
    """The orders as columns of `orders`."""
    customer_ids = [people[buyer].customer_id for buyer in ordered.customers.tolist()]
    return [ordered.ids, ordered.dates.astype(str).tolist(), ordered.priorities, customer_ids]


def customer_columns(people: Sequence[customers.Customer]) -> list[Column]:
    """The customers as columns of `customers`."""
    return [text(column) for column in zip(*map(customers.row, people), strict=True)]


def product_columns(products: Sequence[catalogue.Product]) -> list[Column]:
    """The products as columns of `products`."""
    return [
        [product.product_id for product in products],
        text([product.product_name for product in products]),
        [product.subcategory_id for product in products],
    ]


def line_columns(lines: orders.Lines, order_ids: Sequence[str], product_ids: Sequence[str]) -> list[Column]:
    """The lines as columns of `order_products`."""
    return [
        [order_ids[order] for order in lines.orders.tolist()],
        [product_ids[product] for product in lines.products.tolist()],
        [str(quantity) for quantity in lines.quantities.tolist()],
        money(lines.sales),
        money(lines.discounts),
        money(lines.profits),
        lines.ship_dates.astype(str).tolist(),
        lines.ship_modes,
        money(lines.shipping_costs),
    ]


def return_columns(back: returns.Returns, order_ids: Sequence[str]) -> list[Column]:
    """The returns as columns of `returns`."""
    returned_ids = [order_ids[order] for order in back.orders.tolist()]
    dates = back.dates.astype(str).tolist()
    return [back.ids, returned_ids, dates, back.statuses, back.regions, text(back.reasons)]
