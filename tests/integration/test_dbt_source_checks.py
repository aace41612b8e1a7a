"""The checks on the source, run by dbt on the OLTP before anything is taken from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from flows.dbt import Dbt
from tests.integration.dbt_place import PROFILES, PROJECT, failures

ROWS = (
    "insert into segments values ('check-1', 'Check')",
    "insert into categories values ('check-1', 'Check')",
    "insert into subcategories values ('check-1', 'Check', 'check-1')",
    "insert into products values ('check-1', 'Check', 'check-1')",
    "insert into customers (customer_id, customer_name, country, state, city, market, region, segment_id)"
    " values ('check-1', 'Check', 'x', 'x', 'x', 'x', 'x', 'check-1')",
    "insert into orders (order_id, order_date, order_priority, customer_id)"
    " values ('check-1', '2024-01-01', 'Whenever', 'check-1')",
    "insert into order_products"
    " (order_id, product_id, quantity, sales, discount, profit, ship_date, ship_mode, shipping_cost)"
    " values ('check-1', 'check-1', -1, 1, 1.5, 1, '2024-01-01', 'Teleport', 1)",
)
KEYS = {
    "order_products": "order_id",
    "orders": "order_id",
    "customers": "customer_id",
    "products": "product_id",
    "subcategories": "subcategory_id",
    "categories": "category_id",
    "segments": "segment_id",
}


@pytest.fixture
def bad_line(servers) -> Iterator[dt.datetime]:
    """An order with forbidden values in the source; gives an instant before it came."""
    from oltp.superstore import install

    install(servers["OLTP_URL"])
    engine = sa.create_engine(servers["OLTP_URL"], poolclass=sa.pool.NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        before = connection.scalar(sa.text("select clock_timestamp()"))
        try:
            for statement in ROWS:
                connection.exec_driver_sql(statement)
            yield before
        finally:
            for table, key in KEYS.items():
                connection.exec_driver_sql(f"delete from {table} where {key} = 'check-1'")


def test_forbidden_values_are_found_in_the_source_since_an_instant(servers, tmp_path, bad_line) -> None:
    dbt = Dbt(PROJECT, PROFILES, tmp_path, servers["EXTRACT_URL"])
    results = dbt.test(["tag:source_check"], variables={"since": bad_line.isoformat()})
    assert {result.name for result in results} == {
        "assert_source_keeps_its_integrity",
        "assert_source_order_products_keep_value_rules",
        "assert_source_orders_keep_value_rules",
        "assert_source_returns_keep_value_rules",
    }
    assert failures(results).keys() == {
        "assert_source_order_products_keep_value_rules",
        "assert_source_orders_keep_value_rules",
    }
    assert not [result.name for result in results if result.failed], "a source that warns does not stop the run"

    later = dbt.test(["tag:source_check"], variables={"since": dt.datetime.now(dt.UTC).isoformat()})
    assert failures(later) == {}
