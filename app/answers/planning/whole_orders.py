"""Orders with lines of a kind whose whole is of another: a loss-making line, although the total profit is above zero.

The lines and the whole are planned apart; both hold of the same orders.
"""

from __future__ import annotations

import re
from dataclasses import replace

from app.answers.layer import Layer
from app.answers.plan import Plan
from app.answers.planning.conditions_of_members import conditions_of, differs_within_order, members_counted
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, UnclearError, planned_or_none, trimmed

_FIGURE = r"profit|sales|margin|revenue|value|quantity|shipping\s+costs?"
_TAIL = r"(?P<tail>\s*,?\s+(?:by|per|in|for\s+each|during|split)\s+[\w\s-]+)?$"
_BUT = (
    r"\s*,?\s*\b(?:although|(?:even\s+)?though|despite\s+the\s+fact\s+that|whereas|while|but(?:\s+(?:where|whose|still))?|"
    r"yet|and(?:\s+(?:where|whose|yet|still))?)\s+(?:where\s+)?"
)
_WHOLE = r"(?:the\s+(?:whole\s+|entire\s+)?order|the\s+orders|it|they|the\s+order\s+as\s+a\s+whole)"
_OVERALL = (
    r"(?:overall|in\s+total|in\s+all|as\s+a\s+whole(?:\s+order)?|as\s+whole\s+orders|altogether|all\s+in\s+all|"
    r"on\s+the\s+whole)"
)
# "although the order's total profit is above zero", "but made a profit overall"
_OF_THE_FIGURE = re.compile(
    rf"{_BUT}(?:(?:the\s+order['’]?s['’]?|its|their|the)\s+)?(?P<total>total\s+|overall\s+|whole\s+)?(?:order\s+)?(?P<figure>{_FIGURE})(?:\s+of\s+the\s+(?:whole\s+|entire\s+)?orders?)?"
    rf"(?P<overall>\s+{_OVERALL})?\s+(?:is|was|are|were|being)\s+(?:still\s+|nevertheless\s+)?(?P<bound>[\w\s.,$%]+?)(?P<after>\s+{_OVERALL})?{_TAIL}",
    re.I,
)
_OF_PROFIT = re.compile(
    rf"{_BUT}(?:(?:{_WHOLE}|that)\s+)?(?:still\s+|nevertheless\s+)?(?:(?:made|makes?|earned|turned)\s+(?:a\s+)?(?P<made>profit|loss|money)|(?P<lost>lost\s+money)|(?:was|were|is|are)\s+(?P<was>profitable|loss[\s-]making|unprofitable))\s+{_OVERALL}{_TAIL}",
    re.I,
)
_SIGNS = {
    "positive": "above 0", "negative": "below 0", "above zero": "above 0", "below zero": "below 0",
    "greater than zero": "above 0", "less than zero": "below 0", "not negative": "at least 0",
}  # fmt: skip
_OF_TOTAL = re.compile(r"\b(?:overall|total|whole|order['’]?s['’]?|in\s+all|altogether)\b", re.I)


def plan_of_lines_and_total(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of orders with some line of a kind whose total is of another; None where that is not asked.

    Raises UnclearError where the total could be one of some of the lines.
    """
    text = trimmed(question)
    if not _OF_TOTAL.search(text) and " as a whole" not in text:
        return None
    match, of_figure = _OF_PROFIT.search(text), _OF_THE_FIGURE.search(text)
    if match is not None:
        lost = (match["made"] or "").lower() == "loss" or match["lost"] or (match["was"] or "profitable")[0] in "lLuU"
        condition = "profit below 0" if lost else "profit above 0"
    elif of_figure is not None and (
        of_figure["total"] or of_figure["overall"] or of_figure["after"] or "order" in of_figure[0]
    ):
        match = of_figure
        bound = re.sub(r"\s+", " ", match["bound"].strip().lower())
        condition = f"{match['figure']} {_SIGNS.get(bound, bound)}"
    if match is None or not re.search(r"\borders\b", text[: match.start()], re.I):
        return None
    rest = planned_or_none(f"{text[: match.start()]}{match['tail'] or ''}", plan_of)
    total = planned_or_none(f"how many orders with a total {condition}", plan_of)
    members = members_counted(around.layer, total.plan) if total is not None else None
    order = around.layer.identifier("order")
    if rest is None or total is None or members is None or order is None or members.key != order.name:
        return None
    cohorts = conditions_of(replace(total.plan, dimensions=()), members)
    if not cohorts or len(cohorts) != 1 or not cohorts[0].metric or cohorts[0].filters or cohorts[0].periods:
        return None
    if not _is_of_whole_orders(around.layer, rest.plan, order.name):
        raise UnclearError("the total of the whole order, or of these lines of it?")
    plan = replace(rest.plan, cohorts=(*rest.plan.cohorts, *cohorts))
    return Planned(plan, min(rest.confidence, total.confidence), (*rest.notes, *total.notes))


def _is_of_whole_orders(layer: Layer, plan: Plan, order: str) -> bool:
    """Whether a plan is about orders chosen by cohorts: its figures are of all of their lines."""
    some = any(differs_within_order(layer, f) for f in plan.filters)
    plain = not (some or plan.having or plan.limit or plan.missing or plan.compare or plan.tally)
    chosen = bool(plan.cohorts) and all(c.dimension == order for c in plan.cohorts)
    return plain and chosen and not any(t.share or t.filters for t in plan.terms)
