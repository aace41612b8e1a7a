"""How people ask by how much a share changed: of all groups, of the one that gained the most, of one value."""

from __future__ import annotations

import re

from app.answers.vocabulary.moved_figures import DOWN, UP

_POINTS = r"(?:percentage[\s-]+points?|(?:%|percent)[\s-]*points?|pp|pps|p\.p\.|points?)"
IN_POINTS = re.compile(
    rf"\s*[,(]?\s*\b(?:(?:given|expressed|measured|shown)\s+)?(?:in|as)\s+{_POINTS}\)?(?=\W|$)", re.I
)
_WHEN = (
    r"(?P<when>(?:from|between|in|during|for|over|since|against|versus|vs\.?|compared|year[\s-](?:over|on)[\s-]year|this\s+year|last\s+year|"
    r"(?:(?:q[1-4]|h[12])\s+)?(?:19|20)\d\d)\b.*)"
)
_WHOLE = r"(?P<whole>[^,;:?]+?(?:\s+in\s+(?:the\s+)?(?!\d)[\w-]+(?:\s+market)?)?)"
_SHARE = rf"share\s+(?:of|in)\s+{_WHOLE}"
_GAIN = r"(?:gains?|increases?|rise|growth|improvements?|jump)"
_LOSS = r"(?:loss(?:es)?|drops?|declines?|decreases?|fall|reductions?)"
_CHANGE = r"(?:change|shift|movement|difference)s?"
_ASK = r"(?:(?:which|what|name|show|list|give\s+me|find)\s+(?:me\s+)?)?(?:the\s+)?(?:(?P<limit>\d+|two|three|five|ten)\s+|top\s+(?P<top>\d+|two|three|five|ten)\s+)?"
_THING = r"(?P<thing>[\w-]+(?:\s+[\w-]+)?)"
_HELPS = r"(?:(?:has|have|had|did|that|which|who)\s+)*"
EXTREMES = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"^{_ASK}{_THING}\s+{_HELPS}(?P<move>{UP}|{DOWN})\s+(?:the\s+)?most\s+(?:in\s+|of\s+)?(?:(?:its|their|the)\s+)?{_SHARE}\s*,?\s+{_WHEN}$",
        rf"^{_ASK}{_THING}\s+{_HELPS}(?P<move>{UP}|{DOWN})\s+(?:its|their)\s+{_SHARE}\s+(?:the\s+)?most\s*,?\s+{_WHEN}$",
        rf"^{_ASK}{_THING}\s+{_HELPS}(?P<move>{UP}|{DOWN})\s+(?:the\s+)?most\s+(?:in\s+)?share\s+(?:of|in)\s+{_WHOLE}\s*,?\s+{_WHEN}$",
        rf"^{_ASK}{_THING}(?:['’]s?|\s+whose)\s+{_SHARE}\s+{_HELPS}(?P<move>{UP}|{DOWN})\s+(?:the\s+)?most\s*,?\s+{_WHEN}$",
        rf"^{_ASK}{_THING}\s+{_HELPS}(?:saw|with|had|has|have|shows?|showed|recorded|made|suffered)?\s*(?:the\s+)?(?:biggest|largest|strongest|greatest|highest|steepest|sharpest|most)\s+(?:(?P<up>{_GAIN})|(?P<down>{_LOSS}))\s+(?:in|of)\s+(?:(?:its|their|the)\s+)?{_SHARE}\s*,?\s+{_WHEN}$",
        rf"^(?:in\s+)?{_ASK}{_THING}\s+did\s+(?:its\s+|their\s+|the\s+)?{_SHARE}\s+(?P<move>{UP}|{DOWN})\s+(?:the\s+)?most\s*,?\s+{_WHEN}$",
    )
)
_EACH = r"(?:for|by|per|of)\s+(?:(?:each|every|all)\s+)?(?:the\s+)?"
TABLES = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"^{_EACH}{_THING}\s*[,:]?\s+(?:show\s+|give\s+|list\s+|what\s+is\s+)?(?:me\s+)?(?:the\s+)?{_CHANGE}\s+(?:in|of)\s+(?:(?:its|their|the)\s+)?{_SHARE}\s*,?\s+{_WHEN}$",
        rf"^{_EACH}{_THING}\s*[,:]?\s+(?:by\s+how\s+much|how)\s+(?:did|has|have)\s+(?:its|their|the)\s+{_SHARE}\s+{_HELPS}(?:changed?|moved?|developed?|evolved?|shift(?:ed)?)\s*,?\s+{_WHEN}$",
        rf"^(?:how|by\s+how\s+much)\s+(?:did|has|have)\s+(?:the\s+)?(?:{_SHARE}\s+of\s+(?:each|every|all|the)\s+(?P<thing>[\w-]+)|(?:each|every)\s+(?P<thing2>[\w-]+(?:\s+[\w-]+)?)['’]s?\s+share\s+(?:of|in)\s+(?P<whole2>[^,;:?]+?))\s+{_HELPS}(?:changed?|moved?|developed?|evolved?|shift(?:ed)?)\s*,?\s+{_WHEN}$",
        rf"^(?:(?:what\s+(?:is|was)|show|give|list)\s+(?:me\s+)?)?(?:the\s+)?{_CHANGE}\s+(?:in|of)\s+(?:each|every)\s+{_THING}['’]s?\s+{_SHARE}\s*,?\s+{_WHEN}$",
        rf"^(?:(?:what\s+(?:is|was)|show|give|list)\s+(?:me\s+)?)?(?:the\s+)?{_CHANGE}\s+(?:in|of)\s+(?:the\s+)?{_SHARE}\s+(?:by|per|for\s+each|of\s+each)\s+{_THING}\s*,?\s+{_WHEN}$",
    )
)
_YEAR = r"(?:19|20)\d\d"
_THEN = rf"(?:\s*,?\s*(?:compared\s+(?:to|with)|against|versus|vs\.?|and)\s+(?:(?:its|their|the)\s+(?:share|one)\s+)?(?:in\s+)?(?P<early>{_YEAR}))"
TWO_YEARS = (
    re.compile(
        rf"^(?:(?:show|give|list|calculate)\s+(?:me\s+)?)?(?:each|every)\s+(?P<thing>[\w-]+(?:\s+[\w-]+)?)['’]s?\s+{_SHARE}\s+in\s+(?P<late>{_YEAR}){_THEN}$",
        re.I,
    ),
    re.compile(
        rf"^(?:(?:show|give|list|calculate|what\s+(?:is|was))\s+(?:me\s+)?)?(?:the\s+)?(?P<owner>[\w&\s-]+?)(?:['’]s?)?\s+{_SHARE}\s+in\s+(?P<late>{_YEAR})\s+(?:and|vs\.?|versus)\s+(?:in\s+)?(?P<early>{_YEAR})"
        rf"\s*,?\s+(?:and|with|plus)\s+(?:the\s+)?(?:{_YEAR}\s+share\s+(?:minus|less)\s+the\s+{_YEAR}\s+share|change(?:\s+between\s+(?:them|the\s+two))?|difference)(?:[.;]\s*(?:return|give|show)[\w\s]*)?$",
        re.I,
    ),
)
TITLE = re.compile(
    r"^(?P<title>[^?:.,]{3,60})[?:.]\s+(?P<rest>(?:for|by|per)\s+(?:each|every)\b.+|how\b.+|which\b.+|change\b.+)$",
    re.I,
)
_MOVED = rf"(?:changed?|moved?|develop(?:ed)?|evolved?|shift(?:ed)?|{UP}|{DOWN})"
ONE = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"^(?:how(?:\s+much)?|by\s+how\s+much|by\s+how\s+many\s+{_POINTS}|how\s+many\s+{_POINTS})\s+(?:did|has|have)\s+(?:the\s+)?(?P<owner>[\w&\s-]+?)(?:['’]s?)?\s+{_SHARE}\s+{_HELPS}{_MOVED}(?:\s+by)?\s*,?\s+{_WHEN}$",
        rf"^(?:how(?:\s+much)?|by\s+how\s+much|by\s+how\s+many\s+{_POINTS}|how\s+many\s+{_POINTS})\s+(?:did|has|have)\s+(?:the\s+)?share\s+(?:of|in)\s+(?P<owner>[\w&\s-]+?)\s+in\s+{_WHOLE}\s+{_HELPS}{_MOVED}(?:\s+by)?\s*,?\s+{_WHEN}$",
        rf"^(?:(?:what\s+(?:is|was)|show|give|list)\s+(?:me\s+)?)?(?:the\s+)?{_CHANGE}\s+(?:in|of)\s+(?:the\s+)?(?!each\b|every\b)(?P<owner>[\w&\s-]+?)['’]s?\s+{_SHARE}\s*,?\s+{_WHEN}$",
    )
)
TAIL = re.compile(
    r"\s*[,;:.–-]?\s*(?:\s(?:and|with|showing|plus)\s+)?(?:by\s+)?(?:how\s+(?:much|many\s+(?:percentage\s+)?points)|(?:both|the\s+two)\s+shares(?:\s+and\s+the\s+change)?|the\s+(?:size\s+of\s+the\s+)?change|the\s+shares)"
    r"(?:\s+(?:did|has|was|is)\s+(?:the|its|their|that|it)(?:\s+share)?(?:\s+(?:share|change|changed|rise|risen|grow|grown|gain|gained|fall|fallen|move|moved))?)?$",
    re.I,
)
OWN = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"^(?:their|its|the|his)\s+(?:own\s+|respective\s+)?(?P<parent>[\w-]+)['’]s?\s+(?:total\s+)?(?P<figure>.+)$",
        r"^(?:the\s+)?(?P<figure>.+?)\s+(?:in|within|of|inside)\s+(?:their|its)\s+(?:own\s+|respective\s+)?(?P<parent>[\w-]+)$",
    )
)
OF_ALL = re.compile(
    r"\b(?:(?:the\s+)?(?:whole\s+)?company(?:['’]s)?(?:[\s-]+wide)?|(?:the\s+)?business['’]s|total|overall|global|worldwide|group|all|our|the|whole|entire|company-wide)\s+(?=\S)",
    re.I,
)
NUMBERS = {"two": 2, "three": 3, "five": 5, "ten": 10}
