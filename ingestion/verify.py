"""The proof of a load, before it counts: what it brought is in staging as it is in the source, in the same snapshot.

Of a table whose changes were loaded, the rows that were read are compared; of one that was loaded as a whole, all rows.
Both databases add up digests; a row that is held back by a rule counts as one of staging. What no load reads is for
reconciliation to find.
"""

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import Any

from ingestion import staging_checksums
from ingestion.buckets import Figures
from ingestion.csv_files import quoted
from ingestion.declarations import Source
from ingestion.dialect import Oltp
from ingestion.errors import IngestionError
from ingestion.model import Extract, Guard, LoadReport, TablePlan
from ingestion.staging import HELD

WHOLE = ("replace", "whole")


def read_source(oltp: Oltp, source: Source, plans: Sequence[TablePlan]) -> Mapping[str, Figures]:
    """Return by table the figures of the rows that the plans read and staging can hold, in the snapshot."""
    return {
        plan.table.name: oltp.dialect.read_total(oltp.connection, source, plan)
        for plan in plans
        if plan.mode in (*WHOLE, "since")
    }


def verifier(
    source: Source, plans: Sequence[TablePlan], extracts: Mapping[str, Extract],
    in_source: "Future[Mapping[str, Figures]]", report: LoadReport,
) -> Guard:  # fmt: skip
    """Return what compares staging with `in_source` when all is loaded, and raises IngestionError where they differ."""

    def verify(cursor: Any) -> None:
        started = time.perf_counter()
        expected = in_source.result()
        for plan in plans:
            name = plan.table.name
            if name in expected and name in extracts:
                found = _in_staging(cursor, source, plan, extracts[name])
                if found != expected[name]:
                    raise IngestionError(_sentence(source, plan, expected[name], found))
                report.verified[name] = found
        report.verify_seconds = time.perf_counter() - started

    return verify


def _in_staging(cursor: Any, source: Source, plan: TablePlan, extract: Extract) -> Figures:
    among = None
    if plan.mode not in WHOLE:
        if not extract.count("rows"):
            return Figures(0, 0)
        among = f"{quoted(f'{source.staging}_staging')}.{quoted(plan.table.name)}"
    parts = [
        staging_checksums.read_total(cursor, source.staging, plan, table, among)
        for table in (plan.table.name, HELD + plan.table.name)
    ]
    return Figures(sum(part.rows for part in parts), sum(part.checksum for part in parts))


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
