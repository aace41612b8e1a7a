"""Conditions that each compare two figures, or a figure with a number, as one plan.

A side is a figure with what it is of: its filters and its period. Where all of the conditions go from one period to
another the plan compares these two; else each side is a figure of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.answers.dates.calendar import quarter_of
from app.answers.plan import Cohort, Filter, Having, Period, Plan, Term
from app.answers.planning.outcome import UnclearError

MOST_FIGURES = 8
"""Four quarters, each beside that of the year before; more figures in a row are no answer to be read."""


@dataclass(frozen=True)
class Side:
    """A figure with the filters and the period that it is of."""

    term: Term
    filters: tuple[Filter, ...] = ()
    period: Period | None = None


@dataclass(frozen=True)
class Condition:
    """That a figure is above or below another, or a number.

    `growth` looks at the growth from the other one to it; else a value is how far from the other it has to lie. Beside
    another figure without a value, and with `moved`, it is the same figure of an earlier period.
    """

    left: Side
    operator: str
    right: Side | None = None
    value: float | None = None
    growth: bool = False
    moved: bool = False


def plan_of_conditions(base: Plan, conditions: Sequence[Condition]) -> Plan:
    """The plan of the groups of `base` for which the conditions hold.

    Raises UnclearError where no plan can say all of them.
    """
    sides = [s for c in conditions for s in (c.left, c.right) if s is not None]
    common = tuple(f for f in sides[0].filters if all(f in s.filters for s in sides))
    bare = replace(base, filters=common, periods=(), base=None, compare="", order=())
    plan = _of_two_periods(bare, conditions, common) or _of_one_period(bare, conditions, common)
    if plan is None:
        plan = _of_own_periods(bare, conditions, common)
    return plan


def _own(side: Side, common: tuple[Filter, ...], period: bool) -> Term:
    """The side as a figure of its own, with what it does not share with all others as its conditions."""
    own = tuple(f for f in side.filters if f not in common)
    if side.term.share and (own or (period and side.period is not None)):
        raise UnclearError("shares of different wholes: one at a time, please")
    times = filters_of(side.period) if period and side.period is not None else ()
    return replace(side.term, filters=(*side.term.filters, *own, *times))


def _of_two_periods(base: Plan, conditions: Sequence[Condition], common: tuple[Filter, ...]) -> Plan | None:
    """All figures in a period and in an earlier one, with their change; None where the conditions say more."""
    moves = [c for c in conditions if c.moved and c.right is not None]
    pairs = {(c.left.period, c.right.period) for c in moves if c.right is not None}
    if len(pairs) != 1:
        return None
    late, early = pairs.pop()
    held = [c for c in conditions if not c.moved]
    if late is None or early is None or any(c.right is not None or c.left.period not in (late, None) for c in held):
        return None
    terms: list[Term] = []
    having: list[Having] = []
    for c in conditions:
        term = _own(c.left, common, period=False)
        if term not in terms:
            terms.append(term)
        place = terms.index(term)
        if c.moved:
            growth = c.growth or c.value is None
            having.append(Having(place, c.operator, (c.value or 0.0,), growth=growth, change=not growth))
        else:
            having.append(Having(place, c.operator, (c.value or 0.0,)))
    return replace(
        base, terms=tuple(terms), periods=(late,), base=early, compare="previous", having=(*base.having, *having)
    )


def _of_one_period(base: Plan, conditions: Sequence[Condition], common: tuple[Filter, ...]) -> Plan | None:
    """Figures of different rows in one period, or over all time."""
    sides = [s for c in conditions for s in (c.left, c.right) if s is not None]
    periods = {s.period for s in sides}
    if len(periods) > 1:
        return None
    terms, having = _beside_each_other(conditions, common, period=False)
    told = tuple(p for p in periods if p is not None)
    return replace(base, terms=terms, periods=told, having=(*base.having, *having))


def _of_own_periods(base: Plan, conditions: Sequence[Condition], common: tuple[Filter, ...]) -> Plan:
    """Each figure of its own period, of those that have rows in each of the years: what is not there did not rise."""
    terms, having = _beside_each_other(conditions, common, period=True)
    sides = [s for c in conditions for s in (c.left, c.right) if s is not None]
    if any(s.period is None for s in sides):
        raise UnclearError("which of these figures is of which period?")
    moved = dict.fromkeys(s.period for c in conditions if c.moved for s in (c.left, c.right) if s is not None)
    years = sorted({p for p in moved if p is not None and p.whole_year is not None}, key=lambda p: p.start)
    filters = tuple(f for f in common if f.dimension not in base.dimensions)
    there = tuple(Cohort(base.dimensions[0], filters=filters, periods=(p,)) for p in years)
    return replace(base, terms=terms, having=(*base.having, *having), cohorts=(*base.cohorts, *there))


def _beside_each_other(
    conditions: Sequence[Condition], common: tuple[Filter, ...], *, period: bool
) -> tuple[tuple[Term, ...], tuple[Having, ...]]:
    told = [s for c in conditions for s in (c.left, c.right) if s is not None]
    sides = told
    if any(c.moved for c in conditions):  # one figure after the other, each in the order of its periods
        sides = sorted(
            told, key=lambda s: (_first_of(s, told), s.period.start if s.period is not None else dt.date.min)
        )
    terms = tuple(dict.fromkeys(_own(s, common, period) for s in sides))
    if len(terms) > MOST_FIGURES:
        raise UnclearError("so many figures beside each other: fewer at a time, please")
    having: list[Having] = []
    for c in conditions:
        place = terms.index(_own(c.left, common, period))
        if c.right is None:
            having.append(Having(place, c.operator, (c.value or 0.0,)))
            continue
        other = str(terms.index(_own(c.right, common, period)))
        values = (c.value,) if c.value is not None else ()
        having.append(Having(place, c.operator, values, growth=c.growth and bool(values), against=other))
    return terms, tuple(having)


def _first_of(side: Side, sides: Sequence[Side]) -> int:
    """The place of the first side with the same figure."""
    return next(i for i, s in enumerate(sides) if s.term == side.term and s.filters == side.filters)


def filters_of(period: Period) -> tuple[Filter, ...]:
    """A period as a condition on rows."""
    year = period.whole_year
    if year is not None:
        return (Filter("@year", "in", (year,)),)
    quarter = (period.start.month - 1) // 3 + 1
    if (period.start, period.end) == (
        quarter_of(period.start.year, quarter).start,
        quarter_of(period.start.year, quarter).end,
    ):
        return (Filter("@year", "in", (period.start.year,)), Filter("@quarter_of_year", "in", (quarter,)))
    return (Filter("@day", "between", (period.start.isoformat(), period.end.isoformat())),)
