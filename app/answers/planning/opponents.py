"""One against several taken together, and one against the rest: "phones vs copiers and machines combined"."""

from __future__ import annotations

from collections.abc import Sequence

from app.answers.plan import Filter, Having, Term
from app.answers.planning.draft import COMPARATIVES, Draft
from app.answers.planning.named_values import merged, open_values
from app.answers.planning.outcome import UnclearError
from app.answers.planning.ranks import is_of_things
from app.answers.reading import Chunk

COMBINED = ("combined", "together", "taken together", "put together", "altogether", "added up")
Sides = tuple[list[tuple[int, Filter]], list[tuple[int, Filter]]]


def read_opponents(draft: Draft) -> None:
    """Two figures of the same kind, each of its own values; where one is asked to be more, their difference too.

    Raises UnclearError where the rest has no whole that it could be the rest of.
    """
    rest = next((i for i, c in enumerate(draft.cs) if c.is_("rest") and not c.used and not c.content), None)
    together = next((i for i, c in enumerate(draft.cs) if c.text.lower() in COMBINED), None)
    at = _meeting(draft, rest)
    if at is None or (rest is None and together is None):
        return
    values = [(i, f) for i, f in open_values(draft) if not draft.cs[i].used]
    sides = [v for v in values if v[0] < at], [v for v in values if v[0] > at]
    known = {f.dimension for _, f in values} & set(draft.dimensions)
    several = any(c.is_("count") and not draft.cs[i + 1].is_("rank") for i, c in enumerate(draft.cs[:-1]))
    if known or several or draft.share or draft.growth or draft.compare or len(draft.periods) > 1:
        return
    operator = next((_way(c) for c in reversed(draft.cs[: at + 1]) if _way(c)), "")
    if draft.listing and not operator:
        return
    filters = _of_the_rest(sides, rest) if rest is not None else _of_several(sides, at, together)
    name = _figure(draft, at) if filters is not None else ""
    if filters is None or not name:
        return
    ranked = {r.at for r in draft.ranks}
    draft.ranks = []
    draft.terms = [Term(name, filters=own) for own in filters]
    if draft.listing:
        draft.having.append(Having(0, operator, (), against="1"))
    elif any(_joins(c) and not c.is_("and") for c in draft.cs):
        draft.contrast = "difference"
    for i, c in enumerate(draft.cs):
        own = i in {j for j, _ in values} or i in ranked or c.metric == name or c.is_("rest", "much")
        c.used = c.used or own or _joins(c) or bool(c.word.verb) or c.text.lower() in COMBINED


def _joins(c: Chunk) -> bool:
    """A word by which two sides meet: "than", "against", "more than", "and"."""
    bare = c.is_("op") and c.payload("op") in (">", "<") and c.number is None
    return not c.content and (c.is_("vs", "compare", "and") or bare or c.text.lower() in COMPARATIVES)


def _way(c: Chunk) -> str:
    """Which of the two is to be more, where a word says so."""
    if c.is_("op") and not c.content:
        return c.payload("op") if c.payload("op") in (">", "<", ">=", "<=") else ""
    return {"desc": ">", "asc": "<"}.get(c.payload("rank"), "") if c.text.lower() in COMPARATIVES else ""


def _meeting(draft: Draft, rest: int | None) -> int | None:
    """The place where the two sides meet: the last word that compares, or that joins the rest."""
    than = [i for i, c in enumerate(draft.cs) if _joins(c) and not c.is_("and", "rank") and not c.is_("compare")]
    if not than and any(c.is_("compare") for c in draft.cs):
        than = [i for i, c in enumerate(draft.cs) if i and c.text.lower() in ("with", "to", "with that of")][-1:]
    if not than and rest is not None:
        than = [i for i in range(rest) if draft.cs[i].is_("and") and not draft.cs[i].content][-1:]
    return than[-1] if than else None


def _of_several(sides: Sides, at: int, together: int | None) -> list[tuple[Filter, ...]] | None:
    """The conditions of the two sides, one of which is several taken together."""
    counts = [sum(len(f.values) for _, f in side) for side in sides]
    if together is None or not all(counts):
        return None
    whole, other = counts[::-1] if together > at else counts
    if whole < 2 or other > 1 or any(len({f.dimension for _, f in side}) > 1 for side in sides):
        return None
    return [tuple(merged(f for _, f in side)) for side in sides]


def _of_the_rest(sides: Sides, rest: int) -> list[tuple[Filter, ...]] | None:
    """ "New York City against the rest of New York state": those in the wider value, with and without the one."""
    one = [f for _, f in sides[0]]
    wider = [f for i, f in sides[1] if i > rest]
    if len(one) != 1 or len(wider) > 1 or len(wider) != len(sides[1]):
        return None
    if wider and wider[0].dimension == one[0].dimension:
        raise UnclearError(f"the rest of {wider[0].values[0]}: without {one[0].values[0]}, which is no part of it?")
    return [(one[0], *wider), (Filter(one[0].dimension, "not_in", one[0].values), *wider)]


def _figure(draft: Draft, at: int) -> str:
    """The one figure that both sides are compared by: named, told by an adjective, or by what they do."""
    named = list(dict.fromkeys(c.metric for c in draft.cs if c.metric and not draft.entity(c) and not c.used))
    named = named or list(dict.fromkeys(t.metric for t in draft.terms if t.metric))
    ranked = [r.metric for r in draft.ranks if r.metric]
    if len(named) > 1:
        return ""
    if named or ranked:
        return (named or ranked)[0]
    things = next((m.name for m in draft.layer.metrics.values() if m.meta.get("counts_things")), "")
    after = _next_value(draft.cs, at)
    if things and after is not None and is_of_things(draft, after):
        return things
    counted = next((c.metric for c in draft.cs if c.metric and draft.entity(c) and c.plural), "")
    return counted or next((c.word.verb for c in draft.cs if c.word.verb), "")


def _next_value(chunks: Sequence[Chunk], at: int) -> Chunk | None:
    return next((c for c in chunks[at + 1 :] if c.word.values), None)
