"""Turns of speech: yes or no, how it is to be shown, what was bought, which Georgia.

Each pattern stands with what is read instead; `plainly.py` takes them in order.
"""

from __future__ import annotations

_LOSES = (
    r"(?:make|made|making|have|had|run|ran)\s+(?:an?\s+)?(?:overall\s+|total\s+|net\s+)?loss|lose\s+money|lost\s+money"
)
_GAINS = (
    r"(?:make|made|making|turn|turned)\s+(?:an?\s+)?(?:overall\s+|total\s+|net\s+)?profit|make\s+money|made\s+money"
)
_THINGS = r"(?:sub-?category|category|country|city|market|region|state|segment|product|customer|order|month|quarter|year|week|day|ship\s+mode)"

TURNS: tuple[tuple[str, str], ...] = (
    # yes or no
    (r"^\s*(?:yes\s+or\s+no|yes/no)\s*[:,–-]\s*", ""),
    (r"[\s.?!;,]*(?:please\s+)?(?:answer|reply|say|respond)\s+(?:with\s+)?(?:just\s+|only\s+|simply\s+|a\s+)?[\"“']?yes[\"”']?\s*(?:or|/)\s*[\"“']?no[\"”']?\s*[.?!]*\s*$", "?"),
    (r"^\s*is\s+it\s+(?:true|correct|right|the\s+case)\s+that\s+(?P<who>.+?)\s+(?:made|had)\s+(?=an?\s+(?:overall\s+|total\s+)?(?:loss|profit)\b)", r"did \g<who> make "),
    (rf"^\s*(?:did|does|do|has|have)\s+(?!any\b|we\b|you\b|our\b)(?P<who>[^?]+?)\s+(?:{_LOSES}|{_GAINS})\b(?P<when>[^?]*)\??\s*$", r"profit of \g<who>\g<when>"),
    (rf"^\s*(?:(?:did|do|does|has|have|had)\s+(?:we\s+(?:have\s+)?)?|(?:is|was|are|were)\s+there\s+|(?:is|was)\s+)(?:any|a|an|at\s+least\s+one|ever\s+an?|ever\s+any)\s+(?:single\s+)?(?P<thing>{_THINGS})\b(?P<when>\s+(?:in|of|since|from|during|for)\s+[\w\s]+?)?\s+(?:ever\s+)?(?:{_LOSES}|(?:with|that\s+had|which\s+had)\s+(?:an?\s+)?(?:overall\s+|total\s+)?negative\s+(?:total\s+|overall\s+)?profits?|(?:in|for|of)\s+which\s+(?:(?:the|our|its|company['’]s)\s+)*(?:total\s+|overall\s+)?profit\s+(?:is|was|were)\s+(?:negative|below\s+(?:zero|0)))(?P<then>[^?]*)\??\s*$", r"are there \g<thing>s\g<when> with a negative profit\g<then>?"),
    (rf"^\s*(?:(?:did|do|does|has|have)\s+we\s+(?:have\s+)?|(?:is|was|are|were)\s+there\s+)(?:any|a|an|at\s+least\s+one)\s+(?:single\s+)?(?P<thing>{_THINGS})\s+(?=(?:with|that|who|which|where)\b)", r"are there \g<thing>s "),
    (r"^are there (?P<lead>countr|categor|subcategor|cit)ys\b", r"are there \g<lead>ies"),
    (r",?\s+(?:over\s+|across\s+|for\s+|in\s+)?all\s+(?:the\s+)?years(?=\s*[.?!]*\s*$)(?<!by all years)", ""),
    # how it is to be shown
    (r"\b(?:as\s+an?\s+|in\s+an?\s+)?(?:comparison|summary|pivot|overview|results?)\s+table\b(?:\s+(?:of|with|showing)\b|\s*[:,])?\s*", ""),
    (r"^\s*in\s+(?:a|one)\s+(?:single\s+)?(?:row|line|table|list|go|query)\s*[,:]\s*", ""),
    (r"^(?:for|by)\s+(?:every|each)\s+combination\s+of\s+(?P<one>[\w\s-]+?)\s+and\s+(?P<two>[\w\s-]+?)\s*[,:]\s*(?:(?:give|show|list|present|report|state|what\s+(?:is|are|was|were))\s+)?(?:(?:me|us)\s+)?(?P<what>.+?)[.?!]*\s*$", r"\g<what> by \g<one> and \g<two>"),
    (r"(?:\bfor|\bby|\bper|\bof)\s+(?:every|each)\s+combination\s+of\s+", "by "),
    (r"(?<=[,:;–]\s)(?:present|tabulate|compute|calculate|determine|work\s+out|produce|set\s+out|report|display|establish|state)\s+(?=the\b|its\b|their\b|each\b|how\b|what\b)", "show "),
    (r"(?P<asked>\b(?:difference|gap|ratio|how\s+many\s+times)\b.*?)\s*\([\w\s]+?\s+(?:minus|divided\s+by)\s+[\w\s]+?\)(?=\s*[.?!]*\s*$)", r"\g<asked>"),
    (r"[\s.?!;]+(?:answer|reply)\s+with\s+(?:the|a)\s+(?:ratio|difference|number|figure|percentage|share|date|name)\b[^.?!]*[.?!]*\s*$", "?"),
    (r"\b(?P<times>how\s+many\s+times)\s+as\s+(?:large|big|high|great|much)\s+as\s+(?P<small>the\s+[^?]+?)\s+(?:are|is|were|was)\s+(?P<large>the\s+[^?.]+)", r"ratio of \g<large> to \g<small>"),
    (r"[,\s(]+(?:with\s+)?1\s+(?:being|for|meaning|=|is)\s+(?:the\s+)?(?:highest|best|largest|biggest|top)\)?", " "),
    (r"^\s*of\s+(?:all\s+)?(?:the|our)\s+(?P<things>\w+?)(?P<plural>ies|s),\s+which\s+(?:one\s+)?(?:is|was|came|comes|ranks?)\s+(?P<nth>second|third|fourth|fifth)(?:\s+(?:highest|best|largest))?\s+by\s+", r"\g<nth> highest \g<things>\g<plural> by "),
    (r",?\s*\(?(?:starting|beginning)\s+(?:from|at|with)\s+(?:zero|0|nothing)(?:\s+(?:in|at\s+the\s+start\s+of|each|every)\s+(?:january|the\s+year|year|month))?\)?", ""),
    (r"\bper\s+such\s+(?=\w)", "per "),
    (r"\b(?:have|has|had)\s+(?:losses|a\s+loss)\s+on\s+(?:every|each|all)\s+(?:(?:single|of|their|its|the)\s+)*lines?\b", "have only loss-making lines"),
    (r"^(?P<lines>(?:order\s+)?lines\s+(?:with|at|that|from|of)\s+[^:?]+?)\s*:\s*(?!how\b|number\b|count\b)(?P<what>(?:the\s+)?(?:total\s+)?(?:sales|profit|revenue|units|margin|discount|shipping)\b[^:?]*?)[?.]*\s*$", r"\g<what> of \g<lines>"),
    (r"\b(?:no\.?|number|nr\.?|#)\s*(?:1|one)\s+(?=(?:country|market|region|state|city|segment|category|sub-?category|product|customer|month|seller)\b)", "top 1 "),
    (r"^of\s+(?:all\s+)?(?:the\s+|our\s+)?orders\s+(?P<which>[^,?]*?),\s+how\s+many\s+(?:were|got|have\s+been)\s+returned,?\s+and\s+what\s+(?:is|was)\s+(?:the|their)\s+return\s+rate[?.\s]*$", r"returned orders, orders and return rate of orders \g<which>"),
    (r"\b(?P<who>customers|clients|buyers)\s+(?:(?:(?:who|that)\s+)?(?:have|had|with|having)\s+no|without(?:\s+(?:any|a|a\s+single))?)\s+discounted\s+(?:order\s+)?lines?\b", r"\g<who> who never bought anything discounted"),
    (r"\b(?P<what>products|articles|items)\s+(?:(?:(?:which|that)\s+)?(?:have|had|with|having)\s+no|without(?:\s+(?:any|a|a\s+single))?)\s+discounted\s+(?:order\s+)?lines?\b", r"\g<what> that were never sold with a discount"),
    # all of it
    (r"\s+(?:across|over|on|of)\s+everything\s+(?:(?:that\s+)?(?:the\s+company|we|the\s+business)\s+(?:has|have)\s+(?:ever\s+)?(?:sold|done)|we\s+(?:ever\s+)?sold)", " "),
    (r",\s*(?:counting\s+)?(?:that|this)\s+(?:day|date)(?:\s+(?:included|inclusive))?\s*(?=,|$)|,\s*inclusive\s*(?=,|$)", ""),
    # a share of each group's own total
    (r"^\s*(?:within|in|for)\s+(?:each|every)\s+(?P<group>[\w-]+)\s*,?\s+what\s+(?P<share>share|percentage|proportion|fraction)\s+of\s+(?:that|the|its|each)\s+(?:(?P=group)['’]s\s+)?(?P<figure>sales|revenue|profit|orders|units|shipping\s+costs?|customers)\s+(?:does|do|did)\s+(?:each|every)\s+(?P<part>[\w-]+)\s+(?:contribute|make\s+up|account\s+for|represent|bring\s+in|have|hold)\b(?P<rest>[^?]*)", r"share of \g<figure> by \g<part> within each \g<group>\g<rest>"),
    (r"^\s*(?:within|in|for)\s+(?:each|every)\s+(?P<group>[\w-]+)\s*,?\s+what\s+(?P<share>share|percentage|proportion|fraction)\s+of\s+(?:that\s+|the\s+|its\s+)?(?:(?P=group)['’]s\s+)?(?P<members>customers|orders|products|order\s+lines|lines)\s+(?:has|have|had|did|were|was|are|is)\s+(?P<did>[^?]+?)[?.]*\s*$", r"share of \g<members> who \g<did> by \g<group>"),
    # what was bought, and how much was lost
    (r"\b(?P<who>customers|clients|buyers)\s+whose\s+every\s+(?:single\s+)?(?:order|purchase|line|order\s+line)\s+(?:was|is|has\s+been|were)\s+(?:in|of|for|from)\s+", r"\g<who> who bought only "),
    (r"\b(?:with|had|having|made|at|of)\s+a\s+loss\s+(?:(?:of\s+)?(?:more|greater|bigger|larger|higher|worse)\s+than|above|over|exceeding)\s+\$?(?P<n>\d[\d,.]*)", r"with profit below -\g<n>"),
    (r"\b(?:ordering|paying|buying|purchasing)\s+customers?\b", "customer"),
    (r"\baverage\s+of\s+(?:all\s+)?(?:the\s+)?(?:twelve\s+|12\s+)?(?P<unit>monthly|daily|weekly|quarterly|yearly)\s+(?P<what>[\w\s]+?)\s+(?:totals?|sums?|figures?)\b", r"average \g<unit> \g<what>"),
    (r"\bsample\s+standard\s+deviation\b", "standard deviation"),
    (r"\b(?:although|even\s+though|though|despite\s+the\s+fact\s+that)\s+(?=(?:its|their|the)\s)", "but "),
    (r"\b(?P<year>20\d\d)\s*,?\s+but\s+never\s+again(?:\s+(?:in\s+any\s+(?:later|following|subsequent)\s+year|afterwards|later|since(?:\s+then)?|after\s+that))?", r"\g<year> but not after \g<year>"),
    (r"\b(?P<did>ordered|bought|purchased)\s+in\s+(?P<one>20\d\d)\s+and\s+(?:also\s+)?in\s+(?P<two>20\d\d)\s+but\s+(?:(?:have|did|has)\s+)?(?:not|n['’]t|never)\s+(?:order(?:ed)?\s+|buy\s+|bought\s+)?(?:at\s+all\s+|anything\s+)?in\b", r"\g<did> in both \g<one> and \g<two> but not in"),
    (r"^(?:considering|taking|looking\s+at|counting)\s+only\s+(?P<lines>(?:the\s+)?(?:order\s+)?lines\s+[^,]+?),\s+(?:what\s+(?:are|is|was|were)|show|give)\s+(?P<what>[^?]+?)\s*[?.]*$", r"\g<what> of \g<lines>"),
    # goods that are sent are shipped; what is left out is without; now is now
    (r"\b((?:were|was|been|got|get|gets|are|is)\s+)sent(?=\s+(?:by|via|with|using|out|as)\b)(?!\s+back)", r"\1shipped"),
    (r"(?<=[\w,]\s)(?:leaving|left)\s+(?:out|aside)\s+(?:every|any|all|the)\s+", "without "),
    (r"\bwithout\s+(?:every|any|all)\s+returned\s+orders?\b", "without returned orders"),
    (r"[\s,]+(?:right\s+now|at\s+(?:the\s+moment|present)|currently|as\s+of\s+now)\s*[?.!]*$", ""),
    (r"\b(?:in|with)\s+(?:the\s+)?status\s+(?=(?-i:[A-Z]))", "with return status "),
    # "are there customers who …? How many?"
    (r"^(?:how\s+many\s+)?(?:are|were)\s+there\s+(?:any\s+)?(?P<what>[^?.;]+?)\s*[?.,;]\s*(?:and\s+)?(?:if\s+so,?\s+)?how\s+many(?:\s+(?:are|were)\s+(?:there|they))?\s*[?.!]*$", r"how many \g<what>"),
    (r"^how\s+many\s+are\s+there\s+(?=\w+\s+(?:from|in|who|that|with|of)\b)", "how many "),
    # how many kinds one buys
    (r"^(?:on\s+average,?\s+)?(?:from\s+)?how\s+many\s+(?:different|distinct)\s+(?P<what>[\w-]+(?:\s[\w-]+)?)\s+(?:does|do|did|has|have)\s+(?:a|an|each|the\s+average|every|one)\s+(?P<who>customer|client|buyer|order)\s+(?:buy|order|purchase|bought|ordered|contain|have|include|shop)(?:s)?(?:\s+(?:from|in))?(?:\s+on\s+average)?\s*[?.!]*$", r"average number of different \g<what> per \g<who>"),
    # orders of one kind of lines alone
    (r"\borders\s+(?P<per>(?:per|by)\s+\w+\s+)?(?:(?:are|were)\s+there\s+)?(?:(?:in|for|of)\s+which|where)\s+(?:every|each|all)\s+(?:(?:single|of|the)\s+)*(?:order\s+)?lines?\s+(?:made\s+a\s+loss|lost\s+money|(?:is|are|was|were)\s+(?:loss[\s-]making|sold\s+at\s+a\s+loss|unprofitable))", r"orders with only loss-making lines \g<per>"),
    (r"\borders\s+(?P<per>(?:per|by)\s+\w+\s+)?(?:(?:are|were)\s+there\s+)?(?:(?:in|for|of)\s+which|where)\s+(?:every|each|all)\s+(?:(?:single|of|the)\s+)*(?:order\s+)?lines?\s+(?:is|are|was|were)\s+discounted", r"orders with only discounted lines \g<per>"),
    (r"\borders(?P<when>\s+(?:in|of|from)\s+20\d\d)?\s+(?:that\s+)?consist(?:ed|ing)?\s+(?:only|solely|entirely|exclusively)\s+of\s+", r"orders\g<when> with only "),
    # which Georgia
    (r"\b(?P<place>(?-i:[A-Z])\w+)\s*,?\s*\(?(?:the\s+)?(?:us\s+|u\.s\.\s+|american\s+)?state(?:\s+in\s+the\s+(?:us|united\s+states))?\)?\s*,?\s*\(?not\s+the\s+country\)?", r"the state of \g<place>"),
    (r"\b(?P<place>(?-i:[A-Z])\w+)\s*,?\s*\(?(?:the\s+)?country\)?\s*,?\s*\(?not\s+the\s+(?:us\s+)?state(?:\s+in\s+the\s+(?:us|united\s+states))?\)?", r"the country \g<place>"),
    # last year's new customers
    (r"\b(last|this)\s+(year|month|quarter)['’]s\s+new\s+customers\b(?!\s*[?.!]*$)", r"the customers whose first order was \1 \2"),
    (r"\bcustomers\s+(?:(?:who|that)\s+(?:were|are)\s+)?new\s+in\s+(20\d\d)\s+(?=(?:ordered|bought|placed|came|purchased)\b)", r"customers whose first order was in \1 "),
    # "Take the new customers of 2024. What share of them …? Market by market"
    (r"^(?:take|consider|look\s+at|start\s+with|think\s+of)\s+(?P<who>(?:all\s+)?(?:the\s+|our\s+)?(?:[\w'-]+\s+){0,4}?(?:customers|clients|buyers)\b[^.:;?]*)[.:;]\s+(?P<asked>(?:what|which|how\s+many)\b[^.?]*\bof\s+(?:them|those|these)\b.*)$", r"of \g<who>, \g<asked>"),
    (r"(?P<asked>\b(?:customers|clients|buyers)\b[^?]*)\?\s+(?P<group>market|segment|region|country)\s+by\s+(?P=group)\s*[.?]?$", r"\g<asked> by \g<group>"),
    # what came back of the sales
    (r"\b(?P<share>(?:share|percentage|proportion|fraction|percent|part)\s+of\s+(?:our\s+|the\s+|total\s+|all\s+)*(?:sales|profit|units|turnover)(?:\s+in\s+20\d\d)?)\s+(?:(?:is|was|were|are|comes?|came|sits?|sat|lies|lay|belongs?|belonged|stems?|stemmed|falls?|fell|that\s+sits)\s+)?(?:from|on|in|to|with|due\s+to|attributable\s+to)\s+(?:the\s+)?(?:returned\s+orders|orders\s+(?:that|which)\s+(?:(?:were|got|have\s+been)\s+)?(?:later\s+|subsequently\s+|then\s+)?(?:returned|came\s+back))\b", r"\g<share> was returned"),
)  # fmt: skip
