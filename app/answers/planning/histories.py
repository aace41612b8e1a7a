"""Customers by what they did when: a last order in a period, a first one ever, nothing of a kind in that year.

The clause that tells the history is taken out of the question; what is left is planned by itself, and the history joins
it as conditions on the customers. Whose period it is must be told outright.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from app.answers.plan import Cohort, Period, Plan
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, UnclearError, planned_or_none, trimmed
from app.answers.planning.wholes import SHARE

_WHO = r"(?:customers|clients|buyers|shoppers)"
_ORDER = r"(?:orders?|purchases?)"
_LAST = r"(?:last|latest|most\s+recent|final)"
_PERIOD = r"(?P<period>(?:the\s+)?[\w,' -]+?)"
_END = r"(?=\s*[?.!]*$|\s*[,;]|\s+(?:by|per|in\s+each|for\s+each|and\s+how)\b)"
_WHEN = r"(?P<how>in|on|during|before|prior\s+to|since|after)\s+"
# "placed their last order before 2025", "whose most recent order was in March 2025", "last ordered in 2024"
LAST_ORDER = re.compile(
    rf"\s+(?:(?:who|that)\s+)?(?:(?:placed|made|had|gave\s+us)\s+(?:their|his|its)\s+(?:very\s+)?{_LAST}\s+(?:ever\s+)?{_ORDER}|"
    rf"whose\s+(?:very\s+)?{_LAST}\s+(?:ever\s+)?{_ORDER}\s+(?:ever\s+)?(?:was|is|were|dates?|dated|lies|fell|falls|came|happened)(?:\s+(?:placed|made|dated|from|back\s+to))?|"
    rf"{_LAST}\s+(?:ordered|bought|purchased))\s+{_WHEN}{_PERIOD}{_END}",
    re.I,
)
# "and had never ordered before", "but had not bought anything before that"
NEVER_BEFORE = re.compile(
    r"\s*,?\s+(?:(?:and|but)\s+)?(?:who\s+|they\s+)?(?:(?:had|have)\s+)?(?:never|not|did\s+not|didn['’]t|hadn['’]t)\s+(?:ever\s+|yet\s+|once\s+)?"
    r"(?:ordered|order|bought|buy|purchased|placed\s+an(?:other)?\s+order|placed\s+any\s+orders?|been\s+customers)(?:\s+(?:anything|something))?(?:\s+from\s+us)?"
    r"\s+(?:before(?:\s+(?:that|then|that\s+year|that\s+month|that\s+quarter))?|earlier|previously)(?=\s*[?.!]*$|\s*,)",
    re.I,
)
# "i.e. have gone quiet since": what follows from the last order
_QUIET = re.compile(
    r"\s*[,(–-]+\s*(?:(?:i\.?e\.?|that\s+is|so|meaning|and)[,\s]+)*(?:(?:who|they|that)\s+)?(?:have|has|are|went|were)\s+(?:gone\s+|been\s+)?(?:quiet|silent|inactive|dormant|lost|not\s+(?:ordered|bought)(?:\s+anything)?|ordered\s+nothing)(?:\s+(?:ever\s+)?since(?:\s+then)?)?\)?",
    re.I,
)
SHARE_OF = re.compile(
    rf"^(?:(?:what|which)\s+(?:is\s+the\s+)?|(?:the\s+)?){SHARE}\s+of\s+(?:all\s+)?(?:the\s+|our\s+)?(?={_WHO}\b)", re.I
)
_THAT = re.compile(
    r"^(?P<lead>.*\b(?:19|20)\d\d\b.*?\b(?:neither|nothing|no|none|not|never)\b.*?)\s+(?:(?:in|during|within)\s+)?(?:that|the\s+same)\s+year$",
    re.I,
)
_NAMED = re.compile(
    rf"^(?:(?!how|what|which|who|total|sales|profit|number|count)[\w-]+\s+)?{_WHO}\b(?!.*\b(?:by|per)\b)", re.I
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def plan_of_history(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of customers of a history; None where the question tells none of these."""
    text = trimmed(question)
    if re.search(rf"\b{_WHO}\b", text, re.I) is None:
        return None
    if LAST_ORDER.search(_QUIET.sub("", text)) is not None:
        text = _QUIET.sub("", text)
    last, never = LAST_ORDER.search(text), NEVER_BEFORE.search(text)
    if last is not None and never is None:
        return _last_ordered(text, last, plan_of, around)
    if never is not None and last is None:
        return _never_before(text, never, plan_of, around)
    that = _THAT.match(text)
    years = set(_YEAR.findall(text)) if that is not None else set()
    if that is not None and len(years) == 1:  # "bought neither of these that year"
        return plan_of(f"{that['lead']} in {years.pop()}")
    return None


def _last_ordered(text: str, match: re.Match[str], plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """Those with an order in the period and none after it; before the period: with one, and none since it began."""
    share = SHARE_OF.match(text)
    left = _without(text, match)
    rest = _rest(SHARE_OF.sub("how many ", left) if share is not None else left, plan_of)
    when = planned_or_none(f"how many orders in {match['period']}", plan_of)
    customer = around.layer.identifier("customer")
    if rest is None or when is None or customer is None or not _takes(rest.plan):
        return None
    bare = replace(when.plan, terms=(), periods=())
    if bare != Plan(()) or len(when.plan.periods) != 1:
        return None
    period, how = when.plan.periods[0], match["how"].lower()
    if how in ("since", "after"):
        start = period.start if how == "since" else period.end + dt.timedelta(days=1)
        found = [Cohort(customer.name, periods=(Period(start, max(start, around.newest), f"{how} {period.label}"),))]
    else:
        before = how in ("before", "prior to")
        last = period.start - dt.timedelta(days=1) if before else period.end
        ordered = Period(min(around.oldest, last), last, f"before {period.label}") if before else period
        later = Period(
            last + dt.timedelta(days=1),
            max(around.newest, last + dt.timedelta(days=1)),
            f"{'since' if before else 'after'} {period.label}",
        )
        found = [Cohort(customer.name, periods=(ordered,)), Cohort(customer.name, True, periods=(later,))]
    if any(d in ("@day", "@week", "@month", "@quarter", "@year") for d in rest.plan.dimensions):
        raise UnclearError("by the date of the last order, or of all orders?")
    plan = replace(rest.plan, cohorts=(*rest.plan.cohorts, *found))
    if share is not None:
        if len(plan.terms) != 1 or rest.plan.cohorts or rest.plan.periods:
            return None
        plan = replace(rest.plan, terms=(replace(plan.terms[0], cohorts=tuple(found), share=True),))
    return Planned(plan, min(rest.confidence, when.confidence), (*rest.notes, *when.notes))


def _never_before(text: str, match: re.Match[str], plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """Those of the one period of the question that had no order before it."""
    rest = _rest(_without(text, match), plan_of)
    customer = around.layer.identifier("customer")
    if rest is None or customer is None or not _takes(rest.plan):
        return None
    known = {*rest.plan.periods, *(p for c in rest.plan.cohorts for p in c.periods)}
    if len(known) != 1 or any(c.negated for c in rest.plan.cohorts):
        raise UnclearError("never ordered before when?")
    period = known.pop()
    before = Period(
        min(around.oldest, period.start - dt.timedelta(days=1)),
        period.start - dt.timedelta(days=1),
        f"before {period.label}",
    )
    plan = replace(rest.plan, cohorts=(*rest.plan.cohorts, Cohort(customer.name, True, periods=(before,))))
    return replace(rest, plan=plan)


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}".strip(" ,")


def _rest(text: str, plan_of: PlanOf) -> Planned | None:
    """The plan of what is left; customers that are merely named are listed."""
    return planned_or_none(f"which {text}" if _NAMED.match(text) else text, plan_of)


def _takes(plan: Plan) -> bool:
    """Whether a condition on customers can join a plan: all of its figures are of the same rows."""
    plain = not (plan.missing or plan.tally or plan.compare or plan.together or plan.pick or plan.time)
    return plain and not any(t.share or t.cohorts for t in plan.terms)
