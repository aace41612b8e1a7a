"""How is a file's text cut into a header and rows?"""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from oltp.superstore_files.columns import Header, known_titles, match_header
from oltp.superstore_files.encodings import Encoding, detect_encoding
from oltp.superstore_files.errors import SuperstoreFileError

_DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as the file has it; `line` is the line of the file on which it begins, counted from 1."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file whose encoding, delimiter and header are known."""

    path: Path
    encoding: Encoding
    delimiter: str
    header: Header
    header_line: int


def open_file(path: Path, encoding: str | None = None) -> TextFile:
    """Find out a file's encoding, delimiter and header.

    Raises SuperstoreFileError if there is no such file, or it is no text, is empty, or has another header.
    """
    found, delimiter, first = read_first_row(path, encoding)
    return TextFile(path, found, delimiter, match_header(first.cells, path), first.line)


def read_first_row(path: Path, encoding: str | None = None) -> tuple[Encoding, str, RawRow]:
    """Return a file's encoding, its delimiter and its first row, whatever that says.

    Raises SuperstoreFileError if there is no such file, or it is no text, no CSV, or empty.
    """
    _require_file(path)
    try:
        found = detect_encoding(path, encoding)
    except OSError as error:
        raise SuperstoreFileError(f"cannot read {path}: {error.strerror}; check its permissions") from error
    return found, *_sniff(path, found)


def read_rows(file: TextFile) -> Iterator[RawRow]:
    """Yield the rows below the header, in order, without blank ones; memory does not grow with the file.

    Raises SuperstoreFileError where the text is no CSV or cannot be decoded.
    """
    rows = _records(file.path, file.encoding, file.delimiter)
    for row in rows:
        if row.line > file.header_line:
            yield row


def _require_file(path: Path) -> None:
    if path.is_dir():
        raise SuperstoreFileError(f"{path} is a directory: name one CSV file in it")
    try:
        if not path.exists():
            raise SuperstoreFileError(f"there is no file {path}: check the name and the folder")
        if not path.is_file():
            raise SuperstoreFileError(f"{path} is not a regular file: save its content to a file and load that")
        if path.stat().st_size == 0:
            raise SuperstoreFileError(f"{path} is empty: export it again with a header and rows")
    except OSError as error:
        raise SuperstoreFileError(f"cannot read {path}: {error.strerror}; check its name and permissions") from error


def _sniff(path: Path, encoding: Encoding) -> tuple[str, RawRow]:
    best: tuple[int, str, RawRow] | None = None
    complaint: SuperstoreFileError | None = None
    for delimiter in _DELIMITERS:
        try:
            first = next(_records(path, encoding, delimiter), None)
        except SuperstoreFileError as error:
            complaint = complaint or error
            continue
        if first is not None:
            known = known_titles(first.cells)
            if best is None or known > best[0]:
                best = (known, delimiter, first)
    if best is not None:
        return best[1], best[2]
    raise complaint or SuperstoreFileError(f"{path} holds only blank lines: export it again with a header and rows")


def _records(path: Path, encoding: Encoding, delimiter: str) -> Iterator[RawRow]:
    last_line = 0
    try:
        with path.open(encoding=encoding.name, newline="") as text:
            reader = csv.reader(text, delimiter=delimiter, strict=True)
            for cells in reader:
                line, last_line = last_line + 1, reader.line_num
                if any(cell and not cell.isspace() for cell in cells) and not _is_hint(line, cells):
                    yield RawRow(line, cells)
    except csv.Error as error:
        raise SuperstoreFileError(
            f"{path} is not a well-formed CSV at line {last_line + 1}: {error}; mend the quotes there and load it again"
        ) from error
    except UnicodeError as error:
        raise SuperstoreFileError(
            f"{path} cannot be read as {encoding.name}, from line {_first_damaged_line(path, encoding)} on:"
            " name its encoding with --encoding"
        ) from error


def _is_hint(line: int, cells: list[str]) -> bool:
    """Tell whether a row is the hint `sep=;` with which some programs begin a CSV."""
    return line == 1 and cells[0].strip().lower().startswith("sep=") and known_titles(cells) == 0


def _first_damaged_line(path: Path, encoding: Encoding) -> int:
    decoder = codecs.getincrementaldecoder(encoding.name)()
    line = 1
    with path.open("rb") as file:
        for block in file:
            try:
                line += decoder.decode(block).count("\n")
            except UnicodeError:
                break
    return line
