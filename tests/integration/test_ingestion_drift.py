"""Columns that change in the source: taken in where no value can suffer, else the table stops and the others go on."""

from collections.abc import Sequence

import pytest

from ingestion import IngestResult
from ingestion.drift import Readers
from ingestion.reconcile import compare, reconcile
from tests.integration.ingestion_place import NO_MARGIN, SCHEMA, Place, place  # noqa: F401


def reading(*columns: str) -> Readers:
    """Models that read these columns of any table."""
    return lambda _, column: ("stg_items",) if column in columns else ()


def stopped(result: IngestResult) -> dict[str, str]:
    return {table.table: table.stopped for table in result.tables if table.stopped}


@pytest.fixture
def loaded(place: Place) -> Place:  # noqa: F811
    place.execute("insert into items select 'item-' || n, 'name ' || n, n from generate_series(1, 100) n")
    place.execute("insert into lines select 'item-' || n, 1, date '2025-01-05', n from generate_series(1, 100) n")
    place.run()
    return place


def names_of(place: Place, table: str = "items") -> Sequence[str]:  # noqa: F811
    return [row[0] for row in place.warehouse(f"describe `{table}`")]


def test_a_new_column_is_loaded_and_told_and_changes_no_row_for_the_models(loaded: Place) -> None:
    loaded.execute("alter table items add column gift_note text not null default 'none'")
    loaded.execute("update items set gift_note = 'for you', name = 'renamed' where item_id = 'item-7'")
    result = loaded.run(readers=reading("name"))
    assert "items has a new column gift_note (text): it is in staging; no model reads it" in result.warnings
    loaded.assert_equal()
    assert loaded.changes("items", result.load_seq) == {("item-7",)}, "a value that no model reads makes no changed row"
    assert loaded.state("items")[1] < result.load_seq, "the models that read the table are not built from scratch"
    again = loaded.run(readers=reading("name"))
    assert not any("gift_note" in warning for warning in again.warnings)
    loaded.execute("update items set gift_note = 'new' where item_id = 'item-8'")
    assert loaded.changes("items", loaded.run().load_seq) == {("item-8",)}
    loaded.assert_equal()


@pytest.mark.parametrize("broken", ["fill_unread", "record_absences"])
def test_a_load_that_dies_while_it_takes_in_a_column_is_done_again(
    loaded: Place, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingestion import IngestionError, merge

    loaded.execute("alter table items add column size integer not null default 5, drop column amount")
    loaded.execute("update items set name = 'late' where item_id = 'item-3'")
    with monkeypatch.context() as patched:
        patched.setattr(merge, broken, lambda _: "select no_such_column")
        with pytest.raises(IngestionError):
            loaded.run(readers=reading())
    loaded.run(readers=reading())
    assert names_of(loaded) == ["item_id", "name", "tbl_last_dt", "size"]
    loaded.assert_equal()


def test_a_lost_column_that_a_model_reads_stops_its_table_alone(loaded: Place) -> None:
    loaded.execute("alter table items rename column name to title; update items set amount = 5")
    loaded.execute("update lines set quantity = 7")
    before = (loaded.state("items"), sorted(loaded.staged("items")))
    result = loaded.run(readers=reading("name"))
    (sentence,) = stopped(result).values()
    assert sentence == (
        "items was not loaded: the source has no column name any more, and stg_items reads it (new, and of the same"
        " type, is title: was it renamed?); bring the column back, or change what reads it, then run again"
    )
    assert (loaded.state("items"), sorted(loaded.staged("items"))) == before
    assert result.changed == ("lines",)
    refreshed = loaded.run(readers=reading("name"), full_refresh=True)
    assert list(stopped(refreshed)) == ["items"], "not even a full refresh takes away what is read"
    assert not stopped(loaded.run(readers=reading("title"))), "the model was changed"
    loaded.assert_equal()


def test_a_lost_column_that_no_model_reads_is_told_and_leaves_staging(loaded: Place) -> None:
    loaded.execute("alter table items drop column name")
    result = loaded.run(readers=reading("amount"))
    assert "items lost its column name, which no model reads: it is gone from staging too" in result.warnings
    assert names_of(loaded) == ["item_id", "amount", "tbl_last_dt"]
    loaded.assert_equal()
    assert loaded.changes("items", result.load_seq) == set()


def test_without_knowledge_of_the_models_every_lost_column_stops_its_table(loaded: Place) -> None:
    loaded.execute("alter table items drop column name, add column born date, alter amount type numeric(14,4)")
    assert list(stopped(loaded.run())) == ["items"]
    loaded.execute("insert into items (item_id, amount, born) values ('c', 1.2345, '2001-02-03')")
    loaded.run(full_refresh=True)
    loaded.assert_equal()


def test_a_type_that_holds_all_that_was_held_is_followed(loaded: Place) -> None:
    loaded.execute("alter table items alter amount type numeric(14,4), alter amount drop not null")
    loaded.execute(
        "drop trigger bury_old on lines; alter table lines alter line type bigint, alter quantity type bigint"
    )
    result = loaded.run(readers=reading("name", "amount", "quantity", "line"))
    assert not stopped(result)
    assert "lines.quantity was integer and is bigint now: staging follows" in result.warnings
    assert ("amount", "decimal(14,4)", "YES") in {row[:3] for row in loaded.warehouse("describe items")}
    for table in ("lines", "_tidemark_changes_lines"):
        assert ("line", "bigint(20)", "NO") in {row[:3] for row in loaded.warehouse(f"describe `{table}`")}
    assert loaded.changes("items", result.load_seq) | loaded.changes("lines", result.load_seq) == set()
    loaded.execute("insert into items values ('big', 'x', 9999999999.9999), ('none', 'x', null)")
    loaded.execute(
        "insert into lines values ('big', 9999999999, '2025-01-05', 9999999999); delete from lines where line=1"
    )
    loaded.run()
    loaded.assert_equal()


def test_a_type_that_holds_other_values_stops_the_table_until_it_is_loaded_anew(loaded: Place) -> None:
    loaded.execute("alter table lines alter quantity type text; update items set amount = 1")
    result = loaded.run(readers=reading("quantity"))
    assert stopped(result)["lines"] == (
        "lines was not loaded: its column quantity was integer and is text, which does not hold the same values, and"
        " stg_items reads it; change it back, or load the table anew: tidemark run --full-refresh --select lines"
    )
    assert result.changed == ("items",)
    loaded.run(readers=reading("quantity"), tables=["lines"], full_refresh=True)
    loaded.assert_equal()


def test_a_changed_type_that_no_model_reads_is_followed_with_all_its_values(loaded: Place) -> None:
    loaded.execute("alter table lines alter quantity type text using 'n' || quantity")
    result = loaded.run(readers=reading())
    assert not stopped(result)
    loaded.assert_equal()
    assert loaded.changes("lines", result.load_seq) == set()


@pytest.mark.parametrize(
    ("harm", "mend", "named"),
    [
        (f"drop table {SCHEMA}.lines", None, "no table ingestion_test.lines"),
        (
            f"revoke select on {SCHEMA}.lines from tidemark_extract",
            f"grant select on {SCHEMA}.lines to tidemark_extract",
            "may not read ingestion_test.lines; grant it SELECT",
        ),
        (
            "alter table lines rename column tbl_last_dt to changed_at",
            "alter table lines rename column changed_at to tbl_last_dt",
            "no column tbl_last_dt, which meta.cursor names",
        ),
    ],
)
def test_a_loaded_table_that_cannot_be_read_any_more_stops_alone(
    loaded: Place, harm: str, mend: str | None, named: str
) -> None:
    loaded.execute("insert into items values ('new', 'x', 1)")
    loaded.execute(harm)
    result = loaded.run()
    assert named in stopped(result)["lines"]
    assert result.changed == ("items",)
    assert loaded.probe().stopped == stopped(result)
    if mend:
        loaded.execute(mend)
        assert not stopped(loaded.run())
        loaded.assert_equal()


def test_a_reconciliation_takes_in_new_columns_and_names_the_table_that_stopped(loaded: Place) -> None:
    urls = (loaded.extract_url, loaded.load_url)
    loaded.execute("alter table items add column size integer default 3; alter table lines drop column quantity")
    readers = reading("quantity")
    result = reconcile(loaded.source, *urls, loaded.work_dir, margin=NO_MARGIN, readers=readers)
    assert [(table.table, table.equal, table.differing_rows) for table in result.tables] == [("items", True, 0)]
    assert list(result.stopped) == ["lines"]
    assert names_of(loaded)[-1] == "size"
    assert list(compare(loaded.source, *urls, margin=NO_MARGIN, readers=readers).stopped) == ["lines"]
