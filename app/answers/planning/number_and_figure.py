"""Those of a kind, their number, and figures of them: "lines sold at a loss: how many, and total profit on them"."""

from __future__ import annotations

import re
from dataclasses import replace

from app.answers.layer import Layer
from app.answers.plan import Plan, Term
from app.answers.planning.conditions_of_members import counts_lines
from app.answers.planning.draft import Surroundings
from app.answers.planning.figure_and_share import part_of_told
from app.answers.planning.outcome import Planned, PlanOf, planned_or_none, trimmed
from app.answers.planning.wholes import SHARE

_THEY = (
    r"(?:(?:all\s+of\s+)?(?:them|they|these|those|it)|(?:those|these|such|the\s+same|the)\s+"
    r"(?:\w+\s+)?(?:lines|orders|customers|products|returns|items))"
)
_ARE_THERE = (
    r"(?:\s+(?:such\s+)?(?:lines|orders|customers|products|returns|ones))?"
    rf"(?:\s+(?:are|were|is|was)\s+(?:there|{_THEY}))?"
)
_MANY = (
    rf"(?:how\s+many(?:\s+of\s+them)?{_ARE_THERE}|"
    r"(?:their\s+|the\s+)?(?:number|count)(?:\s+of\s+(?:them|those|these))?)"
)
_WHICH = r"(?P<which>(?!how\b|what\b|which\b).{6,}?)"
ASIDE = re.compile(
    rf"^{_WHICH}\s*[,:;–-]+\s*(?:{_MANY}(?P<tail>\s+(?:in|of|during|by|per)\s+(?!them|those|these)[\w\s-]{{3,30}}?)?\s*(?:,\s*and|,|and|plus|\+|&)\s+)(?P<figures>.+)$",
    re.I,
)
ASKED = re.compile(
    r"^how\s+many\s+(?P<which>.{6,}?)\s*,?\s+and\s+(?P<figures>(?=what\b|how\s+much\b|with\s+what\b|(?:the|their)\s+).+)$",
    re.I,
)
BOTH = re.compile(
    r"^(?:the\s+)?(?:number|count)\s+and\s+(?:the\s+)?(?P<figures>(?:total\s+|combined\s+)?[a-z]+(?:\s[a-z]+)?)\s+of\s+(?P<which>.{6,})$",
    re.I,
)
_DID = (
    rf"(?:did|do|does|have|has)\s+{_THEY}\s+(?:(?:all\s+)?(?:together|in\s+total)\s+)?"
    r"(?:make|made|bring(?:\s+in|\s+us)?|brought(?:\s+in)?|add\s+up\s+to|have|earn|generate|amount\s+to|come\s+to|sum\s+to|total|represent|account\s+for|make\s+up|contribute)"
)
_BETWEEN = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+(?=what\b|how\b|the\b|their\b|\w+$)")
_GROUPED = re.compile(
    r"\s*,?\s+(?:(?:split|broken\s+down|grouped|listed)\s+)?(?P<by>(?:by|per|for\s+each|in\s+each)\s+[\w-]+(?:\s[\w-]+)?)$",
    re.I,
)
_BEHIND = re.compile(
    rf"(?:\s+(?:{_DID}|(?:on|of|from|for|in|with|to)\s+{_THEY}|(?:is|are|was|were|does|do)\s+(?:that|this|{_THEY})(?:\s+(?:make|represent))?|"
    r"in\s+total|in\s+all|altogether|together|combined|add\s+up\s+to|each|overall|there))+$",
    re.I,
)
_AHEAD = re.compile(
    r"^(?:and\s+)?(?:also\s+)?(?:(?:what|which)\s+(?:is|was|are|were)\s+|how\s+much\s+(?!did\b|do\b|were\b|are\b)|with\s+what\s+|with\s+|what\s+)?"
    r"(?:their\s+|the\s+|its\s+)?(?:total\s+|combined\s+|overall\s+|\(negative\)\s+|negative\s+)*",
    re.I,
)
_WORTH = re.compile(
    rf"^(?:what|how\s+much)\s+(?:(?:are|were|is|was)\s+{_THEY}\s+worth|did\s+{_THEY}\s+sell\s+for)$", re.I
)
_LOST = re.compile(
    rf"^(?:what|how\s+much)\s+(?:money\s+)?(?:did\s+we|have\s+we)\s+(?:lose|lost)(?:\s+on\s+{_THEY})?$", re.I
)
_SHARE = re.compile(
    rf"^(?:and\s+)?(?:what\s+(?:is\s+)?|the\s+|their\s+|which\s+)?{SHARE}\s+of\s+(?:all\s+|our\s+|the\s+)*(?:total\s+|overall\s+)?(?P<whole>[a-z][\w'’-]*(?:\s[\w'’-]+){{0,6}}?)$",
    re.I,
)


def plan_of_number_and_figure(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of a number and figures of the same rows; None for other questions, or where the rows differ."""
    text = trimmed(question)
    match = ASIDE.match(text) or ASKED.match(text) or BOTH.match(text)
    if match is None:
        return None
    figures, by = match["figures"], _GROUPED.search(match["figures"])
    if by is not None:
        figures = figures[: by.start()]
    parts = [part for part in _BETWEEN.split(figures) if part]
    named = [found for part in parts if (found := _named(part, around.layer)) is not None]
    if not named or len(named) < len(parts):
        return None
    which = match["which"] + (match.groupdict().get("tail") or "") + (f" {by['by']}" if by is not None else "")
    number = planned_or_none(f"how many {which}", plan_of)
    if number is None or not _is_a_number(number.plan, around.layer):
        return None
    if len(named) == 1 and named[0][1] and (part := part_of_told(number.plan, named[0][0], plan_of)) is not None:
        return replace(number, plan=part)
    terms = list(number.plan.terms)
    for name, share in named:
        term = _figure(name, share, which, number.plan, plan_of, around.layer)
        if term is None or term in terms:
            return None
        terms.append(term)
    plan = replace(number.plan, terms=tuple(terms))
    if any(t.share for t in terms):
        if plan.having or plan.missing:
            return None
        terms = [replace(t, filters=plan.filters, cohorts=plan.cohorts) for t in terms]
        plan = replace(plan, terms=tuple(terms), filters=(), cohorts=())
    return replace(number, plan=plan)


def _named(part: str, layer: Layer) -> tuple[str, bool] | None:
    """A figure by its name, and whether its share is asked for; None where the words name none."""
    told = part.strip(" ,.;")
    if _LOST.match(told):
        return "profit", False
    if _WORTH.match(_BEHIND.sub("", told)) or _WORTH.match(told):
        return layer.main_metric.label, False
    told = _BEHIND.sub("", told)
    share = _SHARE.match(told)
    name = share["whole"] if share is not None else _AHEAD.sub("", told)
    longest = 6 if share is not None else 2
    return (name, share is not None) if re.fullmatch(rf"[\w'’-]+(?:\s[\w'’-]+){{0,{longest}}}", name, re.I) else None


def _is_a_number(plan: Plan, layer: Layer) -> bool:
    """Whether a plan counts, and nothing else."""
    if len(plan.terms) != 1 or plan.tally or plan.limit or plan.split or plan.compare or plan.contrast:
        return False
    term = plan.terms[0]
    return bool(term.distinct) or bool(
        term.metric and layer.metric(term.metric).format == "count" and term == Term(term.metric)
    )


def _figure(name: str, share: bool, which: str, number: Plan, plan_of: PlanOf, layer: Layer) -> Term | None:
    """The figure of the same rows that the number counts; None where that is not certain."""
    alone = planned_or_none(name, plan_of)
    if alone is None or alone.plan != Plan(alone.plan.terms, notes=alone.plan.notes) or len(alone.plan.terms) != 1:
        return None
    term = alone.plan.terms[0]
    if not term.metric or term != Term(term.metric):
        return None
    if any("returned" in f.values for f in number.filters) and layer.metric(term.metric).format == "percent":
        return None  # the return rate of returned orders
    if share and term == number.terms[0]:
        return replace(term, share=True)
    counts = number.terms[0].metric
    of_lines = bool(counts) and counts_lines(layer, layer.metric(counts)) and not number.having
    if not of_lines:
        rows = replace(number, terms=())
        tries = [f"{name} {word} {which}" for word in ("of", "from")]
        planned = [p for text in tries if (p := planned_or_none(text, plan_of)) is not None]
        if not any(
            replace(p.plan, terms=(), notes=()) == replace(rows, notes=()) and p.plan.terms == (term,) for p in planned
        ):
            return None
    return replace(term, share=share)
