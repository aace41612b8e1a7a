"""From staging to readers: build what there is a reason for, test it, publish what is good, document it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prefect import get_run_logger

from flows.dbt import NodeResult, passing_reasons
from flows.errors import RunFailedError
from flows.job import Job, as_task, or_warn
from flows.report import FailedNode, ModelReport
from flows.upkeep import heal_spoiled
from warehouse.engine import engine_of
from warehouse.plan import BuildPlan, plan_build
from warehouse.publish import PublishResult, publish, settle_interrupted
from warehouse.server import check_databases
from warehouse.state import remember_definitions

if TYPE_CHECKING:
    from flows.history import History

BUILD_RETRIES = 2


def build_and_publish(job: Job, history: History | None = None) -> None:
    """Build what the sources, a definition or an unfinished run give a reason for, test it and publish all of it.

    Where it fails on the rows, staging is compared with the sources, and built from once more if it was not what
    they say; `history` keeps that proof, and without one nothing is compared. A star with a failed model or test is
    not published; the others are, and the failure is raised after that.
    """
    settle_publishing(job)
    failure = _plan_and_build(job)
    if failure is not None and history is not None and _was_healed(job, history):
        job.report.forget_build()
        failure = _plan_and_build(job)
    if failure is not None and not (job.spoiled and job.marts):
        raise failure
    as_task("publish", lambda: publish_built(job))
    if failure is not None:
        raise failure
    if job.workshop.docs_are_old():
        or_warn(job.report, "the docs were not written", lambda: as_task("docs", lambda: _document(job)))


def _plan_and_build(job: Job) -> RunFailedError | None:
    """Build what there is a reason for; a failure is returned, with the stars that it spoils noted in the job."""
    job.spoiled = frozenset()
    plan = _plan(job)
    if not plan:
        return None
    try:
        as_task("build", lambda: _build(job, plan))
    except RunFailedError as error:
        job.spoiled = job.workshop.stars_of(node.name for node in job.report.failed)
        return error
    return None


def _was_healed(job: Job, history: History) -> bool:
    """Whether a test or a model failed on rows that the sources do not hold so, and that are right now."""
    if not any(node.is_of_data for node in job.report.failed):
        return False
    healed = []

    def heal() -> None:
        healed.append(as_task("reconcile after a failure", lambda: heal_spoiled(job, history)))

    or_warn(job.report, "staging could not be compared with its sources after the failure", heal)
    return any(healed)


def _plan(job: Job) -> BuildPlan:
    with job.stage("build"):
        chosen = None
        if job.request.tables:
            chosen = frozenset(
                (source.name, table) for source in job.workshop.sources for table in job.tables_of(source) or ()
            )
        return plan_build(
            job.workshop.urls["BUILD_URL"],
            job.marts,
            full_refresh=job.request.full_refresh,
            check_all=job.request.check_all,
            tables=chosen,
        )


def _build(job: Job, plan: BuildPlan) -> None:
    with job.stage("build"):
        results = _run_dbt(job, plan)
        for _ in range(BUILD_RETRIES):
            reasons = passing_reasons(results)
            if not reasons:
                break
            job.report.warnings.append(f"the build was tried again: {reasons[0]}")
            results = _run_dbt(job, plan)
        good = {r.name for r in results if r.kind == "model" and r.status == "success"}
        with engine_of(job.workshop.urls["BUILD_URL"]).begin() as connection:
            remember_definitions(connection, [m for m in job.workshop.marts if m.name in good])
    job.report.models += [ModelReport(r.name, r.rows, r.seconds, r.status) for r in results if r.kind == "model"]
    take_results(job, results, "nothing was published, readers still see the last published state")


def _run_dbt(job: Job, plan: BuildPlan) -> list[NodeResult]:
    """One `dbt build`; where some models are made anew and some are not, all models first and then all tests."""
    dbt = job.workshop.build
    checks = {"check_all": True} if job.request.check_all else None

    def on_node(node: str) -> None:
        job.on_progress("build", node)

    if not (plan.full and plan.incremental):
        select = plan.views + plan.seeds + plan.full + plan.incremental
        return dbt.build(select, full_refresh=bool(plan.full), variables=checks, on_node=on_node)
    models = dbt.seed(plan.seeds, on_node=on_node) if plan.seeds else []
    models += dbt.run(plan.views + plan.full, full_refresh=True, on_node=on_node)
    models += dbt.run(plan.incremental, on_node=on_node)
    spoiled = job.workshop.stars_of(result.name for result in models if result.failed)
    good = [m.name for m in job.marts if m.name in plan.full + plan.incremental and m.live_schema not in spoiled]
    return models + (dbt.test(good, variables=checks, on_node=on_node) if good else [])


def take_results(job: Job, results: list[NodeResult], consequence: str) -> None:
    """Count tests and raise when something failed; `consequence` is what that means for readers."""
    for result in results:
        if result.kind == "test":
            outcome = "error" if result.failed else result.status
            if outcome in job.report.tests:  # a test that was skipped has no outcome: what it looks at was not built
                job.report.tests[outcome] += 1
            if outcome == "warn":
                job.report.warnings.append(f"{result.name}: {result.failures} rows{result.told}")
    tests = sum(result.kind == "test" for result in results)
    get_run_logger().info("%d models built, %d tests run", len(results) - tests, tests)
    failed = [result for result in results if result.failed]
    if failed:
        job.report.failed += [FailedNode(r.name, r.kind, r.message, r.sql) for r in failed]
        more = f", and {len(failed) - 1} more" if len(failed) > 1 else ""
        first = f"{failed[0].kind} {failed[0].name} failed{more}: {' '.join(failed[0].message.split())}"
        raise RunFailedError(f"{first}; {consequence}")


def settle_publishing(job: Job) -> None:
    """Bring to an end what a publish or an undo that was killed left half done, before anything is planned."""
    with job.stage("publish"):
        guard = job.lock.guard if job.lock else None
        job.report.warnings += check_databases(job.workshop.urls["PUBLISH_URL"], job.workshop.marts)
        settle_interrupted(job.workshop.urls["PUBLISH_URL"], job.workshop.marts, guard)


def publish_built(job: Job, *, ends_hold: bool = False) -> PublishResult:
    """Publish what was built and tested, and report it."""
    with job.stage("publish"):
        result = publish(
            job.workshop.urls["PUBLISH_URL"],
            job.marts,
            job.lock.guard if job.lock else None,
            run_id=job.report.run_id,
            allow_column_changes=job.request.allow_column_changes,
            ends_hold=ends_hold,
        )
    job.report.published = result.published
    job.report.warnings += [
        *(f"publishing was tried again: {reason}" for reason in result.retries),
        *(f"readers now find other columns: {change}" for change in result.changes),
        *([str(result.hold)] if result.hold else []),
        *(
            f"no model makes {table} any more, but readers still see it: drop it if it is not wanted"
            for table in result.strays
        ),
        *result.warnings,
    ]
    get_run_logger().info("published by %s: %s", result.by, result.rows)
    return result


def _document(job: Job) -> None:
    with job.stage("docs"):
        job.workshop.write_docs()
