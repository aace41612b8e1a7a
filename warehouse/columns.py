"""The columns that readers see, and how a publish would change them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from warehouse.marts import Mart


@dataclass(frozen=True)
class ColumnChange:
    """What would become of the columns of one mart; each text names a column with its type."""

    mart: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    retyped: tuple[str, ...]

    def __str__(self) -> str:
        parts = (("gains", self.added), ("loses", self.removed), ("retypes", self.retyped))
        return f"{self.mart} " + " and ".join(f"{verb} {', '.join(names)}" for verb, names in parts if names)


class ColumnChangeError(RuntimeError):
    """Readers' columns would change without leave; nothing was published."""


def column_changes(connection: sa.Connection, marts: Sequence[Mart]) -> tuple[ColumnChange, ...]:
    """How the build tables of `marts` differ from the live ones in their columns; one that is new does not."""
    schemas = {mart.build_schema for mart in marts} | {mart.live_schema for mart in marts}
    rows = connection.execute(
        sa.text(
            "select table_schema as place, table_name as name, column_name as col, column_type as kind "
            "from information_schema.columns where table_schema in :schemas and table_name in :names "
            "order by ordinal_position"
        ).bindparams(sa.bindparam("schemas", expanding=True), sa.bindparam("names", expanding=True)),
        {"schemas": sorted(schemas), "names": sorted({mart.name for mart in marts})},
    )
    columns: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows:
        kind = row.kind.decode() if isinstance(row.kind, bytes) else str(row.kind)
        columns.setdefault((str(row.place), str(row.name)), {})[str(row.col)] = kind
    changes = (
        _change(mart.name, columns.get((mart.live_schema, mart.name)), columns[mart.build_schema, mart.name])
        for mart in marts
    )
    return tuple(change for change in changes if change is not None)


def require_leave(changes: Sequence[ColumnChange], allowed: Collection[str]) -> None:
    """Raise `ColumnChangeError` when the columns of a mart change that is not `allowed` by name."""
    refused = [change for change in changes if change.mart not in allowed]
    if refused:
        flags = " ".join(f"--allow-column-change {change.mart}" for change in refused)
        raise ColumnChangeError(
            f"readers' columns would change: {'; '.join(map(str, refused))}; nothing was published, what was built is "
            f"kept: to publish it, call tidemark run (or tidemark publish) with {flags}"
        )


def _change(mart: str, live: dict[str, str] | None, build: dict[str, str]) -> ColumnChange | None:
    if live is None or live == build:
        return None
    return ColumnChange(
        mart,
        tuple(f"{name} ({kind})" for name, kind in build.items() if name not in live),
        tuple(f"{name} ({kind})" for name, kind in live.items() if name not in build),
        tuple(
            f"{name} (from {live[name]} to {kind})"
            for name, kind in build.items()
            if name in live and live[name] != kind
        ),
    )
