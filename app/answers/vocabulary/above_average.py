"""Periods of a year that are above its average: "how many months of 2025 had above-average sales"."""

from __future__ import annotations

import re

_FIGURE = r"(?:sales|profit|orders|units|number\s+of\s+orders|shipping\s+cost)"
_OF_THE_YEAR = r"(?:\s+(?:of|in|for)\s+(?:that\s+year|the\s+(?:same\s+|whole\s+)?year|20\d\d))?"
_AVERAGE = (
    r"(?:the\s+)?(?:(?:monthly|weekly|daily|quarterly)\s+(?:average|mean)|(?:average|mean)\s+(?:of\s+)?(?:(?:all|the)\s+)*(?:year['’]s\s+)?(?:month|week|day|quarter)(?:ly|s)?(?:\s+(?:sales|profit|orders|units))?|"
    rf"(?:year['’]s\s+)?(?:average|mean)){_OF_THE_YEAR}"
)
_ABOVE = r"above|higher\s+than|greater\s+than|more\s+than|over|exceed(?:ed|ing)?|beat"
_BELOW = r"below|lower\s+than|less\s+than|under|fewer\s+than"
_PERIODS = re.compile(
    r"^(?:in\s+)?(?:how\s+many|(?:the\s+)?number\s+of|count)\s+(?:of\s+the\s+|the\s+)?(?P<unit>month|week|day|quarter)s\s+(?:of|in)\s+(?P<year>20\d\d)\s+"
    r"(?:had|have|saw|showed|with|did\s+we\s+have|did|were|was|whose|where|in\s+which)?\s*(?:total\s+)?(?:"
    rf"(?P<level>above|below)[\s-]average\s+(?P<one>{_FIGURE})|"
    rf"(?P<two>{_FIGURE})\s+(?:(?:was|were)\s+)?(?:(?P<above>{_ABOVE})|(?P<below>{_BELOW}))\s+{_AVERAGE}|"
    rf"(?:beat|exceeded|topped)\s+(?:the\s+)?(?:average|mean)\s+(?:(?:month|week|quarter)ly\s+|daily\s+)?(?P<three>{_FIGURE}){_OF_THE_YEAR})\s*[?.]*$",
    re.I,
)
_BY_UNIT = {"month": "monthly", "week": "weekly", "day": "daily", "quarter": "quarterly"}


def with_average_told(question: str) -> str:
    """The question with the average told whose it is: "in how many months of 2025 were sales above the average …"."""
    found = _PERIODS.match(question.strip())
    if found is None:
        return question
    figure = found["one"] or found["two"] or found["three"]
    below = (found["level"] or "").lower() == "below" or bool(found["below"])
    unit, year = found["unit"].lower(), found["year"]
    way = "below" if below else "above"
    return f"in how many {unit}s of {year} were {figure} {way} the average {_BY_UNIT[unit]} {figure} of {year}?"
