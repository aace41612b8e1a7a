"""Accounts of the source system may do their job and nothing else."""

import pytest
from psycopg.errors import InsufficientPrivilege

from tests.integration.oltp.place import refused, rows, tombstones

TABLES = (
    "segments", "categories", "subcategories", "products", "customers", "orders", "order_products", "returns",
)  # fmt: skip
CHECKS = (
    "validate_customer('C1')", "validate_order('O1')", "validate_product('P1')", "validate_return('R1')",
    "integrity_check()", "quality_summary()",
)  # fmt: skip
ORDINARY_INSERTS = """
insert into segments (segment_id, segment_name) values ('COR', 'Corporate');
insert into categories (category_id, category_name) values ('TEC', 'Technology');
insert into subcategories (subcategory_id, subcategory_name, category_id) values ('TEC-PH', 'Phones', 'TEC');
insert into products (product_id, product_name, subcategory_id) values ('P3', 'Phone', 'TEC-PH');
insert into customers
    (customer_id, customer_name, email, phone, country, state, city, postal_code, market, region, segment_id)
values ('C2', 'Bo', 'bo@example.org', '+1', 'Sweden', 'Skåne', 'Lund', '222 22', 'EU', 'North', 'COR');
insert into orders (order_id, order_date, order_priority, customer_id)
values ('O3', '2025-03-10', 'High', 'C2'), ('O4', '2030-03-10', 'High', 'C2');
insert into order_products
    (order_id, product_id, quantity, sales, discount, profit, ship_date, ship_mode, shipping_cost)
values ('O3', 'P3', 2, 20.50, 0.10, 3.00, '2025-03-12', 'First Class', 1.10);
insert into returns (return_id, order_id, return_date, return_status, return_region, reason)
values ('R3', 'O3', '2025-04-01', 'Pending', 'South', 'too small');
"""


def test_the_associate_enters_changes_and_deletes_by_the_documented_columns_alone(db):
    db.execute("set local role superstore_associate")
    db.execute(ORDINARY_INSERTS)
    assert rows(db, "select is_valid from validate_order('O3')") == [(True,)]
    db.execute("update orders set order_date = '2025-08-08' where order_id = 'O3'")
    db.execute("delete from returns where return_id = 'R3'")
    db.execute("reset role")
    assert ("returns", {"return_id": "R3"}) in tombstones(db)
    assert rows(db, "select order_date::text from order_keys where order_id = 'O3'") == [("2025-08-08",)]


def test_rows_that_copy_brings_keep_their_keys_too(db):
    with (
        db.cursor() as cursor,
        cursor.copy("copy orders (order_id, order_date, order_priority, customer_id) from stdin") as copy,
    ):
        copy.write("K1\t2025-03-01\tLow\tC1\nK2\t2025-04-01\tLow\tC1\n")
    assert rows(db, "select order_date::text from order_keys where order_id like 'K%' order by 1") == [
        ("2025-03-01",),
        ("2025-04-01",),
    ]


@pytest.mark.parametrize("check", [*CHECKS, "remove_orphans()"])
def test_the_associate_may_call_every_validation_function(db, check):
    db.execute("set local role superstore_associate")
    rows(db, f"select * from {check}")


@pytest.mark.parametrize(
    "statement",
    [
        "select * from tombstones",
        "insert into tombstones (table_name) values ('orders')",
        "delete from tombstones",
        "insert into order_keys values ('X', '2025-01-01')",
        "delete from return_keys",
        "update order_product_keys set ship_date = '2025-01-01'",
        "insert into orders_2025_01 values ('X', '2025-01-05', 'High', 'C1')",
        "truncate returns",
        "select ensure_partitions('2025-01-01', '2025-02-01')",
        "select sync_keys()",
        "alter table returns disable trigger user",
        "create table mine (a text)",
    ],
)
def test_the_associate_may_do_nothing_else(db, statement):
    db.execute("set local role superstore_associate")
    with refused(db, InsufficientPrivilege):
        db.execute(statement)


def test_the_extractor_reads_every_table_and_tombstone_and_asks_the_checks(db):
    db.execute("set local role tidemark_extract")
    for table in (*TABLES, "tombstones"):
        rows(db, f"select * from {table}")
    for check in CHECKS:
        rows(db, f"select * from {check}")


@pytest.mark.parametrize(
    "statement",
    [
        "delete from returns",
        "insert into segments values ('X', 'x')",
        "select * from remove_orphans()",
        "select sync_keys()",
    ],
)
def test_the_extractor_writes_nothing(db, statement):
    db.execute("set local role tidemark_extract")
    with refused(db, InsufficientPrivilege):
        db.execute(statement)
