"""How does a load reach the OLTP, and what do the database's refusals mean to its user?"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from oltp.superstore import connect
from oltp.superstore_files.errors import SuperstoreFileError

Connection = psycopg.Connection[tuple[Any, ...]]

_LOADS_LOCK = 7_305_511_216  # one load at a time in a database: two of them would make the same new rows


@contextmanager
def load_transaction(url: str, actor: str | None = None) -> Iterator[Connection]:
    """Open one transaction on the OLTP that no other load shares; it commits when the block ends well.

    `url` is in SQLAlchemy form; `actor` is who is recorded as making the changes, if not the account. Raises
    SuperstoreError if the database cannot be reached, and SuperstoreFileError, with cause and remedy, for what it
    refuses.
    """
    try:
        with connect(url) as connection:
            connection.execute("select pg_advisory_xact_lock(%s)", [_LOADS_LOCK])
            if actor is not None:
                connection.execute("select set_config('audit.actor', %s, true)", [actor])
            yield connection
    except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName, psycopg.errors.UndefinedColumn) as error:
        raise SuperstoreFileError(
            f"the OLTP has no complete schema superstore ({_message(error)}): make it with `tidemark up`"
        ) from error
    except psycopg.errors.InsufficientPrivilege as error:
        raise SuperstoreFileError(
            f"the account of OLTP_URL may not load files ({_message(error)}): use the schema's owner"
        ) from error
    except (
        psycopg.errors.UniqueViolation,
        psycopg.errors.DeadlockDetected,
        psycopg.errors.ForeignKeyViolation,
    ) as error:
        raise SuperstoreFileError(
            f"someone else changed the same rows during the load ({_message(error)}): nothing was loaded, load again"
        ) from error
    except psycopg.Error as error:
        raise SuperstoreFileError(
            f"the OLTP stopped the load ({_message(error)}): nothing was loaded, see to the cause and load again"
        ) from error


def _message(error: psycopg.Error) -> str:
    """Return the database's message without its detail, which may show values of rows."""
    return error.diag.message_primary or str(error).strip().split("\n")[0]
