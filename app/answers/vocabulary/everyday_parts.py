"""What everyday forms of a question are made of: groups, periods, bounds, and what is left out."""

from __future__ import annotations

from app.answers.dates.names import MONTH_NUMBERS

GROUPS = {
    "categories": "category", "subcategories": "subcategory", "sub-categories": "sub-category", "segments": "segment", "markets": "market",
    "regions": "region", "countries": "country", "states": "state", "cities": "city", "ship modes": "ship mode", "shipping modes": "shipping mode",
    "priorities": "priority", "order priorities": "order priority", "months": "month", "quarters": "quarter", "years": "year",
}  # fmt: skip
GROUP = rf"(?:product\s+|customer\s+)?(?:{'|'.join(sorted({*GROUPS, *GROUPS.values()}, key=len, reverse=True))})"
MONTH = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
PERIOD = (
    rf"(?:(?:the\s+)?(?:calendar\s+|whole\s+|full\s+|entire\s+)*(?:year\s+)?20\d\d|(?:the\s+)?q[1-4](?:\s+(?:of\s+)?20\d\d)?|(?:{MONTH})(?:\s+(?:of\s+)?20\d\d)?|"
    r"(?:the\s+)?(?:first|second|third|fourth|last)\s+(?:quarter|half)\s+of\s+20\d\d|h[12]\s+(?:of\s+)?20\d\d|(?:last|this|the\s+(?:current|previous))\s+(?:year|month|quarter|week))"
)

LEFT_OUT = r"(?:excluded|left\s+out|left\s+aside|not\s+(?:counted|included|considered)|ignored|taken\s+out|set\s+aside|disregarded|omitted|removed|dropped|aside)"
THING = r"(?P<thing>(?:the\s+)?[\w&'-]+(?:\s+(?!(?:is|are|was|were)\b)[\w&'-]+){0,2}?)"

ONE = "order|customer|unit|return|line"
WHERE = r"(?:where|in\s+which|for\s+which|whose)"
BOUNDS = (
    (r"exceed(?:s|ed|ing)?|more\s+than|over|above|greater\s+than|higher\s+than|in\s+excess\s+of", "more than"),
    (r"below|under|less\s+than|fewer\s+than|lower\s+than", "fewer than"),
    (r"at\s+least|no\s+less\s+than|no\s+fewer\s+than", "at least"),
    (r"at\s+most|no\s+more\s+than", "at most"),
)
