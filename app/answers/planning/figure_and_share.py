"""A figure and its share of another: "shipping cost in 2025, and what proportion of revenue did it represent?"."""

from __future__ import annotations

import re
from dataclasses import replace

from app.answers.layer import Layer
from app.answers.plan import Plan, Term
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, UnclearError, planned_or_none, trimmed
from app.answers.planning.wholes import SHARE

_IT = r"(?:it|that|this|they|these)"
_IS = (
    r"(?:represents?|accounts?\s+for|makes?\s+up|amounts?\s+to|comes?\s+to|constitutes?|corresponds?\s+to|equals?|form|"
    r"be|stand\s+for|contribute)"
)
_WHOLE = r"(?P<whole>(?:[\w']+\s+){0,6}?[\w']+)"
AND_ITS_SHARE = re.compile(
    rf"^(?P<figure>.{{5,}}?)\s*[,;.?–-]*\s+(?:and|plus|as\s+well\s+as)\s+(?:(?:what|which)\s+(?:(?:is|was)\s+the\s+)?|the\s+)?"
    rf"{SHARE}\s+of\s+{_WHOLE}\s+(?:(?:did|does|do|would)\s+{_IT}\s+{_IS}|(?:is|was|are|were)\s+{_IT}|(?:that\s+)?{_IT}\s+(?:is|was|are|were|{_IS}|represented|accounted\s+for|made\s+up))$",
    re.I,
)
# "how many of those whose first order was in 2024 ordered in 2025, and what fraction of them is that"
_OF_THEM = re.compile(
    r"(?:all\s+(?:of\s+)?)?(?:them|these|those|the\s+whole(?:\s+group)?|(?:that|this|the|those|these)\s+(?:(?:19|20)\d\d\s+)?(?:group|cohort|set|customers|clients|buyers|people|orders|year['’]s\s+(?:newcomers|new\s+customers)))",
    re.I,
)
_HOW_MANY = re.compile(r"\bhow\s+many\b", re.I)
# "how much of our 2025 sales came from new customers? Amount and share, per market"
BOTH_SHOWN = re.compile(
    r"^(?P<asked>(?:how\s+(?:much|many)\s+of|(?:what|which)\s+(?:part|share|portion)\s+of)\s+.+?)\s*[?.,;:(–-]+\s*(?:(?:please|show|give|state|as|both|the|i|me|want|need|would\s+like)\s+)*"
    rf"(?:amount|value|sum|number|figure|total)s?\s+and\s+(?:the\s+|as\s+an?\s+|its\s+)?{SHARE}\)?(?P<group>\s*,?\s*(?:per|by|for\s+each|in\s+each)\s+[\w\s-]+)?$",
    re.I,
)
# "customers whose last order was before 2025, by market, and as a fraction of all that market's customers"
AND_AS_SHARE = re.compile(
    rf"^(?P<figure>.{{5,}}?)\s*,?\s*(?:and|plus)\s+(?:also\s+)?as\s+an?\s+{SHARE}\s+of\s+(?:all\s+)?(?:of\s+)?(?:(?:that|the|each|its|their|our)\s+)?(?:(?P<group>\w+)['’]s\s+)?(?:all\s+)?(?P<noun>customers|clients|buyers|orders|products)(?:\s+(?:there|in\s+(?:that|the|each)\s+(?P<place>\w+)))?$",
    re.I,
)
# "customers who …: what percent of the customers of 2026 are they?"
THEIR_SHARE = re.compile(
    rf"^(?P<which>(?!how\b|what\b|which\b|of\b|among\b).{{6,}}?)\s*(?:[:;,–]|\s-)\s*(?:and\s+)?(?:what|which)\s+{SHARE}\s+of\s+{_WHOLE}\s+"
    rf"(?:(?:are|were|is|was)\s+(?:they|those|these|that|it)|(?:do|did|does)\s+(?:they|those|these|that|it)\s+{_IS})$",
    re.I,
)
_ALL = re.compile(
    r"\b(?:the|our|all|of|total|overall|whole|company's|company|entire|grand|everything|it|year['’]s)\b", re.I
)


def plan_of_figure_and_share(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of both figures; None where it is another question. Raises UnclearError where the whole is not clear."""
    text = trimmed(question)
    if (match := BOTH_SHOWN.match(text)) is not None:
        return _beside_its_share(f"{match['asked']}{match['group'] or ''}", plan_of)
    if (match := AND_AS_SHARE.match(text)) is not None:
        return _of_all_there(match, plan_of)
    match = AND_ITS_SHARE.match(text)
    if match is None:
        return None
    if _OF_THEM.fullmatch(match["whole"].strip()) and _HOW_MANY.search(match["figure"]):
        for instead in ("what share", "what share of"):
            of_them = _beside_its_share(_HOW_MANY.sub(instead, match["figure"], count=1), plan_of)
            if of_them is not None and (of_them.plan.cohorts or of_them.plan.periods):  # a whole that is told
                return of_them
    told = plan_of(match["figure"])
    plan = told.plan
    rest = replace(plan, terms=(), filters=(), cohorts=(), periods=(), time="", notes=())
    if len(plan.terms) != 1 or not plan.terms[0].metric or plan.terms[0] != Term(plan.terms[0].metric):
        raise UnclearError("the share of which figure?")
    if rest != Plan(terms=()):
        raise UnclearError("a share for each of them, or of all of them together?")
    name = plan.terms[0].metric
    if (part := part_of_told(plan, match["whole"], plan_of)) is not None:
        return replace(told, plan=part)
    whole = _whole_of(match["whole"], name, plan_of)
    return replace(
        told, plan=_of_itself(plan, around.layer) if whole == name else _of_another(plan, whole, around.layer)
    )


def _beside_its_share(question: str, plan_of: PlanOf) -> Planned | None:
    """The part of a whole that a question asks the share of, and the share; None where it asks no such share."""
    planned = planned_or_none(question, plan_of)
    if planned is None or len(planned.plan.terms) != 1 or planned.plan.tally:
        return None
    share = planned.plan.terms[0]
    if not share.share or not (share.filters or share.cohorts):
        return None
    return replace(planned, plan=replace(planned.plan, terms=(replace(share, share=False), share), order=()))


def _of_all_there(match: re.Match[str], plan_of: PlanOf) -> Planned | None:
    """The number of those of a kind, for each group, and their share of all that there are in the group."""
    told, whole = planned_or_none(match["figure"], plan_of), planned_or_none(f"how many {match['noun']}", plan_of)
    if told is None or whole is None or len(told.plan.terms) != 1 or told.plan.terms != whole.plan.terms:
        return None
    plan, group = told.plan, match["group"] or match["place"]
    rest = replace(plan, terms=(), filters=(), cohorts=(), dimensions=())
    named = planned_or_none(f"how many {match['noun']} by {group}", plan_of) if group else None
    if rest != Plan(()) or not plan.cohorts or (named is not None and named.plan.dimensions != plan.dimensions):
        return None
    part = replace(plan.terms[0], cohorts=plan.cohorts)
    return replace(told, plan=replace(plan, terms=(part, replace(part, share=True)), cohorts=()))


def plan_of_their_share(question: str, plan_of: PlanOf, _around: Surroundings) -> Planned | None:
    """The plan of the share alone that those told first have in a whole; None where it is another question."""
    match = THEIR_SHARE.match(trimmed(question))
    told = planned_or_none(f"how many {match['which']}", plan_of) if match is not None else None
    if match is None or told is None or len(told.plan.terms) != 1 or told.plan.tally:
        return None
    part = part_of_told(told.plan, re.sub(r"^(?:all\s+)?(?:the|our)\s+", "", match["whole"], flags=re.I), plan_of)
    return replace(told, plan=replace(part, terms=part.terms[1:])) if part is not None else None


def part_of_told(plan: Plan, whole: str, plan_of: PlanOf) -> Plan | None:
    """ "How many Same Day lines of 2025 took …, and what share of all Same Day lines of 2025 is that": both told."""
    planned = planned_or_none(f"how many {re.sub('^all ', '', whole.strip(), flags=re.I)}", plan_of)
    other = planned.plan if planned is not None else None
    if other is None or replace(other, filters=(), periods=()) != Plan(plan.terms):
        return None
    if other.periods and other.periods != plan.periods:
        return None
    left = tuple(f for f in plan.filters if f not in other.filters)
    if not set(other.filters) <= set(plan.filters) or not (left or plan.cohorts):
        return None
    part = replace(plan.terms[0], filters=left, cohorts=plan.cohorts)
    return replace(plan, terms=(part, replace(part, share=True)), filters=other.filters, cohorts=())


def _whole_of(text: str, name: str, plan_of: PlanOf) -> str:
    """The metric of the whole, which is that of the figure in "of the total"."""
    left = _ALL.sub(" ", text).strip()
    if not left:
        return name
    plan = plan_of(f"total {left}").plan
    if (
        len(plan.terms) != 1
        or plan != Plan(plan.terms, notes=plan.notes)
        or plan.terms[0] != Term(plan.terms[0].metric)
    ):
        raise UnclearError("a share of which whole?")
    return plan.terms[0].metric


def _of_itself(plan: Plan, layer: Layer) -> Plan:
    """A part of the rows and its share of all rows."""
    if len(plan.filters) + len(plan.cohorts) != 1:
        raise UnclearError("a share of the whole business, or of which part of it?")
    metric = layer.metric(plan.terms[0].metric)
    if metric.kind == "ratio" or metric.format not in ("money", "count"):
        raise UnclearError("a share is of an amount or of a number: which one?")
    part = Term(metric.name, filters=plan.filters, cohorts=plan.cohorts)
    return replace(plan, terms=(part, replace(part, share=True)), filters=(), cohorts=())


def _of_another(plan: Plan, whole: str, layer: Layer) -> Plan:
    """A figure and the declared ratio of it to another."""
    name = plan.terms[0].metric
    ratio = next(
        (m for m in layer.metrics.values() if m.kind == "ratio" and (m.numerator, m.denominator) == (name, whole)), None
    )
    if ratio is None:
        raise UnclearError(f"a share of {layer.metric(whole).label.lower()}, or of which whole?")
    return replace(plan, terms=(*plan.terms, Term(ratio.name)))
