"""What a plan may ask for."""

from __future__ import annotations

from app.answers.compiling.banding import check_banding
from app.answers.compiling.ranks_moved import check_ranks
from app.answers.compiling.reaching import check_reaching
from app.answers.compiling.work import Work
from app.answers.first_and_last_dates import check_dates
from app.answers.order_gaps import goes_by_date, is_of_all_orders
from app.answers.pairs import check_pairs
from app.answers.plan import BAND, DIFFERS, FIRST_PARTS, GRAINS, PARTS, SAME, Cohort, Filter, PlanError, Term


def validate(work: Work) -> None:
    """Raise PlanError when the plan asks for what the layer does not have."""
    if not work.plan.terms and not work.plan.dimensions:
        raise PlanError("the plan asks for no figure and no list")
    for key in (*work.plan.dimensions, *(f.dimension for f in _every_filter(work))):
        if key.startswith("@"):
            grouped = (*FIRST_PARTS, BAND[1:]) if key in work.plan.dimensions else ()
            if key[1:] not in (*GRAINS, *PARTS, *grouped):
                raise PlanError(f"there is no part of a date {key[1:]}")
        elif key.startswith("#"):
            work.layer.metric(key[1:])
        else:
            work.layer.dimension(key)
    _check_best(work)
    _check_gaps(work)
    check_dates(work.layer, work.plan)
    check_pairs(work.layer, work.plan)
    check_banding(work)
    check_reaching(work)
    check_ranks(work)
    for f in _every_filter(work):
        for dimension in map(work.layer.dimension, f.named):
            if not work.is_clear(dimension):
                raise PlanError(f"{dimension.label.lower()} is personal, and your role does not see it")
        if f.operator in (SAME, DIFFERS):
            _check_comparable(work, f)
    if work.plan.contrast and (len(work.plan.terms) != 2 or work.plan.contrast not in ("difference", "ratio")):
        raise PlanError("a difference or a ratio is of two figures")
    if work.plan.together and not (work.plan.limit and all(_adds_up(work, t) for t in work.plan.terms)):
        raise PlanError("only sums of a number of groups can be added up")
    if work.plan.tally and (not work.plan.dimensions or work.plan.tally not in ("number", "share", "distribution")):
        raise PlanError("there is nothing to count: the plan shows no groups")
    if work.plan.tally and not set(work.plan.per) < set(work.plan.dimensions) and work.plan.per:
        raise PlanError("what is counted for each group is not told apart")
    if work.plan.tally == "distribution" and (len(work.plan.terms) != 1 or work.plan.per):
        raise PlanError("a distribution is of one figure")
    if any(f.dimension not in work.plan.dimensions for f in work.plan.pick):
        raise PlanError("what is shown of a ranking is not what was ranked")
    for one in work.plan.having:
        places = [one.term, *([int(one.against)] if one.against.isdigit() else [])]
        if not all(0 <= place < len(work.plan.terms) for place in places):
            raise PlanError("a condition looks at a figure that is not asked for")


def _check_comparable(work: Work, f: Filter) -> None:
    """Two dimensions are compared where both are of the layer and of one kind."""
    kinds = {work.layer.dimension(d).kind for d in f.named}
    if len(set(f.named)) != 2 or len(f.values) != 1 or len(kinds) != 1:
        raise PlanError("two dimensions are compared where they are different ones, and of one kind")


def _check_best(work: Work) -> None:
    """The first so many by a figure are a whole number of members that each role sees apart."""
    for cohort in _every_cohort(work):
        if not cohort.ranked:
            continue
        number = cohort.values[0] if len(cohort.values) == 1 else 0
        if not cohort.metric or cohort.distinct or number < 1 or number != int(number):
            raise PlanError("the first so many are a whole number of them, by a figure")
        dimension = work.layer.dimension(cohort.dimension)
        if work.fold and dimension.fold_below:
            raise PlanError(
                f"small groups by {dimension.label.lower()} are shown as one to your role, "
                "so each has no place among the others"
            )


def _check_gaps(work: Work) -> None:
    """The days between orders are of all orders ever: they go by no date."""
    if goes_by_date(work.plan) and is_of_all_orders(work.plan):
        raise PlanError(
            "the days between a customer's orders are worked out from all orders, those of other periods too; "
            "ask for “customers whose first order was in …”"
        )


def _adds_up(work: Work, term: Term) -> bool:
    if not term.metric or term.aggregate or term.running:
        return False
    metric = work.layer.metric(term.metric)
    return metric.kind == "simple" and all(leaf.aggregation in ("sum", "count") for leaf in work.layer.leaves(metric))


def _every_filter(work: Work) -> list[Filter]:
    return [
        *work.plan.filters,
        *work.plan.pick,
        *(f for t in work.plan.terms for f in t.filters),
        *(f for c in _every_cohort(work) for f in c.filters),
    ]


def _every_cohort(work: Work) -> list[Cohort]:
    return [*work.plan.cohorts, *(c for t in work.plan.terms for c in t.cohorts)]
