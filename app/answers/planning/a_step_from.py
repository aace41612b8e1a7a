"""The period before, or after, that of the question before: "and a year earlier?", "what about the month before?"."""

from __future__ import annotations

import re

from app.answers.dates.calendar import previous, shifted, unit_of, year_ago
from app.answers.plan import Period, Plan

_STEP = re.compile(
    r"^\s*(?:(?:and|ok|so|now|then)[\s,]+)*(?:(?:what|how)\s+(?:about|was\s+it|were\s+they|did\s+it\s+look)|in|for|compared\s+to)?\s*(?:in\s+|for\s+)?"
    r"(?:(?:an?|one|the)\s+(?P<unit>year|quarter|month|week|day)\s+(?P<way>earlier|before|prior|previously|later|after)(?:\s+that)?|"
    r"(?:the\s+)?(?P<way2>previous|preceding|prior|following|next)\s+(?P<unit2>year|quarter|month|week|day)|"
    r"(?:in\s+)?the\s+same\s+(?:period|time|months?|quarter|weeks?)\s+(?:of\s+the\s+)?(?:(?P<way3>previous|preceding|prior)\s+(?P<unit3>year)|(?:an?\s+)?(?P<unit4>year)\s+(?P<way4>earlier|before)))\s*[?.!]*\s*$",
    re.I,
)


def a_step_from(question: str, before: Plan | None) -> str:
    """The question with the period told that lies so far from the one before; as it is where it tells no such step."""
    found = _STEP.match(question)
    if found is None or before is None or len(before.periods) != 1 or before.compare or before.split:
        return question
    unit = next(found[f"unit{n}"] for n in ("", "2", "3", "4") if found[f"unit{n}"]).lower()
    way = next(found[f"way{n}"] for n in ("", "2", "3", "4") if found[f"way{n}"]).lower()
    back = way not in ("later", "after", "following", "next")
    period = _moved(before.periods[0], unit, -1 if back else 1)
    return question if period is None else f"and in {period.label}?"


def _moved(period: Period, unit: str, count: int) -> Period | None:
    """The period of the same length that lies a unit from one; None where it is longer than the unit."""
    if unit == "year" and count < 0:
        return year_ago(period)
    for kind in ("day", "week", "month", "quarter", "year"):
        own = unit_of(period.start, kind)
        if (own.start, own.end) == (period.start, period.end):
            if kind == unit:
                return shifted(period, unit, count)
            months = {"month": 1, "quarter": 3, "year": 12}
            if kind in months and unit in months and months[unit] > months[kind]:
                return shifted(period, kind, count * months[unit] // months[kind])
            return None
    return previous(period) if count < 0 and unit == "year" else None
