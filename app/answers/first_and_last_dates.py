"""The first and the last day of what has a date: when a customer last ordered, when the first return came.

They are figures like those that dbt declares, of the least and of the greatest date among the rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.answers.layer import Dimension, Layer, Measure, Metric, Metrics, Model
from app.answers.plan import Plan, PlanError

DATE = "date"
"""The format of a figure that is a date."""
ENDS = {"first": "min", "last": "max"}


def with_first_and_last_dates(layer: Layer) -> Layer:
    """The layer with these figures, for each date that rows with figures have."""
    models, metrics = dict(layer.models), dict(layer.metrics)
    for name, dimension in layer.dimensions.items():
        home = _home(layer, name) if dimension.is_time else None
        if home is None:
            continue
        for end, aggregation in ENDS.items():
            made = f"{name}_{end}"
            kept = models[home.name]
            measure = Measure(made, home.name, aggregation, f"`{name}`")
            models[home.name] = replace(kept, measures={**kept.measures, made: measure})
            metrics[made] = _metric(made, end, dimension)
    return replace(layer, models=models, metrics=Metrics(metrics))


def shows_dates(layer: Layer, plan: Plan) -> bool:
    """Whether a figure of a plan is a date."""
    return any(is_date(layer, term.metric) for term in plan.terms)


def is_date(layer: Layer, metric: str) -> bool:
    """Whether a metric is a date, or is made of one."""
    found = layer.metrics.get(metric) if metric else None
    parts = (layer.metrics.get(leaf.name) for leaf in layer.leaves(found)) if found is not None else ()
    return any(part is not None and part.format == DATE for part in parts)


def check_dates(layer: Layer, plan: Plan) -> None:
    """Raise PlanError where a plan reckons with dates: they have no sum, no mean, no share and no growth.

    Day by day there is nothing to find, either: the day is told.
    """
    if "@day" in plan.dimensions and shows_dates(layer, plan):
        raise PlanError("the first or the last day of each day is that day: of all of them, or by something else?")
    for place, term in enumerate(plan.terms):
        if not is_date(layer, term.metric):
            continue
        reckoned = term.aggregate or term.share or term.running or term.window or "/" in term.metric
        bounded = any(place == h.term or h.against == str(place) for h in plan.having)
        if reckoned or bounded or plan.compare or plan.contrast or plan.benchmark or plan.together:
            raise PlanError(f"{layer.metric(term.metric).label.lower()} is a day: nothing can be reckoned with it")


def nouns_of(dimension: Dimension) -> list[str]:
    """What happens on a date: an "order" on the order date, a "shipment" on the ship date."""
    names = (dimension.label, *dimension.synonyms)
    return [n.lower().removesuffix(" date") for n in names if n.lower().endswith(" date")]


def _home(layer: Layer, name: str) -> Model | None:
    """The model whose rows have the date, the main one before others, and only one with figures."""
    able = [m for m in layer.models.values() if name in m.dimensions and m.measures and m.default_time]
    able.sort(key=lambda m: (m.name != layer.main.name, m.default_time != name))
    return able[0] if able and nouns_of(able[0].dimensions[name]) else None


def _metric(name: str, end: str, dimension: Dimension) -> Metric:
    label = f"{end.capitalize()} {dimension.label.lower()}"
    meta: Mapping[str, object] = {
        "unit": "",
        "format": DATE,
        "synonyms": [f"date of the {end} {noun}" for noun in nouns_of(dimension)],
    }
    told = f"The {end} {dimension.label.lower()} among the rows."
    return Metric(name, label, told, "simple", measure=name, meta=meta)
