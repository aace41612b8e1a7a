"""Sentences that only carry a question: who asks, how politely, for which papers. They stand at its two ends."""

from __future__ import annotations

import re

_ASKING = r"(?=(?:what|which|how|who|whose|when|where|by\s+how|on\s+average|the|our|in\s+which)\b)"
_SOFTLY = r"(?:(?:please|kindly|possibly|perhaps|just|then|now|also|very\s+kindly)\s+)*"
_TELL = (
    r"(?:(?:tell|show|give|send|provide|get|list|share|state|name|report|present|supply|furnish|inform|advise|indicate|find\s+out|"
    r"set\s+out|lay\s+out|work\s+out|make\s+out|draw\s+up|look\s+up|dig\s+out|dig\s+up|calculate|compute|determine|establish|"
    r"ascertain|confirm|let\s+(?:me|us)\s+(?:know|see|have))(?:\s+(?:me|us)\b(?!\s+(?:states?|cities|customers|market)\b))?"
    r"(?:\s+(?:with|of|about|on)\b)?\b)"
)
_TELLING = r"(?:telling|showing|giving|sending|listing|letting|setting\s+out|working\s+out|looking\s+up|calculating|finding\s+out|knowing|seeing|learning|having|hearing)(?:\s+(?:me|us)\b)?(?:\s+(?:know|see|have)\b)?"
_LEARN = r"(?:learn|know|see|hear|find\s+out|be\s+told|understand|receive|have|get|establish|discover|be\s+shown|be\s+given|read)"
_VERY = r"(?:(?:most|very|really|extremely|so|ever\s+so|quite|also|much|truly|greatly|rather)\s+)*"
_PLEASED = r"(?:grateful|obliged|thankful|pleased|glad|happy|delighted|interested|curious|keen|appreciative|eager)"
_PERSON = r"(?:(?:our|the|my|a|one\s+of\s+(?:our|the))\s+)?[\w'’-]+(?:\s+(?!(?:which|who|that|what)\b)[\w'’-]+){0,4}"
_WONDERS = r"(?:wonders?|is\s+wondering|was\s+wondering|are\s+wondering|enquires?|inquires?|is\s+(?:enquiring|inquiring|asking|curious)|was\s+asking|has\s+(?:enquired|inquired|asked)|asked|would\s+(?:love|like)\s+to\s+(?:know|see|learn|hear))"
_PAPER = (
    r"(?:(?:board|meeting|management|council|committee|conference|briefing)\s+papers?|(?:annual|yearly|year[\s-]end|management)\s+accounts|"
    r"packs?|reports?|presentations?|meetings?|minutes|slides?|decks?|files?|records?|memos?|reviews?|newsletters?|dashboards?|"
    r"briefings?|agendas?|audits?|handouts?|summary|summaries|call|workshop|spreadsheet|audit\s+trail|exercise|tutorial|"
    r"assignment|homework|audience)"
)
_FOR_THE_PAPERS = rf"(?:for|in\s+preparation\s+for|ahead\s+of|as\s+part\s+of|as\s+input\s+(?:for|to)|for\s+the\s+purposes?\s+of|in\s+view\s+of|with\s+a\s+view\s+to)\s+(?:the|our|my|a|an|this|next|tomorrow['’]?s|today['’]?s|monday['’]?s|friday['’]?s)\s+(?:[\w'’-]+\s+){{0,3}}?{_PAPER}(?:\s+(?:tomorrow|today|next\s+week|on\s+\w+day))?"

OPENINGS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(rf"^\s*{pattern}\s*[,:–-]*\s*", re.I)
    for pattern in (
        rf"(?:might|may|could|can)\s+(?:i|we)\s+{_SOFTLY}(?:trouble|bother|ask|impose\s+(?:up)?on|inconvenience|request|pester)(?:\s+you)?\s+(?:once\s+more\s+|again\s+|briefly\s+)?(?:for|about|to\s+{_SOFTLY}{_TELL}|{_ASKING})",
        rf"(?:might|may|could|can|shall)\s+(?:i|we)\s+{_SOFTLY}(?:ask|enquire|inquire|{_LEARN})(?:\s+(?:about|for)\b)?",
        rf"{_PERSON}\s+{_WONDERS}(?:\s+(?:about|me|us))?[,:]?\s*{_ASKING}",
        rf"(?:i|we)\s+(?:do\s+)?(?:wonder|wondered|am\s+wondering|are\s+wondering|was\s+wondering|enquire|inquire|ask|beg\s+to\s+ask)[,:]?\s*(?:about\s+)?{_ASKING}",
        rf"(?:i|we)(?:['’]d|\s+should|\s+would|\s+shall|\s+will|['’]ll)\s+be\s+{_VERY}{_PLEASED}\s+(?:to\s+{_LEARN}(?:\s+(?:about|of)\b)?|for|about)",
        rf"(?:i|we)(?:['’]d|\s+should|\s+would|\s+shall|\s+will|['’]ll)\s+be\s+{_VERY}{_PLEASED}\s+if\s+(?:you|somebody|someone|we|i)\s+(?:could|would|can|were\s+to|might)\s+{_SOFTLY}(?:{_TELL}|{_LEARN})",
        rf"(?:i|we)(?:['’]d|\s+should|\s+would)\s+{_VERY}(?:like|love|wish|care|prefer)\s+to\s+{_LEARN}(?:\s+(?:about|of)\b)?",
        rf"(?:i|we)(?:['’]d|\s+should|\s+would)?\s+{_VERY}(?:appreciate|value|welcome)\s+(?:it\s+if\s+(?:you|someone)\s+(?:could|would|can)\s+{_SOFTLY}{_TELL}|{_TELLING}\b|(?=(?:a|an|the)\b))",
        rf"(?:it\s+would|it['’]d)\s+be\s+{_VERY}(?:kind|helpful|useful|good|great|nice|lovely|interesting|appreciated|handy|wonderful)\s+(?:of\s+you\s+)?(?:to\s+(?:{_LEARN}|{_TELL})|if\s+(?:you|someone|we|i)\s+(?:could|would|can|might)\s+{_SOFTLY}(?:{_TELL}|{_LEARN}))",
        rf"(?:please\s+|do\s+)?be\s+(?:so|very)\s+(?:good|kind)\s+(?:as\s+)?to\s+{_SOFTLY}{_TELL}",
        rf"(?:please\s+)?(?:do\s+me\s+(?:a|the)\s+favou?r\s+(?:and|of)|have\s+the\s+(?:goodness|kindness)\s+to)\s+{_SOFTLY}(?:{_TELLING}|{_TELL})",
        rf"(?:would|do|might)\s+you\s+(?:mind|care|be\s+(?:willing|able|so\s+(?:good|kind)(?:\s+as)?|kind\s+enough|good\s+enough))\s+(?:to\s+)?{_SOFTLY}(?:{_TELLING}|{_TELL})",
        rf"(?:please|kindly|pls)\s+{_SOFTLY}(?:advise|inform|enlighten|notify|update|furnish|apprise|brief)(?:\s+(?:me|us))?\s*(?:with|of|on|about|as\s+to)?[,:]?\s*{_ASKING}",
        r"(?:(?:please|kindly|pls|now|then|next|and)[,\s]+)*(?:work\s+out|set\s+out|lay\s+out|draw\s+up|make\s+up|put\s+together|prepare|compile|determine|establish|ascertain|find\s+out|figure\s+out|go\s+and\s+find)\b(?:\s+(?:for\s+)?(?:me|us)\b)?(?:\s+a\s+(?:list|table|overview)\s+of\b)?(?=[,:]?\s+\w)",
        rf"{_FOR_THE_PAPERS}(?:\s*[,:–-]|(?=\s+(?:i|we|please|what|which|how)\b))(?:\s*(?:i|we)\s+(?:need|want|require|would\s+like|must\s+have|am\s+after|are\s+after)\b)?",
        r"(?:i|we)\s*(?:['’]m|am|are|['’]re)\s+(?:trying|looking|keen|hoping|asked|required|supposed)\s+to\s+(?:find\s+out|work\s+out|establish|determine|understand|see|learn|know)",
        r"(?:i|we)\s+(?:need|want|require|am\s+after|are\s+after)[,:]\s*",
    )
)  # fmt: skip

CLOSINGS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(rf"[\s,;.?!–-]*(?<=[\s,;.?!–-])(?:{pattern})\s*[.?!]*\s*$", re.I)
    for pattern in (
        r"if\s+you\s+(?:please|would(?:\s+be\s+so\s+(?:kind|good))?|could|will|don['’]?t\s+mind|do\s+not\s+mind|can|may|have\s+(?:it|them|a\s+(?:moment|minute|second)))",
        r"(?:if|when|once)\s+(?:it\s+is\s+|it['’]s\s+)?(?:possible|convenient|feasible|no\s+trouble|not\s+too\s+much\s+trouble)",
        r"(?:would|will|could|can)\s+you(?:\s+(?:please|kindly|mind))?",
        r"at\s+your\s+(?:leisure|convenience)|no\s+(?:rush|hurry)|when\s+you\s+get\s+round\s+to\s+it",
        r"(?:please\s+and\s+thank\s+you|that\s+would\s+be\s+(?:great|lovely|helpful|most\s+kind|kind)|thanks\s+for\s+(?:your\s+)?(?:help|time)|with\s+(?:many\s+)?thanks|(?:kind|best|warm)\s+regards|i['’]d\s+be\s+(?:most\s+)?grateful)",
        rf"{_FOR_THE_PAPERS}",
        r"(?:whatever|regardless\s+of|irrespective\s+of|no\s+matter)\s+(?:the|what|which|whatever)\s+[\w\s]{3,25}",
    )
)  # fmt: skip

# What is asked once more: the frame of a question that follows another one.
AGAIN = re.compile(
    r"^\s*(?:(?:please|now|and|then|ok|okay|right|great|thanks|good)[\s,;.]+)*(?:(?:could|can|would|will)\s+you\s+(?:please\s+)?)?"
    r"(?:re-?(?:do|run|peat|calculate|compute)\s+(?:that|this|it|the\s+same(?:\s+thing)?|those)|(?:do|run)\s+(?:that|this|it|the\s+same(?:\s+thing)?)\s+(?:again|once\s+more|over)|"
    r"(?:the\s+)?(?:very\s+|exact\s+)?same\s+(?:thing|question|table|list|figures?|numbers?|again|exercise|report|calculation|analysis)(?:\s+(?:again|once\s+more|as\s+before))?|(?:once\s+more|(?:once\s+)?again|as\s+before|likewise)(?=\s*,\s*(?:but|for|with|without|by|in|only|just|excluding|except|this\s+time)\b))"
    r"(?:\s+(?:please|again|once\s+more))?\s*[,:;–-]*\s*(?:but\s+)?(?:(?:this\s+time|now)[,\s]+)?(?:but\s+)?(?:(?:with|using|as)\s+(?=\w+(?:\s+\w+)?\s*(?:instead|this\s+time|[.?!,]|$)))?",
    re.I,
)
_INSTEAD = re.compile(r"[\s,]+(?:instead|this\s+time)\b(?=\s*(?:[,.;?!]|and\b|but\b|$))", re.I)
_LEAVE_OUT = re.compile(
    r"[\s,;]*\b(?:(?:and|but)\s+)?(?:please\s+)?(?:leave\s+out|skip|drop|omit|ignore|forget(?:\s+about)?)\s+(?=\w)",
    re.I,
)


_LEFT_ASIDE = re.compile(
    r"^\s*(?:leaving\s+(?:aside|out)|setting\s+aside|disregarding)\s+"
    r"(?P<those>[^,]{2,50}?),\s+(?P<asked>(?:what|which|how|who|show|list)\b.+?)[\s?.!]*$",
    re.I,
)  # fmt: skip
_EVERY_RETURNED = re.compile(
    r"^(?:all|every|any)\s+(?:the\s+)?orders?\s+(?:that|which)\s+(?:was|were|got)\s+returned$", re.I
)
_JOINED = re.compile(r"(?:for|in|by|on|without|but|from|with|excluding|except|only)\b", re.I)


def without_frames(question: str) -> str:
    """The question out of the sentences that carry it; the whole of it where nothing else would be left."""
    left = question
    for _ in range(3):
        before = left
        for pattern in OPENINGS:
            left = pattern.sub("", left, count=1)
        for pattern in CLOSINGS:
            left = pattern.sub("", left, count=1)
        if left == before:
            break
    return left if len(re.findall(r"[^\W\d_]{2,}", left)) > 1 or left == question else question


def left_aside_behind(question: str) -> str:
    """ "Leaving aside the US, which market …": those that are left out are told behind the question."""
    found = _LEFT_ASIDE.match(question)
    if found is None:
        return question
    return f"{found['asked']} excluding {_EVERY_RETURNED.sub('returned orders', found['those'])}"


def asked_again(question: str) -> str:
    """ "Same thing, but profit instead, and leave out Canada": as "the same but profit without Canada"."""
    found = AGAIN.match(question)
    if found is None or found.end() == len(question.rstrip(" .?!")):
        return question
    rest = _LEAVE_OUT.sub(" without ", _INSTEAD.sub("", question[found.end() :])).strip()
    if re.match(r"(?:the\s+)?same\b", rest, re.I):
        return rest
    return f"the same {rest}" if _JOINED.match(rest) else f"the same but {rest}"
