"""Members with rows of one kind alone: customers who only bought at a discount, who returned all of their orders.

What is counted or listed and the kind are planned apart; none of the members' rows may be of another kind.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from app.answers.layer import Layer
from app.answers.plan import Cohort, Filter, Period, Plan, Term
from app.answers.planning.conditions_of_members import counts_lines, members_counted
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, UnclearError, planned_or_none, trimmed
from app.answers.planning.wholes import SHARE

_WHO = r"(?:customers?|clients?|buyers?|products?|articles?|countries|cities|states|sub-?categories)"
_PEOPLE = r"(?:customers?|clients?|buyers?)"
_HELPS = r"(?:(?:were|was|are|is|have|has|had|did)\s+)?(?:(?:ever|been)\s+)*"
_ONLY = r"(?:only|exclusively|solely|always)"
_VERB = r"(?:sold|bought|ordered|purchased)"
EXCLUSIVE = re.compile(
    rf"^(?P<before>.*\b(?P<who>{_WHO})\b[^,:;?]*?)\s+(?:(?:who|that|which)\s+)?{_HELPS}"
    rf"(?:{_ONLY}\s+(?:(?:ever|been)\s+)*(?P<one>{_VERB})|(?P<two>{_VERB})\s+(?:{_ONLY}|nothing\s+but))\s+(?P<rest>.+)$",
    re.I,
)
_EVERY = r"(?:all|each|every)(?:\s+single|\s+and\s+every)?(?:\s+one)?(?:\s+of)?"
_THEIRS = (
    rf"{_EVERY}\s+(?:(?:their|its|the)\s+)?orders?(?:\s+of\s+theirs)?(?:\s+(?:that\s+)?they\s+(?:ever\s+)?placed)?"
)
ALL_RETURNED = re.compile(
    rf"^(?P<before>.*\b(?P<who>{_PEOPLE})\b[^,:;?]*?)\s+(?:(?:who|that|and)\s+)?(?:"
    rf"{_HELPS}(?:returned\s+(?:{_THEIRS}|{_EVERY}\s+them)|(?:had\s+)?{_THEIRS}\s+returned)"
    rf"|(?:whose\s+{_EVERY}\s+orders?|all\s+(?:of\s+)?whose\s+orders)\s+{_HELPS}returned"
    r"|(?:only\s+(?:had|have|placed)|(?:had|have|placed)\s+(?:only|nothing\s+but))\s+(?:returned\s+orders|orders\s+(?:that|which)\s+were\s+returned)"
    rf"|whose\s+orders\s+(?:were\s+all|have\s+all\s+been|all\s+were)\s+returned)(?P<rest>(?:[\s,].*)?)$",
    re.I,
)
_TAIL = re.compile(
    r"\s*(?:,|\s(?=(?:in|during|by|per|for|since|of|from|last|this|each|split|and|with|but|\d{4})\b))\s*", re.I
)
SHARED = re.compile(
    rf"^(?:(?:what|which)\s+(?:is\s+the\s+)?|the\s+)?{SHARE}\s+of\s+(?:all\s+)?(?:the\s+|our\s+)?(?P<whole>.+)$", re.I
)
NUMBER = re.compile(r"(?:once|twice|one|two|three|a\s+single|single|a\s+few|\d+)\b", re.I)  # how often, not what
_OPPOSITE = {"in": "not_in", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def plan_of_nothing_else(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of members all of whose rows are of one kind; None where the question tells no such kind.

    Raises UnclearError where it tells one that is not understood.
    """
    text = trimmed(question)
    returned = ALL_RETURNED.match(text)
    found = returned or EXCLUSIVE.match(text)
    if found is None or (not returned and NUMBER.match(found["rest"])):
        return None
    for kind, tail in [("returned", found["rest"])] if returned else _endings(found["rest"]):
        others = _other_rows(kind, plan_of, around)
        planned = _members(found, tail, plan_of) if others is not None else None
        key = _key_of(found["who"], planned.plan, around.layer) if planned is not None else ""
        if others is None or planned is None or not key:
            continue
        plan = planned.plan
        if plan.missing or plan.time or plan.compare or plan.split or (plan.periods and others.periods):
            break
        cohort = replace(others, dimension=key, periods=others.periods or plan.periods)
        if SHARED.match(found["before"]):
            terms = (replace(plan.terms[0], share=True, cohorts=(cohort,)),)
            return replace(planned, plan=replace(plan, terms=terms)) if len(plan.terms) == 1 else None
        return replace(planned, plan=replace(plan, cohorts=(*plan.cohorts, cohort)))
    if returned:
        raise UnclearError("all of their orders, or at least one?")
    if not re.fullmatch(_PEOPLE, found["who"], re.I):
        raise UnclearError("nothing but what? One kind at a time, please")
    return None  # the rules know what customers only bought


def _endings(rest: str) -> Iterator[tuple[str, str]]:
    """Each way to end the words of the kind, the longest first, with what follows them."""
    yield rest, ""
    for place in reversed(list(_TAIL.finditer(rest))):
        yield rest[: place.start()], re.sub(r"^(?:and|but)\s+(?:have|has|had|with)\s", "with ", rest[place.end() :])


def _members(found: re.Match[str], tail: str, plan_of: PlanOf) -> Planned | None:
    """The plan of the members, whatever their rows are."""
    person, shared = re.fullmatch(_PEOPLE, found["who"], re.I), SHARED.match(found["before"])
    before = f"how many {shared['whole']}" if shared is not None else found["before"]
    did = "who ordered" if person else "sold"
    for words in ("", did) if person else (did, ""):
        planned = planned_or_none(f"{before} {words} {tail}".strip(), plan_of)
        if planned is not None:
            return planned
    return None


def _key_of(who: str, plan: Plan, layer: Layer) -> str:
    """The dimension that tells the members apart which a plan counts or lists, "" where it does neither."""
    about = "customer" if re.fullmatch(_PEOPLE, who, re.I) else "product" if who.lower()[:2] in ("pr", "ar") else ""
    listed = [d for d in plan.dimensions if not d.startswith("@")]
    named = re.sub(r"ies$", "y", who.lower().replace("-", "")).removesuffix("s")
    distinct = [t.distinct for t in plan.terms if t == Term(distinct=t.distinct)]
    same = [d for d in (*listed, *distinct) if (layer.dimension(d).identifies == about if about else d == named)]
    counted = members_counted(layer, plan)
    if counted is not None and counted.key and layer.dimension(counted.key).identifies == about:
        return counted.key
    identified, entity = layer.identifier(about), layer.main.entity(about)
    terms = [t for t in plan.terms if t == Term(t.metric) and t.metric]
    if identified is not None and entity is not None and len(terms) == len(plan.terms) == 1:
        leaves = layer.leaves(layer.metric(terms[0].metric))
        if len(leaves) == 1 and (leaves[0].aggregation, leaves[0].expr) == ("count_distinct", entity.expr):
            return identified.name
    return same[0] if len(same) == 1 else ""


def _other_rows(kind: str, plan_of: PlanOf, around: Surroundings) -> Cohort | None:
    """The rows that are not of a kind, as what members may not have; None where its words are not understood."""
    for question in (
        f"how many order lines were {kind}",
        f"how many {kind} order lines",
        f"how many order lines {kind}",
    ):
        planned = planned_or_none(question, plan_of)
        plan = planned.plan if planned is not None else None
        if plan is None or replace(plan, filters=(), periods=()) != Plan(plan.terms):
            continue
        counts = len(plan.terms) == 1 and plan.terms[0] == Term(plan.terms[0].metric) and plan.terms[0].metric
        if not counts or not counts_lines(around.layer, around.layer.metric(plan.terms[0].metric)):
            continue
        if len(plan.filters) == 1 and not plan.periods and plan.filters[0].operator in _OPPOSITE:
            f = plan.filters[0]
            return Cohort("", True, filters=(Filter(f.dimension, _OPPOSITE[f.operator], f.values),))
        if len(plan.periods) == 1 and not plan.filters:
            return Cohort("", True, periods=_outside(plan.periods[0], around))
    return None


def _outside(period: Period, around: Surroundings) -> tuple[Period, ...]:
    """What lies before and after a period, as far as there is data."""
    day = dt.timedelta(days=1)
    spans = (
        Period(around.oldest, period.start - day, f"before {period.label}"),
        Period(period.end + day, around.newest, f"after {period.label}"),
    )
    return tuple(span for span in spans if span.start <= span.end)
