"""Who came to the door, and was let in or not. A name that nobody has is not kept: people type passwords there."""

from __future__ import annotations

import pandas as pd
import sqlalchemy as sa

from app.auth.users import User


def note(connection: sa.Connection, user: User | None, event: str, browser: str) -> None:
    """Add an event: `password`, `wrong password`, `unknown name`, `code`, `wrong code`, `signed out` and the like."""
    _add(connection, user.name if user else None, event, browser)


def note_page_refused(connection: sa.Connection, name: str, page: str) -> None:
    """Add that a person asked for a page that their role does not open."""
    _add(connection, name, f"refused page {page[:60]}", "")


def _add(connection: sa.Connection, name: str | None, event: str, browser: str) -> None:
    connection.execute(
        sa.text("insert into sign_ins (user_name, event, browser) values (:name, :event, :browser)"),
        {"name": name, "event": event, "browser": browser.replace("\0", "")[:200]},
    )


def read(connection: sa.Connection, limit: int) -> pd.DataFrame:
    """The newest events first: happened_at, user_name (empty for a name that nobody has), event and browser."""
    rows = connection.execute(
        sa.text(
            "select happened_at, coalesce(user_name, '') as user_name, event, browser from sign_ins "
            "order by sign_in_id desc limit :limit"
        ),
        {"limit": limit},
    )
    return pd.DataFrame(rows.all(), columns=list(rows.keys()))
