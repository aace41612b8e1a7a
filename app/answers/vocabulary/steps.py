"""Remarks that repeat how each period is compared with the one before it: "(Q1 against Q4 2024)"."""

from __future__ import annotations

import re

from app.answers.dates.names import MONTH_NUMBERS

_MONTHS = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
_POINT = rf"(?:{_MONTHS}|q[1-4])"
_STEPWISE = re.compile(
    r"\b(?:before|previous|preceding|prior|one\s+period\s+to\s+the\s+next|(?:month|quarter)\s+(?:over|on)\s+(?:month|quarter))\b",
    re.I,
)
_REMARK = re.compile(
    r"(?:[.;,?!–-]+\s*|\s+)\(?(?:(?:so|and|that\s+is|i\.?e\.?|e\.?g\.?|for\s+example|for\s+instance|with),?\s+)*"
    rf"(?P<one>{_POINT})(?:\s+(?P<year>20\d\d))?\s+(?:(?:is|are|was|were|should|must|has|to|be|being|then)\s+)*"
    r"(?:(?:compared|measured|set|held)\s+)?(?:against|with|to|vs\.?|versus)\s+"
    rf"(?P<other>{_POINT})(?:\s+(?:of\s+)?(?P<before>20\d\d))?\s*\)?[\s.!]*$",
    re.I,
)


def without_first_step(question: str) -> str:
    """The question without a remark on the first step, where it says no more than that one follows the other."""
    found = _REMARK.search(question)
    if found is None:
        return question
    asked = question[: found.start()]
    if not _STEPWISE.search(asked) or not _follows(found, asked):
        return question
    return asked + ("?" if asked.rstrip()[-1:].isalnum() and "?" in question else "")


def _follows(found: re.Match[str], asked: str) -> bool:
    """Whether the one period comes right after the other, and is one of those that are asked for."""
    one, other = found["one"].lower(), found["other"].lower()
    unit = 4 if one[:1] == "q" and one[1:].isdigit() else 12
    place, before = (int(p[1]) if p[1:].isdigit() else MONTH_NUMBERS[p] for p in (one, other))
    named = {p.lower() for p in re.findall(rf"\b{_POINT}\b", asked, re.I)}
    if (other[1:].isdigit()) != (unit == 4) or (place - 2) % unit + 1 != before or (named and one not in named):
        return False
    years = {int(y) for y in re.findall(r"\b20\d\d\b", asked)}
    year = int(found["year"]) if found["year"] else min(years, default=0)
    told = int(found["before"]) if found["before"] else year - (place == 1)
    return told == year - (place == 1) and (not years or year in years)
