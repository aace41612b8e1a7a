"""The SQL that brings the rows staged by a load into their table and records the keys that really changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingestion.csv_files import quoted
from ingestion.staging import CHANGES, DELETED, HELD


@dataclass(frozen=True)
class Merge:
    """The names that a merge needs, quoted.

    The table, its staged rows, its staged keys to delete, its changed keys, and its rows that are held back. A row that
    differs in `unread` columns alone is brought up to date, but does not count as changed.
    """

    target: str
    staged: str
    deleted: str
    changes: str
    held: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    load_seq: int
    unread: tuple[str, ...] = ()


def merge_of(
    database: str, table: str, columns: Sequence[str], key: Sequence[str], load_seq: int, unread: Sequence[str] = ()
) -> Merge:
    """Return the merge of the staged rows of `table` in `database`."""
    staging = quoted(f"{database}_staging")
    return Merge(
        target=f"{quoted(database)}.{quoted(table)}",
        staged=f"{staging}.{quoted(table)}",
        deleted=f"{staging}.{quoted(DELETED + table)}",
        changes=f"{quoted(database)}.{quoted(CHANGES + table)}",
        held=f"{quoted(database)}.{quoted(HELD + table)}",
        columns=tuple(quoted(name) for name in columns),
        key=tuple(quoted(name) for name in key),
        load_seq=load_seq,
        unread=tuple(quoted(name) for name in unread),
    )


def record_differences(merge: Merge) -> str:
    """Record the keys of staged rows that are new or differ from the table in any column that is read."""
    compared = [name for name in merge.columns if name not in merge.unread]
    return (
        f"insert ignore into {merge.changes} ({_list(merge.key)}, load_seq)"
        f" select {_list(merge.key, 's')}, {merge.load_seq}"
        f" from {merge.staged} s left join {merge.target} t on {_same(merge.key, 's', 't')}"
        f" where t.{merge.key[0]} is null or not ({_identical(compared)})"
    )


def fill_unread(merge: Merge) -> str:
    """Bring the columns that no model reads into the table, for all staged rows."""
    values = ", ".join(f"t.{name} = s.{name}" for name in merge.unread)
    return (
        f"update {merge.target} t join {merge.staged} s on {_same(merge.key, 's', 't')} set {values}"
        f" where not ({_identical(merge.unread)})"
    )


def upsert_differences(merge: Merge) -> str:
    """Bring the recorded staged rows into the table; VALUES() is the one form that MariaDB and MySQL 8 share."""
    updates = ", ".join(f"{name} = values({name})" for name in merge.columns if name not in merge.key)
    return (
        f"insert into {merge.target} ({_list(merge.columns)}) select {_list(merge.columns, 's')}"
        f" from {merge.changes} c join {merge.staged} s on {_same(merge.key, 's', 'c')}"
        f" where c.load_seq = {merge.load_seq}"
        f" on duplicate key update {updates or f'{merge.key[0]} = values({merge.key[0]})'}"
    )


def release_staged(merge: Merge) -> str:
    """Delete the held rows that are staged anew."""
    return f"delete {merge.held} from {merge.held} join {merge.staged} s on {_same(merge.key, 's', merge.held)}"


def release_named(merge: Merge) -> str:
    """Delete the held rows whose keys are to be deleted."""
    return f"delete {merge.held} from {merge.held} join {merge.deleted} d on {_same(merge.key, 'd', merge.held)}"


def release_absent(merge: Merge) -> str:
    """Delete the held rows that the staged rows, which are all the source has, do not hold."""
    return (
        f"delete {merge.held} from {merge.held} left join {merge.staged} s on {_same(merge.key, 's', merge.held)}"
        f" where s.{merge.key[0]} is null"
    )


def record_deletions(merge: Merge) -> str:
    """Record the keys that tombstones name and that the table still holds."""
    return (
        f"insert ignore into {merge.changes} ({_list(merge.key)}, load_seq)"
        f" select {_list(merge.key, 't')}, {merge.load_seq}"
        f" from {merge.deleted} d join {merge.target} t on {_same(merge.key, 'd', 't')}"
    )


def delete_named(merge: Merge) -> str:
    """Delete the rows whose keys tombstones name. (A table alias here would need a default database.)"""
    target = merge.target
    return f"delete {target} from {target} join {merge.deleted} d on {_same(merge.key, 'd', target)}"


def record_absences(merge: Merge) -> str:
    """Record the keys of the table that the staged rows, which are all the source has, do not hold."""
    return (
        f"insert ignore into {merge.changes} ({_list(merge.key)}, load_seq)"
        f" select {_list(merge.key, 't')}, {merge.load_seq}"
        f" from {merge.target} t left join {merge.staged} s on {_same(merge.key, 's', 't')}"
        f" where s.{merge.key[0]} is null"
    )


def delete_absent(merge: Merge) -> str:
    """Delete the rows that the staged rows, which are all the source has, do not hold."""
    target = merge.target
    return (
        f"delete {target} from {target} left join {merge.staged} s on {_same(merge.key, 's', target)}"
        f" where s.{merge.key[0]} is null"
    )


def _list(names: Sequence[str], alias: str = "") -> str:
    return ", ".join(f"{alias}.{name}" if alias else name for name in names)


def _same(key: Sequence[str], left: str, right: str) -> str:
    return " and ".join(f"{left}.{name} = {right}.{name}" for name in key)


def _identical(columns: Sequence[str]) -> str:
    return " and ".join(f"s.{name} <=> t.{name}" for name in columns)
