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
# "customers who …: what percent of the customers of 2026 are they?"
THEIR_SHARE = re.compile(
    rf"^(?P<which>(?!how\b|what\b|which\b|of\b|among\b).{{6,}}?)\s*(?:[:;,–]|\s-)\s*(?:and\s+)?(?:what|which)\s+{SHARE}\s+of\s+{_WHOLE}\s+"
    rf"(?:(?:are|were|is|was)\s+(?:they|those|these|that|it)|(?:do|did|does)\s+(?:they|those|these|that|it)\s+{_IS})$",
    re.I,
)
_ALL = re.compile(r"\b(?:the|our|all|of|total|overall|whole|company's|company|entire|grand|everything|it)\b", re.I)


def plan_of_figure_and_share(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of both figures; None where it is another question. Raises UnclearError where the whole is not clear."""
    match = AND_ITS_SHARE.match(trimmed(question))
    if match is None:
        return None
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
