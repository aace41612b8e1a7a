"""Which tables are loaded, by which key and cursor: read from dbt's sources YAML, the only place that says so."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

import yaml

from ingestion.errors import IngestionError

SOURCE_META = {"connection", "schema", "tombstones", "purge_tombstones", "quality_summary", "owner"}
TABLE_META = {"primary_key", "cursor", "partition", "owner", "rules", "parents"}
PARENT_KEYS = {"table", "key", "rules"}


@dataclass(frozen=True)
class Rule:
    """What must hold for a row to reach the warehouse: SQL of MySQL; NULL counts as holding."""

    name: str
    holds: str


@dataclass(frozen=True)
class Parent:
    """The row of `table` that the columns `key` of a child name by its primary key; NULL names none.

    `name` is the rule that it exists. In `rules` its columns are `parent.x`, those of the child `child.x`.
    """

    name: str
    table: str
    key: tuple[str, ...]
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Table:
    """A source table: `primary_key` identifies a row, `cursor` is the instant of its last change.

    `partition` is the column by which the source partitions it: for comparing source and copy part by part. Rows that
    break one of `rules` or lack one of `parents` are held back in quarantine, where `personal` columns are masked.
    """

    name: str
    primary_key: tuple[str, ...]
    cursor: str
    partition: str | None = None
    rules: tuple[Rule, ...] = ()
    parents: tuple[Parent, ...] = ()
    personal: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Source:
    """A source database: where its tables lie, and the MySQL database that holds their copies.

    `tombstones` is its table of deleted keys; `purge_tombstones` its function that deletes those older than an instant,
    as many as a number says, and returns how many it did; `quality_summary` its function that gives (entity, metric,
    value).
    """

    name: str
    connection: str
    schema: str
    staging: str
    tombstones: str | None
    tables: tuple[Table, ...]
    quality_summary: str | None = None
    purge_tombstones: str | None = None


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
    _check_parents(tables, f"{path}: source {name}")
    return Source(
        name=name,
        connection=meta["connection"],
        schema=meta.get("schema", name),
        staging=_staging_database(declared),
        tombstones=meta.get("tombstones"),
        tables=tables,
        quality_summary=meta.get("quality_summary"),
        purge_tombstones=meta.get("purge_tombstones"),
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
    return Table(
        name=name,
        primary_key=tuple(key),
        cursor=cursor,
        partition=meta.get("partition"),
        rules=(*_read_rules(meta.get("rules"), where), *_length_rules(declared, where)),
        parents=tuple(_read_parent(*entry, where) for entry in _mapping(meta.get("parents"), "parents", where)),
        personal=frozenset(column for column, its in _column_metas(declared) if its.get("pii", "none") != "none"),
    )


def _read_rules(declared: Any, where: str) -> tuple[Rule, ...]:
    return tuple(Rule(str(name), str(holds)) for name, holds in _mapping(declared, "rules", where))


def _length_rules(declared: dict[str, Any], where: str) -> Iterator[Rule]:
    """The rules that `max_length`, in characters, of a column stands for."""
    for column, meta in _column_metas(declared):
        most = meta.get("max_length")
        if most is None:
            continue
        if not isinstance(most, int) or most < 1:
            raise IngestionError(f"{where}, column {column}: meta.max_length must be a number of characters")
        yield Rule(f"{column}_has_at_most_{most}_characters", f"char_length(`{column}`) <= {most}")


def _column_metas(declared: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for column in declared.get("columns") or ():
        yield str(column["name"]), column.get("meta") or {}


def _read_parent(name: str, declared: Any, where: str) -> Parent:
    where = f"{where}, parent {name}"
    meta = _known(declared or {}, PARENT_KEYS, where)
    key = meta.get("key")
    key = [key] if isinstance(key, str) else key
    if not meta.get("table") or not key:
        raise IngestionError(f"{where}: name the parent's `table`, and in `key` the columns that name its primary key")
    return Parent(str(name), str(meta["table"]), tuple(key), _read_rules(meta.get("rules"), where))


def _mapping(declared: Any, what: str, where: str) -> Iterable[tuple[Any, Any]]:
    if declared is not None and not isinstance(declared, dict):
        raise IngestionError(f"{where}: meta.{what} must be a mapping from the name of a rule to what it says")
    return (declared or {}).items()


def _check_parents(tables: Sequence[Table], where: str) -> None:
    by_name = {table.name: table for table in tables}
    for table in tables:
        for parent in table.parents:
            if parent.table not in by_name or parent.table == table.name:
                raise IngestionError(
                    f"{where}, table {table.name}: the parent {parent.name} must be another table that is declared"
                )
            if len(parent.key) != len(by_name[parent.table].primary_key):
                raise IngestionError(
                    f"{where}, table {table.name}: the key of the parent {parent.name} must have as many columns as the"
                    f" primary key of {parent.table}"
                )
    try:
        parents_first(tables)
    except CycleError as error:
        raise IngestionError(f"{where}: the tables {', '.join(error.args[1])} are parents of each other") from error


def parents_first(tables: Sequence[Table]) -> tuple[Table, ...]:
    """Return the tables in an order in which each comes after its parents."""
    by_name = {table.name: table for table in tables}
    order = TopologicalSorter({table.name: [parent.table for parent in table.parents] for table in tables})
    return tuple(by_name[name] for name in order.static_order() if name in by_name)


def _known(meta: Any, known: set[str], where: str) -> dict[str, Any]:
    if not isinstance(meta, dict):
        raise IngestionError(f"{where}: meta must be a mapping of {', '.join(sorted(known))}")
    for key in meta:
        if key not in known:
            raise IngestionError(f"{where}: meta has the unknown key `{key}`; known are {', '.join(sorted(known))}")
    return meta
