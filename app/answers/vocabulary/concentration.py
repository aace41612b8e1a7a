"""Frames of questions for the fewest that make up so much: "how many products make up 80% of sales"."""

from __future__ import annotations

import re

PARTS = {
    "half": 0.5, "third": 1 / 3, "quarter": 0.25, "fifth": 0.2, "tenth": 0.1, "thirds": 1 / 3, "quarters": 0.25, "fifths": 0.2, "tenths": 0.1,
}  # fmt: skip
NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "nine": 9, "": 1}
_AMOUNT = (
    r"(?:(?P<n>\d+(?:\.\d+)?)\s*(?:%|percent|per\s+cent)|(?:(?P<count>a|one|two|three|four|nine)[\s-]+)?"
    r"(?P<part>half|thirds?|quarters?|fifths?|tenths?))"
)
_BOUND = (
    r"(?:(?:the\s+)?(?P<first>first|top)\s+|(?P<bound>at\s+least|more\s+than|over|above)\s+|"
    r"(?:just\s+over|about|around|roughly|exactly|a\s+full|the|some)\s+)?"
)
_SHARE = rf"{_BOUND}{_AMOUNT}"
_WHO = (
    r"(?:(?:our|the|all|all\s+of\s+our|different|individual|single|of\s+(?:our|the))\s+)*"
    r"(?:(?P<largest>top|largest|biggest|best|best-selling|highest-selling|most\s+valuable|most\s+important)\s+)?"
    r"(?P<who>(?!of\b)[a-z][\w-]*(?:\s+(?!of|in|with|that|which|who|do|does|are|is|we|together|it|to|make|made|account|bring|from|by|needed|required|for|jointly|combined)[\w-]+)?)"
)
_TOGETHER = (
    r"(?:\s*,?\s*(?P<together>together|jointly|combined|taken\s+together|between\s+them|in\s+total|collectively))?"
)
_MAKE_UP = (
    r"(?:mak(?:e|es|ing)\s+up|made\s+up|mak(?:e|es|ing)|made|account(?:s|ed|ing)?\s+for|represent(?:s|ed|ing)?|"
    r"contribut(?:e|es|ed|ing)(?:\s+to)?|generat(?:e|es|ed|ing)|bring(?:s|ing)?(?:\s+(?:in|us))?|brought(?:\s+(?:in|us))?|deliver(?:s|ed|ing)?|"
    r"produc(?:e|es|ed|ing)|cover(?:s|ed|ing)?|driv(?:e|es|ing)|drove|earn(?:s|ed|ing)?|yield(?:s|ed|ing)?|reach(?:es|ed|ing)?|"
    r"constitut(?:e|es|ed|ing)|(?:is|are|was|were)\s+(?:behind|responsible\s+for)|hold(?:s|ing)?|held|provide[sd]?)"
)
_REACH = r"(?:reach|get\s+to|arrive\s+at|make\s+up|make|account\s+for|cover|generate|hit|pass|bring\s+in|come\s+to|attain|get|have)"
_NEEDED = (
    r"(?:(?:do|did|would|will|must|should)\s+(?:we|you|i|one)\s+(?:need|take|have|require)(?:\s+to\s+(?:take|add(?:\s+up)?|count|have|combine))?"
    r"|(?:are|were|is)\s+(?:needed|required|necessary|enough|sufficient)|(?:does|did|would|will)\s+it\s+take|it\s+(?:takes|took)|(?:we|you|i)\s+need|needed|required)"
)
_OF = r"(?:\s+(?:of|in)|(?<=half)|(?<=half\sof))\s+(?P<figure>.+)"
_FEWEST = r"(?:smallest|minimum|lowest|least|fewest|minimal)"
_REL = r"(?:(?:who|that|which)\s+)?"
_ASK = r"(?:(?:what|which)(?:\s+(?:is|was|are|were)|['’]s)\s+|(?:give|tell|show)\s+me\s+|find\s+|compute\s+|calculate\s+|determine\s+)?"
LEAD = re.compile(
    r"^\W*(?:(?:the\s+)?(?:concentration|pareto|80\s*[/-]\s*20)(?:\s+(?:test|check|analysis|question|rule|principle|view))?"
    r"|(?:starting|beginning|counting|going)\s+(?:with|from|at|down\s+from)\s+the\s+(?:largest|biggest|top|highest|best)(?:\s+(?:one|customer|product|seller|country))?(?=\s*,)"
    r"|how\s+concentrated\s+(?:is|are|was|were)\s+(?:our\s+|the\s+)?[\w\s]{3,40}?)\s*[,:?–—-]+\s*",
    re.I,
)
# "for each market, how many customers make up half of its sales"
EACH = re.compile(r"^(?:for|in|within)\s+(?:each|every)\b", re.I)
ITS = re.compile(r"\bof\s+(?:its|their)\s+", re.I)
WHEN_FIRST = re.compile(
    r"^(?P<when>(?:in|for|during|over|across|within|since)\s+[^,?]{2,40}?)\s*,\s*(?=(?:how|what|which|the)\b)", re.I
)
COUNTED = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        # "how many products make up 80% of sales", "how many customers together account for half of our revenue"
        rf"^how\s+(?:many|few)\s+{_WHO}{_TOGETHER}\s+{_REL}{_TOGETHER.replace('together>', 'joint>')}\s*{_MAKE_UP}{_TOGETHER.replace('together>', 'joined>')}\s+{_SHARE}{_OF}$",
        # "how many customers do we need to reach half of sales", "how many products does it take to make 80% of profit"
        rf"^how\s+(?:many|few)\s+{_WHO}{_TOGETHER}\s+(?P<needed>{_NEEDED})\s+(?:(?:together|in\s+total)\s+)?(?:to\s+{_REACH}|for)\s+{_SHARE}{_OF}$",
        # "what is the smallest number of customers who together account for at least half of the sales of 2025"
        rf"^{_ASK}(?:the\s+)?(?P<needed>{_FEWEST})(?:\s+possible)?\s+(?:number|count)\s+of\s+{_WHO}{_TOGETHER}\s+{_REL}{_TOGETHER.replace('together>', 'joint>')}\s*"
        rf"(?:{_MAKE_UP}|(?:(?:that\s+)?(?:is|are|was|were)\s+)?{_NEEDED}(?:\s+together)?\s+(?:to\s+{_REACH}|for)|to\s+{_REACH})\s+{_SHARE}{_OF}$",
        # "number of customers needed to reach 50% of sales", "the fewest customers that make up half of sales"
        rf"^{_ASK}(?:the\s+)?(?:(?:number|count)\s+of|(?P<fewest>fewest))\s+{_WHO}{_TOGETHER}\s+{_REL}{_TOGETHER.replace('together>', 'joint>')}\s*"
        rf"(?:(?P<needed>(?:(?:is|are|was|were)\s+)?{_NEEDED}\s+(?:together\s+)?(?:to\s+{_REACH}|for)|to\s+{_REACH})|{_MAKE_UP})\s+{_SHARE}{_OF}$",
        # "with how many products do we make 80% of sales", "from how many customers do we get half of our revenue"
        rf"^(?:with|from|by|in)\s+how\s+(?:many|few)\s+{_WHO}\s+(?P<needed>(?:do|did|can|could)\s+we)\s+(?:already\s+)?{_REACH}\s+{_SHARE}{_OF}$",
        # "80% of our sales come from how many customers", "half of sales is generated by how many products"
        rf"^{_SHARE}\s+of\s+(?P<figure>.+?)\s+(?P<needed>(?:come|comes|came|stems?|(?:is|are|was|were)\s+(?:made|generated|earned|brought\s+in|driven|produced|due))(?:\s+(?:up|in))?)\s+"
        rf"(?:from|by|with|to|of)\s+how\s+(?:many|few)\s+{_WHO}(?P<tail>(?:\s+(?:in|per|by|for)\s+.+)?)$",
        # "from how many customers does 80% of our sales come"
        rf"^from\s+how\s+(?:many|few)\s+{_WHO}\s+(?P<needed>(?:do|does|did))\s+{_SHARE}\s+of\s+(?P<figure>.+?)\s+(?:come|stem|originate)(?P<tail>(?:\s+(?:in|per|by|for)\s+.+)?)$",
    )
)
SHARED = re.compile(
    rf"^{_ASK}(?:(?:what|which)\s+)?(?:the\s+)?(?:share|percentage|percent|proportion|fraction|part|%)\s+of\s+{_WHO}{_TOGETHER}\s+"
    rf"(?:{_REL}{_MAKE_UP}|(?P<needed>{_NEEDED})\s+(?:to\s+{_REACH}|for))\s+{_SHARE}{_OF}$",
    re.I,
)
LISTED = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        # "which subcategories together make up the first half of profit", "top customers that make up half of sales"
        rf"^(?:(?:which|what)\s+(?:are\s+)?|(?:list|show|name|give)(?:\s+me)?\s+)?(?:the\s+)?(?:(?P<needed>{_FEWEST})\s+)?{_WHO}{_TOGETHER}\s+{_REL}{_TOGETHER.replace('together>', 'joint>')}\s*{_MAKE_UP}{_TOGETHER.replace('together>', 'joined>')}\s+{_SHARE}{_OF}$",
        rf"^(?:which|what)\s+{_WHO}\s+(?P<needed>{_NEEDED})\s+(?:to\s+{_REACH}|for)\s+{_SHARE}{_OF}$",
    )
)
_FROM_THE_TOP = (
    r"(?:(?:going\s+|working\s+|starting\s+|counting\s+)?(?:down\s+)?from\s+(?:the\s+)?(?:top|largest|biggest|highest|best|most\s+\w+)(?:\s+(?:one|customer|product|seller))?"
    r"(?:\s+(?P<by2>(?:by|in|on)\s+(?:their\s+)?[\w\s-]+?))?(?:\s+(?:downwards?|down|on(?:wards?)?|to\s+(?:the\s+)?(?:smallest|lowest|bottom)))?"
    r"|(?:in\s+)?descending(?:\s+order)?|(?:from\s+)?(?:high(?:est)?|large(?:st)?)\s+to\s+(?:low(?:est)?|small(?:est)?)|(?:largest|biggest|highest|best)\s+first)"
)
# "Taking sub-categories from the largest by revenue downwards, how many do we need to reach 80% of all-time sales?"
TAKEN = re.compile(
    rf"^(?:if\s+(?:we|you|i)\s+|when\s+)?(?:tak(?:e|ing)|sort(?:ing|ed)?|rank(?:ing|ed)?|order(?:ing|ed)?|add(?:ing)?(?:\s+up)?|start(?:ing)?\s+with|go(?:ing)?\s+through|count(?:ing)?|list(?:ing)?|line\s+up|lining\s+up)\s+"
    rf"(?:(?:our|the|all)\s+)*(?P<who>[a-z][\w-]*(?:\s+(?!by|from|in|on|according)[\w-]+)?)\s+(?:(?P<by>(?:by|according\s+to|in\s+order\s+of|on)\s+(?:their\s+)?[\w\s-]+?)\s*,?\s*)?{_FROM_THE_TOP}\s*[,;:]\s*"
    rf"how\s+many\s+(?:of\s+(?:them|these|those)\s+|(?:customers|products|countries|cities|states|sub-?categories|[a-z]+)\s+)?(?P<needed>{_NEEDED}|{_MAKE_UP}|together)\s*"
    rf"(?:(?:together\s+)?(?:to\s+{_REACH}|for|{_MAKE_UP})\s+)?{_SHARE}{_OF}$",
    re.I,
)
WHOSE = re.compile(r"^(?:our|the|all|total|overall|of|whole|entire|its|their|all[\s-]time)\s+", re.I)
ALL_TIME = re.compile(r"\s*\b(?:of\s+all\s+time|all[\s-]time|in\s+total|overall|altogether|so\s+far|to\s+date)\b", re.I)
OTHER_ROWS = re.compile(r"\b(?:their|its|them|those|these|that|which|who|and|or|but)\b|[,;:]", re.I)
BY_EACH = re.compile(r"\s+(?:by|per|in\s+each|for\s+each|within\s+each|in\s+every)\s+[\w\s-]+$", re.I)
MOST = 0.5
"""No two groups can each have more than this."""
