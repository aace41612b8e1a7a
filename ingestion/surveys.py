"""What a look at a source before anything is read tells of each table: the part that does not depend on its kind."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from ingestion.declarations import Source, Table
from ingestion.model import Column, Survey, TableState

NOTHING = "0:0"  # the fingerprint of no rows


def spans(
    tables: Sequence[Table], states: Mapping[str, TableState], watermarks: Mapping[str, datetime]
) -> Iterator[tuple[Table, datetime, datetime]]:
    """Each table with its stored watermark and the new one, which stands for both where it was never loaded."""
    for table in tables:
        state, new = states.get(table.name), watermarks[table.name]
        yield table, state.watermark if state else new, new


def surveys_of(rows: Iterable[Sequence[object]], states: Mapping[str, TableState]) -> Mapping[str, Survey]:
    """The surveys by table, of rows with its name, the number of rows stamped in the future, and six fingerprints.

    They are those of rows, of tombstones and of resync marks, each since the stored and since the new watermark.
    """
    found: dict[str, Survey] = {}
    for name, ahead, rows_seen, rows_fresh, gone_seen, gone_fresh, marks_seen, marks_fresh in rows:
        state = states.get(str(name))
        stored_marks = state.fingerprint.split("|")[-1] if state else marks_seen
        found[str(name)] = Survey(
            seen=f"{rows_seen}|{gone_seen}|{marks_seen}",
            fresh=f"{rows_fresh}|{gone_fresh}|{marks_fresh}",
            resynced=marks_seen not in (stored_marks, NOTHING),
            ahead=int(str(ahead)),
        )
    return found


def missing_column(source: Source, table: Table, columns: Iterable[Column]) -> str | None:
    """Say which column the declaration names as key or cursor and the table lacks."""
    there = {column.name for column in columns}
    for name, role in [*((key, "primary_key") for key in table.primary_key), (table.cursor, "cursor")]:
        if name not in there:
            return (
                f"the source table {source.schema}.{table.name} has no column {name}, which meta.{role} names; "
                "correct the sources YAML"
            )
    return None


def column_named(columns: Iterable[Column], name: str) -> Column:
    """The column of that name."""
    return next(column for column in columns if column.name == name)
