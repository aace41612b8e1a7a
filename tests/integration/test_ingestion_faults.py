"""A fault is told in one sentence with its cause, and nothing is half done."""

import logging
import os
import subprocess
import sys
import traceback
from dataclasses import replace
from pathlib import Path

import pytest

from ingestion import IngestionError, Table
from tests.integration.ingestion_place import SCHEMA, STAGING, Place, place, with_tables  # noqa: F401

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("table", "named"),
    [
        (Table("absent", ("id",), "tbl_last_dt"), f"no table {SCHEMA}.absent"),
        (Table("items", ("no_such_key",), "tbl_last_dt"), "no column no_such_key, which meta.primary_key names"),
        (Table("items", ("item_id",), "no_such_cursor"), "no column no_such_cursor, which meta.cursor names"),
        (Table("items", ("item_id",), "amount"), "name a timestamp column in meta.cursor"),
    ],
)
def test_what_the_source_lacks_is_named_before_anything_is_written(place: Place, table: Table, named: str) -> None:  # noqa: F811
    with pytest.raises(IngestionError, match=named):
        with_tables(place, *place.source.tables[1:], table).run()
    assert place.warehouse("show tables") == []


def test_a_missing_table_of_tombstones_is_named(place: Place) -> None:  # noqa: F811
    with pytest.raises(IngestionError, match=r"no table ingestion_test\.graves"):
        replace(place, source=replace(place.source, tombstones="graves")).run()


def test_a_table_that_may_not_be_read_is_named(place: Place) -> None:  # noqa: F811
    place.execute(f"revoke select on {SCHEMA}.items from tidemark_extract")
    with pytest.raises(IngestionError, match=r"may not read ingestion_test\.items; grant it SELECT"):
        place.run()


def test_staging_that_may_not_be_written_is_named(place: Place) -> None:  # noqa: F811
    place.execute("insert into items values ('a', 'b', 1)")
    place.run()
    place.execute("update items set name = 'c'")
    place.warehouse(f"revoke all privileges on `{STAGING}`.* from tidemark_load@'%'")
    place.warehouse(f"grant select on `{STAGING}`.* to tidemark_load@'%'")
    try:
        with pytest.raises(IngestionError, match=r"(?i)command denied to user 'tidemark_load'.*"):
            place.run()
    finally:
        place.warehouse(f"grant all privileges on `{STAGING}`.* to tidemark_load@'%'")
    place.run()
    place.assert_equal()


def test_a_table_that_is_not_declared_is_named(place: Place) -> None:  # noqa: F811
    with pytest.raises(IngestionError, match="declares no table orders; it declares items, lines"):
        place.run(tables=["orders"])


def test_a_cursor_without_index_is_told_with_the_statement_that_makes_one(place: Place) -> None:  # noqa: F811
    place.execute("drop index items_tbl_last_dt_idx; create index on items (tbl_last_dt) where amount > 0")
    statement = f"create index on {SCHEMA}.items (tbl_last_dt)"
    warnings = place.run().warnings
    assert [warning.rpartition(": ")[2] for warning in warnings] == [statement]
    place.execute(statement)
    assert place.run().warnings == ()


def test_rows_that_a_policy_hides_are_an_error_and_no_silent_loss(place: Place) -> None:  # noqa: F811
    place.execute(f"alter table {SCHEMA}.items enable row level security")
    with pytest.raises(IngestionError, match="row-level security"):
        place.run()


@pytest.mark.parametrize("which", ["extract_url", "load_url"])
def test_a_server_that_does_not_answer_is_named_with_its_address(place: Place, which: str) -> None:  # noqa: F811
    before, _, after = getattr(place, which).rpartition("@")
    away = f"{before}@127.0.0.1:1/{after.split('/', 1)[1]}"
    with pytest.raises(IngestionError, match=r"cannot reach the .* at 127\.0\.0\.1:1: .*is it running"):
        replace(place, **{which: away}).run()


@pytest.mark.parametrize("collation", ["utf8mb4_general_ci", "latin1_swedish_ci", "latin1_nopad_bin"])
def test_a_database_whose_collation_would_merge_keys_is_refused(place: Place, collation: str) -> None:  # noqa: F811
    place.warehouse(f"alter database {STAGING} character set {collation.split('_')[0]} collate {collation}")
    with pytest.raises(IngestionError, match=f"{collation}, under which different keys are equal"):
        place.run()


def test_tables_that_someone_dropped_from_staging_are_made_again(place: Place) -> None:  # noqa: F811
    place.execute("insert into items values ('a', 'b', 1)")
    place.run()
    place.execute("update items set name = 'c'")
    place.run()
    place.warehouse("drop table items")
    place.warehouse(f"drop table {STAGING}_staging.items")
    place.run()
    place.execute("update items set name = 'd'")
    place.run()
    place.assert_equal()


@pytest.fixture
def too_long(place: Place) -> Place:  # noqa: F811
    """A source of which the last table holds a value that its copy cannot, after one full of personal values."""
    place.run()
    place.execute("insert into lines values ('short', 1, '2025-01-05', 1)")
    place.run()
    place.warehouse(f"alter table {STAGING}_staging.lines modify item_id varchar(5) not null")
    place.execute("insert into items values ('a', 'personal-value', 1)")
    place.execute("insert into lines values ('long-value', 1, '2025-01-05', 1)")
    return place


def test_after_a_failed_load_no_row_is_left_on_the_disk(too_long: Place) -> None:
    with pytest.raises(IngestionError, match="lines"):
        too_long.run()
    files = [path for path in too_long.work_dir.rglob("*") if path.is_file()]
    assert files, "dlt keeps its schema there"
    assert not [path for path in files if any(word in path.read_bytes() for word in (b"personal-value", b"long-value"))]


def test_after_a_load_that_gave_up_no_row_is_left_on_the_disk(place: Place, monkeypatch) -> None:  # noqa: F811
    """An error that may pass keeps the package for a retry in dlt's eyes; in ours no run takes it up again."""
    from ingestion import merge

    place.execute("insert into items values ('a', 'x', 1)")
    place.run()
    place.execute("update items set name = 'personal-value'")
    monkeypatch.setattr(merge, "upsert_differences", lambda _: "signal sqlstate '40001' set mysql_errno = 1213")
    with pytest.raises(IngestionError, match="1213"):
        place.run()
    files = [path for path in place.work_dir.rglob("*") if path.is_file()]
    assert not [path for path in files if b"personal-value" in path.read_bytes()]


def test_dlt_logs_nothing_for_it_would_quote_values(too_long: Place) -> None:
    logged: list[logging.LogRecord] = []
    listener = logging.Handler()
    listener.emit = logged.append  # type: ignore[method-assign]
    logging.getLogger("dlt").addHandler(listener)
    try:
        with pytest.raises(IngestionError, match="lines"):
            too_long.run()
    finally:
        logging.getLogger("dlt").removeHandler(listener)
    assert logged == []


def test_nobody_else_may_look_into_the_folders_of_a_load(place: Place) -> None:  # noqa: F811
    place.execute("insert into items values ('a', 'x', 1)")
    before = os.umask(0)
    try:
        place.run()
    finally:
        os.umask(before)
    assert [path.stat().st_mode & 0o777 for path in (place.work_dir, *place.work_dir.iterdir())] == [0o700] * 3


def test_a_failure_tells_neither_sentence_nor_traceback_the_value(place: Place, monkeypatch) -> None:  # noqa: F811
    from ingestion import merge

    place.execute("insert into items values ('a', 'x', 1)")
    place.run()
    place.execute("update items set name = 'personal-value'")
    monkeypatch.setattr(
        merge,
        "upsert_differences",
        lambda names: f"insert into {names.target} select item_id, name, name, tbl_last_dt from {names.staged}",
    )
    with pytest.raises(
        IngestionError, match=r"Incorrect decimal value: '…' for column .*amount.* \(error 1366\)"
    ) as told:
        place.run()
    assert "personal-value" not in "".join(traceback.format_exception(told.value))


MEASURED = """
import pickle, re, sys
from pathlib import Path
from ingestion import ingest

def peak():  # of this program alone: ru_maxrss would begin with what the process that started it held
    return int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text()).group(1))

given = pickle.loads(sys.stdin.buffer.read())
import ingestion.package
before = peak()
ingest(*given)
print(before, peak())
"""


def test_memory_does_not_grow_with_the_table(place: Place) -> None:  # noqa: F811
    """150 MB of rows pass through a process that holds less than 400 MB in all, and adds less than 64 MB for them."""
    import pickle

    place.execute("alter table items disable trigger all")
    place.execute("insert into items select 'i' || n, repeat('x', 1400), n, now() from generate_series(1, 100000) n")
    given = pickle.dumps((place.source, place.extract_url, place.load_url, place.work_dir))
    done = subprocess.run(
        [sys.executable, "-c", MEASURED], input=given, cwd=REPOSITORY, capture_output=True, check=True
    )
    before, after = map(int, done.stdout.split())
    assert after < 400 * 1024
    assert after - before < 64 * 1024
    assert len(place.warehouse("select item_id from items")) == 100000
