"""A figure of one kind less that of another: "by how much is the margin on lines with a discount lower than on lines
without one?", "average discount on returned orders minus that on orders that were not returned".

Each of the two is planned by itself; what differs between the plans becomes the conditions of the two figures.
"""

from __future__ import annotations

import re
from dataclasses import replace

from app.answers.plan import Filter, Plan, Term
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, planned_or_none, trimmed

_LEAD = (
    r"^(?:(?:what\s+(?:is|was|were|are)|show|give|list)\s+(?:me\s+)?)?"
    r"(?:(?P<lead>(?:for|in|per)\s+(?:each\s+|every\s+)?[\w-]+(?:\s\w+)?)\s*[,:]\s*)?(?:what\s+(?:is|was)\s+)?(?:the\s+)?"
)
_FIGURE = r"(?P<figure>(?:(?!by\b|than\b|between\b|how\b|much\b|many\b|per\b)[a-z]+\s+){1,4}?)"
_PREP = r"(?P<prep>of|on|for|in|at|from)\s+(?:the\s+)?"
_THAN = r"higher|lower|larger|smaller|greater|less|more|longer|shorter|better|worse|bigger"
_LESS = rf"(?:is|was|were|are)?\s*(?P<way>{_THAN})\s+(?P<when>in\s+20\d\d\s+)?than"
_OTHER = (
    r"(?:(?:the\s+)?(?P=figure)|that\s+|(?:the\s+)?one\s+|it\s+is\s+)?"
    r"(?:(?P<prep2>of|on|for|in|at|from)\s+)?(?:the\s+)?"
)
_TAIL = (
    r"(?P<tail>(?:,?\s+(?:20\d\d|by|per|for\s+each|in\s+each|in\s+20\d\d|this\s+year|last\s+year|for\s+20\d\d)\b.*)?)$"
)
_FIGURE_OF = rf"(?:the\s+)?{_FIGURE}{_PREP}(?P<one>.+?)"
_FORMS = tuple(
    re.compile(rf"{_LEAD}{pattern}(?P<other>.+?){_TAIL}", re.I)
    for pattern in (
        rf"(?:difference|gap)\s+(?:in|of)\s+(?:the\s+)?{_FIGURE}(?:{_PREP})?between\s+(?P<one>.+?)\s+and\s+",
        rf"(?:difference|gap)\s+between\s+{_FIGURE_OF}\s+and\s+{_OTHER}",
        rf"by\s+how\s+much\s+(?:is|was|were|are|does|did)\s+{_FIGURE_OF}\s+{_LESS}\s+{_OTHER}",
        rf"by\s+how\s+much\s+(?:does|did|do)\s+{_FIGURE_OF}\s+exceed\s+{_OTHER}",
        rf"how\s+much\s+(?P<way>{_THAN})\s+(?:is|was|were|are)\s+{_FIGURE_OF}\s+than\s+{_OTHER}",
        rf"{_FIGURE_OF}\s+(?P<beside>vs\.?|versus|compared\s+(?:to|with)|next\s+to|beside)\s+{_OTHER}",
        rf"{_FIGURE_OF}\s+(?:minus|less(?!\s+than))\s+{_OTHER}",
    )
)
_LOWER = ("lower", "smaller", "less", "shorter", "worse")
_WITHOUT_ONE = re.compile(r"\bwithout\s+(?:one|any|it)\b", re.I)
_WITH = re.compile(r"\bwith\s+(?P<what>an?\s+[\w-]+)", re.I)


def plan_of_difference(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of a figure of some less that of others; None where that is not asked, or not understood."""
    text = trimmed(question)
    for form in _FORMS:
        match = form.match(text)
        planned = _planned(match, plan_of, around) if match is not None else None
        if planned is not None:
            return planned
    return None


def _is_of_a_kind(around: Surroundings, term: Term) -> bool:
    """Whether a figure is of lines or orders of a kind, "lines that lost money", no member such as a country."""
    told = [f for f in term.filters if not f.dimension.startswith("@")]
    flags = all(f.dimension.startswith("#") or around.layer.dimension(f.dimension).about for f in told)
    return bool(term.cohorts or told) and flags


def _planned(match: re.Match[str], plan_of: PlanOf, around: Surroundings) -> Planned | None:
    said = match.groupdict()
    one, other = said["one"], said["other"]
    held = _WITH.search(one)
    if held is not None:
        other = _WITHOUT_ONE.sub(f"without {held['what']}", other)
    prep = said.get("prep") or "of"
    preps = (prep, said.get("prep2") or prep)
    rest = " ".join(part for part in (said["tail"], said.get("when"), said["lead"]) if part)
    figure = said["figure"].strip()
    asked = [f"{figure} {link} {which} {rest}".strip() for link, which in zip(preps, (one, other), strict=True)]
    first, second = (planned_or_none(part, plan_of) for part in asked)
    if first is None or second is None:
        return None
    terms = _terms(first.plan, second.plan)
    if terms is None:
        return None
    if (said.get("way") or "").lower() in _LOWER:
        terms = terms[1], terms[0]
    shared = _shared(first.plan, second.plan)
    beside = bool(said.get("beside"))
    if beside and not (first.plan.dimensions and all(_is_of_a_kind(around, term) for term in terms)):
        return None  # a row for each, as other questions of one against another
    plan = replace(
        first.plan, terms=terms, filters=shared, cohorts=(), contrast="" if beside else "difference", order=()
    )
    return Planned(plan, min(first.confidence, second.confidence), tuple(dict.fromkeys((*first.notes, *second.notes))))


def _shared(one: Plan, other: Plan) -> tuple[Filter, ...]:
    return tuple(f for f in one.filters if f in other.filters)


def _terms(one: Plan, other: Plan) -> tuple[Term, Term] | None:
    """The two figures with the conditions in which the plans differ; None where they differ in anything else."""
    bare = [replace(p, filters=(), cohorts=(), notes=()) for p in (one, other)]
    if bare[0] != bare[1] or len(one.terms) != 1 or one.compare or one.split or one.limit or one.having or one.tally:
        return None
    shared, term = _shared(one, other), one.terms[0]
    if term.share or term.aggregate or term.filters or term.cohorts or one.missing or one.contrast:
        return None
    made = [
        replace(term, filters=tuple(f for f in p.filters if f not in shared), cohorts=p.cohorts) for p in (one, other)
    ]
    return (made[0], made[1]) if made[0] != made[1] else None
