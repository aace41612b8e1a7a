"""Why a row was missed: what its two sides tell of how it came to differ."""

from dataclasses import dataclass
from typing import Literal

from ingestion.compare import Mismatch
from ingestion.model import TablePlan
from ingestion.staging import naive

Action = Literal["inserted", "updated", "deleted"]


@dataclass(frozen=True)
class Cause:
    """What has to be done with a row in staging, and why no load had done it."""

    action: Action
    why: str


def cause_of(mismatch: Mismatch, plan: TablePlan, source_is_empty: bool) -> Cause:
    """Return what a mismatch asks for and its likeliest reasons; `plan` has the watermark that hid the row."""
    cursor = plan.table.cursor
    if mismatch.in_source is None:
        if source_is_empty:
            return Cause("deleted", "the source's table was emptied with its triggers off: no resync mark tells of it")
        return Cause(
            "deleted",
            "no tombstone names the key: it was deleted or changed in the source with triggers off, the source was"
            " restored, or the row was put into staging by another hand",
        )
    at = mismatch.in_source.cursor
    late = f"its {cursor} ({at or 'NULL'}) is older than the watermark ({_watermark(plan)})"
    if mismatch.in_staging is None:
        if reads(plan, at):
            return Cause("inserted", "it had been loaded and was removed from staging by another hand")
        return Cause("inserted", f"{late}: backdated, written with triggers off, or removed from staging")
    before = mismatch.in_staging.cursor
    if at == before:
        return Cause(
            "updated",
            f"changed without a new {cursor}: a trigger was bypassed in the source, or staging was altered",
        )
    if (at or "") < (before or ""):
        return Cause("updated", f"its {cursor} went back from {before} to {at}: backdated, or the source was restored")
    return Cause("updated", f"{late}: backdated, or staging was altered")


def reads(plan: TablePlan, cursor: str | None) -> bool:
    """Say whether a load from the stored watermark on reads a row of this cursor."""
    return cursor is None or plan.state is None or cursor >= _watermark(plan)


def _watermark(plan: TablePlan) -> str:
    """Return the stored watermark in the form of a canonical instant, with which it compares as text."""
    return (
        "" if plan.state is None else naive(plan.state.watermark).isoformat(" ", "microseconds").rstrip("0").rstrip(".")
    )
