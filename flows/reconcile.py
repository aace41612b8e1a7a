"""The reconciliation: compare staging with the sources, heal it, and carry on what was healed to the readers."""

from __future__ import annotations

import datetime as dt
from contextvars import ContextVar
from functools import partial

from prefect import flow, get_run_logger

from flows.artifacts import keep_reconciliation
from flows.errors import RunFailedError
from flows.history import History
from flows.pipeline import (
    Job,
    OnProgress,
    as_task,
    build_and_publish,
    check_tables,
    new_run_id,
    or_warn,
    outcome,
    recorded,
)
from flows.report import ReconciledRow, ReconciledTable, ReconcileReport, ReconcileRequest
from flows.workshop import Workshop
from ingestion.declarations import Source
from ingestion.reconcile import ReconcileResult, TableComparison, compare, reconcile
from warehouse.lock import RunLock

_under_way: ContextVar[tuple[Job, ReconcileReport, bool]] = ContextVar("tidemark_reconciliation")


def run_reconciliation(
    workshop: Workshop, request: ReconcileRequest, on_progress: OnProgress | None = None
) -> ReconcileReport:
    """Reconcile once, as a Prefect flow in this process, and report.

    `on_progress(stage, detail)` is told where it is. What goes wrong, a difference that stays included, is told by the
    report's `status` and `error`.
    """
    report = ReconcileReport(new_run_id())
    job = Job(workshop, request, on_progress or (lambda _stage, _detail: None), report)
    token = _under_way.set((job, report, request.check))
    try:
        state = reconciliation.with_options(flow_run_name=report.run_id)(
            list(request.tables), request.check, return_state=True
        )
        if report.status == "running":
            report.status, report.error = "failed", state.message or "Prefect could not start the reconciliation"
    finally:
        _under_way.reset(token)
    return report


@flow(name="tidemark-reconcile", validate_parameters=False, persist_result=False)
def reconciliation(tables: list[str], check: bool) -> None:  # noqa: ARG001
    """Show that staging equals its sources. The parameters are shown in Prefect; the job itself carries them."""
    under_way = _under_way.get(None)
    if under_way is None:
        raise RunFailedError("this flow is started by `tidemark reconcile`, which knows the servers' addresses")
    job, report, only_check = under_way
    try:
        with outcome(report):
            check_tables(job)
            with RunLock(job.workshop.urls["LOAD_URL"], report.run_id) as job.lock:
                if only_check:
                    _look(job, report)
                else:
                    with recorded(job) as history:
                        _work(job, report, history)
    finally:
        or_warn(report, "Prefect did not take the report", lambda: keep_reconciliation(report))


def _look(job: Job, report: ReconcileReport) -> None:
    for source in _chosen(job):
        result = as_task(f"compare {source.name}", partial(_compare, job, source))
        report.warnings += result.warnings
        report.reconciled += [_table(table, healed=False) for table in result.tables]
    differing = [table for table in report.reconciled if not table.equal]
    if differing:
        raise RunFailedError(
            f"{_names(differing)} differs from the source by more than the next run will read; nothing was changed: "
            "put it right by tidemark reconcile"
        )


def _work(job: Job, report: ReconcileReport, history: History) -> None:
    for source in _chosen(job):
        result = as_task(f"reconcile {source.name}", partial(_reconcile, job, source))
        report.warnings += result.warnings
        report.reconciled += [_table(table, healed=True) for table in result.tables]
    history.keep_proofs(report.run_id, report.reconciled)
    differing = [table for table in report.reconciled if not table.equal]
    if differing:
        raise RunFailedError(
            f"{_names(differing)} still differs after healing, nothing was published: something else writes to staging;"
            " find it, then reconcile again"
        )
    build_and_publish(job)


def _reconcile(job: Job, source: Source) -> ReconcileResult:
    with job.stage("reconcile"):
        result = reconcile(
            source,
            job.workshop.urls[source.connection],
            job.workshop.urls["LOAD_URL"],
            job.workshop.work_dir / "dlt",
            tables=job.tables_of(source),
            guard=job.lock.guard if job.lock else None,
            progress=lambda stage, table, rows: job.on_progress("reconcile", f"{stage} {table} {rows:,}"),
            margin=_margin(job),
            run_id=job.report.run_id,
        )
    return _logged(result)


def _compare(job: Job, source: Source) -> ReconcileResult:
    with job.stage("compare"):
        result = compare(
            source,
            job.workshop.urls[source.connection],
            job.workshop.urls["LOAD_URL"],
            tables=job.tables_of(source),
            margin=_margin(job),
        )
    return _logged(result)


def _logged(result: ReconcileResult) -> ReconcileResult:
    for stage, seconds in result.seconds.items():
        get_run_logger().info("%s: %s took %.2f s", result.source, stage, seconds)
    for table in result.tables:
        if table.differing_rows:
            get_run_logger().info("%s.%s: %d rows differed", table.source, table.table, table.differing_rows)
    return result


def _chosen(job: Job) -> list[Source]:
    return [source for source in job.workshop.sources if job.tables_of(source) != []]


def _margin(job: Job) -> dt.timedelta:
    return dt.timedelta(seconds=job.workshop.margin_seconds)


def _table(table: TableComparison, *, healed: bool) -> ReconciledTable:
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


def _names(tables: list[ReconciledTable]) -> str:
    return ", ".join(f"{table.source}.{table.table}" for table in tables)
