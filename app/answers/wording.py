"""Plans and figures in words: how a question was understood, the answer as a sentence, what stands out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.answers.compile import Column, aggregate_word, plural_of
from app.answers.dates.calendar import unit_of
from app.answers.first_and_last_dates import DATE
from app.answers.layer import Layer
from app.answers.plan import QUARTER_OF_YEAR, SAME, TOP, Banding, Cohort, Filter, Having, Plan, Term, quarter_told

EXISTENCE = re.compile(
    r"\s*(?:yes or no\W+)?(?:so\s+)?"
    r"(?:(?:did|do|does|has|have|had|is|are|was|were)\b.*\b(?:any|anybody|anyone|anything|somebody|someone|ever|at\s+all)\b|"
    r"(?:is|are|was|were)\s+there\b)",
    re.I,
)
GAIN_OR_LOSS = re.compile(
    r"^\W*(?:yes or no\W+)?(?:did|does|do|has|have|is it (?:true|correct|right|the case) that)\b.*"
    r"\b(?:(?:make|made|making|have|had|turn(?:ed)?|ran?|run) an? (?:\w+ )?(?:loss|profit)|los[et] money)\b",
    re.I,
)
PART_OF_A_NAME = {"contains": "with", "starts": "starting with", "ends": "ending with"}
OPERATOR_WORDS = {
    ">": "more than",
    "<": "less than",
    ">=": "at least",
    "<=": "at most",
    "=": "exactly",
    "between": "between",
}
AGAINST_WORDS = {"overall": "overall", "company": "that of the whole business", "mean": "the mean of all shown"}
PART_WORDS = {
    "month_of_year": "month of the year",
    "quarter_of_year": "quarter of the year",
    "day_type": "weekend or weekday",
    "week_of_year": "week of the year",
    "day_of_month": "day of the month",
    "first_year": "year of the first order",
    "first_quarter": "quarter of the first order",
    "first_month": "month of the first order",
}


def figure(value: Any, column: Column) -> str:
    """A figure with its unit, as it is read."""
    if value is None:
        return "none"
    if isinstance(value, str | dt.date):
        return str(value)
    if column.format == "percent":
        return f"{value:.1%}"
    if column.format == "money":
        return f"{'-' if value < 0 else ''}${abs(value):,.2f}"
    if column.format == "days":
        return f"{value:,.1f} days"
    if column.format == "months":
        return f"{value:,.1f} months"
    if column.format == "count" and float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.2f}"


def term_words(layer: Layer, term: Term) -> str:
    """A figure's name: "sales", "median sales per order", "share of Furniture in sales"."""
    if term.distinct:
        words = f"number of {plural_of(layer.dimension(term.distinct).label.lower())}"
    else:
        words = layer.metric(term.metric).label.lower()
    if term.aggregate:
        over = term.over.lstrip("@") if term.over.startswith("@") else row_words(layer, term)
        if not term.over.startswith("@") and term.over != "line":
            over = layer.dimension(term.over).label.lower()
        words = f"{aggregate_word(term.aggregate).lower()} {words.removeprefix('average ')} per {over}"
    if term.filters and not term.share:
        words = f"{words} ({', '.join(filters_words(layer, term.filters))})"
    if term.cohorts and not term.share:
        words = f"{words} ({', '.join(cohort_words(layer, c).removeprefix('only ') for c in term.cohorts)})"
    if term.running:
        words = f"cumulative {words.removeprefix('cumulative ')}"
    if term.window:
        words = f"{term.window}-period moving average of {words}"
    if term.share:
        part = " and ".join(
            [
                *(filter_words(layer, f) for f in term.filters),
                *(cohort_words(layer, c).removeprefix("only ") for c in term.cohorts),
            ]
        )
        words = f"share of {part} in {words}" if part else f"share of {words}"
    return words


def filters_words(layer: Layer, filters: Sequence[Filter]) -> list[str]:
    """The conditions of a figure in words; a quarter of a year is told as such: "Q1 2025"."""
    quarter = quarter_told(filters)
    told = [f for f in filters if not quarter or f.dimension not in QUARTER_OF_YEAR]
    return [filter_words(layer, f) for f in told] + ([quarter] if quarter else [])


def row_words(layer: Layer, term: Term) -> str:
    """What one row of a figure stands for: an order line, or what the metric says."""
    metric = layer.metrics.get(term.metric)
    return str(metric.meta.get("each") or "order line") if metric is not None else "order line"


def filter_words(layer: Layer, f: Filter) -> str:
    """A condition on rows in words."""
    if f.dimension.startswith("#"):
        metric = layer.metric(f.dimension[1:])
        numbers = tuple(float(v) for v in f.values)
        return f"{metric.label.lower().removeprefix('average ')} {_compared(f.operator, numbers, metric.format)}"
    if f.other:
        told = "the same as" if f.operator == SAME else "other than"
        return f"{key_words(layer, f.dimension)} {told} {key_words(layer, f.other)}"
    names = " or ".join(str(v) for v in f.values)
    label = key_words(layer, f.dimension)
    if f.dimension == "@day_type":
        return f"on {' and '.join(f'{v}s' for v in map(str, f.values))}"
    if f.operator == "not_in":
        flag = not f.dimension.startswith("@") and layer.dimension(f.dimension).about
        return f"without {names}" if flag else f"without {label} {names}"
    if f.operator == "between":
        return f"{label} {' to '.join(str(int(v) if isinstance(v, float) else v) for v in f.values)}"
    if f.operator in PART_OF_A_NAME:
        return f"{label} {PART_OF_A_NAME[f.operator]} “{names}”"
    if not f.dimension.startswith("@") and layer.dimension(f.dimension).about:
        return names
    return f"{label} {names}"


def key_words(layer: Layer, key: str) -> str:
    """What is grouped by, in words."""
    return PART_WORDS.get(key[1:], key[1:]) if key.startswith("@") else layer.dimension(key).label.lower()


def group_words(layer: Layer, plan: Plan, key: str) -> str:
    """What a plan groups by, in words: of pairs, what is taken in twos."""
    words = key_words(layer, key)
    return f"pairs of {plural_of(words)}" if key == plan.pairs else words


def _compared(operator: str, values: Sequence[float], form: str) -> str:
    column = Column("", "", "figure", "", form)
    return f"{OPERATOR_WORDS[operator]} {' and '.join(figure(v, column) for v in values)}"


def having_words(layer: Layer, plan: Plan, having: Having) -> str:
    """A condition on a figure in words."""
    term = plan.terms[having.term]
    if having.places:
        return _places_words(having)
    metric = layer.metrics.get(term.metric)
    form = "percent" if having.growth or term.share else metric.format if metric else "count"
    of = "growth of " if having.growth else "change of " if having.change else ""
    if having.against:
        other = AGAINST_WORDS.get(having.against) or term_words(layer, plan.terms[int(having.against)])
        if having.values and having.growth:
            return f"{of}{term_words(layer, term)} from {other} {_compared(having.operator, having.values, 'percent')}"
        if having.values:
            far = _far(abs(having.values[0]), form)
            way = "above" if having.values[0] > 0 else "below"
            return f"{of}{term_words(layer, term)} {_least(having.operator)} {far} {way} {other}"
        return f"{of}{term_words(layer, term)} {OPERATOR_WORDS[having.operator]} {other}"
    return f"{of}{term_words(layer, term)} {_compared(having.operator, having.values, form)}"


def _far(distance: float, form: str) -> str:
    """How far one figure lies from another: points of rates, else so much."""
    return f"{100 * distance:g} points" if form == "percent" else figure(distance, Column("", "", "figure", "", form))


def _least(operator: str) -> str:
    return "at least" if operator in (">=", "<=") else "more than"


def _places_words(having: Having) -> str:
    """How far a group moved among the others, in words: "climbed in rank", "dropped by at least 3 places"."""
    (number,), operator = having.values, having.operator
    if operator == "=":
        return "same rank in both"
    verb, turned = ("climbed", {}) if operator in (">", ">=") else ("dropped", {"<": ">", "<=": ">="})
    if not number:
        return f"{verb} in rank"
    return f"{verb} by {OPERATOR_WORDS[turned.get(operator, operator)]} {abs(number):g} places"


def banding_words(layer: Layer, banding: Banding) -> str:
    """What bands are of, in words: "bands by orders of each customer (1; 2-4; 5+)"."""
    term = replace(banding.term, aggregate="", over="")
    each = "order line" if banding.over == "line" else layer.dimension(banding.over).label.lower()
    kind = f"{aggregate_word(banding.term.aggregate).lower()} " if banding.term.aggregate else ""
    told = "; ".join(band.label for band in banding.bands)
    figure_words = (
        term_words(layer, term).removeprefix("average ") if banding.over == "line" or kind else term_words(layer, term)
    )
    return f"bands by {kind}{figure_words} of each {each} ({told})"


def reach_words(layer: Layer, plan: Plan) -> str:
    """Which groups are kept, in words: "the fewest that make up 80% of sales together"."""
    share = f"{100 * plan.reach:.4g}%"
    return f"the fewest that together make up {share} of {term_words(layer, plan.terms[0])}{_within(layer, plan)}"


def _within(layer: Layer, plan: Plan) -> str:
    return f" in each {' and '.join(key_words(layer, k) for k in plan.per)}" if plan.per else ""


def cohort_words(layer: Layer, cohort: Cohort) -> str:
    """Whose rows are meant, in words."""
    who = plural_of(layer.dimension(cohort.dimension).label.lower())
    if cohort.ranked:
        return _best_words(layer, cohort, who)
    what = []
    if cohort.distinct:
        several = plural_of(key_words(layer, cohort.distinct))
        what.append(f"{_compared(cohort.operator, cohort.values, 'count')} different {several}")
    elif cohort.operator:
        metric = layer.metric(cohort.metric)
        what.append(f"{metric.label.lower()} {_compared(cohort.operator, cohort.values, metric.format)}")
    if cohort.negated and cohort.filters and all(f.operator == "not_in" for f in cohort.filters):
        kinds = [_kind_words(layer, f, "lines").removeprefix("without ") for f in cohort.filters]
        return f"only {who} with nothing but {', '.join([*kinds, *(p.label for p in cohort.periods)])}"
    told = ("before ", "after ") if cohort.filters else ("before ", "after ", "since ")
    bounded = bool(cohort.operator or cohort.distinct)
    what += [filter_words(layer, f) if bounded else _kind_words(layer, f, "line") for f in cohort.filters] + [
        f"an order {p.label}" if p.label.startswith(told) else p.label for p in cohort.periods
    ]
    return f"only {who} {'without' if cohort.negated else 'with'} {', '.join(what) or 'an order'}"


def _best_words(layer: Layer, cohort: Cohort, who: str) -> str:
    """ "Only the 50 customers with the highest sales in 2025"."""
    number = int(cohort.values[0])
    told = [filter_words(layer, f) for f in cohort.filters] + [p.label for p in cohort.periods]
    way = "highest" if cohort.operator == TOP else "lowest"
    figure = f"with the {way} {layer.metric(cohort.metric).label.lower()}"
    figure += f" ({', '.join(told)})" if told else ""
    return f"only {who} not among the {number} {figure}" if cohort.negated else f"only the {number} {who} {figure}"


def _kind_words(layer: Layer, f: Filter, noun: str) -> str:
    """A kind of lines told with the noun: "a line at a loss", "a discounted line"; other conditions as they are."""
    flag = not f.dimension.startswith(("@", "#")) and layer.dimension(f.dimension).about == "line"
    if not flag or f.operator not in ("in", "not_in") or len(f.values) != 1:
        return filter_words(layer, f)
    value = str(f.values[0])
    told = f"{noun} {value}" if value.startswith("at ") else f"{value} {noun}"
    return told if noun.endswith("s") else f"a {told}"


def understood(layer: Layer, plan: Plan) -> str:
    """The whole plan in words, part by part."""
    return ", ".join(words for _, words in parts(layer, plan))


def parts(layer: Layer, plan: Plan) -> tuple[tuple[str, str], ...]:
    """The parts of a plan, each with its kind, which the page lets people edit."""
    grouped = " and ".join(group_words(layer, plan, d) for d in plan.dimensions)
    found: list[tuple[str, str]] = []
    if plan.terms:
        figures = " and ".join(term_words(layer, t) for t in plan.terms)
        found.append(("figures", figures + (f" by {grouped}" if grouped else "")))
    else:
        found.append(("list", "list of " + " and ".join(plural_of(key_words(layer, d)) for d in plan.dimensions)))
    found += [("filter", filter_words(layer, f)) for f in plan.filters]
    found += [("cohort", cohort_words(layer, c)) for c in plan.cohorts]
    found += [("having", having_words(layer, plan, h)) for h in plan.having]
    found.append(("period", _when(plan) or "all time"))
    if plan.banding is not None:
        found.append(("bands", banding_words(layer, plan.banding)))
    if plan.reach:
        found.append(("reach", reach_words(layer, plan)))
    elif plan.pareto:
        found.append(("pareto", f"with the share of all{_within(layer, plan)}, added up from the highest down"))
    if plan.base is not None and any(t.rank for t in plan.terms):
        found.append(("ranks", "with the rank in each of the two"))
    if plan.contrast:
        found.append(("contrast", f"their {plan.contrast}"))
    if plan.benchmark:
        found.append(("benchmark", f"beside {AGAINST_WORDS[plan.benchmark]}"))
    if plan.compare and plan.base is None:
        found.append(
            ("compare", "each against the year before" if plan.compare == "year_ago" else "each against the one before")
        )
    if plan.limit:
        end = "lowest" if plan.order and not plan.order[0][1] else "highest"
        within = f" in each {' and '.join(key_words(layer, k) for k in plan.per)}" if plan.per else ""
        place = (
            f"number {plan.offset + 1} from the {end}"
            if plan.offset
            else f"the {end} {plan.limit if plan.limit > 1 else ''}"
        )
        by_change = " by change" if plan.order and plan.order[0][0] == "change" else ""
        found.append(("limit", place.rstrip() + by_change + within))
    if plan.together:
        found.append(("together", "added up"))
    if plan.tally:
        found.append(("tally", tally_words(layer, plan)))
    if plan.pick:
        found.append(("pick", f"only {' and '.join(str(v) for f in plan.pick for v in f.values)} of them"))
    if plan.time:
        found.append(("time", f"by {layer.dimension(plan.time).label.lower()}"))
    return tuple(found)


def tally_words(layer: Layer, plan: Plan) -> str:
    """What is counted of the groups, in words."""
    if plan.tally == "distribution":
        return "how many of them have each of these numbers"
    if plan.per and not plan.reach:
        return f"how many they are for each {' and '.join(key_words(layer, k) for k in plan.per)}"
    return "how many they are" if plan.tally == "number" else "their share of all of these"


def yes_or_no(question: str, plan: Plan, rows: Sequence[Sequence[Any]]) -> bool | None:
    """What answers "did we sell any …?", from the figure that was looked up; None for other questions."""
    alone = len(plan.terms) == 1 and not plan.dimensions and not plan.compare and len(rows) == 1 and len(rows[0]) == 1
    way = GAIN_OR_LOSS.search(question) if alone else None
    if way is not None and rows[0][0] is not None:
        return bool(rows[0][0] > 0 if "profit" in way[0].lower() else rows[0][0] < 0)
    bounded = plan.dimensions and (plan.having or plan.cohorts) and not (plan.limit or plan.compare)
    if not EXISTENCE.match(question) or not (alone or bounded):
        return None
    return bool(rows[0][0]) if alone else bool(rows)


def sentence(layer: Layer, plan: Plan, columns: Sequence[Column], rows: Sequence[Sequence[Any]], cut: bool) -> str:
    """The answer in a sentence."""
    keys = [i for i, c in enumerate(columns) if c.kind == "key"]
    figures = [i for i, c in enumerate(columns) if c.kind == "figure"]
    conditions = [filter_words(layer, f) for f in plan.filters] + [cohort_words(layer, c) for c in plan.cohorts]
    conditions += [having_words(layer, plan, h) for h in plan.having] + [w for w in [_when(plan)] if w]
    conditions += [words for kind, words in parts(layer, plan) if kind in ("bands", "reach")]
    if plan.together:
        conditions.append(" ".join(words for kind, words in parts(layer, plan) if kind in ("limit", "together")))
    scope = f", {', '.join(conditions)}" if conditions else ""
    if not rows or (not keys and all(rows[0][i] is None for i in figures)):
        return f"Nothing in the data fits: {understood(layer, plan)}."
    if not figures:
        names = "; ".join(_named(row, columns, keys) for row in rows[:5])
        more = f" and {len(rows) - 5:,} more" if len(rows) > 5 else ""
        return f"{len(rows):,}{' and more' if cut else ''} found{scope}: {names}{more}."
    if not keys or len(rows) == 1:
        who = f"{_named(rows[0], columns, keys)}: " if keys else ""
        told = " and ".join(f"{columns[i].label.lower()} {figure(rows[0][i], columns[i])}" for i in figures)
        return _capital(f"{who}{told}{scope}.")
    column = columns[figures[0]]
    grouped = " and ".join(group_words(layer, plan, d) for d in plan.dimensions) or "period"
    lead = f"{column.label} by {grouped}{scope}: {len(rows):,} rows"
    shown = [r for r in rows if isinstance(r[figures[0]], str | dt.date if column.format == DATE else int | float)]
    if not shown:
        return _capital(lead + ".")
    top, low = max(shown, key=lambda r: r[figures[0]]), min(shown, key=lambda r: r[figures[0]])
    ends = [f"{figure(r[figures[0]], column)} ({_named(r, columns, keys)})" for r in (low, top)]
    return _capital(f"{lead}, from {ends[0]} to {ends[1]}.")


def _when(plan: Plan) -> str:
    if plan.base is not None:
        return f"{', '.join(p.label for p in plan.periods) or 'all time'} against {plan.base.label}"
    return (" against " if plan.split else " and ").join(p.label for p in plan.periods)


def _named(row: Sequence[Any], columns: Sequence[Column], keys: Sequence[int]) -> str:
    return ", ".join("none" if row[i] is None else key_text(row[i], columns[i]) for i in keys)


def key_text(value: Any, column: Column) -> str:
    """A key as it is read: the first day of a month is the month."""
    text = str(value)
    return text[:7] if column.name == "month" and text.endswith("-01") else text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def facts(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Any]],
    additive: bool,
    data: tuple[dt.date, dt.date] | None = None,
) -> tuple[str, ...]:
    """What stands out, computed from the result: the ends, the first one's share, the change over time, outliers.

    `data` is the first and the last day of the data: periods that it covers in part are no ends of a change.
    """
    keys = [i for i, c in enumerate(columns) if c.kind == "key"]
    numbers = [i for i, c in enumerate(columns) if c.kind == "figure" and c.part in ("value", "running")]
    valued = [r for r in rows if numbers and isinstance(r[numbers[0]], int | float)]
    if not keys or len(valued) < 2:
        return ()
    i, column = numbers[0], columns[numbers[0]]
    top, low = max(valued, key=lambda r: r[i]), min(valued, key=lambda r: r[i])
    found = [
        f"Highest: {_named(top, columns, keys)} with {figure(top[i], column)}.",
        f"Lowest: {_named(low, columns, keys)} with {figure(low[i], column)}.",
    ]
    total = sum(r[i] for r in valued)
    timed = columns[keys[0]].format == "date" or columns[keys[0]].name in ("year", "period")
    if additive and total > 0 and low[i] >= 0 and not timed and column.part == "value":
        found.append(f"{_named(top, columns, keys)} has {top[i] / total:.1%} of the {figure(total, column)} shown.")
    whole = [r for r in valued if data is None or _is_whole(r[keys[0]], columns[keys[0]].name, data)]
    if timed and len(keys) == 1 and len(whole) > 1 and whole[0][i]:
        change = (whole[-1][i] - whole[0][i]) / abs(whole[0][i])
        found.append(f"From {_named(whole[0], columns, keys)} to {_named(whole[-1], columns, keys)}: {change:+.1%}.")
    mean = total / len(valued)
    spread = (sum((r[i] - mean) ** 2 for r in valued) / len(valued)) ** 0.5
    far = [r for r in valued if len(valued) >= 8 and spread and abs(r[i] - mean) > 3 * spread]
    if far:
        found.append(f"Far from the others: {', '.join(_named(r, columns, keys) for r in far[:3])}.")
    return tuple(found)


def _is_whole(key: Any, unit: str, data: tuple[dt.date, dt.date]) -> bool:
    """Whether the data covers all of a month, quarter, week or year; of other keys it is not asked."""
    if unit == "year" and isinstance(key, int):
        return data[0] <= dt.date(key, 1, 1) and dt.date(key, 12, 31) <= data[1]
    if isinstance(key, str) and unit in ("week", "month", "quarter"):
        key = dt.date.fromisoformat(key[:10])
    if not isinstance(key, dt.date) or unit not in ("week", "month", "quarter"):
        return True
    period = unit_of(key, unit)
    return data[0] <= period.start and period.end <= data[1]


def chart_form(columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> str:
    """The fitting form of a fixed set: number, line, lines, bars, grouped_bars, table."""
    keys = [c for c in columns if c.kind == "key" and not c.name.endswith("_name")]
    if not rows or next((c.format for c in columns if c.kind == "figure"), DATE) == DATE:
        return "table"
    if not keys:
        return "number"
    timed = [c for c in keys if c.format == "date" or c.name == "year"]
    if len(keys) == 1:
        if timed and len(rows) > 2:
            return "line"
        return "bars" if len(rows) <= 40 else "table"
    if len(keys) == 2 and len(rows) <= 400:
        return "lines" if timed else "grouped_bars"
    return "table"


def suggestions(layer: Layer, plan: Plan) -> tuple[str, ...]:
    """Next questions that can be answered, made from the plan."""
    if not plan.terms or not plan.terms[0].metric:
        return ()
    metric = layer.metric(plan.terms[0].metric)
    named = len(plan.periods) == 1 and (plan.periods[0].label[:1].isupper() or plan.periods[0].label.isdigit())
    when = f" in {plan.periods[0].label}" if named else ""
    timed = metric.format == DATE or any(d.startswith("@") for d in plan.dimensions)
    found = [] if timed else [f"{metric.label} by month{when}"]
    for dimension in layer.dimensions.values():
        usable = dimension.kind == "categorical" and dimension.pii == "none" and dimension.synonyms
        if (
            usable
            and not (dimension.identifies or dimension.about or dimension.explicit)
            and dimension.name not in plan.dimensions
        ) and layer.reachable(metric, dimension.name):
            found.append(f"{metric.label} by {dimension.label.lower()}{when}")
    return tuple(found[:3])
