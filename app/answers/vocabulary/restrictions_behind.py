"""What is told behind a question for those whose figures moved: only which ones, only which periods, only the names."""

from __future__ import annotations

import re
from dataclasses import dataclass

_END = r"(?:\s*,?\s*(?:please|pls|altogether))*\s*[.?!]*$"
_BREAK = r"\s*(?:[.?;]\s*|,\s+)"
_ONLY = (
    r"(?:(?:please\s+)?(?:only\s+)?(?:look(?:ing)?\s+at|count(?:ing)?|consider(?:ing)?|tak(?:e|ing)|includ(?:e|ing)|keep(?:ing)?)\s+only|"
    r"(?:please\s+)?only\s+(?:look\s+at|count|consider|take|include|keep)|among)"
)
_ONLY_THOSE = re.compile(
    rf"^(?P<rest>.+?){_BREAK}{_ONLY}\s+(?:those|these|the\s+ones|ones|[\w-]+(?:\s+[\w-]+)?)\s+(?:with|that\s+(?:have|had)|which\s+(?:have|had)|having)\s+(?P<level>[^?;]+?){_END}",
    re.I,
)
_IN_ALL = re.compile(
    r"^(?:any\s+|some\s+)?(?:sales|orders|figures|rows|data)\s+in\s+(?:every|each|all|both)(?:\s+(?:single|of\s+the))?(?:\s+(?:two|four|eight|three))?\s*(?:years?|quarters?|periods?)?"
    r"(?:\s+of\s+(?:both|the\s+two|all|each\s+of\s+the)\s+years?)?$",
    re.I,
)
_WHOLE_MONTHS = re.compile(
    rf"{_BREAK}(?:please\s+)?(?:(?:leav(?:e|ing)\s+out|skip(?:ping)?|ignor(?:e|ing)|without|excluding|exclude)\s+(?:the\s+|any\s+)?(?:incomplete|partial|unfinished)(?:\s+first\s+and\s+last)?\s+(?:ones|months|quarters|weeks)(?:\s+of\s+the\s+data)?"
    rf"|(?:only\s+)?(?:complete|whole|full)\s+(?:months|quarters|weeks)(?:\s+only)?|(?:months|quarters|weeks)\s+that\s+are\s+complete\s+only){_END}",
    re.I,
)
_YEAR_ONLY = re.compile(r"[.?;,]\s*(?P<year>(?:19|20)\d\d)\s+only(?:\s+(?:please|pls))?(?=\s*[.;,:?]|$)", re.I)
_NAMES_ONLY = re.compile(rf"{_BREAK}(?:just\s+the\s+)?(?P<things>[a-z][\w-]+s)(?:\s+only){_END}", re.I)


@dataclass(frozen=True)
class Restricted:
    """A question without what is told behind it.

    `level` is a condition, `there` asks for rows in all of the periods, `whole` for periods that the data covers whole,
    `things` is what is listed.
    """

    question: str
    level: str = ""
    there: bool = False
    whole: bool = False
    things: str = ""


def restricted(question: str) -> Restricted:
    """A question, and what is told behind it of those that it asks for."""
    text, level, there, things = question, "", False, ""
    whole = _WHOLE_MONTHS.search(text)
    text = text[: whole.start()] if whole is not None else text
    names = _NAMES_ONLY.search(text)
    if names is not None:
        text, things = text[: names.start()], names["things"]
    only = _ONLY_THOSE.match(text)
    if only is not None:
        text, there = only["rest"], _IN_ALL.match(only["level"]) is not None
        level = "" if there else only["level"]
    year = _YEAR_ONLY.search(text)
    if year is not None:
        text = f"{text[: year.start()]} in {year['year']}{text[year.end() :]}"
    return Restricted(text, level, there, whole is not None, things)
