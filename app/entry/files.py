"""Files of order lines and returns: whose columns are which, what loading would do, and loading itself."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.databases import UnreachableError
from oltp.superstore import SuperstoreError
from oltp.superstore_files import LoadOptions, LoadReport
from oltp.superstore_files import load_file as load_into
from oltp.superstore_files import preview_file as preview_in
from oltp.superstore_files.columns import COLUMNS, Column, Kind, column_named
from oltp.superstore_files.errors import SuperstoreFileError
from oltp.superstore_files.loading import Progress
from oltp.superstore_files.reading import read_first_row

SHOWN_ROWS = 5  # of each table, of those that would be new and of those that would be changed


def preview_file(url: str, path: Path, options: LoadOptions, refused_to: Path | None = None) -> LoadReport:
    """What loading a file would do; raises SuperstoreFileError, and UnreachableError."""
    with _reaching_the_order_system():
        return preview_in(url, path, options, refused_to=refused_to, samples=SHOWN_ROWS)


def load_file(url: str, path: Path, options: LoadOptions, progress: Progress, actor: str) -> LoadReport:
    """Load a file in the name of a person; raises SuperstoreFileError, and UnreachableError, with nothing loaded."""
    with _reaching_the_order_system():
        return load_into(url, path, options, progress=progress, actor=actor)


@contextmanager
def _reaching_the_order_system() -> Iterator[None]:
    try:
        yield
    except SuperstoreError as error:
        raise UnreachableError(
            "The order system does not answer. Nothing was loaded, and the file is still here: try again in a moment."
        ) from error


def missing_columns(titles: Sequence[str]) -> list[Column]:
    """The columns that a file of these titles must have and lacks; of order lines, unless it is one of returns."""
    kind = Kind.RETURNS if column_named(Kind.RETURNS, "Returned") in _known(Kind.RETURNS, titles) else Kind.ORDER_LINES
    known = _known(kind, titles)
    return [column for column in COLUMNS[kind] if column not in known and not column.nullable and not column.derived]


def unknown_titles(titles: Sequence[str]) -> list[str]:
    """The titles that are no column of the format."""
    return [title for title in titles if not any(column_named(kind, title) for kind in Kind)]


def _known(kind: Kind, titles: Sequence[str]) -> list[Column]:
    return [column for title in titles if (column := column_named(kind, title))]


def titles_of(path: Path, encoding: str | None = None) -> list[str]:
    """The titles in a file's first row; raises SuperstoreFileError for what is no CSV."""
    _, _, first = read_first_row(path, encoding)
    return first.cells


def rename_columns(path: Path, renamed: Mapping[str, str], encoding: str | None = None) -> None:
    """Give columns of a file the titles that the format knows: `renamed` has the new title of each old one.

    The file is UTF-8 afterwards. Raises SuperstoreFileError, and leaves it as it was, where it is no CSV.
    """
    found, delimiter, first = read_first_row(path, encoding)
    written = path.with_name(f"{path.name}.renamed")
    try:
        with (
            path.open(encoding=found.name, newline="") as old,
            written.open("w", encoding="utf-8", newline="") as new,
        ):
            reader, writer = csv.reader(old, delimiter=delimiter, strict=True), csv.writer(new, delimiter=delimiter)
            for cells in reader:
                writer.writerow([renamed.get(title, title) for title in cells] if cells == first.cells else cells)
    except (csv.Error, UnicodeError) as error:
        written.unlink()
        raise SuperstoreFileError(f"{path} is not a well-formed CSV: {error}; mend it and load it again") from error
    written.replace(path)
