"""A row is in staging as it is in the source, or in quarantine with a reason; it comes back when that has passed."""

import json
from dataclasses import replace

import pytest

from ingestion import Table
from ingestion.declarations import Parent, Rule
from ingestion.reconcile import compare, reconcile
from tests.integration.ingestion_place import NO_MARGIN, Place, place, with_tables  # noqa: F401

POSITIVE = Rule("quantity_is_positive", "quantity > 0")
ITEM = Parent("item_is_known", "items", ("item_id",))
DEAR = replace(ITEM, rules=(Rule("line_costs_less_than_its_item", "child.quantity < parent.amount"),))
ITEMS = Table("items", ("item_id",), "tbl_last_dt", personal=frozenset({"name"}))
LINES = Table("lines", ("item_id", "line"), "tbl_last_dt", "day", rules=(POSITIVE,), parents=(ITEM,))


@pytest.fixture
def ruled(place: Place) -> Place:  # noqa: F811
    """Two items with a line each, loaded; lines must be positive and have their item."""
    here = with_tables(place, ITEMS, LINES)
    here.execute("insert into items values ('a', 'Ann', 10), ('b', 'Bob', 20)")
    here.execute("insert into lines values ('a', 1, '2025-01-05', 1), ('b', 1, '2025-01-06', 2)")
    here.run()
    return here


def lines(place: Place) -> set[tuple[str, int, int]]:  # noqa: F811
    return {(row[0], row[1], row[3]) for row in place.staged("lines")}


def proved(place: Place) -> bool:  # noqa: F811
    result = reconcile(place.source, place.extract_url, place.load_url, place.work_dir, margin=NO_MARGIN)
    return all(table.equal for table in result.tables) and not any(table.differing_rows for table in result.tables)


def counts(place: Place, table: str, **options) -> tuple[int, int, int]:  # noqa: F811
    result = next(
        result for result in place.run(run_id="run-1", verify=True, **options).tables if result.table == table
    )
    assert result.extracted == result.loaded + result.quarantined
    return result.extracted, result.loaded, result.quarantined


def test_a_row_that_breaks_a_rule_leaves_staging_and_comes_back_when_it_is_mended(ruled: Place) -> None:
    ruled.execute("update lines set quantity = -5 where item_id = 'a'")
    assert counts(ruled, "lines") == (1, 0, 1)
    assert lines(ruled) == {("b", 1, 2)}
    assert ruled.quarantined() == {("lines", '{"item_id": "a", "line": 1}', "quantity_is_positive")}
    _, _load, changed = ruled.state("lines")
    assert ("a", 1) in ruled.changes("lines", changed), "models that hold the row must drop it"
    assert proved(ruled)
    ruled.execute("update lines set quantity = 5 where item_id = 'a'")
    assert counts(ruled, "lines") == (1, 1, 0)
    assert lines(ruled) == {("a", 1, 5), ("b", 1, 2)}
    assert ruled.quarantined() == set()
    assert proved(ruled)


def test_an_entry_tells_source_key_row_rule_run_and_times(ruled: Place) -> None:
    ruled.execute("update lines set quantity = 0 where item_id = 'a'")
    ruled.run(run_id="first")
    ruled.execute("update lines set quantity = -1 where item_id = 'a'")
    ruled.run(run_id="second")
    ((row_data, run_id, first, last),) = ruled.warehouse(
        "select row_data, run_id, first_seen_at, last_seen_at from quarantine.quarantined_rows where source = %s",
        ruled.source.name,
    )
    assert json.loads(row_data)["quantity"] == -1
    assert run_id == "first"
    assert first < last


def test_personal_values_are_masked_in_the_quarantine(ruled: Place) -> None:
    items = replace(ITEMS, rules=(Rule("amount_is_small", "amount < 100"),))
    here = with_tables(ruled, items, LINES)
    here.execute("insert into items values ('c', 'Personal Value', 1000), ('d', null, 1000)")
    here.execute("alter table items alter amount type numeric; insert into items values ('e', 'Personal Value', 'NaN')")
    here.execute("alter table items alter amount type numeric(12,2)")
    here.run()
    entries = dict(
        here.warehouse("select row_key, row_data from quarantine.quarantined_rows where table_name = 'items'")
    )
    names = {json.loads(key)["item_id"]: json.loads(data)["name"] for key, data in entries.items()}
    assert names == {"c": "(masked)", "d": None, "e": "(masked)"}


def test_the_children_of_a_row_in_quarantine_follow_it_and_come_back_with_it(ruled: Place) -> None:
    items = replace(ITEMS, rules=(Rule("amount_is_small", "amount < 100"),))
    here = with_tables(ruled, items, LINES)
    here.execute("update items set amount = 100 where item_id = 'a'")
    here.run()
    assert {entry[0::2] for entry in here.quarantined()} == {("items", "amount_is_small"), ("lines", "item_is_known")}
    assert lines(here) == {("b", 1, 2)}
    assert proved(here)
    here.execute("update items set amount = 99 where item_id = 'a'")
    here.run()
    assert here.quarantined() == set()
    here.assert_equal()


def test_a_late_parent_releases_its_children(ruled: Place) -> None:
    ruled.execute("insert into lines values ('late', 1, '2025-01-07', 7)")
    assert counts(ruled, "lines") == (1, 0, 1)
    assert ruled.quarantined() == {("lines", '{"item_id": "late", "line": 1}', "item_is_known")}
    ruled.execute("insert into items values ('late', 'Lea', 1)")
    ruled.run()
    assert ruled.quarantined() == set()
    ruled.assert_equal()


def test_a_deleted_parent_leaves_its_children_in_quarantine(ruled: Place) -> None:
    ruled.execute("delete from items where item_id = 'b'")
    ruled.run()
    assert ruled.quarantined() == {("lines", '{"item_id": "b", "line": 1}', "item_is_known")}
    assert lines(ruled) == {("a", 1, 1)}
    ruled.execute("delete from lines where item_id = 'b'")
    ruled.run()
    assert ruled.quarantined() == set()
    ruled.assert_equal()


def test_a_rule_may_compare_a_row_with_its_parent(ruled: Place) -> None:
    here = with_tables(ruled, ITEMS, replace(LINES, parents=(DEAR,)))
    here.execute("update items set amount = 1 where item_id = 'a'")
    here.run()
    assert {entry[2] for entry in here.quarantined()} == {"line_costs_less_than_its_item"}
    here.execute("update items set amount = 2 where item_id = 'a'")
    here.run()
    assert here.quarantined() == set()
    here.assert_equal()


def test_a_rule_that_changes_is_applied_to_all_rows_though_nothing_changed_in_the_source(ruled: Place) -> None:
    strict = with_tables(ruled, ITEMS, replace(LINES, rules=(Rule("quantity_is_great", "quantity >= 2"),)))
    strict.run()
    assert lines(strict) == {("b", 1, 2)}
    assert {entry[2] for entry in strict.quarantined()} == {"quantity_is_great"}
    with_tables(strict, ITEMS, replace(LINES, rules=())).run()
    assert ruled.quarantined() == set()
    ruled.assert_equal()


def test_rows_of_one_key_are_all_in_quarantine_until_one_of_them_is_gone(ruled: Place) -> None:
    for load_url in (ruled.load_url, ruled.load_url.replace("local_infile=1", "local_infile=0")):
        here = replace(ruled, load_url=load_url)
        here.execute("insert into lines values ('a', 7, '2025-01-05', 1), ('a', 7, '2025-02-05', 2)")
        assert counts(here, "lines") == (2, 0, 2)
        assert {entry[2] for entry in here.quarantined()} == {"key_is_unique"}
        assert proved(here)
        here.execute("delete from lines where line = 7 and day = '2025-02-05'")
        here.run()
        assert here.quarantined() == set()
        here.assert_equal()
        here.execute("delete from lines where line = 7")
        here.run()


def test_a_second_row_of_a_key_written_past_the_triggers_is_found_by_reconciliation(ruled: Place) -> None:
    with ruled.oltp() as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute("insert into lines values ('a', 1, '2025-02-05', 9, '2020-01-01')")
    reconcile(ruled.source, ruled.extract_url, ruled.load_url, ruled.work_dir, margin=NO_MARGIN)
    assert {entry[2] for entry in ruled.quarantined()} == {"key_is_unique"}
    assert lines(ruled) == {("b", 1, 2)}
    assert proved(ruled)


def test_a_row_that_staging_cannot_hold_written_past_the_triggers_is_found_by_reconciliation(ruled: Place) -> None:
    with ruled.oltp() as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute("update items set item_id = repeat('k', 256) where item_id = 'b'")
    check = compare(ruled.source, ruled.extract_url, ruled.load_url, margin=NO_MARGIN)
    assert not all(table.equal for table in check.tables)
    reconcile(ruled.source, ruled.extract_url, ruled.load_url, ruled.work_dir, margin=NO_MARGIN)
    assert {entry[0::2] for entry in ruled.quarantined()} == {
        ("items", "item_id_has_at_most_255_characters"), ("lines", "item_is_known"),
    }  # fmt: skip
    assert proved(ruled)


def test_a_key_of_which_a_part_is_missing(place: Place) -> None:  # noqa: F811
    here = with_tables(place, Table("items", ("name",), "tbl_last_dt"))
    here.execute("insert into items values ('a', 'Ann', 10), ('b', null, 20), ('c', null, 30)")
    assert counts(here, "items") == (3, 1, 2)
    assert {entry[1:] for entry in here.quarantined()} == {('{"name": null}', "name_is_given")}
    here.execute("update items set name = item_id where item_id = 'b'")
    here.run()
    assert len(here.quarantined()) == 1
    assert proved(here)


def test_a_load_that_someone_tampered_with_is_refused(ruled: Place) -> None:
    ruled.warehouse("create trigger tampers before insert on items for each row set new.name = concat(new.name, '!')")
    watermark = ruled.state("items")[0]
    ruled.execute("insert into items values ('c', 'Cid', 1)")
    with pytest.raises(Exception, match="after loading, staging has 1 rows, but not with the same values"):
        ruled.run(verify=True)
    assert ruled.state("items")[0] == watermark
    ruled.warehouse("drop trigger tampers")
    ruled.run(verify=True)
    ruled.assert_equal()


def test_a_big_load_that_someone_tampered_with_is_refused(ruled: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingestion.verify.MANY", 2)
    ruled.execute("update lines set quantity = -5 where item_id = 'a'")
    assert counts(ruled, "lines", full_refresh=True) == (2, 1, 1)
    for item in ("a", "b"):  # one in each half
        ruled.warehouse(
            f"create trigger tampers before insert on items for each row set new.name = if(new.item_id = '{item}',"
            " concat(new.name, '!'), new.name)"
        )
        with pytest.raises(Exception, match="after loading, staging has 2 rows, but not with the same values"):
            ruled.run(verify=True, tables=["items"], full_refresh=True)
        ruled.warehouse("drop trigger tampers")
    ruled.run(verify=True, full_refresh=True)
    assert proved(ruled)


def test_what_was_held_survives_a_load_of_the_whole_table(ruled: Place) -> None:
    ruled.execute("update lines set quantity = -5 where item_id = 'a'")
    ruled.run()
    assert counts(ruled, "lines", full_refresh=True) == (2, 1, 1)
    assert len(ruled.quarantined()) == 1
    ruled.execute("truncate lines")
    ruled.run()
    assert ruled.quarantined() == set()
    assert proved(ruled)
