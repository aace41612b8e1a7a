"""Words that no rule took, and that only say again what the plan shows: names of its columns, how many there are."""

from __future__ import annotations

from app.answers.plan import Plan
from app.answers.planning.draft import Draft
from app.answers.reading import Chunk


def is_said_again(draft: Draft, plan: Plan, c: Chunk) -> bool:
    """Whether a word asks for nothing that the plan does not show already."""
    i = draft.cs.index(c)
    if c.number is not None:
        return _counts_what_is_shown(draft, plan, i)
    if c.is_("count"):
        return _asks_how_many(draft, plan, i)
    if c.text.lower() == "first":
        return plan.limit is None and not plan.order and _is_first_column(draft, i)
    if c.is_("by"):
        after = draft.chunk(draft.next(i))
        return after is not None and bool(after.key) and _is_shown(draft, plan, after)
    return bool(c.key or c.metric) and not c.word.values and _is_shown(draft, plan, c)


def _is_shown(draft: Draft, plan: Plan, c: Chunk) -> bool:
    """Whether a word names a column of the plan: a figure, a group, or the name of one."""
    if c.metric and any(t.metric == c.metric and not t.filters for t in plan.terms):
        return True
    if not c.key:
        return False
    dimension = draft.layer.dimensions.get(c.key)
    named = draft.layer.identifier(dimension.names) if dimension is not None and dimension.names else None
    return c.key in plan.dimensions or (named is not None and named.name in plan.dimensions)


def _is_first_column(draft: Draft, i: int) -> bool:
    """ "Show both figures, US first", "2024 first": the order of columns, told behind what was named before."""
    ahead, after = draft.chunk(i - 1 if i else None), draft.chunk(draft.next(i, "stop"))
    ends = after is None or after.text in (",", "and", "then")
    return ends and ahead is not None and ahead.used and bool(ahead.period or ahead.key) and not ahead.word.values


def _counts_what_is_shown(draft: Draft, plan: Plan, i: int) -> bool:
    """ "The two years": as many as are compared."""
    number, after = draft.cs[i].number, draft.chunk(draft.next(i))
    if after is None or not after.grain or draft.cs[i].unit:
        return False
    return number == len(plan.periods) + (1 if plan.base is not None else 0) > 1


def _asks_how_many(draft: Draft, plan: Plan, i: int) -> bool:
    """ "Which week brought in the most orders, and how many?": the number that is shown beside it."""
    rest = [o for o in draft.cs[i + 1 :] if o.content]
    counted = [t for t in plan.terms if t.metric and draft.metric(t.metric).format == "count" and not t.aggregate]
    one = len(plan.terms) == len(counted) == 1 and bool(plan.dimensions) and not plan.tally
    return one and all(o.metric == counted[0].metric for o in rest)
