"""What the build schema knows about its tables: how far they were built, and what of them is not yet published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from warehouse.marts import Mart, SourceTable

DEFINITIONS = "_tidemark_definitions"
ALL_LOADS = 2**62  # more than the number of any load
LOADS = "_tidemark_tables"  # of a staging schema: how far each of its tables was loaded


@dataclass(frozen=True)
class MartState:
    """How one mart stands. `built_seq` is the last load taken in (None: never built)."""

    built_seq: int | None
    rebuilt: bool
    unpublished: bool
    definition: str | None

    @property
    def pending(self) -> bool:
        """Whether the build table holds something that readers do not see yet."""
        return self.rebuilt or self.unpublished


def unpublished_table(mart: Mart) -> str:
    """The quoted name of the table that holds the keys changed since the last publish."""
    return f"`{mart.build_schema}`.`_tidemark_unpublished_{mart.name}`"


def existing_tables(connection: sa.Connection, schemas: Iterable[str]) -> set[tuple[str, str]]:
    """(schema, table or view) of everything in `schemas` that this account may see."""
    rows = connection.execute(
        sa.text(
            "select table_schema, table_name from information_schema.tables where table_schema in :schemas"
        ).bindparams(sa.bindparam("schemas", expanding=True)),
        {"schemas": sorted(set(schemas))},
    )
    return {(str(schema), str(name)) for schema, name in rows}


def broken_views(connection: sa.Connection, schemas: Iterable[str]) -> set[tuple[str, str]]:
    """(schema, view) of the views in `schemas` that name a column or a table that is gone; the server says so."""
    rows = connection.execute(
        sa.text(
            "select table_schema, table_name from information_schema.tables where table_type = 'VIEW' "
            "and table_schema in :schemas and table_comment like '%references invalid%'"
        ).bindparams(sa.bindparam("schemas", expanding=True)),
        {"schemas": sorted(set(schemas))},
    )
    return {(str(schema), str(name)) for schema, name in rows}


def read_states(connection: sa.Connection, marts: Sequence[Mart]) -> dict[str, MartState]:
    """The state of each mart, by its name."""
    schemas = {mart.build_schema for mart in marts}
    tables = existing_tables(connection, schemas)
    models: dict[tuple[str, str], tuple[int, bool]] = {}
    definitions: dict[tuple[str, str], str] = {}
    for schema in schemas:
        if (schema, "_tidemark_models") in tables:
            rows = connection.execute(sa.text(f"select model, built_seq, rebuilt from `{schema}`._tidemark_models"))
            models |= {(schema, str(row.model)): (int(row.built_seq), bool(row.rebuilt)) for row in rows}
        if (schema, DEFINITIONS) in tables:
            rows = connection.execute(sa.text(f"select model, definition from `{schema}`.{DEFINITIONS}"))
            definitions |= {(schema, str(row.model)): str(row.definition) for row in rows}
    states = {}
    for mart in marts:
        key = (mart.build_schema, mart.name)
        built = models.get(key) if key in tables else None
        keys_kept = (mart.build_schema, f"_tidemark_unpublished_{mart.name}") in tables
        states[mart.name] = MartState(
            built_seq=built[0] if built else None,
            rebuilt=built[1] if built else False,
            unpublished=keys_kept and _has_rows(connection, unpublished_table(mart)),
            definition=definitions.get(key),
        )
    return states


def read_changed_seqs(connection: sa.Connection, tables: Iterable[SourceTable]) -> dict[SourceTable, int]:
    """For each staging table that was loaded completely, the number of the last load that changed it."""
    tables = list(tables)
    known = existing_tables(connection, {table.schema for table in tables}) if tables else set()
    seqs: dict[tuple[str, str], int] = {}
    for schema in {table.schema for table in tables}:
        if (schema, LOADS) in known:
            rows = connection.execute(sa.text(f"select table_name, changed_seq from `{schema}`.{LOADS}"))
            seqs |= {(schema, str(row.table_name)): int(row.changed_seq or 0) for row in rows}
    return {table: seqs[table.schema, table.name] for table in tables if (table.schema, table.name) in seqs}


def read_taken_in(
    connection: sa.Connection, readers: Mapping[SourceTable, frozenset[tuple[str, str]]]
) -> dict[SourceTable, int]:
    """For each staging table, the load up to which all its `readers` have taken in what changed.

    A table with a reader that was never built is left out. `readers` are models by (schema, table).
    """
    schemas = {schema for models in readers.values() for schema, _ in models}
    known = existing_tables(connection, schemas) if schemas else set()
    built: dict[tuple[str, str], int] = {}
    for schema in schemas:
        if (schema, "_tidemark_models") in known:
            rows = connection.execute(sa.text(f"select model, built_seq from `{schema}`._tidemark_models"))
            built |= {(schema, str(row.model)): int(row.built_seq) for row in rows}
    return {
        table: min((built[model] for model in models), default=ALL_LOADS)
        for table, models in readers.items()
        if models <= built.keys()
    }


def remember_definitions(connection: sa.Connection, marts: Iterable[Mart]) -> None:
    """Note that the build tables of `marts` were made by their present definitions."""
    for mart in marts:
        connection.execute(
            sa.text(
                f"create table if not exists `{mart.build_schema}`.{DEFINITIONS} "
                "(model varchar(64) not null primary key, definition char(32) not null)"
            )
        )
        connection.execute(
            sa.text(
                f"insert into `{mart.build_schema}`.{DEFINITIONS} (model, definition) values (:model, :definition) "
                "on duplicate key update definition = :definition"
            ),
            {"model": mart.name, "definition": mart.definition},
        )


def mark_published(connection: sa.Connection, mart: Mart) -> None:
    """Note that readers see the build table as it is, in the transaction under way."""
    if mart.unique_key:
        connection.execute(sa.text(f"delete from {unpublished_table(mart)}"))
    _set_rebuilt(connection, mart, rebuilt=False)


def mark_rebuilt(connection: sa.Connection, mart: Mart) -> None:
    """Note that the build table has to be published whole, in the transaction under way."""
    _set_rebuilt(connection, mart, rebuilt=True)


def _set_rebuilt(connection: sa.Connection, mart: Mart, *, rebuilt: bool) -> None:
    connection.execute(
        sa.text(f"update `{mart.build_schema}`._tidemark_models set rebuilt = :rebuilt where model = :model"),
        {"rebuilt": rebuilt, "model": mart.name},
    )


def _has_rows(connection: sa.Connection, table: str) -> bool:
    return connection.scalar(sa.text(f"select 1 from {table} limit 1")) is not None
