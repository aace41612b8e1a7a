"""Which rows would a load write? The first of them, for whoever looks before saying so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from psycopg import sql

from oltp.superstore_files.database import Connection
from oltp.superstore_files.planning import INSERT, UPDATE, Plan, Table, keys, planned, staged

_NAMES = {"segment_id": "segment", "subcategory_id": "subcategory"}  # shown by name


@dataclass(frozen=True, slots=True)
class Sample:
    """A row that a load would add, or change: `before` has what the columns hold that would be changed."""

    table: str
    key: tuple[str, ...]
    after: Mapping[str, Any]
    before: Mapping[str, Any] | None = None


def sample_rows(connection: Connection, plan: Plan, count: int) -> tuple[Sample, ...]:
    """Return the first rows of each table that would be new, and the first that would be changed, by their keys."""
    names = _names(plan)
    return tuple(sample for table in plan.tables for sample in _samples(connection, table, count, names))


def _samples(
    connection: Connection, table: Table, count: int, names: Mapping[str, Mapping[Any, str]]
) -> Iterator[Sample]:
    query = sql.SQL("""
        with first_rows as materialized (
            select {keys} from {planned} where action = %s order by {keys} limit %s
        )
        select array[{texts}], to_jsonb(staged), to_jsonb(target)
        from first_rows
        join {staged} as staged using ({keys})
        left join superstore.{target} as target using ({keys})
        order by {keys}
    """).format(
        texts=sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(column)) for column in table.key),
        staged=staged(table),
        planned=planned(table),
        target=sql.Identifier(table.name),
        keys=keys(table),
    )
    for action in (INSERT, UPDATE):
        for key, after, before in connection.execute(query, [action, count]).fetchall():
            columns = [name for name in table.columns if action == INSERT or after[name] != before[name]]
            new, old = ({_NAMES.get(n, n): _shown(row, n, names) for n in columns} for row in (after, before or {}))
            yield Sample(table.name, tuple(key), new, old if action == UPDATE else None)


def _shown(row: Mapping[str, Any], column: str, names: Mapping[str, Mapping[Any, str]]) -> Any:
    value = row.get(column)
    return names.get(column, {}).get(value, value)


def _names(plan: Plan) -> dict[str, dict[Any, str]]:
    """The names of what rows refer to by number."""
    if plan.lookups is None:
        return {}
    return {
        "segment_id": {id_: name for name, id_ in plan.lookups.segments.items()},
        "subcategory_id": {id_: name for (_, name), id_ in plan.lookups.subcategories.items()},
    }
