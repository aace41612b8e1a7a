"""From the snapshot to files: one query a table, streamed; a big table becomes several files that load side by side."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Literal

from ingestion import csv_files, quarantine
from ingestion.declarations import Source
from ingestion.dialect import Lines, Oltp, ReadLine
from ingestion.errors import IngestionError
from ingestion.model import Extract, ExtractFile, Progress, TablePlan, UnrepresentableRow

FILE_BYTES = 24 * 1024 * 1024


def make_private(folder: Path) -> None:
    """Create a folder, or take one that is there, and let its owner alone enter it: it will hold rows of the source."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)


def extract(oltp: Oltp, source: Source, plan: TablePlan, folder: Path, progress: Progress | None = None) -> Extract:
    """Read the rows, and the keys to delete, that `plan` asks for; those that staging can hold go into `folder`.

    A table that is read as a whole gives a file even when it is empty, so that the load empties its copy.
    """
    rows = oltp.dialect.copy_rows(oltp.connection, source, plan)
    files = list(copy_to_files(rows, plan, "rows", folder, progress))
    gone = oltp.dialect.copy_gone_keys(oltp.connection, source, plan) if plan.mode == "since" else None
    if gone is not None:
        files += copy_to_files(gone, plan, "deleted", folder, None)
    whole = plan.mode in ("replace", "whole")
    all_rows = whole or (plan.state is not None and plan.state.unrepresentable > 0) or bool(plan.doubled)
    is_complete = whole and oltp.dialect.count_table(oltp.connection, source, plan) == sum(file.rows for file in files)
    return Extract(
        files=tuple(file for file in files if file.rows or (whole and file.kind == "rows")),
        refused=() if is_complete else read_refused(oltp, source, plan, all_rows=all_rows),
        all_refused=all_rows,
    )


def read_refused(oltp: Oltp, source: Source, plan: TablePlan, *, all_rows: bool) -> tuple[UnrepresentableRow, ...]:
    """Return the rows that staging cannot hold; raises IngestionError if there are too many to be exceptions."""
    if not plan.has_limits:
        return ()
    rows = oltp.dialect.read_unrepresentable(oltp.connection, source, plan, all_rows=all_rows, most=quarantine.MOST + 1)
    if len(rows) > quarantine.MOST:
        raise IngestionError(
            f"more than {quarantine.MOST:,} rows of {source.name}.{plan.table.name} hold values that MySQL cannot"
            f" ({rows[0][2]}, for example); correct them in the source"
        )
    return tuple(UnrepresentableRow(*row) for row in rows)


def copy_to_files(
    lines: Lines, plan: TablePlan, kind: Literal["rows", "deleted"], folder: Path, progress: Progress | None
) -> Iterator[ExtractFile]:
    """Write lines, of rows or of keys to delete, into files in `folder` and yield each."""
    head = csv_files.header(kind, plan.columns if kind == "rows" else plan.key_columns)
    most = FILE_BYTES if kind == "rows" else None
    with lines as read:
        number, done, more = 0, 0, True
        while more:
            path = folder / f"{plan.table.name}.{kind}.{number}.csv"
            with path.open("wb", buffering=1 << 20) as file:
                file.write(head)
                rows, more = _write(read, file, most)
            number, done = number + 1, done + rows
            yield ExtractFile(path, kind, rows)
            if progress:
                progress("extract", plan.table.name, done)


def _write(read: ReadLine, file: BinaryIO, most: int | None) -> tuple[int, bool]:
    """Write up to `most` bytes of rows; return how many rows, and whether there may be more."""
    write = file.write
    rows, room = 0, most if most is not None else 1 << 62
    while data := read():
        room -= write(data)
        rows += 1
        if room <= 0:
            return rows, True
    return rows, False
