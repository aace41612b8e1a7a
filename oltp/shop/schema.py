"""How the database `shop` gets its tables, triggers and functions and stays up to date."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from string import Template

import pymysql
from sqlalchemy.engine import make_url

from oltp.errors import SourceError

SQL = Path(__file__).with_name("sql")
TABLES_FILE, CHANGES_FILE, PURGE_FILE = SQL / "10_tables.sql", SQL / "20_changes.sql", SQL / "30_purge.sql"
LOCK_WAIT_SECONDS = 30
DENIED = {1044, 1142, 1143, 1227, 1370, 1418, 1419}

# Tables that the shop's application sees, parents before children, with the columns that an INSERT names; the first is
# the key.
COLUMNS: dict[str, tuple[str, ...]] = {
    "customers": (
        "customer_id", "first_name", "last_name", "email", "phone", "city", "state", "signup_date",
    ),
    "products": ("product_id", "product_name", "category", "list_price", "cost_price", "is_active", "created_at"),
    "orders": ("order_id", "customer_id", "order_date", "status", "order_placed_at"),
    "order_items": ("order_item_id", "order_id", "product_id", "quantity", "unit_price"),
    "returns": ("return_id", "order_id", "order_item_id", "reason_code", "refund_amount", "return_date"),
    "payments": ("payment_id", "order_id", "payment_method", "amount", "payment_date"),
}  # fmt: skip


class ShopError(SourceError):
    """What went wrong in the shop's database, in one sentence with cause and remedy."""


def connect(url: str) -> pymysql.Connection:
    """Open a connection to the database at a SQLAlchemy URL, in UTC; transactions are the caller's.

    Raises:
        ShopError: the server cannot be reached or refuses the account.
    """
    target = make_url(url)
    settings = {
        "time_zone": "'+00:00'",
        "lock_wait_timeout": LOCK_WAIT_SECONDS,
        "innodb_lock_wait_timeout": LOCK_WAIT_SECONDS,
        "sql_mode": "'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION'",
    }
    try:
        return pymysql.connect(
            host=target.host or "127.0.0.1",
            port=target.port or 3306,
            user=target.username,
            password=target.password or "",
            database=target.database,
            charset="utf8mb4",
            connect_timeout=10,
            init_command="set session " + ", ".join(f"{name} = {value}" for name, value in settings.items()),
        )
    except pymysql.err.MySQLError as error:
        raise ShopError(
            f"cannot open the shop's database {target.database} at {target.host}:{target.port}: {error.args[-1]}; "
            "is it running, and is SHOP_URL right? (tidemark up)"
        ) from error


def install(url: str) -> None:
    """Create what is missing of the shop's tables, triggers and functions in the database at `url`.

    Idempotent and safe on tables with data: tables are kept, triggers and functions replaced. Where the definition is
    installed already, nothing is locked.

    Raises:
        ShopError: the database cannot be reached, or the account may not create tables, triggers and functions.
    """
    connection = connect(url)
    try:
        apply_definition(connection)
    finally:
        connection.close()


def apply_definition(connection: pymysql.Connection) -> None:
    """Install the definition; see `install`. MySQL commits after each of its statements."""
    tables, changes, purge = (file.read_text(encoding="utf-8") for file in (TABLES_FILE, CHANGES_FILE, PURGE_FILE))
    digest = hashlib.sha256((tables + changes + purge).encode()).hexdigest()[:32]
    mark = f"Keys of rows that are gone. Definition {digest}"
    with connection.cursor() as cursor:
        if _installed_mark(cursor) == mark:
            return
        try:
            cursor.execute("select get_lock('shop.install', %s)", (LOCK_WAIT_SECONDS,))
            for statement in _statements(tables):
                cursor.execute(statement)
            for table, columns in COLUMNS.items():
                for statement in _statements(Template(changes).substitute(_names(table, columns[0]))):
                    cursor.execute(statement)
            for statement in _statements(purge):
                cursor.execute(statement)
            cursor.execute("alter table tombstones comment = %s", (mark,))
            cursor.execute("select release_lock('shop.install')")
        except pymysql.err.MySQLError as error:
            raise _explained(error) from error


def _names(table: str, key: str) -> dict[str, str]:
    """What the placeholders of the triggers' definition stand for; a trigger's name begins with its table's."""
    suffixes = ("stamp_of_new", "stamp_of_changed", "tombstone_of_deleted", "tombstone_of_old_key")
    return {"table": table, "key": key, **{f"table_{suffix}": f"{table}_{suffix}" for suffix in suffixes}}


def _statements(script: str) -> Iterator[str]:
    """The statements of a script; each ends with a blank line, for a function's body holds semicolons of its own."""
    lines = (line for line in script.splitlines() if not line.startswith("--"))
    return (part.strip() for part in "\n".join(lines).split("\n\n") if part.strip())


def _installed_mark(cursor: pymysql.cursors.Cursor) -> str | None:
    cursor.execute(
        "select table_comment from information_schema.tables where table_schema = database()"
        " and table_name = 'tombstones'"
    )
    row = cursor.fetchone()
    return row[0] if row else None


def _explained(error: pymysql.err.MySQLError) -> ShopError:
    if error.args[0] in DENIED:
        return ShopError(
            f"the account may not install the shop's tables, triggers and functions: {error.args[-1]}; use the owner's"
            " account (SHOP_URL), and with a binary log set log_bin_trust_function_creators = 1"
        )
    return ShopError(
        f"the shop's tables, triggers and functions could not be brought up to date: {error.args[-1]}; another session"
        " may hold its tables: end its transaction and try again"
    )
