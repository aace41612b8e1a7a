"""A run under way: what it knows, what it reports, and how it goes on where one of its sources cannot."""

from __future__ import annotations

import datetime as dt
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows.errors import RunFailedError, sentence
from flows.interrupts import heard
from flows.report import RunReport, RunRequest
from flows.stars import stars_reading
from flows.workshop import Workshop
from ingestion import staging
from ingestion.declarations import Source
from ingestion.errors import SourceAbsentError
from warehouse.lock import LockHeldError, LockLostError, RunLock
from warehouse.marts import Mart

OnProgress = Callable[[str, str], None]


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


def new_run_id() -> str:
    """A run's id: its start in UTC, and a few random digits."""
    return f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:6]}"


@contextmanager
def outcome(report: RunReport) -> Iterator[None]:
    """Write into the report how the block ends."""
    try:
        yield
    except BaseException as error:
        heard()
        report.status = "refused" if isinstance(error, LockHeldError) else "failed"
        report.error = sentence(error) or f"{type(error).__name__}: {error}"
        raise
    report.status = "succeeded"


def or_warn(report: RunReport, what: str, work: Callable[[], None]) -> None:
    """Do what may fail without changing what became of the run."""
    try:
        work()
    except Exception as error:
        report.warnings.append(f"{what}: {sentence(error) or error}")


def as_task(name: str, work: Callable[[], Any], **options: Any) -> Any:
    """Do the work as a Prefect task and return what it returns."""
    return task(name=name, cache_policy=NO_CACHE, persist_result=False, **options)(work)()


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
