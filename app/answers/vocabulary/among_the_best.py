"""How people tell of the first so many by a figure, as those of whom more is asked: patterns for forms."""

from __future__ import annotations

import re

_N = r"(?:\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|fifty|(?:a|one)?\s*hundred|(?:a\s+)?dozen)"
_SUPERLATIVE = (
    r"(?:(?:biggest|largest|best|top|smallest|worst|strongest|weakest|highest|lowest)(?:[\s-](?:selling|spending|performing|earning|paying|ranking|ranked|grossing))?|"
    r"(?:most|least)[\s-][a-z]+)"
)
_NOUN = r"(?!(?:of|in|by|have|has|had|and|or|with|from|for)\b)[a-z][a-z-]*(?:\s+(?!(?:of|in|by|have|has|had|did|do|and|or|with|from|for|that|which|who|were|are|was|is|whose|during|since|ordered|bought|spent?|spend|made?|make|came|come|placed|still|also|account|generate|generated|bring|brought|contributed?|earned|lost)\b)[a-z-]+){0,2}"
_LEAD = r"(?:(?:the|our|all|those|these|last\s+(?:year|quarter|month)'?s|this\s+(?:year|quarter|month)'?s|(?:19|20)\d\d'?s|company's)\s+)*"
BEST = re.compile(
    rf"(?P<best>\b{_LEAD}(?:(?:top|bottom|best|worst|biggest|largest|leading)\s+{_N}\s+(?:{_SUPERLATIVE}\s+)?|{_N}\s+(?:{_SUPERLATIVE}\s+)?(?={_SUPERLATIVE}|[a-z-]+\s+with\s+the\s+(?:most|least|fewest|highest|lowest|largest|biggest|smallest)\b)(?:{_SUPERLATIVE}\s+)?)(?P<noun>{_NOUN}))",
    re.I,
)
"""The words up to the noun: "the 50 biggest customers", "our top ten products", "the 10 countries (with the highest …)"."""

END = re.compile(
    r"\s*(?:[,:;–—]|\s(?=(?:who|which|that|whose|have|has|had|did|do|does|were|was|are|is|also|still|never|not|ordered|bought|purchased|spend|spent|comes?|came|generated?|make|made|accounts?|accounted|"
    r"contributed?|bring|brought|placed|returned|shipped|sold|lost|earned|each|together|combined|and|but|responsible|again|altogether|individually|separately|compared|versus|vs)\b))",
    re.I,
)
"""Where the words of the best end at the latest."""
PAUSE = re.compile(r"\s(?=(?:in|by|of|during|for|from|since|with|over|between|last|this|to|per|overall)\b)", re.I)
"""Where they may end before that."""

_ASK = r"(?P<ask>which|who|what|how\s+many|list|show(?:\s+me)?|name|give\s+me|find|count|(?:the\s+)?number\s+of|(?:what\s+)?(?:share|percentage|proportion|percent|part|fraction)|identify|tell\s+me)"
OF_THEM = re.compile(rf"^{_ASK}\s+(?:(?:all|those|ones|the\s+ones)\s+)*(?:of|among|amongst|from|out\s+of)\s+$", re.I)
AMONG = re.compile(
    r"^(?:among|amongst|of|out\s+of|from\s+among|from|within|looking\s+(?:only\s+)?at|taking|take|considering|consider)\s+$",
    re.I,
)
ASKED_OF_THEM = re.compile(
    r"^[,:;–—\s]*(?P<ask>which|who|how\s+many|what\s+(?:share|percentage|proportion)|list|show|name|find|count|tell\s+me)\b(?:\s+(?:me\s+)?(?:only\s+)?(?:(?:all\s+)?(?:the\s+)?(?:ones|those|one)|(?:of\s+)?(?:them|these|those)))?(?P<rest>\s.*)$",
    re.I,
)
COMES_FROM = re.compile(
    r"^(?P<ask>(?:what|which|how\s+big\s+(?:a|is\s+the|was\s+the))?\s*(?:is\s+|was\s+)?(?:the\s+)?(?:share|percentage|proportion|percent|part|fraction)\s+of\s+)(?P<figure>.+?)\s+"
    r"(?:(?:(?:is|are|was|were|did|do|does|has|have)\s+)?(?:come|comes|came|accounted|account|accounts|generated|made|brought|contributed|earned|due|attributable|made\s+up|held|went|goes)\s+(?:in\s+)?(?:from|for\s+by|by|with|to)|from|due\s+to)\s+$",
    re.I,
)
DID = re.compile(
    r"^(?P<ask>how\s+much\s+(?:(?:money|sales|profit)\s+)?(?:did|do|have|has)|what\s+did|how\s+many\s+[a-z\s]+?\s+(?:did|do|have))\s+$",
    re.I,
)
WITHOUT = re.compile(
    r"^(?P<before>.+?)[\s,]+(?:without|excluding|except(?:\s+for)?|leaving\s+out|not\s+counting|apart\s+from|besides|other\s+than|ignoring|minus|disregarding|if\s+we\s+(?:exclude|ignore|leave\s+out|take\s+out|remove))\s+$",
    re.I,
)
OF_THE_BEST = re.compile(r"^(?P<before>.+?)\s+(?:of|for|from|by|with|in|on)\s+$", re.I)
TOGETHER = re.compile(
    r"\b(?:together|combined|in\s+total|altogether|taken\s+together|as\s+a\s+group|collectively)\b", re.I
)
EACH_ONE = re.compile(r"\s*,?\s*\b(?:each|individually|separately|one\s+by\s+one|respectively)\s*$", re.I)
EACH = re.compile(r"^(?P<before>.*?)\b(?:each|every|any)\s+(?:one\s+)?(?:of|among)\s+$", re.I)
_IS = r"(?:(?:are|were|was|is|be|been|have|has|had|did|do|does|rank(?:ed|s)?|stand|stood|stay(?:ed)?|remain(?:ed)?|appear(?:ed)?|ma[dk]e(?:\s+it)?|featured?|came|come|belong(?:ed)?|got|get)\s+)*"
_ALSO = r"(?:(?:also|again|each|still|all|both|only|back)\s+)*"
_AMONG = r"(?:among|amongst|in|into|to|within|part\s+of)\s+"
_LIST = rf"{_LEAD}(?:(?:top|bottom)\s+{_N}|{_N}\s+{_SUPERLATIVE})\b"
MEMBERSHIP = re.compile(
    rf"^(?P<who>.+?)\s+(?:(?:that|which|who)\s+)?{_ALSO}{_IS}{_ALSO}{_AMONG}(?P<first>{_LIST}(?:\s+(?!(?:but|and|while|yet)\b)[^,;]+?)?)"
    r"(?:(?:\s*,?\s+(?:but|and|while|yet)|\s*,)\s+(?P<rest>(?:not|again|also|no\s+longer|are\s+not|were\s+not|nor|among|in|fell|dropped)\b.+))$",
    re.I,
)
"""Members that are in one list and (not) in another one: "countries in the top ten in 2025 but not in 2024"."""
ALSO_AMONG = re.compile(
    rf"^\s*{_IS}{_ALSO}(?P<no>(?:not|no\s+longer|nor|never)\s+)?{_IS}{_ALSO}(?:{_AMONG}(?P<list>{_LIST}|(?:the\s+)?(?:same\s+)?(?:list|group|ranking)\b))?(?P<tail>.*)$",
    re.I,
)
"""The other list, told in full, or by what differs: "not among the top twenty by profit", "again in 2025", "not by profit"."""
IN_BOTH = re.compile(
    r"\b(?:in\s+)?both\s+(?:in\s+)?(?P<one>(?:19|20)\d\d)\s+and\s+(?:in\s+)?(?P<two>(?:19|20)\d\d)\b", re.I
)
LIST_HEAD = re.compile(rf"^{_LIST}", re.I)
WITHOUT_NOUN = re.compile(
    rf"^(?P<ask>(?:(?:which|what|list|show|name|find|how\s+many|(?:the\s+)?number\s+of)\s+)?(?:(?:the|all|those|our)\s+)?)(?P<noun>[a-z][a-z-]+)\s+(?:(?:that|which|who)\s+)?(?:(?:are|were|is|was|rank(?:ed)?)\s+)?(?:among|amongst|in|within|from|out\s+of)\s+(?P<list>{_LIST})(?=\s+(?:by|in|of|for)\b)(?P<rest>.+)$",
    re.I,
)
"""The best without their noun, which stands before: "which customers among the top 100 by profit ordered nothing"."""
_OUT = r"(?P<out>(?:dropped|fell|slipped|went|moved|were\s+pushed|got\s+pushed|have\s+(?:dropped|fallen))\s+(?:out\s+of|from)|left|lost\s+(?:its|their)\s+(?:place|spot|position)\s+(?:in|among)|(?:are|were|is|was)\s+no\s+longer\s+(?:in|among)|disappeared\s+from)"
_INTO = r"(?P<into>entered|joined|reached|(?:have\s+)?(?:came|come|broke|moved|got|made\s+it|rose|climbed|jumped)\s+(?:newly\s+)?(?:into|in)|(?:are|were|is|was)\s+(?:new(?:comers)?|newly)\s+(?:in|into|to|among)|newly\s+(?:entered|joined)|newcomers\s+(?:in|to)|new\s+(?:in|to|among))"
CAME_OR_WENT = re.compile(
    rf"^(?P<who>.+?)\s+(?:(?:that|which|who)\s+)?(?:{_OUT}|{_INTO})\s+(?P<list>{_LIST})(?P<tail>(?:\s.*?)?)\s*,?\s+PERIODS\b(?P<rest>.*)$",
    re.I,
)
"""Members that came into a list, or dropped out of it, between two periods, for which PERIODS stands."""
SINGULAR = re.compile(
    r"^\s*(?:has|is|was|does|(?:had|made|sold|brought|generated|grew|did|got|returned|ordered|placed|spent|bought|lost|earned)\s+(?:in\s+)?(?:the\s+)?(?:highest|lowest|most|least|best|worst|biggest|largest|smallest|fewest|fastest))\b",
    re.I,
)
AND_DID = re.compile(
    r"\s+and\s+(?=(?:who\s+|that\s+|also\s+)?(?:have|had|has|did|ordered|bought|are|were|made)\b)", re.I
)
SHARE_OF = re.compile(r"share|percent|proportion|part|fraction", re.I)
