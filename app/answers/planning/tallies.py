"""How many groups fulfil a condition: on how many days did sales exceed $40,000. The list is planned, then counted."""

from __future__ import annotations

import re
from dataclasses import replace

from app.answers.layer import Layer
from app.answers.plan import Cohort
from app.answers.planning.outcome import Planned, PlanOf, RefusedError, UnclearError

_HOW_MANY = re.compile(
    r"\b(?:how\s+many|(?:the\s+|what\s+is\s+the\s+|give\s+me\s+the\s+)?(?:number|count)\s+of|count\s+(?:the|how\s+many)?)\s+"
    r"(?:of\s+)?(?:(?:the|our|all|all\s+the|different|distinct|individual)\s+)*(?=[a-z])",
    re.I,
)


_SHARE_OF = re.compile(
    r"\b(?:(?:what|which)\s+)?(?:the\s+)?(?:percentage|percent|per\s+cent|share|proportion|fraction|part)\s+of\s+"
    r"(?:(?:the|our|all|all\s+the)\s+)*(?=[a-z])",
    re.I,
)

_LISTS = re.compile(r"\b(?:in|for)\s+(?:which|what)\s+\w+", re.I)
"""What is listed already: "in which quarters did the number of orders rise"."""

_TOLD_OF_IT = re.compile(
    r"\b(?:where|whose|while|but|although|though|whereas|did)\s+(?:the\s+)?(?:number|count)\s+of\s+$", re.I
)
"""A figure of those that are listed: "markets where the number of customers fell"."""

_FIGURE = re.compile(r"how\s+many\s+(?:more|fewer|less)\b", re.I)
"""A figure beside the list: "in which months …, and how many fewer"."""

_IN_EACH = re.compile(r"\bin\s+(?:both|each|all)\b", re.I)


def plan_of_count(question: str, plan_of: PlanOf, layer: Layer) -> Planned | None:
    """The plan of "which days …", counted, where a question asks how many they are; None where that is no list.

    `plan_of` makes a plan, or raises what it does not understand.
    """
    if re.search(r"\bevery\b|\bin\s+each\s+(?:month|quarter|week|day)\b", question, re.I):
        return None  # "in every year": in each told apart, or in all of them
    many, shares = list(_HOW_MANY.finditer(question)), list(_SHARE_OF.finditer(question))
    if len(many) + len(shares) != 1:
        return None
    found, tally = (many or shares)[0], "number" if many else "share"
    if (
        _LISTS.search(question[: found.start()])
        or _TOLD_OF_IT.search(question[: found.end()])
        or _FIGURE.match(question[found.start() :])
    ):
        return None
    try:
        planned = plan_of(f"{question[: found.start()]}which {question[found.end() :]}")
    except (UnclearError, RefusedError):
        return None
    plan = planned.plan
    chosen = plan.having or plan.cohorts or (not plan.terms and many and (plan.filters or plan.periods))
    if len(plan.dimensions) != 1 or not chosen or plan.split or plan.limit or plan.missing:
        return None
    orders = layer.dimensions.get(plan.dimensions[0])
    if orders is not None and orders.identifies == "order":
        return None  # what holds of an order and what of its lines is asked about
    groups = many and orders is not None and not orders.identifies  # "countries with orders in 2024 but not in 2025"
    told = [c.filters or c.operator or (groups and c.periods) for c in plan.cohorts if c.negated]
    if not all(told) or any(t.share for t in plan.terms):
        return None
    if plan.compare and not any(h.growth for h in plan.having):
        return None
    plain = all(c == Cohort(plan.dimensions[0], periods=c.periods) for c in plan.cohorts)
    of_each = plain and _IN_EACH.search(question) is not None
    if shares and ((len(plan.cohorts) > 1 and not of_each) or plan.compare):
        raise UnclearError("a share of all of them, or of which?")
    if shares and plan.dimensions[0] == "@day":
        return None  # of all days, or of those with orders?
    return replace(planned, plan=replace(plan, tally=tally, order=()))
