"""The shop beside the superstore: one flow for both, its star right to the cent, and neither waits for the other."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.answers.ask import ANSWERED, Answers
from app.answers.evaluate import RIGHT, RIGHTLY_REFUSED, evaluate, read_cases
from flows.workshop import Workshop
from tests.integration.harness import REPOSITORY, Pipeline
from tests.integration.hostile_queries import expressions_of
from tidemark.commands.eval import gold_reader

REPORT = """SELECT
    dc.city,
    dp.category_new,
    SUM(of.order_value) as total_sales,
    SUM(of.refund_amount) as total_refunded
FROM
    order_fact of
    JOIN dim_customers dc ON of.customer_id = dc.customer_id
    JOIN dim_products dp ON of.product_id = dp.product_id
GROUP BY
    dc.city,
    dp.category_new;"""


@pytest.fixture(scope="module")
def shop(pipeline: Pipeline) -> Pipeline:
    """Both sources filled and published once; each test changes what it needs and goes on from there."""
    pipeline.forget_everything()
    pipeline.seed(scale=0.02)
    pipeline.tidemark(
        "seed", "--source", "shop", "--replace", "--scale", "0.02", "--seed", "1", "--until", "2026-06-30"
    )
    report = pipeline.run_well()
    assert {table.source for table in report.tables} == {"superstore", "shop"}
    return pipeline


def change(pipeline: Pipeline, seed: int) -> None:
    pipeline.tidemark("seed", "--source", "shop", "--change", "3%", "--seed", str(seed))


def scalars(pipeline: Pipeline, query: str) -> tuple[object, ...]:
    return tuple(pipeline.warehouse(query)[0])


def assert_sums_equal_the_source(pipeline: Pipeline) -> None:
    """As a whole and order by order; the money of an order without items has no row in order_fact."""
    has_items = "order_id in (select order_id from shop.order_items)"
    in_source = scalars(
        pipeline,
        "select (select sum(quantity * unit_price) from shop.order_items),"
        f" (select sum(refund_amount) from shop.returns where {has_items}),"
        f" (select sum(amount) from shop.payments where {has_items}),"
        " (select count(*) from shop.order_items),"
        " (select sum(refund_amount) from shop.returns), (select sum(amount) from shop.payments)",
    )
    in_star = scalars(
        pipeline,
        "select sum(order_value), sum(refund_amount), sum(payment_amount), count(*),"
        " (select sum(refund_amount) from AnalyticalStream.return_fact),"
        " (select sum(amount) from AnalyticalStream.payment_fact) from AnalyticalStream.order_fact",
    )
    assert in_star == in_source
    different = pipeline.warehouse(
        "select f.order_id from (select order_id, sum(refund_amount) as r, sum(payment_amount) as p"
        " from AnalyticalStream.order_fact group by order_id) f"
        " where f.r <> coalesce((select sum(refund_amount) from shop.returns r where r.order_id = f.order_id), 0)"
        " or f.p <> coalesce((select sum(amount) from shop.payments p where p.order_id = f.order_id), 0)"
    )
    assert different == []


UNRULY = (  # what else becomes of money and items, with %(n)s for the round
    "delete from returns where return_id mod 37 = %(n)s",
    "delete from payments where payment_id mod 41 = %(n)s",
    "insert into returns (return_id, order_id, order_item_id, reason_code, refund_amount, return_date) select"
    " 800000 + 1000 * %(n)s + order_item_id mod 500, order_id, if(order_item_id mod 2, order_item_id, null), 'late',"
    " quantity * unit_price * 3 + 0.01, '2026-06-30' from order_items where order_item_id mod 97 = %(n)s"
    " on duplicate key update refund_amount = -refund_amount",
    "delete i from order_items i left join returns r using (order_item_id) where r.return_id is null"
    " and i.order_item_id mod 89 = %(n)s",  # some of these leave an order with money and no item
    "update order_items set unit_price = 0 where order_id mod 53 = %(n)s",
    "update payments set amount = -amount where payment_id mod 59 = %(n)s",
    "update payments set order_id = order_id + 1 where payment_id mod 61 = %(n)s"
    " and order_id + 1 in (select order_id from orders)",
    "update returns set order_item_id = null where return_id mod 5 = %(n)s mod 5",
)


def test_the_sums_are_those_of_the_source_after_ten_rounds_of_changes(shop: Pipeline) -> None:
    assert_sums_equal_the_source(shop)
    for number in range(10):
        change(shop, number)
        with shop.shop.connect() as connection:
            for statement in UNRULY:
                connection.exec_driver_sql(statement, {"n": number})
        shop.run_well()
        assert_sums_equal_the_source(shop)
    shop.assert_all_equal()


def test_the_report_that_people_know_runs_word_for_word(shop: Pipeline) -> None:
    url = sa.make_url(shop.urls["WAREHOUSE_URL"]).set(database="AnalyticalStream")
    with sa.create_engine(url).connect() as connection:
        found = {(city, category): rest for city, category, *rest in connection.exec_driver_sql(REPORT)}
    expected = shop.warehouse(
        "select sum(quantity * unit_price), (select sum(refund_amount) from shop.returns where order_id in"
        " (select order_id from shop.order_items)) from shop.order_items"
    )[0]
    totals = [sum((rest[position] for rest in found.values()), Decimal(0)) for position in (0, 1)]
    assert totals == list(expected)
    (austin,) = shop.warehouse(
        "select sum(i.quantity * i.unit_price) from shop.order_items i join shop.orders o using (order_id)"
        " join shop.customers c using (customer_id) where c.city = 'Los Angeles'"
    )
    assert sum(rest[0] for (city, _), rest in found.items() if city == "Los Angeles") == austin[0]


def test_money_that_does_not_divide_is_shared_out_by_the_greatest_remainder(shop: Pipeline) -> None:
    with shop.shop.connect() as connection:
        for statement in (
            "insert into orders values (900001, 1, '2026-06-01', 'delivered', '2026-06-01 10:00:00', default),"
            " (900002, 1, '2026-06-01', 'delivered', '2026-06-01 10:00:00', default)",
            "insert into order_items values (900001, 900001, 1, 1, 10, default), (900002, 900001, 1, 1, 10, default),"
            " (900003, 900001, 1, 1, 10, default), (900004, 900002, 1, 2, 0, default),"
            " (900005, 900002, 1, 1, 0, default)",
            "insert into payments values (900001, 900001, 'paypal', 20.00, '2026-06-01', default),"
            " (900002, 900001, 'gift_card', 10.00, '2026-06-02', default),"
            " (900003, 900002, 'paypal', 0.03, '2026-06-02', default)",
            "insert into returns values (900001, 900001, 900003, 'late', 1.00, '2026-06-03', default),"
            " (900002, 900001, null, 'late', 0.05, '2026-06-03', default),"
            " (900003, 900002, 900001, 'of another order', -0.01, '2026-06-03', default)",
        ):
            connection.execute(sa.text(statement))
    shop.run_well()
    found = shop.warehouse(
        "select order_item_id, refund_amount, payment_amount, payment_method, payment_date"
        " from AnalyticalStream.order_fact where order_id >= 900001 order by order_item_id"
    )
    shares = [(row[0], str(row[1]), str(row[2]), row[3], str(row[4])) for row in found]
    assert shares == [
        (900001, "0.02", "10.00", "paypal", "2026-06-02"),
        (900002, "0.02", "10.00", "paypal", "2026-06-02"),
        (900003, "1.01", "10.00", "paypal", "2026-06-02"),
        (900004, "-0.01", "0.02", "paypal", "2026-06-02"),
        (900005, "0.00", "0.01", "paypal", "2026-06-02"),
    ]


def test_a_category_that_is_not_mapped_is_told_by_its_name(shop: Pipeline) -> None:
    with shop.shop.connect() as connection:
        connection.execute(sa.text("update products set category = 'Zeppelins' where product_id = 1"))
        connection.execute(sa.text("update products set category = '  home &  KITCHEN ' where product_id = 2"))
    report = shop.run_well()
    assert any("Zeppelins" in warning for warning in report.warnings)
    found = shop.warehouse(
        "select category_new from AnalyticalStream.dim_products where product_id in (1, 2) order by product_id"
    )
    assert [row[0] for row in found] == ["Uncategorized", "Home & Kitchen"]


def test_telephone_numbers_are_ten_digits_or_say_why_not(shop: Pipeline) -> None:
    typed = {
        "(212) 555-0143": ("2125550143", None), "+1.212.555.0143": ("2125550143", None),
        "001 212 555 0143": ("2125550143", None), "212-555-0143 x12": ("2125550143", None),
        "tel: 212/555-0143 ext. 9": ("2125550143", None), "555-0143": (None, "too short"),
        "212-555-SHOP": (None, "letters"), "+44 20 7946 0123": (None, "foreign"), " ": (None, "missing"),
        "212-555-0143 / 212-555-0144": (None, "too long"), "2125550143": ("2125550143", None),
        "[212] 555 0143": ("2125550143", None), "1-212-555-0143": ("2125550143", None), "": (None, "missing"),
        "212.555.0143 ext 77": ("2125550143", None), "(212)555-0143 #4": ("2125550143", None), None: (None, "missing"),
        "Mobile 212 555 0143": ("2125550143", None), "0044 20 7946 0123": (None, "foreign"), "n/a": (None, "letters"),
        "0212 555 0143": (None, "too long"), "x12": (None, "missing"),
    }  # fmt: skip
    with shop.shop.connect() as connection:
        for number, phone in enumerate(typed, start=1):
            connection.execute(
                sa.text("update customers set phone = :phone where customer_id = :id"), {"phone": phone, "id": number}
            )
    shop.run_well()
    found = shop.warehouse(
        f"select phone_new, phone_problem from AnalyticalStream.dim_customers where customer_id <= {len(typed)}"
        " order by customer_id"
    )
    assert [tuple(row) for row in found] == list(typed.values())


@pytest.mark.parametrize(
    ("url", "database", "columns"),
    [
        ("MANAGER_URL", "AnalyticalStream_manager", ("first_name", "last_name", "phone_new", "email")),
        ("EXECUTIVE_URL", "AnalyticalStream_executive", ("phone_new", "email")),
    ],
)
def test_no_expression_shows_a_role_a_personal_value_that_it_may_not_see(shop, url, database, columns) -> None:
    values = {
        value
        for column in columns
        for (value,) in shop.warehouse(
            f"select distinct {column} from AnalyticalStream.dim_customers where char_length({column}) > 7"
        )
    }
    assert len(values) > 50
    engine = sa.create_engine(shop.urls[url], poolclass=sa.pool.NullPool, isolation_level="AUTOCOMMIT")
    answered = 0
    with engine.connect() as connection:
        for query in expressions_of(f"{database}.dim_customers", columns):
            try:
                rows = connection.exec_driver_sql(query.replace("%", "%%")).fetchmany(2_000)
            except sa.exc.DBAPIError as error:
                rows = [(str(error.orig),)]
            else:
                answered += 1
            pieces = {piece for row in rows for piece in re.split(r"[,|\"\[\]]+", str(row[0]))}
            assert not pieces & values, query
    assert answered > 50


@pytest.mark.parametrize(("name", "other"), [("SHOP_EXTRACT_URL", "superstore"), ("EXTRACT_URL", "shop")])
def test_one_source_that_fails_does_not_stop_the_other(shop: Pipeline, tmp_path, name: str, other: str) -> None:
    change(shop, 1)
    shop.change("3%")
    before = shop.checksums()
    lost = sa.make_url(shop.urls[name]).set(port=1).render_as_string(hide_password=False)
    workshop = Workshop(dict(shop.urls) | {name: lost}, shop.workshop.project_dir, shop.workshop.profiles, tmp_path)
    report = Pipeline(workshop.urls, workshop).run()
    assert report.status == "failed"
    failed = "shop" if other == "superstore" else "superstore"
    assert f"the source {failed} was left out: cannot reach the source database" in str(report.error)
    assert report.published
    after = shop.checksums()
    changed = {table.split(".")[0] for table in after if after[table] != before[table]}
    assert changed == {"warehouse" if other == "superstore" else "AnalyticalStream"}
    shop.run_well()
    shop.assert_staging_equals_source()


def test_tombstones_of_the_shop_are_purged_and_never_those_of_the_last_month(shop: Pipeline) -> None:
    with shop.shop.connect() as connection:
        connection.execute(
            sa.text(
                "insert into tombstones (table_name, `key`, deleted_at) select 'orders', json_object('order_id', -seq),"
                " utc_timestamp(6) - interval (29 + seq % 2 * 2) day from seq_1_to_25000"
            )
        )
        young = "select count(*) from tombstones where deleted_at >= utc_timestamp(6) - interval 30 day"
        kept = connection.scalar(sa.text(young))
        shop.tidemark("reconcile")
        with shop.admin.connect() as admin:
            admin.execute(sa.text("drop table if exists raw_shop._tidemark_housekeeping"))
        report = shop.run_well()
        assert not [warning for warning in report.warnings if "removed" in warning]
        assert connection.scalar(sa.text("select count(*) from tombstones")) == kept
        assert connection.scalar(sa.text("select purge_tombstones(utc_timestamp(6), 10)")) == 0, "not even by its owner"
        assert connection.scalar(sa.text("select purge_tombstones(null, 10)")) is None
    with (
        sa.create_engine(shop.urls["SHOP_EXTRACT_URL"]).connect() as extract,
        pytest.raises(sa.exc.OperationalError, match="DELETE command denied"),
    ):
        extract.execute(sa.text("delete from tombstones"))
    shop.assert_staging_equals_source()


def test_a_failed_test_keeps_its_own_star_from_being_published_alone(shop: Pipeline) -> None:
    before = shop.checksums()
    with shop.admin.connect() as connection:  # an item of the copy that the source does not have, and no order has
        connection.execute(sa.text("delete from AnalyticalStream_build.dim_products where product_id = 1"))
    change(shop, 2)
    shop.change("3%")
    with shop.shop.connect() as connection:
        connection.execute(sa.text("update order_items set quantity = quantity + 1 where product_id = 1"))
    report = shop.run()
    assert report.status == "failed"
    assert "assert_every_order_item_has_its_order_customer_and_product" in {node.name for node in report.failed}
    after = shop.checksums()
    assert {table.split(".")[0] for table in after if after[table] != before[table]} == {"warehouse"}
    shop.run_well(full_refresh=True)
    shop.assert_all_equal()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_full_disk_stops_the_shop_alone_and_the_next_run_finishes(shop: Pipeline) -> None:
    shop.run_well()
    change(shop, 3)
    shop.change("3%")
    before = shop.checksums()
    folder = shop.workshop.work_dir / "dlt" / "extract" / "shop"
    with small_disk(folder):
        report = shop.run(full_refresh=True)
    assert report.status == "failed"
    assert "the source shop was left out: " in report.error
    assert "No space left on device; free some space" in report.error
    after = shop.checksums()
    assert {table.split(".")[0] for table in after if after[table] != before[table]} == {"warehouse"}
    shop.run_well()
    shop.assert_all_equal()


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.decode().strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


NOWHERE = {"SHOP_EXTRACT_URL": ("shop", "warehouse.fct_sales"),
           "EXTRACT_URL": ("superstore", "AnalyticalStream.order_fact")}  # fmt: skip


@pytest.mark.parametrize("name", NOWHERE)
def test_a_source_that_nobody_has_set_up_is_left_out_with_a_warning(shop: Pipeline, tmp_path, name: str) -> None:
    absent, fact = NOWHERE[name]
    report = with_databases(shop, tmp_path, name).run_well()
    assert any(f"the source {absent} was left out" in warning for warning in report.warnings)
    assert not [warning for warning in report.warnings if "docs" in warning], (
        "they tell of a star that is not built yet"
    )
    assert shop.warehouse(f"select count(*) from {fact}")[0][0] > 0


def test_where_nobody_has_set_up_any_source_the_run_says_so(shop: Pipeline, tmp_path) -> None:
    report = with_databases(shop, tmp_path, *NOWHERE).run()
    assert report.status == "failed"
    assert 'database "nowhere" does not exist' in report.error


def with_databases(shop: Pipeline, folder: Path, *names: str) -> Pipeline:
    """An empty warehouse, beside sources of which those of the URLs `names` are not there."""
    shop.forget_everything()
    nowhere = {
        name: sa.make_url(shop.urls[name]).set(database="nowhere").render_as_string(hide_password=False)
        for name in names
    }
    urls = dict(shop.urls) | nowhere
    return Pipeline(urls, Workshop(urls, shop.workshop.project_dir, shop.workshop.profiles, folder))


def test_a_table_is_added_by_yaml_and_one_staging_model(shop: Pipeline, tmp_path) -> None:
    """What docs/add-a-source.md walks through."""
    project = tmp_path / "dbt_project"
    shutil.copytree(shop.workshop.project_dir, project, ignore=shutil.ignore_patterns("target", "logs"))
    with shop.shop.connect() as connection:
        for statement in (
            "create table if not exists coupons (coupon_id bigint primary key, order_id bigint not null,"
            " code varchar(20), tbl_last_dt datetime(6) not null default current_timestamp(6)"
            " on update current_timestamp(6),"
            " index (tbl_last_dt))",
            "replace into coupons (coupon_id, order_id, code) values (1, 1, 'SPRING'), (2, 2, null)",
        ):
            connection.execute(sa.text(statement))
    sources = project / "models/staging/shop/_shop__sources.yml"
    sources.write_text(
        sources.read_text()
        + "\n      - name: coupons\n        description: Coupons that orders were placed with.\n"
        + "        meta: {primary_key: [coupon_id], cursor: tbl_last_dt}\n"
    )
    (project / "models/staging/shop/stg_shop__coupons.sql").write_text(
        "with source as (\n    select * from {{ source('shop', 'coupons') }}\n),\n\nrenamed as (\n"
        "    select coupon_id, order_id, code from source\n)\n\nselect * from renamed\n"
    )
    workshop = Workshop(dict(shop.urls), project, shop.workshop.profiles, tmp_path / "work")
    try:
        report = Pipeline(shop.urls, workshop).run_well()
        (coupons,) = [table for table in report.tables if table.table == "coupons"]
        assert (coupons.extracted, coupons.loaded) == (2, 2)
        rows = shop.warehouse("select coupon_id, code from raw_shop.coupons order by coupon_id")
        assert [tuple(row) for row in rows] == [(1, "SPRING"), (2, None)]
    finally:
        with shop.shop.connect() as connection:
            connection.execute(sa.text("drop table coupons"))


def test_questions_to_the_shop_are_answered_right(shop: Pipeline) -> None:
    answers = Answers(shop.urls, Path(shop.workshop.work_dir))
    cases = read_cases(REPOSITORY / "tests" / "eval" / "shop.yml")
    outcomes = list(evaluate(cases, answers, gold_reader(answers.urls, "shop"), "shop"))
    assert len(outcomes) >= 40
    assert [(o.verdict, o.case.question) for o in outcomes if o.verdict not in (RIGHT, RIGHTLY_REFUSED)] == []


def test_a_manager_who_asks_the_shop_sees_no_name(shop: Pipeline) -> None:
    answers = Answers(shop.urls, Path(shop.workshop.work_dir))
    with shop.shop.connect() as connection:
        names = set(connection.scalars(sa.text("select concat(first_name, ' ', last_name) from shop.customers")))
    for role, sees in (("manager", False), ("executive", True)):
        answer = answers.ask("top 20 customers by sales", role, source="shop")
        assert answer.status == ANSWERED
        assert any(str(value) in names for row in answer.rows for value in row) is sees
