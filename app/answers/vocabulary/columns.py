"""The words of columns that are told behind a question: "id, name, sales", "and how many each has"."""

from __future__ import annotations

import re

_SHOW = (
    r"(?:show(?:ing)?|return(?!\s+(?:rate|date|status|reason|id|count)s?\b)|give|giving|list(?:ing)?|display(?:ing)?|output|report(?:ing)?|include|including|state|stating|"
    r"name|print|i\s+(?:need|want|would\s+like)|columns?)(?:\s+(?:me|us))?\b"
)
LEAD = re.compile(
    rf"(?:(?:please|and|also|just|only|with|plus|along\s+with|together\s+with|as\s+well\s+as|{_SHOW})[\s:]+)+", re.I
)
JOINS = re.compile(r"(?:(?:and|with|also)\s+)+", re.I)
PART = re.compile(
    r"\s*(?P<strong>[:;–—?!(]|\.\s|\s-\s)\s*|(?P<weak>\s*,\s*|\s+)(?=(?:and|with|plus|along|together|as\s+well|show|includ|list|return)\w*\s)",
    re.I,
)
AND = re.compile(r"\s*(?:[,;/+&]\s*(?:and\s+|plus\s+)?|\s(?:and|plus|as\s+well\s+as|along\s+with)\s)\s*", re.I)
WHOSE = re.compile(
    r"^(?:(?:the|their|its|his|her|each|that|those|this|these|of|every|both|corresponding|respective|resulting)\s+|"
    r"(?:each|the|that|every)\s+\w+['’]s\s+|(?:each|that|those|it|them)['’]?s\s+)+",
    re.I,
)
BEHIND = re.compile(
    r"\s+(?:only|alone|too|as\s+well|alongside|beside\s+it|next\s+to\s+it|please|for\s+(?:each|both|all)(?:\s+of\s+(?:them|these|those))?|"
    r"as\s+an?\s+(?:rate|fraction|percentage|share|decimal)|in\s+(?:percent|%|per\s+cent|dollars|money|usd)|there|figures?|of\s+each|each|per\s+row|in\s+total|overall|(?:of|for|from|on)\s+(?:them|those|these|each|it))+$",
    re.I,
)
NAMED = re.compile(r"(?:(?P<noun>[\w\s-]+?)\s+)?(?:full\s+)?(?:names?|ids?|numbers?|keys?|codes?)", re.I)
FIGURE = re.compile(
    r"(?:how\s+(?:much|many)|(?:number|count|figure|average|mean|total|amount|value|difference|sum|share|percentage|rate)s?)",
    re.I,
)
THAT_FIGURE = re.compile(
    rf"(?:the\s+|with\s+)?(?:that|this|those|these|said)\s+{FIGURE.pattern}\b(?:\s+of\s+[\w\s-]+)?$", re.I
)
SHARE = re.compile(
    r"(?:share|percentage|percent|proportion|fraction|%)(?:\s+(?:that\s+)?(?:this|that|it|they|these)\s+(?:represents?|makes?\s+up|is|are|accounts?\s+for))?(?:\s+(?:of|in)\s+(?:(?:the|all|our|overall|total|whole|grand|company)\s+)*(?P<what>(?!total\b|whole\b)[\w\s-]+)?(?:total|whole)?)?",
    re.I,
)
GROWTH = re.compile(
    r"(?:(?:percentage|percent|relative)\s+)?(?:growth(?:\s+rate)?|change|difference|increase|decrease|gain|rise|drop|decline|fall|shortfall)(?:\s+(?:in|of)\s+(?:percent|%|per\s+cent|it))?|"
    r"(?:years|periods|months|quarters)",
    re.I,
)
MEMBERS = re.compile(r"who|which(?:\s+ones?)?", re.I)
RANK = re.compile(r"(?:rank|ranking|place|position)", re.I)
ORDER = re.compile(
    r"(?:sorted\s+|ordered\s+|in\s+order\s+)?(?:the\s+)?(?:(?P<high>highest|largest|biggest|greatest|strongest|most)|(?P<low>lowest|smallest|fewest|weakest|least)|(?P<new>newest|latest|most\s+recent)|(?P<old>earliest|oldest)|first)"
    r"(?:\s+\w+)?\s+(?:first|on\s+top)|in\s+rank\s+order|"
    r"(?:in\s+(?P<down>descending)|in\s+(?P<up>ascending))\s+order(?:\s+of\s+(?:the\s+|its\s+|their\s+)?[\w\s]+)?|"
    r"(?:in\s+)?(?:chronological(?:ly)?|time|date|calendar)(?:\s+order)?",
    re.I,
)
_EACH = r"(?:each|every\s+one|they|it|these|those|there|them)(?:\s+(?:of\s+(?:them|these|those)|one|all))?"
_DOES = r"(?:do|does|did|has|have|had|is|are|was|were)"
_ACTS = r"(?:has|have|had|is|are|was|were|shows?|showed|made|make|makes|sold|sells?|spent|placed|got|comes?\s+to|came\s+to|amounts?\s+to|brought\s+in|earned|lost)"
HOW = re.compile(
    rf"(?:how\s+(?:many|much)|what)\s+(?:(?P<what>(?:(?!{_DOES}\b|{_EACH}\b)[\w-]+\s+){{0,3}}?))?(?:of\s+(?:them|these|those)\s+)?(?:{_DOES}\s+)?(?:{_EACH})(?:\s+{_ACTS})?(?:\s+there)?(?:\s+in\s+total)?",
    re.I,
)
ADDS_UP = re.compile(
    rf"what\s+{_DOES}\s+(?:their|its|the|these|those)\s+(?P<what>[\w\s-]+?)\s+(?:add|sum|amount|come|total)(?:s|ed)?\s*(?:up\s+)?(?:to)?",
    re.I,
)
