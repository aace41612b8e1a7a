"""How does a file of the Superstore format go into the OLTP, as a whole or as a preview?"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from oltp.superstore_files.applying import apply_plan
from oltp.superstore_files.columns import Kind
from oltp.superstore_files.conventions import Conventions, find_conventions
from oltp.superstore_files.database import Connection, load_transaction
from oltp.superstore_files.dates import DateOrder
from oltp.superstore_files.errors import SuperstoreFileError
from oltp.superstore_files.numbers import DecimalMark
from oltp.superstore_files.order_lines import OrderLineFindings, check_order_lines
from oltp.superstore_files.planning import Plan, given_columns, plan_order_lines, plan_returns
from oltp.superstore_files.reading import RawRow, TextFile, open_file, read_rows
from oltp.superstore_files.refusals import Refusal
from oltp.superstore_files.refused_rows import write_refused_rows
from oltp.superstore_files.report import LoadReport, order_lines_report, returns_report
from oltp.superstore_files.returns import ReturnFindings, check_returns
from oltp.superstore_files.samples import sample_rows
from oltp.superstore_files.values import Cell, cells_of, unused_defaults

Progress = Callable[[int, int], None]  # rows read, rows in all
_PROGRESS_EVERY = 1000


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """What a person says beside the file; None means that the file itself shows it."""

    defaults: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    date_order: DateOrder | None = None
    decimal_mark: DecimalMark | None = None


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file that can be read row by row: its form, its conventions, and where each column's values come from."""

    text: TextFile
    conventions: Conventions
    cells: tuple[Cell, ...]
    warnings: tuple[str, ...]


class StrictRefusal(SuperstoreFileError):
    """Rows were refused where none may be; `report` shows them."""

    def __init__(self, message: str, report: LoadReport) -> None:
        super().__init__(message)
        self.report = report


def parse_file(path: Path, options: LoadOptions) -> ParsedFile:
    """Read a file once through and settle how it is to be read.

    Raises SuperstoreFileError if it cannot be read as a file of the Superstore format.
    """
    text = open_file(path, options.encoding)
    # the columns that are missing are told before a long file is read
    cells_of(text.header, options.defaults, DateOrder.DAY_FIRST, DecimalMark.POINT)
    conventions = find_conventions(text, options.date_order, options.decimal_mark)
    cells = cells_of(text.header, options.defaults, conventions.date_order, conventions.decimal_mark)
    return ParsedFile(text, conventions, cells, (*_form_warnings(text, options), *conventions.warnings))


def load_file(
    url: str,
    path: Path,
    options: LoadOptions,
    *,
    strict: bool = False,
    refused_to: Path | None = None,
    progress: Progress | None = None,
    actor: str | None = None,
) -> LoadReport:
    """Load all good rows of a file in one transaction and report on all others.

    `url` is the OLTP's, in SQLAlchemy form, of an account that may write the schema. With `strict`, one refused row
    refuses the file. `refused_to` receives the refused rows themselves, and is written before anything is committed.
    `actor` is who is recorded as making the changes, if not the account.
    Raises SuperstoreFileError with nothing loaded.
    """
    parsed = parse_file(path, options)
    with load_transaction(url, actor) as connection:
        plan, report = _plan(connection, parsed, progress)
        if refused_to is not None:
            write_refused_rows(parsed.text, report.refused, refused_to)
        if strict and report.refused:
            raise StrictRefusal(_strict_message(path, report.refused), report.without_writes())
        apply_plan(connection, plan)
    return report


def preview_file(
    url: str,
    path: Path,
    options: LoadOptions,
    *,
    refused_to: Path | None = None,
    progress: Progress | None = None,
    samples: int = 0,
) -> LoadReport:
    """Report what loading a file would do, and do nothing; `samples` is how many rows of each kind are shown."""
    parsed = parse_file(path, options)
    with load_transaction(url) as connection:
        plan, report = _plan(connection, parsed, progress)
        if samples:
            report = replace(report, samples=sample_rows(connection, plan, samples))
        if refused_to is not None:
            write_refused_rows(parsed.text, report.refused, refused_to)
        connection.rollback()
    return report


def _plan(connection: Connection, parsed: ParsedFile, progress: Progress | None) -> tuple[Plan, LoadReport]:
    header = parsed.text.header
    rows = _counted(read_rows(parsed.text), parsed.conventions.rows, progress)
    given = given_columns(
        header.kind, (cell.column.name for cell in parsed.cells if cell.position is None and cell.constant is not None)
    )
    if header.kind is Kind.ORDER_LINES:
        lines = OrderLineFindings()
        plan = plan_order_lines(connection, check_order_lines(rows, header, parsed.cells, lines), lines, header, given)
        return plan, order_lines_report(parsed.text.path, parsed.conventions.rows, lines, plan, parsed.warnings)
    returns = ReturnFindings()
    plan = plan_returns(connection, check_returns(rows, header, parsed.cells, returns), header, given)
    return plan, returns_report(parsed.text.path, parsed.conventions.rows, returns, plan, parsed.warnings)


def _counted(rows: Iterable[RawRow], total: int, progress: Progress | None) -> Iterator[RawRow]:
    for done, row in enumerate(rows, start=1):
        if progress is not None and (done % _PROGRESS_EVERY == 0 or done == total):
            progress(done, total)
        yield row


def _form_warnings(text: TextFile, options: LoadOptions) -> Iterator[str]:
    if text.encoding.guessed:
        yield f"the file is not UTF-8 and was read as {text.encoding.name}: say --encoding if names look wrong"
    if text.header.unread:
        yield f"columns that are not of the format were not read: {', '.join(text.header.unread)}"
    if unused := unused_defaults(text.header, options.defaults):
        yield f"the file has the columns {', '.join(unused)} itself: their defaults were not used"


def _strict_message(path: Path, refused: tuple[Refusal, ...]) -> str:
    first = refused[0]
    column = f", column {first.column}" if first.column else ""
    return (
        f"{path} has refused rows, {len(refused):,} of them, and --strict allows none (line {first.line}{column}:"
        f" {first.reason}): nothing was loaded, mend them or load without --strict"
    )
