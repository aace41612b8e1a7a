"""Periods and recurring days of a question, and the date that they go by."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from app.answers.dates.calendar import previous, unit_of, year_ago
from app.answers.dates.names import MONTH_NAMES, ORDINALS
from app.answers.plan import Filter, Period
from app.answers.planning.draft import Draft
from app.answers.planning.outcome import UnclearError

EACH = ("each", "every", "of each", "in each", "in every", "for each", "for every", "of every")


OPEN_ENDS = ("since ", "until ", "from ", "this year to ")


def read_times(draft: Draft) -> None:
    """Periods, recurring days, and by which date they go."""
    _read_dates(draft)
    for c in draft.cs:
        c.used = c.used or c.period is not None
    draft.found = [c for c in draft.cs if c.period is not None and c.period.kind != "context"]
    for i, c in enumerate(draft.cs):
        after = draft.chunk(draft.next(i, "stop"))
        if c.text.lower() in ("over", "within", "under") and after is not None and after.period is not None:
            c.used = True
    _resolve_shifts(draft)
    _read_that_period(draft)
    _narrow_open_ends(draft)
    draft.periods = list(dict.fromkeys(c.period.period for c in draft.found if c.period))
    for i, c in enumerate(draft.cs):
        if c.period and c.period.no_year and c.period.kind in ("month", "quarter"):
            _read_without_year(draft, i)
        elif (
            c.period
            and any(o.grain == "@year" for o in draft.cs)
            and (c.period.no_year or (c.period.ends and not any(ch.isdigit() for ch in c.text)))
        ):
            raise UnclearError(f"“{c.text}” of which year?")
    everyone = any(c.is_("count", "rel") or c.text.lower().startswith("number of") for c in draft.cs)
    if everyone and any(c.text.lower() == "in every" for c in draft.cs[1:]):
        raise UnclearError("in each one told apart, or in all of them?")
    _read_recurring(draft)


def _read_dates(draft: Draft) -> None:
    """The date that the question goes by; it can go by one at a time."""
    for i, c in enumerate(draft.cs):
        if c.word.time and not c.word.values and not c.metric and not (c.word.verb or c.dimension):
            c.used = True
            if _is_dating(draft, i):
                if _dated_before(draft, i):
                    raise UnclearError("I can go by one date at a time: that of the order, or of shipping or return?")
                draft.time = c.word.time


def _dated_before(draft: Draft, i: int) -> bool:
    """ "placed in December but shipped in January": another period belongs to what came before."""
    return any(o.period for o in draft.cs[:i]) and any(o.period for o in draft.cs[i:])


def _resolve_shifts(draft: Draft) -> None:
    """ "the day before": before the period that was named last, here or in the question before."""
    last = draft.before.periods[-1] if draft.before is not None and draft.before.periods else None
    for c in draft.found:
        if c.period is None:
            continue
        if c.period.kind == "shift":
            if last is None:
                raise UnclearError(f"“{c.text}”: before what?")
            told = c.period.period.label
            if told[:1].isdigit() and not last.label.endswith(told):
                raise UnclearError(f"“{c.text}”: before what?")
            if told in ("day", "week", "month", "quarter") and (last.start, last.end) != _bounds(last, told):
                raise UnclearError(f"“{c.text}”: before which {told}?")
            earlier = year_ago(last) if c.period.period.label == "year" else previous(last)
            c.period = replace(c.period, period=earlier)
        last = c.period.period


def _narrow_open_ends(draft: Draft) -> None:
    """ "in 2026, up to October", "2025, from March on": the part of the one period that lies in the other."""
    told = list(dict.fromkeys(c.period.period for c in draft.found if c.period))
    open_ended = [p for p in told if p.label.startswith(OPEN_ENDS)]
    beside = any(c.is_("vs", "compare", "neg", "or") or c.text.lower() == "and" for c in draft.cs if not c.content)
    if len(told) != 2 or len(open_ended) != 1 or beside:
        return
    bound, whole = open_ended[0], next(p for p in told if p not in open_ended)
    start, end = max(bound.start, whole.start), min(bound.end, whole.end)
    to_date = bound.label.startswith("this year")
    if whole.whole_year is None or start > end or ((start, end) == (bound.start, bound.end) and not to_date):
        return
    label = (
        bound.label
        if to_date
        else whole.label
        if (start, end) == (whole.start, whole.end)
        else f"{whole.label} {bound.label}"
    )
    for c in draft.found:
        if c.period is not None:
            c.period = replace(c.period, period=Period(start, end, label))


def _bounds(period: Period, unit: str) -> tuple[dt.date, dt.date]:
    """The first and the last day of the unit of time in which a period begins."""
    own = unit_of(period.start, unit)
    return own.start, own.end


def _read_that_period(draft: Draft) -> None:
    """ "customers in 2025 who ordered twice that year": the one period of that unit that was named before."""
    for i in range(1, len(draft.cs)):
        c, ahead = draft.cs[i], draft.cs[i - 1]
        told = ahead.text.lower() in ("that", "the same", "same", "this same", "that same", "said")
        if not (told and c.grain and not c.used and not c.plural) or c.period is not None:
            continue
        units = [unit_of(f.period.period.start, c.grain[1:]) for f in draft.found if f.period and f in draft.cs[:i]]
        same = [f.period.period for f in draft.found if f.period and f in draft.cs[:i]]
        start = next((j for j, o in enumerate(draft.cs[:i]) if o.period), i)
        if any(o.word.time or any(v == "returned" for _, v in o.word.values) for o in draft.cs[start:i]):
            continue  # "placed in May and returned that month": another date
        if len(same) == 1 and same[0].start == units[0].start and (same[0].end <= units[0].end):
            c.used = ahead.used = True
            c.grammar = ()
            c.word = replace(c.word, kind="")


def _read_without_year(draft: Draft, i: int) -> None:
    """ "in March" is the latest one, "every March" or "March by year" all of them."""
    c = draft.cs[i]
    if c.period is None:
        return
    ahead = draft.cs[i - 1] if i else None
    each = ahead is not None and ahead.text.lower() in EACH
    every = any(
        o.is_("by") and (n := draft.chunk(draft.next(j))) is not None and n.grain == "@year"
        for j, o in enumerate(draft.cs)
    )
    if not (each or every or any(o.grain == "@year" and not o.used for o in draft.cs)):
        words = month_name(c.period.month) if c.period.kind == "month" else c.text
        draft.notes.append(f"{words} means {c.period.period.label}")
        draft.confidence -= 0.05
        return
    if c.period.kind == "month":
        draft.filters.append(Filter("@month_of_year", "in", (month_name(c.period.month),)))
    else:
        draft.filters.append(Filter("@quarter_of_year", "in", ((c.period.period.start.month + 2) // 3,)))
    if c.period.period in draft.periods:
        draft.periods.remove(c.period.period)
    if each and ahead is not None:
        ahead.used = True
        draft.dimensions.append("@year")


def _read_weekdays_of_months(draft: Draft) -> None:
    """ "On the first Monday of each month": the weekday within the first seven days, the second within the next."""
    for i, c in enumerate(draft.cs[:-2]):
        day = draft.cs[i + 1]
        if _is_day_of_months(draft, i):
            continue
        if day.filter is None or day.filter.dimension != "@weekday" or c.text.lower() not in ORDINALS:
            continue
        j = draft.next(i + 1, "stop", "prep", "by")
        unit = draft.chunk(j)
        if unit is None or not (unit.grain == "@month" or (unit.period is not None and unit.period.kind == "month")):
            continue
        place = ORDINALS[c.text.lower()]
        if not 0 < place < 5:
            raise UnclearError(f"I can pick the first to the fourth {day.text} of a month, not the {c.text.lower()}")
        c.used = True
        draft.filters.append(Filter("@day_of_month", "between", (7.0 * place - 6, 7.0 * place)))
        for o in draft.cs[i + 2 : j]:
            o.used = o.used or o.is_("by")
        if unit.grain == "@month" and not unit.used:
            unit.used = True
            draft.dimensions.append("@month")


def _is_day_of_months(draft: Draft, i: int) -> bool:
    """ "On the first day of each month", "on the 15th of every month": that day of them."""
    c = draft.cs[i]
    digits = "".join(ch for ch in c.text if ch.isdigit())
    place = ORDINALS.get(c.text.lower(), int(digits) if digits and c.is_("ordinal") else 0)
    j = i + 2 if draft.cs[i + 1].grain == "@day" else i + 1
    each, unit = draft.cs[j : j + 2] if j + 1 < len(draft.cs) else (c, c)
    if not place or not each.is_("by") or unit.grain != "@month" or (j == i + 1 and not digits):
        return False
    if not 0 < place < 32:
        raise UnclearError(f"the {c.text} day of each month: I can pick days by their number only")
    for o in draft.cs[i : j + 2]:
        o.used = True
    draft.filters.append(Filter("@day_of_month", "between", (float(place), float(place))))
    draft.dimensions.append("@month")
    return True


def _read_recurring(draft: Draft) -> None:
    _read_weekdays_of_months(draft)
    for i, c in enumerate(draft.cs):
        if c.filter is not None and c.filter.dimension.startswith("@") and not c.used:
            c.used = True
            other = next((f for f in draft.filters if f.dimension == c.filter.dimension), None)
            if other:
                draft.filters.remove(other)
                draft.filters.append(replace(other, values=(*other.values, *c.filter.values)))
            else:
                draft.filters.append(c.filter)
        if c.is_("recurring") and not c.used and not c.is_("part"):
            by = draft.chunk(draft.next(i, "stop", step=-1))
            if by is not None and by.is_("by"):
                continue
            c.used = True
            draft.filters.append(Filter("@day_type", "in", (c.payload("recurring"),)))
    if sum(1 for f in draft.filters if f.dimension == "@day_type") > 1:
        draft.filters = [f for f in draft.filters if f.dimension != "@day_type"]
        draft.dimensions.append("@day_type")


def _is_dating(draft: Draft, i: int) -> bool:
    """Whether a verb such as "shipped" says by which date, and is no mere part of "shipped first class"."""
    c = draft.cs[i]
    if c.text.lower() not in draft.layer.dimensions[c.word.time].verbs:
        return True
    after = draft.chunk(draft.next(i, "stop", "prep", "by"))
    return after is not None and bool(after.period or after.grain or after.filter)


def month_name(month: int) -> str:
    """The English name of a month, 1 to 12."""
    return MONTH_NAMES[month - 1].capitalize()
