"""When each table was last shown to equal its source: kept beside the tables that it speaks of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pymysql

from ingestion.csv_files import quoted
from ingestion.model import Guard
from ingestion.sightings import NOT_THERE
from ingestion.staging import guarded, naive

PROOFS = "_tidemark_proofs"
PROOFS_DDL = f"""create table if not exists {{database}}.{PROOFS} (
    table_name varchar(64) not null primary key,
    proved_equal_at datetime(6) not null,
    row_count bigint not null,
    checksum varchar(64) not null,
    buckets int not null,
    healed int not null
)"""


@dataclass(frozen=True)
class Proof:
    """A table equalled its source at `proved_equal_at`, after `healed` rows were put right."""

    table: str
    proved_equal_at: datetime
    rows: int
    checksum: str
    buckets: int
    healed: int


def keep_proofs(connection: Any, database: str, proofs: Iterable[Proof], guard: Guard | None) -> None:
    """Store the newest proof of each table, all in one transaction."""
    proofs = tuple(proofs)
    if not proofs:
        return
    with connection.cursor() as cursor:
        cursor.execute(PROOFS_DDL.format(database=quoted(database)))
        with guarded(cursor, guard):
            for proof in proofs:
                cursor.execute(
                    f"replace into {quoted(database)}.{PROOFS}"
                    " (table_name, proved_equal_at, row_count, checksum, buckets, healed)"
                    " values (%s, %s, %s, %s, %s, %s)",
                    (
                        proof.table, naive(proof.proved_equal_at), proof.rows, proof.checksum, proof.buckets,
                        proof.healed,
                    ),
                )  # fmt: skip


def read_proofs(connection: Any, database: str) -> Mapping[str, Proof]:
    """Return the last proof of each table; a table that was never shown equal is left out."""
    with connection.cursor() as cursor:
        try:
            cursor.execute(
                "select table_name, proved_equal_at, row_count, checksum, buckets, healed"
                f" from {quoted(database)}.{PROOFS}"
            )
        except (pymysql.err.ProgrammingError, pymysql.err.OperationalError) as error:
            if error.args[0] not in NOT_THERE:
                raise
            return {}
        rows = cursor.fetchall()
    return {name: Proof(name, at.replace(tzinfo=UTC), *rest) for name, at, *rest in rows}
