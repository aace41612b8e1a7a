"""Values that can be named in a question: those of dimensions with few of them, read once for each published run."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from app.answers.layer import Dimension, Layer, Model

FEW = 1_500  # more values than these are looked up when they are named, not kept


@dataclass(frozen=True)
class Values:
    """The values of each dimension, which of them occur together, and the days that the data covers."""

    values: Mapping[str, tuple[str, ...]]
    together: Mapping[str, tuple[tuple[str, ...], tuple[tuple[str | None, ...], ...]]]
    oldest: dt.date
    newest: dt.date

    @cached_property
    def _rows(self) -> dict[tuple[str, str], frozenset[tuple[str, int]]]:
        found: dict[tuple[str, str], set[tuple[str, int]]] = {}
        for model, (names, rows) in self.together.items():
            for number, row in enumerate(rows):
                for name, value in zip(names, row, strict=True):
                    if value is not None:
                        found.setdefault((name, value), set()).add((model, number))
        return {k: frozenset(v) for k, v in found.items()}

    def same_rows(self, one: tuple[str, str], other: tuple[str, str]) -> bool:
        """Whether two values pick the same rows: Canada the country and Canada the market."""
        rows = self._rows.get(one)
        return rows is not None and rows == self._rows.get(other)

    def parents(self, dimension: str, within: str, value: str, given: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
        """The values of `within` in which a value occurs, as far as the other values that were named leave it open."""
        found: set[str] = set()
        for names, rows in self.together.values():
            if dimension in names and within in names:
                at, above = names.index(dimension), names.index(within)
                others = [(names.index(d), v) for d, v in given.items() if d in names and d != dimension]
                for row in rows:
                    if row[at] == value and row[above] and all(row[i] in v for i, v in others):
                        found.add(str(row[above]))
        return tuple(sorted(found))

    def nested(self, inner: str, outer: str) -> bool:
        """Whether each value of `inner` lies in one of `outer`: cities in a market. Some namesakes do not count."""
        for names, rows in self.together.values():
            if inner in names and outer in names:
                at, above = names.index(inner), names.index(outer)
                pairs = {(row[at], row[above]) for row in rows}
                inside, outside = len({a for a, _ in pairs}), len({b for _, b in pairs})
                return inside > outside and len(pairs) <= 1.2 * inside
        return False


def read_values(layer: Layer, clear: frozenset[str], query: Any, cache: Path, stamp: str) -> Values:
    """The values that a role may name. `query(sql)` returns rows; `cache` keeps them as long as `stamp` stays."""
    name = hashlib.sha256(f"{layer.source} {sorted(clear)} {layer.fingerprint} {stamp}".encode()).hexdigest()[:24]
    file = cache / f"values-{name}.json"
    if stamp and file.is_file():
        try:
            return _from_json(json.loads(file.read_text(encoding="utf-8")))
        except (ValueError, KeyError, OSError):
            file.unlink(missing_ok=True)
    found = _read(layer, query)
    if stamp:
        cache.mkdir(parents=True, exist_ok=True)
        for old in cache.glob("values-*.json"):
            if old.stat().st_mtime < dt.datetime.now().timestamp() - 86_400:
                old.unlink(missing_ok=True)
        fresh = file.with_suffix(".new")
        fresh.write_text(json.dumps(_as_json(found)), encoding="utf-8")
        fresh.replace(file)
    return found


def _read(layer: Layer, query: Any) -> Values:
    values: dict[str, tuple[str, ...]] = {}
    together: dict[str, tuple[tuple[str, ...], tuple[tuple[str | None, ...], ...]]] = {}
    for model in layer.models.values():
        columns = [d for d in model.dimensions.values() if _nameable(d) and d.name not in values]
        for dimension in columns:
            if dimension.values and dimension.expr != dimension.name:
                values[dimension.name] = tuple(dimension.values)
        plain = [d for d in columns if d.expr.isidentifier()]
        few = []
        for d in plain:
            rows = query(
                f"select distinct `{d.expr}` from `{model.table}` where `{d.expr}` is not null limit {FEW + 1}"
            )
            if len(rows) <= FEW:
                few.append(d)
                values[d.name] = tuple(sorted(str(r[0]) for r in rows if str(r[0]).strip()))
        if any(e.is_key for e in model.entities) and len(few) > 1 and model is not layer.main:
            names = tuple(d.name for d in few)
            rows = query(f"select distinct {', '.join(f'`{d.expr}`' for d in few)} from `{model.table}` limit 20000")
            together[model.name] = (names, tuple(tuple(None if v is None else str(v) for v in row) for row in rows))
    oldest, newest = _span(layer.main, query)
    return Values(values, together, oldest, newest)


def _nameable(dimension: Dimension) -> bool:
    return (
        dimension.kind == "categorical" and not dimension.identifies and not dimension.names and dimension.pii == "none"
    )


def _span(model: Model, query: Any) -> tuple[dt.date, dt.date]:
    expr = model.dimensions[model.default_time].expr
    row = query(f"select min({expr}), max({expr}) from `{model.table}`")[0]
    today = dt.date.today()
    return (_day(row[0]) or today, _day(row[1]) or today)


def _day(value: Any) -> dt.date | None:
    return value.date() if isinstance(value, dt.datetime) else value


def _as_json(values: Values) -> dict[str, Any]:
    return {
        "values": values.values,
        "together": values.together,
        "oldest": values.oldest.isoformat(),
        "newest": values.newest.isoformat(),
    }


def _from_json(data: Mapping[str, Any]) -> Values:
    return Values(
        {k: tuple(v) for k, v in data["values"].items()},
        {k: (tuple(names), tuple(tuple(r) for r in rows)) for k, (names, rows) in data["together"].items()},
        dt.date.fromisoformat(data["oldest"]),
        dt.date.fromisoformat(data["newest"]),
    )
