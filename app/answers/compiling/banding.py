"""Bands as a key to group by: each member's own figure, worked out apart, and the band that it lies in."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from app.answers.compiling.expressions import aggregation, column_of, identifier, literal, parsed
from app.answers.compiling.work import Work
from app.answers.first_and_last_dates import is_date
from app.answers.plan import BAND, Band, PlanError, Term

BANDED = "banded"
"""The name of what tells each member's figure, where rows are grouped by the band that it lies in."""
BEGINNING = "beginning"
"""The column that members are looked up by."""
PLACES_KEPT = 9


def band_of(figure: exp.Expr, bands: Sequence[Band]) -> exp.Expr:
    """The label of the band that a figure lies in, NULL where it lies in none."""
    case = exp.Case()
    for band in bands:
        case = case.when(exp.and_(*_bounds(figure, band)), exp.Literal.string(band.label))
    return case


def _bounds(figure: exp.Expr, band: Band) -> list[exp.Expr]:
    if band.low is not None and band.low == band.high:
        return [exp.EQ(this=figure.copy(), expression=literal(band.low))]
    found: list[exp.Expr] = []
    if band.low is not None:
        found.append((exp.GT if band.above else exp.GTE)(this=figure.copy(), expression=literal(band.low)))
    if band.high is not None:
        found.append((exp.LT if band.below else exp.LTE)(this=figure.copy(), expression=literal(band.high)))
    return found


def summary_of(term: Term, value: exp.Expr) -> exp.Expr | None:
    """The longest or shortest of a member's lines, where that is its figure: an order takes as long as the last one."""
    kinds = {"maximum": "max", "minimum": "min"}
    return aggregation(kinds[term.aggregate], value) if term.aggregate in kinds and term.over == "line" else None


def rounded(figure: exp.Expr) -> exp.Expr:
    """A mean or a ratio without what floating numbers add to it: a fifth is no more than a fifth."""
    return exp.Round(this=figure, decimals=exp.Literal.number(PLACES_KEPT))


def beginning(key: exp.Expr) -> exp.Expr:
    """The first letters of a key, few enough for an index of a table that is made for the query."""
    return parsed("cast({key} as char(60))", key=key)


def of_the_member(key: exp.Expr) -> exp.Expr:
    """That a row is of a member: by the beginning of its key, which is looked up, and then by the whole of it."""
    same = parsed("nullif({one}, {two}) is null", one=column_of("first_key", BANDED), two=key)
    return exp.and_(exp.EQ(this=column_of(BEGINNING, BANDED), expression=beginning(key)), same)


def in_a_band() -> exp.Expr:
    """That a row lies in some band."""
    return exp.Not(this=exp.Is(this=column_of(BAND.lstrip("@")), expression=exp.Null()))


def in_their_order(bands: Sequence[Band]) -> exp.Expr:
    """What puts rows into the order of their bands."""
    labels = [exp.Literal.string(band.label) for band in bands]
    return exp.Anonymous(this="field", expressions=[exp.column(identifier(BAND.lstrip("@"))), *labels])


def check_banding(work: Work) -> None:
    """Raise PlanError where bands are asked for that the plan does not tell, or that are no bands."""
    plan, banding = work.plan, work.plan.banding
    if (banding is None) != (BAND not in plan.dimensions):
        raise PlanError("bands are told without being shown, or shown without being told")
    if banding is None:
        return
    labels = [band.label for band in banding.bands]
    if not labels or len(labels) != len(set(labels)) or any(b.low is b.high is None for b in banding.bands):
        raise PlanError("each band needs a name of its own and a bound")
    if plan.split or plan.compare or plan.missing or plan.pairs or not plan.terms:
        raise PlanError("bands are of one stretch of time, and have figures")
    if banding.over != "line":
        work.layer.dimension(banding.over)
    if banding.term.filters or banding.term.cohorts or banding.term.share or banding.term.running:
        raise PlanError("a band is of a plain figure of each member")
    if is_date(work.layer, banding.term.metric):
        raise PlanError("bands are of numbers, not of days")
