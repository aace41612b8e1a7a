"""The days between a customer's orders, told without saying which: in the one form that the rules read.

"Average days between orders", "how long until a customer orders again" are of each order and the next; "from the first
to the last order" is all of a customer's time. Applied before `orders_in_a_row`.
"""

from __future__ import annotations

from app.answers.vocabulary.text import Forms, compiled

_TIME = r"(?:(?:number\s+of\s+|amount\s+of\s+)?(?:calendar\s+)?days|time(?:\s+in\s+days)?|(?:time\s+)?(?:gaps?|intervals?|spans?|distances?|lags?))"
_GO_BY = r"(?:\s+(?:(?:that|which)\s+)?(?:pass(?:es)?|lies?|lay|are\s+there|is\s+there|there\s+(?:are|is)|go(?:es)?\s+by|elapses?|elapse|come|do\s+we\s+see)(?=\s))?"
_ASKED = rf"(?:how\s+(?:many\s+days|much\s+time)(?:\s+(?:is|are|do|does))?|how\s+long\s+(?:is|are)\s+(?:the\s+)?{_TIME}|how\s+long\s+is\s+it|(?:the\s+)?{_TIME})"
_CUSTOMER = r"(?:customers?['’]?s?|clients?['’]?s?|buyers?['’]?s?|shoppers?['’]?s?|people|they|he|she)"
_A_CUSTOMER = (
    rf"(?:(?:the|their|an?|our|each|every|one|any|repeat|returning|same|single|given|average|typical)\s+)*{_CUSTOMER}"
)
_OF_WHOM = rf"(?:\s+(?:of|by|from|to|for(?!\s+(?:each|every)\b))\s+{_A_CUSTOMER}(?=\s*(?:[?.!,;:(]|$)|\s+(?:by|per|in|from|of|for|who|whose|with|that)\b))?"
_ORDERS = r"(?:orders|purchases)"
_WHOSE = rf"(?:(?:the|their|his|her|an?|our|each|every|one|same|repeat|returning)\s+)*(?:{_CUSTOMER}\s+)?(?:very\s+)?"
_FIRST, _LAST = r"(?:first|1st|initial|earliest|oldest)", r"(?:last|latest|most\s+recent|final|newest)"
_AGAIN = r"(?:(?:re-?orders?|orders?|ordered|buys?|purchases?|shops?)\s+(?:something\s+)?(?:again|anew|once\s+more|the\s+next\s+time)|re-?orders?|comes?\s+back|(?:places?|makes?|placing|making)\s+(?:another|(?:the|their|a|its)\s+(?:next|new|further))\s+(?:order|purchase))"
_TWICE = r"(?:(?:all|the|those|our|only|each)\s+)*(?:everyone|everybody|anyone|those|customers|clients|buyers|people)\s+(?:(?:who|that)\s+(?:have\s+)?(?:ordered|placed|bought|had|made)|with|having)\s+(?:at\s+least\s+(?:two|2)|two\s+or\s+more|more\s+than\s+one|2\+|at\s+least\s+twice|twice\s+or\s+more|more\s+than\s+once)(?:\s+(?:orders?|purchases?|times))?"
_SPAN = "days from first to last order"

BETWEEN_ORDERS: Forms = compiled(
    (
        # "days between the first order and the next one on a later day"
        (rf"\b{_ASKED}{_GO_BY}(?:\s+(?P<how>on\s+average))?{_GO_BY}\s+(?:between|from)\s+{_WHOSE}{_FIRST}(?:\s+(?:order|purchase))?\s+(?:and|to|until)\s+{_WHOSE}(?:next|second|following|first)\s+(?:order|purchase|one)\s+(?:(?:placed\s+|made\s+)?on\s+(?:a|another|any)\s+(?:later|different|other)\s+(?:day|date)|on\s+another\s+day){_OF_WHOM}", r"\g<how> days to order on a later day"),
        # "from a customer's first order to the last", "average customer lifetime"
        (rf"\b(?:(?:customer['’]?s?\s+)?(?:lifetime|lifespan|life)(?:\s+in\s+days)?\s*\(\s*)(?:{_TIME}\s+)?(?:between\s+|from\s+)?{_WHOSE}{_FIRST}\s+(?:(?:order|purchase)\s+)?(?:and|to|until|till|[-–])\s+{_WHOSE}{_LAST}\s+(?:order|purchase)\s*\)", _SPAN),
        (rf"\b{_ASKED}{_GO_BY}(?:\s+(?P<how>on\s+average))?{_GO_BY}\s+(?:between|from|separates?|separating)\s+{_WHOSE}{_FIRST}(?:\s+(?:order|purchase))?{_OF_WHOM}\s+(?:and|to|until|till)\s+{_WHOSE}{_LAST}\s+(?:order|purchase|one){_OF_WHOM}", rf"\g<how> {_SPAN}"),
        (rf"^\s*(?:for|among|of|considering|taking)\s+{_TWICE}\s*[,:;–-]+\s*(?P<asked>.*\b{_SPAN}\b.*?)(?P<end>[\s?.!]*)$", r"\g<asked> for customers with at least 2 orders\g<end>"),
        (rf"\b(?P<span>{_SPAN}\b.*?)[\s,;(]+(?:(?:only|taken|counting|considering)\s+)*(?:(?:for|among|of|over|across|by)\s+)?{_TWICE}(?:\s+only)?\)?(?=\s*[?.!,]|\s*$|\s+(?:by|per)\b)", r"\g<span> for customers with at least 2 orders"),
        # "how long until a customer orders again", "how many days does it take a customer to come back"
        (rf"\b(?:(?P<early>on\s+average),?\s+)?(?:how\s+(?:long|many\s+days|much\s+time)|{_TIME})\s+(?:(?P<how>on\s+average)\s+)?(?:(?:does|do|will|is|are)\s+)?(?:it\s+)?(?:usually\s+|typically\s+)?(?:takes?\s+)?(?P<mid>on\s+average\s+)?(?:for\s+)?(?:{_A_CUSTOMER}\s+)?(?:usually\s+|typically\s+)?(?:waits?\s+|takes?\s+|needs?\s+)?(?P<late>on\s+average\s+)?(?:until|till|before|to)\s+(?:{_A_CUSTOMER}\s+)?(?:usually\s+|typically\s+)?{_AGAIN}(?P<last>\s+on\s+average)?", r"\g<early>\g<how>\g<mid>\g<late>\g<last> days to next order"),
        # "time between orders", "the average purchase interval"
        (rf"\b{_ASKED}{_GO_BY}(?:\s+(?P<how>on\s+average))?{_GO_BY}\s+between\s+(?:{_A_CUSTOMER}\s+)?(?:(?:two|any\s+two|individual|repeat|single|subsequent|different|one['’]s|his|her|their)\s+)*{_ORDERS}(?:\s+(?:of|by|from|for)\s+(?:the\s+same|a|one|each|our|repeat|returning)\s+(?:same\s+)?{_CUSTOMER})?{_OF_WHOM}(?!\s+(?:and|to)\s+(?!by\b|per\b))", r"\g<how> days to next order"),
        (r"\bdays\s+between\s+an\s+order\s+and\s+the\s+next(?:\s+(?:one|order))?(?:\s+(?:of|by|from)\s+(?:the\s+same|a|one)\s+customer)?", "days to next order"),
        (rf"\b(?:(?:re-?)?(?:order|purchase|purchasing|ordering)\s+(?:interval|cycle)s?|inter[\s-]?(?:order|purchase)\s+(?:time|interval|gap)s?|re-?(?:order|purchase)\s+(?:time|gap)s?)(?:\s+in\s+days)?{_OF_WHOM}", "days to next order"),
        (r"\b(?:order|purchase|buying)\s+frequency\s+in\s+days\b", "days to next order"),
        (r"\b(?:re-?orders?|orders?\s+again|comes?\s+back)\s+(?:the\s+)?(?:fastest|quickest|soonest)\b", "has the lowest average days to next order"),
        (r"\bby\s+(?:number\s+of\s+)?days\s+(?=to\s+(?:next|second)\s+order\b|to\s+order\s+on\b|from\s+first\s+to\b)", "by the days "),
    )
)  # fmt: skip
