"""Files of order lines and returns: whose columns are which, what loading would do, and loading itself."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from oltp.superstore_files import load_file, preview_file
from oltp.superstore_files.columns import COLUMNS, Column, Kind, column_named

__all__ = ["load_file", "missing_columns", "preview_file", "rename_columns", "titles_of", "unknown_titles"]


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


def titles_of(path: Path) -> list[str]:
    """The titles in a file's first line, whatever it holds."""
    line = path.read_bytes().split(b"\n", 1)[0].decode("utf-8-sig", errors="replace").rstrip("\r")
    delimiter = max(",;\t", key=line.count)
    return next(csv.reader([line], delimiter=delimiter), [])


def rename_columns(path: Path, renamed: Mapping[str, str]) -> None:
    """Give columns of a file the titles that the format knows: `renamed` has the new title of each old one."""
    first, newline, rest = path.read_bytes().partition(b"\n")
    line = first.decode("utf-8-sig", errors="replace").rstrip("\r")
    delimiter = max(",;\t", key=line.count)
    titles = [renamed.get(title, title) for title in titles_of(path)]
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator="").writerow(titles)
    path.write_bytes(written.getvalue().encode("utf-8") + newline + rest)
