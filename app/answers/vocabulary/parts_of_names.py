"""Names told by a part of them: "products whose name starts with Samsung", "cities beginning with San".

Each pattern stands with what is read instead, the part in quotes with a star where the name goes on.
"""

from __future__ import annotations

_NOUN = r"(?P<noun>products?|articles?|items?|skus?|customers?|clients?|people|cit(?:y|ies)|countr(?:y|ies)|states?|regions?|sub-?\s?categor(?:y|ies))"
_WORD = r"(?:(?:the\s+)?(?:word|words|letters?|text|string|brand|term)\s+)?"
_PART = r"(?:[\"“'‘](?P<part>[^\"”'’*]{1,60})[\"”'’]|(?P<bare>(?-i:[A-Z0-9])[\w&-]*(?:\s(?-i:[A-Z])[\w&-]*)*|(?-i:[a-z])[\w&-]+(?=\s*(?:[.,?!)]|$)|\s+(?:in|by|per|for|last|this|sold|did|do|have|had|were|are)\b)))"
_NAMES = r"(?:(?:product|customer|city|country)\s+)?names?"
_HAVE = r"(?:(?:(?:that|which|who|do)\s+)?(?:we\s+)?(?:have|has|had|contain|carry|include)|with|having|containing)"
_HOLDS = r"(?:contains?|includes?|has|have|mentions?|holds?|contained|containing|including|with)"
_STARTS = r"(?:(?:that|which|who)\s+)?(?:starts?|begins?|starting|beginning|started)\s+(?:with|by|in)"
_ENDS = r"(?:(?:that|which|who)\s+)?(?:ends?|ending|ended)\s+(?:with|in|on)"
_OPEN = r"\s*[,(]?\s*"
_CLOSE = r"\)?"
_ANY = r' named "*\g<part>\g<bare>*"'
_HEAD = r' named "\g<part>\g<bare>*"'
_TAIL = r' named "*\g<part>\g<bare>"'

PARTS_OF_NAMES: tuple[tuple[str, str], ...] = (
    (rf"\b{_NOUN}{_OPEN}(?:whose\s+{_NAMES}|{_NAMES}|(?:with|having|(?:(?:that|which|who)\s+)?have)\s+(?:an?\s+)?{_NAMES})\s+{_STARTS}\s+{_WORD}{_PART}{_CLOSE}", rf"\g<noun>{_HEAD}"),
    (rf"\b{_NOUN}{_OPEN}(?:whose\s+{_NAMES}|{_NAMES}|with\s+(?:an?\s+)?{_NAMES})\s+{_ENDS}\s+{_WORD}{_PART}{_CLOSE}", rf"\g<noun>{_TAIL}"),
    (rf"\b{_NOUN}\s+(?:whose\s+{_NAMES}|with\s+(?:an?\s+)?{_NAMES}(?:\s+(?:that|which))?)\s+{_HOLDS}\s+{_WORD}{_PART}", rf"\g<noun>{_ANY}"),
    (rf"\b{_NOUN}(?P<ours>\s+(?:do|did)\s+we\s+(?:carry|have|sell|offer|stock))?\s+{_HAVE}\s+{_WORD}{_PART}\s+(?:anywhere\s+)?in\s+(?:the|their|its)\s+{_NAMES}\b", rf"\g<noun>{_ANY}"),
    (rf"\b{_NOUN}\s+{_STARTS}\s+{_WORD}{_PART}", rf"\g<noun>{_HEAD}"),
    (rf"\b{_NOUN}\s+{_ENDS}\s+{_WORD}{_PART}", rf"\g<noun>{_TAIL}"),
    (rf"\b(?:anything|everything|all)\s+with\s+{_WORD}{_PART}\s+(?:anywhere\s+)?in\s+(?:the|its)\s+(?:product\s+)?names?\b", rf"products{_ANY}"),
)  # fmt: skip
