"""The main job: check the sources, ingest, build with tests, publish, document."""

from __future__ import annotations

import datetime as dt
import os
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import FlowRun
from prefect.flow_engine import run_flow
from prefect.states import State

from flows.artifacts import keep_report
from flows.dbt import NodeResult, passing_reasons
from flows.errors import RunFailedError, may_pass, sentence
from flows.history import History
from flows.report import FailedNode, ModelReport, RunReport, RunRequest, TableReport
from flows.source_checks import check_integrity, summarize_quality
from flows.stars import stars_reading
from flows.upkeep import heal_spoiled, keep_state, proof_is_due, reconcile_blind, tidy_up
from flows.workshop import DEFAULT_SOURCE, Workshop
from ingestion import IngestResult, Probe, ingest, probe, staging
from ingestion.declarations import Source
from ingestion.errors import SourceAbsentError
from warehouse.engine import engine_of
from warehouse.lock import LockHeldError, LockLostError, RunLock
from warehouse.marts import Mart
from warehouse.plan import BuildPlan, plan_build
from warehouse.publish import PublishResult, publish, settle_interrupted
from warehouse.server import check_databases
from warehouse.state import remember_definitions

OnProgress = Callable[[str, str], None]
BUILD_RETRIES = 2
BROKEN = ("error", "runtime error")  # dbt's words for a test that could not run
RUN_ID = "TIDEMARK_RUN_ID"  # dbt's macros read it, and stop when another run has taken the lock


@dataclass
class Job:
    """One run under way: its surroundings, what was asked, and the report as far as it has come.

    `left_out` says by source why it could not be read, `spoiled` names the stars that a failed model or test keeps from
    being published: the other stars do not wait for them.
    """

    workshop: Workshop
    request: RunRequest
    on_progress: OnProgress
    report: RunReport = field(default_factory=lambda: RunReport(new_run_id()))
    lock: RunLock | None = None
    left_out: dict[str, str] = field(default_factory=dict)
    spoiled: frozenset[str] = frozenset()

    @property
    def sources(self) -> list[Source]:
        """The sources that have something to do in this run and could be read so far."""
        return [s for s in self.workshop.sources if self.tables_of(s) != [] and s.name not in self.left_out]

    @property
    def marts(self) -> list[Mart]:
        """The marts of the stars whose sources could be read and that no failed model or test spoils."""
        kept_back = self.spoiled | stars_reading(self.workshop.marts, self.left_out)
        return [mart for mart in self.workshop.marts if mart.live_schema not in kept_back]

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage, begun only while the run still holds its lock."""
        if self.lock is not None:
            self.lock.require()
        self.on_progress(name, "")
        started = time.perf_counter()
        try:
            yield
        finally:
            self.report.stages[name] = self.report.stages.get(name, 0.0) + time.perf_counter() - started

    def tables_of(self, source: Source) -> list[str] | None:
        """The tables of a source that the request names; None for all of them."""
        if not self.request.tables:
            return None
        return [table.name for table in source.tables if self._is_asked_for(source, table.name)]

    def _is_asked_for(self, source: Source, table: str) -> bool:
        if f"{source.name}.{table}" in self.request.tables:
            return True
        first = next(other for other in self.workshop.sources if table in {each.name for each in other.tables})
        return first is source and table in self.request.tables


_job: ContextVar[Job] = ContextVar("tidemark_job")


def new_run_id() -> str:
    """A run's id: its start in UTC, and a few random digits."""
    return f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:6]}"


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


@contextmanager
def outcome(report: RunReport) -> Iterator[None]:
    """Write into the report how the block ends."""
    try:
        yield
    except BaseException as error:
        report.status = "refused" if isinstance(error, LockHeldError) else "failed"
        report.error = sentence(error) or f"{type(error).__name__}: {error}"
        raise
    report.status = "succeeded"


@contextmanager
def recorded(job: Job) -> Iterator[History]:
    """Keep the run and its report in the history; call while holding the run lock."""
    history = History(job.workshop.urls["APP_URL"])
    history.start(job.report.run_id, job.request)
    os.environ[RUN_ID] = job.report.run_id
    try:
        with outcome(job.report):
            yield history
    finally:
        del os.environ[RUN_ID]
        or_warn(job.report, "the pages do not show what lies in quarantine now", lambda: keep_state(job, history))
        or_warn(job.report, "the run's report was not kept", lambda: history.finish(job.report))


def or_warn(report: RunReport, what: str, work: Callable[[], None]) -> None:
    """Do what may fail without changing what became of the run."""
    try:
        work()
    except Exception as error:
        report.warnings.append(f"{what}: {sentence(error) or error}")


def check_tables(job: Job) -> None:
    """Raise RunFailedError if the request names a table that no source declares."""
    declared = [f"{source.name}.{table.name}" for source in job.workshop.sources for table in source.tables]
    known = {*declared, *(name.partition(".")[2] for name in declared)}
    unknown = sorted(set(job.request.tables) - known)
    if unknown:
        raise RunFailedError(
            f"no source declares a table {', '.join(unknown)}; choose among {', '.join(declared)}, or declare it"
        )
    check_marts(job)


def check_marts(job: Job) -> None:
    """Raise RunFailedError if the request allows column changes of a mart that there is not."""
    known = [mart.name for mart in job.workshop.marts]
    unknown = sorted(set(job.request.allow_column_changes) - set(known))
    if unknown:
        raise RunFailedError(f"no mart is called {', '.join(unknown)}; choose among {', '.join(known)}")


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


def from_each_source(job: Job, work: Callable[[Source], None]) -> None:
    """Do the work with each source. One that fails is left out; the error is raised when none is left to go on with.

    A source that was never set up and never loaded is left out with a warning, unless it is all that there is.
    """
    failure: Exception | None = None
    absent: Exception | None = None
    for source in job.sources:
        try:
            work(source)
        except LockLostError:
            raise
        except Exception as error:
            said = sentence(error)
            if said is None:
                raise
            if isinstance(error, SourceAbsentError) and not _was_loaded(job, source):
                job.left_out[source.name] = ""
                job.report.warnings.append(f"the source {source.name} was left out: {said}")
                absent = absent or error
                continue
            job.left_out[source.name] = said
            failure = failure or error
    if not job.sources and (first := failure or absent) is not None:
        raise first


def _was_loaded(job: Job, source: Source) -> bool:
    with closing(staging.connect(job.workshop.urls["LOAD_URL"])) as warehouse:
        return bool(staging.read_states(warehouse, source.staging))


def require_all_sources(job: Job) -> None:
    """Raise RunFailedError naming the sources that could not be read while the run went on with the others."""
    failed = {name: said for name, said in job.left_out.items() if said}
    if failed:
        told = "; ".join(f"the source {name} was left out: {said}" for name, said in failed.items())
        raise RunFailedError(f"{told}; readers still see its last published state, the other sources were brought up")


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


def _tidy_up(job: Job) -> None:
    with job.stage("tidy"):
        tidy_up(job)


def _document(job: Job) -> None:
    with job.stage("docs"):
        job.workshop.write_docs()


def as_task(name: str, work: Callable[[], Any], **options: Any) -> Any:
    """Do the work as a Prefect task and return what it returns."""
    return task(name=name, cache_policy=NO_CACHE, persist_result=False, **options)(work)()


def _may_help(_task: object, _task_run: object, state: State[Any]) -> bool:
    return may_pass(state.result(raise_on_failure=False))
