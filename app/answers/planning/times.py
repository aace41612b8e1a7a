"""Periods and recurring days of a question, and the date that they go by."""

from __future__ import annotations

from dataclasses import replace

from app.answers.periods import MONTH_NAMES
from app.answers.plan import Filter
from app.answers.planning.draft import Draft


def read_times(draft: Draft) -> None:
    """Periods, recurring days, and by which date they go."""
    for i, c in enumerate(draft.cs):
        if c.word.time and not c.word.values and not c.metric and not (c.word.verb or c.dimension):
            before = draft.chunk(draft.next(i, "stop", step=-1))
            if before is not None and before.is_("by") and not before.used and c.word.time in draft.layer.dimensions:
                c.grammar = (*c.grammar,)
            c.used = True
            if _is_dating(draft, i):
                draft.time = c.word.time
    if draft.time == draft.layer.main.default_time:
        draft.time = ""
    found = [c for c in draft.cs if c.period is not None]
    for c in found:
        c.used = True
    for i, c in enumerate(draft.cs):
        after = draft.chunk(draft.next(i, "stop"))
        if c.text.lower() in ("over", "within", "under") and after is not None and after.period is not None:
            c.used = True
    draft.found = found
    draft.periods = list(dict.fromkeys(c.period.period for c in found if c.period))
    for c in draft.cs:
        if c.period and c.period.kind == "month" and c.period.no_year:
            every = any(
                o.is_("by") and (n := draft.chunk(draft.next(j))) is not None and n.grain == "@year"
                for j, o in enumerate(draft.cs)
            )
            yearly = any(o.grain == "@year" and not o.used for o in draft.cs)
            if every or yearly:
                draft.filters.append(Filter("@month_of_year", "in", (month_name(c.period.month),)))
                draft.periods.remove(c.period.period)
            else:
                draft.notes.append(f"{month_name(c.period.month)} means {c.period.period.label}")
                draft.confidence -= 0.05
    for i, c in enumerate(draft.cs):
        if c.filter is not None and not c.used:
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
