"""Who may write: one run at a time, by a lock that dies with its holder.

`GET_LOCK` belongs to a connection, so the server frees it when its holder is gone. A holder that was cut off may not
know it yet; the fence row keeps it from writing: each write transaction reads the row with a share lock and stops when
another run's id stands in it, and a new run replaces the id only after every such transaction has ended.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from types import TracebackType
from typing import Any

import sqlalchemy as sa

from warehouse.engine import engine_of

Guard = Callable[[Any], None]
"""Called with a DB-API cursor first in a write transaction; raises to stop it."""

LOCK_NAME = "tidemark.run"
HOLD_SECONDS = 24 * 3600  # the connection is idle while the run works; the server must not end it for that
LOCK_WAIT = 1205
FENCE = "tidemark_control.fence"
CREATE_FENCE = (
    f"create table if not exists {FENCE} "
    "(name varchar(64) not null primary key, run_id varchar(64) not null) engine = innodb"
)


class LockHeldError(RuntimeError):
    """Another run is under way; the sentence names it."""


class LockLostError(RuntimeError):
    """This run no longer holds the lock and may not write."""


class RunLock:
    """The lock of one run, held from `with` to the end of its block.

    `url` is an account that may write `tidemark_control.fence`; `run_id` is what other runs are told.
    Raises `LockHeldError` on entry when another run holds the lock.
    """

    def __init__(self, url: str, run_id: str) -> None:
        self.run_id = run_id
        self._engine = engine_of(url, autocommit=True)
        self._connection: sa.Connection | None = None

    def __enter__(self) -> RunLock:
        connection = self._engine.connect()
        try:
            if connection.scalar(sa.text("select get_lock(:name, 0)"), {"name": LOCK_NAME}) != 1:
                holder = connection.scalar(sa.text(f"select run_id from {FENCE} where name = 'run'"))
                raise LockHeldError(
                    f"another run is under way ({holder or 'its id is not yet known'}); "
                    "wait for it to end, then run again"
                )
            connection.execute(sa.text(f"set session wait_timeout = {HOLD_SECONDS}"))
            connection.execute(sa.text(CREATE_FENCE))
            connection.execute(
                sa.text(
                    f"insert into {FENCE} (name, run_id) values ('run', :run_id) "
                    "on duplicate key update run_id = :run_id"
                ),
                {"run_id": self.run_id},
            )
        except BaseException as error:
            connection.close()
            if isinstance(error, sa.exc.OperationalError) and error.orig and error.orig.args[0] == LOCK_WAIT:
                raise LockHeldError(
                    "a run that was cut off still has a statement under way on the server; run again in a minute"
                ) from error
            raise
        self._connection = connection
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection is not None:
            with contextlib.suppress(sa.exc.SQLAlchemyError):  # a dead connection has freed the lock already
                self._connection.execute(sa.text("select release_lock(:name)"), {"name": LOCK_NAME})
            with contextlib.suppress(sa.exc.SQLAlchemyError):
                self._connection.close()
            self._connection = None

    def require(self) -> None:
        """Raise `LockLostError` unless the server still counts this run as the holder."""
        if self._connection is None:
            raise LockLostError(f"run {self.run_id} holds no lock")
        try:
            held = self._connection.scalar(sa.text("select is_used_lock(:name) = connection_id()"), {"name": LOCK_NAME})
        except sa.exc.SQLAlchemyError as error:
            raise LockLostError(
                f"run {self.run_id} lost its lock: its connection to the warehouse ended; is the server running? "
                "(tidemark status) Then run again"
            ) from error
        if held != 1:
            raise LockLostError(f"run {self.run_id} lost its lock: the server gave it to another run")

    def guard(self, cursor: Any) -> None:
        """Call first in a write transaction: raise `LockLostError` when another run has taken over."""
        check_fence(cursor, self.run_id)


def check_fence(cursor: Any, run_id: str) -> None:
    """Hold the fence row in share mode for the rest of the transaction; raise if it is not `run_id`'s."""
    cursor.execute(f"select run_id from {FENCE} where name = 'run' lock in share mode")
    row = cursor.fetchone()
    if row is None or row[0] != run_id:
        raise LockLostError(
            f"run {run_id} lost its lock to {row[0] if row else 'nobody'}: it stopped before it wrote; run again"
        )


def check_guard(connection: sa.Connection, guard: Guard | None) -> None:
    """Let the guard, if there is one, stop what is about to be written."""
    if guard is not None:
        guard(connection.connection.cursor())
