"""Reconciliation: staging is compared with the source, what no load could see is put right, and the proof is kept.

All is read in one snapshot of the source: first what changed since the last load, so that staging stands at the very
instant of the snapshot; then the figures of all parts; then the rows that differ. What is written in the source
meanwhile is not in the snapshot, and so no difference. The caller keeps other writers away from staging.
"""

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from ingestion import staging
from ingestion.buckets import total
from ingestion.causes import Action, cause_of, reads
from ingestion.compare import Comparison, Mismatch, Pair, compare_again, compare_tables, find_mismatches
from ingestion.connecting import open_source
from ingestion.csv_files import DoubledKeyError
from ingestion.declarations import Source
from ingestion.drift import Readers
from ingestion.errors import IngestionError
from ingestion.healing import Remedy, heal
from ingestion.model import Guard, LoadJob, LoadReport, Progress, TablePlan
from ingestion.plan import plan_tables
from ingestion.proofs import Proof, keep_proofs
from ingestion.refused_rows import compare_refused, count_quarantined, enter_refused
from ingestion.run import MARGIN, Snapshot, chosen, read_states, sentences, take_in
from ingestion.trust import WARN_AFTER

MOST_KEYS = 10_000  # of a table; when more of its rows differ it is read again as a whole


@dataclass(frozen=True)
class Difference:
    """A row that staging did not hold as the source does, named by its key alone, and why no load had seen it."""

    key: Mapping[str, str]
    action: Action
    why: str


@dataclass(frozen=True)
class TableComparison:
    """What was found in a table. `buckets` were compared, of which `different_buckets` differed at first.

    `differing_rows` counts the rows, of which `differences` names MOST_KEYS at most. `in_flight` rows changed since the
    last load and will be read by the next: they are no differences, but there is no proof while there are any.
    `quarantined` of the source's rows are not in the table itself; they count among `rows`.
    """

    source: str
    table: str
    rows: int
    buckets: int
    different_buckets: int
    differences: tuple[Difference, ...]
    differing_rows: int
    in_flight: int
    equal: bool
    proved_equal_at: datetime | None
    quarantined: int = 0


@dataclass(frozen=True)
class ReconcileResult:
    """What was found in a source's tables. `stopped` names those that could not be compared, with the reason."""

    source: str
    tables: tuple[TableComparison, ...]
    warnings: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    stopped: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Caution:
    """What the plans have to mind, as `plan_tables` takes it."""

    margin: timedelta
    warn_after: timedelta
    readers: Readers | None
    doubtful: Collection[str] = ()


def reconcile(
    source: Source,
    extract_url: str,
    load_url: str,
    work_dir: Path,
    *,
    tables: Sequence[str] | None = None,
    guard: Guard | None = None,
    progress: Progress | None = None,
    margin: timedelta = MARGIN,
    run_id: str = "",
    warn_after: timedelta = WARN_AFTER,
    readers: Readers | None = None,
) -> ReconcileResult:
    """Make the staging tables equal to the source, show that they are, and keep the proof of each.

    The parameters are those of `ingest`. Raises IngestionError.
    """
    job = LoadJob(load_url, work_dir, run_id, guard, progress)
    doubtful: set[str] = set()
    while True:
        report = LoadReport()
        try:
            caution = _Caution(margin, warn_after, readers, doubtful)
            return _reconcile_once(source, extract_url, job, tables, caution, report)
        except DoubledKeyError:
            if report.doubled <= doubtful:
                raise
            doubtful |= report.doubled


def _reconcile_once(
    source: Source, extract_url: str, job: LoadJob, tables: Sequence[str] | None, caution: _Caution, report: LoadReport
) -> ReconcileResult:
    """Reconcile; raises DoubledKeyError, as `take_in` does."""
    seconds: dict[str, float] = {}
    load_url = job.load_url
    with _snapshot(source, extract_url, load_url, tables, caution) as (snapshot, warehouse):
        loaded = take_in(snapshot, source, warehouse, job, report, seconds, keep_snapshot=True)
        with closing(staging.connect(load_url)) as warehouse:  # the first may be closed after a long load
            pair = Pair(source, snapshot.oltp, warehouse)
            with _timed(seconds, "compare"):
                comparisons = compare_tables(pair, snapshot.plans)
                remedies = _remedies(pair, comparisons)
            load_seq, healed = 0, comparisons
            if remedies:
                with _timed(seconds, "heal"):
                    load_seq = heal(snapshot.oltp, source, list(remedies.values()), job, report)
                    healed = tuple(compare_again(pair, comparison) for comparison in comparisons)
            refused = enter_refused(pair, snapshot.plans, job)
            quarantined = count_quarantined(warehouse, source)
            results = tuple(
                _result(
                    pair, before, after, remedies.get(before.plan.table.name), load_seq, snapshot.look.taken_at,
                    refused=len(refused[before.plan.table.name]),
                    quarantined=quarantined.get(before.plan.table.name, 0),
                )
                for before, after in zip(comparisons, healed, strict=True)
            )  # fmt: skip
            keep_proofs(warehouse, source.staging, _proofs(results, healed), job.guard)
    return ReconcileResult(source.name, results, loaded.warnings, seconds, _stopped(snapshot))


def compare(
    source: Source,
    extract_url: str,
    load_url: str,
    *,
    tables: Sequence[str] | None = None,
    margin: timedelta = MARGIN,
    warn_after: timedelta = WARN_AFTER,
    readers: Readers | None = None,
) -> ReconcileResult:
    """Say where the staging tables differ from the source by more than what the next load will read; write nothing.

    Raises IngestionError, also for a table that was never loaded.
    """
    seconds: dict[str, float] = {}
    caution = _Caution(margin, warn_after, readers)
    with _snapshot(source, extract_url, load_url, tables, caution) as (snapshot, warehouse):
        for plan in snapshot.plans:
            name = f"{source.name}.{plan.table.name}"
            if plan.state is None:
                raise IngestionError(f"{name} was never loaded; load it first (tidemark run)")
            if plan.reshaping:
                raise IngestionError(f"the columns of {name} changed since it was loaded; load it first (tidemark run)")
        pair = Pair(source, snapshot.oltp, warehouse)
        quarantined = count_quarantined(warehouse, source)
        with _timed(seconds, "compare"):
            results = tuple(
                _without_in_flight(
                    pair, comparison, snapshot.look.taken_at, quarantined.get(comparison.plan.table.name, 0)
                )
                for comparison in compare_tables(pair, snapshot.plans)
            )
    return ReconcileResult(source.name, results, snapshot.look.warnings, seconds, _stopped(snapshot))


def _stopped(snapshot: Snapshot) -> Mapping[str, str]:
    return {name: table.why for name, table in snapshot.look.stopped.items()}


@contextmanager
def _snapshot(
    source: Source, extract_url: str, load_url: str, tables: Sequence[str] | None, caution: _Caution
) -> Iterator[tuple[Snapshot, Any]]:
    """Give a snapshot of the source with the plan of a load in it, and a connection to the warehouse."""
    selected = chosen(source, tables)
    with closing(staging.connect(load_url)) as warehouse, sentences(), open_source(extract_url) as oltp:
        states = read_states(warehouse, source)
        look, plans = plan_tables(
            oltp, source, selected, states, margin=caution.margin, warn_after=caution.warn_after,
            readers=caution.readers, doubtful=caution.doubtful,
        )  # fmt: skip
        yield Snapshot(oltp, look, plans), warehouse
        oltp.dialect.end_snapshot(oltp.connection)


def _remedies(pair: Pair, comparisons: Sequence[Comparison]) -> Mapping[str, Remedy]:
    differing = [comparison for comparison in comparisons if comparison.different]
    if not differing:
        return {}
    states = staging.read_states(pair.warehouse, pair.source.staging)
    remedies = {}
    for comparison in differing:
        mismatches, all_known = find_mismatches(pair, comparison, MOST_KEYS)
        name = comparison.plan.table.name
        remedies[name] = Remedy(replace(comparison.plan, state=states[name]), tuple(mismatches), all_known)
    return remedies


def _result(
    pair: Pair, before: Comparison, after: Comparison, remedy: Remedy | None, load_seq: int, at: datetime, *,
    refused: int, quarantined: int,
) -> TableComparison:  # fmt: skip
    plan, rows = before.plan, total(before.in_source).rows + refused
    mismatches = remedy.mismatches if remedy else ()
    differing = len(mismatches)
    if remedy and not remedy.all_known:
        differing = staging.count_changes(pair.warehouse, pair.source.staging, plan.table.name, load_seq)
    equal = not after.different
    return TableComparison(
        source=pair.source.name,
        table=plan.table.name,
        rows=rows,
        buckets=before.parts,
        different_buckets=len(before.different),
        differences=_named(mismatches, plan, source_is_empty=rows == 0),
        differing_rows=differing,
        in_flight=0,
        equal=equal,
        proved_equal_at=at if equal else None,
        quarantined=quarantined,
    )


def _without_in_flight(pair: Pair, comparison: Comparison, at: datetime, quarantined: int) -> TableComparison:
    plan = comparison.plan
    refused = compare_refused(pair, plan)
    rows = total(comparison.in_source).rows + refused.rows
    mismatches, all_known = find_mismatches(pair, comparison, MOST_KEYS)
    lasting = _lasting(pair, plan, mismatches)
    in_flight = len(mismatches) - len(lasting) + refused.in_flight
    equal = not lasting and all_known and not refused.lasting
    return TableComparison(
        source=pair.source.name,
        table=plan.table.name,
        rows=rows,
        buckets=comparison.parts,
        different_buckets=0 if equal else len(comparison.different),
        differences=_named(lasting, plan, source_is_empty=rows == 0),
        differing_rows=len(lasting) + refused.lasting,
        in_flight=in_flight,
        equal=equal,
        proved_equal_at=at if equal and not in_flight else None,
        quarantined=quarantined,
    )


def _lasting(pair: Pair, plan: TablePlan, mismatches: Sequence[Mismatch]) -> list[Mismatch]:
    """Return the mismatches that the next load would leave."""
    if plan.mode == "whole":
        return []
    if plan.mode == "none" or not mismatches:
        return list(mismatches)
    buried: set[tuple[str, ...]] = set()
    if pair.source.tombstones:
        buried = pair.oltp.dialect.read_deleted_keys(pair.oltp.connection, pair.source, plan)
    return [
        mismatch
        for mismatch in mismatches
        if not (reads(plan, mismatch.in_source.cursor) if mismatch.in_source else mismatch.key in buried)
    ]


def _named(mismatches: Sequence[Mismatch], plan: TablePlan, *, source_is_empty: bool) -> tuple[Difference, ...]:
    causes = ((mismatch.key, cause_of(mismatch, plan, source_is_empty)) for mismatch in mismatches)
    names = plan.table.primary_key
    return tuple(Difference(dict(zip(names, key, strict=True)), cause.action, cause.why) for key, cause in causes)


def _proofs(results: Sequence[TableComparison], comparisons: Sequence[Comparison]) -> Iterator[Proof]:
    for result, comparison in zip(results, comparisons, strict=True):
        if result.proved_equal_at is not None:
            checksum = format(total(comparison.in_source).checksum, "x")
            yield Proof(
                result.table, result.proved_equal_at, result.rows, checksum, result.buckets, result.differing_rows
            )


@contextmanager
def _timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    seconds[stage] = time.perf_counter() - started
