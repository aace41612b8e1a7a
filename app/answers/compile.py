"""From a plan to one SELECT: ratios of sums, distinct counts, joins that never multiply rows.

Each figure is made of leaves, one aggregate over the rows of one semantic model. Leaves of one model and one
grouping are computed together in a block; blocks meet on the group's keys, so no fact is ever joined to another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import sqlglot
from sqlglot import exp

from app.answers.layer import Dimension, Layer, Measure, Metric, Model
from app.answers.plan import GRAINS, PARTS, Cohort, Filter, Having, Period, Plan, PlanError, Term

ROW_LIMIT = 20_000
FEWER = "fewer than {}"
DATE_PARTS = {
    "day": "{d}",
    "week": "date_sub({d}, interval weekday({d}) day)",
    "month": "date_sub({d}, interval (dayofmonth({d}) - 1) day)",
    "quarter": "date_add(makedate(year({d}), 1), interval (quarter({d}) - 1) quarter)",
    "year": "year({d})",
    "weekday": "dayname({d})",
    "month_of_year": "monthname({d})",
    "quarter_of_year": "quarter({d})",
    "day_type": "case when weekday({d}) >= 5 then 'weekend' else 'weekday' end",
    "week_of_year": "week({d}, 3)",
    "day_of_month": "dayofmonth({d})",
}
PART_ORDER = {"weekday": "weekday({d})", "month_of_year": "month({d})"}
STEPS = {"day": "1 day", "week": "7 day", "month": "1 month", "quarter": "1 quarter", "year": "1 year"}


@dataclass(frozen=True)
class Column:
    """A column of the answer: `kind` is "key" or "figure"; `term` is the place of the term that a figure belongs to."""

    name: str
    label: str
    kind: str
    unit: str = ""
    format: str = ""
    term: int = -1
    part: str = ""


@dataclass(frozen=True)
class Compiled:
    """The statement as a syntax tree, its columns, and the tables that it reads."""

    tree: exp.Expr
    columns: tuple[Column, ...]
    tables: tuple[str, ...]

    @property
    def sql(self) -> str:
        """The statement as text."""
        return self.tree.sql(dialect="mysql", pretty=True)


@dataclass(frozen=True)
class _Leaf:
    """One aggregate: an expression over a model's rows, under conditions, at the level of some keys."""

    model: str
    aggregation: str
    expr: str
    filters: tuple[Filter, ...] = ()
    conditions: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    first_of: str = ""
    keys: tuple[str, ...] | None = None
    over: str = ""
    summary: str = ""
    inner: str = ""
    unfiltered: bool = False

    @property
    def block(self) -> tuple[Any, ...]:
        """Leaves with the same value can be computed in one SELECT."""
        nested = (self.over, self.summary, self.inner, self.filters, self.conditions) if self.over else ("",)
        return (self.model, self.first_of, self.keys, self.unfiltered, *nested)


@dataclass
class _Work:
    plan: Plan
    layer: Layer
    clear: frozenset[str]
    fold: bool
    aliases: dict[str, str] = field(default_factory=dict)
    tables: set[str] = field(default_factory=set)


def compile_plan(plan: Plan, layer: Layer, clear: frozenset[str], *, fold: bool = False) -> Compiled:
    """Compile a plan for a role that sees the classes of personal data in `clear`; `fold` hides small groups.

    Raises PlanError when the plan asks for what the layer does not have or cannot join.
    """
    return _Compiler(plan, layer, clear, fold).compile()


def _sql(template: str, **parts: exp.Expr | str) -> exp.Expr:
    """Parse a MySQL expression whose `{name}` are other expressions."""
    texts = {
        k: (v if isinstance(v, str) else f"({v.sql('mysql')})" if _loose(v) else v.sql("mysql"))
        for k, v in parts.items()
    }
    return sqlglot.parse_one(template.format(**texts), read="mysql")


def _loose(node: exp.Expr) -> bool:
    return isinstance(node, exp.Binary | exp.Unary | exp.Connector)


def _literal(value: object) -> exp.Expr:
    if isinstance(value, bool | int | float):
        return exp.Literal.number(
            repr(value) if not isinstance(value, float) or value != int(value) else str(int(value))
        )
    return exp.Literal.string(str(value))


def _name(name: str) -> exp.Identifier:
    return exp.to_identifier(name, quoted=not name.replace("_", "a").isalnum() or name.lower() in RESERVED)


RESERVED = frozenset(
    [
        "returns",
        "return",
        "order",
        "orders",
        "key",
        "keys",
        "lines",
        "group",
        "rank",
        "row",
        "rows",
        "of",
        "day",
        "month",
        "year",
        "quarter",
        "week",
        "condition",
        "range",
        "change",
        "desc",
        "limit",
        "index",
        "values",
        "column",
        "usage",
        "system",
        "function",
        "interval",
        "read",
        "option",
        "share",
        "window",
        "over",
        "lead",
        "lag",
        "groups",
    ]
)


def _column(name: str, table: str | None = None) -> exp.Column:
    return exp.Column(this=_name(name), table=_name(table) if table else None)


class _Compiler:
    """The state of one compilation."""

    def __init__(self, plan: Plan, layer: Layer, clear: frozenset[str], fold: bool) -> None:
        self.plan = plan
        self.layer = layer
        self.clear = clear
        self.fold = fold
        self.tables: set[str] = set()
        self.keys = self._expand_keys(plan.dimensions)
        self.grain = next((d[1:] for d in plan.dimensions if d.startswith("@") and d[1:] in GRAINS), "")
        self.aliases: dict[_Leaf, str] = {}

    def compile(self) -> Compiled:
        self._validate()
        if self.plan.missing or not self.plan.terms:
            return self._listing()
        columns: list[Column] = [self._key_column(key) for key in self._all_keys()]
        figures: list[tuple[Column, list[_Leaf], Callable[[Callable[[_Leaf], exp.Expr]], exp.Expr]]] = []
        for place, term in enumerate(self.plan.terms):
            figures += self._figures(place, term)
        leaves = list(dict.fromkeys(leaf for _, used, _ in figures for leaf in used))
        blocks: dict[tuple[Any, ...], list[_Leaf]] = {}
        for leaf in leaves:
            blocks.setdefault(leaf.block, []).append(leaf)
        if len(blocks) == 1 and not next(iter(blocks))[4] and not self._unions():
            query = self._single(leaves, figures)
        else:
            query = self._joined(blocks, figures)
        query = self._windows(query, figures)
        columns += self._shown_columns(figures)
        query = self._finish(query, columns)
        return Compiled(query, tuple(columns), tuple(sorted(self.tables)))

    # what the plan may say

    def _validate(self) -> None:
        if not self.plan.terms and not self.plan.dimensions:
            raise PlanError("the plan asks for no figure and no list")
        for key in (*self.plan.dimensions, *(f.dimension for f in self._every_filter())):
            if key.startswith("@"):
                if key[1:] not in (*GRAINS, *PARTS):
                    raise PlanError(f"there is no part of a date {key[1:]}")
            elif key.startswith("#"):
                self.layer.metric(key[1:])
            else:
                self.layer.dimension(key)
        for f in self._every_filter():
            if not f.dimension.startswith(("@", "#")) and not self._is_clear(self.layer.dimension(f.dimension)):
                raise PlanError(
                    f"{self.layer.dimension(f.dimension).label.lower()} is personal, and your role does not see it"
                )
        for one in self.plan.having:
            if not 0 <= one.term < len(self.plan.terms):
                raise PlanError("a condition looks at a figure that is not asked for")

    def _every_filter(self) -> list[Filter]:
        return [
            *self.plan.filters,
            *(f for t in self.plan.terms for f in t.filters),
            *(f for c in self.plan.cohorts for f in c.filters),
        ]

    def _is_clear(self, dimension: Dimension) -> bool:
        return dimension.pii == "none" or dimension.pii in self.clear

    def _expand_keys(self, dimensions: Sequence[str]) -> tuple[str, ...]:
        """An entity's key is shown with its name where the role sees names."""
        found: list[str] = []
        for key in dimensions:
            found.append(key)
            if not key.startswith("@"):
                dimension = self.layer.dimension(key)
                name = self.layer.name_of(dimension.identifies) if dimension.identifies else None
                if name is not None and self._is_clear(name):
                    found.append(name.name)
        return tuple(dict.fromkeys(found))

    def _all_keys(self) -> tuple[str, ...]:
        return (("@period",) if self.plan.split else ()) + self.keys

    def _unions(self) -> bool:
        return self.plan.split

    # figures

    def _figures(self, place: int, term: Term) -> list[Any]:
        """The columns that a term gives, with their leaves and how they are put together from these."""
        label, unit, fmt, name = self._naming(term)
        make = self._maker(term, self.plan.periods)
        figures = [(Column(name, label, "figure", unit, fmt, place, "value"), make[0], make[1])]
        if term.share:
            of = [k for k in self.plan.per if k in self._all_keys()]
            whole = replace(term, filters=(), share=False)
            keys = tuple(k for k in self._all_keys() if k in of or (term.filters and True))
            below = self._maker(whole, self.plan.periods, keys=None if term.filters else keys, unfiltered=False)
            top = make

            def ratio(ref: Callable[[_Leaf], exp.Expr]) -> exp.Expr:
                return _sql("cast({a} as double) / nullif({b}, 0)", a=top[1](ref), b=below[1](ref))

            figures = [
                (
                    Column(
                        f"share_of_{name}", f"Share of {label.lower()}", "figure", "fraction", "percent", place, "share"
                    ),
                    top[0] + below[0],
                    ratio,
                )
            ]
        base = self._base_period()
        if self.plan.compare and not self.grain and base is not None:
            before = self._maker(term, (base,))
            column = figures[0][0]
            figures = [
                (replace(column, part="value"), make[0], make[1]),
                (
                    Column(f"{name}_before", f"{label}, {base.label}", "figure", unit, fmt, place, "before"),
                    before[0],
                    before[1],
                ),
                (
                    Column(f"{name}_change", f"Change of {label.lower()}", "figure", unit, fmt, place, "change"),
                    make[0] + before[0],
                    lambda ref: _sql("coalesce({a}, 0) - coalesce({b}, 0)", a=make[1](ref), b=before[1](ref)),
                ),
                (
                    Column(
                        f"{name}_growth", f"Growth of {label.lower()}", "figure", "fraction", "percent", place, "growth"
                    ),
                    make[0] + before[0],
                    lambda ref: _sql(
                        "cast({a} - {b} as double) / nullif(abs({b}), 0)", a=make[1](ref), b=before[1](ref)
                    ),
                ),
            ]
        return figures

    def _base_period(self) -> Period | None:
        return self.plan.base

    def _naming(self, term: Term) -> tuple[str, str, str, str]:
        if term.distinct:
            dimension = self.layer.dimension(term.distinct)
            plural = plural_of(dimension.label)
            return (
                f"Number of {plural.lower()}",
                plural.lower(),
                "count",
                f"number_of_{plural.lower().replace(' ', '_')}",
            )
        metric = self.layer.metric(term.metric)
        if not term.aggregate:
            return (
                metric.label,
                metric.unit,
                metric.format,
                metric.name.removeprefix("cumulative_") if term.running else metric.name,
            )
        over = (
            "line"
            if term.over == "line"
            else term.over.lstrip("@").replace("_", " ")
            if term.over.startswith("@")
            else self.layer.dimension(term.over).label
        )
        word = AGGREGATE_WORDS[term.aggregate]
        fmt = "number" if metric.format == "count" else metric.format
        label = metric.label.removeprefix("Average ").lower()
        return (
            f"{word} {label} per {over.lower()}",
            metric.unit,
            fmt,
            f"{word.lower().replace(' ', '_')}_{metric.name}_per_{over.lower().replace(' ', '_')}",
        )

    def _maker(
        self, term: Term, periods: tuple[Period, ...], keys: tuple[str, ...] | None = None, unfiltered: bool = False
    ) -> tuple[list[_Leaf], Callable[[Callable[[_Leaf], exp.Expr]], exp.Expr]]:
        """The leaves of a term, and its expression over what stands for them."""
        needed = self._needed(term)
        common: dict[str, Any] = {
            "filters": term.filters,
            "periods": periods if self._conditional() else (),
            "keys": keys,
            "unfiltered": unfiltered,
        }
        if term.distinct:
            base = self._base_for_distinct(term, needed)
            leaf = _Leaf(base.name, "count_distinct", f"`{term.distinct}`", **common)
            return [leaf], lambda ref: ref(leaf)
        metric = self._metric_for(self.layer.metric(term.metric), needed)
        if term.aggregate:
            return self._nested(term, metric, common)
        return self._metric(metric, common, needed)

    def _conditional(self) -> bool:
        """Whether figures of several periods stand side by side."""
        return bool(self.plan.compare) and not self.grain

    def _metric(self, metric: Metric, common: dict[str, Any], needed: set[str]) -> Any:
        first = str(metric.meta.get("first_of") or "")
        if metric.kind in ("simple", "cumulative"):
            measure = self.layer.measures[metric.measure]
            population = self._population(metric, needed)
            if population is not None:
                model, key = population
                leaf = _Leaf(model.name, "count_distinct", key, **common)
            else:
                leaf = _Leaf(
                    measure.model,
                    measure.aggregation,
                    measure.expr,
                    conditions=metric.conditions,
                    first_of=first,
                    **common,
                )
            return [leaf], lambda ref: ref(leaf)
        if metric.kind == "ratio":
            top, above = self._metric(self._metric_for(self.layer.metric(metric.numerator), needed), common, needed)
            low, below = self._metric(self._metric_for(self.layer.metric(metric.denominator), needed), common, needed)
            return top + low, lambda ref: _sql("cast({a} as double) / nullif({b}, 0)", a=above(ref), b=below(ref))
        parts = {
            alias: self._metric(self._metric_for(self.layer.metric(name), needed), common, needed)
            for alias, name in metric.inputs.items()
        }
        tree = sqlglot.parse_one(metric.expr, read="mysql")

        def derived(ref: Callable[[_Leaf], exp.Expr]) -> exp.Expr:
            return tree.copy().transform(
                lambda n: exp.paren(parts[n.name][1](ref)) if isinstance(n, exp.Column) and n.name in parts else n
            )

        return [leaf for used, _ in parts.values() for leaf in used], derived

    def _nested(self, term: Term, metric: Metric, common: dict[str, Any]) -> Any:
        inner, _ = self._metric(
            metric, {"filters": term.filters, "periods": (), "keys": None, "unfiltered": False}, set()
        )
        models = {leaf.model for leaf in inner}
        if len(models) != 1 or metric.kind not in ("simple",):
            raise PlanError(f"{metric.label.lower()} has no {AGGREGATE_WORDS[term.aggregate].lower()} over its parts")
        leaf = replace(
            inner[0],
            over=term.over,
            summary=term.aggregate,
            inner=metric.name,
            **{k: v for k, v in common.items() if k != "filters"},
        )
        return [leaf], lambda ref: ref(leaf)

    def _needed(self, term: Term) -> set[str]:
        """The dimensions that a term must be able to reach."""
        keys = {k for k in self.keys if not k.startswith("@")}
        filters = {f.dimension for f in (*self.plan.filters, *term.filters) if not f.dimension.startswith(("@", "#"))}
        rows = {f.dimension for f in (*self.plan.filters, *term.filters) if f.dimension.startswith("#")}
        times = (
            {"@"}
            if self.plan.periods
            or self.plan.cohorts
            or any(k.startswith("@") for k in (*self.keys, *(f.dimension for f in self.plan.filters)))
            else set()
        )
        chosen = {self.plan.time} if self.plan.time else set()
        over = {term.over} if term.over and not term.over.startswith("@") and term.over != "line" else set()
        return keys | filters | times | rows | chosen | over

    def _metric_for(self, metric: Metric, needed: set[str]) -> Metric:
        """The metric itself, or the one to take instead where a dimension cannot be reached."""
        dimensions = {n for n in needed if not n.startswith(("@", "#"))}
        if all(self.layer.reachable(metric, d) for d in dimensions) or self._population(metric, needed):
            return metric
        other = metric.meta.get("instead")
        if other:
            return self._metric_for(self.layer.metric(str(other)), needed)
        missing = next(d for d in dimensions if not self.layer.reachable(metric, d))
        raise PlanError(f"{metric.label.lower()} cannot be told by {self.layer.dimension(missing).label.lower()}")

    def _population(self, metric: Metric, needed: set[str]) -> tuple[Model, str] | None:
        entity = metric.meta.get("population")
        if not entity or any(n.startswith(("@", "#")) for n in needed):
            return None
        for model in self.layer.models.values():
            key = model.entity(str(entity))
            if key is not None and key.is_key and all(self.layer.path(model, n) is not None for n in needed):
                return model, key.expr
        return None

    def _base_for_distinct(self, term: Term, needed: set[str]) -> Model:
        dimensions = {n for n in needed if not n.startswith(("@", "#"))} | {term.distinct}
        order = [self.layer.main, *self.layer.models.values()]
        for model in order:
            if all(self.layer.path(model, d) is not None for d in dimensions):
                return model
        raise PlanError(f"{self.layer.dimension(term.distinct).label.lower()} cannot be counted that way")

    # rows

    def _time_expr(self, model: Model, time: str = "") -> tuple[exp.Expr, tuple[Any, ...]]:
        """The date that rows of a model go by, and the joins that it takes."""
        name = time or self.plan.time or self._default_time(model)
        if not name:
            raise PlanError(f"{model.description.rstrip('.').lower()} have no date")
        return self._dimension_expr(model, name)

    def _default_time(self, model: Model) -> str:
        for term in self.plan.terms:
            if term.metric and not self.plan.time:
                metric = self.layer.metric(term.metric)
                own = self.layer.time_of(metric)
                if (
                    own
                    and self.layer.path(model, own) is not None
                    and metric.meta.get("instead")
                    and self.layer.base_of(metric) is not model
                ):
                    return own  # the metric that stands in keeps the date of the one that was asked for
        return model.default_time

    def _dimension_expr(self, model: Model, name: str) -> tuple[exp.Expr, tuple[Any, ...]]:
        way = self.layer.path(model, name)
        if way is None:
            raise PlanError(
                f"{self.layer.dimension(name).label.lower()} does not go with {model.description.rstrip('.').lower()}"
            )
        home = way[-1][1] if way else model
        tree = sqlglot.parse_one(home.dimensions[name].expr, read="mysql")
        return self._qualified(tree, home), way

    def _qualified(self, tree: exp.Expr, model: Model) -> exp.Expr:
        def qualify(node: exp.Expr) -> exp.Expr:
            if isinstance(node, exp.Column) and not node.table:
                return _column(node.name, model.name)
            return node

        return tree.transform(qualify)

    def _key_expr(self, model: Model, key: str, joins: dict[str, Any]) -> exp.Expr:
        if key.startswith("@"):
            d, way = self._time_expr(model)
            _add(joins, model, way)
            return _sql(DATE_PARTS[key[1:]], d=d)
        tree, way = self._dimension_expr(model, key)
        _add(joins, model, way)
        return tree

    def _condition(self, model: Model, f: Filter, joins: dict[str, Any]) -> exp.Expr:
        if f.dimension.startswith("#"):
            metric = self.layer.metric(f.dimension[1:])
            measure = self.layer.leaves(metric)[0]
            way = () if measure.model == model.name else None
            if way is None:
                raise PlanError(f"{metric.label.lower()} does not go with {model.description.rstrip('.').lower()}")
            tree = self._qualified(sqlglot.parse_one(measure.expr, read="mysql"), model)
        elif f.dimension.startswith("@"):
            tree = self._key_expr(model, f.dimension, joins)
        else:
            tree = self._key_expr(model, f.dimension, joins)
        return _compare(tree, f)

    def _period_condition(
        self, model: Model, periods: Sequence[Period], joins: dict[str, Any], time: str = ""
    ) -> exp.Expr | None:
        if not periods:
            return None
        d, way = self._time_expr(model, time)
        _add(joins, model, way)
        return exp.or_(*(_between(d, p) for p in periods))

    def _source(self, model: Model, joins: dict[str, Any], query: exp.Select) -> exp.Select:
        query = query.from_(self._table(model))
        for name, (entity, parent, target) in joins.items():
            left = self._qualified(sqlglot.parse_one(entity.expr, read="mysql"), parent)
            right = self._qualified(sqlglot.parse_one(target.entity(entity.name).expr, read="mysql"), target)
            query = query.join(
                self._table(self.layer.models[name]), on=exp.EQ(this=left, expression=right), join_type="left"
            )
        return query

    def _table(self, model: Model) -> exp.Expr:
        self.tables.add(model.table)
        return exp.alias_(exp.Table(this=_name(model.table)), _name(model.name), table=True)

    def _rows(
        self, model: Model, select: Sequence[exp.Expr], joins: dict[str, Any], *,
        periods: Sequence[Period], first_of: str = "", group: int = 0, extra: Sequence[exp.Expr] = (),
        keys: Sequence[str] = (),
        filters: Sequence[Filter] | None = None, cohorts: bool = True, folding: bool = False,
    ) -> exp.Select:  # fmt: skip
        """SELECT over the rows of a model that the plan's filters, cohorts and periods leave."""
        conditions = [self._condition(model, f, joins) for f in (self.plan.filters if filters is None else filters)]
        if self.plan.missing is False and cohorts:
            conditions += [self._cohort(model, c, joins) for c in self.plan.cohorts]
        within = self._period_condition(model, periods, joins)
        if within is not None:
            conditions.insert(0, within)
        conditions += extra
        query = self._source(model, joins, exp.select(*select))
        if first_of:
            query = self._first(query, model, first_of)
        if conditions:
            query = query.where(exp.and_(*conditions))
        if folding:
            query = self._folded(query, model, keys, conditions, joins)
        if group:
            query = query.group_by(*(exp.Literal.number(i + 1) for i in range(group)))
        return query

    def _first(self, query: exp.Select, model: Model, entity: str) -> exp.Select:
        """Keep rows of the day on which the entity first appears in the model, ever."""
        key = model.entity(entity)
        if key is None:
            raise PlanError(f"{model.name} does not know {entity}")
        d, _ = self._time_expr(model, model.default_time)
        column = self._qualified(sqlglot.parse_one(key.expr, read="mysql"), model)
        day = _bare_date(d)
        inner = (
            exp.select(
                exp.alias_(column.copy(), _name("first_key")), exp.alias_(exp.Min(this=day.copy()), _name("first_day"))
            )
            .from_(self._table(model))
            .group_by(column.copy())
        )
        on = exp.and_(
            exp.EQ(this=_column("first_key", "first_rows"), expression=column),
            exp.EQ(this=_column("first_day", "first_rows"), expression=day),
        )
        return query.join(inner.subquery(_name("first_rows")), on=on, join_type="inner")

    def _folded(
        self,
        query: exp.Select,
        model: Model,
        keys: Sequence[str],
        conditions: Sequence[exp.Expr],
        joins: dict[str, Any],
    ) -> exp.Select:
        """Groups of few people become one: their keys are replaced in the breakdown by city and the like."""
        small = [
            (i, self.layer.dimension(k))
            for i, k in enumerate(keys)
            if not k.startswith("@") and self.layer.dimension(k).fold_below
        ]
        if not small:
            return query
        home = self.layer.path(model, small[0][1].name)
        entity = next((e for e, _ in reversed(home or ())), None)
        if entity is None:
            return query
        person = self._qualified(sqlglot.parse_one(entity.expr, read="mysql"), model)
        exprs = [s.this if isinstance(s, exp.Alias) else s for s in query.expressions[: len(keys)]]
        counted = self._source(
            model,
            joins,
            exp.select(
                *(exp.alias_(_sql("coalesce({e}, '')", e=e), f"g{i}") for i, e in enumerate(exprs)),
                exp.alias_(exp.Count(this=exp.Distinct(expressions=[person])), "people"),
            ),
        )
        if conditions:
            counted = counted.where(exp.and_(*(c.copy() for c in conditions)))
        counted = counted.group_by(*(e.copy() for e in exprs))
        on = exp.and_(
            *(
                exp.EQ(this=_column(f"g{i}", "groups_of_people"), expression=_sql("coalesce({e}, '')", e=e))
                for i, e in enumerate(exprs)
            )
        )
        query = query.join(counted.subquery(_name("groups_of_people")), on=on, join_type="left")
        select = list(query.expressions)
        for i, dimension in small:
            folded = _sql(
                "case when coalesce(groups_of_people.people, 0) < {n} then {w} else {e} end",
                n=str(dimension.fold_below),
                w=_literal(FEWER.format(dimension.fold_below)),
                e=exprs[i],
            )
            select[i] = exp.alias_(folded, select[i].alias)
        query.set("expressions", select)
        return query

    def _cohort(self, model: Model, cohort: Cohort, joins: dict[str, Any]) -> exp.Expr:
        """The key of the cohort's entity is, or is not, among those that fulfil its condition."""
        key, base = self._cohort_key(cohort)
        way = self.layer.path_to_entity(model, key)
        if way is None:
            raise PlanError(f"{model.description.rstrip('.').lower()} do not know {key}")
        _add(joins, model, way)
        home = way[-1][1] if way else model
        left = self._entity_expr(home, key)
        inner = self._members(base, key, cohort)
        inside = exp.In(this=left, query=inner.subquery())
        return exp.not_(inside) if cohort.negated else inside

    def _cohort_key(self, cohort: Cohort) -> tuple[str, Model]:
        entity = self.layer.dimension(cohort.dimension).identifies
        if not entity:
            raise PlanError(f"{cohort.dimension} identifies nothing")
        base = self._cohort_base(cohort)
        return entity, base

    def _cohort_base(self, cohort: Cohort) -> Model:
        needed = {f.dimension for f in cohort.filters if not f.dimension.startswith(("@", "#"))}
        if cohort.metric:
            metric = self._metric_for(self.layer.metric(cohort.metric), needed | {cohort.dimension})
            return self.layer.base_of(metric)
        return self.layer.main

    def _entity_expr(self, model: Model, name: str) -> exp.Expr:
        entity = model.entity(name)
        if entity is None:
            raise PlanError(f"{model.description.rstrip('.').lower()} do not know {name}")
        return self._qualified(sqlglot.parse_one(entity.expr, read="mysql"), model)

    def _members(self, base: Model, key: str, cohort: Cohort) -> exp.Select:
        joins: dict[str, Any] = {}
        column = self._entity_expr(base, key)
        conditions = [self._condition(base, f, joins) for f in cohort.filters]
        within = self._period_condition(base, cohort.periods, joins, base.default_time)
        if within is not None:
            conditions.insert(0, within)
        if cohort.negated:
            conditions.append(exp.Not(this=exp.Is(this=column.copy(), expression=exp.Null())))
        query = exp.select(exp.alias_(column, _name("member")))
        having = None
        if cohort.operator:
            metric = self._metric_for(self.layer.metric(cohort.metric), {cohort.dimension})
            _, make = self._metric(metric, {"filters": (), "periods": (), "keys": None, "unfiltered": False}, set())
            value = make(lambda leaf: self._aggregate(leaf, base, joins))
            having = _compare(value, Filter("", cohort.operator, cohort.values))
        query = self._source(base, joins, query)
        if conditions:
            query = query.where(exp.and_(*conditions))
        query = query.group_by(column.copy())
        return query.having(having) if having is not None else query

    # blocks

    def _aggregate(self, leaf: _Leaf, model: Model, joins: dict[str, Any]) -> exp.Expr:
        """The leaf as an aggregate, its own conditions within."""
        tree = self._leaf_expr(leaf, model, joins)
        conditions = self._leaf_conditions(leaf, model, joins)
        if conditions is not None:
            tree = exp.Case().when(conditions, tree)
        return _aggregation(leaf.aggregation, tree)

    def _leaf_expr(self, leaf: _Leaf, model: Model, joins: dict[str, Any]) -> exp.Expr:
        tree = sqlglot.parse_one(leaf.expr, read="mysql")
        if isinstance(tree, exp.Column) and tree.name in self.layer.dimensions and leaf.expr.startswith("`"):
            return self._key_expr(model, tree.name, joins)
        return self._qualified(tree, model)

    def _leaf_conditions(self, leaf: _Leaf, model: Model, joins: dict[str, Any]) -> exp.Expr | None:
        found = [self._condition(model, f, joins) for f in leaf.filters]
        for text in leaf.conditions:
            tree = sqlglot.parse_one(text, read="mysql")
            for column in list(tree.find_all(exp.Column)):
                column.replace(self._key_expr(model, column.name, joins))
            found.append(exp.paren(tree))
        within = self._period_condition(model, leaf.periods, joins)
        if within is not None:
            found.append(exp.paren(within))
        return exp.and_(*found) if found else None

    def _block_keys(self, leaf: _Leaf) -> tuple[str, ...]:
        return tuple(k for k in (self._all_keys() if leaf.keys is None else leaf.keys) if k != "@period")

    def _periods_of(self, leaves: Sequence[_Leaf]) -> tuple[Period, ...]:
        if self._conditional():
            return tuple(dict.fromkeys(p for leaf in leaves for p in leaf.periods))
        if self.plan.compare and self.grain and self.plan.periods:
            return tuple(_longer(p, self.grain, self.plan.compare) for p in self.plan.periods)
        return self.plan.periods

    def _block(self, leaves: Sequence[_Leaf], names: Sequence[str], period: Period | None = None) -> exp.Select:
        leaf = leaves[0]
        model = self.layer.models[leaf.model]
        keys = self._block_keys(leaf)
        joins: dict[str, Any] = {}
        periods = (period,) if period else self._periods_of(leaves)
        select: list[exp.Expr] = [exp.alias_(self._key_expr(model, k, joins), _name(key_name(k))) for k in keys]
        if leaf.over:
            return self._nested_block(leaf, names[0], model, select, joins, periods, keys)
        select += [
            exp.alias_(self._aggregate(one, model, joins), _name(n)) for one, n in zip(leaves, names, strict=True)
        ]
        return self._rows(
            model, select, joins, periods=periods, first_of=leaf.first_of, group=len(keys), keys=keys, folding=self.fold
        )

    def _nested_block(
        self,
        leaf: _Leaf,
        name: str,
        model: Model,
        select: list[exp.Expr],
        joins: dict[str, Any],
        periods: Sequence[Period],
        keys: Sequence[str],
    ) -> exp.Select:
        inner_keys = len(select)
        if leaf.over == "line":
            value = self._leaf_expr(leaf, model, joins)
            conditions = [c for c in [self._leaf_conditions(leaf, model, joins)] if c is not None]
            rows = self._rows(
                model,
                [*select, exp.alias_(value, _name("value"))],
                joins,
                periods=periods,
                extra=conditions,
                keys=keys,
                folding=self.fold,
                first_of=leaf.first_of,
            )
        else:
            over = self._key_expr(model, leaf.over, joins)
            conditions = [c for c in [self._leaf_conditions(leaf, model, joins)] if c is not None]
            value = _aggregation(leaf.aggregation, self._leaf_expr(leaf, model, joins))
            rows = self._rows(
                model,
                [*select, exp.alias_(over, _name("part")), exp.alias_(value, _name("value"))],
                joins,
                periods=periods,
                extra=conditions,
                group=inner_keys + 1,
                keys=keys,
                folding=self.fold,
                first_of=leaf.first_of,
            )
        names = [_column(s.alias) for s in select]
        if leaf.summary != "median":
            summary = _aggregation(SUMMARIES[leaf.summary], _column("value"))
            return (
                exp.select(*(n.copy() for n in names), exp.alias_(summary, _name(name)))
                .from_(rows.subquery("parts"))
                .group_by(*names)
            )
        over_keys = f"partition by {', '.join(n.sql('mysql') for n in names)}" if names else ""
        numbered = exp.select(
            *(n.copy() for n in names), _column("value"),
            exp.alias_(sqlglot.parse_one(f"row_number() over ({over_keys} order by value)", read="mysql"), "place"),
            exp.alias_(sqlglot.parse_one(f"count(*) over ({over_keys})", read="mysql"), "places"),
        ).from_(rows.subquery("parts")).where("not value is null")  # fmt: skip
        middle = sqlglot.parse_one(
            "avg(case when place in (floor((places + 1) / 2), ceil((places + 1) / 2)) then value end)", read="mysql"
        )
        return (
            exp.select(*(n.copy() for n in names), exp.alias_(middle, _name(name)))
            .from_(numbered.subquery("numbered"))
            .group_by(*names)
        )

    def _single(self, leaves: Sequence[_Leaf], figures: Sequence[Any]) -> exp.Select:
        """One SELECT with GROUP BY: all leaves come from the same rows."""
        model = self.layer.models[leaves[0].model]
        keys = self._block_keys(leaves[0])
        joins: dict[str, Any] = {}
        select: list[exp.Expr] = [exp.alias_(self._key_expr(model, k, joins), _name(key_name(k))) for k in keys]
        made = {leaf: self._aggregate(leaf, model, joins) for leaf in leaves}
        for column, _, make in figures:
            select.append(exp.alias_(make(lambda leaf: made[leaf].copy()), _name(column.name)))
        return self._rows(
            model,
            select,
            joins,
            periods=self._periods_of(leaves),
            first_of=leaves[0].first_of,
            group=len(keys),
            keys=keys,
            folding=self.fold,
        )

    def _joined(self, blocks: dict[tuple[Any, ...], list[_Leaf]], figures: Sequence[Any]) -> exp.Select:
        """Several SELECTs as CTEs, joined on their keys."""
        all_keys = self._all_keys()
        query = exp.select()
        places: dict[_Leaf, exp.Expr] = {}
        made: list[tuple[str, tuple[str, ...]]] = []
        for number, leaves in enumerate(blocks.values()):
            name = f"block_{number + 1}"
            names = [f"value_{i + 1}" for i in range(len(leaves))]
            keys = tuple(all_keys if leaves[0].keys is None else leaves[0].keys)
            if self.plan.split and "@period" in keys:
                parts = []
                for period in self.plan.periods:
                    part = self._block(leaves, names, period)
                    part.set(
                        "expressions",
                        [*part.expressions, exp.alias_(_period_label(period, self.plan.periods), "period")],
                    )
                    if not [k for k in keys if k != "@period"]:
                        part.set("group", None)
                    parts.append(part)
                body: exp.Expr = parts[0]
                for part in parts[1:]:
                    body = exp.union(body, part, distinct=False)
            else:
                body = self._block(leaves, names)
            query = query.with_(_name(name), as_=body)
            made.append((name, keys))
            places |= {leaf: _column(n, name) for leaf, n in zip(leaves, names, strict=True)}
        full = [(name, keys) for name, keys in made if len(keys) == len(all_keys)] or made[:1]
        if len(full) > 1 and all_keys:
            spine = exp.select(*(_column(key_name(k)) for k in all_keys)).from_(_name(full[0][0]))
            body = spine
            for name, _ in full[1:]:
                body = exp.union(
                    body, exp.select(*(_column(key_name(k)) for k in all_keys)).from_(_name(name)), distinct=True
                )
            query = query.with_("all_groups", as_=body)
            base, rest = "all_groups", made
        else:
            base, rest = full[0][0], [m for m in made if m != full[0]]
        select: list[exp.Expr] = [exp.alias_(_column(key_name(k), base), _name(key_name(k))) for k in all_keys]
        for column, _used, make in figures:
            value = make(lambda leaf: places[leaf].copy())
            if column.format == "count" and len(full) > 1:
                value = exp.Coalesce(this=value, expressions=[exp.Literal.number(0)])
            select.append(exp.alias_(value, _name(column.name)))
        query = query.select(*select).from_(_name(base))
        for name, keys in rest:
            if keys:
                on = exp.and_(
                    *(
                        exp.NullSafeEQ(this=_column(key_name(k), base), expression=_column(key_name(k), name))
                        for k in keys
                    )
                )
                query = query.join(_name(name), on=on, join_type="left")
            else:
                query = query.join(_name(name), join_type="cross")
        return query

    # what comes after grouping

    def _windows(self, query: exp.Select, figures: list[Any]) -> exp.Select:
        """Running totals, ranks, and the figures of the period before each."""
        plan = self.plan
        grain_name = key_name(f"@{self.grain}") if self.grain else ""
        others = [key_name(k) for k in self._all_keys() if k != f"@{self.grain}"]
        extra: list[tuple[str, str, Column]] = []
        for column, _, _ in list(figures):
            term = plan.terms[column.term]
            quoted = _name(column.name).sql("mysql")
            part = f"partition by {', '.join(_name(o).sql('mysql') for o in others)} " if others else ""
            if term.running and column.part in ("value", "share"):
                if not self.grain:
                    raise PlanError("a running total needs a period to run over, such as months")
                if self.layer.metrics.get(term.metric) is None or not self._additive(self.layer.metric(term.metric)):
                    raise PlanError("only sums can be added up over time")
                extra.append(
                    (
                        f"sum({quoted}) over ({part}order by {_name(grain_name).sql('mysql')})",
                        f"cumulative_{column.name.removeprefix('cumulative_')}",
                        replace(
                            column,
                            name=f"cumulative_{column.name.removeprefix('cumulative_')}",
                            label=f"Cumulative {column.label.removeprefix('Cumulative ').lower()}",
                            part="running",
                        ),
                    )
                )
            if term.rank:
                per = [key_name(k) for k in plan.per]
                part = f"partition by {', '.join(_name(o).sql('mysql') for o in per)} " if per else ""
                extra.append(
                    (
                        f"rank() over ({part}order by {quoted} desc)",
                        "rank",
                        Column("rank", "Rank", "figure", "", "count", column.term, "rank"),
                    )
                )
            if plan.compare and self.grain and column.part in ("value", "share"):
                extra += self._before(column, part, grain_name)
        if not extra:
            return query
        inner = query.subquery("totals")
        select = [_column(s.alias_or_name) for s in query.expressions]
        outer = exp.select(
            *select, *(exp.alias_(sqlglot.parse_one(text, read="mysql"), _name(name)) for text, name, _ in extra)
        ).from_(inner)
        figures += [(column, [], None) for _, _, column in extra]
        if plan.compare and self.grain and plan.periods:
            grown = outer.subquery("grown")
            first = min(p.start for p in plan.periods)
            floor = _literal(first.year if self.grain == "year" else _floor(first, self.grain).isoformat())
            outer = (
                exp.select(*(_column(s.alias_or_name) for s in outer.expressions))
                .from_(grown)
                .where(exp.GTE(this=_column(grain_name), expression=floor))
            )
        return outer

    def _before(self, column: Column, part: str, grain: str) -> list[tuple[str, str, Column]]:
        quoted, when = _name(column.name).sql("mysql"), _name(grain).sql("mysql")
        years = self.plan.compare == "year_ago"
        step = {"day": 365, "week": 52, "month": 12, "quarter": 4, "year": 1}[self.grain] if years else 1
        interval = "1 year" if years else STEPS[self.grain]
        window = f"({part}order by {when})"
        earlier = f"{when} - 1" if self.grain == "year" else f"date_sub({when}, interval {interval})"
        if years and self.grain == "week":
            earlier = f"date_sub({when}, interval 364 day)"
        lag = f"lag({{}}, {step}) over {window}"  # the step counts rows, so the date tells whether a period is missing
        before = f"case when {lag.format(when)} = {earlier} then {lag.format(quoted)} end"
        name, label = column.name, column.label
        change = replace(column, name=f"{name}_change", label=f"Change of {label.lower()}", part="change")
        growth = replace(change, name=f"{name}_growth", label=f"Growth of {label.lower()}", part="growth")
        growth = replace(growth, unit="fraction", format="percent")
        return [
            (before, f"{name}_before", replace(column, name=f"{name}_before", label=f"{label} before", part="before")),
            (f"{quoted} - {before}", change.name, change),
            (f"cast({quoted} - {before} as double) / nullif(abs({before}), 0)", growth.name, growth),
        ]  # fmt: skip

    def _additive(self, metric: Metric) -> bool:
        return (
            all(leaf.aggregation in ("sum", "count") for leaf in self.layer.leaves(metric)) and metric.kind != "ratio"
        ) or bool(metric.meta.get("first_of"))

    def _shown_columns(self, figures: Sequence[Any]) -> list[Column]:
        shown = [column for column, _, _ in figures]
        running = {c.term for c in shown if c.part == "running"}
        return [c for c in shown if not (c.term in running and c.part == "value")]

    def _finish(self, query: exp.Select, columns: list[Column]) -> exp.Select:
        """Conditions on figures, the best of each group, order and limit."""
        plan = self.plan
        conditions = [self._having(h, columns) for h in plan.having]
        order = self._order(columns)
        hidden = {s.alias_or_name for s in query.expressions} - {c.name for c in columns}
        top = plan.limit is not None and bool(plan.per)
        if conditions or top or hidden or (plan.offset and top):
            shown = [_column(c.name) for c in columns]
            inner = query
            if top:
                per = ", ".join(_name(key_name(k)).sql("mysql") for k in plan.per)
                by = ", ".join(o.sql("mysql") for o in order)
                place = sqlglot.parse_one(f"row_number() over (partition by {per} order by {by})", read="mysql")
                ranked = exp.select(
                    *(_column(s.alias_or_name) for s in query.expressions), exp.alias_(place, "place")
                ).from_(inner.subquery("figures"))
                if conditions:
                    ranked = ranked.where(exp.and_(*conditions))
                query = (
                    exp.select(*shown)
                    .from_(ranked.subquery("ranked"))
                    .where(exp.LTE(this=_column("place"), expression=exp.Literal.number(plan.limit or 1)))
                )
                order = [exp.Ordered(this=_column(key_name(k)), nulls_first=True) for k in plan.per] + order
            else:
                query = exp.select(*shown).from_(inner.subquery("figures"))
                if conditions:
                    query = query.where(exp.and_(*conditions))
        if order:
            query = query.order_by(*order)
        limit = ROW_LIMIT + 1 if plan.limit is None or top else min(plan.limit, ROW_LIMIT)
        query = query.limit(limit)
        if plan.offset and not top:
            query = query.offset(plan.offset)
        return query

    def _having(self, having: Having, columns: Sequence[Column]) -> exp.Expr:
        parts = ("growth",) if having.growth else ("value", "share", "running")
        column = next((c for c in columns if c.term == having.term and c.part in parts), None)
        if column is None:
            raise PlanError("a condition looks at growth, and no growth is asked for")
        return _compare(_column(column.name), Filter("", having.operator, having.values))

    def _order(self, columns: Sequence[Column]) -> list[exp.Ordered]:
        """As the plan says, then by the keys, so that equal figures come in the same order every time."""
        found: list[exp.Ordered] = []
        for key, descending in self.plan.order:
            if key in ("growth", "change", "before"):
                column = next((c for c in columns if c.part == key), None)
            elif key.isdigit():
                column = next(
                    (c for c in columns if c.term == int(key) and c.part in ("value", "share", "running")), None
                )
            else:
                column = next((c for c in columns if c.name == key_name(key)), None)
            if column is None:
                raise PlanError(f"cannot order by {key}, which is not asked for")
            found.append(_ordered(column.name, key, descending))
        named = {o.this.name for o in found if isinstance(o.this, exp.Column)}
        has_time = [k for k in self._all_keys() if k.startswith("@")]
        rest = [k for k in (*has_time, *(k for k in self._all_keys() if k not in has_time)) if key_name(k) not in named]
        if not self.plan.order and not has_time:
            figure = next((c for c in columns if c.kind == "figure"), None)
            if figure is not None and self._all_keys():
                found.append(_ordered(figure.name, figure.name, True))
        return found + [_ordered(key_name(k), k, False) for k in rest]

    def _key_column(self, key: str) -> Column:
        if key.startswith("@"):
            name = key_name(key)
            return Column(
                name, name.replace("_", " ").capitalize(), "key", "", "date" if key[1:] in GRAINS[:-1] else "text"
            )
        dimension = self.layer.dimension(key)
        return Column(key, dimension.label, "key", "", "date" if dimension.is_time else "text")

    # lists without figures

    def _listing(self) -> Compiled:
        """The different values of dimensions; `missing` takes those of an entity that no row of the cohort has."""
        needed = {k for k in self.keys if not k.startswith("@")} | {
            f.dimension for f in self.plan.filters if not f.dimension.startswith(("@", "#"))
        }
        if self.plan.missing:
            return self._missing(needed)
        dated = (
            bool(self.plan.periods)
            or any(k.startswith("@") for k in self.keys)
            or any(f.dimension.startswith(("@", "#")) for f in self.plan.filters)
        )
        order = [self.layer.main, *self.layer.models.values()]
        if not dated and not self.plan.cohorts:
            order = [m for m in self.layer.models.values() if m is not self.layer.main] + [self.layer.main]
        base = next(
            (
                m
                for m in order
                if all(self.layer.path(m, d) is not None for d in needed) and (not dated or m.default_time)
            ),
            None,
        )
        if base is None:
            raise PlanError(
                "these do not go together: " + ", ".join(self.layer.dimension(d).label.lower() for d in sorted(needed))
            )
        joins: dict[str, Any] = {}
        select = [exp.alias_(self._key_expr(base, k, joins), _name(key_name(k))) for k in self.keys]
        query = self._rows(base, select, joins, periods=self.plan.periods, keys=self.keys, folding=self.fold)
        query = query.distinct()
        columns = [self._key_column(k) for k in self.keys]
        return Compiled(self._finish(query, columns), tuple(columns), tuple(sorted(self.tables)))

    def _missing(self, needed: set[str]) -> Compiled:
        """Members of an entity's own model that the cohorts leave: customers who never ordered, say."""
        cohort = self.plan.cohorts[0]
        entity = self.layer.dimension(cohort.dimension).identifies
        base = next((m for m in self.layer.models.values() if (e := m.entity(entity)) is not None and e.is_key), None)
        if base is None or any(self.layer.path(base, d) is None for d in needed):
            base = self.layer.main
        joins: dict[str, Any] = {}
        conditions = [self._cohort(base, c, joins) for c in self.plan.cohorts]
        columns = [self._key_column(k) for k in self.keys]
        counting = bool(self.plan.terms)
        select: list[exp.Expr] = [exp.alias_(self._key_expr(base, k, joins), _name(key_name(k))) for k in self.keys]
        if counting:
            label, unit, fmt, name = self._naming(self.plan.terms[0])
            key = base.entity(entity)
            column = self._qualified(sqlglot.parse_one(key.expr if key else entity, read="mysql"), base)
            select.append(exp.alias_(exp.Count(this=exp.Distinct(expressions=[column])), _name(name)))
            columns.append(Column(name, label, "figure", unit, fmt, 0, "value"))
        dated = list(self.plan.filters)
        query = self._rows(
            base,
            select,
            joins,
            periods=(),
            keys=self.keys,
            extra=conditions,
            filters=dated,
            group=len(self.keys) if counting else 0,
        )
        if not counting:
            query = query.distinct()
        return Compiled(self._finish(query, columns), tuple(columns), tuple(sorted(self.tables)))


AGGREGATE_WORDS = {
    "average": "Average",
    "median": "Median",
    "maximum": "Highest",
    "minimum": "Lowest",
    "deviation": "Standard deviation of",
}
SUMMARIES = {"average": "average", "maximum": "max", "minimum": "min", "deviation": "deviation"}


def _aggregation(kind: str, tree: exp.Expr) -> exp.Expr:
    if kind == "count_distinct":
        return exp.Count(this=exp.Distinct(expressions=[tree]))
    forms: dict[str, Callable[[exp.Expr], exp.Expr]] = {
        "sum": lambda t: exp.Sum(this=t),
        "sum_boolean": lambda t: exp.Sum(this=t),
        "average": lambda t: exp.Avg(this=exp.cast(t, "double")),  # the mean of decimals would be rounded
        "min": lambda t: exp.Min(this=t),
        "max": lambda t: exp.Max(this=t),
        "count": lambda t: exp.Count(this=t),
        "deviation": lambda t: exp.Anonymous(this="stddev_samp", expressions=[t]),
    }
    if kind not in forms:
        raise PlanError(f"a measure with the aggregation {kind} cannot be asked for")
    return forms[kind](tree)


def _compare(tree: exp.Expr, f: Filter) -> exp.Expr:
    """The condition of a filter; what is not among values holds for NULL too."""
    values = [_literal(v) for v in f.values]
    if _loose(tree):
        tree = exp.paren(tree)
    if f.operator == "in":
        if f.values == ("",):
            return _sql("({t} is null or {t} = '')", t=tree)
        return exp.EQ(this=tree, expression=values[0]) if len(values) == 1 else exp.In(this=tree, expressions=values)
    if f.operator == "not_in":
        return exp.paren(
            exp.or_(
                exp.Not(this=exp.In(this=tree, expressions=values)), exp.Is(this=tree.copy(), expression=exp.Null())
            )
        )
    if f.operator == "between":
        return exp.Between(this=tree, low=values[0], high=values[1])
    if f.operator == "contains":
        return exp.Like(
            this=_sql("lower({t})", t=tree),
            expression=exp.Literal.string("%" + str(f.values[0]).lower().replace("%", "\\%").replace("_", "\\_") + "%"),
        )
    forms = {">": exp.GT, ">=": exp.GTE, "<": exp.LT, "<=": exp.LTE, "=": exp.EQ}
    if f.operator not in forms:
        raise PlanError(f"there is no operator {f.operator}")
    return forms[f.operator](this=tree, expression=values[0])


def _bare_date(d: exp.Expr) -> exp.Expr:
    """The number yyyymmdd behind a date made from one, so that an index or a partition can serve; else the date."""
    if (
        isinstance(d, exp.Cast)
        and d.to.is_type("date")
        and isinstance(d.this, exp.Column)
        and d.this.name.endswith("_key")
    ):
        return d.this.copy()
    return d.copy()


def _between(d: exp.Expr, period: Period) -> exp.Expr:
    column = _bare_date(d)
    if column == d:
        ends = [_literal(period.start.isoformat()), _literal(period.end.isoformat())]
    else:
        ends = [exp.Literal.number(f"{day:%Y%m%d}") for day in (period.start, period.end)]
    return exp.Between(this=column, low=ends[0], high=ends[1])


def _period_label(period: Period, periods: Sequence[Period]) -> exp.Expr:
    if all(p.whole_year for p in periods):
        return exp.Literal.number(period.whole_year)
    return exp.Literal.string(period.label)


def key_name(key: str) -> str:
    """The name of a key's column: that of the dimension, of the part of the date, or `period`."""
    return key.removeprefix("@")


def _ordered(name: str, key: str, descending: bool) -> exp.Ordered:
    column: exp.Expr = _column(name)
    if key == "@weekday":
        column = sqlglot.parse_one(
            f"field({_name(name).sql('mysql')}, {', '.join(repr(w) for w in WEEKDAYS)})", read="mysql"
        )
    if key == "@month_of_year":
        column = sqlglot.parse_one(
            f"field({_name(name).sql('mysql')}, {', '.join(repr(m) for m in MONTHS)})", read="mysql"
        )
    return exp.Ordered(this=column, desc=descending, nulls_first=not descending)


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _add(joins: dict[str, Any], model: Model, way: Sequence[tuple[Any, Model]]) -> None:
    parent = model
    for entity, target in way:
        joins.setdefault(target.name, (entity, parent, target))
        parent = target


def _floor(day: dt.date, grain: str) -> dt.date:
    if grain == "week":
        return day - dt.timedelta(days=day.weekday())
    if grain == "month":
        return day.replace(day=1)
    if grain == "quarter":
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return day.replace(month=1, day=1) if grain == "year" else day


def _longer(period: Period, grain: str, compare: str) -> Period:
    """The period with one more before it, which the first needs to be compared."""
    start = _floor(period.start, grain)
    if compare == "year_ago":
        start = start.replace(year=start.year - 1) if grain != "week" else start - dt.timedelta(days=364)
    elif grain == "year":
        start = start.replace(year=start.year - 1)
    elif grain in ("month", "quarter"):
        months = start.year * 12 + start.month - 1 - (3 if grain == "quarter" else 1)
        start = dt.date(months // 12, months % 12 + 1, 1)
    else:
        start -= dt.timedelta(days=7 if grain == "week" else 1)
    return replace(period, start=start)


def plural_of(word: str) -> str:
    """The plural of an English noun, by rule."""
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


def measures_of(layer: Layer, metric: Metric) -> list[Measure]:
    """The measures behind a metric."""
    return layer.leaves(metric)
