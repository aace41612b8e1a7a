"""Which day does a text mean, read day first and read month first?"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache


class DateOrder(StrEnum):
    """How a date of three numbers that ends in its year is read."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A text's two readings; None where a reading gives no day. Both are equal where the order does not matter."""

    day_first: date | None
    month_first: date | None
    dotted: bool = False

    def by(self, order: DateOrder) -> date | None:
        """Return the reading by an order."""
        return self.day_first if order is DateOrder.DAY_FIRST else self.month_first


NO_DATE = ReadDate(None, None)
_FIRST_SERIAL_DAY = date(1899, 12, 30)  # day 0 of a spreadsheet that counts 1900 as a leap year
_TIME = (
    r"(?:(?:T|,?\s+)(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?"
    r"(?:\s*[ap]\.?m\.?)?(?:\s*(?:Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?)?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = r"(?P<name>[A-Za-z]{3,9})\.?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"


def _pattern(body: str) -> re.Pattern[str]:
    return re.compile(_WEEKDAY + body + _TIME, re.IGNORECASE | re.ASCII)


_YEAR_FIRST = _pattern(r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})")
_COMPACT = _pattern(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_YEAR_LAST = _pattern(r"(?P<one>\d{1,2})(?P<mark>[-/.]|\s)(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})")
_NAMED = _pattern(r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?[-/ ]?\s*" + _MONTH + r"[-/ ,]?\s*(?P<year>\d{4}|\d{2})")
_NAME_FIRST = _pattern(_MONTH + r"[-/ ]\s*(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,\s*|[-/ ]\s*)(?P<year>\d{4}|\d{2})")
_SERIAL = re.compile(r"(?P<days>\d{5})(?:[.,]\d+)?", re.ASCII)


@lru_cache(maxsize=1 << 16)
def read_date(text: str) -> ReadDate:
    """Read a date as spreadsheets write it, a time of day after it being passed over.

    Year first (2018-11-08), year last (11/8/2018, 08.11.18), English month names (8-Nov-18, November 8, 2018),
    eight digits (20181108), and the serial day numbers of spreadsheets from 10000 (43412 is 2018-11-08).
    Years of two digits are 1969 to 2068, as in POSIX.
    """
    text = text.strip()
    for pattern in (_YEAR_FIRST, _COMPACT):
        if found := pattern.fullmatch(text):
            return _sure(_day(found["year"], int(found["month"]), found["day"]))
    if found := _YEAR_LAST.fullmatch(text):
        return ReadDate(
            _day(found["year"], int(found["two"]), found["one"]),
            _day(found["year"], int(found["one"]), found["two"]),
            dotted=found["mark"] == ".",
        )
    if found := _SERIAL.fullmatch(text):
        return _sure(_FIRST_SERIAL_DAY + timedelta(days=int(found["days"])) if int(found["days"]) >= 10000 else None)
    if found := _NAMED.fullmatch(text) or _NAME_FIRST.fullmatch(text):
        return _sure(_day(found["year"], _month(found["name"]), found["day"]))
    return NO_DATE


def _sure(day: date | None) -> ReadDate:
    return ReadDate(day, day)


def _month(name: str) -> int:
    name = name.casefold()
    if name == "sept":
        return 9
    if name in _MONTHS:
        return _MONTHS.index(name) + 1
    return _MONTH_NAMES.index(name) + 1 if name in _MONTH_NAMES else 0


def _day(year: str, month: int, day: str) -> date | None:
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < 69 else 1900
    try:
        return date(number, month, int(day))
    except ValueError:
        return None
