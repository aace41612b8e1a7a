"""Words of bands: "1, 2-4, 5-9 and 10+", "under 100, 100 to 500, above 500", "in steps of 500 up to 2,000"."""

from __future__ import annotations

import re

WORDS = {
    "zero": 0, "no": 0, "none": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12, "twenty": 20, "once": 1, "twice": 2,
}  # fmt: skip
SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6}
_N = rf"(?:[$€£]\s*)?(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:\s*(?:k|m|thousand|million)\b)?(?:\s*(?:%|percent\b|per\s+cent\b))?|\b(?:{'|'.join(WORDS)})\b"
UNIT = (
    r"(?:orders?|purchases?|times?|days?|units?|items?|(?:order\s+)?lines?|products?|pieces?|dollars?|usd|customers?|clients?|"
    r"points?|returns?|discounts?|sales|countries|cities|different\s+products?)"
)
_U = rf"(?:\s*{UNIT}\b)?"
_DASH = r"(?:\s*[-–—]\s*|\s+(?:to|through|till|until)\s+)"
_OVER = r"(?:more\s+than|over|above|greater\s+than|larger\s+than|higher\s+than|exceeding|beyond|longer\s+than|>)"
_FROM = r"(?:at\s+least|no\s+less\s+than|>=|≥|from)"
_UNDER = r"(?:less\s+than|under|below|fewer\s+than|lower\s+than|smaller\s+than|shorter\s+than|<)"
_UP_TO = r"(?:up\s+to(?:\s+and\s+including)?|at\s+most|no\s+more\s+than|not\s+more\s+than|<=|≤|max(?:imum)?)"
_AND_UP = r"(?:\s*\+|\s*(?:,\s*)?(?:or|and)\s+(?:more|above|over|higher|up|upwards?|beyond|longer)|\s+(?:upwards?|plus|onwards?))"
_AND_DOWN = r"(?:\s*(?:or|and)\s+(?:less|fewer|below|under|lower|shorter))"
_WITHOUT = r"(?:under|below|less\s+than|but\s+(?:less\s+than|under|below|not\s+including)|just\s+under)"
_BAND = (
    rf"(?:between\s+(?:{_N}){_U}\s+and\s+(?:{_N})|(?:from\s+)?(?:{_N}){_U}(?:{_DASH}|\s+(?:up\s+)?to\s+)(?:{_WITHOUT}\s+)?(?:{_N})"
    rf"|{_OVER}\s*(?:{_N})|(?:{_UNDER}|{_UP_TO})\s*(?:{_N})|(?:{_N}){_U}{_AND_UP}|(?:{_N}){_U}{_AND_DOWN}|{_FROM}\s*(?:{_N})(?:{_U}{_AND_UP})?"
    rf"|(?:(?:exactly|only|just)\s+)?(?:{_N})(?:\s+(?:or|and)\s+(?:{_N})(?=\s*[,;]))?"
    r"|negative\b|positive\b"
    r"|(?:(?:and\s+)?everything\s+|anything\s+|all\s+|the\s+rest\s+)?(?:above|beyond|over)(?:\s+that)?(?=\s*(?:[,;:.?)]|$))|(?:and\s+)?(?:even\s+)?(?:more|higher|longer)(?:\s+than\s+that)?(?=\s*(?:[,;:.?)]|$)))"
)
ONE = rf"{_BAND}{_U}"
_SEPARATOR = r"(?:\s*(?:,|;|/|\||\bvs\.?)\s*(?:(?:and|or)\s+)?(?:of\s+)?|\s+(?:and|or)\s+(?:of\s+)?)"
LIST = re.compile(rf"(?<![\w.,-]){ONE}(?:{_SEPARATOR}{ONE})+(?![\w%])", re.I)
STEPS = re.compile(
    rf"(?:in|into|by|using|with|of)\s+(?:steps|bands|buckets|bins|groups|intervals|increments|classes|ranges)\s+of\s+(?:size\s+|width\s+)?(?P<step>{_N})(?P<unit>{_U})"
    rf"|(?:in|into|by|using|with)\s+(?P<step2>{_N})[\s-]*(?:dollar|usd|point|day|order|unit|wide)?[\s-]*(?:steps|bands|buckets|bins|intervals|increments|classes|ranges|brackets)",
    re.I,
)
FROM_TO = re.compile(
    rf"^\s*,?\s*(?:(?:starting\s+)?from\s+(?P<low>{_N})\s+)?(?:up\s+)?to\s+(?P<high>{_N})(?P<rest>\s*,?\s*(?:(?:and|then|plus)\s+)+(?:(?:everything|all|anything|one\s+(?:band|group)\s+for\s+(?:everything|all))\s+)?(?:above|over|beyond|more|the\s+rest)(?:\s+(?:that|(?:{_N})))?)?",
    re.I,
)
PIECE = re.compile(
    rf"^(?:(?P<between>between\s+|from\s+)?(?P<low>{_N}){_U}(?:{_DASH}|\s+and\s+|\s+or\s+|\s+up\s+to\s+)(?P<without>{_WITHOUT}\s+)?(?P<high>{_N})"
    rf"|(?P<over>{_OVER})\s*(?P<n1>{_N})|(?P<under>{_UNDER})\s*(?P<n2>{_N})|(?P<upto>{_UP_TO})\s*(?P<n3>{_N})|(?:{_FROM}\s*)(?P<n4>{_N})(?:{_U}{_AND_UP})?"
    rf"|(?P<n5>{_N}){_U}{_AND_UP}|(?P<n6>{_N}){_U}{_AND_DOWN}|(?:(?:exactly|only|just)\s+)?(?P<n7>{_N})|(?P<sign>negative|positive)|(?P<rest>.*\b(?:above|beyond|over|more|higher|longer)\b.*)){_U}$",
    re.I,
)
YEAR = re.compile(r"(?<![\d$€£,.])20[1-3]\d(?:(?=\s+and\s)|(?<=\sand\s\d{4})|(?=\s*[-–,]\s*20[1-3]\d\b))")
MOST_STEPS = 60
CENT = 0.01
