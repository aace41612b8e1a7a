"""The best member of each group, with its share of the group: "for each market, which country has the largest sales and
what share of the market's sales does it hold?".
"""

from __future__ import annotations

import re
from dataclasses import replace

from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, planned_or_none, trimmed
from app.answers.planning.wholes import SHARE

_EACH = r"(?:within|in|for|per|of|inside)\s+(?:each|every)\s+|per\s+"
_TOP = r"(?P<way>largest|highest|biggest|greatest|most|best|smallest|lowest|least)"
_WHOSE = r"(?:(?:the|that|each|this)\s+(?P=outer)['’]s|its\s+(?P=outer)['’]s|its|that|their|the)"
_SHARE_IS = (
    rf"(?:(?:how\s+(?:large|high|big|small|much)|what)\s+(?:is|was)\s+(?:that|this|its|the)\s+{SHARE}"
    rf"|how\s+(?:large|high|big|much)\s+(?:is|was)\s+(?:it|that)|what\s+{SHARE}\s+(?:is|was)\s+(?:it|that)|(?:with\s+)?(?:the|that|its)\s+{SHARE}(?:\s+itself)?|{SHARE})"
)
_HOLD = (
    r"(?:does|did)\s+(?:it|that\s+\w+)\s+(?:hold|have|make\s+up|account\s+for|represent|contribute|bring\s+in)"
    r"|(?:is|was|are)\s+(?:that|it|this)"
)
_GROUPS = (
    rf"^(?:{_EACH})(?P<outer>[\w-]+)\s*,?\s*(?:which|what|(?:(?:tell|give|show)(?:\s+me)?\s+|name\s+|find\s+|list\s+)?(?:the|which))\s+"
    r"(?P<inner>(?!(?:largest|highest|smallest|lowest)\b)[\w-]+(?:\s\w+)?)"
)
LARGEST_SHARE = re.compile(
    rf"{_GROUPS}\s+(?:has|had|holds?|makes?\s+up|made\s+up|accounts?\s+for|accounted\s+for|contributes?|contributed|represents?|with|having|brings?\s+in)\s+the\s+{_TOP}\s+{SHARE}\s+"
    rf"of\s+(?:{_WHOSE}\s+)?(?:(?:total|overall)\s+)?(?P<figure>[\w\s]+?)(?P<when>\s+(?:in|over|since|during|this|last)\b[^,?]*?)?(?:\s*,?\s+and\s+{_SHARE_IS})?$",
    re.I,
)
LARGEST_AND_SHARE = re.compile(
    rf"{_GROUPS}\s+(?:has|had|made|makes?|brought\s+in|generated)\s+the\s+{_TOP}\s+(?P<figure>[\w\s]+?)"
    rf"(?P<when>\s+(?:in|over|since|during|this|last)\b[^,?]*?)?\s*,?\s+and\s+what\s+{SHARE}\s+of\s+{_WHOSE}\s+(?:(?:total|overall)\s+)?(?:(?P=figure)|total)\s+(?:{_HOLD})$",
    re.I,
)
OF_EACH = re.compile(
    rf"^(?:which|what)\s+(?P<inner>[\w-]+(?:\s\w+)?)\s+(?:has|had|holds?|makes?\s+up|made\s+up|accounts?\s+for|contributes?)\s+the\s+{_TOP}\s+{SHARE}\s+"
    rf"of\s+(?:each|every)\s+(?P<outer>[\w-]+)['’]s\s+(?P<figure>[\w\s]+?)(?P<when>\s+(?:in|over|since|during|this|last)\b[^,?]*?)?(?:\s*,?\s+and\s+{_SHARE_IS})?$",
    re.I,
)
_LOW = ("smallest", "lowest", "least")


def plan_of_best_and_share(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of the best of each group with its share; None for other questions."""
    text = trimmed(question)
    alone = LARGEST_SHARE.match(text) or OF_EACH.match(text)
    match = alone or LARGEST_AND_SHARE.match(text)
    if match is None:
        return None
    end = "lowest" if match["way"].lower() in _LOW else "highest"
    planned = planned_or_none(
        f"{match['inner']} with the {end} {match['figure']} in each {match['outer']}{match['when'] or ''}", plan_of
    )
    if planned is None or len(planned.plan.terms) != 1 or len(planned.plan.dimensions) != 2 or planned.plan.limit != 1:
        return None
    outer, inner = planned.plan.dimensions
    term = planned.plan.terms[0]
    if planned.plan.per != (outer,) or not around.nested(inner, outer) or term.share or term.aggregate:
        return None
    share = replace(term, share=True)
    return replace(planned, plan=replace(planned.plan, terms=(share,) if alone is not None else (term, share)))
