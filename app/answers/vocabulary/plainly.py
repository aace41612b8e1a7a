"""Roundabout ways to say it, told plainly before a question is looked at as a whole."""

from __future__ import annotations

import re

from app.answers.vocabulary.in_every_one import with_members_defined
from app.answers.vocabulary.one_line import of_one_line
from app.answers.vocabulary.text import Forms, compiled, in_forms
from app.answers.vocabulary.two_years import with_moves_told, with_stretch_of_both

_LOSES = (
    r"(?:make|made|making|have|had|run|ran)\s+(?:an?\s+)?(?:overall\s+|total\s+|net\s+)?loss|lose\s+money|lost\s+money"
)
_GAINS = (
    r"(?:make|made|making|turn|turned)\s+(?:an?\s+)?(?:overall\s+|total\s+|net\s+)?profit|make\s+money|made\s+money"
)
_THINGS = r"(?:sub-?category|category|country|city|market|region|state|segment|product|customer|order|month|quarter|year|week|day|ship\s+mode)"

_WENT = r"(?:ship(?:ped)?|leave|left(?:\s+(?:the\s+)?(?:house|warehouse))?|go\s+out|went\s+out|get\s+shipped|got\s+shipped|(?:were\s+|was\s+|get\s+)?sent(?:\s+out)?|dispatch(?:ed)?)"
_THAT_DAY = r"(?:on\s+)?(?:the\s+)?(?:very\s+)?(?:same\s+day(?:\s+(?:as\s+(?:the\s+order|ordered|they\s+were\s+ordered)|they\s+were\s+ordered))?|day\s+(?:of\s+(?:the\s+|their\s+)?order(?:ing)?|(?:that\s+)?(?:they|it)\s+(?:was|were)\s+ordered)|(?:very\s+)?(?:order\s+(?:date|day)|day\s+of\s+the\s+order))"
_AMOUNT_WORD = r"(?:sales|revenue|profits?|orders|units|margins?|discounts?|customers|shipping\s+costs?)"

PLAINLY: Forms = compiled(
    (
        # "Return the name and the sales": to show, not to send back
        (r"(?<=[.?!]\s)return(?!\s+(?:rate|date|status|reason|id|share|ratio)s?\b)(?=\s)", "Show"),
        (r"\b(?P<did>ma(?:de|ke|kes|king))\s+money\b(?!\s+(?:off|from|of|for))", r"\g<did> a profit"),
        # what rose and what fell, and how they are shown anyway
        (rf"\b(?P<who>which\s+[\w-]+|^[\w-]+s)\s+(?:(?:that|which|who)\s+)?(?:have\s+)?(?:increased|raised|grew|improved)\s+(?:their|its)\s+(?P<what>{_AMOUNT_WORD})\b", r"\g<who> whose \g<what> rose"),
        (rf"\b(?P<who>which\s+[\w-]+|^[\w-]+s)\s+(?:(?:that|which|who)\s+)?(?:have\s+)?(?:decreased|reduced|shrank|lowered)\s+(?:their|its)\s+(?P<what>{_AMOUNT_WORD})\b", r"\g<who> whose \g<what> fell"),
        (rf"(?P<said>^.*\b(?:rose|fell|grew|shrank|increase[sd]?|decrease[sd]?|dropped|declined|went\s+(?:up|down)|higher|lower)\b.*?)[.;:?,]+\s*(?:(?:please\s+)?(?:show|give|list|state)|with)\s+(?:me\s+)?(?:both\s+changes|(?:the\s+)?(?:changes?|differences?)\s+(?:in|of)\s+{_AMOUNT_WORD}(?:\s*(?:,|and|,\s*and)\s+(?:(?:the\s+)?(?:changes?|differences?)\s+(?:in|of)\s+)?{_AMOUNT_WORD})?)\s*[.!]*$", r"\g<said>"),
        (r"^(?:which\s+|list\s+|show\s+)?(?P<what>[\w-]+s)\s+where\s+(?:the\s+)?(?P<side>(?-i:[A-Z])[^,?]{3,50}?)\s+(?P<be>were|was|are|is)\s+(?P<way>higher|lower|more|less|larger|greater|bigger|smaller|better|worse)\s+than\b", r"in which \g<what> \g<be> \g<side> \g<way> than"),
        (rf"^(?P<said>.*\b(?P<one>(?-i:[A-Z])\w+)\b.*\b(?P<two>(?-i:[A-Z])\w+)\b.*?)[.;?:,]+\s*(?:please\s+)?(?:show|give|list|state|with)\s+(?:me\s+)?(?:the\s+)?(?P=one)(?:['’]s)?\s+{_AMOUNT_WORD}\s*(?:,|,?\s*and|,?\s*and\s+then|,?\s*then)\s+(?:the\s+)?(?P=two)(?:['’]s)?\s+{_AMOUNT_WORD}(?:\s+(?:for|of)\s+each)?\s*[.!]*$", r"\g<said>"),
        # a figure of some against that of all
        (r"\b(?P<days>days\s+to\s+(?:ship|return)(?:\s+in\s+20\d\d)?\s+(?:was|is|were|are)\s+)longer\s+than\b", r"\g<days>higher than"),
        (r"\b(?P<days>days\s+to\s+(?:ship|return)(?:\s+in\s+20\d\d)?\s+(?:was|is|were|are)\s+)shorter\s+than\b", r"\g<days>lower than"),
        (r"(?P<said>\b(?P<year>20\d\d)\b.*?)\bthe\s+(?:(?P<whole>overall|company(?:[\s-]wide)?)\s+(?P=year)|(?P=year)\s+(?P<whole2>overall|company(?:[\s-]wide)?))\s+(?P<mean>average|mean|figure|value|margin|rate)", r"\g<said>the \g<whole>\g<whole2> \g<mean>"),
        (r"(?P<said>\bdays\s+to\s+(?:ship|return)\b.*?)\s*[-–,;.:]+\s*(?:please\s+)?(?:show|give|list|state)\s+(?:me\s+)?(?:the|their)\s+(?:average\s+)?(?:number\s+of\s+)?days(?:\s+(?:of|for)\s+each)?\s*[.!]*$", r"\g<said>"),
        (r"(?P<said>\bthe\s+average\s+(?:[\w.]+\s+)?(?P<one>\w+?)(?P<end>y?)\b.*?),?\s*\(?(?:where|with|if)\s+(?:the|that|this)\s+average\s+(?:is|being|means)\s+(?:the\s+)?total\s+[\w\s]+?\s+divided\s+by\s+(?:the\s+)?number\s+of\s+(?:all\s+)?(?P=one)(?:s|ies)\)?", r"\g<said>"),
        # the best of each, and what it came to
        (rf"(?P<said>\b(?:most|fewest|least|highest|lowest|best|largest|biggest)\b[^?]*?),?\s+and\s+(?:how\s+(?:high|low|much|many|large|big)\s+(?:{_AMOUNT_WORD}\s+)?(?:was|is|were|are)\s+(?:it|that|this|they|these)|what\s+(?:was|is)\s+(?:it|that))\s*\??\s*$", r"\g<said>"),
        (r"^(?P<each>(?:for|in)\s+(?:each|every)\s+[\w-]+),?\s+(?:looking\s+only\s+at|considering\s+only|counting\s+only|taking\s+only|only\s+among|among)\s+(?P<those>[^:?]+?)\s*[:,]\s*(?P<which>which\s+[^?]+?)(?:\s+(?:that|the\s+same)\s+(?:year|quarter|month))?\s*\??$", r"\g<each>, \g<which> among \g<those>"),
        (r"\b(?:for|in)\s+each\s+of\s+the\s+years\s+(?:from\s+)?(20\d\d)\s*(?:to|through|until|–|-)\s*(20\d\d)\b", r"in each year from \1 to \2"),
        (r"^(?P<place>(?-i:[A-Z])\w+(?:\s(?-i:[A-Z])\w+)*)\s*:\s*(?:for|in)\s+each\s+(?P<unit>year|quarter|month)\s+(?P<span>from\s+[^,]+),\s*(?P<which>which\s+[^?]+?)\s*\??$", r"\g<which> in each \g<unit> \g<span> in \g<place>"),
        (r"\b(?P<by>per|by|for\s+each|in\s+each|for\s+every)\s+customer\s+(?=(?:segment|market|country|region|state|city)\b)", r"\g<by> "),
        (r",?\s+each\s+with\s+(?=(?:its|their|the)\b)", ", with "),
        (rf"(?P<said>\b(?P<of>(?-i:[A-Z])\w+)\b.*?\bshare\s+of\s+(?:the\s+|its\s+)?(?:total|overall)\s+)(?P=of)\s+(?={_AMOUNT_WORD})", r"\g<said>"),
        (r"(?P<said>\b(?:in|of|for|within)\s+each\b[^,]*?\b(?P<group>sub-?category|category|country|market|region|segment|state|city)\b.*?)\s*[,;(]\s*(?:sorted|ordered|listed)\s+by\s+(?:the\s+)?(?P=group)(?:\s+names?)?(?:\s*,?\s*(?:and\s+)?(?:then|within\s+it)\s+(?:from\s+(?:best|highest|first|largest)\s+to\s+\w+|by\s+rank|(?:best|highest|largest)\s+first|by\s+\w+\s*,?\s*(?:descending|(?:best|highest)\s+first)))?\)?\s*[.]*$", r"\g<said>"),
        (r"\b(?:where|on\s+which|for\s+which|in\s+which)\s+we\s+(?:spent|spend|paid|pay)\s+(?:the\s+)?(?P<way>most|least)\s+(?:money\s+)?(?:on|for)\s+shipping\b", r"with the \g<way> shipping cost"),
        (r"[,;]?\s+followed\s+by\s+(?=(?:the|its|their|each)\s)", " and "),
        (r"^\s*return\s+(?=(?:the|all|both|each|every|only|me|us)\b)", "Show "),
        (r"[.;,?]?\s*\(?(?:show|give|list|state)\s+(?:both|the\s+two|all\s+three|all|the\s+three)(?:\s+(?:amounts|values|rates|figures|numbers|fractions|shares))?(?:\s+(?:in|as)\s+(?:one|a\s+single)\s+row)?(?:,?\s*in\s+that\s+order)?\)?[.\s]*$", ""),
        (r"[.;:,?–-]+\s*(?:please\s+)?(?:show|give|list|state|with)\s+(?:(?:me\s+)?(?:the\s+)?(?P<figure>sales|revenue|profit|orders|units|margin|amounts?|figures?|values?|numbers?)\s+(?:of|in|for)\s+(?:both|the\s+two|each\s+of\s+the\s+two)\s+(?:years|quarters|months|periods|halves)|both\s+(?:years|quarters|months|periods)['’]?\s+(?:sales|revenue|profit|orders|units|margins?|figures|values|numbers))(?:\s*,?\s*(?:the\s+)?(?:earlier|20\d\d|q[1-4](?:\s+20\d\d)?)\s+first)?\s*[.!]*$", ""),
        (r",?\s*\(?(?:the\s+)?two\s+figures(?:,?\s+in\s+that\s+order)?\)?[.\s]*$", ""),
        (r"[.;]\s*if\s+there\s+is\s+an\s+even\s+number\b[^.]*\.?\s*$", ""),
        (r"\s*[,(]?\s*(?:with\s+|the\s+)?weeks?\s+(?:(?:do\s+)?starts?|starting|begins?|beginning)\s+(?:on\s+)?(?:a\s+)?mondays?\)?(?:\s*,\s*|\s*(?=from\b|$)|(?=[.?]))", " "),
        (r"\s*[-–,;(]+\s*(?:please\s+)?(?:skip|leave\s+out|omit|ignore|drop)\s+(?:the\s+|any\s+)?(?:days|weeks|months|quarters|years|sub-?cat\w*|categories|countries|markets|groups|those|ones)\s+(?:without|with\s+no)(?:\s+any|\s+such\s+\w+|\s+of\s+them)?\)?[.\s]*$", ""),
        (r"\s*\(\s*1\s*=\s*[^)]*\)", ""),
        (r"^\s*(?:the\s+)?rank\s+of\s+(?:every|each|all)\s+(?:the\s+)?(?P<what>[\w-]+)\s+by\s+(?P<rest>.+?)(?:,\s*plus\s+(?:the|its)\s+\w+(?:\s+itself)?)(?=[.,;?]|$)", r"\g<rest> by \g<what>: rank"),
        (r"\b(?:over|across|in)\s+(?:the|our)\s+(?:entire|whole|full|complete)\s+order\s+history\b", ""),
        (r"^(?P<asked>\s*how\s+many\b[^?]*?)\s+(?:over|across|through)\s+(?:all\s+)?the\s+years\s*[?.]*\s*$", r"\g<asked>"),
        (r"\b(?:not|n['’]t)\s+(?:a\s+single|one(?:\s+single)?)\s+order\s+in\s+(?=20\d\d)", "not in "),
        (r"\bbut\s+(?:no|not\s+any)\s+orders?\s+in\s+(?=20\d\d)", "but none in "),
        (r"\brelative\s+(growth|change|increase|difference|decrease)\b", r"\1"),
        (r"\b(?P<change>growth|changes?|increase|decrease|grow|change)\b(?P<of>[^?.]*?)[,\s(]+(?:expressed\s+|given\s+)?as\s+(?:an?\s+)?(?:decimal\s+)?(?:fractions?|decimals?)\)?(?=[\s?.,]|$)", r"\g<change>\g<of>"),
        (r"^\s*(?:for|by)\s+(?:each|every)\s+(?P<outer>[\w-]+)\s+and\s+(?P<inner>[\w-]+)\s*,\s*(?:\w+\s+)?the\s+(?P=inner)['’]s\s+share\s+(?:of|in)\s+(?:that|the|its)\s+(?P=outer)['’]s\s+(?:total\s+)?(?P<figure>[\w\s]+?)(?=\s+(?:over|in|for|from|across)\b|[.?,]|$)", r"share of \g<figure> by \g<inner> within each \g<outer>"),
        (r"\b(?:over|across|taken\s+over)\s+all\s+orders\b", ""),
        (r"\bnew\s+customers\s+(?:were|have\s+been|did\s+we)\s+(?:gained|won|acquired|added|gain|win|acquire|add)\b", "new customers did we have"),
        (r"\borders\s+(?:have|with|had)\s+a\s+return\s+(?:with|in|that\s+has)\s+(?:the\s+)?(?:return\s+)?status\s+", "returns with return status "),
        (r"^\s*(?P<list>list|show|give|find|return)\s+(?:the\s+)?(?:ids?|names?)(?:\s+and\s+(?:ids?|names?))?\s+of\s+(?:every|each|all(?:\s+the)?|the)\s+(?P<what>product|customer|order)s?\s+(?P<rel>that|who|which|whose)\s+(?:has|have)\s+(?=(?:been|bought|ordered)\b)", r"list all \g<what>s \g<rel> have "),
        (r",?\s+while\s+(?=(?:its|their|the)\s)", " but "),
        (r"\b(whose|their|its|the)\s+all[\s-]time\s+(?=sales|profit|orders|units|margin|revenue)", r"\1 "),
        (r",?\s*(?:considering|counting|among|taking)\s+only\s+(?:those\s+)?customers\s+(?:who|that)\s+(?:have\s+)?(?:ever\s+)?(?:ordered|bought|placed\s+(?:at\s+least\s+one|an)\s+order)(?:\s+(?:at\s+least\s+once|at\s+all))?[.\s]*$", ""),
        (r"\b(?P<whose>whose|their)\s+very\s+first\s+(?P<order>order|purchase)\s+was\s+(?:placed\s+|made\s+)?(?=(?:in|on|during)\b)", r"\g<whose> first \g<order> was "),
        (r"\bfirst\s+(?P<order>order|purchase)\s+was\s+(?:placed|made)\s+(?=(?:in|during)\b)", r"first \g<order> was "),
        (r"\b(?:immediately|directly|right)\s+(?=before\s+(?:it|that)\b)", ""),
        (r"^(?P<whole>[^,?]+?)\s+(?:that|which)\s+(?P<cond>[^,?]+?),?\s+as\s+an?\s+(?:share|percentage|fraction|proportion)\s+of\s+all\s+(?P=whole)(?P<rest>\b.*)$", r"what share of \g<whole> \g<cond>\g<rest>"),
        (r"\bcontains?\s+the\s+word\s+", "contains "),
        (r"\bbut\s+only\s+(?:for\s+)?(?:the\s+ones|those|ones)\s+with\s+", ", only those with "),
        # what only says again how rows are ordered and counted
        (r"^(?P<said>.*\b(?:worst|bottom|lowest|smallest|fewest|(?<!at\s)least)\b.*?)\s*[,;.(–-]+\s*(?:the\s+)?(?:lowest|smallest|worst|fewest)\s+(?:\w+\s+)?first\)?(?=\s*[.,;?!)]|\s*$)", r"\g<said>"),
        (r"^(?P<said>.*\b(?:best|top|highest|largest|biggest|(?<!at\s)most)\b.*?)\s*[,;.(–-]+\s*(?:the\s+)?(?:highest|largest|biggest|best|most)\s+(?:\w+\s+)?first\)?(?=\s*[.,;?!)]|\s*$)", r"\g<said>"),
        (r"\s*[,(]\s*(?:the\s+)?(?:earlier|older|later|newer|previous|this|first)\s+(?:year|quarter|month|period|week)\s+first\)?", ""),
        (r",?\s*(?:with\s+)?each\s+(?:returned\s+)?order\s+(?:is\s+)?counted\s+(?:only\s+|just\s+)?once\b", ""),
        (r",?\s*\(?in\s+(?:month|date|year|quarter|week)\s+order\)?(?=\s*[.,;]|\s*$)", ""),
        (r"\b(?P<move>growth(?:\s+rate)?|change|difference)\s+(?:between\s+the\s+two(?:\s+(?:years|periods|quarters|months))?|from\s+(?:the\s+)?one\s+to\s+the\s+other)", r"\g<move>"),
        (r"\b(?P<lines>lines\b[^,?.]*?)\s+(?:carried|got|received|came\s+with)\s+(?:a|any)\s+discount\b(?!\s+(?:of|above|over|below|under|between|from|greater|larger|higher|at|that)\b)", r"\g<lines> were discounted"),
        (r"\bfor\s+(?:each|every)\s+year\s+(?:from\s+)?(20\d\d)\s*(?:to|through|until|–|-)\s*(20\d\d)\b", r"by year from \1 to \2"),
        (r"^(?P<which>(?:customers|clients|orders|products|returns|order\s+lines|lines)\b[^:?]+?)\s*[-–,:]\s*how\s+many,?\s+(?P<by>(?:by|per)\s+[^?]+?)\s*[?.]*\s*$", r"how many \g<which> \g<by>"),
        (r"[.,;?!]\s*(?:show\s+|list\s+)?(?:only|just)\s+(?:the\s+|those\s+)?[\w-]+s\s+(?:(?:with|having|that\s+have|where\s+there\s+(?:is|are))\s+(?:at\s+least\s+one|at\s+least\s+1|any|one\s+or\s+more)(?:\s+(?:of\s+them|such\s+\w+))?)\s*[.!]*\s*$", ""),
        (r"^(?P<which>(?:[\w-]+\s+){0,3}?(?:customers|clients|orders|products|returns|order\s+lines|lines)\b[^:?]*?)\s*[:–—]\s*how\s+many\s+(?:of\s+(?:them|those|these)\s+)?(?:are|were)\s+(?:there|they)\s+(?P<by>(?:in|for)\s+(?:each|every)\s+[\w-]+(?:\s+[\w-]+)?|(?:per|by)\s+[\w-]+(?:\s+[\w-]+)?)\s*[?.]*\s*$", r"how many \g<which> \g<by>"),
        (r"\b(?P<line>(?:had|have|has|contain(?:s|ed|ing)?|includ(?:e|es|ed|ing))\s+(?:(?:at\s+least\s+one|an?|any)\s+)?(?:order\s+)?lines?)\s+discounted\s+(?:(?:by|at)\s+)?(?=(?:(?:more|less)\s+than\s+|over\s+|at\s+least\s+|at\s+most\s+)?\d+(?:\.\d+)?\s?%)", r"\g<line> with a discount of "),
        # within each, the share of its own
        (r"^(?:inside|within|in|for)\s+(?:each|every)\s+(?P<of>[\w-]+)\s*,\s*(?:what|which)\s+(?P<share>share|percentage|percent|proportion|part|fraction)\s+of\s+(?:(?:that|the|this)\s+(?P=of)['’]?s?['’]?|its|the|that)\s+(?P<what>[\w\s]+?)\s+(?:comes?|came|is|was|are|were|falls?|fell)\s+(?:from|on|to|in|made\s+(?:by|with|in))\s+(?:each|every)\s+(?P<by>[\w-]+)\s*[?.]*\s*$", r"\g<share> of \g<what> by \g<by> within each \g<of>"),
        # the average per customer is of those who ordered
        (r"\b(?P<per>per\s+customer\b[^()]*?)\s*\(\s*(?:the\s+|an\s+)?(?:average|mean|on\s+average)\s*[,;]\s*(?P<who>[^()]+)\)", r"\g<per> \g<who>"),
        (r"(?P<asked>\bper\s+customer\b(?=[^?]*\b20\d\d\b)[^?]*?)[,;(]*\s+(?:counting|considering|including|taking|among|for|of|over)\s+(?:only\s+|just\s+)?(?:the\s+|those\s+)?(?:customers|clients|those)\s+(?:who|that)\s+(?:actually\s+)?(?:ordered|bought\s+something|bought|placed\s+(?:an\s+order|orders))\s+(?:in\s+|during\s+)?(?:that|the\s+same|the)\s+(?:year|period|quarter|month)\)?(?=\s*(?:[,?.]|$))", r"\g<asked>"),
        # what was told of one year, asked of another
        (r"^(?=[^?.;]*\b(?:each|every|by|per)\b)(?P<said>(?:what|how)\b[^?.;]*?)\b(?P<year>20\d\d)\b(?P<more>[^?.;]*?)\s*[,;?]?\s+(?:and\s+)?what\s+(?:was|is)\s+(?:it|that|this|the\s+share|that\s+share)\s+(?:in|for)\s+(?P<other>20\d\d)\b", r"\g<said>\g<year> and \g<other>\g<more> side by side"),
        # more than the average of them
        (r"\b(?P<who>customer|order|product)(?P<rest>s\b[^?]*?\b(?:spent|bought|had|brought\s+in|made|were\s+worth|with))\s+(?:sales\s+of\s+)?(?P<way>more|less)\s+(?P<when>(?:in|during)\s+(?P<year>20\d\d)\s+)?than\s+(?:the\s+)?(?P<mean>average|mean)\s+(?:(?P=year)\s+)?(?:sales|spend|spending|revenue)\s+per\s+(?P=who)(?P<also>\s+in\s+(?P=year))?(?=\s*[?.]*\s*$)", r"\g<who>\g<rest> \g<way> than average \g<when>"),
        (r"^(?P<many>(?:the\s+)?number\s+of\s+(?:different\s+)?(?:customers|products|orders))\s+(?P<by>(?:per|by)\s+\w+)\s+(?P<which>(?:that|who|which)\s+[^?]+?)\s*[?.]*\s*$", r"\g<many> \g<which> \g<by>"),
        (r"\s*\(\s*order\s+value\s*=\s*(?:the\s+)?(?:total\s+)?sales\s+of\s+(?:the|an|each)\s+(?:whole\s+)?order\s*\)", ""),
        (r"^(?P<asked>[^?]*?\b(?P<year>20\d\d)\b[^?]*?),?\s*(?:considering|counting)\s+only\s+(?:those\s+)?customers\s+(?:who|that)\s+(?:ordered|bought)\s+in\s+(?P=year)\s*[.]?\s*$", r"\g<asked>"),
        (r"^which\s+(?P<what>[\w\s-]+?)\s+did\s+(?:our\s+|the\s+)?(?:customers|clients|buyers)\s+(?P<where>(?:in|from)\s+[\w\s]+?)\s+(?:not|never)\s+(?:buy|order|purchase)(?:\s+at\s+all|\s+anything)?(?P<when>[^?]*)\??\s*$", r"which \g<what> were never bought \g<where>\g<when>"),
        (r"^leaving\s+(?P<those>[^,]{2,40}?)\s+(?:out|aside),\s*", r"leaving out \g<those>, "),
        (r"^what\s+(?P<share>share|fraction|percentage|percent|proportion|part|portion)\s+of\s+(?P<figure>[^?]+?)\s+(?:did|do|does)\s+(?P<best>(?:our|the)\s+[^?]+?)\s+(?:bring\s+in|make\s+up|account\s+for|generate|contribute|represent)(?:,?\s+(?:between\s+them|together|combined|in\s+total|taken\s+together))?\s*[?.]*\s*$", r"what \g<share> of \g<figure> came from \g<best>"),
        (r"\b(largest|biggest|smallest|highest)\s+single\s+orders\b", r"\1 orders"),
        (r"\b(?:lifetime|life[\s-]time)\s+(?=(?:sales|profit|orders|revenue)\b)", ""),
        (r"\b(?P<grain>monthly|quarterly|weekly|daily|yearly)\s+and\s+(?:running\s+|cumulative\s+)+(?P<what>sales|profit|revenue|units|orders)\b", r"\g<grain> \g<what> with its cumulative total"),
        (r"\b(that|which|who)\s+still\s+(?=(?:made|lost|had|sold)\b)", r"\1 "),
        (r"\b(made\s+an?\s+(?:loss|profit)|lost\s+money)\s+(?:in\s+)?(?:that|the\s+same)\s+year\b", r"\1"),
        # new customers among those who ordered, and new customers of a kind
        (r"\bhow\s+many\s+(?P<who>customers|clients|buyers)\s+(?:ordered|bought|placed\s+(?:an\s+)?orders?|did\s+we\s+have|were\s+there|were\s+active)(?P<when>\s+(?:in|during|this|last)\s+[^,?]*?)?\s*,?\s+and\s+how\s+many\s+(?:(?:of\s+(?:them|these|those)|customers)\s+)?(?:were|are|was)\s+(?:new|first[\s-]time)(?:\s+(?:customers|clients|buyers|ones))?(?:\s+(?:in|during)\s+(?:that|the(?:\s+same)?)\s+(?:period|year|quarter|month|week))?", r"number of \g<who> and number of new customers\g<when>"),
        (r"\bnew\s+(?!and\b|or\b|vs\b|versus\b|our\b|the\b|in\b)(?P<kind>[\w-]+)\s+(?P<who>customers|clients|buyers)\b", r"\g<kind> new \g<who>"),
        # frames of requirements and reports
        (r"^\s*(?:it\s+(?:must|should|shall|needs\s+to)\s+be\s+possible\s+to|(?:the|our|this)\s+(?:\w+['’]?s?\s+){0,3}?(?:dashboard|tile|widget|report|tool|grid|table|page|screen|view|chart|system)(?:['’]s\s+\w+(?:\s+\w+)?)?\s+(?:must|shall|should|has\s+to|needs\s+to|can))\s+(?:be\s+able\s+to\s+)?(?:see|state|show|list|report|display|give|count|name|tell|return|present|output|express)\s+", "show "),
        (r"^\s*as\s+an?\s+[\w\s-]{3,30}?,?\s+i\s+(?:need|want|would\s+like)(?:\s+to\s+(?:see|know|have))?\s+", "show "),
        (r"\s+(?:must|shall|should|is\s+to|are\s+to)\s+be\s+(?:shown|listed|displayed|reported|given|stated)(?=\s+(?:by|per|for|with|in)\b|\s*[,.;]|\s*$)", ""),
        (r"(?<=[:,;]\s)return\s+(?=(?:its|the|their|both|each|all)\b)", "show "),
        (r"\s+next\s+to\s+(?=(?:the\s+same|last|this|january|february|march|april|may|june|july|august|september|october|november|december|q[1-4]|h[12]|(?:the\s+)?(?:first|second)\s+half|20\d\d)\b)", " vs "),
        (r"\b(?:the\s+)?customers?['’]s?\s+(?=(?:own\s+)?(?:market|country|segment|region|state|city)\b)", ""),
        (r"\b(?:the\s+)?(?:difference|gap)\s+in\s+(?P<what>[\w\s]+?)\s+between\s+(?P<one>(?:the\s+)?(?:q[1-4]|h[12]|[a-z]+|(?:first|second)\s+half(?:\s+of)?)?\s*20\d\d)\s+and\s+(?P<two>(?:the\s+)?(?:q[1-4]|h[12]|[a-z]+|(?:first|second)\s+half(?:\s+of)?)?\s*20\d\d)\b(?=[^?]*\b(?:by|per|for\s+each|in\s+each|for\s+every)\b)", r"\g<what> in \g<one> vs \g<two>"),
        (r"\s*\((?:q[1-4]|h[12]|20\d\d|[a-z]+\s+20\d\d)\s+minus\s+(?:q[1-4]|h[12]|20\d\d|[a-z]+\s+20\d\d)\)", ""),
        (r"\b(ordered|bought|purchased|placed\s+an\s+order)\s+at\s+least\s+once\s+(?=in\s+(?:each|every|both|all)\b)", r"\1 "),
        (r"^\s*(?P<those>for\s+[^,:]+(?:,\s*[^,:]+){0,4}?,?\s+and\s+[^,:]+),\s*(?:list|show|give)\s+(?:the\s+)?(?P<group>country|market|state|city|region|segment|category|sub-?category),\s*(?P<what>[^?]+?)[?.]*\s*$", r"\g<what> by \g<group> \g<those>"),
        (r"\b(?P<sum>(?:running|cumulative|cumulated|accumulated)\s+(?:total|sum|sales|profit|units|orders|revenue))\s+since\s+(?:the\s+(?:start|beginning)\s+of\s+(?:the|that)\s+(?:same\s+)?year|january)\b(?!\s+20)", r"\g<sum>"),
        (r"\b(?P<by>by\s+(?:the\s+)?(?:ship|shipping|return)\s+date)\s*,?\s*(?:and\s+|but\s+)?not\s+(?:by\s+)?(?:the\s+)?order\s+date\b", r"\g<by>"),
        (r"\bpeople\s+(?:in|on)\s+(?:the|our)\s+customer\s+(?:file|list|base|table)\b", "customers"),
        (r"\bwho\s+placed\s+their\s+(?:very\s+)?first(?:\s+ever)?\s+order\s+(?=(?:in|this|last|during)\b)", "whose first order was "),
        (r"^what\s+part\s+of\s+", "what share of "),
        (r"\b(?P<who>customers|clients|buyers|products|countries)\s+(?:who|that|which)\s+(?:(?:were|have|has)\s+)?(?P<did>ordered|bought|sold|purchased)\s+in\s+each\s+of\s+(?:the\s+)?(?:\w+\s+)?years\s+(?=20)", r"\g<who> who \g<did> in every one of the years "),
        (r"(?P<worth>(?:\bworth|\borders\s+(?:exceeding|of|above|over))\s+(?:(?:more|less)\s+than\s+|over\s+|at\s+least\s+|above\s+)?\$?\d[\d,.]*k?)\s+in\s+(?:total\s+)?(?:sales|value)\b(?=\s*[,;:?.–-]|\s+(?:that|which|who|in|per|by)\b|\s*$)", r"\g<worth>"),
        (r"\b(?P<what>(?:orders|lines|items|goods)\b(?:(?!\b(?:customers|clients|buyers)\b)[^?.])*?)\s+(?:(?:came|come|sent|brought)\s+back\s+(?:later|afterwards|subsequently)|(?:later|subsequently)\s+(?:came\s+back|were\s+(?:returned|sent\s+back))|were\s+(?:returned|sent\s+back)\s+(?:later|afterwards))\b", r"\g<what> were returned"),
        (r"\bbreak\s+(?P<what>[\w\s,]+?)\s+down\s+by\b", r"\g<what> by"),
        (rf"\b(?P<lines>lines\b[^,?;:]*?)\s+(?:(?:that|which)\s+)?(?:did\s+not|didn['’]?t|have\s+not|were\s+not)\s+(?:in\s+fact\s+|actually\s+)?{_WENT}\s+{_THAT_DAY}", r"\g<lines> that took more than 0 days to ship"),
        (rf"\b(?P<lines>lines\b[^,?;:]*?)\s+(?:(?:that|which)\s+)?(?:(?:in\s+fact|actually|really)\s+)?{_WENT}\s+{_THAT_DAY}", r"\g<lines> that took less than 1 day to ship"),
        (r"\b(?P<lines>lines\b[^,?;:]*?)\s+(?:that\s+|which\s+)?(?:left|leave|shipped|ship|were\s+shipped|went\s+out)\s+(?P<n>(?:more|less|later)\s+than\s+\w+\s+days?)\s+after\s+(?:they\s+(?:had\s+been|were)\s+ordered|the\s+order(?:\s+(?:date|was\s+placed))?|ordering|being\s+ordered)", r"\g<lines> that took \g<n> to ship"),
        (r"\bneeding\s+(?=(?:more|less|fewer|at\s+least|over|under)\b)", "that took "),
        (r"\bweek\s*\(\s*(?:from\s+)?mon(?:day)?\s*(?:to|through|until|–|-)\s*sun(?:day)?\s*\)", "week"),
        (r"\b(?:still\s+)?(?P<made>made|make|makes|making)\s+us\s+(?P<loss>an?\s+(?:overall\s+|total\s+)?(?:loss|profit))\b(?:\s+(?:overall|in\s+total))?", r"\g<made> \g<loss>"),
                (r"^(?P<asked>\s*(?:[^,?]+,\s*)?how\s+many\s+\w+\s+(?:have|has)\s[^?]*?)\s+over\s+time\s*\??\s*$", r"\g<asked>"),
        (r"^(?:how\s+much|what)\s+(?:have\s+we\s+sold|did\s+we\s+sell)\s*,?\s*\(?in\s+(?:money|dollars|value|usd|sales)\s+and\s+(?:in\s+)?(?:units|pieces|quantity)\)?\s*,?\s*(?:of\s+)?", "sales and units of "),
        (r"(?P<lead>^|:\s*)(?:how\s+much|what)\s+(?:have\s+we\s+sold|did\s+we\s+sell)\s*,?\s*\(?in\s+(?:money|dollars|value|usd|sales)\)?\s*,?\s*(?:of\s+)?", r"\g<lead>sales "),
        (r"\bno\s+later\s+than\s+(?=\w+\s+days?\s+after\b)", "at most "),
        (r"\blater\s+than\s+(?=\w+\s+days?\s+after\b)", "more than "),
        (r"\b(?P<date>(?:ship(?:ping|ment)?|return|order)\s+dates?|shipped|ordered|returned)\s+later\s+than\s+", r"\g<date> after "),
        (r"\b(?P<date>(?:ship(?:ping|ment)?|return|order)\s+dates?|shipped|ordered|returned)\s+earlier\s+than\s+", r"\g<date> before "),
        (r"\b(?:that\s+|which\s+)?costs?\s+(?:us\s+)?(?P<bound>(?:more|less)\s+than\s+\$?[\d,.]+k?|(?:over|above|below|under|at\s+least|at\s+most)\s+\$?[\d,.]+k?)\s+(?:in\s+shipping|to\s+ship|for\s+shipping)\b", r"with shipping cost \g<bound>"),
        (r"\b(?:took|take|needed|need)\s+(?P<bound>(?:more|less|fewer)\s+than|at\s+least|at\s+most|over|under)\s+(?P<n>[\d.]+)\s+days\s+to\s+ship\s+on\s+average\b", r"had average days to ship of \g<bound> \g<n>"),
        (r"(?P<cost>\band\s+(?:the\s+)?\w+\s+(?:shipping\s+)?(?:cost|sales|profit|discount|quantity|value|units))\s+on\s+(?:a|one|any)\s+single\s+(?:order\s+)?line\b", r"\g<cost> per order line"),
        (r"^(?P<lead>for\s+[^,]+,\s*)?(?P<what>(?:what\s+(?:is|was|were)\s+)?(?:the\s+)?[a-z]+(?:\s[a-z]+){0,2}?)\s+on\s+average,?\s+and\s+(?:what\s+(?:is|was|were)\s+)?(?:the|its)\s+(?P<other>maximum|minimum|median|longest|shortest|highest|lowest)\s*\??$", r"\g<lead>average and \g<other> \g<what>"),
        (r"^(?:among|of|taking)\s+(?:all\s+)?(?:the\s+)?(?P<orders>(?:\w+\s+)?orders(?:\s+placed)?(?:\s+(?:in|from|of|since|during)\s+[\w\s]+?)?),\s+which\s+(?P<n>\w+)\s+(?P<what>\w+)\s+(?:appear|turn\s+up|occur|show\s+up|are\s+found|are)\s+in\s+the\s+most\s+(?P<kind>returned\s+)?orders(?:[.,?]?\s*(?:and\s+)?(?:in\s+how\s+many(?:\s+of\s+them)?|with\s+that\s+number(?:\s+of\s+orders)?))?\s*\??$", r"top \g<n> \g<what> by number of \g<kind>\g<orders>"),
        (r"\s*[,;]\s*(?:in\s+)?(?:one|a\s+single)\s+row\s*[.?]*$", ""),
        (r"\b(?P<many>(?:at\s+least|more\s+than|fewer\s+than|over)\s+\w+\s+orders)\s+(?:placed|made)\s+(?=in\b)", r"\g<many> "),
        (r"\breturned\s+orders\s+(?:(?:that|which)\s+(?:were|had\s+been)\s+)?(?P<placed>placed|ordered)\s+(?=(?:in|since|during|from|before|after|between|on|this|last)\b)", r"orders that were returned, \g<placed> "),
        (r"^(?P<many>how\s+many\s+(?P<what>\w+))\s+(?:because|bc)\s+(?:of\s+)?(?P<one>['\"“‘][^'\"”’]+['\"”’])\s*,?\s+and\s+how\s+many\s+(?:because|bc)\s+(?:of\s+)?(?P<two>['\"“‘][^'\"”’]+['\"”’])\s*\??$", r"\g<what> by return reason, return reason \g<one> or \g<two>"),
        (r"^[^:]*\b(?:one|a\s+single)\s+(?:number|figure)\s*:\s*(?=(?:the\s+)?(?:products|customers|orders|countries|cities|(?:order\s+)?lines)\b)", "how many "),
        (r"\bhad\s+orders\s+(?P<when>in\s+[\w\s]+?),?\s+none\s+of\s+(?:which|them)\s+(?:was|were|got)\s+returned\b", r"had at least 1 orders \g<when> and no returned orders"),
        (r"^(?P<one>p\d+|\d+th\s+percentile|median|average|mean)\s+of\s+(?P<rest>[^,?]+?)\s*,?\s+(?:plus|and)\s+(?:the\s+)?(?P<two>mean|average|median|maximum|minimum)\s*[?.]*$", r"\g<one> and \g<two> of \g<rest>"),
        (r"^(?:the\s+)?(?:sleeping|lapsed|dormant|lost|inactive|churned)\s+customers\s*[:–-]\s*(?=(?:ordered|bought|placed|had|purchased)\b)", "customers who "),
        (r",?\s*(?:starting|beginning)\s+(?:with|from)\s+the\s+(?:earliest|oldest|first)\s+(?:year|month|quarter|week|day)\b", ""),
        (r"\b(?P<n>\d+\s+(?:orders|units|lines|customers))\s+(?:in\s+total|altogether|overall)(?=\s+(?:where|who|that|and|but|with)\b)", r"\g<n>"),
        (r"^(?:the\s+)?(?P<n>\d+|two|three|four|five|six|seven|eight|ten)\s+(?P<what>countries|markets|regions|states|cities|segments|categories|sub-?categories|products|customers)\s+(?:where|whose)\s+(?P<figure>[a-z]+(?:\s[a-z]+)?)\s+(?:fell|dropped|declined|shrank|decreased)\s+(?:the\s+)?most(?:\s+in\s+(?:money|absolute|dollar)\s+terms|\s+in\s+dollars)?,?\s+(?P<when>[^:]+)(?::[^:]*)?$", r"top \g<n> \g<what> by decline in \g<figure> in dollars, \g<when>"),
        (r"^for\s+(?P<who>the\s+(?:[\w-]+\s+)?(?P<kind>region|countr|market|state|segment|categor|sub-?categor)(?:ies|s))\s*[:,]\s*(?P<what>the\s+[^:,?]+?)(?P<rest>\s*,\s*[^:]*)?$", r"\g<what> by \g<who>\g<rest>"),
        (r"\s*[,;(]\s*(?:with\s+)?(?:the\s+)?(?:first|earliest|oldest)\s+(?:quarter|month|year|week|day)\s+(?:first|on\s+top|at\s+the\s+top)\)?(?=\s*[.,;]|\s*$)", ""),
        # what only says again how something is meant, or shown
        (r"\s*\(\s*(?:the\s+)?country,?\s+not\s+(?:the\s+)?market\s*\)", ""),
        (r"\s*\(\s*(?:order\s+)?value\s*=\s*(?:the\s+)?(?:total\s+)?sales\s+of\s+(?:the|an|each)\s+(?:whole\s+)?order\s*\)", ""),
        (r"\s*\(\s*second\s+place\s+only\s*\)", ""),
        (r"\(?\bin\s+money,?\s+not\s+(?:in\s+)?(?:percent|%|per\s+cent)\)?", "in dollars"),
        (r",?\s+in\s+sequence\b", ""),
        (r",?\s+and\s+next\s+to\s+it\s+", " and "),
        (r",?\s+(?:there\s+)?and\s+what\s+(?:are|is|were|was)\s+(?:those|its|their|the)\s+(?:sales|profit|units|orders|margin)(?:\s+there)?(?=\s*[.?]*\s*$)", ""),
        (r",?\s+(?:there\s+)?and\s+what\s+(?:those|its|their|the)\s+(?:sales|profit|units|orders|margin)\s+(?:are|is|were|was)(?:\s+there)?(?=\s*[.?]*\s*$)", ""),
        (r",\s+with\s+the\s+growth(?:\s+rate)?(?=\s*,)", ""),
        (r"[.?]\s+show\s+\w+,\s+the\s+20\d\d\s+figure\s+and\s+the\s+20\d\d\s+figure\s*\.?$", ""),
        (r"^(?P<which>[^:?]{6,}?\b(?:orders|lines|customers|products)\b[^:?]*?)\s*(?:[–:,]|\s-)\s*how\s+many\s+of\s+(?:those|them|these)(?:\s+(?:were|are)\s+there)?\s+(?P<when>(?:in|during|by|per)\s+[^?]+?)\s*\??$", r"how many \g<which> \g<when>"),
        (r"\bloyal\s+customers(?:\s+do\s+we\s+have)?\s*,?\s*\(?(?:i\.?\s?e\.?|that\s+is|meaning)\s*,?\s*(?:(?:those|customers|people)\s+)?who\s+", "customers "),
        # what is left out, what is lost, what comes back
        (r"^if\s+we\s+(?:leave\s+out|ignore|exclude|drop|remove|disregard)\s+(?:all\s+|every\s+)?(?P<out>[^,]+),\s+what\s+would\s+(?:the\s+)?(?P<figure>[\w\s]+?)\s+(?:have\s+been|be)\b(?P<rest>[^?]*)\??$", r"\g<figure>\g<rest> without \g<out>"),
        (r"^what\s+would\s+(?:the\s+)?(?P<figure>[\w\s]+?)\s+(?:have\s+been|be)\b(?P<rest>[^?]*?)\s+if\s+we\s+(?:leave\s+out|left\s+out|ignored?|excluded?|dropped|removed?)\s+(?:all\s+|every\s+)?(?P<out>[^?]+?)\s*\??$", r"\g<figure>\g<rest> without \g<out>"),
        (r"\bwithout\s+orders?\s+that\s+(?:was|were|got)\s+returned\b", "without returned orders"),
        (r"^(?:the\s+)?customers\s+(?:that\s+)?we(?:['’]ve|\s+have)?\s+lost\s*[:–-]\s*(?=(?:ordered|bought))", "customers who "),
        (r"\b(?P<did>ordered|bought)\s+in\s+(?P<one>20\d\d),?\s+(?:and\s+|but\s+)?nothing\s+in\s+(?=20\d\d)", r"\g<did> in \g<one> but not in "),
        (r"^when\s+(?:an\s+order|orders)\s+(?:comes?\s+back|is\s+returned|are\s+returned),?\s+how\s+many\s+days\s+after\s+the\s+order(?:\s+date)?\s+does\s+(?:that|it)\s+happen(?:\s+on\s+average)?\s*\??$", "average days to return"),
        (r"\borders\s+placed\s+(?P<when>in\s+20\d\d)\s+(?:that\s+|which\s+)?(?:came\s+back|were\s+returned|got\s+returned)\s+within\s+(?P<n>\d+)\s+days\s+(?:of|after)\s+(?:the\s+order(?:\s+date)?|ordering|being\s+ordered)", r"returned orders placed \g<when> with days to return of at most \g<n>"),
        (r"\b(?P<between>between\s+(?:the\s+)?order\s+date\s+and\s+(?:the\s+|its\s+)?return\s+date)\s+(?:for|of|over|across)\s+(?:all\s+)?(?:the\s+)?returned\s+orders\b", r"\g<between>"),
        (r"\bdays\s+(?:pass|passed|lie|lay|go\s+by|elapse)\s+on\s+average\s+(?=between\b)", "days on average "),
        (r"^what\s+(?:do|did)\s+we\s+(?:pay|spend)\s+(?:in|on|for)\s+(?=shipping\s+costs?\b)", ""),
        (r"\b(?P<end>biggest|highest|largest|deepest|lowest|smallest)\s+discount\s+(?:given|granted|offered|we\s+gave)\b", r"\g<end> discount on one order line"),
        (r"^how\s+many\s+days\s+longer\s+(?:does|do|did)\s+(?P<one>[\w\s]+?)\s+take\s+to\s+ship\s+than\s+(?P<two>[\w\s]+?)(?:,?\s+on\s+(?:avg|average))?\s*\?*$", r"difference in average days to ship between \g<one> and \g<two>"),
        (r"\bhow\s+many\s+units\s+are\s+there\s+(?:on|in|per)\s+an?\s+order(?P<line>\s+line)?\s+on\s+average\b", r"average units per order\g<line>"),
        (r"\borders\s+(?:that|which)\s+(?:had|have|contained?)\s+something\s+from\s+(?P<one>[\w\s]+?)\s+and\s+something\s+from\s+(?P<two>[\w\s]+?)(?:\s+in\s+(?:the\s+same|one)\s+(?:basket|order|go))?(?=\s*[.?,]|\s*$)", r"orders containing both \g<one> and \g<two>"),
        (r"\s+(?:are\s+)?in\s+our\s+(?:range|assortment|catalogue|catalog|portfolio)\s+that\s+nobody\s+(?:ordered|bought)\b", " were never sold"),
        (r"\brunner[\s-]up\b", "second best"),
        (r"\b(?P<orders>orders(?:\s+(?:in|from|of)\s+20\d\d)?)\s+(?:lost\s+money|made\s+a\s+loss)\s+overall\s+(?:even\s+)?though\s+at\s+least\s+one\s+of\s+(?:their|its)\s+lines\s+(?:was|were)\s+(?P<kind>profitable|at\s+a\s+profit)", r"\g<orders> contain at least one profitable line but made a loss overall"),
        (r",\s+meaning\s+(?:that\s+)?every\s+(?:single\s+)?line\s+(?:had|carried)\s+a\s+discount\b", ""),
        (r"\b(?:run|ran|runs)\s+on\s+(?=an?\s+(?:profit\s+)?margin\b)", "had "),
        # a share of what belongs to one of them
        (r"^(?:what|which)\s+(?P<share>share|percentage|proportion|fraction|part)\s+of\s+(?:the\s+)?(?P<whole>(?-i:[A-Z])[\w&]*(?:\s(?-i:[A-Z])[\w&]*)*(?:\s+(?:market|segment|region|category))?)['’]s\s+(?P<figure>sales|profit|units|orders|revenue)\s+(?P<when>in\s+20\d\d\s+)?(?:does|do|did)\s+each\s+(?P<group>[\w-]+)\s+(?:account\s+for|make\s+up|represent|bring\s+in|have|contribute)(?P<rest>[^?]*)\??$", r"\g<share> of \g<figure> by \g<group> in the \g<whole> \g<when>\g<rest>"),
        (r"\b(?:for|of|by)\s+(?:all\s+)?(?:the\s+)?(?P<kind>region|state|segment|market)s\s+(?:of|in)\s+(?=the\s+(?:\w+\s+){1,2}market\b)", r"by \g<kind> in "),
        (r"\b(?P<who>countries|states|cities|markets|regions)\s+(?:that\s+|which\s+)?(?:placed|had|made)\s+(?:any\s+)?orders\s+(?=in\s+20\d\d\s+but\b(?!\s+(?:none|no|not|never)\b))", r"\g<who> with at least 1 orders "),
        # who is listed, and columns that are told again
        (r"^\s*(?:list|show|give|find|return|get)\s+(?:me\s+)?(?:the\s+)?(?:ids?|names?)\s+and\s+(?:the\s+)?(?:ids?|names?)\s+of\s+(?:(?:every|each|all(?:\s+the)?|the)\s+)?(?P<what>product|customer)s?\s+(?=(?:with|having|that|who|which)\b)", r"list \g<what>s "),
        (r"[,;]\s*(?:with|and|showing)\s+(?:that|the|its|their)\s+(?:return\s+)?rate(?:\s+shown)?(?=\s*[,.;]|\s*$)", ""),
        (r"^(?P<said>.*\b(?P<figure>margin|sales|profit|orders|units|discount|rate)\b.*?)[,;]\s*(?:the\s+)?(?P=figure)\s+shown(?=\s*[,.;]|\s*$)", r"\g<said>"),
        (r"^(?P<said>[^:]*\b(?P<figure>sales|profit|margin|orders|units)\b[^:]*\b20\d\d\b[^:]*\bthan\b[^:]*\b20\d\d\b[^:]*):\s*(?:name\s*,?\s*)?(?:(?:and\s+)?20\d\d\s+(?P=figure)\s*,?\s*){2}$", r"\g<said>"),
        (r"^which\s+(?P<what>(?:products|customers|orders|countries|cities)\s+[^?]+)\?\s+(?:just\s+|only\s+)?(?:the\s+)?number(?:\s+of\s+them)?\s+(?P<by>(?:per|by|in\s+each|for\s+each)\s+\w+)\s*[.?]*$", r"how many \g<what> \g<by>"),
        (r"^(?P<which>(?:customers|clients|orders|products)\b[^:?.]+?)\.\s*how\s+many,?\s+(?P<by>(?:by|per)\s+[^?]+?)\s*[?.]*\s*$", r"how many \g<which> \g<by>"),
        # months of a year, and the year before
        (r"\b(?P<each>each|every)\s+month\s+of\s+(?P<year>20\d\d)\s+from\s+(?P<month>january|february|march|april|may|june|july|august|september|october|november)\s+on(?:wards?)?\b", r"\g<each> month from \g<month> \g<year> to December \g<year>"),
        (r"\s*[,(]\s*(?:from\s+)?january\s+on(?:wards?)?\)?(?=\s*[.,;?]|\s*$)", ""),
        (r"\bfor\s+(?:every|each)\s+(?:full\s+|whole\s+|calendar\s+)*year\s+(?=20\d\d)", "for each of the years "),
        (r"\bover\s+the\s+(?P<unit>month|quarter|week)s\s+of\s+(?=20\d\d)", r"by \g<unit> in "),
        (r"^(?:by\s+)?how\s+much\s+did\s+(?P<when>last\s+month|this\s+month|last\s+quarter|(?:[a-z]+\s+)?20\d\d)(?:['’]s)?\s+(?P<figure>[a-z]+(?:\s[a-z]+)?)\s+differ\s+from\s+(?:the\s+)?(?:(?P=figure)\s+(?:of|in)\s+|that\s+of\s+|those\s+of\s+)?(?:the\s+same\s+(?P<unit>month|quarter)\s+)(?:(?:one|a)\s+year\s+(?:earlier|before)|(?:of|in)\s+the\s+(?:previous|prior)\s+year)", r"\g<figure> \g<when> compared to the same \g<unit> last year"),
        (r",?\s+while\s+(?=(?:sales|profits?|margins?|orders|units|revenue)\s+(?:fell|rose|grew|dropped|declined|increased|decreased|shrank|went)\b)", " but "),
        # of returned orders, returns that were none
        (r"\b(?P<days>days\s+(?:to\s+return|(?:on\s+average\s+)?between\s+(?:the\s+)?order(?:\s+date)?\s+and\s+(?:the\s+|its\s+)?return(?:\s+date)?)\b[^?.;]*?)\s*,?\s+(?:for|over|of|across)\s+(?:all\s+)?(?:the\s+)?returned\s+orders\b", r"\g<days>"),
        (r"\s*,?\s+where\s+none\s+(?:was|were|has\s+been|have\s+been)\s+(?:ever\s+)?returned\b", " and no returned orders"),
        (r"\b(?P<bought>bought|ordered|sold|had)\s+(?P<what>[\w\s&-]{3,30}?)\s+in\s+(?P<one>20\d\d)\s+but\s+no\s+(?P=what)(?:\s+at\s+all)?\s+in\s+(?=20\d\d)", r"\g<bought> \g<what> in \g<one> but not in "),
        (r"\bnever\s+(?P<one>(?-i:[A-Z])[\w&-]+)\s+(?:and|or)\s+never\s+(?=(?-i:[A-Z]))", r"not \g<one> or "),
        (r"\bmake\s+or\s+lose\b", "make"),
        (r"^how\s+much\s+of\s+(?P<what>(?:the\s+)?(?:product\s+)?(?:['\"“‘][^'\"”’]+['\"”’]|(?-i:[A-Z])[\w-]+))\s+(?:did\s+we\s+sell|have\s+we\s+sold|was\s+sold)(?P<when>[^,?]*?),?\s+(?:measured\s+|expressed\s+|told\s+)?(?:in(?:\s+terms\s+of)?|by)\s+(?P<figure>sales|units|revenue|pieces)\s*\??$", r"\g<figure> of \g<what>\g<when>"),
        (r"\borders\s+placed\s+(?P<when>in\s+[\w\s]+?)\s+consist(?:ed|ing)?\s+(?:only|solely|entirely|exclusively)\s+of\s+", r"orders \g<when> with only "),
        # figures that only are said again, or how they come about
        (r"\s*[-=]+>\s*(?=[A-Za-z])", ", "),
        (r"(?P<said>\b(?P<mean>median|average|mean|sum|total|highest|largest|lowest)\b[^()]*?)\s*\((?:the\s+|i\.?e\.?,?\s+the\s+|=\s*)?(?P=mean)\s+of\s+(?:the\s+|all\s+)?[a-z'’\s]+\)", r"\g<said>"),
        (r"[,;]?\s*\(?\b(?:taking|treating|counting|computing|calculating|measuring|with)\s+(?:an?|each|every|the)\s+order['’]s\s+(?:total|value)\s+(?:as|being)\s+(?:the\s+)?(?:sum|total)\s+of\s+(?:the\s+)?sales\s+(?:on|of)\s+(?:its|all\s+its|the)\s+lines\)?", ""),
        (r",?\s*\(?\b(?:summing|adding\s+up|counting)\s+(?:the\s+|up\s+the\s+)?profits?\s+(?:of|on|over)\s+(?:all\s+)?(?:of\s+)?(?:their|its|the)\s+lines\)?", ""),
        (r"\s*\(\s*(?:(?:so|with|where)\s+)?january\s+(?:is\s+|being\s+)?(?:of\s+course\s+)?(?:measured\s+|compared\s+)?(?:against|with|to|vs\.?)\s+(?:the\s+)?december(?:\s+20\d\d)?\s*\)", ""),
        (r"\s*\(\s*running\s+total\s+(?:starting|beginning)\s+(?:in|with|from)\s+january\s*\)", ""),
        (r",?\s+and\s+how\s+(?:much|many|high|large|big|many\s+\w+)\s+(?:was|is|were|are)\s+(?:it|that|they)(?:\s+(?:in|for)\s+each)?(?=\s*\??\s*$)", ""),
        (r"\b(?:total\s+)?number\s+of\s+(?=days\s+(?:to|from|until|between)\b)", ""),
        # days between an order and its return
        (r"(?:\b(?:how\s+many|number\s+of|the)\s+)?\bdays\s+(?:on\s+average\s+)?(?:(?:passed|pass|lay|lie|elapsed|elapse|are\s+there|were\s+there|went\s+by)\s+)?between\s+(?:the\s+)?order(?:ing)?(?:\s+date)?\s+and\s+(?:the\s+|its\s+)?return(?:ing)?(?:\s+date)?", "days to return"),
        (r"^(?P<lead>.*?)\bhow\s+(?:many\s+days|long)\s+(?:on\s+average\s+)?after\s+(?:ordering|the\s+order(?:\s+date)?(?:\s+was\s+placed)?|it\s+was\s+(?:placed|ordered))\s+(?:is|are|was|were)\s+(?:an\s+order|orders|they|it)\s+returned(?P<rest>[^?]*)", r"\g<lead>days to return\g<rest>"),
        (r"^how\s+long\s+does\s+it\s+take(?P<mean>\s+on\s+average)?\s+until\s+an\s+order\s+is\s+returned(?:,?\s+in\s+days(?:\s+after\s+(?:the\s+order|ordering))?)?", r"days to return\g<mean>"),
        (r"\b(?P<what>return(?:s|ed\s+orders)\b[^,?.]*?)\s+(?:(?:that|which)\s+)?(?:(?:came|come|were\s+made|happened|arrived|(?:were|was)\s+returned)(?:\s+(?:in|back))?\s+)?(?P<n>(?:more|less|later|no\s+later|no\s+more|at\s+least)\s+(?:than\s+)?\w+\s+days?)\s+after\s+(?:the\s+order(?:\s+(?:date|was\s+placed))?|ordering|being\s+ordered|they\s+(?:were|had\s+been)\s+ordered)", r"\g<what> with days to return of \g<n>"),
        (r"\b(?:because|bc)\s+(?:(?:the|their)\s+\w+\s+|of\s+|it\s+|they\s+)?(?:was\s+|were\s+)?(?=[\"“'‘])", "with return reason "),
        # what of it was returned, what hangs on the largest
        (r"^(?:which|what)\s+(?:share|percentage|proportion|fraction|part)\s+of\s+(?:the\s+)?(?P<what>sales|revenue|profit|units)\s+of\s+(?:all\s+)?orders\s+(?:placed\s+)?(?P<when>(?:in|during|since|from)\s+[\w\s]+?)\s+(?:belongs?\s+to|comes?\s+from|came\s+from|is\s+from|was\s+from|falls?\s+on)\s+orders\s+that\s+(?:were|got|have\s+been)\s+returned\s*\??$", r"what share of \g<what> \g<when> was returned"),
        (r"\b(?:depends|depended|hangs|hung|hinges|rests)\s+on\s+", "came from "),
        (r"^how\s+much\s+of\s+(?P<rest>[^?]+?),?\s+(?:(?:expressed\s+|given\s+)?as\s+a\s+(?:percentage|share|fraction)|in\s+(?:percent|%|per\s+cent))\s*\??$", r"what share of \g<rest>"),
        (r"\b(?P<and>and|but|with)\s+(?:none\s+of\s+(?:them|those(?:\s+(?:20\d\d\s+)?orders)?|these(?:\s+orders)?|its\s+orders|their\s+orders)\s+(?:was\s+|were\s+|got\s+)?returned|not\s+a\s+single\s+(?:returned\s+(?:one|order)|return)(?:\s+among\s+(?:them|those|these))?|no\s+returns?)(?=\s*[,;.?–-]|\s*$)", r"\g<and> no returned orders"),
        (r",\s+none\s+of\s+(?:them|those(?:\s+(?:20\d\d\s+)?orders)?|which)\s+(?:was\s+|were\s+|got\s+)?returned(?=\s*[,;.?–-]|\s*$)", " and no returned orders"),
        (r"\bwithout\s+(?:ever\s+)?(?:getting|receiving|being\s+given|having)\s+(?:a|any)\s+discount(?:\s+(?:on|for)\s+(?:a\s+single|any|even\s+one)\s+(?:order\s+)?(?:line|item|product|order))?(?P<when>\s+(?:that|the\s+same)\s+(?:year|month|quarter))?", r"but never bought at a discount\g<when>"),
        (r"\b(?:even\s+though|although|though|despite(?:\s+the\s+fact\s+that)?)\s+(?:no|not\s+any)\s+discounts?\s+(?:(?:was|were|had\s+been|has\s+been)\s+)?(?:given|granted|applied|offered)(?:\s+(?:on|for)\s+(?:them|it|these|those))?", "without a discount"),
        (r"\bdespite\s+(?=(?:at\s+least|more\s+than|over|fewer\s+than|having)\b)", "with "),
        (r"\bmost\s+(?:heavily|deeply|highly|steeply)\s+discounted\b(?=\s+first)", "highest"),
        (r"\b(?:ran|run|stood|came\s+in|ended\s+up|closed|finished)\s+at\s+(?=an?\s+(?:profit\s+|gross\s+)?margin\b)", "had "),
        (r"\bended\s+(?=20\d\d\s+with\b)(?P<year>20\d\d)\s+with\s+", r"in \g<year> had "),
        (r"^(?:how\s+often\s+is|how\s+often\s+are)\s+[^?]+\?\s+(?=number\s+of\b|count\b)", ""),
        (r"\b(?:on|in)\s+(?:the|our)\s+(?:books|file|files)\b(?=\s*[?.,]|\s+(?:have|has|who|that)\b|\s*$)", ""),
        (r"\s*[-–,(;]*\s*\b(?:both|all(?:\s+\w+)?|(?:two|three|four)\s+(?:figures|numbers|values|percentages|rates))\s+in\s+(?:one|a\s+single)\s+row\)?[.\s]*$", ""),
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
        # names that contain a word
        (r"\b(?:products|articles|items)\s+(?:(?:that\s+have|having|with)\s+[\"“‘']?(?P<one>(?-i:[A-Z])[\w&-]+)[\"”’']?\s+in\s+(?:the|their|its)\s+(?:product\s+)?names?|whose\s+names?\s+(?:contains?|includes?|has|have)\s+[\"“‘']?(?P<two>(?-i:[A-Z])[\w&-]+)[\"”’']?)", r"\g<one>\g<two> products"),
    )
)  # fmt: skip


_BETWEEN = re.compile(
    r"(?P<what>\b(?:difference|change|gap)\b[^?]*?\bbetween\s+)(?P<one>(?:q[1-4]|h[12])\s+20\d\d)\s+and\s+(?P<two>(?:q[1-4]|h[12])\s+20\d\d)\b",
    re.I,
)


def _early_first(found: re.Match[str]) -> str:
    """ "The difference between Q3 2026 and Q2 2026": of the two, no stretch of time."""
    one, two = sorted((found["one"], found["two"]), key=lambda text: (text[-4:], text[:2].lower()))
    return f"{found['what']}{one} and {two}"


def plainly(question: str) -> str:
    """The question with its roundabout ways told plainly."""
    question = in_forms(with_members_defined(question), PLAINLY)
    return with_stretch_of_both(with_moves_told(_BETWEEN.sub(_early_first, of_one_line(question))))
