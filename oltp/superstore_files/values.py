"""Which value does a cell hold, and is it one that the column can take?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from oltp.superstore_files.columns import COLUMNS, Column, Header, Kind, Reads, column_named
from oltp.superstore_files.dates import DateOrder, read_date
from oltp.superstore_files.errors import BadValueError, SuperstoreFileError
from oltp.superstore_files.numbers import DecimalMark, per_cent, read_number, to_cents
from oltp.superstore_files.reading import RawRow
from oltp.superstore_files.refusals import Refusal

_LONGEST_ID = 250
_LONGEST_NAME = 255
_MONEY_DIGITS = 10  # before the point of numeric(12, 2)
_FRACTION_DIGITS = 3  # before the point of numeric(5, 2)
_GREATEST_INTEGER = 2**31 - 1
_YES = {"yes", "y", "true", "1", "x", "returned"}

Value = object
Reader = Callable[[str], Value]


@dataclass(frozen=True, slots=True)
class Rounded:
    """An amount of two decimals, and whether the file had more of them."""

    amount: Decimal
    rounded: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a column's value comes from: a position in the row, or one value for all rows."""

    column: Column
    title: str
    position: int | None
    read: Reader
    constant: Value = None


def cells_of(
    header: Header, defaults: Mapping[str, str], date_order: DateOrder, decimal_mark: DecimalMark
) -> tuple[Cell, ...]:
    """Return, for each column of the kind of file, where its values come from.

    Raises SuperstoreFileError with one sentence that names every column which the file lacks and no default gives.
    """
    given = _named_defaults(header.kind, defaults)
    cells: list[Cell] = []
    missing: list[str] = []
    for column in COLUMNS[header.kind]:
        position = header.positions.get(column.name)
        constant = None
        if position is None:
            if column.name in given:
                constant = _default_value(column, given[column.name])
            elif not column.nullable and not column.derived:
                missing.append(column.name)
        reader = _reader(column.reads, date_order, decimal_mark)
        cells.append(Cell(column, header.title(column.name), position, reader, constant))
    if missing:
        options = " ".join(f"--default {name}=…" for name in missing)
        raise SuperstoreFileError(f"the file lacks the columns {', '.join(missing)}: give them by {options}")
    return tuple(cells)


def unused_defaults(header: Header, defaults: Mapping[str, str]) -> tuple[str, ...]:
    """Return the columns for which a default is given although the file has them."""
    return tuple(name for name in _named_defaults(header.kind, defaults) if name in header.positions)


def read_values(row: RawRow, cells: tuple[Cell, ...], width: int) -> dict[str, Value] | Refusal:
    """Return the values of a row by column name, or the first reason why it is refused."""
    found = len(row.cells)
    if found < width or any(extra.strip() for extra in row.cells[width:]):
        return Refusal(row.line, None, f"has {found} columns where the header has {width}")
    values: dict[str, Value] = {}
    for cell in cells:
        column = cell.column
        if cell.position is None:
            values[column.name] = cell.constant
            continue
        text = row.cells[cell.position]
        if text and not text.isspace():
            try:
                values[column.name] = cell.read(text)
            except BadValueError as error:
                return Refusal(row.line, cell.title, str(error))
        elif column.nullable or column.derived:
            values[column.name] = None
        else:
            return Refusal(row.line, cell.title, "is missing")
    return values


def _named_defaults(kind: Kind, defaults: Mapping[str, str]) -> dict[str, str]:
    named: dict[str, str] = {}
    for title, value in defaults.items():
        column = column_named(kind, title)
        if column is None or column.is_key:
            allowed = ", ".join(each.name for each in COLUMNS[kind] if not each.is_key)
            raise SuperstoreFileError(f"--default {title}=… names no column that can have one: it may be {allowed}")
        named[column.name] = value
    return named


def _default_value(column: Column, text: str) -> Value:
    if not text.strip() and column.nullable:
        return None
    try:
        if not text.strip():
            raise BadValueError("is missing")
        if column.reads is Reads.DATE and read_date(text).day_first != read_date(text).month_first:
            raise BadValueError("can be read in two ways, write it as 2018-11-08")
        return _reader(column.reads, DateOrder.DAY_FIRST, DecimalMark.POINT)(text)
    except BadValueError as error:
        raise SuperstoreFileError(f"--default {column.name}=… {error}: give another value") from error


def _reader(reads: Reads, date_order: DateOrder, decimal_mark: DecimalMark) -> Reader:
    @lru_cache(maxsize=1 << 16)  # also makes equal texts one object, which bounds the memory of a large file
    def read(text: str) -> Value:
        match reads:
            case Reads.ID:
                return _text(text, _LONGEST_ID)
            case Reads.NAME:
                return _text(text, _LONGEST_NAME)
            case Reads.TEXT:
                return _text(text)
            case Reads.DATE:
                return _date(text, date_order)
            case Reads.INTEGER:
                return _integer(text, decimal_mark)
            case Reads.MONEY:
                return _amount(text, decimal_mark, _MONEY_DIGITS, percent_allowed=False)
            case Reads.FRACTION:
                return _amount(text, decimal_mark, _FRACTION_DIGITS, percent_allowed=True)
            case Reads.YES:
                return _yes(text)

    return read


def _text(text: str, longest: int | None = None) -> str:
    text = text.strip()
    if "\x00" in text:
        raise BadValueError("holds a NUL character")
    if longest is not None and len(text) > longest:
        raise BadValueError(f"is longer than {longest} characters")
    return text


def _date(text: str, order: DateOrder) -> Value:
    read = read_date(text)
    day = read.by(order)
    if day is None:
        if read.by(DateOrder.DAY_FIRST) or read.by(DateOrder.MONTH_FIRST):
            raise BadValueError(f"is no date when read {order.replace('-', ' ')}, as the rest of the file is")
        raise BadValueError("is not a date")
    return day


def _number(text: str, mark: DecimalMark) -> tuple[Decimal, bool]:
    read = read_number(text)
    number = read.by(mark)
    if number is None:
        if read.by(DecimalMark.POINT) is not None or read.by(DecimalMark.COMMA) is not None:
            name = "point" if mark is DecimalMark.POINT else "comma"
            raise BadValueError(f"is not a number with a decimal {name}, as the rest of the file has")
        raise BadValueError("is not a number")
    return number, read.percent


def _amount(text: str, mark: DecimalMark, digits: int, *, percent_allowed: bool) -> Rounded:
    number, percent = _number(text, mark)
    if percent and not percent_allowed:
        raise BadValueError("is a percentage where an amount belongs")
    if number and number.adjusted() > digits + 2:
        raise BadValueError(f"has more than {digits} digits before the decimal mark")
    if percent:
        number = per_cent(number)
    amount = to_cents(number)
    if abs(amount) >= 10**digits:
        raise BadValueError(f"has more than {digits} digits before the decimal mark")
    return Rounded(amount, amount != number)


def _integer(text: str, mark: DecimalMark) -> int:
    number, percent = _number(text, mark)
    if number and number.adjusted() > 12:
        raise BadValueError("is too great for an integer")
    if percent or number != number.to_integral_value():
        raise BadValueError("is not a whole number")
    if not -_GREATEST_INTEGER - 1 <= number <= _GREATEST_INTEGER:
        raise BadValueError("is too great for an integer")
    return int(number)


def _yes(text: str) -> bool:
    if text.strip().casefold() not in _YES:
        raise BadValueError("is not Yes, so the row is no return")
    return True
