"""Which dialect a source speaks: told by the scheme of its URL."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import make_url

from ingestion.dialect import Dialect, Oltp
from ingestion.errors import IngestionError


@contextmanager
def open_source(url: str) -> Iterator[Oltp]:
    """Connect to the source at a SQLAlchemy URL, by the dialect that its scheme names; raises IngestionError."""
    dialect = dialect_of(url)
    with dialect.connect(url) as connection:
        yield Oltp(connection, dialect)


def dialect_of(url: str) -> Dialect:
    """Return the dialect of a SQLAlchemy URL; raises IngestionError when there is none for it."""
    backend = make_url(url).get_backend_name()
    if backend == "postgresql":
        from ingestion.postgres import dialect as postgres

        return postgres
    if backend in ("mysql", "mariadb"):
        from ingestion.mysql import dialect as mysql

        return mysql
    raise IngestionError(f"a source of the kind {backend} cannot be read; its URL must begin with postgresql or mysql")
