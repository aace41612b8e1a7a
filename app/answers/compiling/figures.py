"""Terms as leaves, each one aggregate, and how they are put together."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import sqlglot
from sqlglot import exp

from app.answers.compiling.expressions import aggregate_word, parsed, plural_of
from app.answers.compiling.work import Column, Leaf, Work
from app.answers.layer import Metric, Model
from app.answers.plan import QUARTER_OF_YEAR, Cohort, Filter, Period, PlanError, Term, quarter_told


def figures_of(work: Work, place: int, term: Term) -> list[Any]:
    """The columns that a term gives, with their leaves and how they are put together from these."""
    label, unit, fmt, name = naming(work, term)
    make = _maker(work, term, work.plan.periods)
    figures = [(Column(name, label, "figure", unit, fmt, place, "value"), make[0], make[1])]
    if term.share:
        make = _share_maker(work, term, work.plan.periods)
        told = _told_apart(work, term)
        label, unit, fmt, name = f"Share of {label.lower()}", "fraction", "percent", f"share_of_{name}"
        if told:
            label, name = f"{label}, {told}", f"{name}_{_slug(told)}"
        figures = [(Column(name, label, "figure", unit, fmt, place, "share"), make[0], make[1])]
    base = _base_period(work)
    if work.plan.compare and not work.grain and base is not None:
        before = (_share_maker if term.share else _maker)(work, term, (base,))
        column = figures[0][0]
        figures = [
            (replace(column, part="value"), make[0], make[1]),
            (
                Column(f"{name}_before", f"{label}, {base.label}", "figure", unit, fmt, place, "before"),
                before[0],
                before[1],
            ),
            (
                Column(f"{name}_change", f"Change of {label.lower()}", "figure", unit, fmt, place, "change"),
                make[0] + before[0],
                lambda ref: parsed("coalesce({a}, 0) - coalesce({b}, 0)", a=make[1](ref), b=before[1](ref)),
            ),
            (
                Column(
                    f"{name}_growth", f"Growth of {label.lower()}", "figure", "fraction", "percent", place, "growth"
                ),
                make[0] + before[0],
                lambda ref: parsed("cast({a} - {b} as double) / nullif(abs({b}), 0)", a=make[1](ref), b=before[1](ref)),
            ),
        ]
    return figures


def _share_maker(work: Work, term: Term, periods: tuple[Period, ...]) -> Any:
    """The leaves of a share and of its whole, and the one divided by the other."""
    of = [k for k in (*(("@period",) if work.plan.split else ()), *work.plan.per) if k in work.all_keys()]
    whole = replace(term, filters=(), cohorts=(), share=False)
    part = bool(term.filters or term.cohorts)
    keys = tuple(k for k in work.all_keys() if k in of or part)
    top = _maker(work, term, periods)
    below = _maker(work, whole, periods, keys=None if part else keys, unfiltered=False)

    def ratio(ref: Callable[[Leaf], exp.Expr]) -> exp.Expr:
        return parsed("cast(coalesce({a}, 0) as double) / nullif({b}, 0)", a=top[1](ref), b=below[1](ref))

    return top[0] + below[0], ratio


def benchmarks_of(work: Work) -> list[Any]:
    """The figures of all groups together that rows are compared with, as columns of their own."""
    asked = {h.term: h.against for h in work.plan.having if h.against in ("overall", "company")}
    if work.plan.benchmark:
        asked = {0: work.plan.benchmark, **asked}
    found = []
    for place, against in asked.items():
        term = work.plan.terms[place]
        label, unit, fmt, name = naming(work, term)
        leaves, make = _maker(work, term, work.plan.periods, keys=(), unfiltered=against == "company")
        column = Column(f"{name}_overall", f"{label} overall", "figure", unit, fmt, place, "overall")
        found.append((column, leaves, make))
    return found


def contrast_of(figures: list[Any], kind: str) -> tuple[Any, ...]:
    """The difference or the ratio of the first two figures, as one more."""
    values = [f for f in figures if f[0].part == "value"]
    if len(values) < 2:
        raise PlanError("a difference or a ratio is of two amounts, not of two shares")
    (one, above, first), (_, below, second) = values[:2]
    if kind == "difference":
        column = replace(one, name="difference", label="Difference", part="contrast")
        return column, above + below, lambda ref: parsed("{a} - {b}", a=first(ref), b=second(ref))
    column = replace(one, name="ratio", label="Ratio", part="contrast", unit="", format="number")
    return (
        column,
        above + below,
        lambda ref: parsed("cast({a} as double) / nullif({b}, 0)", a=first(ref), b=second(ref)),
    )


def _base_period(work: Work) -> Period | None:
    return work.plan.base


def naming(work: Work, term: Term) -> tuple[str, str, str, str]:
    """Label, unit, format and name of a term's column; its own filters tell it from another of the same metric."""
    label, unit, fmt, name = _plain_naming(work, term)
    if term.share or not (term.filters or term.cohorts):
        return label, unit, fmt, name
    told = _conditions_told(term)
    return f"{label}, {told}", unit, fmt, f"{name}_{_slug(told)}"


def _conditions_told(term: Term) -> str:
    """A term's own conditions in few words."""
    quarter = quarter_told(term.filters)
    told = [f for f in term.filters if not quarter or f.dimension not in QUARTER_OF_YEAR]
    values = (f"not {v}" if f.operator == "not_in" else str(v) for f in told for v in f.values)
    return " ".join([*values, *([quarter] if quarter else []), *map(_told_of, term.cohorts)])


def _told_apart(work: Work, term: Term) -> str:
    """What tells a share from others of the same figure, "" where it is the only one."""
    alike = [t for t in work.plan.terms if t.share and (t.metric, t.distinct) == (term.metric, term.distinct)]
    return _conditions_told(term) if len(alike) > 1 else ""


def _slug(words: str) -> str:
    for sign, word in ((">=", "at least"), ("<=", "at most"), (">", "over"), ("<", "under")):
        words = words.replace(sign, word)
    return re.sub(r"[^0-9a-z]+", "_", words.lower()).strip("_")


def _told_of(cohort: Cohort) -> str:
    """A cohort in few words, to tell a column from another."""
    words = [
        "without" if cohort.negated else "with",
        (cohort.metric or cohort.distinct.lstrip("@")).replace("_", " "),
        cohort.operator,
    ]
    words += [f"{v:g}" for v in cohort.values] + [w for f in cohort.filters for w in _told_values(f)]
    return " ".join(w for w in [*words, *(p.label for p in cohort.periods)] if w)


def _told_values(f: Filter) -> list[str]:
    """The values of a condition on rows; a bound with the figure that it bounds."""
    bound = [f.dimension[1:].replace("_", " "), f.operator] if f.dimension.startswith("#") else []
    return bound + [f"{v:g}" if isinstance(v, float) else str(v) for v in f.values]


def _plain_naming(work: Work, term: Term) -> tuple[str, str, str, str]:
    if term.distinct:
        dimension = work.layer.dimension(term.distinct)
        plural = plural_of(dimension.label)
        if term.aggregate:
            label = f"{aggregate_word(term.aggregate)} number of {plural.lower()} per {_over_words(work, term)}"
            return label, plural.lower(), "number", label.lower().replace(" ", "_")
        return (
            f"Number of {plural.lower()}",
            plural.lower(),
            "count",
            f"number_of_{plural.lower().replace(' ', '_')}",
        )
    metric = work.layer.metric(term.metric)
    if not term.aggregate:
        return (
            metric.label,
            metric.unit,
            metric.format,
            _own_name(work, term, metric).replace("/", "_per_"),
        )
    over = _over_words(work, term)
    word = aggregate_word(term.aggregate)
    fmt = "number" if metric.format == "count" else metric.format
    label = metric.label.removeprefix("Average ").lower()
    return (
        f"{word} {label} per {over}",
        metric.unit,
        fmt,
        f"{word.lower().replace(' ', '_')}_{metric.name}_per_{over.replace(' ', '_')}",
    )


def _own_name(work: Work, term: Term, metric: Metric) -> str:
    """The name of a figure's column; what is added up to a running total has another one beside the figure itself."""
    if term.window and any(t.metric == term.metric and not t.window for t in work.plan.terms):
        return f"{metric.name}_of_each"
    if not term.running:
        return metric.name
    name = metric.name.removeprefix("cumulative_")
    return f"cumulative_added_{name}" if any(t.metric == name and not t.running for t in work.plan.terms) else name


def _over_words(work: Work, term: Term) -> str:
    """What a mean is taken over, in words."""
    if term.over == "line":
        return str(work.layer.metric(term.metric).meta.get("each") or "line") if term.metric else "line"
    if term.over.startswith("@"):
        return term.over.lstrip("@").replace("_", " ")
    return work.layer.dimension(term.over).label.lower()


def _maker(
    work: Work, term: Term, periods: tuple[Period, ...], keys: tuple[str, ...] | None = None, unfiltered: bool = False
) -> tuple[list[Leaf], Callable[[Callable[[Leaf], exp.Expr]], exp.Expr]]:
    """The leaves of a term, and its expression over what stands for them."""
    needed = _needed(work, term)
    common: dict[str, Any] = {
        "filters": term.filters,
        "cohorts": term.cohorts,
        "periods": periods if work.conditional() else (),
        "keys": keys,
        "unfiltered": unfiltered,
    }
    if term.distinct:
        base = _base_for_distinct(work, term, needed)
        leaf = Leaf(base.name, "count_distinct", f"`{term.distinct}`", **common)
        if term.aggregate:
            leaf = replace(leaf, over=term.over, summary=term.aggregate, inner=f"`{term.distinct}`")
        return [leaf], lambda ref: ref(leaf)
    metric = metric_reaching(work, work.layer.metric(term.metric), needed)
    if term.aggregate:
        return _nested(work, term, metric, common)
    return leaves_of(work, metric, common, needed)


def leaves_of(work: Work, metric: Metric, common: dict[str, Any], needed: set[str]) -> Any:
    """The leaves of a metric, and its expression over what stands for them."""
    first = str(metric.meta.get("first_of") or "")
    if metric.kind in ("simple", "cumulative"):
        measure = work.layer.measures[metric.measure]
        population = _population(work, metric, needed)
        if population is not None:
            model, key = population
            leaf = Leaf(model.name, "count_distinct", key, **common)
        else:
            leaf = Leaf(
                measure.model,
                measure.aggregation,
                measure.expr,
                conditions=metric.conditions,
                first_of=first,
                **common,
            )
        return [leaf], lambda ref: ref(leaf)
    if metric.kind == "ratio":
        top, above = leaves_of(work, metric_reaching(work, work.layer.metric(metric.numerator), needed), common, needed)
        low, below = leaves_of(
            work, metric_reaching(work, work.layer.metric(metric.denominator), needed), common, needed
        )
        return top + low, lambda ref: parsed("cast({a} as double) / nullif({b}, 0)", a=above(ref), b=below(ref))
    parts = {
        alias: leaves_of(work, metric_reaching(work, work.layer.metric(name), needed), common, needed)
        for alias, name in metric.inputs.items()
    }
    tree = sqlglot.parse_one(metric.expr, read="mysql")

    def derived(ref: Callable[[Leaf], exp.Expr]) -> exp.Expr:
        return tree.copy().transform(
            lambda n: exp.paren(parts[n.name][1](ref)) if isinstance(n, exp.Column) and n.name in parts else n
        )

    return [leaf for used, _ in parts.values() for leaf in used], derived


def _nested(work: Work, term: Term, metric: Metric, common: dict[str, Any]) -> Any:
    inner, _ = leaves_of(
        work,
        metric,
        {"filters": term.filters, "cohorts": term.cohorts, "periods": (), "keys": None, "unfiltered": False},
        set(),
    )
    models = {leaf.model for leaf in inner}
    if len(models) != 1 or metric.kind not in ("simple",):
        raise PlanError(f"{metric.label.lower()} has no {aggregate_word(term.aggregate).lower()} over its parts")
    leaf = replace(
        inner[0],
        over=term.over,
        summary=term.aggregate,
        inner=metric.name,
        **{k: v for k, v in common.items() if k not in ("filters", "cohorts")},
    )
    return [leaf], lambda ref: ref(leaf)


def _needed(work: Work, term: Term) -> set[str]:
    """The dimensions that a term must be able to reach."""
    keys = {k for k in work.keys if not k.startswith("@")}
    filters = {d for f in (*work.plan.filters, *term.filters) for d in f.named}
    rows = {f.dimension for f in (*work.plan.filters, *term.filters) if f.dimension.startswith("#")}
    times = (
        {"@"}
        if work.plan.periods
        or work.plan.cohorts
        or any(k.startswith("@") for k in (*work.keys, *(f.dimension for f in work.plan.filters)))
        else set()
    )
    chosen = {work.plan.time} if work.plan.time else set()
    over = {term.over} if term.over and not term.over.startswith("@") and term.over != "line" else set()
    return keys | filters | times | rows | chosen | over


def metric_reaching(work: Work, metric: Metric, needed: set[str]) -> Metric:
    """The metric itself, or the one to take instead where a dimension cannot be reached."""
    dimensions = {n for n in needed if not n.startswith(("@", "#"))}
    if all(work.layer.reachable(metric, d) for d in dimensions) or _population(work, metric, needed):
        return metric
    other = metric.meta.get("instead")
    if other:
        return metric_reaching(work, work.layer.metric(str(other)), needed)
    missing = next(d for d in dimensions if not work.layer.reachable(metric, d))
    raise PlanError(f"{metric.label.lower()} cannot be told by {work.layer.dimension(missing).label.lower()}")


def _population(work: Work, metric: Metric, needed: set[str]) -> tuple[Model, str] | None:
    entity = metric.meta.get("population")
    if not entity or any(n.startswith(("@", "#")) for n in needed):
        return None
    for model in work.layer.models.values():
        key = model.entity(str(entity))
        if key is not None and key.is_key and all(work.layer.path(model, n) is not None for n in needed):
            return model, key.expr
    return None


def _base_for_distinct(work: Work, term: Term, needed: set[str]) -> Model:
    dimensions = {n for n in needed if not n.startswith(("@", "#"))} | {term.distinct}
    order = [work.layer.main, *work.layer.models.values()]
    for model in order:
        if all(work.layer.path(model, d) is not None for d in dimensions):
            return model
    raise PlanError(f"{work.layer.dimension(term.distinct).label.lower()} cannot be counted that way")
