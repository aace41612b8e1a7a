"""The ranks of groups in two periods, and how many places each of them climbed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.answers.compiling.expressions import identifier
from app.answers.compiling.reaching import check_not_folded
from app.answers.compiling.work import Column, Work
from app.answers.plan import PlanError, Term

MOVED = ("change", "growth")


def ranks_are_compared(work: Work) -> bool:
    """Whether the ranks in two periods are asked for."""
    return work.plan.base is not None and any(t.rank for t in work.plan.terms)


def ranks_of_both(work: Work, figures: Sequence[Any]) -> list[tuple[str, str, Column]]:
    """The rank in each of the two periods and the places between them; who has no figure in one has no rank there."""
    found: list[tuple[str, str, Column]] = []
    for place, term in enumerate(work.plan.terms):
        if not term.rank:
            continue
        now, before = (next(c for c, _, _ in figures if c.term == place and c.part == p) for p in ("value", "before"))
        late, early = _rank_of(now), _rank_of(before)
        label = " and ".join(p.label for p in work.plan.periods)
        base = work.plan.base.label if work.plan.base is not None else ""
        column = replace(now, name="rank", label=f"Rank, {label}", unit="", format="count", part="rank")
        found += [
            (late, "rank", column),
            (early, "rank_before", replace(column, name="rank_before", label=f"Rank, {base}", part="rank_before")),
            (
                f"{early} - {late}",
                "places_climbed",
                replace(column, name="places_climbed", label="Places climbed", part="places"),
            ),
        ]
    return found


def _rank_of(column: Column) -> str:
    name = identifier(column.name).sql("mysql")
    return f"case when not {name} is null then cast(rank() over (order by {name} desc) as signed) end"


def check_ranks(work: Work) -> None:
    """Raise PlanError where ranks of two periods are not those of groups by one figure."""
    looked_at = any(h.places for h in work.plan.having) or any(k == "places" for k, _ in work.plan.order)
    if looked_at and not ranks_are_compared(work):
        raise PlanError("places climbed are those between the ranks of two periods")
    if not ranks_are_compared(work):
        return
    ranked = [t for t in work.plan.terms if t.rank]
    if len(ranked) != 1 or ranked[0] != Term(ranked[0].metric, rank=True) or work.grain or work.plan.per:
        raise PlanError("ranks of two periods are by one figure")
    if not work.plan.dimensions:
        raise PlanError("there are no groups to be ranked")
    check_not_folded(work)
