"""From the build schema to what readers see: all marts of a run at once, or none.

What changed is published in one transaction over all marts. When a table was rebuilt, is new to the readers or has
another definition, complete copies are made beside the live tables and one RENAME moves them all.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from warehouse.engine import engine_of
from warehouse.marts import Mart
from warehouse.state import existing_tables, read_states, unpublished_table

Guard = Callable[[Any], None]
LEFT_BEHIND = ("__new", "__old")
RETRIES = 4
DEADLOCK, LOCK_WAIT = 1213, 1205


class PublishError(RuntimeError):
    """Publishing did not take place; the live tables are as they were."""


@dataclass(frozen=True)
class PublishResult:
    """How it was published: `by` is "transaction", "rename" or "nothing"; rows changed for each mart.

    `strays` are live tables that no model makes any more.
    """

    by: str
    rows: dict[str, int]
    strays: tuple[str, ...] = ()

    @property
    def published(self) -> bool:
        """Whether readers see something new."""
        return self.by != "nothing"


def publish(url: str, marts: Sequence[Mart], guard: Guard | None = None) -> PublishResult:
    """Make the live tables equal to the build tables, for every mart that has changes waiting.

    `url` is the publishing account. Raises `PublishError` when the server refuses; nothing is then published.
    """
    try:
        with engine_of(url).connect() as connection:
            states = read_states(connection, marts)
            tables = existing_tables(connection, {m.live_schema for m in marts})
            built = [m for m in marts if states[m.name].built_seq is not None]
            absent = {m.name for m in built if (m.live_schema, m.name) not in tables}
            waiting = [m for m in built if states[m.name].pending or m.name in absent]
            connection.rollback()
            strays = _tidy_up(connection, marts, tables, guard)
            if not waiting:
                return PublishResult("nothing", {}, strays)
            anew = any(
                states[m.name].rebuilt or m.name in absent or _definitions_differ(connection, m) for m in waiting
            )
            connection.rollback()
            rows = _retried(lambda: (_by_rename if anew else _by_transaction)(connection, waiting, guard), connection)
    except sa.exc.DBAPIError as error:
        raise PublishError(
            f"cannot publish: {error.orig}; readers still see the tables of the last publish; "
            "mend the cause, then run again"
        ) from error
    return PublishResult("rename" if anew else "transaction", rows, strays)


def _tidy_up(
    connection: sa.Connection, marts: Sequence[Mart], tables: set[tuple[str, str]], guard: Guard | None
) -> tuple[str, ...]:
    """Drop the copies that a killed run left behind; return the other tables that no mart accounts for."""
    unknown = sorted(tables - {(mart.live_schema, mart.name) for mart in marts})
    for schema, name in unknown:
        if name.endswith(LEFT_BEHIND):
            _check(connection, guard)
            connection.execute(sa.text(f"drop table if exists `{schema}`.`{name}`"))
    connection.rollback()
    return tuple(f"{schema}.{name}" for schema, name in unknown if not name.endswith(LEFT_BEHIND))


def _by_transaction(connection: sa.Connection, marts: Sequence[Mart], guard: Guard | None) -> dict[str, int]:
    rows = {}
    with connection.begin():
        _check(connection, guard)
        for mart in marts:
            rows[mart.name] = _apply_changes(connection, mart)
            _mark_published(connection, mart)
    return rows


def _apply_changes(connection: sa.Connection, mart: Mart) -> int:
    live, build, keys = _live(mart), _build(mart), unpublished_table(mart)
    columns = _columns(connection, mart.build_schema, mart.name)
    primary_key = _primary_key(connection, mart)
    by_unique_key = " and ".join(f"{{0}}.`{c}` = changed.`{c}`" for c in mart.unique_key)
    by_primary_key = " and ".join(f"build.`{c}` = live.`{c}`" for c in primary_key)
    gone = connection.execute(
        sa.text(
            f"delete live from {keys} as changed join {live} as live on {by_unique_key.format('live')} "
            f"left join {build} as build on {by_primary_key} where build.`{primary_key[0]}` is null"
        )
    ).rowcount
    names = ", ".join(f"`{c}`" for c in columns)
    values = ", ".join(f"build.`{c}`" for c in columns)
    updates = ", ".join(f"`{c}` = values(`{c}`)" for c in columns)
    connection.execute(
        sa.text(
            f"insert into {live} ({names}) select {values} from {keys} as changed "
            f"join {build} as build on {by_unique_key.format('build')} on duplicate key update {updates}"
        )
    )
    changed = connection.scalar(sa.text(f"select count(*) from {keys}")) or 0
    return max(int(changed), gone)


def _by_rename(connection: sa.Connection, marts: Sequence[Mart], guard: Guard | None) -> dict[str, int]:
    rows = {}
    for mart in marts:
        fresh = f"`{mart.live_schema}`.`{mart.name}__new`"
        _check(connection, guard)
        connection.execute(sa.text(f"drop table if exists {fresh}, `{mart.live_schema}`.`{mart.name}__old`"))
        connection.execute(sa.text(f"create table {fresh} like {_build(mart)}"))
        rows[mart.name] = connection.execute(sa.text(f"insert into {fresh} select * from {_build(mart)}")).rowcount
        connection.commit()
    present = existing_tables(connection, {m.live_schema for m in marts})
    moves = []
    for mart in marts:
        if (mart.live_schema, mart.name) in present:
            moves.append(f"{_live(mart)} to `{mart.live_schema}`.`{mart.name}__old`")
        moves.append(f"`{mart.live_schema}`.`{mart.name}__new` to {_live(mart)}")
    _check(connection, guard)
    connection.execute(sa.text("rename table " + ", ".join(moves)))
    _check(connection, guard)  # RENAME may have waited long for readers, and it ended the transaction of the last check
    for mart in marts:
        _mark_published(connection, mart)
    connection.commit()
    for mart in marts:
        connection.execute(sa.text(f"drop table if exists `{mart.live_schema}`.`{mart.name}__old`"))
    return rows


def _mark_published(connection: sa.Connection, mart: Mart) -> None:
    if mart.unique_key:
        connection.execute(sa.text(f"delete from {unpublished_table(mart)}"))
    connection.execute(
        sa.text(f"update `{mart.build_schema}`._tidemark_models set rebuilt = 0 where model = :model"),
        {"model": mart.name},
    )


def _definitions_differ(connection: sa.Connection, mart: Mart) -> bool:
    return _definition(connection, mart.build_schema, mart.name) != _definition(connection, mart.live_schema, mart.name)


def _definition(connection: sa.Connection, schema: str, table: str) -> str:
    statement = connection.execute(sa.text(f"show create table `{schema}`.`{table}`")).one()[1]
    return re.sub(r"AUTO_INCREMENT=\d+ ?", "", str(statement))


def _columns(connection: sa.Connection, schema: str, table: str) -> list[str]:
    return [str(row[0]) for row in connection.execute(sa.text(f"show columns from `{schema}`.`{table}`"))]


def _primary_key(connection: sa.Connection, mart: Mart) -> list[str]:
    rows = connection.execute(sa.text(f"show index from {_build(mart)} where key_name = 'PRIMARY'")).mappings()
    return [str(row["Column_name"]) for row in sorted(rows, key=lambda row: int(row["Seq_in_index"]))]


def _build(mart: Mart) -> str:
    return f"`{mart.build_schema}`.`{mart.name}`"


def _live(mart: Mart) -> str:
    return f"`{mart.live_schema}`.`{mart.name}`"


def _check(connection: sa.Connection, guard: Guard | None) -> None:
    if guard is not None:
        guard(connection.connection.cursor())


def _retried(action: Callable[[], dict[str, int]], connection: sa.Connection) -> dict[str, int]:
    for attempt in range(RETRIES):
        try:
            return action()
        except sa.exc.OperationalError as error:
            connection.rollback()
            if attempt == RETRIES - 1 or not error.orig or error.orig.args[0] not in (DEADLOCK, LOCK_WAIT):
                raise
            time.sleep(0.2 * 2**attempt)
    raise AssertionError("unreachable")
