"""The plan: what a question asks, in the words of the semantic layer. All producers fill it, one compiler reads it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

# Parts of a date that can be grouped or filtered by: the first five are periods in a row, the others recur.
GRAINS = ("day", "week", "month", "quarter", "year")
PARTS = ("weekday", "month_of_year", "quarter_of_year", "day_type", "week_of_year", "day_of_month")
FIRST_PARTS = ("first_year", "first_quarter", "first_month")
"""Parts of the date of a customer's first order ever, by which customers can be grouped, not rows filtered."""
BAND = "@band"
"""The dimension that a plan's `banding` makes."""
KEPT = ("values", "term", "low", "high")
"""Fields whose zero says something."""
AGGREGATES = ("average", "median", "maximum", "minimum", "deviation")
SAME, DIFFERS = "same", "differs"
"""Operators of a filter whose value is another dimension: what is unknown of either is neither."""
TOP, BOTTOM = "top", "bottom"
"""Operators of a cohort whose value is how many: the first so many by the figure."""
PERCENTILE = "percentile_"
"""An aggregate that has its number behind it: percentile_90 is the value below which nine tenths lie."""


@dataclass(frozen=True)
class Period:
    """Days from `start` to `end`, both included; `label` is how people call them."""

    start: dt.date
    end: dt.date
    label: str

    @property
    def whole_year(self) -> int | None:
        """The year that this is, None when it is none."""
        year = self.start.year
        whole = self.start == dt.date(year, 1, 1) and self.end == dt.date(year, 12, 31)
        return year if whole else None


@dataclass(frozen=True)
class Filter:
    """A condition on rows. `dimension` is a dimension's name, `@part` of the time, or `#metric` of a row.

    With `SAME` and `DIFFERS` the value is the name of another dimension, which it is compared with.
    """

    dimension: str
    operator: str
    values: tuple[str | float, ...]

    @property
    def other(self) -> str:
        """The dimension that it compares its own with, "" for values."""
        return str(self.values[0]) if self.operator in (SAME, DIFFERS) else ""

    @property
    def named(self) -> tuple[str, ...]:
        """The dimensions of the layer that it looks at."""
        return tuple(d for d in (self.dimension, self.other) if d and not d.startswith(("@", "#")))


QUARTER_OF_YEAR = ("@year", "@quarter_of_year")
"""The two conditions on rows that make one quarter."""


def quarter_told(filters: Sequence[Filter]) -> str:
    """ "Q1 2025", where conditions on rows are those of one quarter, else ""."""
    found = {f.dimension: f.values for f in filters if f.dimension in QUARTER_OF_YEAR and f.operator == "in"}
    if len(found) < len(QUARTER_OF_YEAR) or any(len(values) != 1 for values in found.values()):
        return ""
    year, quarter = (found[name][0] for name in QUARTER_OF_YEAR)
    return f"Q{quarter:g} {year:g}" if isinstance(quarter, int | float) and isinstance(year, int | float) else ""


@dataclass(frozen=True)
class Term:
    """One figure: a metric, or the count of a dimension's different values (`distinct`).

    `aggregate` `over` a dimension, `@grain` or "line" is the mean, median, … of the figure's values for each of these.
    `filters` and `cohorts` hold for this figure alone. `share` divides it by its total without them.
    `window` is the mean of so many periods in a row, each with those before it.
    """

    metric: str = ""
    distinct: str = ""
    aggregate: str = ""
    over: str = ""
    filters: tuple[Filter, ...] = ()
    cohorts: tuple[Cohort, ...] = ()
    share: bool = False
    running: bool = False
    rank: bool = False
    window: int = 0


@dataclass(frozen=True)
class Having:
    """A condition on a figure, by its place among the plan's terms; `growth` looks at its growth, `change` at how much
    it changed, `places` at how many ranks the group climbed.

    `against` compares with another figure, not with `values`: "overall" that of all groups together, "company" that
    without the plan's filters too, "mean" the mean of the groups' figures, or the place of another term; a value beside
    it is how far above (or, negative, below) that the figure has to lie, or, with `growth`, by which part of it.
    """

    term: int
    operator: str
    values: tuple[float, ...]
    growth: bool = False
    against: str = ""
    change: bool = False
    places: bool = False


@dataclass(frozen=True)
class Cohort:
    """Rows of those (or of none of those) customers, orders, … that fulfil a condition of their own.

    The condition is on a metric, or on the number of different values of the dimension `distinct`. With `TOP` and
    `BOTTOM` it is their place by the metric: the 50 with the highest sales in 2025.
    """

    dimension: str
    negated: bool = False
    metric: str = ""
    distinct: str = ""
    operator: str = ""
    values: tuple[float, ...] = ()
    filters: tuple[Filter, ...] = ()
    periods: tuple[Period, ...] = ()

    @property
    def ranked(self) -> bool:
        """Whether it is of the first so many."""
        return self.operator in (TOP, BOTTOM)


@dataclass(frozen=True)
class Band:
    """Numbers from `low` to `high`, None where they have no end, both included unless `above` or `below` is set.

    `label` is how people call them.
    """

    label: str
    low: float | None = None
    high: float | None = None
    above: bool = False
    below: bool = False


@dataclass(frozen=True)
class Banding:
    """The members of a dimension, or each "line", told apart by the band that a figure of theirs lies in."""

    over: str
    term: Term
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class Plan:
    """What is asked. Two and more `periods` with `split` are told apart, else taken together.

    `compare` adds the figures of `base`, or of the period before each ("previous", "year_ago"), with change and growth.
    `order` names dimensions or "0", "1", … (terms) or "growth"/"change", each with True for descending. `limit` holds
    within each group of `per`. `missing` lists members that have no row.
    `benchmark` shows the figure of all ("overall"), or of all of the business ("company"), beside each row's.
    `contrast` adds the "difference" or the "ratio" of the first two figures. `together` adds up the rows that `limit`
    leaves. `tally` counts the rows ("number", or for each of `per`), tells which "share" of all groups they are, or how
    many of them have each value of the first figure ("distribution"). `pick` shows some of the groups that were ranked.
    `pairs` names the one of the dimensions whose members are taken in twos: the figure counts the orders, or the
    customers, that have both.
    `pareto` adds the share of the first figure that each group has, alone and with those before it from the highest
    down; `reach` keeps the fewest that have this share together. Both hold within each group of `per`. `banding` tells
    what the dimension `@band` is. A term's `rank` beside `compare` and `base` is shown for both periods.
    """

    terms: tuple[Term, ...]
    dimensions: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    periods: tuple[Period, ...] = ()
    split: bool = False
    time: str = ""
    cohorts: tuple[Cohort, ...] = ()
    having: tuple[Having, ...] = ()
    compare: str = ""
    base: Period | None = None
    order: tuple[tuple[str, bool], ...] = ()
    limit: int | None = None
    offset: int = 0
    per: tuple[str, ...] = ()
    missing: bool = False
    contrast: str = ""
    together: bool = False
    tally: str = ""
    pick: tuple[Filter, ...] = ()
    benchmark: str = ""
    pairs: str = ""
    pareto: bool = False
    reach: float = 0.0
    banding: Banding | None = None
    notes: tuple[str, ...] = field(default=(), compare=False)

    def as_json(self) -> dict[str, Any]:
        """The plan as plain JSON values, without what is left at its default."""
        return _bare(asdict(self))


class PlanError(ValueError):
    """The plan asks for what the semantic layer does not have; the sentence says what."""


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _bare(v) for k, v in value.items() if v or k in KEPT}
    if isinstance(value, list | tuple):
        return [_bare(v) for v in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def plan_from_json(data: Mapping[str, Any]) -> Plan:
    """Read a plan back; raises PlanError when it has a word too much or a value of another type."""
    try:
        return Plan(
            terms=tuple(_term(t) for t in data.get("terms", ())),
            dimensions=tuple(map(str, data.get("dimensions", ()))),
            filters=tuple(_filter(f) for f in data.get("filters", ())),
            periods=tuple(_period(p) for p in data.get("periods", ())),
            split=bool(data.get("split", False)),
            time=str(data.get("time", "")),
            cohorts=tuple(_cohort(c) for c in data.get("cohorts", ())),
            having=tuple(
                Having(
                    int(h.get("term", 0)),
                    h["operator"],
                    tuple(map(float, h["values"])),
                    bool(h.get("growth")),
                    str(h.get("against", "")),
                    bool(h.get("change")),
                    bool(h.get("places")),
                )
                for h in data.get("having", ())
            ),
            compare=str(data.get("compare", "")),
            base=_period(data["base"]) if data.get("base") else None,
            order=tuple((str(k), bool(d)) for k, d in data.get("order", ())),
            limit=int(data["limit"]) if data.get("limit") else None,
            offset=int(data.get("offset", 0)),
            per=tuple(map(str, data.get("per", ()))),
            missing=bool(data.get("missing", False)),
            contrast=str(data.get("contrast", "")),
            together=bool(data.get("together", False)),
            tally=str(data.get("tally", "")),
            pick=tuple(_filter(f) for f in data.get("pick", ())),
            benchmark=str(data.get("benchmark", "")),
            pairs=str(data.get("pairs", "")),
            pareto=bool(data.get("pareto", False)),
            reach=float(data.get("reach", 0.0)),
            banding=_banding(data["banding"]) if data.get("banding") else None,
            notes=tuple(map(str, data.get("notes", ()))),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PlanError(f"this is no plan: {error}") from error


def _term(data: Mapping[str, Any] | str) -> Term:
    if isinstance(data, str):
        return Term(metric=data)
    rest = {k: v for k, v in data.items() if k not in ("filters", "cohorts")}
    filters, cohorts = data.get("filters", ()), data.get("cohorts", ())
    return Term(**rest, filters=tuple(map(_filter, filters)), cohorts=tuple(map(_cohort, cohorts)))


def _filter(data: Mapping[str, Any]) -> Filter:
    return Filter(str(data["dimension"]), str(data.get("operator", "in")), tuple(data["values"]))


def _period(data: Mapping[str, Any]) -> Period:
    start, end = (d if isinstance(d, dt.date) else dt.date.fromisoformat(str(d)) for d in (data["start"], data["end"]))
    return Period(start, end, str(data.get("label", f"{start} to {end}")))


def _banding(data: Mapping[str, Any]) -> Banding:
    return Banding(str(data["over"]), _term(data["term"]), tuple(map(_band, data["bands"])))


def _band(data: Mapping[str, Any]) -> Band:
    low, high = (None if data.get(end) is None else float(data[end]) for end in ("low", "high"))
    return Band(str(data["label"]), low, high, bool(data.get("above")), bool(data.get("below")))


def _cohort(data: Mapping[str, Any]) -> Cohort:
    rest = {k: v for k, v in data.items() if k not in ("filters", "periods", "values")}
    return Cohort(
        **rest,
        values=tuple(map(float, data.get("values", ()))),
        filters=tuple(_filter(f) for f in data.get("filters", ())),
        periods=tuple(_period(p) for p in data.get("periods", ())),
    )
