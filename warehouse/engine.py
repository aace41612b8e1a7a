"""Connections to MySQL: bounded waits, strict values, and no parameters in error messages."""

from __future__ import annotations

import sqlalchemy as sa

SQL_MODE = "STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION"
LOCK_WAIT_SECONDS = 50  # MariaDB's own default for a table lock is a day, and every reader queues behind who waits


def engine_of(url: str, *, autocommit: bool = False) -> sa.Engine:
    """An engine that opens a connection when asked for one and closes it after use; its sessions are strict."""
    session = (
        f"set session lock_wait_timeout = {LOCK_WAIT_SECONDS}, innodb_lock_wait_timeout = {LOCK_WAIT_SECONDS}, "
        f"sql_mode = '{SQL_MODE}'"
    )
    return sa.create_engine(
        url,
        poolclass=sa.pool.NullPool,
        hide_parameters=True,
        connect_args={"init_command": session},
        isolation_level="AUTOCOMMIT" if autocommit else "REPEATABLE READ",
    )
