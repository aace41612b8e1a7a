"""Pairs that go together: subcategories in one order, products that the same customers buy.

The members of a dimension are taken in twos, each two once; a figure counts the orders, or the customers, with both.
"""

from __future__ import annotations

from dataclasses import replace

from app.answers.layer import Entity, Layer, Metric
from app.answers.plan import Plan, PlanError, Term

OTHER = "other_"
"""What the column of the second of two begins with."""


def met_in(layer: Layer, metric: Metric) -> Entity | None:
    """What a metric counts in the main rows, such as orders: in these two members meet. None where it counts none."""
    if metric.kind != "simple" or metric.conditions or metric.meta.get("first_of"):
        return None
    leaf = layer.measures[metric.measure]
    if leaf.model != layer.main.name or leaf.aggregation != "count_distinct":
        return None
    return next((e for e in layer.main.entities if e.expr == leaf.expr and not e.is_key), None)


def check_pairs(layer: Layer, plan: Plan) -> None:
    """Raise PlanError when a plan asks of pairs what they do not have."""
    if not plan.pairs:
        return
    if plan.pairs not in plan.dimensions or plan.pairs.startswith("@"):
        raise PlanError("pairs are of one of the dimensions that are shown")
    metrics = {t.metric for t in plan.terms}
    counted = metrics.pop() if len(metrics) == 1 else ""
    bare = all(t in (Term(counted), Term(counted, share=True)) for t in plan.terms)
    if not counted or not bare or met_in(layer, layer.metric(counted)) is None:
        raise PlanError("pairs are told by the number of orders, or of customers, that have both")
    if any(t.share for t in plan.terms) and len(plan.dimensions) > 1:
        raise PlanError("the share of pairs is one of all orders together, not of each group")
    plain = replace(
        plan, compare="", base=None, split=False, contrast="", benchmark="", together=False, missing=False, pick=()
    )
    if plain != plan or plan.tally == "distribution" or any(h.growth or h.change or h.against for h in plan.having):
        raise PlanError("pairs are counted and ranked, and compared with nothing else")
