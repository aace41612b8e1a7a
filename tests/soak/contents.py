"""What staging, quarantine and the published marts hold, read apart from the pipeline, beside what they should hold."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.soak.rows import Tables, Tuple, as_text, key_of
from tests.soak.system import System

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


def differences(system: System, source: Tables, warehouse: Any, *, rules: bool) -> list[Difference]:
    """Compare everything with the source; `warehouse` is a cursor of MySQL, `rules`: bad rows go to quarantine."""
    good = system.good_rows(source) if rules else source
    found = []
    for table, rows in good.items():
        columns = list(source[table][0]) if source[table] else list(system.keys[table])
        expected = Counter(tuple(row[name] for name in columns) for row in rows)
        found += _compared(f"staging of {table}", expected, _select(warehouse, system.staging, table, columns))
    if rules:
        for table, rows in source.items():
            all_keys, good_keys = (Counter(key_of(system.keys, table, r) for r in side) for side in (rows, good[table]))
            bad = all_keys - good_keys
            found += _compared(f"quarantine of {table}", bad, _quarantined(warehouse, system, table))
    for mart, expected in system.expected_marts(good).items():
        found += _compared(f"published {mart}", expected, _select(warehouse, system.star, mart, system.marts[mart]))
    return found


def _select(warehouse: Any, database: str, table: str, columns: Sequence[str]) -> Counter[Tuple]:
    names = ", ".join(f"`{name}`" for name in columns)
    warehouse.execute(f"select {names} from `{database}`.`{table}`")
    return Counter(tuple(as_text(value) for value in row) for row in warehouse.fetchall())


def _quarantined(warehouse: Any, system: System, table: str) -> Counter[Tuple]:
    warehouse.execute(
        "select count(*) from information_schema.tables"
        " where table_schema = 'quarantine' and table_name = 'quarantined_rows'"
    )
    if not warehouse.fetchone()[0]:
        return Counter()
    warehouse.execute(
        "select row_key from quarantine.quarantined_rows where source = %s and table_name = %s", (system.name, table)
    )
    keys = (json.loads(key) for (key,) in warehouse.fetchall())
    return Counter(tuple(as_text(key[name]) for name in system.keys[table]) for key in keys)


def _compared(place: str, expected: Counter[Tuple], found: Counter[Tuple]) -> list[Difference]:
    missing, surplus = expected - found, found - expected
    if not missing and not surplus:
        return []
    rows = [*missing, *surplus]
    words = frozenset(value for row in rows[: 2 * MOST] for value in row[:2] if value is not None)
    ordered = [sorted(side.elements(), key=repr)[:MOST] for side in (missing, surplus)]
    return [Difference(f"{place}: {missing.total()} missing, {surplus.total()} too many", *ordered, words)]
