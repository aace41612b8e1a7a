"""How people ask for what goes together: "which two subcategories turn up in the same order most often"."""

from __future__ import annotations

import re

NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
NUMBERS |= {"fifteen": 15, "twenty": 20}
NUMBER = rf"(?:\d{{1,3}}|{'|'.join(NUMBERS)})"
ORDERS = r"(?:(?:shopping\s+)?(?:orders?|baskets?|carts?|transactions?|purchases?|checkouts?|receipts?))"
PEOPLE = r"(?:customers?|people|buyers?|clients?|shoppers?)"
OFTEN = r"(?:often|frequently|commonly|regularly)"
PAIR = r"(?:pairs?|pairings?|combinations?|combos?|duos?|couples?|tandems?)"
_BOTH = r"(?:both(?:\s+of\s+(?:them|these|the\s+two))?|the\s+two(?:\s+of\s+them)?|each\s+(?:pair(?!\s+of\b)|of\s+them)|(?:the|that|this|either)\s+pair(?!\s+of\b)|them(?:\s+both)?|it)"
_DO = r"(?:is|was|were|are|does|did|do|has|have|had|can|could)"
_MEETS = (
    r"(?:happen(?:s|ed)?|occur(?:s|red)?|appear(?:s|ed)?|show(?:s|ed|n)?\s+up|turn(?:s|ed)?\s+up|ha(?:s|ve|d)|contain(?:s|ed|ing)?|"
    r"includ(?:e[sd]?|ing)|involv(?:e[sd]?|ing)|with|b(?:ought|uy)|shar(?:e[sd]?|ing)|found|seen|combin(?:e[sd]?|ing)|featur(?:e[sd]?|ing)|held|holds?|order(?:ed)?|purchased?)"
)
_WITH_BOTH = (
    rf"(?:\s+(?:that|which|who|in\s+which|where|of)?\s*(?:(?:{_DO})\s+)?(?:{_BOTH}\s+(?:{_DO}\s+)?(?:{_MEETS}|together)(?:\s+together)?|{_MEETS}(?:\s+(?:from|of|in))?\s+{_BOTH}"
    rf"|they\s+(?:{_DO}\s+)?(?:{_MEETS})(?:\s+in)?(?:\s+(?:together|in\s+common))?(?:\s+in)?|they\s+have\s+in\s+common|in\s+common|shared|together|{_BOTH}|that\s+(?:is|was|were|are)|{_DO}\s+(?:that|it|this))(?:\s+in)?(?:\s+together)?)?"
)
_COUNT = r"(?:(?:the|a|their|its)\s+)?(?:(?:total|joint|respective|shared|common|order|basket|customer)\s+)*(?:number|counts?|numbers|tally|frequency|frequencies|total)"

WHOSE = rf"(?P<of>{ORDERS}|(?:different\s+|distinct\s+|individual\s+|single\s+)?{PEOPLE})"

IN_ALPHABETICAL_ORDER = re.compile(
    r"[\s.?;,(–-]*(?:(?:please\s+)?(?:give|list|show|return|name|state|report|put|write|order|sort|with)\s+(?:me\s+)?)?"
    r"(?:(?:the|both|each|of|its|that|within|a|as)\s+)*(?:pairs?|two|names?|members|first|[\w-]+\s+names?|two\s+[\w-]+)\s+(?:(?:of|in)\s+(?:the|each|a)\s+pair\s+)?"
    rf"(?:alphabetically|(?:in|by)\s+alphabetic(?:al)?(?:\s+order)?)(?:\s*,?\s*(?:then|and|followed\s+by|plus|with)\s+{_COUNT}(?:\s+of\s+{ORDERS})?)?\)?",
    re.I,
)
"""Which of two comes first; so it is anyway."""
EACH_ONCE = re.compile(
    r"[\s.?;,(–-]*(?:(?:please\s+)?(?:count|list|show|take|give|with|regardless\s+of|ignoring|ignore|whatever)\s+)?(?:"
    r"(?:each|every|a|any|the\s+same)\s+(?:unordered\s+)?(?:pair|combination)\s+(?:should\s+(?:be\s+)?(?:appear|listed|counted|shown)\s+)?(?:only\s+|just\s+)?once(?:\s+only)?"
    r"|(?:the\s+)?(?:alphabetically\s+)?first\s+(?:name\s+|one\s+)?(?:alphabetically\s+)?(?:first|before\s+(?:the\s+)?second)(?:\s+(?:name|one))?(?:\s+alphabetically)?"
    r"|(?:the\s+)?order\s+(?:of|within)\s+(?:the\s+|each\s+)?(?:two|pair|names)(?:\s+(?:does\s+not|doesn['’]t)\s+matter)?"
    r"|unordered|no\s+duplicates|without\s+(?:mirrored\s+)?duplicates)\)?(?=\s*[?.,;]|$)",
    re.I,
)
ASIDE = re.compile(
    r"^\W*(?:(?:a|for\s+a|for\s+our|quick|our|the|from\s+a|do\s+a|run\s+a)\s+)*(?:(?:market\s+)?basket|affinity|cross[\s-]?sell(?:ing)?|co-?occurrence|association)(?:\s+(?:analysis|question|check|rules?|report))?\s*[:,–-]+\s*",
    re.I,
)
SAME_ORDER = re.compile(
    rf"\bshare[sd]?\s+(?:an|one|the\s+same|a\s+single)\s+{ORDERS}\b|\b(?:with)?(?:in(?:side|to)?|on|as\s+part\s+of|from|of)\s+(?:(?:one\s+and\s+)?the\s+(?:very\s+)?same|a\s+single|one\s+single|single|the\s+same\s+single|one|a|an|their|any\s+one|a\s+given)\s+{ORDERS}\b",
    re.I,
)
TOGETHER = re.compile(
    r"\b(?:together|jointly|side\s+by\s+side|in\s+(?:combination|tandem)|with\s+(?:each|one\s+an)other|with\s+one\s+another|with\s+each\s+other|alongside\s+(?:each\s+other|one\s+another)|at\s+the\s+same\s+time|co-?occur(?:s|red|ring)?|co-?purchased|co-?ordered|overlap(?:s|ped)?)\b",
    re.I,
)
BY_THE_SAME_PEOPLE = re.compile(
    rf"\b(?:that|which)\s+(?:(?:one\s+and\s+)?the\s+)?same\s+{PEOPLE}\s+(?:us(?:e[sd]?)|buy|bought|order(?:ed)?|purchased?|cho(?:o?se)|ha(?:ve|d))\b|\b(?:by|for|of|to)\s+(?:(?:one\s+and\s+)?the\s+(?:very\s+)?same|a\s+single|the\s+most|most)\s+{PEOPLE}\b|\b(?:have|share)\s+the\s+most\s+(?P<common>{PEOPLE})(?:\s+in\s+common)?",
    re.I,
)
MOST_OF = re.compile(
    rf"\b(?:(?:in|by|with|have|has|had|having|of|on|share|shares|shared)\s+)*(?:the\s+)?(?:most|(?:largest|highest|greatest|biggest)\s+(?:number|count)s?\s+of)\s+(?:(?:common|joint|shared)\s+)?{WHOSE}{_WITH_BOTH}",
    re.I,
)
MOST = re.compile(
    rf"\b(?:the\s+)?most\s+(?:{OFTEN}|of\s+the\s+time|times)\b|\b(?:the\s+)?(?:most|top)[\s-]+(?:common|frequent|popular|typical|usual|like)(?:ly)?\b|\bmost(?=\s*(?:$|[,;?.(]|(?:in|during|by|per|with|alongside)\b))",
    re.I,
)
AND_HOW_OFTEN = re.compile(
    rf"[\s,;(–-]*(?:\b(?:and|with|plus|along\s+with|together\s+with|showing|including|then|ranked|sorted|ordered|measured|counted)\s+)*(?:"
    rf"(?:in\s+|for\s+|by\s+)?how\s+(?:often|many\s+(?:times|{WHOSE.replace('<of>', '<of1>')}))\b{_WITH_BOTH}"
    rf"|\b(?:by\s+)?{_COUNT}\s+of\s+(?:(?:common|joint|shared)\s+)?{WHOSE.replace('<of>', '<of2>')}{_WITH_BOTH}|\b(?:by|with)\s+(?:the\s+|their\s+)?(?:counts?|frequency|order\s+counts?|number)\b"
    rf"|\b(?:and|with)\s+(?:the|their|its)\s+(?:counts?|number|frequency)\b)\)?",
    re.I,
)
AND_WHAT_SHARE = re.compile(
    rf"[\s,;(–-]*(?:\b(?:and|with|plus)\s+)?(?:in\s+|as\s+)?(?:(?P<asked>what)\s+|the\s+|a\s+|their\s+)?(?:share|percentage|proportion|percent|fraction)\s+of\s+(?:all\s+|the\s+|our\s+)*{ORDERS}{_WITH_BOTH}\)?",
    re.I,
)
_SIGNS = r"more\s+than|over|above|at\s+least|no\s+(?:less|fewer)\s+than|less\s+than|fewer\s+than|under|below|at\s+most|exactly"
BOUND = re.compile(
    rf"\b(?:(?:in|for|by|with|have|has|had|having|share|shares|shared|at|on|that|which|of|occur|occurring|appear|appearing)\s+)*(?P<sign>{_SIGNS})\s+(?P<n>\d[\d,]*)\s+(?:(?:common|joint|shared|different)\s+)?(?:{WHOSE}|times){_WITH_BOTH}"
    rf"|\b(?:(?:in|for|by|with|have|has|had|having)\s+)*(?P<number>\d[\d,]*)\s+(?:or\s+more\s+(?:times|{WHOSE.replace('<of>', '<of1>')})|(?:times|{WHOSE.replace('<of>', '<of2>')})\s+or\s+more){_WITH_BOTH}",
    re.I,
)
SIGNS = {
    "more than": ">", "over": ">", "above": ">", "at least": ">=", "no less than": ">=", "no fewer than": ">=",
    "less than": "<", "fewer than": "<", "under": "<", "below": "<", "at most": "<=", "exactly": "=",
}  # fmt: skip
TOP = re.compile(
    rf"[\s,;(–-]*\b(?:only\s+|just\s+)?(?:(?:show|list|give)\s+(?:me\s+)?)?(?:the\s+)?top\s+(?P<n>{NUMBER})\b(?!\s+[\w-]+\s+{PAIR}\b)(?:\s+(?:only|please))?\)?",
    re.I,
)
VERB = re.compile(
    rf"\b(?:(?:(?:that|which|who)\s+)?(?:(?:{_DO}|gets?|got|been|being|be|tend\s+to|our|the|usually|typically|often|frequently|then|ever|actually)\s+)*(?:{PEOPLE}\s+)?(?:(?:{_DO}|usually|typically|tend\s+to|often|most\s+often|frequently)\s+)*)"
    r"(?:bought|buy(?:ing)?|ordered|orders?(?=\s*(?:$|[,;?.]))|purchased?|sold|sells?|appear(?:s|ed|ing)?|occur(?:s|red|ring)?|(?:turn|show|crop|end|pop|come)(?:s|ed|ing)?\s+up|shown\s+up|came\s+up|come|comes|came|found|seen|placed|put|picked|"
    r"combined?|combining|paired|coincide[sd]?|meet|met|go|goes|went|land(?:ed)?|contain(?:s|ed)?|include[sd]?|feature[sd]?|taken|get\s+ordered|happen(?:s|ed)?|shared?|sit|sat|travel|lie)\b",
    re.I,
)
LEAD = re.compile(
    r"^\W*(?:(?:so|ok|okay|hi|hello|please|tell\s+me|show\s+me|show|list|give\s+me|give|find|find\s+out|name|identify|get|return|display|i\s+(?:want|need|would\s+like)(?:\s+to\s+(?:know|see))?|can\s+you|could\s+you|which|what|what\s+are|which\s+are|what\s+is|which\s+is|are|is|the|our|all|of|rank|do\s+you\s+know)\s+)+",
    re.I,
)
FILLING = re.compile(
    r"^(?:(?:that|which|who|and|are|is|were|was|do|does|did|be|been|the|of|both|two|them|they|our|have|has|had|there|these|those|then|ones?|each\s+other)\b|[\s,;:.?!()–-]+)+"
    r"|(?:\b(?:that|which|who|and|are|is|were|was|do|does|did|be|been|the|of|both|two|them|they|our|have|has|had|there|these|those|then|ones?|each\s+other)|[\s,;:.?!()–-]+)+$",
    re.I,
)
"""What may be left over at the ends of what was taken out; in the middle of what is left it stands for something."""

_X = r"(?P<x>[^,;?.!()]+?)"
_X_END = r"(?=\s*(?:[,;?.!(]|$)|\s+(?:in|during|since|by|per|for|among|across|within|on|last|this|over|at|when|and\s+(?:in\s+)?how|do|does|did|is|are|was|were|most|usually|typically|often|tend|also|put|puts?|add|have|had|buy|bought|order|ordered|purchase|purchased|get|take)\b)"
_BUY = r"(?:buy(?:s|ing)?|bought|order(?:s|ed|ing)?|purchas(?:e[sd]?|ing)|took|take|get|got)"
_CONTAIN = r"(?:contain(?:s|ed|ing)?|includ(?:e[sd]?|ing)|ha(?:ve|d|s|ving)|featur(?:e[sd]?|ing)|hold(?:s|ing)?|with)"
PARTNERS = tuple(
    re.compile(pattern + _X + _X_END, re.I)
    for pattern in (
        rf"(?:\b(?:in|on|among|of|within|from|for)\s+|^\W*)(?:(?:all|the|those|an?)\s+)*(?:same\s+)?{ORDERS}\s+(?:(?:that|which|where)\s+)?(?:also\s+)?{_CONTAIN}\s+(?:also\s+)?",
        rf"\b(?:that|which)\s+(?:also\s+)?{_CONTAIN}\s+",
        rf"\b(?:{PEOPLE}|those|somebody|someone|anyone|everyone|everybody)\s+(?:who|that)\s+(?:also\s+|have\s+)?{_BUY}\s+",
        rf"\b(?:{PEOPLE})\s+(?:buying|ordering|purchasing)\s+",
        r"\b(?:buyers?|purchasers?|customers?)\s+of\s+",
        r"\bcompanions?\s+(?:of|to|for)\s+",
        rf"\b(?:when|whenever|if)\s+(?:(?:a|our|the)\s+)?(?:{PEOPLE}|they|someone|somebody|we)\s+{_BUY}\s+",
        r"\b(?:along\s+|in\s+addition\s+)?(?:with|to\s+go\s+with)\s+",
        r"\balongside\s+",
        r"\bas\s+",
        r"\baccompan(?:y|ies|ied)\s+",
    )
)
"""What something goes with: "bought with tables", "in orders that contain tables", "people who buy tables"."""
APART_FROM = re.compile(
    r"[\s,(]*\b(?:leaving\s+(?P<z>[^,;?.!()]+?)\s+(?:aside|out)\b|(?:apart\s+from|other\s+than|besides|aside\s+from|except(?:ing)?(?:\s+for)?|excluding|not\s+counting|not\s+including|leaving\s+(?:out|aside)|beyond|ignoring|without\s+counting)\s+"
    r"(?:the\s+)?(?P<y>[^,;?.!()]+?)(?P<self>\s+(?:itself|themselves|alone|as\s+such))?(?=\s*(?:[,;?.!()]|$)|\s+(?:which|what|do|is|are)\b)\)?)",
    re.I,
)
ITSELF = re.compile(r"(?:it|itself|they|them|themselves|those|that\s+one|that)", re.I)
WHICH = re.compile(
    rf"(?:\b(?:which|what|list|show|top|the|rank)\s+|^\W*(?!(?:which|what|list|show|top|the|rank)\b))(?:the\s+)?(?:(?:top\s+)?(?P<n>{NUMBER})\s+)?(?P<other>(?:(?:other|additional|different|further)\s+)*)(?P<what>[\w-]+(?:\s+[\w-]+)?)",
    re.I,
)
WHAT = re.compile(
    r"\b(?:what|which(?=\s+is\b))(?P<else>\s+else|\s+other\s+(?:things?|goods|stuff|articles?))?\b(?!\s+(?:share|percent|percentage|proportion|number)\b)",
    re.I,
)
GOES = re.compile(
    r"\b(?:bought|buy|ordered|purchased?|sold|sells?|go(?:es)?|found|combined?|paired|put|appears?|companion)\b(?:\s+best)?\s*(?:along\s+)?(?:with|alongside)\b|\baccompan\w+|\balongside\b",
    re.I,
)
OFTEN_ALONE = re.compile(rf"\b(?:{OFTEN}|typically|usually|normally)\b", re.I)
BY_ALL = re.compile(
    rf"\b(?:by|among|for)\s+(?:(?:our|the|all|all\s+of\s+our)\s+)?{PEOPLE}(?=\s*(?:$|[,;]|(?:in|during|since|by|per|for)\b(?!\s+each\s+{PEOPLE})))",
    re.I,
)
"""Whoever ordered; no group."""
OF_PEOPLE = re.compile(rf"\b{PEOPLE}(?:\s+(?:who|that|which))?\s*$", re.I)
IN_ORDERS = re.compile(
    rf"\b(?:in|across|over|within|among|of)\s+(?:(?:all|the|our|any)\s+)*{ORDERS}(?=\s*(?:[,;]|$))", re.I
)
ALSO = re.compile(r"\b(?:also|else|other|too|as\s+well|additionally|itself|themselves)\b", re.I)
INTO_ORDER = re.compile(rf"\b(?:in|into|to|on)\s+(?:the|their|that|this)\s+(?:same\s+)?{ORDERS}\b", re.I)
