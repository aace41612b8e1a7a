"""The MySQL side of ingestion beside the tables themselves: connection, state and the record of loads."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pymysql
from sqlalchemy.engine import make_url

from ingestion.csv_files import quoted
from ingestion.errors import IngestionError
from ingestion.model import Extract, Guard, LoadReport, TablePlan, TableState
from ingestion.sightings import NOT_THERE, ensure_sightings, keep_sightings, read_sightings

STATE = "_tidemark_tables"
HISTORY = "_tidemark_watermarks"
CHANGES = "_tidemark_changes_"
DELETED = "_tidemark_deleted_"
HELD = "_tidemark_held_"
KEEPS_KEYS = ("utf8mb4_nopad_bin", "utf8mb4_0900_bin")  # MariaDB's and MySQL's
SESSION = (
    "set session sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE,"
    "NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', max_error_count = 64"
)

STATE_DDL = f"""create table if not exists {{database}}.{STATE} (
    table_name varchar(64) not null primary key,
    watermark datetime(6) not null,
    replaced_seq bigint not null,
    changed_seq bigint not null,
    load_seq bigint not null,
    load_id varchar(64) not null,
    fingerprint varchar(255) not null,
    structure char(32) not null,
    checked_at datetime(6) not null
)"""
HISTORY_DDL = f"""create table if not exists {{database}}.{HISTORY} (
    load_seq bigint not null,
    table_name varchar(64) not null,
    load_id varchar(64) not null,
    watermark datetime(6) not null,
    extracted bigint not null,
    deleted bigint not null,
    primary key (load_seq, table_name)
)"""


def connect_arguments(url: str) -> dict[str, Any]:
    """Return the PyMySQL arguments of a SQLAlchemy URL, with a strict session in UTC."""
    parts = make_url(url)
    query = {key: str(value) for key, value in parts.query.items()}
    return {
        "host": parts.host or "127.0.0.1",
        "port": parts.port or 3306,
        "user": parts.username,
        "password": parts.password or "",
        "charset": "utf8mb4",
        "local_infile": query.get("local_infile", "1") not in ("0", "false"),
        "init_command": SESSION,
        "connect_timeout": 10,
        **_transport(parts.host, query),
    }


def _transport(host: str | None, query: Mapping[str, str]) -> dict[str, Any]:
    """TLS as the URL asks for; none on this machine itself, where making its context costs 40 ms a connection."""
    if "ssl_ca" in query:
        return {"ssl": {"ca": query["ssl_ca"]}}
    return {"ssl_disabled": True} if host in (None, "localhost", "127.0.0.1", "::1") else {}


def connect(url: str) -> Any:
    """Open a connection to the warehouse for reading and keeping state, in autocommit mode."""
    parts = make_url(url)
    try:
        return pymysql.connect(**connect_arguments(url), autocommit=True)
    except pymysql.err.MySQLError as error:
        raise IngestionError(
            f"cannot reach the warehouse at {parts.host}:{parts.port}: {error.args[-1]}; is it running, "
            "and is the load account's URL right?"
        ) from error


def ensure_database(connection: Any, database: str) -> None:
    """Create the staging database if it is missing; refuse one whose collation would merge different keys."""
    with connection.cursor() as cursor:
        for name in (database, f"{database}_staging"):
            cursor.execute(
                "select default_collation_name from information_schema.schemata where schema_name = %s", (name,)
            )
            row = cursor.fetchone()
            if row is None:
                _create_database(cursor, name)
            elif row[0] not in KEEPS_KEYS:
                raise IngestionError(
                    f"the database {name} has the collation {row[0]}, under which different keys are equal or "
                    "characters are lost; make it utf8mb4_nopad_bin (MariaDB) or utf8mb4_0900_bin (MySQL)"
                )
        cursor.execute(STATE_DDL.format(database=quoted(database)))
        cursor.execute(HISTORY_DDL.format(database=quoted(database)))
        ensure_sightings(cursor, database)


def _create_database(cursor: Any, name: str) -> None:
    cursor.execute("select version()")
    collation = "utf8mb4_nopad_bin" if "mariadb" in cursor.fetchone()[0].lower() else "utf8mb4_0900_bin"
    try:
        cursor.execute(f"create database {quoted(name)} character set utf8mb4 collate {collation}")
    except pymysql.err.MySQLError as error:
        raise IngestionError(
            f"the database {name} is missing and the load account may not create it; create it, with the collation"
            f" {collation}"
        ) from error


def read_states(connection: Any, database: str) -> Mapping[str, TableState]:
    """Return what the warehouse holds, by table; a table that is gone or never finished its first load is left out."""
    with connection.cursor() as cursor:
        try:
            cursor.execute(
                f"select s.table_name, watermark, replaced_seq, changed_seq, load_seq, fingerprint, structure"
                f" from {quoted(database)}.{STATE} s join information_schema.tables t"
                " on t.table_schema = %s and t.table_name = s.table_name",
                (database,),
            )
        except (pymysql.err.ProgrammingError, pymysql.err.OperationalError) as error:
            if error.args[0] in NOT_THERE:
                return {}
            if isinstance(error, pymysql.err.ProgrammingError):
                raise
            raise IngestionError(
                f"the load account may not read {database}: {error.args[-1]}; grant it all rights on it"
            ) from error
        rows = cursor.fetchall()
        seen = read_sightings(cursor, database)
    return {
        name: replace(TableState(watermark.replace(tzinfo=UTC), *rest), sighting=seen.get(name))
        for name, watermark, *rest in rows
    }


def is_empty(connection: Any, database: str, tables: Sequence[str]) -> bool:
    """Say whether none of the staging tables holds a row."""
    with connection.cursor() as cursor:
        cursor.execute("select table_name from information_schema.tables where table_schema = %s", (database,))
        there = {name for (name,) in cursor.fetchall()}
        return not any(
            cursor.execute(f"select 1 from {quoted(database)}.{quoted(name)} limit 1")
            for name in tables
            if name in there
        )


def next_sequence(connection: Any, database: str) -> int:
    """Return the number of a new load: microseconds since the epoch, greater than that of any load before."""
    highest = [f"select max(load_seq) as seq from {quoted(database)}.{STATE}"]
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name from information_schema.tables where table_schema = %s and table_name like %s",
            (database, CHANGES.replace("_", r"\_") + "%"),
        )
        highest += [f"select max(load_seq) from {quoted(database)}.{quoted(name)}" for (name,) in cursor.fetchall()]
        cursor.execute(f"select max(seq) from ({' union all '.join(highest)}) s")
        (last,) = cursor.fetchone()
    return max(int(datetime.now(UTC).timestamp() * 1_000_000), (last or 0) + 1)


def ensure_changes(cursor: Any, database: str, plan: TablePlan) -> None:
    """Create the table of changed keys beside a staging table."""
    keys = ", ".join(f"{quoted(column.name)} {column.staging_type} not null" for column in plan.key_columns)
    names = ", ".join(quoted(column.name) for column in plan.key_columns)
    cursor.execute(
        f"create table if not exists {quoted(database)}.{quoted(CHANGES + plan.table.name)}"
        f" ({keys}, load_seq bigint not null, primary key (load_seq, {names}))"
    )


def count_changes(connection: Any, database: str, table: str, load_seq: int) -> int:
    """Return how many keys of a table a load has changed."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select count(*) from {quoted(database)}.{quoted(CHANGES + table)} where load_seq = %s", (load_seq,)
        )
        return int(cursor.fetchone()[0])


def forget(cursor: Any, database: str, table: str) -> None:
    """Declare a table unloaded before it is emptied, so that a load that dies half way is not taken for complete."""
    cursor.execute(f"delete from {quoted(database)}.{STATE} where table_name = %s", (table,))


def drop_table(connection: Any, database: str, table: str, guard: Guard | None) -> None:
    """Drop a table of which the columns changed, and all that lies beside it; the load that follows makes it anew."""
    with connection.cursor() as cursor:
        cursor.execute("begin")
        if guard:
            guard(cursor)
        forget(cursor, database, table)
        cursor.execute("commit")
        for name in (table, DELETED + table):
            cursor.execute(f"drop table if exists {quoted(f'{database}_staging')}.{quoted(name)}")
        for name in (table, CHANGES + table, HELD + table):
            cursor.execute(f"drop table if exists {quoted(database)}.{quoted(name)}")


def record_load(
    cursor: Any, database: str, plans: Sequence[TablePlan], extracts: Mapping[str, Extract], report: LoadReport,
    load_seq: int, load_id: str,
) -> None:  # fmt: skip
    """Store the new watermarks, in the transaction that declares dlt's load complete.

    changed_seq comes from the recorded keys, not from this load alone: a load that died after a merge has recorded
    keys that this one, finding the rows already equal, does not record again.
    """
    keep_sightings(cursor, database, ((plan.table.name, plan.sighting) for plan in plans if plan.sighting))
    for plan in plans:
        name = plan.table.name
        replaced = load_seq if plan.mode == "replace" or plan.state is None else plan.state.replaced_seq
        cursor.execute(
            f"replace into {quoted(database)}.{STATE} (table_name, watermark, replaced_seq, changed_seq, load_seq,"
            " load_id, fingerprint, structure, checked_at) select %s, %s, %s,"
            f" greatest(%s, %s, coalesce((select max(load_seq) from {quoted(database)}.{quoted(CHANGES + name)}), 0)),"
            " %s, %s, %s, %s, utc_timestamp(6)",
            (
                name,
                naive(plan.watermark),
                replaced,
                replaced,
                plan.state.changed_seq if plan.state else 0,
                load_seq,
                load_id,
                plan.fingerprint,
                plan.structure,
            ),
        )
        if plan.mode != "none":
            cursor.execute(
                f"insert into {quoted(database)}.{HISTORY} values (%s, %s, %s, %s, %s, %s)",
                (
                    load_seq, name, load_id, naive(plan.watermark), _read(extracts.get(name)),
                    report.deleted.get(name, 0),
                ),
            )  # fmt: skip


def _read(extract: Extract | None) -> int:
    return extract.count("rows") + len(extract.refused) if extract else 0


def advance(connection: Any, database: str, plans: Sequence[TablePlan], guard: Guard | None) -> None:
    """Move watermarks and fingerprints forward when there is nothing to load."""
    with connection.cursor() as cursor:
        ensure_sightings(cursor, database)
    with connection.cursor() as cursor, guarded(cursor, guard):
        keep_sightings(cursor, database, ((plan.table.name, plan.sighting) for plan in plans if plan.sighting))
        for plan in plans:
            cursor.execute(
                f"update {quoted(database)}.{STATE} set watermark = %s, fingerprint = %s, changed_seq ="
                f" greatest(changed_seq, coalesce((select max(load_seq) from"
                f" {quoted(database)}.{quoted(CHANGES + plan.table.name)}), 0)),"
                " checked_at = utc_timestamp(6) where table_name = %s",
                (naive(plan.watermark), plan.fingerprint, plan.table.name),
            )


@contextmanager
def guarded(cursor: Any, guard: Guard | None) -> Iterator[None]:
    """A transaction on a connection in autocommit mode that begins with the guard."""
    cursor.execute("begin")
    try:
        if guard:
            guard(cursor)
        yield
        cursor.execute("commit")
    except BaseException:
        cursor.execute("rollback")
        raise


def naive(instant: datetime) -> datetime:
    """Return an instant as MySQL's DATETIME holds it: UTC without a zone."""
    return instant.astimezone(UTC).replace(tzinfo=None)
