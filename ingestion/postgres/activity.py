"""What PostgreSQL says of itself before a snapshot: its clock, the transactions under way, and which server it is."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import psycopg

from ingestion.declarations import Source, Table
from ingestion.model import Activity, OpenTransaction, Origin


def read_activity(connection: psycopg.Connection[Any]) -> Activity:
    """Return the activity of the connection's database.

    Must run in autocommit mode before the snapshot is taken. The order of the last three statements matters: the clock
    first, so that a transaction that starts in between is later than it; prepared transactions last, because
    a transaction that is being prepared is listed there before it leaves pg_stat_activity.
    """
    origin = _origin(connection)
    asked_at = datetime.now(UTC)
    clock = connection.execute(
        "select statement_timestamp(), pg_is_in_recovery(), pg_has_role(current_user, 'pg_read_all_stats', 'usage')"
    ).fetchone()
    answered_at = datetime.now(UTC)
    sessions = connection.execute(
        "select pid, usename, application_name, state, xact_start, state_change from pg_stat_activity"
        " where datname = current_database() and pid <> pg_backend_pid()"
        " and backend_type is distinct from 'autovacuum worker'"
        " and (xact_start is not null or state = 'disabled')"
    ).fetchall()
    prepared = connection.execute(
        "select transaction::text, gid, owner, prepared from pg_prepared_xacts where database = current_database()"
    ).fetchall()
    assert clock is not None  # noqa: S101  (it always gives a row)
    now, standby, sees_all = clock
    return Activity(
        taken_at=now,
        least_lead=(now - answered_at).total_seconds(),
        most_lead=(now - asked_at).total_seconds(),
        open=tuple(_under_way(*session) for session in sessions if session[4] is not None),
        prepared=tuple(_prepared(*transaction) for transaction in prepared),
        blind=_why_blind(standby, sees_all, sum(session[3] == "disabled" for session in sessions)),
        origin=origin,
    )


def read_identities(connection: psycopg.Connection[Any], source: Source, tables: Sequence[Table]) -> Mapping[str, str]:
    """Return for each table what no other table ever was, nor the same one dropped and created anew."""
    rows = connection.execute(
        "select c.relname, c.oid::text from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " where n.nspname = %s and c.relname = any(%s)",
        (source.schema, [*(table.name for table in tables), source.tombstones or ""]),
    ).fetchall()
    oids = dict(rows)
    return {table.name: f"{oids.get(table.name)}/{oids.get(source.tombstones)}" for table in tables}


def _under_way(
    pid: int, account: str | None, application: str | None, state: str | None, since: datetime, idle_since: datetime
) -> OpenTransaction:
    idle = f", idle in it since {_clock(idle_since)}" if (state or "").startswith("idle in transaction") else ""
    return OpenTransaction(
        identity=str(pid),
        since=since,
        told=f"the transaction of pid {pid} (account {account}, application {application or 'without a name'}{idle})",
        remedy=f"end it: select pg_terminate_backend({pid})",
    )


def _prepared(transaction: str, gid: str, owner: str, since: datetime) -> OpenTransaction:
    name = gid.replace("'", "''")
    return OpenTransaction(
        identity=f"{transaction}:{gid}",
        since=since,
        told=f"the prepared transaction '{name}' (account {owner})",
        remedy=f"end it: commit prepared '{name}' or rollback prepared '{name}'",
    )


def _clock(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _why_blind(standby: bool, sees_all: bool, untracked: int) -> str | None:
    if standby:
        return "the source is a standby, which does not show the open transactions of its primary"
    if not sees_all:
        return "the extract account is not a member of pg_read_all_stats and cannot see open transactions"
    if untracked:
        return f"track_activities is off in {untracked} sessions of the source, which hides their transactions"
    return None


def _origin(connection: psycopg.Connection[Any]) -> Origin:
    """Return the server's identity and how far its log has come.

    The log's insert position counts what a crash may take back (synchronous_commit = off), which a snapshot may have
    shown: a position that fell then leads to a comparison, as it must.
    """
    try:
        row = connection.execute(
            "select s.system_identifier || '/' || d.oid,"
            " case when pg_is_in_recovery() then c.timeline_id"
            " else ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::bigint end,"
            " case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_insert_lsn() end"
            " - '0/0'::pg_lsn"
            " from pg_control_system() s, pg_control_checkpoint() c, pg_database d where d.datname = current_database()"
        ).fetchone()
    except psycopg.errors.InsufficientPrivilege:  # granted to everyone, but an administrator may have taken it away
        row = connection.execute(
            "select 'database ' || oid, 0, 0 from pg_database where datname = current_database()"
        ).fetchone()
    assert row is not None  # noqa: S101
    return Origin(server=row[0], timeline=int(row[1]), position=int(row[2] or 0))
