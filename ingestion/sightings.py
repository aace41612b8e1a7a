"""What the source looked like when a table was last loaded, kept beside its watermark and in the same transaction."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pymysql

from ingestion.csv_files import quoted
from ingestion.model import Origin, SeenColumn, Sighting

SIGHTINGS = "_tidemark_sightings"
NOT_THERE = {1146, 1049}  # no such table; no such database, as MySQL 8 says where MariaDB misses the table
DDL = f"""create table if not exists {{database}}.{SIGHTINGS} (
    table_name varchar(64) not null primary key,
    taken_at datetime(6) not null,
    reached datetime(6) not null,
    server varchar(255) not null,
    timeline bigint not null,
    position bigint unsigned not null,
    least_lead double not null,
    prepared longtext not null,
    columns_seen longtext not null,
    identity varchar(255) not null
)"""


def ensure_sightings(cursor: Any, database: str) -> None:
    """Create the table; not within a transaction, which this would end."""
    cursor.execute(DDL.format(database=quoted(database)))


def keep_sightings(cursor: Any, database: str, sightings: Iterable[tuple[str, Sighting]]) -> None:
    """Store what was seen, by table, in the cursor's transaction."""
    rows = [
        (
            table, _naive(seen.taken_at), _naive(seen.reached),
            seen.origin.server, seen.origin.timeline, seen.origin.position, seen.least_lead,
            json.dumps({key: at.isoformat() for key, at in seen.prepared.items()}),
            json.dumps([[c.name, c.source_type, c.staging_type, c.nullable] for c in seen.columns]), seen.identity,
        )
        for table, seen in sightings
    ]  # fmt: skip
    if rows:
        cursor.executemany(
            f"replace into {quoted(database)}.{SIGHTINGS}"
            " (table_name, taken_at, reached, server, timeline, position, least_lead, prepared, columns_seen,"
            " identity) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            rows,
        )


def read_sightings(cursor: Any, database: str) -> Mapping[str, Sighting]:
    """Return what was last seen of each table; nothing where an older version kept no record."""
    try:
        cursor.execute(
            "select table_name, taken_at, reached, server, timeline, position, least_lead, prepared, columns_seen,"
            f" identity from {quoted(database)}.{SIGHTINGS}"
        )
    except (pymysql.err.ProgrammingError, pymysql.err.OperationalError) as error:
        if error.args[0] not in NOT_THERE:
            raise
        return {}
    return {name: _sighting(*rest) for name, *rest in cursor.fetchall()}


def _sighting(
    taken_at: datetime, reached: datetime, server: str, timeline: int, position: int, least_lead: float, prepared: str,
    columns: str, identity: str,
) -> Sighting:  # fmt: skip
    return Sighting(
        taken_at.replace(tzinfo=UTC),
        reached.replace(tzinfo=UTC),
        Origin(server, timeline, position),
        least_lead,
        {key: datetime.fromisoformat(at) for key, at in json.loads(prepared).items()},
        tuple(SeenColumn(*column) for column in _listed(columns)),
        identity,
    )


def _listed(columns: str) -> Sequence[Sequence[Any]]:
    listed: Sequence[Sequence[Any]] = json.loads(columns)
    return listed


def _naive(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(tzinfo=None)
