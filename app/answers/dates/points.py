"""Points in time that a text names: each form by its name, with the years that are inherited from others."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from app.answers.dates.calendar import month_of, quarter_of, shifted, unit_of, whole, year_earlier
from app.answers.dates.names import (
    AFTER_NUMBER,
    BEFORE_MONTH,
    HOLIDAYS,
    JOINERS_AFTER,
    MONTH_NAMES,
    MONTH_NUMBERS,
    NOT_A_MONTH,
    NUMBERS,
    ORDINALS,
    POINTS,
)
from app.answers.plan import Period


@dataclass(frozen=True)
class Found:
    """A period in the question: its tokens from `start` to before `end`. `month` is set where no year was named."""

    start: int
    end: int
    period: Period
    no_year: bool = False
    kind: str = ""
    month: int = 0
    ends: tuple[Period, ...] = ()


@dataclass(frozen=True)
class Trouble:
    """A word of time that cannot be read: what to tell."""

    start: int
    end: int
    message: str


OR_MORE = re.compile(r" ?(?:\+|or (?:more|less|fewer|above|below|higher|lower|over|under)\b)")
"""What makes a number of a bound of a year: "2000+ units"."""


def points_in(text: str, starts: list[int], newest: dt.date) -> tuple[list[Found], list[Trouble]]:
    """The points that a text names, in order, and what cannot be read; `starts` are where its tokens begin."""
    taken = [False] * len(starts)
    found, troubles = [], []
    for name, pattern in POINTS:
        for match in pattern.finditer(text):
            if match.end() == match.start():
                continue
            first = starts.index(match.start()) if match.start() in starts else -1
            last = max(i for i, s in enumerate(starts) if s < match.end()) + 1
            if first < 0 or any(taken[first:last]):
                continue
            before = text[: match.start()].split()[-1:] or [""]
            if name == "year" and (
                before[0] in AFTER_NUMBER
                and not _between_years(text, match)
                and not (before[0] == "over" and not text[match.end() :].strip())
            ):
                continue
            if name == "year" and OR_MORE.match(text, match.end()):
                continue
            if name == "month" and not match.groupdict().get("year") and not match.groupdict().get("rel"):
                after = text[match.end() :].split()[:1]
                if (
                    match["mon"] in NOT_A_MONTH
                    and before[0] not in BEFORE_MONTH
                    and len(starts) > 1
                    and after not in JOINERS_AFTER
                ):
                    continue
            if name == "day" and before[0] in ("top", "bottom", "first", "last", "best"):
                continue
            try:
                result = _point(name, match, newest)
            except ValueError as error:
                troubles.append(Trouble(first, last, str(error)))
                taken[first:last] = [True] * (last - first)
                continue
            if result is None:
                continue
            taken[first:last] = [True] * (last - first)
            period, no_year, month = result
            found.append(Found(first, last, period, no_year, name, month))
    return sorted(found, key=lambda f: f.start), troubles


def _between_years(text: str, match: re.Match[str]) -> bool:
    """ "is 2025 better than 2024": both numbers are years."""
    return re.search(r"(?<![\d$.,])20\d\d\b.*\bthan$", text[: match.start()].strip()) is not None


def _point(name: str, match: re.Match[str], newest: dt.date) -> tuple[Period, bool, int] | None:
    g = match.groupdict()
    year = _year(g.get("year"), newest)
    if name == "same":
        return Period(year_earlier(newest), year_earlier(newest), "the same period last year"), False, -1
    if name == "iso_day":
        day = dt.date(int(g["y"]), int(g["m"]), int(g["d"]))
        return unit_of(day, "day"), False, 0
    if name in ("iso_month", "slash_month"):
        if not 1 <= int(g["m"]) <= 12:
            raise ValueError(f"{match.group()} is no month")
        return month_of(int(g["y"]), int(g["m"])), False, 0
    if name == "dotted":
        a, b = int(g["a"]), int(g["b"])
        if g["sep"] == "/" and a <= 12 and b <= 12 and a != b:
            raise ValueError(
                f"{match.group()} can be read as {MONTH_NAMES[a - 1].capitalize()} {b} or {MONTH_NAMES[b - 1].capitalize()} {a}: write the date as {g['y']}-{a:02}-{b:02}"
            )
        month, day_ = (b, a) if g["sep"] == "." or a > 12 else (a, b)
        return unit_of(dt.date(int(g["y"]), month, day_), "day"), False, 0
    if name == "day":
        month, day_ = MONTH_NUMBERS[g["mon"]], int(g["d"])
        chosen = year or _latest(lambda y: dt.date(y, month, day_), newest)
        return unit_of(dt.date(chosen, month, day_), "day"), year is None, 0
    if name in ("quarter", "last_quarter"):
        quarter = 4 if name == "last_quarter" else int(g["q"]) if g.get("q") else ORDINALS[g["which"]]
        chosen = year or _latest(lambda y: quarter_of(y, quarter).start, newest)
        return quarter_of(chosen, quarter), year is None, 0
    if name == "half":
        half = int(g["h"]) if g.get("h") else {"first": 1, "1st": 1}.get(g["which"], 2)
        chosen = year or _latest(lambda y: dt.date(y, half * 6 - 5, 1), newest)
        return (
            Period(dt.date(chosen, half * 6 - 5, 1), month_of(chosen, half * 6).end, f"H{half} {chosen}"),
            year is None,
            0,
        )
    if name == "week":
        chosen = year or newest.year
        monday = dt.date.fromisocalendar(chosen, int(g["w"]), 1)
        return Period(monday, monday + dt.timedelta(days=6), f"week {g['w']} of {chosen}"), year is None, 0
    if name == "last_month_year":
        return month_of(year or newest.year, 1 if g["which"] == "first" else 12), False, 0
    if name == "month":
        return _month_point(g, year, newest)
    if name in ("edge", "piece"):
        return _piece(name, g, newest)
    if name == "around":
        return _around(g, year, newest)
    if name == "holiday":
        day = _holiday(g["holiday"], year, newest)
        return Period(day, day, f"{g['holiday'].title()} {day.year}"), year is None, 0
    if name == "year":
        return whole(int(g["year"])), False, 0
    if name == "shift":
        return Period(newest, newest, f"{_count(g['n'])} {g['units']}s" if g.get("n") else g["unit"] or ""), False, 0
    return _relative(name, g, match.group(), newest), False, 0


def _month_point(g: dict[str, str], year: int | None, newest: dt.date) -> tuple[Period, bool, int]:
    month = MONTH_NUMBERS[g["mon"]]
    rel = g.get("rel")
    if rel == "this":
        return month_of(newest.year, month), False, 0
    if rel:
        latest = _latest(lambda y: month_of(y, month).end, newest)
        return month_of(latest, month), False, 0
    return month_of(year or _latest(lambda y: dt.date(y, month, 1), newest), month), year is None, month


def _relative(name: str, g: dict[str, str], text: str, newest: dt.date) -> Period:
    if name == "year_before_last":
        return whole(newest.year - 2)
    if name == "month_before_last":
        return shifted(unit_of(newest, g["unit"]), g["unit"], -2)
    if name == "last_n":
        count, unit = _count(g["n"]), g["unit"]
        if count < 1:
            raise ValueError(f"{text} is no period")
        if unit == "day":
            return Period(newest - dt.timedelta(days=count - 1), newest, f"the last {count} days")
        running = unit_of(newest, unit)
        return Period(
            shifted(running, unit, -count).start, running.start - dt.timedelta(days=1), f"the last {count} {unit}s"
        )
    if name == "ago":
        count, unit = _count(g["n"]), g["unit"]
        if unit == "day":
            return unit_of(newest - dt.timedelta(days=count), "day")
        return shifted(unit_of(newest, unit), unit, -count)
    if name == "to_date":
        unit = (
            g.get("unit")
            or g.get("unit2")
            or g.get("unit3")
            or {"ytd": "year", "mtd": "month", "qtd": "quarter"}[g["short"]]
        )
        return Period(unit_of(newest, unit).start, newest, f"this {unit} to {newest}")
    if name == "last":
        if g["unit"] == "weekend":
            saturday = newest - dt.timedelta(days=newest.weekday() + 2)
            return Period(saturday, saturday + dt.timedelta(days=1), f"the weekend of {saturday}")
        return shifted(unit_of(newest, g["unit"]), g["unit"], -1)
    if name == "this":
        return Period(unit_of(newest, g["unit"]).start, newest, f"this {g['unit']} to {newest}")
    if name == "today":
        return unit_of(newest - dt.timedelta(days=text == "yesterday"), "day")
    start = newest + dt.timedelta(days=1)
    return Period(start, start + dt.timedelta(days=365), text)


def _piece(name: str, g: dict[str, str], newest: dt.date) -> tuple[Period, bool, int] | None:
    inner = _inner(g["inner"], newest)
    if inner is None:
        return None
    if name == "edge":
        count, unit = _count(g["n"]), g["unit"]
        if g["which"] == "first":
            last = (
                shifted(Period(inner.start, inner.end, ""), unit, count - 1).end
                if unit not in ("day", "week")
                else inner.start + dt.timedelta(days=count * (7 if unit == "week" else 1) - 1)
            )
            return Period(inner.start, min(last, inner.end), f"the first {count} {unit}s of {inner.label}"), False, 0
        first = (
            shifted(unit_of(inner.end, unit), unit, 1 - count).start
            if unit not in ("day", "week")
            else inner.end - dt.timedelta(days=count * (7 if unit == "week" else 1) - 1)
        )
        return Period(max(first, inner.start), inner.end, f"the last {count} {unit}s of {inner.label}"), False, 0
    place, unit = ORDINALS[g["which"]], g["unit"]
    label = f"the {g['which']} {unit} of {inner.label}"
    if unit == "day":
        day = inner.end if place < 0 else inner.start + dt.timedelta(days=place - 1)
        return Period(day, day, label), False, 0
    if unit == "month":
        month = unit_of(inner.end, "month") if place < 0 else shifted(unit_of(inner.start, "month"), "month", place - 1)
        return month, False, 0
    if unit == "weekend":
        saturday = inner.start + dt.timedelta(days=(5 - inner.start.weekday()) % 7 + 7 * (place - 1))
        if place < 0:
            saturday = inner.end - dt.timedelta(days=(inner.end.weekday() - 5) % 7)
        return Period(saturday, saturday + dt.timedelta(days=1), label), False, 0
    if place < 0:
        return Period(inner.end - dt.timedelta(days=6), inner.end, label), False, 0
    start = inner.start + dt.timedelta(days=7 * (place - 1))
    return Period(start, start + dt.timedelta(days=6), label), False, 0


def _inner(text: str, newest: dt.date) -> Period | None:
    for name, pattern in POINTS:
        if name in ("quarter", "month", "year", "last", "this"):
            match = pattern.fullmatch(text.removeprefix("month of "))
            if match:
                result = _point(name, match, newest)
                return result[0] if result else None
    return None


def _around(g: dict[str, str], year: int | None, newest: dt.date) -> tuple[Period, bool, int]:
    day = _holiday(g["holiday"], year, newest)
    count = _count(g["n"]) if g.get("n") else 1
    days = count * {"day": 1, "week": 7, "month": 30, "year": 365}[g["unit"]]
    words = f"the {str(count) + ' ' if count > 1 else ''}{g['unit']}{'s' if count > 1 else ''} {g['side']} {g['holiday'].title()} {day.year}"
    if g["side"] in ("after", "following"):
        return Period(day + dt.timedelta(days=1), day + dt.timedelta(days=days), words), year is None, 0
    return Period(day - dt.timedelta(days=days), day - dt.timedelta(days=1), words), year is None, 0


def _holiday(name: str, year: int | None, newest: dt.date) -> dt.date:
    def on(y: int) -> dt.date:
        if name in HOLIDAYS:
            return dt.date(y, *HOLIDAYS[name])
        if name == "easter":
            return _easter(y)
        first = dt.date(y, 11, 1)
        thanksgiving = first + dt.timedelta(days=(3 - first.weekday()) % 7 + 21)
        return thanksgiving + dt.timedelta(days={"thanksgiving": 0, "black friday": 1, "cyber monday": 4}[name])

    return on(year or _latest(on, newest))


def _easter(year: int) -> dt.date:
    """Easter Sunday by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * i) // 451
    month, day = divmod(h + i - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


def _latest(day_of: Callable[[int], dt.date], newest: dt.date) -> int:
    return newest.year if day_of(newest.year) <= newest else newest.year - 1


def _year(text: str | None, newest: dt.date) -> int | None:
    if not text:
        return None
    if text.isdigit():
        return int(text)
    return newest.year if "this" in text or "current" in text else newest.year - 1


def _count(text: str) -> int:
    return int(text) if text.isdigit() else NUMBERS[text]


def inherit_years(points: list[Found]) -> list[Found]:
    """A month or quarter without a year takes that of the next point that has one: "between March and May 2024".

    A year from which two and more have taken theirs is no period of its own: "Q3 against Q2 this year".
    """
    found = list(points)
    givers: list[Found] = []
    for i, point in enumerate(found):
        if not point.no_year:
            continue
        for other in (*found[i + 1 :], *reversed(found[:i])):
            if other.no_year or not (other.kind in YEARED or _is_a_year(other)):
                continue
            start = point.period.start.replace(year=other.period.start.year)
            later = other.start > point.start
            if later and start > other.period.start and not _is_a_year(other):
                start = start.replace(year=start.year - 1)
            found[i] = Found(point.start, point.end, _again(point, start), False, point.kind, point.month)
            givers.append(other)
            break
    return [replace(p, kind="context") if _is_a_year(p) and givers.count(p) > 1 else p for p in found]


YEARED = ("month", "quarter", "half", "day", "last_quarter", "iso_month")


def _is_a_year(point: Found) -> bool:
    period = point.period
    return point.kind in ("year", "last", "this", "to_date") and (period.start.month, period.start.day) == (1, 1)


def _again(point: Found, start: dt.date) -> Period:
    if point.kind == "month":
        return month_of(start.year, start.month)
    if point.kind == "quarter":
        return quarter_of(start.year, (start.month + 2) // 3)
    if point.kind == "half":
        half = 1 if start.month == 1 else 2
        return Period(start, month_of(start.year, half * 6).end, f"H{half} {start.year}")
    span = point.period.end - point.period.start
    return Period(start, start + span, start.isoformat() if not span.days else f"{start} to {start + span}")
