"""Which star a part of the dbt project belongs to: each is built and published apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from warehouse.marts import Mart


def stars_reading(marts: Sequence[Mart], sources: Iterable[str]) -> frozenset[str]:
    """The live databases of the stars that are made from one of these sources."""
    names = set(sources)
    return frozenset(mart.live_schema for mart in marts if any(table.source in names for table in mart.sources))


def stars_of(marts: Sequence[Mart], manifest: Any, names: Iterable[str]) -> frozenset[str]:
    """The live databases of the stars that models, seeds and tests of these names belong to."""
    built_in: dict[str, set[str]] = {}
    for mart in marts:
        built_in.setdefault(mart.build_schema, set()).add(mart.live_schema)
    wanted = set(names)
    found: set[str] = set()
    for node in manifest.nodes.values():
        if node.name in wanted:
            of_node = [node, *(manifest.nodes[i] for i in node.depends_on_nodes if i in manifest.nodes)]
            found |= {star for part in of_node for star in built_in.get(part.schema, ())}
    return frozenset(found)
