"""How figures are written for people."""

from __future__ import annotations

import datetime as dt

NOTHING = "–"


def money(value: float | None) -> str:
    """US dollars: $1.23 M, $45.6 K, $789."""
    if value is None:
        return NOTHING
    sign = "-" if value < 0 else ""
    size = abs(value)
    for bound, name in ((1e9, " B"), (1e6, " M"), (1e3, " K")):
        if size >= bound:
            return f"{sign}${size / bound:,.2f}{name}"
    return f"{sign}${size:,.2f}" if size < 100 else f"{sign}${size:,.0f}"


def percent(value: float | None) -> str:
    """A fraction as per cent."""
    return NOTHING if value is None else f"{100 * value:,.1f} %"


def count(value: float | None) -> str:
    """A whole number."""
    return NOTHING if value is None else f"{value:,.0f}"


def instant(value: dt.datetime | None) -> str:
    """An instant in UTC, to the minute."""
    return NOTHING if value is None else f"{value.astimezone(dt.UTC):%d %b %Y, %H:%M} UTC"


def ago(value: dt.datetime | None, now: dt.datetime) -> str:
    """How long ago, in the unit that fits."""
    if value is None:
        return NOTHING
    seconds = max(0, (now - value).total_seconds())
    for size, name in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            number = int(seconds // size)
            return f"{number} {name}{'s' if number > 1 else ''}"
    return "under a minute"
