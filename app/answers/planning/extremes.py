"""The first and the last day on which something happened: "when was the first order from Japan"."""

from __future__ import annotations

from app.answers.plan import Term
from app.answers.planning.draft import Draft

DATES = frozenset(("when", "date", "date of", "day", "what date", "on which date", "since when"))


def read_extremes(draft: Draft) -> None:
    """The earliest or latest day; elsewhere first and last are left to be asked about."""
    place = next((i for i, c in enumerate(draft.cs) if c.is_("extreme") and not c.used and not c.period), None)
    if place is None or not any(c.text.lower() in DATES or c.grain == "@day" for c in draft.cs[:6]):
        return
    orders = next((m for m in draft.layer.metrics.values() if m.meta.get("about") == "order"), None)
    named = next((c.metric for c in draft.cs if c.metric and draft.metric(c.metric).format == "count"), "")
    term = named or (orders.name if orders is not None else "")
    if not term or draft.ranks:
        return
    for c in draft.cs:
        if c is draft.cs[place] or c.text.lower() in DATES or c.grain == "@day" or c.metric == term or c.word.verb:
            c.used = True
    draft.dimensions = ["@day"]
    draft.terms = [Term(term)]
    draft.order = [("@day", draft.cs[place].payload("extreme") == "desc")]
    draft.limit = 1
