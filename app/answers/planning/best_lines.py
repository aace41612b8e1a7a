"""Which order lines are the best or the worst by a figure: each is told by its order and its product."""

from __future__ import annotations

import re
from dataclasses import replace

from app.answers.layer import Layer
from app.answers.plan import Plan
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, UnclearError, planned_or_none, trimmed

LINES = re.compile(
    r"\b(?:single\s+)?(?:order[\s-]+(?:line|item|position)(?:\s+item)?|line[\s-]+item|line)(?P<several>s?)\b", re.I
)
_ORDERS = re.compile(r"\borders?\b", re.I)
# "profit of a line", "per line", "with the most lines" are figures
_IN_A_FIGURE = re.compile(r"\b(?:per|an?|any|one|each|number\s+of|how\s+many|most|fewest)\s+$", re.I)


def plan_of_best_lines(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """ "The 5 order lines with the highest sales": planned as of orders, then told apart by their products too.

    Raises UnclearError where no figure is told: "the largest order line".
    """
    text = trimmed(question)
    found = list(LINES.finditer(text))
    if len(found) != 1 or _ORDERS.search(LINES.sub(" ", text)) or _IN_A_FIGURE.search(text[: found[0].start()]):
        return None
    line = line_of(around.layer)
    planned = planned_or_none(LINES.sub(r"order\g<several>", text), plan_of) if line else None
    if planned is None or not _ranks_orders(around.layer, planned.plan, line[:1]):
        return None
    if any(note.startswith("ranked by") for note in planned.notes):
        raise UnclearError("the line with the most of which figure?", [f"{text} by {w}" for w in ("sales", "profit")])
    return replace(planned, plan=replace(planned.plan, dimensions=(*planned.plan.per, *line)))


def line_of(layer: Layer) -> tuple[str, ...]:
    """What tells one line of the main facts, its order and its product; nothing where their key is another."""
    order, product = layer.identifier("order"), layer.identifier("product")
    key = next((e for e in layer.main.entities if e.is_key), None)
    if order is None or product is None or key is None or not (order.name in key.expr and product.name in key.expr):
        return ()
    return order.name, product.name


def _ranks_orders(layer: Layer, plan: Plan, order: tuple[str, ...]) -> bool:
    """Whether a plan shows the first few orders by amounts that each line has."""
    amounts = [layer.metric(t.metric) for t in plan.terms if t.metric and not (t.share or t.aggregate)]
    ranked = tuple(d for d in plan.dimensions if d not in plan.per)
    if ranked != order or not plan.limit or plan.tally or plan.together:
        return False
    if len(amounts) != len(plan.terms) or any(m.kind != "simple" for m in amounts):
        return False
    return all(layer.leaves(m)[0].aggregation in ("sum", "average") for m in amounts)
