"""The main job: check the sources, ingest, build with tests, publish, document."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from contextvars import ContextVar
from typing import Any

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import FlowRun
from prefect.flow_engine import run_flow
from prefect.states import State

from flows.artifacts import keep_report
from flows.building import build_and_publish, take_results
from flows.errors import RunFailedError, may_pass
from flows.history import History
from flows.interrupts import insisting_on_interrupts
from flows.job import Job, OnProgress, as_task, check_tables, from_each_source, or_warn, outcome, require_all_sources
from flows.report import RunReport, RunRequest, TableReport
from flows.source_checks import check_integrity, summarize_quality
from flows.upkeep import proof_is_due, reconcile_blind, recorded, tidy_up
from flows.workshop import DEFAULT_SOURCE, Workshop
from ingestion import IngestResult, Probe, ingest, probe, staging
from ingestion.declarations import Source
from warehouse.lock import RunLock

BROKEN = ("error", "runtime error")  # dbt's words for a test that could not run

_job: ContextVar[Job] = ContextVar("tidemark_job")


def run_pipeline(
    workshop: Workshop, request: RunRequest, on_progress: OnProgress | None = None, flow_run: FlowRun | None = None
) -> RunReport:
    """Run the main job once, as a Prefect flow in this process, and report.

    `on_progress(stage, detail)` is told where the run is. What goes wrong is told by the report's `status` and `error`.
    `flow_run` is the run in Prefect that this is, when somebody asked for it there.
    """
    job = Job(workshop, request, on_progress or (lambda _stage, _detail: None))
    token = _job.set(job)
    try:
        with insisting_on_interrupts():
            state = run_flow(
                main_job.with_options(flow_run_name=job.report.run_id),
                flow_run=flow_run,
                parameters={
                    "tables": list(request.tables),
                    "since": request.since,
                    "full_refresh": request.full_refresh,
                    "dry_run": request.dry_run,
                },
                return_type="state",
            )
        if job.report.status == "running":
            said = getattr(state, "message", None)
            job.report.status, job.report.error = "failed", said or "Prefect could not start the run"
    finally:
        _job.reset(token)
    return job.report


@flow(name="tidemark", validate_parameters=False, persist_result=False)
def main_job(tables: list[str], since: dt.date | None, full_refresh: bool, dry_run: bool) -> None:  # noqa: ARG001
    """Keep the warehouse equal to its sources. The parameters are shown in Prefect; the job itself carries them."""
    job = _job.get(None)
    if job is None:
        raise RunFailedError("this flow is started by `tidemark run`, which knows the servers' addresses")
    try:
        with outcome(job.report):
            check_tables(job)
            if dry_run:
                _look(job)
            else:
                with RunLock(job.workshop.urls["LOAD_URL"], job.report.run_id) as job.lock, recorded(job) as history:
                    _work(job, history)
    finally:
        if not dry_run:
            or_warn(job.report, "Prefect did not take the run's report", lambda: keep_report(job.report))


def _work(job: Job, history: History) -> None:
    from_each_source(job, lambda source: _take_in(job, source, history))
    stopped = [f"{table.error}" for table in job.report.tables if table.error]
    try:
        build_and_publish(job, history)
    except Exception:
        job.report.warnings += stopped
        raise
    or_warn(job.report, "what nobody needs any more was not removed", lambda: _tidy_up(job))
    if stopped:
        raise RunFailedError(f"{'; '.join(stopped)}; this run went on with the other tables")
    require_all_sources(job)


def _look(job: Job) -> None:
    def look(source: Source) -> None:
        with job.stage("ingest"):
            _report_tables(job, source, _ingest(job, source))

    from_each_source(job, look)
    require_all_sources(job)
    stopped = [table.error for table in job.report.tables if table.error]
    if stopped:
        raise RunFailedError("; ".join(stopped))


def _take_in(job: Job, source: Source, history: History) -> None:
    tables = job.tables_of(source)
    with job.stage("check"):
        news = probe(
            source,
            job.workshop.urls[source.connection],
            job.workshop.urls["LOAD_URL"],
            tables,
            readers=job.workshop.readers(source),
        )
    if job.workshop.checks(source) and (news.changed or job.request.full_refresh or job.request.since):
        as_task(f"check {source.name}", lambda: _check(job, source, news, history))
    result = as_task(
        f"ingest {source.name}",
        lambda: _timed_ingest(job, source),
        retries=2,
        retry_delay_seconds=[2, 10],
        retry_condition_fn=_may_help,
    )
    _report_tables(job, source, result)
    if result.blind and proof_is_due(job, source):
        as_task(f"reconcile {source.name}", lambda: reconcile_blind(job, source, history))


def _check(job: Job, source: Source, news: Probe, history: History) -> None:
    since = None if job.request.full_refresh else news.since
    with job.stage("check"):
        checks = job.workshop.checks(source)
        results = check_integrity(checks, since) if checks else []
        if news.stopped:  # what the source says of itself may name a column that is gone
            broken = [result for result in results if result.status in BROKEN]
            job.report.warnings += [f"{r.name} could not run: {' '.join(r.message.split())}" for r in broken]
            results = [result for result in results if result not in broken]
            or_warn(
                job.report, f"{source.quality_summary} could not run", lambda: _summarize(job, source, since, history)
            )
        else:
            _summarize(job, source, since, history)
    take_results(job, results, "nothing was loaded")


def _summarize(job: Job, source: Source, since: dt.datetime | None, history: History) -> None:
    if source.quality_summary:
        figures = summarize_quality(job.workshop.urls[source.connection], source.quality_summary, since)
        history.keep_quality(job.report.run_id, source.name, figures, since)


def _timed_ingest(job: Job, source: Source) -> IngestResult:
    with job.stage("ingest"):
        result = _ingest(job, source)
    for table in result.tables:
        if table.extracted or table.deleted:
            get_run_logger().info("%s.%s: %d loaded, %d deleted", source.name, table.table, table.loaded, table.deleted)
    return result


def _ingest(job: Job, source: Source) -> IngestResult:
    tables = job.tables_of(source)
    return ingest(
        source,
        job.workshop.urls[source.connection],
        job.workshop.urls["LOAD_URL"],
        job.workshop.work_dir / "dlt",
        tables=tables,
        since=job.request.since,
        full_refresh=job.request.full_refresh,
        dry_run=job.request.dry_run,
        guard=job.lock.guard if job.lock else None,
        progress=lambda stage, table, rows: job.on_progress("ingest", f"{stage} {table} {rows:,}"),
        margin=dt.timedelta(seconds=job.workshop.margin_seconds),
        run_id=job.report.run_id,
        verify=True,
        warn_after=dt.timedelta(minutes=job.workshop.idle_warning_minutes),
        readers=job.workshop.readers(source),
    )


def _report_tables(job: Job, source: Source, result: IngestResult) -> None:
    job.report.warnings += result.warnings
    idle = not any(t.extracted or t.deleted or t.stopped or t.in_quarantine for t in result.tables)
    if idle and source.name != DEFAULT_SOURCE and not job.request.tables and _holds_nothing(job, source):
        return
    job.report.tables += [
        TableReport(
            source.name, t.table, t.extracted, t.loaded, t.quarantined, t.deleted, t.watermark,
            sum(t.in_quarantine.values()), t.verified, t.proved_equal_at,
            status="stopped" if t.stopped else "loaded", error=t.stopped,
        )
        for t in result.tables
    ]  # fmt: skip


def _holds_nothing(job: Job, source: Source) -> bool:
    """Whether a source was set up and never filled: there is nothing to tell of its tables."""
    with closing(staging.connect(job.workshop.urls["LOAD_URL"])) as warehouse:
        return staging.is_empty(warehouse, source.staging, [table.name for table in source.tables])


def _tidy_up(job: Job) -> None:
    with job.stage("tidy"):
        tidy_up(job)


def _may_help(_task: object, _task_run: object, state: State[Any]) -> bool:
    return may_pass(state.result(raise_on_failure=False))
