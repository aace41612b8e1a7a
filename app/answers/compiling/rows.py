"""Rows of one semantic model: joins that never multiply them, conditions, cohorts, folding of small groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sqlglot
from sqlglot import exp

from app.answers.compiling.banding import BANDED, BEGINNING, band_of, beginning, of_the_member, rounded, summary_of
from app.answers.compiling.expressions import (
    DATE_PARTS,
    FEWER,
    aggregation,
    bare_date,
    between,
    column_of,
    compare,
    identifier,
    literal,
    parsed,
)
from app.answers.compiling.figures import leaves_of, metric_reaching
from app.answers.compiling.orders_in_a_row import FIGURE, gaps_of
from app.answers.compiling.work import Leaf, Work
from app.answers.layer import Metric, Model
from app.answers.order_gaps import GAPS
from app.answers.plan import BAND, SAME, TOP, Cohort, Filter, Period, PlanError, Term

FIRST_ORDERS = "first_orders"
"""The name of what tells each customer's first day, where rows are grouped by it."""


def _time_expr(work: Work, model: Model, time: str = "") -> tuple[exp.Expr, tuple[Any, ...]]:
    """The date that rows of a model go by, and the joins that it takes."""
    name = time or work.plan.time or _default_time(work, model)
    if not name:
        raise PlanError(f"{model.description.rstrip('.').lower()} have no date")
    return _dimension_expr(work, model, name)


def _default_time(work: Work, model: Model) -> str:
    """The date of a model; a metric that stands in for another keeps the date of the one that was asked for."""
    shown = [work.layer.metric(t.metric) for t in work.plan.terms if t.metric]
    replaced = [m for m in shown if _stands_in(work, m, model)]
    others = [m for m in shown if m not in replaced and work.layer.base_of(m) is model]
    if replaced and others:
        raise PlanError(
            f"{replaced[0].label.lower()} and {others[0].label.lower()} go by different dates here: "
            f"{work.layer.dimension(work.layer.time_of(replaced[0])).label.lower()}, or that of the others?"
        )
    return work.layer.time_of(replaced[0]) if replaced else model.default_time


def _stands_in(work: Work, metric: Metric, model: Model) -> bool:
    """Whether a figure of the model is taken instead of the metric."""
    return bool(
        metric.meta.get("instead")
        and work.layer.base_of(metric) is not model
        and work.layer.path(model, work.layer.time_of(metric)) is not None
        and any(not work.layer.reachable(metric, k) for k in _dimensions_needed(work))
    )


def _dimensions_needed(work: Work) -> set[str]:
    named = {k for k in work.keys if not k.startswith(("@", "#"))}
    return named | {d for f in work.plan.filters for d in f.named}


def _dimension_expr(work: Work, model: Model, name: str) -> tuple[exp.Expr, tuple[Any, ...]]:
    way = work.layer.path(model, name)
    if way is None:
        raise PlanError(
            f"{work.layer.dimension(name).label.lower()} does not go with {model.description.rstrip('.').lower()}"
        )
    home = way[-1][1] if way else model
    tree = sqlglot.parse_one(home.dimensions[name].expr, read="mysql")
    return qualified(tree, home), way


def qualified(tree: exp.Expr, model: Model) -> exp.Expr:
    """An expression with its columns told by their table."""

    def qualify(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Column) and not node.table:
            return column_of(node.name, model.name)
        return node

    return tree.transform(qualify)


def key_expr(work: Work, model: Model, key: str, joins: dict[str, Any]) -> exp.Expr:
    """The expression of a key to group by, with the joins that it needs."""
    if key == BAND:
        return _band_expr(work, model, joins)
    if key.startswith("@first_"):
        return parsed(DATE_PARTS[key.removeprefix("@first_")], d=_first_order_day(work, model, joins))
    if key.startswith("@"):
        d, way = _time_expr(work, model)
        add_joins(joins, model, way)
        return parsed(DATE_PARTS[key[1:]], d=d)
    tree, way = _dimension_expr(work, model, key)
    add_joins(joins, model, way)
    return tree


def _band_expr(work: Work, model: Model, joins: dict[str, Any]) -> exp.Expr:
    """The band of a row: by its own figure, or by that of the member that it is of, with the join that it takes."""
    banding = work.plan.banding
    if banding is None:
        raise PlanError("the plan tells no bands")
    if banding.over == "line":
        return band_of(_figure_of_row(work, model, work.layer.metric(banding.term.metric)), banding.bands)
    left = _member_expr(work, model, banding.over, joins)
    joins.setdefault(BANDED, (_figures_of_members(work, banding.over, banding.term), left))
    return band_of(column_of("figure", BANDED), banding.bands)


def _figures_of_members(work: Work, over: str, term: Term) -> exp.Select:
    """Each member with its figure over the rows that the plan leaves.

    The figures are grouped once more: MariaDB would else work out that of each row's member anew, in each partition.
    And it looks a row's member up by the beginning of the key only, since text keys are too long for an index.
    """
    needed = {over} | {f.dimension for f in work.plan.filters if not f.dimension.startswith(("@", "#"))}
    metric = metric_reaching(work, work.layer.metric(term.metric), needed) if term.metric else None
    base = work.layer.base_of(metric) if metric is not None else work.layer.main
    joins: dict[str, Any] = {}
    member = _member_expr(work, base, over, joins)

    def made(leaf: Leaf) -> exp.Expr:
        if leaf.model != base.name:
            raise PlanError("the figure of each is made of different facts: ask for bands of one of them")
        value = _conditional(work, leaf, base, joins)
        return summary_of(term, value) or aggregation(leaf.aggregation, value)

    if metric is None:
        figure = aggregation("count_distinct", key_expr(work, base, term.distinct, joins))
    else:
        plain = {"filters": (), "cohorts": (), "periods": (), "keys": None, "unfiltered": False}
        used, make = leaves_of(work, metric, plain, set())
        sums = all(leaf.aggregation not in ("average", "deviation") for leaf in used) and metric.kind != "ratio"
        figure = make(made) if sums else rounded(make(made))
    select = [exp.alias_(member, identifier("first_key")), exp.alias_(figure, identifier("figure"))]
    rows = select_rows(work, base, select, joins, periods=work.plan.periods, group=1)
    once = exp.select(
        column_of("first_key"),
        exp.alias_(beginning(column_of("first_key")), identifier(BEGINNING)),
        exp.alias_(exp.Max(this=column_of("figure")), identifier("figure")),
    )
    return once.from_(rows.subquery(identifier("figures_of_each"))).group_by("first_key")


def _member_expr(work: Work, model: Model, dimension: str, joins: dict[str, Any]) -> exp.Expr:
    """What tells the members of a dimension apart in a model: their key, or the value of a plain dimension."""
    key = work.layer.dimension(dimension).identifies
    if not key:
        return key_expr(work, model, dimension, joins)
    way = work.layer.path_to_entity(model, key)
    if way is None:
        raise PlanError(f"{model.description.rstrip('.').lower()} do not know {key}")
    add_joins(joins, model, way)
    return _entity_expr(way[-1][1] if way else model, key)


def _first_order_day(work: Work, model: Model, joins: dict[str, Any]) -> exp.Expr:
    """The day of the first order ever of the customer that a row is of, with the join that it takes."""
    customer = work.layer.identifier("customer")
    way = work.layer.path_to_entity(model, customer.identifies) if customer is not None else None
    if customer is None or way is None:
        raise PlanError(f"{model.description.rstrip('.').lower()} do not know customers")
    add_joins(joins, model, way)
    left = _entity_expr(way[-1][1] if way else model, customer.identifies)
    joins.setdefault(FIRST_ORDERS, (_first_days(work, work.layer.main, customer.identifies), left))
    return column_of("first_day", FIRST_ORDERS)


def _condition_of(work: Work, model: Model, f: Filter, joins: dict[str, Any]) -> exp.Expr:
    if f.dimension.startswith("#"):
        tree = _figure_of_row(work, model, work.layer.metric(f.dimension[1:]))
    else:
        tree = key_expr(work, model, f.dimension, joins)
    if f.other:
        kind = exp.EQ if f.operator == SAME else exp.NEQ
        return kind(this=tree, expression=key_expr(work, model, f.other, joins))
    return compare(tree, f)


def _figure_of_row(work: Work, model: Model, metric: Metric) -> exp.Expr:
    """The figure of each row by itself; a ratio is of the row's own two amounts."""
    measures = work.layer.leaves(metric)
    if any(measure.model != model.name for measure in measures):
        raise PlanError(f"{metric.label.lower()} does not go with {model.description.rstrip('.').lower()}")
    amounts = [qualified(sqlglot.parse_one(measure.expr, read="mysql"), model) for measure in measures]
    if metric.kind != "ratio":
        return amounts[0]
    return parsed("cast({a} as double) / nullif({b}, 0)", a=amounts[0], b=amounts[1])


def _period_condition(
    work: Work, model: Model, periods: Sequence[Period], joins: dict[str, Any], time: str = ""
) -> exp.Expr | None:
    if not periods:
        return None
    d, way = _time_expr(work, model, time)
    add_joins(joins, model, way)
    return exp.or_(*(between(d, p) for p in periods))


def _source_of(work: Work, model: Model, joins: dict[str, Any], query: exp.Select) -> exp.Select:
    query = query.from_(_table_of(work, model))
    for name, join in joins.items():
        if name in (FIRST_ORDERS, BANDED, *GAPS):
            days, left = join
            on: exp.Expr = exp.EQ(this=column_of("first_key", name), expression=left.copy())
            if name == BANDED:
                on = of_the_member(left)
            kept = "inner" if name in GAPS else "left"
            query = query.join(days.subquery(identifier(name)), on=on, join_type=kept)
            continue
        entity, parent, target = join
        left = qualified(sqlglot.parse_one(entity.expr, read="mysql"), parent)
        right = qualified(sqlglot.parse_one(target.entity(entity.name).expr, read="mysql"), target)
        query = query.join(
            _table_of(work, work.layer.models[name]), on=exp.EQ(this=left, expression=right), join_type="left"
        )
    return query


def _table_of(work: Work, model: Model) -> exp.Expr:
    work.tables.add(model.table)
    return exp.alias_(exp.Table(this=identifier(model.table)), identifier(model.name), table=True)


def select_rows(work: Work, model: Model, select: Sequence[exp.Expr], joins: dict[str, Any], *,
    periods: Sequence[Period], first_of: str = "", group: int = 0, extra: Sequence[exp.Expr] = (),
    keys: Sequence[str] = (),
    filters: Sequence[Filter] | None = None, cohorts: bool = True, folding: bool = False,
) -> exp.Select:  # fmt: skip
    """SELECT over the rows of a model that the plan's filters, cohorts and periods leave."""
    conditions = [_condition_of(work, model, f, joins) for f in (work.plan.filters if filters is None else filters)]
    if work.plan.missing is False and cohorts:
        conditions += cohort_conditions(work, model, work.plan.cohorts, joins)
    within = _period_condition(work, model, periods, joins)
    if within is not None:
        conditions.insert(0, within)
    conditions += extra
    query = _source_of(work, model, joins, exp.select(*select))
    if first_of:
        query = _first_rows(work, query, model, first_of)
    if conditions:
        query = query.where(exp.and_(*conditions))
    if folding:
        query = _folded(work, query, model, keys, conditions, joins)
    if group:
        query = query.group_by(*(exp.Literal.number(i + 1) for i in range(group)))
    return query


def _first_days(work: Work, model: Model, entity: str) -> exp.Select:
    """The day on which each of an entity first appears in a model, ever."""
    column = _entity_expr(model, entity)
    d, _ = _time_expr(work, model, model.default_time)
    days = exp.alias_(exp.Min(this=bare_date(d)), identifier("first_day"))
    query = exp.select(exp.alias_(column, identifier("first_key")), days).from_(_table_of(work, model))
    return query.group_by(column.copy())


def _first_rows(work: Work, query: exp.Select, model: Model, entity: str) -> exp.Select:
    """Keep rows of the day on which the entity first appears in the model, ever."""
    d, _ = _time_expr(work, model, model.default_time)
    on = exp.and_(
        exp.EQ(this=column_of("first_key", "first_rows"), expression=_entity_expr(model, entity)),
        exp.EQ(this=column_of("first_day", "first_rows"), expression=bare_date(d)),
    )
    inner = _first_days(work, model, entity)
    return query.join(inner.subquery(identifier("first_rows")), on=on, join_type="inner")


def _folded(
    work: Work,
    query: exp.Select,
    model: Model,
    keys: Sequence[str],
    conditions: Sequence[exp.Expr],
    joins: dict[str, Any],
) -> exp.Select:
    """Groups of few people become one: their keys are replaced in the breakdown by city and the like."""
    small = [
        (i, work.layer.dimension(k))
        for i, k in enumerate(keys)
        if not k.startswith("@") and work.layer.dimension(k).fold_below
    ]
    if not small:
        return query
    home = work.layer.path(model, small[0][1].name)
    entity = next((e for e, _ in reversed(home or ())), None)
    if entity is None:
        return query
    person = qualified(sqlglot.parse_one(entity.expr, read="mysql"), model)
    exprs = [s.this if isinstance(s, exp.Alias) else s for s in query.expressions[: len(keys)]]
    counted = _source_of(
        work,
        model,
        joins,
        exp.select(
            *(exp.alias_(parsed("coalesce({e}, '')", e=e), f"g{i}") for i, e in enumerate(exprs)),
            exp.alias_(exp.Count(this=exp.Distinct(expressions=[person])), "people"),
        ),
    )
    if conditions:
        counted = counted.where(exp.and_(*(c.copy() for c in conditions)))
    counted = counted.group_by(*(e.copy() for e in exprs))
    on = exp.and_(
        *(
            exp.EQ(this=column_of(f"g{i}", "groups_of_people"), expression=parsed("coalesce({e}, '')", e=e))
            for i, e in enumerate(exprs)
        )
    )
    query = query.join(counted.subquery(identifier("groups_of_people")), on=on, join_type="left")
    select = list(query.expressions)
    for i, dimension in small:
        folded = parsed(
            "case when coalesce(groups_of_people.people, 0) < {n} then {w} else {e} end",
            n=str(dimension.fold_below),
            w=literal(FEWER.format(dimension.fold_below)),
            e=exprs[i],
        )
        select[i] = exp.alias_(folded, select[i].alias)
    query.set("expressions", select)
    return query


def cohort_conditions(work: Work, model: Model, cohorts: Sequence[Cohort], joins: dict[str, Any]) -> list[exp.Expr]:
    """The keys of the cohorts' entities are, or are not, among those that fulfil their conditions.

    Cohorts of one entity over the same rows are sought in one pass: each further pass costs as much as the first.
    """
    passes: dict[tuple[str, bool, str, Cohort | None], list[Cohort]] = {}
    for cohort in cohorts:
        alone = cohort if cohort.ranked else None
        passes.setdefault((cohort.dimension, cohort.negated, _cohort_base(work, cohort).name, alone), []).append(cohort)
    return [_among(work, model, work.layer.models[key[2]], together, joins) for key, together in passes.items()]


def _among(work: Work, model: Model, base: Model, cohorts: Sequence[Cohort], joins: dict[str, Any]) -> exp.Expr:
    dimension, negated = cohorts[0].dimension, cohorts[0].negated
    key = work.layer.dimension(dimension).identifies
    left = _member_expr(work, model, dimension, joins)
    members = _best_members if cohorts[0].ranked else _members
    inside = exp.In(this=left, query=members(work, base, key, cohorts).subquery())
    return exp.not_(inside) if negated else inside


def _cohort_base(work: Work, cohort: Cohort) -> Model:
    needed = {d for f in cohort.filters for d in f.named}
    if cohort.metric:
        metric = metric_reaching(work, work.layer.metric(cohort.metric), needed | {cohort.dimension})
        return work.layer.base_of(metric)
    return work.layer.main


def _entity_expr(model: Model, name: str) -> exp.Expr:
    entity = model.entity(name)
    if entity is None:
        raise PlanError(f"{model.description.rstrip('.').lower()} do not know {name}")
    return qualified(sqlglot.parse_one(entity.expr, read="mysql"), model)


def _members(work: Work, base: Model, key: str, cohorts: Sequence[Cohort]) -> exp.Select:
    """The keys of those who fulfil all of the conditions, or any of them where they are negated.

    Each condition is one on the group, `count(*) > 0` if it is none else. Servers then work the subquery out once,
    into a table of its own. Without, MariaDB looks each row's key up in the base, and in each of its partitions.
    """
    first, joins = cohorts[0], dict[str, Any]()
    column = _entity_expr(base, key) if key else key_expr(work, base, first.dimension, joins)
    rows = [_rows_of_cohort(work, base, cohort, joins) for cohort in cohorts]
    alone = len(cohorts) == 1
    found = [
        _fulfilled(work, base, cohort, None if alone else own, joins) for cohort, own in zip(cohorts, rows, strict=True)
    ]
    conditions = [exp.or_(*(own for own in rows if own is not None))] if None not in rows else []
    if first.negated:
        conditions.append(exp.Not(this=exp.Is(this=column.copy(), expression=exp.Null())))
    query = _source_of(work, base, joins, exp.select(exp.alias_(column, identifier("member"))))
    if conditions:
        query = query.where(exp.and_(*conditions))
    query = query.group_by(column.copy())
    return query.having(exp.or_(*found) if first.negated else exp.and_(*found))


def _best_members(work: Work, base: Model, key: str, cohorts: Sequence[Cohort]) -> exp.Select:
    """The keys of the first so many by their figure, in a table of their own: MySQL limits no other subquery."""
    (cohort,), joins = cohorts, dict[str, Any]()
    column = _entity_expr(base, key) if key else key_expr(work, base, cohort.dimension, joins)
    conditions: list[exp.Expr] = [exp.Not(this=exp.Is(this=column.copy(), expression=exp.Null()))]
    rows = _rows_of_cohort(work, base, cohort, joins)
    if rows is not None:
        conditions.append(rows)
    figure = _figure_of(work, base, cohort, joins, lambda tree: tree)
    query = _source_of(work, base, joins, exp.select(exp.alias_(column, identifier("member"))))
    query = query.where(exp.and_(*conditions)).group_by(column.copy())
    query = query.order_by(
        exp.Ordered(this=figure, desc=cohort.operator == TOP), exp.Ordered(this=column.copy(), nulls_first=True)
    )
    return exp.select(column_of("member")).from_(query.limit(int(cohort.values[0])).subquery("best"))


def _rows_of_cohort(work: Work, base: Model, cohort: Cohort, joins: dict[str, Any]) -> exp.Expr | None:
    """The conditions on rows of a cohort, None where it takes all."""
    conditions = [_condition_of(work, base, f, joins) for f in cohort.filters]
    within = _period_condition(work, base, cohort.periods, joins, base.default_time)
    if within is not None:
        conditions.insert(0, within)
    return exp.and_(*conditions) if conditions else None


def _fulfilled(work: Work, base: Model, cohort: Cohort, rows: exp.Expr | None, joins: dict[str, Any]) -> exp.Expr:
    """What must hold of a group: that it has rows of the cohort, and its figure over these. `rows` is None for all."""

    def kept(tree: exp.Expr) -> exp.Expr:
        return tree if rows is None else exp.Case().when(rows.copy(), tree)

    there = exp.Star() if rows is None else kept(exp.Literal.number(1))
    any_row = exp.GT(this=exp.Count(this=there), expression=exp.Literal.number(0))
    if cohort.distinct:
        value = aggregation("count_distinct", kept(key_expr(work, base, cohort.distinct, joins)))
    elif cohort.operator:
        value = _figure_of(work, base, cohort, joins, kept)
    else:
        return any_row
    holds = compare(value, Filter("", cohort.operator, cohort.values))
    return holds if rows is None else exp.and_(any_row, holds)


def _figure_of(
    work: Work, base: Model, cohort: Cohort, joins: dict[str, Any], kept: Callable[[exp.Expr], exp.Expr]
) -> exp.Expr:
    """The figure that a cohort's condition is on, over the rows that are `kept`."""
    metric = metric_reaching(work, work.layer.metric(cohort.metric), {cohort.dimension})
    _, make = leaves_of(
        work, metric, {"filters": (), "cohorts": (), "periods": (), "keys": None, "unfiltered": False}, set()
    )
    return make(lambda leaf: aggregation(leaf.aggregation, kept(_conditional(work, leaf, base, joins))))


def aggregate_of(work: Work, leaf: Leaf, model: Model, joins: dict[str, Any]) -> exp.Expr:
    """The leaf as an aggregate, its own conditions within."""
    return aggregation(leaf.aggregation, _conditional(work, leaf, model, joins))


def _conditional(work: Work, leaf: Leaf, model: Model, joins: dict[str, Any]) -> exp.Expr:
    tree = leaf_expr(work, leaf, model, joins)
    conditions = leaf_conditions(work, leaf, model, joins)
    return tree if conditions is None else exp.Case().when(conditions, tree)


def leaf_expr(work: Work, leaf: Leaf, model: Model, joins: dict[str, Any]) -> exp.Expr:
    """The expression that a leaf aggregates."""
    if leaf.expr in GAPS:
        return _time_between_orders(work, leaf, model, joins)
    tree = sqlglot.parse_one(leaf.expr, read="mysql")
    if isinstance(tree, exp.Column) and tree.name in work.layer.dimensions and leaf.expr.startswith("`"):
        return key_expr(work, model, tree.name, joins)
    return qualified(tree, model)


def _time_between_orders(work: Work, leaf: Leaf, model: Model, joins: dict[str, Any]) -> exp.Expr:
    """The days between orders of the customer that a row is of, with the join that it takes."""
    customer = work.layer.identifier("customer")
    order = work.layer.identifier("order")
    if customer is None or order is None:
        raise PlanError("there are no orders of customers")
    base = work.layer.main
    d, _ = _time_expr(work, base, base.default_time)
    gaps = gaps_of(
        leaf.expr,
        _entity_expr(base, customer.identifies),
        _entity_expr(base, order.identifies),
        bare_date(d),
        _table_of(work, base),
    )
    joins.setdefault(leaf.expr, (gaps, _entity_expr(model, customer.identifies)))
    return column_of(FIGURE, leaf.expr)


def leaf_conditions(work: Work, leaf: Leaf, model: Model, joins: dict[str, Any]) -> exp.Expr | None:
    """The conditions of a leaf alone."""
    found = [_condition_of(work, model, f, joins) for f in leaf.filters]
    found += cohort_conditions(work, model, leaf.cohorts, joins)
    for text in leaf.conditions:
        tree = sqlglot.parse_one(text, read="mysql")
        for column in list(tree.find_all(exp.Column)):
            column.replace(key_expr(work, model, column.name, joins))
        found.append(exp.paren(tree))
    within = _period_condition(work, model, leaf.periods, joins)
    if within is not None:
        found.append(exp.paren(within))
    return exp.and_(*found) if found else None


def add_joins(joins: dict[str, Any], model: Model, way: Sequence[tuple[Any, Model]]) -> None:
    """Add the joins of a way to those that a query has."""
    parent = model
    for entity, target in way:
        joins.setdefault(target.name, (entity, parent, target))
        parent = target
