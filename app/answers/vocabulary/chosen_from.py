"""Those that a question chooses from, told ahead of it: "among countries with 300 orders or more, which three have …".

What is told ahead is brought to where the rules look for it: behind the noun that is asked for, or behind the figure.
"""

from __future__ import annotations

import re

_LEAD = r"(?:(?:if\s+(?:we|you|i|one)\s+)?(?:only\s+|just\s+)?(?:consider(?:ing)?|look(?:ing)?|tak(?:e|ing)|count(?:ing)?|includ(?:e|ing))(?:\s+(?:only|just))?(?:\s+at)?(?:\s+only)?|(?:only\s+)?among(?:st)?|out\s+of|of|within|from)\s+(?:only\s+)?(?:all\s+)?(?:the\s+|our\s+|those\s+)?"
_THINGS = r"(?P<things>(?:[\w&-]+\s+){0,2}?(?P<noun>customers|clients|buyers|products|articles|countries|markets|regions|states|cities|segments|sub-?\s?categories|categories|orders|months|quarters|years|ship\s+modes))"
_COND = r"(?P<cond>\s+(?:with|having|where|whose|that|which|who|in\s+which|above|over|of)\b[^?;:]+?)"
_N = r"(?P<n>two|three|four|five|six|seven|eight|nine|ten|\d+)"
_HAS = r"(?P<has>has|have|had|shows?|showed|made|makes?|is|are|was|were|do|does|did)\b"
CHOSEN = re.compile(
    rf"^{_LEAD}{_THINGS}{_COND}\s*[,:;–-]+\s*(?:and\s+)?(?:which|who|list|show|give|name|find)\s+(?:are\s+|is\s+)?(?:the\s+)?(?:(?P<one>one)|{_N}(?:\s+ones?)?|(?P<those>those|ones))?"
    rf"(?:\s*(?:of|among)\s+(?:them|those|these))?\s*(?:that\s+|which\s+|who\s+)?{_HAS}(?P<rest>\s+(?!(?:their|its|his)\b).+)$",
    re.I | re.S,
)
_RESTRICTED = re.compile(
    r"^(?:(?:if\s+(?:we|you|i|one)\s+)?(?:look(?:ing)?\s+only\s+at|only\s+look(?:ing)?\s+at|consider(?:ing)?\s+only|only\s+consider(?:ing)?|taking\s+only|counting\s+only|restricted\s+to|limited\s+to|for)\s+)"
    r"(?:the\s+|those\s+)?(?P<rows>orders|(?:order\s+)?lines)\s+(?:that|which)\s+(?:were|had\s+been|have\s+been|got)\s+(?P<not>not\s+|never\s+)?returned\s*[,:;]\s*(?P<asked>.{8,}?)[?.\s]*$",
    re.I,
)
_TAIL = re.compile(
    r"^(?P<asked>.+?),?\s+(?:considering|counting|taking|looking\s+at|including)\s+(?:only|just)\s+(?:the\s+|those\s+)?(?P<rows>(?:orders|(?:order\s+)?lines)\b[^?;:]*?)[?.\s]*$",
    re.I,
)
_SINGULAR = (("ies", "y"), ("s", ""))
_LARGEST = re.compile(r"^\s+(?:the\s+)?(?:\w+\s+)?(?:[a-z]+est|most|least|best|worst|top)\b", re.I)


def with_the_chosen(question: str) -> str:
    """The question with those that it chooses from behind the noun that it asks for."""
    question = question.strip()
    returned = _RESTRICTED.match(question)
    if returned is not None:
        kept = "orders that were not returned" if returned["not"] else "returned orders"
        return f"{returned['asked']} for {kept}"
    match = CHOSEN.match(question)
    if match is None:
        tail = _TAIL.match(question)
        return question if tail is None else f"{tail['asked']} of {tail['rows']}"
    if match["noun"].lower() == "orders" and match["n"] is None and match["one"] is None:
        return question  # "of the orders that …, which share was …" is another matter
    single = match["one"] is not None or (
        match["n"] is None
        and match["those"] is None
        and match["has"].lower() in ("has", "shows", "makes", "is", "was", "does")
    )
    things = match["things"]
    if single or (
        match["n"] is None and _LARGEST.match(match["rest"]) and match["has"].lower() in ("had", "made", "showed")
    ):
        things = _singular(things)
    number = f"{match['n']} " if match["n"] else ""
    return f"which {number}{things}{match['cond']} {match['has']}{match['rest']}"


def _singular(noun: str) -> str:
    for ending, instead in _SINGULAR:
        if noun.lower().endswith(ending):
            return noun[: -len(ending)] + instead
    return noun
