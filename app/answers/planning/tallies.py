"""How many groups fulfil a condition: on how many days did sales exceed $40,000. The list is planned, then counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from app.answers.planning.outcome import Planned, RefusedError, UnclearError

_HOW_MANY = re.compile(
    r"\b(?:how\s+many|(?:the\s+|what\s+is\s+the\s+|give\s+me\s+the\s+)?(?:number|count)\s+of|count\s+(?:the|how\s+many)?)\s+"
    r"(?:of\s+)?(?:(?:the|our|all|all\s+the|different|distinct|individual)\s+)*(?=[a-z])",
    re.I,
)


def plan_of_count(question: str, plan_of: Callable[[str], Planned]) -> Planned | None:
    """The plan of "which days …", counted, where a question asks how many they are; None where that is no list.

    `plan_of` makes a plan, or raises what it does not understand.
    """
    found = list(_HOW_MANY.finditer(question))
    if len(found) != 1 or re.search(r"\bevery\b", question, re.I):
        return None  # "in every year": in each told apart, or in all of them
    listed = question[: found[0].start()] + "which " + question[found[0].end() :]
    try:
        planned = plan_of(listed)
    except (UnclearError, RefusedError):
        return None
    plan = planned.plan
    chosen = plan.having or plan.cohorts or (not plan.terms and (plan.filters or plan.periods))
    if len(plan.dimensions) != 1 or not chosen or plan.split or plan.limit or plan.tally or plan.missing:
        return None
    if any(c.negated and not c.filters and not c.operator for c in plan.cohorts):
        return None
    if plan.compare and not any(h.growth for h in plan.having):
        return None
    return replace(planned, plan=replace(plan, tally=True, order=()))
