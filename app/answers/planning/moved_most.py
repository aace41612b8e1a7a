"""The month, quarter, … in which a figure rose or fell the most against the one before.

"Which month of 2026 saw the biggest percentage fall in sales compared with the month before".
"""

from __future__ import annotations

import re
from dataclasses import replace

from app.answers.plan import GRAINS, Having, Term
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, planned_or_none, trimmed

_GRAIN = r"(?P<grain>month|quarter|week)"
_PERIOD = r"(?:(?:19|20)\d\d|this\s+year|last\s+year)"
_SIZE = r"(?:biggest|largest|greatest|steepest|sharpest|strongest|highest|worst|most\s+severe)"
_KIND = r"(?:(?P<kind>absolute|percentage|percent|relative|%)\s+)?"
_MOVE = r"(?:(?P<up>rise|increase|growth|jump|gain)|(?P<down>fall|drop|decline|decrease|slump))"
_STEP = (
    r"(?:(?:over|compared\s+(?:with|to)|against|versus|vs\.?|on|from|relative\s+to)\s+)?(?:the\s+)?"
    r"(?:(?:previous|prior|preceding)\s+(?P=grain)|(?P=grain)\s+(?:before(?:\s+it)?|earlier)|(?P<year>same\s+(?P=grain)\s+(?:of\s+)?(?:(?:the\s+)?(?:previous|prior|last)\s+year|a\s+year\s+(?:before|earlier))))"
)
_SEEN = r"(?:saw|had|showed|shows?|brought|recorded|has|posted|registered)"
_TAIL = re.compile(
    r"\s*[,;.]?\s*(?:\(\s*january\s+(?:compares|against|compared)\s+(?:with\s+)?december(?:\s+\d{4})?\s*\)|(?:and\s+)?(?:how\s+(?:big|large|much|high)\s+was\s+(?:it|that)|by\s+how\s+much|what\s+was\s+it))\s*[?.]*\s*$",
    re.I,
)
FORM = re.compile(
    rf"^(?:in\s+(?P<within>{_PERIOD})\s*,\s*)?(?:which|what)\s+{_GRAIN}(?:\s+(?:of|in)\s+(?P<period>{_PERIOD}))?\s+{_SEEN}\s+(?:the\s+)?{_SIZE}\s+{_KIND}{_MOVE}\s+(?:in|of)\s+"
    rf"(?:the\s+)?(?P<figure>[a-z][a-z\s]*?)\s+{_STEP}$",
    re.I,
)


def plan_of_moved_most(question: str, plan_of: PlanOf, _: Surroundings) -> Planned | None:
    """The plan of the one period whose figure moved the most against the one before; None for other questions."""
    text = trimmed(question)
    while _TAIL.search(text):
        text = _TAIL.sub("", text)
    match = FORM.match(text)
    if match is None:
        return None
    period = match["period"] or match["within"] or ""
    when = f" in {period}" if period else ""
    planned = planned_or_none(f"{match['figure']} by {match['grain']}{when}", plan_of)
    plan = planned.plan if planned is not None else None
    if (
        planned is None
        or plan is None
        or plan.dimensions != (f"@{match['grain'].lower()}",)
        or match["grain"].lower() not in GRAINS
    ):
        return None
    bare = replace(plan, terms=(), dimensions=(), periods=(), filters=(), notes=(), order=())
    if bare.as_json() or len(plan.terms) != 1 or plan.terms[0] != Term(plan.terms[0].metric):
        return None
    up, kind = bool(match["up"]), (match["kind"] or "absolute").lower()
    by = "change" if kind == "absolute" and not _is_growth(match) else "growth"
    moved = Having(0, ">" if up else "<", (0.0,), growth=True)
    compare = "year_ago" if match["year"] else "previous"
    plan = replace(plan, compare=compare, having=(moved,), order=((by, up),), limit=1)
    return replace(planned, plan=plan)


def _is_growth(match: re.Match[str]) -> bool:
    """ "The strongest growth" is told in percent."""
    return (match["up"] or "").lower() == "growth" and not match["kind"]
