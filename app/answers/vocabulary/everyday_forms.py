"""Ways of putting a question that people use every day, in the words that the rules read.

What is asked for and how it is told apart, what is left out, when it was, who did what. Each pattern stands with what is
read instead; `plainly.py` takes them in order, before the forms of single constructions.
"""

from __future__ import annotations

from app.answers.vocabulary.everyday_parts import BOUNDS, GROUP, LEFT_OUT, MONTH, ONE, PERIOD, THING, WHERE

EVERYDAY: tuple[tuple[str, str], ...] = (
    (r"\bpriority\s+(?:levels?|class(?:es)?|groups?|categor(?:y|ies)|types?)\b", "priority"),
    (r"^how\s+do\s+(?:our\s+|the\s+)?(?P<what>orders|customers|units)\s+split\s+up\s+by\s+(?P<by>[\w\s]+?)\s*\?\s*(?:just\s+)?(?:the\s+)?(?:number|count)\s+of\s+(?P=what)\s+(?:for|per|in|by)\s+(?:each|every)?\s*[\w\s]*[.]?\s*$", r"number of \g<what> by \g<by>"),
    # the company
    (r"\b(?P<the>the|our)\s+(?:firm|organi[sz]ation|enterprise|corporation)\b(?!['’]s\b|-)", r"\g<the> company"),
    # money
    (r"\bin\s+(?:us|u\.s\.)\s+(?:dollars?|\$)(?=\W|$)|\bin\s+(?:terms\s+of\s+money|money\s+terms|dollar\s+terms|terms\s+of\s+dollars|dollar\s+value|monetary\s+terms)\b", "in dollars"),
    (r"^how\s+much(?:\s+money|\s+cash)?\s+(?:did|do|have|has)\s+(?:we|the\s+company|the\s+business)\s+(?:gross|grossed|take\s+in|taken\s+in|pull\s+in|pulled\s+in|rake\s+in|raked\s+in|turn\s+over|turned\s+over)\b", "what were sales"),
    (r"^how\s+much\s+money\s+(?:came|has\s+come)\s+in(?=\s+(?:from|in|during|by|per|for|last|this)\b|\s*\??$)", "what were sales"),
    (r"\baggregate(?=\s+(?:sales|revenue|profit|turnover|units|quantity|discount|shipping)\b)", "total"),
    (r"\b(?P<did>do|does|did)\s+(?P<what>[^?]*?)\s+(?:add|sum|total)\s+up\s+to\b(?!\s+\d)", r"\g<did> \g<what> come to"),
    (r"\bprofit\s+(?:relative\s+to|in\s+relation\s+to|over|divided\s+by)\s+(?:the\s+)?(?:sales|revenue|turnover)\b|\breturn\s+on\s+sales\b|\bratio\s+of\s+profit\s+(?:over|against)\s+(?:sales|revenue)\b", "profit margin"),
    (r"^what\s+(?:percentage|share|proportion|fraction|percent)\s+of\s+(?:sales|revenue|turnover)\s+(?:was|is|were)\s+profit\b", "what was the profit margin"),
    (r"^how\s+profitable\s+(?:was|were|is|are)\s+(?P<group>(?:each|every)\s+[\w-]+)\s*,?\s*(?:as\s+an?|in\s+terms\s+of|measured\s+by)\s+(?:profit\s+)?margin\b,?", r"what was the margin of \g<group>"),
    # an order's worth
    (r"\b(?:what|how\s+much)\s+(?:is|was)\s+(?:an?|the)\s+(?:average|typical|mean)\s+order\s+worth\b|\bhow\s+(?:large|big|high)\s+(?:is|was)\s+(?:an?|the)\s+(?:average|typical|mean)\s+order\s+(?:by\s+value|in\s+(?:dollars|money|value|terms\s+of\s+value))\b|\bwhat\s+(?:does|did)\s+(?:an?|the)\s+(?:average|typical|mean)\s+order\s+(?:come\s+to|amount\s+to|bring\s+in)\b", "what is the average order value"),
    (r"\b(?:what|how\s+much)\s+(?:does|did|do)\s+(?:a\s+customer|customers|people)\s+spend\s+(?:on\s+average\s+)?(?:on|per|in)\s+(?:an?\s+|each\s+|one\s+)?(?:single\s+)?order\b(?:\s+on\s+average)?", "what is the average order value"),
    (r"\b(?:average|mean)\s+(?:transaction|invoice|ticket|purchase|checkout)\s+(?:value|size|amount)\b|\b(?:average|mean)\s+(?:worth|size|amount)\s+of\s+(?:an\s+|our\s+|the\s+)?orders?(?:\s+in\s+dollars)?\b|\bsize\s+of\s+(?:an|the)\s+average\s+order\b", "average order value"),
    # orders that came in
    (r"\b(?P<orders>orders)\s+(?P<has>(?:did|do|have|had|has)\s+)(?:we|the\s+company)\s+(?:process|processed|handle|handled|fulfil|fulfilled|log|logged)\b", r"\g<orders> \g<has>we have"),
    (r"\borders\s+(?:arrived|came\s+through|landed|poured\s+in|flowed\s+in|rolled\s+in)(?=\s+(?:in|during|on|from|per|by|for|each|last|this)\b|\s*\??$)", "orders came in"),
    (r"\b(?P<by>(?:were|was|been|that)\s+)submitted\b", r"\g<by>placed"),
    (r"\b(?:submitted|put\s+in|sent\s+in|handed\s+in|entered)\s+(?=(?:an?|any|no|at\s+least|at\s+most|more|less|fewer|over|exactly|only|\d+|one|two|three|four|five|ten)\s+(?:[\w]+\s+){0,2}?orders?\b)", "placed "),
    (r"\bvolume\s+of\s+orders\b", "number of orders"),
    (r"\b(?P<when>what\s+(?:is|was)\s+)the\s+order\s+(?:count|volume)\b", r"\g<when>the number of orders"),
    (r"\b(?P<who>customer|order|product|line|return)\s+numbers(?=\s+(?:by|per|for\s+each|in|across)\b)", r"number of \g<who>s"),
    (r"\bhow\s+often\s+(?:are|were|do|did|is|get)\s+(?:orders|our\s+orders|the\s+orders)\s+(?:get\s+|being\s+)?(?:returned|come\s+back|sent\s+back)\b|\bhow\s+frequently\s+(?:are|were|is|get)\s+(?:our\s+|the\s+)?orders\s+(?:being\s+)?(?:returned|sent\s+back)\b", "what is the return rate"),
    (r"\b(?P<share>(?:share|percentage|proportion|fraction|percent)\s+of\s+(?:all\s+|our\s+|the\s+)?orders)\s+(?:that\s+)?(?:ended|resulted|finished|ends|results)\s+(?:up\s+)?(?:in|as|with)\s+(?:a\s+)?returns?\b", r"\g<share> were returned"),
    # units
    (r"\bhow\s+many\s+(?:goods|units|items|pieces|articles)\s+(?P<did>(?:did|do|have|has)\s+(?:we|the\s+company))\s+(?:move|moved|shift|shifted)\b", r"how many units \g<did> sell"),
    (r"\bhow\s+many\s+goods\b", "how many units"),
    # how long until it ships
    (r"\bhow\s+(?:fast|quickly|soon|rapidly|promptly)\s+(?:do|did|are|were)\s+(?:we\s+(?:ship|dispatch|send\s+out)|(?:our\s+|the\s+)?orders\s+(?:ship|leave|go\s+out|get\s+shipped|shipped|sent\s+out|dispatched))(?:\s+(?:our\s+|the\s+)?orders)?(?:\s+on\s+average)?\b|\bhow\s+long\s+(?:do|did)\s+(?:our\s+|the\s+)?orders\s+take\s+(?:on\s+average\s+)?to\s+(?:leave|go\s+out|be\s+(?:shipped|dispatched|sent))(?:\s+(?:us|the\s+(?:house|warehouse|building)))?(?:\s+on\s+average)?\b", "what are the average days to ship"),
    (r"\b(?:average|mean)\s+(?:dispatch|shipment|handling|fulfil?ment)\s+(?:time|delay|duration|days)\b", "average days to ship"),
    # the same, by each of something
    (r"\b(?P<apart>split|broken\s+down|summari[sz]ed|grouped|told\s+apart)\s+(?:for|in)\s+(?:each|every)\s+", r"\g<apart> by "),
    (r"\bfor\s+every\s+order\s+priority\b", "by order priority"),
    (rf"(?<![,;]\s)(?<!\bthen\s)(?<!\band\s)\b(?:organi[sz]ed|arranged|itemi[sz]ed|listed|classified|tabulated|summari[sz]ed|subdivided|disaggregated|structured|stratified|clustered|categori[sz]ed|distinguished|differentiated|separated|cut|displayed|divided|laid\s+out|set\s+out|shown|presented|reported|told\s+apart|parcelled\s+out)\s+(?:out\s+)?(?:by|per|according\s+to|along|into|between|among|across|over)\s+(?:the\s+|our\s+)?(?:(?:individual|different|various|single|two|three|four|seven)\s+)*(?={GROUP}\b)", "by "),
    (rf"\b(?:divided|shared|split|spread|distributed|composed|allocated|apportioned|broken\s+down|broken\s+up)\s+(?:out\s+|up\s+)?(?:by|between|among|amongst|across|over|into|to|along)\s+(?:the\s+|our\s+|all\s+)*(?:(?:individual|different|various|single|two|three|four|seven)\s+)*(?={GROUP}\b)", "by "),
    (rf"\b(?:at|on)\s+(?:the\s+)?(?:level\s+of\s+(?:the\s+|each\s+|every\s+)?(?P<one>{GROUP})|(?P<two>{GROUP})[\s-]level)\b", r"by \g<one>\g<two>"),
    (rf"\b(?P<one>{GROUP})[\s-](?:level|wise)\s+(?=[a-z])", r"by \g<one> "),
    (rf"\balong\s+(?:the\s+)?(?={GROUP}\b)", "by "),
    (rf"^(?:segment|disaggregate|separate|break\s+out|split\s+out|divide|tabulate|slice|cut|stratify|classify)\s+(?:the\s+|our\s+)?(?=[^?]*\bby\s+{GROUP})", "show "),
    (r"^(?:pick|single|point|make|map|set)\s+out\s+(?=(?:the|our|all|which|every|any)\b)", "show "),
    (r"^(?:trace|map|follow)\s+(?=(?:the|our|total|monthly|quarterly|sales|revenue|profit)\b)", "show "),
    (r"\bwith\s+(?:regards?|respect)\s+to\s+(?=(?:sales|revenue|profit|margin|units|orders|turnover|number|total|average|return)\b)", "by "),
    (r"\bforemost\b", "top"),
    # left out
    (rf"\b(?:if|once|when|where|with|were)\s+(?:(?:you|we|i|one)\s+)?(?:ignore|exclude|leave\s+(?:out|aside)|take\s+out|remove|disregard|set\s+aside|drop|omit|excludes|excluded|excluding|removed|took\s+out)\s+{THING}(?=\s*,|\s*[?.]*$|\s+(?:in|during|for|by|per)\s)", r"excluding \g<thing>"),
    (rf"\b(?:if|once|when|with)\s+{THING}\s+(?:(?:is|are|was|were|gets)\s+)?{LEFT_OUT}\b", r"excluding \g<thing>"),
    (rf",\s*(?:with\s+)?{THING}\s+(?:is\s+|are\s+)?{LEFT_OUT}\b,?", r" excluding \g<thing> "),
    (r"\b(?:leaving\s+(?:aside|out)|setting\s+aside|exclusive\s+of|barring|save\s+for|disregarding|after\s+(?:removing|excluding|taking\s+out|leaving\s+out)|not\s+taking\s+into\s+account|not\s+considering)\s+(?!(?:the\s+)?(?:every|all|any|each|those|orders|lines|customers|ones|returned|returns)\b)(?=(?:the\s+)?[a-z])", "excluding "),
    (r"\b(?P<what>sales|revenue|turnover|profit|units|orders)\s+(?:less|net\s+of|minus)\s+(?=(?-i:[A-Za-z])[\w&]+\s+(?:in|by|per|for|during)\b)(?!returns\b|discounts?\b|shipping\b|cost|sales\b|those\b|that\b|the\b)", r"\g<what> excluding "),
    # when
    (rf"\b(?:in|over|through|throughout|during)\s+the\s+course\s+of\s+(?={PERIOD}\b)|\bacross\s+(?=(?:the\s+)?(?:(?:whole|full|entire)\s+)?(?:year\s+)?20\d\d\b)|\bin\s+the\s+span\s+of\s+(?={PERIOD}\b)", "in "),
    (r"\b(?P<in>in|over|during|throughout)\s+the\s+(?:twelve|12)\s+months\s+(?:of|in)\s+(?=20\d\d\b)", r"\g<in> "),
    (r"\b(?:on\s+an?|at\s+an?)\s+(?P<every>dai|week|month|quarter|year)ly\s+basis\b", r"\g<every>ly"),
    (r"\b(?P<seen>(?:develop(?:ed|ment)?|evolv(?:e|ed)|evolution|look(?:ed)?(?:\s+like)?|trend|move[ds]?|unfold(?:ed)?|progress(?:ed)?)\b[^?]*?)\s+(?:(?P<unit>month|quarter|year|week)\s+by\s+(?P=unit)|from\s+(?P<one>month|quarter|year|week)\s+to\s+(?P=one)|by\s+calendar\s+(?P<cal>month|quarter|week))\b", r"\g<seen> by \g<unit>\g<one>\g<cal>"),
    # whose part it is
    (r"\b(?P<share>(?:share|percentage|proportion|fraction|percent|part|portion)\s+of\s+[^?]*?)\s+(?:is|was|are|were)\s+(?:made\s+up|accounted\s+for|constituted|provided|supplied|brought\s+in|covered|taken\s+up|held)\s+by\s+", r"\g<share> came from "),
    (r"\b(?P<share>(?:share|percentage|proportion|fraction|percent|part|portion)\s+of\s+[^?]*?)\s+(?:stems?|stemmed|arose|arises|originates?|originated|resulted|results)\s+from\s+", r"\g<share> came from "),
    (r"\b(?P<share>(?:what|which|how\s+large\s+a|how\s+big\s+a)\s+(?:share|percentage|proportion|fraction|percent|part|portion)\s+of\s+(?:sales|revenue|profit|turnover|orders|units|our\s+\w+|the\s+\w+|all\s+\w+|total\s+\w+))\s+(?:fell|falls|goes|went|go)\s+to\s+", r"\g<share> came from "),
    (r"(?P<whose>['’]s)\s+(?:slice|cut)\s+of\s+(?=(?:the\s+|our\s+|total\s+)?(?:sales|revenue|profit|turnover|orders|units)\b)", r"\g<whose> share of "),
    # in a country
    (r"\b(?:on|in)\s+the\s+(?P<of>German|French|Italian|Spanish|British|American|Canadian|Mexican|Brazilian|Chinese|Indian|Japanese|Australian|Turkish|Dutch|Swedish|Austrian|Swiss|Polish|Russian|Nigerian|Egyptian|Indonesian|Chilean|Argentin(?:e|ian)|Colombian|Moroccan|Kenyan)\s+market\b", r"for \g<of> customers"),
    # what was had
    (r"\b(?P<which>(?:which|what)\s+[^?]*?)\s+(?:reported|drove|claimed|led\s+with|commanded|held|garnered|captured|pulled\s+in|took\s+in|boasted|carried|bore|incurred|ran\s+up|racked\s+up|exhibited|displayed|attained|experienced|secured)\s+(?=(?:the\s+)?(?:\w+\s+)?(?:highest|lowest|most|least|largest|smallest|biggest|greatest|fewest|best|worst|top)\b)", r"\g<which> had "),
    # at a loss
    (r"\b(?:ran|run|running|operated|traded|closed|finished|ended(?:\s+up)?|came\s+out|wound\s+up|end\s+up|close|finish|come\s+out|stood)\s+(?:(?:at|with|in)\s+)(?:an?\s+|the\s+)(?:overall\s+|net\s+|total\s+)?(?:loss|red|minus)\b(?:\s+figures)?|\b(?:posted?|produced?|record(?:ed)?|generated?|show(?:ed)?|incur(?:red)?|suffer(?:ed)?|report(?:ed)?|register(?:ed)?|booked|book|sustain(?:ed)?|yield(?:ed)?|brought|saw|see|had)\s+(?:an?\s+)?(?:overall\s+|net\s+|total\s+)?loss(?:es)?\b(?!\s+(?:of|on)\b)", "lost money"),
    (r"\bin\s+(?:which|what)\s+(?P<what>[^?]*?)\s+did\s+we\s+lost\s+money\b", r"in which \g<what> did we lose money"),
    (r"\b(?P<what>(?:which|what|where)\s+[^?]*?)\s+did\s+we\s+lost\s+money\b", r"in \g<what> did we lose money"),
    (r"\b(?:were|was|are|is)\s+(?:not|never)\s+profitable\b|\b(?:made|earned|turned|generated)\s+no\s+profit\b|\b(?:did|do|does)\s+not\s+(?:make|turn|earn|generate|yield|bring\s+in)\s+(?:a|any)\s+profit\b", "had a profit of at most 0"),
    (r"^where\s+(?=lost\s+money\b)", "which countries "),
    # who ordered and who did not
    (r"\b(?P<in>in\s+20\d\d)\s+(?:but|and|yet|only\s+to|before)\s+(?:then\s+)?(?:failed\s+to\s+(?:order|buy)|stayed\s+away|stopped(?:\s+(?:ordering|buying))?|went\s+(?:silent|quiet|missing)|dropped\s+out|disappeared|vanished|fell\s+away|no\s+longer\s+(?:ordered|bought)|did\s+not\s+return|were\s+(?:gone|inactive|lost)|became\s+inactive)\s+(?=in\s+20\d\d)", r"\g<in> but not "),
    (r"\b(?:stopped\s+(?:ordering|buying)|went\s+(?:silent|quiet)|dropped\s+out|disappeared|vanished|were\s+lost)\s+in\s+(?P<late>20\d\d)\s*,?\s*(?:after\s+)?having\s+(?:ordered|bought|been\s+active|purchased)\s+in\s+(?P<early>20\d\d)", r"ordered in \g<early> but not in \g<late>"),
    (r"\b(?P<first>(?:placed|made)\s+(?:an\s+order|orders)\s+in\s+20\d\d)\s+without\s+(?:placing|making|having)\s+(?:one|any|an\s+order|a\s+single\s+one|another)\s+(?=in\s+20\d\d)", r"\g<first> but not "),
    (r"\b(?P<who>customers|clients|buyers|shoppers)(?P<that>(?:\s+(?:who|that))?)\s+(?:were|was)\s+active\s+(?=in\b|during\b)", r"\g<who>\g<that> ordered "),
    (r"\b(?P<who>customers|clients|buyers|shoppers)(?P<that>(?:\s+(?:who|that))?)\s+(?:were|was|stayed|remained)\s+inactive\s+(?=in\b|during\b)", r"\g<who>\g<that> did not order "),
    # orders of so much
    (r"\borders\s+(?:that\s+)?(?:totalling|totaling|amounting\s+to|adding\s+up\s+to|coming\s+to|totalled|amounted\s+to)\s+(?=(?:more|less|over|under|above|below|at\s+least|at\s+most|[$€£]?\d))", "orders worth "),
    # added up
    (r"\b(?:progressive|ongoing|successive)\s+(?:total|sum)s?\b", "running total"),
    (r"\b(?:year[\s-]to[\s-]date|ytd)\s+(?P<what>sales|profit|revenue|units|orders|turnover)\s+(?:for|at|after|by|in|as\s+of|at\s+the\s+end\s+of)\s+(?:each|every|the\s+end\s+of\s+each)\s+month\s+(?:in|of|for|during)\s+(?=20\d\d)", r"cumulative \g<what> by month in "),
    (r"\bhow\s+did\s+(?P<what>[\w\s]+?)\s+(?:add\s+up|build\s+up|accumulate|cumulate)\s+(?:over\s+the\s+(?P<unit>month|quarter|week)s|by\s+(?P<by>month|quarter|week)|(?P<each>month|quarter|week)\s+by\s+(?P=each))\b", r"cumulative \g<what> by \g<unit>\g<by>\g<each>"),
    # days of the week
    (r"\b(?P<by>by|per|each|every|over|across|among|between)\s+(?:the\s+)?days?\s+of\s+(?:the\s+|a\s+)?week\b", r"\g<by> weekday"),
    # how many kinds
    (r"\b(?:distinct|different|unique)\s+(?P<who>product|customer|order)\s+count\b|\bcount\s+of\s+(?:the\s+)?(?:distinct|different|unique)\s+(?P<whom>product|customer|order)s\b", r"number of different \g<who>\g<whom>s"),
    (r"\b(?:variety|range|assortment)\s+of\s+products\s+sold\b", "number of different products sold"),
    # discounts
    (r"\b(?P<mean>average|mean|typical)\s+(?:rate|level|percentage)\s+of\s+discounts?\b|\b(?P<means>average|mean|typical)\s+discount\s+(?:rate|level|percentage)s?\b", r"\g<mean>\g<means> discount"),
    (r"^how\s+(?:heavily|deeply|strongly|much)\s+(?:do|did|are|were|have)\s+(?:we\s+discount(?:ed)?|(?:our\s+)?prices\s+discounted)(?:\s+on\s+average)?\b|^how\s+(?:deep|steep|large|high|big|generous)\s+(?:are|were)\s+(?:the\s+|our\s+)?discounts(?:\s+on\s+average)?\b|^how\s+much\s+discount\s+(?:do|did)\s+we\s+(?:give|grant|allow|offer)\s+on\s+average\b|^what\s+discount\s+(?:do|did)\s+(?:our\s+)?customers\s+(?:get|receive|enjoy)\s+on\s+average\b", "what was the average discount"),
    # what shipping cost
    (r"\bshipping\s+(?:expenditures?|outlays?|spending|fees|charges?)\b|\b(?:transport|transportation|carriage|postage|haulage)\s+(?:costs?|expenses?|charges?)\b|\b(?:outlay|expenditure|expenses?|costs?|spending)\s+(?:on|for)\s+(?:shipping|freight|transport)\b(?!\s+(?:mode|class))", "shipping cost"),
    (r"^(?:what\s+(?:did|does)\s+(?:the\s+)?shipping\s+come\s+to|how\s+much\s+(?:money\s+)?(?:went|goes|was\s+spent|has\s+gone)\s+(?:on|into|for)\s+(?:shipping|freight)|how\s+expensive\s+(?:was|is)\s+shipping(?:\s+(?:in\s+total|overall))?)(?=\s+(?:by|per|in|for|during|on|last|this|of|to)\b|\s*\??$)", "what was the shipping cost"),
    # those who came
    (r"(?<!\bnew\s)\b(?:customers|clients|buyers)\s+(?:that\s+(?:were|we)\s+|we\s+)?(?:won|acquired|gained|added)(?=\s+(?:by|per|each|every)\b)", "new customers"),
    (r"\b(?P<new>new\s+(?:customers|clients|buyers))\s+(?:(?:did|have|has)\s+we\s+(?:pick(?:ed)?\s+up|get|got)|joined(?:\s+us)?|came\s+(?:in|along|aboard)|came\s+on\s+board)\b", r"\g<new>"),
    (r"\bnew[\s-]customer\s+counts?\b|\bcustomer\s+acquisitions?\b", "number of new customers"),
    (r"^how\s+many\s+(?P<who>customers|clients|people)\s+(?:placed\s+their\s+(?:very\s+)?first\s+(?:ever\s+)?order|made\s+their\s+(?:very\s+)?first\s+(?:ever\s+)?(?:purchase|order)|(?:ordered|bought|purchased|shopped)(?:\s+from\s+us)?\s+for\s+the\s+(?:very\s+)?first\s+time|came\s+to\s+us\s+for\s+the\s+first\s+time)\s+(?:(?:by|per)\s+(?P<unit>quarter|month|year)\s+(?P<in>in|of|during)|in\s+(?:each|every)\s+(?P<each>quarter|month|year)\s+(?P<of>of|in|during))\s+(?=20\d\d|this|last)", r"how many new customers by \g<unit>\g<each> in "),
    (r"\bnew\s+(?P<who>customers|clients|buyers)\s+(?:who\s+)?(?:ordered|bought)\s+for\s+the\s+first\s+time\b", r"new \g<who>"),
    # in each of them
    (r"\b(?P<what>(?:top|best|leading|most\s+\w+|(?:highest|lowest|largest)[\w\s-]*?)\s[^?]*?)\s+in\s+every\s+(?=(?:category|subcategory|market|segment|country|region|state)\b)", r"\g<what> in each "),
    (r"\b(?P<what>how\s+many\s+(?:different|distinct|unique)\s+\w+\s+(?:were\s+sold|did\s+we\s+sell|were\s+ordered))\s+in\s+every\s+", r"\g<what> in each "),
    # two beside each other
    (r"\b(?P<fig>sales|profit|revenue|units|orders|turnover|margin)\s+of\s+(?P<one>[\w-]+)\s+and\s+of\s+(?P<two>[\w-]+)\b", r"\g<fig> of \g<one> versus \g<two>"),
    (r"\bevol(?:ve|ved|ving)\s+(?=by\s+(?:month|quarter|year|week)\b)", "develop "),
    (r"\b(?:the\s+)?(?:development|evolution|progression|course|trajectory)\s+of\s+(?P<what>(?:the\s+|our\s+|total\s+)*(?:sales|profit|revenue|margin|units|orders|turnover|returns?|return\s+rate)\b[^?]*?)\s+(?P<by>(?:by|per|over\s+the|for\s+each|each|in\s+each)\s+(?:month|quarter|year|week)s?\b)", r"\g<what> \g<by>"),
    # in an order
    (r"^how\s+many\s+(?P<what>units|items|pieces|lines|order\s+lines|products)\s+(?:(?:are|were)\s+(?:there\s+)?(?:in|on)\s+(?:an?|the)|(?:does|did)\s+(?:an?|the))\s+(?:average|typical|mean)\s+order(?:\s+(?:have|contain|include|hold|comprise|consist\s+of))?\b|^how\s+many\s+(?P<bought>units|items|pieces|lines|order\s+lines|products)\s+(?:do|did)\s+(?:our\s+)?(?:customers|people|buyers)\s+(?:buy|order|purchase|take)\s+(?:per|in\s+an?|in\s+each|with\s+each)\s+order(?:\s+on\s+average)?\b|^how\s+large\s+(?:is|was)\s+the\s+average\s+order\s+in\s+(?P<in>units|items|pieces|lines)\b", r"average number of \g<what>\g<bought>\g<in> per order"),
    # more than so many of them
    (r"\b(?:passed|crossed|broke|cleared|surpassed|topped|hit)\s+the\s+(?P<n>\d[\d,]*)[\s-](?P<what>order|customer|unit)s?[\s-](?:mark|threshold|line|barrier)\b", r"had more than \g<n> \g<what>s"),
    *(
        (rf"\b{lead}(?P<one>{ONE}){tail}\s+(?:(?:is|was|are|were|lies|lay|of)\s+)?(?:{said})\s+(?P<n>\d[\d,]*)", rf"with {bound} \g<n> \g<one>s")
        for lead, tail in (
            (rf"{WHERE}\s+(?:the\s+)?number\s+of\s+", "s"),
            (r"did\s+the\s+number\s+of\s+", "s"),
            (rf"{WHERE}\s+", r"s\s+number(?:ed)?"),
            (rf"(?:{WHERE}|with)\s+(?:the\s+|an?\s+)?", r"[\s-](?:count|number)s?"),
        )
        for said, bound in BOUNDS
    ),
    # the best of the year
    (r"\b(?P<what>which\s+\w+)\s+(?:came\s+out\s+(?:on\s+)?top|turned\s+out\s+(?:the\s+)?best|led|was\s+the\s+leader|ranked\s+first|came\s+first|was\s+first|was\s+number\s+one|took\s+first\s+place)\s+(?:in|for|by|on)\s+(?=(?:sales|revenue|profit|margin|orders|units|turnover)\b)", r"\g<what> was the best by "),
    (r"\b(?P<what>which\s+\w+)\s+(?:took|takes|holds|held|occupied|occupies|got|has)\s+(?P<nth>second|third|fourth|fifth)\s+place\s+(?:in|for|by|on)\s+", r"\g<what> was the \g<nth> best by "),
    (r"^when\s+(?:were|was)\s+(?:our\s+|the\s+)?(?P<fig>sales|revenue|profit|turnover)\s+(?:the\s+|at\s+(?:their|its)\s+)?(?P<way>highest|lowest)\b", r"which month had the \g<way> \g<fig>"),
    (r"^(?:what\s+(?:was|is)\s+)?the\s+(?P<unit>month|quarter|year|day|week|weekday)\s+(?:of|in\s+which|when|where|for\s+which)\s+(?:the\s+)?(?:(?P<way>highest|lowest|largest|smallest|best|worst)\s+(?P<fig>sales|revenue|profit|turnover|margin|units)|(?P<figs>sales|revenue|profit|turnover|margin|units)\s+(?:were|was)\s+(?:the\s+)?(?P<ways>highest|lowest|largest|smallest|best|worst))\b", r"which \g<unit> had the \g<way>\g<ways> \g<fig>\g<figs>"),
    # returned
    (r"\b(?P<orders>orders)\s+(?:later|subsequently|then|eventually)\s+returned\b", r"\g<orders> that were returned"),
    (r"\b(?P<orders>orders)\s+(?:with|having|that\s+(?:have|had))\s+(?:an?|at\s+least\s+one|some)\s+return\b(?!\s+(?:rate|date|status|reason|region))", r"\g<orders> that were returned"),
    (r"^how\s+much\s+(?P<fig>profit|revenue|sales|turnover|money)\s+(?:is|was|were|are|lies|lay|sits|sat)\s+(?:tied\s+up\s+|bound\s+up\s+|contained\s+|stuck\s+)?in\s+(?=(?:the\s+|our\s+)?(?:\w+\s+)?orders\b|returned\b)", r"what is the \g<fig> of "),
    (r"^what\s+(?:are|were)\s+the\s+(?:return\s+reasons|reasons\s+for\s+(?:the\s+)?returns?)\s+and\s+(?:how\s+many\s+returns\s+(?:did\s+)?each\s+(?:one\s+)?(?:had|has|have|got)|the\s+number\s+of\s+returns\s+(?:for\s+each|each|per\s+reason)(?:\s+(?:one|reason))?)\b", "number of returns by reason"),
    # on the very day
    (r"\b(?:left|sent\s+out|went\s+out|dispatched|leave|go\s+out)\s+(?:on\s+)?the\s+(?:very\s+|same\s+)*(?:day|date)\s+(?:of\s+(?:the\s+)?order(?:ing)?|(?:that\s+|as\s+|when\s+)?they\s+(?:were|had\s+been)\s+(?:ordered|placed)|(?:that\s+)?they\s+came\s+in)\b|\bshipped\s+on\s+the\s+same\s+date\s+(?:as|that)\s+they\s+were\s+(?:ordered|placed)\b", "shipped on the day they were ordered"),
    # every year
    (r"^(?P<asked>(?![^?]*\b(?:which|where|whose|who|that|what|countries|customers|products|in\s+every)\b)[^?]*?\w)\s+every\s+(?P<unit>year|month|quarter|week)(?=\s*[?.]*\s*$|\s+(?:in|of|since|from|during)\s+20\d\d|\s+(?:since|from)\b)", r"\g<asked> by \g<unit>"),
    # no more than this
    (r"\b(?:limited|restricted|confined|narrowed(?:\s+down)?)\s+to\s+(?:the\s+)?(?=(?-i:[A-Z]))", "only in "),
    (r"^what\s+(?:were|was|are|is)\s+(?:the\s+)?(?P<fig>(?:total\s+)?(?:sales|profit|revenue|margin|turnover|units|number\s+of\s+orders|return\s+rates?|average\s+order\s+values?))\s+(?:of|in|for)\s+the\s+(?P<where>(?-i:[A-Z])[\w]*)\s+(?:countries|markets)\b", r"what was the \g<fig> by country in the \g<where>"),
    (r"\bby\s+(?:individual|single|separate|respective)\s+(?=\w)", "by "),
    (r"\b(?P<one>sales|revenue|profit|turnover)\s+with\s+(?P<two>sales|revenue|profit|margin|turnover|units|orders)\s+(?=by|per|for\s+each)", r"\g<one> and \g<two> "),
    (r"\b(?:split|mix|composition|makeup|make-up|structure)\s+of\s+(?P<fig>sales|revenue|profit|turnover|orders|units)\s+in\s+(?:percent|%|per\s+cent|percentages)\s+(?=by|per|across|over)", r"share of \g<fig> "),
    (r"\b(?P<share>share|percentage|proportion|part)\s+of\s+(?P<fig>sales|revenue|profit|turnover|orders|units)\s+(?:fell|falls|goes|went)\s+(?:on|to|upon)\s+(?=each\b|every\b)", r"\g<share> of \g<fig> came from "),
    # what nobody bought
    (r"\b(?P<what>products|articles|items)\s+(?:that\s+|which\s+)?(?:(?:have|has|had)\s+)?(?:(?:nobody|no\s+one|no\s+customer|none\s+of\s+our\s+customers)\s+(?:(?:has|have|had)\s+)?(?:ever\s+)?(?:bought|ordered|purchased|wanted)|(?:has|have)\s+(?:nobody|no\s+one|no\s+customer)\s+ever\s+(?:bought|ordered|purchased)|(?:been\s+)?(?:never\s+been|not\s+been)\s+(?:bought|ordered|purchased)\s+by\s+(?:anyone|anybody|any\s+customer)|found\s+no\s+(?:buyer|customer|taker)s?|(?:never\s+been|not\s+been)\s+part\s+of\s+(?:an|any)\s+order|(?:remain|remained|are\s+still|were|stayed|go|went)\s+unsold|(?:were\s+)?not\s+sold\s+(?:even\s+once|a\s+single\s+time))\b", r"\g<what> were never sold"),
    (r"^(?P<ask>(?:list|show|name|give\s+me|find)?\s*(?:all\s+|the\s+|our\s+)*)(?P<what>products|articles)\s+(?:without|with\s+(?:no|zero))\s+(?:any\s+)?(?:sales|orders|revenue)\s*[?.]*$", r"\g<ask>\g<what> never sold"),
    # when, in other words
    (r"\bhalf[\s-]year\b", "half"),
    (r"\b(?:opening|initial)\s+(?=(?:\w+\s+)?(?:months|quarters?|half|weeks)\b)", "first "),
    (r"\b(?:closing|final)\s+(?=(?:\w+\s+)?(?:months|quarters?|half|weeks)\b)", "last "),
    (r"\b(?P<year>20\d\d)['’]s\s+(?P<nth>first|second|third|fourth|last|1st|2nd|3rd|4th)\s+(?P<part>quarter|half)\b", r"the \g<nth> \g<part> of \g<year>"),
    *((rf"(?<!same\s)\bquarter\s+{told}(?=\s+(?:of\s+)?20\d\d|\s+of\b)", f"Q{n}") for n, told in enumerate(("one", "two", "three", "four"), 1)),
    (r"\b(?P<n>[1-4])q[\s/'’-]*(?P<year>20\d\d)\b", r"Q\g<n> \g<year>"),
    (r"\b(?P<n>[1-4])q[\s/'’-]?(?P<year>2\d)\b|\bq(?P<n2>[1-4])[/'’](?P<year2>2\d)\b", r"Q\g<n>\g<n2> 20\g<year>\g<year2>"),
    (r"\bq(?P<n>[1-4])\s*[/-]\s*(?P<year>20\d\d)\b", r"Q\g<n> \g<year>"),
    (r"(?<!20\d\d\s)\bsince\s+(?:the\s+)?(?:(?:beginning|start|turn)\s+of\s+(?:the|this)\s+year|new\s+year|the\s+year\s+(?:began|started)|the\s+new\s+year)\b(?![^?]*\b20\d\d)", "this year"),
    (r"\b(?:up\s+to\s+now|to\s+date|until\s+now|thus\s+far)\s+this\s+year\b|\bin\s+the\s+(?:present|running|ongoing|current)\s+year\b(?:\s+so\s+far)?", "this year"),
    (r"\bthe\s+month\s+before\s+this\s+one\b", "last month"),
    (r"\bthe\s+(?:(?:most\s+recent|latest|preceding|trailing|final)\s+)(?=\d+\s+(?:days|weeks|months|quarters|years)\b|(?:two|three|four|five|six|seven|eight|nine|ten|twelve|thirty|sixty|ninety)\s+(?:days|weeks|months|quarters|years)\b)", "the last "),
    (rf"\bfrom\s+(?P<when>(?:{MONTH})\s+20\d\d|(?:q[1-4]|h[12])\s+20\d\d|20\d\d|(?:{MONTH})\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+20\d\d)\s+(?:until|till|up\s+to|to)\s+(?:now|today|date|the\s+present(?:\s+day)?|this\s+day|the\s+newest\s+data|the\s+latest\s+data)\b", r"since \g<when>"),
    (rf"\b(?:beginning\s+(?:in|with|from)|starting\s+with)\s+(?=(?:{MONTH})\s+20\d\d|(?:q[1-4]|h[12])\s+20\d\d|20\d\d)", "since "),
    (rf"\bfrom\s+(?P<when>(?:{MONTH})\s+20\d\d|(?:q[1-4]|h[12])\s+20\d\d|20\d\d)\s+(?:forwards?|upwards?|and\s+later|and\s+after(?:wards)?)\b", r"since \g<when>"),
    (r"\b(?:up\s+to\s+and\s+including|through\s+to\s+the\s+end\s+of)\s+(?=20\d\d)", "until the end of "),
    (r"\b(?:prior\s+to|earlier\s+than|ahead\s+of|preceding|in\s+(?:all\s+)?(?:the\s+)?years\s+(?:before|prior\s+to|preceding))\s+(?=20\d\d\b)", "before "),
    # how often
    (r"\bhow\s+often\s+(?:does|did|do)\s+(?:an?\s+(?:average\s+|typical\s+)?customer|(?:our\s+)?customers)\s+(?:order|buy|purchase|shop)(?:\s+on\s+average)?\b|\bhow\s+many\s+times\s+(?:does|did)\s+an?\s+(?:average|typical|mean)\s+customer\s+(?:order|buy|shop)\b|\bhow\s+many\s+orders\s+(?:did|do|does)\s+(?:(?:our\s+)?customers|each\s+customer|a\s+customer)\s+(?:place|make)\s+on\s+average\b|\border(?:ing)?\s+frequency(?:\s+per\s+customer|\s+of\s+(?:our\s+)?customers)?\b", "average number of orders per customer"),
    (r"\b(?P<did>ordered|bought|purchased)\s+(?:twice|two\s+times)\s+or\s+more(?:\s+often)?\b|\bcame\s+back\s+at\s+least\s+once\b", "ordered more than once"),
    (r"\b(?:with|having|who\s+(?:have|had|placed|made)|that\s+(?:have|had|placed))\s+(?:multiple|several)\s+orders\b", "with more than one order"),
    (r"\b(?P<what>(?:share|percentage|proportion|fraction|percent|part)\s+of\s+(?:the\s+|our\s+|total\s+)?(?:sales|revenue|turnover|profit|units|lines|order\s+lines))\s+(?:(?:was|were|is|are)\s+given\s+|(?:has|have|had|carried|carries|bore|got|received|enjoyed)\s+|(?:came|comes|was|is)\s+from\s+(?:order\s+)?lines\s+(?:with|that\s+had|having|carrying)\s+)(?:an?\s+|any\s+)discount\b", r"\g<what> was discounted"),
    (r"\bwhen\s+did\s+each\s+(?P<who>[\w-]+(?:\s[\w-]+)?)\s+(?:order|buy)\s+for\s+the\s+(?:very\s+)?first\s+time\b", r"date of the first order by \g<who>"),
    (r"^when\s+the\s+(?P<nth>first|last|latest|earliest)\s+order\s+was\s+placed\b", r"date of the \g<nth> order"),
    # both of them, neither
    (r"\b(?P<did>bought|purchased|ordered)\s+(?P<one>[\w-]+)\s+(?:as\s+well\s+as|and\s+also|along\s+with)\s+(?P<two>[\w-]+)\b(?!\s+(?:in|from)\s+the)", r"\g<did> both \g<one> and \g<two>"),
    (r"\b(?P<did>bought|purchased|ordered)\s+(?P<one>[\w-]+)\s+while\s+not\s+(?:buying|purchasing|ordering)\s+", r"\g<did> \g<one> but not "),
    (r"\bunder\s+the\s+(?=(?:overall|company|total|average|mean|median|global|general|whole)\b)", "below the "),
    (r"\b(?P<than>under|below|above|over)\s+(?:the\s+(?P<fig>margin|return\s+rate|average\s+order\s+value)|that)\s+of\s+all\s+(?P<what>[\w-]+)\s+(?:together|combined|taken\s+together)\b", r"\g<than> the overall \g<fig>"),
    (r",\s*each\s+(?:one\s+)?(?=(?:compared|against|versus|vs)\b)", " "),
    # the levels of a priority
    (r"\bat\s+each\s+(?=(?:order\s+)?priority\b)", "by "),
    # a day's sales
    (r"^how\s+much\s+(?:do|did)\s+we\s+sell\s+(?:(?:per|a|each|every)\s+(?P<unit>day|week|month|quarter|year)\s+on\s+average|on\s+average\s+(?:per|a|each|every)\s+(?P<per>day|week|month|quarter|year)|on\s+an?\s+(?:average|typical|normal)\s+(?P<one>day|week|month|quarter|year)|daily\s+on\s+average)", r"average sales per \g<unit>\g<per>\g<one>"),
    (r"^average sales per(?=\s*[,?]|\s+in\b|\s*$)", "average sales per day"),
    (r"\b(?P<mean>average|mean)\s+(?P<fig>sales|revenue|profit|turnover|orders|units|number\s+of\s+orders)\s+(?:for\s+)?a\s+(?P<unit>day|week|month|quarter|year)\b", r"\g<mean> \g<fig> per \g<unit>"),
    (r"\b(?P<unit>dai|week|month|quarter|year)ly\s+(?P<fig>sales|revenue|profit|turnover|orders|units)\s+on\s+average\b", r"average \g<unit>ly \g<fig>"),
    # customers brought it
    (r"^(?P<fig>sales|revenue|profit|turnover|units)\s+(?:that|which)\s+(?P<who>[\w\s-]{0,25}?(?:customers|clients|buyers))\s+(?:brought\s+in|generated|made|contributed|spent|produced|accounted\s+for|brought|yielded)\b", r"\g<fig> of \g<who>"),
    (r",\s*counted\s+(?=(?:by|per)\b)(?!\w+\s+(?:the\s+)?\w+\s+date)", " count "),
    # where most of them live
    (r"\b(?:are|is)\s+home\s+to\s+(?=the\s+(?:most|fewest|largest))|\bhost\s+(?=the\s+(?:most|largest))|\bcount\s+(?=the\s+most)|\bhouse\s+(?=the\s+most)", "have "),
    (r"\b(?:lead|leads|led)\s+(?:in|by|for)\s+(?=(?:number|sales|revenue|profit|orders|units|customers|margin)\b)", "are the top by "),
    (r"\bdo\s+most\s+(?:of\s+)?(?:our\s+)?customers\s+(?:live\s+in|come\s+from)\b", "have the most customers"),
    (r"\bby\s+(?:the\s+)?(?P<who>customer|order|line|return|product)\s+(?:count|number)s?\b", r"by number of \g<who>s"),
    (r"\bin\s+terms\s+of\s+(?P<who>customers|orders)\b(?=\s*[?.]*$)", r"by number of \g<who>"),
    # the price of one
    (r"\b(?:average|mean)\s+(?:selling\s+|sales\s+)?price\s+(?:per|of\s+an?|for\s+an?|for\s+one)\s+(?:unit|item|piece)(?:\s+sold)?\b", "average selling price"),
    (r"^what\s+(?:do|did)\s+we\s+(?:get|got)\s+per\s+unit(?:\s+on\s+average)?\b|^what\s+we\s+got\s+per\s+unit(?:\s+on\s+average)?\b", "sales per unit"),
    (r"\bwho\s+became\s+(?:a\s+)?customers?\s+(?=in\s+20\d\d)", "whose first order was "),
    (r"\b(?P<days>days)\s+did\s+(?P<fig>sales|revenue|profit|turnover)\s+pass\s+(?=[$€£]?\d)", r"\g<days> did \g<fig> exceed "),
    # out within so many days
    (r"\b(?:went\s+out|(?:were|was)\s+sent(?:\s+out)?|(?:were|was)\s+out\s+of\s+the\s+(?:door|house|warehouse)|left(?:\s+the\s+(?:warehouse|house))?|got\s+out|were\s+on\s+their\s+way)\s+(?=(?:within|in|after)\s+(?:at\s+most\s+|less\s+than\s+|no\s+more\s+than\s+)?(?:\d+|one|two|three|four|five|six|seven)\s+days?\b)", "were shipped "),
    (r"\b(?:(?:were|was|had\s+been|have\s+been)\s+)?shipped\s+after\s+(?P<n>\w+)\s+days\s+at\s+(?:the\s+)?(?:latest|most)\b", r"were shipped within \g<n> days"),
    # two places
    (r"^is\s+(?:the\s+|our\s+)?(?P<fig>margin|profit|return\s+rate|average\s+order\s+value)\s+in\s+(?P<one>(?-i:[A-Z])[\w]*)\s+(?:higher|lower|better|worse|larger|smaller|bigger)\s+than\s+(?:in|that\s+of|that\s+in)\s+(?P<two>(?-i:[A-Z])[\w]*)\b", r"compare the \g<fig> in \g<one> and \g<two>"),
    (r"^(?P<asked>(?!.*\b(?:combined|together|per|by|each|shown|who|which|total)\b)[^?]*?)\bin\s+(?P<one>(?-i:[A-Z])\w*)\s+and\s+in\s+(?P<two>(?-i:[A-Z])\w*)(?=\s*[?.]*$|\s+(?:in|during|for|last|this)\b)", r"\g<asked>in \g<one> versus \g<two>"),
    (r"^(?P<one>(?-i:[A-Z])\w*)\s+and\s+(?P<two>(?-i:[A-Z])\w*)\s*[,:]\s*(?P<fig>[\w\s]+?)\s+(?:of|for|in)\s+each\b", r"\g<fig> of \g<one> versus \g<two>"),
    # countries of a market
    (r"\b(?P<which>which|what|in\s+which|the|all|list|show|name|top\s+\d+|\d+|how\s+many|^)\s*\b(?P<of>(?-i:EU|APAC|LATAM|EMEA|African))\s+(?P<what>countries|cities|states)\b", r"\g<which> \g<what> in the \g<of>"),
    (r"\b(?P<what>countries|states|cities|markets|regions|segments|subcategories|categories|products)(?P<where>\s+(?:in|of)\s+(?:the\s+)?[\w]+)?\s+(?:that\s+|which\s+)?(?:did\s+not\s+(?:place\s+(?:an\s+order|any\s+orders?)|order(?:\s+anything)?|buy\s+anything)|ordered\s+nothing|bought\s+nothing|did\s+we\s+not\s+sell\s+(?:anything\s+)?(?:to|in)|had\s+zero\s+(?:sales|orders)|(?:in\s+which|where)\s+(?:we\s+sold\s+nothing|nothing\s+was\s+(?:sold|ordered)))(?=\s+(?:in|during|since|last|this)\b|\s*[?.]*$)", r"\g<what>\g<where> had no orders"),
    (r"^(?P<what>countries|states|cities|markets|regions|segments|subcategories|categories)(?P<where>\s+(?:in|of)\s+(?:the\s+)?[\w]+)?\s+(?:without(?:\s+any)?|with\s+(?:no|zero))\s+(?:sales|orders)(?=\s+(?:in|during|since|last|this)\b)", r"which \g<what>\g<where> had no orders"),
    # what there is
    (r"^(?:please\s+)?(?:show|give\s+me|tell\s+me|enumerate)\s+(?:me\s+)?(?:all\s+)?(?:of\s+)?(?:the|our|all)\s+(?P<what>(?:customer\s+)?segments|markets|regions|(?:product\s+)?categories|subcategories|ship\s+modes|order\s+priorities|return\s+reasons|return\s+statuses)\s*[?.]*$", r"list all \g<what>"),
    (r"^(?P<which>what|which)\s+(?P<what>(?:customer\s+)?segments|markets|regions|(?:product\s+)?categories|subcategories|ship\s+modes)\s+(?:do|did)\s+we\s+(?:distinguish|use|know|tell\s+apart|differentiate|work\s+with|divide\s+(?:our\s+)?customers\s+into)\s*\??$", r"which \g<what> do we have?"),
    # the first by a figure
    (r"\b(?P<which>(?:which|what)\s+\w+)\s+(?:leads\s+the\s+(?:ranking|list|table)|tops\s+the\s+(?:ranking|table)|heads\s+the\s+(?:ranking|list)|(?:comes?|came|is|was|ranks?|ranked)\s+(?:in\s+)?first)\s+(?:by|in|for|on)\s+", r"\g<which> is the best by "),
    (r"\b(?P<which>largest|biggest|most\s+important|best|top)\s+account\b", r"\g<which> customer"),
    (r"\bbought\s+the\s+most\s+by\s+value\b", "spent the most"),
    (r"\b(?:order|orders|ordered|buy|bought|shop)\s+(?:the\s+)?most\s+frequently\b|\b(?:bought|shopped)\s+(?:the\s+)?most\s+often\b", "placed the most orders"),
    (r"\bmost\s+active\s+customers(?:\s+by\s+(?:number\s+of\s+)?orders)?\b|\bmost\s+frequent\s+(?:customers|buyers)\b", "customers with the most orders"),
    (r"\bwith\s+the\s+(?P<way>highest|largest|lowest|biggest)\s+(?P<what>order|customer|return|unit|line)\s+counts?\b", r"with the \g<way> number of \g<what>s"),
    (r"^(?P<what>[a-z]+s)\s+ranked\s+by\s+(?P<fig>[\w\s]+?)\s*[,:–-]\s*(?:the\s+)?top\s+(?P<n>\d+|three|five|ten|twenty)(?P<rest>\s+[^,]*)?$", r"top \g<n> \g<what> by \g<fig>\g<rest>"),
    (r"\bmedian\s+value\s+of\s+(?:the\s+|all\s+|our\s+)?orders\b", "median order value"),
    (r"\b(?P<with>with|had|have|having)\s+(?P<what>sales|revenue|profit|turnover)\s+(?:of\s+)?from\s+(?P<low>[$€£]?\d[\d,.]*k?)\s+to\s+(?P<high>[$€£]?\d[\d,.]*k?)\b", r"\g<with> \g<what> between \g<low> and \g<high>"),
    (r"\bspent\s+from\s+(?P<low>[$€£]?\d[\d,.]*k?)\s+to\s+(?P<high>[$€£]?\d[\d,.]*k?)\b", r"spent between \g<low> and \g<high>"),
    # what customers spend
    (r"^(?:how\s+much|what)\s+(?:(?:does|did)\s+(?:a|an|the)(?:\s+(?:average|typical|mean))?\s+customer|(?:do|did)\s+(?:our\s+)?customers)\s+spend(?:\s+with\s+us)?\s+on\s+average\b|^what\s+(?:does|did)\s+the\s+(?:average|typical|mean)\s+customer\s+spend(?:\s+with\s+us)?\b|^what\s+(?:do|did)\s+we\s+sell\s+per\s+customer(?:\s+on\s+average)?\b", "what are the average sales per customer"),
    # long in shipping
    (r"\b(?P<did>waited|were\s+waiting|wait)\s+(?P<bound>(?:more|less|longer)\s+than|over|at\s+least)\s+(?P<n>\w+)\s+days\s+(?:for\s+(?:shipment|shipping|dispatch)|(?:before|until)\s+(?:they\s+were\s+shipped|shipping|shipment|being\s+shipped))", r"took \g<bound> \g<n> days to ship"),
    (r"\bwere\s+(?:in\s+preparation\s+for|shipped\s+after|shipped\s+only\s+after)\s+(?P<bound>more\s+than|over|at\s+least)\s+(?P<n>\w+)\s+days(?:\s+before\s+(?:shipping|shipment|dispatch))?", r"took \g<bound> \g<n> days to ship"),
    # discounts in money
    (r"\bdiscounts\s+(?:granted|given|allowed)\s+in\s+(?:dollars|money)\b|\b(?:dollar|money)\s+(?:amount|value)\s+of\s+(?:the\s+)?discounts?\b|^how\s+much\s+(?:did|do|have)\s+discounts\s+cost(?:\s+us)?\b|^how\s+much\s+(?:money\s+)?(?:did|do|have)\s+we\s+(?:give|gave|given)\s+away\s+(?:in|through|as|with)\s+discounts\b", "discount given"),
    # the next order
    (r"\b(?:returned|came\s+back|followed\s+up)\s+with\s+(?:another|a\s+second|a\s+further|a\s+new)\s+order\b|\bplaced\s+a\s+further\s+order\b", "ordered again"),
    (r"\b(?P<again>ordered\s+again|placed\s+another\s+order|came\s+back)\s+after\s+(?:at\s+most\s+)?(?P<n>\d+)\s+days\s+at\s+(?:the\s+)?(?:most|latest)\b|\b(?P<again2>ordered\s+again|placed\s+another\s+order|came\s+back)\s+within\s+the\s+(?:next|following)\s+(?P<n2>\d+)\s+days\b", r"\g<again>\g<again2> within \g<n>\g<n2> days"),
    (r"\baverage\s+(?:gap|interval|time|distance|span|period|delay)\s+(?:in|of)\s+days\s+(?=between\b|from\b)", "average days "),
    (r"\bbetween\s+(?:a\s+customer['’]s|customers['’]|their|the\s+customers['’])\s+first\s+two\s+orders\b", "between the first and the second order"),
    (r"^how\s+(?:long|many\s+days)\s+(?:is\s+it|does\s+it\s+take|are\s+there|is\s+there)?\s*(?:on\s+average\s+)?(?:until|till|before)\s+(?:a\s+customer['’]s\s+second\s+order|(?:a\s+customer|customers|someone)\s+(?:orders?|buys?)\s+(?:again\s+)?(?:a|for\s+the)\s+second\s+time|the\s+second\s+order)(?:\s+on\s+average)?\b", "average days between the first and the second order"),
    (r"\b(?P<with>orders\s+(?:with|containing|that\s+(?:contain|contained|have|had|include|included))\s+[\w\s&-]+?)\s+(?:contain|contained|have|had|include|included)\s+(?P<what>(?:an?\s+)?[\w\s&-]+?)\s+(?:too|as\s+well|in\s+addition|besides)(?=\s*[?.]*$|\s+(?:in|by|per)\b)", r"\g<with> also contain \g<what>"),
    (r"\b(?:stand|stood|stands)\s+for\s+(?=(?:half|\d+\s?%|the\s+first|a\s+third|a\s+quarter))", "make up "),
    (r"^(?:divide|split|group|break\s+down)\s+(?P<year>20\d\d)\s+orders\s+by\b", r"split the orders of \g<year> by"),
    (r"^divide\s+(?:the\s+|all\s+|our\s+)?(?=[^?:]*?\borders\b[^?:]*?\bby\b)", "split the "),
    (r"\b(?P<orders>orders)\s+whose\s+lines\s+(?:all|each|every\s+one)\s+(?=(?:lost|made)\b)", r"\g<orders> where every line "),
    (r"\b(?P<orders>orders)\s+with\s+(?:an?\s+)?loss(?:es)?\s+on\s+(?:every|each|all)\s+(?:single\s+)?(?:one\s+)?(?:of\s+(?:their|its|the)\s+)?lines?\b", r"\g<orders> that lost money on every line"),
    (r"\bdid\s+not\s+give\s+us\s+an?\s+(?P<what>e-?mail(?:\s+address)?|phone(?:\s+number)?)\b", r"have no \g<what>"),
    (r"\b(?P<and>and)\s+(?:what|which)\s+(?P<share>share|percentage|proportion|part)\s+is\s+(?:that|this|it)\s+of\s+(?P<of>[\w\s]+?)\s*\??$", r"\g<and> what \g<share> of \g<of> is that?"),
    (r"\b(?P<and>and)\s+how\s+(?:large|big|high)\s+a\s+(?P<share>share|percentage|proportion|part)\s+of\s+(?P<of>[\w\s]+?)\s+(?:is|was)\s+(?:that|this|it)\s*\??$", r"\g<and> what \g<share> of \g<of> is that?"),
    (r"^(?:restricted|limited|confined)\s+to\s+(?=(?:the\s+|those\s+)?[a-z]+s\s+(?:with|that|which|who|where)\b)", "among "),
    (r"\b(?P<n>\d+|two|three|four|five|six|seven|eight|nine|ten)\s+(?:earn|earned|achieve|achieved|reach|reached|record|recorded|post|posted|make|made|generate|generated)\s+(?P<the>the\s+(?:lowest|highest|best|worst|smallest|largest))\b", r"\g<n> have \g<the>"),
    (r"\bnamed\s+(?P<what>(?-i:[A-Z])[\w-]+)\s+(?:something|anything|\.\.\.|and\s+so\s+on)", r"whose name starts with \g<what>"),
    (r"\bone\s+or\s+more\s+(?!orders?\b|lines?\b|times\b)(?=[a-z])", "at least one "),
    # what led out of it
    (rf"^(?:leaving|setting|putting)\s+{THING}\s+(?:aside|out)\s*,\s*(?P<asked>[^?]+?)\s*\??$", r"\g<asked> excluding \g<thing>?"),
    (rf"^{THING}\s+(?:is\s+|are\s+|being\s+)?{LEFT_OUT}\s*,\s*(?P<asked>[^?]+?)\s*\??$", r"\g<asked> excluding \g<thing>?"),
    (r"^what\s+(?P<did>did|do|have)\s+we\s+(?P<sell>sell|sold)\s+(?P<rest>(?:to|in)\s+[^?]*?)\s*,?\s+in\s+dollars\b", r"what were sales \g<rest>"),
    # how it went out
    (r"\borders\s+(?:that\s+were\s+|were\s+)?(?:sent|delivered|despatched)\s+(?=(?-i:[A-Z])\w+\s+(?:Day|Class)\b)", "orders shipped "),
    (r"\borders\s+(?P<were>(?:that\s+)?(?:chose|used|picked|took|opted\s+for|went\s+for|selected))\s+(?=(?-i:[A-Z])\w+\s+(?:Day|Class)\b)", "orders were shipped "),
    # several lines
    (r"\bmulti[\s-]?line\s+orders\b", "orders with more than one line"),
    (r"\b(?P<with>with|having|that\s+(?:have|had)|containing)\s+(?:several|multiple)\s+(?P<what>order\s+lines|lines|items|products)\b", r"\g<with> more than one \g<what>"),
    (r"\b(?P<mean>average|mean)\s+value\s+of\s+(?=orders\s+(?:with|having|that|containing|of|in|from)\b)", r"\g<mean> order value of "),
    # sold then and not now
    (r"\b(?P<then>in\s+20\d\d)\s+(?:but|and)\s+no\s+longer\s+(?=in\s+20\d\d)", r"\g<then> but not "),
    (r"\b(?P<what>products|articles|countries|subcategories|cities|states)\s+(?:that\s+)?(?:(?:were\s+)?sold|had\s+sales)\s+(?P<then>in\s+20\d\d)\s+(?:but\s+)?(?:had\s+no\s+sales|had\s+none|none|with\s+no\s+sales|without\s+sales)\s+(?=in\s+20\d\d)", r"\g<what> were sold \g<then> but not "),
    (r"\bhow\s+many\s+products\s+we\s+sold\s+(?=in\b[^?]*\bbut\s+not\b)", "how many products were sold "),
    # moved from one year to another
    *(
        (rf"\b(?:saw|see|had|have)\s+(?:their|its)\s+(?P<fig>margin|sales|profit|revenue|return\s+rate|average\s+order\s+value|orders|units)\s+(?:{moved})\s+(?:from|between)\s+(?P<early>20\d\d)\s+(?:to|and)\s+(?P<late>20\d\d)", rf"had {way} \g<fig> in \g<late> than in \g<early>")
        for moved, way in ((r"rise|grow|increase|improve|go\s+up|climb", "higher"), (r"fall|drop|decline|decrease|shrink|go\s+down|worsen", "lower"))
    ),
    *(
        (rf"\bhad\s+(?:an?\s+)?(?P<fig>margin|sales|profit|revenue|return\s+rate|average\s+order\s+value)\s+in\s+(?P<late>20\d\d)\s+(?:{than})\s+(?:that|those|the\s+one)\s+(?:of|in)\s+(?P<early>20\d\d)", rf"had {way} \g<fig> in \g<late> than in \g<early>")
        for than, way in ((r"above|over|exceeding|higher\s+than", "higher"), (r"below|under|lower\s+than", "lower"))
    ),
    # in every quarter
    (r"^how\s+many\s+(?P<who>customers|clients|buyers)\s+(?:placed\s+(?:an|at\s+least\s+one)\s+order|had\s+(?:an|at\s+least\s+one)\s+order|ordered\s+(?:something|at\s+least\s+once|anything)|bought\s+something|did\s+order)\s+in\s+every\s+(?:single\s+|one\s+of\s+the\s+)?(?P<unit>quarter|month|year)s?\s+(?P<of>of|in|from|between)\b", r"how many \g<who> ordered in every \g<unit> \g<of>"),
    # what new customers brought
    (r"\b(?P<share>(?:share|percentage|proportion|fraction|percent|part)\s+of\s+(?:our\s+|the\s+|total\s+)?(?:sales|revenue|turnover|profit))\s+(?:did|do|does)\s+(?P<who>(?:new|repeat|returning|first-time)\s+(?:customers|buyers|clients))\s+(?:bring\s+in|account\s+for|make\s+up|contribute|generate|represent|provide|deliver)\b", r"\g<share> came from \g<who>"),
    # weekends against weekdays
    (r"^how\s+(?:do|did)\s+weekend\s+(?P<fig>sales|orders|profit|revenue)\s+(?:compare|relate)\s+(?:with|to|against)\s+(?:those\s+(?:on|of)\s+weekdays|(?:the\s+)?weekday\s+(?P=fig)|weekdays)\b", r"\g<fig> by weekend or weekday"),
    (r"^how\s+much\s+did\s+we\s+sell\s+(?:on|at)\s+weekends\s+and\s+how\s+much\s+on\s+weekdays(?:\s*,?\s+in\s+dollars)?\b", "sales by weekend or weekday"),
    # a figure of the best by another one
    (r"^(?:what\s+(?:is|was|were)\s+the\s+|the\s+)?(?P<fig>(?:profit\s+)?margins?|return\s+rates?|average\s+order\s+values?|average\s+discounts?|profits?|shipping\s+costs?)\s+(?:of|in|for)\s+(?:the\s+|our\s+)?(?:top\s+(?P<n>\d+|three|five|ten|twenty)|(?P<m>\d+|three|five|ten|twenty)\s+(?:biggest|largest|best|strongest|top))\s+(?P<what>[a-z-]+(?:\s[a-z-]+)?)\s+by\s+(?P<by>(?:(?!in\b|during\b|for\b)[a-z]+\s*){1,3})(?=\s|$|\?)", r"top \g<n>\g<m> \g<what> by \g<by> with their \g<fig> "),
    (r"\b(?:is|are|was|were)\s+home\s+to\s+(?=(?:more|less|fewer|over|under|at\s+least|at\s+most|\d)[^?]*\bcustomers\b)|\b(?:host|count|house|number)\s+(?=(?:more\s+than|less\s+than|fewer\s+than|over|at\s+least|at\s+most)\s+[\w,]+\s+customers\b)", "have "),
    (r"^how\s+much\s+profit\s+(?:does|did)\s+an\s+order\s+(?:make|bring|yield|earn)(?:\s+on\s+average)?\b|^what\s+profit\s+(?:does|did)\s+an\s+average\s+order\s+(?:bring|make|yield|earn)(?:\s+in)?\b", "average profit per order"),
    (r"^how\s+much\s+(?:did|do)\s+(?P<who>(?:repeat|returning)\s+(?:customers|buyers))\s+spend\b", r"sales from \g<who>"),
    (r"\b(?P<which>(?:which|what)\s+(?:return\s+reason|reason\s+for\s+returns?))\s+(?:occurs|comes\s+up|is\s+given|appears|is\s+named|is\s+mentioned|happens)\s+(?:the\s+)?most(?:\s+(?:often|frequently))?\b", r"\g<which> is the most common"),
    (r"\b(?:main|leading|principal|chief|primary|number\s+one)\s+(?=(?:return\s+reason|reason\s+for\s+returns?)\b)", "most common "),
    (r"\bfor\s+each\s+(?P<unit>year|quarter),?\s+the\s+(?P<what>month|quarter)\s+in\s+which\s+(?P<fig>sales|profit|revenue)\s+(?:was|were)\s+(?:the\s+)?(?P<way>lowest|highest)\b", r"for each \g<unit>, which \g<what> had the \g<way> \g<fig>"),
    (r"\b(?P<what>countries|states|cities|markets|regions)(?P<where>\s+(?:in|of)\s+(?:the\s+)?[\w]+(?:\s+market)?)?\s+(?:that\s+|which\s+)?(?:ordered(?:\s+something)?|placed\s+(?:an\s+order|orders)|bought\s+something|had\s+orders)\s+(?P<when>in\s+20\d\d|this\s+year|last\s+year)\s*,?\s+(?:but|and)\s+(?=(?:did\s+not|never|bought\s+no|didn['’]t|not)\b)", r"\g<what>\g<where> with at least 1 orders \g<when> but "),
    (r"^where\s+(?:did\s+)?(?=(?:sales|profit|revenue|margin|orders|turnover)\s+(?:fell|fall|dropped|drop|declined|decline|rose|rise|grew|grow|increased|increase|decreased|shrank|went|was\s+(?:lower|higher))\b)", "countries where "),
    # in one order
    (r"\b(?P<orders>(?:orders|baskets)(?:\s+that)?)\s+(?P<has>contain|contained|include|included|combine|combined|have|had)\s+(?!both\b|either\b|neither\b|no\b|only\b|more\b|less\b|at\b)(?P<one>(?:an?\s+)?[A-Za-z]+)\s+(?:and(?:\s+also)?|as\s+well\s+as|together\s+with|along\s+with|with)\s+(?P<two>(?:an?\s+)?[A-Za-z]+)(?=\s*[?.]*$|\s+(?:in\s+(?:them|20\d\d)|in|by|per|during|this|last)\b)(?:\s+in\s+them\b)?", r"\g<orders> contain both \g<one> and \g<two>"),
    (r"\b(?P<did>bought|ordered|purchased)\s+just\s+(?=[a-z]+\s*(?:[?.]*$|in\b|during\b|this\b|last\b))", r"\g<did> only "),
    # for those alone
    (r",\s*(?:(?:counting|restricted\s+to|limited\s+to)\s+(?:only\s+)?(?:those|the\s+ones|(?!customers\b)[a-z]+s)|just\s+(?:those|the\s+ones))\s+(?P<with>with|having)\s+(?=(?:more|less|fewer|over|at\s+least|at\s+most|under)\b)", r" \g<with> "),
    (r"^(?P<fig>sales|profit|revenue|orders|margin)\s+(?P<when>in\s+20\d\d)\s+of\s+(?P<what>countries|markets|segments|categories|subcategories|regions|states|cities)\s+(?=with\b)", r"\g<fig> by \g<what> \g<when> "),
    # what sells
    (r"\b(?P<n>\d+|two|three|four|five|six|seven|eight|nine|ten|twenty)\s+(?:best\s+|top\s+)?sellers\s+by\b|\btop\s+(?P<m>\d+|two|three|four|five|six|seven|eight|nine|ten|twenty)\s+sellers\s+by\b", r"top \g<n>\g<m> products by"),
    (r"\b(?P<what>products|articles)\s+sold\s+the\s+most\s+in\s+units\b", r"best selling \g<what> by units"),
    # what shipping an order costs
    (r"^how\s+much\s+does\s+(?:shipping\s+an\s+order\s+cost|it\s+cost\s+to\s+ship\s+an\s+order)(?:\s+on\s+average)?\b|^how\s+much\s+does\s+it\s+cost\s+on\s+average\s+to\s+ship\s+an\s+order\b|\baverage\s+cost\s+of\s+shipping\s+an\s+order\b", "average shipping cost per order"),
    (r"^what\s+(?P<was>was|is)\s+the\s+(?:maximum|highest|largest|biggest|steepest|top|deepest)\s+discount\s+(?:given|granted|we\s+gave|we\s+granted|on\s+any\s+line)\b", r"what \g<was> the highest discount"),
    (r"^in\s+how\s+many\s+(?P<unit>months|quarters|weeks|days|years)\s+(?P<of>(?:of|in)\s+20\d\d\s+)?was\s+the\s+(?P<fig>profit|margin)\s+(?P<whose>(?:of|in|for)\s+[\w\s]+?)\s+(?P<than>below|under|above|over|negative)", r"in how many \g<unit> \g<of>was \g<fig> \g<than> \g<whose>"),
    # broken down by
    (rf"^break\s+down\s+by\s+(?P<group>(?:the\s+)?{GROUP}|return\s+status|return\s+reason|reason)\s+(?:the\s+)?(?P<what>[^,:.?]+?)(?P<end>[.?]?)$", r"\g<what> by \g<group>\g<end>"),
    (rf"^(?P<group>{GROUP})\s+by\s+(?P=group)\s*,\s*(?P<asked>.+)$", r"for each \g<group>, \g<asked>"),
    # what is shown anyway
    (r"^(?P<asked>(?!how\b)[^?]*?\b(?P<fig>sales|profit|margin|return\s+rate|discount|units)\b[^?]*?)\s*[,.;]\s+(?:(?:and|along|together|plus|with|including|please)\s+)*(?:(?:show|include|give|add|list)\s+)?(?:with\s+)?(?:the|that|its|their|those|this)\s+(?:total\s+)?(?P=fig)s?(?:\s+(?:amounts?|figures?|values?))?(?:\s+(?:of|for)\s+each(?:\s+(?:one|of\s+them|such\s+\w+|\w+))?|\s+each\s+(?:one\s+)?(?:has|have|of\s+them\s+has)\s+(?:made|brought\s+in|had|earned)|\s+too|\s+as\s+well)?\s*[.?]*$", r"\g<asked>?"),
    (r"\s*[,.;]\s*(?:and|along|together|plus|with|including)\s+(?:with\s+)?(?:the|that|a\s+separate|its|their)\s+(?:figure|count|amount|value)s?(?:\s+(?:of|for)\s+each(?:\s+(?:one|of\s+them))?)?\s*[.?]*$", ""),
    (r",?\s+and\s+what\s+(?P<fig>margin|profit|sales|return\s+rate)\s+(?:does|did|do)\s+each\s+(?:of\s+them\s+|one\s+)?(?:have|had|make)\s*\??$", r" and the \g<fig> of each"),
    # this and not that
    (r",?\s+(?:going\s+by|measured\s+(?:in|by)|counted\s+by|by)\s+(?:the\s+)?(?P<this>[\w\s]{3,14}?)\s+as\s+opposed\s+to\s+(?:the\s+)?[\w\s]{3,14}?(?=\s*[,?.]|\s*$)", r" by \g<this>"),
    (r"[.;]\s*it['’]?s?\s+(?:is\s+)?the\s+date\s+of\s+the\s+(?P<what>return|order|shipment)\s+that\s+counts\.?", r" by \g<what> date"),
    # two kinds
    (r"\bhow\s+many\s+had\s+(?P<one>[A-Za-z]+)\s+as\s+well\s+as\s+(?P<two>[A-Za-z]+)(?:\s+in\s+them)?", r"how many contain both \g<one> and \g<two>"),
    (r"^in\s+how\s+many\s+orders\s+did\s+(?:the\s+customer|customers)\s+(?:buy|order)\s+(?P<one>[A-Za-z]+)\s+and\s+(?P<two>[A-Za-z]+)\s+together\b", r"how many orders contain both \g<one> and \g<two>"),
    (r"\borders\s+(?P<has>containing|that\s+contain|with)\s+at\s+least\s+one\s+(?:item|product|line|piece)\s+from\s+(?P<one>[A-Za-z]+)\s+(?:along\s+with|and|together\s+with)\s+(?:at\s+least\s+)?one\s+from\s+(?P<two>[A-Za-z]+)", r"orders that contain both \g<one> and \g<two>"),
    (r"\b(?:have|has)\s+at\s+any\s+time\s+(?:bought|ordered)\s+(?P<one>[A-Za-z]+)\s+and\s+(?:at\s+any\s+time\s+)(?:bought\s+|ordered\s+)?(?P<two>[A-Za-z]+)", r"bought both \g<one> and \g<two>"),
    (r"^(?P<one>[A-Za-z]+)\s+and\s+(?P<two>[A-Za-z]+)\s*:\s*(?P<asked>how\s+many\s+[\w\s]+?\s+(?:ordered|bought))\s+(?:from\s+)?both(?:\s+of\s+(?:these|them|the\s+two)(?:\s+[\w-]+)?)?(?P<rest>[^?]*)\??$", r"\g<asked> both \g<one> and \g<two>\g<rest>"),
    # their first order
    (r"\bhow\s+many\s+(?P<who>customers|people)\s+(?:placed|made)\s+their\s+(?:very\s+)?first\s+(?:ever\s+)?(?:order|purchase)(?:\s+(?:ever|with\s+us))?\s+(?P<when>(?:between|from|in\s+the\s+first)\s+[\w\s,]+?)\s*\??$", r"how many new customers \g<when>"),
    (r"^count\s+the\s+(?P<who>people|customers)\s+who\s+became\s+customers(?:\s+of\s+ours)?\s+(?P<when>in\s+[\w\s]+?)(?:,\s*meaning[^?]*)?\s*[.?]*$", r"how many new customers \g<when>"),
    (r"\bhow\s+many\s+customers\s+did\s+we\s+(?:win|gain|acquire)\s*,\s*going\s+by\s+the\s+date\s+of\s+their\s+(?:very\s+)?first\s+order", "how many new customers did we have"),
    (r"\bcustomers\s+(?:who\s+were\s+)?first\s+acquired\s+(?=in\s+20)", "customers whose first order was "),
    (r"\s*\((?:acquired|won|new|their\s+very\s+first\s+order\s+being)\s*(?:=|in\s+that\s+year|meaning|:)?\s*(?:first\s+(?:ever\s+)?order(?:\s+ever)?)?\)", ""),
    (r"\b(?:buyers|customers)\s+ordering\s+for\s+the\s+first\s+time\s+(?=in\s+20)", "customers whose first order was "),
    (r"\bwas\s+retained\s*,\s*that\s+is\s*,\s*ordered\s+again\s*,?", "ordered again"),
    (r"^(?:by\s+(?P<group>[\w-]+)\s*:\s*)?(?P<many>(?:number\s+of\s+)?(?:new|first[\s-]time)\s+customers)\s+(?P<when>this\s+year|last\s+year|in\s+20\d\d)\s*,?\s+and\s+their\s+(?P<fig>sales|profit|orders)\s+(?P=when)\s*[?.]*$", r"\g<many> \g<when> and the \g<fig> of those new customers by \g<group>"),
    # in an order
    (r"\bhow\s+many\s+lines\s+(?:there\s+are|are\s+there)\s+in\s+an\s+order\s+on\s+average\b|\baverage\s+number\s+of\s+lines\s+on\s+an\s+order\b", "average number of lines per order"),
    (r"\blines\s+of\s+(?:our\s+)?orders\b", "order lines"),
    (r"\bhow\s+much\s+(?:was|is)\s+an\s+order\s+worth\s+on\s+average\b", "what was the average order value"),
    # never in any
    (r"\bproducts(?:\s+in\s+our\s+catalogue)?\s+(?:have\s+never\s+been\s+ordered\s+by\s+any(?:one|body)|without\s+a\s+single\s+order|that\s+do(?:n['’]t|\s+not)\s+appear\s+in\s+any\s+order)\b", "products were never sold"),
    (r"^(?:number|count)\s+of\s+products\s+were\s+never\s+sold", "how many products were never sold"),
    # over several dates
    (r"\borders\s+with\s+more\s+than\s+one\s+ship(?:ping)?\s+date\b", "orders split over several ship dates"),
    # by the date of the order
    (r"(?<!\bcount\s)\b(?:per|by|for\s+each|in\s+each)\s+order\s+(?P<unit>year|month|quarter)\b", r"by \g<unit> of the order"),
    (r"\bby\s+(?P<unit>year|month|quarter)\s+of\s+the\s+order\s+date\b", r"by \g<unit> of the order"),
    # each of them by itself
    (r"\bin\s+each\s+of\s+(?P<those>(?-i:[A-Z])[\w]+(?:\s*,\s*(?-i:[A-Z])[\w]+)*\s+and\s+(?-i:[A-Z])\w+)", r"in \g<those> separately"),
    (r"\bwhat\s+(?P<those>(?-i:[A-Z])\w+(?:\s*,\s*(?-i:[A-Z])\w+)*\s+and\s+(?-i:[A-Z])\w+)\s+each\s+(?:earned|brought|made|gave)\s+us\s+in\s+(?P<fig>profit|sales)", r"the \g<fig> of \g<those> separately"),
    (r",\s*namely\s+", ": "),
    # out of the mean
    (r"\bwhat\s+does\s+the\s+discount\s+average\s+out\s+at\b", "what is the average discount"),
    (r"\b(?:average|mean)\s+discount\s+(?:across|over)\s+(?:all\s+)?(?:lines\s+(?:on\s+which|of)\s+)?(?P<what>(?-i:[A-Z])[\w\s]*?)\s+(?:order\s+lines|lines|products\s+were\s+sold)", r"average discount of \g<what>"),
    (r"\b(?:the\s+)?amount\s+(?:that\s+)?(?:went|spent)\s+on\s+shipping\b|\bwhat\s+shipping\s+cost\s+us\b(?:\s+in\s+total)?", "the shipping cost"),
    (r"\bsent\s+(?=(?-i:First|Second|Standard|Same)\b)", "shipped "),
    (r"\bcustomers\s+did\s+we\s+lose\s+in\s+the\s+sense\s+that\s+they\s+", "customers "),
    (r"\b(?P<bought>bought|ordered)\s+(?P<then>in\s+20\d\d)\s+and\s+placed\s+no\s+orders?\s+(?=in\s+20\d\d)", r"\g<bought> \g<then> but not "),
    (r"^for\s+orders\s+placed\s+(?P<when>in\s+20\d\d)\s*,\s*what\s+(?:proportion|share|percentage)\s+(?:was|were)\s+returned\s+(?P<rest>[^?]*)\??$", r"what share of orders was returned \g<rest> \g<when>"),
    (r"^(?P<when>20\d\d)\s+orders\s*:\s*return\s+rate\s+(?P<by>by\s+[\w\s]+)$", r"return rate \g<by> in \g<when>"),
    (r"\b(?:mean|average)\s+gap\s+(?:in|of)\s+days\s+between\b", "average days between"),
    (r"\bhow\s+many\s+days\s+(?:pass|go\s+by|lie|are\s+there)\s+on\s+average\s+(?:from\s+(?:the|their|a)\s+first\s+order\s+to\s+(?:the|their)\s+second(?:\s+order)?|between\s+(?:the|their)\s+first\s+(?:order\s+)?and\s+(?:the\s+|their\s+)?second(?:\s+order)?)", "average days between the first and the second order"),
    # the whole company
    (r"\b(?:than|above|below|over)\s+(?:that\s+of\s+)?(?:the\s+)?(?:company|business)\s+as\s+a\s+whole\b", "than overall"),
    (r"\bwith\s+an?\s+order\s+count\s+above\s+(?P<n>\d+)", r"with more than \g<n> orders"),
    # came back to order
    (r"\b(?:came|come)\s+back\s+and\s+(?:bought|ordered|purchased)(?:\s+again)?\b", "ordered again"),
    # the best and their part
    (r"^(?:the\s+|our\s+)?top\s+(?P<n>\d+|ten|twenty|fifty|hundred)\s+(?P<who>[a-z]+)\s+(?P<of>(?:of|in)\s+)?(?P<when>this\s+year|last\s+year|20\d\d)\s+by\s+(?P<fig>sales|profit)\s*:\s*their\s+share\s+of\s+(?:the\s+)?(?:total\s+)?(?P=fig)(?:\s+(?:in\s+)?(?P=when))?\s*[?.]*$", r"what share of \g<when> \g<fig> came from the \g<n> biggest \g<who> by \g<fig>"),
    (r"^compare\s+each\s+(?P<what>[\w-]+)['’]s\s+(?P<fig>[\w\s]+?)\s+(?:for\s+(?P<year>20\d\d)\s+orders\s+)?with\s+that\s+of\s+the\s+whole\s+(?:business|company)(?:\s+in\s+the\s+same\s+year)?\s*,?\s+and\s+show\s+the\s+(?P<whats>\w+)\s+(?:which|that)\s+are\s+(?P<way>higher|lower)\b[^?]*$", r"which \g<whats> had a \g<way> \g<fig> than overall in \g<year>"),
    # one figure for each
    (r"[.;,?]*\s*(?:i\s+need\s+|give\s+me\s+|show\s+)?one\s+(?:figure|number|row|line)\s+for\s+(?P<one>(?-i:[A-Z])\w+)\s+and\s+one\s+for\s+(?P<two>(?-i:[A-Z])\w+)\s*[.?]*$", r" for \g<one> and \g<two> separately"),
    (r"\b(?:best|top)\s+(?P<n>two|three|four|five|ten|\d+)\s+sellers\s+(?:of|in)\s+(?P<each>each|every)\s+", r"\g<n> best selling products in each "),
    # with its rank
    (r"^(?:show|list|give)\s+(?:each|every)\s+(?P<what>market|category|segment|region|country)(?:['’]s|\s+with\s+its)\s+(?P<fig>profit|sales|margin)\s+(?P<when>(?:for|in)\s+20\d\d)?\s*and\s+(?:its\s+)?rank\b[^?]*?(?P<late>\s+in\s+20\d\d)?\s*[?.]*$", r"rank every \g<what> by \g<fig> \g<when>\g<late>: \g<what>, \g<fig> and rank"),
    (r"^league\s+table\s+of\s+(?P<what>[\w\s-]+?)\s+by\s+(?P<fig>\w+)\s+(?P<when>in\s+20\d\d)\s*:\s*(?P<cols>[^?]*?)(?:,\s*sorted\s+by\s+rank[^?]*)?$", r"rank all \g<what> by \g<fig> \g<when>: \g<cols>"),
    (r"^how\s+do\s+(?:all\s+)?(?:our\s+|the\s+)?(?P<what>\w+)\s+rank\s+(?:on|by|in)\s+(?P<when>20\d\d)\s+(?P<fig>\w+)\?\s*(?:i\s+want|show|give\s+me|show\s+me)\s+[^?]*$", r"rank all \g<what> by \g<when> \g<fig>: \g<fig> and rank"),
    # nothing else in it
    (r"\borders\s+(?:made\s+up|consisting|composed)\s+(?:exclusively|entirely|solely|only)\s+of\s+(?P<what>(?-i:[A-Z])\w+(?:\s+(?-i:[A-Z])\w+)?)", r"orders consisting of \g<what> only"),
    (r"\borders\s+in\s+which\s+every\s+line\s+is\s+from\s+(?:the\s+)?(?P<what>(?-i:[A-Z])\w+(?:\s+(?-i:[A-Z])\w+)?)(?:\s+(?:sub)?category)?", r"orders consisting of \g<what> only"),
    (r",\s*starting\s+with\s+the\s+ones?\s+(?:that|which)(?:\s+(?:is|are)|['’]s)\s+\w+\s+(?:the\s+)?most\s*[.?]*$", ", highest first"),
    (r",?\s+and\s+what\s+(?:was|is|were)\s+(?:their|its)\s+(?:return\s+)?rate\s*\??$", ""),
    (r"\bfrom\s+order\s+one\s+to\s+order\s+two\b", "between the first and the second order"),
    (r"\bthe\s+ids?\s+of\s+the\s+(?=(?:\d+|two|three|four|five|ten|top)\b)", "the "),
    # those who ordered at all
    (r"(?P<said>\bper\s+customer\b[^?]*?)[,;.(]*\s*\b(?:average\s*,\s*)?(?:among|counting\s+only|considering\s+only|count\s+only|only|for)\s+(?:the\s+)?customers\s+who\s+(?:have\s+)?ordered(?:\s+(?:at\s+all|that\s+year|this\s+year|in\s+it))?\s*\)?(?=\s*[,.?]|\s*$)", r"\g<said>"),
    (r"\bper\s+customer\s+who\s+(?:has\s+)?ordered\s+in\s+(?P<year>20\d\d)\b", r"per customer in \g<year>"),
    (r"\b(?P<number>number\s+of)\s+(?P<year>20\d\d)\s+orders\s+per\s+customer\s+in\s+(?P=year)", r"\g<number> orders per customer in \g<year>"),
    (r"\bhow\s+many\s+orders\s+(?:did|does)\s+(?:the|an)\s+average\s+(?:active\s+)?customer\s+(?:place|make)\b(?!\s+(?:per|a|each|every)\s+(?:day|week|month|quarter|year))", "average number of orders per customer"),
    # in which order
    (r",?\s*\b(?:in\s+)?descending(?:\s+by\s+(?:the\s+)?(?:\w+\s+)?(?:sales|profit|margin|total|number|units|rate))?\s*[.?]*$", ", highest first"),
    (r"[,.;]?\s+(?:and\s+)?(?:put|list|show|place)\s+(?:the\s+)?(?:highest|largest|biggest|best)(?:\s+\w+)?\s+(?:on|at\s+the)\s+top\s*[.?]*$", ", highest first"),
    (r"[,.;]\s*(?:list\s+(?:the\s+)?\w+\s+)?from\s+the\s+(?:highest|largest|biggest)\s+(?:\w+\s+)?down(?:wards)?\s*[.?]*$", ", highest first"),
    (r"[.;,]\s*(?:the\s+)?highest\s+at\s+the\s+top\s*[.?]*$", ", highest first"),
    # a part of the whole line
    (r"\bminimum\s+(?P<n>two|three|four|five|six|seven|eight|nine|ten|\d+)\s+(?P<what>returned\s+orders|orders|lines|units|customers)\b", r"at least \g<n> \g<what>"),
    (r"\bfail(?:s|ed)?\s+to\s+(?:reach|achieve|attain)\s+(?:an?\s+)?(?P<fig>profit\s+margin|margin|return\s+rate)\s+of\s+(?P<n>\d[\d.]*\s?%)", r"have a \g<fig> below \g<n>"),
    (r"\bwhose\s+profit\s+as\s+a\s+share\s+of\s+sales\b", "whose margin"),
    (r"\bwhose\s+(?P<fig>profit|sales)\s+adds?\s+up\s+to\s+less\s+than\s+zero\b", r"with a negative \g<fig>"),
    (r"^(?:overall|all\s+in\s+all|all\s+told)\s*,\s*(?=which|what|how|who)", ""),
    (r"\bmade\s+up\s+(?:only|exclusively|solely|entirely)\s+of\b", "consisting only of"),
    (r"\bthe\s+(?P<n>two|three|four|five|ten|\d+)\s+products\s+we\s+made\s+the\s+(?:highest|most)\s+sales\s+with\b", r"the \g<n> best selling products"),
    (r"\bwhat\s+shipping\s+cost\s+us(?:\s+in\s+total)?\s+(?:over|in)\s+(?=20\d\d)", "the shipping cost in "),
    (r"\bthe\s+rate\s+of\s+returned\s+orders\s+compare\s+between\s+(?:the\s+)?(?P<what>[\w-]+)", r"the return rate differ by \g<what>"),
    (r"\b(?P<the>the\s+)?status\s+of\s+the\s+return\b", r"\g<the>return status"),
    (r"^with\s+a\s+return\s+date\s+in\s+(?P<when>[\w\s]+?)\s*,\s*how\s+many\s+orders\s+did\s+we\s+get\s+back\b", r"how many orders were returned in \g<when>"),
    (r"\bhow\s+many\s+orders\s+did\s+we\s+get\s+back\b", "how many orders were returned"),
    (r"\bthat\s+customers\s+returned\s+giving\s+['\"“]?(?P<why>[^'\"”?]+?)['\"”]?\s+as\s+(?:the\s+)?reason\b", r"that were returned with reason \g<why>"),
    (r"\bfound\s+side\s+by\s+side\s+in\s+the\s+(?:largest\s+number\s+of|most)\s+orders\b", "together in the most orders"),
    (r"^looking\s+at\s+which\s+(?P<what>[\w-]+)\s+customers\s+combine\s+in\s+one\s+order\s*,\s*which\s+pair\s+occurs\s+in\s+the\s+most\s+orders\b", r"which pair of \g<what> appears together in the most orders"),
    (r"^i\s+need\s+just\s+one\s+figure\s*:\s*(?:the\s+)?(?:count|number)\s+of\s+", "number of "),
    (r"\bshare\s+of\s+orders\s+shipped\s+that\s+way\s+which\s+were\s+sent\s+back\b|\bshare\s+of\s+(?:the\s+|our\s+)?orders\s+(?:that|which)\s+were\s+(?:returned|sent\s+back)(?=\s*[?.]*$|\s+(?:by|per|in\s+each|for\s+each)\b)", "share of returned orders"),
    (r"\bhow\s+orders\s+are\s+shipped\s*,\s*i\.?e\.?\s*,?\s*by\s+ship\s+mode\b", "ship mode"),
    (r"\border\s+lines\s+had\s+(?:a\s+)?profit\s+below\s+(?:zero|0)\b", "order lines lost money"),
    (r"^count\s+the\s+customers\s+who\s+have\s+ordered\s+(?P<one>[A-Z]\w+)\s+from\s+us\s+and\s*,\s*in\s+the\s+same\s+order\s+or\s+another\s+one\s*,\s*(?P<two>[A-Z]\w+)\s+as\s+well\b", r"how many customers bought both \g<one> and \g<two>"),
    (r"\bi\s+need\s+to\s+know\s+(?=how|what|which|who)", ""),
    (r"^for\s+orders\s+placed\s+(?P<when>in\s+20\d\d)\s*,\s*show\s+(?=the\b)(?P<rest>[^?:;]+?)[.?]*$", r"show \g<rest> for orders placed \g<when>"),
    (r"^in\s+which\s+(?P<what>[\w-]+)\s+with\s+(?P<bound>more\s+than|fewer\s+than|at\s+least|at\s+most)\b", r"which \g<what> with \g<bound>"),
    # those whose figure moved
    (r"\b(?P<what>which\s+\w+|countries|markets|segments|regions|states|cities|categories|subcategories|products)\s+(?:(?:that|which)\s+)?(?:saw|see|had|experienced|recorded)\s+(?:their\s+)?(?P<fig>sales|profit|margin|orders|units)\s+(?P<move>rise|grow|increase|go\s+up|climb|fall|drop|decline|decrease|shrink|go\s+down)\s+(?=(?:from|between)\s+20\d\d)", r"\g<what> where \g<fig> \g<move> "),
    (r"\b(?P<what>countries|markets|segments|regions|states|cities|categories|subcategories|products)\s+with\s+(?P<fig>sales|profit|orders|margin)\s+growth\s+(?=(?:from|between)\s+20\d\d)", r"\g<what> where \g<fig> rose "),
    (r"\b(?P<where>(?:which\s+\w+|\w+s)\s+where\s+(?:sales|profit|margin|orders|units))\s+(?:rise|grow|increase|go\s+up|climb)\b", r"\g<where> rose"),
    (r"\b(?P<where>(?:which\s+\w+|\w+s)\s+where\s+(?:sales|profit|margin|orders|units))\s+(?:fall|drop|decline|decrease|shrink|go\s+down)\b", r"\g<where> fell"),
    (r"^which\s+(?P<what>\w+)\s+where\s+(?=(?:sales|profit|margin|orders|units)\s+(?:rose|fell)\b)", r"\g<what> where "),
    # returns of each
    (r"^how\s+many\s+returns\s+(?:did\s+we\s+have|were\s+there|came\s+in|were\s+made|did\s+we\s+get)\s+in\s+each\s+(?P<unit>quarter|month|week|year)\s+(?:of|in)\s+(?=20\d\d)", r"number of returns by \g<unit> in "),
    (r"^(?:count|number)\s+of\s+returns\s+in\s+each\s+(?P<unit>quarter|month|week|year)\s+(?:of|in)\s+(?=20\d\d)", r"number of returns by \g<unit> in "),
    # none of them returned
    (r"\b(?:without\s+ever\s+returning\s+(?:an\s+order|anything)|and\s+returned\s+none\s+of\s+them|and\s+had\s+none\s+returned|and\s+never\s+sent\s+anything\s+back|but\s+never\s+sent\s+anything\s+back)\b", "and never returned anything"),
    # the largest orders
    (r"\btop\s+(?P<n>\d+|two|three|four|five|six|seven|eight|nine|ten|twenty)\s+orders\s+by\s+(?:order\s+)?value\b", r"top \g<n> orders by sales"),
    (r"\b(?P<n>\d+|two|three|four|five|six|seven|eight|nine|ten|twenty)\s+(?:largest|biggest|highest[\s-]value|most\s+valuable)\s+orders\s+(?:placed|made|received)\s+(?=in\b|during\b|since\b)", r"\g<n> largest orders "),
    # per customer
    (r"^(?:how\s+much|what)\s+profit\s+(?:do|did)\s+we\s+(?:make|earn)\s+per\s+(?P<who>customer|order)\b|^how\s+much\s+profit\s+per\s+(?P<whom>customer|order)\s+(?:do|did)\s+we\s+make\b|^profit\s+(?:made|earned)\s+per\s+(?P<one>customer|order)\b", r"profit per \g<who>\g<whom>\g<one>"),
    (r"^among\s+(?P<seg>(?-i:[A-Z])[\w\s]*?)\s+customers\s*,\s*the\s+(?P<top>top\s+\w+|(?:\w+)\s+best)\s+by\s+(?P<fig>\w+)", r"the \g<top> \g<seg> customers by \g<fig>"),
    (r"^(?:(?:please|kindly)\s+)?(?:supply|furnish)\s+(?=(?:the|me|us|a)\b)", "show "),
    # shipments
    (r"^(?P<when>[a-z]+\s+20\d\d)\s+shipments\s*:\s*how\s+many\s+(?P<what>order\s+lines|lines|orders|units)\s+(?:were\s+there|went\s+out)?\s*\??$", r"how many \g<what> were shipped in \g<when>"),
    (r"\b(?:left|went\s+off|set\s+off)\s+for\s+(?=(?-i:[A-Z]))", "were shipped to "),
    (r"\bwhat\s+number\s+of\b", "how many"),
    (r"\b(?:travelled|traveled|moved)\s+(?=(?-i:First|Second|Standard|Same)\b)", "were shipped "),
    # a record
    (r"\b(?:our|the|a)\s+record\s+(?P<fig>profit|sales|margin|orders|month)\b", r"the highest \g<fig>"),
    (r"\b(?P<when>in\s+(?:what|which)\s+(?:month|quarter|year|week))\s+did\s+we\s+(?:earn|make|have|see|achieve)\s+(?P<the>the\s+(?:highest|lowest|most|least)\s+\w+)", r"\g<when> was \g<the>"),
    (r"^show\s+how\s+(?P<fig>sales|profit|orders|units)\s+(?:added|add|built|build|piled|accumulated)\s*(?:up\s+)?(?P<by>month\s+by\s+month|over\s+the\s+months|by\s+month)", r"cumulative \g<fig> by month"),
    (r"^(?:for\s+20\d\d\s*,\s*)?(?:how\s+does|how\s+did)\s+(?P<fig>sales|profit|orders|units)\s+accumulate\s+over\s+the\s+months\s+of\s+(?=20\d\d)", r"cumulative \g<fig> by month in "),
    # two figures of the same
    (r"\bwhat\s+did\s+we\s+sell\s+and\s+what\s+did\s+we\s+(?:earn|make)\s+in\s+profit\b", "what were sales and profit"),
    # each one's part
    (r"^(?P<what>what|which)\s+(?P<share>share|percentage|proportion|fraction|part)\s+of\s+each\s+(?P<group>[\w-]+)['’]s\s+(?P<fig>orders|lines|order\s+lines|customers)\s+", r"for each \g<group>, \g<what> \g<share> of \g<fig> "),
    (r"\borders\s+(?:came\s+in|arrived|came|fell)\s+(?:on|at)\s+(?:a\s+|the\s+)?weekends?\b", "orders were placed on weekends"),
    (r"\bhow\s+(?:big|large|high)\s+is\s+the\s+(?P<share>share|percentage|proportion|fraction)\s+of\b", r"what is the \g<share> of"),
    # so much off
    (r"\b(?P<disc>discount\s+of\s+at\s+(?:least|most))\s+(?:one\s+)?(?:a\s+)?half\b", r"\g<disc> 50%"),
    (r"\bdid\s+we\s+ever\s+discount\s+any\s+line(?P<where>\s+in\s+[\w\s]+?)?\s+by\s+(?P<bound>more\s+than|over|at\s+least)\s+(?P<n>\d+\s?%)", r"was there any line\g<where> with a discount of \g<bound> \g<n>"),
    (r"\bnever[\s-]sold\s+products\b", "products never sold"),
    # the gap between two orders
    (r"\b(?:mean|average)\s+gap\s+in\s+days\s+(?:from|between)\b", "average number of days between"),
    (r"\bhow\s+many\s+days\s+lie\s+between\s+order\s+one\s+and\s+order\s+two\b", "how many days lie between the first and the second order"),
    (r"^among\s+customers\s+with\s+two\s+or\s+more\s+orders\s*,\s*what\s+is\s+the\s+average\s+number\s+of\s+days\s+between\s+the\s+first\s+order\s+to\s+the\s+second\b", "average days between the first and the second order"),
    (r"^take\s+the\s+(?P<what>orders|customers|lines)\s+of\s+(?P<year>20\d\d)\s+and\s+tell\s+me\s+how\s+many\s+(?P<rest>[^?.]+)[?.]*$", r"how many \g<what> in \g<year> \g<rest>"),
    (r"\borders\s+(?P<in>in\s+20\d\d\s+)?went\s+by\s+(?=(?:each|every)\s+ship\s+mode)", r"orders \g<in>by "),
    (r"^looking\s+at\s+(?P<what>orders|customers|sales)\s+(?:from|in|of)\s+(?P<year>20\d\d)\s*,\s*which\s+[\w-]+\s+gets\s+the\s+most\s+back\?\s*(?P<asked>[^?]+?)[?.]*$", r"\g<asked> in \g<year>"),
    (r"^for\s+(?P<year>20\d\d)\s+orders\s*,\s*list\s+(?P<what>\w+)\s+with\s+(?:their|its)\s+(?P<fig>[\w\s]+?)\s*,\s*(?:starting\s+with\s+the\s+worst|worst\s+first)[.?]*$", r"\g<fig> by \g<what> in \g<year>, worst first"),
    (r"\bwhat['’]?s?\s+(?:is\s+)?the\s+mid-?point\s+of\s+(?P<fig>[\w\s]+?)\s+(?P<in>in\s+each\s+\w+)\s*(?:,\s*i\.?e\.?\s*,?\s*the\s+median)?", r"what is the median \g<fig> \g<in>"),
    (r"\bmedian\s+order\s+values\b", "median order value"),
    (r"\b(?P<said>(?:sales|profit|orders|units)\s+by\s+month)\s+and\s+the\s+absolute\s+change\s+(?:on|from|to|against)\s+the\s+(?:preceding|previous)\s+month\b", r"\g<said> and the change in dollars from the previous month"),
    (r"^what\s+product\s+topped\s+(?:our|the)\s+(?P<fig>sales|profit)\s+list\b", r"which product had the highest \g<fig>"),
    (r"^which\s+(?P<what>\w+)\s+leads\s+each\s+(?P<group>\w+)\s+by\s+(?P<fig>\w+)\s*,?\s*(?:and\s+with\s+what\s+amount)?\s*\??$", r"which \g<what> has the highest \g<fig> in each \g<group>?"),
    (r"[.;]\s*(?:please\s+)?keep\s+the\s+(?:months|quarters|years|weeks|days)\s+in\s+order\s*[.?]*$", ""),
    (r"^how\s+did\s+(?:the\s+)?(?P<fig>[\w\s]+?)\s+differ\s+between\s+(?P<a>20\d\d)\s*,\s*(?P<b>20\d\d)\s+and\s+(?P<c>20\d\d)\s*\??$", r"\g<fig> by year in \g<a>, \g<b> and \g<c>"),
    (r"^for\s+each\s+(?P<unit>year|month|quarter)\s+(?P<span>from\s+[\w\s]+?\s+(?:through|to|until)\s+[\w\s]+?)\s*,\s*(?:show|give|list|what\s+(?:is|was))\s+(?:the\s+)?(?P<fig>[^?.]+?)\s*[?.]*$", r"\g<fig> by \g<unit> \g<span>"),
    (r"^how\s+much\s+have\s+(?P<what>(?-i:[A-Z])\w+\s+products)\s+sold\s+for\b", r"sales of \g<what>"),
    (r"\bwhat['’]?s?\s+(?:is\s+)?the\s+average\s+time\s+in\s+days\s+that\s+goes\s+by\s+until\s+an\s+order\s+is\s+returned\b|\bhow\s+many\s+days\s+after\s+being\s+ordered\s+are\s+(?:goods|orders|products)\s+returned\s+on\s+average\b", "what are the average days to return"),
    (r"^who\s+has\s+ordered\s+(?P<bound>(?:more|fewer)\s+than|at\s+least)\s+(?P<n>\d+)\s+times\s*,?\s+and\s+how\s+often\s*\??$", r"which customers have \g<bound> \g<n> orders?"),
    (r"^which\s+(?P<what>\w+)\s+lost\s+the\s+most\s+(?P<fig>margin|sales|profit)\s*(?P<points>,\s*in\s+(?:percentage\s+)?points)?\s*,?\s+(?=(?:between|from)\s+20\d\d)", r"which \g<what>'s \g<fig> dropped the most\g<points> "),
    (r"\bthe\s+average\s+number\s+of\s+orders\s+(?:that\s+)?a\s+customer\s+placed\b", "the average number of orders per customer"),
    (r"\bhave\s+more\s+than\s+(?P<n>\d+\s?%)\s+of\s+their\s+orders\s+returned\b", r"have a return rate above \g<n>"),
    (r"[.;]\s*show\s+the\s+rate\s+(?:as\s+well|too)\s*[.?]*$", ""),
    (r"^what\s+did\s+it\s+cost\s+on\s+average\s+to\s+ship\s+an\s+(?P<what>order\s+line|order)\b", r"what was the average shipping cost per \g<what>"),
    (r"\bwhat\s+did\s+we\s+get\s+for\s+a\s+unit\s+on\s+average\b", "what was the average selling price"),
    (r"[.;,]\s*dearest\s+first\s*[.?]*$", ", highest first"),
    (r"\s+and\s+(?:say|tell\s+me|state)\s+how\s+many\s+orders\s+each\s+(?:placed|has|had)\s*[.?]*$", " and the number of orders of each"),
    (r"^what\s+is\s+the\s+mean\s+number\s+of\s+days\s+each\s+(?P<what>ship\s+mode)\s+needs\s+to\s+ship\b|^how\s+many\s+days\s+does\s+each\s+(?P<whats>ship\s+mode)\s+(?:take|need)\s+on\s+average\s+(?:until\s+shipping|to\s+ship)\b", r"average days to ship by ship mode"),
    (r"^how\s+much\s+of\s+(?P<when>20\d\d)\s+(?P<fig>sales|profit)\s*,\s*as\s+a\s+share\s*,\s*is\s+down\s+to\s+", r"what share of \g<when> \g<fig> is due to "),
    (r"^customers\s+with\s+their\s+(?:very\s+)?first\s+order\s+(?P<when>in\s+20\d\d)\s*:\s*how\s+many\s+placed\s+another\s+one\s+", r"of the customers whose first order was \g<when>, how many ordered again "),
    (r"\bcustomers\s+from\s+(?P<then>20\d\d)\s+who\s+have(?:n['’]t|\s+not)\s+returned\s+(?=in\s+20\d\d)", r"customers who ordered in \g<then> but not "),
    (r"^for\s+each\s+(?P<unit>year|month|quarter)\s*,\s*add\s+up\s+the\s+losses\s+(?:made\s+)?on\s+loss[\s-]making\s+lines\b", r"total loss on lines sold at a loss by \g<unit>"),
    (r"^what\s+(?P<fig>margin|profit|sales)\s+did\s+the\s+(?P<of>furniture|technology|office\s+supplies)\s+subcategories\s+(?:achieve|make|reach|have)\b", r"\g<fig> by subcategory of \g<of>"),
    (r"\bearned\s+the\s+most\s+in\s+(?:every|each)\s+(?P<group>\w+)\s+and\s+what\s+that\s+profit\s+was\b", r"had the highest profit in each \g<group>"),
    (r"^tell\s+me\s+(?=which\b|what\b|how\b|who\b)", ""),
    (rf"\b(?P<did>shipped|sent\s+out)\s+(?P<to>to\s+(?:the\s+)?[\w\s]{{2,25}}?)\s+(?P<when>(?:in|during|since)\s+{PERIOD})\b", r"\g<did> \g<when> \g<to>"),
    (r"[.;?]\s*(?:please\s+)?keep\s+the\s+(?:months|quarters|years|weeks|days)\s+in\s+order\s*[.?]*$", "?"),
    # what share of those came back
    (r"^(?:what|which)\s+(?:share|percentage|proportion|fraction|part)\s+of\s+(?:the\s+)?orders\s+(?P<that>(?:that|which|with|containing|having)\s+[^?]+?)\s+(?:is|was|are|were|gets?|got)\s+(?:being\s+)?(?:returned|sent\s+back)\s*\??$", r"what is the return rate of orders \g<that>?"),
    (r"^for\s+orders\s+having\s+(?:at\s+least\s+one|one\s+or\s+more)\s+lines?\s+at\s+(?P<n>\d+\s?%)\s+off\s+or\s+(?:deeper|more)\s*,\s*how\s+high\s+is\s+the\s+(?P<fig>[\w\s]+?)\s*\??$", r"what is the \g<fig> of orders with at least one line with a discount of at least \g<n>"),
    (r"\band\s+state\s+(?=(?:its|their|the|how|what)\b)", "and show "),
    (r"\bthat\s+sells?\s+(?:the\s+)?best\s+by\s+(?P<fig>sales|units|profit)\b", r"with the highest \g<fig>"),
    (r"\bcustomers\s+(?:with\s+orders|who\s+ordered|that\s+ordered)\s+in\s+(?P<a>20\d\d)\s+as\s+well\s+as\s+in\s+(?P<b>20\d\d)\s*,?\s+but\s+(?:none|nothing|not)\s+in\s+(?P<c>20\d\d)", r"customers who ordered in both \g<a> and \g<b> but not in \g<c>"),
    (r"^count\s+customers\s+(?=who\b)", "how many customers "),
    (r"\bhow\s+many\s+(?:dollars|usd)\s+(?:more|less)\s+(?:or\s+(?:less|more)\s+)?did\s+each\s+(?P<what>\w+)\s+sell\s+in\s+(?P<a>[\w\s]+?)\s+compared\s+(?:with|to)\s+(?:the\s+same\s+quarter\s+of\s+)(?P<b>20\d\d)", r"difference in sales in dollars by \g<what>, \g<a> against the same quarter of \g<b>"),
    (r"\bfor\s+the\s+(?P<year>20\d\d)\s+calendar\s+year\b", r"in \g<year>"),
    (r"\b(?P<fig>growth\s+of\s+(?:sales|profit|orders|units))\s+in\s+every\s+", r"\g<fig> by "),
    (r"^take\s+(?P<of>(?-i:[A-Z])\w+)\s+customers\s+who\s+were\s+new\s+in\s+(?P<year>20\d\d)\s*:\s*how\s+much\s+did\s+they\s+spend\s+", r"how much did \g<of> customers whose first order was in \g<year> spend "),
    (r"^how\s+many\s+days\s+go\s+by\s+on\s+average\s+until\s+a\s+customer(?:\s+who\s+has\s+ordered\s+(?:twice|two\s+times)\s+or\s+more)?\s+places\s+the\s+second\s+order\b", "average days between the first and the second order"),
    (r"^by\s+(?P<group>\w+)\s*,\s*how\s+many\s+products\s+had\s+sales\s+in\s+(?P<a>20\d\d)\s+and\s+none\s+in\s+(?P<b>20\d\d)\s*\??$", r"how many products were sold in \g<a> but not in \g<b> by \g<group>?"),
    (r"\b(?P<year>20\d\d)\s+orders\s+(?:have\s+a\s+return\s+date|came\s+back)\s+in\s+(?P<then>20\d\d)\b", r"orders placed in \g<year> were returned in \g<then>"),
    (r"\bbeat\s+the\s+overall\s+(?P<year>20\d\d)\s+(?P<fig>margin|return\s+rate)\s+by\s+more\s+than\s+(?P<n>\d+)\s+(?:percentage\s+)?points\b", r"had a \g<year> \g<fig> more than \g<n> percentage points above the overall \g<year> \g<fig>"),
    (r"[.;]\s*list\s+them(?:\s+with\s+(?:their|its)\s+\w+)?\s*[.?]*$", ""),
    (r"\bhow\s+much\s+did\s+we\s+sell\s+per\s+customer\b", "what were sales per customer"),
    (r"\b(?:leaving|setting)\s+all\s+returned\s+orders\s+aside\s*,\s*(?P<asked>[^?]+?)[.?]*$", r"\g<asked> excluding returned orders"),
    (r",?\s*not\s+counting\s+orders\s+that\s+were\s+returned\b", " excluding returned orders"),
    (r"^what\s+would\s+(?P<when>20\d\d)\s+(?P<fig>[\w\s]+?)\s+be\s+per\s+(?P<group>\w+)\b", r"what were \g<fig> by \g<group> in \g<when>"),
    (r",?\s+and\s+what\s+is\s+their\s+share\s+of\s+all\s+(?P<what>orders|lines|sales)\s*\??$", r", and what share of all \g<what> is that?"),
    (r"\b(?P<which>which\s+(?:month|quarter|week))\s+gained\s+the\s+most\s+(?P<fig>sales|profit|orders)\s+on\s+the\s+(?:month|quarter|week)\s+before(?:\s+it)?", r"\g<which> had the largest increase in \g<fig> over the previous month"),
    (r"\bwhat\s+percentage\s+of\s+sales\s+(?:goes|went)\s+(?:into|on|to)\s+shipping\b|\bhow\s+(?:large|high)\s+are\s+shipping\s+costs\s+relative\s+to\s+sales\b", "shipping cost as a percentage of sales"),
    (r"^of\s+(?P<year>20\d\d)['’]s\s+customers\s*,\s*how\s+many\s+had\s+(?:already\s+)?ordered\s+in\s+(?:an\s+)?(?:earlier|previous)\s+years?\b", r"how many of the customers who ordered in \g<year> had already ordered before \g<year>"),
    (r"^how\s+many\s+customers\s+of\s+(?P<year>20\d\d)\s+were\s+not\s+new\s*,\s*having\s+ordered\s+before\s+that\s+year\b", r"how many of the customers who ordered in \g<year> had already ordered before \g<year>"),
    (r"^what\s+did\s+it\s+cost\s+to\s+ship\s+(?:a|one)\s+unit\b", "shipping cost per unit"),
    (r"^in\s+(?P<where>(?-i:[A-Z])\w+)\s*,\s*what\s+is\s+the\s+(?P<way>highest|largest|lowest|smallest)\s+sales\s+amount\s+of\s+any\s+order\s+line\b", r"what is the \g<way> sales of a single order line in \g<where>"),
    (r"^in\s+what\s+month\s+were\s+(?P<fig>sales|profits?)\s+at\s+their\s+all-time\s+(?P<way>high|low)\s*,?\s*(?:and\s+how\s+(?:high|low)\s+were\s+they)?\s*\??$", r"which month had the \g<way>est \g<fig>?"),
    # shipping as a part of sales
    (r"\bhow\s+much\s+of\s+(?P<when>20\d\d)\s+sales\s+went\s+on\s+shipping\s*,?\s+as\s+an?\s+(?:fraction|share|percentage)\b", r"what is the shipping cost as a percentage of sales in \g<when>"),
    (r"^what\s+did\s+(?:the\s+)?shipping\s+of\s+(?P<what>(?:20\d\d\s+)?orders)\s+cost(?:\s+us)?\b", r"what was the shipping cost of \g<what>"),
    (r"\bcost\s+us\s+the\s+most\s+in\s+shipping\b", "had the highest shipping cost"),
    (r"^which\s+(?P<what>\w+)\s+are\s+discounted\s+(?:the\s+)?most\?\s*list\s+(?:them\s+)?all\s+with\s+(?:their|the)\s+average\s+discount(?:[^.?]*?in\s+descending\s+order|,?\s+highest\s+first)?\s*[.?]*$", r"average discount by \g<what>, highest first"),
    (r"^when\s+in\s+(?P<year>20\d\d)\s+did\s+monthly\s+(?P<fig>sales|profit|orders)\s+(?:jump|rise|grow|increase)\s+(?:the\s+)?most\s*(?P<how>in\s+dollars)?\s*(?:over|on|against)\s+the\s+previous\s+month\s*\??$", r"which month of \g<year> had the biggest increase in \g<fig> \g<how> over the month before?"),
    (r"\bhow\s+many\s+customers\s+did\s+we\s+lose\s+between\s+20\d\d\s+and\s+20\d\d\s*,\s*(?:i\.?e\.?|that\s+is)\s*,?\s*", "how many customers "),
    (r"\b(?:people|customers)\s+who\s+ordered\s+(?P<then>in\s+20\d\d)\s+have\s+stopped\s+ordering\s+(?=in\s+20\d\d)", r"customers ordered \g<then> but not "),
    (r"\b(?:sent\s+back|returned)\s+because\s+they\s+(?P<why>arrived\s+damaged)\b", r"returned with reason \g<why>"),
    (r"^which\s+(?P<of>(?-i:[A-Z])[\w\s]*?)\s+product\s+sold\s+the\s+most\s+(?:pieces|units)\b(?P<when>[^,?]*)(?:,\s*and\s+how\s+many)?\s*\??$", r"best selling product by units in \g<of>\g<when>"),
    (r"\bhow\s+many\s+units\s+left\s+each\s+(?P<unit>month|quarter|week)\s+(?P<span>between\s+[\w\s]+?)\s*,\s*(?:going\s+)?by\s+ship\s+date\b", r"units by \g<unit> of the ship date \g<span>"),
    (r"^how\s+much\s+of\s+(?P<year>20\d\d)['’]s\s+(?P<fig>sales|profit)\s+in\s+percent\s+did\s+the\s+top\s+(?P<n>\d+)\s+(?P<who>customers|products|countries)\s+of\s+the\s+year\s+(?:bring\s+in|make|generate|account\s+for)\s*\??$", r"what share of \g<year> \g<fig> came from the \g<n> biggest \g<who> of \g<year>?"),
    (r"^for\s+order\s+lines\s+of\s+(?P<of>(?-i:[A-Z])\w+)\s*,\s*(?:give|show|list)\s+(?:the\s+)?minimum\s*,\s*maximum\s+and\s+median\s+(?P<fig>sales|profit)\s*[.?]*$", r"minimum, maximum and median \g<fig> per order line of \g<of>"),
    (r"\bregistered\s+customers\s+have\s+not\s+placed\s+a\s+single\s+order(?:\s+to\s+date)?\b", "registered customers have never ordered"),
    (r"\bshow\s+monthly\s+(?P<fig>sales|profit)\s+of\s+(?P<year>20\d\d)\s+and\s*,?\s*beside\s+them\s*,?\s*the\s+cumulative\s+(?P=fig)(?:\s+since\s+the\s+(?:beginning|start)\s+of\s+the\s+year)?", r"monthly \g<fig> and cumulative \g<fig> in \g<year>"),
    (r"\bcombine\s+(?P<one>(?:an?\s+)?(?:average\s+discount|margin|profit|sales|return\s+rate)\b[^?,]*?)\s+with\s+(?P<two>(?:an?\s+)?(?:average\s+discount|margin|profit|sales|return\s+rate)\b)", r"have \g<one> and \g<two>"),
    (r"\bthe\s+mean\s+and\s+the\s+90th\s+percentile\s+of\s+(?P<year>20\d\d)\s+order\s+values\b", r"the average order value and the 90th percentile of order value in \g<year>"),
    (r"^how\s+long\s*,?\s*in\s+days\s*,?\s*does\s+it\s+take\s+on\s+average\s+from\s+a\s+customer['’]s\s+first\s+order\s+to\s+the\s+second(?:\s+one)?\b", "average days between the first and the second order"),
    (r"^among\s+(?:the\s+)?returned\s+orders\s*,\s*what\s+(?P<share>share|percentage|proportion)\s+(?P<had>had|contained|have|contain)\s+", r"what \g<share> of returned orders \g<had> "),
    (r"\bmedian\s+value\s+of\s+(?P<year>20\d\d)\s+orders\s+(?P<in>in\s+each\s+\w+|by\s+\w+)", r"median order value \g<in> in \g<year>"),
    (r"^leaving\s+all\s+returned\s+orders\s+aside\s*,\s*show\s+(?P<when>20\d\d)\s+(?P<rest>[^?.]+)[.?]*$", r"\g<rest> in \g<when> excluding returned orders"),
    # how many percent, how many months
    (r"\bhow\s+many\s+(?:percent|per\s+cent|%)(?:\s+of\s+(?:them|these|those))?(?=\s+(?!of\b))", "what percentage"),
    (r"\bhow\s+many\s+(?:percent|per\s+cent|%)(?=\s+of\b)", "what percentage"),
    # the regions of a market
    (r"(?-i:\b(?P<one>[A-Z][A-Za-z]+))['’]s\s+(?P<group>regions|countries|states|cities|sub-?categories)\b", r"the \g<group> of \g<one>"),
    (r"^(?!.*\b(?:which|where|who|top|bottom|best|worst|most|least|highest|lowest|biggest|largest|smallest|how\s+many|number\s+of|list)\b)(?P<fig>.*?)\s+(?:of|in|for|across)\s+(?:the\s+|all\s+|our\s+)*(?P<group>regions|countries|states|cities|sub-?categories)\s+(?:of|in|within|inside)\s+(?P<where>(?:the\s+)?(?-i:[A-Z])[A-Za-z]+\b)(?!\s*(?:,|and|or)\s*(?-i:[A-Z])|\s+(?-i:[A-Z]))", r"\g<fig> by \g<group> in \g<where>"),
    (r"^(?P<group>regions|countries|states|cities|sub-?categories)\s+(?:of|in)\s+(?P<where>(?:the\s+)?(?-i:[A-Z])[\w\s]+?)\s*,?\s+with\s+their\s+(?P<fig>[^?]+?)\s*[?.]*$", r"\g<fig> by \g<group> in \g<where>"),
    # both in one order
    (r"^(?P<ask>how\s+many|(?:the\s+)?number\s+of|count(?:\s+the)?)\s+orders\s+(?:with|contain|containing|include|including|hold|holding|that\s+(?:have|contain|include)|had|have)\s+(?:at\s+least\s+one\s+(?:of\s+)?|something\s+from\s+|an?\s+product\s+(?:from|of)\s+)?(?P<one>(?-i:[A-Z])[\w-]+)\s+(?:and|along\s+with|together\s+with|plus|combined\s+with)\s+(?:(?:at\s+least\s+one\s+(?:of\s+)?|something\s+from\s+|an?\s+product\s+(?:from|of)\s+)(?P<two>(?-i:[A-Z])[\w-]+)(?:\s+in\s+(?:them|it))?|(?P<three>(?-i:[A-Z])[\w-]+)\s+in\s+(?:them|it|one))\b", r"how many orders contain both \g<one> and \g<two>\g<three>"),
    (r"^how\s+(?:many\s+times|often)\s+(?:were|are|have|did\s+customers\s+(?:buy|order))\s+(?P<one>(?-i:[A-Z])[\w-]+)\s+and\s+(?P<two>(?-i:[A-Z])[\w-]+)\s+(?:been\s+)?(?:ordered|bought|purchased|sold)?\s*(?:together|in\s+(?:one|the\s+same|a\s+single)\s+order)\b", r"how many orders contain both \g<one> and \g<two>"),
    (r"^in\s+(?:what|which)\s+(?P<share>share|percentage|proportion|fraction|part)\s+of\s+(?P<orders>(?:the\s+|all\s+|our\s+)*(?:20\d\d\s+)?orders(?:\s+(?:of|in|from)\s+20\d\d)?)\s+(?:were|are|did\s+(?:customers|people|the\s+customer)\s+(?:buy|take|order)|was|is)\s+(?:both\s+)?(?P<one>(?-i:[A-Z])[\w-]+)\s+and\s+(?P<two>(?-i:[A-Z])[\w-]+)(?:\s+(?:bought|ordered|included|contained|sold|present|found))?(?:\s+together)?(?=\s*[?.]*$|\s+(?:in|by)\b)", r"what \g<share> of \g<orders> contain both \g<one> and \g<two>"),
    (r"\borders(?P<when>(?:\s+(?:of|in|from)\s+20\d\d)?)\s+(?:that\s+)?(?P<verb>combine|mix)\s+(?P<one>(?-i:[A-Z])[\w-]+)\s+(?:with|and)\s+(?P<two>(?-i:[A-Z])[\w-]+)\b", r"orders\g<when> contain both \g<one> and \g<two>"),
    # who is where
    (r"^(?:in|from)\s+(?:which|what)\s+(?P<group>country|market|city|state|region)\s+(?:do|did)\s+(?P<how>most|the\s+most|fewest|the\s+fewest)\s+(?:of\s+(?:our|the)\s+)?(?P<who>customers|orders)\s+(?:live|come(?:\s+from)?|sit|reside|are)\b|^where\s+do\s+(?P<how2>most)\s+(?:of\s+)?(?:our\s+|the\s+)?(?P<who2>customers)\s+(?:live|come\s+from|sit)\s*[?]?\s*(?P<group2>country|market|city|state|region)\b", r"which \g<group>\g<group2> has the \g<how>\g<how2> \g<who>\g<who2>"),
    # sent out, sold anywhere
    (r"\b(?P<were>were|was|have\s+been|got)\s+(?:sent|dispatched|shipped)\s+out\b", r"\g<were> shipped"),
    (rf"\b(?P<what>countries|states|cities|products|customers|regions|markets)\s+with\s+(?:any\s+)?(?:sales|orders)\s+(?=(?:in|during)\s+{PERIOD}\s*[?.]*$)", r"\g<what> that ordered "),
    (r",\s*not\s+even\s+once\b", ""),
    (r"\b(?P<not>not|never)\s+(?P<verb>been\s+)?(?P<did>sold|ordered|bought|returned)?\s*even\s+once\b", r"\g<not> \g<verb>\g<did>"),
    (r"\b(?P<what>products|articles)\s+without\s+(?:a\s+single|even\s+one|any)\s+(?:sale|order)\b", r"\g<what> that were never sold"),
    (r"\bcount\s+of\s+(?P<what>(?:order\s+)?lines|orders|customers|products)\s+(?=with\b)", r"number of \g<what> "),
    (r"[\s,]*\b(?:all\s+)?(?:in|on)\s+(?:one|a\s+single|the\s+same)\s+row\b|[\s,]*\bin\s+two\s+columns\b", " side by side"),
    # an average month, the same month
    (r"\bin\s+an?\s+(?:average|typical)\s+(?P<unit>month|week|quarter)\s+of\s+(?P<year>20\d\d)\b", r"per \g<unit> on average in \g<year>"),
    (rf"\b(?P<month>{MONTH})\s+(?P<year>20\d\d)\s*,?\s*(?:versus|vs\.?|against|(?:as\s+)?compared\s+(?:with|to)|relative\s+to)\s+the\s+same\s+month\s+(?:of|in)\s+(?P<other>20\d\d)\b", r"\g<month> \g<year> versus \g<month> \g<other>"),
    # what leads
    (r"^(?:split|broken\s+down|grouped|told\s+apart|apart)\s+(?:by|per)\s+(?P<group>[\w\s-]+?)\s*[:,]\s*(?P<asked>[^?:]+?)\s*[?.]*$", r"\g<asked> by \g<group>"),
    (r"\b(?P<count>(?:the\s+)?number\s+of\s+)(?P<who>customers|orders)\s+(?P<one>(?:who|that|which)\s+[^?,]+?)\s*,?\s+and\s+(?:the\s+)?number\s+(?P<two>(?:who|that|which)\s+)", r"\g<count>\g<who> \g<one> and number of \g<who> \g<two>"),
    (r"\bwhere\s+do\s+we\s+have\s+(?:the\s+)?(?P<how>most|fewest)\s+(?P<who>customers|orders)\b(?!\s*[?]?\s*(?:country|market|city|state|region))", r"in which country do we have the \g<how> \g<who>"),
    (r"\bwhere\s+do\s+we\s+have\s+(?:the\s+)?(?P<how>most|fewest)\s+(?P<who>customers|orders)\s*[?,:]*\s*(?:which\s+|by\s+)?(?P<group>country|market|city|state|region)\b", r"in which \g<group> do we have the \g<how> \g<who>"),
    (r"^units\s+by\s+ship\s+date\s*[:,]\s*", "units shipped in "),
    (r"\b(?:products|articles)\s+that\s+were\s+never\s+sold\b", "products never sold"),
    (r"\bhow\s+do\s+(?P<one>[\w\s]+?)\s+and\s+(?P<two>[\w\s]+?)\s+compare\s+(?:in|on|by)\s+(?P<figs>(?:sales|profit|margin|orders|units|number\s+of|average|return)[^?]*?)\s+for\s+(?P<year>20\d\d)\b", r"compare \g<figs> of \g<one> and \g<two> in \g<year>"),
    (r"\bin\s+(?:what|which)\s+(?P<share>share|percentage|proportion|fraction|part)\s+of\s+(?P<orders>(?:the\s+|all\s+|our\s+)*orders)\s+did\s+(?:customers|people)\s+(?:buy|order|take)\s+both\s+", r"what \g<share> of \g<orders> contain both "),
    (r"^(?P<group>countries|markets|categories|sub-?categories|segments|products|states|cities|customers)\s*:\s*(?P<top>top|bottom)\s+(?P<n>\d+|three|five|ten)\s+(?:on|by|for)\s+(?P<fig>[\w\s]+?)\s*[?.]*$", r"\g<top> \g<n> \g<group> by \g<fig>"),
    # the part is what follows
    (r"\b(?P<share>share|percentage|proportion|fraction)\s+of\s+(?P<whole>(?:the\s+|all\s+|our\s+)*(?:(?-i:[A-Z])[\w-]+\s+|(?:high|low|medium|critical)(?:[\s-]priority)?\s+)orders(?:\s+(?:in|of|from)\s+(?:(?:january|february|march|april|may|june|july|august|september|october|november|december)\s+)?20\d\d)?)\s+(?P<did>shipped|sent|dispatched|delivered|returned|placed)\s+", r"\g<share> of \g<whole> that were \g<did> "),
    # an order of so much, any one
    (r"\b(?:at\s+least\s+one|one\s+or\s+more|any|a\s+single|even\s+one|one\s+single)\s+order\s+(?:(?:that\s+(?:is|was)\s+)?(?:worth|above|over|exceeding|greater\s+than|larger\s+than|of)\s+)+(?:(?:more\s+than|over|above|at\s+least)\s+)?(?=[$€£]?\d)", "an order above "),
    # with some then and none later
    (r"\b(?P<who>customers|clients|buyers|countries|products)\s+with\s+(?:any\s+)?orders\s+in\s+(?P<one>20\d\d)\s*,?\s+(?:and|but)\s+(?:without\s+any|with(?:out)?\s+(?:none|any)|no\s+orders?|none)\s+in\s+(?P<two>20\d\d)\b", r"\g<who> who ordered in \g<one> but not in \g<two>"),
    (r"^customers\s+lost\s*[:,]\s*ordered\s+in\s+(?P<one>20\d\d)\s*,\s*(?:none|not)\s+in\s+(?P<two>20\d\d)[.,;]?\s*how\s+many\??$", r"how many customers ordered in \g<one> but not in \g<two>"),
    (r"\bhow\s+many\s+of\s+those\s+who\s+(?P<did>ordered|bought)\s+in\s+(?P<one>20\d\d)\s+(?:failed\s+to\s+(?:order|buy)|did\s+not\s+(?:order|buy))(?:\s+again)?\s+in\s+(?P<two>20\d\d)", r"how many customers \g<did> in \g<one> but not in \g<two>"),
    # a line at a loss in an order
    (r"\b(?P<share>percentage|share|proportion|fraction)\s+of\s+(?P<orders>(?:all\s+|the\s+|our\s+)*orders)\s+(?:has|have|had|includes?|included|with|in\s+which)\s+(?:at\s+least\s+one\s+|an?\s+|any\s+|some\s+|one\s+or\s+more\s+)(?:loss[\s-]making\s+(?:order\s+)?line|(?:order\s+)?line\s+(?:with\s+a\s+loss|at\s+a\s+loss|sold\s+at\s+a\s+loss)|(?:order\s+)?line\s+lost\s+money|(?:order\s+)?line\s+that\s+lost\s+money)\b", r"\g<share> of \g<orders> that contain a loss-making line"),
    # regional
    (r"^(?:for|in)\s+(?P<where>the\s+(?-i:[A-Z])\w+)(?:\s+market)?\s*,\s*regional\s+(?P<fig>sales|profit|margin|orders|units)\b", r"\g<fig> by region in \g<where>"),
    (r"\bregional\s+breakdown\s+of\s+(?P<what>[^?]+?)\s+(?P<when>(?:in|for|of|during)\s+[^?]+?)(?P<end>\s*[?.]*)$", r"\g<what> by region \g<when>\g<end>"),
    (r"\bregional\s+(?P<fig>sales|profit|margins?|orders|units|return\s+rates?)\b", r"\g<fig> by region"),
    (r"\b20\d\d\s+q(?P<n>[1-4])\b", r"Q\g<n>"),
    # how much it varies
    (r"^how\s+(?:much|strongly)\s+(?:do|did|does)\s+(?P<what>(?:order\s+)?line)\s+(?P<fig>sales|profit)\s+vary\s+(?P<by>(?:in|by|within)\s+each\s+\w+|by\s+\w+)\s*\(?\s*,?\s*(?:as\s+)?(?:the\s+)?standard\s+deviation\s*\)?\s*[?.]*$", r"standard deviation of \g<fig> per order line \g<by>"),
    (r"\bstandard\s+deviation\s+of\s+(?:the\s+)?(?P<fig>sales|profit|discount|shipping\s+cost)\s+(?:of|on|over|across|in)\s+(?:the\s+|an\s+|a\s+|all\s+)*(?:order\s+)?lines?\b", r"standard deviation of \g<fig> per order line"),
    (r"^spread\s+of\s+(?P<fig>sales|profit)\s+per\s+(?:order\s+)?line\s+(?P<by>by\s+\w+)\s*,?\s*as\s+(?:a\s+|the\s+)?standard\s+deviation\s*[?.]*$", r"standard deviation of \g<fig> per order line \g<by>"),
    # relative to sales
    (r"\b(?:what\s+(?:percentage|share|proportion|fraction)\s+of\s+sales\s+(?:went|goes|flows|flowed)\s+(?:into|on|to|for)\s+(?:the\s+)?shipping(?:\s+costs?)?)\b", "what was the shipping cost ratio"),
    (r"\bhow\s+(?:large|high|big)\s+(?P<was>is|was|are|were)\s+(?:the\s+)?shipping\s+costs?\s+(?:relative\s+to|in\s+relation\s+to|compared\s+(?:to|with)|as\s+a\s+(?:share|percentage)\s+of)\s+sales\b", r"what \g<was> the shipping cost ratio"),
    (r"\bwhat\s+(?:percentage|share|proportion|fraction)\s+of\s+(?P<year>20\d\d\s+)?sales\s+(?:is|was|are|were)\s+(?:the\s+)?shipping\s+costs?\b", r"what is the \g<year>shipping cost ratio"),
    (r"(?<!\bwe\s)\bspent\s+(?:the\s+)?(?P<how>most|least)\s+on\s+shipping(?!\s+cost)\b|\bdid\s+shipping\s+cost\s+(?:the\s+)?(?P<how2>most|least)\b", r"had the \g<how>\g<how2> shipping cost"),
    (r"\bthe\s+(?P<who>country|city|state|category|subcategory|product|market)\s+where\s+shipping\s+cost\s+the\s+(?P<how>most|least)\b", r"the \g<who> with the \g<how> shipping cost"),
    (r"^which\s+(?P<one>country|city|state|region|subcategory|product)\s+(?:in|of|from|within)\s+every\s+(?P<two>market|country|category|region|segment)\s+", r"in each \g<two>, which \g<one> "),
    (r"^by\s+(?P<two>market|country|category|region|segment)\s*:\s*the\s+(?P<one>country|city|state|region|subcategory|product)\s+with\s+", r"the \g<one> in each \g<two> with "),
    # by how many percent, from one to the next
    (r"^by\s+(?:what|how\s+many)\s+(?:percentage|percent)\s+did\s+(?P<fig>the\s+number\s+of\s+\w+|sales|profit|orders|units)\s+(?:change|grow|rise|fall|move)\s+from\s+(?P<unit>month|quarter|year)\s+to\s+(?P=unit)\b", r"\g<unit> over \g<unit> growth of \g<fig>"),
    (r"\b(?:the\s+)?rate\s+of\s+(?P<fig>sales|profit|order)\s+growth\b", r"\g<fig> growth"),
    # sold more than so much, yet at a loss
    (r"\bwhich\s+(?P<who>[\w-]+)\s+sold\s+(?P<than>above|over|more\s+than)\s+(?P<n>[$€£]?\d[\d,]*)\s+(?P<when>in\s+20\d\d)\s*,?\s+(?:and|but|yet)\s+(?:still\s+|nevertheless\s+)?(?:ended\s+up\s+with|had|made|showed|have)\s+(?:a\s+|an\s+)?(?:overall\s+)?(?:negative\s+profit|loss)\b", r"which \g<who> had sales above \g<n> and a negative profit \g<when>"),
    (r"\bwhich\s+(?P<who>[\w-]+)\s+(?:were|are)\s+(?:unprofitable|loss-making|in\s+the\s+red)\s+(?:even\s+though|although|though|despite\s+the\s+fact\s+that)\s+they\s+sold\s+(?:more\s+than|over|above)\s+(?P<n>[$€£]?\d[\d,]*)", r"which \g<who> had sales above \g<n> and a negative profit"),
    (r"\breceived\s+(?P<n>\d[\d,]*)\s+orders\s+or\s+more\b", r"had at least \g<n> orders"),
    (r"\b(?:saw|had)\s+(?P<than>over|more\s+than|above|under|less\s+than|at\s+least)\s+(?P<n>\d+(?:\.\d+)?\s?%)\s+of\s+(?:them|these|their\s+orders|its\s+orders)\s+(?:returned|sent\s+back|come\s+back)\b", r"had a return rate \g<than> \g<n>"),
    # different products in an order
    (r"\bhow\s+many\s+(?:different|distinct|unique)\s+products\s+(?:are\s+(?:there\s+)?in|does|did)\s+an?\s+(?:average\s+)?order(?:\s+(?:contain|have|hold|include))?(?:\s+on\s+average)?\b", "average number of different products per order"),
    (r"\b(?:mean|average)\s+(?:number|count)\s+of\s+(?:different|distinct|unique)\s+products\s+in\s+an?\s+order\b", "average number of different products per order"),
    # not once
    (r"(?P<not>(?<!\w)not|(?<!\w)never|n['’]t)\s+(?P<been>been\s+)?(?P<did>sold|ordered|bought|purchased|returned|placed\s+an\s+order)\s+(?:even\s+|a\s+single\s+)?once(?=\s+(?:in|since|during|after|this|last)\b|\s*[?.]*$)", r"\g<not> \g<been>\g<did>"),
    (r"\bnot\s+(?P<did>buy|order|sell|purchase|return)\s+(?:anything\s+)?at\s+all\s+(?=(?:in|during|since)\b)", r"not \g<did> "),
    # the date that counts
    (r"[.;,(?]+\s*(?:please\s+)?(?:take|use|go\s+by|going\s+by|count(?:ed|ing)?\s+by|based\s+on|by)\s+(?:the\s+)?(?:(?P<a>return|ship|shipping)\s+date|date\s+of\s+(?:the\s+)?(?P<b>return|shipment|shipping))\s*,?\s*(?:not|and\s+not|rather\s+than|instead\s+of)\s+(?:by\s+)?(?:(?:the|that|of|order|date|placed|day)\s*)+\)?[.]?\s*$", r" by \g<a>\g<b> date"),
    (r"^(?:counting|counted|going|measured|judging|reckoned|taken)\s+by\s+(?:the\s+)?(?:day|date)\s+(?:they|it|the\s+\w+)\s+(?:were|was)\s+(?:shipped|sent|dispatched)\s*,\s*(?P<asked>[^?]+?)\s*\??$", r"\g<asked> by ship date"),
    (r"^(?:counting|counted|going|measured|judging|reckoned|taken)\s+by\s+(?:the\s+)?(?:ship(?:ping|ment)?\s+date|date\s+of\s+(?:the\s+)?shipment)\s*,\s*(?P<asked>[^?]+?)\s*\??$", r"\g<asked> by ship date"),
    # of discounted lines
    (r"\b(?:came|comes|come|stems|stemmed)\s+from\s+(?:order\s+)?lines\s+(?:that\s+(?:were|are|was)\s+)?(?:sold\s+)?(?:at|with)\s+(?:a\s+)?discount\b", "came from discounted lines"),
    (r"\s*\b(?:together\s+)?in\s+(?:the|one|a|their|the\s+same|a\s+single)\s+(?:shopping\s+)?(?:basket|cart)\b", ""),
    (r"^when\s+(?:goods|orders|products|things)\s+(?:come|are\s+sent|get\s+sent)\s+back\s*,\s*(?=how\s+many\s+days\b)", ""),
    (r"\s*\((?:[^()]*\b)?the\s+same\s+day\s+(?:does\s+not|doesn['’]t|not)\s+count(?:ing|ed)?\)", " on a later day"),
    (r"\b(?P<modes>(?:ship|shipping)\s+modes?\b[^?]*?\b(?:each|every|per|by|which))\s+mode(?P<s>['’]s)?\b", r"\g<modes> ship mode\g<s>"),
    # how many had one, two, three
    (r"^how\s+many\s+(?P<who>customers|orders|products)\s+(?:had|placed|have|made)\s+(?:exactly\s+)?(?:one|1)\s+(?P<what>order|line)\s*,\s*(?:two|2)(?:\s+(?:orders|lines))?\s*,\s*(?:three|3)(?:\s+(?:orders|lines))?,?\s*(?:and\s+so\s+on|etc\.?|\.\.\.|…)\s*(?P<when>(?:in|during|over)\s+[\w\s]+?)?\s*(?:[?.]\s*(?:a\s+|the\s+)?(?:count|number)\s+for\s+each\s+(?:number\s+of\s+\w+)?)?[?.]*\s*$", r"number of \g<who> by number of \g<what>s \g<when>"),
    # sold more than another, in money
    (r"\bdid\s+(?P<one>[\w\s-]+?)\s+(?:bring\s+in|sell)\s+more\s+than\s+(?P<two>[\w\s-]+?)\s*\?\s*sales\s*,?\s*(?:i\s+mean|that\s+is|please)\.?\s*$", r"did \g<one> have higher sales than \g<two>?"),
    (r"\bby\s+how\s+much\s*,\s*relative\s+to\s+the\s+(?P<unit>month|quarter|year|week)\s+before\s*,\s*did\s+(?:our\s+|the\s+)?(?P<fig>[\w\s]+?)\s+(?:grow\s+or\s+shrink|grow|change|rise\s+or\s+fall)\s+in\s+each\s+of\s+the\s+(?:month|quarter|year|week)s\s+(?P<when>[\w\s]+?)\s*\??$", r"\g<unit> over \g<unit> growth of \g<fig> by \g<unit> from \g<when>"),
    (r",\s*names\s+with\s+their\s+(?:total|totals|sales|total\s+sales)\s*[.?]*$", ", with their sales"),
    # an order of so much, not so much in all
    (r"\b(?P<have>with|have|has|had|having|placed|made)\s+(?P<an>(?:an?|any|one|some)\s+(?:single\s+|individual\s+)?)?(?P<order>orders?)\s+(?:(?:that\s+(?:was|were|is|are)\s+)?(?:worth|valued\s+at|of|totalling)\s+)?(?P<than>more\s+than|over|above|at\s+least|exceeding|greater\s+than|larger\s+than|bigger\s+than|less\s+than|below|under)\s+(?P<n>[$€£]?\d[\d,.]*k?)(?!\s*(?:%|percent|orders|units|lines|items|days|customers|products|pieces|\d))", r"\g<have> \g<an>\g<order> with sales \g<than> \g<n>"),
    # those who came in a period
    (rf"\bcustomers\s+(?:(?:who|that|which)\s+(?:were\s+|we\s+)?|we\s+)?(?:newly\s+|first\s+)?(?:won|acquired|gained|signed\s+up)\s+in\s+(?P<when>{PERIOD})(?=\s+(?:spend|spent|bring|brought|buy|bought|order|ordered|by|per|in|generate|generated|make|made|contribute|contributed)\b|\s*[,?.]|\s*$)", r"customers whose first order was in \g<when>"),
    (rf"\bcustomers\s+(?:with\s+their|having\s+their|making\s+their|who\s+(?:had|made|placed)\s+their)\s+(?:very\s+)?first\s+(?:ever\s+)?(?:order|purchase)\s+(?:being\s+)?in\s+(?P<when>{PERIOD})", r"customers whose first order was in \g<when>"),
    (rf"\bcustomers\s+who\s+(?:first\s+(?:ordered|bought|purchased)|(?:ordered|bought|purchased)\s+for\s+the\s+first\s+time)\s+in\s+(?P<when>{PERIOD})\s+(?P<did>spend|spent|bring|brought|buy|bought|generate|generated|contribute|contributed)\b", r"customers whose first order was in \g<when> \g<did>"),
    (r"^what\s+(?:did|do|have)\s+(?:the\s+|our\s+)?(?P<who>customers\s+whose\s+[^?]*?)\s+(?:buy|bought|order|ordered)\s+(?P<when>in\s+20\d\d)\b", r"how much did \g<who> spend \g<when>"),
    # higher than in another year
    (r"\b(?P<what>[a-z][\w-]*(?:\s+(?:in|of)\s+(?:the\s+)?[\w\s]+?)?)\s+whose\s+(?P<fig>sales|profit|margin|units|orders|number\s+of\s+\w+|return\s+rate|average\s+order\s+value)\s+(?P<one>in\s+20\d\d)\s+(?:are|were|is|was)\s+(?P<way>higher|lower|larger|smaller|better|worse|greater)\s+than\s+(?P<two>in\s+20\d\d)\b", r"\g<what> that had \g<way> \g<fig> \g<one> than \g<two>"),
    (r"^how\s+did\s+(?P<fig>[^?]+?)\s+(?:develop|evolve|change|move|look)\s+in\s+(?P<one>(?:the\s+)?(?:first|second)\s+half\s+of\s+20\d\d|h[12]\s+20\d\d|q[1-4]\s+20\d\d|20\d\d)\s*,?\s+(?:against|compared\s+(?:with|to)|versus|vs\.?|relative\s+to)\s+(?P<two>(?:the\s+)?(?:first|second)\s+half\s+of\s+20\d\d|h[12]\s+20\d\d|q[1-4]\s+20\d\d|20\d\d)\b", r"\g<fig> in \g<one> versus \g<two>"),
    # in both
    (r"\b(?P<who>customers|countries|products|clients)\s+(?P<did>(?:who\s+|that\s+|which\s+)?(?:have\s+)?(?:ordered|bought(?:\s+from\s+us)?|purchased|placed\s+(?:an\s+order|orders)|were\s+active|sold))\s+in\s+(?P<one>20\d\d)\s+(?:as\s+well\s+as|and\s+also|and\s+again|and\s+then\s+again)\s+in\s+(?P<two>20\d\d)\b(?!\s*(?:,|and)\s*(?:in\s+)?20\d\d)", r"\g<who> \g<did> in both \g<one> and \g<two>"),
    (r"\b(?P<one>average\s+\w+|margin|profit|sales|shipping\s+cost)\s*:\s*(?P<two>returned\s+orders)\s+(?:vs\.?|versus|against|and|compared\s+(?:to|with))\s+(?P<three>(?:orders\s+not\s+returned|not\s+returned\s+orders|non-returned\s+orders|kept\s+orders))", r"\g<one> of \g<two> versus \g<three>"),
    (r"\bwith\s+(?P<year>20\d\d)\s+(?P<fig>sales|profit|margin|orders|units|shipping\s+cost)\s+(?P<than>over|above|of\s+more\s+than|more\s+than|below|under|of\s+at\s+least|at\s+least|exceeding)\s+(?P<n>[$€£-]?\d[\d,.]*%?)", r"with \g<fig> \g<than> \g<n> in \g<year>"),
    (r"\bon\s+mondays?\s*,\s*tuesdays?\s*,?\s*(?:wednesdays?\s*,?\s*)?(?:and\s+so\s+on|etc\.?|\.\.\.|…)", "by weekday"),
    (r"\b(?P<than>higher|lower)\s+(?P<prep>on|for|of)\s+returned\s+orders\s+than\s+(?:on|for|of)\s+(?:the\s+)?(?:others?|other\s+orders|orders\s+that\s+were\s+not\s+returned|the\s+rest)\b", r"\g<than> \g<prep> returned orders than \g<prep> orders that were not returned"),
    # sold so far
    (r"\bof\s+(?:all\s+)?(?:the\s+)?(?P<kind>(?-i:[A-Z])[\w-]+(?:\s+(?-i:[A-Z])[\w-]+)?)\s+products\s+(?:that\s+were\s+)?(?:sold|ordered|bought)\b(?=\s+(?:so|in|during|this|last|to|since)\b|\s*[?.]*$)", r"of \g<kind>"),
    # up to three, a row for each
    (r"\b(?P<ask>list|show|name|give)\s+(?:me\s+)?up\s+to\s+(?P<n>two|three|four|five|ten|\d+)\s+(?=[a-z]+\s+(?:with|by|that)\b)", r"\g<ask> the \g<n> "),
    (r",\s+giving\s+(?:the\s+)?(?P<columns>(?:[\w\s]+,\s*)*[\w\s]+\s+and\s+[\w\s]+?)\s*[.?]*$", r": \g<columns>"),
    (r"\bwith\s+(?P<than>more\s+than|over|at\s+least|less\s+than|under)\s+(?P<n>[$€£]?\d[\d,.]*)\s+in\s+(?:total\s+)?(?P<fig>sales|profit)\b", r"with \g<fig> of \g<than> \g<n>"),
    (r"\bdid\s+(?:the\s+)?(?P<one>[\w\s]+?)\s+segment\s+outsell\s+(?:the\s+)?(?P<two>[\w\s]+?)\s+segment\b(?:\s+in\s+that\s+year)?", r"did \g<one> sell more than \g<two>"),
    (r"\b(?:did|does|do)\s+(?P<one>[\w-]+)\s+outsell\s+(?P<two>[\w-]+)\b", r"did \g<one> sell more than \g<two>"),
    (r"\b(?:the\s+)?cumulative\s+(?P<fig>sales|profit|orders|units)\s+at\s+the\s+end\s+of\s+each\s+(?P<unit>month|quarter|week)\s+(?P<when>of\s+20\d\d)\s*(?:,\s*counted\s+from\s+(?:the\s+)?(?:start|beginning)\s+of\s+(?:that|the)\s+year)?", r"cumulative \g<fig> by \g<unit> \g<when>"),
    (r"\bfractional\s+(?=(?:month|quarter|year)[\s-]over[\s-])", ""),
    (r"^compare\s+each\s+(?P<group>[\w-]+?)(?:['’]s)?\s+year[\s-]to[\s-]date\s+(?P<fig>sales|profit|orders|units)\s+(?:with|to)\s+(?:its|their|the)\s+(?P=fig)?\s*(?:in|for|of)\s+(?:the\s+)?same\s+period\s+(?:of\s+)?last\s+year\s*[.;]?\s*(?:(?:show|list|give)\s+(?P=group)\s*,\s*this\s+year['’]s\s+figure\s+and\s+last\s+year['’]s(?:\s+figure)?[.]?)?\s*$", r"year to date \g<fig> by \g<group> compared with the same period last year"),
    # the same days of another year
    (r"\bin\s+(?P<one>20\d\d)\s+so\s+far\s+(?P<than>than|versus|vs\.?|against|compared\s+(?:to|with)|as)\s+(?:in\s+)?(?:the\s+)?same\s+(?:period|time|months|days)\s+(?:of|in)\s+20\d\d\b", r"this year to date \g<than> in the same period last year"),
    (r"\bthe\s+(?P<unit>week|month|quarter|year)\s+before\s+that\b", r"the \g<unit> before"),
    # each of them
    (r"(?<!which\s)(?<!top\s)(?<!one\s)(?<!two\s)(?<!three\s)(?<!all\s)(?<!both\s)\b(?:of|for|across|in)\s+(?:each\s+of\s+)?(?:our|the)\s+(?:two|three|four|five|six|seven|\d+)\s+(?:product\s+|customer\s+)?(?P<group>categories|segments|markets|priorities|ship\s+modes)(?=\s*[?.]*\s*$|\s+(?:in|for|during)\s+20\d\d|\s*,)", r"by \g<group>"),
    (r"^how\s+do\s+(?:our\s+|the\s+)?(?P<what>orders|sales|customers|units)\s+split(?:\s+up)?\s+(?P<by>by\s+[\w\s]+?|over\s+the\s+[\w\s]+?)\s*\?\s*(?:just\s+)?(?:the\s+)?(?:number|count)\s+of\s+(?P=what)\s+(?:for|per|in)\s+(?:each|every)(?:\s+\w+)?\s*[.]?\s*$", r"number of \g<what> \g<by>"),
    (r"^how\s+do\s+(?:our\s+|the\s+)?(?P<what>orders|customers|units)\s+split(?:\s+up)?\s+(?=by\b)", r"number of \g<what> "),
    (r"^how\s+long\s+does\s+it\s+(?:usually\s+|typically\s+|normally\s+)?take\s*(?:\((?:average|mean)\s+days\)|on\s+average)?\s*(?:until|till|before|for)\s+(?:something|an\s+order|orders|an\s+item|things|a\s+line|it|goods)\s+(?:ships?|is\s+shipped|gets\s+shipped|are\s+shipped|to\s+ship|goes\s+out|leaves?)\b(?:\s*,?\s*\((?:average|mean)\s+days\))?(?:\s*,\s*)?", "average days to ship "),
    (r"^(?:i\s+(?:noticed|see|saw|heard|gather|understand)|apparently|it\s+seems|they\s+say)\s*,?\s*(?:that\s+)?(?:there\s+are\s+)?(?P<who>(?:people|customers|products|orders|countries)\b[^.?]*?)[.]\s*how\s+many\s+(?:of\s+(?:them|those)\s+)?(?:are\s+there|are\s+they|is\s+that|exactly)\s*\??$", r"how many \g<who>?"),
    (r"\bpeople\s+in\s+the\s+customer\s+list\b", "customers"),
    (r"\b(?:is|are|was|were)\s+(?:the\s+)?most\s+expensive\s+(?:for\s+us\s+)?(?:in\s+terms\s+of|by|measured\s+by|going\s+by|judged\s+by)\s+(?P<fig>shipping\s+cost[\w\s]*?)(?=\s*[?.]*$|\s+in\s+20)", r"has the highest \g<fig>"),
    (r"\bdoes\s+the\s+(?P<fig>[\w\s]+?)\s+differ\s+between\s+(?P<who>[\w\s,&-]+?)\s*\?\s*(?:(?:show|give|list)\s+(?:it|that|the\s+\w+)\s+(?:for|of)\s+each(?:\s+of\s+them)?[.]?)?\s*$", r"compare the \g<fig> of \g<who>?"),
    (r"\bdid\s+not\s+leave\s+in\s+one\s+go\s*,\s*meaning\s+(?:that\s+)?their\s+lines\s+have\b", "have lines with"),
    (r"^(?:i\s+want|i['’]d\s+like|i\s+would\s+like)\s+to\s+(?:plot|draw|see|show|chart)\s+how\s+(?P<fig>sales|profit|orders|units)\s+(?:built|build|added|add)\s+up\s+(?P<when>(?:during|in|over)\s+20\d\d)\s*[:;,–-]\s*(?:the\s+)?running\s+total\s+at\s+the\s+end\s+of\s+each\s+(?P<unit>month|quarter|week)(?:\s*,\s*january\s+(?:to|through)\s+december)?\s*[.?]*$", r"cumulative \g<fig> by \g<unit> \g<when>"),
    (r"^(?:if\s+(?:i|we|you)\s+(?:line|rank|sort|order)\s+(?:up\s+)?(?:the\s+|our\s+)?(?P<who>customers|products|countries)\s+(?:up\s+)?(?:from\s+(?:the\s+)?biggest\s+to\s+(?:the\s+)?smallest\s+)?by\s+(?P<fig>sales|profit|revenue))\s*,\s*how\s+many\s+(?:do\s+(?:i|we|you)\s+need|are\s+needed|does\s+it\s+take)\s+(?:until|till|before|to)\s+(?:(?:i|we|you)\s+(?:have|get|reach)\s+|reach\s+|get\s+)?(?:at\s+least\s+)?(?P<part>half|\d+\s?%|a\s+third|two\s+thirds)\s+(?:of\s+)?(?:the\s+)?(?:total\s+)?(?P<when>[^?]*?)\s*\??$", r"how many \g<who> make up \g<part> of \g<when>"),
    (r"^(?:averages|means|outliers)\s+can\s+be\s+[\w\s]+?,\s*so\s+(?=what|how|show|which)", ""),
    (r"\bmix\s+products\s+(?:out\s+of|from)\s+(?=at\s+least|two|three|more|several)", "contain products from "),
    (r"\b(?P<what>products?|items?|articles?)\s+out\s+of\s+(?=at\s+least|(?:two|three|four)\b|more\s+than|several)", r"\g<what> from "),
)  # fmt: skip
