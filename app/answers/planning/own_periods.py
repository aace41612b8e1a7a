"""Conditions that each have a period or rows of their own.

"Over 20,000 in Q3 2025, and down by a fifth in Q3 2026", "lost money in Africa but made a profit in the US".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from app.answers.plan import Cohort, Period, Plan, Term
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, planned_or_none, trimmed
from app.answers.reading import read

_REL = r"(?:with|whose|where|that|which|who|having)"
_DID = r"(?:lost|lose|made|make|had|have|sold|sell|ordered|bought|grew|fell|rose|shrank|were|are|showed)"
SUBJECT = re.compile(
    rf"^\W*(?:(?P<which>which|what|list|show|find|name|give\s+me)\s+)?(?:(?:the|all|our)\s+)*"
    rf"(?P<subject>[\w&-]+(?:\s+[\w&-]+){{0,4}}?),?\s+(?:(?P<rel>{_REL})\b|(?=(?P<did>{_DID})\b))",
    re.I,
)
JOINT = re.compile(
    rf"\s*(?:,\s*(?:and\s+|but\s+)?|\s+(?:and|but|yet)\s+|\s+)(?P<rel>{_REL}\s+)|\s*,?\s+(?:and|but|yet)\s+", re.I
)
BOUND = re.compile(
    r"(?:(?:only|just)\s+)?(?:over|under|above|below|more|less|fewer|at\s+least|at\s+most|[<>]=?|[$€£]?\d)", re.I
)


def plan_of_own_periods(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of groups that are chosen by conditions on different periods or rows; None for other questions."""
    text = trimmed(question)
    subject = SUBJECT.match(text)
    if subject is None:
        return None
    for left, ways in _parted(text, subject, around):
        first = planned_or_none(left, plan_of)
        if first is None or len(first.plan.dimensions) != 1:
            continue
        for right in ways:
            second = planned_or_none(right, plan_of)
            plan = _merged(first.plan, second.plan) if second is not None else None
            if second is not None and plan is not None:
                notes = tuple(dict.fromkeys(n for n in (*first.notes, *second.notes) if " against " not in n))
                return Planned(plan, min(first.confidence, second.confidence), notes)
    return None


def _parted(text: str, subject: re.Match[str], around: Surroundings) -> Iterator[tuple[str, list[str]]]:
    """Each way to part the conditions in two, each with a period; the second one in the ways that it may be said."""
    for joint in reversed(list(JOINT.finditer(text, subject.end()))):
        left, right = text[: joint.start()], re.sub(r"^also\s+", "", text[joint.end() :], flags=re.I)
        if not _told_apart(left, right, around) or not _says_more(right, around):
            continue
        said = _with_figure(left, right, around) if BOUND.match(right) else ""
        rel = joint["rel"].strip() if joint["rel"] else ""
        leads = [rel] if rel else [subject["rel"] or "", *([subject["did"]] if subject["did"] else []), "with"]
        ways = [f"with {said}"] if said else [f"{lead} {right}".strip() for lead in leads]
        yield left, [f"{subject['which'] or ''} {subject['subject']} {way}".strip() for way in ways]


def _says_more(right: str, around: Surroundings) -> bool:
    """Whether a piece of text says what holds in its period, too: not "in both 2024 | and 2025"."""
    chunks = read(right, around.lexicon, around.newest, around.oldest).chunks
    return any(c.content and c.period is None and not (c.word.values and not c.metric) for c in chunks)


def _told_apart(left: str, right: str, around: Surroundings) -> bool:
    """Whether each part of the question names periods, or values of one dimension, that the other does not."""
    one, two = set(_periods(left, around)), set(_periods(right, around))
    if one and two:
        return one != two
    here, there = (
        {
            (d, v)
            for c in read(part, around.lexicon, around.newest, around.oldest)
            if not c.metric
            for d, v in c.word.values
        }
        for part in (left, right)
    )
    return bool({d for d, _ in here - there} & {d for d, _ in there - here})


def _periods(text: str, around: Surroundings) -> list[Period]:
    """The periods that a piece of text names, those from one to another by their ends."""
    found = [c.period for c in read(text, around.lexicon, around.newest, around.oldest) if c.period is not None]
    told = (f.ends or (f.period,) for f in found if f.kind != "context")
    return list(dict.fromkeys(p for periods in told for p in periods))


def _with_figure(left: str, right: str, around: Surroundings) -> str:
    """A bound with the figure of the one before, which it leaves out: "and under 1,000 in 2025"."""
    named, own = (
        [c for c in read(part, around.lexicon, around.newest, around.oldest) if c.metric and not c.word.values]
        for part in (left, right)
    )
    if not named or own:
        return ""
    if around.layer.metric(named[-1].metric).format == "count":
        return re.sub(r"\d[\d.,]*k?\b", rf"\g<0> {named[-1].text}", right, count=1)
    return f"{named[-1].text} {right}"


def _conditions(plan: Plan) -> tuple[Cohort, ...]:
    """What a plan asks of its groups in its period; nothing where cohorts cannot say it."""
    bare = replace(plan, terms=(), dimensions=(), filters=(), periods=(), cohorts=(), having=(), order=(), notes=())
    name = plan.dimensions[0]
    if bare != Plan(()) or len(plan.periods) > 1 or len(plan.dimensions) != 1 or name.startswith("@"):
        return ()
    if any(h.growth or h.against or plan.terms[h.term] != Term(plan.terms[h.term].metric) for h in plan.having):
        return ()
    bounds = [
        Cohort(name, False, plan.terms[h.term].metric, "", h.operator, h.values, plan.filters, plan.periods)
        for h in plan.having
    ]
    if not (bounds or plan.cohorts or plan.terms) and plan.periods:
        bounds = [Cohort(name, filters=plan.filters, periods=plan.periods)]
    return (*plan.cohorts, *bounds)


def _merged(one: Plan, other: Plan) -> Plan | None:
    """Both conditions in one plan, with the figures of both periods side by side where they are of two."""
    if one.dimensions != other.dimensions:
        return None
    if set(one.filters) != set(other.filters):
        return _side_by_side(one, other)
    moved, held = (one, other) if one.compare else (other, one)
    conditions = _conditions(held)
    if held.compare or not conditions:
        return None
    if moved.compare:
        return _moved(moved, held, conditions)
    more = _conditions(moved)
    terms = tuple(dict.fromkeys((*one.terms, *other.terms)))
    if not more or one.periods == other.periods or any(t != Term(t.metric) for t in terms):
        return None
    both = tuple(dict.fromkeys((*conditions, *more)))
    if not (one.terms and other.terms):
        shown, listed = (one, other) if one.terms else (other, one)
        return replace(shown, cohorts=(*shown.cohorts, *_conditions(listed))) if terms else None
    if not (one.periods and other.periods):
        return None
    early, late = sorted((*one.periods, *other.periods), key=lambda p: p.start)
    return replace(one, terms=terms, periods=(late,), base=early, compare="previous", cohorts=both, having=(), order=())


def _side_by_side(one: Plan, other: Plan) -> Plan | None:
    """The figures of different rows beside each other, each with its bound."""
    common = tuple(f for f in one.filters if f in other.filters)
    rows = [tuple(f for f in plan.filters if f not in common) for plan in (one, other)]
    bounded = all(
        _conditions(plan) and plan.having and not plan.cohorts and len(plan.terms) == 1 for plan in (one, other)
    )
    if not bounded or not all(rows) or {f.dimension for f in rows[0]} != {f.dimension for f in rows[1]}:
        return None
    if one.periods and other.periods and one.periods != other.periods:
        return None
    terms = tuple(replace(plan.terms[0], filters=own) for plan, own in zip((one, other), rows, strict=True))
    having = (*one.having, *(replace(h, term=1) for h in other.having))
    return replace(one, terms=terms, filters=common, periods=one.periods or other.periods, having=having, order=())


def _moved(moved: Plan, held: Plan, conditions: tuple[Cohort, ...]) -> Plan | None:
    """The plan of what rose or fell, of those alone that the other condition holds for."""
    if moved.base is None or len(held.periods) > 1:
        return None
    told = [p for c in conditions for p in c.periods]
    if moved.base not in told and not set(moved.periods) & set(told):
        earlier = [p for p in told if p.end < moved.periods[0].start]
        if len(set(told)) != 1 or not earlier:
            return None
        moved = replace(moved, base=earlier[0])  # "over 20,000 in Q3 2025 … dropped in Q3 2026"
    return replace(moved, cohorts=tuple(dict.fromkeys((*moved.cohorts, *conditions))))
