"""Groups that make up more than so much of a figure: "countries that account for more than 5% of 2026 sales".

The share of each is planned as a question of its own; the bound is then a condition on it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from app.answers.plan import Having, Plan, Term
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, planned_or_none, trimmed

_SIGNS = {
    "more than": ">", "over": ">", "above": ">", "higher than": ">", "greater than": ">", "at least": ">=",
    "less than": "<", "under": "<", "below": "<", "lower than": "<", "at most": "<=",
}  # fmt: skip
_BOUND = rf"(?P<bound>{'|'.join(_SIGNS)})\s+(?P<n>\d+(?:\.\d+)?)\s*(?:%|percent|per\s+cent)"
_WHO = (
    r"^\W*(?:(?P<ask>how\s+many|which|what|list|show|name|give\s+me)\s+)?(?:all\s+)?(?:the\s+|our\s+)?"
    r"(?P<who>[\w-]+(?:\s+(?!of|in|with|that|which|who|each)[\w-]+)?)\s+"
)
_MAKE_UP = (
    r"(?:mak(?:e|es|ing)\s+up|made\s+up|account(?:s|ed|ing)?\s+for|represent(?:s|ed|ing)?|contribut(?:e|es|ed|ing)(?:\s+to)?|"
    r"generat(?:e|es|ed|ing)|bring(?:s|ing)?\s+in|brought\s+in|deliver(?:s|ed)?|with|have|has|had)"
)
_TAIL = (
    r"(?:\s*,?\s+(?:each|separately|individually))?(?:\s*[,;]?\s*(?:and|with|plus|showing)\s+(?:(?:what\s+)?(?:their|its|the|that|those)\s+)(?:respective\s+)?(?:shares?|percentages?))?"
    r"(?:\s*[,;]?\s*(?:the\s+)?(?P<order>largest|biggest|highest|smallest|lowest)(?:\s+(?:ones?|shares?))?\s+first)?$"
)
# "countries that make up more than 5% of our 2026 sales each, with their share"
MAKING_UP = re.compile(
    rf"{_WHO}(?:(?:that|which|who)\s+)?(?:(?:each|alone)\s+)?{_MAKE_UP}\s+(?:each\s+)?{_BOUND}\s+of\s+(?P<figure>.+?){_TAIL}",
    re.I,
)
# "countries with a share of 2026 sales above 5%", "whose share of 2026 sales is at least 5%"
WITH_A_SHARE = re.compile(
    rf"{_WHO}(?:with|having|whose|that\s+had|which\s+had|that\s+have|had|have)\s+(?:an?\s+|the\s+)?(?:share|percentage)\s+(?:of|in)\s+(?P<figure>.+?)\s+"
    rf"(?:(?:is|was|are|were|of)\s+)?{_BOUND}{_TAIL}",
    re.I,
)
_WHOSE = re.compile(r"^(?:our|the|all|total|overall|of)\s+", re.I)
_OTHER_ROWS = re.compile(r"\b(?:their|its|them|those|these|that|which|who|and|or|but)\b", re.I)


def plan_of_large_shares(question: str, plan_of: PlanOf, _around: Surroundings) -> Planned | None:
    """The plan of the groups whose share is above or below a bound; None for other questions."""
    text = trimmed(question)
    match = MAKING_UP.match(text) or WITH_A_SHARE.match(text)
    if match is None or _OTHER_ROWS.search(match["figure"]):
        return None
    figure = match["figure"]
    while _WHOSE.match(figure):
        figure = _WHOSE.sub("", figure)
    planned = planned_or_none(f"share of {figure} by {match['who']}", plan_of)
    if planned is None or not _is_share_of_groups(planned.plan):
        return None
    sign = _SIGNS[" ".join(match["bound"].lower().split())]
    plan = replace(planned.plan, having=(Having(0, sign, (float(match["n"]) / 100,)),))
    if (match["ask"] or "").lower().startswith("how"):
        plan = replace(plan, tally="number")
    elif match["order"]:
        plan = replace(plan, order=(("0", match["order"].lower() not in ("smallest", "lowest")),))
    return replace(planned, plan=plan)


def _is_share_of_groups(plan: Plan) -> bool:
    """Whether a plan shows nothing but the share of each group in the figure of all of them."""
    bare = replace(plan, terms=(), dimensions=(), filters=(), periods=(), notes=(), order=())
    shares = len(plan.terms) == 1 and plan.terms[0] == Term(plan.terms[0].metric, share=True)
    return bare == Plan(()) and shares and bool(plan.terms[0].metric) and len(plan.dimensions) == 1
