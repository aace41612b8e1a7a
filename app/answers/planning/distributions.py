"""Groups that are counted in their turn: customers by number of orders, markets in which each category loses money.

What is counted is planned as a table of its own; the plan then counts its rows for each value, or for each group.
"""

from __future__ import annotations

import re
from dataclasses import replace

from app.answers.layer import Layer
from app.answers.plan import Plan, Term
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, UnclearError, planned_or_none, trimmed

_LEAD = r"^(?:(?:what\s+(?:is|was)|show(?:\s+me)?|give\s+me|list|plot|i\s+want|i\s+need)\s+)?(?:the\s+|our\s+|a\s+)?"
# "distribution of customers by number of orders placed in 2025", "how many customers by number of orders"
DISTRIBUTION = re.compile(
    rf"{_LEAD}(?:(?:frequency\s+)?distribution\s+of\s+(?:the\s+|our\s+)?|histogram\s+of\s+(?:the\s+|our\s+)?|how\s+many\s+|(?:number|count)\s+of\s+(?:the\s+|our\s+)?)"
    r"(?P<kind>(?:[\w-]+\s+){0,2}?)(?P<who>[a-z][\w-]*)\s*,?\s+(?:by|over|across|per|according\s+to|grouped\s+by)\s+(?:(?:their|the|its)\s+)?"
    r"(?:(?:number|count)\s+of\s+(?P<what>(?:order\s+|different\s+|distinct\s+)?[a-z]+)|(?P<short>order|line|product|customer|return)\s+count)(?:\s+(?:placed|made|they\s+(?:placed|made|have|had)|in\s+them|on\s+them))?(?P<rest>(?:\s+.+)?)$",
    re.I,
)
_HAVING_ONE = re.compile(
    r"[\s,;(]+(?:only\s+|of\s+)?(?:the\s+|those\s+)?[a-z]+\s+with\s+(?:at\s+least\s+(?:one|1)|one\s+or\s+more|any)\s+[a-z]+(?:\s+only)?\)?$",
    re.I,
)
_OTHER = re.compile(r"\b(?:and|vs|versus|but|than|each|share|percent\w*|average|who|that|which|compared)\b|[,;:]", re.I)
# "sub-categories that lose money in at least one market; for each, in how many markets"
_ASKED_TOO = (
    r"(?:\s*[,;:.–-]*\s*(?:and\s+)?(?:(?:for\s+each(?:\s+of\s+(?:them|these|those))?|each|with|also)\s*,?\s*)?(?:and\s+)?(?:(?:state|say|show|tell(?:\s+me)?|give|list|add)\s+)?"
    r"(?:in\s+)?(?:how\s+many|the\s+number\s+of|the\s+count\s+of)\s+(?:of\s+(?:them|these|those)\s*)?(?P<units>[a-z-]+)?(?:\s+(?:that\s+(?:is|was)|(?:it|they|this)\s+(?:is|was|are|does|do|did|happens?|happened)(?:\s+so)?))?)?"
)
IN_AT_LEAST_ONE = re.compile(
    r"^(?:please\s+|kindly\s+)?(?:(?:which|what|list|show(?:\s+me)?|give\s+me|identify|name|find|state)\s+)?(?:the\s+|our\s+|all\s+)*(?P<groups>(?:sub-?)?[a-z]+(?:\s+[a-z]+)?)\s*(?:,?\s*if\s+any\s*,?)?\s*(?:\b(?:that|which)\b\s+)?"
    rf"(?P<clause>\b(?:lose|lost|make|made|makes|have|had|has|are|were|is|with|run|ran|sell|sold)\b.+?)\s+in\s+(?:at\s+least\s+(?:(?P<several>two|three|four|five|[2-9])|one|1|a\s+single)|one\s+or\s+more|any)\s+(?:of\s+(?:the|our)\s+)?(?P<unit>[a-z]+)(?P<when>(?:\s+(?!and\s+how|in\s+how)[^,;:.]+?)?){_ASKED_TOO}$",
    re.I,
)
_LOST_IN_SOME = re.compile(
    r"\b(?:lose|loses|lost|losing)\s+money\s+in\s+at\s+least\s+\w+|\b(?:make|makes|made)\s+a\s+(?:loss|profit)\s+in\s+at\s+least\s+\w+",
    re.I,
)
_YEARS = re.compile(r"\b(?:of\s+)?(?:the\s+)?years\s+(?:20\d\d(?:\s*,\s*|\s+and\s+|\s+or\s+|\s*$|\s)){2,}", re.I)


def plan_of_distribution(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of a table that is counted by its figure or by one of its groups; None where none is asked for."""
    text = trimmed(question)
    low = text.lower()
    if " count" in low or "number of" in low:
        match = DISTRIBUTION.match(_HAVING_ONE.sub("", text))
        if match is not None and (made := _by_number(match, plan_of, around.layer)) is not None:
            return made
    if "at least" in low or "one or more" in low or " in any " in low:
        made = _in_at_least_one(text, plan_of)
        if made is None and _LOST_IN_SOME.search(text):
            raise UnclearError("in how many of them does it lose money: by itself in each, or as a whole?")
        return made
    return None


def _by_number(match: re.Match[str], plan_of: PlanOf, layer: Layer) -> Planned | None:
    """How many of them have one, two, three … of what is counted."""
    if _OTHER.search(match["rest"]):
        return None
    what = match["what"] or f"{match['short']}s"
    of = f"of {match['kind']}{match['who']} " if match["kind"] else ""
    table = planned_or_none(f"number of {what} {of}by {_single(match['who'])} {match['rest'].strip()}".strip(), plan_of)
    if table is None or len(table.plan.dimensions) != 1 or len(table.plan.terms) != 1:
        return None
    plan, term = table.plan, table.plan.terms[0]
    plain = replace(plan, terms=(), dimensions=(), filters=(), periods=(), cohorts=()) == Plan(())
    counts = term == Term(distinct=term.distinct) or layer.metric(term.metric).format == "count"
    dimension = layer.dimensions.get(plan.dimensions[0])
    if not plain or not counts or dimension is None or term not in (Term(term.metric), Term(distinct=term.distinct)):
        return None
    named = planned_or_none(f"list of {match['who']}", plan_of)
    if named is None or named.plan.dimensions != plan.dimensions:
        return None
    return replace(table, plan=replace(plan, tally="distribution"))


def _in_at_least_one(text: str, plan_of: PlanOf) -> Planned | None:
    """Groups that fulfil a condition in some part of them, with the number of these parts."""
    match = IN_AT_LEAST_ONE.match(_YEARS.sub(_as_stretch, text))
    if match is None:
        return None
    unit = _plural(match["unit"])
    if match["units"] and _plural(match["units"].lower()) != unit.lower():
        return None
    when = match["when"].strip()
    table = planned_or_none(f"which {match['groups']} and {unit} {match['clause']} {when}".strip(), plan_of)
    alone = planned_or_none(f"which {match['groups']} {match['clause']} {when}".strip(), plan_of)
    if table is None or alone is None or len(alone.plan.dimensions) != 1 or len(table.plan.dimensions) != 2:
        return None
    plan, group = table.plan, alone.plan.dimensions[0]
    if plan.dimensions[0] != group or len(plan.having) != 1 or plan.having[0].against or plan.having[0].growth:
        return None
    if replace(plan, dimensions=alone.plan.dimensions) != alone.plan:
        return None
    if match["several"]:
        raise UnclearError(f"in how many of the {unit} does each of them do so: ask for at least one, please")
    return replace(table, plan=replace(plan, tally="number", per=(group,), order=()))


def _as_stretch(match: re.Match[str]) -> str:
    """Years in a row as the time from the first to the last."""
    years = [int(y) for y in re.findall(r"\d{4}", match[0])]
    in_a_row = years == list(range(years[0], years[-1] + 1))
    return f"years from {years[0]} to {years[-1]}" if in_a_row and len(years) > 1 else match[0]


def _single(noun: str) -> str:
    return re.sub(r"ies$", "y", noun) if noun.lower().endswith("ies") else noun.rstrip("s")


def _plural(noun: str) -> str:
    if noun.endswith("s"):
        return noun
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
