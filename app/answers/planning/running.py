"""Running totals: instead of the figure, or beside it ("monthly sales with a running total")."""

from __future__ import annotations

from dataclasses import replace

from app.answers.lexicon import Meaning
from app.answers.plan import Term
from app.answers.planning.draft import Draft
from app.answers.planning.outcome import UnclearError

ARTICLES = ("the", "a", "an", "its", "their")
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


def take_its_year(draft: Draft, at: int) -> None:
    """ "The running total for the year": of the one year that is shown, so the word says nothing more."""
    year = draft.chunk(draft.next(at))
    if year is None or year.grain != "@year" or year.plural or year.used or len(draft.periods) != 1:
        return
    between = draft.cs[at + 1 : draft.cs.index(year)]
    within = draft.periods[0].start.year == draft.periods[0].end.year
    if within and between and all(c.text.lower() in ("for", "of", "over", "within", "in", "the") for c in between):
        year.used = True
        year.grammar = (Meaning("stop"),)


def _joined(draft: Draft, at: int) -> bool:
    """Whether what runs is told beside what was told before: "with a running total", "and cumulative profit"."""
    before = at - 1
    while (
        before >= 0
        and draft.cs[before].is_("stop")
        and (draft.cs[before].text.lower() in ARTICLES or not draft.cs[before].is_("and", "prep"))
        and not draft.cs[before].content
    ):
        before -= 1
    if before < 0 or draft.cs[before].content:
        return False
    return draft.cs[before].is_("and") or draft.cs[before].text.lower().split()[0] in JOINING
