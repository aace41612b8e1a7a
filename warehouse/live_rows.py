"""The live rows of changed keys: found, kept aside, and replaced by others, at a cost that grows with the keys.

A key of a table with partitions has to be looked for in every partition, so that is done once for each key, and only
where it must be; wherever a row's primary key is known, it leads to one partition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from warehouse.marts import Mart

HINT = "at_"


@dataclass(frozen=True)
class Guide:
    """Where rows probably are: a table of the quoted name `name`, and its column for each of the primary key."""

    name: str
    primary_key: dict[str, str]


@dataclass(frozen=True)
class LiveTable:
    """A live table: its quoted name, its columns (name, type), its primary key, and the key that names its changes."""

    name: str
    definition: tuple[tuple[str, str], ...]
    primary_key: tuple[str, ...]
    unique_key: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(name for name, _ in self.definition)

    def scratch(self, mart: Mart, what: str) -> str:
        """The quoted name of a temporary table of this mart."""
        return f"`{mart.live_schema}`.`_tidemark_{what}_{mart.name}`"


def live_table(connection: sa.Connection, mart: Mart, keys: str) -> LiveTable:
    """Read the columns and the primary key of a live table, and the key by which the table `keys` names its rows."""
    name = f"`{mart.live_schema}`.`{mart.name}`"
    index = connection.execute(sa.text(f"show index from {name} where key_name = 'PRIMARY'")).mappings()
    primary_key = tuple(str(row["Column_name"]) for row in sorted(index, key=lambda row: int(row["Seq_in_index"])))
    hints = {f"{HINT}{column}" for column in primary_key}
    unique_key = tuple(column for column, _ in columns_of(connection, keys) if column not in hints)
    return LiveTable(name, columns_of(connection, name), primary_key, unique_key)


def columns_of(connection: sa.Connection, name: str) -> tuple[tuple[str, str], ...]:
    """The columns of a table, each with its type; `name` is quoted."""
    return tuple((str(row[0]), str(row[1])) for row in connection.execute(sa.text(f"show columns from {name}")))


def guide_by_rows(table: LiveTable, name: str) -> Guide:
    """Rows are probably where a table of the same columns has them."""
    return Guide(name, {column: column for column in table.primary_key})


def guide_by_keys(connection: sa.Connection, table: LiveTable, name: str) -> Guide | None:
    """Rows are probably where a table of keys has noted them; None where it notes nothing."""
    present = {column for column, _ in columns_of(connection, name)}
    hints = {column: column if column in table.unique_key else f"{HINT}{column}" for column in table.primary_key}
    return Guide(name, hints) if present.issuperset(hints.values()) else None


def create_like(connection: sa.Connection, table: LiveTable, name: str, *, temporary: bool = False) -> None:
    """Create an empty table of the live table's columns and keys, without its partitions and other indexes."""
    by_primary_key = table.primary_key[: len(table.unique_key)] == table.unique_key
    index = "" if by_primary_key else f", index ({_list(table.unique_key)})"
    connection.execute(
        sa.text(
            f"create {'temporary ' if temporary else ''}table {name} "
            f"(primary key ({_list(table.primary_key)}){index}) "
            f"as select {_list(table.columns)} from {table.name} where false"
        )
    )


def copy_rows(
    connection: sa.Connection, mart: Mart, table: LiveTable, source: str, keys: str, into: str, guide: Guide | None
) -> None:
    """Copy the rows that `source` has for `keys` into an empty table.

    First those that lie where the guide says; the others are looked for.
    """
    if guide is not None:
        at = " and ".join(f"found.`{column}` = guide.`{hint}`" for column, hint in guide.primary_key.items())
        _insert(connection, table, into, f"{guide.name} as guide straight_join {source} as found on {at}")
    unseen = table.scratch(mart, "unseen")
    connection.execute(sa.text(f"drop temporary table if exists {unseen}"))
    connection.execute(
        sa.text(
            f"create temporary table {unseen} (primary key ({_list(table.unique_key)})) "
            f"as select {_list(table.unique_key, 'sought')} from {keys} as sought "
            f"left join {into} as seen on {_equal('seen', 'sought', table.unique_key)} "
            f"where seen.`{table.unique_key[0]}` is null"
        )
    )
    by_key = _equal("found", "sought", table.unique_key)
    _insert(connection, table, into, f"{unseen} as sought straight_join {source} as found on {by_key}")
    connection.execute(sa.text(f"drop temporary table {unseen}"))


def replace_rows(connection: sa.Connection, table: LiveTable, old: str, new: str) -> None:
    """Replace the live rows that `old` holds by those of `new`."""
    connection.execute(
        sa.text(
            f"delete live from {old} as old left join {new} as new on {_equal('new', 'old', table.primary_key)} "
            f"straight_join {table.name} as live on {_equal('live', 'old', table.primary_key)} "
            f"where new.`{table.primary_key[0]}` is null"
        )
    )
    updates = ", ".join(f"`{column}` = values(`{column}`)" for column in table.columns)
    connection.execute(
        sa.text(
            f"insert into {table.name} ({_list(table.columns)}) select {_list(table.columns)} from {new} "
            f"on duplicate key update {updates}"
        )
    )


def _insert(connection: sa.Connection, table: LiveTable, into: str, rows: str) -> None:
    connection.execute(
        sa.text(f"insert into {into} ({_list(table.columns)}) select {_list(table.columns, 'found')} from {rows}")
    )


def _list(names: Sequence[str], table: str | None = None) -> str:
    prefix = f"{table}." if table else ""
    return ", ".join(f"{prefix}`{name}`" for name in names)


def _equal(left: str, right: str, names: Sequence[str]) -> str:
    return " and ".join(f"{left}.`{name}` = {right}.`{name}`" for name in names)
