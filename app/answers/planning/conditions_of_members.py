"""A plan that counts customers, orders or lines, read as the condition that makes them so.

"How many customers ordered in 2024" counts those who fulfil "ordered in 2024": the same condition can choose the
members of a whole, or the part of it that a share is of.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.answers.layer import Dimension, Layer, Metric
from app.answers.plan import Cohort, Filter, Plan, Term


@dataclass(frozen=True)
class Members:
    """What is counted: the metric, and the dimension that identifies one of them ("" for lines, which have none)."""

    metric: Metric
    key: str


def members_counted(layer: Layer, plan: Plan) -> Members | None:
    """The members that a plan counts, None where it counts none or shows another figure."""
    if len(plan.terms) != 1 or plan.terms[0] != Term(plan.terms[0].metric) or not plan.terms[0].metric:
        return None
    metric = layer.metric(plan.terms[0].metric)
    if plan.tally:
        identified = layer.dimensions.get(plan.dimensions[0])
        about = identified.identifies if identified is not None else ""
        counting = next((m for m in layer.metrics.values() if about and m.meta.get("about") == about), None)
        return Members(counting, plan.dimensions[0]) if counting is not None else None
    if counts_lines(layer, metric):
        return Members(metric, "")
    about = str(metric.meta.get("about") or "")
    key = layer.identifier(about) if about and not metric.meta.get("first_of") else None
    return Members(metric, key.name) if key is not None and about != "return" else None


def flag_of_returned(layer: Layer) -> Dimension | None:
    """The dimension that tells orders that came back from those that were kept."""
    return next((d for d in layer.dimensions.values() if d.about == "order" and "returned" in d.values), None)


def counts_lines(layer: Layer, metric: Metric) -> bool:
    """Whether a metric counts the rows of the main model."""
    leaves = layer.leaves(metric)
    return len(leaves) == 1 and leaves[0].expr == "1" and leaves[0].model == layer.main.name


def conditions_of(plan: Plan, members: Members) -> tuple[Cohort, ...] | None:
    """What a plan asks of the members that it counts, as cohorts; None where these cannot say it."""
    plain = replace(
        plan, terms=(), dimensions=(), filters=(), periods=(), cohorts=(), having=(), time="", tally="", order=()
    )
    if plain != Plan(()) or not members.key or any(c.dimension != members.key for c in plan.cohorts):
        return None
    if any(h.growth or h.against for h in plan.having) or (plan.having and not plan.tally):
        return None
    filters, periods = plan.filters, plan.periods
    if plan.time:
        if len(periods) != 1:
            return None
        span = (periods[0].start.isoformat(), periods[0].end.isoformat())
        filters, periods = (*filters, Filter(plan.time, "between", span)), ()
    found = list(plan.cohorts)
    for having in plan.having:
        term = plan.terms[having.term]
        if term != Term(term.metric):
            return None
        found.append(Cohort(members.key, False, term.metric, "", having.operator, having.values, filters, periods))
    told = any(not c.negated and c.filters == filters and c.periods == periods for c in found)
    if (filters or periods) and not told:
        found.append(Cohort(members.key, filters=filters, periods=periods))
    return tuple(found)


def narrowed(plan: Plan, members: Members) -> Plan | None:
    """A plan that counts the same members with nothing in it but rows and cohorts to keep, which others may join."""
    bare = replace(plan, terms=(), dimensions=(), filters=(), periods=(), cohorts=())
    if bare == Plan(()):
        return replace(plan, dimensions=())
    cohorts = conditions_of(replace(plan, dimensions=plan.dimensions if plan.tally else ()), members)
    return Plan((Term(members.metric.name),), cohorts=cohorts) if cohorts else None


def has_one(layer: Layer, members: Members, dimension: str) -> bool:
    """Whether each member has one value of a dimension: a customer one segment, an order one month."""
    order = members.metric.meta.get("about") == "order"
    if dimension.startswith("@"):
        return order or not members.key
    if not members.key:
        return True
    customer = layer.identifier("customer")
    known = customer.name if order and customer is not None else members.key  # an order has one customer
    home = next((m for m in layer.models.values() if known in m.dimensions), None)
    return home is not None and home is not layer.main and dimension in home.dimensions


def differs_within_order(layer: Layer, f: Filter) -> bool:
    """Whether the lines of one order can differ in what a condition looks at: not in their customer."""
    if f.dimension.startswith(("#", "@")):
        return f.dimension.startswith("#")
    dimension = layer.dimensions.get(f.dimension)
    if dimension is None or dimension.about == "order" or dimension.identifies == "order":
        return False
    home = next(m for m in layer.models.values() if f.dimension in m.dimensions)
    return home is layer.main or any(d.identifies == "product" for d in home.dimensions.values())
