"""Percentage points: how far a rate lies from that of all, and by how many of them it changed."""

from __future__ import annotations

import re
from dataclasses import replace

from app.answers.layer import Layer
from app.answers.plan import Plan
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, UnclearError, trimmed

_POINTS = r"(?:percentage[\s-]+points?|(?:%|percent)[\s-]*points?|pp|pps|p\.p\.|points?)"
APART = re.compile(
    rf"\b(?:by\s+)?(?P<bound>more\s+than|over|at\s+least|less\s+than)\s+(?P<n>\d+(?:\.\d+)?)\s*{_POINTS}\s+"
    r"(?P<way>above|below|higher\s+than|lower\s+than|over|under|better\s+than|worse\s+than)\b",
    re.I,
)
MOVED_BY = re.compile(
    rf"\bby\s+(?P<bound>more\s+than|over|at\s+least)\s+(?P<n>\d+(?:\.\d+)?)\s*{_POINTS}(?=\W|$)", re.I
)
BY_HOW_MANY = re.compile(
    rf"^\W*(?:by\s+)?how\s+many\s+{_POINTS}\s+(?:did|has|have)\s+(?:the\s+|our\s+)?(?P<what>.+?)\s+"
    r"(?:changed?|moved?|rise|rose|risen|fall|fell|fallen|grow|grown?|increased?|decreased?|improved?|drop(?:ped)?|declined?|go\s+(?:up|down))\s+"
    r"(?P<when>.+)$",
    re.I,
)
IN_POINTS = re.compile(
    rf"\s*[,(]?\s*\b(?:(?:given|expressed|measured|shown)\s+)?(?:in|as)\s+{_POINTS}\)?(?=\W|$)", re.I
)
_BELOW = ("below", "lower", "under", "worse")


def plan_of_points(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of a distance or a change in percentage points; None for other questions.

    Raises UnclearError where the figure is none that points can be told of.
    """
    text = trimmed(question)
    if (apart := APART.search(text)) is not None:
        rest = f"{text[: apart.start()]}{apart['way']}{text[apart.end() :]}"
        return _with_bound(plan_of(rest), apart, around.layer)
    if (asked := BY_HOW_MANY.match(text)) is not None:
        return _of_rates(plan_of(f"change of {asked['what']} {asked['when']}"), around.layer)
    if (moved := MOVED_BY.search(text)) is not None:
        bound = f"by {moved['bound']} {moved['n']}%"
        return _by_change(_of_rates(plan_of(text[: moved.start()] + bound + text[moved.end() :]), around.layer))
    if (shown := IN_POINTS.search(text)) is not None:
        return _of_rates(plan_of(text[: shown.start()] + text[shown.end() :]), around.layer)
    return None


def _of_rates(planned: Planned, layer: Layer) -> Planned:
    """The plan, where all that it compares are rates, shares or their like, which differ by points."""
    plan = planned.plan
    rates = all(t.share or (t.metric and layer.metric(t.metric).format == "percent") for t in plan.terms)
    if not (plan.terms and rates and (plan.compare or plan.contrast)):
        raise UnclearError("percentage points of which two rates?")
    return planned


def _by_change(planned: Planned) -> Planned:
    """The bound of a growth as that of a change: points, no part of what the rate was."""
    having = tuple(replace(h, growth=False, change=True) if h.growth else h for h in planned.plan.having)
    if having == planned.plan.having:
        raise UnclearError("which rate should have changed by so many points?")
    return replace(planned, plan=replace(planned.plan, having=having))


def _with_bound(planned: Planned, apart: re.Match[str], layer: Layer) -> Planned:
    """The plan with the distance that its figure keeps from the one that it is compared with."""
    plan: Plan = planned.plan
    held = [h for h in plan.having if h.against]
    told = held and layer.metrics.get(plan.terms[held[0].term].metric)
    if len(held) != 1 or not told or told.format != "percent" or apart["bound"].lower() == "less than":
        raise UnclearError("so many points from which other rate?")
    below = apart["way"].lower().split()[0] in _BELOW
    sign = "<" if below else ">"
    operator = f"{sign}=" if apart["bound"].lower() == "at least" else sign
    points = float(apart["n"]) / 100 * (-1 if below else 1)
    having = tuple(replace(h, operator=operator, values=(points,)) if h is held[0] else h for h in plan.having)
    return replace(planned, plan=replace(plan, having=having))
