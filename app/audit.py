"""In whose name a transaction changes rows: the audit's triggers read it."""

from __future__ import annotations

import sqlalchemy as sa


def act_as(connection: sa.Connection, actor: str) -> None:
    """Name who makes the changes of this transaction."""
    connection.execute(sa.text("select set_config('audit.actor', :actor, true)"), {"actor": actor[:200]})
