"""New customers, and a figure of theirs beside them: "new customers this year and the sales they brought, per market".

New are those whose first order ever falls in the period, so their figure is that of the customers of the period who had
not ordered before it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from app.answers.plan import GRAINS, Cohort, Period, Plan, Term
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, UnclearError, planned_or_none, trimmed

_THOSE = r"(?:them|these|those)"
_WHO = rf"(?:they|these|those|each(?:\s+one)?\s+of\s+{_THOSE}|each|(?:these|those|the)\s+new(?:\s+(?:ones|customers))?)"
_DO = (
    r"(?:brought(?:\s+(?:in|us))?|bring(?:\s+in)?|generated?|made|make|spent|spend|placed?|ordered|order|bought|buy|"
    r"yielded|accounted\s+for|contributed?)"
)
_DID = rf"(?:has|have|had|did|do)?\s*(?:each\s+)?{_DO}"
_MEAN = r"(?:on\s+average|in\s+the\s+mean|average|mean|per\s+head|apiece)"
# "new customers this year and the sales they brought this year, per market", "…, and how much each of them has spent"
AND_THEIRS = re.compile(
    rf"^(?P<new>(?:[^?]*?\b)?new\s+(?:customers|clients|buyers)\b[^?]*?)\s*,?\s+(?:and|with|plus)\s+(?:also\s+)?"
    rf"(?:(?:how\s+(?P<much>much|many\s+orders)|(?P<what>(?:the\s+|their\s+)?[\w\s]+?)(?:\s+(?:that|which))?)\s+(?P<early>{_MEAN}\s+)?(?:(?:has|have|had|did|do|does)\s+)?{_WHO}\s+(?:{_MEAN}\s+)?{_DID}(?P<late>\s+{_MEAN})?"
    rf"|their\s+(?P<own>[\w\s]+?))"
    r"(?P<rest>\s*,?\s+(?:in|during|this|last|per|by|for\s+each)\b[^?]*?)?$",
    re.I,
)
_EACH = re.compile(rf"\b(?:each|{_MEAN})\b", re.I)


def plan_of_newcomers_and_theirs(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of both; None where the question has no such form. Raises UnclearError where the period is open."""
    match = AND_THEIRS.match(trimmed(question))
    if match is None:
        return None
    rest = match["rest"] or ""
    new = planned_or_none(f"{match['new']}{rest}", plan_of) or planned_or_none(match["new"], plan_of)
    figure = _figure(match, plan_of, around)
    if new is None or figure is None or len(new.plan.terms) != 1 or not new.plan.terms[0].metric:
        return None
    first = str(around.layer.metric(new.plan.terms[0].metric).meta.get("first_of") or "")
    subject = around.layer.identifier(first) if first else None
    behind = planned_or_none(f"{figure.metric.replace('_', ' ')}{rest}", plan_of) if rest else None
    if subject is None or new.plan.terms != (Term(new.plan.terms[0].metric),) or (rest and behind is None):
        return None
    if behind is not None and not _fits(behind.plan, new.plan):
        raise UnclearError("the new customers and their figure, both of one period?")
    timed = any(d.startswith("@") and d[1:] in GRAINS for d in new.plan.dimensions)
    if len(new.plan.periods) != 1 or timed or new.plan.split or new.plan.compare or new.plan.limit or new.plan.having:
        raise UnclearError("the figures of new customers: new in which one period?")
    start, label = new.plan.periods[0].start, new.plan.periods[0].label
    earlier = Period(min(around.oldest, start), start - dt.timedelta(days=1), f"before {label}")
    theirs = replace(figure, cohorts=(Cohort(subject.name, True, periods=(earlier,)),))
    return replace(new, plan=replace(new.plan, terms=(*new.plan.terms, theirs)))


def _fits(figure: Plan, new: Plan) -> bool:
    """Whether what is told behind the figure says nothing but the period and the groups of the new customers."""
    return figure.periods in ((), new.periods) and {*figure.dimensions} <= {*new.dimensions} and not figure.filters


def _figure(match: re.Match[str], plan_of: PlanOf, around: Surroundings) -> Term | None:
    """The figure that is told of them: a sum, or with "each" and "on average" that per customer."""
    name = "orders" if (match["much"] or "").startswith("many") else match["what"] or match["own"]
    name = re.sub(r"^(?:the|their)\s+", "", (name or around.layer.main_metric.label).strip(), flags=re.I)
    clause = match[0][match.end("new") :]
    mean = _EACH.search(clause) is not None and not re.search(r"\b(?:for|in)\s+each\b", clause, re.I)
    told = re.sub(rf"\b{_MEAN}\s+", "", name, flags=re.I) if mean else name
    planned = planned_or_none(f"{told} per customer" if mean else f"total {told}", plan_of) or planned_or_none(
        name, plan_of
    )
    if planned is None or planned.plan != Plan(planned.plan.terms, notes=planned.plan.notes):
        return None
    term = planned.plan.terms[0] if len(planned.plan.terms) == 1 else Term()
    return term if term.metric and term == Term(term.metric) else None
