"""Means of the customers' own means: "average days between orders per customer by segment".

Each customer counts once, however many orders there are; without "per customer" each step from order to order does.
"""

from __future__ import annotations

import re
from dataclasses import replace

from app.answers.order_gaps import NEXT
from app.answers.plan import Plan, Term
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, planned_or_none, trimmed

PER_CUSTOMER = re.compile(
    r"^(?P<head>.*\b(?:average|mean|avg)\b.*?)\s+(?:per|for\s+each|by)\s+(?:customer|client|buyer)"
    r"(?P<rest>\s*,?\s+(?:by|per|in\s+each|for\s+each|within\s+each|of\s+each)\s+.+)$",
    re.I,
)


def plan_of_gaps_per_customer(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of such a mean; None where the question asks for another figure."""
    found, customer = PER_CUSTOMER.match(trimmed(question)), around.layer.identifier("customer")
    if found is None or customer is None or re.search(r"\b(?:between|interval|gap|reorder)\b", found["head"]) is None:
        return None
    planned = planned_or_none(f"{found['head']}{found['rest']}", plan_of)
    if planned is None or planned.plan != Plan((Term(NEXT),), planned.plan.dimensions, planned.plan.filters):
        return None
    each = Term(NEXT, aggregate="average", over=customer.name)
    return replace(planned, plan=replace(planned.plan, terms=(each,)))
