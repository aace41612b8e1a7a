"""Rows of a source as the harness holds them, and which of them the pipeline is to keep.

Values are texts as `as_text` writes them, None for NULL; a table is a sequence of rows, a row its values by column.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

Row = Mapping[str, str | None]
Tables = Mapping[str, Sequence[Row]]
Tuple = tuple[str | None, ...]
Keys = Mapping[str, tuple[str, ...]]
Parents = Mapping[str, tuple[tuple[str, str], ...]]
"""By table the columns that refer to another one, whose key is a column of the same name."""


def key_of(keys: Keys, table: str, row: Row) -> Tuple:
    """The key of a row."""
    return tuple(row[name] for name in keys[table])


def sound_rows(
    source: Tables, keys: Keys, parents: Parents, broken_rule: Callable[[str, Row], str | None]
) -> dict[str, list[Row]]:
    """The rows that break no rule, share their key with no other and reach all their parents.

    `keys` has the tables in an order in which parents come first.
    """
    sound: dict[str, list[Row]] = {}
    for table in keys:
        known = {
            parent: {row[column] for row in sound[parent] for column in keys[parent]}
            for _, parent in parents.get(table, ())
        }
        times = Counter(key_of(keys, table, row) for row in source[table])
        sound[table] = [
            row
            for row in source[table]
            if not broken_rule(table, row)
            and times[key_of(keys, table, row)] == 1
            and all(row[column] in known[parent] for column, parent in parents.get(table, ()))
        ]
    return sound


def as_text(value: object) -> str | None:
    """A value of MySQL in the form in which sources are read."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)
