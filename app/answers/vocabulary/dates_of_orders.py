"""The day of the first or the last order, shipment or return, in the one form that the rules read."""

from __future__ import annotations

import re

from app.answers.vocabulary.text import Forms, compiled, in_forms

FIRST_WORD = r"(?:(?:very\s+)?(?:first|earliest|initial)(?:[\s-]ever)?)"
LAST_WORD = r"(?:(?:very\s+)?(?:last|latest|most\s+recent|newest|final)(?:[\s-]ever)?)"
NOUN = r"(?:order|purchase|sale|shipment|shipping|dispatch|delivery|return)"
_WHOSE = r"(?:(?:the|their|its|his|her|our|an?|any|each|every|customer['’]s|customers['’])\s+)*"
_ENDS = rf"(?:(?P<first>{FIRST_WORD})|(?P<last>{LAST_WORD}))"
_BOTH = rf"{_WHOSE}(?:{FIRST_WORD}\s+and\s+{_WHOSE}{LAST_WORD}|(?P<turned>{LAST_WORD}\s+and\s+{_WHOSE}{FIRST_WORD}))"
_PLACED = r"(?:\s+(?:was|were|is)(?:\s+(?:placed|made|sent))?(?=\s*(?:[?.!,;]|$)|\s+(?:by|per|for|in|from|of)\b))?"

_FIRST_ORDER: Forms = compiled(
    (
        (r"\b(?P<whose>whose\s+(?:very\s+)?(?:first|last|latest))\s+(?P<noun>order|purchase)\s+date\b", r"\g<whose> \g<noun>"),
        (r"\b(?P<by>(?:year|quarter|month)\s+of\s+(?:the\s+|their\s+)?(?:very\s+)?first)\s+(?P<noun>order|purchase)\s+date\b", r"\g<by> \g<noun>"),
    )
)  # fmt: skip
_AT = "".join(
    rf"(?<!\b{word} )(?<!\b{word} the )(?<!\b{word} the very )"
    for word in ("on", "after", "from", "since", "before", "between", "until", "of", "whose")
)
"""Not where the day is one on which, or after which, something else happened."""
_BOTH_DATES = (
    re.compile(rf"\b(?:the\s+)?(?:dates?|day)\s+of\s+{_BOTH}\s+(?P<noun>{NOUN})s?\b", re.I),
    re.compile(rf"\b{_BOTH}\s+(?P<noun>{NOUN}|ship)\s+(?:dates?|days?)\b", re.I),
)
_ONE_DATE = (
    re.compile(
        rf"{_AT}\b(?:the\s+)?(?:{NOUN}\s+)?(?:dates?|day)\s+(?:of|when|on\s+which)\s+{_WHOSE}{_ENDS}\s+(?:ever\s+)?(?P<noun>{NOUN})s?\b{_PLACED}",
        re.I,
    ),
    re.compile(rf"{_AT}\b{_WHOSE}{_ENDS}\s+(?P<noun>{NOUN}|ship)\s+(?:dates?|days?)\b(?!\s+of\s+the\s+week)", re.I),
    re.compile(rf"\b{_WHOSE}{_ENDS}\s+(?:date|day)\s+(?:of|for)\s+{_WHOSE}(?P<noun>{NOUN})s?\b", re.I),
)
_SAME = {"sale": "order", "ship": "shipment", "shipping": "shipment", "dispatch": "shipment", "delivery": "shipment"}


def date_of(end: str, noun: str) -> str:
    """The words for the first or the last day of something: "date of the last order"."""
    noun = noun.lower()
    return f"date of the {end} {_SAME.get(noun, noun)}"


def _both(found: re.Match[str]) -> str:
    ends = ("last", "first") if found["turned"] else ("first", "last")
    return " and ".join(date_of(end, found["noun"]) for end in ends)


def _one(found: re.Match[str]) -> str:
    return date_of("first" if found["first"] else "last", found["noun"])


def with_dates_named(question: str) -> str:
    """The question with the days of first and last orders, shipments and returns in the words of the layer."""
    question = in_forms(question, _FIRST_ORDER)
    for pattern in _BOTH_DATES:
        question = pattern.sub(_both, question)
    for pattern in _ONE_DATE:
        question = pattern.sub(_one, question)
    return question
