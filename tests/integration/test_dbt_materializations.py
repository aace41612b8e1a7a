"""What the project's materializations promise, on a project of one table: no gap, no half, no silence."""

from __future__ import annotations

import itertools
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.integration.dbt_place import PROJECT, Staging, dbt_on

BUILD = "warehouse_probe"
RAW = "raw_probe"

PROJECT_FILE = """
name: probe
version: 1.0.0
profile: tidemark
vars: {check_all: false, since: null}
"""
SOURCES = f"""
version: 2
sources:
  - name: probe
    schema: {RAW}
    tables:
      - name: items
        meta: {{primary_key: [item_id]}}
"""
MODEL = """
{{ config(
    materialized='incremental',
    unique_key=['item_id'],
    partition_by_month='day_key',
    on_schema_change='%(on_schema_change)s',
    delta="select item_id from {{ changed('probe', 'items') }} as changed_items",
) }}
with items as (
    select * from {{ source('probe', 'items') }}
    {{ only_changed() }}
)

select %(select)s from items
"""
CONTRACT = """
version: 2
models:
  - name: fct_items
    config: {contract: {enforced: true}}
    constraints: [{type: primary_key, columns: [item_id, day_key]}]
    columns:
      - {name: item_id, data_type: varchar(255)}
      - {name: label, data_type: varchar(20)}
      - {name: day_key, data_type: int}
"""
COLUMNS = "item_id, label, {{ date_key('day') }} as day_key"


class Probe:
    """A project of one incremental model on a staging table of one's own."""

    def __init__(self, staging: Staging, urls, folder: Path) -> None:
        self.staging, self.urls, self.folder = staging, urls, folder
        self.project = folder / "project"
        shutil.copytree(PROJECT / "macros", self.project / "macros")
        (self.project / "models").mkdir()
        self.write("dbt_project.yml", PROJECT_FILE)
        self.write("models/sources.yml", SOURCES)
        self.write("models/contract.yml", CONTRACT)
        self.model()
        staging.create_databases(RAW, BUILD)
        staging.sql(
            f"create table {RAW}.items (item_id varchar(255) primary key, label longtext not null, day date not null)"
        )
        staging.sql(
            f"create table {RAW}._tidemark_changes_items"
            " (item_id varchar(255) not null, load_seq bigint not null, primary key (load_seq, item_id))"
        )
        staging.sql(
            f"create table {RAW}._tidemark_tables (table_name varchar(64) primary key, watermark datetime(6),"
            " replaced_seq bigint, changed_seq bigint)"
        )
        staging.sql(f"insert into {RAW}._tidemark_tables values ('items', now(6), 100, 100)")
        staging.sql(
            f"insert into {RAW}.items select seq, 'a label', date '2024-01-01' + interval seq mod 60 day"
            " from seq_1_to_500"
        )

    def write(self, path: str, text: str) -> None:
        (self.project / path).write_text(text, encoding="utf-8")

    def model(self, select: str = COLUMNS, on_schema_change: str = "fail", name: str = "fct_items") -> None:
        self.write(f"models/{name}.sql", MODEL % {"select": select, "on_schema_change": on_schema_change})

    def build(self, full_refresh: bool = False):
        """Build the model as a run with the present files would; gives its result."""
        return dbt_on(self.urls, self.folder, BUILD, self.project).build(["fct_items"], full_refresh=full_refresh)[0]

    def change(self, seq: int, statement: str, *item_ids: str) -> None:
        self.staging.sql(statement)
        for item_id in item_ids:
            self.staging.sql(f"insert into {RAW}._tidemark_changes_items values ('{item_id}', {seq})")
        self.staging.sql(f"update {RAW}._tidemark_tables set changed_seq = {seq}")

    def hold_fence(self, run_id: str) -> None:
        """Let a run hold the lock."""
        self.staging.sql(
            "create table if not exists tidemark_control.fence"
            " (name varchar(64) primary key, run_id varchar(64) not null)"
        )
        self.staging.sql(f"replace into tidemark_control.fence values ('run', '{run_id}')")

    def statements_of(self, work: Callable[[], object]) -> list[str]:
        """What was said to the server meanwhile, one connection after the other."""
        self.staging.sql("set global log_output = 'TABLE'")
        self.staging.sql("truncate mysql.general_log")
        self.staging.sql("set global general_log = 1")
        try:
            work()
        finally:
            self.staging.sql("set global general_log = 0")
        rows = self.staging.sql("select thread_id, argument from mysql.general_log where command_type = 'Query'")
        said = [(row[0], row[1].decode() if isinstance(row[1], bytes) else row[1]) for row in rows]
        return [text for _, text in sorted(said, key=lambda statement: statement[0])]

    def rows(self, statement: str):
        return self.staging.sql(statement)


@pytest.fixture
def probe(servers, tmp_path) -> Probe:
    return Probe(Staging(servers["WAREHOUSE_ADMIN_URL"]), servers, tmp_path)


@pytest.fixture
def built(probe: Probe) -> Probe:
    result = probe.build()
    assert result.status == "success", result.message
    return probe


def test_readers_never_miss_a_table_that_is_rebuilt(built: Probe) -> None:
    engine = sa.create_engine(built.urls["WAREHOUSE_ADMIN_URL"], isolation_level="AUTOCOMMIT")
    stop, seen, wrong = threading.Event(), [], []

    def poll() -> None:
        with engine.connect() as connection:
            while not stop.is_set():
                try:
                    seen.append(connection.scalar(sa.text(f"select count(*) from {BUILD}.fct_items")))
                except sa.exc.DBAPIError as error:
                    wrong.append(error)

    reader = threading.Thread(target=poll)
    reader.start()
    for _ in range(3):
        assert built.build(full_refresh=True).status == "success"
    stop.set()
    reader.join()
    assert wrong == []
    assert set(seen) == {500}


def test_changed_rows_replace_the_old_ones_and_leave_their_keys_unpublished(built: Probe) -> None:
    built.change(110, f"update {RAW}.items set label = 'new', day = day + interval 40 day where item_id = '7'", "7")
    built.change(120, f"delete from {RAW}.items where item_id = '8'", "8")
    built.change(130, f"insert into {RAW}.items values ('n', 'added', '2024-01-05')", "n")
    assert built.build().rows == 2
    found = built.rows(f"select item_id, label, day_key from {BUILD}.fct_items where item_id in ('7', '8', 'n')")
    assert sorted(found) == [("7", "new", 20240217), ("n", "added", 20240105)]
    keys = built.rows(f"select item_id from {BUILD}._tidemark_unpublished_fct_items order by item_id")
    assert [key for (key,) in keys] == ["7", "8", "n"]
    assert built.rows(f"select built_seq from {BUILD}._tidemark_models") == [(130,)]


def test_changes_of_an_unfinished_load_wait_for_it(built: Probe) -> None:
    built.staging.sql(f"update {RAW}.items set label = 'new' where item_id = '7'")
    built.staging.sql(f"insert into {RAW}._tidemark_changes_items values ('7', 900)")
    built.change(110, f"update {RAW}.items set label = 'new' where item_id = '9'", "9")
    built.build()
    assert built.rows(f"select item_id from {BUILD}._tidemark_unpublished_fct_items") == [("9",)]


def test_a_replaced_source_table_rebuilds_the_model(built: Probe) -> None:
    built.staging.sql(f"delete from {RAW}.items where item_id > '3'")
    built.staging.sql(f"update {RAW}._tidemark_tables set replaced_seq = 200, changed_seq = 200")
    built.build()
    counts = [f"select count(*) from {schema}" for schema in (f"{RAW}.items", f"{BUILD}.fct_items")]
    assert built.rows(counts[0]) == built.rows(counts[1])
    assert built.rows(f"select built_seq, rebuilt from {BUILD}._tidemark_models") == [(200, 1)]


def test_a_month_to_come_gets_a_partition_of_its_own(built: Probe) -> None:
    built.change(110, f"insert into {RAW}.items values ('n', 'added', '2024-11-30')", "n")
    assert built.build().status == "success"
    plan = f"explain partitions select * from {BUILD}.fct_items where day_key between 20241101 and 20241130"
    assert [row.partitions for row in built.rows(plan)] == ["p202411"]


@pytest.mark.parametrize("select", [COLUMNS + ", 1 as extra", COLUMNS.replace("label, ", "")])
def test_sql_and_contract_must_name_the_same_columns(built: Probe, select: str) -> None:
    built.model(select)
    result = built.build()
    assert result.status == "error"
    assert ("extra" if "extra" in select else "label") in result.message


def test_a_changed_column_list_is_refused_with_the_columns_named(built: Probe) -> None:
    built.model(COLUMNS + ", label as note")
    built.write("models/contract.yml", CONTRACT + "      - {name: note, data_type: varchar(20)}\n")
    result = built.build()
    assert result.status == "error"
    assert "new: note; gone: none" in result.message
    assert "--full-refresh" in result.message


def test_new_columns_are_added_when_the_model_says_so(built: Probe) -> None:
    built.model(COLUMNS + ", label as note", on_schema_change="append_new_columns")
    built.write("models/contract.yml", CONTRACT + "      - {name: note, data_type: varchar(20)}\n")
    built.change(110, f"update {RAW}.items set label = 'new' where item_id = '7'", "7")
    assert built.build().status == "success"
    found = built.rows(f"select item_id, note from {BUILD}.fct_items where item_id in ('7', '8')")
    assert sorted(found) == [("7", "new"), ("8", None)]
    assert built.rows(f"select rebuilt from {BUILD}._tidemark_models") == [(1,)]


@pytest.mark.parametrize(
    ("select", "complaint"),
    [
        ("nullif(item_id, '7') as item_id, label, {{ date_key('day') }} as day_key", "cannot be null"),
        ("item_id, repeat(label, 9) as label, {{ date_key('day') }} as day_key", "Data too long for column 'label'"),
    ],
)
def test_rows_that_break_the_contract_are_an_error_and_change_nothing(built: Probe, select, complaint) -> None:
    before = built.rows(f"checksum table {BUILD}.fct_items")
    built.model(select)
    built.change(110, f"update {RAW}.items set day = day + interval 1 day where item_id = '7'", "7")
    result = built.build()
    assert result.status == "error"
    assert complaint in result.message
    assert built.rows(f"checksum table {BUILD}.fct_items") == before
    assert built.build(full_refresh=True).status == "error"
    assert built.rows(f"checksum table {BUILD}.fct_items") == before


def test_a_join_that_fans_out_is_refused(built: Probe) -> None:
    built.model(COLUMNS + " from items union all select item_id, label, 20200101")
    built.change(110, f"update {RAW}.items set label = 'new' where item_id = '7'", "7")
    result = built.build()
    assert result.status == "error"
    assert "Duplicate entry '7'" in result.message
    assert built.rows(f"select label from {BUILD}.fct_items where item_id = '7'") == [("a label",)]


def test_a_run_that_lost_its_lock_writes_nothing(built: Probe, monkeypatch) -> None:
    built.hold_fence("the newer one")
    before = built.rows(f"checksum table {BUILD}.fct_items")
    built.change(110, f"update {RAW}.items set label = 'new' where item_id = '7'", "7")
    monkeypatch.setenv("TIDEMARK_RUN_ID", "mine")
    for full_refresh in (False, True):
        result = built.build(full_refresh=full_refresh)
        assert result.status == "error"
        assert "lost its lock to run the newer one" in result.message
    assert built.rows(f"checksum table {BUILD}.fct_items") == before
    assert built.rows(f"select built_seq from {BUILD}._tidemark_models") == [(100,)]


GUARDED_IN_A_DELTA = ("reorganize partition", f"create table `{BUILD}`.`_tidemark_failed_no_label_is_new`")
GUARDED_IN_A_REBUILD = (
    "rename table",
    "set built_seq = 110",
    f"drop table if exists `{BUILD}`.`_tidemark_unpublished_fct_items`",
    f"drop table if exists `{BUILD}`.`_tidemark_failed_no_label_is_new`",
    f"create table `{BUILD}`.`_tidemark_failed_no_label_is_new`",
)


@pytest.mark.parametrize(("full_refresh", "guarded"), [(False, GUARDED_IN_A_DELTA), (True, GUARDED_IN_A_REBUILD)])
def test_what_cannot_be_rolled_back_comes_right_after_a_look_at_the_fence(
    built: Probe, monkeypatch, full_refresh, guarded
) -> None:
    built.hold_fence("mine")
    monkeypatch.setenv("TIDEMARK_RUN_ID", "mine")
    (built.project / "tests").mkdir()
    built.write("tests/assert_no_label_is_new.sql", "select item_id from {{ ref('fct_items') }} where label = 'new'")
    built.change(110, f"insert into {RAW}.items values ('n', 'new', '2024-11-30')", "n")
    if full_refresh:
        built.build()
    statements = built.statements_of(lambda: built.build(full_refresh=full_refresh))
    for words in guarded:
        before = [said for said, then in itertools.pairwise(statements) if words in then]
        assert before, f"{words}: never said"
        assert all("tidemark_control.fence" in said for said in before), f"{words}: right after {before}"


def test_an_incremental_model_without_keys_is_refused(built: Probe) -> None:
    built.write(
        "models/contract.yml", CONTRACT.replace("constraints: [{type: primary_key, columns: [item_id, day_key]}]", "")
    )
    result = built.build()
    assert result.status == "error"
    assert "an enforced contract with a primary key" in result.message
