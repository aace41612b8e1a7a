"""Publish complete copies by one RENAME, keeping the tables that were there aside; and put those back.

A RENAME commits by itself. What it is meant to do is noted before it; `settle` finds out whether it took place, and
notes that. The marks of the build are taken away before it and given back when it did not take place: a mart is then
published whole once too often, and never once too little.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from warehouse.lock import Guard, check_guard
from warehouse.marts import Mart
from warehouse.state import existing_tables, mark_published, mark_rebuilt
from warehouse.undo import (
    Kept,
    discarded_table,
    drop_intent,
    end_hold,
    forget,
    keep_intent,
    note,
    previous_table,
    read_kept,
    set_hold,
)

LEFT_BEHIND = ("__new", "__old")
ASIDE = ("_tidemark_previous_", "_tidemark_discarded_")


def publish_copies(
    connection: sa.Connection,
    marts: Sequence[Mart],
    waiting: Sequence[Mart],
    run_id: str,
    guard: Guard | None,
) -> dict[str, int]:
    """Publish the marts that wait, whole; return the number of rows of each."""
    rows = {}
    for mart in waiting:
        check_guard(connection, guard)
        connection.execute(sa.text(f"drop table if exists {_new(mart)}, {_old(mart)}"))
        connection.execute(sa.text(f"create table {_new(mart)} like {_build(mart)}"))
        rows[mart.name] = connection.execute(sa.text(f"insert into {_new(mart)} select * from {_build(mart)}")).rowcount
        connection.commit()
    tables = all_tables(connection, marts)
    connection.commit()
    with connection.begin():
        check_guard(connection, guard)
        for mart in waiting:
            live = (mart.live_schema, mart.name) in tables
            note(connection, mart, "intent", Kept("table" if live else "absent", run_id))
            mark_published(connection, mart)
    moves = [move for mart in waiting for move in _moves_to_live(mart, tables)]
    _rename(connection, moves, guard)
    settle(connection, marts, guard)
    return rows


def restore_tables(
    connection: sa.Connection,
    marts: Sequence[Mart],
    chosen: Sequence[Mart],
    kept: Mapping[str, Kept],
    run_id: str,
    guard: Guard | None,
) -> None:
    """Put back the tables that the last publish replaced; they wait to be published again, and publishing is held."""
    with connection.begin():
        check_guard(connection, guard)
        for mart in chosen:
            note(connection, mart, "intent", Kept("back", run_id))
            mark_rebuilt(connection, mart)
    moves = []
    for mart in chosen:
        moves.append(f"{_live(mart)} to {_old(mart)}")
        if kept[mart.name].kind == "table":
            moves.append(f"{previous_table(mart)} to {_live(mart)}")
    _rename(connection, moves, guard)
    settle(connection, marts, guard)


def settle(connection: sa.Connection, marts: Sequence[Mart], guard: Guard | None) -> None:
    """Bring to an end what an intent tells of: note a RENAME that took place, forget one that did not."""
    tables = all_tables(connection, marts)
    intent = read_kept(connection, marts, tables, "intent")
    connection.commit()
    if intent:
        chosen = [m for m in marts if m.name in intent]
        back = any(kept.kind == "back" for kept in intent.values())
        moved = _took_place(chosen, tables, back=back)
        with connection.begin():
            check_guard(connection, guard)
            if not moved:
                for mart in chosen:
                    mark_rebuilt(connection, mart)
                drop_intent(connection, marts)
            else:
                forget(connection, marts, read_kept(connection, marts, tables))
                if back:
                    set_hold(connection, marts, intent[chosen[0].name].run_id)
                    drop_intent(connection, marts)
                else:
                    keep_intent(connection, marts)
                    end_hold(connection, marts)


def _took_place(chosen: Sequence[Mart], tables: set[tuple[str, str]], *, back: bool) -> bool:
    if back:
        return any(_old_place(mart) in tables for mart in chosen)
    return not any(_new_place(mart) in tables for mart in chosen)


def tidy_up(connection: sa.Connection, marts: Sequence[Mart], guard: Guard | None) -> tuple[str, ...]:
    """Drop copies and tables aside that nothing needs; return the other live tables that no mart accounts for."""
    tables = all_tables(connection, marts)
    kept = read_kept(connection, marts, tables)
    needed = {previous_place(m) for m in marts if m.name in kept and kept[m.name].kind == "table"}
    builds = {m.build_schema for m in marts}
    accounted = {(m.live_schema, m.name) for m in marts}
    strays = []
    for schema, name in sorted(tables - accounted - needed):
        if name.startswith(ASIDE) if schema in builds else name.endswith(LEFT_BEHIND):
            check_guard(connection, guard)
            connection.execute(sa.text(f"drop table if exists `{schema}`.`{name}`"))
        elif schema not in builds:
            strays.append(f"{schema}.{name}")
    connection.commit()
    return tuple(strays)


def all_tables(connection: sa.Connection, marts: Sequence[Mart]) -> set[tuple[str, str]]:
    """(schema, name) of every table of the build and live schemas."""
    return existing_tables(connection, {m.build_schema for m in marts} | {m.live_schema for m in marts})


def _moves_to_live(mart: Mart, tables: set[tuple[str, str]]) -> list[str]:
    moves = []
    if (mart.live_schema, mart.name) in tables:
        if previous_place(mart) in tables:
            moves.append(f"{previous_table(mart)} to {discarded_table(mart)}")
        moves.append(f"{_live(mart)} to {previous_table(mart)}")
    return [*moves, f"{_new(mart)} to {_live(mart)}"]


def _rename(connection: sa.Connection, moves: Sequence[str], guard: Guard | None) -> None:
    check_guard(connection, guard)
    connection.execute(sa.text("rename table " + ", ".join(moves)))
    connection.commit()


def _new_place(mart: Mart) -> tuple[str, str]:
    return mart.live_schema, f"{mart.name}__new"


def _old_place(mart: Mart) -> tuple[str, str]:
    return mart.live_schema, f"{mart.name}__old"


def previous_place(mart: Mart) -> tuple[str, str]:
    """Where the table lies that the last publish replaced."""
    return mart.build_schema, f"_tidemark_previous_{mart.name}"


def _build(mart: Mart) -> str:
    return f"`{mart.build_schema}`.`{mart.name}`"


def _live(mart: Mart) -> str:
    return f"`{mart.live_schema}`.`{mart.name}`"


def _new(mart: Mart) -> str:
    return f"`{mart.live_schema}`.`{mart.name}__new`"


def _old(mart: Mart) -> str:
    return f"`{mart.live_schema}`.`{mart.name}__old`"
