"""The reconciliation: compare staging with the sources, heal it, and carry on what was healed to the readers."""

from __future__ import annotations

from contextvars import ContextVar
from functools import partial

from prefect import flow

from flows.artifacts import keep_reconciliation
from flows.building import build_and_publish
from flows.errors import RunFailedError
from flows.history import History
from flows.interrupts import insisting_on_interrupts
from flows.job import (
    Job,
    OnProgress,
    as_task,
    check_tables,
    from_each_source,
    new_run_id,
    or_warn,
    outcome,
    require_all_sources,
)
from flows.reconciling import as_report, compare_source, reconcile_source
from flows.report import ReconciledTable, ReconcileReport, ReconcileRequest
from flows.upkeep import recorded
from flows.workshop import Workshop
from ingestion.declarations import Source
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
        with insisting_on_interrupts():
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
    stopped: list[str] = []

    def look(source: Source) -> None:
        result = as_task(f"compare {source.name}", partial(compare_source, job, source))
        report.warnings += result.warnings
        report.reconciled += [as_report(table, healed=False) for table in result.tables]
        stopped.extend(result.stopped.values())

    from_each_source(job, look)
    differing = [table for table in report.reconciled if not table.equal]
    if differing:
        raise RunFailedError(
            f"{_names(differing)} differs from the source by more than the next run will read; nothing was changed: "
            "put it right by tidemark reconcile"
        )
    _require_all_compared(stopped)
    require_all_sources(job)


def _work(job: Job, report: ReconcileReport, history: History) -> None:
    stopped: list[str] = []

    def work(source: Source) -> None:
        result = as_task(f"reconcile {source.name}", partial(reconcile_source, job, source))
        report.warnings += result.warnings
        report.reconciled += [as_report(table, healed=True) for table in result.tables]
        stopped.extend(result.stopped.values())

    from_each_source(job, work)
    history.keep_proofs(report.run_id, report.reconciled)
    differing = [table for table in report.reconciled if not table.equal]
    if differing:
        raise RunFailedError(
            f"{_names(differing)} still differs after healing, nothing was published: something else writes to staging;"
            " find it, then reconcile again"
        )
    build_and_publish(job)
    _require_all_compared(stopped)
    require_all_sources(job)


def _require_all_compared(stopped: list[str]) -> None:
    if stopped:
        raise RunFailedError(f"{'; '.join(stopped)}; it was not compared, the other tables were")


def _names(tables: list[ReconciledTable]) -> str:
    return ", ".join(f"{table.source}.{table.table}" for table in tables)
