"""What holds of each line of an order, in the form that contents are read in: "a discount on every line", "full price"."""

from __future__ import annotations

import re

from app.answers.vocabulary.text import Forms, compiled

_WHEN = r"(?:\s+(?:placed|made|from|in|of|during|since)\s+(?:in\s+|during\s+)?(?:[a-z]+\s+)?(?:of\s+)?[\w]*\d{4}|\s+(?:placed\s+)?(?:this|last)\s+(?:year|month|quarter|week))?"
_ORDERS = rf"\b(?P<orders>orders{_WHEN})\s*,?\s+(?:(?:that|which)\s+)?"
_HAD = (
    r"(?:(?:have|has|had|having|with|got|get|received|carried|carry|carrying|came\s+with|went\s+out\s+with|"
    r"(?:were|was|are)\s+(?:sold|placed|made|shipped)\s+with)\s+)"
)
_WITHOUT = r"(?:(?:were|was|are)\s+)?(?:(?:sold|placed|made|shipped|went\s+out|going\s+out)\s+)?without"
_LINE = r"(?:single\s+)?(?:one\s+of\s+(?:their|its|the)\s+|of\s+(?:their|its|the)\s+)?(?:order\s+)?(?:lines?|items?|products?|articles?)"
_EVERY = rf"(?:(?:every|each|all)\s+(?:of\s+)?(?:their\s+|its\s+|the\s+)?{_LINE}|every\s+(?:single\s+)?one\s+of\s+(?:them|(?:their|its|the)\s+(?:order\s+)?lines))"
_LOSING = r"(?:(?:was|were|is|are)\s+(?:sold\s+)?(?:at\s+a\s+loss|loss[\s-]making|unprofitable)|made\s+a\s+loss|lost\s+money|(?:had|has)\s+a\s+(?:loss|negative\s+profit))"
_SEVERAL = r"(?:more\s+than\s+one|several|multiple|different|at\s+least\s+two|two\s+or\s+more|separate)"
_SENT = r"(?:ship(?:ping|ment)?\s+|delivery\s+)?(?:dates?|days?|shipments?|parcels?|deliveries|consignments?)"
_IN_OTHER_WORDS = rf"(?:\s*[,(–-]*\s*(?:i\.?\s?e\b\.?|meaning|that\s+is|so)\s*,?\s*(?:that\s+)?(?:(?:their|its|the|had|with|have|having)\s+)?(?:order\s+)?lines\b[^,?.;)]*?\b{_SENT}\)?)?"
_EACH = re.compile(
    r"\b(?:every|each|all|entirely|fully|completely|nothing|any\w*|no|full|without|split|parts|shipments?|parcels?|deliver\w+)\b",
    re.I,
)
_TWO = re.compile(
    r"\b(?:vs|versus|against|compared|or\s+not|whether|how\s+many\s+lines|lines\s+of|full[\s-]price\s+and)\b", re.I
)
_FORMS: Forms = compiled(
    (
        # "orders that were split", "went out in several parcels"
        (rf"{_ORDERS}(?:(?:were|was|are|got|have\s+been|had\s+to\s+be)\s+split(?:\s+up)?(?!\s+by\b)(?:\s+(?:over|across|into|between|among)\s+{_SEVERAL}\s+{_SENT})?|split\s+(?:over|across|into)\s+{_SEVERAL}\s+{_SENT}|(?:went\s+out|left|(?:were|was)\s+(?:shipped|sent|dispatched|delivered)|shipped)\s+(?:in|over|on|across)\s+{_SEVERAL}\s+(?:{_SENT}|parts)){_IN_OTHER_WORDS}(?=\s*[,?.;–-]|\s+(?:by|per|in|for|and|of)\b|\s*$)(?!\s+by\s+(?:category|sub-?category|product)\b)", r"\g<orders> with lines shipped on different dates"),
        (rf"{_ORDERS}(?:with|have|has|had|of)\s+(?P<many>(?:at\s+least\s+\w+|two\s+or\s+more|more\s+than\s+one|several)\s+(?:order\s+)?lines)\s+(?:(?:was|were|is|are)\s+(?:every|each)\s+(?:single\s+)?(?:order\s+)?line\s+(?:sold\s+)?(?:at\s+a\s+loss|loss[\s-]making|unprofitable)|(?:and\s+)?(?:(?:lost\s+money|made\s+a\s+loss)\s+on|(?:have|had)\s+a\s+loss\s+on)\s+{_EVERY})", r"\g<orders> contain only loss-making lines and \g<many>"),
        (rf"{_ORDERS}(?:was|were|is|are)\s+(?:every|each)\s+(?:single\s+)?(?:order\s+)?line\s+(?:sold\s+)?(?:at\s+a\s+loss|loss[\s-]making|unprofitable)", r"\g<orders> contain only loss-making lines"),
        (rf"{_ORDERS}(?:have|has|had|made|make|show(?:ed)?)\s+an?\s+(?:loss|negative\s+profit)\s+on\s+{_EVERY}", r"\g<orders> contain only loss-making lines"),
        (rf"{_ORDERS}lost\s+money\s+on\s+{_EVERY}", r"\g<orders> contain only loss-making lines"),
        # "a discount (above 20%) on every single line"
        (rf"{_ORDERS}{_HAD}(?:an?\s+|some\s+)?discount(?P<bound>\s+(?:of|above|over|below|under|at\s+least|at\s+most|more\s+than)\s+[\w\s.%]+?)?\s+on\s+{_EVERY}\b", r"\g<orders> contain only @lines\g<bound>"),
        (rf"{_ORDERS}{_HAD}{_EVERY}\s+discounted\b", r"\g<orders> contain only @lines"),
        (rf"{_ORDERS}(?:(?:were|are)\s+)?(?:fully|entirely|completely)\s+discounted\b", r"\g<orders> contain only @lines"),
        (rf"\b(?P<orders>orders{_WHEN})\s*,?\s+(?:where|in\s+which|for\s+which|on\s+which)\s+{_EVERY}\s+(?:was|were|is|are|got|had|has|carried|carries)\s+(?:discounted|an?\s+discount)\b", r"\g<orders> contain only @lines"),
        (rf"\b(?P<orders>orders{_WHEN})\s*,?\s+(?:where|in\s+which|for\s+which|on\s+which)\s+{_EVERY}\s+{_LOSING}", r"\g<orders> contain only loss-making lines"),
        # "no discount at all", "without any discount", "at full price"
        (rf"{_ORDERS}(?:{_HAD}(?:no|zero|not\s+any)|{_WITHOUT}(?:\s+(?:any|an?))?|(?:did|do)(?:\s+not|n['’]t)\s+(?:have|get|carry|receive)\s+(?:any|an?))\s+discounts?(?:\s+(?:at\s+all|whatsoever|on\s+(?:anything|any\s+{_LINE}|all|a\s+single\s+line|any\s+of\s+(?:it|them|their\s+lines|its\s+lines)|it|them)))*(?!\s+on\b)", r"\g<orders> contain no discounted line"),
        (rf"{_ORDERS}(?:(?:were|was|are)\s+)?(?:(?:sold|placed|made|shipped|went\s+out|going\s+out|billed|charged|paid)\s+)?(?:(?:entirely|fully|completely|all|wholly)\s+)?at\s+(?:the\s+)?full\s+price(?:\s+throughout)?(?!\s+on\b)", r"\g<orders> contain no discounted line"),
        (r"\b(?:full|list)[\s-]price\s+(?P<orders>orders)\b", r"\g<orders> containing no discounted line"),
    )
)  # fmt: skip


def told_of_lines(text: str) -> str:
    """A question with what holds of each line of an order told as its contents; others as they are."""
    if "order" not in text.lower() or not _EACH.search(text) or _TWO.search(text):
        return text
    for pattern, instead in _FORMS:
        text, count = pattern.subn(instead, text)
        if count:
            bounded = re.sub(r"@lines\s+(?:of\s+)?(?=\S+.*)", "lines with a discount ", text)
            told = bounded if re.search(r"@lines\s+(?:of|above|over|below|under|at|more)\b", text, re.I) else text
            return told.replace("@lines", "discounted lines")
    return text
