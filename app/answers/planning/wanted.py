"""Is the answer of what was asked for? Amounts, those alone, one of two, theirs: else it is asked back."""

from __future__ import annotations

import re

from app.answers.plan import Plan
from app.answers.planning.draft import COMPARATIVES, Draft
from app.answers.planning.outcome import UnclearError

NONE_OF_IT = re.compile(
    r"\b(?:no|without|not)\b.*"
    r"\b(?:on (?:anything|everything|any of (?:it|them)|all of (?:it|them))|(?:in|on) (?:it|them)\b.*|at all)\b",
    re.I,
)


def check_wanted(draft: Draft, plan: Plan) -> None:
    """Raise UnclearError where the plan answers another question than the words ask."""
    for check in WANTED:
        check(draft, plan)


def _check_chosen_by_change(draft: Draft, plan: Plan) -> None:
    """ "Which … sell worse than the year before" lists those alone; a table of all of them is another answer."""
    head = any(c.is_("q", "rel") or c.text.lower() in ("when", "where") for c in draft.cs[:6])
    worse = any(c.is_("rank") and c.text.lower() in COMPARATIVES for c in draft.cs)
    than = any("than" in c.text.lower().split() and not c.is_("op") for c in draft.cs)
    if head and worse and than and plan.compare and plan.dimensions and not (plan.having or plan.order):
        raise UnclearError("only those for which that holds, or all of them side by side?")


def _check_orders_without_any(draft: Draft, plan: Plan) -> None:
    """Orders without any discount: none of their lines, or some line of theirs?"""
    told = any(c.word.values and c.text.lower().split()[-2:-1] == ["any"] for c in draft.cs)
    told = told or (bool(NONE_OF_IT.search(draft.question)) and any(c.word.values for c in draft.cs))
    counted = any(t.metric and draft.layer.metric(t.metric).meta.get("about") == "order" for t in plan.terms)
    listed = any(
        d in draft.layer.dimensions and draft.layer.dimension(d).identifies == "order" for d in plan.dimensions
    )
    if told and (counted or listed):
        raise UnclearError("orders of which no line at all is so, or those with some line that is not?")


def _check_money_asked(draft: Draft, plan: Plan) -> None:
    """ "In dollars" asks for an amount; a rate is none."""
    asked = any(c.text.lower() in ("dollar", "dollars", "in dollar", "in dollars", "in usd", "usd") for c in draft.cs)
    rates = all(t.metric and draft.layer.metric(t.metric).format in ("percent", "days") for t in plan.terms)
    if asked and plan.terms and rates and not plan.contrast:
        raise UnclearError("an amount in dollars, or a rate?")


def _check_amount(draft: Draft, plan: Plan) -> None:
    """ "By how much" is a difference."""
    if any(c.text.lower().startswith("by how much") for c in draft.cs) and not (plan.contrast or plan.compare):
        raise UnclearError("by how much: the difference of which two?")


def _check_chosen_of_two(draft: Draft, plan: Plan) -> None:
    """ "Whose orders are slowest, consumers or corporates": one of the two is asked for, not one of their orders."""
    for i, c in enumerate(draft.cs[1:-1], 1):
        sides = [{d for d, _ in draft.cs[j].word.values} if not draft.cs[j].metric else set() for j in (i - 1, i + 1)]
        both = sides[0] & sides[1]
        if c.is_("or") and both and plan.limit and plan.dimensions and not both & set(plan.dimensions):
            raise UnclearError(
                f"{draft.cs[i - 1].text} or {draft.cs[i + 1].text}: which of the two, or the best of both?"
            )


def _check_theirs(draft: Draft, plan: Plan) -> None:
    """ "New customers and their sales": the sales of these alone, which stand nowhere in the plan."""
    new = [t for t in plan.terms if t.metric and draft.layer.metric(t.metric).meta.get("first_of")]
    theirs = any(c.text.lower() in ("their", "they", "them") for c in draft.cs)
    if new and theirs and len(plan.terms) > len(new) and not plan.cohorts:
        raise UnclearError("the figures of the new ones alone? Ask for “… from new customers” by itself")


WANTED = (
    _check_chosen_by_change,
    _check_orders_without_any,
    _check_money_asked,
    _check_amount,
    _check_chosen_of_two,
    _check_theirs,
)
