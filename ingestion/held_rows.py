"""Rows of staging that break a declared rule or lack a parent: held back beside their table until that has passed.

Each table has a twin, `_tidemark_held_<table>`, with the same columns. After a load, the rows of changed keys are
looked at, the children of parents that went away or whose columns a rule reads, and all rows that are held. What is bad
goes to the twin, what has become good comes back; both are changes to the table, recorded like those of a load.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingestion import quarantine
from ingestion.csv_files import quoted
from ingestion.declarations import Parent, Source, Table, parents_first
from ingestion.quarantine import MASKED
from ingestion.staging import CHANGES, HELD, STATE

SETTLED = "_tidemark_settled"
SETTLED_DDL = f"""create table if not exists {{database}}.{SETTLED} (
    table_name varchar(64) not null primary key,
    settled_seq bigint not null,
    rules char(32) not null
)"""
BYTES = ("blob", "binary")


@dataclass(frozen=True)
class _Staged:
    """A table of staging: its columns with their types, and how far its rows have been looked at."""

    database: str
    table: Table
    columns: Mapping[str, str]
    settled_seq: int | None = None
    seen_rules: str | None = None

    @property
    def name(self) -> str:
        return f"{quoted(self.database)}.{quoted(self.table.name)}"

    @property
    def held(self) -> str:
        return f"{quoted(self.database)}.{quoted(HELD + self.table.name)}"

    @property
    def changes(self) -> str:
        return f"{quoted(self.database)}.{quoted(CHANGES + self.table.name)}"

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(quoted(name) for name in self.table.primary_key)


def ensure_tables(cursor: Any, source: Source) -> None:
    """Create what holding rows needs, beside each table that was loaded. Commits what is under way."""
    quarantine.ensure_table(cursor)
    cursor.execute(SETTLED_DDL.format(database=quoted(source.staging)))
    columns = _read_columns(cursor, source.staging)
    for table in source.tables:
        theirs, ours = columns.get(table.name), columns.get(HELD + table.name)
        if theirs is None or theirs == ours:
            continue
        held = f"{quoted(source.staging)}.{quoted(HELD + table.name)}"
        cursor.execute(f"drop table if exists {held}")  # its rows are read again, for the table's columns changed
        cursor.execute(f"create table {held} like {quoted(source.staging)}.{quoted(table.name)}")


def rules_changed(connection: Any, source: Source, loaded: Collection[str]) -> bool:
    """Say whether one of the `loaded` tables was looked at under other rules than those declared now, or never."""
    with connection.cursor() as cursor:
        staged = _read_staged(cursor, source)
    return any(
        table.name in loaded and (table.name not in staged or staged[table.name].seen_rules != _rules_of(table, source))
        for table in source.tables
    )


def settled_until(connection: Any, database: str) -> int:
    """Return the load up to which the rows of all tables have been looked at; 0 if there was none."""
    with connection.cursor() as cursor:
        cursor.execute(SETTLED_DDL.format(database=quoted(database)))
        cursor.execute(f"select min(settled_seq) from {quoted(database)}.{SETTLED}")
        return int(cursor.fetchone()[0] or 0)


def settle(cursor: Any, source: Source, load_seq: int, run_id: str, loading: Collection[str] = ()) -> None:
    """Hold back what breaks a rule, let go what no longer does, and show both in the quarantine.

    In the cursor's transaction, after the rows of load `load_seq` of the tables `loading` were merged and before it is
    declared complete. A table that was never loaded to the end is not asked for parents.
    """
    staged = _read_staged(cursor, source, loading)
    for table in parents_first(source.tables):
        if table.name in staged:
            _settle_table(cursor, source, staged, table, load_seq, run_id)


def forget(cursor: Any, database: str, table: str) -> None:
    """Let go of all held rows of a table that is about to be emptied; what is loaded next is looked at anew."""
    cursor.execute(
        "select table_name from information_schema.tables where table_schema = %s and table_name in (%s, %s)",
        (database, SETTLED, HELD + table),
    )
    there = {name for (name,) in cursor.fetchall()}
    if SETTLED in there:
        cursor.execute(f"delete from {quoted(database)}.{SETTLED} where table_name = %s", (table,))
    if HELD + table in there:
        cursor.execute(f"delete from {quoted(database)}.{quoted(HELD + table)}")


def count_held(cursor: Any, database: str, table: Table, among: str | None) -> int:
    """Return how many rows of a table are held; only those whose keys the table `among` has, if it is given."""
    held = f"{quoted(database)}.{quoted(HELD + table.name)}"
    keys = ", ".join(quoted(name) for name in table.primary_key)
    cursor.execute(f"select count(*) from {held}" + (f" join {among} using ({keys})" if among else ""))
    return int(cursor.fetchone()[0])


def _settle_table(
    cursor: Any, source: Source, staged: Mapping[str, _Staged], table: Table, load_seq: int, run_id: str
) -> None:
    place = staged[table.name]
    parents = [(parent, staged[parent.table]) for parent in table.parents if parent.table in staged]
    rules = _rules_of(table, source)
    broken = _broken(table, parents)
    anew = place.settled_seq is None or place.seen_rules != rules
    held_before = _has_rows(cursor, place.held)
    moved = 0
    if held_before:
        moved += _move(cursor, place, load_seq, place.held, place.name, f"not ({broken})" if broken else "true")
    if broken:
        candidates = "" if anew else _candidates(cursor, place, parents)
        if candidates is not None:
            moved += _move(cursor, place, load_seq, place.name, place.held, broken, candidates)
    if moved or held_before or quarantine.shows_held(cursor, source.name, table.name):
        quarantine.show_held(
            cursor, source.name, table.name, place.held, key=table.primary_key, row_json=_row_json(place),
            rule=_reasons(table, parents) or "''", run_id=run_id,
        )  # fmt: skip
    cursor.execute(
        f"replace into {quoted(place.database)}.{SETTLED} (table_name, settled_seq, rules) values (%s, %s, %s)",
        (table.name, load_seq, rules),
    )


def _move(
    cursor: Any, place: _Staged, load_seq: int, origin: str, goal: str, condition: str, candidates: str = ""
) -> int:
    """Move the rows of `origin` for which `condition` holds to `goal`, and record their keys; return how many."""
    names = ", ".join(quoted(name) for name in place.columns)
    values = ", ".join(f"child.{quoted(name)}" for name in place.columns)
    moved: int = cursor.execute(
        f"insert into {goal} ({names}) select {values} from {origin} as child {candidates} where {condition}"
    )
    if moved:
        same = " and ".join(f"moved.{name} = stays.{name}" for name in place.key)
        keys = ", ".join(f"moved.{name}" for name in place.key)
        cursor.execute(
            f"insert ignore into {place.changes} ({', '.join(place.key)}, load_seq)"
            f" select {keys}, {load_seq} from {place.held} as moved join {place.name} as stays on {same}"
        )
        cursor.execute(
            f"update {quoted(place.database)}.{STATE} set changed_seq = greatest(changed_seq, %s)"
            " where table_name = %s",
            (load_seq, place.table.name),
        )
        cursor.execute(
            f"delete {origin} from {origin} join {goal} on "  # a table alias would need a default database here
            + " and ".join(f"{origin}.{name} = {goal}.{name}" for name in place.key)
        )
    return moved


def _candidates(cursor: Any, place: _Staged, parents: Sequence[tuple[Parent, _Staged]]) -> str | None:
    """A join that narrows `child` to the rows to look at; None if there are none."""
    keys = ", ".join(place.key)
    unseen = f"load_seq > {place.settled_seq}"
    selects = []
    if _has_rows(cursor, place.changes, unseen):
        selects.append(f"select {keys} from {place.changes} where {unseen}")
    for parent, parent_place in parents:
        if not _has_rows(cursor, parent_place.changes, unseen):
            continue
        changed = f"(select distinct {', '.join(parent_place.key)} from {parent_place.changes} where {unseen})"
        gone = (
            f"{changed} as changed left join {parent_place.name} as kept on "
            + " and ".join(f"kept.{name} = changed.{name}" for name in parent_place.key)
            + f" where kept.{parent_place.key[0]} is null"
        )
        pairs = list(zip(parent.key, parent_place.key, strict=True))
        if parent.rules:
            selects.append(_children(place, f"{changed} as changed", pairs))
        elif _has_rows(cursor, gone):
            selects.append(_children(place, gone, pairs))
    if not selects:
        return None
    return f"join ({' union '.join(selects)}) as candidates using ({keys})"


def _children(place: _Staged, parents: str, pairs: Sequence[tuple[str, str]]) -> str:
    """The children of parents. As a join, MariaDB would compare every parent with every child when both are many."""
    keys = ", ".join(f"children.{name}" for name in place.key)
    ours = ", ".join(f"children.{quoted(name)}" for name, _ in pairs)
    theirs = ", ".join(f"changed.{name}" for _, name in pairs)
    return f"select {keys} from {place.name} as children where ({ours}) in (select {theirs} from {parents})"


def _broken(table: Table, parents: Sequence[tuple[Parent, _Staged]]) -> str:
    """The condition that `child` breaks a rule; empty if there are no rules."""
    return " or ".join(condition for _, condition in _conditions(table, parents))


def _reasons(table: Table, parents: Sequence[tuple[Parent, _Staged]]) -> str:
    """The names of the rules that `child` breaks, as SQL; empty if there are no rules."""
    cases = [f"case when {condition} then '{name}' end" for name, condition in _conditions(table, parents)]
    return f"concat_ws(', ', {', '.join(cases)})" if cases else ""


def _conditions(table: Table, parents: Sequence[tuple[Parent, _Staged]]) -> list[tuple[str, str]]:
    """The names of the rules with the conditions under which `child` breaks them; SQL leaves NULL undecided."""
    conditions = [(rule.name, f"(not ({rule.holds})) is true") for rule in table.rules]
    for parent, place in parents:
        same = " and ".join(
            f"parent.{theirs} = child.{quoted(ours)}" for ours, theirs in zip(parent.key, place.key, strict=True)
        )
        named = " and ".join(f"child.{quoted(column)} is not null" for column in parent.key)
        looked_up = f"select 1 from {place.name} as parent where {same}"
        conditions.append((parent.name, f"({named} and not exists ({looked_up}))"))
        conditions += [(rule.name, f"exists ({looked_up} and not ({rule.holds}))") for rule in parent.rules]
    return [(name.replace("'", "''"), condition) for name, condition in conditions]


def _row_json(place: _Staged) -> str:
    pairs = []
    for name, kind in place.columns.items():
        value = f"child.{quoted(name)}"
        if name in place.table.personal:
            value = f"if({value} is null, null, '{MASKED}')"
        elif kind.endswith(BYTES):
            value = f"hex({value})"
        pairs.append(f"'{name}', {value}")
    return f"json_object({', '.join(pairs)})"


def _rules_of(table: Table, source: Source) -> str:
    """A digest of all that decides about a row of the table."""
    keys = {other.name: other.primary_key for other in source.tables}
    parents = [
        [parent.name, parent.table, parent.key, keys[parent.table], [[r.name, r.holds] for r in parent.rules]]
        for parent in table.parents
    ]
    text = json.dumps([[[rule.name, rule.holds] for rule in table.rules], parents, sorted(table.personal)])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _read_columns(cursor: Any, database: str) -> Mapping[str, dict[str, str]]:
    cursor.execute(
        "select table_name, column_name, column_type from information_schema.columns where table_schema = %s"
        " order by table_name, ordinal_position",
        (database,),
    )
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in cursor.fetchall():
        found.setdefault(table, {})[column] = kind
    return found


def _read_staged(cursor: Any, source: Source, loading: Collection[str] = ()) -> Mapping[str, _Staged]:
    """The tables that were loaded to the end, or of which all rows of the load `loading` are there, by name."""
    columns = _read_columns(cursor, source.staging)
    if SETTLED not in columns:
        return {}
    database = quoted(source.staging)
    cursor.execute(f"select table_name, settled_seq, rules from {database}.{SETTLED}")
    settled = {name: (seq, rules) for name, seq, rules in cursor.fetchall()}
    cursor.execute(f"select table_name from {database}.{STATE}")
    complete = {*loading, *(name for (name,) in cursor.fetchall())}
    return {
        table.name: _Staged(source.staging, table, columns[table.name], *settled.get(table.name, ()))
        for table in source.tables
        if table.name in complete and table.name in columns and HELD + table.name in columns
    }


def _has_rows(cursor: Any, table: str, condition: str = "") -> bool:
    cursor.execute(f"select 1 from {table} {'where ' + condition if condition else ''} limit 1")
    return cursor.fetchone() is not None
