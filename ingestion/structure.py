"""Whether the columns of a source table are still those that were loaded."""

import hashlib
from collections.abc import Iterable

from ingestion.model import Column


def structure_of(columns: Iterable[Column]) -> str:
    """Return a digest of a table's columns and their types, which differs when any of them changes."""
    text = "\n".join(f"{c.name}\t{c.source_type}\t{c.staging_type}\t{c.nullable}" for c in columns)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
