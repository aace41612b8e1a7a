"""Does this file write the day or the month first, and a decimal point or a decimal comma?"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from oltp.superstore_files.columns import COLUMNS, Header, Reads
from oltp.superstore_files.dates import DateOrder, read_date
from oltp.superstore_files.errors import SuperstoreFileError
from oltp.superstore_files.numbers import DecimalMark, read_number
from oltp.superstore_files.reading import RawRow, TextFile, read_rows

_CLEAR_SHARE = 0.9  # of the values that decide; with less agreement the rest of the file would be a guess
_NUMERIC = (Reads.MONEY, Reads.FRACTION, Reads.INTEGER)

Choice = TypeVar("Choice", DateOrder, DecimalMark)


@dataclass(frozen=True, slots=True)
class Conventions:
    """How a file writes its dates and numbers, and how many rows it has."""

    date_order: DateOrder
    decimal_mark: DecimalMark
    rows: int
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class _Votes:
    """Which reading the values of a file allow: `counts` by reading, `first` the place where each was seen first."""

    counts: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)

    def add(self, reading: str, line: int, column: str) -> None:
        self.counts[reading] += 1
        if reading not in self.first:
            self.first[reading] = f"line {line}, column {column}"


_EITHER = "either"
_EITHER_DOTTED = "either, dotted"


def find_conventions(
    file: TextFile, date_order: DateOrder | None = None, decimal_mark: DecimalMark | None = None
) -> Conventions:
    """Read a file once through and decide, from the values that can be read in one way only, how to read the others.

    What is given is not asked for. Nine in ten of the deciding values must agree; the rows that do not are refused
    later, each by itself.
    Raises SuperstoreFileError if nothing decides, or if the values contradict one another.
    """
    dates, numbers = _Votes(), _Votes()
    rows = _collect(read_rows(file), file.header, dates, numbers)
    if rows == 0:
        raise SuperstoreFileError(f"{file.path} has a header and no rows: export it again with its rows")
    warnings: list[str] = []
    order = date_order or _date_order(file, dates, warnings)
    mark = decimal_mark or _decimal_mark(file, numbers, warnings)
    return Conventions(order, mark, rows, tuple(warnings))


def _collect(rows: Iterable[RawRow], header: Header, dates: _Votes, numbers: _Votes) -> int:
    columns = [column for column in COLUMNS[header.kind] if column.name in header.positions]
    date_cells = [(header.positions[each.name], each.header) for each in columns if each.reads is Reads.DATE]
    number_cells = [(header.positions[each.name], each.header) for each in columns if each.reads in _NUMERIC]
    count = 0
    for row in rows:
        count += 1
        if len(row.cells) < len(header.titles):
            continue
        for position, column in date_cells:
            if reading := _date_vote(row.cells[position]):
                dates.add(reading, row.line, column)
        for position, column in number_cells:
            if reading := _number_vote(row.cells[position]):
                numbers.add(reading, row.line, column)
    return count


def _date_vote(text: str) -> str | None:
    day = read_date(text)
    if day.day_first == day.month_first:
        return None
    if day.month_first is None:
        return DateOrder.DAY_FIRST
    if day.day_first is None:
        return DateOrder.MONTH_FIRST
    return _EITHER_DOTTED if day.dotted else _EITHER


def _number_vote(text: str) -> str | None:
    number = read_number(text)
    if number.point == number.comma:
        return None
    if number.comma is None:
        return DecimalMark.POINT
    return DecimalMark.COMMA if number.point is None else _EITHER


def _date_order(file: TextFile, votes: _Votes, warnings: list[str]) -> DateOrder:
    decided = _majority(file, votes, (DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST), "dates", "--date-order", warnings)
    if decided is None and votes.counts[_EITHER]:
        raise SuperstoreFileError(
            f"{file.path} does not show whether its dates write the day or the month first"
            f" ({votes.first[_EITHER]}): say --date-order day-first or --date-order month-first"
        )
    return decided or DateOrder.DAY_FIRST  # no locale writes month.day.year, so dots alone mean day first


def _decimal_mark(file: TextFile, votes: _Votes, warnings: list[str]) -> DecimalMark:
    decided = _majority(file, votes, (DecimalMark.POINT, DecimalMark.COMMA), "numbers", "--decimal-mark", warnings)
    if decided is None and votes.counts[_EITHER]:
        raise SuperstoreFileError(
            f"{file.path} does not show whether its numbers have a decimal point or a decimal comma"
            f" ({votes.first[_EITHER]}): say --decimal-mark . or --decimal-mark ,"
        )
    return decided or DecimalMark.POINT


def _majority(
    file: TextFile, votes: _Votes, choices: tuple[Choice, Choice], what: str, option: str, warnings: list[str]
) -> Choice | None:
    most, least = sorted(choices, key=lambda choice: -votes.counts[choice])
    if votes.counts[most] == 0:
        return None
    if votes.counts[least] == 0:
        return most
    contradiction = (
        f"some {what} can only be read with {option} {most} ({votes.first[most]}),"
        f" others only with {option} {least} ({votes.first[least]})"
    )
    if votes.counts[most] < _CLEAR_SHARE * (votes.counts[most] + votes.counts[least]):
        raise SuperstoreFileError(f"{file.path} contradicts itself, {contradiction}: mend it, or say {option}")
    warnings.append(f"{contradiction}: read with {option} {most}, as {votes.counts[most]} of them are")
    return most
