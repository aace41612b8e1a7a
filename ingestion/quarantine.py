"""The table in which rows that must not reach the warehouse lie, with their reason: one for all sources.

A row is here because staging cannot hold it (`held` = 0), or because it breaks a declared rule or lacks a parent; the
latter are kept with their types in a table beside their own (see `held_rows`) and are shown here as JSON. Values of
personal columns are masked.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import pymysql

from ingestion.csv_files import quoted
from ingestion.errors import IngestionError
from ingestion.model import Extract, UnrepresentableRow

DATABASE = "quarantine"
TABLE = f"{DATABASE}.quarantined_rows"
DDL = f"""create table if not exists {TABLE} (
    source varchar(64) not null,
    table_name varchar(64) not null,
    held boolean not null,
    row_hash char(32) not null,
    row_key json not null,
    row_data json not null,
    rule varchar(1024) not null,
    run_id varchar(64) not null,
    first_seen_at datetime(6) not null,
    last_seen_at datetime(6) not null,
    primary key (source, table_name, held, row_hash)
) character set utf8mb4 collate utf8mb4_bin"""
NOT_THERE = {1146, 1049, 1142, 1044}  # table or database missing, or not visible because it was never made
FORBIDDEN = {1044, 1142, 1045}
MASKED = "(masked)"
DOUBLED = "key_is_unique"  # the rule that rows break of which several have one key
MOST_DOUBLED = 10_000  # keys; beyond them the declared key is no key
BATCH = 500
MOST = 100_000  # rows of a table that staging cannot hold; beyond them something else is wrong


@dataclass(frozen=True)
class QuarantinedRow:
    """One row of the quarantine. `row_key` and `row_data` are JSON, personal values masked; instants are in UTC."""

    source: str
    table_name: str
    row_hash: str
    row_key: str
    row_data: str
    rule: str
    run_id: str
    first_seen_at: datetime
    last_seen_at: datetime


def ensure_table(cursor: Any) -> None:
    """Create the quarantine if it is missing; raises IngestionError if the load account may not."""
    cursor.execute("select 1 from information_schema.tables where table_schema = %s limit 1", (DATABASE,))
    if cursor.fetchone():
        return
    try:
        cursor.execute("select 1 from information_schema.schemata where schema_name = %s", (DATABASE,))
        if not cursor.fetchone():
            cursor.execute(f"create database {DATABASE} character set utf8mb4 collate utf8mb4_bin")
        cursor.execute(DDL)
    except pymysql.err.MySQLError as error:
        if error.args[0] not in FORBIDDEN:
            raise
        raise IngestionError(
            f"the load account may not make the database {DATABASE}, where bad rows are kept: create it and grant the"
            " account all rights on it"
        ) from error


def standing(connection: Any, source: str) -> Mapping[str, Mapping[str, int]]:
    """Return how many rows of each table lie in quarantine, by the rules that they break."""
    found: dict[str, dict[str, int]] = {}
    for table, rule, rows in _select(
        connection, f"select table_name, rule, count(*) from {TABLE} where source = %s group by 1, 2", (source,)
    ):
        found.setdefault(table, {})[rule] = rows
    return found


def newest_rows(connection: Any, most: int) -> Sequence[QuarantinedRow]:
    """Return at most so many rows that lie in quarantine, the newest first."""
    names = ", ".join(field.name for field in fields(QuarantinedRow))
    rows = _select(connection, f"select {names} from {TABLE} order by first_seen_at desc limit %s", (most,))
    return [QuarantinedRow(*row) for row in rows]


def doubled_keys(connection: Any, source: str, rule: str) -> Mapping[str, tuple[str, ...]]:
    """Return by table the keys, as JSON, of the rows that are here because several have one key."""
    found: dict[str, tuple[str, ...]] = {}
    for table, key in _select(
        connection,
        f"select distinct table_name, row_key from {TABLE}"
        " where source = %s and held = 0 and find_in_set(%s, replace(rule, ', ', ','))",
        (source, rule),
    ):
        found[table] = (*found.get(table, ()), key)
    return found


def unrepresentable_counts(connection: Any, source: str) -> Mapping[str, int]:
    """Return by table how many rows are here because staging cannot hold them."""
    query = f"select table_name, count(*) from {TABLE} where source = %s and held = 0 group by 1"
    return dict(_select(connection, query, (source,)))


def unrepresentable_hashes(connection: Any, source: str, table: str) -> set[str]:
    """Return the hashes of a table's rows that are here because staging cannot hold them."""
    query = f"select row_hash from {TABLE} where source = %s and table_name = %s and held = 0"
    return {row_hash for (row_hash,) in _select(connection, query, (source, table))}


def _select(connection: Any, query: str, arguments: tuple[Any, ...]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        try:
            cursor.execute(query, arguments)
        except (pymysql.err.ProgrammingError, pymysql.err.OperationalError) as error:
            if error.args[0] not in NOT_THERE:
                raise
            return ()
        rows: Sequence[tuple[Any, ...]] = cursor.fetchall()
        return rows


def row_hash(row: UnrepresentableRow) -> str:
    """Return what tells a row from others of its table, also from those that share its key."""
    return hashlib.sha256(row.row.encode()).hexdigest()[:32]


def keep_all_unrepresentable(cursor: Any, source: str, extracts: Mapping[str, Extract], run_id: str) -> None:
    """Enter the rows that staging cannot hold; where an extract has all of them, others leave the quarantine."""
    for table, extract in extracts.items():
        _keep_unrepresentable(cursor, source, table, extract.refused, run_id, all_rows=extract.all_refused)


def _keep_unrepresentable(
    cursor: Any, source: str, table: str, rows: Sequence[UnrepresentableRow], run_id: str, *, all_rows: bool
) -> None:
    seen = [row_hash(row) for row in rows]
    if all_rows:
        cursor.execute(
            f"delete from {TABLE} where source = %s and table_name = %s and held = 0"
            + (f" and row_hash not in ({', '.join(['%s'] * len(seen))})" if seen else ""),
            (source, table, *seen),
        )
    statement = (
        f"insert into {TABLE} (source, table_name, held, row_hash, row_key, row_data, rule, run_id, first_seen_at,"
        " last_seen_at) values (%s, %s, 0, %s, %s, %s, %s, %s, utc_timestamp(6), utc_timestamp(6))"
        " on duplicate key update rule = values(rule), last_seen_at = values(last_seen_at)"
    )
    entries = [
        (source, table, digest, row.key, row.row, row.rule, run_id) for digest, row in zip(seen, rows, strict=True)
    ]
    for start in range(0, len(entries), BATCH):
        cursor.executemany(statement, entries[start : start + BATCH])


def shows_held(cursor: Any, source: str, table: str) -> bool:
    """Whether there are entries of a table's held rows."""
    cursor.execute(f"select 1 from {TABLE} where source = %s and table_name = %s and held = 1 limit 1", (source, table))
    return cursor.fetchone() is not None


def show_held(
    cursor: Any, source: str, table: str, held: str, *, key: Sequence[str], row_json: str, rule: str, run_id: str
) -> None:
    """Make the entries of a table's held rows those of `held`, a table; `row_json` and `rule` are SQL over `child`."""
    names = ", ".join(f"'{name}', child.{quoted(name)}" for name in key)
    digest = "md5(concat_ws('|', " + ", ".join(f"hex(child.{quoted(name)})" for name in key) + "))"
    cursor.execute(
        f"insert into {TABLE} (source, table_name, held, row_hash, row_key, row_data, rule, run_id, first_seen_at,"
        f" last_seen_at) select %s, %s, 1, {digest}, json_object({names}), {row_json}, {rule}, %s,"
        f" utc_timestamp(6), utc_timestamp(6) from {held} as child"
        " on duplicate key update row_data = values(row_data), rule = values(rule),"
        " last_seen_at = values(last_seen_at)",
        (source, table, run_id),
    )
    cursor.execute(
        f"delete {TABLE} from {TABLE} left join (select {digest} as row_hash from {held} as child) as present"
        f" on present.row_hash = {TABLE}.row_hash"
        f" where {TABLE}.source = %s and {TABLE}.table_name = %s and {TABLE}.held = 1 and present.row_hash is null",
        (source, table),
    )
