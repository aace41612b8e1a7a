"""`tidemark seed` fills a source system with the same data for the same arguments, and lets it live on."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from oltp.errors import SourceError
from oltp.superstore import SuperstoreError
from oltp.superstore.change import change_superstore
from oltp.superstore.schema import COLUMNS
from oltp.superstore.seeding import seed_superstore
from tests.integration.oltp.place import connect, empty, rows, tombstones

UNTIL = date(2026, 6, 30)
SMALL = 0.02


def checksum(connection) -> dict[str, str]:
    """Of all columns but tbl_last_dt."""
    return {
        table: rows(
            connection,
            f"select md5(string_agg(md5(row({', '.join(columns)})::text), '' order by row({', '.join(columns)})::text"
            f' collate "C")) from {table}',
        )[0][0]
        for table, columns in COLUMNS.items()
    }


@pytest.fixture
def filled(emptied):
    seed_superstore(emptied["owner"], SMALL, seed=3, until=UNTIL)
    return emptied


def test_scale_1_has_the_size_of_the_worldwide_superstore(emptied):
    seeded = seed_superstore(emptied["owner"], 1, seed=7, until=UNTIL)
    expected = {
        "segments": 3, "categories": 3, "subcategories": 17, "products": 10_292, "customers": 17_415,
        "orders": 25_035, "order_products": 51_290, "returns": 1_079,
    }  # fmt: skip
    assert seeded.rows == expected
    with connect(emptied["admin"]) as connection:
        assert {table: rows(connection, f"select count(*) from {table}")[0][0] for table in expected} == expected
        assert rows(connection, "select * from integrity_check()") == []
        assert rows(connection, "select count(*) from orders_default") == [(0,)]
        assert rows(connection, "select min(order_date) >= '2022-07-01', max(order_date)::text from orders") == [
            (True, "2026-06-30")
        ]
        summary = dict(rows(connection, "select entity || '.' || metric, value from quality_summary()"))
    assert not any(
        value
        for name, value in summary.items()
        if name.split(".")[1].startswith(("empty", "malformed", "unknown", "shipped", "returned_before", "discount"))
    )
    assert summary["order_products.negative_profit"] > 5_000
    assert summary["customers.null_postal_code"] > 8_000


def test_the_same_arguments_give_the_same_data_and_another_seed_gives_other_data(filled):
    with connect(filled["admin"]) as connection:
        first = checksum(connection)
        connection.rollback()
        seed_superstore(filled["owner"], SMALL, seed=3, until=UNTIL, replace=True)
        connection.rollback()
        assert checksum(connection) == first
        connection.rollback()
        empty(filled["admin"])
        seed_superstore(filled["owner"], SMALL, seed=4, until=UNTIL)
        other = checksum(connection)
        connection.rollback()
    assert all(other[table] != first[table] for table in ("customers", "products", "orders", "order_products"))


def test_seeding_leaves_triggers_on_stamps_of_now_and_a_resync_mark_for_each_table(filled):
    with connect(filled["admin"]) as connection:
        assert sorted(tombstones(connection)) == sorted((table, None) for table in COLUMNS)
        assert rows(connection, "select count(*) from pg_trigger where tgenabled <> 'O'") == [(0,)]
        assert rows(connection, "select min(tbl_last_dt) > now() - interval '1 minute' from orders") == [(True,)]


def test_a_database_with_data_is_refused_unless_told_to_replace(filled):
    with pytest.raises(SourceError, match="has data already"):
        seed_superstore(filled["owner"], SMALL, seed=3, until=UNTIL)
    with connect(filled["admin"]) as connection:
        assert rows(connection, "select count(*) from orders") == [(500,)]


def test_a_session_that_holds_a_table_makes_seeding_give_up(filled, monkeypatch):
    monkeypatch.setattr("oltp.superstore.seeding.LOCK_TIMEOUT", "200ms")
    with connect(filled["admin"]) as reader:
        rows(reader, "select count(*) from orders")
        with pytest.raises(SuperstoreError, match="another session"):
            seed_superstore(filled["owner"], SMALL, seed=3, until=UNTIL, replace=True)


def test_the_business_lives_on_with_sound_data_and_the_same_for_the_same_state_and_seed(filled):
    outcomes = []
    for _ in range(2):
        empty(filled["admin"])
        seed_superstore(filled["owner"], SMALL, seed=3, until=UNTIL)
        changed = [change_superstore(filled["owner"], amount, seed=5) for amount in ("10%", "100")]
        with connect(filled["admin"]) as connection:
            outcomes.append((changed, checksum(connection)))
            assert rows(connection, "select * from integrity_check()") == []
    assert outcomes[0] == outcomes[1]


def test_a_change_touches_every_table_that_lives_and_about_as_many_lines_as_asked(filled):
    with connect(filled["admin"]) as connection:
        before = checksum(connection)
        start = rows(connection, "select clock_timestamp()")[0][0]
        connection.rollback()
        changed = change_superstore(filled["owner"], "20%", seed=5)
        after = checksum(connection)
        touched = rows(connection, "select count(*) from order_products where tbl_last_dt >= %s", start)[0][0]
        buried = {table for table, key in tombstones(connection) if key}
        moved = rows(
            connection,
            "select count(*) from tombstones as t join order_product_keys as k"
            " on t.table_name = 'order_products' and t.key = to_jsonb(k) - 'ship_date'",
        )[0][0]
    assert {table for table in before if before[table] != after[table]} == {
        "products", "customers", "orders", "order_products", "returns",
    }  # fmt: skip
    deleted = changed.done["deleted_lines"] + changed.done["lines_of_deleted_orders"]
    assert changed.lines == 205
    assert touched + deleted == pytest.approx(205, rel=0.15)
    assert {"orders", "order_products", "returns"} <= buried
    assert all(changed.done.values()) or changed.done["returns_of_deleted_orders"] == 0
    assert moved > 0


@pytest.mark.parametrize("amount", ["", "1.5.2", "-5", "0", "0%", "200%", "many"])
def test_an_amount_that_is_none_is_refused(filled, amount):
    with pytest.raises(SourceError):
        change_superstore(filled["owner"], amount, seed=1)


def test_there_must_be_something_to_change(emptied):
    with pytest.raises(SuperstoreError, match="fill it first"):
        change_superstore(emptied["owner"], "1%", seed=1)


def test_the_command_says_what_it_did(emptied, servers):
    from tidemark.cli import cli

    def run(*arguments):
        return CliRunner().invoke(cli, ["seed", *arguments], env=dict(servers) | {"OLTP_URL": emptied["owner"]})

    filled = run("--scale", "0.02", "--until", "2026-06-30", "--json")
    assert json.loads(filled.output)["rows"]["order_products"] == 1025
    changed = run("--change", "50", "--json")
    assert json.loads(changed.output)["lines"] == 50
    again = run()
    assert isinstance(again.exception, SourceError)
    assert run("--change", "1%", "--replace").exit_code == 2
