"""The star equals one built from scratch, whatever changed; its checks find what is wrong; its work goes by index."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.dbt_place import KEYS, RAW, Staging, dbt_on, failures

BUILD = "warehouse_build"
CHECK = "warehouse_check"
MARTS = ("dim_customer", "dim_product", "dim_return", "fct_sales", "fct_returns")
STAR = [f"+{mart}" for mart in (*MARTS, "dim_date")]


class Star:
    """The project on staging tables of the test's own."""

    def __init__(self, staging: Staging, urls, folder: Path) -> None:
        self.staging = staging
        self.dbt = dbt_on(urls, folder, BUILD)
        self.check = dbt_on(urls, folder, CHECK)

    def build(self, **options) -> dict[str, str]:
        """Build the marts with their tests; gives what failed. Views stay as they are, as in a run."""
        return failures(self.dbt.build([*MARTS], **options))

    def begin(self, scale: float = 0.02) -> None:
        self.staging.load(scale)
        self.staging.create_databases(BUILD, CHECK)
        assert failures(self.dbt.build(STAR)) == {}
        self.staging.published()

    def assert_equal_to_a_rebuild(self) -> None:
        rebuilt = self.check.run(STAR, full_refresh=True)
        assert [result.message for result in rebuilt if result.failed] == []
        for mart in MARTS:
            for left, right in ((BUILD, CHECK), (CHECK, BUILD)):
                surplus = f"select * from {left}.{mart} except all select * from {right}.{mart} limit 3"
                assert self.staging.sql(surplus) == [], f"{mart}: in {left} alone"


@pytest.fixture(scope="module")
def started(servers, tmp_path_factory) -> Star:
    staging = Staging(servers["WAREHOUSE_ADMIN_URL"])
    staging.create_databases(BUILD, CHECK)
    return Star(staging, servers, tmp_path_factory.mktemp("star"))


@pytest.fixture
def star(started: Star) -> Star:
    started.begin()
    return started


def test_the_star_follows_every_change_of_every_table(star: Star) -> None:
    change = star.staging.change
    in_orders = "order_id in ('ORD-3', 'ORD-40', 'ORD-41')"
    change("order_products", in_orders, f"update {RAW}.order_products set sales = sales + 1 where {in_orders}")
    change(
        "orders",
        in_orders,
        f"update {RAW}.orders set order_date = order_date + interval 2 month, customer_id = 'CUS-7',"
        f" order_priority = 'Low' where {in_orders}",
    )
    assert star.build().keys() <= {"assert_sales_keep_value_rules", "assert_returned_orders_keep_value_rules"}
    star.assert_equal_to_a_rebuild()

    star.staging.published()
    change(
        "returns",
        "return_id in ('RET-1', 'RET-2', 'RET-NEW')",
        f"delete from {RAW}.returns where return_id = 'RET-1'",
        f"update {RAW}.returns set order_id = 'ORD-41' where return_id = 'RET-2'",
        f"insert into {RAW}.returns values ('RET-NEW', 'ORD-5', '2026-07-01', 'Completed', 'East', '🎁', now(6))",
    )
    change(
        "order_products",
        "order_id in ('ORD-9', 'ORD-100') or product_id = 'PRO-new'",
        f"delete from {RAW}.order_products where order_id in ('ORD-9', 'ORD-100')",
        f"insert into {RAW}.order_products select order_id, 'PRO-new', 1, 2, 0, -3, ship_date, ship_mode, 4, now(6)"
        f" from {RAW}.order_products where order_id = 'ORD-5' limit 1",
    )
    change("orders", "order_id = 'ORD-9'", f"delete from {RAW}.orders where order_id = 'ORD-9'")
    change("products", "product_id = 'PRO-new'", f"insert into {RAW}.products values ('PRO-new', 'é', 'SUB-1', now(6))")
    change("customers", "customer_id = 'CUS-1'", f"update {RAW}.customers set city = 'Rom' where customer_id = 'CUS-1'")
    change(
        "segments", "segment_id = 'SEG-1'", f"update {RAW}.segments set segment_name = 'X' where segment_id = 'SEG-1'"
    )
    change(
        "categories",
        "category_id = 'CAT-2'",
        f"update {RAW}.categories set category_name = 'Y' where category_id = 'CAT-2'",
    )
    assert star.build().keys() <= {"assert_sales_keep_value_rules", "assert_returned_orders_keep_value_rules"}
    star.assert_equal_to_a_rebuild()


def test_an_order_that_changes_its_month_leaves_no_second_row(star: Star) -> None:
    fact = f"select order_date_key div 100 from {BUILD}.fct_sales where order_id = 'ORD-8'"
    before = star.staging.sql(fact)
    star.staging.change(
        "orders",
        "order_id = 'ORD-8'",
        f"update {RAW}.orders set order_date = order_date - interval 1 month where order_id = 'ORD-8'",
    )
    star.build()
    after = star.staging.sql(fact)
    assert len(after) == len(before)
    assert not set(after) & set(before)


def test_a_build_of_the_facts_alone_catches_up_when_the_dimension_does(star: Star) -> None:
    star.staging.change(
        "returns",
        "return_id = 'RET-NEW'",
        f"insert into {RAW}.returns values ('RET-NEW', 'ORD-5', '2026-07-01', 'Completed', 'East', null, now(6))",
    )
    star.dbt.build(["fct_sales", "fct_returns"])
    assert star.build().keys() <= {"assert_sales_keep_value_rules", "assert_returned_orders_keep_value_rules"}
    star.assert_equal_to_a_rebuild()


CUSTOMER_OF_7 = f"customer_id = (select customer_id from {RAW}.orders where order_id = 'ORD-7')"
PRODUCT_OF_11 = f"product_id = (select min(product_id) from {RAW}.order_products where order_id = 'ORD-11')"
BROKEN = {
    "assert_every_order_line_belongs_to_an_order": ("orders", "order_id = 'ORD-5'", "delete from {}"),
    "assert_every_order_belongs_to_a_customer": ("customers", CUSTOMER_OF_7, "delete from {}"),
    "assert_every_product_has_a_subcategory_and_category": (
        "subcategories",
        "subcategory_id = 'SUB-3'",
        "delete from {}",
    ),
    "assert_every_return_belongs_to_an_order": ("orders", "order_id = 'ORD-20'", "delete from {}"),
    "assert_no_mart_row_is_an_orphan": ("products", PRODUCT_OF_11, "delete from {}"),
    "assert_sales_keep_value_rules": ("order_products", "order_id = 'ORD-13'", "update {} set discount = 1.5"),
    "assert_returns_keep_value_rules": ("returns", "return_id = 'RET-2'", "update {} set return_status = 'Lost'"),
}


def test_the_checks_of_changed_keys_find_what_is_wrong_and_store_its_keys(star: Star) -> None:
    for table, rows, statement in BROKEN.values():
        keys = [row[0] for row in star.staging.sql(f"select {KEYS[table][0]} from {RAW}.{table} where {rows}")]
        listed = "', '".join(keys)
        named = f"{KEYS[table][0]} in ('{listed}')"
        star.staging.change(table, named, f"{statement.format(f'{RAW}.{table}')} where {named}")
    found = star.build()
    assert BROKEN.keys() <= found.keys()
    for test in BROKEN:
        stored = f"{BUILD}._tidemark_failed_{test.removeprefix('assert_')}"
        columns = {row[0] for row in star.staging.sql(f"show columns from {stored}")}
        assert columns <= {"order_id", "product_id", "return_id", "mart", "broken_rules"}
        assert star.staging.sql(f"select * from {stored}")


@pytest.mark.parametrize(
    ("lost", "of", "found_by"),
    [
        ("customer_id", "orders", {"assert_no_mart_row_is_an_orphan", "assert_every_order_belongs_to_a_customer"}),
        ("product_id", "order_products", {"assert_no_mart_row_is_an_orphan"}),
    ],
)
def test_a_dimension_loaded_anew_without_a_row_shows_its_orphans(star: Star, lost, of, found_by) -> None:
    ((gone,),) = star.staging.sql(f"select min({lost}) from {RAW}.{of} where order_id in ('ORD-7')")
    table = lost.replace("_id", "s")
    star.staging.sql(f"delete from {RAW}.{table} where {lost} = '{gone}'")
    star.staging.replaced(table)
    assert star.build().keys() == found_by


def test_a_return_without_lines_shows_the_loss_of_its_customer(star: Star) -> None:
    ((gone,),) = star.staging.sql(f"select customer_id from {RAW}.orders where order_id = 'ORD-20'")
    named = f"customer_id = '{gone}'"
    others = f"order_id in (select order_id from {RAW}.orders where {named})"
    star.staging.change("order_products", others, f"delete from {RAW}.order_products where {others}")
    star.build()
    star.staging.published()
    star.staging.change("customers", named, f"delete from {RAW}.customers where {named}")
    assert "assert_no_mart_row_is_an_orphan" in star.build()
    assert "fct_returns" in {
        row.mart for row in star.staging.sql(f"select * from {BUILD}._tidemark_failed_no_mart_row_is_an_orphan")
    }


def test_a_failed_test_says_where_its_rows_are(star: Star) -> None:
    for statement in WRONG.values():
        star.staging.sql(statement)
    result = star.dbt._invoke(
        ["test", "--no-write-json", "--vars", '{"check_all": true}', "--select", *WRONG], manifest=star.dbt.manifest
    )
    for node in result.result:
        told = node.adapter_response
        assert told["code"] == "FAILING ROWS"
        assert len(star.staging.sql(f"select * from {told['_message']}")) == told["rows_affected"] == node.failures


WRONG = {
    "assert_sales_equal_staging": f"update {BUILD}.fct_sales set profit = profit + 0.01 where order_id = 'ORD-7'",
    "assert_keys_of_marts_are_unique": f"insert into {BUILD}.fct_sales select order_id, product_id, customer_key,"
    " product_key, 20230101, ship_date_key, return_key, order_priority, ship_mode, quantity, sales, discount, profit,"
    f" shipping_cost from {BUILD}.fct_sales where order_id = 'ORD-9'",
    "assert_returned_orders_equal_staging": f"update {BUILD}.fct_returns set sales = 0 where order_id = 'ORD-20'",
    "assert_dimensions_have_the_rows_of_staging": f"delete from {BUILD}.dim_product where product_id = 'PRO-3'",
}


def test_the_full_check_finds_a_mart_that_was_tampered_with(star: Star) -> None:
    for statement in WRONG.values():
        star.staging.sql(statement)
    found = failures(star.dbt.test(STAR, variables={"check_all": True}))
    assert WRONG.keys() <= found.keys()
    assert not WRONG.keys() & failures(star.dbt.test(STAR)).keys(), "unchanged keys are the full check's business"


def test_failing_rows_are_forgotten_once_the_test_passes(star: Star) -> None:
    star.staging.sql(f"delete from {BUILD}.fct_sales where order_id = 'ORD-7'")
    kept = f"show tables in {BUILD} like '%failed%'"
    star.dbt.test(["assert_sales_equal_staging"], variables={"check_all": True})
    assert star.staging.sql(kept)
    star.dbt.test(["assert_sales_equal_staging"])
    assert star.staging.sql(kept) == []


def test_a_query_of_one_month_reads_one_partition(star: Star) -> None:
    partitions = star.staging.sql(
        "select partition_name from information_schema.partitions"
        f" where table_schema = '{BUILD}' and table_name = 'fct_sales'"
    )
    assert len(partitions) >= 48
    for fact in ("fct_sales", "fct_returns"):
        plan = star.staging.sql(
            f"explain partitions select sum(sales) from {BUILD}.{fact}"
            " where order_date_key between 20240301 and 20240331"
        )
        assert [row.partitions for row in plan] == ["p202403"]


@pytest.mark.parametrize("fact", ["fct_sales", "fct_returns"])
def test_the_delta_of_a_fact_goes_through_indexes(started: Star, fact: str) -> None:
    started.begin(scale=0.2)
    few = "order_id in ('ORD-1', 'ORD-2')"
    for table in ("orders", "order_products"):
        started.staging.change(table, few, f"update {RAW}.{table} set tbl_last_dt = now(6) where {few}")
    started.staging.change(
        "returns", "return_id = 'RET-1'", f"update {RAW}.returns set reason = 'x' where return_id = 'RET-1'"
    )
    queries = []
    engine = started.staging
    engine.sql("set global general_log = 0")
    engine.sql("set global log_output = 'TABLE'")
    engine.sql("truncate mysql.general_log")
    engine.sql("set global general_log = 1")
    try:
        started.dbt.build(["dim_return", fact])
    finally:
        engine.sql("set global general_log = 0")
    queries = [
        row[0].decode() if isinstance(row[0], bytes) else row[0]
        for row in engine.sql("select argument from mysql.general_log where command_type = 'Query'")
    ]
    delta = next(query for query in queries if f"insert into `{BUILD}`.`{fact}__delta`" in query)
    select = delta[delta.index("select distinct") :]
    with engine.engine.connect() as connection:
        connection.exec_driver_sql("set @tidemark_built_seq = 1000, @tidemark_last_seq = 9999999")
        plan = connection.exec_driver_sql("explain " + select.replace("%", "%%")).all()
    scanned = [row.table for row in plan if row.type in ("ALL", "index") and row.table and "<" not in row.table]
    assert scanned == [], f"read from end to end: {scanned}"
