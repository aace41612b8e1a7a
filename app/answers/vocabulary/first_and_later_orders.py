"""How people tell of customers by their first order, of a later order, and of the time between: patterns for forms."""

from __future__ import annotations

import re

from app.answers.dates.names import MONTH_NUMBERS
from app.answers.words import NUMBER_WORDS

WHO = r"(?:customers|clients|buyers|shoppers|purchasers|accounts|people)"
_MONTH = rf"(?:{'|'.join(sorted(MONTH_NUMBERS, key=len, reverse=True))})\.?"
_YEAR = r"(?:19|20)\d\d"
_ONE_PERIOD = (
    rf"(?:(?:the\s+)?(?:calendar\s+|whole\s+|full\s+)?(?:year\s+)?{_YEAR}|(?:the\s+)?q[1-4]\s+(?:of\s+|in\s+)?{_YEAR}|{_YEAR}[\s-]?q[1-4]|"
    rf"(?:the\s+)?(?:first|second|third|fourth|last|1st|2nd|3rd|4th)\s+(?:quarter|half)\s+(?:of\s+|in\s+)?{_YEAR}|h[12]\s+(?:of\s+)?{_YEAR}|"
    rf"{_MONTH}\s+(?:of\s+)?{_YEAR}|(?:the\s+)?(?:last|this|previous|current)\s+(?:year|quarter|month)|(?:the\s+)?(?:last|past)\s+\d{{1,3}}\s+(?:days|weeks|months|quarters|years))"
)
PERIOD = rf"(?:(?:between\s+)?{_ONE_PERIOD}(?:\s*(?:to|through|until|[-–])\s*{_ONE_PERIOD})?)"
PERIODS = rf"{PERIOD}(?:\s*(?:,\s*(?:and\s+)?|and\s+|or\s+|,?\s*and\s+again\s+)(?:(?:in|during)\s+)?{PERIOD})*"
_IN = r"(?:in|during|within|from|of|for|over|throughout)\s+"
_UNIT = r"(?:year|quarter|month)"
_WHEN = rf"(?:{_IN}(?:(?:each|every)\s+(?P<each>{_UNIT})\s+(?:of|in|from)\s+)?(?P<period>{PERIODS})|(?P<ago>(?:last|this)\s+(?:year|quarter|month))|(?P<side>before|prior\s+to|since)\s+(?P<edge>{_ONE_PERIOD}))"
_ORDER = r"(?:order|purchase|buy)"
_FIRST = rf"(?:very\s+)?(?:first|1st|initial|earliest)(?:[\s-]ever)?\s+(?:ever\s+)?{_ORDER}(?:\s+(?:date|day))?(?:\s+(?:with|from)\s+us)?(?:\s+ever)?"
_US = r"(?:\s+(?:from|with)\s+us)?"
_HAD = r"(?:(?:have|has|had|did|do|does|are|were|was)\s+)?"
_ALIKE = rf"(?:\s*[,(–-]\s*(?:(?:i\.?\s?e\.?|that\s+is|meaning)[,\s]+)?(?:(?:with\s+)?(?:their|the)\s+)?(?:very\s+)?first\s+(?:ever\s+)?{_ORDER}\s*(?:ever\s*)?(?:(?:was|is|fell|placed|made)\s+)*(?:in\s+)?(?:(?:that|the\s+same|this)\s+(?:year|quarter|month|period)|{_ONE_PERIOD})\s*[),]?(?=[\s,:;]|$))?"

CAME = tuple(
    re.compile(pattern + _ALIKE, re.I)
    for pattern in (
        # "whose first order was in 2023", "with a first order in 2023"
        rf"\s+(?:whose|with(?:\s+(?:their|a|the|his))?)\s+{_FIRST}\s*(?:(?:was|is|were|fell|falls|came|lies|lay|dates?|dated|happened|occurred|took\s+place)\s+)?(?:(?:placed|made|dated|back\s+to|ever)\s+)?(?:{_WHEN}|(?P<bare>{PERIODS}))",
        # "who placed their first order ever in 2024", "placing their first order in 2024"
        rf"\s+(?:(?:who|that)\s+)?{_HAD}(?:placed|made|gave\s+us|had|did|placing|making|having|place|make)\s+(?:their|his|its|the|a)\s+{_FIRST}\s+{_WHEN}",
        # "who first ordered in 2025", "who ordered for the first time in 2025"
        rf"\s+(?:(?:who|that)\s+)?{_HAD}first\s+(?:ordered|bought|purchased|shopped|came|appeared|ordering|buying|appearing){_US}\s+{_WHEN}",
        rf"\s+(?:(?:who|that)\s+)?{_HAD}(?:ordered|bought|purchased|shopped|came){_US}\s+for\s+the\s+(?:very\s+)?first\s+time\s+(?:ever\s+)?{_WHEN}",
        # "that we won in 2023", "acquired in Q1 2025", "who joined in 2024", "who were new in 2024"
        rf"\s+(?:(?:who|that|which|whom)\s+)?(?:we\s+)?{_HAD}(?:newly\s+)?(?:new|acquired|won|gained|added|onboarded|recruited)\s+{_WHEN}",
        rf"\s+(?:(?:who|that)\s+)?{_HAD}(?:joined(?:\s+us)?|became\s+(?:a\s+)?customers?|started(?:\s+(?:buying|ordering|shopping))?|came\s+to\s+us|signed\s+up)\s+{_WHEN}",
    )
)  # fmt: skip
_NEW = r"(?:new|first[\s-]time|newly\s+(?:acquired|won)|brand[\s-]new)"
NEW_ONES = tuple(
    re.compile(pattern + _ALIKE, re.I)
    for pattern in (
        # "new customers of 2025", "first-time buyers acquired in 2024", "the newcomers of 2024"
        rf"\b{_NEW}\s+(?P<between>(?:[\w-]+\s+){{0,2}}?){WHO}\s+(?:(?:acquired|won|gained)\s+)?{_WHEN}",
        rf"\bnewcomers\s+{_WHEN}",
        rf"\b{_NEW}\s+(?P<between>(?:[\w-]+\s+){{0,2}}?){WHO}\s+(?:per|by|for\s+each|each)\s+(?P<each>{_UNIT})\s+{_IN}(?P<period>{PERIODS})",
        rf"\b{_NEW}\s+(?P<between>(?:[\w-]+\s+){{0,2}}?){WHO}\s+(?P<period>{_ONE_PERIOD})(?=\s*[:,–-])",
        # "2024's new customers", "the 2023 cohort", "the cohort of 2023"
        rf"\b(?P<period>{_ONE_PERIOD})(?:['’]s)?\s+{_NEW}\s+(?P<between>(?:[\w-]+\s+){{0,2}}?){WHO}",
        rf"\b(?P<period>{_ONE_PERIOD})(?:['’]s)?\s+newcomers",
        rf"\b(?:(?:customers|clients|buyers)\s+(?:of|in|from)\s+)?(?:the\s+|our\s+)*(?P<period>{PERIODS})\s+(?:(?:customer|acquisition|new[\s-]customer)\s+)?cohorts?(?:\s+of\s+(?:new\s+)?{WHO})?\b",
        rf"\b(?:(?:customers|clients|buyers)\s+(?:of|in|from)\s+)?(?:the\s+|our\s+)*(?:(?:customer|acquisition)\s+)?cohorts?\s+(?:of\s+(?:the\s+year\s+)?|from\s+)?(?P<period>{PERIODS})(?!\s+by\b)",
    )
)  # fmt: skip
NEW_WHENEVER = re.compile(rf"\b{_NEW}\s+(?={WHO}\b)|\bnewcomers\b", re.I)
"""New customers of no period: each customer was one once."""

_WHOSE = rf"(?:(?:the|their|our|his|its|a|that|this|each|customer['’]?s?|{WHO}['’]?)\s+)*"
_DID = r"(?:(?:was|fell|lies|falls)(?:\s+(?:placed|made))?(?:\s+in)?|ever)"
BY_FIRST_ORDER = re.compile(
    rf"(?:^|\s*[,;(]?\s*)\b(?:(?:split|grouped|broken\s+down|told\s+apart|and)\s+)*(?:by|per|for\s+each|in\s+each|for\s+every)\s+(?:the\s+)?(?:calendar\s+)?(?:"
    rf"(?:cohorts?\s+of\s+)?(?P<unit>{_UNIT})\s+(?:of|in\s+which|when|of\s+when)\s+(?:(?:{_WHOSE}{_FIRST}|{_WHOSE}(?:acquisition|joining))(?:\s+{_DID})?|(?:they|the\s+customers?|customers)\s+(?:{_HAD}(?:placed\s+|made\s+)?{_WHOSE}{_FIRST}|{_HAD}first\s+(?:ordered|bought|purchased)|joined|came|were\s+(?:new|acquired|won)))|"
    rf"{_WHOSE}first[\s-](?:order|purchase)[\s-](?P<unit2>{_UNIT})|(?:acquisition|cohort|joining)[\s-](?P<unit3>{_UNIT})|(?P<unit4>{_UNIT}ly|annual)\s+cohort|(?P<unit5>{_UNIT})\s+cohort|(?P<cohort>cohort))"
    rf"(?:\s+{_IN}(?P<when>{PERIODS}))?\)?"
    r"(?=\s*(?:[,:;?.)]|$)|\s)",
    re.I,
)  # fmt: skip
GROUPED = re.compile(
    rf"^(?:please\s+)?(?:group|split|divide|bucket|sort|break(?:\s+down)?|put)\s+(?:(?:all|the|our)\s+)*(?={WHO}\b)",
    re.I,
)

_ANY_ONE = (
    r"(?:(?:(?:at\s+least\s+)?(?:a|an|one|any|their|the|his)\s+)?(?:second|2nd|another|further|repeat|follow[\s-]?up|subsequent|next|additional|later|more)|"
    r"at\s+least\s+one\s+(?:more|other|further|later|additional))"
)
_SECOND = r"(?:(?:a|their|his|the)\s+)?(?:second|2nd|next)"
_AUX = r"(?:(?:(?:who|that|which|they|have|has|had|did|do|does|would|then|also|subsequently|later|afterwards|actually|eventually|ever|went\s+on\s+to|come\s+to|of\s+(?:them|these|those))\s+)*)"
_NEVER = r"(?P<never>(?:(?:who|that|they)\s+)?(?:(?:have|has|had|did|do|does)\s*(?:not|n['’]t)|never|(?:have|has|had)\s+never|without|no|failed\s+to|with\s+no|made\s+no|placed\s+no|had\s+no|have\s+no)\s+(?:ever\s+|yet\s+|been\s+)?)?"
AGAIN = re.compile(
    rf"\s*,?\s*\b(?:{_AUX}{_NEVER}{_AUX})(?:"
    rf"(?:order(?:ed|s)?|buy|bought|purchased?|shop(?:ped)?)(?:\s+something|\s+anything)?{_US}\s+(?P<more>again|once\s+more|(?:for\s+)?(?:a|the)\s+second\s+time|another\s+time|a\s+further\s+time|twice\s+or\s+more)|"
    rf"re-?order(?:ed|s|ing)?|re-?purchas(?:e|ed|ing)|(?:are|were|became|become|turned\s+into)\s+(?:repeat|returning)\s+(?:customers|buyers|clients)|(?:came|come|comes|coming)\s+back(?:\s+(?:to\s+(?:order|buy|us|shop)|for\s+(?:more|(?:another|a\s+second)(?:\s+(?:order|purchase))?|good)|with\s+(?:another|a\s+second)\s+(?:order|purchase)))?|returned\s+(?:to\s+(?:order|buy)|for\s+(?:another|a\s+second)\s+(?:order|purchase))|"
    rf"(?:(?:placed?|placing|made?|making|make|had|have|having|gave\s+us|with|there\s+(?:was|is))\s+)?{_ANY_ONE}\s+{_ORDER}s?{_US}|"
    rf"(?:whose|where\s+the(?:ir)?)\s+(?:second|2nd|next)\s+{_ORDER}\s+(?:was(?:\s+(?:placed|made))?|came|followed|fell|is|lies|happened|arrived)"
    r")\b",
    re.I,
)  # fmt: skip
SECOND_TOLD = re.compile(r"\b(?:second|2nd|next)\b", re.I)
NOT_AFTER = re.compile(
    r"\s*,?\s*\b(?:(?:who|that|they)\s+)*(?P<never>(?:have|has|had|did|do)\s*(?:not|n['’]t)|never)\s+(?:yet\s+)?(?:ordered|order|bought|buy|purchased?)(?:\s+anything)?(?=\s+within\s+[^,;?]*\b(?:of|after|following|from)\s+[^,;?]*\bfirst\b)",
    re.I,
)
ONCE = re.compile(
    r"\s*,?\s*\b(?:(?:who|that|they|have|has|had|are|were|remained|stayed|did|of\s+them)\s+)*(?:"
    r"one[\s-](?:time|off)\s+(?:buyers|customers|purchasers|shoppers)|(?:order(?:ed)?|bought|purchased)\s+(?:only|just|exactly)\s+once|(?:only|just)\s+(?:ever\s+)?(?:ordered|bought|purchased)\s+(?:the\s+)?once|"
    r"(?:never|not)\s+been\s+(?:seen|heard\s+of)(?:\s+again|\s+since)?|(?:did|have|has)\s*(?:not|n['’]t)\s+(?:ordered|order|bought|buy)(?:\s+anything)?\s+since(?:\s+then)?|"
    r"(?:placed|made|with)\s+(?:only|just)\s+(?:one|a\s+single|that\s+one)\s+order(?:\s+ever)?)\b",
    re.I,
)  # fmt: skip
NOT_ONCE_MORE = re.compile(
    r"\s*[,(–-]\s*(?:i\.?e\.?,?\s+|that\s+is,?\s+)?(?:with\s+)?(?:(?:no|without(?:\s+a)?|never\s+a)\s+(?:second|further|other|later|repeat)\s+(?:order|purchase)s?|(?:only|just|exactly)\s+one\s+order(?:\s+ever)?)(?:\s+(?:ever|since|at\s+all))?\s*\)?",
    re.I,
)
STILL = re.compile(
    rf"\s*,?\s*\b{_AUX}{_NEVER}{_AUX}(?:(?:are|were|was|is)\s+)?(?:still\s+)?(?:buying|ordering|active|(?<=are\s)back|(?<=were\s)back|(?:place|placed|placing|made|make|had|have)\s+(?:an|any|at\s+least\s+one|one\s+or\s+more)\s+orders?|order(?:ed)?|bought|buy|purchased?|were\s+retained|retained|shopping|did\s+we\s+(?:retain|keep)|we\s+(?:retained|kept))(?:\s+(?:something|anything))?{_US}(?:\s+(?:too|also|as\s+well))?\s+(?=(?:in|during)\s+{_ONE_PERIOD})",
    re.I,
)  # fmt: skip
IN_PERIODS = re.compile(
    rf"\s+(?:too\s+|also\s+|as\s+well\s+|at\s+all\s+|ever\s+)?(?:(?:in|during|within)\s+(?P<periods>{PERIODS}|(?:the|that)\s+(?:very\s+)?same\s+{_UNIT}|that\s+{_UNIT})|(?:in\s+)?(?P<next>the\s+(?:following|next|subsequent)\s+{_UNIT})|(?P<same>(?:the|that)\s+(?:very\s+)?same\s+{_UNIT}|that\s+{_UNIT}))",
    re.I,
)  # fmt: skip
UNTIL = re.compile(
    rf"\s*,?\s+(?:(?:by|until|till|up\s+to|before)\s+(?:the\s+)?end\s+of\s+(?P<last>{_ONE_PERIOD})|(?:before|prior\s+to)\s+(?P<next>{_ONE_PERIOD}))", re.I
)  # fmt: skip
AHEAD = re.compile(rf"^(?:in|during)\s+(?P<periods>{_ONE_PERIOD})\s*,\s*", re.I)
TOO = re.compile(
    r"\s*,?\s*\b(?:too|also|as\s+well|at\s+all|by\s+now|so\s+far|to\s+date|until\s+now)(?=\s*(?:[,:;?.]|$))", re.I
)

NUMBERS = {**NUMBER_WORDS, "a": 1, "an": 1, "one": 1, "half a": 0.5, "thirty": 30, "sixty": 60, "ninety": 90}
_COUNT = rf"(?:\d{{1,4}}|half\s+an?|an?|{'|'.join(w for w in NUMBERS if w.isalpha())})"
_TIME = r"(?:calendar\s+)?(?:days?|weeks?|months?|quarters?|years?)"
_AFTER = (
    r"(?:\s*(?:of|after|from|following|since|to|past|upon|counted\s+from|later\s+than|counting\s+from)\s+"
    rf"(?:(?:(?:the\s+)?(?:day|date)\s+of\s+)?{_WHOSE}(?:very\s+)?(?:first|initial|1st)(?:\s+(?:one|{_ORDER}))?(?:\s+(?:date|day))?|it|that|this|then|joining|(?:that|this|the|their)\s+(?:day|date)|(?:being\s+)?(?:acquired|won|acquisition)|coming\s+to\s+us)\b|\s+(?:later|afterwards|thereafter|after(?:wards)?)\b)?"
)
_BOUND = (
    r"(?:(?P<most>within|in(?:side(?:\s+of)?)?|during|no\s+(?:later|more)\s+than|not\s+(?:later|more)\s+than|at\s+(?:the\s+)?(?:most|latest)|up\s+to|at\s+most)|(?P<under>less\s+than|under|fewer\s+than|sooner\s+than|before)|"
    r"(?P<over>(?:only\s+)?(?:after\s+)?(?:more\s+than|over|longer\s+than|later\s+than))|(?P<least>(?:after\s+)?at\s+least))"
)
WITHIN = re.compile(
    rf"\s*,?\s*\(?\b(?:but\s+|and\s+)?(?:{_BOUND}\s+(?:the\s+)?(?:(?:first|next|following)\s+)?(?P<count>{_COUNT}(?:\s*(?P<units>-?\s*(?:days?|weeks?|months?)\s*)?(?:,\s*and|,|and|or)\s*\d{{1,4}})*)|(?:between\s+|from\s+)?(?P<low>\d{{1,3}})\s*(?:to|and|[-–])\s*(?P<high>\d{{1,4}}))\s*-?\s*(?P<unit>{_TIME})\b{_AFTER}\)?",
    re.I,
)  # fmt: skip
LATER_DAY = re.compile(
    r"\s*,?\s*\b(?:(?:on\s+)?(?:a|any|some|another)\s+(?:later|different|other|subsequent|following|new)\s+(?:day|date)|on\s+another\s+(?:day|date)|at\s+a\s+later\s+date|on\s+(?:a\s+)?days?\s+after\s+(?:that|it|the\s+first))\b,?",
    re.I,
)
WAITED = re.compile(
    rf"\s*,?\s*\b(?:(?:who|that|have|has|had)\s+)*(?:waited|wait|took|take|needed|need|let)\s+(?:(?P<over>more\s+than|longer\s+than|over)|(?P<under>less\s+than|under|fewer\s+than)|(?P<least>at\s+least)|(?P<most>at\s+most|no\s+more\s+than|up\s+to|no\s+longer\s+than))\s+"
    rf"(?P<count>{_COUNT})\s+(?P<unit>{_TIME})(?:\s+(?:pass|go\s+by))?\s+(?:before|until|till|to|for|between)\s+(?:they\s+)?(?:(?:their|his)\s+first\s+(?:order\s+)?and\s+)?(?:(?:placed?|placing|made?|making|make|coming\s+back\s+(?:with|for))\s+)?(?:{_SECOND}\s+{_ORDER}|(?:order(?:ed|ing)?|bought|buy(?:ing)?)\s+(?:again|a\s+second\s+time)|(?:coming|came|come)\s+back|re-?order(?:ed|ing)?)(?:\s+after\s+{_WHOSE}first(?:\s+(?:one|{_ORDER}))?)?",
    re.I,
)  # fmt: skip
_RATED = r"(?:repeat(?:[\s-](?:purchase|order|customer|buyer|buying))?|re-?purchase|re-?order|second[\s-](?:order|purchase)|repeat)[\s-]rate"
REPEAT_RATE = re.compile(
    rf"(?:(?:the|our)\s+)?(?:(?P<count>\d{{1,3}})[\s-](?P<unit>day|week|month|year)\s+)?{_RATED}(?:\s+(?=(?:of|for|among|by|per|in|within|after)\b)|(?=\s*[?.,:;(]|\s*$))", re.I
)  # fmt: skip
_RETENTION = r"(?:(?:the|our)\s+)?(?:customer\s+)?retention(?:\s+rates?)?"
RETENTION = (
    re.compile(
        rf"{_RETENTION}\s+(?:of|for|among)\s+(?P<whose>.+?)\s+(?:in|into|during)\s+(?P<periods>{PERIODS})(?!\s+(?:in|into|during)\s+{_ONE_PERIOD})(?P<rest>.*)$",
        re.I,
    ),
    re.compile(
        rf"{_RETENTION}\s+(?:in|into|during)\s+(?P<periods>{PERIODS})\s+(?:of|for|among)\s+(?P<whose>.+?)(?P<rest>)$",
        re.I,
    ),
)
TOLD_RATE = re.compile(
    r"\s*\(\s*(?:i\.?e\.?,?\s+|that\s+is,?\s+|the\s+)?(?:share|percentage|fraction|proportion|%)(?:\s+of\s+(?:them|those|customers|the\s+customers))?\s+(?:(?:who|that)\s+)?(?:with|having|who\s+(?:placed|have|had)|placed|placing|that\s+have)\s+(?:at\s+least\s+(?:two|2)|two\s+or\s+more|2\s+or\s+more|2\+|more\s+than\s+one|a\s+second)\s+orders?(?:\s+(?:ever|in\s+all|overall))?\s*\)",
    re.I,
)  # fmt: skip
CALLED_AGAIN = re.compile(r"\s*\((?:i\.?\s?e\.?,?\s+|that\s+is,?\s+)?(?P<inner>[^()]*)\)")
RANKED = re.compile(
    r"^(?:please\s+)?(?:(?:show|give|list)\s+(?:me\s+)?)?(?:(?:the\s+)?(?P<end>top|bottom|best|worst)\s+(?P<count>\d{1,3}|[a-z]+)\s+(?P<key>[\w-]+(?:\s[\w-]+)?)\s+(?:by|for|in|with\s+the\s+(?P<way>highest|lowest|best|worst))\s+|"
    r"(?:which|what)\s+(?:(?P<number>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten)\s+)?(?P<what>[\w-]+(?:\s[\w-]+)?)\s+(?:has|have|had|shows?|showed|is\s+the\s+one\s+with|with)\s+the\s+(?P<most>highest|lowest|best|worst|biggest|largest|smallest)\s+)(?:the\s+)?",
    re.I,
)
