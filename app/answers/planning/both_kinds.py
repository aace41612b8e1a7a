"""Orders that fulfil a condition and those that do not: "orders having a loss-making line, and orders having none"."""

from __future__ import annotations

import re
from dataclasses import replace

from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, planned_or_none, trimmed

_HAVE = r"(?:having|with|containing|(?:that|which)\s+(?:have|had|contain|contained|include|included))"
_NONE = (
    r"(?:(?:having|with|containing|(?:that|which)\s+(?:have|had|contain|contained))\s+(?:none|no\s+such\s+\w+)(?:\s+of\s+(?:them|these|those))?"
    r"|without(?:\s+(?:any|one|it|them|such\s+(?:an?\s+)?\w+|any\s+such\s+\w+))?|(?:that|which)\s+(?:do|did|have|had)(?:\s+not|n['’]t)(?:\s+any)?)"
)
_SIDE = r"(?:\s*[,(–-]?\s*(?:both\s+)?side\s+by\s+side\)?)?"
AND_OF_NONE = re.compile(
    rf"^(?P<figure>.+?)\s+(?:of|for|on)\s+(?:the\s+)?(?P<orders>(?:[\w-]+\s+)?orders)\s+(?P<told>{_HAVE}\s+.+?)\s*,?\s+"
    r"(?:and|vs\.?|versus|against|compared\s+(?:to|with))\s+(?:(?:of|for|on|with|to|in)\s+)?(?:the\s+)?"
    rf"(?:(?:those|orders|ones|others)\s+)?{_NONE}{_SIDE}(?P<tail>(?:,?\s+(?:in|by|per|for|during|last|this)\s+.+?)?){_SIDE}$",
    re.I,
)
WITH_AND_WITHOUT = re.compile(
    r"^(?P<figure>.+?)\s+(?:of|for|on)\s+(?:the\s+)?(?P<orders>(?:[\w-]+\s+)?orders)\s+(?:with\s+and\s+without|without\s+and\s+with)\s+"
    rf"(?:any\s+|an?\s+|at\s+least\s+one\s+)?(?P<kind>.+?\blines?){_SIDE}(?P<tail>(?:,?\s+(?:in|by|per|for|during|last|this)\s+.+?)?){_SIDE}$",
    re.I,
)


def plan_of_both_kinds(question: str, plan_of: PlanOf, _: Surroundings) -> Planned | None:
    """The plan of a figure of orders that have something, and of those that do not; None for other questions."""
    text = trimmed(question)
    both, match = WITH_AND_WITHOUT.match(text), AND_OF_NONE.match(text)
    told = f"containing at least one {both['kind']}" if both is not None else match["told"] if match is not None else ""
    found = both or match
    if found is None:
        return None
    planned = planned_or_none(f"{found['figure']} of {found['orders']} {told}{found['tail']}", plan_of)
    if planned is None or len(planned.plan.terms) != 1 or len(planned.plan.cohorts) != 1:
        return None
    plan, term, cohort = planned.plan, planned.plan.terms[0], planned.plan.cohorts[0]
    if plan.having or plan.order or plan.limit or plan.split or plan.compare or term.share or term.cohorts:
        return None
    terms = tuple(replace(term, cohorts=(replace(cohort, negated=negated),)) for negated in (False, True))
    return replace(planned, plan=replace(plan, terms=terms, cohorts=()))
