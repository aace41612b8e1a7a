"""What MySQL says of itself before a snapshot: its clock, the transactions under way, and which server it is.

A row bears the start of the statement that wrote it. A statement takes that time before it waits for a table's lock,
and its transaction begins after; so an active statement counts by its own start, and a transaction that has written by
its start less the longest that a statement may have waited.
"""

import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pymysql

from ingestion.errors import IngestionError
from ingestion.model import Activity, OpenTransaction, Origin

NOT_GRANTED = {1044, 1142, 1227}
LONGEST_WAIT = timedelta(hours=1)  # the server's own bound may be a year
SECOND = timedelta(seconds=1)  # times are given in whole seconds
IDLE = ("Sleep", "Daemon", "Binlog Dump", "Binlog Dump GTID", "Slave_IO", "Reset Connection")
REPLICATION = "system user"
CACHED_SECONDS = 0.1  # how old the server lets its list of transactions get, longer while others read it
TRIES = 100


def read_activity(connection: Any) -> Activity:
    """Return the activity of the server.

    Must run in autocommit mode before the snapshot is taken. The order of the statements matters: the clock first, so
    that what starts in between is later than it; then the statements under way; last the transactions, for a statement
    that has ended since is in one of them, or is committed and in the snapshot.
    """
    with connection.cursor() as cursor:
        origin = _origin(cursor)
        asked_at = datetime.now(UTC)
        cursor.execute("select utc_timestamp(6), @@global.lock_wait_timeout, connection_id()")
        clock, lock_wait_seconds, own_id = cursor.fetchone()
        answered_at = datetime.now(UTC)
        now = clock.replace(tzinfo=UTC)
        sessions = _read_sessions(cursor, own_id)
        waited = min(timedelta(seconds=lock_wait_seconds), LONGEST_WAIT)
        transactions = _read_transactions(cursor, own_id, now)
    replica = any(user == REPLICATION for _, user, *_ in sessions)
    open_transactions, prepared = _under_way(transactions or (), waited)
    statements = [_statement(now, *session) for session in sessions if session[1] != REPLICATION]
    return Activity(
        taken_at=now,
        least_lead=(now - answered_at).total_seconds(),
        most_lead=(now - asked_at).total_seconds(),
        open=(*statements, *open_transactions),
        prepared=tuple(prepared),
        blind=_why_blind(replica, transactions is not None),
        origin=origin,
    )


def _read_sessions(cursor: Any, own_id: int) -> Sequence[tuple[int, str, str, float]]:
    """Sessions that do something: id, account, command and for how many seconds."""
    precise = "time_ms / 1000" if _is_mariadb(cursor) else "time + 1"
    cursor.execute(
        f"select id, user, command, cast({precise} as double) from information_schema.processlist"
        " where id <> %s and (command not in %s or user = %s)",
        (own_id, IDLE, REPLICATION),
    )
    return list(cursor.fetchall())


def _read_transactions(cursor: Any, own_id: int, now: datetime) -> Sequence[tuple[int, Any, datetime]] | None:
    """Session, number and start of transactions that have written or are prepared; None without the right to see them.

    The server lists from a copy. A transaction of our own shows that the copy is newer than the sessions read before.
    """
    cursor.execute("start transaction with consistent snapshot, read only")
    try:
        for _ in range(TRIES):
            cursor.execute(
                "select trx_mysql_thread_id, trx_id, trx_started, trx_rows_modified from information_schema.innodb_trx"
            )
            rows = cursor.fetchall()
            own = next((started for thread, _, started, _ in rows if thread == own_id), None)
            if own is not None:
                zone = _zone(own, now)
                return [
                    (thread, number, (started - zone).replace(tzinfo=UTC))
                    for thread, number, started, modified in rows
                    if thread != own_id and (modified or thread == 0)
                ]
            time.sleep(CACHED_SECONDS)
    except pymysql.err.MySQLError as error:
        if error.args[0] not in NOT_GRANTED:
            raise
        return None
    finally:
        cursor.execute("rollback")
    raise IngestionError(
        "the source does not show its present transactions, only old ones: another program asks for them all the time;"
        " let it ask at most once a second, then run again"
    )


def _zone(own: datetime, now: datetime) -> timedelta:
    """How far the list's times are ahead of UTC: it gives the machine's own, and our transaction has just begun."""
    quarters = round((own.replace(tzinfo=UTC) - now) / timedelta(minutes=15))
    return quarters * timedelta(minutes=15)


def _under_way(
    transactions: Sequence[tuple[int, Any, datetime]], waited: timedelta
) -> tuple[list[OpenTransaction], list[OpenTransaction]]:
    """Open transactions, and prepared ones, which belong to no session any more."""
    open_transactions, prepared = [], []
    for thread, number, since in transactions:
        if thread:
            open_transactions.append(
                OpenTransaction(
                    identity=str(number),
                    since=since - waited,
                    told=f"the transaction of session {thread}",
                    remedy=f"end it: kill {thread}",
                )
            )
        else:
            prepared.append(
                OpenTransaction(
                    identity=str(number),
                    since=since,
                    told=f"the prepared transaction {number}",
                    remedy="xa recover names it; end it by xa commit or xa rollback",
                )
            )
    return open_transactions, prepared


def _statement(now: datetime, session: int, account: str, command: str, seconds: float) -> OpenTransaction:
    return OpenTransaction(
        identity=f"statement of {session}",
        since=now - timedelta(seconds=seconds) - SECOND,
        told=f"the statement of session {session} (account {account}, {command})",
        remedy=f"end it: kill query {session}",
    )


def _why_blind(replica: bool, sees_all: bool) -> str | None:
    if not sees_all:
        return "the extract account has no PROCESS right and cannot see open transactions"
    if replica:
        return "the source is a replica, which does not show the open transactions of its primary"
    return None


def _is_mariadb(cursor: Any) -> bool:
    cursor.execute("select version()")
    return "mariadb" in cursor.fetchone()[0].lower()


def _origin(cursor: Any) -> Origin:
    """Return the server's identity and how far its redo log has come."""
    cursor.execute(
        "show global variables where variable_name in ('server_uuid', 'server_uid', 'hostname', 'port', 'datadir')"
    )
    named = dict(cursor.fetchall())
    server = named.get("server_uuid") or named.get("server_uid") or f"{named['hostname']}:{named['port']}"
    cursor.execute("show global status where variable_name in ('Innodb_lsn_current', 'Innodb_redo_log_current_lsn')")
    positions = [int(value) for _, value in cursor.fetchall()]
    cursor.execute("select database()")
    (database,) = cursor.fetchone()
    return Origin(server=f"{server}/{database}", timeline=0, position=max(positions, default=0))
