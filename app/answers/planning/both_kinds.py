"""Orders that fulfil a condition and those that do not: "orders having a loss-making line, and orders having none"."""

from __future__ import annotations

import re
from dataclasses import replace

from app.answers.plan import Filter
from app.answers.planning.conditions_of_members import flag_of_returned
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, planned_or_none, trimmed

_HAVE = r"(?:having|with|containing|(?:that|which)\s+(?:have|had|contain|contained|include|included))"
_NONE = (
    r"(?:where\s+nothing\s+(?:was|is)\s+[\w-]+|(?:all\s+)?(?:of\s+)?(?:its\s+|the\s+|their\s+)?others?(?:\s+(?:orders|ones))?|(?:all\s+)?the\s+rest(?:\s+of\s+(?:the\s+|its\s+)?orders)?|(?:having|with|containing|(?:that|which)\s+(?:have|had|contain|contained))\s+(?:none|no\s+such\s+\w+)(?:\s+of\s+(?:them|these|those))?"
    r"|without(?:\s+(?:any|one|it|them|such\s+(?:an?\s+)?\w+|any\s+such\s+\w+))?|(?:that|which)\s+(?:do|did|have|had)(?:\s+not|n['’]t)(?:\s+any)?)"
)
_SIDE = r"(?:\s*[,(–-]?\s*(?:both\s+)?side\s+by\s+side\)?)?"
AND_OF_NONE = re.compile(
    rf"^(?P<figure>.+?)\s+(?:of|for|on)\s+(?:the\s+)?(?P<orders>(?:[\w-]+\s+)?orders)\s+(?P<told>{_HAVE}\s+.+?)\s*,?\s+"
    r"(?:and|vs\.?|versus|against|compared\s+(?:to|with)|next\s+to|beside|alongside)\s+(?:(?:of|for|on|with|to|in)\s+)?(?:the\s+)?(?:(?P<again>[a-z]+(?:\s[a-z]+){0,3}?)\s+(?:of|for|on)\s+)?(?:the\s+)?"
    rf"(?:(?:those|orders|ones|others)\s+)?{_NONE}{_SIDE}(?P<tail>(?:,?\s+(?:in|by|per|for|during|last|this)\s+.+?)?){_SIDE}$",
    re.I,
)
WITH_AND_WITHOUT = re.compile(
    r"^(?P<figure>.+?)\s+(?:of|for|on)\s+(?:the\s+)?(?P<orders>(?:[\w-]+\s+)?orders)\s+(?:with\s+and\s+without|without\s+and\s+with)\s+"
    rf"(?:any\s+|an?\s+|at\s+least\s+one\s+)?(?P<kind>.+?\blines?){_SIDE}(?P<tail>(?:,?\s+(?:in|by|per|for|during|last|this)\s+.+?)?){_SIDE}$",
    re.I,
)

_RETURNED = (
    r"(?:returned\s+orders|orders\s+(?:that\s+|which\s+)?(?:were|got|was|have\s+been)\s+returned|"
    r"orders\s+that\s+came\s+back)"
)
_KEPT = (
    r"(?:(?:orders|those|ones)\s+(?:that\s+|which\s+)?(?:were|was|have\s+been)(?:\s+not|n['’]t|\s+never)\s+returned|"
    r"(?:un|non-?|not\s+)returned\s+(?:orders|ones)|"
    r"kept\s+(?:orders|ones)|orders\s+that\s+did(?:\s+not|n['’]t)\s+come\s+back|(?:the\s+)?(?:other|others|rest)(?:\s+orders)?)"
)
RETURNED_AND_KEPT = re.compile(
    rf"^(?:(?:what\s+(?:is|was)\s+)?the\s+)?(?P<figure>[a-z]+(?:\s[a-z]+){{0,3}}?)(?P<when>\s+in\s+[\w\s]+?)?\s*(?::|of|on|for|from)\s+(?:the\s+)?{_RETURNED}(?:\s+first)?\s*,?\s+"
    r"(?:and|then|vs\.?|versus|against|compared\s+(?:to|with))\s+(?:what\s+(?:is|was)\s+(?:it|that)\s+)?(?:(?:the\s+)?(?P=figure)\s+)?(?:(?:of|on|for|from|that\s+of)\s+)?(?:the\s+)?"
    rf"{_KEPT}(?P<tail>.*)$",
    re.I,
)
IN_COLUMNS = re.compile(
    r"[\s,.;(]*\b(?:as\s+two\s+(?:numbers|figures|columns)|side\s+by\s+side|(?:put|show)\s+(?:the\s+)?two\s+\w+\s+side\s+by\s+side|columns\s*:.*)\)?\s*$",
    re.I,
)


def plan_of_returned_and_kept(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of a figure of returned orders and of others in columns; None where rows of each are asked for."""
    text = trimmed(question)
    bare = IN_COLUMNS.sub("", text).rstrip(" ,.;?")
    match = RETURNED_AND_KEPT.match(bare)
    if match is None:
        return None
    tail = f"{match['when'] or ''} {match['tail'].strip(' ,')}".replace(" orders", "")
    planned = planned_or_none(f"{match['figure']}{tail}", plan_of)
    flag = flag_of_returned(around.layer)
    if planned is None or flag is None or len(planned.plan.terms) != 1 or planned.plan.filters:
        return None
    if bare == text and not planned.plan.dimensions:
        return None
    term = planned.plan.terms[0]
    if term.share or term.filters or planned.plan.split or planned.plan.compare or planned.plan.limit:
        return None
    others = next(v for v in flag.values if v != "returned")
    terms = tuple(replace(term, filters=(Filter(flag.name, "in", (value,)),)) for value in ("returned", others))
    return replace(planned, plan=replace(planned.plan, terms=terms, order=()))


def plan_of_both_kinds(question: str, plan_of: PlanOf, _: Surroundings) -> Planned | None:
    """The plan of a figure of orders that have something, and of those that do not; None for other questions."""
    text = trimmed(question)
    both, match = WITH_AND_WITHOUT.match(text), AND_OF_NONE.match(text)
    told = f"containing at least one {both['kind']}" if both is not None else match["told"] if match is not None else ""
    found = both or match
    again = (match["again"] or "") if match is not None else ""
    if found is None or not found["figure"].lower().endswith(again.lower()):
        return None
    planned = planned_or_none(f"{found['figure']} of {found['orders']} {told}{found['tail']}", plan_of)
    if planned is None or len(planned.plan.terms) != 1 or len(planned.plan.cohorts) != 1:
        return None
    plan, term, cohort = planned.plan, planned.plan.terms[0], planned.plan.cohorts[0]
    if plan.having or plan.order or plan.limit or plan.split or plan.compare or term.share or term.cohorts:
        return None
    terms = tuple(replace(term, cohorts=(replace(cohort, negated=negated),)) for negated in (False, True))
    return replace(planned, plan=replace(plan, terms=terms, cohorts=()))
