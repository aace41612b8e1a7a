"""Shares that add up from the highest group down, and the fewest groups that make up so much of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlglot import exp

from app.answers.belonging import is_told_of
from app.answers.compiling.expressions import column_of, identifier, key_name
from app.answers.compiling.work import Column, Work
from app.answers.plan import PlanError, Term

REACHED = "within_reach"
"""A column that is not shown: 1 for the groups that are needed."""


def running_shares(work: Work, figures: Sequence[Any]) -> list[tuple[str, str, Column]]:
    """The share of each group, and that of it and those before it, as columns beside the first figure."""
    plan = work.plan
    if not (plan.pareto or plan.reach):
        return []
    column = next(c for c, _, _ in figures if c.term == 0 and c.part == "value")
    value, whole, added = _sums(work, column)
    told = column.label.lower()
    share = replace(
        column, name=f"share_of_{column.name}", label=f"Share of {told}", unit="fraction", format="percent", part="part"
    )
    running = replace(share, name=f"cumulative_share_of_{column.name}", label=f"Cumulative share of {told}")
    return [
        (f"cast({value} as double) / nullif({whole}, 0)", share.name, share),
        (f"cast({added} as double) / nullif({whole}, 0)", running.name, running),
    ]


def reached(work: Work, figures: Sequence[Any]) -> list[tuple[str, str]]:
    """Whether those before a group have not yet the share that is to be reached."""
    reach = work.plan.reach
    if not reach:
        return []
    column = next(c for c, _, _ in figures if c.term == 0 and c.part == "value")
    value, whole, added = _sums(work, column)
    return [(f"case when {added} - {value} < {reach!r} * {whole} then 1 else 0 end", REACHED)]


def is_needed() -> exp.Expr:
    """That a group is among the fewest that are needed."""
    return exp.EQ(this=column_of(REACHED), expression=exp.Literal.number(1))


def _sums(work: Work, column: Column) -> tuple[str, str, str]:
    """A group's figure, that of all groups, and that of the group and those before it."""
    plan = work.plan
    value = f"coalesce({identifier(column.name).sql('mysql')}, 0)"
    within = [identifier(key_name(k)).sql("mysql") for k in plan.per]
    keys = [identifier(key_name(k)).sql("mysql") for k in work.all_keys() if k not in plan.per]
    part = f"partition by {', '.join(within)} " if within else ""
    order = ", ".join([f"{value} desc", *keys])
    rows = "rows between unbounded preceding and current row"
    return value, f"sum({value}) over ({part})", f"sum({value}) over ({part}order by {order} {rows})"


def check_reaching(work: Work) -> None:
    """Raise PlanError where figures do not add up to a whole, or where members are not told apart."""
    plan = work.plan
    if not (plan.pareto or plan.reach):
        return
    if (
        not 0 <= plan.reach < 1
        or not plan.terms
        or plan.split
        or plan.compare
        or plan.limit
        or plan.missing
        or plan.pairs
    ):
        raise PlanError("a share to be reached is a part of one whole, of groups that are not chosen otherwise")
    if not set(plan.per) < set(plan.dimensions) or not _adds_up_to_a_whole(work, plan.terms[0]):
        raise PlanError("only a sum over groups is reached step by step: sales, profit, orders of customers")
    check_not_folded(work)


def check_not_folded(work: Work) -> None:
    """Raise PlanError where a role sees small groups as one: then they have no rank, and cannot be counted."""
    folded = [k for k in work.keys if not k.startswith("@") and work.layer.dimension(k).fold_below] if work.fold else []
    if folded:
        label = work.layer.dimension(folded[0]).label.lower()
        raise PlanError(f"small groups by {label} are shown as one to your role, so each has no place among the others")


def _adds_up_to_a_whole(work: Work, term: Term) -> bool:
    if not term.metric or term != Term(term.metric):
        return False
    metric = work.layer.metric(term.metric)
    if metric.kind != "simple" or metric.meta.get("first_of"):
        return False
    if all(leaf.aggregation in ("sum", "count", "sum_boolean") for leaf in work.layer.leaves(metric)):
        return True
    about = str(metric.meta.get("about") or "")
    return about == "order" and all(is_told_of(work.layer, about, key) for key in work.plan.dimensions)
