"""The Superstore's transactional system: its schema in PostgreSQL, and the generator of its data."""

from oltp.superstore.schema import SuperstoreError, connect, install

__all__ = ["SuperstoreError", "connect", "install"]
