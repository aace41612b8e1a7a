"""From the snapshot to files: one COPY a table, streamed; a big table becomes several files that load side by side."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from ingestion import csv_files, postgres, quarantine
from ingestion.declarations import Source
from ingestion.errors import IngestionError
from ingestion.model import Extract, ExtractFile, Progress, TablePlan, UnrepresentableRow

FILE_BYTES = 48 * 1024 * 1024


def make_private(folder: Path) -> None:
    """Create a folder, or take one that is there, and let its owner alone enter it: it will hold rows of the source."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)


def extract(
    connection: Any, source: Source, plan: TablePlan, folder: Path, progress: Progress | None = None
) -> Extract:
    """Read the rows, and the keys to delete, that `plan` asks for; those that staging can hold go into `folder`.

    A table that is read as a whole gives a file even when it is empty, so that the load empties its copy.
    """
    files = list(copy_to_files(connection, postgres.select_rows(source, plan), plan, "rows", folder, progress))
    gone = postgres.select_gone_keys(source, plan) if plan.mode == "since" else None
    if gone is not None:
        files += copy_to_files(connection, gone, plan, "deleted", folder, None)
    keep_empty = plan.mode in ("replace", "whole")
    all_rows = keep_empty or (plan.state is not None and plan.state.unrepresentable > 0) or bool(plan.doubled)
    return Extract(
        files=tuple(file for file in files if file.rows or (keep_empty and file.kind == "rows")),
        refused=read_refused(connection, source, plan, all_rows=all_rows),
        all_refused=all_rows,
    )


def read_refused(connection: Any, source: Source, plan: TablePlan, *, all_rows: bool) -> tuple[UnrepresentableRow, ...]:
    """Return the rows that staging cannot hold; raises IngestionError if there are too many to be exceptions."""
    if not plan.has_limits:
        return ()
    query = postgres.select_unrepresentable(source, plan, all_rows=all_rows)
    with connection.cursor() as cursor:
        cursor.execute(query)
        rows = cursor.fetchmany(quarantine.MOST + 1)
    if len(rows) > quarantine.MOST:
        raise IngestionError(
            f"more than {quarantine.MOST:,} rows of {source.name}.{plan.table.name} hold values that MySQL cannot"
            f" ({rows[0][2]}, for example); correct them in the source"
        )
    return tuple(UnrepresentableRow(*row) for row in rows)


def copy_to_files(
    connection: Any, query: Any, plan: TablePlan, kind: Any, folder: Path, progress: Progress | None
) -> Iterator[ExtractFile]:
    """Write what `query` selects, rows or keys to delete, into files in `folder` and yield each."""
    head = csv_files.header(kind, plan.columns if kind == "rows" else plan.key_columns)
    most = FILE_BYTES if kind == "rows" else None
    with connection.cursor() as cursor, cursor.copy(postgres.copy_out(query)) as copy:
        number, done, more = 0, 0, True
        while more:
            path = folder / f"{plan.table.name}.{kind}.{number}.csv"
            with path.open("wb", buffering=1 << 20) as file:
                file.write(head)
                rows, more = _write(copy, file, most)
            number, done = number + 1, done + rows
            yield ExtractFile(path, kind, rows)
            if progress:
                progress("extract", plan.table.name, done)


def _write(copy: Any, file: BinaryIO, most: int | None) -> tuple[int, bool]:
    """Write up to `most` bytes of rows; return how many rows, and whether there may be more."""
    read, write = copy.read, file.write
    rows, room = 0, most if most is not None else 1 << 62
    while data := read():  # the server sends each row as one message
        room -= write(data)
        rows += 1
        if room <= 0:
            return rows, True
    return rows, False
