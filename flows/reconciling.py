"""Comparing one source with its copy within a run, and what the report says of it."""

from __future__ import annotations

import datetime as dt

from prefect import get_run_logger

from flows.job import Job
from flows.report import ReconciledRow, ReconciledTable
from ingestion.declarations import Source
from ingestion.reconcile import ReconcileResult, TableComparison, compare, reconcile


def reconcile_source(job: Job, source: Source) -> ReconcileResult:
    """Make the chosen tables of a source equal to it, and log what was found."""
    with job.stage("reconcile"):
        result = reconcile(
            source,
            job.workshop.urls[source.connection],
            job.workshop.urls["LOAD_URL"],
            job.workshop.work_dir / "dlt",
            tables=job.tables_of(source),
            guard=job.lock.guard if job.lock else None,
            progress=lambda stage, table, rows: job.on_progress("reconcile", f"{stage} {table} {rows:,}"),
            run_id=job.report.run_id,
            margin=dt.timedelta(seconds=job.workshop.margin_seconds),
            warn_after=dt.timedelta(minutes=job.workshop.idle_warning_minutes),
            readers=job.workshop.readers(source),
        )
    return _logged(result)


def compare_source(job: Job, source: Source) -> ReconcileResult:
    """Compare the chosen tables of a source with it, and log what was found."""
    with job.stage("compare"):
        result = compare(
            source,
            job.workshop.urls[source.connection],
            job.workshop.urls["LOAD_URL"],
            tables=job.tables_of(source),
            margin=dt.timedelta(seconds=job.workshop.margin_seconds),
            warn_after=dt.timedelta(minutes=job.workshop.idle_warning_minutes),
            readers=job.workshop.readers(source),
        )
    return _logged(result)


def _logged(result: ReconcileResult) -> ReconcileResult:
    for stage, seconds in result.seconds.items():
        get_run_logger().info("%s: %s took %.2f s", result.source, stage, seconds)
    for table in result.tables:
        if table.differing_rows:
            get_run_logger().info("%s.%s: %d rows differed", table.source, table.table, table.differing_rows)
    return result


def as_report(table: TableComparison, *, healed: bool) -> ReconciledTable:
    """What the report says of a table that was compared, and, if `healed`, put right."""
    rows = tuple(ReconciledRow(row.key, row.action, row.why) for row in table.differences)
    return ReconciledTable(
        source=table.source,
        table=table.table,
        rows=table.rows,
        buckets=table.buckets,
        different_buckets=table.different_buckets,
        healed=rows if healed else (),
        healed_rows=table.differing_rows if healed else 0,
        differences=() if healed else rows,
        in_flight=table.in_flight,
        equal=table.equal,
        proved_equal_at=table.proved_equal_at,
        quarantined=table.quarantined,
    )
