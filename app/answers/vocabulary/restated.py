"""Comparisons, bounds and sets in the one form that the rules read: pairs of a pattern and what is read instead.

They are applied in order, before the forms of `rewriting`.
"""

from __future__ import annotations

from app.answers.dates.names import MONTH_NUMBERS
from app.answers.vocabulary.text import Forms, compiled

_STEP = "month|quarter|week|day"
_STEP_BEFORE = r"(?:before(?:\s+(?:it|that))?|earlier|prior|preceding(?:\s+it)?)(?=\s*(?:[,.;?!)(]|$)|\s+(?:and|in|for|by|was|with)\b)"
_MONTH = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
_YEAR = r"(?:(?:q[1-4]|h[12])\s+)?20\d\d"
_MORE = r"more|less|fewer|higher|lower|better|worse|larger|bigger|smaller|greater"
_CHANGE = r"change|growth|increase|decrease|rise|drop|decline|fall"
_WAY = r"rose|fell|grew|shrank|dropped|declined|increased|decreased|up|down|higher|lower|more|less|fewer|rising|falling|growing|shrinking"
_BUT = r"but|and|yet|while|although|though|whereas|with"
_HAVING = r"(?:with|having|that\s+(?:have|had)|which\s+(?:have|had)|where\s+there\s+(?:are|were))"
_ONLY = r"(?:but\s+|and\s+)?(?:only|just|counting\s+only|considering\s+only|only\s+look(?:ing)?\s+at|only\s+counting|look\s+only\s+at)"
_LEFT_OUT = r"(?:leave|leaving)\s+(?:out|aside)|exclud(?:e|ing)|ignor(?:e|ing)|skip(?:ping)?|drop(?:ping)?"
_DAYS = r"(?:times?|(?:number\s+of\s+)?(?:calendar\s+)?days|delay|gap|interval|duration)"
_FROM_ORDER = r"(?:from|between|until|since|of)?\s*(?:the\s+)?(?:order(?:ing)?|placement|purchase)(?:\s+da(?:te|y))?"
_TO = r"(?:to|and|until|till|up\s+to|before)\s+(?:the\s+)?"
_TO_SHIP = rf"{_DAYS}\s+{_FROM_ORDER}\s+{_TO}(?:ship(?:ping|ment|ped)?|dispatch)(?:\s+da(?:te|y))?\b"
_TO_RETURN = rf"{_DAYS}\s+{_FROM_ORDER}\s+{_TO}return(?:ing|ed)?(?:\s+da(?:te|y))?\b"
_IN_DAYS = r"(?:\s*[,(]?\s*(?:given\s+|measured\s+)?in\s+days\b\)?,?)?"
_SINGLE = r"(?:an?|any|one|each)\s+(?:single|individual)|(?:an?\s+)?single|any\s+one|just\s+one|individual|one"
_NOTHING = r"(?:nothing|none|no\s+(?:sales|orders?|revenue|purchases?)|not\s+(?:once|anything|a\s+thing|at\s+all|any))"
_DONE = r"(?:sold|bought|ordered|placed|made|purchased|had)"
_TIME_AHEAD = (
    r"(?=(?:in|during|since|so\s+far)\b|this\b|last\b|20\d\d|q[1-4]\b|h[12]\b|after\b|the\s+(?:year|month|quarter)\b)"
)
_THOSE = r"(?:those|these|the\s+same|that|them|the)\s+(?:figures?|numbers?|values?|amounts?|stats?|results?)"

RESTATED: Forms = compiled(
    (
        # words of chats
        (r"(?<=\w)\s+n\s+(?=[a-z]{3,})", " and "),
        (r"\babt\b", "about"),
        # what was shown before, for others
        (rf"^(?:and\s+)?(?:(?:what|how)\s+(?:were|was|are|is|would|do|did)\s+|(?:show|give)(?:\s+me)?\s+|repeat\s+)?(?!the\s+(?:numbers?|values?|amounts?)\s+of\b){_THOSE}\s+(?:(?:look|be|like)\s+)*(?=(?:for|in|without|by|of)\b)", "what about "),
        (r"^(?:please\s+|now\s+|and\s+)*keep\s+(?:only|just)?\s*(?:the\s+)?(?=(?:\w+\s+)?(?:highest|lowest|best|worst|top|bottom|largest|smallest|biggest))", "show only the "),
        # in one row
        (r"[,;(–-]*\s*\b(?:(?:in|as|with|into)\s+)?(?:(?:two|both|separate|adjacent)\s+columns?|(?:one|a)\s+(?:separate\s+)?column\s+(?:per|for\s+each)(?:\s+(?:of\s+the\s+two\s+)?(?:periods?|years?|quarters?|months?|halves|half))?)\b\)?", " side by side"),
        (r"\b(?:(?:right\s+)?next\s+to|beside|alongside)\s+(?:each\s+other|one\s+another)\b", "side by side"),
        (r"^((?:please\s+|kindly\s+|can\s+you\s+|could\s+you\s+)*)put\s+(?=.*\bside\s+by\s+side\b)", r"\1show "),
        # one against the rest, both kinds
        (r"\b(?:(?:to|of|from|for|in|by)\s+)?(?:(?:the\s+|those\s+)?(?:customers|orders|cities|places|buyers|clients)\s+)?elsewhere\s+in\s+", "the rest of "),
        (r"\b(?:with\s+and\s+without|without\s+and\s+with)\s+(?:any\s+|an?\s+)?returns?\b|\bwith\s+returns?\s+and\s+without(?:\s+(?:any|one|it|them))?(?=\s*(?:[?.!,;]|$)|\s+(?:in|by|per|for|last|this)\b)", "by returned or not"),
        (r"\b(?:with\s+and\s+without|without\s+and\s+with)\s+(?:any\s+|an?\s+)?discounts?\b", "discounted and at full price"),
        # steps from one period to the next
        (rf"\b(?:over|on|against|from|to|versus|vs\.?|relative\s+to|compared\s+(?:with|to))\s+(?:that\s+of\s+)?the\s+({_STEP})\s+(?:just\s+|right\s+|immediately\s+|directly\s+)?{_STEP_BEFORE}", r"compared to the \1 before"),
        (rf"\bfrom\s+(?:one|each)\s+({_STEP}|year)\s+to\s+the\s+(?:next|following)(?:\s+one)?\b", r"\1 over \1"),
        (rf"\b({_YEAR})\s+over\s+({_YEAR})\b", r"\1 vs \2"),
        (rf"\b({_YEAR})\s*(?:->|=>|→|-->)\s*({_YEAR})\b", r"\1 to \2"),
        (rf"(?<=\w|[:,])\s+change\s+(?:to|from|on|against)\s+(?=(?:{_MONTH}|last|the\s+previous|{_YEAR}|q[1-4])\b)", " growth against "),
        (rf"\b({_CHANGE})\b([^?.]*?)[\s,(]+(?:given\s+|expressed\s+)?(?:in|as\s+an?)\s+(?:%|percent(?:age)?|per\s+cent|(?:decimal\s+)?fraction|decimal|ratio)\)?\s*(?=[?.!]*$|[,;])", r"\1\2"),
        # by how much, whichever way it went
        (rf"\bhow\s+(much|many)\s+({_MORE})\s+or\s+(?:{_MORE})\b", r"how \1 \2"),
        (r"\b(?:the\s+)?(?:whole|entire|full|complete)\s+(?:of\s+)?(?=(?:last\s+year|last\s+month|last\s+quarter|20\d\d)\b)|(?<=in\s)all\s+of\s+(?=(?:last\s+(?:year|month|quarter)|20\d\d)\b)", ""),
        # one figure up, another one down
        (rf"\b(?:(?:is|are|was|were|being|gone|went|go)\s+)?up\b((?:\s+\S+){{0,4}}?\s*,?\s*(?:{_BUT})\b[^?.]*?)\b(?:(?:is|are|was|were|being|gone|went|go)\s+)?down\b", r"rose\1fell"),
        (rf"\b(?:(?:is|are|was|were|being|gone|went|go)\s+)?down\b((?:\s+\S+){{0,4}}?\s*,?\s*(?:{_BUT})\b[^?.]*?)\b(?:(?:is|are|was|were|being|gone|went|go)\s+)?up\b", r"fell\1rose"),
        (rf"\b((?:{_WAY})\b[^?.;]*?)[\s,]+(?:while|although|though|even\s+though|whereas|whilst|despite)\s+(?=[^?.;]*?\b(?:{_WAY})\b)", r"\1 but "),
        # bounds
        (r"\b(did|does|do)\b([^?.]*?)\btop\s+(?=[$€£]\s?\d|\d{1,3},\d{3}\b|\d+k\b)", r"\1\2exceed "),
        (r"\b(?:topped|topping|tops)\s+(?=[$€£]?\s?\d)", "exceeded "),
        (rf"[,;.?(–-]+\s*{_ONLY}\s+(?:for\s+)?(?:those|the\s+ones|ones)\s+{_HAVING}\s+", " with "),
        (rf"\b(\w{{4,}}?)(y|ies|s)\b([^?]*?)[,;.?(–-]+\s*{_ONLY}\s+(?:for\s+)?\1(?:ies|s)\s+{_HAVING}\s+", r"\1\2\3 with "),
        (rf"\b(\w{{4,}}?)(y|ies|s|)\b(.*?)[,;.?(–-]+\s*(?:{_LEFT_OUT})\s+(?:(?:those|the\s+ones|ones|any|all)\s+)?(?:\1(?:ies|s)\s+)?{_HAVING}\s+", r"\1\2\3 except those with "),
        # what is shown anyway
        (r"[.;?!,–-]+\s*(?:please\s+)?(?:(?:and|also)\s+)?(?:give|show|state|list|report|tell)\s+(?:me\s+)?(?:the|both|each|all|its|their)?\s*(?:the\s+)?(?:growth\s+|exact\s+|return\s+)?(?:rates?|figures?|values?|numbers?|amounts?|percentages?)(?:\s+(?:of|for)\s+(?:both|each|all)(?:\s+of\s+them)?)?\s*[.!]*$", ""),
        # time from the order on
        (r"\b(longest|shortest|maximum|minimum|average|mean|median|highest|lowest)\s+time\s+in\s+days\b", r"\1 time"),
        (r"\band\s+(?:over|above|more\s+than)\s+(?=[$€£]?\d)", "and > "),
        (r"\band\s+(?:under|below|less\s+than|fewer\s+than)\s+(?=[$€£]?\d)", "and < "),
        (r"^(?!(?:which|what|who|whose|in\s+which|on\s+which)\b)(.*?)\b(?:longest|maximum|max)\s+(?:time|days|number\s+of\s+days)\s+to\s+(?=(?:ship|return)\b)", r"\1maximum days to "),
        (r"^(?!(?:which|what|who|whose|in\s+which|on\s+which)\b)(.*?)\b(?:shortest|minimum|min)\s+(?:time|days|number\s+of\s+days)\s+to\s+(?=(?:ship|return)\b)", r"\1minimum days to "),
        (r"\b(?:how\s+many\s+days|what\s+time)\s+(?:(?:pass|go\s+by|lie|are|elapse|is|are\s+there)\s+)?(?:on\s+average\s+|usually\s+)(?:(?:pass|go\s+by|lie|are|elapse|are\s+there)\s+)?(?=between\b|from\b)", "average days "),
        (rf"\b(?:longest|maximum|max|highest|greatest)\s+{_TO_SHIP}{_IN_DAYS}", "maximum days to ship"),
        (rf"\b(?:shortest|minimum|min|lowest|smallest)\s+{_TO_SHIP}{_IN_DAYS}", "minimum days to ship"),
        (rf"\b(?:longest|maximum|max|highest|greatest)\s+{_TO_RETURN}{_IN_DAYS}", "maximum days to return"),
        (rf"\b(?:shortest|minimum|min|lowest|smallest)\s+{_TO_RETURN}{_IN_DAYS}", "minimum days to return"),
        (rf"\b{_TO_SHIP}{_IN_DAYS}", "days to ship"),
        (rf"\b{_TO_RETURN}{_IN_DAYS}", "days to return"),
        (r"\b(days\s+to\s+ship\b.*?)[\s,(]*\b(?:over|across|among|for|taken\s+over)\s+(?:all\s+|the\s+|single\s+|individual\s+|order\s+)*lines\b\)?", r"\1"),
        (r"\b(days\s+to\s+ship\b.*?)[\s,(]*\b(?:over|across|among|for|of)\s+(this\s+(?:year|month|quarter)|last\s+(?:year|month|quarter)|20\d\d)(?:['’]?s)?\s+(?:order\s+)?lines\b\)?", r"\1 in \2"),
        (r"\bby\s+(?:the\s+)?(?:date|day)\s+of\s+(?:the\s+)?(?:shipment|shipping|dispatch)\b", "by ship date"),
        (r"\bby\s+(?:the\s+)?date\s+of\s+(?:the\s+)?(order|return)\b", r"by \1 date"),
        # one row by itself
        (rf"\b(?:highest|largest|biggest|greatest|maximum)\s+(\w+(?:\s\w+)?)\s+(?:amount\s+|value\s+|figure\s+)?(?:of|on|in|for)\s+(?:{_SINGLE})\s+(order\s+line|line|order)\b", r"maximum \1 per \2"),
        (rf"\b(?:lowest|smallest|minimum)\s+(\w+(?:\s\w+)?)\s+(?:amount\s+|value\s+|figure\s+)?(?:of|on|in|for)\s+(?:{_SINGLE})\s+(order\s+line|line|order)\b", r"minimum \1 per \2"),
        (r"\b(maximum|minimum)\s+(\w+)\s+(?:amount|value|figure)\s+per\b", r"\1 \2 per"),
        (r"\b(maximum|minimum)\s+(discount|days\s+to\s+(?:ship|return))\s+per\s+(?:order\s+)?line\b", r"\1 \2"),
        # a ratio by its two figures
        (r"\b(shipping\s+cost|discount|profit|sales|revenue|cost)s?[\s-]+to[\s-]+(sales|profit|revenue|cost)[\s-]+ratio\b", r"ratio of \1 to \2"),
        # in one period and not in another
        (r"\b(sold|bought|ordered|purchased)\s+(?:something|anything)\b(?=\s+(?:in|during|since|last|this|20\d\d))", r"\1"),
        (rf"\b(?:but|and|yet|though|although)\s+(?:then\s+)?(?:(?:have|has|had|were|was)\s+)*(?:{_DONE}\s+)?{_NOTHING}(?:\s+{_DONE})?(?:\s+(?:at\s+all|any\s?more|more|whatsoever|further))?\s+{_TIME_AHEAD}", "but not "),
        (r"\b(?:(?:that|which|who|where\s+we)\s+(?:had|have|made|placed|saw|got)|with)\s+(?:any\s+|some\s+|at\s+least\s+one\s+)?(?:orders?|sales|purchases?)\s+((?:in|during|since)\b[^,;]*?),?\s+but\s+not\b", r"that ordered \1 but not"),
        (r"^(?:the\s+|what\s+is\s+the\s+)?number\s+of\s+(?=\w+\s+(?:that|which|who)\b.*\bbut\s+not\b)", "how many "),
        (rf"\b((?:that|which|who)\s+{_DONE}\b[^?.,]*?\b(?:20\d\d|year|month|quarter))\s*,?\s+(?:have|has|had)\s+{_DONE}\s+nothing\s+{_TIME_AHEAD}", r"\1 but not "),
        # how many of them in each group
        (r"^(.{6,}?)(?:[\s,:;–-]+(?:and\s+)?how\s+many(?:\s+(?:are\s+there|of\s+them|is\s+that|are\s+they|were\s+there|were\s+they))?|\s*[,:;–-]+\s*(?:and\s+)?(?:count(?:\s+them)?|(?:the\s+)?number))\s+(?:per|by|for\s+each|in\s+each|for\s+every|in\s+every)\s+(\w+(?:\s\w+)?)\s*[?.!]*$", r"how many \1 by \2"),
        (r"^how\s+many\s+products\s+(?:that\s+were\s+)?sold\s+(?=in\b.*\bbut\s+not\b)", "how many products were sold "),
    )
)  # fmt: skip
