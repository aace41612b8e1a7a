"""From the build schema to what readers see, and back: all marts at once, or none.

What changed is published in one transaction over all marts. When a table was rebuilt, is new to the readers or has
another definition, complete copies are made beside the live tables and one RENAME moves them all. Either way the state
that readers saw before is kept, once, until the next publish: `undo` puts it back.
"""

from __future__ import annotations

import contextlib
import re
import time
import uuid
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from warehouse.by_rename import all_tables, previous_place, publish_copies, restore_tables, settle, tidy_up
from warehouse.by_transaction import publish_rows, restore_rows
from warehouse.columns import ColumnChange, column_changes, require_leave
from warehouse.engine import engine_of
from warehouse.lock import Guard, check_guard
from warehouse.marts import Mart
from warehouse.role_views import RoleViewsError, narrow_role_views, refresh_role_views
from warehouse.state import read_states
from warehouse.undo import Hold, create_state, end_hold, read_hold, read_kept

RETRIES = 4
PASSING = (1053, 1205, 1213, 2003, 2006, 2013)  # shutdown, lock waits, deadlocks, connections refused and lost
REMEDIES = {
    (1044, 1142, 1143, 1370): "grant the publishing account what docs/own-servers.md lists, then run again",
    (1021, 1114, 3): "free some room on the warehouse's disk, then run again",
    (1205, 1213): "a reader's transaction or another session holds a table; run again when it has ended",
    (2003, 2006, 2013, 1053): "is the server running? (tidemark status) Then run again",
}


class PublishError(RuntimeError):
    """Publishing, or undoing it, did not take place; the sentence says why."""


class NothingToUndoError(RuntimeError):
    """There is no earlier published state to put back."""


@dataclass(frozen=True)
class PublishResult:
    """How it was published: `by` is "transaction", "rename" or "nothing"; rows changed for each mart.

    `strays` are live tables that no model makes any more, `changes` what readers now find changed in the columns,
    `hold` is why nothing was published though something may wait, `retries` are the reasons of further attempts,
    `warnings` say what else the operator should know.
    """

    by: str
    rows: dict[str, int]
    strays: tuple[str, ...] = ()
    changes: tuple[ColumnChange, ...] = ()
    hold: Hold | None = None
    retries: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def published(self) -> bool:
        """Whether readers see something new."""
        return self.by != "nothing"


@dataclass(frozen=True)
class UndoResult:
    """Which marts were put back, to before the publish of which run; `retries` are reasons of further attempts."""

    marts: tuple[str, ...]
    undone_run: str
    retries: tuple[str, ...] = ()


def publish(
    url: str,
    marts: Sequence[Mart],
    guard: Guard | None = None,
    *,
    run_id: str | None = None,
    allow_column_changes: Collection[str] = (),
    ends_hold: bool = False,
) -> PublishResult:
    """Make the live tables equal to the build tables, for every mart that has changes waiting.

    `url` is the publishing account; `run_id`, unique, is noted beside what can be undone. While publishing is held,
    only a publish that `ends_hold` does anything. Raises `ColumnChangeError` when the columns of a mart would change
    that is not among `allow_column_changes`, `PublishError` when the server refuses; readers then see what they saw.
    """
    run_id = run_id or uuid.uuid4().hex
    with _told("cannot publish"), engine_of(url).connect() as connection:
        settle(connection, marts, guard)
        strays = tidy_up(connection, marts, guard)
        tables = all_tables(connection, marts)
        states = read_states(connection, marts)
        built = [m for m in marts if states[m.name].built_seq is not None]
        absent = {m.name for m in built if (m.live_schema, m.name) not in tables}
        waiting = [m for m in built if states[m.name].pending or m.name in absent]
        hold = read_hold(connection, marts, tables)
        if hold and not ends_hold:
            warnings = _refresh_views(connection, marts)
            return PublishResult("nothing", {}, strays, hold=hold, warnings=warnings)
        if not waiting:
            if hold:
                check_guard(connection, guard)
                end_hold(connection, marts)
                connection.commit()
            warnings = _refresh_views(connection, marts)
            return PublishResult("nothing", {}, strays, warnings=warnings)
        changes = column_changes(connection, waiting)
        require_leave(changes, allow_column_changes)
        anew = any(states[m.name].rebuilt or m.name in absent or _definitions_differ(connection, m) for m in waiting)
        connection.commit()
        create_state(connection, marts, tables)
        build_tables = [(mart.build_schema, mart.name) for mart in marts]
        _narrow_views(connection, marts, build_tables)
        rows: dict[str, int] = {}

        def attempt() -> None:
            if anew:
                rows.update(publish_copies(connection, marts, waiting, run_id, guard))
            else:
                kept = read_kept(connection, marts, all_tables(connection, marts))
                rows.update(publish_rows(connection, marts, waiting, kept, run_id, guard))

        def done() -> bool:
            settle(connection, marts, guard)
            kept = read_kept(connection, marts, all_tables(connection, marts))
            return any(what.run_id == run_id for what in kept.values())

        retries = _with_retries(attempt, done, connection)
        warnings = _refresh_views(connection, marts)
        with contextlib.suppress(sa.exc.DBAPIError):  # it is done; the next publish tidies up what is left
            tidy_up(connection, marts, guard)
    return PublishResult("rename" if anew else "transaction", rows, strays, changes, None, retries, warnings)


def undo(url: str, marts: Sequence[Mart], guard: Guard | None = None, *, run_id: str | None = None) -> UndoResult:
    """Put back what readers saw before the last publish, all marts at once, and hold publishing.

    What was built waits again. Raises `NothingToUndoError` when no earlier state is kept, `PublishError` when the
    server refuses; readers then see what they saw.
    """
    run_id = run_id or uuid.uuid4().hex
    with _told("cannot undo the last publish"), engine_of(url).connect() as connection:
        settle(connection, marts, guard)
        tidy_up(connection, marts, guard)
        tables = all_tables(connection, marts)
        kept = read_kept(connection, marts, tables)
        hold = read_hold(connection, marts, tables)
        chosen = [m for m in marts if m.name in kept]
        if not chosen:
            reason = str(hold) if hold else "nothing was published yet, or what the last publish replaced is gone"
            raise NothingToUndoError(f"there is nothing further to undo: {reason}")
        others = [m for m in marts if m.name not in kept and (m.live_schema, m.name) in tables]
        if not others and all(kept[m.name].kind == "absent" for m in chosen):
            raise NothingToUndoError("there is nothing to undo: before the first publish readers saw no table at all")
        connection.commit()
        create_state(connection, marts, tables)  # a star that was never published has none
        by_rows = all(kept[m.name].kind == "rows" for m in chosen)
        if not by_rows:
            _narrow_views(connection, chosen, [previous_place(mart) for mart in chosen])

        def attempt() -> None:
            (restore_rows if by_rows else restore_tables)(connection, marts, chosen, kept, run_id, guard)

        def done() -> bool:
            settle(connection, marts, guard)
            held = read_hold(connection, marts, all_tables(connection, marts))
            return held is not None and held.run_id == run_id

        retries = _with_retries(attempt, done, connection)
        _refresh_views(connection, marts)
        with contextlib.suppress(sa.exc.DBAPIError):  # it is done; the next publish tidies up what is left
            tidy_up(connection, marts, guard)
    return UndoResult(tuple(m.name for m in chosen), kept[chosen[0].name].run_id, retries)


def _narrow_views(connection: sa.Connection, marts: Sequence[Mart], coming: Sequence[tuple[str, str]]) -> None:
    """Fit the roles' views to what is to come; on a server that was not prepared for them there are none."""
    connection.rollback()
    with contextlib.suppress(RoleViewsError):
        narrow_role_views(connection, marts, coming)
    connection.rollback()


def _refresh_views(connection: sa.Connection, marts: Sequence[Mart]) -> tuple[str, ...]:
    """Fit the roles' views to what was published, and return what went wrong: the publish itself is done."""
    connection.rollback()
    try:
        refresh_role_views(connection, marts)
    except RoleViewsError as error:
        return (str(error),)
    except sa.exc.DBAPIError as error:
        return (f"the views of the roles lack what is new: {_reason(error)}; the next publish makes them",)
    finally:
        connection.rollback()
    return ()


def settle_interrupted(url: str, marts: Sequence[Mart], guard: Guard | None = None) -> None:
    """Bring to an end what a killed publish or undo left half done. Call it before anything is planned or built."""
    with _told("cannot settle what an interrupted publish left"), engine_of(url).connect() as connection:
        settle(connection, marts, guard)


def _definitions_differ(connection: sa.Connection, mart: Mart) -> bool:
    return _definition(connection, mart.build_schema, mart.name) != _definition(connection, mart.live_schema, mart.name)


def _definition(connection: sa.Connection, schema: str, table: str) -> str:
    statement = connection.execute(sa.text(f"show create table `{schema}`.`{table}`")).one()[1]
    return re.sub(r"AUTO_INCREMENT=\d+ ?", "", str(statement))


def _with_retries(attempt: Callable[[], None], done: Callable[[], bool], connection: sa.Connection) -> tuple[str, ...]:
    """Attempt a few times while what stops it may pass, and only while it is not `done`; return what stopped it."""
    reasons: list[str] = []
    while True:
        try:
            if not reasons or not done():
                connection.commit()
                attempt()
            return tuple(reasons)
        except sa.exc.DBAPIError as error:
            with contextlib.suppress(sa.exc.DBAPIError):  # the server undoes what a lost connection had begun
                connection.rollback()
            if len(reasons) == RETRIES - 1 or not (error.connection_invalidated or _code(error) in PASSING):
                with contextlib.suppress(sa.exc.DBAPIError):  # else the next run finds out
                    if done():
                        return tuple(reasons)
                raise
            reasons.append(_reason(error))
            time.sleep(0.2 * 2 ** len(reasons))


@contextlib.contextmanager
def _told(what: str) -> Iterator[None]:
    """Say in a sentence what the server refused."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        code = _code(error)
        remedy = next((remedy for codes, remedy in REMEDIES.items() if code in codes), "mend the cause and run again")
        raise PublishError(
            f"{what}: {_reason(error)}; readers see one published state or the other, whole; {remedy}"
        ) from error


def _code(error: sa.exc.DBAPIError) -> int:
    arguments = error.orig.args if error.orig else ()
    return arguments[0] if arguments and isinstance(arguments[0], int) else 0


def _reason(error: sa.exc.DBAPIError) -> str:
    arguments = error.orig.args if error.orig else ()
    return str(arguments[-1] if arguments else error).strip().rstrip(".")
