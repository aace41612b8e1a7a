"""Moving averages: "3-month moving average of sales", "the average of that month and the two months before it"."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from app.answers.layer import Layer
from app.answers.plan import Plan, Term
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, UnclearError, planned_or_none, trimmed
from app.answers.words import NUMBER_WORDS

_N = rf"(?:\d{{1,2}}|{'|'.join(word for word, number in NUMBER_WORDS.items() if 2 <= number <= 12)})"
_UNIT = r"(?:day|week|month|quarter|year)"
_MOVING = r"(?:moving|rolling|trailing|sliding|running)"
_MEAN = r"(?:averages?|means?)"
_OF = r"(?:\s+(?:of|for)\s+(?:the\s+|our\s+)?(?:(?:daily|weekly|monthly|quarterly|yearly)\s+)?)?"
NAMED = re.compile(
    rf"\b(?:(?P<lead>with|and|plus|alongside|beside|next\s+to)\s+)?(?:an?\s+|the\s+|its\s+|their\s+)?"
    rf"(?:(?P<n>{_N})[\s-]+(?P<unit>{_UNIT})s?[\s-]+{_MOVING}\s+{_MEAN}|{_MOVING}\s+{_MEAN}\s+(?:of|over)\s+(?:the\s+last\s+)?(?P<n2>{_N})\s+(?P<unit2>{_UNIT})s?"
    rf"|{_MOVING}\s+(?P<n3>{_N})[\s-]+(?P<unit3>{_UNIT})s?\s+{_MEAN}){_OF}",
    re.I,
)
_BEFORE = (
    r"(?:just\s+|immediately\s+)?(?:before|preceding|prior\s+to|previous)(?:\s+(?:it|that|this))?"
    rf"(?:\s+(?:one|{_UNIT}))?"
)
_THAT = (
    rf"(?:that|the|each|this|the\s+current|the\s+same)\s+(?P<unit>{_UNIT})(?:\s+itself)?\s*(?:and|,|plus|together\s+with)\s+"
    rf"(?:the\s+)?(?P<n>{_N})\s+(?:(?:{_UNIT})s?\s+)?{_BEFORE}"
)
TOLD = re.compile(
    rf"\b(?:the\s+)?{_MEAN}\s+(?:of\s+)?(?:the\s+|our\s+)?(?:(?:daily|weekly|monthly|quarterly|yearly)\s+)?(?P<figure>[a-z]+(?:\s[a-z]+)?)\s+(?:of|over|in|for)\s+{_THAT}",
    re.I,
)
AGAIN = re.compile(rf"\s*[,(–-]\s*(?:i\.?e\.?,?\s+|that\s+is,?\s+|the\s+average\s+of\s+)?{_THAT}\)?", re.I)
SMOOTH = re.compile(
    r"^\s*smooth(?:ed)?\s+(?:out\s+)?(?:the\s+|our\s+)?(?P<topic>.+?)\s+(?:trend|curve|line|series)\s*"
    r"(?:[:;,.–-]\s*|\s+(?=with\b|using\b|by\b))(?:(?:show|give|use|using|with|by)\s+)?",
    re.I,
)
IN_ORDER = re.compile(r",?\s*\bin\s+(?:time\s+|date\s+)?order\b,?", re.I)


def plan_of_moving_average(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of a moving average; None for other questions. Raises UnclearError where it is open over what."""
    text = trimmed(question)
    smooth = SMOOTH.match(text)
    told = text[smooth.end() :] if smooth is not None else text
    found = NAMED.search(told) or TOLD.search(told)
    if found is None:
        return None
    number, unit = _window_of(found)
    again = AGAIN.search(told, found.end())
    if again is not None and (_number(again["n"]) + 1, again["unit"].lower()) != (number, unit):
        raise UnclearError(f"an average over {number} {unit}s, or over {_number(again['n']) + 1}?")
    rest = told if again is None else told[: again.start()] + told[again.end() :]
    figure = found.groupdict().get("figure")
    rest = f"{rest[: found.start()]} {figure or ''} {rest[found.end() :]}"
    rest = " ".join(IN_ORDER.sub(" ", f"{smooth['topic']} {rest}" if smooth is not None else rest).split())
    beside = bool(found.groupdict().get("lead")) and smooth is None
    for asked in (rest, f"{rest} by {unit}"):
        planned = planned_or_none(asked, plan_of)
        if planned is not None and f"@{unit}" in planned.plan.dimensions:
            return replace(planned, plan=_with_window(planned.plan, number, beside, around.layer))
    raise UnclearError(f"the average over {number} {unit}s of which figure?")


def _window_of(found: re.Match[str]) -> tuple[int, str]:
    """Over how many periods of which unit the average goes."""
    told = found.groupdict()
    unit = (told.get("unit") or told.get("unit2") or told.get("unit3") or "").lower()
    number = _number(told.get("n") or told.get("n2") or told.get("n3") or "")
    return (number + 1 if "figure" in told else number), unit


def _number(text: str) -> int:
    return int(text) if text.isdigit() else NUMBER_WORDS[text.lower()]


def _with_window(plan: Plan, number: int, beside: bool, layer: Layer) -> Plan:
    """The plan with its figures averaged over so many periods, or with these averages beside them."""
    plain = all(t == Term(t.metric) and t.metric and _is_sum(layer, t.metric) for t in plan.terms)
    if not plain or not plan.terms or plan.compare or plan.split or plan.having or plan.limit or plan.tally:
        raise UnclearError("a moving average is of sums over one stretch of time: of which figure?")
    if any((b.start - a.end).days != 1 for a, b in itertools.pairwise(sorted(plan.periods, key=lambda p: p.start))):
        raise UnclearError("a moving average over which of these periods?")
    if number < 2:
        raise UnclearError("an average over how many of them?")
    moving = tuple(replace(t, window=number) for t in plan.terms)
    return replace(plan, terms=(*plan.terms, *moving) if beside else moving)


def _is_sum(layer: Layer, name: str) -> bool:
    metric = layer.metric(name)
    return metric.kind == "simple" and layer.leaves(metric)[0].aggregation in ("sum", "count", "count_distinct")
