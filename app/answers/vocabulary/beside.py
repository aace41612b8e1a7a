"""Figures told beside each other, definitions in brackets that only repeat a name, and plain words of business."""

from __future__ import annotations

import re

from app.answers.vocabulary.text import Forms, compiled, in_forms

_GROW = r"rise|rose|risen|grow|grew|grown|increase|increased|go\s+up|went\s+up|gone\s+up|climb|climbed"
_FALL = (
    r"fall|fell|fallen|drop|dropped|decline|declined|decrease|decreased|shrink|shrank|go\s+down|went\s+down|sink|sank"
)
_OVER = r"\s*(?:/|÷|:|over|divided\s+by|by|per)\s*"
_SALES = r"(?:total\s+)?(?:sales|revenue|turnover)"
_UNITS = r"(?:number\s+of\s+)?(?:units?|pieces?|items?|quantity|units\s+sold)"
_ORDERS = r"(?:all\s+|the\s+)?(?:number\s+of\s+)?(?:orders?|all\s+orders)"
_RETURNED = r"(?:number\s+of\s+)?(?:returned\s+orders|orders\s+returned|returns)"
_SHIPPED_OBJECT = r"(?:orders?|lines?|order\s+lines?|goods|parcels?|packages|shipments?)"
_PLACE_LEFT = r"(?:the|our)\s+(?:warehouse|building|premises|door|house|depot|stock)"
_PERCENTILE = r"\d{1,2}(?:st|nd|rd|th)"

# names of ratios and how each is defined; another definition is another figure
_DEFINED = (
    (r"(?:average\s+|median\s+|mean\s+)?order\s+values?", r"(?:order\s+totals?|(?:total\s+)?(?:sales|value)\s+(?:of|per)\s+(?:an|the|each)?\s*order)"),
    (r"(?:profit\s+)?margins?|profitability", rf"profits?{_OVER}{_SALES}"),
    (r"(?:unit\s+)?prices?(?:\s+per\s+(?:unit|piece|item))?|(?:sales|revenue)\s+per\s+(?:unit|piece|item)", rf"{_SALES}{_OVER}{_UNITS}"),
    (r"(?:average\s+order\s+value|aov|basket\s+size|(?:sales|revenue)\s+per\s+order)", rf"{_SALES}{_OVER}{_ORDERS}"),
    (r"returns?\s+rates?|rate\s+of\s+returns?", rf"{_RETURNED}{_OVER}{_ORDERS}"),
    (r"(?:sales|revenue|spend|average\s+spend)\s+per\s+customer", rf"{_SALES}{_OVER}(?:the\s+)?(?:number\s+of\s+)?customers?(?:\s+(?:who|that)\s+(?:ordered|bought)(?:\s+(?:something|then))?)?"),
    (r"shipping\s+(?:cost\s+)?(?:ratio|share)", rf"shipping\s+costs?{_OVER}{_SALES}"),
)  # fmt: skip

BESIDE: Forms = compiled(
    (
        # a definition that repeats the name
        (r"(?<!average\s)(?<!list\s)(?<!cost\s)(?<!mean\s)(?<!avg\s)\bprices?\s+per\s+(?=(?:unit|piece|item)\b)", "average price per "),
        (r"\b(?:average|avg|mean)\s+prices?\s+per\s+(?:piece|item)\b", "average price per unit"),
        *(
            (rf"\b({name})((?:,?\s+[\w-]+){{0,9}}?)\s*[(,–-]\s*(?:i\.?e\.?,?\s+|that\s+is,?\s+|=\s*|defined\s+as\s+|meaning\s+)?(?:the\s+)?{definition}\s*(?:[)]|(?=,)|$)", r"\1\2")
            for name, definition in _DEFINED
        ),
        # a part of a date that is not that of the order
        (r"\b(?:by|per|for\s+each|in\s+each)\s+(?:the\s+)?(year|quarter|month|week)\s+of\s+(?:the\s+|their\s+|its\s+)?(return|ship(?:ping|ment)?)(?:\s+(?:date|day))?\b(?!\s+(?:rate|status|reason|cost|mode))", r"by \1, by \2 date"),
        # who never bought it, told first
        (r"^(?P<what>which\s+[\w\s-]+?)\s+(?:has|have|had|did)\s+(?:no|not\s+(?:a\s+single|one|any))\s+(?:customers?|clients?|buyers?|one|body|people)\s+(?P<where>(?:in|from)\s+[\w\s]+?)\s+(?:ever\s+)?(?:bought|buy|ordered|order|purchased|purchase)(?:\s+(?:from\s+us|yet))?(?=\s*(?:[?.!]|$))", r"\g<what> were never bought \g<where>"),
        (r"\b(?P<never>(?:never|not)\s+(?:been\s+)?(?:bought|ordered|purchased))\s+by\s+(?:any\s+|a\s+|our\s+)?(?:customers?|clients?|buyers?|anyone|anybody|people)\s+(?:in|from)\s+", r"\g<never> in "),
        # what the returned orders were worth
        (r"\b(?:sales|revenue|sales\s+value|value|worth)\s+of\s+(?:the\s+|all\s+)?returns\b(?!\s+(?:and|or|vs|rate))", "sales of returned orders"),
        (r"\b(profit|units|shipping\s+cost)\s+of\s+(?:the\s+|all\s+)?returns\b(?!\s+(?:and|or|vs|rate))", r"\1 of returned orders"),
        # customers with returns are those who returned something
        (r"\b(?P<who>(?:customers?|clients?|buyers?)(?:\s+(?:in|from)\s+[\w\s]{2,30}?)?)\s+(?:with|have|had|having)\s+(?:any\s+|at\s+least\s+one\s+|one\s+or\s+more\s+)?(?:returns?|returned\s+orders?)\b(?!\s+(?:rate|above|below|over|under|more|less|date|status|reason))", r"\g<who> who returned an order"),
        # to rise or to fall: how it changed
        (rf"\b(?:{_GROW})\s+or\s+(?:{_FALL})\b", "rise or fall"),
        (rf"\b(?:{_FALL})\s+or\s+(?:{_GROW})\b", "rise or fall"),
        # several percentiles of one figure
        (rf"\b(?=(?:{_PERCENTILE}\s*(?:,|and|&)\s*(?:and\s+)?(?:the\s+)?(?:median\s*(?:,|and|&)\s*(?:and\s+)?(?:the\s+)?)?)+{_PERCENTILE}\s+percentiles?\b)((?:{_PERCENTILE}|,|and|&|the|median|\s)+?)\s+percentiles?\b", r"\1 percentile"),
        (rf"\b({_PERCENTILE})(?=\s*(?:,|and\b|&)[\w\s,&]*?\b{_PERCENTILE}\s+percentile\b)", r"\1 percentile"),
        (r"\b50th\s+percentile\b|\bp50\b", "median"),
        (r"\b(?:the\s+)?(?:three\s+)?quartiles\s+of\b", "25th percentile, median and 75th percentile of"),
        # one order, and what it was worth
        (r"\b(?:(largest|biggest|highest|smallest|lowest)\s+single|single\s+(largest|biggest|highest|smallest|lowest))\s+(order|purchase|customer|client|buyer)\b(?!\s+(?:lines?|values?|totals?|amounts?|discounts?|sales|profit))", r"\1\2 \3"),
        (r"[,;]?\s+and\s+(?:how\s+much|what)\s+(?:was|is|were|are)\s+(?:it|that|this|they|each)\s+(?:worth|in\s+total|altogether|exactly|in\s+(?:dollars|money))\s*[?.!]*\s*$", ""),
        (r"[,;]?\s+and\s+what\s+(?:was|is|were|are)\s+(?:its|their)\s+(?:worth|values?|amounts?|totals?)\s*[?.!]*\s*$", ""),
        # slow and fast are told by the days to ship
        (r"\b(?:the\s+)?(slowest|longest)\s+(?:shipping|dispatch|shipments?|deliver(?:y|ies))\b(?!\s+(?:modes?|methods?|class(?:es)?|options?|types?|times?|days?|costs?|delay|duration))(?:\s*[(,]?\s*(?:measured\s+|judged\s+)?(?:by|in|in\s+terms\s+of|on)\s+(?:the\s+)?(?:average\s+|mean\s+)?days\s+to\s+ship\)?)?", "the highest days to ship"),
        (r"\b(?:the\s+)?(?:fastest|quickest|shortest)\s+(?:shipping|dispatch|shipments?|deliver(?:y|ies))\b(?!\s+(?:modes?|methods?|class(?:es)?|options?|types?|times?|days?|costs?|delay|duration))(?:\s*[(,]?\s*(?:measured\s+|judged\s+)?(?:by|in|in\s+terms\s+of|on)\s+(?:the\s+)?(?:average\s+|mean\s+)?days\s+to\s+ship\)?)?", "the lowest days to ship"),
        (r"\b(?:is|are|was|were)\s+(?:the\s+)?slowest\s*[(,]?\s*(?:measured\s+|judged\s+)?(?:by|in|in\s+terms\s+of|on)\s+(?:the\s+)?(?:average\s+|mean\s+)?days\s+to\s+ship\b\)?", "has the highest days to ship"),
        (r"\b(?:is|are|was|were)\s+(?:the\s+)?(?:fastest|quickest)\s*[(,]?\s*(?:measured\s+|judged\s+)?(?:by|in|in\s+terms\s+of|on)\s+(?:the\s+)?(?:average\s+|mean\s+)?days\s+to\s+ship\b\)?", "has the lowest days to ship"),
        (r"\b(slowest|fastest|quickest)\b([^,?.;]{0,40}?)\s*[(,]?\s*\b(?:measured\s+|judged\s+)?by\s+(?:the\s+)?(?:average\s+|mean\s+)?days\s+to\s+ship\b\)?", r"\1\2"),
        # goods that leave are shipped
        (rf"\b(?:left|leaves?|leaving)\s+{_PLACE_LEFT}\b", "shipped"),
        (rf"\b({_SHIPPED_OBJECT})\s+((?:that|which)\s+)?(?:left|leave)\s+(?=(?:within|in|on|during|more\s+than|less\s+than|at\s+least|at\s+most|over|after)\b)", r"\1 \2shipped "),
        (r"\b(?:(?:that|which|were|was)\s+)*(?:left|leave|shipped|ship|went\s+out|dispatched)\s+(?:on\s+)?(?:the\s+)?(?:(?:very|same|exact)\s+)+day\s+(?:(?:that|as|on\s+which)\s+)?(?:(?:the|their|they|it|being)\s+)?(?:(?:order|orders)\s+)?(?:(?:was|were)\s+)?(?:placed|ordered|made)\b", "with days to ship of exactly 0"),
        # a discount of so much
        (r"\bdiscounted\s+(?:by\s+|at\s+)?(?=\d+(?:\.\d+)?\s?%\s+or\s+(?:more|less|higher|lower|deeper|steeper|above|below)\b)", "with a discount of "),
        # those alone
        (r"\bcounting\s+(?:only|just)\s+(?=(?-i:[A-Z]))|\bcounting\s+(?=(?-i:[A-Z])[\w&]*(?:\s+(?-i:[A-Z])[\w&]*)?\s+(?:only|alone)\b)", "only "),
        (r"\b(only\s+(?-i:[A-Z])[\w&]*(?:\s+(?-i:[A-Z])[\w&]*)?)\s+(?:only|alone)\b", r"\1"),
        (r"\b(new\s+(?:customers|clients|buyers))\s+(?:(?:have|did|has|do|had)\s+)?we\s+(?:gain(?:ed)?|won|win|acquired?|attract(?:ed)?|sign(?:ed)?\s+up|bring\s+in|brought\s+in|add(?:ed)?|land(?:ed)?)\b", r"\1 did we have"),
        # money that was booked, posted, logged; customers by other names
        (r"\b(?:book(?:ed)?|booking|posted|logged|clocked\s+up|racked?\s+up|chalked\s+up|notched\s+up|netted|realised|realized|pocketed)\s+(?=(?:the\s+|our\s+|more\s+|most\s+|less\s+|least\s+|highest\s+|lowest\s+|in\b|during\b|from\b|last\b|this\b|on\b|by\b|over\b)|(?:sales|revenue|profit|turnover|orders)\b)", "made "),
        (r"\b(?:book|post|log|clock\s+up|rack\s+up|realise|realize|pocket)\s*(?=[?.!]*$|(?:in|during|from|last|this|on|by|over|for|with|through)\b)", "make "),
        (r"\b(?:passed|flowed|went|ran|goes|runs|passes|pass|flow|run)\s+through\s+(?=(?-i:[A-Z]))", "came from "),
        (r"\b(?:(?:customer|client|buyer)\s+)?accounts\b(?!\s+(?:for|receivable|payable|department|manager))", "customers"),
    )
)  # fmt: skip


_FIGURE_WORD = (
    r"(?:sales|revenue|turnover|profits?|units?|pieces|orders?|customers?|costs?|quantity|lines?|returns?|discounts?)"
)
OTHER_DEFINITION = re.compile(
    rf"\w\s*\([^()]*\b{_FIGURE_WORD}\s*(?:/|÷|divided\s+by|minus|times|over)\s*(?:the\s+)?(?:\w+\s+)?{_FIGURE_WORD}\b[^()]*\)",
    re.I,
)
"""A definition in brackets that is left: it does not repeat the name before it."""


_STATISTIC = r"(?:lowest|minimum|min|smallest|shortest|highest|maximum|max|largest|biggest|longest|average|mean|median|standard\s+deviation|std\s*dev)"
_STATISTICS = re.compile(
    rf"\b(?P<all>(?:(?:the\s+)?{_STATISTIC}(?:\s+and\s+(?=.*\band\b)|\s*,\s*(?:and\s+)?))*(?:the\s+)?{_STATISTIC}\s*,?\s+(?:and|&|plus)\s+(?:the\s+)?{_STATISTIC})"
    r"\s+(?:of\s+)?(?:the\s+|our\s+)?(?P<figure>(?:number\s+of\s+)?(?:(?!(?:by|for|in|of|and|or|from|during|across|among|per)\b)[a-z]+(?:\s+|$|(?=[,.?!]))){1,3}"
    r"(?:per\s+(?:order\s+line|order|customer|line|day|week|month|quarter|year)\b)?)"
    r"(?P<line>of\s+(?:a|an|each|one)\s+(?:single\s+)?order\s+line\b)?",
    re.I,
)


_PLAIN = {"lowest": "minimum", "smallest": "minimum", "shortest": "minimum", "longest": "maximum", "min": "minimum", "highest": "maximum", "largest": "maximum",
          "biggest": "maximum", "max": "maximum"}  # fmt: skip


def _each_by_itself(found: re.Match[str]) -> str:
    """ "Lowest, median and highest order value": each statistic with the figure that all of them are of."""
    told = [" ".join(s.split()) for s in re.findall(_STATISTIC, found["all"], re.I)]
    if len(set(told)) < len(told) or (len(told) < 3 and not re.search("deviation|dev", found["all"], re.I)):
        return found[0]
    figure = found["figure"].strip() + (" per order line" if found["line"] else "")
    named = [f"{_PLAIN.get(s.lower(), s)}{' of' if 'dev' in s.lower() else ''} {figure}" for s in told]
    return f"{', '.join(named[:-1])} and {named[-1]} "


def with_figures_named(question: str) -> str:
    """The question with what stands beside its figures brought under their names."""
    return _STATISTICS.sub(_each_by_itself, in_forms(question, BESIDE))
