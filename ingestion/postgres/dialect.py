"""PostgreSQL as a source: the dialect that `ingestion.dialect` describes, put together from its parts."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Any

import psycopg
from psycopg import sql

from ingestion.declarations import Source, Table
from ingestion.dialect import Key, Lines, ReadLine
from ingestion.model import Column, TablePlan
from ingestion.postgres.activity import read_activity, read_identities
from ingestion.postgres.checksums import key_texts, read_figures, read_total, select_keys
from ingestion.postgres.checksums import read_rows as read_digests
from ingestion.postgres.indexes import warn_of_missing_indexes
from ingestion.postgres.limits import read_doubled_keys
from ingestion.postgres.limits import read_key_texts as _read_key_texts
from ingestion.postgres.queries import (
    begin_snapshot,
    connect,
    copy_out,
    count_of,
    in_order_of_bytes,
    in_order_of_index,
    read_columns,
    select_deleted_keys,
    select_gone_keys,
    select_rows,
    select_unrepresentable,
    survey,
)

__all__ = [
    "begin_snapshot",
    "connect",
    "copy_gone_keys",
    "copy_keys",
    "copy_rows",
    "count_deleted_keys",
    "count_rows",
    "count_table",
    "end_snapshot",
    "purge_tombstones",
    "read_activity",
    "read_columns",
    "read_deleted_keys",
    "read_digests",
    "read_doubled_keys",
    "read_figures",
    "read_identities",
    "read_key_texts",
    "read_total",
    "read_unrepresentable",
    "survey",
    "warn_of_missing_indexes",
]

Connection = psycopg.Connection[Any]


def end_snapshot(connection: Connection) -> None:
    """End the transaction."""
    connection.execute("rollback")


def read_key_texts(
    connection: Connection, source: Source, table: Table, columns: Sequence[Column], keys: Sequence[str]
) -> tuple[Key, ...]:
    """Return keys that are given as JSON objects as texts; PostgreSQL knows the columns' types."""
    del columns
    return _read_key_texts(connection, source, table, keys)


def copy_rows(connection: Connection, source: Source, plan: TablePlan) -> Lines:
    """Read the rows that the plan asks for and staging can hold.

    All of a table in an order in which staging's key takes them in fast: that of an index, or that of the key's bytes.
    """
    query = select_rows(source, plan)
    if plan.since is not None:
        return _copy(connection, query)
    order = in_order_of_index(connection, source, plan)
    if order is None:
        return _copy(connection, query + in_order_of_bytes(plan))
    return _copy(connection, query + order, without_sorting=True)


def copy_gone_keys(connection: Connection, source: Source, plan: TablePlan) -> Lines | None:
    """Read the keys that staging must not hold; None if nothing can tell of any."""
    query = select_gone_keys(source, plan)
    return _copy(connection, query) if query is not None else None


def copy_keys(connection: Connection, source: Source, plan: TablePlan, keys: Sequence[Key]) -> Lines:
    """Read the rows of these keys."""
    return _copy(connection, select_keys(source, plan, keys))


def _copy(
    connection: Connection, query: sql.Composable, *, without_sorting: bool = False
) -> AbstractContextManager[ReadLine]:
    @contextmanager
    def copying() -> Iterator[ReadLine]:
        if without_sorting:  # the planner takes conditions that every row meets to leave few rows, soon sorted
            connection.execute("set enable_sort = off")
        with connection.cursor() as cursor, cursor.copy(copy_out(query)) as copy:
            yield copy.read  # the server sends each row as one message
        if without_sorting:
            connection.execute("reset enable_sort")

    return copying()


def read_unrepresentable(
    connection: Connection, source: Source, plan: TablePlan, *, all_rows: bool, most: int
) -> Sequence[tuple[str, str, str]]:
    """Return up to `most` rows that staging cannot hold: key and row as JSON, and the rules that they break."""
    with connection.cursor() as cursor:
        cursor.execute(select_unrepresentable(source, plan, all_rows=all_rows))
        return cursor.fetchmany(most)


def count_table(connection: Connection, source: Source, plan: TablePlan) -> int:
    """Count all rows of the table, also those that staging cannot hold."""
    return _count(connection, sql.SQL("select from {}").format(sql.Identifier(source.schema, plan.table.name)))


def count_rows(connection: Connection, source: Source, plan: TablePlan) -> int:
    """Count the rows that the plan asks for and staging can hold."""
    return _count(connection, select_rows(source, plan))


def count_deleted_keys(connection: Connection, source: Source, plan: TablePlan) -> int:
    """Count the keys that tombstones name and the snapshot does not hold."""
    return _count(connection, select_deleted_keys(source, plan))


def read_deleted_keys(connection: Connection, source: Source, plan: TablePlan) -> set[Key]:
    """Return the keys that tombstones name and the snapshot does not hold."""
    return set(connection.execute(key_texts(select_deleted_keys(source, plan), plan)).fetchall())


def _count(connection: Connection, query: sql.Composable) -> int:
    row = connection.execute(count_of(query)).fetchone()
    return int(row[0]) if row else 0


def purge_tombstones(connection: Connection, source: Source, before: datetime, batch: int) -> int:
    """Call the source's function that removes tombstones."""
    assert source.purge_tombstones is not None  # noqa: S101
    function = sql.SQL(".").join(sql.Identifier(part) for part in source.purge_tombstones.split("."))
    connection.execute("set default_transaction_read_only = off")  # this connection reads nothing
    row = connection.execute(sql.SQL("select {}(%s, %s)").format(function), (before, batch)).fetchone()
    return int(row[0] or 0) if row else 0
