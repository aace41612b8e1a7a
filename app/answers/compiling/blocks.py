"""Leaves of one model and one grouping computed together, and blocks that meet on the group's keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlglot
from sqlglot import exp

from app.answers.compiling.expressions import (
    SUMMARIES,
    aggregation,
    column_of,
    identifier,
    key_name,
    longer,
    period_label,
    reaching_back,
)
from app.answers.compiling.rows import aggregate_of, key_expr, leaf_conditions, leaf_expr, select_rows
from app.answers.compiling.work import Leaf, Work
from app.answers.layer import Model
from app.answers.plan import PERCENTILE, Period


def _block_keys(work: Work, leaf: Leaf) -> tuple[str, ...]:
    return tuple(k for k in (work.all_keys() if leaf.keys is None else leaf.keys) if k != "@period")


def _periods_of(work: Work, leaves: Sequence[Leaf]) -> tuple[Period, ...]:
    if work.conditional():
        return tuple(dict.fromkeys(p for leaf in leaves for p in leaf.periods))
    if work.plan.compare and work.grain and work.plan.periods:
        return tuple(longer(p, work.grain, work.plan.compare) for p in work.plan.periods)
    if work.grain and (back := max(t.window for t in work.plan.terms)) > 1:
        return tuple(reaching_back(p, work.grain, back - 1) for p in work.plan.periods)
    return work.plan.periods


def _block_of(work: Work, leaves: Sequence[Leaf], names: Sequence[str], period: Period | None = None) -> exp.Select:
    leaf = leaves[0]
    model = work.layer.models[leaf.model]
    keys = _block_keys(work, leaf)
    joins: dict[str, Any] = {}
    periods = (period,) if period else _periods_of(work, leaves)
    select: list[exp.Expr] = [exp.alias_(key_expr(work, model, k, joins), identifier(key_name(k))) for k in keys]
    if leaf.over:
        return _nested_block(work, leaf, names[0], model, select, joins, periods, keys)
    select += [
        exp.alias_(aggregate_of(work, one, model, joins), identifier(n)) for one, n in zip(leaves, names, strict=True)
    ]
    return select_rows(
        work,
        model,
        select,
        joins,
        periods=periods,
        first_of=leaf.first_of,
        group=len(keys),
        keys=keys,
        folding=work.fold,
        filters=() if leaf.unfiltered else None,
        cohorts=not leaf.unfiltered,
    )


def _nested_block(
    work: Work,
    leaf: Leaf,
    name: str,
    model: Model,
    select: list[exp.Expr],
    joins: dict[str, Any],
    periods: Sequence[Period],
    keys: Sequence[str],
) -> exp.Select:
    inner_keys = len(select)
    if leaf.over == "line":
        value = leaf_expr(work, leaf, model, joins)
        conditions = [c for c in [leaf_conditions(work, leaf, model, joins)] if c is not None]
        rows = select_rows(
            work,
            model,
            [*select, exp.alias_(value, identifier("value"))],
            joins,
            periods=periods,
            extra=conditions,
            keys=keys,
            folding=work.fold,
            first_of=leaf.first_of,
        )
    else:
        over = key_expr(work, model, leaf.over, joins)
        conditions = [c for c in [leaf_conditions(work, leaf, model, joins)] if c is not None]
        value = aggregation(leaf.aggregation, leaf_expr(work, leaf, model, joins))
        rows = select_rows(
            work,
            model,
            [*select, exp.alias_(over, identifier("part")), exp.alias_(value, identifier("value"))],
            joins,
            periods=periods,
            extra=conditions,
            group=inner_keys + 1,
            keys=keys,
            folding=work.fold,
            first_of=leaf.first_of,
        )
    names = [column_of(s.alias) for s in select]
    if leaf.summary in SUMMARIES:
        summary = aggregation(SUMMARIES[leaf.summary], column_of("value"))
        return (
            exp.select(*(n.copy() for n in names), exp.alias_(summary, identifier(name)))
            .from_(rows.subquery("parts"))
            .group_by(*names)
        )
    over_keys = f"partition by {', '.join(n.sql('mysql') for n in names)}" if names else ""
    numbered = exp.select(
        *(n.copy() for n in names), column_of("value"),
        exp.alias_(sqlglot.parse_one(f"row_number() over ({over_keys} order by value)", read="mysql"), "place"),
        exp.alias_(sqlglot.parse_one(f"count(*) over ({over_keys})", read="mysql"), "places"),
    ).from_(rows.subquery("parts")).where("not value is null")  # fmt: skip
    middle = sqlglot.parse_one(
        "avg(case when place in (floor((places + 1) / 2), ceil((places + 1) / 2)) then value end)", read="mysql"
    )
    if leaf.summary != "median":  # the two values beside the place, each by how near it is
        share = float(leaf.summary.removeprefix(PERCENTILE)) / 100
        middle = sqlglot.parse_one(
            f"sum(cast(value as double) * greatest(0, 1 - abs(place - (1 + {share} * (places - 1)))))", read="mysql"
        )
    return (
        exp.select(*(n.copy() for n in names), exp.alias_(middle, identifier(name)))
        .from_(numbered.subquery("numbered"))
        .group_by(*names)
    )


def single_block(work: Work, leaves: Sequence[Leaf], figures: Sequence[Any]) -> exp.Select:
    """One SELECT with GROUP BY: all leaves come from the same rows."""
    model = work.layer.models[leaves[0].model]
    keys = _block_keys(work, leaves[0])
    joins: dict[str, Any] = {}
    select: list[exp.Expr] = [exp.alias_(key_expr(work, model, k, joins), identifier(key_name(k))) for k in keys]
    made = {leaf: aggregate_of(work, leaf, model, joins) for leaf in leaves}
    for column, _, make in figures:
        select.append(exp.alias_(make(lambda leaf: made[leaf].copy()), identifier(column.name)))
    return select_rows(
        work,
        model,
        select,
        joins,
        periods=_periods_of(work, leaves),
        first_of=leaves[0].first_of,
        group=len(keys),
        keys=keys,
        folding=work.fold,
    )


def joined_blocks(work: Work, blocks: dict[tuple[Any, ...], list[Leaf]], figures: Sequence[Any]) -> exp.Select:
    """Several SELECTs as CTEs, joined on their keys."""
    all_keys = work.all_keys()
    query = exp.select()
    places: dict[Leaf, exp.Expr] = {}
    made: list[tuple[str, tuple[str, ...]]] = []
    for number, leaves in enumerate(blocks.values()):
        name = f"block_{number + 1}"
        names = [f"value_{i + 1}" for i in range(len(leaves))]
        keys = tuple(all_keys if leaves[0].keys is None else leaves[0].keys)
        if work.plan.split and "@period" in keys:
            parts = []
            for period in work.plan.periods:
                part = _block_of(work, leaves, names, period)
                part.set(
                    "expressions",
                    [*part.expressions, exp.alias_(period_label(period, work.plan.periods), "period")],
                )
                if not [k for k in keys if k != "@period"]:
                    part.set("group", None)
                parts.append(part)
            body: exp.Expr = parts[0]
            for part in parts[1:]:
                body = exp.union(body, part, distinct=False)
        else:
            body = _block_of(work, leaves, names)
        query = query.with_(identifier(name), as_=body)
        made.append((name, keys))
        places |= {leaf: column_of(n, name) for leaf, n in zip(leaves, names, strict=True)}
    full = [(name, keys) for name, keys in made if len(keys) == len(all_keys)] or made[:1]
    if len(full) > 1 and all_keys:
        spine = exp.select(*(column_of(key_name(k)) for k in all_keys)).from_(identifier(full[0][0]))
        body = spine
        for name, _ in full[1:]:
            body = exp.union(
                body, exp.select(*(column_of(key_name(k)) for k in all_keys)).from_(identifier(name)), distinct=True
            )
        query = query.with_("all_groups", as_=body)
        base, rest = "all_groups", made
    else:
        base, rest = full[0][0], [m for m in made if m != full[0]]
    select: list[exp.Expr] = [exp.alias_(column_of(key_name(k), base), identifier(key_name(k))) for k in all_keys]
    for column, _used, make in figures:
        value = make(lambda leaf: places[leaf].copy())
        if column.format == "count" and len(full) > 1:
            value = exp.Coalesce(this=value, expressions=[exp.Literal.number(0)])
        select.append(exp.alias_(value, identifier(column.name)))
    query = query.select(*select).from_(identifier(base))
    for name, keys in rest:
        if keys:
            on = exp.and_(
                *(
                    exp.NullSafeEQ(this=column_of(key_name(k), base), expression=column_of(key_name(k), name))
                    for k in keys
                )
            )
            query = query.join(identifier(name), on=on, join_type="left")
        else:
            query = query.join(identifier(name), join_type="cross")
    return query
