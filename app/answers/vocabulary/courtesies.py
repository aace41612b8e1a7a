"""What people say around a question and not in it: politeness, purpose, afterthoughts. None of it changes a figure."""

from __future__ import annotations

import re

_ASK = (
    r"(?:tell|show|give|send|provide|get|list|share|find\s+out|check|work\s+out|let\s+me\s+(?:know|see|have)|calculate|"
    r"state(?=\s+the)|pull(?:\s+up)?|fetch|help\s+me\s+(?:find|understand|see)|look\s+up|run)(?:\s+(?:me|us)\b(?!\s+(?:states?|cities|customers|market)\b))?"
)
_MODAL = r"(?:would|could|can|will|might|may)\s+(?:you|u|we|i|somebody|someone)"
_SOFTLY = r"(?:please|kindly|possibly|perhaps|maybe|quickly|just|pls|plz)"

# Patterns that are cut out, in order; what is left must be a question by itself.
COURTESIES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"^\s*(?:hi|hello|hey|hiya|howdy|good\s+(?:morning|afternoon|evening|day)|dear)(?:\s+(?:there|all|team|everyone|everybody|folks|guys|both|sir|madam|colleagues?))?(?=\s*[,!.–-]|\s+(?:can|could|would|will|please|pls|what|which|how|who|i)\b)\s*[,!.–-]*",
        r"^\s*(?:sorry(?:\s+to\s+(?:bother|trouble)\s+you)?|excuse\s+me|pardon(?:\s+me)?|(?:just\s+a\s+)?quick\s+(?:one|question)|one\s+(?:more\s+)?(?:question|thing)|question)\s*[,!.:;–-]+\s*(?:but\s+)?",
        rf"\b{_MODAL}(?:\s+{_SOFTLY})*\s+be\s+(?:so\s+(?:kind|good)\s+(?:as\s+)?|kind\s+enough\s+)(?:to\s+)?(?:{_ASK})?",
        rf"\b{_MODAL}(?:\s+{_SOFTLY})*\s+{_ASK}(?=\s)",
        r"^\s*(?:please|pls|plz|kindly)?\s*(?:send|hand|pass|bring|throw|get|give|pull|dig)\s+(?:(?:me|us)\s+)?(?:over|up|out|across|together)\b(?:\s+to\s+(?:me|us))?",
        rf"\bi\s*(?:['’]d|\s+would|\s+will|['’]ll)?\s+(?:be\s+(?:very\s+|really\s+|most\s+)?(?:grateful|thankful|happy|glad|obliged)|(?:really\s+|greatly\s+|much\s+)?appreciate(?:\s+it)?)\s+if\s+(?:you|u|somebody|someone)\s+(?:could|would|can)(?:\s+{_SOFTLY})*(?:\s+{_ASK})?",
        r"\b(?:i|we)\s*(?:['’]d|\s+would)?\s+(?:really\s+|just\s+|very\s+much\s+)?(?:love|wish|be\s+(?:interested|curious)|am\s+(?:interested|curious)|like|want|need)\s+to\s+(?:know|see|find\s+out|understand|learn|hear|have|get)(?:\s+about)?\b",
        r"\b(?:i\s+(?:was|am|['’]m)|just)\s+wondering(?:\s+(?:if\s+you\s+(?:know|could\s+tell\s+me)|about))?\s*,?",
        r"\b(?:if\s+(?:possible|you\s+(?:can|could|would|please|do\s+not\s+mind|don['’]t\s+mind)|i\s+may(?:\s+ask)?|that\s+is\s+ok|it\s+is\s+not\s+too\s+much\s+trouble)|when(?:ever)?\s+you\s+(?:have|get|find)\s+(?:a\s+)?(?:minute|moment|sec(?:ond)?|time|chance)|at\s+your\s+(?:earliest\s+)?convenience|as\s+soon\s+as\s+possible|a\.?s\.?a\.?p\b\.?)",
        r"\b(?:(?<!how\s)many\s+thanks|thanks(?:\s+(?:a\s+(?:lot|million|bunch)|so\s+much|in\s+advance|again))?|thank\s+you(?:\s+(?:very\s+much|so\s+much|in\s+advance|kindly))?|much\s+appreciated|much\s+obliged|cheers|ta)\s*[.!]*\s*$",
        r"[,;.–-]?\s*\b(?:(?:i|we)\s+need\s+(?:it|this|that|them)\s+|it\s+is\s+|that\s+is\s+|this\s+is\s+)?for\s+(?:a|an|the|my|our|tomorrow's|today's|this\s+week's|the\s+board's|my\s+boss's)\s+(?:(?:board|management|quarterly|monthly|weekly|annual|sales|budget|next|own)\s+)*(?:report|presentation|meeting|slides?|deck|boss|board|review|memo|records?|files?|call|email|newsletter|dashboard)\b",
        r"\b(?:do|did)\s+you\s+(?:happen\s+to\s+)?know\b(?=\s+(?:what|which|how|who|when|the|our)\b)",
        r"\b(?:any|an)\s+idea(?:\s+(?:of|about))?\s*,?(?=\s+(?:what|which|how|who|when|the|our)\b)",
        r"\b(?:remind|enlighten)\s+(?:me|us)(?:\s+(?:again|please|of))?\s*[,:]?",
        r"\b(?:to\s+be\s+(?:precise|exact|clear|honest|sure|fair)|put\s+(?:differently|simply|another\s+way)|in\s+other\s+words|simply\s+put|strictly\s+speaking|roughly\s+speaking|generally\s+speaking|by\s+the\s+way|as\s+far\s+as\s+(?:you|we|i)\s+(?:know|can\s+(?:tell|see))|in\s+your\s+records?|(?:both|first\s+and\s+last)\s+(?:days?|dates?|months?|ends?|years?|quarters?)\s+included|(?:taking\s+everything|everything\s+taken|everything)\s+together|all\s+things\s+considered)\b",
        r"\bin\s+(?:the|our)\s+(?:whole\s+|entire\s+)?(?:company['’]?s?\s+)?history(?:\s+of\s+(?:the|our)\s+(?:company|business|store|shop))?\b",
        r"[\s,;–-]+(?:names?\s+(?:and|&|with|plus)\s+(?:the\s+)?(?:figures?|numbers?|amounts?|values?)|(?:just\s+)?(?:the\s+)?(?:names?|numbers?|figures?)\s+(?:please|pls|only)|name\s+and\s+(?:amount|number|figure|value))\s*[?.!]*\s*$",
        r"[\s,;–-]+(?:with|and|incl(?:uding|\.)?|plus|along\s+with|together\s+with)\s+(?:the\s+|their\s+|its\s+|that\s+|those\s+)?(?:respective\s+|exact\s+|corresponding\s+)?(?:amounts?|figures?|values?|numbers?)(?:\s+(?:for|of)\s+(?:each|all|them)(?:\s+of\s+them)?)?\s*[?.!]*\s*$",
        r"(?<=\w)[?,;.–-]+\s*(?:names?)\s*[?.!]*\s*$",
        r"^\s*(?:(?:our|the|my|a)\s+)?[\w'’-]+(?:\s+[\w'’-]+){0,3}\s+(?:wants?|needs?|asks?|(?:would|['’]d)\s+like|likes?|wishes|has\s+asked|is\s+asking)\s+(?:me\s+|us\s+)?(?:to\s+(?:know|see|have|learn|find\s+out)|for|(?=(?:how|what|which|who|when)\b))[,:]?",
        r"^\s*i\s*(?:['’]d|\s+would)\s+be\s+(?:grateful|thankful|happy|glad)\s+(?:for|to\s+(?:know|see|have))\b",
        r"[\s,;.?!–-]+which\s+ones?\s*[?.!]*\s*$",
        r",?\s+and\s+(?:how\s+much|what)\s+(?:was|is|were|are)\s+(?:it|that|this|they)\s*[?.!]*\s*$",
        r"\bi\.?\s?e\.?(?=[\s,])",
        r"[\s,;–-]+(?:both\s+)?(?:inclusive|incl\.?)\s*[?.!]*\s*$",
    )
)


def without_courtesies(question: str) -> str:
    """The question without what is only said around it; the whole of it where nothing else would be left."""
    left = question
    for pattern in COURTESIES:
        left = pattern.sub(" ", left)
    left = re.sub(r"\s+([,.;?!])", r"\1", re.sub(r"\s{2,}", " ", left)).strip(" ,;–-")
    return left if re.search(r"[^\W\d_]{2,}", left) else question


def without_greetings(question: str) -> str:
    """The question without what is said ahead of it and behind it; what stands within it is left to the rules."""
    left = question.strip()
    for pattern in COURTESIES:
        found = next((m for m in pattern.finditer(left) if m.start() == 0 or m.end() == len(left)), None)
        if found is not None and found.group():
            left = (left[: found.start()] + left[found.end() :]).strip(" ,;–-")
    return left if re.search(r"[^\W\d_]{2,}", left) else question
