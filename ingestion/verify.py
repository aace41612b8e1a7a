"""The proof of a load, before it counts: what it brought is in staging as it is in the source, in the same snapshot.

Of a table whose changes were loaded, the rows that were read are compared; of one that was loaded as a whole, all rows.
Both databases add up digests; a row that is held back by a rule counts as one of staging. What no load reads is for
reconciliation to find.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from queue import SimpleQueue
from typing import Any

from ingestion import staging_checksums
from ingestion.buckets import Figures
from ingestion.csv_files import quoted
from ingestion.declarations import Source
from ingestion.dialect import Oltp
from ingestion.errors import IngestionError
from ingestion.model import Extract, LoadReport, TablePlan, Verification
from ingestion.staging import HELD, connect

WHOLE = ("replace", "whole")
CONNECTIONS = 2
MANY = 100_000  # rows: from here on the two halves of a table are added up side by side


def read_source(oltp: Oltp, source: Source, plans: Sequence[TablePlan]) -> Mapping[str, Figures]:
    """Return by table the figures of the rows that the plans read and staging can hold, in the snapshot."""
    return {
        plan.table.name: oltp.dialect.read_total(oltp.connection, source, plan)
        for plan in plans
        if plan.mode in (*WHOLE, "since")
    }


def verification(
    source: Source, plans: Sequence[TablePlan], extracts: Mapping[str, Extract],
    in_source: "Future[Mapping[str, Figures]]", load_url: str, report: LoadReport,
) -> Verification:  # fmt: skip
    """Return what compares staging with `in_source` when all is loaded, and raises IngestionError where they differ.

    Staging is added up over connections of its own, while bad rows are being held back: one that moves between its
    table and those held back is, until that is committed, where it was loaded.
    """

    @contextmanager
    def verifying() -> Iterator[Callable[[], None]]:
        loaded = [plan for plan in plans if plan.table.name in extracts]
        with ExitStack() as stack:
            pool: SimpleQueue[Any] = SimpleQueue()
            for _ in range(CONNECTIONS):
                pool.put(stack.enter_context(closing(connect(load_url))))
            threads = ThreadPoolExecutor(CONNECTIONS)
            stack.callback(threads.shutdown, cancel_futures=True)
            found = {
                plan.table.name: [
                    threads.submit(_read_part, pool, source, plan, *part)
                    for part in _parts(pool, source, plan, extracts[plan.table.name].count("rows"))
                ]
                for plan in loaded
            }

            def finish() -> None:
                started = time.perf_counter()
                expected = in_source.result()
                for plan in loaded:
                    if plan.table.name in expected:
                        parts = [part.result() for part in found[plan.table.name]]
                        figures = Figures(sum(part.rows for part in parts), sum(part.checksum for part in parts))
                        if figures != expected[plan.table.name]:
                            raise IngestionError(_sentence(source, plan, expected[plan.table.name], figures))
                        report.verified[plan.table.name] = figures
                report.verify_seconds = time.perf_counter() - started

            yield finish

    return verifying


def _parts(
    pool: "SimpleQueue[Any]", source: Source, plan: TablePlan, rows: int
) -> Iterator[tuple[str, str | None, str]]:
    """Yield table, table of the keys that count, and condition of the parts that make up what was loaded."""
    name = plan.table.name
    among, halves = None, ["true"]
    if plan.mode not in WHOLE:
        if not rows:
            return
        among = f"{quoted(f'{source.staging}_staging')}.{quoted(name)}"
    elif rows >= MANY:
        with _taken(pool) as cursor:
            halves = staging_checksums.halves(cursor, source.staging, plan.table, rows)
    for half in halves:
        yield name, among, half
    yield HELD + name, among, "true"


def _read_part(
    pool: "SimpleQueue[Any]", source: Source, plan: TablePlan, table: str, among: str | None, condition: str
) -> Figures:
    with _taken(pool) as cursor:
        return staging_checksums.read_total(cursor, source.staging, plan, table, among, condition)


@contextmanager
def _taken(pool: "SimpleQueue[Any]") -> Iterator[Any]:
    connection = pool.get()
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        pool.put(connection)


def _sentence(source: Source, plan: TablePlan, expected: Figures, found: Figures) -> str:
    what = (
        f"{found.rows:,} rows instead of {expected.rows:,}"
        if found.rows != expected.rows
        else f"{found.rows:,} rows, but not with the same values"
    )
    return (
        f"{source.name}.{plan.table.name}: after loading, staging has {what} of those that were read; the watermarks"
        f" stay where they were: see what else writes to {source.staging}, then run again"
    )
