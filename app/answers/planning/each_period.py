"""What holds in each of several periods: lost money in both 2024 and 2025, ordered in every quarter of 2025."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from app.answers.dates.calendar import shifted, unit_of
from app.answers.lexicon import Meaning
from app.answers.plan import GRAINS, Cohort, Period
from app.answers.planning.draft import Draft
from app.answers.planning.negations import subject_entity
from app.answers.planning.outcome import UnclearError
from app.answers.reading import NOTHING, Chunk

EVERY = frozenset(
    ("both", "in both", "each", "each of", "in each", "in each of", "every", "in every", "all", "in all", "all of",
     "every single", "in every single", "of all", "over all")
)  # fmt: skip
MOST = 10
NONE = re.compile(r"\b(?:none|nothing|no\s+(?:sales|orders?|purchases?))\b", re.I)
"""Words that say of the other period that there is nothing at all, not that it lies below the bound."""


def read_every_period(draft: Draft) -> None:
    """ "In all four quarters of 2025", "in each of the last three years": of a list or a count."""
    for i, c in enumerate(draft.cs):
        if c.text.lower() not in EVERY or c.used:
            continue
        number, grain = _unit_after(draft, i)
        if number is None and c.text.lower() in ("every", "in every") and any(o.is_("count") for o in draft.cs):
            continue  # told apart, or in all of them?
        if number is None and grain is not None and c.text.lower() == "in each" and _counts_members(draft, i):
            raise UnclearError(f"by {grain.text}, or those who did so in every {grain.text}?")
        if grain is None and number is None:
            _read_each_of_several(draft, i)
        if grain is None or not _is_of_members(draft, i):
            continue
        subject = subject_entity(draft, i)
        if number is None and subject is not None and subject.identifies == "order" and "all" not in c.text.lower():
            continue  # an order lies in one period: "how many orders in each quarter"
        period = _only_period(draft)
        unit = grain.grain.removeprefix("@")
        if period is None or unit not in GRAINS or unit == "day":
            continue
        parts = _parts(draft, period, unit)
        if number is not None and number.number != len(parts):
            raise UnclearError(f"{number.text} {grain.text}: {period.label} has {len(parts)}")
        for o in (c, grain, *([number] if number is not None else [])):
            o.used, o.number, o.grammar, o.word = True, None, (Meaning("stop"),), NOTHING
        c.text = "in"
        draft.each = parts
        draft.each_unit = unit
        return
    told = any(c.text.lower() in ("both", "in both", "each of", "in each of", "in each") for c in draft.cs)
    draft.both = told and sum(1 for c in draft.cs if c.period is not None and c.period.kind != "context") > 1
    for i, c in enumerate(draft.cs):
        after = draft.chunk(draft.next(i, "stop", "prep"))
        if (
            draft.both
            and c.text.lower() in ("in each", "each of", "each", "in each of")
            and after is not None
            and after.period
        ):
            c.used = True


def _read_each_of_several(draft: Draft, i: int) -> None:
    """ "in each of the last three years": the parts of the one period."""
    after = draft.chunk(draft.next(i, "stop", "prep"))
    if (
        after is None
        or after.period is None
        or draft.cs[i].text.lower().startswith(("all", "in all", "over", "of all"))
    ):
        return
    unit = next((u for u in GRAINS[1:] if u + "s" in after.text.lower().split()), "")
    if unit and _is_of_members(draft, i):
        draft.each, draft.each_unit = _parts(draft, after.period.period, unit), unit
        draft.cs[i].used = True


def _counts_members(draft: Draft, i: int) -> bool:
    """ "How many customers ordered in each month of 2025": told apart, or those of all months?"""
    subject = subject_entity(draft, i)
    members = subject is not None and subject.identifies not in ("order", "return") and _is_of_members(draft, i)
    return members and any(o.is_("count") for o in draft.cs[:i])


def _unit_after(draft: Draft, i: int) -> tuple[Chunk | None, Chunk | None]:
    """The number and the unit of time that follow a word of all: "all four quarters"."""
    number = None
    for j in range(i + 1, min(i + 6, len(draft.cs))):
        c = draft.cs[j]
        if c.number is not None and number is None and not c.unit:
            number = c
            continue
        if c.grain:
            return number, c
        if c.period is not None or c.content or not (c.is_("stop", "prep", "by") or c.text.lower() in ("single", "of")):
            break
    return None, None


def _only_period(draft: Draft) -> Period | None:
    found = [c.period.period for c in draft.cs if c.period is not None and c.period.kind != "context"]
    return found[0] if len(found) == 1 else None


def _parts(draft: Draft, period: Period, unit: str) -> list[Period]:
    """The whole units of a period, as far as the data goes."""
    found = [unit_of(period.start, unit)]
    last = min(period.end, draft.around.newest)
    while found[-1].end < last and len(found) <= 60:
        found.append(shifted(found[-1], unit, 1))
    return found


def _is_of_members(draft: Draft, i: int) -> bool:
    """Whether somebody or something is asked for of which it should hold in all: "customers who ordered in every …"."""
    subject = next((c for c in draft.cs[:i] if c.dimension or (c.metric and draft.entity(c))), None)
    told = any(c.is_("rel", "count", "q", "neg") or c.text.lower().startswith("number of") for c in draft.cs[:i])
    figure = any(c.metric and not draft.entity(c) for c in draft.cs[: draft.cs.index(subject)]) if subject else False
    return subject is not None and told and not figure


def meet_each_period(draft: Draft) -> None:
    """Turn what should hold in each period into a condition on the members for each."""
    if draft.both and not draft.each:
        draft.each = [] if draft.compare or draft.growth else list(draft.periods)
    if draft.not_in and not draft.each:
        draft.each = list(draft.periods)
    if not draft.each:
        return
    subject = draft.listing if draft.listing and not draft.listing.startswith("@") else ""
    if not subject and (entity := subject_entity(draft, len(draft.cs))) is not None:
        subject = entity.name
    if not subject:
        subject = next((t.distinct for t in draft.terms if t.distinct), "")
    counts = all(t.distinct or (t.metric and draft.metric(t.metric).format == "count") for t in draft.terms)
    if subject and draft.share and counts and not (draft.ranks or draft.compare or draft.growth or draft.having):
        _take_as_part(draft, subject)
        return
    if not subject or draft.ranks or draft.compare or draft.growth or draft.share:
        if draft.both and not draft.having:
            return
        raise UnclearError("in each of these periods: who or what?")
    filters, periods = tuple(draft.filters), tuple(draft.each)
    if draft.time or any("returned" in f.values for f in filters):
        raise UnclearError("in each of these periods: by the date of the order, or of the return?")
    unit = draft.each_unit
    made = list(draft.cohorts)
    if draft.having:
        if len(periods) > MOST:
            raise UnclearError(f"a condition in each of {len(periods)} periods is too much: at most {MOST}, please")
        for h in draft.having:
            term = draft.terms[h.term]
            if h.growth or term.share or term.aggregate or term.cohorts:
                raise UnclearError("that condition in each of several periods: one period at a time, please")
            draft.cohorts += [
                Cohort(
                    subject, False, term.metric, term.distinct, h.operator, h.values, (*filters, *term.filters), (p,)
                )
                for p in periods
            ]
            bare: dict[str, Any] = {"operator": "", "values": (), "metric": "", "distinct": ""}
            none = bare if NONE.search(draft.question) else {}
            draft.cohorts += [replace(draft.cohorts[-1], negated=True, periods=(p,), **none) for p in draft.not_in]
        draft.having, draft.terms = [], []
        draft.listing = subject
    elif any(c.operator for c in made):
        draft.cohorts = [replace(c, periods=(p,)) for c in made for p in periods]
        draft.cohorts += [replace(c, negated=True, periods=(p,)) for c in made for p in draft.not_in]
    elif draft.not_in:
        raise UnclearError("what should not be so in the other period?")
    elif not counts:
        return
    elif others := [t.metric for t in draft.terms if t.metric and _is_of_others(draft, t.metric, subject)]:
        if len(periods) > MOST:
            raise UnclearError(f"a condition in each of {len(periods)} periods is too much: at most {MOST}, please")
        draft.cohorts += [Cohort(subject, False, m, "", ">", (0.0,), filters, (p,)) for m in others for p in periods]
        draft.terms = [t for t in draft.terms if t.metric not in others]
        draft.listing = draft.listing or subject
    elif unit:
        span = Period(periods[0].start, periods[-1].end, f"{periods[0].label} to {periods[-1].label}")
        draft.cohorts.append(
            Cohort(
                subject,
                distinct=f"@{unit}",
                operator="=",
                values=(float(len(periods)),),
                filters=filters,
                periods=(span,),
            )
        )
    else:
        draft.cohorts += [Cohort(subject, filters=filters, periods=(p,)) for p in periods]
    draft.periods, draft.split = [], False


def _take_as_part(draft: Draft, subject: str) -> None:
    """ "What share of customers ordered in both 2024 and 2025": those of all of the periods are the part of all."""
    if (
        len(draft.terms) != 1
        or len(draft.each) > MOST
        or draft.part
        or draft.part_cohorts
        or draft.cohorts
        or draft.time
    ):
        raise UnclearError("a share of those in each of these periods: in which whole?")
    part = tuple(Cohort(subject, periods=(p,)) for p in draft.each)
    draft.terms = [replace(draft.terms[0], share=True, cohorts=part)]
    draft.periods, draft.split = [], False


def _is_of_others(draft: Draft, name: str, subject: str) -> bool:
    """Whether a count is of something that the members have: returns of customers, not the customers themselves."""
    about = draft.metric(name).meta.get("about")
    return bool(about) and about not in (draft.layer.dimensions[subject].identifies, "order")
