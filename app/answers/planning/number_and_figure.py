"""Those of a kind, their number, and a figure of them: "lines sold at a loss: how many, and total profit on them"."""

from __future__ import annotations

import re
from dataclasses import replace

from app.answers.plan import Plan, Term
from app.answers.planning.outcome import Planned, PlanOf, planned_or_none, trimmed

_MANY = (
    r"(?:how\s+many(?:\s+(?:are|were|is|was)\s+(?:there|they|it|these|those)|\s+of\s+them)?|"
    r"(?:their\s+|the\s+)?number|count)"
)
_ASKS = r"(?:what\s+(?:is|was|are|were)\s+|how\s+much\s+|with\s+what\s+|with\s+)?"
_FIGURE = r"(?P<figure>(?:their\s+|the\s+)?(?:total\s+|combined\s+|overall\s+)?[\w\s]+?)"
_THEIRS = r"(?:on|of|from|for|in|with)\s+(?:all\s+of\s+)?(?:them|these|those)"
_IN_ALL = r"in\s+total|in\s+all|altogether|together"
ASIDE = re.compile(
    rf"^(?P<which>(?!how\b|what\b|which\b).{{6,}}?)\s*[,:;–-]+\s*{_MANY}\s*,?\s*(?:and|plus|\+|&)\s+"
    rf"{_ASKS}{_FIGURE}(?:\s+{_THEIRS})?(?:\s+(?:{_IN_ALL}))?$",
    re.I,
)
ASKED = re.compile(rf"^how\s+many\s+(?P<which>.{{6,}}?)\s*,?\s+and\s+{_ASKS}{_FIGURE}\s+(?:{_THEIRS}|{_IN_ALL})$", re.I)


def plan_of_number_and_figure(question: str, plan_of: PlanOf) -> Planned | None:
    """The plan of two figures of the same rows; None where it is another question, or the rows are not the same."""
    text = trimmed(question)
    match = ASIDE.match(text) or ASKED.match(text)
    if match is None:
        return None
    name = re.sub(r"^(?:their|the)\s+|\b(?:total|combined|overall)\s+", "", match["figure"].strip(), flags=re.I)
    number, alone = planned_or_none(f"how many {match['which']}", plan_of), planned_or_none(name, plan_of)
    beside = planned_or_none(f"{name} of {match['which']}", plan_of)
    if number is None or alone is None or beside is None or alone.plan != Plan(alone.plan.terms):
        return None
    rows = replace(number.plan, terms=())
    figures = alone.plan.terms
    if len(figures) != 1 or figures[0] != Term(figures[0].metric) or replace(beside.plan, terms=()) != rows:
        return None
    if (
        len(number.plan.terms) != 1
        or beside.plan.terms != figures
        or number.plan.tally
        or figures[0] in number.plan.terms
    ):
        return None
    confidence = min(number.confidence, beside.confidence)
    return Planned(
        replace(number.plan, terms=(*number.plan.terms, *figures)), confidence, (*number.notes, *beside.notes)
    )
