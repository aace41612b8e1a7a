"""Words of time: which days they mean. Everything is anchored on the newest order date in the data."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.answers.plan import Period
from app.answers.words import Token

MONTH_NAMES = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
MONTH_NUMBERS = (
    {name: i for i, name in enumerate(MONTH_NAMES, 1)}
    | {name[:3]: i for i, name in enumerate(MONTH_NAMES, 1)}
    | {"sept": 9}
)
DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": -1,
    "final": -1,
    "fifth": 5,
    "5th": 5,
}
NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "a": 1,
    "an": 1,
    "couple of": 2,
}
_MONTH = "(?:" + "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True)) + ")"
_YEAR = r"(?:19|20)\d\d"
_WHEN = rf"(?:{_YEAR}|(?:the )?(?:last|this|previous|past|current) year|(?:the )?same year|(?:the )?year before)"
_OF = r"(?: ,)? (?:of |in )?(?:the )?"
_N = r"(?:\d{1,3}|" + "|".join(NUMBERS) + ")"
_UNIT = r"(day|week|month|quarter|year)s?"
_HOLIDAYS = {"christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "xmas": (12, 25), "new years eve": (12, 31), "new year eve": (12, 31), "new years day": (1, 1), "new year day": (1, 1), "halloween": (10, 31), "valentines day": (2, 14), "valentine day": (2, 14), "independence day": (7, 4)}  # fmt: skip
_MOVING = ("black friday", "cyber monday", "thanksgiving", "easter")
_HOLIDAY = "(?:" + "|".join([*sorted(_HOLIDAYS, key=len, reverse=True), *_MOVING]) + ")"

# Each form of a point in time with its name; the first that matches at a place wins.
POINTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?<!\S){pattern}(?!\S)"))
    for name, pattern in (
        (
            "same",
            r"(?:the )?same (?:period|time|month|quarter|week|days?)(?: (?:of|in|a))?(?: the)? (?:last|previous|prior|year) ?(?:year|before|earlier|ago)?",
        ),
        (
            "around",
            rf"(?:the )?(?:(?P<n>{_N}) )?(?P<unit>day|week|month|year)s? (?P<side>before|after|following|leading up to|preceding) (?P<holiday>{_HOLIDAY})(?:{_OF}(?P<year>{_WHEN}))?",
        ),
        (
            "edge",
            rf"(?:the )?(?P<which>first|last|final) (?P<n>{_N}) {_UNIT.replace('(', '(?P<unit>', 1)} (?:of|in) (?:the )?(?P<inner>(?:year |month of )?(?:{_MONTH}(?: {_WHEN})?|q[1-4](?: {_WHEN})?|{_WHEN}))",
        ),
        (
            "piece",
            rf"(?:the )?(?P<which>first|second|third|fourth|fifth|last|final|1st|2nd|3rd|4th|5th) (?P<unit>day|week|weekend|month) (?:of|in) (?:the )?(?P<inner>(?:year |month of )?(?:{_MONTH}(?: {_WHEN})?|q[1-4](?: {_WHEN})?|{_WHEN}))",
        ),
        ("iso_day", r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
        ("iso_month", r"(?P<y>\d{4})-(?P<m>\d{1,2})"),
        ("dotted", r"(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})[/.](?P<y>\d{4})"),
        ("slash_month", r"(?P<m>\d{1,2})/(?P<y>\d{4})"),
        ("day", rf"(?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<mon>{_MONTH})(?:{_OF}(?P<year>{_WHEN}))?"),
        (
            "day",
            rf"(?P<mon>{_MONTH}) (?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:{_OF}(?P<year>{_WHEN}))?(?! (?:more|best|worst))",
        ),
        ("quarter", rf"(?:q|(?:the )?quarter )(?P<q>[1-4])(?:{_OF}(?P<year>{_WHEN}))?"),
        ("quarter", rf"(?P<year>{_WHEN}) q(?P<q>[1-4])"),
        (
            "quarter",
            rf"(?:the )?(?P<which>first|second|third|fourth|1st|2nd|3rd|4th) quarter(?:{_OF}(?:the )?(?P<year>{_WHEN}))?(?: of the year)?",
        ),
        ("last_quarter", rf"(?:the )?(?:last|final) quarter (?:of|in) (?:the )?(?P<year>{_WHEN})"),
        ("half", rf"h(?P<h>[12])(?:{_OF}(?P<year>{_WHEN}))?"),
        ("half", rf"(?P<year>{_WHEN}) h(?P<h>[12])"),
        (
            "half",
            rf"(?:the )?(?P<which>first|second|1st|2nd|last) half(?: of)?(?: the year)?(?:{_OF}(?P<year>{_WHEN}))?",
        ),
        ("week", rf"(?:calendar |iso )?week (?P<w>\d{{1,2}})(?:{_OF}(?P<year>{_WHEN}))?"),
        ("year_before_last", r"(?:the )?year before last"),
        ("month_before_last", r"(?:the )?(?P<unit>month|week|quarter) before last"),
        (
            "last_n",
            rf"(?:the )?(?:last|past|previous|recent|most recent) (?P<n>{_N}) (?:full |complete |whole )?(?:calendar )?{_UNIT.replace('(', '(?P<unit>', 1)}",
        ),
        ("ago", rf"(?P<n>{_N}) {_UNIT.replace('(', '(?P<unit>', 1)} (?:ago|back|earlier)"),
        (
            "to_date",
            r"(?:this )?(?P<unit>year|month|quarter|week) to date|(?P<short>ytd|mtd|qtd)|so far this (?P<unit2>year|month|quarter|week)|this (?P<unit3>year|month|quarter|week) so far",
        ),
        ("month", rf"(?P<mon>{_MONTH})(?:{_OF}(?P<year>{_WHEN}))"),
        ("month", rf"(?P<rel>last|this|past|previous) (?P<mon>{_MONTH})"),
        ("last_month_year", rf"(?:the )?(?P<which>last|final|first) month (?:of|in) (?P<year>{_WHEN})"),
        ("last", r"(?:the )?(?:last|previous|past|prior|preceding) (?P<unit>day|week|month|quarter|year|weekend)"),
        ("this", r"(?:this|the current|current) (?P<unit>day|week|month|quarter|year)"),
        (
            "next",
            r"(?:the )?(?:next|coming|upcoming|following) (?:\d+ )?(?P<unit>day|week|month|quarter|year)s?|tomorrow|in the future",
        ),
        ("today", r"today|yesterday"),
        ("holiday", rf"(?P<holiday>{_HOLIDAY})(?:{_OF}(?P<year>{_WHEN}))?"),
        ("month", rf"(?P<mon>{_MONTH})"),
        (
            "shift",
            rf"(?:the )?(?:(?P<n>{_N}) (?P<units>day|week|month|quarter|year)s (?:before|earlier|prior)(?: (?:that|it|this|those|them))?(?! (?:the )?[a-z])|(?P<unit>day|week|month|quarter|year) (?:before|earlier|prior)(?: (?:that|it|this))?|(?:previous|prior|preceding) one)(?! (?:the )?(?:\d|{_MONTH}|{_HOLIDAY}|q[1-4]|h[12]|last|this|first))",
        ),
        ("year", rf"(?:the )?(?:calendar |full |whole |entire )?(?:year )?(?P<year>{_YEAR})"),
    )
)
TIME_WORDS = (
    frozenset(MONTH_NUMBERS)
    | frozenset(DAY_NAMES)
    | frozenset(
        [
            "black",
            "cyber",
            "thanksgiving",
            "easter",
            "halloween",
            "christmas",
            "xmas",
            "eve",
            "valentine",
            "valentines",
            "independence",
            "new",
            "years",
            "ytd",
            "mtd",
            "qtd",
            "half",
            "halves",
            "date",
            "ago",
            "since",
            "until",
            "till",
            "through",
            "thru",
            "onward",
            "onwards",
            "later",
            "earlier",
            "before",
            "after",
            "following",
            "preceding",
            "prior",
            "recent",
            "calendar",
            "yesterday",
            "today",
            "tomorrow",
            "weekend",
            "same",
            "current",
            "upcoming",
            "coming",
            "final",
            "leading",
            "iso",
        ]
    )
)
NOT_A_MONTH = {"may", "mar"}
JOINERS_AFTER = (["to"], ["through"], ["until"], ["-"], ["vs"], ["versus"], ["and"], ["against"])
BEFORE_MONTH = {
    "in",
    "of",
    "since",
    "from",
    "and",
    "between",
    "to",
    "until",
    "till",
    "through",
    "before",
    "after",
    "by",
    "during",
    "for",
    "vs",
    "versus",
    "against",
    "or",
    "with",
    "than",
    "-",
    "–",
    ",",
    "last",
    "this",
    "every",
    "each",
    "early",
    "late",
    "on",
    "what about",
    "only",
    "about",
    "and in",
}
AFTER_NUMBER = {
    "than",
    "over",
    "above",
    "below",
    "under",
    "least",
    "most",
    "exceeding",
    "exceed",
    "exceeds",
    "top",
    "bottom",
    ">",
    "<",
    ">=",
    "<=",
    "=",
    "first",
}


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


def find_periods(
    tokens: Sequence[Token], newest: dt.date, oldest: dt.date, masked: frozenset[int] = frozenset()
) -> tuple[list[Found], list[Trouble]]:
    """The periods that a question names, in order, and what of time could not be read.

    Tokens at the places in `masked` are none of time, such as those of the ship mode "Same Day".
    """
    text, starts = _joined(tokens, masked)
    points, troubles = _points(text, starts, newest)
    points = _inherit_years(points)
    return _combined(points, tokens, newest, oldest), troubles


def _joined(tokens: Sequence[Token], masked: frozenset[int]) -> tuple[str, list[int]]:
    starts, text = [], ""
    for place, token in enumerate(tokens):
        starts.append(len(text))
        text += (
            "\N{SECTION SIGN}"
            if place in masked or token.kind == "quoted" or (token.kind == "number" and token.unit)
            else token.norm.replace(" ", "_")
        ) + " "
    return text.rstrip(), starts


def _points(text: str, starts: list[int], newest: dt.date) -> tuple[list[Found], list[Trouble]]:
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
        if name in _HOLIDAYS:
            return dt.date(y, *_HOLIDAYS[name])
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


def _latest(make: object, newest: dt.date) -> int:
    day = make(newest.year)  # type: ignore[operator]  # a function of a year, given by the callers above
    return newest.year if day <= newest else newest.year - 1


def _year(text: str | None, newest: dt.date) -> int | None:
    if not text:
        return None
    if text.isdigit():
        return int(text)
    return newest.year if "this" in text or "current" in text else newest.year - 1


def _count(text: str) -> int:
    return int(text) if text.isdigit() else NUMBERS[text]


def _inherit_years(points: list[Found]) -> list[Found]:
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


def _combined(points: list[Found], tokens: Sequence[Token], newest: dt.date, oldest: dt.date) -> list[Found]:
    """Ranges: between A and B, from A to B, since, before, after, until."""
    found: list[Found] = []
    i = 0
    while i < len(points):
        point = points[i]
        if point.kind == "context":
            found.append(point)
            i += 1
            continue
        before = [t.norm for t in tokens[max(0, point.start - 3) : point.start]]
        following = points[i + 1] if i + 1 < len(points) else None
        gap = [t.norm for t in tokens[point.end : following.start]] if following else []
        gap = (
            [w for w in gap if w not in ("the", "end", "of", "including", "and")]
            if "between" not in before[-2:]
            else gap
        )
        lead = _lead(before)
        if following and lead == "between" and [w for w in gap if w != "the"] == ["and"]:
            found.append(_range(point, following, point.start - 1 - (before[-1] != "between")))
            i += 2
            continue
        if (
            following
            and lead in ("from", "between", "")
            and gap in (["to"], ["until"], ["till"], ["through"], ["-"], ["–"], ["—"], ["up", "to"], ["thru"])
        ):
            found.append(_range(point, following, point.start - (lead != "") - (lead != "" and before[-1] == "the")))
            i += 2
            continue
        found.append(_open(point, lead, before, tokens, newest, oldest))
        i += 1
    return _closed(found)


def _closed(found: list[Found]) -> list[Found]:
    """A beginning and an end that are told apart are one range: "until May 2025, since March 2025"."""
    ends = {f.kind: f for f in found if f.kind in ("since", "until", "before", "after")}
    first = ends.get("since") or ends.get("after")
    last = ends.get("until") or ends.get("before")
    if len(found) != 2 or first is None or last is None or first.period.start > last.period.end:
        return found
    period = Period(first.period.start, last.period.end, f"{first.period.label} {last.period.label}")
    return [replace(f, period=period, kind="range") for f in found]


def _lead(before: list[str]) -> str:
    words = [w for w in before if w != "the"]
    last = words[-1] if words else ""
    if last in ("beginning", "start", "end") and len(words) > 1:
        last = words[-2]
    if last == "of" and len(words) > 2 and words[-2] in ("beginning", "start", "end"):
        last = words[-3]
    return (
        last
        if last
        in (
            "between",
            "from",
            "since",
            "before",
            "after",
            "until",
            "till",
            "through",
            "to",
            "by",
            "following",
            "starting",
            "as",
        )
        else ""
    )


def _range(first: Found, last: Found, start: int) -> Found:
    period = Period(first.period.start, last.period.end, f"{first.period.label} to {last.period.label}")
    if period.start > period.end:
        period = Period(last.period.start, first.period.end, f"{last.period.label} to {first.period.label}")
    return Found(max(0, start), last.end, period, False, "range", 0, (first.period, last.period))


def _open(
    point: Found, lead: str, before: list[str], tokens: Sequence[Token], newest: dt.date, oldest: dt.date
) -> Found:
    period = point.period
    start = point.start - 1 - (before[-1:] == ["the"])
    after = [t.norm for t in tokens[point.end : point.end + 2]]
    onwards = (
        after[:1] in (["onwards"], ["onward"])
        or (after[:1] == ["on"] and lead in ("from", "since", "starting"))
        or after == ["and", "later"]
        or after == ["or", "later"]
        or after == ["and", "after"]
    )
    if lead == "since" or (lead in ("from", "starting") and onwards) or onwards:
        end = point.end + (len(after) if onwards and after[0] in ("and", "or") else 1 if onwards else 0)
        return Found(
            start if lead in ("since", "from", "starting") else point.start,
            end,
            Period(period.start, newest, f"since {period.label}"),
            point.no_year,
            "since",
        )
    if lead == "before":
        day = period.start - dt.timedelta(days=1)
        return Found(start, point.end, Period(min(oldest, day), day, f"before {period.label}"), point.no_year, "before")
    if lead in ("after", "following"):
        day = period.end + dt.timedelta(days=1)
        return Found(start, point.end, Period(day, max(newest, day), f"after {period.label}"), point.no_year, "after")
    if lead in ("until", "till", "through"):
        return Found(
            start,
            point.end,
            Period(min(oldest, period.start), period.end, f"until {period.label}"),
            point.no_year,
            "until",
        )
    if lead == "to" and before[-2:] == ["up", "to"]:
        return Found(
            point.start - 2,
            point.end,
            Period(min(oldest, period.start), period.end, f"until {period.label}"),
            point.no_year,
            "until",
        )
    return point
