"""Publishing by itself: publish what a run built and did not publish, or undo the last publish."""

from __future__ import annotations

from contextvars import ContextVar

from prefect import flow, get_run_logger

from flows.artifacts import keep_report
from flows.building import publish_built, settle_publishing, take_results
from flows.errors import RunFailedError
from flows.interrupts import insisting_on_interrupts
from flows.job import Job, OnProgress, as_task, check_marts, new_run_id, or_warn, outcome
from flows.report import PublishReport, PublishRequest
from flows.upkeep import recorded
from flows.workshop import Workshop
from warehouse.lock import RunLock
from warehouse.plan import plan_publish
from warehouse.publish import undo

_under_way: ContextVar[tuple[Job, PublishReport, bool]] = ContextVar("tidemark_publishing")


def run_publish(workshop: Workshop, request: PublishRequest, on_progress: OnProgress | None = None) -> PublishReport:
    """Publish or undo once, as a Prefect flow in this process, and report.

    `on_progress(stage, detail)` is told where it is. What goes wrong is told by the report's `status` and `error`.
    """
    report = PublishReport(new_run_id())
    job = Job(workshop, request, on_progress or (lambda _stage, _detail: None), report)
    token = _under_way.set((job, report, request.undo))
    try:
        with insisting_on_interrupts():
            state = publishing.with_options(flow_run_name=report.run_id)(request.undo, return_state=True)
        if report.status == "running":
            report.status, report.error = "failed", state.message or "Prefect could not start publishing"
    finally:
        _under_way.reset(token)
    return report


@flow(name="tidemark-publish", validate_parameters=False, persist_result=False)
def publishing(undo: bool) -> None:  # noqa: ARG001
    """Publish what waits, or undo the last publish. The parameter is shown in Prefect; the job itself carries it."""
    under_way = _under_way.get(None)
    if under_way is None:
        raise RunFailedError("this flow is started by `tidemark publish`, which knows the servers' addresses")
    job, report, undoes = under_way
    try:
        with outcome(report):
            check_marts(job)
            with RunLock(job.workshop.urls["LOAD_URL"], report.run_id) as job.lock, recorded(job):
                settle_publishing(job)
                if undoes:
                    as_task("undo", lambda: _undo(job, report))
                else:
                    _publish(job, report)
    finally:
        or_warn(report, "Prefect did not take the report", lambda: keep_report(report))


def _publish(job: Job, report: PublishReport) -> None:
    with job.stage("check"):
        waiting = plan_publish(job.workshop.urls["BUILD_URL"], job.workshop.marts)
    if waiting:
        as_task("test", lambda: _test(job, waiting))
    result = as_task("publish", lambda: publish_built(job, ends_hold=True))
    report.by, report.rows = result.by, result.rows


def _test(job: Job, names: tuple[str, ...]) -> None:
    with job.stage("test"):
        results = job.workshop.build.test(names, on_node=lambda node: job.on_progress("test", node))
    take_results(job, results, "nothing was published, readers still see the last published state")


def _undo(job: Job, report: PublishReport) -> None:
    with job.stage("undo"):
        guard = job.lock.guard if job.lock else None
        result = undo(job.workshop.urls["PUBLISH_URL"], job.workshop.marts, guard, run_id=report.run_id)
    report.undone, report.undone_run = result.marts, result.undone_run
    report.warnings += [f"undoing was tried again: {reason}" for reason in result.retries]
    report.warnings.append(
        "publishing is held: runs build and test, and publish nothing until tidemark publish is called"
    )
    get_run_logger().info("put back what readers saw before run %s: %s", result.undone_run, ", ".join(result.marts))
