"""How people ask when something first or last happened: patterns for the form that plans it."""

from __future__ import annotations

import re

from app.answers.vocabulary.dates_of_orders import FIRST_WORD, LAST_WORD, NOUN
from app.answers.words import NUMBER_WORDS

_WHEN = r"^(?:(?:please|and|so)\s+)*(?:(?:can|could)\s+you\s+)?(?:(?:tell|show)\s+me\s+)?(?:when|(?:on|at)\s+(?:what|which)\s+(?:date|day)|what\s+(?:date|day))"
_ENDS = rf"(?:(?P<first>{FIRST_WORD}|for\s+the\s+first\s+time)|(?P<last>{LAST_WORD}|most\s+recently|for\s+the\s+last\s+time))"
_SOLD = r"(?:sell|sold|order(?:ed)?|buy|bought|purchased?|placed?\s+an\s+order|made\s+an?\s+(?:order|purchase)|make\s+an?\s+(?:order|purchase))"
_SENT = r"(?:ship(?:ped)?|dispatch(?:ed)?|deliver(?:ed)?|send|sent(?:\s+out)?)"
_RETURNED = r"(?:returned|sent\s+back|return|brought\s+back)"
_DONE = rf"(?:(?P<sold>{_SOLD})|(?P<sent>{_SENT})|(?P<back>{_RETURNED}))"
SOMETHING = r"(?:\s+(?:something|anything|one|some|an?\s+item|from\s+us|with\s+us))*"
HAPPENED = re.compile(
    r"\s+(?:(?:was|were|has|have|had|been|did)\s+)*(?:placed|made|received|recorded|booked|done|reach(?:ed)?\s+us|c[oa]me\s+in|arrived?|happen(?:ed)?|t(?:ake|ook)\s+place|occur(?:red)?)(?=\s|$)",
    re.I,
)
# "when was the last order from Germany", "when was Germany's first return"
OF_A_NOUN = re.compile(
    rf"{_WHEN}\s+(?:was|were|is|are|did|has|have|had)\s+(?:(?:the|our|their|its|an?)\s+)*(?:(?P<whose>[\w&. -]+?)['’]s?\s+)?{_ENDS}\s+(?:ever\s+)?(?P<noun>{NOUN})s?(?P<rest>\b.*)$",
    re.I,
)
# "when did we last sell a copier in Germany"
WE_DID = re.compile(
    rf"{_WHEN}\s+(?:did|have)\s+(?:we|they|the\s+company)\s+{_ENDS}\s+(?:{_DONE}|(?:receive|get|take|have|record|book|see)\s+(?:an?|any|the)\s+(?P<noun>{NOUN}))(?P<rest>\b.*)$",
    re.I,
)
# "when was a copier last sold in Germany", "when did customers in Texas first order"
IT_WAS = re.compile(
    rf"{_WHEN}\s+(?:was|were|did|has|have|had)\s+(?P<what>(?!(?:we|they|it)\b).+?)\s+(?:been\s+)?{_ENDS}\s+(?:been\s+)?{_DONE}(?P<rest>\b.*)$",
    re.I,
)
# "when was the last time that we sold a copier"
THE_TIME = re.compile(
    rf"(?:(?:{_WHEN}|^what)\s+(?:was|is)\s+|^)(?:the\s+)?{_ENDS}\s+(?:time|day|date)\s+(?:that\s+|when\s+|on\s+which\s+)?(?:(?:we|somebody|someone|anybody|anyone)\s+|(?P<what>.+?)\s+(?:(?:was|were|has\s+been)\s+)?){_DONE}(?P<rest>\b.*)$",
    re.I,
)
# "when did we get our first order from Kenya", "when did each market place its first order"
ITS_FIRST = re.compile(
    rf"{_WHEN}\s+(?:did|have|has)\s+(?:(?:we|they|the\s+company)|(?P<what>.+?))\s+(?:get|got|receive[d]?|have|had|take|see|saw|book|record|place[d]?|make|made|give\s+us)\s+(?:our|the|its|their|his|her)\s+{_ENDS}\s+(?:ever\s+)?(?P<noun>{NOUN})s?(?P<rest>\b.*)$",
    re.I,
)
AND_WHEN = re.compile(
    rf"\s*,?\s+and\s+(?:when\s+(?:was\s+|did\s+|is\s+)?)?(?:the\s+)?{_ENDS}(?:\s+(?:one|{NOUN}))?(?:\s+(?:come\s+in|reach\s+us|arrive|placed))?$",
    re.I,
)
TWO_ENDS = re.compile(
    rf"{_WHEN}\s+(?:was|were|did)\s+(?:the\s+)?{FIRST_WORD}\s+and\s+(?:the\s+)?{LAST_WORD}\s+(?P<noun>{NOUN})s?(?P<rest>\b.*)$",
    re.I,
)
ORDER_TOLD = re.compile(
    r"\s*[,;(–-]?\s*(?:and\s+)?(?:(?:sorted|ordered|listed)\s+)?(?:(?:by|with)\s+)?(?:the\s+)?(?:(?P<old>oldest|earliest|longest\s+ago)|(?P<new>newest|latest|most\s+recent))(?:\s+(?:dates?|orders?|ones?|days?))?\s+(?:first|on\s+top)\)?$",
    re.I,
)
_DATE = r"date\s+of\s+the\s+(?:first|last)\s+[a-z]+"
LISTED = re.compile(
    rf"^(?:(?:please|list|show|give|me|all|the|our)\s+)*(?P<who>[a-z-]+(?:\s[a-z-]+)??)(?P<where>(?:\s+(?:in|from|of)\s+[\w&'. -]+?)?)\s+(?:(?:sorted|ordered|ranked|listed)\s+)?by\s+(?:the\s+|their\s+|its\s+)?(?P<date>{_DATE})(?P<rest>(?:\s+(?:in|from|of)\s+.+)?)$",
    re.I,
)
# "what are the dates of the first and the last order placed by customers from Nigeria"
NAMED = re.compile(
    rf"^(?:what\s+(?:is|are|was|were)\s+|(?:please\s+)?(?:show|give|tell)\s+(?:me\s+)?)?(?:the\s+)?(?P<dates>{_DATE}(?:\s+and\s+(?:the\s+)?{_DATE})?)(?P<rest>\s+(?:(?:(?:that|which)\s+)?(?:was|were)\s+)?(?:placed|made|received)\s+.+)$",
    re.I,
)
# "date of the last order of each of the top 5 customers by sales"
OF_THE_BEST = re.compile(
    r"^(?:(?:what|when)\s+(?:is|was|are|were)\s+)?(?:(?:please|list|show|give|me)\s+)*(?P<figure>(?:the\s+)?[\w\s-]+?)\s+(?:of|for|by)\s+(?:each\s+(?:one\s+)?of\s+)?(?:the|our)\s+(?P<best>(?:top|bottom|best|worst|biggest|largest|most|\d+|two|three|four|five|six|seven|eight|nine|ten)\b.+)$",
    re.I,
)
# "customers in Kenya and their first order date"
AND_THEIR_DATE = re.compile(
    rf"^(?:(?:please|list|show|give|me|all|the|our)\s+)*(?P<who>[a-z-]+)(?P<rest>(?:\s+(?:in|from|of)\s+.+?)?)\s*,?\s+(?:and|with)\s+(?:(?:their|its|the)\s+)?(?P<date>{_DATE})(?P<behind>(?:\s+(?:in|from|of)\s+.+)?)$",
    re.I,
)
BEFORE_EACH = re.compile(r"^for\s+each\s+of\s+(?:the|our)\s+(?P<best>.+?)\s*[,:]\s*(?P<figure>.+)$", re.I)
_NUMBER = rf"(?:(?P<count>\d{{1,3}}|{'|'.join(NUMBER_WORDS)})\s+)?"
# "which customers have not ordered for the longest time", "which product has gone the longest without a sale"
LONGEST = re.compile(
    rf"^(?:which|what)\s+{_NUMBER}(?P<who>[a-z-]+(?:\s[a-z-]+)??)\s+(?:has|have)\s+(?:gone\s+(?:for\s+)?the\s+longest(?:\s+time)?\s+without\s+(?:ordering|buying|(?:an?|any|being)\s+(?:orders?|sales?|purchases?|sold|ordered))|not\s+(?:been\s+)?(?:ordered|bought|sold|purchased)(?:\s+anything)?\s+(?:for|in)\s+the\s+longest(?:\s+time)?)(?P<rest>(?:\s+(?:in|from)\s+.+)?)$",
    re.I,
)
LATEST = re.compile(
    rf"^(?:which|what)\s+{_NUMBER}(?P<who>[a-z-]+(?:\s[a-z-]+)??)\s+(?:(?:was|were|has|have|been)\s+)*(?:ordered|bought|sold|placed\s+an\s+order)\s+(?:the\s+)?most\s+recently(?P<rest>(?:\s+(?:in|from)\s+.+)?)$",
    re.I,
)
