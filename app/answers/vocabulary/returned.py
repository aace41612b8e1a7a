"""Orders that were returned, that have a return of a status, or that are left out: in the one form that the rules read.

Pairs of a pattern and what is read instead; they are applied in order, before those of `restated`.
"""

from __future__ import annotations

from app.answers.vocabulary.text import Forms, compiled

_WERE = r"(?:were|was|got|have\s+been|had\s+been|are)\s+(?:later\s+|eventually\s+)?"
_BACK = r"(?:returned|sent\s+back|brought\s+back)"
_FIGURE = (
    r"(?:sales|revenue|turnover|profits?|margin|(?:average\s+)?discount|quantity|units|shipping\s+costs?|"
    r"(?:average\s+|mean\s+)?days\s+to\s+ship|average\s+order\s+value)"
)
_TIME = r"(?:(?:january|february|march|april|may|june|july|august|september|october|november|december|q[1-4]|h[12])\s+)?20\d\d"
_WHEN = rf"(?:\s+placed)?\s+(?:in|during|from)\s+{_TIME}"
_HAVE = r"(?:that|which|who)\s+(?:have|had|got|received)|with|having"
_STATUS = r"an?\s+(?P<status>(?!(?:late|partial|single|full|second|new)\b)[a-z]+)\s+return"
_ASKS = r"(?:what|which|how|who|show|give|list|compare|total|average|by)"
_EVERY_ORDER = (
    r"(?:(?:every|each|any|all(?:\s+of)?)\s+)?(?:the\s+)?(?:orders?\s+(?:that|which)\s+"
    + _WERE
    + _BACK
    + r"|returned\s+orders?)"
)
_ALL = r"(?:every(?:\s+single)?\s+one|each(?:\s+one)?|all(?:\s+\w+)?)\s+of\s+(?:the\s+)?(?:following\s+)?(?:(?:calendar\s+)?(?:years|quarters|months)\b[\s:,]*)?"

RETURNED: Forms = compiled(
    (
        # "leaving out every order that was returned, what …"
        (rf"^(?:leaving|setting|putting|excluding|ignoring)\s+(?:out\s+|aside\s+)?{_EVERY_ORDER}\s*,\s*(?P<asked>{_ASKS}\b.+?)[?.!\s]*$", r"\g<asked> of orders that were not returned"),
        (rf"^(?:leaving|setting|putting)\s+(?:out|aside)\s+(?P<left>[^,]{{2,60}}?)\s*,\s*(?P<asked>{_ASKS}\b.+?)[?.!\s]*$", r"\g<asked> excluding \g<left>"),
        # "the profit of orders that were returned"
        (rf"\b(?P<figure>{_FIGURE})\s+(?:of|for|on|from|in)\s+(?:all\s+)?(?:the\s+)?orders(?P<when>{_WHEN})?\s+(?:that|which)\s+{_WERE}{_BACK}(?=\s*[?.!]*$|\s+(?:by|per|in)\b)", r"\g<figure> of returned orders\g<when>"),
        # "orders placed in 2025 that have a completed return"
        (rf"\borders(?:\s+placed)?\s+(?:in|during|from|of)\s+(?P<when>{_TIME})\s+(?:{_HAVE})\s+{_STATUS}\b", r"orders with return status \g<status> placed in \g<when>"),
        (rf"\bvalue\s+of\s+(?:all\s+)?(?:the\s+)?(?=orders\s+(?:{_HAVE})\s+(?:an?\s+)?[a-z]+\s+returns?\b)", "sales of "),
        (rf"\b(?P<year>20\d\d)\s+orders\s+(?:{_HAVE}|have|had)\s+{_STATUS}\b", r"orders with return status \g<status> placed in \g<year>"),
        (r"\bby\s+(?:the\s+)?(?P<unit>year|quarter|month)\s+(?:of\s+the\s+orders?|(?:in\s+which|when)\s+(?:it|they|the\s+orders?)\s+(?:was|were)\s+(?:placed|ordered))\b", r"by \g<unit>, by order date"),
        # "in every one of the years 2023, 2024 and 2025"
        (rf"^(?P<who>(?=.*\b(?:how\s+many|number\s+of|which|who|that)\b).*?)\bin\s+{_ALL}(?=20\d\d(?:\s*,|\s+and)\s)", r"\g<who>in both "),
        (r"\b(?:in\s+)?every\s+single\s+(?=(?:year|quarter|month)\b)", "in each "),
        (r"^(?P<who>customers|clients|buyers)\s+with\s+(?:an\s+)?(?:orders?|purchases?)\s+in\s+(?=(?:each|every|all|both)\b)", r"\g<who> who ordered in "),
    )
)  # fmt: skip
