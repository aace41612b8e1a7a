"""How an empty shop is filled with generated data."""

from dataclasses import dataclass
from datetime import date

import pymysql

from oltp.errors import NotEmptyError
from oltp.shop.generate import tables
from oltp.shop.rows import insert_columns
from oltp.shop.schema import COLUMNS, DENIED, ShopError, apply_definition, connect

LARGEST_SCALE = 1000


@dataclass(frozen=True)
class Seeded:
    """Rows that each table was given."""

    rows: dict[str, int]


def seed_shop(url: str, scale: float, seed: int, until: date, replace: bool = False) -> Seeded:
    """Fill the shop at `url` with the data of four years up to `until`, in one transaction; install it if missing.

    The same arguments give the same data, except `tbl_last_dt`: that is the time of writing. With `replace`, what is
    there is truncated first. TRUNCATE fires no trigger, so each table gets a resync mark: a tombstone without a key.

    Raises:
        NotEmptyError: the shop has data and `replace` is not set.
        ShopError: it cannot be reached, or `scale` is out of range.
    """
    if not 0 < scale <= LARGEST_SCALE:
        raise ShopError(f"the scale {scale:g} is out of range; give one above 0 and up to {LARGEST_SCALE}")
    connection = connect(url)
    try:
        apply_definition(connection)
        with connection.cursor() as cursor:
            _make_room(cursor, replace)
            rows = {name: insert_columns(cursor, name, columns) for name, columns in tables(scale, seed, until)}
            connection.commit()
            cursor.execute(f"analyze table {', '.join(COLUMNS)}")
    except pymysql.err.MySQLError as error:
        raise _explained(error) from error
    finally:
        connection.close()
    return Seeded(rows)


def _make_room(cursor: pymysql.cursors.Cursor, replace: bool) -> None:
    if not replace:
        for name in COLUMNS:
            if cursor.execute(f"select 1 from {name} limit 1"):
                raise NotEmptyError(
                    f"the source system has data already (in shop.{name}); "
                    "use --replace to empty it first, or --change to change what is there"
                )
        return
    _mark(cursor)  # a seeding that dies after the first TRUNCATE, which commits, has told of it
    cursor.execute("set session foreign_key_checks = 0")
    for name in COLUMNS:
        cursor.execute(f"truncate table {name}")
    cursor.execute("set session foreign_key_checks = 1")
    _mark(cursor)  # with the rows to come: an extraction may have read the first marks before the tables were emptied


def _mark(cursor: pymysql.cursors.Cursor) -> None:
    cursor.executemany(
        "insert into tombstones (table_name, `key`, deleted_at) values (%s, null, utc_timestamp(6))",
        [(name,) for name in COLUMNS],
    )


def _explained(error: pymysql.err.MySQLError) -> ShopError:
    if error.args[0] in DENIED:
        return ShopError(f"the account may not seed the shop: {error.args[-1]}; use the owner's account (SHOP_URL)")
    return ShopError(
        f"the shop could not be filled: {error.args[-1]}; if another session holds its tables, end its transaction,"
        " then try again"
    )
