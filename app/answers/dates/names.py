"""Names of months, days and holidays, and the forms in which people name a point in time."""

from __future__ import annotations

import re

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
HOLIDAYS = {"christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "xmas": (12, 25), "new years eve": (12, 31), "new year eve": (12, 31), "new years day": (1, 1), "new year day": (1, 1), "halloween": (10, 31), "valentines day": (2, 14), "valentine day": (2, 14), "independence day": (7, 4)}  # fmt: skip
_MOVING = ("black friday", "cyber monday", "thanksgiving", "easter")
_HOLIDAY = "(?:" + "|".join([*sorted(HOLIDAYS, key=len, reverse=True), *_MOVING]) + ")"

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
