"""Running totals: instead of the figure, or beside it ("monthly sales with a running total")."""

from __future__ import annotations

from dataclasses import replace

from app.answers.plan import Term
from app.answers.planning.draft import Draft
from app.answers.planning.outcome import UnclearError

JOINING = (
    "with",
    "and",
    "plus",
    "including",
    "incl",
    "alongside",
    "beside",
    "besides",
    "together",
    "along",
    "&",
    "+",
)


def running_terms(draft: Draft) -> list[Term]:
    """The draft's terms with their running totals, which replace them unless they are told beside them."""
    at = next(i for i, c in enumerate(draft.cs) if c.is_("running"))
    figures = [i for i, c in enumerate(draft.cs[:at]) if c.metric and draft.entity(c) is None]
    if not figures or not _joined(draft, at):
        return [replace(t, running=True) for t in draft.terms]
    named = draft.chunk(draft.next(at, "stop", "prep"))
    if named is not None and named.metric and draft.entity(named) is None:
        own = [c.metric for c in draft.cs[:at] if c.metric]
        plain = [t for t in draft.terms if t.metric != named.metric or named.metric in own]
        return [*plain, Term(named.metric, running=True)]
    if len(draft.terms) > 1 and not draft.cs[at].plural:
        raise UnclearError("the running total of which figure?")
    plain = [t for t in draft.terms if not (t.metric and draft.metric(t.metric).kind == "cumulative")]
    return [*draft.terms, *(replace(t, running=True) for t in plain)]


def _joined(draft: Draft, at: int) -> bool:
    """Whether what runs is told beside what was told before: "with a running total", "and cumulative profit"."""
    before = at - 1
    while (
        before >= 0
        and draft.cs[before].is_("stop")
        and not draft.cs[before].is_("and", "prep")
        and not draft.cs[before].content
    ):
        before -= 1
    if before < 0 or draft.cs[before].content:
        return False
    return draft.cs[before].is_("and") or draft.cs[before].text.lower().split()[0] in JOINING
