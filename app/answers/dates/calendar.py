"""Calendar periods, and the ones before them."""

from __future__ import annotations

import calendar
import datetime as dt

from app.answers.dates.names import MONTH_NAMES
from app.answers.plan import Period


def whole(year: int) -> Period:
    """A calendar year."""
    return Period(dt.date(year, 1, 1), dt.date(year, 12, 31), str(year))


def month_of(year: int, month: int) -> Period:
    """A calendar month."""
    last = calendar.monthrange(year, month)[1]
    return Period(dt.date(year, month, 1), dt.date(year, month, last), f"{MONTH_NAMES[month - 1].capitalize()} {year}")


def quarter_of(year: int, quarter: int) -> Period:
    """A calendar quarter."""
    first, last = month_of(year, quarter * 3 - 2), month_of(year, quarter * 3)
    return Period(first.start, last.end, f"Q{quarter} {year}")


def unit_of(day: dt.date, unit: str) -> Period:
    """The day, week, month, quarter or year that a day lies in."""
    if unit == "day":
        return Period(day, day, day.isoformat())
    if unit == "week":
        monday = day - dt.timedelta(days=day.weekday())
        return Period(monday, monday + dt.timedelta(days=6), f"the week of {monday}")
    if unit == "month":
        return month_of(day.year, day.month)
    return quarter_of(day.year, (day.month + 2) // 3) if unit == "quarter" else whole(day.year)


def shifted(period: Period, unit: str, count: int) -> Period:
    """The unit that lies `count` units from the one in which a period begins."""
    if unit in ("day", "week"):
        return unit_of(period.start + dt.timedelta(days=count * (7 if unit == "week" else 1)), unit)
    months = {"month": 1, "quarter": 3, "year": 12}[unit] * count
    index = period.start.year * 12 + period.start.month - 1 + months
    return unit_of(dt.date(index // 12, index % 12 + 1, 1), unit)


def year_earlier(day: dt.date) -> dt.date:
    """The same day a year before; 28 February for a leap day."""
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def year_ago(period: Period) -> Period:
    """The same days a year before."""
    if period.whole_year:
        return whole(period.whole_year - 1)
    start, end = year_earlier(period.start), year_earlier(period.end)
    if period == month_of(period.start.year, period.start.month):
        return month_of(start.year, start.month)
    for quarter in range(1, 5):
        if (period.start, period.end) == (
            quarter_of(period.start.year, quarter).start,
            quarter_of(period.start.year, quarter).end,
        ):
            return quarter_of(start.year, quarter)
    return Period(start, end, f"{start} to {end}")


def previous(period: Period) -> Period:
    """The period of the same kind just before: the month before a month, N days before N days."""
    for unit in ("day", "week", "month", "quarter", "year"):
        own = unit_of(period.start, unit)
        if (own.start, own.end) == (period.start, period.end):
            return shifted(period, unit, -1)
    if period.start.day == 1 and (period.end + dt.timedelta(days=1)).day == 1:
        months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
        end = period.start - dt.timedelta(days=1)
        start = shifted(Period(period.start, period.end, ""), "month", -months).start
        return Period(start, end, f"{start} to {end}")
    if (period.start.month, period.start.day) == (1, 1):
        return year_ago(period)
    days = (period.end - period.start).days + 1
    start, end = period.start - dt.timedelta(days=days), period.start - dt.timedelta(days=1)
    return Period(start, end, f"{start} to {end}")
