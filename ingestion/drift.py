"""How the columns of a source table changed since it was loaded, and what that means for those who read its copy."""

import re
from collections.abc import Callable, Iterator, Sequence

from ingestion.declarations import Source, Table
from ingestion.model import Column, Drift, SeenColumn

Readers = Callable[[str, str], Sequence[str]]
"""Given a table and a column, the names of the models that read it."""

INTEGERS = ("SMALLINT", "INT", "BIGINT")
TEXT = ("text", "character varying", "name", "citext")


def with_rules(source: Source, readers: Readers | None) -> Readers | None:
    """Return the readers together with the rules of the sources YAML, which read columns too."""
    if readers is None:
        return None

    def all_readers(table: str, column: str) -> Sequence[str]:
        return (*readers(table, column), *(f"the rule {name}" for name in _rules_reading(source, table, column)))

    return all_readers


def _rules_reading(source: Source, table: str, column: str) -> Iterator[str]:
    word = re.compile(rf"(?<!\w){re.escape(column)}(?!\w)", re.IGNORECASE)
    for child in source.tables:
        if child.name == table:
            yield from (rule.name for rule in child.rules if word.search(rule.holds))
            yield from (parent.name for parent in child.parents if column in parent.key)
        for parent in child.parents:
            if table in (child.name, parent.table):
                yield from (rule.name for rule in parent.rules if word.search(rule.holds))


def drift_of(table: str, before: Sequence[SeenColumn], now: Sequence[Column], readers: Readers | None) -> Drift:
    """Compare the columns that were loaded with those that the source has now."""
    old = {column.name: column for column in before}
    new = {column.name: column for column in now}
    common = [(old[name], column) for name, column in new.items() if name in old and not _same(old[name], column)]
    added = tuple(column for name, column in new.items() if name not in old)
    retyped = tuple(pair for pair in common if not _holds_all(*pair))
    filled = [column.name for column in (*added, *(now for _, now in retyped))]
    return Drift(
        added=added,
        lost=tuple(column for name, column in old.items() if name not in new),
        widened=tuple(pair for pair in common if _holds_all(*pair)),
        retyped=retyped,
        unread=tuple(name for name in filled if readers and not readers(table, name)),
    )


def _same(before: SeenColumn, now: Column) -> bool:
    return (before.source_type, before.staging_type, before.nullable) == (
        now.source_type, now.staging_type, now.nullable,
    )  # fmt: skip


def _holds_all(before: SeenColumn, now: Column) -> bool:
    """Say whether the new type holds every value that the old one could, as the same value."""
    if before.source_type == now.source_type:
        return before.staging_type == now.staging_type
    old, new = _spelled(before.staging_type), _spelled(now.staging_type)
    if _is_text(before.source_type) and _is_text(now.source_type):
        return new[0] == "LONGTEXT" or (old[0] == new[0] == "VARCHAR" and new[1] >= old[1])
    if old[0] in INTEGERS and new[0] in INTEGERS:
        return INTEGERS.index(new[0]) >= INTEGERS.index(old[0])
    if old[0] == new[0] == "DECIMAL":
        return new[1][1] >= old[1][1] and new[1][0] - new[1][1] >= old[1][0] - old[1][1]
    return (before.source_type, now.source_type) == ("real", "double precision")


def _is_text(source_type: str) -> bool:
    return source_type.split("(")[0] in TEXT


def _spelled(staging_type: str) -> tuple[str, list[int]]:
    return staging_type.split("(")[0], [int(number) for number in re.findall(r"\d+", staging_type)]


def obstacle(table: Table, drift: Drift, readers: Readers | None, full_refresh: bool) -> str | None:
    """Say in a sentence why a table cannot be loaded as it is now; None if it can.

    What no model reads, and what is neither key nor cursor, is no obstacle. Without `readers` nothing is known of them,
    and every column counts as read. A full refresh takes in a new type, but not the loss of a column that is read.
    """
    for column in drift.lost:
        who = _who_reads(table, column.name, readers)
        if who is not None and not (full_refresh and readers is None):
            return (
                f"{table.name} was not loaded: the source has no column {column.name} any more, and {who} reads it"
                f"{_perhaps_renamed(column, drift)}; bring the column back, or change what reads it, then run again"
            )
    for old, new in drift.retyped:
        who = _who_reads(table, old.name, readers)
        if who is not None and not full_refresh:
            return (
                f"{table.name} was not loaded: its column {old.name} was {old.source_type} and is {new.source_type},"
                f" which does not hold the same values, and {who} reads it; change it back, or load the table anew:"
                f" tidemark run --full-refresh --select {table.name}"
            )
    return None


def _who_reads(table: Table, column: str, readers: Readers | None) -> str | None:
    if column in table.primary_key:
        return "the key"
    if column == table.cursor:
        return "the cursor"
    if readers is None:
        return "a model perhaps"
    return " and ".join(readers(table.name, column)) or None


def _perhaps_renamed(lost: SeenColumn, drift: Drift) -> str:
    alike = [column.name for column in drift.added if column.source_type == lost.source_type]
    return f" (new, and of the same type, is {' and '.join(alike)}: was it renamed?)" if alike else ""


def notes(table: str, drift: Drift, readers: Readers | None) -> Sequence[str]:
    """Tell what was taken in without asking."""

    def read_by(column: str) -> str:
        names = readers(table, column) if readers else ()
        return f"{' and '.join(names)} reads it" if names else "no model reads it"

    lines = [
        f"{table} has a new column {c.name} ({c.source_type}): it is in staging; {read_by(c.name)}" for c in drift.added
    ]
    lines += [
        f"{table} lost its column {c.name}, which no model reads: it is gone from staging too" for c in drift.lost
    ]
    lines += [
        f"{table}.{new.name} was {_described(old)} and is {_described(new)} now: staging follows"
        for old, new in (*drift.widened, *drift.retyped)
    ]
    return lines


def _described(column: SeenColumn | Column) -> str:
    return f"{column.source_type}{' or NULL' if column.nullable else ''}"
