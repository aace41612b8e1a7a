"""Which tables are loaded, by which key and cursor: read from dbt's sources YAML, the only place that says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ingestion.errors import IngestionError

SOURCE_META = {"connection", "schema", "tombstones", "quality_summary", "owner"}
TABLE_META = {"primary_key", "cursor", "partition", "owner"}


@dataclass(frozen=True)
class Table:
    """A source table: `primary_key` identifies a row, `cursor` is the instant of its last change.

    `partition` is the column by which the source partitions it: for comparing source and copy part by part.
    """

    name: str
    primary_key: tuple[str, ...]
    cursor: str
    partition: str | None = None


@dataclass(frozen=True)
class Source:
    """A source database: where its tables lie, and the MySQL database that holds their copies.

    `tombstones` is its table of deleted keys; `quality_summary` its function that gives (entity, metric, value).
    """

    name: str
    connection: str
    schema: str
    staging: str
    tombstones: str | None
    tables: tuple[Table, ...]
    quality_summary: str | None = None


def read_sources(dbt_project: Path) -> Mapping[str, Source]:
    """Return the sources by name that `dbt_project`/models declares with `meta.connection`.

    Sources without `meta.connection` are not ingested and left out.
    Raises IngestionError naming the file and the fault, before anything is connected to.
    """
    sources: dict[str, Source] = {}
    for path in sorted((dbt_project / "models").rglob("*.y*ml")):
        for declared in _source_entries(path):
            if "connection" not in (declared.get("meta") or {}):
                continue
            source = _read_source(declared, path)
            if source.name in sources:
                raise IngestionError(f"{path}: source {source.name} is declared twice; remove one declaration")
            sources[source.name] = source
    return sources


def _source_entries(path: Path) -> list[dict[str, Any]]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = "" if line is None else f" at line {line + 1}"
        raise IngestionError(f"{path}: not valid YAML{where}; mend its syntax") from error
    entries = content.get("sources") if isinstance(content, dict) else None
    if entries is None:
        return []
    if not isinstance(entries, list) or not all(isinstance(entry, dict) and "name" in entry for entry in entries):
        raise IngestionError(f"{path}: `sources` must be a list of sources, each with a name")
    return entries


def _read_source(declared: dict[str, Any], path: Path) -> Source:
    name = declared["name"]
    meta = _known(declared.get("meta") or {}, SOURCE_META, f"{path}: source {name}")
    tables = tuple(_read_table(entry, f"{path}: source {name}") for entry in declared.get("tables") or ())
    if not tables:
        raise IngestionError(f"{path}: source {name} declares no tables; list them under `tables`")
    for table in tables:
        if [other.name for other in tables].count(table.name) > 1:
            raise IngestionError(f"{path}: table {name}.{table.name} is declared twice; remove one declaration")
    return Source(
        name=name,
        connection=meta["connection"],
        schema=meta.get("schema", name),
        staging=_staging_database(declared),
        tombstones=meta.get("tombstones"),
        tables=tables,
        quality_summary=meta.get("quality_summary"),
    )


def _staging_database(declared: dict[str, Any]) -> str:
    schema = str(declared.get("schema", ""))
    return schema if schema and "{{" not in schema and "{%" not in schema else f"raw_{declared['name']}"


def _read_table(declared: Any, where: str) -> Table:
    if not isinstance(declared, dict) or "name" not in declared:
        raise IngestionError(f"{where}: an entry under `tables` has no name; give it one")
    name = declared["name"]
    where = f"{where}, table {name}"
    meta = _known(declared.get("meta") or {}, TABLE_META, where)
    key = meta.get("primary_key")
    key = [key] if isinstance(key, str) else key
    if not key or not isinstance(key, list) or not all(isinstance(column, str) for column in key):
        raise IngestionError(f"{where}: meta.primary_key is missing; name the columns that identify a row")
    if len(set(key)) < len(key):
        raise IngestionError(f"{where}: meta.primary_key names a column twice; name each once")
    cursor = meta.get("cursor")
    if not isinstance(cursor, str) or not cursor:
        raise IngestionError(f"{where}: meta.cursor is missing; name the column that tells when a row last changed")
    return Table(name=name, primary_key=tuple(key), cursor=cursor, partition=meta.get("partition"))


def _known(meta: Any, known: set[str], where: str) -> dict[str, Any]:
    if not isinstance(meta, dict):
        raise IngestionError(f"{where}: meta must be a mapping of {', '.join(sorted(known))}")
    for key in meta:
        if key not in known:
            raise IngestionError(f"{where}: meta has the unknown key `{key}`; known are {', '.join(sorted(known))}")
    return meta
