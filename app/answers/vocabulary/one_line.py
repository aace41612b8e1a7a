"""The extremes of one line: "the highest sales on a single order line" is the highest of the lines' own sales."""

from __future__ import annotations

import re

_STATISTIC = (
    r"highest|largest|biggest|maximum|max|greatest|most|lowest|smallest|minimum|min|least|median|average|mean|typical"
)
_PLAIN = {
    "highest": "maximum", "largest": "maximum", "biggest": "maximum", "max": "maximum", "greatest": "maximum", "most": "maximum",
    "lowest": "minimum", "smallest": "minimum", "min": "minimum", "least": "minimum",
}  # fmt: skip
_FIGURE = r"sales|revenue|turnover|profits?|quantity|quantities|units|pieces|items|discounts?|shipping\s+costs?"
_ASKING = (
    r"(?:what|whats|what['’]s|is|was|are|were|the|show|give|tell|find|state|report|calculate|compute|determine|please|can|could|"
    r"you|i|me|us|we|need|want|would|like|to|know|and|of|our)"
)
_DOING = (
    r"(?:we|you|they|that|which|was|were|is|has|have|had|been|ever|recorded|made|seen|found|booked|sold|charged|paid|given|gave|"
    r"earned|achieved|reached|got|registered|observed|occurred|so|far)"
)
_PREPOSITION = r"(?:on|of|for|in|within|from|per|at|to)"
_LINE = r"(?:order[\s-]+lines?|line[\s-]+items?|order[\s-]+items?|lines?)"
_OF_ONE_LINE = re.compile(
    rf"^(?P<lead>\W*(?:{_ASKING}\s+)*?)(?P<all>(?:{_STATISTIC})(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*)(?:the\s+)?(?:{_STATISTIC}))*)\s+"
    rf"(?P<figure>{_FIGURE})(?:\s+(?:amounts?|figures?|values?|numbers?|totals?))?(?:\s+{_DOING})*\s+{_PREPOSITION}\s+"
    rf"(?:(?:just|only|any|an?|one|each|every|the|our|single|individual)\s+)+"
    rf"(?P<kind>(?:(?!(?:order|line|by|per|with|each)\b)[\w&-]+\s+){{0,3}}?){_LINE}\b(?!s)(?P<rest>.*)$",
    re.I | re.S,
)
_PAID_FOR = re.compile(
    r"\b(?:the\s+)?(?P<way>most|least)\s+(?:that\s+)?(?:we\s+|was\s+|has\s+|have\s+|had\s+|been\s+|ever\s+)*(?:paid|pay|spent|spend)\s+(?:for|on)\s+(?:the\s+)?(?:shipping|freight|delivery)\b",
    re.I,
)
_OF_A_CHOICE = re.compile(r"\b(?:which|who|whose|top|rank|list)\b|\bwhat\s+(?:order|product|customer)", re.I)


def of_one_line(question: str) -> str:
    """The question with the extremes, the median or the mean of one line told as figures per order line."""
    if "line" not in question.lower() or _OF_A_CHOICE.search(question):
        return question
    question = _PAID_FOR.sub(r"the \g<way> shipping cost", question)
    return _OF_ONE_LINE.sub(_per_line, question)


def _per_line(found: re.Match[str]) -> str:
    several = re.search(rf"\b(?:{_LINE})$", found[0][: found.start("rest") - found.start()], re.I)
    if several is not None and several[0].lower().endswith("s"):
        return found[0]  # "the average sales of the order lines with …"
    told = [_PLAIN.get(s.lower(), s.lower()) for s in re.findall(_STATISTIC, found["all"], re.I)]
    several_told = " and ".join(t for t in (", ".join(told[:-1]), told[-1]) if t)
    kind = f" for {found['kind'].strip()}" if found["kind"].strip() else ""
    # the average discount is that of the lines anyway
    per = "" if told[-1] in ("average", "mean") and found["figure"].lower().startswith("disc") else " per order line"
    return f"{found['lead']}{several_told} {found['figure']}{per}{kind}{found['rest']}"
