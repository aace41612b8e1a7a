"""One run of ingestion, and the probe: whether a run would find anything."""

import errno
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pymysql

from ingestion import held_rows, quarantine, staging
from ingestion.connecting import open_source
from ingestion.csv_files import DoubledKeyError
from ingestion.declarations import Source, Table
from ingestion.dialect import Oltp
from ingestion.drift import Readers
from ingestion.errors import IngestionError
from ingestion.extract import extract, make_private
from ingestion.model import (
    Extract,
    Guard,
    IngestResult,
    LoadJob,
    LoadReport,
    Look,
    Probe,
    Progress,
    TablePlan,
    TableResult,
    TableState,
)
from ingestion.plan import plan_tables
from ingestion.proofs import Proof, keep_proofs, read_proofs
from ingestion.refusals import sentence
from ingestion.trust import BEGINNING, WARN_AFTER
from ingestion.verify import WHOLE, read_source, verification

MARGIN = timedelta(seconds=2)
OF_THE_DISK = {
    errno.EACCES, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.ENAMETOOLONG, errno.ENOSPC, errno.ENOTDIR, errno.EPERM,
    errno.EROFS,
}  # fmt: skip


def probe(
    source: Source,
    extract_url: str,
    load_url: str,
    tables: Sequence[str] | None = None,
    *,
    margin: timedelta = MARGIN,
    readers: Readers | None = None,
) -> Probe:
    """Say by table whether a run would load anything. Writes nothing; takes some tens of milliseconds."""
    selected = chosen(source, tables)
    with closing(staging.connect(load_url)) as warehouse, sentences(), open_source(extract_url) as oltp:
        states = read_states(warehouse, source)
        look, plans = plan_tables(oltp, source, selected, states, margin=margin, readers=readers)
    changed = {plan.table.name: plan.mode != "none" for plan in plans}
    loaded = len(states.keys() & changed.keys()) == len(changed)
    since = min(states[name].watermark for name in changed) if loaded and changed else None
    return Probe(source.name, changed, since, look.warnings, {name: table.why for name, table in look.stopped.items()})


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
    run_id: str = "",
    verify: bool = False,
    warn_after: timedelta = WARN_AFTER,
    readers: Readers | None = None,
) -> IngestResult:
    """Bring the staging tables of `source` up to its present state.

    Rows at or after each table's stored watermark, or `since` if that is earlier, are read in one snapshot; with
    `full_refresh` tables are loaded anew; with `dry_run` rows are counted and nothing is written. `guard` is called
    with a cursor at the start of every write transaction and raises to stop the run. `margin` is how far the watermark
    stays behind the oldest open transaction. A run that dies leaves the stored watermarks where they were. `run_id` is
    noted with rows that go into quarantine. With `verify` what was loaded is compared with the source before it counts.
    A transaction open for `warn_after` or longer is named in a warning. `readers` tells which models read a column:
    a table that lost one of them is not loaded, and the result says so.
    Raises IngestionError.
    """
    selected = chosen(source, tables)
    job = LoadJob(load_url, work_dir, run_id, guard, progress)
    doubtful: set[str] = set()
    while True:
        started = time.perf_counter()
        with closing(staging.connect(load_url)) as warehouse, sentences(), open_source(extract_url) as oltp:
            states = read_states(warehouse, source)
            look, plans = plan_tables(
                oltp, source, selected, states, margin=margin, since=_instant(since), full_refresh=full_refresh,
                doubtful=doubtful, warn_after=warn_after, readers=readers,
            )  # fmt: skip
            seconds = {"survey": time.perf_counter() - started}
            if dry_run:
                return _counted(oltp, source, look, plans, seconds)
            report = LoadReport()
            try:
                return take_in(Snapshot(oltp, look, plans), source, warehouse, job, report, seconds, verify=verify)
            except DoubledKeyError:
                if report.doubled <= doubtful:
                    raise
                doubtful |= report.doubled


def read_states(warehouse: Any, source: Source) -> Mapping[str, TableState]:
    """Return what the warehouse holds of the source's tables, and what lies in quarantine."""
    states = staging.read_states(warehouse, source.staging)
    refused = quarantine.unrepresentable_counts(warehouse, source.name)
    doubled = quarantine.doubled_keys(warehouse, source.name, quarantine.DOUBLED) if refused else {}
    return {
        name: replace(state, unrepresentable=refused.get(name, 0), doubled=doubled.get(name, ()))
        for name, state in states.items()
    }


@dataclass(frozen=True)
class Snapshot:
    """A source connection within its snapshot, and what is to be done with each table in it."""

    oltp: Oltp
    look: Look
    plans: tuple[TablePlan, ...]


def take_in(
    snapshot: Snapshot, source: Source, warehouse: Any, job: LoadJob, report: LoadReport, seconds: dict[str, float],
    *, verify: bool = False, keep_snapshot: bool = False,
) -> IngestResult:  # fmt: skip
    """Load what the plans ask for. The snapshot ends when it is not needed any more, unless it is to be kept.

    Adds its times to `seconds`. Raises DoubledKeyError when two of the rows have one key, and names their tables in
    `report`; IngestionError for anything else.
    """
    oltp, plans = snapshot.oltp, snapshot.plans
    busy = [plan for plan in plans if plan.mode != "none"]
    extracts: dict[str, Extract] = {}
    load_seq = None
    started = time.perf_counter()
    with scratch(job.work_dir, source.name) as folder:
        for plan in busy:
            extracts[plan.table.name] = extract(oltp, source, plan, folder, job.progress)
        if not keep_snapshot and not verify:
            oltp.dialect.end_snapshot(oltp.connection)
        seconds["extract"] = time.perf_counter() - started
        if any(extract.files for extract in extracts.values()):
            load_seq = _load_and_verify(oltp, source, plans, extracts, job, report, verify=verify)
            seconds["verify"] = report.verify_seconds
            seconds["load"] = time.perf_counter() - started - seconds["extract"] - seconds["verify"]
        else:
            _advance(warehouse, source, plans, extracts, job)
    with closing(staging.connect(job.load_url)) as warehouse:  # the first may be closed after a long load
        keep_proofs(warehouse, source.staging, _proofs(snapshot, report), job.guard)
        holdings = Holdings(
            staging.read_states(warehouse, source.staging),
            read_proofs(warehouse, source.staging),
            quarantine.standing(warehouse, source.name),
        )
    return _result(source, snapshot, extracts, report, holdings, seconds, load_seq)


@dataclass(frozen=True)
class Holdings:
    """What the warehouse has of a source's tables after a run."""

    states: Mapping[str, TableState]
    proofs: Mapping[str, Proof]
    quarantined: Mapping[str, Mapping[str, int]]


def _proofs(snapshot: Snapshot, report: LoadReport) -> list[Proof]:
    """A table that was compared as a whole has been shown equal at the instant of the snapshot."""
    return [
        Proof(name, snapshot.look.taken_at, figures.rows, format(figures.checksum, "x"), 1, 0)
        for plan in snapshot.plans
        if plan.mode in WHOLE and (figures := report.verified.get(name := plan.table.name)) is not None
    ]


def _load_and_verify(
    oltp: Oltp, source: Source, plans: Sequence[TablePlan], extracts: Mapping[str, Extract], job: LoadJob,
    report: LoadReport, *, verify: bool,
) -> int:  # fmt: skip
    """Load while the source adds up what it was asked for, and compare before the load is declared complete."""
    if not verify:
        return load(source, plans, extracts, job, report)
    with ThreadPoolExecutor(1) as threads:
        in_source = threads.submit(read_source, oltp, source, plans)
        checked = replace(job, verify=verification(source, plans, extracts, in_source, job.load_url, report))
        return load(source, plans, extracts, checked, report)


def _advance(
    warehouse: Any, source: Source, plans: Sequence[TablePlan], extracts: Mapping[str, Extract], job: LoadJob
) -> None:
    """Move the watermarks forward where there is nothing to load; rules may have changed, bad rows come or gone."""
    refused = {name: extract for name, extract in extracts.items() if extract.refused or extract.all_refused}
    if refused or held_rows.rules_changed(warehouse, source, [plan.table.name for plan in plans]):
        load_seq = staging.next_sequence(warehouse, source.staging)
        with warehouse.cursor() as cursor:
            held_rows.ensure_tables(cursor, source)
            with staging.guarded(cursor, job.guard):
                held_rows.settle(cursor, source, load_seq, job.run_id)
                quarantine.keep_all_unrepresentable(cursor, source.name, refused, job.run_id)
    staging.advance(warehouse, source.staging, plans, job.guard)


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
    source: Source, plans: Sequence[TablePlan], extracts: Mapping[str, Extract], job: LoadJob, report: LoadReport
) -> int:
    """Load what was extracted, over a connection of its own: a long extraction may outlive an idle one."""
    from ingestion.package import load_package

    with closing(staging.connect(job.load_url)) as warehouse:
        staging.ensure_database(warehouse, source.staging)
        return load_package(source, warehouse, plans, extracts, job, report)


def _counted(
    oltp: Oltp, source: Source, look: Look, plans: Sequence[TablePlan], seconds: Mapping[str, float]
) -> IngestResult:
    results = []
    for plan in plans:
        rows = gone = 0
        if plan.mode != "none":
            rows = oltp.dialect.count_rows(oltp.connection, source, plan)
        if plan.mode == "since" and source.tombstones:
            gone = oltp.dialect.count_deleted_keys(oltp.connection, source, plan)
        stored = plan.state.watermark if plan.state else BEGINNING
        results.append(TableResult(source.name, plan.table.name, rows, 0, gone, stored))
    results += _stopped(source, look)
    return IngestResult(source.name, tuple(results), (), look.warnings, None, seconds, look.activity.blind)


def _result(
    source: Source, snapshot: Snapshot, extracts: Mapping[str, Extract], report: LoadReport,
    holdings: Holdings, seconds: Mapping[str, float], load_seq: int | None,
) -> IngestResult:  # fmt: skip
    plans = snapshot.plans
    changed = tuple(
        plan.table.name
        for plan in plans
        if plan.state is None or holdings.states[plan.table.name].changed_seq != plan.state.changed_seq
    )
    results = []
    for plan in plans:
        name = plan.table.name
        extract = extracts.get(name, Extract(()))
        read = extract.count("rows") + len(extract.refused)
        kept_back = report.held.get(name, 0) + len(extract.refused)
        results.append(
            TableResult(
                source.name, name, read, read - kept_back, report.deleted.get(name, 0), plan.watermark, kept_back,
                in_quarantine=holdings.quarantined.get(name, {}),
                verified=report.verified[name].rows if name in report.verified else 0,
                proved_equal_at=holdings.proofs[name].proved_equal_at if name in holdings.proofs else None,
            )
        )  # fmt: skip
    look = snapshot.look
    warnings = (*look.warnings, *report.warnings, *_in_quarantine(source, holdings.quarantined))
    return IngestResult(
        source.name, (*results, *_stopped(source, look)), changed, warnings, load_seq, seconds, look.activity.blind
    )


def _stopped(source: Source, look: Look) -> tuple[TableResult, ...]:
    return tuple(
        TableResult(source.name, name, 0, 0, 0, table.watermark, stopped=table.why)
        for name, table in look.stopped.items()
    )


def _in_quarantine(source: Source, standing: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    for table, rules in sorted(standing.items()):
        rows = sum(rules.values())
        reasons = ", ".join(f"{rule} {count:,}" for rule, count in sorted(rules.items()))
        yield (
            f"{source.name}.{table}: {rows:,} row{'s are' if rows > 1 else ' is'} in quarantine ({reasons}), and in no"
            f" mart until mended in the source; see {quarantine.TABLE}"
        )
