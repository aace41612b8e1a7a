"""A small source schema of its own and its staging databases, for the tests of ingestion."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pymysql
import pytest
from sqlalchemy.engine import make_url

from ingestion import IngestResult, Probe, Source, Table, ingest, probe
from ingestion.staging import connect_arguments

SCHEMA = "ingestion_test"
STAGING = "raw_ingestion_test"
NO_MARGIN = timedelta(0)

DEFINITION = f"""
drop schema if exists {SCHEMA} cascade;
create schema {SCHEMA};
create table {SCHEMA}.tombstones (
    tombstone_id bigint generated always as identity primary key,
    table_name text not null, key jsonb, deleted_at timestamptz not null default clock_timestamp()
);
create function {SCHEMA}.stamp() returns trigger language plpgsql as
$$ begin new.tbl_last_dt := clock_timestamp(); return new; end $$;
create function {SCHEMA}.bury() returns trigger language plpgsql as
$$ begin
    insert into {SCHEMA}.tombstones (table_name, key)
    select tg_argv[0], jsonb_object_agg(k, to_jsonb(old) -> k) from unnest(tg_argv[1:]) k;
    return null;
end $$;
create function {SCHEMA}.mark() returns trigger language plpgsql as
$$ begin insert into {SCHEMA}.tombstones (table_name, key) values (tg_argv[0], null); return null; end $$;

create table {SCHEMA}.items (
    item_id text primary key, name text, amount numeric(12,2) not null, tbl_last_dt timestamptz not null
);
create index on {SCHEMA}.items (tbl_last_dt);
create table {SCHEMA}.lines (
    item_id text, line integer, day date not null, quantity integer not null, tbl_last_dt timestamptz not null,
    primary key (item_id, line, day)
) partition by range (day);
create table {SCHEMA}.lines_1 partition of {SCHEMA}.lines for values from ('2025-01-01') to ('2025-02-01');
create table {SCHEMA}.lines_2 partition of {SCHEMA}.lines for values from ('2025-02-01') to ('2025-03-01');
create index on {SCHEMA}.lines (tbl_last_dt);
"""
TRIGGERS = """
create trigger stamp before insert or update on {schema}.{table}
    for each row execute function {schema}.stamp();
create trigger bury after delete on {schema}.{table}
    for each row execute function {schema}.bury('{table}', {key});
create trigger bury_old after update on {schema}.{table} for each row
    when (({old}) is distinct from ({new})) execute function {schema}.bury('{table}', {key});
create trigger mark after truncate on {schema}.{table}
    for each statement execute function {schema}.mark('{table}');
"""


@dataclass(frozen=True)
class Place:
    """Where a test works: its source, the accounts' URLs and the work folder."""

    source: Source
    extract_url: str
    load_url: str
    admin_url: str
    warehouse_admin_url: str
    work_dir: Path

    def run(self, **options: Any) -> IngestResult:
        return ingest(self.source, self.extract_url, self.load_url, self.work_dir, **{"margin": NO_MARGIN, **options})

    def probe(self) -> Probe:
        return probe(self.source, self.extract_url, self.load_url, margin=NO_MARGIN)

    def oltp(self) -> psycopg.Connection:
        parts = make_url(self.admin_url)
        return psycopg.connect(
            host=parts.host, port=parts.port, user=parts.username, password=parts.password, dbname=parts.database,
            autocommit=True, options=f"-c search_path={SCHEMA} -c timezone=UTC",
        )  # fmt: skip

    def execute(self, statement: str, *arguments: Any) -> None:
        with self.oltp() as connection:
            connection.execute(statement, arguments or None)

    def warehouse(self, statement: str, *arguments: Any) -> list[tuple[Any, ...]]:
        with (
            closing(
                pymysql.connect(**connect_arguments(self.warehouse_admin_url), database=STAGING, autocommit=True)
            ) as connection,
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, arguments or None)
            return list(cursor.fetchall())

    def staged(self, table: str) -> list[tuple[Any, ...]]:
        return self.warehouse(f"select * from `{STAGING}`.`{table}`")

    def state(self, table: str) -> tuple[datetime, int, int]:
        """Watermark, replaced_seq and changed_seq of a table."""
        ((watermark, replaced, changed),) = self.warehouse(
            "select watermark, replaced_seq, changed_seq from _tidemark_tables where table_name = %s", table
        )
        return watermark, replaced, changed

    def changes(self, table: str, load_seq: int | None) -> set[tuple[Any, ...]]:
        return {row[:-1] for row in self.staged(f"_tidemark_changes_{table}") if row[-1] == load_seq}

    def quarantined(self) -> set[tuple[str, str, str]]:
        """Table, key and rule of what lies in quarantine."""
        query = "select table_name, row_key, rule from quarantine.quarantined_rows where source = %s"
        return set(self.warehouse(query, self.source.name))

    def loads(self) -> int:
        """How many load packages dlt has completed."""
        return self.warehouse("select count(*) from _dlt_loads where status = 0")[0][0]

    def assert_equal(self) -> None:
        """Staging holds what the source holds, row for row and value for value."""
        for table in self.source.tables:
            with self.oltp() as connection:
                rows = connection.execute(f'select * from "{table.name}"').fetchall()
            expected = sorted((tuple(map(plain, row)) for row in rows), key=repr)
            assert sorted((tuple(map(plain, row)) for row in self.staged(table.name)), key=repr) == expected, table.name


def plain(value: Any) -> Any:
    """A value of either database in the form that both share."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(UTC).replace(tzinfo=None)
    if isinstance(value, UUID):
        return str(value)
    return value


def add_triggers(place: Place, table: str, key: tuple[str, ...]) -> None:
    definition = TRIGGERS.format(
        schema=SCHEMA,
        table=table,
        key=", ".join(f"'{k}'" for k in key),
        old=", ".join(f"old.{k}" for k in key),
        new=", ".join(f"new.{k}" for k in key),
    )
    place.execute(definition)


@pytest.fixture
def place(servers: Mapping[str, str], tmp_path: Path) -> Iterator[Place]:
    """Two empty tables with triggers in the source; no staging yet."""
    source = Source(
        "ingestion_test", "EXTRACT_URL", SCHEMA, STAGING, "tombstones",
        (Table("items", ("item_id",), "tbl_last_dt"), Table("lines", ("item_id", "line"), "tbl_last_dt")),
    )  # fmt: skip
    place = Place(
        source, servers["EXTRACT_URL"], servers["LOAD_URL"], servers["OLTP_ADMIN_URL"],
        servers["WAREHOUSE_ADMIN_URL"], tmp_path / "work",
    )  # fmt: skip
    place.execute(DEFINITION)
    add_triggers(place, "items", ("item_id",))
    add_triggers(place, "lines", ("item_id", "line"))
    place.execute(
        f"grant usage on schema {SCHEMA} to tidemark_extract;"
        f"grant select on all tables in schema {SCHEMA} to tidemark_extract"
    )
    make_staging(place)
    yield place
    shutil.rmtree(place.work_dir, ignore_errors=True)


def make_staging(place: Place) -> None:
    """Staging databases as `tidemark up` makes them, empty."""
    connection = pymysql.connect(**connect_arguments(place.warehouse_admin_url), autocommit=True)
    with closing(connection), connection.cursor() as cursor:
        for name in (STAGING, f"{STAGING}_staging"):
            cursor.execute(f"drop database if exists {name}")
            cursor.execute(f"create database {name} character set utf8mb4 collate utf8mb4_nopad_bin")
            cursor.execute(f"grant all on `{name}`.* to tidemark_load@'%'")
        cursor.execute("drop table if exists quarantine.quarantined_rows")


def with_tables(place: Place, *tables: Table) -> Place:
    return replace(place, source=replace(place.source, tables=tables))
