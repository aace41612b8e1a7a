"""In which order columns and rows are wanted, told behind a question: "(quarter first)", "steepest decline first"."""

from __future__ import annotations

import re
from dataclasses import replace

from app.answers.plan import GRAINS, Plan
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, UnclearError, planned_or_none, trimmed
from app.answers.reading import read

FIRST = re.compile(
    r"\s*[,;(.–-]\s*(?:(?:and|please)\s+)?(?:(?:sorted|ordered|listed|starting)\s+)?(?:(?:with|by)\s+)?(?:the\s+)?"
    r"(?P<what>[\w-]+(?:\s+[\w-]+){0,3}?)\s+first(?:\s+by\s+(?:the\s+)?(?P<by>[\w-]+(?:\s[\w-]+)?))?"
    r"(?:\s*,?\s*(?:and\s+)?then\s+(?:the\s+)?(?P<then>[\w-]+(?:\s[\w-]+)?))?\)?$",
    re.I,
)
_OF_NAMES = r"(?:alphabetical(?:ly)?|alphabetic|a\s*(?:to|-|–)\s*z)"
SORTED = re.compile(
    rf"\s*[,;(.–-]?\s*(?:(?:and|please)\s+)?(?:(?:in\s+)?{_OF_NAMES}(?:\s+order)?(?:\s+(?:by|of)\s+(?:the\s+|their\s+)?(?P<of>[\w-]+)(?:\s+names?)?)?|"
    rf"(?:sorted|ordered|listed|arranged|sort|order)\s+(?:(?:them|it)\s+)?(?:(?:{_OF_NAMES}\s+)?by\s+(?:the\s+|their\s+|its\s+)?(?P<by>[\w-]+)(?:\s+names?)?(?:\s+{_OF_NAMES})?|{_OF_NAMES}))\)?$",
    re.I,
)  # fmt: skip
MOVED = re.compile(
    r"(?:steepest|sharpest|deepest|biggest|largest|greatest|strongest|highest)\s+(?:(?P<down>declines?|drops?|falls?|decreases?|losses)|"
    r"(?P<up>rises?|increases?|growth|gains?))",
    re.I,
)
MOST = re.compile(r"most\s+profitable(?:\s+[\w-]+)?|(?:highest|largest|biggest)(?:\s+[\w-]+)?", re.I)
PERCENT = re.compile(r"%|\bpercent", re.I)


def plan_of_order_told(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of a question with the order that is told behind it; None where no such order is told."""
    text = trimmed(question)
    if (by_name := SORTED.search(text)) is not None:
        return _sorted_by_name(text[: by_name.start()], by_name["of"] or by_name["by"] or "name", plan_of, around)
    found = FIRST.search(text)
    planned = planned_or_none(text[: found.start()], plan_of) if found is not None else None
    if found is None or planned is None:
        return None
    plan = _ordered(planned.plan, found, text, around)
    return replace(planned, plan=plan) if plan is not None else None


def _sorted_by_name(question: str, word: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of a question with its rows in the order of a group's names; None where the word is no group.

    Raises UnclearError where it is a group that is not shown.
    """
    planned = planned_or_none(question, plan_of)
    if planned is None or not planned.plan.dimensions or planned.plan.limit or planned.plan.together:
        return None
    told = [c.key for c in read(word, around.lexicon, around.newest, around.oldest) if c.key and not c.word.values]
    key = planned.plan.dimensions[0] if word.lower() == "name" else told[0] if len(told) == 1 else ""
    if key and key not in planned.plan.dimensions:
        raise UnclearError(f"sorted by {word}, which is not shown: by that as well?")
    if not key:
        return None
    dimensions = (key, *(d for d in planned.plan.dimensions if d != key))
    return replace(planned, plan=replace(planned.plan, order=tuple((d, False) for d in dimensions)))


def _ordered(plan: Plan, found: re.Match[str], text: str, around: Surroundings) -> Plan | None:
    """The plan in that order, None where its words say something else."""
    if (moved := MOVED.fullmatch(found["what"])) is not None:
        moves = not plan.order or plan.order[0][0] in ("change", "growth")
        if plan.compare and moves and plan.limit:
            return plan if plan.order and plan.order[0][1] == (moved["up"] is not None) else None
        by = "growth" if PERCENT.search(text) or "growth" in moved[0].lower() else "change"
        return replace(plan, order=((by, moved["up"] is not None),)) if plan.compare and moves else None
    told = [c for c in read(found["what"], around.lexicon, around.newest, around.oldest) if c.content or c.key]
    if found["by"] and MOST.fullmatch(found["what"]):
        return _by_figure(plan, found["by"], around)
    if len(told) != 1 or found["by"]:
        return None
    if told[0].period is not None:
        return _by_time(plan, told[0].period.period.start.year, told[0].period.period.start.month, told[0].text)
    if told[0].word.values:
        shown = {(f.dimension, v) for term in plan.terms for f in term.filters for v in f.values}
        return plan if shown & set(told[0].word.values) else None
    named = [f.dimension for f in plan.filters if f.operator == "in" and len(f.values) > 1]  # "of chairs and tables"
    groups, key = dict.fromkeys((*plan.dimensions, *named)), told[0].key
    if key not in groups or len(groups) < 2 or plan.limit or plan.compare:
        return None
    if any(k.isdigit() for k, _ in plan.order):
        return None
    dimensions = (key, *(d for d in groups if d != key))
    return replace(plan, dimensions=dimensions, order=tuple((d, False) for d in dimensions))


def _by_figure(plan: Plan, name: str, around: Surroundings) -> Plan | None:
    """ "The most profitable market first by profit": by that figure, where it is shown."""
    named = {c.metric for c in read(name, around.lexicon, around.newest, around.oldest) if c.metric}
    place = next((i for i, t in enumerate(plan.terms) if t.metric in named), None)
    free = plan.dimensions and not (plan.limit or plan.order)
    return replace(plan, order=((str(place), True),)) if free and place is not None else None


def _by_time(plan: Plan, year: int, month: int, text: str) -> Plan | None:
    """ "January first", "2026 first, then 2025": the first or the last of the periods that are shown."""
    if text.isdigit():
        years = sorted(p.start.year for p in (*plan.periods, *([plan.base] if plan.base else [])))
        if len(years) != 2 or year not in years or not (plan.split or plan.base):
            return None
        return replace(plan, order=(("@period", year == years[1]), *plan.order)) if plan.split else plan
    grain = any(d.startswith("@") and d[1:] in GRAINS for d in plan.dimensions)
    starts = len(plan.periods) == 1 and plan.periods[0].start.month == month
    return plan if grain and starts and not plan.order else None
