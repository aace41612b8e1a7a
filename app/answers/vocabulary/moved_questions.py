"""The frames of questions for groups and periods whose figures moved, and what only restates the columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.answers.plan import Plan
from app.answers.planning.draft import Surroundings
from app.answers.vocabulary.moved_figures import DOWN, UP
from app.answers.vocabulary.text import words

YEAR = r"(?:19|20)\d\d"
ANY_MOVE = re.compile(
    rf"\b(?:{UP}|{DOWN}|up|down|more|less|fewer|higher|lower|better|worse|bigger|larger|smaller|greater|stronger|weaker|above|below|beat|exceed(?:ed|s)?|surpass(?:ed)?|behind|ahead|outperformed|profitable|profit|loss|"
    r"(?:doubl|tripl|halv)(?:ed?|ing))\b",
    re.I,
)
RANKED = re.compile(
    r"\b(?:rank(?:s|ed|ing|ings)?|places?|most|least|highest|lowest|largest|biggest|smallest|top|bottom|best|worst|fastest|average\s+(?:of|month|country))\b",
    re.I,
)
"""Words of questions for the best of the groups, which is another question."""
_THINGS = (
    r"(?P<things>(?:(?!with\b|where\b|that\b|which\b|did\b|in\b)[\w-]+\s+){0,2}?(?:(?:month|quarter|week)(?=\s)|[\w-]+s)(?:\s+(?:in|of|from)\s+(?:the\s+)?(?:(?-i:[A-Z])[\w-]+|\d{4}|"
    r"(?:this|last)\s+year|(?:first|second)\s+half\s+of\s+\d{4}|[qh][1-4]\s+\d{4})(?:\s+(?:market|\d{4}|(?:and|to)\s+\d{4}))?(?:\s+(?:in|of)\s+(?:the\s+)?(?:(?-i:[A-Z])[\w-]+|\d{4}))?)?)"
)
_ASK = r"(?:(?:is|are)\s+there\s+any(?:\s+calendar)?|which|what|flag|return|output|list|show(?:\s+me)?|show|name|find|give\s+me)"
_MANY = r"(?P<many>how\s+many|(?:the\s+)?number\s+of|count\s+(?:the)?)"
ASKED = re.compile(_ASK, re.I)
IN_WHICH = re.compile(
    rf"^(?:in|for|during|on)\s+(?:which|what|(?P<many>how\s+many))\s+{_THINGS}\s*,?\s+(?:did|do|does|were|was|are|is|have|has|had)\s+(?P<clauses>.+)$",
    re.I,
)
OF_WHICH = re.compile(
    r"^(?:(?:in|for|of)\s+)?(?:(?P<where>where)|which(?:\s+(?:ones|one|of\s+(?:them|those|these)))?|(?P<many>how\s+many)(?:\s+of\s+(?:them|those|these))?)\s+(?:(?:did|do|does|were|was|are|is|had|have|has)\s+)?(?P<clauses>.+)$",
    re.I,
)
THINGS_THAT = re.compile(
    rf"^(?:{_MANY}|{_ASK})?\s*(?:(?:the|all|those|our)\s+)*{_THINGS}\s*,?\s+"
    r"(?:(?:where|whose|in\s+which|for\s+which|when|that|which|who|with|having|did|(?=(?:had|beat|exceeded|missed|fell\s+short|outperformed|sold|made|earned|more\s+than\s+doubled|doubled|tripled|halved|earn|earns|managed|saw|see|show|increased|reduced|improved|gained|gain|grew|lost|spent|are|were|have|raised)\b))\s*)(?P<clauses>.+)$",
    re.I,
)
AHEAD = re.compile(
    rf"^{_ASK}\s+(?:of\s+(?:the|our)\s+)?{_THINGS}\s+(?:are|were|is)\s+(?:behind|below|under|ahead\s+of|above)\s+(?:last|the\s+(?:previous|prior))\s+year\s*[?:.,;–-]+\s*"
    r"(?:(?:i\.?e\.?|that\s+is|meaning|with|where)[\s,]+)*(?P<clauses>.+)$",
    re.I,
)
ONE_THAT = re.compile(
    rf"^(?:which|what)\s+(?P<things>(?!of\b|were\b|was\b|is\b|are\b|ones?\b)[\w-]+)\s+(?:has\s+|have\s+|had\s+)?(?=(?:{UP}|{DOWN}|beat|exceeded|missed)\b)(?P<clauses>.+)$",
    re.I,
)
LEAD = re.compile(
    r"^(?:considering|counting|taking|looking\s+at|among|amongst|of|for|out\s+of|within)\s+(?:(?:only|just|the|all)\s+)*(?P<things>[\w-]+(?:\s+[\w-]+)?)\s+"
    r"(?:with|that|which|whose|having|where)\s+(?P<level>[^,;:]*(?:\d,\d{3}[^,;:]*)*)\s*(?:,(?!\d{3}\b)|[:;])\s*(?P<rest>.+)$",
    re.I,
)
STRETCH = re.compile(
    r"^(?:for|in|over|during|looking\s+at|taking)\s+(?:(?:only|just)\s+)?(?:the\s+)?(?:months?\s+)?(?:from\s+)?(?P<span>[a-z]+\s+(?:to|through|until|[-–])\s+[a-z]+)\s*[,:]\s*(?P<rest>.+)$",
    re.I,
)
JOINT = re.compile(
    r"(?<!compared)\s*,?\s+(?:(?:and|but|while|whereas|although|though|even\s+though|even\s+as|yet|despite|in\s+spite\s+of|with|whilst)\s+)+"
    r"(?:(?:also|then|at\s+the\s+same\s+time|nevertheless|nonetheless|still|simultaneously|their|its|the|where|whose|that|which|who|having|being)\s+)*|\s*[,;]\s+(?!\d{3})|\s*,?\s+(?:whose|where|in\s+which|for\s+which)\s+",
    re.I,
)
SAID_TWICE = re.compile(
    rf"\s*\((?:\s*(?:,|and|,\s*and)?\s*{YEAR}\s+(?:above|below|over)\s+{YEAR})+\s*\)|\s*\(\s*(?:total\s+)?(?:yearly\s+)?profits?(?:\s+of\s+the\s+year)?\s+below\s+zero(?:\s+each\s+time)?\s*\)|\s*\(\s*(?:for\s+)?january\s+(?:(?:is|being|compared)\s+)*(?:against|vs\.?|versus|with|to|compared\s+(?:to|with))\s+(?:the\s+)?(?:(?:previous|preceding|prior)\s+)?december(?:\s+(?:of\s+)?{YEAR})?\s*\)",
    re.I,
)
_SAYS_COLUMNS = frozenset(
    words("""
        please | give | show | list | state | name | with | both | and | the | each | of | their | its | his | or |
        per | for | me | tell | this | last | year's | years | figure | figures | rate | rates | value | values |
        change | changes | difference | shortfall | gain | growth | drop | by | how | much | two | three | in | on |
        to | as | well | number | numbers | also | year | years' | respective | amount | amounts | decline |
        increase | decrease | names | rise | fall | month | quarter | week | that | was | it | many | fewer | more |
        less | higher | lower | those | these | then | which | return | output | minus | them | one | ones | i | need |
        yearly | annual | absolute | please | pls | just
    """)
)
_SHOWN = re.compile(
    r"(?P<mark>\s*[.:;?]\s+|\s*,\s+|\s*\s[–-]\s+|\s+(?=with\s+(?:both|the|their)\b)|\s+(?=and\s+(?:by\s+)?how\s+(?:much|many)\b))",
    re.I,
)


def columns_said(clauses: str, things: str, base: Plan, around: Surroundings) -> Iterator[tuple[str, frozenset[str]]]:
    """The clauses without what only names the columns behind them, with the words of figures in it; then as they are."""
    keys = {
        w.lower() for d in base.dimensions if not d.startswith("@") for w in around.layer.dimension(d).label.split()
    }
    says = _SAYS_COLUMNS | keys | set(things.lower().split()) | {things.lower().split()[0].rstrip("s")}
    labels = {w for m in around.layer.metrics.values() for w in m.label.lower().split()} - says
    years = set(re.findall(YEAR, clauses))
    for mark in _SHOWN.finditer(clauses):
        tail = set(re.findall(r"[\w'’]+", clauses[mark.end() :].lower().replace("’", "'")))
        before = set(re.findall(r"[\w'’]+", clauses[: mark.start()].lower()))
        tail = {next((k for k in keys if len(w) > 4 and k.startswith(w)), w) for w in tail}
        if tail and before and tail <= says | labels | before | years:
            yield clauses[: mark.start()], frozenset(tail & labels)
    yield clauses, frozenset()
