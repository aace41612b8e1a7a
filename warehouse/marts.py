"""Which models are published, and what each of them is made from: read from dbt's manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class SourceTable:
    """A staging table that a mart is made from: `schema`.`name`, declared under dbt source `source`."""

    source: str
    schema: str
    name: str


@dataclass(frozen=True)
class Mart:
    """A model that readers see.

    `unique_key` is empty for a model that is always rebuilt; `views`, `seeds` and `parents` are the views, the files
    and the marts that it is made from; `definition` changes whenever the SQL, the configuration, a variable or a macro
    behind it does; `pii` is the class of personal data of each column (its `meta.pii`).
    """

    name: str
    build_schema: str
    live_schema: str
    unique_key: tuple[str, ...]
    views: tuple[str, ...]
    seeds: tuple[str, ...]
    parents: tuple[str, ...]
    sources: frozenset[SourceTable]
    definition: str
    pii: Mapping[str, str] = field(default_factory=dict, compare=False)


def read_marts(manifest: Any, variables: Mapping[str, object]) -> tuple[Mart, ...]:
    """The published models of a dbt manifest (the object that dbt's `parse` returns), parents first.

    `variables` are the project's, which dbt's manifest does not hold.
    """
    macros = sorted((m.unique_id, m.macro_sql) for m in manifest.macros.values() if m.package_name not in _DBT_PACKAGES)
    shared = _digest([macros, variables])
    marts = [
        _mart(node, manifest, shared)
        for node in manifest.nodes.values()
        if node.resource_type == "model" and node.config.meta.get("publish_to")
    ]
    return tuple(_parents_first(marts, manifest))


def readers_of_changes(manifest: Any) -> dict[SourceTable, frozenset[tuple[str, str]]]:
    """For each source table the incremental models made from it, as (schema, table), published or not."""
    readers: dict[SourceTable, set[tuple[str, str]]] = {
        SourceTable(s.source_name, s.schema, s.name): set() for s in manifest.sources.values()
    }
    for node in manifest.nodes.values():
        if node.resource_type == "model" and node.config.materialized == "incremental":
            for unique_id in _ancestors(node.unique_id, manifest):
                if unique_id in manifest.sources:
                    source = manifest.sources[unique_id]
                    readers[SourceTable(source.source_name, source.schema, source.name)].add((node.schema, node.alias))
    return {table: frozenset(models) for table, models in readers.items()}


_DBT_PACKAGES = ("dbt", "dbt_mysql", "dbt_mariadb", "dbt_mysql5", "dbt_postgres")


def _mart(node: Any, manifest: Any, shared: str) -> Mart:
    ancestors = _ancestors(node.unique_id, manifest)
    models = [manifest.nodes[i] for i in ancestors if i in manifest.nodes]
    sources = [manifest.sources[i] for i in ancestors if i in manifest.sources]
    unique_key = node.config.unique_key or ()
    return Mart(
        name=node.name,
        build_schema=node.schema,
        live_schema=node.config.meta["publish_to"],
        unique_key=(unique_key,) if isinstance(unique_key, str) else tuple(unique_key),
        views=tuple(sorted(m.name for m in models if m.config.materialized == "view")),
        seeds=tuple(sorted(m.name for m in models if m.resource_type == "seed")),
        parents=tuple(sorted(m.name for m in models if m.config.meta.get("publish_to"))),
        sources=frozenset(SourceTable(s.source_name, s.schema, s.name) for s in sources),
        definition=_digest([shared, *(_own_definition(m) for m in (node, *sorted(models, key=lambda m: m.name)))]),
        pii={c.name: str(c.meta["pii"]) for c in node.columns.values() if c.meta.get("pii")},
    )


def _own_definition(node: Any) -> list[object]:
    if node.resource_type == "seed":
        return [node.checksum.checksum, {k: v for k, v in node.config.to_dict().items() if k not in ("meta", "tags")}]
    columns = [(c.name, c.data_type, [str(x) for x in c.constraints]) for c in node.columns.values()]
    config = {k: v for k, v in node.config.to_dict().items() if k not in ("meta", "tags", "docs", "group")}
    return [node.raw_code, config, columns, [str(c) for c in node.constraints]]


def _ancestors(unique_id: str, manifest: Any) -> list[str]:
    seen: dict[str, None] = {}
    waiting = list(manifest.nodes[unique_id].depends_on_nodes)
    while waiting:
        parent = waiting.pop()
        if parent not in seen:
            seen[parent] = None
            if parent in manifest.nodes:
                waiting.extend(manifest.nodes[parent].depends_on_nodes)
    return list(seen)


def _parents_first(marts: Iterable[Mart], manifest: Any) -> list[Mart]:
    by_id = {node.unique_id: node.name for node in manifest.nodes.values() if node.resource_type == "model"}
    depth: Mapping[str, int] = {name: len(_ancestors(unique_id, manifest)) for unique_id, name in by_id.items()}
    return sorted(marts, key=lambda mart: (depth[mart.name], mart.name))


def _digest(parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:32]
