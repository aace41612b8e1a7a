"""What bounds or divides a whole question, at one of its ends: "In Germany, what share of orders was returned".

A place or a period that stands at an end of a question holds for all of it. The question is planned without it too:
where both plans are of one kind the scope has changed nothing else, and the plan of the whole is taken; where the scope
was taken for something else, for the part of a share, say, the plan of the rest is taken, bounded by it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from app.answers.plan import Cohort, Filter, Period, Plan, Term
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, planned_or_none
from app.answers.reading import Chunk, read
from app.answers.vocabulary.text import words

_IN_FRONT = re.compile(
    r"^\s*(?P<scope>(?:in|within|for|during|throughout|across|over|inside)\s+[^,;:?]{2,40}?)\s*[,:]\s+(?P<rest>[^?]{8,}?)\s*[?.]*\s*$",
    re.I,
)
_BEHIND = re.compile(
    r"^(?P<rest>[^?]{8,}?)[\s,]+(?P<scope>(?:in|within|during|throughout)\s+(?:the\s+)?[\w\s.'’&-]{2,30}?)\s*[?.]*\s*$",
    re.I,
)
_GROUPS_IN_FRONT = re.compile(
    r"^\s*(?P<groups>(?:by|per|for\s+(?:each|every)|in\s+(?:each|every)|within\s+(?:each|every))\s+[a-z][\w\s-]{2,24}?)\s*[,:]\s+(?P<rest>[^?]{8,}?)\s*[?.]*\s*$",
    re.I,
)
_GROUPS_BEHIND = re.compile(
    r"^(?P<rest>[^?]{8,}?)[\s,]+(?P<groups>(?:by|per|for\s+(?:each|every)|in\s+(?:each|every))\s+[a-z][\w\s-]{2,24}?)\s*[?.]*\s*$",
    re.I,
)
_EXTREMES = ("maximum", "minimum", "median", "deviation")
_JOINING = words(
    "in | within | for | during | throughout | across | over | inside | the | of | our | "
    "year | calendar | month | market"
)
_HAPPENED = re.compile(
    r"\b(?:shipped|sent|dispatched|delivered|returned|placed|ordered|received|bought|sold|joined)$", re.I
)
_JOINED = re.compile(
    r"(?:\b(?:and|or|but|not|than|vs|versus|also|again|both|only|never|neither|nor|then|even)|,)\s*$", re.I
)


@dataclass(frozen=True)
class Scope:
    """The conditions and the period that bound a question, and the question without them."""

    rest: str
    filters: tuple[Filter, ...]
    periods: tuple[Period, ...]
    in_front: bool


def scope_of(question: str, plan_of: PlanOf, around: Surroundings) -> Scope | None:
    """The scope of a question, None where it has none, or where it is joined to something else."""
    for pattern in (_IN_FRONT, _BEHIND):
        found = pattern.match(question.strip())
        if found is None or _JOINED.search(found["rest"]):
            continue
        if not _is_plain(found["scope"], around, anything=pattern is _IN_FRONT):
            continue
        planned = planned_or_none(f"orders {found['scope']}", plan_of)
        plan = planned.plan if planned is not None else None
        if plan is None or replace(plan, filters=(), periods=(), notes=()) != Plan(plan.terms):
            continue
        if plan.periods and pattern is _BEHIND and _HAPPENED.search(found["rest"]):
            continue  # "orders with a line shipped in December": the line, not the order
        if len(plan.periods) <= 1 and all(f.operator == "in" and len(f.values) == 1 for f in plan.filters):
            return Scope(found["rest"].strip(), plan.filters, plan.periods, pattern is _IN_FRONT)
    return None


def _is_plain(text: str, around: Surroundings, *, anything: bool) -> bool:
    """Whether words name values, or places alone, or a period, and nothing else."""
    chunks = read(text, around.lexicon, around.newest, around.oldest).chunks
    keys = {d for c in chunks for d, _ in c.word.values}
    told = [c for c in chunks if c.content and c.key not in keys]
    if any(c.text.lower() not in _JOINING for c in chunks if not c.content):
        return False
    named = (c for c in chunks if c.word.values)
    plain = all(_is_a_value(c) if anything else _names_a_place(c, around) for c in named)
    return bool(told) and plain and all(c.word.values or c.period for c in told)


def _is_a_value(c: Chunk) -> bool:
    return not (c.metric or c.filter or c.period)


def _names_a_place(c: Chunk, around: Surroundings) -> bool:
    """A value of the customers: of a country, a market, a segment."""
    customer = around.layer.identifier("customer")
    if not c.word.values or c.metric or c.filter or customer is None:
        return False
    home = next(
        (m for m in around.layer.models.values() if customer.name in m.dimensions and m.entity("customer")), None
    )
    return home is not None and all(d in home.dimensions for d, _ in c.word.values)


def with_scope(planned: Planned | None, scope: Scope, rest: Planned, around: Surroundings) -> Planned | None:
    """The plan that is meant: that of the whole question, or that of the rest bounded by the scope.

    `planned` is None where the whole question was not understood; so is the answer where the rest cannot be bounded.
    """
    bounded = _bounded(rest.plan, scope)
    if bounded is None or (scope.periods and _has_own_date(rest.plan, around)):
        return planned
    if planned is None:
        return replace(rest, plan=bounded)
    plan = planned.plan
    kept = plan.time != bounded.time or plan.missing or len(bounded.dimensions) > len(plan.dimensions)
    if kept or _scope_in_negated(plan, scope):
        return planned
    if not scope.in_front and _is_the_part(plan, scope) and not _has_a_part(bounded):
        return planned  # "the share of sales by category in Germany"
    return planned if _without(plan, scope) == _without(bounded, scope) else replace(rest, plan=bounded)


def _has_own_date(plan: Plan, around: Surroundings) -> bool:
    """Whether a period could be told of something else than the order: of when it came back, was shipped."""
    layer = around.layer
    dated = any(layer.time_of(layer.metric(t.metric)) != layer.main.default_time for t in plan.terms if t.metric)
    conditions = (f for f in (*plan.filters, *(f for t in plan.terms for f in t.filters)) if f.named)
    return bool(dated or plan.time or any(layer.dimension(d).about == "order" for f in conditions for d in f.named))


def _bounded(plan: Plan, scope: Scope) -> Plan | None:
    """A plan kept to a scope; None where something in it has a scope of that kind already, or goes by the whole."""
    conditions = [
        *plan.filters,
        *(f for c in _cohorts(plan) for f in c.filters),
        *(f for t in plan.terms for f in t.filters),
    ]
    if any(f.dimension == own.dimension for f in conditions for own in scope.filters):
        return None
    if scope.periods and (plan.periods or plan.base or any(c.periods for c in _cohorts(plan))):
        return None
    odd = plan.missing or plan.benchmark or plan.banding or plan.pairs or plan.compare
    if odd or any(h.against for h in plan.having):
        return None

    def kept(cohort: Cohort) -> Cohort:
        return replace(cohort, filters=(*cohort.filters, *scope.filters), periods=cohort.periods or scope.periods)

    return replace(
        plan,
        filters=(*plan.filters, *scope.filters),
        periods=plan.periods or scope.periods,
        cohorts=tuple(map(kept, plan.cohorts)),
        terms=tuple(replace(t, cohorts=tuple(map(kept, t.cohorts))) for t in plan.terms),
    )


def _without(plan: Plan, scope: Scope) -> Plan:
    """A plan without a scope, and without what only tells the order of the same."""

    def bare(cohort: Cohort) -> Cohort:
        return replace(cohort, filters=_others(cohort.filters, scope), periods=_other_periods(cohort.periods, scope))

    def bare_term(term: Term) -> Term:
        filters = term.filters if term.share else _others(term.filters, scope)
        return replace(term, filters=filters, cohorts=tuple(map(bare, term.cohorts)))

    return replace(
        plan,
        filters=_others(plan.filters, scope),
        periods=_other_periods(plan.periods, scope),
        cohorts=tuple(map(bare, plan.cohorts)),
        terms=tuple(map(bare_term, plan.terms)),
        notes=(),
    )


def _is_the_part(plan: Plan, scope: Scope) -> bool:
    """Whether a share is of the scope: "what share of sales is made in Germany"."""
    return any(t.share and set(t.filters) & set(scope.filters) for t in plan.terms)


def _has_a_part(plan: Plan) -> bool:
    return any(t.share and (t.filters or t.cohorts) for t in plan.terms)


def _others(filters: tuple[Filter, ...], scope: Scope) -> tuple[Filter, ...]:
    return tuple(f for f in filters if f not in scope.filters)


def _other_periods(periods: tuple[Period, ...], scope: Scope) -> tuple[Period, ...]:
    return () if periods == scope.periods else periods


def _scope_in_negated(plan: Plan, scope: Scope) -> bool:
    """ "Products not sold in 2025": it is the scope that they were not sold in."""
    negated = [c for c in _cohorts(plan) if c.negated]
    return any(set(c.filters) & set(scope.filters) or (scope.periods and c.periods == scope.periods) for c in negated)


def _cohorts(plan: Plan) -> list[Cohort]:
    return [*plan.cohorts, *(c for t in plan.terms for c in t.cohorts)]


def groups_of(question: str, plan_of: PlanOf) -> tuple[str, Plan] | None:
    """A question without the groups at one of its ends, and a plan by these; None where it has none there."""
    for pattern in (_GROUPS_IN_FRONT, _GROUPS_BEHIND):
        found = pattern.match(question.strip())
        if found is None or _JOINED.search(found["rest"]) or re.search(r"[:(]", found["rest"]):
            continue
        planned = planned_or_none(f"orders {re.sub(r'^(?:in|within|for)', 'for', found['groups'])}", plan_of)
        plan = planned.plan if planned is not None else None
        if plan is not None and plan.dimensions and not any(d.startswith("@") for d in plan.dimensions):
            bare = replace(plan, dimensions=(), order=(), notes=())
            if bare == Plan(plan.terms):
                return found["rest"].strip(), plan
    return None


def with_groups(planned: Planned | None, groups: Plan, rest: Planned) -> Planned | None:
    """The plan that is meant: that of the whole question, or that of the rest told apart by the groups.

    The rules know groups well; what they take for something else are parts and conditions that a form has put together.
    """
    plan = rest.plan
    told = plan.cohorts or any(t.filters or t.cohorts or t.aggregate in _EXTREMES for t in plan.terms)
    told = told or len(plan.terms) > 1
    shape = replace(plan, terms=(), filters=(), periods=(), cohorts=(), time="", notes=(), order=())
    if not told or shape != Plan(()):
        return planned
    apart = replace(rest, plan=replace(plan, dimensions=groups.dimensions, order=groups.order))
    if planned is None:
        return apart
    if planned.plan.limit or planned.plan.missing or planned.plan.tally or planned.plan.having:
        return planned
    if len(planned.plan.terms) > len(plan.terms) or any(
        f.dimension in groups.dimensions for c in _cohorts(plan) for f in c.filters
    ):
        return planned
    lost = not set(groups.dimensions) <= set(planned.plan.dimensions) or bool(plan.cohorts and not planned.plan.cohorts)
    return apart if lost or _kinds(planned.plan) != _kinds(plan) else planned


def _kinds(plan: Plan) -> list[tuple[object, ...]]:
    """What a plan's figures are, whatever rows they are of."""
    return [(t.metric, t.distinct, t.aggregate, t.over, t.share, bool(t.filters or t.cohorts)) for t in plan.terms]
