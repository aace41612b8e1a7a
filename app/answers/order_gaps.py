"""The days between orders of a customer: no column holds them, so the compiler works them out from the orders.

They are figures like those that dbt declares: a mean, or a median, the longest, over customers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.answers.layer import Entity, Layer, Measure, Metric, Metrics, Model
from app.answers.plan import FIRST_PARTS, Plan

SECOND, NEXT = "days_to_second_order", "days_to_next_order"
GAPS = (SECOND, NEXT)

_BETWEEN = {
    SECOND: ("Days to second order", "Days from a customer's first order to the second", "customer"),
    NEXT: ("Days to next order", "Days from each order of a customer to the next", "order"),
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
    meta: Mapping[str, object] = {
        "unit": "days",
        "format": "days",
        "better": "low",
        "each": each,
        "synonyms": [f"average {label.lower()}"],
    }
    told = f"{description}, in the order of their dates; orders of one day are none apart."
    return Metric(name, label, told, "simple", measure=name, meta=meta)
