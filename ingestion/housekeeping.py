"""What nobody needs any more is removed: tombstones in the source, and old records beside the tables of staging.

Nothing is removed that a load, a model or a proof could still ask for, and all of it at most once a day.
"""

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pymysql

from ingestion import held_rows, staging
from ingestion.connecting import open_source
from ingestion.csv_files import quoted
from ingestion.declarations import Source
from ingestion.model import Guard
from ingestion.proofs import read_proofs
from ingestion.run import sentences
from ingestion.sightings import NOT_THERE

EVERY = timedelta(days=1)
HISTORY_KEPT = timedelta(days=90)
BATCH = 10_000
DONE = "_tidemark_housekeeping"
DONE_DDL = f"""create table if not exists {{database}}.{DONE} (
    task varchar(64) not null primary key,
    done_at datetime(6) not null
)"""


@dataclass(frozen=True)
class Removed:
    """How many tombstones, changed keys (by table) and old watermarks were removed."""

    tombstones: int = 0
    changes: Mapping[str, int] = field(default_factory=dict)
    watermarks: int = 0


def tidy(
    source: Source,
    extract_url: str,
    load_url: str,
    taken_in: Callable[[], Mapping[str, int]],
    *,
    guard: Guard | None = None,
    every: timedelta = EVERY,
) -> Removed | None:
    """Remove what is not needed; None if that was done less than `every` ago.

    `taken_in` gives by table the load up to which all models that read its changed keys have taken them in; the keys of
    a table that it leaves out are kept. Raises IngestionError.
    """
    with closing(staging.connect(load_url)) as warehouse, sentences():
        now = datetime.now(UTC)
        last = _last_done(warehouse, source.staging)
        if last is not None and timedelta(0) <= now - last < every:
            return None
        removed = Removed(
            tombstones=_purge_tombstones(source, extract_url, _applied_until(warehouse, source)),
            changes=_prune_changes(warehouse, source, taken_in(), guard),
            watermarks=_prune_history(warehouse, source.staging, now - HISTORY_KEPT, guard),
        )
        with warehouse.cursor() as cursor:
            cursor.execute(DONE_DDL.format(database=quoted(source.staging)))
            cursor.execute(f"replace into {quoted(source.staging)}.{DONE} values ('tidy', %s)", (staging.naive(now),))
    return removed


def _last_done(warehouse: Any, database: str) -> datetime | None:
    with warehouse.cursor() as cursor:
        try:
            cursor.execute(f"select done_at from {quoted(database)}.{DONE} where task = 'tidy'")
        except (pymysql.err.ProgrammingError, pymysql.err.OperationalError) as error:
            if error.args[0] not in NOT_THERE:
                raise
            return None
        row = cursor.fetchone()
    return row[0].replace(tzinfo=UTC) if row else None


def _applied_until(warehouse: Any, source: Source) -> datetime | None:
    """Return the instant before which no tombstone can be asked for again; None while a table was never proved."""
    names = {table.name for table in source.tables}
    states = staging.read_states(warehouse, source.staging)
    proofs = read_proofs(warehouse, source.staging)
    if not names <= states.keys() & proofs.keys():
        return None
    return min(min(states[name].watermark, proofs[name].proved_equal_at) for name in names)


def _purge_tombstones(source: Source, extract_url: str, before: datetime | None) -> int:
    if source.purge_tombstones is None or before is None:
        return 0
    total = 0
    with open_source(extract_url) as oltp:
        while True:
            purged = oltp.dialect.purge_tombstones(oltp.connection, source, before, BATCH)
            total += purged
            if purged < BATCH:
                return total


def _prune_changes(
    warehouse: Any, source: Source, taken_in: Mapping[str, int], guard: Guard | None
) -> Mapping[str, int]:
    """Delete changed keys that every model has taken in and every rule has looked at.

    Never those of the newest load, which tests look at.

    What is deleted counts as replaced from then on: a model that nobody knew of, and that lags behind, is then built
    anew instead of missing them.
    """
    pruned = {}
    settled = held_rows.settled_until(warehouse, source.staging)
    for name, state in staging.read_states(warehouse, source.staging).items():
        until = min(taken_in.get(name, 0), state.changed_seq - 1, settled)
        changes = f"{quoted(source.staging)}.{quoted(staging.CHANGES + name)}"
        with warehouse.cursor() as cursor:
            cursor.execute(f"select 1 from {changes} where load_seq <= %s limit 1", (until,))
            if cursor.fetchone() is None:
                continue
        _in_transaction(
            warehouse, guard,
            f"update {quoted(source.staging)}.{staging.STATE} set replaced_seq = greatest(replaced_seq, %s)"
            " where table_name = %s",
            (until, name),
        )  # fmt: skip
        pruned[name] = _delete(warehouse, guard, f"delete from {changes} where load_seq <= %s", until)
    return pruned


def _prune_history(warehouse: Any, database: str, before: datetime, guard: Guard | None) -> int:
    sequence = int(before.timestamp() * 1_000_000)  # load_seq is microseconds since the epoch
    return _delete(warehouse, guard, f"delete from {quoted(database)}.{staging.HISTORY} where load_seq < %s", sequence)


def _delete(warehouse: Any, guard: Guard | None, statement: str, until: int) -> int:
    total = 0
    while True:
        deleted = _in_transaction(warehouse, guard, f"{statement} limit {BATCH}", (until,))
        total += deleted
        if deleted < BATCH:
            return total


def _in_transaction(warehouse: Any, guard: Guard | None, statement: str, values: tuple[object, ...]) -> int:
    with warehouse.cursor() as cursor, staging.guarded(cursor, guard):
        return int(cursor.execute(statement, values))
