"""A small Superstore, and how the tests of the source system write to it and read from it."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from sqlalchemy.engine import make_url

BASE_ROWS = """
insert into segments (segment_id, segment_name) values ('CON', 'Consumer');
insert into categories (category_id, category_name) values ('FUR', 'Furniture');
insert into subcategories (subcategory_id, subcategory_name, category_id) values ('FUR-CH', 'Chairs', 'FUR');
insert into products (product_id, product_name, subcategory_id)
values ('P1', 'Chair', 'FUR-CH'), ('P2', 'Stool', 'FUR-CH');
insert into customers
    (customer_id, customer_name, email, phone, country, state, city, postal_code, market, region, segment_id)
values ('C1', 'Ana', null, null, 'Spain', 'Madrid', 'Madrid', null, 'EU', 'South', 'CON');
insert into orders (order_id, order_date, order_priority, customer_id)
values ('O1', '2025-01-10', 'High', 'C1'), ('O2', '2025-02-10', 'Low', 'C1');
insert into order_products
    (order_id, product_id, quantity, sales, discount, profit, ship_date, ship_mode, shipping_cost)
values
    ('O1', 'P1', 2, 20.50, 0.10, 3.00, '2025-01-12', 'First Class', 1.10),
    ('O1', 'P2', 1, 10.00, 0, -1.00, '2025-01-12', 'First Class', 1.00);
insert into returns (return_id, order_id, return_date, return_status, return_region, reason)
values ('R1', 'O1', '2025-02-01', 'Pending', 'South', null);
"""


TABLES = (
    "tombstones", "return_keys", "order_product_keys", "order_keys", "returns", "order_products", "orders", "customers",
    "products", "subcategories", "categories", "segments",
)  # fmt: skip


def empty(admin_url: str) -> None:
    """Delete all rows; TRUNCATE would take longer for 160 partitions with few rows."""
    with connect(admin_url) as connection, past_triggers(connection):
        for table in TABLES:
            connection.execute(f"delete from {table}")


def connect(url: str) -> psycopg.Connection:
    connection = psycopg.connect(libpq(url), autocommit=True)
    connection.execute("set search_path = superstore")
    connection.autocommit = False
    return connection


@contextmanager
def past_triggers(connection: psycopg.Connection) -> Iterator[None]:
    """Write as a replica does: no trigger fires and no foreign key is checked."""
    connection.execute("set session_replication_role = replica")
    yield
    connection.execute("set session_replication_role = origin")


@contextmanager
def refused(connection: psycopg.Connection, error: type[psycopg.Error]) -> Iterator[None]:
    """The block fails with that error; the transaction goes on."""
    with pytest.raises(error), connection.transaction():
        yield


def tombstones(connection: psycopg.Connection) -> list[tuple]:
    return connection.execute("select table_name, key from tombstones order by tombstone_id").fetchall()


def rows(connection: psycopg.Connection, statement: str, *parameters) -> list[tuple]:
    return connection.execute(statement, parameters or None).fetchall()


def libpq(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
