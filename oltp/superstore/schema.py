"""How the schema `superstore` comes into a database and stays up to date."""

import hashlib
from datetime import date
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from oltp.audit import SQL_FILE as AUDIT
from oltp.errors import SourceError

SQL_FILES = [AUDIT, *sorted(Path(__file__).with_name("sql").glob("*.sql"))]
GRANTS = "90_grants.sql"  # roles may come later than the tables, so grants are applied by each installation
YEARS_BACK = 4
MONTHS_AHEAD = 3

# Tables that the application sees, parents before children, with the columns that an INSERT names.
COLUMNS: dict[str, tuple[str, ...]] = {
    "segments": ("segment_id", "segment_name"),
    "categories": ("category_id", "category_name"),
    "subcategories": ("subcategory_id", "subcategory_name", "category_id"),
    "products": ("product_id", "product_name", "subcategory_id"),
    "customers": (
        "customer_id", "customer_name", "email", "phone", "country", "state", "city", "postal_code", "market",
        "region", "segment_id",
    ),
    "orders": ("order_id", "order_date", "order_priority", "customer_id"),
    "order_products": (
        "order_id", "product_id", "quantity", "sales", "discount", "profit", "ship_date", "ship_mode", "shipping_cost",
    ),
    "returns": ("return_id", "order_id", "return_date", "return_status", "return_region", "reason"),
}  # fmt: skip


class SuperstoreError(SourceError):
    """What went wrong in the source system, in one sentence with cause and remedy."""


def connect(url: str) -> psycopg.Connection:
    """Open a connection to the database at a SQLAlchemy URL, in UTC; transactions are the caller's.

    Raises:
        SuperstoreError: the server cannot be reached or refuses the account.
    """
    target = make_url(url)
    try:
        return psycopg.connect(
            target.set(drivername="postgresql").render_as_string(hide_password=False),
            connect_timeout=10,
            application_name="tidemark-oltp",
            options="-c timezone=UTC",
        )
    except psycopg.OperationalError as error:
        cause = str(error).strip().splitlines()[-1].removeprefix("connection failed: ")
        raise SuperstoreError(
            f"cannot open the OLTP database {target.database} at {target.host}:{target.port}: {cause}; "
            "is it running, and is OLTP_URL right? (tidemark up)"
        ) from error


def install(url: str) -> None:
    """Create what is missing of the schema `superstore` in the database at `url`, and its coming months.

    Idempotent and safe on a schema with data: tables are kept, functions and triggers replaced. Where the definition
    is installed already, tables are not locked.

    Raises:
        SuperstoreError: the database cannot be reached, or the account may not create the schema.
    """
    with connect(url) as connection:
        try:
            apply_definition(connection)
        except psycopg.errors.InsufficientPrivilege as error:
            raise SuperstoreError(
                f"the account {connection.info.user} may not install the schema superstore: "
                f"{error.diag.message_primary}; use the owner's account (OLTP_URL)"
            ) from error
        except psycopg.errors.LockNotAvailable as error:
            raise SuperstoreError(
                "the schema superstore could not be brought up to date because another session holds its tables; "
                "end its transaction and try again"
            ) from error


def apply_definition(connection: psycopg.Connection) -> None:
    """Install the definition within the caller's transaction; see `install`."""
    definition = "".join(path.read_text(encoding="utf-8") for path in SQL_FILES)
    mark = f"The Superstore's transactional data. Definition {hashlib.sha256(definition.encode()).hexdigest()[:32]}"
    connection.execute("select pg_advisory_xact_lock(hashtext('superstore.install'))")
    connection.execute("set local lock_timeout = '30s'")
    connection.execute("set local client_min_messages = warning")  # "already exists, skipping" is no news
    installed = connection.execute("select obj_description(to_regnamespace('superstore'), 'pg_namespace')").fetchone()
    current = installed is not None and installed[0] == mark
    for path in SQL_FILES:
        if not current or path.name == GRANTS:
            connection.execute(path.read_bytes())
    connection.execute(
        "select superstore.ensure_partitions((current_date - make_interval(years => %s))::date,"
        " (current_date + make_interval(months => %s))::date)",
        (YEARS_BACK, MONTHS_AHEAD),
    )
    if not current:
        connection.execute(sql.SQL("comment on schema superstore is {}").format(mark))


def ensure_partitions(connection: psycopg.Connection, first: date, last: date) -> int:
    """Create the months from `first` to `last` that are missing; returns how many partitions were created."""
    row = connection.execute("select superstore.ensure_partitions(%s, %s)", (first, last)).fetchone()
    assert row is not None  # noqa: S101  # a function call always returns one row
    return int(row[0])
