"""Groups from the highest down with the share that adds up: "Pareto: subcategories by sales with cumulative share".

The figure of each group is planned as a question of its own; the shares are worked out beside it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from app.answers.planning.concentration import figure_by_group
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, UnclearError, planned_or_none, trimmed
from app.answers.vocabulary.pareto import BY_A_GROUP, BY_GROUP, OVER_TIME, PARETOS, TIME, WORDS


def plan_of_pareto(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of groups with shares that add up; None for other questions, and for shares that add up over time."""
    text = trimmed(question)
    if not WORDS.search(text):
        return None
    for pattern in (*PARETOS, *BY_GROUP):
        match = pattern.match(text)
        if match is None or TIME.match(match["who"]):
            continue
        told = match.groupdict()
        figure = f"{match['figure']} {(told.get('rest') or '').strip()}".strip()
        planned = figure_by_group(figure, match["who"], plan_of, around)
        if planned is None or not _is_figure(told.get("again") or "", planned, plan_of):
            continue
        return replace(planned, plan=replace(planned.plan, pareto=True, order=_order(planned)))
    if re.search(r"\bpareto\b", text, re.I) or (BY_A_GROUP.search(text) and not OVER_TIME.search(text)):
        raise UnclearError("a figure by group, from the highest down: which figure, and which groups?")
    return None


def _order(planned: Planned) -> tuple[tuple[str, bool], ...]:
    """From the highest down; within each group where there are several."""
    return (*((key, False) for key in planned.plan.per), ("0", True))


def _is_figure(again: str, planned: Planned, plan_of: PlanOf) -> bool:
    """Whether what the shares are said to be of is the figure itself."""
    if not again or again.lower() == "total":
        return True
    named = planned_or_none(f"total {again}", plan_of)
    return named is not None and named.plan.terms == planned.plan.terms
