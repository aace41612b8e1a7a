"""How people tell which way figures went, and which of two is the higher: clauses of a question, one at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass

UP = (
    r"rose|rises?|risen|rising|grew|grows?|grown|growing|increas(?:ed?|es|ing)|went\s+up|go\s+up|goes\s+up|gone\s+up|going\s+up|"
    r"climb(?:ed|s|ing)?|rais(?:ed?|es|ing)|improv(?:ed?|es|ing)|gain(?:ed|s|ing)?|jump(?:ed|s)?"
)
DOWN = (
    r"fell|falls?|fallen|falling|drop(?:ped|s|ping)?|declin(?:ed?|es|ing)|decreas(?:ed?|es|ing)|shrank|shrinks?|shrunk|shrinking|"
    r"went\s+down|go\s+down|goes\s+down|gone\s+down|going\s+down|slipp?(?:ed|s|ing)?|worsen(?:ed|s|ing)?|deteriorat(?:ed?|es|ing)|"
    r"reduc(?:ed?|es|ing)|lost|lose|loses|losing"
)
_TIMES = {"double": 1.0, "treble": 2.0, "triple": 2.0, "quadruple": 3.0, "halve": 0.5}
_MULTIPLIED = (
    r"(?P<times>(?:(?P<over>more\s+than|at\s+least|over)\s+)?(?P<much>doubl|trebl|tripl|quadrupl|halv)(?:ed?|es|ing))"
)
_HIGHER = "higher|more|better|larger|bigger|greater|stronger|above|longer"
_LOWER = "lower|less|fewer|worse|smaller|weaker|below|shorter"
_HELPS = r"(?:(?:has|have|had|also|both|all|nevertheless|still|even|actually|each|did|were|was|are|is|saw|see|sees|managed\s+to|over\s+the\s+same\s+(?:step|period|time)|at\s+the\s+same\s+time)\s+)*"
_SIGNS = {
    "more than": ">", "over": ">", "above": ">", "at least": ">=", "less than": "<", "under": "<", "at most": "<=",
}  # fmt: skip
_NUMBER = r"(?P<money>[$€£])?(?P<n>\d[\d,]*(?:\.\d+)?|one|two|three|four|five|ten)\s*(?P<k>k\b)?"
_POINTS = r"(?:percentage[\s-]+points?|(?:%|percent)[\s-]*points?|pp|pps|p\.p\.|points?)"
_UNIT = rf"\s*(?P<unit>{_POINTS}|%|per\s*cent\b|percent\b)?"
_AMOUNT = rf"(?P<bound>more\s+than|over|at\s+least|less\s+than|under|at\s+most)\s+{_NUMBER}{_UNIT}"
_BY = rf"(?P<by>(?:by\s+)?{_AMOUNT})"
_FIGURE = r"(?:(?:the|their|its|our|his|an?)\s+)*(?P<figure>(?!more\b|over\b|at\s+least|again\b|then\b|to\b)[^,;:?]+?)"
_WHEN = r"(?P<when>[^?]*?)"
_SEES = r"(?:saw|sees?|seen)"
_DID = (
    r"(?:earn(?:ed|s)?|ma[dk]es?|sold|sells?|bring(?:s)?\s+in|brought\s+in|generat(?:ed?|es)|gives?|gave|had|has|have|post(?:ed|s)?|"
    r"show(?:ed|s)?|deliver(?:ed|s)?|achiev(?:ed?|es)|record(?:ed|s)?|order(?:ed|s)?|bought|buys?|spent|spends?|placed?|got|gets?|"
    r"reach(?:ed|es)?|yield(?:ed|s)?)"
)
_BEAT = r"(?:beat|beats|exceed(?:ed|s)?|surpass(?:ed|es)?|outperform(?:ed|s)?|top(?:ped|s)?|were\s+ahead\s+of|was\s+ahead\s+of|are\s+ahead\s+of)"
_MISSED = r"(?:miss(?:ed|es)?|fell\s+short\s+of|fall\s+short\s+of|were\s+behind|was\s+behind|are\s+behind|fell\s+behind|undershot)"
_PREP = r"(?:in|from|by|again|between|against|over|at|during|for)"
_OTHER = (
    r"(?P<other>(?!than\b|zero\b)(?!(?:one|two|three|four|five|ten)\s+(?:percent|points?))(?![$€£]?\d(?!\d{3}\b))[^?]+)"
)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}

_RISES = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"^{_FIGURE}\s+{_HELPS}(?:(?P<move>{UP}|{DOWN})|{_MULTIPLIED})(?:\s+{_BY})?(?:\s*,?\s+{_WHEN})?$",
        rf"^{_FIGURE}\s+{_HELPS}(?P<move>up|down)(?:\s+{_BY})?(?:\s+(?P<when>(?:in|from|between|against|over|versus|vs|on|compared|year|month|quarter|week)\b[^?]*))?$",
        rf"^{_FIGURE}\s+{_HELPS}(?P<move>{UP}|{DOWN})\s+(?P<when>[^?]+?)\s+{_BY}$",
        rf"^(?:with\s+|they\s+)?{_HELPS}(?:(?P<move>{UP}|{DOWN})|{_MULTIPLIED})\s+(?:(?:in\s+)?(?:their|its|the)\s+|in\s+(?!\d))?"
        rf"(?P<figure>(?!{_PREP}\b|more\b|less\b|\d)[^,;:?]+?)(?:\s+{_BY})?(?:\s+(?P<when>(?:in|from|between|against|over|versus|vs|on|compared)\b[^?]*))?$",
        r"^(?:with\s+)?(?:an?\s+)?(?P<move>rising|growing|increasing|improving|climbing|falling|declining|shrinking|decreasing|dropping|worsening)\s+"
        r"(?P<figure>[^,;:?]+?)(?:\s+(?P<when>(?:in|from|between|against|over|versus|vs|on|compared)\b[^?]*))?$",
    )
)
_SAME = r"(?:the\s+|its\s+)?same\s+(?:month|quarter|week)\s+(?:of|in)\s+(?:(?:19|20)\d\d|(?:the\s+)?(?:previous|prior|preceding|last)\s+year)|(?:the\s+)?(?:previous|prior|preceding)\s+(?:month|quarter|week)|the\s+(?:month|quarter|week)\s+before"
# "were worse than the same quarter of 2024 in both sales and profit"
_WORSE_IN = re.compile(
    rf"^{_HELPS}(?P<cmp>{_HIGHER}|{_LOWER})\s+than\s+(?:in\s+)?(?P<when>{_SAME})\s+(?:in|by|for|on)\s+(?:terms\s+of\s+)?(?P<figure>[a-z][^,;:?\d]*?)$",
    re.I,
)
# "beat the same month of 2024 by more than 25% in sales"
_BEAT_THE_SAME = re.compile(
    rf"^(?:(?P<up>{_BEAT})|{_MISSED})\s+(?P<when>{_SAME})(?:\s+{_BY})?\s+(?:in|by|on|with)\s+(?:terms\s+of\s+)?(?P<figure>[a-z][^,;:?\d]*?)$",
    re.I,
)
_AGAIN = re.compile(
    rf"^(?:then\s+)?(?P<again>again|also|once\s+more)?\s*{_HELPS}(?:(?:(?P<move>{UP}|{DOWN})|{_MULTIPLIED})\s*)?(?:again\s*)?{_BY}?\s*"
    r"(?P<when>(?:(?:both\s+)?in|from|between|against|compared|versus|vs\.?|year|over)\s+(?:both\s+|each\s+of\s+)?(?:q[1-4]\s+)?(?:19|20)\d\d\b[^?]*)$",
    re.I,
)
_BEATEN = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"^(?:(?P<up>{_BEAT})|{_MISSED})\s+(?:(?:the|their|its)\s+)?(?:prior|previous|preceding|last)[\s-]+year(?:['’]s|s)?\s+"
        rf"(?P<figure>[^,;:?]+?)(?:\s+(?P<when>(?:in|for|during)\b[^?]*))?$",
        rf"^(?:(?P<up>{_BEAT})|{_MISSED})\s+(?:(?:the|their|its)\s+)?(?P<figure>[^,;:?]+?)\s+(?:of|in|from)\s+(?:the\s+)?"
        rf"(?:prior|previous|preceding|last)[\s-]+year(?:\s+(?P<when>(?:in|for|during)\b[^?]*))?$",
    )
)
_STANDS = rf"(?:{_HELPS}|(?:came\s+out|turned\s+out|ended\s+up|lay|lies|stood)\s+)"
_FAR = rf"(?:(?P<by>{_AMOUNT})\s+)?"
_COMPARED = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        # "Furniture earn less profit than in …", "Corporate customers give a better margin than …"
        rf"^(?:(?P<who>[^,;:?]+?)\s+)?{_HELPS}(?P<did>{_DID})\s+(?:an?\s+)?(?P<cmp>{_HIGHER}|{_LOWER})(?:\s+(?P<figure>(?!{_PREP}\b|than\b)[^,;:?]+?))?\s+(?:than|over)\s+{_OTHER}$",
        # "sales were lower than in …", "the margin in the US is more than 5 points above the one in the EU"
        rf"^(?:{_DID}\s+)?{_FIGURE}\s+{_STANDS}{_FAR}(?P<cmp>above|below|(?:{_HIGHER}|{_LOWER})(?=\s+than\b))(?:\s+than)?\s+{_OTHER}$",
        # "sales were lower in 2025 than in 2024"
        rf"^{_FIGURE}\s+{_STANDS}{_FAR}(?P<cmp>{_HIGHER}|{_LOWER})\s+(?P<now>(?:in|on|for|during)\s+[^?]+?)\s+than\s+{_OTHER}$",
        rf"^{_FIGURE}\s+(?:(?P<up>{_BEAT})|{_MISSED})\s+{_OTHER}$",
        # "their margin was higher"
        rf"^{_FIGURE}\s+(?:was|were|is|are|came\s+out|turned\s+out)\s+(?P<cmp>{_HIGHER}|{_LOWER})$",
        # "lower sales than the month before", "higher profit"
        rf"^(?:with\s+|had\s+|having\s+|at\s+|showing\s+)?(?:an?\s+)?(?P<cmp>{_HIGHER}|{_LOWER})\s+(?P<figure>(?!than\b)[^,;:?]+?)(?:\s+(?:than|compared\s+(?:to|with)|against|versus)\s+{_OTHER})?$",
    )
)
_YEARS_EACH = (
    r"(?:all|each|every|both)(?:\s+one)?\s+(?:of\s+)?(?:the\s+|these\s+|those\s+)?(?:(?:two|three|four|five)\s+)?years?"
)
_RESULTS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"^(?:(?:with|that|which|they)\s+)?(?:(?P<each>{_YEARS_EACH})\s+)?"
        r"(?:(?:(?:were|was|closed|ended|finished|stayed|remained|being|turned)\s+)?(?P<kind>profitable|loss-making|unprofitable)|"
        r"(?:(?:closed|ended|finished|made|earned|had|showed|turned|were|was|stayed|remained)\s+(?:with\s+|at\s+|in\s+)?|with\s+|at\s+|in\s+)(?:an?\s+|the\s+)?(?:total\s+|overall\s+)?"
        r"(?P<kind2>profits?|black|positive\s+profits?|loss(?:es)?|red|negative\s+profits?)(?:\s+above\s+zero)?)"
        r"(?P<when>\s+(?:in|for|throughout|during)\b[^?]*)?$",
        r"^(?:(?:the|their|its)\s+)?profits?\s+(?:was|were|stayed|remained|being)\s+(?P<kind>positive|negative)(?P<when>\s+(?:in|for|throughout|during)\b[^?]*)?$",
    )
)
_EACH_YEAR = re.compile(rf"^\s*(?:in|for|throughout|during)\s+{_YEARS_EACH}$", re.I)
_GAIN = re.compile(r"profitable|profits?|black|positive(?:\s+profits?)?", re.I)


SELLS = re.compile(r"s[eo]l[ld]s?$", re.I)
MOVES = re.compile(rf"\b(?:{UP}|{DOWN})\b", re.I)


@dataclass(frozen=True)
class Bound:
    """How far something went: more than 20 % ("growth"), or more than so many points or so much ("change")."""

    operator: str
    value: float
    kind: str
    points: bool = False


@dataclass(frozen=True)
class Rise:
    """A figure that went up or down; an empty figure is that of the clause before, an empty time that of a neighbour.

    `again` takes how far it went from the clause before, too, where it tells nothing of it.
    """

    figure: str
    up: bool | None
    when: str = ""
    bound: Bound | None = None
    year_before: bool = False
    again: bool = False


@dataclass(frozen=True)
class Comparison:
    """A figure, or somebody's figure, that is above or below another; nothing that it is compared with: as before."""

    figure: str
    who: str
    up: bool
    other: str = ""
    bound: Bound | None = None
    did: str = ""


@dataclass(frozen=True)
class Result:
    """A profit or a loss, in a period or in each of several."""

    gain: bool
    each: bool
    when: str = ""


@dataclass(frozen=True)
class Level:
    """A condition of another kind, in its own words."""

    text: str


Clause = Rise | Comparison | Result | Level


def bound_of(match: re.Match[str]) -> Bound | None:
    """The bound that a clause tells, None where it tells none."""
    told = match.groupdict()
    if told.get("times"):
        name = next(w for w in _TIMES if w.startswith(told["much"].lower()))
        sign = ">=" if (told["over"] or "at least").lower() == "at least" else ">"
        return Bound(sign, _TIMES[name], "growth")
    if not told.get("by"):
        return None
    n = told["n"].lower()
    value = float(_NUMBERS.get(n, 0) or n.replace(",", "")) * (1000 if told["k"] else 1)
    unit = (told["unit"] or "").lower()
    sign = _SIGNS[" ".join(told["bound"].lower().split())]
    if unit in ("%", "percent") or unit.startswith("per cent"):
        return Bound(sign, value / 100, "growth")
    return Bound(sign, value / 100 if unit else value, "change", bool(unit))


def clause_of(text: str) -> Clause | None:
    """What a clause says, None where it is no clause about how figures went or stand."""
    text = re.sub(r"\s+over\s+the\s+same\s+(?:step|period|time|years?)$", "", text.strip(" ,;."), flags=re.I)
    text = re.sub(rf"^(?:{_SEES}|managed\s+to)\s+(?:an?\s+)?", "", text, flags=re.I)
    same = _BEAT_THE_SAME.match(text)
    if same is not None:
        return Rise(same["figure"], bool(same["up"]), same["when"], bound_of(same))
    worse = _WORSE_IN.match(text)
    if worse is not None:
        return Rise(worse["figure"], worse["cmp"].lower() in _HIGHER.split("|"), worse["when"])
    found = next((m for form in _BEATEN if (m := form.match(text))), None)
    if found is not None:
        return Rise(found["figure"], bool(found["up"]), found["when"] or "", year_before=True)
    for form in _COMPARED[:-1]:
        compared = form.match(text)
        if compared is not None and not re.fullmatch(_DID, compared["figure"] or "", re.I):
            return _comparison(compared)
    for form in _RISES:
        rise = form.match(text)
        if rise is not None:
            told = rise.groupdict()
            return Rise(rise["figure"], _up(rise), told.get("when") or "", bound_of(rise))
    compared = _COMPARED[-1].match(text)
    if compared is not None:
        return _comparison(compared)
    result = next((m for form in _RESULTS if (m := form.match(text))), None)
    if result is not None:
        return _result(result)
    again = _AGAIN.match(text)
    if again is not None:
        up = _up(again)
        return Rise("", up, again["when"], bound_of(again), again=up is None)
    return None


def _up(match: re.Match[str]) -> bool | None:
    """Which way the verb of a clause tells, None where there is none."""
    told = match.groupdict()
    if told.get("times"):
        return told["much"].lower() != "halv"
    return re.fullmatch(rf"{UP}|up", told["move"], re.I) is not None if told.get("move") else None


def _result(match: re.Match[str]) -> Result:
    when = (match["when"] or "").strip()
    each = bool(match.groupdict().get("each"))
    if _EACH_YEAR.match(when):
        each, when = True, ""
    kind = match["kind"] or match.groupdict().get("kind2") or ""
    return Result(_GAIN.fullmatch(kind) is not None, each, when)


def _comparison(match: re.Match[str]) -> Comparison:
    told = match.groupdict()
    word = (told.get("cmp") or "").lower()
    up = bool(told.get("up")) if not word else word in _HIGHER.split("|")
    figure, who, other, did = (told.get(name) or "" for name in ("figure", "who", "other", "did"))
    figure = f"{figure} {told['now']}" if told.get("now") else figure
    return Comparison(figure, who, up, other, bound_of(match), did.lower())
