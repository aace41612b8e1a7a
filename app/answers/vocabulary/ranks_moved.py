"""Frames of questions on ranks in two periods, for which PERIODS stands: "which countries climbed in the ranking"."""

from __future__ import annotations

import re

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_P = rf"(?:(?:the\s+)?(?:(?:q[1-4]|h[12]|{_MONTH}|(?:first|second|third|fourth)\s+(?:half|quarter))\s+(?:of\s+)?)?(?:19|20)\d\d|(?:last|this|the\s+previous)\s+(?:year|quarter|month))"
_IN = r"(?:(?:in|for|of|during|over)\s+)?(?:the\s+)?(?:year\s+)?"
# "in 2025 than in 2024", "from 2024 to 2025", "2025 vs 2024", "in both 2024 and 2025"
TWO_PERIODS = re.compile(
    rf"\s*,?\s*\(?(?:(?:from|between)\s+|{_IN}(?:both\s+)?)(?P<one>{_P})\s*,?\s*(?P<how>than|to|and(?:\s+(?:again|then))?|vs\.?|versus|against|(?:as\s+)?compared\s+(?:to|with)|over|->|→|–|-)\s*{_IN}(?P<two>{_P})\b\)?",
    re.I,
)
_RANKS = r"(?:ranks?|rankings?|positions?|places?|spots?|standings?|league\s+tables?)"
_ASK = r"(?:(?P<ask>which|what|how\s+many|list|show(?:\s+me)?|name|give\s+me|find)\s+(?:of\s+)?(?:(?:are\s+)?(?:the|our|all|those|ones?\s+of\s+the)\s+)*)?"
_WHO = r"(?P<who>[a-z][\w-]*(?:\s+(?!by|in|on|has|have|had|held|with|whose|that|which|are|were|is|was|did|rank|ranked|rose|fell|went|got|climbed|dropped|moved|improved|lost|gained|slipped|declined)[\w-]+)?)"
_ADVERB = r"(?:actually\s+|also\s+|have\s+|has\s+|had\s+|did\s+)*"
_UP = r"(?:climb(?:ed|s|ing)?|rise|rose|risen|mov(?:e|ed|es|ing)\s+up|went\s+up|go(?:ne|es)?\s+up|gain(?:ed|s|ing)?|improv(?:e|ed|es|ing)|advance[ds]?|jump(?:ed|s)?(?:\s+up)?|got\s+better|came\s+up|gone\s+up)"
_DOWN = r"(?:drop(?:ped|s|ping)?(?:\s+down)?|f[ae]ll(?:en|s|ing)?(?:\s+(?:back|down))?|mov(?:e|ed|es|ing)\s+down|went\s+down|go(?:ne|es)?\s+down|los[et](?:s|ing)?|worsen(?:ed|s)?|slip(?:ped|s)?(?:\s+(?:back|down))?|declin(?:e|ed|es)|slid|sank|got\s+worse|deteriorat(?:e|ed|es))"
_KEPT = r"(?:kept|keep|held|hold|maintained|retained|stayed|remained)"
_BOUND = (
    r"(?:(?:by\s+)?(?:(?P<most>the\s+most|most|the\s+furthest|furthest|the\s+farthest)|(?P<least>at\s+least|more\s+than|over)?\s*(?P<n>\d+|one|two|three|four|five|six|ten)(?P<more>\s+or\s+more|\+)?)"
    rf"\s*(?:{_RANKS})?\s+|(?:{_RANKS}|ground)\s+(?=(?:in|on)\s))?"
)
_BY = r"(?:by|in|on|for|based\s+on|in\s+terms\s+of|according\s+to)"
_FIG = r"[a-z][\w\s'’-]*?"
_OBJECT = rf"(?:(?:in|on|within|of|their|its|the|our|overall|an?)\s+)*(?:(?P<figure>{_FIG})\s+)??{_RANKS}(?:\s+of\s+(?:all\s+|the\s+|our\s+)*[a-z-]+)?(?:\s+{_BY}\s+(?P<by>{_FIG}))?"
_LATE_BY = rf"(?:\s*,?\s+{_BY}\s+(?:their\s+)?(?P<by3>(?:(?!PERIODS).)+?))?"
_REST = r"(?P<rest>(?:\s+(?:in|for|of|within)\s+.+?)?)"
_AT = r"\s*\bPERIODS\b"
_QUALITY = r"(?P<quality>better|higher|worse|lower|poorer|the\s+same|same|an\s+unchanged|unchanged)"
MOVES = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        # "which countries climbed at least 3 places in the ranking by profit PERIODS"
        rf"^{_ASK}{_WHO}\s+(?:(?:that|which|who)\s+)?{_ADVERB}(?:(?P<up>{_UP})|(?P<down>{_DOWN})|(?P<kept>{_KEPT}(?=\s+(?:their|its|the\s+same))))\s+{_BOUND}(?:{_OBJECT})?(?:{_BY}\s+(?P<by2>{_FIG}))?{_REST}{_AT}{_REST.replace('rest', 'rest2')}{_LATE_BY}$",
        # "which ones held a better rank by sales PERIODS", "subcategories with a worse position in sales PERIODS"
        rf"^{_ASK}{_WHO}\s+(?:(?:that|which|who)\s+)?{_ADVERB}(?:held|hold|had|have|took|reached|achieved|got|occupied|with|having|showed|kept)\s+(?:an?\s+|the\s+|their\s+)*{_QUALITY}\s+(?:(?P<figure>{_FIG})\s+)??{_RANKS}(?:\s+{_BY}\s+(?P<by>{_FIG}))?{_REST}{_AT}{_REST.replace('rest', 'rest2')}{_LATE_BY}$",
        # "which subcategories ranked higher by sales PERIODS"
        rf"^{_ASK}{_WHO}\s+(?:(?:that|which|who)\s+)?{_ADVERB}(?:(?:are|were|is|was)\s+)?(?:rank(?:ed|s)?|placed|stood|positioned)\s+{_QUALITY}(?:\s+{_BY}\s+(?P<by>{_FIG}))?{_REST}{_AT}{_REST.replace('rest', 'rest2')}{_LATE_BY}$",
        # "countries whose rank by sales improved PERIODS"
        rf"^{_ASK}{_WHO}\s*,?\s+whose\s+(?:(?P<figure>{_FIG})\s+)??{_RANKS}(?:\s+{_BY}\s+(?P<by>{_FIG}))?\s+(?:has\s+|have\s+)?(?:(?P<up>{_UP})|(?P<down>{_DOWN})|(?:was|is|were|got|became)\s+{_QUALITY}){_REST}{_AT}{_REST.replace('rest', 'rest2')}{_LATE_BY}$",
    )
)
_OF_WHO = rf"(?:of|for)\s+(?:(?:each|every|all|the|our|all\s+of\s+the)\s+)*{_WHO}"
_SHOW = r"(?:(?:what|which)\s+(?:is|are|was|were)\s+|show(?:\s+me)?\s+|give\s+me\s+|list\s+|compare\s+|display\s+|how\s+(?:did|has|have)\s+)?(?:the\s+|our\s+)?"
SHOWN = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        # "rank of each market by sales PERIODS", "how did the ranking of markets by sales change PERIODS"
        rf"^{_SHOW}(?:change\s+(?:in|of)\s+(?:the\s+)?)?(?:(?P<figure>{_FIG})\s+)??{_RANKS}(?:\s+(?:changes?|movements?))?\s+{_OF_WHO}(?:\s+{_BY}\s+(?P<by>{_FIG}))?(?:\s+(?:change|changed|move|moved|develop|developed|shift|shifted))?{_AT}{_REST}$",
        # "by how many places did each subcategory move in the ranking by sales PERIODS"
        rf"^(?:by\s+)?how\s+many\s+{_RANKS}\s+(?:did|has|have)\s+(?:each|every|the|all)\s+(?:of\s+the\s+)?{_WHO}\s+(?:move|moved|climb|climbed|gain|gained|change|changed|shift|shifted)(?:\s+or\s+\w+)?\s+{_OBJECT}{_AT}{_REST}$",
        # "rank all markets by sales PERIODS", "markets ranked by sales PERIODS with both ranks"
        rf"^(?:rank\s+(?:(?:all|the|our|each|every)\s+)*{_WHO}|(?:(?:all|the|our)\s+)*{_WHO.replace('who', 'who2')}\s+ranked)\s+{_BY}\s+(?P<by>{_FIG}){_AT}{_REST}$",
    )
)
# "When all subcategories are ranked by yearly sales, which ones …"
LEAD = re.compile(
    rf"^(?:(?:when|if|with|once)\s+(?:(?:all|the|our|we\s+rank|you\s+rank|ranking)\s+)*(?P<who>[a-z][\w-]*(?:\s+(?!are|is|by|were)[\w-]+)?)\s+(?:(?:are|is|were|being)\s+)?(?:(?:ranked|sorted|ordered|listed)\s+)?|"
    rf"(?:rank(?:ing)?|sort(?:ing)?|order(?:ing)?)\s+(?:(?:all|the|our)\s+)*(?P<who2>[a-z][\w-]*(?:\s+(?!are|is|by|were)[\w-]+)?)\s+|in\s+(?:the|a|our)\s+rank(?:ing|s)?\s+of\s+(?:(?:all|the|our)\s+)*(?P<who3>[a-z][\w-]*(?:\s+(?!are|is|by|were)[\w-]+)?)\s+)"
    rf"{_BY}\s+(?:their\s+)?(?P<figure>[\w\s'’-]+?)\s*[,:;.–—]\s*(?=(?:which|what|how\s+many|list|show|name|who)\b)",
    re.I,
)
# "Show the subcategory with both ranks"
BOTH_RANKS = re.compile(
    rf"\s*[,;.?:(–—-]*\s*(?:(?:please|and|also|with|showing|then)\s+)*(?:(?:show|list|give|state|include|return|display|report|tell\s+me)\s+(?:me\s+)?)?(?:(?:the|each|its|their)\s+)*(?:[a-z-]+\s+(?:with|and|together\s+with|along\s+with)\s+)?"
    rf"(?:(?:the|its|their)\s+)?(?:(?:both|two|respective|old\s+and\s+new|new\s+and\s+old)\s+)+{_RANKS}(?:\s+(?:of\s+each|side\s+by\s+side|for\s+each))?\)?[\s.?!]*$|"
    rf"\s*[,;]?\s+and\s+by\s+how\s+(?:many\s+{_RANKS}|much|far)(?:\s+each)?[\s.?!]*$|"
    rf"\s*[,;]?\s+and\s+(?:show\s+)?(?:the\s+)?(?:change|difference|move(?:ment)?s?)(?:\s+(?:in|of|between)\s+(?:the\s+)?(?:two\s+)?{_RANKS})?[\s.?!]*$",
    re.I,
)
# "in the ranking of countries by sales, which climbed …"
ONES = re.compile(rf"^(which|what)\s+(?={_UP}|{_DOWN}|{_KEPT}|have\b|had\b|has\b|ranked?\b)", re.I)
YEARLY = re.compile(
    r"^(?:(?:the|their|its|total|yearly|annual|overall|respective|our)\s+)+|\s+(?:each\s+year|per\s+year)$", re.I
)
COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
ABOUT_RANKS = re.compile(rf"\b(?:rank\w*|{_RANKS})\b", re.I)
