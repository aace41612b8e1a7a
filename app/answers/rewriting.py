"""Forms of speech that say the same, brought to the one form that the rules read."""

from __future__ import annotations

import re

from app.answers.dates.names import MONTH_NUMBERS
from app.answers.vocabulary.beside import with_figures_named
from app.answers.vocabulary.between_orders import BETWEEN_ORDERS
from app.answers.vocabulary.courtesies import without_courtesies
from app.answers.vocabulary.dates_of_orders import with_dates_named
from app.answers.vocabulary.frames import asked_again, left_aside_behind, without_frames
from app.answers.vocabulary.in_every_one import with_sets_told
from app.answers.vocabulary.names_wanted import as_lists
from app.answers.vocabulary.ordering import with_order_told
from app.answers.vocabulary.orders_in_a_row import ORDERS_IN_A_ROW
from app.answers.vocabulary.restated import RESTATED
from app.answers.vocabulary.returned import RETURNED
from app.answers.vocabulary.spans import with_spans_named
from app.answers.vocabulary.steps import without_first_step
from app.answers.vocabulary.text import Forms, compiled, in_forms

PACE = {"fast": "most", "quick": "most", "slow": "least", "rapid": "most"}
_GROW = r"(?:grow|grew|grows|grown|growing|rose|rise|rising|increase|increased|increasing|growth)"
_FALL = r"(?:declin(?:e|ed|ing)|fell|fall|falling|shr[ai]nk|shrinking|drop|dropped|dropping|decreas(?:e|ed|ing))"
PACE_OF_GROWTH = (
    re.compile(rf"\b(?:the\s+)?(?P<pace>fast|quick|slow|rapid)(?:est)?(?:ly)?[\s-]+(?P<verb>{_GROW}|{_FALL})\b", re.I),
    re.compile(rf"\b(?P<verb>{_GROW}|{_FALL})\s+(?:the\s+)?(?P<pace>fast|quick|slow)est\b", re.I),
)
_THAN = r"more|less|fewer|greater|higher|lower|bigger|larger|smaller|better|worse|longer|shorter"
_MONTHS = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
_AGAINST = r"vs\.?|versus|and|or|against|compared\s+(?:to|with)"
ABBREVIATIONS = {
    "qty": "quantity", "val": "value", "rev": "revenue", "prods?": "product", "custs?": "customers", "yr": "year",
    "yrs": "years", "qtrs?": "quarter", "mths?": "month", "wks?": "week", "cats?": "category", "ords?": "orders",
    "avg": "average", "vol": "volume", "pct": "percent", "approx": "about", "incl": "including",
    "wat": "what", "em": "them", "u": "you", "altho": "although", "tho": "though", "sry": "sorry", "abt": "about", "n": "and", "costed": "cost", "w": "with",
    "nr": "number", "r": "are", "hw": "how", "teh|hte": "the", "hwo(?= (?:many|much|long))": "how",
    "wich|whcih|whch": "which", "waht|whta|wht": "what", "adn": "and",
    "thier": "their", "taht": "that", "shwo": "show", "disc(?:n|ou)?t|dscnt": "discount", "prft": "profit", "mrgn": "margin",
    "sls": "sales", "c(?:n|ou)?try": "country", "cntries": "countries", "mkt": "market", "mkts": "markets", "prdct": "product",
    "prdcts": "products", "cstmrs?": "customers", "rgn": "region", "rtn(?= rate)": "return", "amt": "amount",
    "mthly": "monthly", "wkly": "weekly", "qr?tr?ly": "quarterly", "yrly": "yearly",
    "shp(?= (?:mode|cost))": "ship", "segs": "segments",
    "lst(?= (?:year|month|week|quarter))": "last", "cust(?= id)": "customer",
}  # fmt: skip
_MEAN = "average|avg|mean|typical|median|highest|lowest|maximum|minimum"
_THING = "order|customer|client|line|product|order line"
_UNIT = "day|week|month|quarter|year"
_SHIPPING = "(?:shipping|shipment|ship|dispatch)"
_OVER_UNDER = r"more\s+than|less\s+than|fewer\s+than|at\s+least|at\s+most|over|above|under|below"
_OPPOSITE = {"more than": "at most", "over": "at most", "above": "at most", "less than": "at least", "fewer than": "at least",
             "under": "at least", "below": "at least", "at least": "less than", "at most": "more than"}  # fmt: skip
_EXCEPT_THOSE = re.compile(
    r"\b(?:except|excluding|without|but\s+not|other\s+than|apart\s+from)\s+(?:for\s+)?(?:those|the\s+ones|ones)\s+(?:with|having|that\s+have)\s+"
    rf"({_OVER_UNDER})\b",
    re.I,
)
_AT_LEAST = r"(?:at\s+least|at\s+most|more\s+than|less\s+than|fewer\s+than|exactly|only|just)"
_COUNT = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)"
_OF_A_COUNTRY = r"(?:states?|cities|towns|customers?|clients|buyers|market|regions?|orders?|sales|revenue|profits?|margins?|business|consumers?|corporate)"
_US_BEFORE = r"^|\b(?:in|of|for|from|the|our|which|what|per|by|all|only|and|or|vs\.?|versus|how\s+many|number\s+of|top|bottom|best|worst|biggest|largest|smallest|\d+|list|every|each|most|many)\s+|[,:(]\s*"
_PACE_WORD = r"(?:slowest|slower|slow|fastest|faster|fast|quickest|quicker|quick)"
_PORTION = r"(?:share|percentage|percent|proportion|fraction|part|portion|%)"
_AMOUNT = r"(?:\d[\d.,]*k?|one|two|three|four|five|six|seven|eight|nine|ten)"

# Each form and what is read instead, in order.
FORMS: Forms = compiled(
    (
        (r"\b((?:that|which)\s+(?:were|have\s+been|had\s+been)\s+(?:never|not)\s+returned),?\s+((?:placed|made)\s+[\w\s]{3,30}?)(?=\s*(?:[-–,?.]|$))", r"\2 \1"),
        (r"\bq([1-4])[\s'’/-]+(2\d)\b(?=\s*(?:$|[,.;?!)]|vs\b|versus\b|and\b|to\b|against\b|compared\b|by\b|per\b|for\b|in\b|over\b))", r"Q\1 20\2"),
        (r"\b(same[\s-]day|(?:first|second|standard)\s+class)\s+(?:ship(?:ping|ment)?\s+)?mode\b", r"\1"),
        (r"\bmost\s+recent\b", "latest"),
        (r"\bits\s+own\b", "its"),
        (r"[\s,(–-]*\byes\s*(?:/|or)\s*no\b[\s?.!)]*$", "?"),
        (r"\bdid\s+we\s+(?:receive|take\s+in|get\s+in)\b", "did we have"),
        (r"^(?P<those>(?:(?-i:[A-Z])[\w&]+(?:\s+(?-i:[A-Z])[\w&]+)*(?:\s*,\s*|\s+and\s+)?){2,5})\s+each\s*:\s*(?P<asked>.+?)[\s?.!]*$", r"\g<asked> for \g<those> each"),
        (r"^(?P<what>(?!what|how|which|who|show|list|give|tell|please|for\b|of\b|in\b|among\b|from\b)[\w\s%&'’.,-]{4,90}?\borders\b[^:?]*?)\s*(?:[–—:]|\s-)\s*how\s+many\b(?!\s+of\b)(?:\s+orders\b)?(?P<rest>.*)$", r"how many \g<what>\g<rest>"),
        (r"\breturn\s+rate\s+(?:of|for|among)\s+(?:the\s+|all\s+)?orders\s+(?:that\s+were\s+)?(?:placed|made)\s+(?=in\b|during\b|since\b|between\b)", "return rate "),
        (r"(?:,?\s*(?<!figure )(?<!number )(?<!total )(?<!row )(?<!line )\bfor\s+each)\s*[.?!]*$", ""),
        (r"^(?:on\s+average,?\s+)?how\s+many\s+(?P<what>(?:order\s+)?lines|items|units|products|pieces)\s+(?:does|do|did)\s+(?:an?|each|every)\s+(?P<whole>order|customer)\s+(?:have|has|contain|hold|include|buy|take)s?\b(?:,?\s+on\s+average)?", r"average number of \g<what> per \g<whole>"),
        (r"^how\s+many\s+(?![^?]*\b(?:per|an?|each|every)\s+(?:day|week|month|quarter|year)\b)(?P<what>(?:order\s+)?lines|items|units|products|pieces|orders)\s+(?:does|do|did)\s+(?:an|the)\s+(?:average|mean)\s+(?:(?P<kind>(?-i:[A-Z])[\w-]+(?:\s+(?-i:[A-Z])[\w-]+)?)\s+)?(?P<whole>order|customer)\s+(?P<which>[\w\s-]*?)\s*\b(?:have|has|contain|hold|include|consist\s+of|buy|take|place|make)\b", r"average number of \g<what> per \g<whole> \g<kind> \g<which>"),
        (r"^on\s+average,?\s+how\s+many\s+(?P<what>(?:order\s+)?lines|items|units|products|pieces|orders)\s+(?:are|were)\s+(?:there\s+)?(?:per|for\s+(?:each|every)|(?:in|to)\s+(?:an?|each|every|one))\s+(?P<whole>order|customer)\b", r"average number of \g<what> per \g<whole>"),
        (r"^how\s+many\s+(?P<what>(?:order\s+)?lines|items|units|products|pieces|orders)\s+(?:are|were)\s+(?:there\s+)?(?:on\s+average\s+)?(?:per|for\s+(?:each|every)|(?:in|to)\s+(?:an?|each|every|one))\s+(?P<whole>order|customer)\b(?:(?<=average per order)|(?<=average per customer)|(?=[^?]*\bon\s+average\b))(?P<rest>[^?]*?)(?:,?\s+on\s+average)?\s*[?.]*$", r"average number of \g<what> per \g<whole>\g<rest>"),
        (r"\bsince\s+(20\d\d)\s+(?:began|started)\b", r"since \1"),
        (r"^(?:i|we)\s+require\s+", "show "),
        (r"\b(made|make|makes|making|with|at|show(?:s|ed|ing)?)\s+an?\s+(?:overall|total)\s+loss\b", r"\1 a loss"),
        (r"\bby\s+days\s+(?=to\s+(?:ship|return)\b)", "by the days "),
        (r"^identify\s+", "show "),
        (r",?\s*\b(?:stating|quoting|indicating)\s+(?=the\b|their\b|its\b)", " with "),
        (r",?\s*\b(?:presented|shown|set\s+out|laid\s+out)\s+(?=(?:by|per|for\s+each)\b)", " "),
        (r",?\s*\b(?:overall\s+)?(?:over|for|in|across)\s+the\s+(?:whole|entire|full|complete)\s+(?:period|time|history)(?:\s+on\s+record)?\b", " "),
        (r"\s+on\s+record\b", ""),
        (r"\bdays\s+(?:that\s+)?(?:elapsed|passed|lay|lie|went\s+by)\s+(?=between\b)", "days "),
        (r"\b(?:the\s+)?(?P<who>customer)(?:['’]s)?\s+(?:id|ID|number|key)s?\s*(?:,\s*(?:and\s+)?|\s+and\s+)(?:(?:the|their|its)\s+)?(?:customer\s+)?names?\b", r"\g<who>"),
        (r",?\s*\bnot\s+even\s+(?:once|a\s+single\s+time)\b", " "),
        (r"\(?,?\s*\b(?:going|go|counted|counting|judged|i\.?e\.?,?|that\s+is,?)\s+by\s+(?:the\s+)?(?:(?:day|date)\s+of\s+(?:the\s+)?order|order\s+(?:day|date))\)?", " by order date"),
        (r"^(?:(?:please|kindly|pls|can\s+you|could\s+you|will\s+you|now)\s+)*(?:state|set\s+out|lay\s+out|specify|indicate)\b(?!s)[\s,:]*(?!by\b|in\b|with\b|of\b|or\b|and\b|vs\b)", "show "),
        (r"\b(in|within|across|just|only|the)\s+us\b(?!\s+dollars?\b)", r"\1 US"),
        (r"\b(?:(?:are|is|be|was|were|been)\s+)?(?:running|operating|working)\s+at\s+a\s+(loss|profit)\b", r"made a \1"),
        (r"^(?:and\s+)?(?:what\s+(?:were|are|was|is)|show|give)\s+(?:me\s+)?(?:those|these|the\s+same|that)\s+(?:figures?|numbers?|values?|metrics?)\s+(?=(?:for|in|by|without)\b)", ""),
        (r"\b(?:in|into)\s+chronological\s+order\b|\bchronologically\b", ""),
        (r"\bin\s+average\b", "on average"),
        (r"^(?:(?:please|kindly|pls)\s+)*share\s+(?:with\s+(?:me|us)\s+)?(?=(?:the|our|all|your)\s)(?!the\s+share)", "show "),
        (r"\bcontribut(?:e|es|ed|ing)\s+(?=(?:the\s+)?(?:most|least|highest|lowest)\b)", "made "),
        (r"^on\s+average,?\s+(?=days\s+to\s+(?:ship|return)\b)", ""),
        (r"\bsuperior\s+to\b", "above"),
        (r"\binferior\s+to\b", "below"),
        (r"\bor\s+(?:deeper|steeper)\b", "or more"),
        (r"\bsteepest\b", "biggest"),
        (r"(?<!last\s)(?<!this\s)(?<!previous\s)(?<!prior\s)(?<!current\s)(?<!same\s)\b(day|week|month|quarter|year)\s+(?:after|by)\s+\1\b", r"by \1"),
        (r"\b(?:fell|falls?|fallen|dropped|drops|dipped|slipped|sank|went|lay|lies)\s+(below|under)\s+(?=[$€£]?\d)", r"was \1 "),
        (r"\b(?:rose|rises?|climbed|went|got|lay|lies)\s+(above|over)\s+(?=[$€£]?\d)", r"was \1 "),
        (r"^(?:per|for\s+each|in\s+each|for\s+every)\s+(\w+)\s*[:,–-]\s*((?:the\s+)?(?:top|best|bottom|worst)\b.+?)[?.!]*$", r"\2 in each \1"),
        (r"\bin\s+(?:date|calendar|time)\s+order\b", ""),
        (r"\bover\s+(?=20\d\d\s+and\s+20\d\d\b)", "in "),
        (r"^how\s+(?:fast|quickly|strongly)\s+did\b", "how much did"),
        (r"\bbc\b(?:\s+of)?", "because of"),
        (r"\b(?:is|are|was|were)\s+(?:our\s+|the\s+)?(?:fastest|quickest|biggest|strongest)[\s-]+growers?\b", "grew the most"),
        (r"\b(?:is|are|was|were)\s+(?:our\s+|the\s+)?(?:slowest|weakest)[\s-]+growers?\b", "grew the least"),
        (r"\b(cumulative|running\s+(?:total|sum))\b(.*)\bthrough(?:out)?\s+(?=20\d\d\b)", r"\1\2in "),
        (r"\b(?:the\s+)?(?:shipping|shipments?)\s+(?:has\s+|have\s+)?cost(?=\s+(?:us|the)\b)", "shipping cost"),
        (r"[,;(]?\s*\b(?:over\s+)?(?:the\s+)?(?:full|whole|entire|complete|all)\s+history\b\)?", " "),
        (r"\b(?:the\s+)?(?:current|running)\s+(?:year\s+to\s+date|ytd)\b", "year to date"),
        (r"\bat\s+(?:some|any)\s+(?:time|point|moment)\b", "ever"),
        (r"\bper\s+cent\b", "percent"),
        (r"(?<![\d.])(\d{1,2}(?:\.\d+)?|100)\s+percent\b", r"\1%"),
        (r"^((?:and\s+|now\s+|ok\s+|then\s+|please\s+)*(?:show|take|use|give)?\s*[\w\s]{3,30}?)\s+(?:instead\s+of|rather\s+than)\s+(?:by\s+)?[\w\s]{3,30}[.!?]*$", r"\1 instead"),
        (r"\bon\s+average,?\s+how\s+many\s+(\w+)\s+(?:are|were|is)\s+(?:there\s+)?(?:in|per)\s+(?:an?|each|one|every)\s+order\b", r"average \1 per order"),
        (r"\b(?:the\s+)?goods\s+(?=(?:that|which|shipped|sold|ordered|returned|sent)\b)", ""),
        (rf"\bblack\s+friday,?\s*[(]?(?=\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTHS})\b)", ""),
        (r"\bcarrying\b", "with"),
        (r"\b(average\s+order\s+value|aov|margin|sales|profit|revenue|discount)\s+(?:of|for|on|from|in)\s+(?:the\s+)?returned\s+(?:orders\s+)?(?:vs\.?|versus|against|compared\s+(?:to|with)|and)\s+(?:(?:of|for|to|with)\s+)?(?:not[\s-]returned|non[\s-]returned|unreturned|kept)\s+orders\b(?:\s+placed\s+(?=in\b))?", r"\1 by returned or not ordered"),
        (r"\borders\s+(placed|made)\s+(?=20\d\d\b)", r"orders \1 in "),
        (r"\b(?:later|eventually|subsequently|ultimately|afterwards)\s+(?=(?:returned|sent\s+back|brought\s+back)\b)", ""),
        (r"\b(sales|revenue|turnover)\s+(?:(?:that\s+(?:is|are|sits?)\s+)?(?:sitting|sat|tied\s+up|locked\s+up|contained)|that\s+sits?)\s+in\s+returned\s+orders\b", "sales that were returned"),
        (rf"\b(takes?|took|taking|needs?|needed)\s+((?:{_OVER_UNDER}|longer\s+than|up\s+to)\s+)(?:an?|one|1)\s+week\b", r"\1 \g<2>7 days"),
        (rf"\b(takes?|took|taking|needs?|needed)\s+((?:{_OVER_UNDER}|longer\s+than|up\s+to)\s+)(?:two|2)\s+weeks\b", r"\1 \g<2>14 days"),
        (rf"\b(?:(?:that|which)\s+)?(?:takes?|took|taking|needs?|needed)\s+({_OVER_UNDER}|longer\s+than|up\s+to)\s+({_COUNT})\s+days?\s+(?:from|between)\s+(?:the\s+)?order(?:ing)?(?:\s+date)?\s+(?:to|and|until|till)\s+(?:the\s+|its\s+)?(?:shipment|shipping|dispatch|ship\s+date|shipping\s+date)\b", r"with days to ship \1 \2"),
        (rf"\b(?:(?:that|which)\s+)?(?:leaves?|left|leaving|goes\s+out|went\s+out|go\s+out|gets?\s+shipped|ships?|shipped)\s+within\s+({_COUNT})\s+days?\s+(?:of|after|from)\s+(?:the\s+|their\s+|its\s+|being\s+)?(?:order(?:ing|ed)?(?:\s+date)?|purchase)\b", r"with days to ship at most \1"),
        (r"\b(sold\s+at\s+a\s+loss|loss[\s-]making|made\s+a\s+loss)\s*\(\s*(?:i\.?e\.?,?\s+|with\s+|where\s+)?(?:a\s+|the\s+|their\s+)?(?:negative\s+profit|profit\s+(?:is\s+|was\s+)?(?:below|under|less\s+than|<)\s*(?:zero|0)|profit\s+(?:is\s+|was\s+)?negative)\s*\)", r"\1"),
        (r"^(?:per|by|for\s+each|for\s+every|in\s+each)\s+([a-z]+(?:\s+(?:type|mode|priority|day|group))?)\s*[:,]\s+(.{8,}?)[?.!\s]*$", r"\2 by \1"),
        (rf"\b({_PORTION}\s+of)\s+(?:its|their)\s+(?=.*\bby\s+\w+\s*[?.!]*$)", r"\1 "),
        (r"\b(?:of|for|on|from|in|between)?\s*(?:the\s+)?orders\s+(?:that|which)\s+(?:were|was|got|have\s+been)\s+(?:returned|sent\s+back)\s*,?\s+(?:vs\.?|versus|against|compared\s+(?:to|with)|and)\s+(?:(?:of|for|to|with)\s+)?(?:those|the\s+ones|ones|orders|the\s+others)\s+(?:that|which)\s+(?:(?:were|was|did|have|got)\s*(?:not|n['’]t)(?:\s+been)?)(?:\s+(?:returned|sent\s+back|get\s+returned))?\b", " by returned or not"),
        (r"\b(?:came|come)\s+back\s+with\s+(?:at\s+least\s+one|one\s+or\s+more|an?|another|any)\s+(?:new\s+|further\s+)?(?:order|purchase)s?\b", "ordered"),
        (r"\bfirst\s+(?:ever\s+)?(order|purchase)\s+(?:ever\s+)?(?:(?:fell|falls|happened|took\s+place|came|dates|dated|was\s+(?:placed|made))\s+(?=in\b|on\b|during\b))", r"first \1 was "),
        (r"\bcustomers\s+(?:that\s+|who\s+|whom\s+)?we\s+(?:won|acquired|gained)\s+(in|during)\s+([\w\s]{4,14}?)(?:\s*\((?:i\.?e\.?,?\s+)?(?:their\s+)?first\s+(?:ever\s+)?order\s+(?:ever\s+)?(?:in\s+)?(?:that|the\s+same)?\s*(?:year|period|month|quarter)?\)|(?=,|\s*[?.!]*$))", r"customers whose first order was \1 \2"),
        (r"\b(?:customers|buyers|clients)\s+(?:who|that)\s+(?:were|are)\s+new(?:\s+(?:in\s+)?(?:that|the\s+same)\s+year)?\b", "new customers"),
        (r"[\s,;:.(–-]*\bone\s+(?:row|line|figure|number)\s+(?:per|for\s+each|for\s+every)\b", " by"),
        (r"\b(?:for\s+|in\s+)?the\s+year\s+so\s+far\b", "this year"),
        (r"\b(20\d\d)\s+(?:to\s+date|so\s+far|ytd|up\s+(?:to|until)\s+(?:now|today)|until\s+(?:now|today))\b", r"\1"),
        (r"\bup\s+(?:to|until)\s+(?:now|today)\b", "until today"),
        (r"\byesterdays\b", "yesterday's"),
        (r"\bgiven\s+away\s+as\s+(?:a\s+|the\s+)?discounts?\b", "discount given"),
        (r"\b(?:un)?measured\s+by\b", "by"),
        (r"\b(?:at\s+)?zero\s+discount\b", "no discount"),
        (r"(n't|\bnot|\bnever|\bwithout)\b([^,;.]{0,24}?)\ba\s+single\b", r"\1\2 any"),
        (r"\(?\b(?:going|go|counted|counting|judged|i\.?e\.?,?|that\s+is,?)\s+by\s+(?:the\s+)?(?:(?:day|date)\s+of\s+(?:the\s+)?(return|shipping|shipment|order)|(return|shipping|ship|order)\s+(?:day|date))\)?", r"by \1\2 date"),
        (r"\b(used|returned|ordered|bought|purchased|sold|shipped)\s+(?:the\s+)?(most|least)\s+(?:often|frequently|commonly)\b", r"\2 \1"),
        (r"\bw/o\b", "without"),
        (rf"\b({_AT_LEAST}\s+{_COUNT})\s+(?:out\s+)?of\s+(?:the|our|its|their|these|all)\s+(?:{_COUNT}\s+)?(?=[a-z])", r"\1 "),
        (rf"\b({_COUNT})\s+(?:different|distinct|separate|individual|unique)\s+(?=[a-z])", r"\1 "),
        (r"\bw/(?=\s|\w)", "with "),
        (r"\b(sent\s+back|returned|brought\s+back)\s+(?:at\s+least\s+one|one\s+or\s+more|any|some)\s+of\s+(?:their|its|his|her|the|our)\s+(?=.{0,20}\borders?\b)", r"\1 "),
        (r"\b(?:belong|belongs|belonged|relates?|related|went|goes|due)\s+to\s+orders\s+(?:that|which)\s+(?:were|got|have\s+been)\s+returned\b", "from returned orders"),
        (r"\(\s*(?:measured\s+|counted\s+|going\s+)?by\s+(?:the\s+)?order\s+date\b", "(placed"),
        (r"\b(?:placed|made|bought|had)\s+another\s+order\b", "ordered again"),
        (r"\ball\s+(?:\d+\s+|two\s+|three\s+|four\s+)?of\s+the\s+following\b[:,]?", "both "),
        (r"\b(?:is|was|comes|came|ranks|ranked|places|placed|finished|stands|stood|are|were)\s+(?:in\s+|at\s+)?(?:the\s+)?(second|third|fourth|fifth|2nd|3rd|4th|5th)(?:\s+(?:place|position|rank))?\s+(?=(?:by|in\s+terms\s+of|for|in|on|with|when)\b)", r"is the \1 best "),
        (r"\bnumber\s+(?:two|2)\s+(?=(?:by|in|for)\b)", "the second best "),
        (r"\bnumber\s+(?:three|3)\s+(?=(?:by|in|for)\b)", "the third best "),
        (r"\b(?:by\s+)?(more|less)\s+than\s+half\b(?!\s+(?:of|a|an|the)\b)", r"\1 than 50%"),
        (r"\bby\s+at\s+least\s+half\b", "at least 50%"),
        (r"\bmore\s+than\s+doubled\b", "grew more than 100%"),
        (r"\bmore\s+than\s+tripled\b", "grew more than 200%"),
        (r"\bmore\s+than\s+halved\b", "fell more than 50%"),
        (r"\b(?:at\s+least\s+)?doubled\b(?=\s+(?:in|from|between|against|compared|vs|their|its|over|year)|\s*[?.!]*$)", "grew at least 100%"),
        (rf"\bthan\s+(?:(?:in|during|for)\s+)?(?:the\s+|a\s+|one\s+)?({_UNIT})\s+(?:before|earlier|ago|prior)\b(?!\s+(?:last|20\d\d))", r"compared to the \1 before"),
        (rf"\bthan\s+(?:(?:in|during|for)\s+)?the\s+(?:previous|prior|preceding)\s+({_UNIT})\b", r"compared to the \1 before"),
        (rf"\b({_GROW}|{_FALL})\s+by\s+(?={_OVER_UNDER})", r"\1 "),
        (r"\b(?:consist(?:s|ed|ing)?\s+of|compris(?:e|es|ed|ing)|contain(?:s|ed|ing)?|with|having|have|had)\s+(?:only\s+|just\s+)?(?:a\s+single|one\s+single|only\s+one|just\s+one|only\s+1)\s+(?:order\s+)?(line|product|position|piece|unit)\b", r"with exactly 1 \1"),
        (r"\b((?:19|20)\d\d)['’]s\b", r"\1"),
        (r"(\b20\d\d\b.*?)\s+(?:in|during|of|within)\s+(?:that|the\s+same|that\s+same|the\s+very\s+same)\s+year\b", r"\1"),
        (r"\b(?:fell|falls?|fallen)\s+on\s+(?=(?:a\s+|the\s+)?(?:week(?:end|day)|mon|tues|wednes|thurs|fri|satur|sun))", "on "),
        (r"\bleaving\s+(?:aside\s+)?(.{2,40}?)\s+(?:aside|out|apart)\b|\b(?:setting|putting)\s+(?:aside\s+)?(.{2,40}?)\s+aside\b", r"excluding \1\2"),
        (r"\b(?:worst|lowest|smallest|least)\s+(?:on|at)\s+(?:the\s+)?top\b", "smallest first"),
        (r"\b(?:best|highest|largest|biggest|most)\s+(?:on|at)\s+(?:the\s+)?top\b", "largest first"),
        (r"\b(?:turn|turned|turning|post|posted|book|booked|show|showed|earn|earned|run|ran|record|recorded|make|made)\s+a\s+(?:positive\s+|net\s+)?profit\b", "made a profit"),
        (r"[,\s]*\(?\b(?:both\s+(?:days|dates|ends|months|years|of\s+them)?\s*(?:included|inclusive|incl\.?)|(?:first|start)\s+and\s+(?:last|end)\s+day\s+included)\)?", " "),
        (r"\b(?:in|over|across|throughout)\s+(?:their|its|our|the|his|her)\s+(?:whole|entire|full|complete)?\s*history\b", " "),
        (r"\b(only)\s+ever\b", r"\1"),
        (r"\bonly\s+(bought|ordered|purchased)\s+(.{2,40}?)\s+(?:and|but)\s+nothing\s+else\b", r"only \1 \2"),
        (r"\b(bought|ordered|purchased)\s+(.{2,40}?)\s+(?:and|but)\s+nothing\s+else\b", r"only \1 \2"),
        (r"\b(?:in|of|from)\s+(?:the|our)\s+(?:assortment|catalogue|catalog|product\s+range|portfolio)\b", " "),
        (r"\b(?:until|till|before)\s+(?:we|they|it|an?\s+order|orders|goods|the\s+goods)\s+(?:(?:is|are|get|gets|was|were)\s+)?(?:ship|ships|shipped|dispatched|sent)\b", "to ship"),
        (r"\b(?:revenue|money|sales|turnover)\s+(?:(?:did|do|have)\s+we\s+|was\s+|were\s+|that\s+we\s+|we\s+)?(?:give|gave|given|lose|lost|forgo|forwent|forgone|sacrificed?)\s+(?:away\s+|up\s+)?(?:in|to|through|by|via|as|on|for)\s+discount(?:s|ing)?\b", "discount given"),
        (r"\bdiscount(?:ed)?\s+(?:by|of|at)\s+half\b", "discounted by 50%"),
        (r"\bdiscount(?:ed)?\s+(?:by|of|at)\s+a\s+quarter\b", "discounted by 25%"),
        (r"\b(?:with|that\s+(?:have|had)|having|where|containing|which\s+(?:have|had))\s+(?:at\s+least\s+(?:one|1|a\s+single)|one\s+or\s+more|any)\s+(?:order\s+)?(?:line|item|position)s?\s+(?:was\s+|were\s+)?(?=discounted|shipped|dispatched|sold)", "with lines "),
        (rf"\b(?:that\s+|which\s+)?(?:were\s+|was\s+)?(?:shipped|dispatched|sent\s+out)\s+({_OVER_UNDER})\s+({_COUNT})\s+days?\s+(?:after|from|later\s+than)\s+(?:the\s+|their\s+|its\s+|being\s+)?(?:order(?:ing|ed)?(?:\s+date)?|purchase|placement)\b", r"with days to ship \1 \2"),
        (rf"\b(?:that\s+|which\s+)?(?:were\s+|was\s+)?(?:returned|sent\s+back)\s+({_OVER_UNDER})\s+({_COUNT})\s+days?\s+(?:after|from|later\s+than)\s+(?:the\s+|their\s+|its\s+|being\s+)?(?:order(?:ing|ed)?(?:\s+date)?|purchase|placement)\b", r"with days to return \1 \2"),
        (r"\b(?:with|with\s+lines)\s+discounted\s+by\s+(?=\d)", "with a discount of "),
        (r"\b(?:where|in\s+which|for\s+which|with|that\s+(?:have|had|has))\s+(?:not\s+(?:a\s+single|one|any)|no\s+single|no|none\s+of\s+the)\s+(?:order\s+)?lines?\s+(?:(?:was|were|is|are|has|have|had|carried|carries|got|with|came\s+with)\s+)*(?:an?\s+|any\s+)?discount(?:ed)?\b", "without discounted lines"),
        (r"\b(?:in|by|per)\s+(?:the\s+)?(day|week|month|quarter|year)\s+of\s+(?:the\s+|their\s+|its\s+)?return\b", r"returned by \1"),
        (r"^(?:for|of|among|from|out\s+of)\s+(?:the\s+|all\s+)?((?:orders|customers|products)\b.{3,90}?)\s*[,:;-]+\s*how\s+many\s+of\s+(?:them|these|those)\s+", r"how many of the \1 "),
        (r"^(?=.*\b(\w+)\b.*[,:;–-]\s*how\s+many\s+\1\s*[?.!]*$)(.{6,}?)[\s,:;–-]+how\s+many\s+\1\s*[?.!]*$", r"how many \2"),
        (r"^(?:please\s+)?(?:split|break|divide)\s+(?:up\s+|down\s+)?(.{3,80}?)\s+(?:up\s+|down\s+)?(?:into|in|by|between)\s+", r"\1 split by "),
        (r"#\s*(?:of\b)?", "number of "),
        (r"\b(q[1-4]|h[12])\s*['’](\d\d)\b", r"\1 20\2"),
        (r"(?<!q[1-4]\s)(?<!h[12]\s)\b(20\d\d)[\s-]*(q[1-4]|h[12])\b", r"\2 \1"),
        (r"\bsub[\s-]?cats?\b", "subcategory"),
        *((rf"\b(?:{short})\b\.?", word) for short, word in ABBREVIATIONS.items()),
        (rf"\b({_MEAN})\s+(\w+(?:\s\w+){{0,2}}?)\s+(?:of|for|in|by)\s+(?:an?|each|every|one|a\s+single)\s+({_THING})\b", r"\1 \2 per \3"),
        (r"\b(?:lowest|smallest)\s+and\s+(?:the\s+)?(?:highest|largest|biggest)\b", "minimum and maximum"),
        (r"\b(?:highest|largest|biggest)\s+and\s+(?:the\s+)?(?:lowest|smallest)\b", "maximum and minimum"),
        (rf"\b({_THAN})\s+(?:then|as)\b", r"\1 than"),
        (r"\b(what|who|how|where|when)s\b", r"\1 is"),
        (r"\b(\w+)[\s-]wise\b", r"by \1"),
        (rf"\b(?:the\s+)?months?(?:\s+of)?\s+(?=(?:{_MONTHS})\b)", ""),
        (r"\b(since|until|till|to|through|from|starting)\s+(?:the\s+)?(?:very\s+)?(?:beginning|begin|start|end)\s+of\s+", r"\1 "),
        (r"\bstarting\s+(?:from|in|with|on|at)\s+", "since "),
        (r"\b(?:ending\s+(?:in|with|on|at)|up\s+to)\s+(?=(?:the\s+)?(?:end\s+of\s+)?(?:\d{4}|" + _MONTHS + r")\b)", "until "),
        (r"\b(?:the\s+)?ratio\s+(?:of|between)\s+(.{3,60}?)\s+(?:to|and)\s+", r"\1 divided by "),
        (r"\b(?:steepest|sharpest|strongest|heaviest|highest|largest|biggest)\s+(?=" + _FALL + r"|" + _GROW + r")", "greatest "),
        (r"\b(?:in|of|by)\s+absolute\s+(?:terms|numbers|figures|values?)\b|\babsolute\s+(?=\w)", ""),
        (rf"\b(?:exactly|only|just|precisely)\s+({_AMOUNT})\b(?!\s*(?:%|percent))", r"exactly \1"),
        (r"\b(?:only|just)\s+(?:a\s+)?single\b", "exactly 1"),
        (r"(?<!not\s)(?<!never\s)\b(with|having|have|has|had|placed|made)\s+(?:a\s+single|one\s+single|a\s+sole)\s+(?=(?:order|purchase)\b(?!\s+(?:line|with|of|over|above|that|worth|value)))", r"\1 exactly 1 "),
        (r"\bnon[\s-]+(?=returned|discounted|critical)", "not "),
        (rf"\b(?:by|per)\s+(?:the\s+)?{_SHIPPING}\s+({_UNIT})\b", r"shipped by \1"),
        (rf"\b(?:by|per)\s+(?:the\s+)?({_UNIT})\s+of\s+(?:the\s+)?{_SHIPPING}\b", r"shipped by \1"),
        (rf"\b(by|per)\s+(?:the\s+)?(?:order|return)\s+({_UNIT})\b", r"\1 \2"),
        (rf"\b({_MONTHS})\s*[-–—]\s*({_MONTHS})\b", r"\1 to \2"),
        (rf"\bweekends?\s+(\w+)\s+({_AGAINST})\s+weekdays?\s+\1\b", r"\1 by type of day"),
        (rf"\bweekdays?\s+(\w+)\s+({_AGAINST})\s+weekends?\s+\1\b", r"\1 by type of day"),
        (r"\bnothing\s+(?:but|except|other\s+than)\b|\bexclusively\b", "only"),
        (r"\b(?:every(?:one|body|thing|where)?|all|any(?:one|body|thing|where)?)\s+(?:but|except(?:\s+for)?|save)\b", "except"),
        (r"\b(no\s?one|nobody)\b", "no customer"),
        (r"\b(?:every|any|some)(?:one|body)\b", "customers"),
        (r"\bby\s+(?:how\s+many|what)\s+per\s?cent\b", "by how much"),
        (r"\b(?:quantity|amount)\s+of\s+(?:the\s+)?(?=(?:orders|customers|clients|buyers|returns|products)\b)", "number of "),
        (r"\b(customers|clients|buyers)\s+new\b", r"new \1"),
        (r"\b(?:buyed|buied)\b", "bought"),
        (r"\bselled\b", "sold"),
        (r"\bpeoples\b", "people"),
        (r"\b(top|bottom|best|worst|last|first)(\d{1,3})\b", r"\1 \2"),
        (r"\b(20\d\d)\s+%", r"\1 percent"),
        (r"\bon\s+sales\b", "in sales"),
        (r"\b(?:but|and)\s+none\s+(?=in|from|since|after|before|during)", "but not "),
        (r"[,;]?\s+(?:the\s+)?first\s+(\d{1,3})\s*[.!?]*$", r" top \1"),
        (r"(?<![$€£\d.,])\b(\d[\d.,]*[km]?)\s*(?:us\s+)?(?:dollars?|usd|bucks)\b", r"$\1"),
        (r"\b([a-z]{3,})\s?/\s?(customer|client|order|unit|line)\b(?!\s*/)", r"\1 per \2"),
        (r"\bby\s+(growth|increase|decline|decrease)\s+(?:in|of)\s+(\w+)\b", r"by \2 \1"),
        (r"\blast\s+year(?:'s)?\s+(?:ytd|year\s+to\s+date)\b", "same period last year"),
        (r"\bslowest\s+first\b", "largest first"),
        (r"\bfastest\s+first\b", "smallest first"),
        (r"(?<!from )\b(best to worst|worst to best|highest to lowest|lowest to highest|largest to smallest|smallest to largest)\b", r"from \1"),
        (r"\b(\d[\d.,]*)\s+(?:mill?ions?|mio)\b", r"\1m"),
        (r"\b(\d[\d.,]*)\s+thousand\b", r"\1k"),
        (r"\b(?:a|one)\s+million\b", "1m"),
        (rf"\bon\s+weekends?\s+(?:{_AGAINST})\s+(?:on\s+)?weekdays?\b", "by type of day"),
        (r"\b(?:more|less|better)\s+(?=by\s+type\s+of\s+day\b)", ""),
        (r"\b(bought|ordered|purchased)\s+neither\s+(.{2,30}?)\s+nor\s+", r"never \1 \2 or "),
        (r"^(?:and\s+)?of\s+(?:which|those|these|them)[\s,]+", "only "),
        (rf"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+(?:the\s+)?(?=(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTHS})|(?:{_MONTHS})\s+\d{{1,2}})\b)", ""),
        (r"\b(?:by\s+)?(?:what|how\s+many)\s+per\s?cent(?:age)?\s+(?:is|are|was|were)\s+(.{3,60}?)\s+(?:up|higher|larger)\b", r"growth of \1"),
        (r"\bby\s+how\s+much\s+(?:is|are|was|were)\s+(.{3,60}?)\s+up\b", r"growth of \1"),
        (r"\byet\s+(?=not\b|never\b|no\b)", "but "),
        (r"^(.+?),\s*count\s*,\s*(.+?)[?.!]*$", r"\1, \2, count"),
        (r"\b(is|are|was|were)\s+(used)\s+(?:the\s+)?(most|least)\b(?!\s+of)", r"\1 the \3 \2"),
        (rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s*(?:to|until|till|through|-|–)\s*(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTHS})\b(?:\s+(20\d\d))?", r"\1 \3 \4 to \2 \3 \4"),
        (rf"\bbetween\s+(?:the\s+)?(\d{{1,2}})(?:st|nd|rd|th)?\s+and\s+(?:the\s+)?(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTHS})\b(?:\s+(20\d\d))?", r"between \1 \3 \4 and \2 \3 \4"),
        (rf"\bthe\s+first\s+of\s+(?=(?:{_MONTHS})\b)", "1 "),
        (r"\b(bought|ordered|purchased)\s+nothing\b(?!\s+(?:but|except|else|other|that))", r"not \1"),
        (r"\bin\s+(?:dollar|money|monetary|revenue)\s+terms\b", "by sales"),
        (r"\bturn(?:ed)?\s+over\b", "sell"),
        (r"\bonly\s+(?:ever\s+)?(placed|made|had)\s+(?:a\s+single|one|exactly\s+(?:one|1))\s+(order|purchase)\b", r"\1 exactly 1 \2"),
        (r"\b(month\s+by\s+month|monthly|by\s+(?:month|quarter|week)|each\s+(?:month|quarter|week))\s+through(?:out)?\s+(?=20\d\d)", r"\1 in "),
        (r",?\s*(?:and\s+)?\bnot\s+necessarily\b(?:(?!\s+(?:in|during|since|for)\s+(?:20\d\d|last\b|this\b|(?-i:[A-Z])))[^,:;.?])*", ""),
        (r"\bin\s*(?:%|per\s?cent)\s+of\s+", "as a percentage of "),
        (rf"\b((?:each|every|per|by)\s+{_UNIT}|yearly|monthly|quarterly)\s+from\s+(?=(?:{_MONTHS}|20\d\d)\b)(?!.*\b(?:to|until|till|through)\b)", r"\1 since "),
        (r"\b(?:over|across|in|for|of|through)\s+all\s+(?:of\s+)?(?:the\s+|these\s+|those\s+|our\s+)?years\b", "of all time"),
        (r"[,\s]+all\s+(?:years|months|quarters|weeks|days)\s+(?:taken\s+)?together\b", " "),
        (r"\b(?:biggest|largest|highest|best|most)\s+first\b", "largest first"),
        (r"\b(?:smallest|lowest|worst|least)\s+first\b", "smallest first"),
        (r"\bminimum\s+(?=\d)", "at least "),
        (r"\bmaximum\s+(?=\d)", "at most "),
        (r"\bas\s+(?:a\s+)?(?:percent|percentage|share|fraction|proportion)\s+of\s+(?:all|the|their|its|our|total)\s+(?=\w)", "as a percentage of "),
        (r"(?<!\d)(?<!\d\s)%", " percent "),
        (r"\bas\s+(?:a\s+)?(?:percent|percentage|share|fraction|proportion)\s+of\s+", "as a percentage of "),
        (r"\bhow\s+many\s+(is|are|was|were)\s+(?=the\s+(?:total\s+)?(?:sales|profit|revenue|turnover|margin|cost|discount))", r"how much \1 "),
        (r"\bmore\s+(\w+)\s+or\s+more\s+(\w+)", r"more \1 or \2"),
        (r"\bex[-\s]+(?=[A-Z])", "excluding "),
        (r"\b(?:are|is|were|was|be)\s+neither\s+(.{2,40}?)\s+nor\s+", r"are not \1 and not "),
        (r"\b((?:at\s+least|more\s+than|over)\s+\d+(?:\.\d+)?\s?%)\s+(?:above|over|higher\s+than|more\s+than|up\s+on|better\s+than)\s+(?:in\s+|those\s+of\s+)?(?=20\d\d)", r"growing \1 against "),
        (r"^(?!which\b|what\b|who\b|how\b)(.{6,}?)[\s,:;–-]+(?:how\s+many(?:\s+(?:are|were|is|was)\s+(?:they|there|that|these|those|it)|\s+of\s+them(?:\s+are\s+there)?)?|count|(?:the\s+|in\s+)?number)\s*[?.!]*$", r"how many \1"),
        (r"\baverages?\s+(?:of|for)\s+(?:the\s+|all\s+)?(daily|weekly|monthly|quarterly|yearly|annual)\b", r"average \1"),
        (rf"\b(?:an?\s+)?shipping\s+costs?\s+(?:(?:of|was|were|is|are|that\s+(?:was|is))\s+)?(?P<bound>(?:{_OVER_UNDER})\s+\d+(?:\.\d+)?\s?%)\s+of\s+(?:(?:their|its|the|that|the\s+(?:line|order)['’]s)\s+)?(?:own\s+)?(?:total\s+)?(?:sales|revenue)(?:\s+(?:amounts?|values?))?\b", r"a shipping cost ratio of \g<bound>"),
        (rf"\b(?:an?\s+)?profits?\s+(?:(?:of|was|were|is|are|that\s+(?:was|is))\s+)?(?P<bound>(?:{_OVER_UNDER})\s+\d+(?:\.\d+)?\s?%)\s+of\s+(?:their|its|the\s+(?:line|order)['’]s)\s+(?:own\s+)?(?:total\s+)?(?:sales|revenue)(?:\s+(?:amounts?|values?))?\b", r"a margin of \g<bound>"),
        (rf"\bdiscounted\s+(?:(?:by|at|with)\s+(?={_OVER_UNDER}|\d)|(?=(?:{_OVER_UNDER})\s+\d+(?:\.\d+)?\s?%))", "with a discount of "),
        (rf"\b(?:at|for|with|by)?\s*(?:a\s+)?({_OVER_UNDER})?\s*(\d+(?:\.\d+)?\s?%)\s+(?:off|discounts?|rebates?)\b", r" with a discount of \1 \2"),
        (r"\b(?:with|having|containing|that\s+(?:have|had|contain|contained))\s+(?:at\s+least\s+one|one\s+or\s+more|any)\s+(?:order\s+)?(?:line|item|position)s?\s+(?:with|having|that\s+(?:has|have|had))\b", "with"),
        (r"\b(?:with|has|have|had|having)\s+(?:the\s+)?(?:less|fewer)\s+(?=[a-z]+(?:\s+(?:in|of|by|for|during)\b.*)?[?.!]*$)(?!.*\bthan\b)", "with the least "),
        (r"\b(?:lose|loses|losing|lost)\s+(?:us\s+|you\s+)?money\b", "lost money"),
        (r"\b(?:lose|loses|losing|lost)\s+(?:us\s+)?(?:more\s+than|over|above)\s+(?=[$€£]?\d)", "with a profit below -"),
        (r"\b(?:is|are|was|were)\s+(?:strictly|truly|actually)\s+(?=negative|positive|more|less|greater|below|above)", "is "),
        (r",?\s*\b(?:expressed|given|shown|stated|measured)\s+(?=(?:as|in)\s+(?:an?\s+)?(?:percent|percentage|dollar|usd|us\s))", " "),
        (r"\b(?:company|business|firm|group|enterprise|organi[sz]ation)[\s-]*wide\b", "company"),
        (r"\bthe\s+(?:whole|entire)\s+(?:company|business)\b|\b(?:company|business)\s+as\s+a\s+whole\b", "the company"),
        (r"\b(?:above|over|higher\s+than|better\s+than)[\s-]average\b", "above average"),
        (r"\b(?:below|under|lower\s+than)[\s-]average\b", "below average"),
        (r"\bno\.\s*(?=of\b)", "number "),
        (r"^(?:the\s+)?(?:total\s+|overall\s+)?(?:spend|spending)\s+(?=(?:in|of|by|per|during|for|from|since)\b)", "sales "),
        (r"\b(?:comes?|came|ranks?|ranked|finish(?:es|ed)?|stands?|stood)\s+(?:in\s+)?(?:the\s+)?(second|third|fourth|fifth|2nd|3rd|4th|5th)(?:\s+place)?\s+(?:in|by|for|on|at|with)\s+(?:terms\s+of\s+)?(?=[a-z])", r"has the \1 highest "),
        (r"\b(?:in|on|for)?\s*(what\s+(?:percentage|share|percent|proportion|fraction|part))\s+of\s+(?:our\s+|the\s+|all\s+)?(orders|lines|order\s+lines|sales|revenue)\s+(?:do|did|have|has)\s+we\s+(?:give|gave|given|grant|granted|offer|offered)\s+(?:an?\s+|any\s+)?discounts?\b(?:\s+on)?", r"\1 of \2 with a discount"),
        (r"\b(products?|articles?|skus?)\b(.{0,20}?)\b(?:had|have|has|with|made|saw)\s+(?:no|zero)\s+(?:sales|orders|revenue)\b", r"\1\2 were not sold"),
        (r"\b(?:consist(?:s|ed|ing)?|made\s+up)\s+of\s+(?:only\s+|just\s+|exactly\s+)?(?:an?\s+single|one\s+single|one|1)\s+(?:order\s+)?(?=lines?\b|items?\b|products?\b|pieces?\b|units?\b)", "with exactly 1 "),
        (r"\bconsist(?:s|ed|ing)?\s+of\s+(?=(?:at\s+least|at\s+most|more\s+than|less\s+than|fewer\s+than|exactly)\b)", "with "),
        (rf"\b(?:(?:that|which)\s+)?(?:(?:were|was|got|get|are|is|left|have\s+been)\s+)*(?:shipped|dispatched|sent\s+out|delivered)\s+(?:within|in\s+at\s+most|in\s+no\s+more\s+than)\s+({_COUNT})\s+days?(?:\s+or\s+(?:less|fewer))?\b(?:\s+(?:of|after|from)\s+(?:the\s+|being\s+)?(?:order(?:ing|ed)?(?:\s+date)?|purchase))?", r"with days to ship at most \1"),
        (rf"\b(?:(?:that|which)\s+)?(?:(?:were|was|got|get|are|is|have\s+been)\s+)*(?:shipped|dispatched|sent\s+out|delivered)\s+in\s+({_COUNT})\s+days?\s+or\s+(?:less|fewer)\b", r"with days to ship at most \1"),
        (rf"\b(?:(?:that|which)\s+)?(?:(?:were|was|got|get|are|is|have\s+been)\s+)*(?:shipped|dispatched|sent\s+out|delivered)\s+in\s+(?:under|less\s+than)\s+({_COUNT})\s+days?\b", r"with days to ship less than \1"),
        (r"\b(?:for|on|among|across)\s+(?:the\s+|all\s+)?orders\s+(?:that\s+were\s+)?(?:placed|made)\s+(?=(?:on|in|during|at|since|between|from|before|after)\b)", "ordered "),
        (rf"\b({_MEAN})\s+(spend|spending|sales|revenue|profit|value)\s+(?:of|for|by)\s+(?:an?|each|every|one)\s+(?!single\b)(\w+(?:\s\w+)?)\s+(customer|client|order)\b", r"\1 \2 per \4 for \3"),
        (r"\b(share|part|percentage|percent|portion|fraction|proportion|much)\s+of\s+(?:our|the|all\s+our|total)\s+business\b", r"\1 of sales"),
        (r"(?<!\bin\s)(?<!\bfor\s)(?<!\bof\s)(?<!\bper\s)\beach\b(?=\s*(?:[,?.!]|$|(?:in|for|during)\s+(?:20\d\d|q[1-4]|last\b|this\b)|last\b|this\b))", "separately"),
        (r"\b(?:excluding|excl\.?|net\s+of|not\s+counting|ignoring|leaving\s+out|after\s+deducting|minus|less)\s+(?:all\s+|the\s+|any\s+)?returns\b", "excluding returned orders"),
        (r"\bhow\s+many\s+days\b(?=.{0,60}\b(?:take|takes|took|need|needs|needed)\b)(?!.{0,40}\b(?:more|less|fewer|longer)\b)", "how long"),
        (r"\b(?:small|tiny|little|large|big|high[\s-]value|low[\s-]value|expensive|cheap)\s+orders\s*[,(]*\s*(?=(?:of\s+|worth\s+|i\.e\.\s+|meaning\s+)*(?:under|over|below|above|less|more|at\s+least|at\s+most|up\s+to)\b)", "orders "),
        (r"^(?:give\s+me\s+|show\s+me\s+)?(?:an?\s+|the\s+)?(?:full\s+|complete\s+)?list\s+of\s+(?:all\s+)?(?:the\s+|our\s+)?(?=\w+s\b|\w+\s\w+s\b)", "list "),
        (r"\b(?:slowest|worst|poorest)[\s-]+(?:selling|moving)\b", "least selling"),
        (r"\b(?:fastest|quickest)[\s-]+(?:selling|moving)\b", "best selling"),
        (r"[,\s]+in\s+days(?=\s*[?.!]*$)", ""),
        (r"^(.{4,}?)[,;(]\s*(?:for|of|from|considering|counting|based\s+on)?\s*(?:only\s+|all\s+|the\s+)*orders\s+(?:that\s+were\s+)?(?:placed\s+in|made\s+in|of|from|since|placed\s+since)\s+(?=[\w\s]{3,20}\)?[?.!]*$)", r"\1 ordered in "),
        (r"^(?:give\s+me\s+|show\s+me\s+|the\s+)*(customer|order|product)\s+(?:ids?|numbers|codes?)\b(?=\s+(?:in|from|of|with|for|that|which|who))", r"list \1s"),
        (r"^(?!\s*(?:which|who|what|how|list|show|name|top|best|worst|our|the\s+\d|\d|sales|revenue|profit))(.+?)[,;(]\s*(?:(?:listed\s+)?by\s+(?:their\s+)?names?|names?(?:\s+(?:please|pls|only))?)\)?\s*[?.!]*$", r"list \1"),
        (r"\bby\s+how\s+many\s+(?:us\s+)?(?:dollars?|bucks|usd|\$)", "by how much"),
        (r"\bby\s+how\s+much\s+(?:was|were|is|are|did|does|do|has|have)\s+(?:the\s+)?(.{3,40}?)\s+(?:above|over|higher\s+than|greater\s+than|more\s+than|larger\s+than|bigger\s+than|ahead\s+of|exceed(?:ed|s)?|better\s+than|surpass(?:ed)?|beat)\s+(?:the\s+|that\s+of\s+)?(?=[A-Za-z])", r"difference between \1 and "),
        (r"\bhow\s+much\s+discounts?\s+(?:in\s+(?:us\s+)?(?:dollars|usd|money)\s+)?(?=(?:did|do|have|has)\s+we\s+(?:give|given|grant|granted|gave|hand))", "how much discount given "),
        (r"\b(?<!average\s)(?<!mean\s)(?<!avg\s)(?:total\s+)?discounts?\s+(?:given\s+)?in\s+(?:us\s+)?(?:dollars|usd|money)\b", "discount given"),
        (r"\boutsell(?:s|ing)?\b", "sell more than"),
        (r"\boutsold\b", "sold more than"),
        (r"\boutspen(d|t|ds)\b", r"spen\1 more than"),
        (r"\b(order|ordered|orders|buy|bought|buys|purchased?|shop|shopped)\s+(more|less)\s+(?:often|frequently)\b", r"\1 \2"),
        (r"\b(in|across|within|outside|of|for|to|from|inside|and|vs\.?|versus)\s+the\s+us\b(?!\s+dollars?)", r"\1 the US"),
        (r"\b(in|within|inside|outside)\s+us\b(?!\s*(?:dollars?|\$))", r"\1 US"),
        (r"\bus\s+(vs\.?|versus|and|or|&|,)\s+(?=(?:the\s+)?(?:eu|emea|apac|latam|canada|africa)\b)", r"US \1 "),
        (r"\b((?:eu|emea|apac|latam|canada|africa)\s*(?:vs\.?|versus|and|or|&|,)\s*(?:the\s+)?)us\b", r"\1US"),
        (rf"(?P<lead>{_US_BEFORE})us\s+(?={_OF_A_COUNTRY}\b)", r"\g<lead>US "),
        (r"\bUS\s+(states?|cities|towns)\b", r"\1 in the United States"),
        (r"\bhow\s+many\s+(?:us\s+)?(?:dollars?|bucks|usd)(?:\s+worth)?(?:\s+of\b)?", "how much money"),
        (r"\bhow\s+many\s+(?:percent|per\s+cent|%)(?=\s+of)", "what percentage"),
        (r"[?.,;–-]+\s*(?:and\s+)?(?:i\s+mean|by\s+which\s+i\s+mean|meaning|i\.e\.|that\s+is(?:\s+to\s+say)?|namely|measured\s+(?:by|in))\s*,?\s+(?:by\s+|in\s+|the\s+)?(?=\w+(?:\s\w+)?\s*[?.!]*$)", ", in terms of "),
        (r"\b(?:solely|purely)\b", "only"),
        (r"\b(customers?|clients|buyers|shoppers|people)\b((?:(?!\borders?\b|\bproducts?\b|\bitems?\b)[^?.])*?)\b(?:did|do|does|have|has)(?:\s+not|n['’]?t)\s+(?:(?:come|came)\s+back|return\s+to\s+us|re-?order(?:ed)?|(?:buy|bought|order|ordered|shop|shopped)\s+(?:from\s+us\s+)?again)\b", r"\1\2 did not order"),
        (r"\b(?P<who>customers?|clients|buyers|shoppers|people)\b(?P<rest>(?:(?!\borders?\b|\bproducts?\b|\bitems?\b)[^?.])*?)\b(?:came|come)\s+back(?=\s+(?:in|during|after|since|this|last)\b)", r"\g<who>\g<rest> ordered"),
        (r"\b(?:(?:that|which|who)\s+)?(?:lost|lose|loses|losing)\s+(?:(?:us|you)\s+)?(?:the\s+)?most\s+money\b|\b(?:(?:that|which|who)\s+)?(?:lost|lose|loses|losing)\s+us\s+(?:the\s+)?most\b", "with the lowest profit"),
        (rf"\b({_PACE_WORD}\b[^,?]{{0,40}}?)\s+(?:in|at|for|on|with|when\s+it\s+comes\s+to|in\s+terms\s+of|regarding)\s+(?:the\s+|its\s+|their\s+)?(?:shipping|dispatch(?:ing)?|shipments?|shipping\s+(?:time|speed)|delivery|deliveries|delivering)\b", r"\1"),
        (r"[,;(]\s*(?:listed\s+)?by\s+(?:their\s+)?names?\b\)?", " "),
    )
)  # fmt: skip


_SMALL = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "a": 1, "an": 1,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000}
_ONES = "|".join(w for w in _SMALL if w not in ("a", "an"))
_WRITTEN = re.compile(
    rf"\bhalf\s+a\s+(?:dozen|million)\b|\b(?:(?:an?|{_ONES}|{'|'.join(_TENS)})[\s-]+)+(?:{'|'.join(_SCALES)})(?!s)\b"
    rf"(?:(?:\s+and)?[\s-]+(?:{_ONES}|{'|'.join(_TENS)}|{'|'.join(_SCALES)})(?!s)\b)*"
    rf"|\b(?:{'|'.join(_TENS)})(?:[\s-]+(?:{_ONES}))?\b|\b(?:thirteen|fourteen|sixteen|seventeen|eighteen|nineteen)\b",
    re.I,
)


def _as_digits(found: re.Match[str]) -> str:
    """A number in words as digits: "forty thousand", "a dozen", "twenty-five", "half a million"."""
    words = re.split(r"[\s-]+", found.group().lower())
    if words[0] == "half":
        return str(_SCALES[words[-1]] // 2)
    total = part = 0
    for word in words:
        if word in _SCALES:
            part = max(part, 1) * _SCALES[word]
            if _SCALES[word] >= 1_000:
                total, part = total + part, 0
        else:
            part += _SMALL.get(word, 0) or _TENS.get(word, 0)
    return str(total + part)


_FOLLOWING_YEAR = re.compile(
    r"(?P<lead>\b(?P<year>20\d\d)\b(?:(?!\b20\d\d\b).)*?)\b(?:in\s+)?the\s+(?P<way>following|next|subsequent|previous|preceding)\s+year\b",
    re.I,
)


_YEARS_TOGETHER = re.compile(
    r"\b(?:(?:in|for|during|over)\s+)?(?P<first>20\d\d)\s*(?:and|\+|&)\s*(?P<second>20\d\d),?\s+(?:(?:taken|put|added|counted)\s+)?(?:together|combined)\b",
    re.I,
)


def _as_one_period(found: re.Match[str]) -> str:
    """ "2025 and 2026 taken together": one period, where one year follows the other."""
    follows = int(found["second"]) == int(found["first"]) + 1
    return f"from {found['first']} to {found['second']}" if follows else found[0]


def _year_beside(found: re.Match[str]) -> str:
    """ "In 2024 … the following year": the year that is meant, told outright."""
    step = 1 if found["way"].lower() in ("following", "next", "subsequent") else -1
    return f"{found['lead']}in {int(found['year']) + step}"


def rewritten(question: str) -> str:
    """The question in the forms that the rules read; its words stay where they can."""
    question = with_sets_told(with_dates_named(in_forms(question, (*BETWEEN_ORDERS, *ORDERS_IN_A_ROW))))
    question = asked_again(left_aside_behind(without_courtesies(without_frames(without_first_step(question)))))
    question = with_spans_named(with_figures_named(as_lists(with_order_told(question))))
    question = _YEARS_TOGETHER.sub(_as_one_period, _FOLLOWING_YEAR.sub(_year_beside, question))
    question = in_forms(question, (*RETURNED, *RESTATED))
    for pattern in PACE_OF_GROWTH:
        found = pattern.search(question)
        if found:
            question = pattern.sub(f"{found['verb']} the {PACE[found['pace'].lower()]}", question, count=1)
    question = _EXCEPT_THOSE.sub(lambda m: f"with {_OPPOSITE[' '.join(m[1].lower().split())]}", question)
    question = _WRITTEN.sub(_as_digits, question)
    return in_forms(question, FORMS)
