"""Ways to say how long it takes from an order to its shipment or its return."""

from __future__ import annotations

import re
from functools import partial

_MEAN = r"(?:(?:on|in)\s+(?:the\s+)?average,?|typically|usually|normally)"
_ASKED = (
    r"(?:how\s+many\s+days|how\s+long|(?:the\s+)?number\s+of\s+days|(?:average|mean|median)\s+(?:number\s+of\s+)?days"
    rf"|days)(?:\s+{_MEAN})?"
)
_GOES_BY = (
    r"(?:(?:does|did|do|is|are|was|were)\s+)?(?:(?:it|we|they|there)\s+)?"
    r"(?:pass(?:es|ed)?|takes?|took|needs?|lies?|lay|elapsed?|elapses|go(?:es)?\s+by|went\s+by|is|are|was|were)?"
)
_DAY = r"(?:(?:the|an?|its|their|being|it|they|is|was|are|were|get|gets|got)\s+)*(?:(?:date|day|moment|time)\s+(?:of\s+)?(?:the\s+|an?\s+)?)?"
_ORDER = rf"{_DAY}(?:order(?:ed|ing|s)?|purchase|placement|placing\s+(?:it|an\s+order))(?:\s+(?:date|day|is\s+placed|was\s+placed))?"
_SHIP = r"(?:ship(?:ped|ping|ment|s)?|dispatch(?:ed|ing)?|sent(?:\s+out)?|sending(?:\s+out)?|leav(?:es?|ing))(?:\s+(?:date|day))?"
_RETURN = r"(?:return(?:ed|ing|s)?|sent\s+back|comes?\s+back|came\s+back|coming\s+back)(?:\s+(?:date|day|is\s+made|was\s+made|made))?"
_FROM_TO = rf"(?:between|from|after)\s+{_ORDER}\s*(?:,|and|to|until|till|before|is|are|was|were)\s+{_DAY}"
_UNTIL = rf"(?:until|till|before|for)\s+{_DAY}"
_KIND = r"(?P<kind>(?:[\w&-]+\s+){0,3}?)(?:goods|orders?|items?|lines?|products?|parcels?)\s+(?:(?:is|are|was|were|gets?|got)\s+)?"


def _said(target: str) -> str:
    lead = rf"{_ASKED}\s+(?:{_GOES_BY}\s+)?(?:{_MEAN}\s+)?"
    return rf"\b{lead}(?:{_FROM_TO}{target}|{_UNTIL}{target})\b"


def _said_of_a_kind(target: str) -> str:
    return rf"\b{_ASKED}\s+(?:{_GOES_BY}\s+)?(?:{_MEAN}\s+)?(?:until|till|before)\s+(?:the\s+|an?\s+)?{_KIND}{target}\b"


def _instead(figure: str, found: re.Match[str]) -> str:
    """The figure in the words of the layer, with the statistic that was asked for."""
    kind = (found.groupdict().get("kind") or "").strip()
    mean = "median " if found[0].lower().lstrip().startswith("median") else ""
    return f"{mean}{figure}" + (f" of {kind} orders" if kind else "")


SPANS = tuple(
    (re.compile(pattern, re.I), figure)
    for target, figure in ((_SHIP, "days to ship"), (_RETURN, "days to return"))
    for pattern in (_said(target), _said_of_a_kind(target))
)


def with_spans_named(question: str) -> str:
    """The question with each span between two dates under the name of its figure."""
    for pattern, figure in SPANS:
        question = pattern.sub(partial(_instead, figure), question)
    return question
