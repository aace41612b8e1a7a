"""What the source system holds now, and a choice from it that follows from the state and a seed alone."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
import psycopg
from psycopg import sql
from psycopg.rows import class_row

from oltp.amounts import mostly_recent
from oltp.seasons import Integers
from oltp.superstore.customers import Customer
from oltp.superstore.schema import COLUMNS, SuperstoreError

_NUMBER = re.compile(r"-(\d{6,})$")


@dataclass(frozen=True)
class Population:
    """Keys of all rows, sorted by their bytes, so that the choice is the same whatever the server's collation."""

    order_ids: list[str]
    order_dates: Integers  # days since 1970-01-01
    customer_ids: list[str]
    product_ids: list[str]
    return_ids: list[str]
    line_count: int

    @property
    def newest(self) -> date:
        """The newest order date."""
        return np.datetime64(int(self.order_dates.max()), "D").astype(date)


@dataclass(frozen=True)
class StoredLine:
    """A line as it is in `order_products`, as far as a change needs to know it."""

    order_id: str
    product_id: str
    quantity: int
    sales: Decimal
    profit: Decimal
    ship_date: date


@dataclass(frozen=True)
class ShippedOrder:
    """An order that can come back: when its last line was shipped, and where its customer is."""

    order_id: str
    shipped: date
    region: str


def read_population(connection: psycopg.Connection) -> Population:
    """Read the keys of all rows.

    Raises:
        SuperstoreError: there are no orders or no lines to live on from.
    """
    orders = connection.execute(
        "select order_id, order_date - date '1970-01-01' from superstore.orders order by order_id collate \"C\""
    ).fetchall()
    counted = connection.execute("select count(*) from superstore.order_products").fetchone()
    if not orders or counted is None or counted[0] == 0:
        raise SuperstoreError("the source system has no orders to change; fill it first (tidemark seed --scale 1)")
    return Population(
        order_ids=[order_id for order_id, _ in orders],
        order_dates=np.array([day for _, day in orders]),
        customer_ids=_ids(connection, "customers"),
        product_ids=_ids(connection, "products"),
        return_ids=_ids(connection, "returns"),
        line_count=counted[0],
    )


def _ids(connection: psycopg.Connection, table: str) -> list[str]:
    query = sql.SQL('select {0} from superstore.{1} order by {0} collate "C"').format(
        sql.Identifier(COLUMNS[table][0]), sql.Identifier(table)
    )
    return [row[0] for row in connection.execute(query)]


def next_number(ids: Iterable[str], first: int) -> int:
    """The number after the greatest that ends one of the ids; ids of another form do not count."""
    numbers = (int(found[1]) for found in map(_NUMBER.search, ids) if found)
    return max(numbers, default=first - 1) + 1


def choose_orders(population: Population, count: int, random: np.random.Generator) -> list[str]:
    """Different orders in random sequence, recent ones far more often than old ones."""
    chosen = mostly_recent(population.order_dates, count, random)
    return [population.order_ids[position] for position in chosen.tolist()]


def choose(ids: Sequence[str], count: int, random: np.random.Generator) -> list[str]:
    """Different ids, all equally likely."""
    chosen = random.choice(len(ids), min(count, len(ids)), replace=False)
    return [ids[position] for position in chosen.tolist()]


def lines_of(connection: psycopg.Connection, order_ids: Sequence[str]) -> list[StoredLine]:
    """The lines of some orders."""
    with connection.cursor(row_factory=class_row(StoredLine)) as cursor:
        return cursor.execute(
            "select order_id, product_id, quantity, sales, profit, ship_date from superstore.order_products"
            ' where order_id = any(%s) order by order_id collate "C", product_id collate "C"',
            (list(order_ids),),
        ).fetchall()


def customers_of(connection: psycopg.Connection, customer_ids: Sequence[str]) -> list[Customer]:
    """Some customers."""
    query = sql.SQL(
        'select {} from superstore.customers where customer_id = any(%s) order by customer_id collate "C"'
    ).format(sql.SQL(", ").join(map(sql.Identifier, COLUMNS["customers"])))
    with connection.cursor(row_factory=class_row(Customer)) as cursor:
        return cursor.execute(query, (list(customer_ids),)).fetchall()


def returnable(connection: psycopg.Connection, order_ids: Sequence[str]) -> list[ShippedOrder]:
    """Those of some orders that have lines and were not returned."""
    with connection.cursor(row_factory=class_row(ShippedOrder)) as cursor:
        return cursor.execute(
            """
            select o.order_id, max(l.ship_date) as shipped, c.region
            from superstore.orders as o
            join superstore.customers as c on c.customer_id = o.customer_id
            join superstore.order_products as l on l.order_id = o.order_id
            where o.order_id = any(%s)
                and not exists (select from superstore.returns as r where r.order_id = o.order_id)
            group by o.order_id, c.region
            order by o.order_id collate "C"
            """,
            (list(order_ids),),
        ).fetchall()
