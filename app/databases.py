"""Pooled connections of the app, one bounded pool for each account."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import sqlalchemy as sa

from app.rights import give_rights
from oltp.audit import SQL_FILE as AUDIT

SQL_FOLDER = Path(__file__).with_name("sql")
CONNECT_SECONDS = 5
STATEMENT_SECONDS = 20
NO_ANSWER = (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError)  # the last: no connection is free


class UnreachableError(RuntimeError):
    """A database does not answer; the sentence says which, and what to do."""


@cache
def engine(url: str) -> sa.Engine:
    """The pool of an account: ten connections at most, none idle for longer than ten minutes."""
    mysql = sa.make_url(url).get_backend_name() in ("mysql", "mariadb")
    arguments: dict[str, object] = (
        {"connect_timeout": CONNECT_SECONDS, "read_timeout": STATEMENT_SECONDS}
        if mysql
        else {
            "connect_timeout": CONNECT_SECONDS,
            "options": f"-c statement_timeout={STATEMENT_SECONDS}s -c timezone=UTC",
        }
    )
    return sa.create_engine(
        url,
        pool_size=5,
        max_overflow=5,
        pool_timeout=CONNECT_SECONDS,
        pool_recycle=600,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args=arguments,
    )


def at_once(url: str) -> sa.Connection:
    """A connection on which each statement commits by itself: for one statement, two round trips less."""
    return engine(url).connect().execution_options(isolation_level="AUTOCOMMIT")


def install(url: str, pages_url: str | None = None) -> None:
    """Create what is missing of the app's tables, and give the account of the pages its rights on them.

    `url` is the owner of the database `app`; without `pages_url`, the pages do their work as the owner too.
    """
    with engine(url).begin() as connection:
        connection.execute(sa.text("select pg_advisory_xact_lock(hashtext('app.install'))"))
        connection.exec_driver_sql("set local client_min_messages = warning")
        for path in (AUDIT, *sorted(SQL_FOLDER.glob("*.sql"))):
            connection.exec_driver_sql(path.read_text(encoding="utf-8").replace("%", "%%"))
        account = sa.make_url(pages_url or url).username
        if account and account != sa.make_url(url).username:
            give_rights(connection, account)
