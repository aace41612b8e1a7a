"""How people tell that a figure rose or fell in years in a row."""

from __future__ import annotations

import re

YEAR = r"(?:19|20)\d\d"
_UP = r"rose|rise|rises|risen|grew|grow|grown|increased|increase|went\s+up|gone\s+up|climbed|improved"
_DOWN = r"fell|fall|falls|fallen|dropped|drop|declined|decline|decreased|decrease|shrank|shrink|went\s+down|gone\s+down"
_MOVED = rf"(?:has\s+|have\s+)?(?:nevertheless\s+|still\s+|also\s+|even\s+)?(?P<{{0}}>{_UP}|{_DOWN})"
_FIGURE = r"(?:(?:the|their|its)\s+)?(?:average\s+|total\s+)?(?P<{0}>[a-z]+(?:\s[a-z]+){{0,2}}?)"
_STEPS = rf"(?:from\s+)?{YEAR}\s+to\s+{YEAR}\s*(?:,|and|,\s*and|,?\s*and\s+then|&)?\s*(?:and\s+)?(?:again\s+)?(?:from\s+)?{YEAR}\s+to\s+{YEAR}"
_IN_A_ROW = r"(?:(?:for\s+)?(?:two|2|three|3)\s+(?:consecutive\s+years|years\s+(?:in\s+a\s+row|running|in\s+succession))|twice(?:\s+in\s+a\s+row)?|both\s+times)"
_WHEN = (
    rf"(?P<when>(?:{_IN_A_ROW}\s*[,:(]?\s*)?(?:{_STEPS})\)?|(?P<each>(?:in\s+)?(?:every|each)\s+(?:single\s+)?year\s+(?:from|between)\s+{YEAR}\s+(?:to|and|through|until)\s+{YEAR})"
    rf"|(?P<against>(?:(?:{_IN_A_ROW})\s*[,:(]?\s*)?(?:both\s+)?in\s+(?:both\s+)?{YEAR}\s*,?\s+(?:and|as\s+well\s+as)\s+(?:again\s+|also\s+)?(?:in\s+)?{YEAR})\)?)"
)
_THINGS = r"(?P<things>(?:[\w-]+\s+){0,2}?[\w-]+s(?:\s+(?:in|of)\s+(?:the\s+)?(?-i:[A-Z])\w+(?:\s+market)?)?)"
_LEAD = r"^(?:(?P<many>how\s+many)|which|what|list|show|name|find|give\s+me)?\s*(?:the\s+|all\s+)?"
FORMS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"{_LEAD}{_THINGS}(?:['’]|\s+(?:whose|where|in\s+which|for\s+which))\s+{_FIGURE.format('figure')}\s+{_MOVED.format('move')}\s+{_WHEN}(?P<rest>.*)$",
        rf"^in\s+which\s+{_THINGS}\s+did\s+{_FIGURE.format('figure')}\s+{_MOVED.format('move')}\s+(?:both\s+)?{_WHEN}(?P<rest>.*)$",
        rf"{_LEAD}{_THINGS}\s+(?:with|that\s+have|having|had|have)\s+(?P<move>rising|growing|increasing|falling|declining|shrinking|decreasing)\s+{_FIGURE.format('figure')}\s+{_WHEN}(?P<rest>.*)$",
        rf"{_LEAD}{_THINGS}\s+(?:that\s+|which\s+)?(?:have\s+|had\s+)?(?P<move>increased|grew|raised|reduced|lost)\s+(?:their\s+|its\s+|in\s+)?{_FIGURE.format('figure')}\s+{_WHEN}(?P<rest>.*)$",
    )
)
ALSO = re.compile(
    rf"^\s*,?\s*(?:(?:and|but|while|although|though|yet|whereas)\s+)?(?:whose\s+|where\s+|with\s+)?{_FIGURE.format('figure')}\s+{_MOVED.format('move')}"
    r"(?:\s+(?:both\s+times|each\s+time|every\s+year|in\s+both\s+(?:years|cases)|in\s+each\s+of\s+(?:them|these\s+years)|over\s+the\s+same\s+years|too|as\s+well))$",
    re.I,
)
FALLING = re.compile(rf"(?:{_DOWN}|falling|declining|shrinking|decreasing|reduced|lost)$", re.I)
