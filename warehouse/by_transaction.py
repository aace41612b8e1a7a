"""Publish what changed in one transaction over all marts, keeping the rows that were there; and put those back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from warehouse.live_rows import (
    LiveTable,
    columns_of,
    copy_rows,
    create_like,
    guide_by_keys,
    guide_by_rows,
    live_table,
    replace_rows,
)
from warehouse.lock import Guard, check_guard
from warehouse.marts import Mart
from warehouse.state import existing_tables, mark_published, mark_rebuilt, unpublished_table
from warehouse.undo import Kept, end_hold, forget, kept_keys, kept_rows, note, set_hold


def publish_rows(
    connection: sa.Connection,
    marts: Sequence[Mart],
    waiting: Sequence[Mart],
    kept: Mapping[str, Kept],
    run_id: str,
    guard: Guard | None,
) -> dict[str, int]:
    """Publish the rows of changed keys of the marts that wait; return the number of keys of each."""
    tables = existing_tables(connection, {m.build_schema for m in marts})
    live = {m.name: live_table(connection, m, unpublished_table(m)) for m in waiting}
    for mart in waiting:
        check_guard(connection, guard)
        if mart.name not in kept or kept[mart.name].kind != "rows":
            _make_log(connection, mart, live[mart.name], tables)
        fresh = _scratch(connection, mart, live[mart.name], "fresh")
        _copy_built(connection, mart, live[mart.name], fresh)
    connection.commit()
    rows = {}
    with connection.begin():
        check_guard(connection, guard)
        forget(connection, marts, kept)
        for mart in waiting:
            rows[mart.name] = _apply_changes(connection, mart, live[mart.name])
            mark_published(connection, mart)
            note(connection, mart, "kept", Kept("rows", run_id))
        end_hold(connection, marts)
    return rows


def restore_rows(
    connection: sa.Connection,
    marts: Sequence[Mart],
    chosen: Sequence[Mart],
    kept: Mapping[str, Kept],
    run_id: str,
    guard: Guard | None,
) -> None:
    """Put back the rows that the last publish replaced; their keys wait again, and publishing is held."""
    live = {m.name: live_table(connection, m, kept_keys(m)) for m in chosen}
    current = {m.name: _scratch(connection, m, live[m.name], "current") for m in chosen}
    connection.commit()
    with connection.begin():
        check_guard(connection, guard)
        for mart in chosen:
            table = live[mart.name]
            guide = guide_by_rows(table, kept_rows(mart))
            copy_rows(connection, mart, table, table.name, kept_keys(mart), current[mart.name], guide)
            replace_rows(connection, table, current[mart.name], kept_rows(mart))
            _let_wait(connection, mart)
        forget(connection, marts, kept)
        set_hold(connection, marts, run_id)


def _apply_changes(connection: sa.Connection, mart: Mart, table: LiveTable) -> int:
    keys, fresh = unpublished_table(mart), table.scratch(mart, "fresh")
    copy_rows(connection, mart, table, table.name, keys, kept_rows(mart), guide_by_rows(table, fresh))
    replace_rows(connection, table, kept_rows(mart), fresh)
    return int(connection.execute(sa.text(f"insert into {kept_keys(mart)} select * from {keys}")).rowcount)


def _let_wait(connection: sa.Connection, mart: Mart) -> None:
    """The keys that were put back wait again; all of the mart does if its rows are named by another key now."""
    if columns_of(connection, kept_keys(mart)) == columns_of(connection, unpublished_table(mart)):
        connection.execute(sa.text(f"insert ignore into {unpublished_table(mart)} select * from {kept_keys(mart)}"))
    else:
        mark_rebuilt(connection, mart)


def _copy_built(connection: sa.Connection, mart: Mart, table: LiveTable, into: str) -> None:
    keys = unpublished_table(mart)
    guide = guide_by_keys(connection, table, keys)
    copy_rows(connection, mart, table, f"`{mart.build_schema}`.`{mart.name}`", keys, into, guide)


def _make_log(connection: sa.Connection, mart: Mart, table: LiveTable, tables: set[tuple[str, str]]) -> None:
    """Create what replaced rows are kept in; anew where the live table or its key is another one now."""
    names = (f"_tidemark_undo_rows_{mart.name}", f"_tidemark_undo_keys_{mart.name}")
    if (
        all((mart.build_schema, name) in tables for name in names)
        and columns_of(connection, kept_rows(mart)) == table.definition
        and columns_of(connection, kept_keys(mart)) == columns_of(connection, unpublished_table(mart))
    ):
        return
    connection.execute(sa.text(f"drop table if exists {kept_rows(mart)}, {kept_keys(mart)}"))
    create_like(connection, table, kept_rows(mart))
    connection.execute(sa.text(f"create table {kept_keys(mart)} like {unpublished_table(mart)}"))


def _scratch(connection: sa.Connection, mart: Mart, table: LiveTable, what: str) -> str:
    """Create a temporary table for rows of the mart, in place of one that an earlier attempt left."""
    name = table.scratch(mart, what)
    connection.execute(sa.text(f"drop temporary table if exists {name}"))
    create_like(connection, table, name, temporary=True)
    return name
