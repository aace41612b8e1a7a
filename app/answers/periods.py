"""Words of time: which days they mean. Everything is anchored on the newest order date in the data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from app.answers.dates.points import Found, Trouble, inherit_years, points_in
from app.answers.plan import Period
from app.answers.words import Token

__all__ = ["Found", "Trouble", "find_periods"]


def find_periods(
    tokens: Sequence[Token], newest: dt.date, oldest: dt.date, masked: frozenset[int] = frozenset()
) -> tuple[list[Found], list[Trouble]]:
    """The periods that a question names, in order, and what of time could not be read.

    Tokens at the places in `masked` are none of time, such as those of the ship mode "Same Day".
    """
    text, starts = _joined(tokens, masked)
    points, troubles = points_in(text, starts, newest)
    points = inherit_years(points)
    return _combined(points, tokens, newest, oldest), troubles


def _joined(tokens: Sequence[Token], masked: frozenset[int]) -> tuple[str, list[int]]:
    starts, text = [], ""
    for place, token in enumerate(tokens):
        starts.append(len(text))
        text += (
            "\N{SECTION SIGN}"
            if place in masked
            or token.kind == "quoted"
            or (token.kind == "number" and (token.unit or "," in token.text))
            else token.norm.replace(" ", "_")
        ) + " "
    return text.rstrip(), starts


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
        last = newest if day <= newest else day + dt.timedelta(days=366)  # what is shipped later than the newest order
        return Found(start, point.end, Period(day, last, f"after {period.label}"), point.no_year, "after")
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
