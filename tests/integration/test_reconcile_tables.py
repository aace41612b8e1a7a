"""Reconciliation finds what no load can see, puts it right, and keeps the proof."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ingestion.reconcile import ReconcileResult, compare, reconcile
from tests.integration.ingestion_place import NO_MARGIN, Place, place, with_tables  # noqa: F401


@pytest.fixture
def loaded(place: Place) -> Place:  # noqa: F811
    """Two tables in both databases: `items` divided by its key's hash, `lines` by the month of `day`."""
    tables = tuple(
        table if table.name == "items" else type(table)(table.name, table.primary_key, table.cursor, "day")
        for table in place.source.tables
    )
    here = with_tables(place, *tables)
    here.execute("insert into items select 'item-' || n, 'name ' || n, n from generate_series(1, 1000) n")
    here.execute(
        "insert into lines select 'item-' || n, n % 3, date '2025-01-05' + n % 40, n from generate_series(1, 1000) n"
    )
    here.run()
    return here


def reconciled(place: Place) -> ReconcileResult:  # noqa: F811
    return reconcile(place.source, place.extract_url, place.load_url, place.work_dir, margin=NO_MARGIN)


def compared(place: Place) -> ReconcileResult:  # noqa: F811
    return compare(place.source, place.extract_url, place.load_url, margin=NO_MARGIN)


def found(result: ReconcileResult) -> set[tuple[str, ...]]:
    return {
        (table.table, difference.action, *difference.key.values())
        for table in result.tables
        for difference in table.differences
    }


def reasons(result: ReconcileResult) -> str:
    return " ".join(difference.why for table in result.tables for difference in table.differences)


def behind_the_triggers(place: Place, *statements: str) -> None:  # noqa: F811
    with place.oltp() as connection:
        connection.execute("set session_replication_role = replica")
        for statement in statements:
            connection.execute(statement)


def heals(place: Place, expected: set[tuple[str, ...]], reason: str) -> None:  # noqa: F811
    """An ordinary run does not see it; the comparison names it and writes nothing; reconciliation puts it right."""
    place.run()
    before = place.staged("items"), place.staged("lines")
    check = compared(place)
    assert found(check) == expected
    assert not all(table.equal for table in check.tables)
    assert (place.staged("items"), place.staged("lines")) == before
    result = reconciled(place)
    assert found(result) == expected
    assert reason in reasons(result)
    assert all(table.equal for table in result.tables)
    place.assert_equal()
    again = reconciled(place)
    assert found(again) == set()
    assert all(table.equal and not table.different_buckets for table in again.tables)


def test_unchanged_tables_are_proved_equal_and_nothing_is_written(loaded: Place) -> None:
    loads = loaded.loads()
    started = datetime.now(UTC)
    result = reconciled(loaded)
    assert loaded.loads() == loads
    assert [(t.table, t.rows, t.different_buckets, t.equal) for t in result.tables] == [
        ("items", 1000, 0, True), ("lines", 1000, 0, True),
    ]  # fmt: skip
    assert [t.buckets for t in result.tables] == [64, 2]
    proofs = {row[0]: row[1:] for row in loaded.staged("_tidemark_proofs")}
    assert {name: (rows, buckets, healed) for name, (_, rows, _, buckets, healed) in proofs.items()} == {
        "items": (1000, 64, 0), "lines": (1000, 2, 0),
    }  # fmt: skip
    for table in result.tables:
        assert table.proved_equal_at is not None
        assert proofs[table.table][0].replace(tzinfo=UTC) == table.proved_equal_at
        assert abs(table.proved_equal_at - started) < timedelta(seconds=30)


def test_a_deletion_without_tombstone(loaded: Place) -> None:
    behind_the_triggers(loaded, "delete from items where item_id = 'item-7'", "delete from lines where quantity = 500")
    heals(loaded, {("items", "deleted", "item-7"), ("lines", "deleted", "item-500", "2")}, "no tombstone")


def test_a_backdated_row(loaded: Place) -> None:
    behind_the_triggers(
        loaded,
        "insert into items values ('late', 'x', 1, '2020-01-01')",
        "update items set amount = 0, tbl_last_dt = '2020-01-01' where item_id = 'item-9'",
    )
    heals(loaded, {("items", "inserted", "late"), ("items", "updated", "item-9")}, "older than the watermark")


def test_rows_loaded_with_triggers_off(loaded: Place) -> None:
    loaded.execute("alter table lines disable trigger all")
    loaded.execute(
        "insert into lines select 'bulk-' || n, 1, date '2025-02-03', n, '2024-01-01' from generate_series(1, 20) n"
    )
    heals(loaded, {("lines", "inserted", f"bulk-{n}", "1") for n in range(1, 21)}, "written with triggers off")


def test_an_update_that_bypasses_the_trigger(loaded: Place) -> None:
    behind_the_triggers(loaded, "update lines set quantity = -1 where item_id = 'item-3'")
    heals(loaded, {("lines", "updated", "item-3", "0")}, "changed without a new tbl_last_dt")


def test_a_key_changed_behind_the_triggers(loaded: Place) -> None:
    behind_the_triggers(loaded, "update items set item_id = 'ITEM-5 ' where item_id = 'item-5'")
    heals(loaded, {("items", "deleted", "item-5"), ("items", "inserted", "ITEM-5 ")}, "no tombstone")


def test_a_row_that_changed_its_month_behind_the_triggers(loaded: Place) -> None:
    behind_the_triggers(loaded, "update lines set day = '2025-02-20' where item_id = 'item-1'")
    heals(loaded, {("lines", "updated", "item-1", "1")}, "changed without a new tbl_last_dt")


def test_rows_tampered_with_in_staging(loaded: Place) -> None:
    loaded.warehouse("update items set name = null where item_id = 'item-11'")
    loaded.warehouse("delete from items where item_id = 'item-12'")
    loaded.warehouse("insert into items values ('forged', '', 1, '2020-01-01')")
    expected = {("items", "updated", "item-11"), ("items", "inserted", "item-12"), ("items", "deleted", "forged")}
    heals(loaded, expected, "another hand")


def test_a_table_truncated_with_triggers_off(loaded: Place) -> None:
    loaded.execute("alter table lines disable trigger all; truncate lines")
    loaded.run()
    result = reconciled(loaded)
    (lines,) = (table for table in result.tables if table.table == "lines")
    assert (lines.rows, lines.differing_rows, lines.equal) == (0, 1000, True)
    assert "emptied with its triggers off" in reasons(result)
    assert loaded.staged("lines") == []


def test_a_restored_source(loaded: Place) -> None:
    with loaded.oltp() as connection:
        connection.execute("create table kept as select * from items")
    loaded.execute("update items set amount = amount + 1 where amount <= 5; delete from items where amount > 998")
    loaded.execute("insert into items values ('new', '', 1)")
    loaded.run()
    behind_the_triggers(loaded, "delete from items", "insert into items select * from kept", "delete from tombstones")
    loaded.run()
    result = reconciled(loaded)
    assert found(result) == {
        *(("items", "updated", f"item-{n}") for n in range(1, 6)),
        *(("items", "inserted", f"item-{n}") for n in range(999, 1001)),
        ("items", "deleted", "new"),
    }
    assert "went back from" in reasons(result)
    loaded.assert_equal()


def test_more_differences_than_are_named_read_the_table_whole(loaded: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingestion.reconcile.MOST_KEYS", 10)
    behind_the_triggers(loaded, "update items set amount = -amount", "delete from lines where quantity > 900")
    result = reconciled(loaded)
    assert [(t.table, len(t.differences), t.differing_rows, t.equal) for t in result.tables] == [
        ("items", 10, 1000, True), ("lines", 10, 100, True),
    ]  # fmt: skip
    loaded.assert_equal()


def test_the_healed_keys_are_in_the_change_log(loaded: Place) -> None:
    _, _, before = loaded.state("items")
    behind_the_triggers(loaded, "delete from items where item_id = 'item-7'")
    loaded.warehouse("delete from items where item_id = 'item-8'")
    reconciled(loaded)
    _, _, changed = loaded.state("items")
    assert changed > before
    assert loaded.changes("items", changed) == {("item-7",), ("item-8",)}


def test_what_waits_for_the_next_load_is_no_difference(loaded: Place) -> None:
    loaded.execute("update items set amount = 7 where item_id = 'item-1'; delete from lines where quantity = 3")
    loaded.execute("insert into items values ('new', null, 1)")
    result = compared(loaded)
    assert [(t.table, t.equal, t.in_flight, t.proved_equal_at) for t in result.tables] == [
        ("items", True, 2, None), ("lines", True, 1, None),
    ]  # fmt: skip
    assert found(result) == set()
    assert found(reconciled(loaded)) == set()
    loaded.assert_equal()


def test_a_table_never_loaded_is_loaded_and_proved(place: Place) -> None:  # noqa: F811
    place.execute("insert into items values ('a', null, 1)")
    with pytest.raises(RuntimeError, match="never loaded"):
        compared(place)
    result: Any = reconciled(place)
    assert [(t.table, t.rows, t.equal, t.different_buckets) for t in result.tables] == [
        ("items", 1, True, 0), ("lines", 0, True, 0),
    ]  # fmt: skip
