"""Which models read a column of a source table: told by their SQL."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ingestion.drift import Readers


def readers_of(manifest: Any, source_name: str) -> Readers:
    """Return a function that gives the models whose SQL names a column of a table of the source.

    `manifest` is dbt's. Only models that read the table itself are looked at: by the rules of the project a staging
    model names each column that it passes on. A word that only looks like the column makes a model one reader too many,
    never one too few.
    """
    tables = {s.name: unique_id for unique_id, s in manifest.sources.items() if s.source_name == source_name}
    models = [node for node in manifest.nodes.values() if node.resource_type == "model"]

    @cache
    def readers(table: str, column: str) -> tuple[str, ...]:
        word = re.compile(rf"(?<!\w){re.escape(column)}(?!\w)", re.IGNORECASE)
        return tuple(
            sorted(
                node.name
                for node in models
                if tables.get(table) in node.depends_on.nodes and word.search(_without_comments(node.raw_code))
            )
        )

    return readers


def _without_comments(code: str) -> str:
    return re.sub(r"\{#.*?#\}|--[^\n]*|/\*.*?\*/", " ", code, flags=re.DOTALL)
