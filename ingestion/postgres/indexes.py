"""Which source tables lack the index that finds what changed in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ingestion.declarations import Source, Table

WITHOUT_INDEX = """
select c.relname, a.attname, format('create index on %%I.%%I (%%I)', n.nspname, c.relname, a.attname)
from unnest(%s::text[], %s::text[]) as declared (table_name, cursor_name)
join pg_namespace n on n.nspname = %s
join pg_class c on c.relnamespace = n.oid and c.relname = declared.table_name and c.relkind in ('r', 'p', 'm')
join pg_attribute a on a.attrelid = c.oid and a.attname = declared.cursor_name
where not exists (
    select from pg_index i
    where i.indrelid = c.oid and i.indkey[0] = a.attnum and i.indisvalid and i.indpred is null
)
order by c.relname
"""


def warn_of_missing_indexes(connection: Any, source: Source, tables: Sequence[Table]) -> tuple[str, ...]:
    """Return a sentence for each table of which every run has to read all rows, with the statement that ends that."""
    rows = connection.execute(
        WITHOUT_INDEX, ([table.name for table in tables], [table.cursor for table in tables], source.schema)
    ).fetchall()
    return tuple(
        f"no index of {source.schema}.{name} begins with its cursor {cursor}, so each run reads the whole table; "
        f"give it one: {statement}"
        for name, cursor, statement in rows
    )
