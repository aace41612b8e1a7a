"""What a run does beside its work: reconcile what it could not see for certain, and remove what nobody needs."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial

from prefect import get_run_logger

from flows.errors import RunFailedError
from flows.history import History
from flows.job import Job, or_warn, outcome
from flows.reconciling import as_report, reconcile_source
from ingestion import staging
from ingestion.declarations import Source
from ingestion.housekeeping import tidy
from ingestion.proofs import read_proofs
from ingestion.quarantine import newest_rows
from warehouse.engine import engine_of
from warehouse.partitions import read_partitions
from warehouse.state import read_taken_in

RUN_ID = "TIDEMARK_RUN_ID"  # dbt's macros read it, and stop when another run has taken the lock
SHOWN_ROWS = 1_000  # of the quarantine, the newest; all of them lie in the warehouse


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


def proof_is_due(job: Job, source: Source) -> bool:
    """Whether a table of the run was not shown equal to its source for the hours that a blind watermark is given."""
    tables = job.tables_of(source) or [table.name for table in source.tables]
    with closing(staging.connect(job.workshop.urls["LOAD_URL"])) as warehouse:
        proofs = read_proofs(warehouse, source.staging)
    oldest = dt.datetime.now(dt.UTC) - dt.timedelta(hours=job.workshop.blind_reconcile_hours)
    return any(table not in proofs or proofs[table].proved_equal_at < oldest for table in tables)


def reconcile_blind(job: Job, source: Source, history: History) -> None:
    """Reconcile a source whose open transactions cannot be seen, and say in the report what was put right."""
    rows = _heal(job, source, history)
    job.report.warnings.append(
        f"{source.name} was reconciled, because its open transactions cannot be seen: {rows:,} rows were put right;"
        f" this is done every {job.workshop.blind_reconcile_hours:g} h"
    )


def heal_spoiled(job: Job, history: History) -> bool:
    """Reconcile the sources of the stars in which a test or a model failed on its rows; whether rows were put right.

    The report says which of the two it was: rows that no load had seen change, or rows that the source holds so.
    """
    spoiled = [mart for mart in job.workshop.marts if mart.live_schema in job.spoiled]
    feeding = {table.source for mart in spoiled for table in mart.sources}
    sources = [source for source in job.sources if source.name in feeding]
    healed = {source.name: _heal(job, source, history) for source in sources}
    failed = next(node.name for node in job.report.failed if node.is_of_data)
    if any(healed.values()):
        told = ", ".join(f"{rows:,} of {name}" for name, rows in healed.items() if rows)
        job.report.warnings.append(
            f"{failed} failed on rows that no load had seen change; staging was reconciled ({told} put right)"
            " and built from once more"
        )
        return True
    job.report.warnings.append(
        f"{failed} failed though all that was loaded equals its source ({', '.join(healed)} was compared);"
        " look at the source's rows and at the model"
    )
    return False


def _heal(job: Job, source: Source, history: History) -> int:
    """Reconcile a source and keep the proof; how many rows were put right."""
    result = reconcile_source(job, source)
    tables = [as_report(table, healed=True) for table in result.tables]
    history.keep_proofs(job.report.run_id, tables)
    differing = [f"{table.source}.{table.table}" for table in tables if not table.equal]
    if differing:
        raise RunFailedError(
            f"{', '.join(differing)} still differs after healing, nothing was published: something else writes to"
            " staging; find it, then run again"
        )
    return sum(table.healed_rows for table in tables)


def keep_state(job: Job, history: History) -> None:
    """Keep for the pages which rows lie in quarantine and, after a publish, what the partitions hold."""
    with closing(staging.connect(job.workshop.urls["LOAD_URL"])) as warehouse:
        history.keep_quarantine(newest_rows(warehouse, SHOWN_ROWS))
    if job.report.published:
        history.keep_partitions(job.report.run_id, read_partitions(job.workshop.urls["WAREHOUSE_URL"]))


def tidy_up(job: Job) -> None:
    """Remove tombstones, changed keys and old watermarks that nobody needs; at most once a day."""
    for source in job.sources:
        removed = tidy(
            source,
            job.workshop.urls[source.connection],
            job.workshop.urls["LOAD_URL"],
            partial(_taken_in, job, source),
            guard=job.lock.guard if job.lock else None,
        )
        if removed:
            get_run_logger().info(
                "%s: removed %d tombstones, %d changed keys, %d old watermarks",
                source.name, removed.tombstones, sum(removed.changes.values()), removed.watermarks,
            )  # fmt: skip


def _taken_in(job: Job, source: Source) -> Mapping[str, int]:
    with engine_of(job.workshop.urls["BUILD_URL"]).connect() as connection:
        taken_in = read_taken_in(connection, job.workshop.readers_of_changes)
    return {table.name: seq for table, seq in taken_in.items() if table.source == source.name}
