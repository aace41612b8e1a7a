"""A small MySQL source of its own and its staging databases, for the tests of ingestion from MySQL."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pymysql
import pytest
from sqlalchemy.engine import make_url

from ingestion import IngestResult, Source, Table, ingest
from ingestion.reconcile import ReconcileResult, reconcile
from ingestion.staging import connect_arguments
from tests.integration.ingestion_place import NO_MARGIN

SCHEMA = "mysql_test"
STAGING = "raw_mysql_test"
DEFINITION = """
create table tombstones (
    tombstone_id bigint auto_increment primary key, table_name varchar(64) not null, `key` json,
    deleted_at datetime(6) not null default current_timestamp(6), index (deleted_at)
);
create table items (
    item_id varchar(40) character set utf8mb4 collate utf8mb4_unicode_ci primary key, name varchar(40), amount int,
    tbl_last_dt datetime(6) not null default current_timestamp(6) on update current_timestamp(6), index (tbl_last_dt)
);
create trigger bury after delete on items for each row
insert into tombstones (table_name, `key`) values ('items', json_object('item_id', old.item_id));
create trigger bury_old after update on items for each row
insert into tombstones (table_name, `key`) select 'items', json_object('item_id', old.item_id) from dual
where binary old.item_id <> binary new.item_id
"""


@dataclass(frozen=True)
class MysqlPlace:
    """Where a test works: its source, the accounts' URLs and the work folder."""

    source: Source
    extract_url: str
    load_url: str
    admin_url: str
    work_dir: Path

    def run(self, **options: Any) -> IngestResult:
        settings = {"margin": NO_MARGIN, "verify": True, **options}
        return ingest(self.source, self.extract_url, self.load_url, self.work_dir, **settings)

    def reconcile(self) -> ReconcileResult:
        return reconcile(self.source, self.extract_url, self.load_url, self.work_dir, margin=NO_MARGIN)

    def connect(self, database: str = SCHEMA, **options: Any) -> Any:
        settings = connect_arguments(self.admin_url) | {"init_command": "set time_zone = '+00:00'", "autocommit": True}
        return pymysql.connect(**settings | options, database=database)

    def execute(self, statement: str, *arguments: Any) -> None:
        with closing(self.connect()) as connection, connection.cursor() as cursor:
            cursor.execute(statement, arguments or None)

    def rows(self, query: str, database: str = SCHEMA) -> list[tuple[Any, ...]]:
        with closing(self.connect(database)) as connection, connection.cursor() as cursor:
            cursor.execute(query)
            return list(cursor.fetchall())

    def staged(self, table: str = "items") -> list[tuple[Any, ...]]:
        return self.rows(f"select * from {table}", STAGING)

    def watermark(self, table: str = "items") -> datetime:
        query = f"select watermark from _tidemark_tables where table_name = '{table}'"
        return self.rows(query, STAGING)[0][0]

    def assert_equal(self) -> None:
        """Staging holds what the source holds, row for row and value for value."""
        for table in self.source.tables:
            assert sorted(self.staged(table.name)) == sorted(self.rows(f"select * from {table.name}")), table.name


@pytest.fixture
def place(servers: Mapping[str, str], tmp_path: Path) -> Iterator[MysqlPlace]:
    """An empty table with triggers in the source; no staging yet."""
    extract_url = make_url(servers["SHOP_EXTRACT_URL"]).set(database=SCHEMA).render_as_string(hide_password=False)
    source = Source("mysql_test", "URL", SCHEMA, STAGING, "tombstones", (Table("items", ("item_id",), "tbl_last_dt"),))
    place = MysqlPlace(
        source, extract_url, servers["LOAD_URL"], servers["WAREHOUSE_ADMIN_URL"], tmp_path / "work"
    )  # fmt: skip
    with closing(place.connect("mysql")) as connection, connection.cursor() as cursor:
        for name in (SCHEMA, STAGING, f"{STAGING}_staging"):
            cursor.execute(f"drop database if exists {name}")
            cursor.execute(f"create database {name} character set utf8mb4 collate utf8mb4_nopad_bin")
        cursor.execute(f"grant select on `{SCHEMA}`.* to shop_extract@'%'")
        for name in (STAGING, f"{STAGING}_staging"):
            cursor.execute(f"grant all on `{name}`.* to tidemark_load@'%'")
        cursor.execute("drop table if exists quarantine.quarantined_rows")
    for statement in DEFINITION.split(";"):
        place.execute(statement)
    yield place
    shutil.rmtree(place.work_dir, ignore_errors=True)


def with_table(place: MysqlPlace, table: Table) -> MysqlPlace:
    return replace(place, source=replace(place.source, tables=(table,)))
