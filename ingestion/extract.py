"""From the snapshot to files: one COPY a table, streamed; a big table becomes several files that load side by side."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from ingestion import csv_files, postgres, staging
from ingestion.declarations import Source
from ingestion.model import ExtractFile, Progress, TablePlan

FILE_BYTES = 48 * 1024 * 1024


def make_private(folder: Path) -> None:
    """Create a folder, or take one that is there, and let its owner alone enter it: it will hold rows of the source."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)


def extract(
    connection: Any, source: Source, plan: TablePlan, folder: Path, progress: Progress | None = None
) -> list[ExtractFile]:
    """Write the rows, and the keys to delete, that `plan` asks for into files in `folder`.

    A table that is read as a whole gives a file even when it is empty, so that the load empties its copy.
    """
    files = list(copy_to_files(connection, postgres.select_rows(source, plan), plan, "rows", folder, progress))
    if plan.mode == "since" and source.tombstones:
        files += copy_to_files(connection, postgres.select_deleted_keys(source, plan), plan, "deleted", folder, None)
    keep_empty = plan.mode in ("replace", "whole")
    return [file for file in files if file.rows or (keep_empty and file.kind == "rows")]


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


def extracted_counts(files: Mapping[str, list[ExtractFile]]) -> dict[str, int]:
    """Return the number of rows by table, and of keys to delete under the name that their staging table has."""
    counts: dict[str, int] = {}
    for table, parts in files.items():
        counts[table] = sum(part.rows for part in parts if part.kind == "rows")
        counts[staging.DELETED + table] = sum(part.rows for part in parts if part.kind == "deleted")
    return counts
