"""Orders whose total and whose lines tell different things: "orders that made money overall even though at least one of
their lines lost money".
"""

from __future__ import annotations

import re
from dataclasses import replace

from app.answers.plan import Cohort
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, planned_or_none, trimmed

_GAIN = (
    r"(?:made|make|earned|earn)\s+(?:money|an?\s+(?:overall\s+|total\s+)?profit)|(?:were|are|was)\s+profitable"
    r"|(?:had|have|with)\s+a\s+positive\s+(?:total\s+)?profit|whose\s+(?:total\s+)?profit\s+(?:was|is)\s+positive"
)
_LOSS = (
    r"lost\s+money|lose\s+money|(?:made|make)\s+an?\s+(?:overall\s+|total\s+)?loss|(?:were|are|was)\s+(?:unprofitable|sold\s+at\s+a\s+loss|loss[\s-]making)"
    r"|(?:had|have|with)\s+a\s+negative\s+(?:total\s+)?profit|whose\s+(?:total\s+)?profit\s+(?:was|is)\s+negative"
)
_WHOLE = r"(?:\s+(?:overall|in\s+total|as\s+a\s+whole|altogether))?"
_YET = r"\s*,?\s+(?:and\s+yet|but|and|even\s+though|although|though|while|yet)\s+"
_ONE = (
    r"(?:(?:at\s+least\s+one|one(?:\s+or\s+more)?|some|any)\s+of\s+(?:their|its|the)\s+lines"
    r"|(?:they\s+)?(?:contain|contained|have|had|include|included)\s+(?:at\s+least\s+one|a)\s+line\s+that)\s+"
)
BOTH = re.compile(
    r"\borders\s+(?P<when>(?:placed\s+)?(?:in|of|from)\s+[\w\s]+?\s+)?(?:that\s+|which\s+)?"
    rf"(?:(?P<gain>{_GAIN})|(?P<loss>{_LOSS})){_WHOLE}{_YET}{_ONE}(?:(?P<lost>{_LOSS})|(?P<gained>{_GAIN}))",
    re.I,
)


def plan_of_profit_and_lines(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of orders by the sign of their profit and that of one of their lines; None for other questions."""
    text = trimmed(question)
    match = BOTH.search(text)
    order = around.layer.identifier("order")
    if match is None or order is None:
        return None
    line = "line sold at a loss" if match["lost"] else "line sold at a profit"
    told = f"orders {match['when'] or ''}containing at least one {line}"
    planned = planned_or_none(f"{text[: match.start()]}{told}{text[match.end() :]}", plan_of)
    profit = next((m for m in around.layer.metrics.values() if m.words("below_zero")), None)
    if planned is None or profit is None:
        return None
    sign = Cohort(order.name, metric=profit.name, operator=">" if match["gain"] else "<", values=(0.0,))
    plan = planned.plan
    if len(plan.terms) == 1 and plan.terms[0].share and plan.terms[0].cohorts:
        term = plan.terms[0]
        return replace(planned, plan=replace(plan, terms=(replace(term, cohorts=(*term.cohorts, sign)),)))
    if not any(c.dimension == order.name for c in plan.cohorts):
        return None
    return replace(planned, plan=replace(plan, cohorts=(*plan.cohorts, sign)))
