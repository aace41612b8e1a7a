"""One run of ingestion, and the probe: whether a run would find anything."""

import errno
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pymysql

from ingestion import postgres, staging
from ingestion.declarations import Source, Table
from ingestion.errors import IngestionError
from ingestion.extract import extract, extracted_counts, make_private
from ingestion.model import (
    ExtractFile,
    Guard,
    IngestResult,
    LoadReport,
    Look,
    Probe,
    Progress,
    TablePlan,
    TableResult,
    TableState,
)
from ingestion.plan import plan_tables
from ingestion.refusals import sentence

MARGIN = timedelta(seconds=2)
OF_THE_DISK = {
    errno.EACCES, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.ENAMETOOLONG, errno.ENOSPC, errno.ENOTDIR, errno.EPERM,
    errno.EROFS,
}  # fmt: skip


def probe(
    source: Source, extract_url: str, load_url: str, tables: Sequence[str] | None = None, *, margin: timedelta = MARGIN
) -> Probe:
    """Say by table whether a run would load anything. Writes nothing; takes some tens of milliseconds."""
    selected = chosen(source, tables)
    with closing(staging.connect(load_url)) as warehouse, sentences(), postgres.connect(extract_url) as oltp:
        states = staging.read_states(warehouse, source.staging)
        look, plans = plan_tables(oltp, source, selected, states, margin=margin)
    changed = {plan.table.name: plan.mode != "none" for plan in plans}
    loaded = len(states.keys() & changed.keys()) == len(changed)
    since = min(states[name].watermark for name in changed) if loaded else None
    return Probe(source.name, changed, since, look.warnings)


def ingest(
    source: Source,
    extract_url: str,
    load_url: str,
    work_dir: Path,
    *,
    tables: Sequence[str] | None = None,
    since: date | datetime | None = None,
    full_refresh: bool = False,
    dry_run: bool = False,
    guard: Guard | None = None,
    progress: Progress | None = None,
    margin: timedelta = MARGIN,
) -> IngestResult:
    """Bring the staging tables of `source` up to its present state.

    Rows at or after each table's stored watermark, or `since` if that is earlier, are read in one snapshot; with
    `full_refresh` tables are loaded anew; with `dry_run` rows are counted and nothing is written. `guard` is called
    with a cursor at the start of every write transaction and raises to stop the run. `margin` is how far the watermark
    stays behind the oldest open transaction. A run that dies leaves the stored watermarks where they were.
    Raises IngestionError.
    """
    started = time.perf_counter()
    selected = chosen(source, tables)
    with closing(staging.connect(load_url)) as warehouse, sentences(), postgres.connect(extract_url) as oltp:
        states = staging.read_states(warehouse, source.staging)
        look, plans = plan_tables(
            oltp, source, selected, states, margin=margin, since=_instant(since), full_refresh=full_refresh
        )
        seconds = {"survey": time.perf_counter() - started}
        if dry_run:
            return _counted(oltp, source, look, plans, seconds)
        return take_in(
            Snapshot(oltp, look, plans), source, warehouse, load_url, work_dir, guard, progress, seconds,
            release=lambda: oltp.execute("rollback"),
        )  # fmt: skip


@dataclass(frozen=True)
class Snapshot:
    """A source connection within its snapshot, and what is to be done with each table in it."""

    connection: Any
    look: Look
    plans: tuple[TablePlan, ...]


def take_in(
    snapshot: Snapshot, source: Source, warehouse: Any, load_url: str, work_dir: Path, guard: Guard | None,
    progress: Progress | None, seconds: dict[str, float], release: Callable[[], object],
) -> IngestResult:  # fmt: skip
    """Load what the plans ask for; `release` is called when all of it has been read. Adds its times to `seconds`."""
    oltp, look, plans = snapshot.connection, snapshot.look, snapshot.plans
    states = {plan.table.name: plan.state for plan in plans if plan.state is not None}
    busy = [plan for plan in plans if plan.mode != "none"]
    if not busy:
        staging.advance(warehouse, source.staging, plans, guard)
        return _result(source, look, plans, {}, {}, states, states, seconds)
    started = time.perf_counter()
    with scratch(work_dir, source.name) as folder:
        files = {plan.table.name: extract(oltp, source, plan, folder, progress) for plan in busy}
        release()
        seconds["extract"] = time.perf_counter() - started
        if not any(files.values()):
            staging.advance(warehouse, source.staging, plans, guard)
            after = staging.read_states(warehouse, source.staging)
            return _result(source, look, plans, {}, {}, states, after, seconds)
        load_seq, report, after = load(source, load_url, work_dir, plans, files, guard, progress)
    seconds["load"] = time.perf_counter() - started - seconds["extract"]
    return _result(
        source, look, plans, extracted_counts(files), report.deleted, states, after, seconds,
        tuple(report.warnings), load_seq,
    )  # fmt: skip


def chosen(source: Source, names: Sequence[str] | None) -> tuple[Table, ...]:
    """Return the tables of these names, all of them for None; raises IngestionError for one that is not declared."""
    if names is None:
        return source.tables
    known = {table.name: table for table in source.tables}
    for name in names:
        if name not in known:
            raise IngestionError(
                f"source {source.name} declares no table {name}; it declares {', '.join(sorted(known))}"
            )
    return tuple(table for table in source.tables if table.name in names)


def _instant(since: date | datetime | None) -> datetime | None:
    if since is None:
        return None
    if not isinstance(since, datetime):
        return datetime(since.year, since.month, since.day, tzinfo=UTC)
    return since if since.tzinfo else since.replace(tzinfo=UTC)


@contextmanager
def sentences() -> Iterator[None]:
    """Turn what the databases say into one sentence."""
    try:
        yield
    except pymysql.err.MySQLError as error:
        raise IngestionError(
            f"the warehouse refused: {sentence(error)}; the watermarks stay where they were"
        ) from error
    except psycopg.Error as error:
        first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise IngestionError(f"reading the source failed: {first}; nothing was loaded, run again") from error


@contextmanager
def scratch(work_dir: Path, name: str) -> Iterator[Path]:
    """Give an empty folder, and remove it afterwards: its files hold the rows of the source."""
    folder = work_dir / "extract" / name
    shutil.rmtree(folder, ignore_errors=True)
    try:
        for private in (work_dir, folder.parent, folder):
            make_private(private)
        yield folder
    except OSError as error:
        if error.filename is None and error.errno not in OF_THE_DISK:
            raise IngestionError(
                f"a connection was lost while rows went over it: {error.strerror or type(error).__name__}; the"
                " watermarks stay where they were, run again"
            ) from error
        raise IngestionError(
            f"cannot write {error.filename or folder}: {error.strerror}; free some space or correct the folder's rights"
        ) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def load(
    source: Source,
    load_url: str,
    work_dir: Path,
    plans: Sequence[TablePlan],
    files: Mapping[str, list[ExtractFile]],
    guard: Guard | None,
    progress: Progress | None,
) -> tuple[int, LoadReport, Mapping[str, TableState]]:
    """Load the files, over a connection of its own: a long extraction may outlive an idle one."""
    from ingestion.package import load_package

    with closing(staging.connect(load_url)) as warehouse:
        staging.ensure_database(warehouse, source.staging)
        load_seq, report = load_package(source, warehouse, load_url, work_dir, plans, files, guard, progress)
        return load_seq, report, staging.read_states(warehouse, source.staging)


def _counted(
    oltp: Any, source: Source, look: Look, plans: Sequence[TablePlan], seconds: Mapping[str, float]
) -> IngestResult:
    results = []
    for plan in plans:
        rows = gone = 0
        if plan.mode != "none":
            rows = oltp.execute(postgres.count_of(postgres.select_rows(source, plan))).fetchone()[0]
        if plan.mode == "since" and source.tombstones:
            gone = oltp.execute(postgres.count_of(postgres.select_deleted_keys(source, plan))).fetchone()[0]
        stored = plan.state.watermark if plan.state else postgres.BEGINNING
        results.append(TableResult(source.name, plan.table.name, rows, 0, gone, stored))
    return IngestResult(source.name, tuple(results), (), look.warnings, None, seconds)


def _result(
    source: Source, look: Look, plans: Sequence[TablePlan], extracted: Mapping[str, int], deleted: Mapping[str, int],
    before: Mapping[str, TableState], after: Mapping[str, TableState], seconds: Mapping[str, float],
    warnings: tuple[str, ...] = (), load_seq: int | None = None,
) -> IngestResult:  # fmt: skip
    names = [plan.table.name for plan in plans]
    changed = tuple(name for name in names if name not in before or after[name].changed_seq != before[name].changed_seq)
    results = tuple(
        TableResult(
            source.name, plan.table.name, extracted.get(plan.table.name, 0), extracted.get(plan.table.name, 0),
            deleted.get(plan.table.name, 0), plan.watermark,
        )
        for plan in plans
    )  # fmt: skip
    return IngestResult(source.name, results, changed, (*look.warnings, *warnings), load_seq, seconds)
