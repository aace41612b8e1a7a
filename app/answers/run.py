"""Run a guarded statement as the role's account on the role's views, within bounds of time and size."""

from __future__ import annotations

import contextlib
import datetime as dt
import decimal
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pymysql
from sqlalchemy.engine.url import make_url

from app.answers.errors import AnswersError
from app.answers.guard import ROW_LIMIT, Guarded, GuardError

SECONDS = 20
MOST_ROWS_READ = 2_000_000_000  # of EXPLAIN's estimate: a star's joins multiply nothing, so this is far above them
RETRYABLE = (1213, 1412, 1205, 2006, 2013)  # deadlock, table definition changed, lock wait, connection lost


@dataclass(frozen=True)
class Result:
    """Columns and rows; `cut` when there were more than the limit."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    cut: bool


class TooLongError(RuntimeError):
    """The query was stopped."""


class Runner:
    """One account's connection, opened when first needed and again when it was lost. Not for several threads."""

    def __init__(self, url: str, database: str, seconds: int = SECONDS) -> None:
        self._url = make_url(url)
        self._database = database
        self._seconds = seconds
        self._connection: Any = None

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            with contextlib.suppress(pymysql.err.Error):
                self._connection.close()
            self._connection = None

    def query(self, sql: str, values: Sequence[str] = ()) -> list[tuple[Any, ...]]:
        """The rows of our own statement about values."""
        return list(self._retried(sql, values)[1])

    def run(self, statement: Guarded) -> Result:
        """Run a guarded statement; raises TooLongError when it was stopped."""
        columns, rows = self._retried(statement.text, statement.values)
        return Result(
            columns, tuple(tuple(plain_value(v) for v in row) for row in rows[:ROW_LIMIT]), len(rows) > ROW_LIMIT
        )

    def explain(self, statement: Guarded) -> int:
        """How many rows the server expects to read.

        It takes a subquery of totals, which is one row, for as long as the table under it. The guard lets no other
        subquery be crossed with anything, so of those in one SELECT that are read in full only the longest counts.
        """
        columns, rows = self._retried("explain " + statement.text, statement.values)
        products: dict[Any, int] = {}
        longest: dict[Any, int] = {}
        for row in (dict(zip(columns, values, strict=True)) for values in rows):
            which, count = row["id"], max(1, int(row["rows"] or 1))
            if str(row["table"]).startswith("<derived") and row["type"] == "ALL":
                longest[which] = max(count, longest.get(which, 1))
            else:
                products[which] = products.get(which, 1) * count
        return sum(products.get(which, 1) * longest.get(which, 1) for which in products.keys() | longest.keys())

    def _retried(self, sql: str, values: Sequence[str]) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        for attempt in (1, 2):
            try:
                return self._execute(sql, values)
            except pymysql.err.MySQLError as error:
                code = error.args[0] if error.args else 0
                if code in (1317, 1969, 3024):
                    raise TooLongError(
                        f"the query was stopped after {self._seconds} s; ask for a shorter period or fewer groups"
                    ) from error
                self.close()
                if code not in RETRYABLE or attempt == 2:
                    raise self._told(error) from error
        raise AssertionError("unreachable")

    def _told(self, error: pymysql.err.MySQLError) -> Exception:
        code, reason = ((*error.args, ""))[:2] if error.args else (0, "")
        if code in (1146, 1142, 1044, 1049, 1045, 1143):
            return AnswersError(f"the views of {self._database} cannot be read: {reason}; `tidemark run` makes them")
        if code in (2003, 2002):
            return AnswersError(
                f"cannot reach the warehouse at {self._url.host}:{self._url.port}: is it running? (tidemark up)"
            )
        return AnswersError(f"the warehouse refused the query: {reason}")

    def _execute(self, sql: str, values: Sequence[str]) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        connection = self._open()
        with self._watched(connection), connection.cursor() as cursor:
            cursor.execute(sql, tuple(values) if values or "%" in sql else None)
            columns = tuple(d[0] for d in cursor.description or ())
            return columns, list(cursor.fetchall())

    def _open(self) -> Any:
        if self._connection is None:
            self._connection = self._connect()
            with self._connection.cursor() as cursor:
                cursor.execute("select version()")
                maria = "mariadb" in str(cursor.fetchone()[0]).lower()
                limit = (
                    f"max_statement_time = {self._seconds}" if maria else f"max_execution_time = {self._seconds * 1000}"
                )
                cursor.execute(f"set session {limit}, lock_wait_timeout = 10")
                cursor.execute("set session transaction read only")
        return self._connection

    def _connect(self) -> Any:
        return pymysql.connect(
            host=self._url.host, port=self._url.port or 3306, user=self._url.username,
            password=self._url.password or "",
            database=self._database, charset="utf8mb4", autocommit=True, connect_timeout=5,
        )  # fmt: skip

    @contextlib.contextmanager
    def _watched(self, connection: Any) -> Iterator[None]:
        """The session could lift its own limit of time, so another connection kills what outlasts it."""
        watch = threading.Timer(self._seconds + 2, self._kill, (connection.thread_id(),))
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()

    def _kill(self, thread: int) -> None:
        with contextlib.suppress(pymysql.err.Error):
            other = self._connect()
            with other.cursor() as cursor:
                cursor.execute(f"kill query {int(thread)}")
            other.close()


def bound_rows(explainer: Runner | None, statement: Guarded) -> None:
    """Refuse a statement that would read too much; the guard's own account asks the server, on the tables."""
    if explainer is None:
        return
    try:
        rows = explainer.explain(statement)
    except AnswersError as error:
        raise GuardError(f"the server does not accept the statement: {error}") from error
    if rows > MOST_ROWS_READ:
        raise GuardError("the statement would read too many rows")


def plain_value(value: Any) -> Any:
    """A value as JSON knows it: numbers unrounded, dates in ISO form."""
    if isinstance(value, decimal.Decimal):
        return int(value) if value == value.to_integral_value() and value.as_tuple().exponent == 0 else float(value)
    if isinstance(value, dt.datetime):
        return value.isoformat() if value.time() != dt.time() else value.date().isoformat()
    if isinstance(value, dt.date | dt.timedelta):
        return value.isoformat() if isinstance(value, dt.date) else str(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value
