"""Two numbers of the same things: "how many placed one order, and how many at least five", "how many of those …".

Each number is planned as a question of its own; they then stand side by side, each with its own condition.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.answers.layer import Layer
from app.answers.plan import Cohort, Filter, Period, Plan, Term
from app.answers.planning.conditions_of_members import Members, conditions_of, members_counted
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, UnclearError, planned_or_none, trimmed

_NOUN = r"(?P<noun>(?:[\w'-]+\s+){0,3}?(?:customers|clients|buyers|shoppers|orders|products|order\s+lines|lines))"
# "how many customers placed exactly one order, and how many placed at least five"
JOINED = re.compile(
    rf"^how\s+many\s+(?:of\s+(?:our|the)\s+)?{_NOUN}\s+(?P<one>.+?)\s*,?\s*(?:,|;|and)\s*how\s+many\s+"
    r"(?P<of>of\s+(?:them|those|these)(?:\s+[\w]+)?\s+)?(?P<two>.+)$",
    re.I,
)
# "of the orders placed in 2025, how many were returned, and how many of those returns were completed"
OF_WHOLE = re.compile(
    rf"^(?:of|among|amongst|out\s+of|from)\s+(?:all\s+)?(?:the\s+|our\s+)?{_NOUN}(?P<whole>\s+[^,:;?]+?)?\s*[,:]\s*how\s+many\s+(?P<one>.+?)\s*,?\s*(?:,|;|and)\s*how\s+many\s+"
    r"(?P<of>of\s+(?:them|those|these)(?:\s+[\w]+)?\s+)?(?P<two>.+)$",
    re.I,
)
# "of the customers whose first order was in 2023, how many ordered in 2024, how many in 2025 and how many in 2026"
SEVERAL = re.compile(
    rf"^(?:of|among|amongst|out\s+of|from)\s+(?:all\s+)?(?:the\s+|our\s+)?{_NOUN}(?P<whole>\s+[^,:;?]+?)?\s*[,:]\s*how\s+many\s+(?P<parts>.+)$",
    re.I,
)
_NEXT_NUMBER = re.compile(r"\s*,?\s*(?:,|;|\band\b)\s*how\s+many\s+", re.I)
# "how many … did not come back? By market, along with the total number of customers of 2025"
WITH_ALL = re.compile(
    rf"^how\s+many\s+(?P<part>{_NOUN}\s+.+?)\s*[?.,;]?\s*(?:\b(?P<by>(?:by|per|for\s+each|in\s+each)\s+[\w-]+(?:\s[\w-]+)?)\s*)?,?\s+"
    r"(?:along\s+with|together\s+with|as\s+well\s+as|next\s+to|beside|alongside|(?:and|plus)(?=\s+(?:the\s+)?(?:total|overall)\b))\s+(?:the\s+)?(?:total\s+|overall\s+)?(?:number\s+of|count\s+of|how\s+many)\s+"
    r"(?:all\s+)?(?:the\s+)?(?P<all>.+?)(?:,?\s+(?P<behind>(?:by|per|for\s+each|in\s+each)\s+[\w-]+(?:\s[\w-]+)?))?$",
    re.I,
)
_VERB = re.compile(
    r"^(?:have|has|had|did|do|were|was|are|placed|ordered|bought|purchased|contain\w*|include\w*|made|spent|returned|came|got|never|only|went|shipped|sold)\b",
    re.I,
)
_NUMBER = r"(?:\d{1,3}(?!\d)|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)"
_RETURNS = re.compile(r"\b(?:returns|returned)\b", re.I)
_STATUS = re.compile(r"^(?:were|was|are|got|have\s+been|had\s+been|is)\s+(?P<status>[\w\s]+)$", re.I)


def plan_of_two_counts(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of numbers side by side; None where the question asks none, or they are not of the same things."""
    numbers = question.lower().count("how many")
    text = trimmed(question)
    if numbers > 2 and (several := SEVERAL.match(text)) is not None:
        return _several(several, plan_of, around)
    if numbers != 2:
        return _with_all(text, plan_of, around.layer)
    whole = OF_WHOLE.match(text)
    match = whole or JOINED.match(text)
    if match is None:
        return None
    told = f"{match['noun']}{(whole['whole'] or '') if whole is not None else ''}"
    # "how many placed one order, and how many at least five": the verb is told once
    verb = _VERB.match(match["one"])
    two = match["two"] if _VERB.match(match["two"]) or verb is None else f"{verb[0]} {match['two']}"
    two = _with_the_thing(match["one"], two)
    first = _counted(told, match["one"], plan_of)
    second = _status_of_returns(told, match, plan_of) if match["of"] else _counted(told, two, plan_of)
    if first is None or second is None:
        return None
    if match["of"] and second is not None and not _RETURNS.search(match["of"]):
        raise UnclearError("how many of all of them, or of those counted first?")
    return _together((first, second), around.layer)


def _several(match: re.Match[str], plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """ "How many ordered in 2024, how many in 2025 and how many in 2026": each as if it was asked alone."""
    told = f"{match['noun']}{match['whole'] or ''}"
    clauses = [part.strip(" ,;") for part in _NEXT_NUMBER.split(match["parts"])]
    verb = _VERB.match(clauses[0])
    if verb is None or any(re.match(r"of\s+(?:them|those|these)\b", clause, re.I) for clause in clauses):
        return None
    counted = [_counted(told, c if _VERB.match(c) else f"{verb[0]} {c}", plan_of) for c in clauses]
    found = [planned for planned in counted if planned is not None]
    return _together(found, around.layer) if len(found) == len(counted) else None


def _together(counted: Sequence[Planned], layer: Layer) -> Planned | None:
    plan = _side_by_side(layer, [planned.plan for planned in counted])
    notes = tuple(note for planned in counted for note in planned.notes)
    return Planned(plan, min(planned.confidence for planned in counted), notes) if plan is not None else None


def _with_all(text: str, plan_of: PlanOf, layer: Layer) -> Planned | None:
    """The number of a part and that of the whole that it is of, for each group; None where one is no part of the other.

    Raises UnclearError where both are told, and they do not go together.
    """
    match = WITH_ALL.match(text)
    if match is None:
        return None
    by = match["by"] or match["behind"] or ""
    part, whole = (planned_or_none(f"how many {told} {by}".strip(), plan_of) for told in (match["part"], match["all"]))
    members = members_counted(layer, whole.plan) if whole is not None else None
    if part is None or whole is None or members is None:
        return None
    counted = members_counted(layer, part.plan)
    if counted != members:
        if counted is not None and set(part.plan.cohorts) - set(whole.plan.cohorts):
            raise UnclearError(f"{members.metric.label.lower()} of those alone, or of all?")
        return None
    if part.plan.tally or whole.plan.tally:
        return None
    left = _own(part.plan, whole.plan.filters, whole.plan.cohorts)
    bare = [replace(p.plan, filters=(), cohorts=(), notes=()) for p in (part, whole)]
    within = set(whole.plan.filters) <= set(part.plan.filters) and set(whole.plan.cohorts) <= set(part.plan.cohorts)
    if not (left.filters or left.cohorts):
        return None
    if bare[0] != bare[1] or not within:
        raise UnclearError("these and the whole that they are of: both of one period and of the same groups?")
    plan = replace(whole.plan, terms=(left, *whole.plan.terms))
    return Planned(plan, min(part.confidence, whole.confidence), (*part.notes, *whole.notes))


def _with_the_thing(one: str, two: str) -> str:
    """ "Placed one order … placed at least five": five of what was told first."""
    thing = re.search(rf"\b{_NUMBER}\s+(?P<thing>[a-z]+)\b", one, re.I)
    bare = re.search(rf"\b{_NUMBER}(?:\s+or\s+more)?(?=\s*$|\s+(?:in|during|since|before|by|per)\b)", two, re.I)
    if thing is None or bare is None or re.search(r"\b(?:in|of|than\s+in)\s+(?:19|20)\d\d$", two[: bare.end()]):
        return two
    noun = thing["thing"] if thing["thing"].endswith("s") else f"{thing['thing']}s"
    return f"{two[: bare.end()]} {noun}{two[bare.end() :]}"


def _counted(told: str, clause: str, plan_of: PlanOf) -> Planned | None:
    joined = (
        f"{told} who {clause}"
        if re.search(r"\d{4}$", told) and re.search("customers|clients|buyers", told)
        else f"{told} {clause}"
    )
    return planned_or_none(f"how many {joined}", plan_of)


def _status_of_returns(told: str, match: re.Match[str], plan_of: PlanOf) -> Planned | None:
    """ "How many of those returns were completed": those of the orders whose return is of that status."""
    status = _STATUS.match(match["two"])
    base = planned_or_none(f"how many {told} {match['one']}", plan_of)
    named = planned_or_none(f"returns with status {status['status']}", plan_of) if status is not None else None
    returned = {v for f in base.plan.filters for v in f.values} if base is not None else set()
    if base is None or named is None or returned & {"returned"} == set() or len(named.plan.filters) != 1:
        return None
    kept = tuple(f for f in base.plan.filters if "returned" not in f.values)
    if replace(named.plan, terms=(), filters=(), time="") != Plan(()):
        return None
    return replace(base, plan=replace(base.plan, filters=(*kept, *named.plan.filters), time=""))


def _side_by_side(layer: Layer, plans: Sequence[Plan]) -> Plan | None:
    """All numbers in one plan: what they share stays outside, what tells them apart is each number's own."""
    members = [members_counted(layer, plan) for plan in plans]
    first = members[0]
    if first is None or any(other != first for other in members):
        return None
    if len({bool(_periods(plan)) for plan in plans}) > 1:
        raise UnclearError("each number of the same period, or one of all time?")
    bare = [replace(p, terms=(), filters=(), cohorts=(), periods=(), tally="", dimensions=()) for p in plans]
    if any(plan != Plan(()) for plan in bare):
        return None
    common = tuple(c for c in plans[0].cohorts if all(c in p.cohorts for p in plans))
    if all(p.periods == plans[0].periods and not p.tally for p in plans):
        shared = tuple(f for f in plans[0].filters if all(f in p.filters for p in plans))
        terms = tuple(_own(p, shared, common) for p in plans)
        if not all(t.filters or t.cohorts for t in terms):
            raise UnclearError("how many of what kind, each of them?")
        base = Plan(terms, filters=shared, cohorts=common, periods=plans[0].periods)
    else:
        made = [_as_cohorts(p, first) for p in plans]
        if any(cohorts is None for cohorts in made):
            return None
        own = [tuple(c for c in cohorts or () if c not in common) for cohorts in made]
        base = Plan(tuple(Term(first.metric.name, cohorts=c) for c in own), cohorts=common)
    return base if len(set(base.terms)) == len(plans) else None


def _periods(plan: Plan) -> tuple[Period, ...]:
    return (*plan.periods, *(p for c in plan.cohorts for p in c.periods))


def _own(plan: Plan, shared: tuple[Filter, ...], common: tuple[Cohort, ...]) -> Term:
    return replace(
        plan.terms[0],
        filters=tuple(f for f in plan.filters if f not in shared),
        cohorts=tuple(c for c in plan.cohorts if c not in common),
    )


def _as_cohorts(plan: Plan, members: Members) -> tuple[Cohort, ...] | None:
    return conditions_of(plan if plan.tally else replace(plan, dimensions=()), members)
