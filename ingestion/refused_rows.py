"""Reconciliation of the rows that staging cannot hold: the quarantine has those of the source and no others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingestion import held_rows, quarantine, staging
from ingestion.compare import Pair
from ingestion.declarations import Source
from ingestion.extract import read_refused
from ingestion.model import Extract, LoadJob, TablePlan, UnrepresentableRow
from ingestion.quarantine import row_hash


@dataclass(frozen=True)
class RefusedComparison:
    """`rows` of the source cannot be held; `in_flight` differ and will be read by the next load, `lasting` will not."""

    rows: int
    in_flight: int
    lasting: int


def count_quarantined(warehouse: Any, source: Source) -> Mapping[str, int]:
    """Return by table how many rows lie in quarantine."""
    return {table: sum(rules.values()) for table, rules in quarantine.standing(warehouse, source.name).items()}


def compare_refused(pair: Pair, plan: TablePlan) -> RefusedComparison:
    """Compare the quarantine with the rows of the source that staging cannot hold."""
    rows = read_refused(pair.oltp, pair.source, plan, all_rows=True)
    theirs = {row_hash(row) for row in rows}
    ours = quarantine.unrepresentable_hashes(pair.warehouse, pair.source.name, plan.table.name)
    if plan.mode == "none":
        return RefusedComparison(len(rows), 0, len(theirs ^ ours))
    to_be_read = {row_hash(row) for row in read_refused(pair.oltp, pair.source, plan, all_rows=False)}
    missing = theirs - ours - to_be_read
    return RefusedComparison(len(rows), len(theirs ^ ours) - len(missing), len(missing))


def enter_refused(pair: Pair, plans: Sequence[TablePlan], job: LoadJob) -> Mapping[str, tuple[UnrepresentableRow, ...]]:
    """Make the quarantine hold the rows that staging cannot; return them by table."""
    refused = {plan.table.name: read_refused(pair.oltp, pair.source, plan, all_rows=True) for plan in plans}
    differing = {
        table: Extract((), rows, all_refused=True)
        for table, rows in refused.items()
        if {row_hash(row) for row in rows} != quarantine.unrepresentable_hashes(pair.warehouse, pair.source.name, table)
    }
    if differing:
        with pair.warehouse.cursor() as cursor:
            held_rows.ensure_tables(cursor, pair.source)
            with staging.guarded(cursor, job.guard):
                quarantine.keep_all_unrepresentable(cursor, pair.source.name, differing, job.run_id)
    return refused
