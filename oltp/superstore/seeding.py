"""How an empty source system is filled with generated data."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import psycopg
from psycopg import sql

from oltp.errors import NotEmptyError
from oltp.seasons import first_day
from oltp.superstore.copying import copy_columns
from oltp.superstore.generate import tables
from oltp.superstore.schema import COLUMNS, MONTHS_AHEAD, SuperstoreError, apply_definition, connect, ensure_partitions

KEYS = {  # of each partitioned table: the table that keeps its keys, and their columns
    "orders": ("order_keys", ("order_id", "order_date")),
    "order_products": ("order_product_keys", ("order_id", "product_id", "ship_date")),
    "returns": ("return_keys", ("return_id", "order_id", "return_date")),
}
_KEY_TABLES = tuple(key_table for key_table, _ in KEYS.values())
LARGEST_SCALE = 1000
LOCK_TIMEOUT = "30s"


@dataclass(frozen=True)
class Seeded:
    """Rows that each table was given."""

    rows: dict[str, int]

    @property
    def total(self) -> int:
        """Rows in all."""
        return sum(self.rows.values())


def seed_superstore(url: str, scale: float, seed: int, until: date, replace: bool = False) -> Seeded:
    """Fill the schema at `url` with the data of four years up to `until`, in one transaction; install it if missing.

    The same arguments give the same data, except `tbl_last_dt`: that is the time of writing. Triggers are off
    meanwhile, so each table gets a resync mark. With `replace`, what is there is truncated first.

    Raises:
        NotEmptyError: the database has data and `replace` is not set.
        SuperstoreError: it cannot be reached, or `scale` is out of range.
    """
    if not 0 < scale <= LARGEST_SCALE:
        raise SuperstoreError(f"the scale {scale:g} is out of range; give one above 0 and up to {LARGEST_SCALE}")
    with connect(url) as connection:
        apply_definition(connection)
        connection.commit()
        try:
            rows = _fill(connection, scale, seed, until, replace)
        except psycopg.errors.InsufficientPrivilege as error:
            raise SuperstoreError(
                f"the account {connection.info.user} may not seed the schema superstore: {error.diag.message_primary}; "
                "use the owner's account (OLTP_URL)"
            ) from error
        except psycopg.errors.LockNotAvailable as error:
            raise SuperstoreError(
                "the source system could not be filled because another session holds its tables; "
                "end its transaction and try again"
            ) from error
        connection.commit()
        _analyze(connection)
    return Seeded(rows)


def _fill(connection: psycopg.Connection, scale: float, seed: int, until: date, replace: bool) -> dict[str, int]:
    connection.execute(sql.SQL("set local lock_timeout = {}").format(LOCK_TIMEOUT))
    _make_room(connection, replace)
    ensure_partitions(connection, first_day(until), until + timedelta(days=31 * MONTHS_AHEAD))
    _set_triggers(connection, "disable")
    rows = {}
    for name, columns in tables(scale, seed, until):
        rows[name] = copy_columns(connection, name, columns)
        if name in KEYS:
            _fill_keys(connection, name)
        connection.execute("insert into superstore.tombstones (table_name, key) values (%s, null)", (name,))
    _set_triggers(connection, "enable")
    return rows


def _set_triggers(connection: psycopg.Connection, state: Literal["enable", "disable"]) -> None:
    for name in COLUMNS:
        connection.execute(
            sql.SQL("alter table superstore.{} {} trigger user").format(sql.Identifier(name), sql.SQL(state))
        )


def _fill_keys(connection: psycopg.Connection, name: str) -> None:
    key_table, key_columns = KEYS[name]
    connection.execute(
        sql.SQL("insert into superstore.{0} ({1}) select {1} from superstore.{2}").format(
            sql.Identifier(key_table), sql.SQL(", ").join(map(sql.Identifier, key_columns)), sql.Identifier(name)
        )
    )


def _make_room(connection: psycopg.Connection, replace: bool) -> None:
    if replace:
        names = [sql.Identifier("superstore", name) for name in (*COLUMNS, *_KEY_TABLES)]
        connection.execute(sql.SQL("truncate {}").format(sql.SQL(", ").join(names)))
        return
    for name in COLUMNS:
        found = connection.execute(sql.SQL("select from superstore.{} limit 1").format(sql.Identifier(name))).fetchone()
        if found is not None:
            raise NotEmptyError(
                f"the source system has data already (in superstore.{name}); "
                "use --replace to empty it first, or --change to change what is there"
            )


def _analyze(connection: psycopg.Connection) -> None:
    connection.autocommit = True
    for name in (*COLUMNS, *_KEY_TABLES):
        connection.execute(sql.SQL("analyze superstore.{}").format(sql.Identifier(name)))
