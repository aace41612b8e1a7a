"""The time between orders of a customer: no column holds it, so the compiler works it out from the orders.

They are figures like those that dbt declares: a mean, or a median, the longest, over customers. Each can also be what a
condition on customers looks at: those whose second order came within 90 days of the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.answers.layer import Entity, Layer, Measure, Metric, Metrics, Model
from app.answers.plan import FIRST_PARTS, Plan

SECOND, NEXT = "days_to_second_order", "days_to_next_order"
LATER = "days_to_order_on_later_day"
SPAN = "days_from_first_to_last_order"
SECOND_IN_MONTHS, LATER_IN_MONTHS = "months_to_second_order", "months_to_order_on_later_day"
IN_MONTHS = (SECOND_IN_MONTHS, LATER_IN_MONTHS)
"""Whole months, and a half where days are left over, so that a bound in months holds as the calendar has it."""
GAPS = (SECOND, NEXT, LATER, SPAN, *IN_MONTHS)

_IN_ORDER = "in the order of their dates; orders of one day are none apart"
_LATER_DAY = "to the next day on which the customer ordered; further orders of the first day do not count"
_BETWEEN = {
    SECOND: ("Days to second order", f"Days from a customer's first order to the second, {_IN_ORDER}", "customer"),
    NEXT: ("Days to next order", f"Days from each order of a customer to the next, {_IN_ORDER}", "order"),
    LATER: ("Days to order on a later day", f"Days from a customer's first order {_LATER_DAY}", "customer"),
    SPAN: (
        "Days from first to last order",
        "Days from a customer's first order to the last; 0 for whoever ordered on one day alone",
        "customer",
    ),
    SECOND_IN_MONTHS: ("Months to second order", f"Months from a first order to the second, {_IN_ORDER}", "customer"),
    LATER_IN_MONTHS: ("Months to order on a later day", f"Months from a first order {_LATER_DAY}", "customer"),
}


def with_order_gaps(layer: Layer) -> Layer:
    """The layer with these figures, where its main model knows customers and orders."""
    customer, order = layer.identifier("customer"), layer.identifier("order")
    home = next((m for m in layer.models.values() if customer and _keeps(m, customer.identifies)), None)
    if home is None or order is None or layer.main.entity(order.identifies) is None or not layer.main.default_time:
        return layer
    measures = {name: Measure(name, home.name, "average", name) for name in GAPS}
    models = {**layer.models, home.name: replace(home, measures={**home.measures, **measures})}
    made = {name: _metric(name) for name in GAPS if name not in layer.metrics}
    return replace(layer, models=models, metrics=Metrics({**layer.metrics, **made}))


def is_of_all_orders(plan: Plan) -> bool:
    """Whether a plan shows these figures, which are worked out from all orders ever and go by no date."""
    return any(t.metric in GAPS for t in plan.terms)


def goes_by_date(plan: Plan) -> bool:
    """Whether a plan is kept to a period, or told apart by dates other than that of the first order."""
    return bool(plan.periods) or any(k.startswith("@") and k[1:] not in FIRST_PARTS for k in plan.dimensions)


def _keeps(model: Model, entity: str) -> bool:
    """Whether each of an entity is one row of a model, by its own key."""
    key: Entity | None = model.entity(entity)
    return key is not None and key.is_key


def _metric(name: str) -> Metric:
    label, description, each = _BETWEEN[name]
    unit = "months" if name in IN_MONTHS else "days"
    meta: Mapping[str, object] = {
        "unit": unit,
        "format": unit,
        "better": "low",
        "each": each,
        "condition": name in IN_MONTHS,
        "synonyms": [f"average {label.lower()}"],
    }
    return Metric(name, label, f"{description}.", "simple", measure=name, meta=meta)
