"""How many different things one has on average: subcategories per customer, products per order, ship modes per month.

The things and those who have them are planned apart; the figure is the mean, median, … of the counts of each of them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from app.answers.layer import Layer
from app.answers.plan import Plan, Term
from app.answers.planning.conditions_of_members import Members, has_one, members_counted
from app.answers.planning.outcome import Planned, PlanOf, planned_or_none, trimmed

_KINDS = {
    "average": "average", "mean": "average", "avg": "average", "typical": "average", "median": "median",
    "maximum": "maximum", "highest": "maximum", "minimum": "minimum", "lowest": "minimum",
}  # fmt: skip
_DIFFERENT = r"(?:different|distinct|unique)\s+"
_WHO = r"(?P<who>(?:[\w-]+\s+){0,2}?(?:customer|client|buyer|order|product))"
_ON_AVERAGE = re.compile(r"[,\s]*\b(?:on\s+average|in\s+the\s+mean)\b[,\s]*", re.I)
ASKED = re.compile(
    rf"^how\s+many\s+(?:{_DIFFERENT})?(?P<what>[\w\s-]+?)\s+(?:did|does|do|has|have|is|are)\s+(?:an?|each|one|the\s+average|our)\s+{_WHO}s?\b"
    r"(?P<rest>.*)$",
    re.I,
)
NAMED = re.compile(
    rf"^(?:what\s+(?:is|was)\s+|give\s+me\s+|show\s+me\s+)?(?:the\s+)?(?P<kind>{'|'.join(_KINDS)})\s+(?:number|count)\s+of\s+"
    rf"(?P<different>{_DIFFERENT})(?P<what>[\w\s-]+?)\s+(?:per|by\s+an?|by\s+each|for\s+each|of\s+an?|bought\s+(?:by|per)(?:\s+an?|\s+each)?)\s+{_WHO}\b"
    r"(?P<rest>.*)$",
    re.I,
)
_DANGLING = re.compile(r"\b(?:from|of|in|with)(?=\s+(?:in|during|last|this|by|since|per)\b|\s*$)", re.I)


def plan_of_variety(question: str, plan_of: PlanOf, layer: Layer) -> Planned | None:
    """The plan of a mean number of different things; None where the question asks no such figure."""
    text = trimmed(question)
    asked, averaged = ASKED.match(_ON_AVERAGE.sub(" ", text).strip()), bool(_ON_AVERAGE.search(text))
    match = NAMED.match(text) or (asked if averaged else None)
    if match is None:
        return None
    kind = _KINDS[match["kind"].lower()] if "kind" in match.re.groupindex else "average"
    things, owners = (
        planned_or_none(f"how many {match['what']}", plan_of),
        _owners(match["who"], match["rest"], plan_of),
    )
    members = members_counted(layer, owners.plan) if owners is not None else None
    if things is None or owners is None or members is None or not members.key or owners.plan.tally:
        return None
    counted = _counted(layer, things.plan)
    if counted is None or _is_always_one(layer, counted, members):
        return None
    plan = replace(owners.plan, terms=(replace(counted, aggregate=kind, over=members.key),))
    return Planned(plan, min(things.confidence, owners.confidence), (*things.notes, *owners.notes))


def _is_always_one(layer: Layer, counted: Term, members: Members) -> bool:
    """ "How many customers does an order have": nobody means to ask that."""
    about = next((m.meta.get("about") for m in layer.metrics.values() if m.name == counted.metric), "")
    return about in ("customer", members.metric.meta.get("about")) or (
        bool(counted.distinct) and has_one(layer, members, counted.distinct)
    )


def _owners(who: str, rest: str, plan_of: PlanOf) -> Planned | None:
    """The plan that counts those who have the things, with what is said of them and of the time."""
    return planned_or_none(f"how many {who}s {_DANGLING.sub('', rest).strip()}".strip(), plan_of)


def _counted(layer: Layer, plan: Plan) -> Term | None:
    """What is counted by its different values: a dimension, or a metric of a distinct count."""
    if len(plan.terms) != 1 or plan != Plan(plan.terms):
        return None
    term = plan.terms[0]
    if term == Term(distinct=term.distinct):
        return term
    metric = layer.metric(term.metric) if term == Term(term.metric) else None
    sold = next(
        (
            m
            for m in layer.metrics.values()
            if metric is not None
            and m.measure == metric.measure
            and not m.meta.get("population")
            and m.kind == "simple"
        ),
        None,
    )
    distinct = sold is not None and sold.kind == "simple" and layer.leaves(sold)[0].aggregation == "count_distinct"
    return Term(sold.name) if sold is not None and distinct and not sold.meta.get("first_of") else None
