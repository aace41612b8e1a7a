"""Shares that moved: "which subcategory gained the most in its share of sales between 2024 and 2025", "how did the EU's
share of profit change".

The share and the two periods are planned apart; the plan shows the share in both with the change in points.
"""

from __future__ import annotations

import re
from dataclasses import replace

from app.answers.plan import Plan, Term
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, planned_or_none, trimmed
from app.answers.reading import read
from app.answers.vocabulary.moved_figures import UP
from app.answers.vocabulary.moved_shares import (
    EXTREMES,
    IN_POINTS,
    NUMBERS,
    OF_ALL,
    ONE,
    OWN,
    TABLES,
    TAIL,
    TITLE,
    TWO_YEARS,
)

SHARE = re.compile(r"^(?:(?:the|their|its)\s+)?share\s+(?:of|in)\s+(?P<whole>.+)$", re.I)


def plan_of_moved_shares(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of a share in two periods; None for other questions."""
    text = trimmed(question)
    if re.search(r"\bshare\b", text, re.I) is None:
        return None
    text = IN_POINTS.sub("", TAIL.sub("", _without_title(text, around))).strip(" ,")
    for form in EXTREMES:
        match = form.match(text)
        plan = share_in_two(match["thing"], match["whole"], match["when"], plan_of, around) if match else None
        if match is not None and plan is not None:
            told = match.groupdict()
            up = bool(told.get("up")) or re.fullmatch(UP, told.get("move") or "", re.I) is not None
            number = (told["limit"] or told["top"] or "1").lower()
            limit = NUMBERS.get(number) or int(number)
            return Planned(replace(plan, order=(("change", up),), limit=limit), 0.9)
    for form in TABLES:
        match = form.match(text)
        if match is None:
            continue
        told = match.groupdict()
        thing, whole = (told.get(name) or told.get(f"{name}2") or "" for name in ("thing", "whole"))
        plan = share_in_two(thing, whole, match["when"], plan_of, around)
        if plan is not None:
            return Planned(plan, 0.9)
    for form in TWO_YEARS:
        match = form.match(text)
        if match is None:
            continue
        early, late = sorted((match["early"], match["late"]))
        told = match.groupdict()
        what, when = told.get("thing"), f"from {early} to {late}"
        plan = (
            share_in_two(what, match["whole"], when, plan_of, around)
            if what
            else _of_one(match["owner"], match["whole"], when, plan_of, around)
        )
        if plan is not None:
            return Planned(plan, 0.9)
    for form in ONE:
        match = form.match(text)
        plan = _of_one(match["owner"], match["whole"], match["when"], plan_of, around) if match else None
        if plan is not None:
            return Planned(plan, 0.9)
    return None


def _without_title(text: str, around: Surroundings) -> str:
    """ "How has the mix shifted? For each category …": the question itself, where the title says nothing of its own."""
    title = TITLE.match(text)
    if title is None:
        return text
    chunks = read(title["title"], around.lexicon, around.newest, around.oldest).chunks
    says = any(c.period is not None or c.number is not None or c.word.values or c.key or c.metric for c in chunks)
    return text if says else title["rest"]


def share_in_two(things: str, whole: str, when: str, plan_of: PlanOf, around: Surroundings) -> Plan | None:
    """The share that each of the groups has in a figure, in a period and in an earlier one; None where it is none."""
    return _in_two(_of_groups(things, whole, plan_of), things, when, plan_of, around)


def _of_groups(things: str, whole: str, plan_of: PlanOf) -> Plan | None:
    """The share of each of the groups, in the figure of all, or of what they lie in: "their own category's sales"."""
    own = next((m for form in OWN if (m := form.match(whole))), None)
    if own is not None:
        planned = planned_or_none(f"share of {own['figure']} by {things} within each {own['parent']}", plan_of)
        if planned is not None and planned.plan.per:
            return planned.plan
    planned = planned_or_none(f"share of {OF_ALL.sub('', whole)} by {things}", plan_of)
    return planned.plan if planned is not None else None


def _in_two(plan: Plan | None, things: str, when: str, plan_of: PlanOf, around: Surroundings) -> Plan | None:
    if plan is None or plan.periods:
        return None
    rest = replace(plan, terms=(), dimensions=(), per=(), filters=(), notes=(), order=())
    if rest != Plan(()) or len(plan.terms) != 1 or not plan.terms[0].share:
        return None
    grouped = f" by {things}" if things else ""
    pair = planned_or_none(f"growth of {around.layer.main_metric.label}{grouped} {when}", plan_of)
    if pair is None or pair.plan.base is None or len(pair.plan.periods) != 1 or pair.plan.filters:
        return None
    if pair.plan.dimensions[:1] != plan.dimensions[:1] or pair.plan.terms != (Term(around.layer.main_metric.name),):
        return None
    return replace(plan, periods=pair.plan.periods, base=pair.plan.base, compare="previous", order=())


def _of_one(owner: str, whole: str, when: str, plan_of: PlanOf, around: Surroundings) -> Plan | None:
    """The share that one value has in a figure."""
    planned = planned_or_none(f"{owner} share of {OF_ALL.sub('', whole)}", plan_of)
    if planned is None or planned.plan.dimensions or not planned.plan.terms[0].filters:
        return None
    return _in_two(planned.plan, "", when, plan_of, around)
