"""What the shop holds now, and what of it a round of changes needs to know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pymysql

from oltp.seasons import Days, Integers
from oltp.shop.schema import COLUMNS, ShopError

IDS_PER_QUERY = 5_000


@dataclass(frozen=True)
class Population:
    """Keys of all rows in order, and the day of each order."""

    order_ids: Integers
    order_dates: Days
    customer_ids: Integers
    product_ids: Integers
    return_ids: Integers
    payment_ids: Integers
    last_item_id: int
    item_count: int

    @property
    def newest(self) -> date:
        """The newest order date."""
        newest: date = self.order_dates.max().astype(date)
        return newest


@dataclass(frozen=True)
class StoredItem:
    """An order item as it is stored, its price in cents."""

    order_item_id: int
    order_id: int
    product_id: int
    quantity: int
    price: int


def read_population(cursor: pymysql.cursors.Cursor) -> Population:
    """Read the keys of all rows.

    Raises:
        ShopError: there are no orders or no items to live on from.
    """
    cursor.execute("select order_id, order_date from orders order by order_id")
    orders = cursor.fetchall()
    cursor.execute("select count(*), max(order_item_id) from order_items")
    item_count, last_item_id = cursor.fetchone() or (0, None)
    if not orders or not item_count:
        raise ShopError("the shop has no orders to change; fill it first (tidemark seed --source shop)")
    return Population(
        order_ids=np.array([order_id for order_id, _ in orders]),
        order_dates=np.array([day for _, day in orders], dtype="datetime64[D]"),
        customer_ids=_ids(cursor, "customers"),
        product_ids=_ids(cursor, "products"),
        return_ids=_ids(cursor, "returns"),
        payment_ids=_ids(cursor, "payments"),
        last_item_id=last_item_id,
        item_count=item_count,
    )


def _ids(cursor: pymysql.cursors.Cursor, table: str) -> Integers:
    key = COLUMNS[table][0]
    cursor.execute(f"select {key} from {table} order by {key}")
    return np.array([row[0] for row in cursor.fetchall()], dtype=np.int64)


def next_id(ids: Integers) -> int:
    """The id after the greatest."""
    return int(ids.max(initial=0)) + 1


def choose(ids: Integers, count: int, random: np.random.Generator) -> list[int]:
    """Different ids, all equally likely."""
    chosen: list[int] = random.choice(ids, min(count, len(ids)), replace=False).tolist()
    return chosen


def items_of(cursor: pymysql.cursors.Cursor, order_ids: Sequence[int]) -> list[StoredItem]:
    """The items of some orders, sorted by order and item."""
    found: list[StoredItem] = []
    for start in range(0, len(order_ids), IDS_PER_QUERY):
        cursor.execute(
            "select order_item_id, order_id, product_id, quantity, cast(unit_price * 100 as signed) from order_items"
            " where order_id in %s",
            (list(order_ids[start : start + IDS_PER_QUERY]),),
        )
        found += [StoredItem(*row) for row in cursor.fetchall()]
    return sorted(found, key=lambda item: (item.order_id, item.order_item_id))


def prices_of(cursor: pymysql.cursors.Cursor, product_ids: Sequence[int]) -> Integers:
    """The list prices of some products in cents, in their sequence."""
    cursor.execute(
        "select product_id, cast(list_price * 100 as signed) from products where product_id in %s", (list(product_ids),)
    )
    prices = dict(cursor.fetchall())
    return np.array([prices[product_id] for product_id in product_ids], dtype=np.int64)
