"""Frames of questions that put members into bands; BANDS stands for the list of bands."""

from __future__ import annotations

import re

_GROUPS = r"(?:groups?|bands?|buckets?|class(?:es)?|ranges?|brackets?|tiers?|categor(?:y|ies)|bins?|clusters?|intervals?|levels?|groupings?|segments?)"
_PUT = r"(?:put|split|group|sort|bucket|band|break|divide|classify|categori[sz]e|segment|bin|cluster|arrange|assign|distribute|separate|slice|tier)"
_PLACE = (
    rf"(?:\s+(?:up|down))?\s*[,:;(–—-]*\s*(?:(?:into|in|to|for|with|of|as|using|per|namely|by|over|across|among|each)\s+)*(?:(?:the|these|this|those|following|a|each|four|three|five|two)\s+)*"
    rf"(?:{_GROUPS}\b\s*)?(?:(?:of|as|from|are|being)\s+)?[:(=,–—-]*\s*BANDS\s*\)?"
)
_DID = r"(?:\s+(?:who|that|which)\s+(?:(?:have|has|had)\s+)?(?:ever\s+)?(?:ordered|bought|purchased|placed\s+(?:an\s+)?orders?|made\s+(?:a\s+)?purchases?)(?:\s+(?:at\s+all|anything|something|from\s+us|at\s+least\s+once))?)?"
_ALL = r"(?:(?:all|the|our|of|different|distinct|individual|every|each)\s+)*"
WHO = rf"{_ALL}(?P<who>[a-z][\w-]*(?:\s+(?!by|per|in|of|for|from|who|that|which|according|based|into|on)[\w-]+){{0,2}}?){_DID}(?P<kind>(?:\s+(?:in|of|from|for|during)\s+[^,:;]+?)?)"
_BY = r"(?:by|according\s+to|based\s+on|depending\s+on|on\s+the\s+basis\s+of|in\s+terms\s+of|per|over|across|on)"
_FIG = rf"(?:(?:the|their|its|how\s+many|how\s+much|total|overall|lifetime|all[\s-]time)\s+)*(?P<fig>(?!(?:(?:the|these|following)\s+)*{_GROUPS}\b)[a-z][\w\s'’-]*?)"
_SHOW = r"(?:(?:please\s+)?(?:show|give|list|tell|plot|draw|display|i\s+(?:need|want)|what\s+(?:is|are)|make)\s+(?:me\s+|us\s+)?)?(?:(?:the|a|an|our)\s+)*"
_AFTER = r"(?P<after>(?:[\s,.;:?!–—-].*)?)"
FRAMES = tuple(
    re.compile(pattern, re.I | re.S)
    for pattern in (
        # "put the customers into the groups BANDS according to their number of orders", "split orders by value into BANDS"
        rf"^(?:please\s+|can\s+you\s+)?{_PUT}(?:\s+(?:up|down))?\s+{WHO}(?:\s+{_BY}\s+{_FIG})?{_PLACE}(?:\s*,?\s+{_BY}\s+{_FIG.replace('fig', 'fig2')}(?=\s*[,.;:?!–—]|\s+(?:in|for|and|during|of|by|per)\b|$))?{_AFTER}$",
        # "put orders into bands by shipping time: BANDS"
        rf"^(?:please\s+|can\s+you\s+)?{_PUT}(?:\s+(?:up|down))?\s+{WHO}\s+(?:in)?to\s+(?:the\s+|these\s+|following\s+)*{_GROUPS}\s+{_BY}\s+{_FIG}{_PLACE}{_AFTER}$",
        # "how many customers fall into each of these order-count bands: BANDS"
        rf"^{_SHOW}how\s+many\s+{WHO}\s+(?:do\s+we\s+have\s+|are\s+(?:there\s+)?|fall\s+|lie\s+|belong\s+)*(?:in|into|to|within|for|per)\s+(?:(?:each|every|the|these|those|following|of)\s+)*{_FIG}\s+{_GROUPS}\s*[:(=,–—-]*\s*BANDS\s*\)?{_AFTER}$",
        # "number of order lines per discount band: BANDS", "how many customers by number of orders (BANDS)"
        rf"^{_SHOW}(?:how\s+many|(?:number|count)\s+of|count)\s+{WHO}\s+(?:are\s+(?:there\s+)?)?(?:{_BY}|in\s+each|for\s+each|within\s+each)\s+{_FIG}(?:\s+{_GROUPS})?{_PLACE}{_AFTER}$",
        # "distribution of customers by sales: BANDS"
        rf"^{_SHOW}(?:distribution|histogram|breakdown|frequency|spread|split)\s+of\s+{WHO}\s+{_BY}\s+{_FIG}(?:\s+{_GROUPS})?{_PLACE}{_AFTER}$",
        # "histogram of order values BANDS"
        rf"^{_SHOW}(?:distribution|histogram|breakdown|frequency|spread)\s+of\s+{_ALL}(?P<ofwho>order|customer|product|line|country|basket)\s+(?P<fig>values?|sizes?|totals?|amounts?|sales|revenues?|profits?|margins?|discounts?|spend(?:ing)?){_PLACE}{_AFTER}$",
        # "orders by value (BANDS)", "sales and margin by discount band: BANDS"
        rf"^{_SHOW}(?P<what>[a-z][^.;:?!()]*)\s+(?:{_BY}|in\s+each|for\s+each)\s+{_FIG}(?:\s+{_GROUPS})?{_PLACE}{_AFTER}$",
    )
)
_DOING = {
    "days to ship": r"(?:took|take|needed|need|required|were\s+shipped\s+in|was\s+shipped\s+in|shipped\s+in|left\s+in|were\s+shipped\s+after|shipped\s+after)",
    "sales": r"(?:spent|spend|(?:are|were|is)\s+worth|worth|(?:have|had|with|of)\s+(?:an?\s+)?(?:order\s+|total\s+)?(?:value|total|amount)(?:\s+of)?|amount(?:ed)?\s+to|c[ao]me\s+to|totall?ed|(?:are|were)\s+(?:valued\s+)?at)",
    "discount": r"(?:(?:have|had|with|got|carry|carried|at|were\s+given|received|were\s+sold\s+(?:at|with))(?:\s+an?)?(?:\s+discounts?(?:\s+rate)?(?:\s+of)?)?)",
    "": r"(?:(?:have\s+|had\s+)?(?:placed|made|ordered|bought|purchased|have|had|has|contain(?:ed)?|includ(?:e|ed)|h[eo]ld|consist(?:ed)?\s+of|with|comprise[ds]?|sold)(?:\s+(?:exactly|just))?)",
    "figure": r"(?:have|had|has|with|having|show(?:ed)?|made|make|generated?)\s+(?:an?\s+|the\s+|total\s+)*(?P<fig>[a-z][\w\s-]*?)(?:\s+of|\s+at)?",
}  # fmt: skip
COUNTED = {
    r"orders?|purchases?|times?": "number of orders",
    r"(?:order\s+)?lines?": "number of order lines",
    r"different\s+products?|products?": "number of products",
    r"units?|items?|pieces?": "units",
}
_UNITS = r"(?P<unit>days?|orders?|purchases?|times?|(?:order\s+)?lines?|different\s+products?|products?|units?|items?|pieces?|discounts?|dollars?)"
# "orders under 100, 100 to 500 and over 500: number and share"
OF_VALUE = re.compile(
    rf"^{_SHOW}(?:(?:how\s+many|(?:number|count)\s+of|count)\s+)?{_ALL}(?P<who>orders)(?P<kind>(?:\s+(?:in|of|from|for|during)\s+[^,:;]+?)?)\s+(?:(?:of|are|were)\s+)?BANDS(?:\s+dollars)?{_AFTER}$",
    re.I | re.S,
)
# "for orders in 2025, how many had 1 line, 2-3 lines, 4 or more"
OF_THESE = re.compile(
    r"^(?:for|of|among)\s+(?:(?:all|the|our)\s+)*(?P<who>[a-z]+(?:\s+lines)?)(?P<kind>(?:\s+[^,]+?)?)\s*,\s*how\s+many\s+(?:of\s+(?:them|these|those)\s+)?",
    re.I,
)
# "how many orders took BANDS days to ship"
DID = tuple(
    (
        figure,
        re.compile(
            rf"^{_SHOW}(?:how\s+many|(?:number|count)\s+of|count|(?P<part>(?:what\s+|which\s+)?(?:share|percentage|percent|proportion|fraction|%)\s+of))\s+{WHO}\s+(?:(?:who|that|which)\s+)?{verb}\s+BANDS"
            rf"(?:\s*{_UNITS}\b)?(?P<object>(?:\s+(?:to\s+ship|to\s+be\s+shipped|until\s+shipping|for\s+shipping|in\s+value|in\s+total|each|off|discount))*){_AFTER}$",
            re.I | re.S,
        ),
    )
    for figure, verb in _DOING.items()
)
# groups that are nothing else: "by category" tells another one
_OWN = r"(?:groups?|bands?|buckets?|class(?:es)?|ranges?|brackets?|tiers?|bins?|clusters?|intervals?|groupings?)"
_MAKE_UP = r"(?:has|have|holds?|contains?|gets?|makes?(?:\s+up)?|brings?(?:\s+in)?|accounts?\s+for|represents?|contributes?|generates?|includes?)"
_EACH_ENDS = (
    rf"(?:(?:(?:there\s+)?(?:are|is|were|was|fall|falls|fell|belong|land|sit|lie|go)\s+)?(?:there\s+)?(?:in(?:to)?|for|of|per|by|to|from|within)\s+(?:each|every|these|those|the)(?:\s+of\s+(?:them|these|those|the))?(?:\s+{_OWN}|(?!\s+\w))"
    rf"|(?:do|does|did)\s+(?:each|they)(?:\s+of\s+(?:them|these|those))?(?:\s+{_GROUPS})?(?:\s+{_MAKE_UP})?"
    rf"|(?:per|by)\s+{_OWN}|(?:each|every|the)(?:\s+{_OWN})?\s+{_MAKE_UP}|(?:are|were)\s+(?:there|in\s+there|that)|each|apiece|respectively|(?:do|did)\s+we\s+have|have\s+we)"
)
ENDING = re.compile(rf"\s*\b{_EACH_ENDS}(?:\s+{_EACH_ENDS})*\s*$", re.I)
OPENING = re.compile(
    r"^(?:(?:please|and|also|then|show|give|list|state|tell|report|include|add|calculate|compute|display|with|plus|me|us|what|which|is|are|was|were|the|their|its|our|total|overall|(?:for|in)\s+each(?:\s+(?:of\s+(?:them|these)|group|band|bucket|class|tier)|(?=\s*(?:,|show|give|list|state|tell|the\b|how|what)))|i\s+need|i\s+want|both)\b[\s,:]*)+",
    re.I,
)
JOINTS = re.compile(
    r"\s*(?:[.;:,?!–—]|\s-\s)\s*|\s+(?:and|plus|as\s+well\s+as|along\s+with|together\s+with|with)\s+", re.I
)
NUMBER = re.compile(r"^(?:how\s+many|(?:number|count|counts|quantity)(?:\s+of)?)\s*(?P<of>[\w\s-]*?)$", re.I)
PART = re.compile(
    r"^(?:how\s+(?:big|large)\s+a\s+)?(?:share|percentage|percent|proportion|fraction|%)\s*(?:(?:of|in)\s+(?P<of>[\w\s-]*?))?$",
    re.I,
)
RESTRICTS = re.compile(
    r"^(?:(?:in|for|during|since|from|within|by|per|of|only|between|on|excluding|without|except|outside|last|this|the\s+last)\s+|(?:19|20)\d\d$)",
    re.I,
)
ALSO = re.compile(r"^(?:[^.:;,?!]*?\s)??(?:\s*,\s*)?(?:with|and|plus|including|along\s+with|together\s+with)\b", re.I)
VARIES = re.compile(
    r"^how\s+(?:does|do|did)\s+(?:(?:the|our)\s+)?(?P<figure>[\w\s]+?)\s+(?:vary|change|differ|depend|develop|look)\s+(?:with|by|across|on|per)\s+",
    re.I,
)
ORDERED = re.compile(
    r"^(?:sort|order(?:ed)?\s+by|ordering|rank|top|bottom|high|low|larg|small|big|best|worst|compar|versus|vs)", re.I
)
COUNT_BY = re.compile(
    r"^(?P<head>(?:count|number|how\s+many)(?:\s+of)?(?:\s+[\w-]+){0,2}?)\s+(?P<rest>(?:by|per|in\s+each|for\s+each)\s+.+)$",
    re.I,
)
WITHIN = re.compile(
    r"\s+(?:(?:in|during|for|since|from|within)\s+.+|(?:last|this)\s+(?:year|quarter|month|week))$", re.I
)
WHOLE = re.compile(r"^(?:(?:the|all|our|total|overall|of|them|these|those|whole)\s*)+", re.I)
VALUES = re.compile(
    r"^(?:order\s+|basket\s+|customer\s+|lifetime\s+|total\s+)*(?:values?|sizes?|worth|amounts?|totals?|spend(?:ing)?|spent|money\s+spent|they\s+spent)$",
    re.I,
)
DONE = re.compile(
    r"\s+(?:that\s+)?(?:they\s+)?(?:have\s+|had\s+|ever\s+)*(?:placed|made|ordered|have|had|bought|taken|took|in\s+total|overall)$",
    re.I,
)
MEAN = re.compile(r"\b(?:average|mean|avg)\b", re.I)
