"""The days from a customer's order to the next, in the one form that the rules read.

Pairs of a pattern and what is read instead; they are applied in order, before those of `returned`.
"""

from __future__ import annotations

import re

from app.answers.vocabulary.text import Forms, compiled

_TIME = r"(?:(?:number\s+of\s+|amount\s+of\s+)?(?:calendar\s+)?days|time(?:\s+in\s+days)?|(?:time\s+)?gaps?|intervals?|wait(?:ing\s+time)?|time\s+span)"
_GO_BY = r"(?:\s+(?:(?:that|which)\s+)?(?:pass(?:es)?|lies?|lay|are\s+there|is\s+there|there\s+(?:are|is)|go(?:es)?\s+by|elapses?|come)(?:\s+on\s+average)?)?"
_ASKED = rf"(?:how\s+(?:many\s+days|much\s+time)\s+(?:(?:do|does)\s+)?{_TIME}|how\s+(?:many\s+days|much\s+time|long)(?:\s+(?:is|do|does))?(?:\s+it)?(?:\s+(?:the|a)\s+{_TIME})?|(?:the\s+)?{_TIME})"
_CUSTOMER = r"(?:(?:customer|client|buyer|shopper|person)(?:s['’]?|['’]s)?)"
_WHOSE = rf"(?:(?:the|their|his|her|its|an?|our|each|every|one)\s+)*(?:(?:same|single|given)\s+)?(?:{_CUSTOMER}\s+)?(?:very\s+)?"
_ORDER = r"(?:\s+(?:ever\s+)?(?:orders?|purchases?))"
_TWO = rf"{_WHOSE}(?:first|1st|initial){_ORDER}?(?:\s+(?:of|by|from)\s+{_WHOSE}{_CUSTOMER})?\s+(?:and|to|until|till|up\s+to)\s+{_WHOSE}(?:second|2nd|next|following|subsequent)(?:{_ORDER}|\s+one)\b"
_ONE_AFTER_ANOTHER = rf"(?:{_WHOSE}(?:two\s+|any\s+two\s+)?(?:consecutive|successive|neighbou?ring){_ORDER}|{_WHOSE}one{_ORDER}\s+and\s+the\s+(?:next|following)(?:{_ORDER}|\s+one)?|(?:an?|each)\s+customer['’]s{_ORDER}|(?:two\s+)?orders\s+(?:of|by|from)\s+(?:an?|one|the\s+same|each)\s+(?:same\s+)?customer)"
_OF_WHOM = rf"(?:\s+(?:of|by|from|for(?!\s+(?:each|every)\b))\s+(?:(?:an?|one|the|our|all|each|same)\s+)*{_CUSTOMER}(?=\s*(?:[?.!,;:(]|$)|\s+(?:by|per|in\s+each|for\s+each)\b))?"
_PLACE = r"(?:place|make|give|order|get\s+to|come\s+back\s+(?:for|with))"
_UNTIL = r"(?:to|until|till|before|up\s+to)"
_TWICE = r"(?:(?:all|the|those|our|only|each)\s+)*(?:everyone|everybody|anyone|those|customers|clients|buyers|people)\s+(?:(?:who|that)\s+(?:have\s+)?(?:ordered|placed|bought|had|made)|with)\s+(?:at\s+least\s+(?:two|2)|two\s+or\s+more|more\s+than\s+one|2\+|at\s+least\s+twice|twice\s+or\s+more|more\s+than\s+once)(?:\s+(?:orders?|purchases?|times))?"

THOSE_WITH_TWO = re.compile(rf"\b(?:only\s+)?(?:(?:for|among|of|over|across|by)\s+)?{_TWICE}(?:\s+only)?", re.I)
"""Those with a second order, told beside the days to it, which nobody else has."""

ORDERS_IN_A_ROW: Forms = compiled(
    (
        # "(two orders on one day count as 0 days)"
        (r"\s*\([^()]*\borders\s+(?:placed\s+|made\s+)?(?:on|of)\s+(?:one|the\s+same|a\s+single)\s+day\b[^()]*\b(?:0|zero)\b[^()]*\)", ""),
        (rf"\b{_ASKED}{_GO_BY}(?:\s+(?P<how>on\s+average))?{_GO_BY}\s+(?:between|from|separates?|separating)\s+{_TWO}{_OF_WHOM}", r"\g<how> days to second order"),
        (rf"\b{_ASKED}{_GO_BY}(?:\s+(?P<how>on\s+average))?{_GO_BY}\s+(?:between|from)\s+{_ONE_AFTER_ANOTHER}{_OF_WHOM}", r"\g<how> days to next order"),
        (rf"\bhow\s+(?:long|many\s+days)\s+(?:(?P<early>on\s+average)\s+)?(?:does|do|did)\s+(?:it\s+(?:usually\s+|typically\s+)?take\s+)?(?:for\s+)?(?:(?:an?|our|the|new)\s+)*(?:{_CUSTOMER}\s+)?(?:usually\s+|typically\s+)?(?:take\s+)?(?P<how>on\s+average\s+)?(?:take\s+)?{_UNTIL}\s+(?:they\s+)?(?:{_PLACE}\s+)?{_WHOSE}(?:second|2nd){_ORDER}(?:\s+after\s+{_WHOSE}first(?:{_ORDER}|\s+one)?)?", r"\g<early>\g<how> days to second order"),
        (rf"\b{_TIME}\s+{_UNTIL}\s+(?:(?:they|an?\s+customer|customers)\s+)?(?:{_PLACE}\s+)?{_WHOSE}(?:second|2nd){_ORDER}(?:\s+after\s+{_WHOSE}first(?:{_ORDER}|\s+one)?)?", "days to second order"),
        # those who have a second order, told once more
        (rf"^\s*(?:for|among|of|considering|taking)\s+{_TWICE}\s*[,:;–-]+\s*(?=.*\bdays\s+to\s+(?:second|next)\s+order\b)", ""),
        (rf"\b(?P<gap>days\s+to\s+(?:second|next)\s+order\b.*?)[\s,;(]+(?:(?:only|taken|counting|considering)\s+)*(?:for|among|of|over|across|by|only)\s+{_TWICE}\)?(?=\s*[?.!,]|\s*$|\s+(?:by|per)\b)", r"\g<gap>"),
    )
)  # fmt: skip
