"""What is told of two years: the same months of both, and how far a figure moved from the one to the other.

"Sales from January to November: 2025, 2026 and the growth", "the 2026 sales are more than three times the 2025 sales".
"""

from __future__ import annotations

import re
from itertools import pairwise

from app.answers.dates.names import MONTH_NUMBERS

_MONTH = rf"(?:{'|'.join(sorted(MONTH_NUMBERS, key=len, reverse=True))})"
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?)"
_POINT = rf"(?:{_DAY}\s+(?:of\s+)?{_MONTH}|{_MONTH}(?:\s+(?:the\s+)?{_DAY}(?!\d))?)"
_TO = r"\s*(?:to|through|thru|until|till|up\s+to|–|—|-)\s*(?:the\s+end\s+of\s+)?"
_NUMBER = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven)"
_PIECE = (
    rf"(?:{_POINT}{_TO}{_POINT}|(?<=between\s){_POINT}\s+and\s+{_POINT}|(?:the\s+)?first\s+{_NUMBER}\s+(?:months|quarters|weeks)|q[1-4]|h[12]"
    r"|(?:the\s+)?(?:first|second|third|fourth)\s+(?:quarter|half)(?:\s+year)?)"
)
_NO_YEAR = r"(?!\s+(?:of\s+)?(?:the\s+)?(?:last|each|every|both|previous|prior|same)\b)"
_STRETCH = re.compile(
    rf"[,;(]?\s*\b(?:(?:in|for|over|during|of|the\s+months?)\s+)*(?:(?:from|between)\s+)?"
    rf"(?P<span>{_PIECE}\b){_NO_YEAR}\)?",
    re.I,
)
_MONTH_ALONE = re.compile(
    rf"[,;(]?\s*(?:^|\b(?:in|for|of|during|and)\s+)(?:the\s+month\s+of\s+)?(?P<span>{_MONTH})\b(?!\s+\d{{1,2}}\b){_NO_YEAR}\)?",
    re.I,
)
_YEAR = r"20\d\d"
_LINK = r"(?:and|or|vs\.?|versus|against|compared\s+(?:to|with)|with|to|then|followed\s+by)"
_MORE = (
    rf"\)?\s*(?:[,/&]\s*|,?\s*\b{_LINK}\s+)"
    r"(?:(?:and|in|for|of|with|then|(?:the\s+)?same\s+(?:months|stretch|period|quarter|half)\s+(?:of|in))\s+)*"
)
_YEARS = re.compile(
    rf"[,:;(]?\s*\b(?:(?:show|in|for|of|from|both|(?:each|both)\s+of)\s+)*{_YEAR}(?:{_MORE}{_YEAR}\b)+\)?", re.I
)
_DATED = re.compile(r"\b(?:shipped|dispatched|sent|returned|placed|ordered|bought)\s*$", re.I)
_JOINED = re.compile(r"\s*(?:,|and|&|,\s*and)\s*(?:in\s+|for\s+|the\s+)*", re.I)
_IN_ANOTHER = re.compile(rf"\b(?:in|for)\s+{_YEAR}$", re.I)
_ANY_YEAR = re.compile(rf"\b{_YEAR}\b")
_STEP = re.compile(
    r"\b(?P<same>same\s+(?:month|quarter|week|day)s?)\s+(?:of|in|a\s+year\s+(?:before|earlier)\s+in)\s+(?:20\d\d|the\s+(?:previous|prior|preceding)\s+year)\b",
    re.I,
)
_STEPWISE = re.compile(
    r"\b(?:monthly|quarterly|weekly|by\s+(?:month|quarter|week)|(?:each|every|per)\s+(?:month|quarter|week))\b", re.I
)


_TITLE = re.compile(
    r"^\s*(?:year[\s-]to[\s-]date|ytd)\s+(?:view|comparison|overview|figures?|report|look)\s*[:,–-]\s*", re.I
)
_EACH_AGAIN = re.compile(
    rf"\b(?P<figure>[a-z]+(?:\s[a-z]+){{0,2}}?)\s+(?:in|of|for)\s+(?P<one>{_YEAR})\s*(?:,|and|,\s*and)\s*(?:the\s+)?"
    rf"(?P=figure)\s+(?:in|of|for)\s+(?P<two>{_YEAR})\b",
    re.I,
)


def with_stretch_of_both(question: str) -> str:
    """The question with the stretch of the year told for each of the years that it is asked of."""
    question = _against_a_year_before(_EACH_AGAIN.sub(_once, _without_title(question)))
    found = list(_STRETCH.finditer(question)) or list(_MONTH_ALONE.finditer(question))
    joined = all(_JOINED.fullmatch(question[a.end() : b.start()] + b[0][: -len(b["span"])]) for a, b in pairwise(found))
    if not found or not joined:
        return question
    start, end = found[0].start(), found[-1].end()
    if _DATED.search(question[:start]) and _ANY_YEAR.match(question[end:].strip()) is None:
        return question  # the years may go by another date
    spans, rest = [f["span"] for f in found], f"{question[:start]} {question[end:]}"
    told, listed = _ANY_YEAR.findall(rest), _YEARS.search(rest)
    adjacent = question[end:].lstrip().startswith(("of ", *told[:1]))
    if len(told) == len(spans) == 1 and _STEPWISE.search(rest) and not adjacent:
        return " ".join(_ANY_YEAR.sub(_of_year(spans[0], told[0]), rest).split())
    if listed is None or len(set(told)) < 2 or _ANY_YEAR.findall(listed[0]) != told:
        return question
    if adjacent and _IN_ANOTHER.search(listed[0]):
        return question  # "in the first half of 2025 and in 2026"
    each = " vs ".join(_of_year(span, year) for year in told for span in spans)
    return " ".join(f"{rest[: listed.start()]} in {each} {rest[listed.end() :]}".split()).replace(" ,", ",")


def _of_year(span: str, year: str) -> str:
    """The stretch in that year: "January to November 2025", "the first 9 months of 2025"."""
    span = re.sub(rf"^(?P<from>{_POINT})(?:{_TO}|\s+and\s+)(?={_POINT}$)", r"\g<from> to ", span, flags=re.I)
    return f"the {re.sub('^the ', '', span)} of {year}" if "first " in span.lower() else f"{span} {year}"


def _without_title(question: str) -> str:
    """ "Year-to-date view: …": a title, where the stretch of the year is told behind it."""
    title = _TITLE.match(question)
    if title is None:
        return question
    rest = question[title.end() :]
    return rest if _STRETCH.search(rest) else f"{rest.rstrip(' ?.!')} year to date"


def _once(found: re.Match[str]) -> str:
    """ "Compare … 2025 with … 2026: sales in 2025, sales in 2026": the years were told before."""
    before = set(_ANY_YEAR.findall(found.string[: found.start()]))
    return found["figure"] if before == {found["one"], found["two"]} else found[0]


_POINT_OF_YEAR = rf"(?:(?:q[1-4]|h[12]|{_MONTH})\s+)?{_YEAR}"
_MOVED = r"(?:grew|rose|increased|climbed|fell|shrank|dropped|declined|decreased|went\s+(?:up|down))"
_BY = r"by\s+(?:at\s+least|at\s+most|more\s+than|less\s+than|over|under)\s+[$€£]?\d[\d.,]*\s*(?:k\b|%|percent\b)?"
_MOVED_BY = re.compile(
    rf"\b(?P<moved>{_MOVED})\s+(?P<when>(?:from|between)\s+{_POINT_OF_YEAR}\s+(?:to|and)\s+{_POINT_OF_YEAR})\s+(?P<by>{_BY})(?=\W|$)",
    re.I,
)
_TIMES = re.compile(
    rf"\b(?:where|whose|with|when)\s+(?:the\s+|their\s+|its\s+)?(?:(?P<late>{_POINT_OF_YEAR})\s+(?P<what>[a-z]+(?:\s[a-z]+)?)|(?P<what2>[a-z]+(?:\s[a-z]+)?)\s+(?:in|of)\s+(?P<late2>{_POINT_OF_YEAR}))"
    r"\s+(?:(?:are|is|were|was)\s+)?(?P<bound>more\s+than|over|at\s+least|less\s+than)\s+(?P<n>\d+(?:\.\d+)?|two|three|four|five|six|ten|twice|double)(?:\s+times)?(?:\s+as\s+(?:high|large|much|many|big)\s+as)?\s+"
    rf"(?:(?:the|their|its|that|those)\s+)?(?:(?:of|in)\s+)?(?:(?P<early>{_POINT_OF_YEAR})(?:\s+(?:(?P=what)|one|ones|level|figures?|value))?|(?P=what2)\s+(?:in|of)\s+(?P<early2>{_POINT_OF_YEAR})|in\s+(?P<early3>{_POINT_OF_YEAR}))\b",
    re.I,
)
_NUMBERS = {"two": 2, "twice": 2, "double": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}


def _as_growth(found: re.Match[str]) -> str:
    """ "The 2026 sales are more than three times the 2025 sales": they grew by more than 200%."""
    told = found.groupdict()
    times = float(_NUMBERS.get(found["n"].lower(), 0) or found["n"])
    figure = told["what"] or told["what2"]
    early, late = told["early"] or told["early2"] or told["early3"], told["late"] or told["late2"]
    return f"whose {figure} grew by {found['bound']} {100 * (times - 1):g}% from {early} to {late}"


def with_moves_told(question: str) -> str:
    """The question with how far figures moved in the words of growth: by how much first, then from when to when."""
    return _TIMES.sub(_as_growth, _MOVED_BY.sub(r"\g<moved> \g<by> \g<when>", question))


def _against_a_year_before(question: str) -> str:
    """ "Monthly sales 2026 with the change against the same month of 2025": each against the year before."""
    found = _STEP.search(question)
    years = sorted(set(_ANY_YEAR.findall(question)))
    if found is None or _STEPWISE.search(question) is None:
        return question
    told = _ANY_YEAR.search(found[0])
    if told is not None and (len(years) != 2 or int(years[0]) + 1 != int(years[1]) or told[0] != years[0]):
        return question
    grain = found["same"].split()[1].removesuffix("s")
    return f"{question[: found.start()]}same {grain} of the year before{question[found.end() :]}"
