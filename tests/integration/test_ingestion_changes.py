"""What changes in the source arrives in staging, and nothing else is written."""

from datetime import date

import pytest

from tests.integration.ingestion_place import Place, place  # noqa: F401


@pytest.fixture
def loaded(place: Place) -> Place:  # noqa: F811
    place.execute("insert into items select 'item-' || n, 'name ' || n, n from generate_series(1, 100) n")
    place.execute("insert into lines select 'item-' || n, n % 3, date '2025-01-05', n from generate_series(1, 100) n")
    first = place.run()
    assert {table.table: table.extracted for table in first.tables} == {"items": 100, "lines": 100}
    assert first.changed == ("items", "lines")
    return place


def test_a_first_load_is_equal_and_records_no_changed_keys(loaded: Place) -> None:
    loaded.assert_equal()
    assert loaded.staged("_tidemark_changes_items") == []
    _, replaced, changed = loaded.state("items")
    assert replaced == changed > 1_700_000_000_000_000


def test_an_empty_source_table_is_created_in_staging(place: Place) -> None:  # noqa: F811
    place.run()
    assert place.staged("items") == []
    place.execute("insert into items values ('a', 'b', 1)")
    place.run()
    place.assert_equal()


def test_staging_has_the_types_and_the_key_of_the_contract(loaded: Place) -> None:
    described = {row[0]: row[1:4] for row in loaded.warehouse("describe items")}
    assert described == {
        "item_id": ("varchar(255)", "NO", "PRI"),
        "name": ("longtext", "YES", ""),
        "amount": ("decimal(12,2)", "NO", ""),
        "tbl_last_dt": ("datetime(6)", "NO", ""),
    }
    assert {row[4] for row in loaded.warehouse("show index from `lines`")} == {"item_id", "line"}


def test_inserts_updates_and_deletes_arrive_with_exactly_their_keys(loaded: Place) -> None:
    loaded.execute("insert into items values ('new', null, 5); update items set name = '' where item_id = 'item-7'")
    loaded.execute("delete from items where item_id = 'item-9'")
    loaded.execute("update items set name = name where item_id = 'item-8'; delete from lines where quantity > 90")
    result = loaded.run()
    loaded.assert_equal()
    # item-8 has a new tbl_last_dt, which is a difference like any other
    assert loaded.changes("items", result.load_seq) == {("new",), ("item-7",), ("item-8",), ("item-9",)}
    assert {(t.table, t.deleted) for t in result.tables} == {("items", 1), ("lines", 10)}
    assert result.changed == ("items", "lines")


def test_rows_read_again_but_equal_are_no_change(loaded: Place) -> None:
    result = loaded.run(since=date(2000, 1, 1))
    assert {table.table: table.extracted for table in result.tables} == {"items": 100, "lines": 100}
    assert result.changed == ()
    assert loaded.changes("items", result.load_seq) == set()


def test_nothing_changed_runs_no_load_and_moves_the_watermark(loaded: Place) -> None:
    packages, (before, *seqs) = loaded.loads(), loaded.state("items")
    assert not loaded.probe().changed
    result = loaded.run()
    after, *seqs_after = loaded.state("items")
    assert loaded.loads() == packages
    assert result.changed == ()
    assert after > before
    assert seqs_after == seqs


def test_only_tables_with_something_new_are_loaded(loaded: Place) -> None:
    loaded.execute("update lines set quantity = 1000 where line = 1")
    assert loaded.probe().tables == {"items": False, "lines": True}
    result = loaded.run()
    assert result.changed == ("lines",)
    assert loaded.state("items")[2] < loaded.state("lines")[2] == result.load_seq


def test_a_changed_key_leaves_no_row_under_the_old_one(loaded: Place) -> None:
    loaded.execute("update items set item_id = 'renamed' where item_id = 'item-1'")
    result = loaded.run()
    loaded.assert_equal()
    assert loaded.changes("items", result.load_seq) == {("renamed",), ("item-1",)}


def test_a_row_that_moves_to_another_partition_stays_one_row(loaded: Place) -> None:
    loaded.execute("update lines set day = '2025-02-03' where quantity = 5")
    result = loaded.run()
    loaded.assert_equal()
    assert next(table.deleted for table in result.tables if table.table == "lines") == 0


def test_a_row_deleted_and_made_again_is_kept(loaded: Place) -> None:
    loaded.execute("delete from items where item_id = 'item-1'")
    loaded.execute("insert into items values ('item-1', 'again', 1)")
    loaded.run()
    loaded.assert_equal()


def test_a_truncated_table_is_compared_as_a_whole(loaded: Place) -> None:
    loaded.execute("create table kept as select * from items where item_id in ('item-1', 'item-2')")
    loaded.execute("truncate items; insert into items values ('after', 'x', 1)")
    loaded.execute("alter table items disable trigger all; insert into items select * from kept")
    result = loaded.run()
    loaded.assert_equal()
    assert next(table.deleted for table in result.tables if table.table == "items") == 98
    assert ("item-1",) not in loaded.changes("items", result.load_seq)
    assert len(loaded.changes("items", result.load_seq)) == 99
    loaded.execute("insert into items values ('later', 'x', 1, clock_timestamp())")
    assert next(t.extracted for t in loaded.run().tables if t.table == "items") < 4, "the mark is obeyed once"


def test_a_backfill_reads_rows_that_the_cursor_hides(loaded: Place) -> None:
    loaded.execute("alter table items disable trigger all")
    loaded.execute("update items set name = 'silent', tbl_last_dt = '2020-05-05' where item_id = 'item-3'")
    assert not loaded.run().changed
    result = loaded.run(since=date(2020, 5, 1))
    assert loaded.changes("items", result.load_seq) == {("item-3",)}
    loaded.assert_equal()


def test_a_full_refresh_replaces_the_table(loaded: Place) -> None:
    loaded.execute("alter table items disable trigger all; delete from items where item_id = 'item-3'")
    result = loaded.run(full_refresh=True, tables=["items"])
    loaded.assert_equal()
    assert result.changed == ("items",)
    assert loaded.state("items")[1] == result.load_seq > loaded.state("lines")[1]


def test_a_dry_run_counts_and_writes_nothing(loaded: Place) -> None:
    loaded.execute("update items set name = 'dry' where item_id = 'item-3'; delete from lines where quantity = 9")
    before = (loaded.state("items"), loaded.loads())
    result = loaded.run(dry_run=True)
    assert {(t.table, t.extracted, t.loaded, t.deleted) for t in result.tables} == {
        ("items", 1, 0, 0),
        ("lines", 0, 0, 1),
    }
    assert (loaded.state("items"), loaded.loads()) == before


def test_a_guard_that_raises_stops_every_write(loaded: Place) -> None:
    class LostError(RuntimeError):
        pass

    def lost(cursor: object) -> None:
        raise LostError

    loaded.execute("update items set name = 'fenced' where item_id = 'item-3'")
    before = (loaded.state("items"), loaded.staged("items"))
    with pytest.raises(LostError):
        loaded.run(guard=lost)
    assert (loaded.state("items"), loaded.staged("items")) == before
    loaded.run()
    loaded.assert_equal()


def test_without_local_infile_the_rows_go_in_by_insert_and_the_result_says_so(place: Place) -> None:  # noqa: F811
    from dataclasses import replace

    odd = ["NULL", "\\N", "", 'a"b,c\n\r\t\\', "\\.", "😀", " x ", None]
    place.execute("insert into items select 'k' || o, t, o from unnest(%s::text[]) with ordinality u(t, o)", odd)
    place.execute("insert into items select 'many' || n, 'n', n from generate_series(1, 3000) n")
    barred = replace(place, load_url=place.load_url.replace("local_infile=1", "local_infile=0"))
    result = barred.run()
    place.assert_equal()
    assert any("LOCAL INFILE" in warning for warning in result.warnings)
    place.execute("update items set name = 'again' where amount > 2000; delete from items where item_id = 'k1'")
    assert barred.run().warnings
    place.assert_equal()
