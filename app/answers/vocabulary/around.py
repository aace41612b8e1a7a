"""What people say around a question: sentences that lead to it, remarks behind it, words that point back."""

from __future__ import annotations

import re

END = re.compile(r"(?<=[.?!…])[\"'”’)]*\s+(?=[\"'“‘(]*[A-Z])")
BRACKET = re.compile(r"\s*\(([^()]*)\)")
_START = r"(?:(?:so|and|but|then|now|also|well|please|pls|kindly|just|ok|okay)[,\s]+)*"
_NOT_TO_LEARN = (
    r"(?!\s+(?:\w+ly\s+)?(?:see|know|have|get|understand|compare|look|learn|find|count|check|hear|list|rank)\b)"
)
_ASKING = (
    r"(?:what|how|which|who|whose|when|where|by\s+(?:how|what)|in\s+(?:which|what|how)|on\s+(?:which|how)|at\s+what|from\s+(?:which|what)|"
    rf"(?:could|can|would|will|may|might)\s+(?:you|i|we)|(?:i|we)(?:['’]d|\s+would)?\s+(?:really\s+|just\s+|only\s+)?(?:like|love|need|want|appreciate)(?!\s+to\b{_NOT_TO_LEARN})|"
    r"what\s+i(?:['’]d)?\s+\w+|let\s+me\s+(?:see|have|know)|"
    r"identify|compute|calculate|determine|report|present|provide|display|return|"
    r"show|give|tell|list|name|count|compare|rank|break|split|send|get|add\s+up|sum\s+up|work\s+out|put|find|sort|plot)\b"
)
ASKS = re.compile(rf"^[\"'“‘(]*{_START}{_ASKING}", re.I)
LEAD = re.compile(
    rf"^(?P<lead>[^:?]{{4,140}}?)(?::|,|\.\.\.|…|\s[-–—])\s*(?P<asked>{_START}(?:{_ASKING}).{{8,}})$", re.I | re.S
)
WHAT_FOR = re.compile(
    r"^\s*(?:for|as\s+part\s+of|regarding|concerning|about|on)\s+(?:an?|the|my|our|this|that)\s+", re.I
)
TITLE = re.compile(r"^\s*(?P<title>[^:?.;]{3,60}?)\s*(?::|\s[-–—]+)\s+(?P<asked>\S.{12,})$", re.S)
TELLS_WHICH = re.compile(
    r"\b(?:that|which|who|whose|with|without|having|never|not|no|none|only|nothing|first|more|less|fewer|least|most|above|below|over|under)\b",
    re.I,
)
OF_REMARKS = re.compile(
    r"^(?:(?:here|and|so|but|please|well)[,\s]+)*(?:(?:i\s+mean|i['’]m\s+talking\s+about|that\s+is|meaning)[,:]?\s+)?",
    re.I,
)
# remarks that change nothing: "all markets together", "over our whole history, not just this year"
_ALL_TIME = (
    r"(?:over|across|in|for|of|since|from)?\s*(?:(?:our|the|all\s+of)\s+)*(?:(?:whole|entire|full|complete)\s+(?:history|time|period)|"
    r"all\s+(?:the\s+)?years(?:\s+(?:together|combined|taken\s+together))?|all\s+time|(?:very\s+)?beginning|everything\s+we(?:['’]ve)?\s+ever\s+\w+)"
    r"(?:,?\s+not\s+(?:just|only)\s+(?:this|the\s+last|the\s+current)\s+(?:year|month|quarter))?"
)
CHANGES_NOTHING = re.compile(
    r"(?:(?:the\s+)?(?:full|whole|entire)\s+(?:calendar\s+)?(?:year|quarter|month)|all\s+(?:the\s+)?(?:markets?|countries|regions?|segments?|"
    r"categories|products|customers|orders)(?:\s+(?:together|combined|taken\s+together))?|right\s+now|nothing\s+else|please|thanks|thank\s+you|"
    r"(?:just|only)\s+(?:the\s+)?(?:one\s+)?(?:number|figure|total)|a\s+(?:single|rough)\s+(?:number|figure)(?:\s+will\s+do)?)",
    re.I,
)
WHOLE_TIME = re.compile(_ALL_TIME, re.I)
# what limits a question though no known word stands in it: never left aside
LIMITS = re.compile(
    r"\b(?:only(?!\s+just)|suppose|supposing|assum\w+|imagine|pretend|had\s+never|without|except|excluding|exclud\w+|ignor\w+|restrict\w*|limit\w*|focus\w*|"
    r"interested\s+in|care\s+about|look(?:ing)?\s+(?:only\s+)?at|talk(?:ing)?\s+about|consider\w*|count\w*|by\s+\w+\s+i\s+mean|i(?:['’]d|\s+would)?\s+call|"
    r"meaning|defin\w+|i\.e|e\.g|namely|let['’]s|take|taking|those|such|whose|at\s+least|at\s+most|more\s+than|less\s+than|fewer\s+than|"
    r"each|per|every|if|when|where|never|not\s+one)\b",
    re.I,
)
# times and numbers of somebody's day, not of the data
OF_THE_DAY = re.compile(
    r"\b(?:tonight|today|tomorrow|yesterday|this\s+(?:morning|afternoon|evening|week)|at\s+the\s+moment|right\s+now|just\s+now|for\s+a\s+(?:second|moment|minute)|"
    r"one\s+(?:number|figure|thing|more)|(?:in\s+)?(?:an?|one|two|three|five|ten|fifteen|twenty|thirty|half\s+an|\d+)\s+(?:minutes?|hours?|seconds?|meetings?|calls?)|"
    r"next\s+(?:call|meeting|week|monday|tuesday|wednesday|thursday|friday)|good\s+(?:morning|afternoon|evening|day))\b",
    re.I,
)
THAT_TIME = re.compile(
    r"\b(?:(?:in|during|for|of|over)\s+)?(?:that|the\s+same)\s+(?:very\s+)?(?P<unit>year|quarter|month|week|day|period)\b",
    re.I,
)
THERE = re.compile(
    r"(?<!is )(?<!are )(?<!was )(?<!were )\b(?:from\s+|over\s+|in\s+)?there\b"
    r"(?!\s+(?:is|are|was|were|be|been|any|has|have|had)\b)",
    re.I,
)
THEM = re.compile(
    r"\b(?P<prep>on|for|of|with|from|by|in)\s+(?:(?:exactly|precisely|just)\s+)?(?:them|those|these|it|that\s+(?:combination|one|pair|place|product|group))\b",
    re.I,
)
EACH_OF_THEM = re.compile(r",?\s*\b(?:for|of|per)\s+each\s+(?:one\s+)?of\s+(?:them|those|these)\b,?", re.I)
POINTS_BACK = re.compile(
    r"\b(?:such|those|these|them|they|that\s+(?:year|quarter|month|week|one|combination)|the\s+same|likewise)\b", re.I
)


PART_AHEAD = re.compile(
    r"^\s*(?:for|by|in|of|on|from|since|during|between|until|before|after|over|across|per|only|just|with|without|excluding|"
    r"not\s+counting|leaving|counting|taking|looking|among|compared|as\s+for|within|if|when)\b",
    re.I,
)
CLAUSE = re.compile(
    r"^\s*(?:(?:so|and|well|ok|okay|hi|hello|hey|sorry|look|oh)[,!\s]+)*(?:i|we|you|they|he|she|it|there|this|that|my|our|his|her|somebody|someone|"
    r"everybody|everyone|people|nobody|here)(?:['’](?:m|d|s|re|ve|ll))?\s+\w+",
    re.I,
)
RHETORICAL = re.compile(
    r"\s*(?:how\s+(?:dependent|reliant|concentrated|exposed|important|healthy|strong|loyal|good|bad|fast|quickly|well)\b|how\s+has\s+the\s+mix\b|do|does|did|is|are|was|were|has|have|isn['’]t|aren['’]t|don['’]t)\b",
    re.I,
)
FOR_EXAMPLE = re.compile(r"\b(?:and\s+so\s+on|etc\.?|and\s+the\s+like)\s*$", re.I)
DOES_NOT_MATTER = re.compile(r"\b(?:does\s*n['’o]t|doesn['’]t|do\s+not|don['’]t)\s+matter\b", re.I)
TOPIC = re.compile(
    r"^\s*(?:(?:so|well|okay|ok|now|hi|hello)[,\s]+)*(?:let['’]s\s+(?:talk(?:\s+about)?|look\s+at|take|stay\s+with|focus\s+on|turn\s+to|go\s+to|start\s+with)|"
    r"(?:looking|taking|talking)\s+(?:only\s+|just\s+)?(?:at\s+|about\s+)?|(?:only|just)\s+for|(?:could|can)\s+we\s+(?:look\s+at|talk\s+about)|"
    r"i(?:['’]m|\s+am)\s+(?:(?:only|just)\s+)?(?:interested\s+in|looking\s+at|talking\s+about)|i\s+(?:only\s+)?care\s+about|when\s+it\s+comes\s+to|"
    r"as\s+for|regarding|concerning|about|this\s+is\s+about|it['’]s\s+about|on\s+to)\b",
    re.I,
)
CHANGES_NOTHING_AT_ALL = re.compile(
    r"^\s*(?:an?\s+(?:simple\s+|rough\s+|single\s+)?(?:yes\s+or\s+no|yes/no|number|figure|total|count|answer)\s+(?:is\s+(?:enough|fine|all\s+i\s+need)|will\s+do|suffices)|"
    r"(?:i|we)\s+need\s+(?:it|this|that|them)\s+(?:for|by|before|in)\b|"
    r"(?:please\s+)?count\s+each\s+\w+\s+(?:just|only)\s+once|never\s+mind\s+(?:whether|how|what|which|when)|by\s+new\s+(?:ones\s+|customers\s+)?i\s+mean\b.*\bfirst\b.*\border|"
    r"(?:thanks|thank\s+you|cheers|much\s+appreciated|please)\b[^a-z]*$)",
    re.I,
)
