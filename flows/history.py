"""What is known of past runs, kept in the `app` database: people own it, so it never lies in the warehouse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from flows.report import ReconciledTable, RunReport, RunRequest
from ingestion.quarantine import QuarantinedRow
from warehouse.partitions import Partition

metadata = sa.MetaData()

runs = sa.Table(
    "runs",
    metadata,
    sa.Column("run_id", sa.Text, primary_key=True),
    sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("ended_at", sa.DateTime(timezone=True)),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("request", JSONB, nullable=False),
    sa.Column("report", JSONB),
    sa.Column("error", sa.Text),
    sa.Index("runs_started_at", "started_at"),
)

quality_metrics = sa.Table(
    "quality_metrics",
    metadata,
    sa.Column("run_id", sa.Text, sa.ForeignKey("runs.run_id", ondelete="CASCADE"), primary_key=True),
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("entity", sa.Text, primary_key=True),
    sa.Column("metric", sa.Text, primary_key=True),
    sa.Column("value", sa.Numeric, nullable=False),
    sa.Column("since", sa.DateTime(timezone=True), comment="rows changed from then on were looked at; null: all rows"),
)

proofs = sa.Table(
    "proofs",
    metadata,
    sa.Column("run_id", sa.Text, sa.ForeignKey("runs.run_id", ondelete="CASCADE"), primary_key=True),
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("table", sa.Text, primary_key=True),
    sa.Column("proved_equal_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("rows", sa.BigInteger, nullable=False),
    sa.Column("buckets", sa.Integer, nullable=False),
    sa.Column("healed", JSONB, nullable=False),
    sa.Index("proofs_of_table", "source", "table", "proved_equal_at"),
)

# As they were after the last run, for pages that may not look into the warehouse.
quarantined_rows = sa.Table(
    "quarantined_rows",
    metadata,
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("table_name", sa.Text, primary_key=True),
    sa.Column("row_hash", sa.Text, primary_key=True),
    sa.Column("row_key", sa.Text, nullable=False),
    sa.Column("row_data", sa.Text, nullable=False, comment="JSON; personal values are masked"),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("run_id", sa.Text, nullable=False),
    sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
)

partitions = sa.Table(
    "partitions",
    metadata,
    sa.Column("database", sa.Text, primary_key=True),
    sa.Column("table", sa.Text, primary_key=True),
    sa.Column("partition", sa.Text, primary_key=True),
    sa.Column("expression", sa.Text, nullable=False),
    sa.Column("upper_bound", sa.Text, nullable=False),
    sa.Column("rows", sa.BigInteger, nullable=False),
    sa.Column("bytes", sa.BigInteger, nullable=False),
    sa.Column("run_id", sa.Text, nullable=False),
)

INTERRUPTED = "the run ended without a word: its process was killed; run again, nothing was lost"


class History:
    """What is kept of runs, and how they left the quarantine and the partitions. `url` owns the `app` database."""

    def __init__(self, url: str) -> None:
        self._engine = sa.create_engine(url, poolclass=sa.pool.NullPool, hide_parameters=True)
        metadata.create_all(self._engine)

    def start(self, run_id: str, request: RunRequest) -> None:
        """Note that a run begins. Call while holding the run lock: runs left open by a killed process are closed."""
        with self._engine.begin() as connection:
            connection.execute(
                runs.update()
                .where(runs.c.status == "running")
                .values(status="failed", error=INTERRUPTED, ended_at=_now())
            )
            connection.execute(
                runs.insert().values(run_id=run_id, started_at=_now(), status="running", request=request.as_json())
            )

    def finish(self, report: RunReport) -> None:
        """Keep the report of a run that has ended."""
        with self._engine.begin() as connection:
            connection.execute(
                runs.update()
                .where(runs.c.run_id == report.run_id)
                .values(status=report.status, report=report.as_json(), error=report.error, ended_at=_now())
            )

    def keep_quality(
        self, run_id: str, source: str, metrics: Iterable[tuple[str, str, float]], since: dt.datetime | None
    ) -> None:
        """Keep the figures (entity, metric, value) of the source's quality summary, over rows changed from `since`."""
        rows = [
            {"run_id": run_id, "source": source, "entity": entity, "metric": metric, "value": value, "since": since}
            for entity, metric, value in metrics
        ]
        if rows:
            with self._engine.begin() as connection:
                connection.execute(quality_metrics.insert(), rows)

    def keep_proofs(self, run_id: str, tables: Iterable[ReconciledTable]) -> None:
        """Keep for each table that was shown equal when it was, and which rows had been put right, by their keys."""
        rows = [
            {
                "run_id": run_id,
                "source": table.source,
                "table": table.table,
                "proved_equal_at": table.proved_equal_at,
                "rows": table.rows,
                "buckets": table.buckets,
                "healed": [asdict(row) for row in table.healed],
            }
            for table in tables
            if table.proved_equal_at is not None
        ]
        if rows:
            with self._engine.begin() as connection:
                connection.execute(proofs.insert(), rows)

    def keep_quarantine(self, rows: Iterable[QuarantinedRow]) -> None:
        """Keep which rows lie in quarantine now, in place of those that did before."""
        kept = [
            asdict(row) | {name: _utc(getattr(row, name)) for name in ("first_seen_at", "last_seen_at")} for row in rows
        ]
        self._replace(quarantined_rows, kept)

    def keep_partitions(self, run_id: str, found: Iterable[Partition]) -> None:
        """Keep what the partitions hold after a publish, in place of what they held before."""
        self._replace(partitions, [asdict(partition) | {"run_id": run_id} for partition in found])

    def _replace(self, table: sa.Table, rows: list[dict[str, Any]]) -> None:
        with self._engine.begin() as connection:
            connection.execute(table.delete())
            if rows:
                connection.execute(table.insert(), rows)


def _utc(value: dt.datetime) -> dt.datetime:
    return value.replace(tzinfo=dt.UTC)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
