"""Connections to MySQL: bounded waits, and no parameters in error messages."""

from __future__ import annotations

import sqlalchemy as sa

LOCK_WAIT_SECONDS = 50  # MariaDB's own default for a table lock is a day, and every reader queues behind who waits


def engine_of(url: str, *, autocommit: bool = False) -> sa.Engine:
    """An engine that opens a connection when asked for one and closes it after use."""
    waits = f"set session lock_wait_timeout = {LOCK_WAIT_SECONDS}, innodb_lock_wait_timeout = {LOCK_WAIT_SECONDS}"
    return sa.create_engine(
        url,
        poolclass=sa.pool.NullPool,
        hide_parameters=True,
        connect_args={"init_command": waits},
        isolation_level="AUTOCOMMIT" if autocommit else "REPEATABLE READ",
    )
