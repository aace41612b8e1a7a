"""What did a load do with each row of its file?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from oltp.superstore_files.columns import Kind
from oltp.superstore_files.order_lines import OrderLineFindings
from oltp.superstore_files.planning import INSERT, KEPT, UNCHANGED, UPDATE, Plan
from oltp.superstore_files.refusals import Refusal
from oltp.superstore_files.returns import ReturnFindings
from oltp.superstore_files.samples import Sample

_NAMED_AT_MOST = 5


@dataclass(frozen=True, slots=True)
class LoadReport:
    """Counts by table of what was written, the refused rows, how often each rule was applied, and warnings."""

    file: str
    kind: Kind
    rows: int
    accepted: int
    refused: tuple[Refusal, ...]
    inserted: Mapping[str, int]
    updated: Mapping[str, int]
    unchanged: Mapping[str, int]
    rules: Mapping[str, int]
    warnings: tuple[str, ...]
    samples: tuple[Sample, ...] = ()  # of a preview that was asked for them

    def as_json(self) -> dict[str, Any]:
        """Return the report as values that JSON can hold, without samples of rows."""
        return {name: value for name, value in asdict(self).items() if name != "samples"}

    def without_writes(self) -> "LoadReport":
        """Return the report of the same file where nothing was written."""
        return replace(self, accepted=0, inserted={}, updated={}, unchanged={})


def order_lines_report(
    path: Path, rows: int, findings: OrderLineFindings, plan: Plan, warnings: tuple[str, ...]
) -> LoadReport:
    """Return the report on a file of order lines."""
    rules = {
        "repeated_pairs_refused": findings.repeated_pairs,
        "conflicting_orders_refused": findings.conflicting_orders,
        "customers_of_newest_order": len(findings.customers_of_several_records),
        "products_of_newest_order": len(findings.products_of_several_names),
        "lines_rounded_to_the_cent": findings.rounded_lines,
        "customers_kept_of_newer_order": plan.actions["customers"].get(KEPT, 0),
        "products_kept_of_newer_order": plan.actions["products"].get(KEPT, 0),
    }
    return _report(path, Kind.ORDER_LINES, rows, findings.refusals, plan, rules, (*warnings, *_warnings(findings)))


def returns_report(
    path: Path, rows: int, findings: ReturnFindings, plan: Plan, warnings: tuple[str, ...]
) -> LoadReport:
    """Return the report on a file of returns."""
    unknown = sum(refusal.reason.startswith("is unknown") for refusal in plan.refusals)
    rules = {
        "unknown_orders_refused": unknown,
        "orders_returned_twice_refused": findings.returned_twice + len(plan.refusals) - unknown,
    }
    return _report(path, Kind.RETURNS, rows, findings.refusals, plan, rules, warnings)


def _report(
    path: Path,
    kind: Kind,
    rows: int,
    refusals: Iterable[Refusal],
    plan: Plan,
    rules: dict[str, int],
    warnings: tuple[str, ...],
) -> LoadReport:
    refused = tuple(sorted((*refusals, *plan.refusals), key=lambda refusal: refusal.line))
    return LoadReport(
        str(path),
        kind,
        rows,
        rows - len(refused),
        refused,
        {table: counts.get(INSERT, 0) for table, counts in plan.actions.items()},
        {table: counts.get(UPDATE, 0) for table, counts in plan.actions.items()},
        {table: counts.get(UNCHANGED, 0) + counts.get(KEPT, 0) for table, counts in plan.actions.items()},
        rules,
        warnings,
    )


def _warnings(findings: OrderLineFindings) -> Iterator[str]:
    if named := findings.products_of_several_names:
        yield f"{_some(named, 'product')} with more than one name or subcategory got that of the newest order"
    if ordered := findings.orders_of_several_priorities:
        yield f"{_some(ordered, 'order')} with more than one priority got that of the first line"
    if findings.rounded_discounts:
        yield f"discounts of more than two decimals were rounded, {findings.rounded_discounts:,} of them"


def _some(ids: Iterable[str], what: str) -> str:
    ordered = sorted(ids)
    shown = ", ".join(ordered[:_NAMED_AT_MOST])
    more = f" and {len(ordered) - _NAMED_AT_MOST:,} more" if len(ordered) > _NAMED_AT_MOST else ""
    return f"{len(ordered):,} {what}{'' if len(ordered) == 1 else 's'} ({shown}{more})"
