"""Lists without figures, and members that have no row."""

from __future__ import annotations

from typing import Any

import sqlglot
from sqlglot import exp

from app.answers.compiling.expressions import identifier, key_name
from app.answers.compiling.figures import naming
from app.answers.compiling.finishing import finished, key_column
from app.answers.compiling.rows import cohort_conditions, key_expr, qualified, select_rows
from app.answers.compiling.work import Column, Compiled, Work
from app.answers.layer import Model
from app.answers.plan import PlanError


def listing(work: Work) -> Compiled:
    """The different values of dimensions; `missing` takes those of an entity that no row of the cohort has."""
    needed = {k for k in work.keys if not k.startswith("@")} | {d for f in work.plan.filters for d in f.named}
    if work.plan.missing:
        return _missing(work, needed)
    dated = (
        bool(work.plan.periods)
        or any(k.startswith("@") for k in work.keys)
        or any(f.dimension.startswith(("@", "#")) for f in work.plan.filters)
    )
    order = [work.layer.main, *work.layer.models.values()]
    if not dated and not work.plan.cohorts:
        order = [m for m in work.layer.models.values() if m is not work.layer.main] + [work.layer.main]
    able = [
        m for m in order if all(work.layer.path(m, d) is not None for d in needed) and (not dated or m.default_time)
    ]
    joined = {m.name: sum(len(work.layer.path(m, d) or ()) for d in needed) for m in able}
    whole = order[0] is not work.layer.main  # all that there are, not those alone of which something happened
    main = work.layer.main  # orders are those of the lines, not those alone that came back
    base = min(able, key=lambda m: (joined[m.name] if whole else 0, whole and m is not main), default=None)
    if base is None:
        raise PlanError(
            "these do not go together: " + ", ".join(work.layer.dimension(d).label.lower() for d in sorted(needed))
        )
    joins: dict[str, Any] = {}
    select = [exp.alias_(key_expr(work, base, k, joins), identifier(key_name(k))) for k in work.keys]
    query = select_rows(work, base, select, joins, periods=work.plan.periods, keys=work.keys, folding=work.fold)
    query = query.distinct()
    columns = [key_column(work, k) for k in work.keys]
    return Compiled(finished(work, query, columns), tuple(columns), tuple(sorted(work.tables)))


def _is_home(model: Model, entity: str, dimension: str) -> bool:
    key = model.entity(entity) if entity else None
    return key.is_key if key is not None else not entity and dimension in model.dimensions


def _missing(work: Work, needed: set[str]) -> Compiled:
    """Members of an entity's own model that the cohorts leave: customers who never ordered, say."""
    cohort = work.plan.cohorts[0]
    entity = work.layer.dimension(cohort.dimension).identifies
    homes = [m for m in work.layer.models.values() if m is not work.layer.main]
    base = next((m for m in homes if _is_home(m, entity, cohort.dimension)), None)
    if base is None or any(work.layer.path(base, d) is None for d in needed):
        base = work.layer.main
    joins: dict[str, Any] = {}
    conditions = cohort_conditions(work, base, work.plan.cohorts, joins)
    columns = [key_column(work, k) for k in work.keys]
    counting = bool(work.plan.terms)
    select: list[exp.Expr] = [exp.alias_(key_expr(work, base, k, joins), identifier(key_name(k))) for k in work.keys]
    if counting:
        label, unit, fmt, name = naming(work, work.plan.terms[0])
        key = base.entity(entity) if entity else None
        counted = qualified(sqlglot.parse_one(key.expr, read="mysql"), base) if key is not None else None
        column = key_expr(work, base, cohort.dimension, joins) if counted is None else counted
        select.append(exp.alias_(exp.Count(this=exp.Distinct(expressions=[column])), identifier(name)))
        columns.append(Column(name, label, "figure", unit, fmt, 0, "value"))
    dated = list(work.plan.filters)
    query = select_rows(
        work,
        base,
        select,
        joins,
        periods=(),
        keys=work.keys,
        extra=conditions,
        filters=dated,
        group=len(work.keys) if counting else 0,
    )
    if not counting:
        query = query.distinct()
    return Compiled(finished(work, query, columns), tuple(columns), tuple(sorted(work.tables)))
