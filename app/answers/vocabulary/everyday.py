"""Words that stand for one another, and what is said around a question: taken away before anything else is read."""

from __future__ import annotations

import re

from app.answers.vocabulary.courtesies import without_greetings
from app.answers.vocabulary.everyday_parts import GROUPS, MONTH, PERIOD
from app.answers.vocabulary.frames import without_frames
from app.answers.vocabulary.text import compiled, in_forms

_ANY_PERIOD = re.compile(
    rf"\b(?:20\d\d|(?:{MONTH})\b(?!\s+(?:i|we|you)\b)|q[1-4]|h[12]|(?:last|this|next|past|previous|current|same|each|every|that)\s+(?:year|month|quarter|week|day)|"
    r"year|yearly|annual|to\s+date|ytd|since|until|before|after|ever|ago|yesterday|today)\b",
    re.I,
)
_LED_BY_PERIOD = re.compile(
    rf"^\s*(?P<when>(?:in|during|for|over|throughout|within|across)\s+{PERIOD})(?:\s*[,:]\s*|\s+)(?P<asked>(?:(?:for|in|within|per)\s+(?:each|every)\s+[\w-]+(?:\s\w+)?\s*[,:]\s*)?(?:how|what|which|who|where|show|list|give|name|break|rank|tell|count|in\s+how|on\s+how|in\s+which|on\s+which)\b[^?:;]*?)\s*[?.]*\s*$",
    re.I,
)
_DID_THE_GROUPS = re.compile(
    r"(?P<ask>\b(?:what|how|which)\b[^?,]*?\b(?:did|do|have|had|does|has))\s+(?:(?:all|each|every\s+one|the\s+individual|the\s+various)\s+(?:of\s+)?)?(?:(?:the|our)\s+)(?:(?:two|three|four|five|six|seven|\d+)\s+)?"
    rf"(?:individual\s+|different\s+|various\s+|several\s+|single\s+)?(?P<kind>product\s+|customer\s+)?(?P<group>{'|'.join(sorted(GROUPS, key=len, reverse=True))})\s+(?:each\s+|individually\s+|respectively\s+)?"
    r"(?P<verb>make|bring\s+in|reach|achieve|show|have|get|earn|generate|contribute|produce|record|post|see|register|yield|deliver|attain|report|display|realise|realize|return|receive|run|come\s+to|amount\s+to|stand\s+at)\b",
    re.I,
)
_WHO_AHEAD = r"(?:the|our|all|which|many|new|repeat|returning|first-time|of|by|different|distinct|unique|corporate|consumer|business|those|these|to|from|for|with|per|each|every|among|as|only|what|list|show|count|two|three|five|ten|\d+|active|loyal|lapsed|average|biggest|largest|best|top|smallest|registered)"

SAME_WORDS: tuple[tuple[str, str], ...] = (
    # customers, sales
    (r"\bclient(?P<s>s?)(?P<of>['’]s?)?\b", r"customer\g<s>\g<of>"),
    (rf"\b(?P<ahead>{_WHO_AHEAD}\s+)(?:buyer|shopper|purchaser)(?P<s>s?)\b", r"\g<ahead>customer\g<s>"),
    (r"^(?:buyers|shoppers|purchasers)\b", "customers"),
    (r"\bproduct\s+(?P<what>categor(?:y|ies))\b(?!\s+of\s+products)", r"\g<what>"),
    (r"\bcustomer\s+(?P<what>segments?)\b", r"\g<what>"),
    (r"\bthe\s+us\s+(?P<what>market|customers|states)\b", r"the US \g<what>"),
    (
        r"^what\s+(?=(?:(?!do\b|did\b|does\b|are\b|were\b|have\b|is\b|was\b|share\b)[\w-]+\s+)?(?:countries|markets|states|cities|regions|segments|sub-?categories|categories|customers|products|orders|months|quarters|years)\s+(?!do\s+we\b|are\s+there\b|exist\b))",
        "which ",
    ),
    # for each of them
    (
        r"\b(?:per|for\s+each|for\s+every)\s+(?P<unit>year|month|quarter|week)\s+of\s+the\s+(?P<what>order|return|shipment|purchase)\b",
        r"by \g<unit> of the \g<what>",
    ),
    (r"(?<![\d.])(?!20\d\d\s)(?P<n>\d[\d.]*)\s*(?:percent|per\s+cent|pct)\b(?!age)", r"\g<n>%"),
    (r"\bsales\s+(?:revenue|turnover)s?\b", "sales"),
    (
        r"(?<!stock\s)(?<!inventory\s)(?<!staff\s)(?<!employee\s)(?<!labour\s)(?<!personnel\s)\b(?:revenue|turnover)s?\b",
        "sales",
    ),
    # as they are written
    *((rf"\b{name.lower()}\b(?!['’]?\w)", name) for name in ("APAC", "EMEA", "LATAM", "EU")),
    (
        r"(?<=,\s)us(?=\s*[?.]*$|\s*,)|\bus(?=\s+(?:minus|vs\.?|versus)\s)|(?<=minus\s)us\b|(?<=versus\s)us\b|(?<=vs\s)us\b",
        "US",
    ),
    (r"\bsame[\s-]day\s+(?=(?:lines|orders|order\s+lines|shipping|shipments|deliver(?:y|ies))\b)", "Same Day "),
    # what is wanted
    (
        r"(?P<lead>^|,\s+)(?:i|we)\s+(?:need|want)\s+(?:to\s+(?:see|know)\s+)?(?:just\s+)?(?=(?:the|every|all|each|our)\b)",
        r"\g<lead>show ",
    ),
    # all of the time
    (
        r"[\s,]*\b(?:since|from)\s+(?:the\s+(?:start|beginning|first\s+day)\s+of\s+(?:our\s+|the\s+)?records?|(?:our\s+|the\s+)?records\s+(?:began|begin|started|start))(?:\s+on)?\b",
        " ",
    ),
    (
        r"[\s,]*\b(?:over|in|across|through(?:out)?)\s+(?:our|the)\s+(?:whole|entire|full|complete)\s+(?:history|record)\b|[\s,]*(?<!\bfor\s)\b(?:over\s+|across\s+|in\s+)?(?:all|every)\s+years?\s+(?:on\s+record|together|taken\s+together)\b",
        " ",
    ),
    (
        r"^(?:looking\s+at|taking|considering|over|using)\s+(?:all\s+(?:the\s+|of\s+the\s+)?(?:data|years|orders|records)(?:\s+(?:we\s+have|together|on\s+record|there\s+is|available))?|everything\s+we\s+have)(?P<where>\s+for\s+[^,]{2,20})?\s*,\s*(?P<asked>.+)$",
        r"\g<asked>\g<where>",
    ),
    (r"\s*\b(?:please\s+)?include\s+every\s+year(?:\s+on\s+record)?\b\.?", ""),
    # a quarter, thousands
    *(
        (
            rf"\b(?:the\s+)?(?:{nth}|{n}(?:st|nd|rd|th))\s+quarter\s+(?:of\s+|in\s+)?(?:the\s+year\s+)?(?P<year>20\d\d)\b",
            rf"Q{n} \g<year>",
        )
        for n, nth in enumerate(("first", "second", "third", "fourth"), 1)
    ),
    (r"\b(?P<year>20\d\d)[\s-]+q(?P<n>[1-4])\b", r"Q\g<n> \g<year>"),
    (r"(?<![\d.,$€£])(?P<n>[12])k\b", r"\g<n>,000"),
    # a year
    (
        r"\b(?:during|throughout|for)\s+(?:the\s+)?(?:(?:calendar|whole|full|entire)\s+)*(?:year\s+)?(?=20\d\d\b(?!\s*(?:dollars|units|orders|customers|sales|\$)))",
        "in ",
    ),
    (
        r"\b(?P<prep>in|from|of|over|across|for|within)\s+(?:the\s+)?(?:(?:calendar|whole|full|entire)\s+)*year\s+(?=20\d\d\b)",
        r"\g<prep> ",
    ),
    (r"\b(?P<prep>in|over|during|throughout|for)\s+the\s+(?:twelve|12)\s+months\s+(?:of|in)\s+(?=20\d\d\b)", "in "),
    (r"(?<!full\s)(?<!every\s)(?<!each\s)\bcalendar\s+year\s+(?=20\d\d\b)", ""),
    (r"\bin\s+excess\s+of\s+(?=[$€£]?\d)", "more than "),
    (r"\b(?:an?\s+minimum\s+of|no\s+fewer\s+than|no\s+less\s+than)\s+(?=[$€£]?\d)", "at least "),
    (r"^exactly\s+how\s+(?=many\b|much\b)", "how "),
    (r"\bsales\s+\(\s*in\s+(?:us\s+)?(?:dollars|usd)\s*\)", "sales"),
    (
        r"\b(?P<orders>orders)\s+(?P<were>(?:were|was|have\s+been|that\s+were)\s+)?made\b(?!\s+(?:an?\s+|no\s+|any\s+)?(?:profit|loss|money|up))",
        r"\g<orders> \g<were>placed",
    ),
    (
        r"\b(?:made|make)\s+(?=(?:(?:only|just|exactly)\s+\w+|an?|their(?:\s+first)?|at\s+least\s+\w+|more\s+than\s+\w+|\d+|no|any|two|three|four|five)\s+(?:or\s+more\s+)?(?:order|purchase)s?\b)",
        "placed ",
    ),
)
"""Words that stand for one another wherever they are said."""

_SAME_WORDS = compiled(SAME_WORDS)
_WOULD_YOU = re.compile(
    r"^\s*(?:please\s+|kindly\s+)?(?:could|can|would|will)\s+you\s+(?:please\s+|kindly\s+|quickly\s+|just\s+)*(?:please\s+)?(?=(?:list|show|name|break|rank|compare|count|sort|split|group)\b(?!\s+out\b))",
    re.I,
)
_SHOWN_UP = re.compile(
    r"^\s*(?:please\s+)?(?:pull|dig|bring|call)\s+(?:me\s+)?(?:up|out)\s+(?=the\b|all\b|our\b)", re.I
)
_SENTENCE = re.compile(r"([?!]\s+)([a-z])")
_THANKS = re.compile(
    r"(?<!\bhow)[\s,;.–-]*\b(?<!how\s)(?:many\s+)?(?:thanks|thank\s+you)(?:\s+(?:a\s+lot|so\s+much|very\s+much|in\s+advance))?\s*[.!]*\s*$",
    re.I,
)
_SENTENCES = re.compile(r"[.?!]\s+\w")
_PLEASE = re.compile(r"[\s,;–-]+(?:please|pls|plz|kindly)\s*[?.!]*\s*$", re.I)


def _of_each(found: re.Match[str]) -> str:
    """ "What profit did the categories bring in": that of each of them."""
    group = GROUPS[" ".join(found["group"].lower().split())]
    return f"{found['ask']} each {found['kind'] or ''}{group} {found['verb']}"


def _with_period_behind(question: str) -> str:
    """ "In 2025, how much did we sell?" asks what "how much did we sell in 2025" does; of two periods each stays."""
    found = _LED_BY_PERIOD.match(question)
    if found is None or _ANY_PERIOD.search(found["asked"]):
        return question
    return f"{found['asked']} {found['when'][0].lower()}{found['when'][1:]}?"


def as_every_day(question: str) -> str:
    """The question with a period that leads it brought behind, and groups that did something told one by one."""
    question = _SHOWN_UP.sub("show ", _WOULD_YOU.sub("", question))
    question = _SENTENCE.sub(lambda found: found[1] + found[2].upper(), question)
    question = _THANKS.sub("", question)
    if not _SENTENCES.search(question):
        question = without_greetings(without_frames(question))
    question = _PLEASE.sub("", question)
    return _DID_THE_GROUPS.sub(_of_each, _with_period_behind(in_forms(question, _SAME_WORDS)))
