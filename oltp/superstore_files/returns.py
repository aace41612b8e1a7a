"""Which returns do the rows of a file make, and which rows are refused?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from oltp.superstore_files.columns import Header
from oltp.superstore_files.reading import RawRow
from oltp.superstore_files.refusals import Refusal
from oltp.superstore_files.values import Cell, Value, read_values


@dataclass(frozen=True, slots=True)
class Return:
    """The return of an order, and its line in the file."""

    line: int
    return_id: str
    order_id: str
    return_date: date
    return_status: str
    return_region: str
    reason: str | None


@dataclass(slots=True)
class ReturnFindings:
    """What is known of a file's returns so far."""

    refusals: list[Refusal] = field(default_factory=list)
    lines_by_order: dict[str, int] = field(default_factory=dict)
    lines_by_return: dict[str, int] = field(default_factory=dict)
    returned_twice: int = 0


def check_returns(
    rows: Iterable[RawRow], header: Header, cells: tuple[Cell, ...], findings: ReturnFindings
) -> Iterator[Return]:
    """Yield the returns of a file that hold by themselves; whether their orders exist, the database tells.

    An order is returned at most once: its first row stays. The id of a return is the file's own, or made from the
    order's id, so that the same file makes the same ids.
    """
    width = len(header.titles)
    for row in rows:
        values = read_values(row, cells, width)
        if isinstance(values, Refusal):
            findings.refusals.append(values)
            continue
        order_id = cast(str, values["order_id"])
        return_id = cast(str, values["return_id"] or f"RET-{order_id}")
        if refusal := _repetition(row.line, order_id, return_id, header, findings):
            findings.refusals.append(refusal)
            continue
        findings.lines_by_order[order_id] = findings.lines_by_return[return_id] = row.line
        yield _made_of(row.line, order_id, return_id, values)


def _repetition(line: int, order_id: str, return_id: str, header: Header, findings: ReturnFindings) -> Refusal | None:
    if first := findings.lines_by_order.get(order_id):
        findings.returned_twice += 1
        return Refusal(line, header.title("order_id"), f"is returned already on line {first}")
    if first := findings.lines_by_return.get(return_id):
        return Refusal(line, header.title("return_id"), f"is the return of another order on line {first}")
    return None


def _made_of(line: int, order_id: str, return_id: str, values: dict[str, Value]) -> Return:
    return Return(
        line,
        return_id,
        order_id,
        cast(date, values["return_date"]),
        cast(str, values["return_status"]),
        cast(str, values["return_region"]),
        cast("str | None", values["reason"]),
    )
