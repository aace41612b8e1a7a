"""Members of a dimension in twos, each with the number of orders, or of customers, that have both."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlglot import exp

from app.answers.compiling.expressions import aggregation, column_of, identifier, key_name, parsed
from app.answers.compiling.figures import naming
from app.answers.compiling.finishing import finished, key_column
from app.answers.compiling.rows import key_expr, qualified, select_rows
from app.answers.compiling.work import Column, Compiled, Work
from app.answers.layer import Entity
from app.answers.pairs import OTHER, met_in
from app.answers.plan import PlanError

MEMBERS, ALL = "members", "all_of_them"
ONE, TWO = "one", "other"
MET_IN, PLACE = "met_in", "place"


def paired(work: Work) -> Compiled:
    """The pairs of a plan: its members meet themselves in each order; of each two the first by name comes first."""
    metric = work.layer.metric(work.plan.terms[0].metric)
    entity = met_in(work.layer, metric)
    members = work.expanded((work.plan.pairs,))
    if entity is None:
        raise PlanError(f"{metric.label.lower()} are nothing that two could have in common")
    if work.fold and any(work.layer.dimension(k).fold_below for k in work.keys if not k.startswith("@")):
        raise PlanError("groups of few people are not told, and so no pairs of them or in them")
    beside = tuple(k for k in work.keys if k not in members)
    columns = [key_column(work, k) for k in (*beside, *members)] + [_other(work, k) for k in members]
    figures, values = _figures(work)
    columns += figures
    names = [key_name(k) for k in beside]
    select = [exp.alias_(column_of(n, ONE), identifier(n)) for n in names]
    select += [exp.alias_(exp.Min(this=column_of(k, ONE)), identifier(k)) for k in members]
    select += [exp.alias_(exp.Min(this=column_of(k, TWO)), identifier(f"{OTHER}{k}")) for k in members]
    query = exp.select(*select, *values).from_(_named(ONE)).join(_named(TWO), on=_met(), join_type="inner")
    if any(t.share for t in work.plan.terms):
        query = query.join(_all(work, entity).subquery(identifier(ALL)), join_type="cross")
    query = query.where(exp.LT(this=column_of(PLACE, ONE), expression=column_of(PLACE, TWO)))
    query = query.group_by(*(column_of(n, ONE) for n in names), column_of(PLACE, ONE), column_of(PLACE, TWO))
    query = query.with_(identifier(MEMBERS), as_=_members(work, entity, (*beside, *members)))
    return Compiled(finished(work, query, columns), tuple(columns), tuple(sorted(work.tables)))


def _members(work: Work, entity: Entity, keys: tuple[str, ...]) -> exp.Select:
    """Each member once for each order that has it; both by number, since numbers meet faster than texts.

    Members are numbered by name, then by key, so that of each two the first by name is the lower number; orders are
    numbered within what else is told apart.
    """
    model, joins = work.layer.main, dict[str, Any]()
    made = {k: key_expr(work, model, k, joins) for k in keys}
    members = [made[k] for k in work.expanded((work.plan.pairs,))]
    beside = [tree for tree in made.values() if tree not in members]
    met = _expr_of(work, entity)
    select = [exp.alias_(tree, identifier(key_name(k))) for k, tree in made.items()]
    select += [
        exp.alias_(_numbered([met, *beside]), identifier(MET_IN)),
        exp.alias_(_numbered(members[::-1]), identifier(PLACE)),
    ]
    known = [exp.Not(this=exp.Is(this=tree.copy(), expression=exp.Null())) for tree in (members[0], met)]
    rows = select_rows(work, model, select, joins, periods=work.plan.periods, extra=known)
    return rows.group_by(*(tree.copy() for tree in made.values()), met.copy())


def _numbered(trees: list[exp.Expr]) -> exp.Expr:
    """The place of values among all, in their own order."""
    by = ", ".join(tree.sql("mysql") for tree in trees)
    return exp.maybe_parse(f"dense_rank() over (order by {by})", dialect="mysql")


def _all(work: Work, entity: Entity) -> exp.Select:
    """The number of all orders, with such pairs or without."""
    model, joins = work.layer.main, dict[str, Any]()
    number = exp.alias_(aggregation("count_distinct", _expr_of(work, entity)), identifier("number"))
    return select_rows(work, model, [number], joins, periods=work.plan.periods)


def _expr_of(work: Work, entity: Entity) -> exp.Expr:
    return qualified(exp.maybe_parse(entity.expr, dialect="mysql"), work.layer.main)


def _named(alias: str) -> exp.Expr:
    return exp.alias_(exp.Table(this=identifier(MEMBERS)), identifier(alias), table=True)


def _met() -> exp.Expr:
    """That two are of the same order, and of one group."""
    return exp.EQ(this=column_of(MET_IN, ONE), expression=column_of(MET_IN, TWO))


def _other(work: Work, key: str) -> Column:
    """The column of the second of two."""
    column = key_column(work, key)
    return replace(column, name=f"{OTHER}{column.name}", label=f"Other {column.label.lower()}")


def _figures(work: Work) -> tuple[list[Column], list[exp.Expr]]:
    """The columns of a plan's figures: the number of orders with both, or their share of all."""
    columns, values = [], []
    for place, term in enumerate(work.plan.terms):
        label, unit, fmt, name = naming(work, term)
        column = Column(name, label, "figure", unit, fmt, place, "value")
        value: exp.Expr = exp.Count(this=exp.Star())
        if term.share:
            name = f"share_of_{name}"
            column = Column(name, f"Share of {label.lower()}", "figure", "fraction", "percent", place, "share")
            value = parsed("cast(count(*) as double) / nullif(max({t}), 0)", t=column_of("number", ALL))
        columns.append(column)
        values.append(exp.alias_(value, identifier(name)))
    return columns, values
