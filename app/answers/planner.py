"""The offline planner: a question becomes a plan by rules, or it is asked back, or refused. It never guesses.

Each rule takes the chunks that it understands and marks them as used. What no rule has used must be mere grammar;
a business word, a number or a comparison left over means that the question was not understood.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import replace

from app.answers.plan import Plan
from app.answers.planning.a_step_from import a_step_from
from app.answers.planning.accounting import check_nothing_lost
from app.answers.planning.among_the_best import plan_of_among_the_best
from app.answers.planning.assembly import check_all_used, check_periods, finish_terms, made_plan
from app.answers.planning.banded import plan_of_bands
from app.answers.planning.benchmarks import apply_benchmarks, read_benchmarks, read_contests
from app.answers.planning.best_and_share import plan_of_best_and_share
from app.answers.planning.best_lines import plan_of_best_lines
from app.answers.planning.better_and_worse import with_ways_told
from app.answers.planning.both_kinds import plan_of_both_kinds, plan_of_returned_and_kept
from app.answers.planning.bought_with import plan_of_bought_with
from app.answers.planning.by_first_order import plan_of_first_orders
from app.answers.planning.came_again import plan_of_came_again
from app.answers.planning.clauses import read_clauses, read_newcomers
from app.answers.planning.columns_told import plan_of_told_columns
from app.answers.planning.comparisons import read_comparisons, read_growth
from app.answers.planning.concentration import plan_of_concentration
from app.answers.planning.conditions import apply_thresholds
from app.answers.planning.contents import plan_of_contents
from app.answers.planning.dates_of_events import plan_of_dates
from app.answers.planning.differences import plan_of_difference
from app.answers.planning.distributions import plan_of_distribution
from app.answers.planning.draft import Draft, Surroundings
from app.answers.planning.each_period import read_every_period
from app.answers.planning.ever import read_ever
from app.answers.planning.extremes import read_extremes
from app.answers.planning.extremes_of_periods import read_extremes_of_periods
from app.answers.planning.figure_and_share import plan_of_figure_and_share, plan_of_their_share
from app.answers.planning.figures import read_aggregates, read_counts, read_metrics, read_subject
from app.answers.planning.filters import read_filters
from app.answers.planning.first_orders import read_first_orders
from app.answers.planning.follow_ups import followed, follows
from app.answers.planning.form import check_form
from app.answers.planning.gaps_per_customer import plan_of_gaps_per_customer
from app.answers.planning.going_together import plan_of_going_together
from app.answers.planning.groups import read_groups, read_heads
from app.answers.planning.histories import plan_of_history
from app.answers.planning.kinds_of_products import plan_of_different_ones, plan_of_kinds_of_products
from app.answers.planning.large_shares import plan_of_large_shares
from app.answers.planning.members import read_all_kinds, read_every_kind, read_one_of_two, read_orders_without
from app.answers.planning.moved_figures import plan_of_moved_figures
from app.answers.planning.moved_most import plan_of_moved_most
from app.answers.planning.moved_shares import plan_of_moved_shares
from app.answers.planning.moves import read_moves, read_steps
from app.answers.planning.moving_averages import plan_of_moving_average
from app.answers.planning.named_values import look_up_values, refuse_early, refuse_personal, refuse_unknown
from app.answers.planning.negations import read_exclusive, read_negations
from app.answers.planning.newcomers import plan_of_newcomers_and_theirs
from app.answers.planning.nothing_else import plan_of_nothing_else
from app.answers.planning.number_and_figure import plan_of_number_and_figure
from app.answers.planning.opponents import read_opponents
from app.answers.planning.order_told import plan_of_order_told
from app.answers.planning.outcome import (
    OpenError,
    Planned,
    PlanOf,
    RefusedError,
    UnclearError,
    UnknownWordError,
    planned_or_none,
)
from app.answers.planning.own_periods import plan_of_own_periods
from app.answers.planning.pareto import plan_of_pareto
from app.answers.planning.places import read_places
from app.answers.planning.points import plan_of_points
from app.answers.planning.profit_and_lines import plan_of_profit_and_lines
from app.answers.planning.ranks import apply_ranks, read_ranks
from app.answers.planning.ranks_moved import plan_of_ranks_moved
from app.answers.planning.ratios import read_ratios
from app.answers.planning.rises_in_a_row import plan_of_rises_in_a_row
from app.answers.planning.said import check_said
from app.answers.planning.scopes import groups_of, scope_of, with_groups, with_scope
from app.answers.planning.sentences import plan_of_titled, plan_of_what_is_asked, tells_around
from app.answers.planning.several_members import plan_of_several_members
from app.answers.planning.shares import read_shares
from app.answers.planning.tallies import plan_of_count
from app.answers.planning.thresholds import read_thresholds
from app.answers.planning.times import read_times
from app.answers.planning.two_columns import plan_of_two_columns
from app.answers.planning.two_counts import plan_of_two_counts
from app.answers.planning.two_dates import read_two_dates
from app.answers.planning.varieties import plan_of_variety
from app.answers.planning.wanted import check_wanted
from app.answers.planning.whole_orders import plan_of_lines_and_total
from app.answers.planning.wholes import (
    plan_of_share_of_a_figure,
    plan_of_the_best,
    plan_of_told_whole,
    plan_of_whole_and_part,
)
from app.answers.reading import read
from app.answers.vocabulary.around import POINTS_BACK
from app.answers.vocabulary.going_on import as_going_on
from app.answers.vocabulary.plainly import plainly
from app.answers.vocabulary.says_nothing import without

DEEPEST = 20
"""How many times a part of a question may be told anew in other words."""
_depth: ContextVar[int] = ContextVar("depth", default=0)

__all__ = ["Planned", "RefusedError", "Surroundings", "UnclearError", "make_plan"]

RULES = (
    refuse_early,
    look_up_values,
    refuse_unknown,
    refuse_personal,
    read_ratios,
    read_first_orders,
    read_clauses,
    read_two_dates,
    read_every_period,
    read_times,
    read_extremes,
    read_places,
    read_benchmarks,
    read_thresholds,
    read_all_kinds,
    read_every_kind,
    read_extremes_of_periods,
    read_ranks,
    read_groups,
    read_heads,
    read_moves,
    read_one_of_two,
    read_orders_without,
    read_exclusive,
    read_ever,
    read_negations,
    read_counts,
    read_aggregates,
    read_shares,
    read_newcomers,
    read_growth,
    read_steps,
    read_opponents,
    read_contests,
    read_comparisons,
    read_metrics,
    read_subject,
    read_filters,
)

Form = Callable[[str, PlanOf, Surroundings], Planned | None]

FIRST_FORMS: tuple[Form, ...] = (plan_of_bands, plan_of_concentration, plan_of_pareto, plan_of_ranks_moved)
"""Whole questions in several pieces, "put them into these groups: how many are each", looked for before all others."""

FORMS: tuple[Form, ...] = (
    plan_of_among_the_best,
    plan_of_different_ones,
    plan_of_bought_with,
    plan_of_going_together,
    plan_of_two_columns,
    plan_of_several_members,
    plan_of_number_and_figure,
    plan_of_came_again,
    plan_of_dates,
    plan_of_gaps_per_customer,
    plan_of_history,
    plan_of_nothing_else,
    plan_of_newcomers_and_theirs,
    plan_of_first_orders,
    plan_of_distribution,
    plan_of_difference,
    plan_of_profit_and_lines,
    plan_of_best_and_share,
    plan_of_best_lines,
    plan_of_lines_and_total,
    plan_of_two_counts,
    plan_of_returned_and_kept,
    plan_of_both_kinds,
    plan_of_order_told,
    plan_of_points,
    plan_of_moving_average,
    plan_of_rises_in_a_row,
    plan_of_own_periods,
    plan_of_contents,
    plan_of_large_shares,
    plan_of_share_of_a_figure,
    plan_of_figure_and_share,
    plan_of_their_share,
    plan_of_told_whole,
    plan_of_the_best,
)
"""Whole questions of a form of their own, looked for before the rules read a question word by word."""


def make_plan(question: str, surroundings: Surroundings, before: Plan | None = None) -> Planned:
    """The plan of a question; `before` is the plan of the one that it follows.

    Raises UnclearError to ask back, RefusedError when the data cannot answer.
    """

    def plan_of(part: str) -> Planned:
        return _plan_in_other_words(part, surroundings, None)

    def whole(part: str) -> Planned:
        return make_plan(part, surroundings)

    try:
        planned, reason = _plan_in_other_words(question, surroundings, before), None
    except (UnclearError, RefusedError) as error:
        planned, reason = None, error
    settled = before is not None or isinstance(reason, OpenError | RefusedError)
    scope = None if settled else scope_of(question, plan_of, surroundings)
    rest = planned_or_none(scope.rest, whole) if scope is not None else None
    if scope is not None and rest is not None:
        planned = with_scope(planned, scope, rest, surroundings)
    divided = None if settled else groups_of(question, plan_of)
    rest = planned_or_none(divided[0], whole) if divided is not None else None
    if divided is not None and rest is not None:
        planned = with_groups(planned, divided[1], rest)
    if planned is None:
        raise reason or UnclearError("what does it hold for?")
    return planned


def _plan_in_other_words(question: str, surroundings: Surroundings, before: Plan | None) -> Planned:
    """The plan of a question said plainly, a word that says nothing left aside."""
    if _depth.get() > DEEPEST:
        raise UnclearError("what is asked?")  # a form that asks what it was asked gets no further
    token = _depth.set(_depth.get() + 1)
    try:
        return _plan_said_plainly(question, surroundings, before)
    finally:
        _depth.reset(token)


def _plan_said_plainly(question: str, surroundings: Surroundings, before: Plan | None) -> Planned:
    told = question if before is None else as_going_on(a_step_from(question, before))
    plain = with_ways_told(plainly(told), surroundings.layer)
    try:
        return _plan_as_asked(plain, surroundings, before)
    except (UnclearError, RefusedError) as error:
        moved = _of_last_forms(plain, surroundings) if before is None else None
        if moved is not None:
            return moved
        left = without(question, error.word) if isinstance(error, UnknownWordError) else None
        if not isinstance(error, UnknownWordError) or left is None:
            raise
        word = error.word
    planned = _plan_in_other_words(left, surroundings, before)
    return replace(planned, notes=(*planned.notes, f"left aside “{word}”"))


LAST_FORMS: tuple[Form, ...] = (plan_of_moved_most, plan_of_moved_shares, plan_of_moved_figures)
"""Questions in clauses about figures and shares that moved, looked for where nothing else has understood them."""


def _of_last_forms(question: str, surroundings: Surroundings) -> Planned | None:
    made: dict[str, Planned | Exception] = {}

    def plan_of(part: str) -> Planned:
        if part not in made:
            try:
                made[part] = _plan_in_other_words(part, surroundings, None)
            except (UnclearError, RefusedError) as error:
                made[part] = error
        found = made[part]
        if isinstance(found, Exception):
            raise found
        return found

    found = (form(question, plan_of, surroundings) for form in LAST_FORMS)
    return next((planned for planned in found if planned is not None), None)


def _plan_as_asked(question: str, surroundings: Surroundings, before: Plan | None) -> Planned:
    def plan_of(part: str) -> Planned:
        return _plan_in_other_words(part, surroundings, None)

    for plan_of_form in FIRST_FORMS:
        planned = plan_of_form(question, plan_of, surroundings)
        if planned is not None:
            return planned
    told = plan_of_told_columns(question, plan_of, surroundings)
    if told is None and tells_around(question):
        asked = plan_of_what_is_asked(question, plan_of, surroundings)
        if asked is not None:
            return asked
    for plan_of_form in FORMS:
        planned = plan_of_form(question, plan_of, surroundings)
        if planned is not None:
            return planned
    try:
        planned = _plan_of(question, surroundings, before)
        return told if told is not None and _shows_more(told.plan, planned.plan) else planned
    except (UnclearError, RefusedError) as error:
        reason = error
    if told is not None:
        return told
    if before is not None and POINTS_BACK.search(question):
        raise reason  # it cannot be understood without the question before
    try:
        return _composed(question, plan_of, surroundings, reason)
    except (UnclearError, RefusedError):
        planned = plan_of_kinds_of_products(question, plan_of, surroundings)
        planned = planned or plan_of_what_is_asked(question, plan_of, surroundings)
        planned = planned or plan_of_titled(question, plan_of, surroundings)
        if planned is None:
            raise
        return planned


def _shows_more(told: Plan, read: Plan) -> bool:
    """Whether the plan with the columns told shows more than the one that was read word by word, or something else."""

    def width(plan: Plan) -> tuple[int, int]:
        shown = len(plan.terms) + len(plan.dimensions) + sum(t.rank for t in plan.terms) + bool(plan.order)
        return shown, len(plan.dimensions)

    def rest(plan: Plan) -> tuple[object, ...]:
        ways = [descending for _, descending in plan.order]
        return {*plan.terms}, {*plan.dimensions}, {*plan.filters}, plan.periods, plan.base, plan.limit, plan.per, ways

    return width(told) > width(read) or (width(told) == width(read) and rest(told) != rest(read))


def _composed(question: str, plan_of: PlanOf, surroundings: Surroundings, reason: Exception) -> Planned:
    """The plan of a question whose parts can be planned each by itself; raises `reason` or a better one."""
    layer = surroundings.layer
    try:
        counted = plan_of_count(question, lambda part: _plan_of(part, surroundings, None), layer)
    except UnclearError as error:
        counted, reason = None, error
    composed = counted or plan_of_whole_and_part(question, plan_of, layer) or plan_of_variety(question, plan_of, layer)
    if composed is None:
        raise reason
    return composed


def _plan_of(question: str, surroundings: Surroundings, before: Plan | None) -> Planned:
    reading = read(question, surroundings.lexicon, surroundings.newest, surroundings.oldest)
    draft = Draft(question, reading, surroundings, before)
    for rule in RULES:
        rule(draft)
    if follows(draft):
        return followed(draft)
    finish_terms(draft)
    apply_thresholds(draft)
    apply_benchmarks(draft)
    apply_ranks(draft)
    try:
        plan = made_plan(draft)
    except UnclearError:
        check_all_used(draft, Plan(()))  # a word that nobody understood is the better reason
        raise
    check_all_used(draft, plan)
    check_periods(draft, plan)
    check_wanted(draft, plan)
    check_nothing_lost(draft, plan)
    check_form(draft, plan)
    check_said(draft, plan)
    return Planned(plan, round(max(0.3, draft.confidence), 2), tuple(draft.notes))
