"""What a source says of itself before anything is taken from it."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from flows.dbt import Dbt, NodeResult


def check_integrity(dbt: Dbt, since: dt.datetime | None) -> list[NodeResult]:
    """Run the dbt tests on the source, over rows changed at or after `since` (None: all rows)."""
    return dbt.test(["tag:source_check"], variables={"since": since.isoformat() if since else ""})


def summarize_quality(url: str, function: str, since: dt.datetime | None) -> list[tuple[str, str, float]]:
    """The figures (entity, metric, value) of the source's quality summary; `function` is its qualified name."""
    with sa.create_engine(url, poolclass=sa.pool.NullPool, hide_parameters=True).connect() as connection:
        rows = connection.execute(sa.text(f"select entity, metric, value from {function}(:since)"), {"since": since})
        return [(str(row.entity), str(row.metric), float(row.value or 0)) for row in rows]
