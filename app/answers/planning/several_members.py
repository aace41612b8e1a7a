"""Groups of which only those with several members count: "the best region of each market, leaving out markets that
consist of one region only".
"""

from __future__ import annotations

import re
from dataclasses import replace

from app.answers.plan import Cohort
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, planned_or_none, trimmed

_GROUPS = r"(?:the\s+)?(?P<outer>markets|countries|regions|states|categories|segments)"
_ONE = r"(?:only\s+|just\s+)?(?:one|a\s+single|1)\s+(?:single\s+)?(?P<inner>[\w-]+)(?:\s+(?:only|alone))?"
_HAVE = r"(?:that\s+)?(?:consist(?:ing)?\s+of|made\s+up\s+of|are\s+made\s+up\s+of|with|having|have|contain(?:ing)?|of)"
_MORE = r"(?:several|more\s+than\s+one|at\s+least\s+two|two\s+or\s+more|multiple)\s+(?P<inner>[\w-]+?)"
FORMS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"[\s.,;:(–-]*\b(?:please\s+)?(?:leave|leaving|left)\s+out\s+{_GROUPS}\s+{_HAVE}\s+{_ONE}\)?",
        rf"[\s.,;:(–-]*\b(?:skip|ignore|omit|exclude|excluding|without)\s+{_GROUPS}\s+{_HAVE}\s+{_ONE}\)?",
        rf"[\s.,;:(–-]*\b{_GROUPS}\s+{_HAVE}\s+{_ONE}\s+(?:can|may|should|are\s+to)\s+be\s+(?:left\s+out|ignored|skipped)\)?",
        rf"(?P<keep>\b(?:each|every)\s+)(?P<outer>market|country|region|state|category|segment)\s+(?:that\s+(?:is\s+made\s+up\s+of|has|consists\s+of|contains)|with)\s+{_MORE}\b",
        rf"^{_GROUPS}\s+with\s+{_MORE}\s*:\s*",
    )
)
_EACH_OF_THEM = re.compile(r"\s+in\s+each\s+(?:one\s+)?of\s+(?:them|these|those)\b", re.I)


def plan_of_several_members(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of a question whose groups need several members; None for other questions."""
    text = trimmed(question)
    match = next((m for form in FORMS if (m := form.search(text)) is not None), None)
    if match is None:
        return None
    said = match.groupdict()
    outer, inner = (_dimension(word, plan_of) for word in (said["outer"], said["inner"]))
    if not outer or not inner or not (around.nested(inner, outer) or around.layer.dimension(inner).within == outer):
        return None
    kept = f"{said['keep']}{said['outer']}" if said.get("keep") else ""
    rest = f"{text[: match.start()]}{kept}{text[match.end() :]}"
    if not kept and not match.start():  # "markets with several regions: … in each of them"
        rest = _EACH_OF_THEM.sub(f" in each {_one(said['outer'])}", rest)
    planned = planned_or_none(rest, plan_of)
    if planned is None or outer not in planned.plan.dimensions:
        return None
    several = Cohort(outer, distinct=inner, operator=">=", values=(2.0,))
    return replace(planned, plan=replace(planned.plan, cohorts=(*planned.plan.cohorts, several)))


def _one(noun: str) -> str:
    return noun[:-3] + "y" if noun.lower().endswith("ies") else noun.rstrip("s")


def _dimension(word: str, plan_of: PlanOf) -> str:
    """The dimension that a noun names."""
    planned = planned_or_none(f"sales by {word}", plan_of)
    found = planned.plan.dimensions if planned is not None else ()
    return found[0] if len(found) == 1 else ""
