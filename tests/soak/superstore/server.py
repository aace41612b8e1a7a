"""Sessions on the superstore's PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from sqlalchemy.engine import make_url

from oltp.superstore.schema import install
from tests.soak.rows import Row, Tables
from tests.soak.superstore.oracle import KEYS
from tests.soak.superstore.statements import BEGINNING, EMPTYING
from tests.soak.system import Refused, Session

SETTINGS = "-c search_path=superstore -c timezone=UTC -c lock_timeout=250ms"
TOLD = ("insert", "update", "delete")  # statements that can return what they wrote


class PostgresSession:
    """A connection of an account."""

    def __init__(self, url: str, *, triggers: bool = True) -> None:
        parts = make_url(url)
        self.connection: psycopg.Connection[Any] = psycopg.connect(
            host=parts.host, port=parts.port, user=parts.username, password=parts.password, dbname=parts.database,
            autocommit=True, options=SETTINGS,
        )  # fmt: skip
        self.connection.prepare_threshold = None
        if not triggers:
            self.execute("set session_replication_role = replica")

    @property
    def in_transaction(self) -> bool:
        return self.connection.info.transaction_status.name in ("INTRANS", "INERROR")

    def execute(self, statement: str) -> None:
        self.connection.execute(statement)

    def write(self, statements: Sequence[str], pick: int, value: int) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = []
        try:
            with self.connection.transaction():
                for statement in statements:
                    told = statement.startswith(TOLD)
                    cursor = self.connection.execute(
                        f"{statement} returning *" if told else statement, {"pick": pick, "value": value}
                    )
                    rows += cursor.fetchall() if told else []
        except psycopg.Error as error:
            raise Refused(str(error).splitlines()[0]) from error
        return rows

    def transact(self, what: str, name: str) -> None:
        statement = {
            "begin": "begin", "savepoint": "savepoint here", "rollback to savepoint": "rollback to savepoint here",
            "commit": "commit", "rollback": "rollback", "prepare": f"prepare transaction '{name}'",
        }[what]  # fmt: skip
        try:
            self.connection.execute(statement)
        except psycopg.Error as error:  # no such savepoint
            self.connection.execute("rollback")
            raise Refused(str(error).splitlines()[0]) from error

    def close(self) -> None:
        self.connection.close()


class PostgresServer:
    """The superstore's server."""

    def __init__(self, urls: Mapping[str, str]) -> None:
        self.urls = urls
        self._admin = PostgresSession(urls["OLTP_ADMIN_URL"], triggers=False)

    def begin_anew(self) -> None:
        install(self.urls["OLTP_URL"])  # whoever came before may have dropped it
        owner = self.writer(0)
        for session, statements in ((self._admin, EMPTYING), (owner, BEGINNING)):
            with session.connection.transaction():
                for statement in statements:
                    session.connection.execute(statement, {"pick": 0, "value": 0})
        owner.close()

    def writer(self, number: int) -> PostgresSession:
        return PostgresSession(self.urls["OLTP_URL"])

    def past_triggers(self) -> Session:
        return PostgresSession(self.urls["OLTP_ADMIN_URL"], triggers=False)

    def read(self) -> Tables:
        connection = self._admin.connection
        connection.execute("begin isolation level repeatable read read only")
        try:
            return {table: _read_table(connection, table) for table in KEYS}
        finally:
            connection.execute("rollback")

    def resolve_prepared(self, *, commit: bool) -> list[str]:
        rows = self._admin.connection.execute(
            "select gid from pg_prepared_xacts where gid like 'soak %' and database = current_database()"
        ).fetchall()
        for (name,) in rows:
            self._admin.execute(f"{'commit' if commit else 'rollback'} prepared '{name}'")
        return [name for (name,) in rows]

    def cut_pipeline(self) -> None:
        self._admin.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'tidemark_extract'")

    def close(self) -> None:
        self._admin.close()


def open_server(urls: Mapping[str, str]) -> PostgresServer:
    """Connect to the server by the addresses of `local/connections.env`."""
    return PostgresServer(urls)


def _read_table(connection: Any, table: str) -> Sequence[Row]:
    columns = connection.execute(
        "select column_name, data_type from information_schema.columns"
        " where table_schema = 'superstore' and table_name = %s order by ordinal_position",
        (table,),
    ).fetchall()
    names = [name for name, _ in columns]
    # the text of infinity is the word itself, and to_char knows no such thing
    instant = "coalesce(to_char({0} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), {0}::text)"
    outputs = ", ".join((instant if kind.startswith("timestamp") else "{0}::text").format(n) for n, kind in columns)
    rows = connection.execute(f"select {outputs} from superstore.{table}").fetchall()
    return [dict(zip(names, row, strict=True)) for row in rows]
