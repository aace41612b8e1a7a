"""Figures by when customers came: revenue by the year of the customer's first order, cohorts of customers."""

from __future__ import annotations

import re
from dataclasses import replace

from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, RefusedError, UnclearError, trimmed

_WHOSE = r"(?:(?:the|their|our|his|its|a)\s+)?(?:customers?['’]?s?['’]?\s+)?"
_FIRST = r"(?:very\s+)?first(?:[\s-]ever)?\s+(?:ever\s+)?(?:order|purchase)(?:\s+date)?"
_UNIT = r"(?P<unit>year|quarter|month)"
_BY = (
    rf"(?:the\s+)?(?:(?:cohorts?\s+of\s+)?{_UNIT}\s+(?:of|in\s+which)\s+(?:{_WHOSE}{_FIRST}(?:\s+(?:was|fell|was\s+placed|ever))?|"
    rf"(?:they|the\s+customers?|customers)\s+(?:had\s+|placed\s+|made\s+)?(?:{_WHOSE}{_FIRST}|first\s+(?:ordered|bought|purchased)))|"
    rf"{_WHOSE}first[\s-](?:order|purchase)[\s-](?P<unit2>year|quarter|month))"
)
# "group customers by the year of their first purchase: how much revenue did each of those cohorts generate in 2026"
TOLD_FIRST = re.compile(
    rf"^(?:please\s+)?(?:group|split|divide|bucket|sort|break(?:\s+down)?|put)\s+(?:(?:all|the|our)\s+)*(?:customers|clients|buyers)(?:\s+(?:up|down|into\s+(?:cohorts|groups)))?\s+by\s+{_BY}"
    r"\s*(?:[:;,.–-]|and\s+(?:show|tell|give))+\s*(?P<asked>.+)$",
    re.I,
)
TOLD_LAST = re.compile(
    rf"^(?P<asked>.+?)\s*,?\s+(?:(?:split|grouped|broken\s+down)\s+)?(?:by|per|for\s+each)\s+{_BY}(?P<rest>\s+.+)?$",
    re.I,
)
_EACH = re.compile(
    r"\s+(?:did|does|do|has|have|was|is|of|for|from|in|by)?\s*(?:each|every)(?:\s+(?:one\s+)?of\s+(?:those|these|the|them))?\s*(?:cohorts?|groups?)?(?:\s+(?:generate|generated|make|made|bring\s+in|brought\s+in|have|had|spend|spent|place|placed|earn|contribute|yield))?(?=\s|$)",
    re.I,
)
_SAYS = re.compile(
    r"^(?:how\s+much\s+|what\s+(?:is|was|were|are)\s+(?:the\s+)?|show(?:\s+me)?\s+(?:the\s+)?|give\s+me\s+(?:the\s+)?)",
    re.I,
)


def plan_of_first_orders(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of a figure by when its customers first ordered; None where it is not grouped so."""
    if "first" not in question.lower():
        return None
    text = trimmed(question)
    match = TOLD_FIRST.match(text)
    if match is not None:
        if _EACH.search(match["asked"]) is None:
            return None
        asked = _SAYS.sub("", _EACH.sub(" ", match["asked"], count=1))
    else:
        match = TOLD_LAST.match(text)
        if match is None:
            return None
        asked = f"{match['asked']} {(match['rest'] or '').strip()}".strip()
    try:
        planned = plan_of(asked.strip())
    except (UnclearError, RefusedError):
        return None
    plan = planned.plan
    other = plan.missing or plan.tally or plan.compare or plan.together or plan.pick or plan.split or plan.limit
    if other or not plan.terms or plan.time or any(t.share or t.aggregate or t.distinct for t in plan.terms):
        return None
    if plan.dimensions or any(around.layer.metric(t.metric).meta.get("first_of") for t in plan.terms if t.metric):
        return None
    unit = (match["unit"] or match["unit2"]).lower()
    return replace(planned, plan=replace(plan, dimensions=(f"@first_{unit}",)))
