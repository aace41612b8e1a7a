"""What the source holds, and what staging, quarantine and the published marts hold, read apart from the pipeline."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.soak.oracle import KEYS, MARTS, Row, Tables, Tuple, as_text, expected_marts, good_rows, key_of

MOST = 5  # differences told of one table


@dataclass(frozen=True)
class Difference:
    """Rows that are where they should not be, or are missing where they should be; `keys` are values to look for."""

    place: str
    expected: Sequence[Tuple]
    found: Sequence[Tuple]
    keys: frozenset[str]

    def __str__(self) -> str:
        missing = [f"  expected {row}" for row in self.expected]
        return "\n".join([self.place, *missing, *(f"  found    {row}" for row in self.found)])


def read_source(connection: Any) -> Tables:
    """Read all tables in one snapshot, every value as text that both databases share."""
    connection.execute("begin isolation level repeatable read read only")
    try:
        return {table: _read_table(connection, table) for table in KEYS}
    finally:
        connection.execute("rollback")


def _read_table(connection: Any, table: str) -> Sequence[Row]:
    columns = connection.execute(
        "select column_name, data_type from information_schema.columns"
        " where table_schema = 'superstore' and table_name = %s order by ordinal_position",
        (table,),
    ).fetchall()
    names = [name for name, _ in columns]
    # the text of infinity is the word itself, and to_char knows no such thing
    instant = "coalesce(to_char({0} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), {0}::text)"
    outputs = ", ".join((instant if kind.startswith("timestamp") else "{0}::text").format(n) for n, kind in columns)
    rows = connection.execute(f"select {outputs} from superstore.{table}").fetchall()
    return [dict(zip(names, row, strict=True)) for row in rows]


def differences(source: Tables, warehouse: Any, *, rules: bool) -> list[Difference]:
    """Compare everything with the source; `warehouse` is a cursor of MySQL, `rules`: bad rows go to quarantine."""
    good = good_rows(source) if rules else source
    found = []
    for table, rows in good.items():
        columns = list(source[table][0]) if source[table] else list(KEYS[table])
        expected = Counter(tuple(row[name] for name in columns) for row in rows)
        found += _compared(f"staging of {table}", expected, _select(warehouse, "raw_superstore", table, columns))
    if rules:
        for table, rows in source.items():
            bad = Counter(key_of(table, row) for row in rows) - Counter(key_of(table, row) for row in good[table])
            found += _compared(f"quarantine of {table}", bad, _quarantined(warehouse, table))
    for mart, expected in expected_marts(good).items():
        found += _compared(f"published {mart}", expected, _select(warehouse, "warehouse", mart, MARTS[mart]))
    return found


def _select(warehouse: Any, database: str, table: str, columns: Sequence[str]) -> Counter[Tuple]:
    names = ", ".join(f"`{name}`" for name in columns)
    warehouse.execute(f"select {names} from `{database}`.`{table}`")
    return Counter(tuple(as_text(value) for value in row) for row in warehouse.fetchall())


def _quarantined(warehouse: Any, table: str) -> Counter[Tuple]:
    warehouse.execute(
        "select count(*) from information_schema.tables"
        " where table_schema = 'quarantine' and table_name = 'quarantined_rows'"
    )
    if not warehouse.fetchone()[0]:
        return Counter()
    warehouse.execute(
        "select row_key from quarantine.quarantined_rows where source = 'superstore' and table_name = %s", (table,)
    )
    keys = (json.loads(key) for (key,) in warehouse.fetchall())
    return Counter(tuple(as_text(key[name]) for name in KEYS[table]) for key in keys)


def _compared(place: str, expected: Counter[Tuple], found: Counter[Tuple]) -> list[Difference]:
    missing, surplus = expected - found, found - expected
    if not missing and not surplus:
        return []
    rows = [*missing, *surplus]
    words = frozenset(value for row in rows[: 2 * MOST] for value in row[:2] if value is not None)
    ordered = [sorted(side.elements(), key=repr)[:MOST] for side in (missing, surplus)]
    return [Difference(f"{place}: {missing.total()} missing, {surplus.total()} too many", *ordered, words)]
