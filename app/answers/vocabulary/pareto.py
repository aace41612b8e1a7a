"""Frames of questions for shares that add up: "subcategories by sales with their cumulative share"."""

from __future__ import annotations

import re

_ADDED = r"(?:cumulative|running|accumulated|cumulated|progressive|cum\.?)"
_SHARES = (
    rf"(?:(?:(?:the|its|their)\s+)?(?:(?:own\s+)?(?:share|percentage|percent|%)\s+(?:of\s+(?:the\s+)?total\s+)?(?:and|plus|,)\s+(?:(?:the|its|their)\s+)?)?"
    rf"{_ADDED}\s+(?:total\s+)?(?:share|percentage|percent|proportion|fraction|contribution|%)s?"
    r"(?:\s+(?:of|in)\s+(?:the\s+)?(?:total|whole|overall|all|grand\s+total)?(?:\s*(?P<again>[a-z]+))?)?)"
)
_SHOW = r"(?:(?:show(?:ing)?|with|and|add(?:ing)?|plus|include|including|give(?:\s+me)?|list|state|along\s+with|together\s+with)\s+)*"
_ORDER = (
    r"(?:(?:sorted|ranked|ordered|going|listed)\s+)?(?:(?:from\s+)?(?:the\s+)?(?:high(?:est)?|large(?:st)?|big(?:gest)?|top|most)(?:\s+(?:one|seller))?\s+(?:to\s+(?:the\s+)?(?:low(?:est)?|small(?:est)?|bottom|least)|down(?:wards?)?|on(?:wards?)?)"
    r"|(?:largest|highest|biggest|best)\s+first|(?:in\s+)?descending(?:\s+order)?|from\s+(?:the\s+)?(?:top|largest|highest)(?:\s+down(?:wards?)?)?)"
)
_SORT = r"(?:sort|rank|order|list|show(?:\s+me)?|take|arrange)"
_VERBS = r"(?:(?:what|which)\s+(?:is|are)\s+(?:the\s+)?|show(?:\s+me)?\s+|give\s+me\s+|list\s+|display\s+|i\s+need\s+|i\s+want\s+)?(?:(?:an?|the|our)\s+)?"
_GROUP = r"(?P<who>[a-z][\w-]*(?:\s+(?!by|from|in|on|with|and|for|of)[\w-]+)?)"
_NAMED = rf"{_VERBS}pareto(?:\s+(?:analysis|chart|table|curve|list|view|breakdown|diagram))?\s*(?:[:–—-]\s*|of\s+|for\s+|on\s+)(?:(?:our|the|all)\s+)*"
_TAIL = rf"(?:\s*[,;:(–—-]*\s*{_ORDER})?(?:\s*[,;:(–—-]*\s*{_SHOW}{_SHARES}\)?)?"
_MUST = rf"(?:\s*[,;:(–—-]*\s*{_ORDER})?\s*[,;:(–—-]*\s*{_SHOW}{_SHARES}\)?(?:\s*[,;]?\s*{_ORDER.replace('(?P<', '(?P<x')})?"
PARETOS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        # "Pareto: subcategories by sales in 2025 with cumulative share"
        rf"^{_NAMED}{_GROUP}\s+by\s+(?P<figure>[^,;:]+?){_TAIL}$",
        # "Sort subcategories from highest to lowest sales; show the running share of the total"
        rf"^{_VERBS}(?:{_SORT}\s+)?(?:(?:our|the|all)\s+)*{_GROUP}\s+(?:from\s+)?(?:high(?:est)?|large(?:st)?|big(?:gest)?|most)\s+to\s+(?:low(?:est)?|small(?:est)?|least)\s+(?:by\s+|in\s+)?(?P<figure>[^,;:]+?){_MUST}$",
        # "subcategories by sales in 2025, with their cumulative share"
        rf"^{_VERBS}(?:{_SORT}\s+)?(?:(?:our|the|all)\s+)*{_GROUP}\s+by\s+(?P<figure>[^,;:]+?){_MUST}$",
    )
)
# "Pareto of sales by subcategory", "sales by subcategory from largest to smallest with the cumulative percentage"
BY_GROUP = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"^{_NAMED}(?P<figure>[^,;:]+?)\s+(?:by|per|over|across)\s+{_GROUP}(?P<rest>(?:\s+(?:in|for|of|during|since)\s+[^,;:]+?)?){_TAIL}$",
        rf"^{_VERBS}(?P<figure>[^,;:]+?)\s+(?:by|per|of\s+each)\s+{_GROUP}(?P<rest>(?:\s+(?:in|for|of|during|since)\s+[^,;:]+?)?){_MUST}$",
        # "sales, share and cumulative share by subcategory"
        rf"^{_VERBS}(?P<figure>[^,;:]+?)\s*,?\s+{_SHOW}{_SHARES}\s+(?:by|per|of\s+each)\s+{_GROUP}(?P<rest>(?:\s+(?:in|for|of|during|since)\s+[^,;:]+?)?)(?:\s*,?\s*{_ORDER})?$",
        # "cumulative share of sales by subcategory from the largest down"
        rf"^{_VERBS}{_ADDED}\s+(?:share|percentage|percent|%)\s+of\s+(?P<figure>[^,;:]+?)\s+(?:by|per|across)\s+{_GROUP}(?P<rest>(?:\s+(?:in|for|of|during|since)\s+[^,;:]+?)?)(?:\s*,?\s*{_ORDER})?$",
    )
)
WORDS = re.compile(
    rf"\bpareto\b|\b{_ADDED}\s+(?:total\s+)?(?:share|percent|percentage|proportion|fraction|contribution)\b|\b{_ADDED}\s*%",
    re.I,
)
TIME = re.compile(r"^(?:days?|weeks?|months?|quarters?|years?|weekdays?|dates?)$", re.I)
# what is no share over time: "the cumulative share by subcategory"
BY_A_GROUP = re.compile(
    r"\b(?:by|per|each|every|which)\s+(?:[\w-]+\s+)?(?:sub-?)?(?:categor|product|customer|countr|market|region|segment|state|cit)",
    re.I,
)
OVER_TIME = re.compile(r"\b(?:da(?:y|ily)|week|month|quarter|year|time|date|annual)", re.I)
