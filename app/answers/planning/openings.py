"""The noun that a question begins with, and what follows it beyond a place or a period."""

from __future__ import annotations

from app.answers.planning.draft import Draft


def beyond_its_place(draft: Draft, i: int) -> int | None:
    """What follows "months of 2025", "regions of the EU": when and where is skipped."""
    after = draft.next(i, "stop")
    while after is not None and draft.cs[after].is_("prep") and not draft.cs[after].content:
        place = draft.chunk(draft.next(after, "stop", "prep"))
        if place is None or not (place.period or (place.word.values and not place.key)):
            break
        after = draft.next(draft.cs.index(place), "stop")
    return after


def opening_noun(draft: Draft) -> int | None:
    """The place of the groups that a question begins with, "three states", "LATAM countries"; None if it does not."""
    for i, c in enumerate(draft.cs[:5]):
        if c.key and c.plural and not c.metric and not c.used:
            return i
        if not (c.is_("stop", "prep") or c.number is not None or (c.word.values and not c.key)):
            return None
    return None
