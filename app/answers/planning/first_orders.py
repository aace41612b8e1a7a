"""Customers by when they came: "customers whose first order was in 2023", "who first bought in March"."""

from __future__ import annotations

import datetime as dt

from app.answers.lexicon import Meaning
from app.answers.plan import Cohort, Period
from app.answers.planning.draft import Draft
from app.answers.planning.negations import subject_entity
from app.answers.reading import NOTHING

FIRST = frozenset(
    ("first", "the first", "very first", "the very first", "earliest", "first ever", "for the first time")
)
CAME_FROM = ("from", "came from", "come from", "comes from", "due to", "made with", "with", "by")
LINKS = ("who", "whose", "that", "which")


def read_first_orders(draft: Draft) -> None:
    """Those who ordered in a period and never before it; the period is theirs, not that of the figure."""
    for i, c in enumerate(draft.cs):
        if c.used or c.text.lower() not in FIRST or c.period is not None:
            continue
        link = next((j for j in range(i - 1, max(-1, i - 5), -1) if draft.cs[j].text.lower() in LINKS), None)
        subject = subject_entity(draft, i)
        when = next((j for j in range(i + 1, min(i + 7, len(draft.cs))) if draft.cs[j].period is not None), None)
        if link is None or when is None or subject is None or subject.identifies != "customer":
            continue
        between = [o for o in draft.cs[link + 1 : when] if o is not c]
        about = draft.about("order")
        ordered = any(about is not None and about.name in (o.metric, o.word.verb) for o in between)
        plain = all(
            o.is_("stop", "prep") or o.word.verb or o.word.time or (o.dimension and draft.entity(o)) for o in between
        )
        found = draft.cs[when].period
        if not ordered or not plain or found is None or any(o.is_("neg", "never") for o in draft.cs[link:when]):
            continue
        period = found.period
        before = period.start - dt.timedelta(days=1)
        earlier = Period(min(draft.around.oldest, period.start), before, f"before {period.label}")
        draft.cs[link].used = True
        for o in draft.cs[link + 1 : when + 1]:
            o.used, o.period, o.number, o.grammar, o.word = True, None, None, (Meaning("stop"),), NOTHING
        theirs = [Cohort(subject.name, periods=(period,)), Cohort(subject.name, True, periods=(earlier,))]
        if _are_a_part(draft, link):
            draft.part_cohorts += theirs
        else:
            draft.cohorts += theirs
        return


def _are_a_part(draft: Draft, link: int) -> bool:
    """ "What share of 2025 sales came from customers whose first order was in 2025": theirs is the part of a figure."""
    share = next((i for i, c in enumerate(draft.cs[:link]) if c.is_("share")), link)
    figure = any(c.metric and draft.entity(c) is None for c in draft.cs[share:link])
    return figure and any(c.text.lower() in CAME_FROM for c in draft.cs[share + 1 : link])
