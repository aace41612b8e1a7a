"""The files between source and staging, and how MySQL takes them in.

CSV as COPY writes it and LOAD DATA reads it without loss: fields apart by commas, enclosed in quotes where needed,
quotes doubled, no escape character; an unquoted NULL is the null, an unquoted nothing the empty text.
The first line is JSON and says what the file holds.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pymysql

from ingestion.errors import IngestionError
from ingestion.model import Column
from ingestion.refusals import DUPLICATE_KEY, hide_values

NO_LOCAL_INFILE = {1148, 3948, 4166, 2068}
BATCH_BYTES = 512 * 1024
BATCH_ROWS = 1000
_FIELD = re.compile(rb'"((?:[^"]|"")*)"(?:,|$)|([^,]*)(?:,|$)')


def header(kind: str, columns: Sequence[Column]) -> bytes:
    """Return the first line of a file."""
    return json.dumps({"kind": kind, "columns": [column.name for column in columns]}).encode() + b"\n"


def read_header(path: Path) -> tuple[str, list[str]]:
    """Return what a file holds (`rows` or `deleted`) and the names of its columns."""
    with path.open("rb") as file:
        content = json.loads(file.readline())
    return content["kind"], content["columns"]


@dataclass(frozen=True)
class Target:
    """The table that a file is loaded into; `key` names the columns by which a refused row is named."""

    database: str
    table: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    replace: bool

    @property
    def name(self) -> str:
        """The table's name with its database, quoted."""
        return f"{quoted(self.database)}.{quoted(self.table)}"


def load_file(cursor: Any, path: Path, target: Target) -> bool:
    """Load a file into `target` in the cursor's transaction.

    With `target.replace` a row whose key is already there takes its place. Returns False if the server or the client
    forbids LOCAL INFILE; the rows then went in by INSERT. Raises IngestionError naming column and key of a value that
    staging cannot hold.
    """
    try:
        _load_data(cursor, path, target)
    except pymysql.err.Error as error:
        if error.args[0] not in NO_LOCAL_INFILE:
            raise
    except RuntimeError as error:
        if "local_infile" not in str(error):
            raise
    else:
        return True
    try:
        _insert(cursor, path, target)
    except pymysql.err.IntegrityError as error:
        if error.args[0] != DUPLICATE_KEY:
            raise
        hide_values(error)
        raise DoubledKeyError(_doubled(target)) from error
    except pymysql.err.DataError as error:
        column = _column_in(str(error.args[1]), target)
        hide_values(error)
        raise IngestionError(
            f"table {target.table}: {column} cannot hold a value of the source; mend it there"
        ) from error
    return False


def _load_data(cursor: Any, path: Path, target: Target) -> None:
    columns = list(enumerate(target.columns))
    fields = ", ".join(f"@h{i}" if column.hexed else quoted(column.name) for i, column in columns)
    hexed = ", ".join(f"{quoted(column.name)} = unhex(@h{i})" for i, column in columns if column.hexed)
    cursor.execute(
        f"load data local infile '{escaped(str(path))}' {'replace' if target.replace else ''} into table {target.name}"
        " character set utf8mb4 fields terminated by ',' optionally enclosed by '\"' escaped by ''"
        f" lines terminated by '\\n' ignore 1 lines ({fields})" + (f" set {hexed}" if hexed else "")
    )
    cursor.execute("select @@warning_count")
    if cursor.fetchone()[0]:  # LOCAL turns every error into a warning, even in strict mode
        cursor.execute("show warnings limit 1")
        _, code, message = cursor.fetchone()
        if code == DUPLICATE_KEY:
            raise DoubledKeyError(_doubled(target))
        raise IngestionError(_complaint(message, code, path, target))


class DoubledKeyError(IngestionError):
    """Two of the rows that were to be loaded have one key."""


def _doubled(target: Target) -> str:
    return (
        f"table {target.table}: the source holds two rows of one key ({', '.join(target.key)}); "
        "meta.primary_key must name columns that identify a row"
    )


def _complaint(message: str, code: int, path: Path, target: Target) -> str:
    """Say which column of which row was refused, without the value itself, which may be personal."""
    where = f"table {target.table}, {_column_in(message, target)}"
    row = re.search(r"at row (\d+)", message)
    if row:
        where += f", row with {_key_of_row(path, int(row.group(1)), target)}"
    return f"{where}: MySQL cannot hold this {_type_in(message, target)} (error {code}); mend it in the source"


def _column_in(message: str, target: Target) -> str:
    column = _find_column(message, target)
    return f"column {column.name}" if column else "a column"


def _type_in(message: str, target: Target) -> str:
    column = _find_column(message, target)
    return column.source_type if column else "value"


def _find_column(message: str, target: Target) -> Column | None:
    named = re.search(r"column (?:`[^`]*`\.`[^`]*`\.)?[`'](.+?)[`'] at row", message)
    return next((column for column in target.columns if named and column.name == named.group(1)), None)


def _key_of_row(path: Path, row: int, target: Target) -> str:
    record = next(record for number, record in enumerate(records(path), start=1) if number == row)
    values = dict(zip((column.name for column in target.columns), record, strict=True))
    return ", ".join(f"{name} = {values[name]!r}" for name in target.key)


def _insert(cursor: Any, path: Path, target: Target) -> None:
    names = ", ".join(quoted(column.name) for column in target.columns)
    places = ", ".join("unhex(%s)" if column.hexed else "%s" for column in target.columns)
    statement = f"{'replace' if target.replace else 'insert'} into {target.name} ({names}) values ({places})"
    batch: list[list[str | None]] = []
    size = 0
    for record in records(path):
        batch.append(record)
        size += sum(len(value) for value in record if value is not None)
        if size >= BATCH_BYTES or len(batch) >= BATCH_ROWS:
            cursor.executemany(statement, batch)
            batch, size = [], 0
    if batch:
        cursor.executemany(statement, batch)


def records(path: Path) -> Iterator[list[str | None]]:
    """Yield the rows of a file, one at a time in memory; None is the null."""
    with path.open("rb") as file:
        file.readline()
        pending: list[bytes] = []
        quotes = 0
        for line in file:
            pending.append(line)
            quotes += line.count(b'"')
            if quotes % 2 == 0:
                yield _fields(b"".join(pending)[:-1])
                pending, quotes = [], 0


def _fields(record: bytes) -> list[str | None]:
    fields: list[str | None] = []
    position, end = 0, len(record)
    while position <= end:
        match = _FIELD.match(record, position)
        assert match is not None  # noqa: S101  (the second alternative matches anything)
        enclosed, plain = match.groups()
        if enclosed is not None:
            fields.append(enclosed.replace(b'""', b'"').decode())
        else:
            fields.append(None if plain == b"NULL" else plain.decode())
        if match.end() == end and not match.group().endswith(b","):
            break
        position = match.end()
    return fields


def quoted(name: str) -> str:
    """Return an identifier quoted for MySQL."""
    return "`" + name.replace("`", "``") + "`"


def escaped(text: str) -> str:
    """Return text as the inside of a MySQL string literal."""
    return text.replace("\\", "\\\\").replace("'", "\\'")
