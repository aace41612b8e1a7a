"""Every question and query that a person puts to the data, with who asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, dataclass

import pandas as pd
import sqlalchemy as sa

from app.databases import at_once, engine

OnQuery = Callable[[str, int, int], None]  # SQL, rows, milliseconds


@dataclass(frozen=True)
class Asked:
    """One query: `kind` says from where (dashboard, question), `rows` and `milliseconds` what it cost.

    What somebody chose on a dashboard is in `question` and has no SQL: it is computed from lines that were read before.
    """

    user_name: str
    role: str
    kind: str
    sql: str | None
    rows: int | None
    milliseconds: int
    status: str = "answered"
    question: str | None = None


def keep(app_url: str, asked: Asked) -> None:
    """Add a query to the log."""
    with at_once(app_url) as connection:
        connection.execute(
            sa.text(
                "insert into query_log (user_name, role, kind, question, sql, rows, milliseconds, status) "
                "values (:user_name, :role, :kind, :question, :sql, :rows, :milliseconds, :status)"
            ),
            asdict(asked),
        )


def read(app_url: str, since: dt.datetime, user: str = "", limit: int = 1000) -> pd.DataFrame:
    """The queries since an instant, the newest first."""
    with engine(app_url).connect() as connection:
        rows = connection.execute(
            sa.text(
                "select asked_at, user_name, role, kind, status, rows, milliseconds, question, sql from query_log "
                "where asked_at >= :since and (:user = '' or user_name = :user) order by asked_at desc limit :limit"
            ),
            {"since": since, "user": user, "limit": limit},
        )
        return pd.DataFrame(rows.all(), columns=list(rows.keys()))
