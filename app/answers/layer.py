"""What can be asked: metrics, dimensions and joins, read from dbt's manifest."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from app.answers.errors import AnswersError
from app.answers.plan import PlanError

MANIFEST_SCHEMA = "/dbt/manifest/v11.json"
_TEMPLATE = re.compile(r"{{\s*(?:Time)?Dimension\(\s*'(\w+)'(?:\s*,\s*'\w+')?\s*\)\s*}}")


@dataclass(frozen=True)
class Dimension:
    """A column, or an expression, to group and filter by. `pii` is its class of personal data.

    `identifies` and `names` say of which entity this is the key or the name; values of a dimension `within` another
    are told apart by it; values of an `explicit` one count only where the dimension is named.
    """

    name: str
    label: str
    kind: str
    expr: str
    description: str
    pii: str = "none"
    synonyms: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    identifies: str = ""
    names: str = ""
    within: str = ""
    explicit: bool = False
    fold_below: int = 0
    about: str = ""
    data_type: str = ""

    @property
    def is_time(self) -> bool:
        """Whether it is a date."""
        return self.kind == "time"


@dataclass(frozen=True)
class Measure:
    """What a metric sums, counts or averages: an expression over the rows of a semantic model."""

    name: str
    model: str
    aggregation: str
    expr: str


@dataclass(frozen=True)
class Metric:
    """A business word that is a figure. `unit` and `format` say how it is written."""

    name: str
    label: str
    description: str
    kind: str
    measure: str = ""
    numerator: str = ""
    denominator: str = ""
    expr: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)
    conditions: tuple[str, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)

    @property
    def unit(self) -> str:
        """The unit of its figures, such as USD, days or orders."""
        return str(self.meta.get("unit", ""))

    @property
    def format(self) -> str:
        """One of money, percent, count, days, number."""
        return str(self.meta.get("format", "number"))

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words in its meta, such as synonyms."""
        return tuple(map(str, self.meta.get(key) or ()))


class Metrics(dict[str, Metric]):
    """The declared metrics by name; "a/b" is the ratio of two of them, made when it is asked for."""

    def __missing__(self, name: str) -> Metric:
        above, _, below = name.partition("/")
        if not (dict.__contains__(self, above) and dict.__contains__(self, below)):
            raise KeyError(name)
        return _ratio(self[above], self[below])

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or all(super(Metrics, self).__contains__(p) for p in str(name).split("/", 1))

    def get(self, name: str, default: Any = None) -> Any:
        """The metric of a name, declared or made, else the default."""
        try:
            return self[name]
        except KeyError:
            return default


def _ratio(above: Metric, below: Metric) -> Metric:
    same = above.unit == below.unit
    fmt = ("percent" if above.format == "money" else "number") if same else above.format
    roles = [set(m.meta["roles"]) for m in (above, below) if m.meta.get("roles")]
    meta = {"unit": "fraction" if same else above.unit, "format": "number" if fmt == "count" else fmt}
    return Metric(
        name=f"{above.name}/{below.name}",
        label=f"{above.label} per {below.label.lower().removesuffix('s')}",
        description=f"{above.label} divided by {below.label.lower()}.",
        kind="ratio",
        numerator=above.name,
        denominator=below.name,
        meta=meta | ({"roles": sorted(set.intersection(*roles))} if roles else {}),
    )


@dataclass(frozen=True)
class Entity:
    """A key by which semantic models join: primary in one, foreign in others."""

    name: str
    kind: str
    expr: str

    @property
    def is_key(self) -> bool:
        """Whether each value stands in one row at most."""
        return self.kind in ("primary", "unique")


@dataclass(frozen=True)
class Model:
    """A semantic model: one table, its entities, dimensions and measures."""

    name: str
    table: str
    description: str
    entities: tuple[Entity, ...]
    dimensions: Mapping[str, Dimension]
    measures: Mapping[str, Measure]
    default_time: str
    meta: Mapping[str, Any]

    def entity(self, name: str) -> Entity | None:
        """The entity of a name, None when it has none."""
        return next((e for e in self.entities if e.name == name), None)


@dataclass(frozen=True)
class Question:
    """A verified question, and its plan."""

    question: str
    plan: Mapping[str, Any]
    gold: str = ""
    id: str = ""


@dataclass(frozen=True)
class Layer:
    """All that can be asked of one source's star. `database` is that of its published marts.

    `columns` are the names of each table's columns, `personal` the names of those, in any table, with a class of
    personal data.
    """

    source: str
    database: str
    models: Mapping[str, Model]
    metrics: Mapping[str, Metric]
    columns: Mapping[str, tuple[str, ...]]
    personal: frozenset[str]
    descriptions: Mapping[str, str]
    sources_of: Mapping[str, tuple[str, ...]]
    questions: tuple[Question, ...]
    fingerprint: str

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """Every measure by its name; dbt keeps them unique."""
        return {name: m for model in self.models.values() for name, m in model.measures.items()}

    @cached_property
    def dimensions(self) -> dict[str, Dimension]:
        """Every dimension by its name; where models share a name, the one that says most of it."""
        found: dict[str, Dimension] = {}
        for model in self.models.values():
            for name, dimension in model.dimensions.items():
                if name not in found or len(dimension.synonyms) > len(found[name].synonyms):
                    found[name] = dimension
        return found

    @cached_property
    def main(self) -> Model:
        """The semantic model that questions are about by default: the one marked `main`, or with most measures."""
        return max(self.models.values(), key=lambda m: (bool(m.meta.get("main")), len(m.measures)))

    @cached_property
    def main_metric(self) -> Metric:
        """The metric that "best" and "biggest" mean when nothing else is named."""
        chosen = [m for m in self.metrics.values() if m.meta.get("main")]
        return chosen[0] if chosen else next(iter(self.metrics.values()))

    def metric(self, name: str) -> Metric:
        """The metric of a name; raises PlanError when there is none."""
        if name not in self.metrics:
            raise PlanError(f"there is no metric {name}")
        return self.metrics[name]

    def dimension(self, name: str) -> Dimension:
        """The dimension of a name; raises PlanError when there is none."""
        if name not in self.dimensions:
            raise PlanError(f"there is no dimension {name}")
        return self.dimensions[name]

    def identifier(self, entity: str) -> Dimension | None:
        """The dimension that identifies an entity."""
        return next((d for d in self.dimensions.values() if d.identifies == entity), None)

    def name_of(self, entity: str) -> Dimension | None:
        """The dimension that names an entity."""
        return next((d for d in self.dimensions.values() if d.names == entity), None)

    def base_of(self, metric: Metric) -> Model:
        """The semantic model whose rows a metric counts first: that of its measure or of its numerator."""
        return self.models[self.leaves(metric)[0].model]

    def leaves(self, metric: Metric) -> list[Measure]:
        """The measures that a metric is made of."""
        if metric.measure:
            return [self.measures[metric.measure]]
        parts = [metric.numerator, metric.denominator] if metric.numerator else list(metric.inputs.values())
        return [leaf for part in parts for leaf in self.leaves(self.metric(part))]

    def time_of(self, metric: Metric) -> str:
        """The date that a metric goes by."""
        return str(metric.meta.get("time") or self.base_of(metric).default_time)

    def path(self, base: Model, dimension: str) -> tuple[tuple[Entity, Model], ...] | None:
        """The joins from a model to the one that has the dimension, () when it is its own, None when there is no way.

        Joins go from a foreign key to the model in which it is primary, so that none multiplies rows.
        """
        return self._way(base, lambda model: dimension in model.dimensions)

    def path_to_entity(self, base: Model, entity: str) -> tuple[tuple[Entity, Model], ...] | None:
        """The joins from a model to one that has the entity at all."""
        return self._way(base, lambda model: model.entity(entity) is not None)

    def _way(self, base: Model, found: Any) -> tuple[tuple[Entity, Model], ...] | None:
        waiting: list[tuple[Model, tuple[tuple[Entity, Model], ...]]] = [(base, ())]
        seen = {base.name}
        while waiting:
            model, way = waiting.pop(0)
            if found(model):
                return way
            for entity in model.entities:
                for target in self.models.values():
                    key = target.entity(entity.name)
                    if key is not None and key.is_key and target.name not in seen and not entity.is_key:
                        seen.add(target.name)
                        waiting.append((target, (*way, (entity, target))))
        return None

    def reachable(self, metric: Metric, dimension: str) -> bool:
        """Whether all measures of a metric can be grouped by a dimension."""
        return all(self.path(self.models[leaf.model], dimension) is not None for leaf in self.leaves(metric))


def read_layer(manifest: Mapping[str, Any], source: str = "superstore") -> Layer:
    """The layer of a dbt source's star; raises AnswersError when the manifest is of another version or has none.

    dbt keeps names and labels unique over all sources. One that begins with the source's own name goes without it
    here: `shop_sales`, “Shop sales”, is the `sales`, “Sales”, of the source `shop`.
    """
    version = str(manifest.get("metadata", {}).get("dbt_schema_version", ""))
    if not version.endswith(MANIFEST_SCHEMA):
        raise AnswersError(
            f"dbt's manifest is of another version ({version or 'none'}): `tidemark run` with dbt 1.7 writes it anew"
        )
    nodes = manifest["nodes"]
    short = partial(_without, f"{source}_")
    models, database = {}, ""
    for node in manifest["semantic_models"].values():
        unique_id = node["depends_on"]["nodes"][0]
        table = nodes[unique_id]
        live = table["config"]["meta"].get("publish_to")
        if live and source in _sources(manifest, unique_id):
            model = _model(node, table, short)
            models[model.name] = model
            database = live
    if not models:
        known = {
            s for n in manifest["semantic_models"].values() for s in _sources(manifest, n["depends_on"]["nodes"][0])
        }
        raise AnswersError(
            f"dbt declares no semantic model over the source {source}; it has: {', '.join(sorted(known)) or 'none'}"
        )
    measures = {name for model in models.values() for name in model.measures}
    tables = {
        n["name"]: n
        for n in nodes.values()
        if n["resource_type"] == "model" and n["config"]["meta"].get("publish_to") == database
    }
    return Layer(
        source=source,
        database=database,
        models=models,
        metrics=Metrics(_metrics(manifest, measures, short)),
        columns={name: tuple(n["columns"]) for name, n in tables.items()},
        personal=frozenset(
            name
            for n in tables.values()
            for name, column in n["columns"].items()
            if column["meta"].get("pii", "name") != "none"
        ),
        descriptions={name: " ".join(n["description"].split()) for name, n in tables.items()},
        sources_of={name: tuple(sorted(_source_tables(manifest, n["unique_id"]))) for name, n in tables.items()},
        questions=_questions(manifest, {m.table for m in models.values()}),
        fingerprint=str(manifest["metadata"].get("invocation_id", "")),
    )


def load_manifest(folder: Path) -> Mapping[str, Any]:
    """The newest manifest that a run left under `folder`; raises AnswersError when there is none."""
    files = [p for p in (folder / t / "manifest.json" for t in ("mariadb", "mysql")) if p.is_file()]
    if not files:
        raise AnswersError(f"dbt's manifest is not in {folder}: run `tidemark run`, which writes it")
    path = max(files, key=lambda p: p.stat().st_mtime)
    try:
        manifest: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise AnswersError(f"cannot read dbt's manifest {path}: {error}; `tidemark run` writes it anew") from error
    return manifest


def _sources(manifest: Mapping[str, Any], unique_id: str) -> set[str]:
    return {name.split(".", 1)[0] for name in _source_tables(manifest, unique_id)}


def _source_tables(manifest: Mapping[str, Any], unique_id: str) -> set[str]:
    found, waiting, seen = set(), [unique_id], set()
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        if node in manifest["sources"]:
            table = manifest["sources"][node]
            found.add(f"{table['source_name']}.{table['name']}")
        elif node in manifest["nodes"]:
            waiting += manifest["nodes"][node]["depends_on"].get("nodes", ())  # a seed depends on none
    return found


def _without(prefix: str, name: str) -> str:
    """A name, or a label, without the name of the source in front of it."""
    if name.casefold().startswith(prefix.replace("_", " ").casefold()):
        rest = name[len(prefix) :]
        return rest[:1].upper() + rest[1:]
    return name.removeprefix(prefix)


def _model(node: Mapping[str, Any], table: Mapping[str, Any], short: Callable[[str], str]) -> Model:
    meta = node["config"].get("meta") or {}
    extra = meta.get("dimensions") or {}
    dimensions = {}
    for declared in node["dimensions"]:
        column = table["columns"].get(declared["expr"] or declared["name"], {})
        about = {**(column.get("meta") or {}), **(extra.get(declared["name"]) or {})}
        dimensions[declared["name"]] = Dimension(
            name=declared["name"],
            label=declared.get("label") or declared["name"].replace("_", " ").capitalize(),
            kind=declared["type"],
            expr=declared["expr"] or declared["name"],
            description=" ".join((declared.get("description") or column.get("description") or "").split()),
            pii=_pii(declared, about, table),
            synonyms=tuple(map(str, about.get("synonyms") or ())),
            verbs=tuple(map(str, about.get("verbs") or ())),
            values={str(k): tuple(map(str, v)) for k, v in (about.get("values") or {}).items()},
            identifies=about.get("identifies", ""),
            names=about.get("names", ""),
            within=about.get("within", ""),
            explicit=bool(about.get("explicit", False)),
            fold_below=int(about.get("fold_below", 0)),
            about=about.get("about", ""),
            data_type=str(column.get("data_type") or ""),
        )
    return Model(
        name=short(node["name"]),
        table=table["name"],
        description=" ".join((node.get("description") or "").split()),
        entities=tuple(Entity(short(e["name"]), e["type"], e["expr"] or e["name"]) for e in node["entities"]),
        dimensions=dimensions,
        measures={
            short(m["name"]): Measure(short(m["name"]), short(node["name"]), m["agg"], str(m["expr"] or m["name"]))
            for m in node["measures"]
        },
        default_time=(node.get("defaults") or {}).get("agg_time_dimension") or "",
        meta=meta,
    )


def _pii(declared: Mapping[str, Any], about: Mapping[str, Any], table: Mapping[str, Any]) -> str:
    """The class of the dimension's column; a computed one has the strictest class of the columns that it reads."""
    if "pii" in about:
        return str(about["pii"])
    words = set(re.findall(r"\w+", declared["expr"] or declared["name"]))
    classes = [c["meta"].get("pii", "name") for name, c in table["columns"].items() if name in words]
    return next((c for c in classes if c != "none"), "none")


def _metrics(manifest: Mapping[str, Any], measures: set[str], short: Callable[[str], str]) -> dict[str, Metric]:
    by_id = manifest["metrics"]
    found: dict[str, Metric] = {}
    for node in by_id.values():
        params = node["type_params"]
        if not {short(m["name"]) for m in params["input_measures"]} <= measures:
            continue
        offsets = [
            m
            for m in params.get("metrics") or ()
            if m.get("offset_window") or m.get("offset_to_grain") or m.get("filter")
        ]
        if node["type"] == "conversion" or offsets:
            continue
        meta = {**(node.get("config", {}).get("meta") or {}), **node["meta"]}
        name = short(node["name"])
        found[name] = Metric(
            name=name,
            label=short(node["label"] or name),
            description=" ".join(node["description"].split()),
            kind=node["type"],
            measure=short((params.get("measure") or {}).get("name", "")),
            numerator=short((params.get("numerator") or {}).get("name", "")),
            denominator=short((params.get("denominator") or {}).get("name", "")),
            expr=str(params.get("expr") or ""),
            inputs={m.get("alias") or m["name"]: short(m["name"]) for m in params.get("metrics") or ()}
            if node["type"] == "derived"
            else {},
            conditions=tuple(_conditions(node, params)),
            meta=meta | ({"instead": short(meta["instead"])} if "instead" in meta else {}),
        )
    return {name: m for name, m in found.items() if _complete(m, found)}


def _complete(metric: Metric, found: Mapping[str, Metric]) -> bool:
    parts = [metric.numerator, metric.denominator] if metric.numerator else list(metric.inputs.values())
    return all(p in found and _complete(found[p], found) for p in parts)


def _conditions(node: Mapping[str, Any], params: Mapping[str, Any]) -> Iterator[str]:
    filters: Iterable[Any] = [node.get("filter"), (params.get("measure") or {}).get("filter")]
    for given in filters:
        for one in (given or {}).get("where_filters", ()):
            yield _TEMPLATE.sub(lambda m: "`" + m[1].rpartition("__")[2] + "`", one["where_sql_template"])


def _questions(manifest: Mapping[str, Any], tables: set[str]) -> tuple[Question, ...]:
    found = []
    for exposure in manifest["exposures"].values():
        reads = {manifest["nodes"][n]["name"] for n in exposure["depends_on"]["nodes"] if n in manifest["nodes"]}
        if tables & reads:
            found += [
                Question(q["question"], q.get("plan") or {}, q.get("gold", ""), str(q.get("id", "")))
                for q in exposure["meta"].get("verified_questions", ())
            ]
    return tuple(found)
