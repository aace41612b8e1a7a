"""The parts of a plan that a person may change by picking: for each part, the plans that its alternatives make.

Nothing is read from words here. What is offered is what the semantic layer has, can join, and lets the role see.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

from app.answers import wording
from app.answers.belonging import is_told_of
from app.answers.dates.calendar import previous, shifted, unit_of, whole, year_ago
from app.answers.first_and_last_dates import is_date, shows_dates
from app.answers.layer import Dimension, Layer
from app.answers.order_gaps import GAPS, goes_by_date, is_of_all_orders
from app.answers.pairs import met_in
from app.answers.plan import AGGREGATES, BAND, DIFFERS, GRAINS, SAME, Cohort, Filter, Having, Period, Plan, Term
from app.answers.planner import Surroundings

T = TypeVar("T")
LIMITS = (1, 3, 5, 10, 20, 50)
MORE_OR_LESS = (">", "<")
GROWTH = ("growth", "change", "before", "places")
CONTRASTS = ("difference", "ratio")
DAY_TYPES = ("weekday", "weekend")
MONTHS_BACK, QUARTERS_BACK = 3, 4


@dataclass(frozen=True)
class Choice:
    """An alternative: how it is called, and the plan that it makes."""

    label: str
    plan: Plan


@dataclass(frozen=True)
class Part:
    """A part of what was understood. `removed` is the plan without it, None where it cannot be left out.

    `number` is its threshold, which `renumbered` puts another in place of.
    """

    kind: str
    words: str
    choices: tuple[Choice, ...] = ()
    removed: Plan | None = None
    number: float | None = None
    renumbered: Callable[[float], Plan] | None = None


@dataclass(frozen=True)
class Offer:
    """What may be offered: the layer and the days of the data, the role's `metrics`, and the values it may name."""

    around: Surroundings
    metrics: tuple[str, ...]
    values: Mapping[str, Sequence[str]]

    @property
    def layer(self) -> Layer:
        """The semantic layer."""
        return self.around.layer

    def parts(self, plan: Plan) -> tuple[Part, ...]:
        """The parts of a plan, in the order in which they are read."""
        plan = replace(plan, notes=())
        return (
            *self._figures(plan),
            *self._dimensions(plan),
            *self._filters(plan),
            *self._cohorts(plan),
            *self._thresholds(plan),
            *self._periods(plan),
            *self._shares_and_ranks(plan),
            *self._contrast(plan),
            *self._together(plan),
            *self._comparison(plan),
            *self._limit(plan),
            *self._time(plan),
        )

    def additions(self, plan: Plan) -> tuple[Choice, ...]:
        """What can be added: a dimension to break the figures down by, a comparison, the highest few."""
        plan = replace(plan, notes=())
        found = [Choice(f"by {self._key(key)}", _with_dimension(plan, key)) for key in self._keys_for(plan)]
        alone = plan.pairs or shows_dates(self.layer, plan)
        whole = plan.reach or plan.pareto or plan.banding is not None
        compared = plan.compare or plan.split or whole or alone
        if plan.terms and not compared:
            found += self._comparisons(plan)
        if plan.terms and plan.dimensions and not plan.limit and not whole:
            found.append(Choice("only the highest 10", replace(plan, order=(("0", True),), limit=10)))
        return tuple(found)

    def _figures(self, plan: Plan) -> Iterator[Part]:
        for place, term in enumerate(plan.terms):
            put = partial(_with_terms_alike if plan.contrast else _with_term, plan, place)
            choices = [Choice(self._term(other), put(other)) for other in self._other_terms(plan, term)]
            removed = _without_term(plan, place) if len(plan.terms) > 1 else None
            shown = term if term.cohorts else replace(term, filters=())  # these have parts of their own
            yield Part("figure", self._term(shown), tuple(choices), removed)
            for number, condition in enumerate(term.filters):
                yield self._condition(condition, partial(_with_term_filter, plan, place, number), None)

    def _other_terms(self, plan: Plan, term: Term) -> Iterator[Term]:
        if term.aggregate:
            yield from (replace(term, aggregate=kind) for kind in AGGREGATES if kind != term.aggregate)
        bare = replace(term, distinct="", aggregate="", over="")
        for name in self.metrics:
            reckoned = (term.share or term.running or term.window) and is_date(self.layer, name)
            fits = self._fits(name, plan, term.filters) and self._is_reached(name, plan)
            if name != term.metric and not reckoned and fits:
                yield replace(bare, metric=name, running=term.running and self._adds_up(name))
        if (term.aggregate or term.distinct) and term.metric in self.metrics:
            yield bare

    def _fits(self, name: str, plan: Plan, filters: Sequence[Filter]) -> bool:
        """Whether a metric can be asked for with the plan's dimensions and conditions."""
        if name in GAPS and goes_by_date(plan):
            return False
        reckoned = plan.compare or plan.contrast or plan.having or plan.together or plan.benchmark
        if (reckoned or "@day" in plan.dimensions) and is_date(self.layer, name):
            return False
        metric = self.layer.metric(name)
        if plan.pairs and met_in(self.layer, metric) is None:
            return False
        conditions = (*plan.filters, *filters)
        needed = [*plan.dimensions, *(d for f in conditions for d in f.named), *filter(None, [plan.time])]
        of_rows = [f.dimension[1:] for f in conditions if f.dimension.startswith("#")]
        return all(self.layer.reachable(metric, key) for key in needed if not key.startswith(("@", "#"))) and all(
            self.layer.base_of(self.layer.metric(other)) is self.layer.base_of(metric) for other in of_rows
        )

    def _is_reached(self, name: str, plan: Plan) -> bool:
        """Whether shares of a metric can be added up, where the plan does so."""
        return self._adds_up(name) or not (plan.reach or plan.pareto)

    def _is_placed(self, key: str, plan: Plan) -> bool:
        """Whether the groups of a dimension have a place among the others, where the plan looks at that."""
        ranked = plan.base is not None and any(term.rank for term in plan.terms)
        if not (plan.reach or plan.pareto or ranked):
            return True
        if key.startswith("@"):
            return not ranked
        metric = plan.terms[0].metric
        adds_up = ranked or self._adds_up(metric) or is_told_of(self.layer, "order", key)
        return adds_up and not self.layer.dimension(key).fold_below

    def _adds_up(self, name: str) -> bool:
        metric = self.layer.metric(name)
        return metric.kind == "simple" and self.layer.leaves(metric)[0].aggregation == "sum"

    def _dimensions(self, plan: Plan) -> Iterator[Part]:
        others = self._keys_for(plan)
        for key in plan.dimensions:
            fit = [other for other in others if key != plan.pairs or not other.startswith("@")]
            choices = tuple(Choice(self._key(other), _with_key(plan, key, other)) for other in fit)
            alone = not plan.terms and len(plan.dimensions) == 1
            words = wording.group_words(self.layer, plan, key) if plan.terms else f"list of {self._key(key)}"
            yield Part("dimension", f"by {words}" if plan.terms else words, choices, _without_key(plan, key, alone))

    def _keys_for(self, plan: Plan) -> list[str]:
        """The dimensions that the plan can be grouped by besides those that it has."""
        timed = any(key.startswith("@") and key[1:] in GRAINS for key in plan.dimensions)
        grains = [f"@{grain}" for grain in reversed(GRAINS) if plan.terms and f"@{grain}" not in plan.dimensions]
        metrics = [self.layer.metric(term.metric) for term in plan.terms if term.metric]
        plain = [
            name
            for name, dimension in self.layer.dimensions.items()
            if name not in plan.dimensions
            and self._is_offered(dimension)
            and all(self.layer.reachable(metric, name) for metric in metrics)
        ]
        datable = metrics and not timed and not (is_of_all_orders(plan) or shows_dates(self.layer, plan))
        found = (grains if datable else []) + (plain if metrics or plan.dimensions else [])
        return [key for key in found if self._is_placed(key, plan)]

    def _is_offered(self, dimension: Dimension) -> bool:
        return dimension.kind == "categorical" and not dimension.names and dimension.pii in {"none"} | self.around.clear

    def _filters(self, plan: Plan) -> Iterator[Part]:
        for place, condition in enumerate(plan.filters):
            removed = replace(plan, filters=_without(plan.filters, place))
            yield self._condition(condition, partial(_with_filter, plan, place), removed)

    def _condition(self, condition: Filter, put: Callable[[Filter], Plan], removed: Plan | None) -> Part:
        others = [Choice(self._filter(other), put(other)) for other in self._other_conditions(condition)]
        numbers = [v for v in condition.values if condition.dimension.startswith("#") and not isinstance(v, str)]
        number = float(numbers[0]) if len(numbers) == 1 else None
        renumbered = None if number is None else partial(_renumbered, put, condition)
        return Part("filter", self._filter(condition), tuple(others), removed, number, renumbered)

    def _other_conditions(self, condition: Filter) -> Iterator[Filter]:
        if condition.other:
            yield replace(condition, operator=DIFFERS if condition.operator == SAME else SAME)
        if condition.operator in ("in", "not_in"):
            turned = "in" if condition.operator == "not_in" else "not_in"
            known = DAY_TYPES if condition.dimension == "@day_type" else self.values.get(condition.dimension, ())
            yield from (replace(condition, values=(value,)) for value in known if condition.values != (value,))
            if not condition.dimension.startswith(("@", "#")):
                yield replace(condition, operator=turned)
        if condition.dimension.startswith("#") and condition.operator in MORE_OR_LESS:
            yield replace(condition, operator=_turned(condition.operator))

    def _cohorts(self, plan: Plan) -> Iterator[Part]:
        for place, cohort in enumerate(plan.cohorts):
            put = partial(_with_cohort, plan, place)
            turned = replace(cohort, negated=not cohort.negated)
            others = [Choice(wording.cohort_words(self.layer, turned), put(turned))]
            number = cohort.values[0] if len(cohort.values) == 1 else None
            yield Part(
                "cohort",
                wording.cohort_words(self.layer, cohort),
                tuple(others),
                replace(plan, cohorts=_without(plan.cohorts, place), missing=False),
                number,
                None if number is None else partial(_renumbered, put, cohort),
            )

    def _thresholds(self, plan: Plan) -> Iterator[Part]:
        for place, having in enumerate(plan.having):
            put = partial(_with_having, plan, place)
            others = []
            if having.operator in MORE_OR_LESS:
                turned = replace(having, operator=_turned(having.operator))
                others.append(Choice(wording.having_words(self.layer, plan, turned), put(turned)))
            number = having.values[0] if len(having.values) == 1 else None
            yield Part(
                "having",
                wording.having_words(self.layer, plan, having),
                tuple(others),
                replace(plan, having=_without(plan.having, place)),
                number,
                None if number is None else partial(_renumbered, put, having),
            )

    def _periods(self, plan: Plan) -> Iterator[Part]:
        if is_of_all_orders(plan):
            return
        if not plan.periods:
            choices = [Choice(period.label, replace(plan, periods=(period,))) for period in self.known_periods()]
            yield Part("period", "all time", tuple(choices))
        for place, period in enumerate(plan.periods):
            others = [other for other in self.known_periods() if (other.start, other.end) != (period.start, period.end)]
            choices = [Choice(other.label, _with_period(plan, place, other)) for other in others]
            yield Part("period", period.label, tuple(choices), _without_period(plan, place))

    def known_periods(self) -> list[Period]:
        """The periods to pick from: each year of the data, the last quarters and months, and the last days."""
        newest, oldest = self.around.newest, self.around.oldest
        years = [whole(year) for year in range(newest.year, oldest.year - 1, -1)]
        quarters = [shifted(unit_of(newest, "quarter"), "quarter", -back) for back in range(QUARTERS_BACK)]
        months = [shifted(unit_of(newest, "month"), "month", -back) for back in range(MONTHS_BACK)]
        days = [_last_days(newest, count) for count in (30, 90, 365)]
        return [*years, *quarters, *months, *days]

    def _shares_and_ranks(self, plan: Plan) -> Iterator[Part]:
        told = dict(wording.parts(self.layer, plan))
        if plan.banding is not None:
            yield Part("bands", told["bands"])
        if plan.reach:
            every = replace(plan, reach=0.0, tally="", per=(), pareto=not plan.per)
            yield Part("reach", told["reach"], (Choice("all of them", every),), every)
        elif plan.pareto:
            yield Part("pareto", told["pareto"], (), replace(plan, pareto=False))
        if "ranks" in told:
            plain = replace(plan, terms=tuple(replace(term, rank=False) for term in plan.terms))
            yield Part("ranks", told["ranks"], (), _without_places(plain))

    def _contrast(self, plan: Plan) -> Iterator[Part]:
        if plan.contrast:
            other = CONTRASTS[1 - CONTRASTS.index(plan.contrast)]
            choices = (Choice(f"their {other}", replace(plan, contrast=other)),)
            yield Part("contrast", f"their {plan.contrast}", choices, replace(plan, contrast=""))

    def _together(self, plan: Plan) -> Iterator[Part]:
        if plan.together:
            each = replace(plan, together=False)
            yield Part("together", "added up", (Choice("each by itself", each),), each)
        if plan.tally:
            listed = replace(plan, tally="", per=())
            yield Part("tally", wording.tally_words(self.layer, plan), (Choice("each of them", listed),), listed)
        if plan.pick:
            names = " and ".join(str(v) for f in plan.pick for v in f.values)
            yield Part("pick", f"only {names} of them", (), replace(plan, pick=()))

    def _comparison(self, plan: Plan) -> Iterator[Part]:
        if plan.compare and plan.base is not None:
            others = self._comparisons(plan)
            removed = _without_growth(replace(plan, compare="", base=None))
            yield Part("compare", f"against {plan.base.label}", tuple(others), removed)
        elif plan.compare:
            words = {"previous": "each against the one before", "year_ago": "each against the year before"}
            other = "previous" if plan.compare == "year_ago" else "year_ago"
            others = [Choice(words[other], replace(plan, compare=other))]
            yield Part("compare", words[plan.compare], tuple(others), _without_growth(replace(plan, compare="")))

    def _comparisons(self, plan: Plan) -> list[Choice]:
        if any(key.startswith("@") and key[1:] in GRAINS for key in plan.dimensions):
            return [
                Choice("each against the one before", replace(plan, compare="previous")),
                Choice("each against the year before", replace(plan, compare="year_ago")),
            ]
        if len(plan.periods) != 1:
            return []
        bases = {base.label: base for base in (previous(plan.periods[0]), year_ago(plan.periods[0]))}
        return [
            Choice(f"against {label}", replace(plan, compare="previous", base=base))
            for label, base in bases.items()
            if plan.base is None or plan.base.label != label
        ]

    def _limit(self, plan: Plan) -> Iterator[Part]:
        if plan.limit:
            words = dict(wording.parts(self.layer, plan))["limit"]
            order = plan.order[0] if plan.order else ("0", True)
            choices = [
                Choice(
                    f"the {'highest' if descending else 'lowest'} {limit}",
                    replace(plan, limit=limit, offset=0, order=((order[0], descending), *plan.order[1:])),
                )
                for descending in (True, False)
                for limit in LIMITS
                if (limit, descending, 0) != (plan.limit, order[1], plan.offset)
            ]
            yield Part("limit", words, tuple(choices), replace(plan, limit=None, offset=0, per=(), together=False))

    def _time(self, plan: Plan) -> Iterator[Part]:
        if plan.time:
            yield Part("time", f"by {self.layer.dimension(plan.time).label.lower()}", (), replace(plan, time=""))

    def _key(self, key: str) -> str:
        return wording.key_words(self.layer, key)

    def _term(self, term: Term) -> str:
        return wording.term_words(self.layer, term)

    def _filter(self, condition: Filter) -> str:
        return wording.filter_words(self.layer, condition)


def _renumbered(put: Callable[[Any], Plan], condition: Any, number: float) -> Plan:
    """The plan that a condition makes with another number."""
    return put(replace(condition, values=(number,)))


def _with_term(plan: Plan, place: int, term: Term) -> Plan:
    return replace(plan, terms=_put(plan.terms, place, term))


def _with_terms_alike(plan: Plan, place: int, term: Term) -> Plan:
    """The plan with another metric in all figures that have the one at this place, so that they can be contrasted."""
    old = plan.terms[place].metric
    terms = tuple(replace(one, metric=term.metric) if one.metric == old else one for one in plan.terms)
    return _with_term(replace(plan, terms=terms), place, term)


def _with_term_filter(plan: Plan, place: int, number: int, condition: Filter) -> Plan:
    term = plan.terms[place]
    return _with_term(plan, place, replace(term, filters=_put(term.filters, number, condition)))


def _with_filter(plan: Plan, place: int, condition: Filter) -> Plan:
    return replace(plan, filters=_put(plan.filters, place, condition))


def _with_cohort(plan: Plan, place: int, cohort: Cohort) -> Plan:
    return replace(plan, cohorts=_put(plan.cohorts, place, cohort))


def _with_having(plan: Plan, place: int, having: Having) -> Plan:
    return replace(plan, having=_put(plan.having, place, having))


def _without_term(plan: Plan, place: int) -> Plan:
    """The plan without a figure; conditions on it go with it, and those on later figures follow them."""
    having = tuple(
        replace(one, term=one.term - (one.term > place), against=_moved(one.against, place))
        for one in plan.having
        if place not in (one.term, int(one.against) if one.against.isdigit() else -1)
    )
    order = tuple(
        (str(int(key) - (int(key) > place)) if key.isdigit() else key, descending)
        for key, descending in plan.order
        if key != str(place)
    )
    return replace(plan, terms=_without(plan.terms, place), having=having, order=order or _by_first(plan), contrast="")


def _moved(against: str, place: int) -> str:
    return str(int(against) - (int(against) > place)) if against.isdigit() else against


def _by_first(plan: Plan) -> tuple[tuple[str, bool], ...]:
    return (("0", plan.order[0][1]),) if plan.order and plan.limit else ()


def _with_dimension(plan: Plan, key: str) -> Plan:
    return replace(plan, dimensions=(key, *plan.dimensions) if key.startswith("@") else (*plan.dimensions, key))


def _with_key(plan: Plan, old: str, new: str) -> Plan:
    """The plan grouped by another dimension; an order by the old one's own values goes with it."""
    changed = replace(
        plan,
        dimensions=tuple(new if key == old else key for key in plan.dimensions),
        order=tuple((key, descending) for key, descending in plan.order if key != old),
        per=tuple(new if key == old else key for key in plan.per),
        pairs=new if plan.pairs == old else plan.pairs,
    )
    return _consistent(changed)


def _without_key(plan: Plan, key: str, alone: bool) -> Plan | None:
    if alone:
        return None
    left = tuple(other for other in plan.dimensions if other != key)
    changed = replace(
        plan,
        dimensions=left,
        order=tuple((other, descending) for other, descending in plan.order if other != key) if left else (),
        per=tuple(other for other in plan.per if other != key),
        pairs="" if plan.pairs == key else plan.pairs,
        limit=plan.limit if left else None,
        offset=plan.offset if left else 0,
    )
    return _consistent(changed)


def _without_places(plan: Plan) -> Plan:
    """Without conditions on, and an order by, places that are no longer told."""
    having = tuple(one for one in plan.having if not one.places)
    return replace(plan, having=having, order=tuple((key, down) for key, down in plan.order if key != "places"))


def _consistent(plan: Plan) -> Plan:
    """Without what only makes sense for periods in a row, where the plan has none; one order for a limit."""
    if BAND not in plan.dimensions:
        plan = replace(plan, banding=None)
    if (plan.reach or plan.tally) and not set(plan.per) < set(plan.dimensions):
        plan = replace(plan, per=(), tally="" if plan.per or not plan.dimensions else plan.tally)
    if not plan.dimensions:
        unranked = tuple(replace(term, rank=False) for term in plan.terms)
        plan = _without_places(replace(plan, reach=0.0, pareto=False, terms=unranked))
    timed = any(key.startswith("@") and key[1:] in GRAINS for key in plan.dimensions)
    if plan.compare and plan.base is None and not timed:
        plan = _without_growth(replace(plan, compare=""))
    if not timed:
        plan = replace(plan, terms=tuple(replace(term, running=False) for term in plan.terms))
    if plan.limit and not plan.order and plan.terms:
        plan = replace(plan, order=(("0", True),))
    return plan


def _without_growth(plan: Plan) -> Plan:
    """Without conditions on, and orders by, a growth that is no longer asked for."""
    changed = replace(
        plan,
        having=tuple(one for one in plan.having if one.against or not (one.growth or one.change or one.places)),
        order=tuple((key, descending) for key, descending in plan.order if key not in GROWTH),
    )
    return replace(changed, order=(("0", True),)) if changed.limit and not changed.order and changed.terms else changed


def _with_period(plan: Plan, place: int, period: Period) -> Plan:
    base = plan.base
    if base is not None:
        base = year_ago(period) if base == year_ago(plan.periods[place]) else previous(period)
    return replace(plan, periods=_put(plan.periods, place, period), base=base)


def _without_period(plan: Plan, place: int) -> Plan:
    left = _without(plan.periods, place)
    changed = replace(plan, periods=left, split=plan.split and len(left) > 1)
    return _without_growth(replace(changed, compare="", base=None)) if plan.base is not None else changed


def _last_days(newest: dt.date, count: int) -> Period:
    return Period(newest - dt.timedelta(days=count - 1), newest, f"the last {count} days")


def _turned(operator: str) -> str:
    return MORE_OR_LESS[1 - MORE_OR_LESS.index(operator)]


def _put(items: tuple[T, ...], place: int, item: T) -> tuple[T, ...]:
    return (*items[:place], item, *items[place + 1 :])


def _without(items: tuple[T, ...], place: int) -> tuple[T, ...]:
    return (*items[:place], *items[place + 1 :])
