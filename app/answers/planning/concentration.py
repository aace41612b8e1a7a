"""The fewest groups that make up so much of a figure: "how many products make up 80% of sales in the EU".

The figure of each group is planned as a question of its own; from the highest down, as many are kept as are needed.
"""

from __future__ import annotations

import re
from dataclasses import replace

from app.answers.belonging import is_told_of
from app.answers.layer import Layer
from app.answers.plan import Plan, Term
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, UnclearError, planned_or_none, trimmed
from app.answers.vocabulary.concentration import (
    ALL_TIME,
    BY_EACH,
    COUNTED,
    EACH,
    ITS,
    LEAD,
    LISTED,
    MOST,
    NUMBERS,
    OTHER_ROWS,
    PARTS,
    SHARED,
    TAKEN,
    WHEN_FIRST,
    WHOSE,
)


def plan_of_concentration(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of the groups that make up so much together; None for other questions.

    Raises UnclearError where it is open which whole is meant.
    """
    text = LEAD.sub("", trimmed(question))
    when = WHEN_FIRST.match(text)
    if when is not None:
        asked = ITS.sub("of ", text[when.end() :]) if EACH.match(when["when"]) else text[when.end() :]
        text = f"{asked} {when['when']}"
    match, tally = _matched(text)
    if match is None:
        return None
    share = _share_of(match)
    told = match.groupdict()
    together = any(told.get(k) for k in ("together", "joint", "joined", "first", "needed", "fewest"))
    if not together and match["bound"] and share < MOST:
        return None  # "more than 5% of sales": each of them
    if not 0 < share < 1:
        raise UnclearError("which share of the whole?")
    planned = _figure_of_each(match, plan_of, around)
    if planned is None:
        return None
    order = (("0", True),) if not tally else ()
    return replace(planned, plan=replace(planned.plan, reach=share, tally=tally, order=order))


def _matched(text: str) -> tuple[re.Match[str] | None, str]:
    """How a question tells the groups, and whether their number, their share or the groups are asked for."""
    low = text.lower()
    if not re.search(r"%|percent|per\s+cent|half|third|quarter|fifth|tenth", low):
        return None, ""
    for tally, patterns in (("number", (*COUNTED, TAKEN)), ("share", (SHARED,)), ("", LISTED)):
        for pattern in patterns:
            if (match := pattern.match(text)) is not None:
                return match, tally
    return None, ""


def _share_of(match: re.Match[str]) -> float:
    if match["n"]:
        return round(float(match["n"]) / 100, 6)
    return round(NUMBERS[(match["count"] or "").lower()] * PARTS[match["part"].lower()], 6)


def _figure_of_each(match: re.Match[str], plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of the figure of each of those that are counted."""
    told = match.groupdict()
    figure = f"{match['figure']} {told.get('tail') or ''}".strip()
    if OTHER_ROWS.search(figure):
        return None
    planned = figure_by_group(figure, match["who"], plan_of, around)
    for by in (told.get("by"), told.get("by2")):
        if planned is not None and by and not _is_same_figure(by, planned.plan, plan_of):
            raise UnclearError("taken by one figure to reach a share of another: by which?")
    return planned


def figure_by_group(figure: str, who: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of a figure of each of those who are named, within each of the groups that the figure is told by."""
    who = re.sub(r"\s+base$", "s", who, flags=re.I)
    each = BY_EACH.search(figure)
    bare = figure[: each.start()] if each is not None else figure
    while WHOSE.match(bare):
        bare = WHOSE.sub("", bare)
    bare = re.sub(r"\s+", " ", ALL_TIME.sub("", f" {bare}")).strip()
    groups = (
        re.sub(r"^(?:by|per|in\s+each|for\s+each|within\s+each|in\s+every)\s+", "", each[0].strip(), flags=re.I)
        if each
        else ""
    )
    by = f"{who} and {groups}" if groups else who
    members = members_named(who, plan_of)
    if members is None or len(members.plan.dimensions) != 1 or members.plan.having:
        return None
    if members.plan.filters or members.plan.cohorts or members.plan.periods:
        raise UnclearError("a share of what these have, or of what all have?")
    planned = planned_or_none(f"{bare} by {by}", plan_of)
    if planned is None:
        return None
    plan, member = planned.plan, members.plan.dimensions[0]
    if plan.compare or plan.split:
        raise UnclearError("of each of the two, or of both together?")
    bare_plan = replace(plan, terms=(), dimensions=(), filters=(), periods=(), notes=(), order=())
    if bare_plan != Plan(()) or not is_sum(plan, around.layer) or plan.dimensions[:1] != (member,):
        return None
    whole = planned_or_none(f"{bare} by {groups}" if groups else f"total {bare}", plan_of)
    if whole is None or {*whole.plan.filters} != {*plan.filters}:
        raise UnclearError("a share of what these have, or of what all have?")
    return replace(planned, plan=replace(plan, per=plan.dimensions[1:], order=()))


def members_named(who: str, plan_of: PlanOf) -> Planned | None:
    """The list of those who are named, by one or by many of them: "customer", "sub-categories"."""
    name = who.replace("sub-", "sub")
    listed = planned_or_none(f"list of {name}", plan_of)
    if listed is not None or name.endswith("s"):
        return listed
    return planned_or_none(f"list of {name[:-1]}ies" if name.endswith("y") else f"list of {name}s", plan_of)


def is_sum(plan: Plan, layer: Layer) -> bool:
    """Whether a plan shows one figure whose values for the groups add up to that of all."""
    if len(plan.terms) != 1 or plan.terms[0] != Term(plan.terms[0].metric) or not plan.terms[0].metric:
        return False
    metric = layer.metric(plan.terms[0].metric)
    if metric.kind != "simple" or metric.meta.get("first_of"):
        return False
    if all(leaf.aggregation in ("sum", "count") for leaf in layer.leaves(metric)):
        return True
    return metric.meta.get("about") == "order" and all(is_told_of(layer, "order", key) for key in plan.dimensions)


def _is_same_figure(by: str, plan: Plan, plan_of: PlanOf) -> bool:
    """Whether "by revenue" names the figure that is added up."""
    name = re.sub(r"^(?:by|according\s+to|in\s+order\s+of|on|in)\s+(?:their\s+)?", "", by.strip(), flags=re.I)
    name = re.sub(r"\s+", " ", ALL_TIME.sub("", f" {name}")).strip()
    named = planned_or_none(f"total {name}", plan_of) or planned_or_none(name, plan_of)
    return named is not None and named.plan.terms == plan.terms and named.plan.periods in ((), plan.periods)
