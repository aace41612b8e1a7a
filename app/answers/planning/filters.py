"""Values as conditions on rows."""

from __future__ import annotations

import re

from app.answers.plan import Cohort, Filter
from app.answers.planning.conditions_of_members import differs_within_order
from app.answers.planning.draft import Draft
from app.answers.planning.named_values import merged, open_values
from app.answers.planning.negations import subject_entity
from app.answers.planning.shares import parts_of_share

HELD_BY_ONE = re.compile(
    r"\b(?:customers|people)\b[^,;?]{0,40}?\b(?:bought|buy|ordered|purchased)\b|"
    r"\b(?P<orders>orders)\b[^,;?]{0,30}?\b(?:with|having|contain\w*|includ(?:e|es|ed|ing))\b",
    re.I,
)
"""What one customer bought, what one order holds."""


def _read_all_of(draft: Draft) -> None:
    """ "customers who bought chairs and tables": each of the things, not either."""
    held = HELD_BY_ONE.search(draft.question)
    subject = subject_entity(draft, len(draft.cs))
    if subject is None and held is not None:
        subject = draft.layer.identifier("order" if held["orders"] else "customer")
    told = (any(c.is_("rel", "q") for c in draft.cs) and any(c.word.verb for c in draft.cs)) or any(
        c.text.lower() == "both" for c in draft.cs
    )
    told = told or held is not None
    if subject is None or not told or draft.compared or any(c.is_("or") for c in draft.cs):
        return
    values = [(i, f) for i, f in open_values(draft) if not draft.cs[i].used]
    for dimension in {f.dimension for _, f in values}:
        same = [(i, f) for i, f in values if f.dimension == dimension]
        if dimension in draft.dimensions:
            continue  # "orders with chairs and tables by subcategory": of each
        home = next((m for m in draft.layer.models.values() if dimension in m.dimensions), None)
        if subject.identifies == "order" and not all(differs_within_order(draft.layer, f) for _, f in same):
            continue
        if len(same) > 1 and home is not None and home.entity(subject.identifies) is None:
            for i, f in same:
                draft.cs[i].used = True
                draft.cohorts.append(Cohort(subject.name, filters=(f,), periods=tuple(draft.periods)))


def read_filters(draft: Draft) -> None:
    """The values that are left are conditions on rows."""
    _read_all_of(draft)
    share_of: list[Filter] = []
    parts = parts_of_share(draft)
    for i, f in open_values(draft):
        c = draft.cs[i]
        if c.used:
            continue
        c.used = True
        if i in parts:
            share_of.append(f)
        else:
            draft.filters.append(f)
    draft.filters = merged(draft.filters)
    _tell_both_kinds_apart(draft)
    draft.part = merged(share_of)
    for i, c in enumerate(draft.cs):
        if c.key and not c.used and not c.metric:
            _place_stray_dimension(draft, i)


def _tell_both_kinds_apart(draft: Draft) -> None:
    """ "Discounted and undiscounted lines", "returned and not returned": both kinds there are, each by itself."""
    told = any(c.text.lower() in ("together", "combined", "in total", "altogether", "all") for c in draft.cs)
    if told or draft.share or draft.listing or not draft.terms or draft.cohorts or draft.growth or draft.compare:
        return
    for f in draft.filters:
        dimension = draft.layer.dimensions.get(f.dimension)
        if dimension is not None and dimension.about and f.operator == "in" and set(f.values) == set(dimension.values):
            draft.compared.append(f.dimension)
            if f.dimension not in draft.dimensions:
                draft.dimensions.append(f.dimension)


def _place_stray_dimension(draft: Draft, i: int) -> None:
    """A dimension that stands beside its own value, or before a metric ("region sales"), or without any role."""
    c = draft.cs[i]
    neighbours = [f for _, f in draft.value_chunks if f.dimension == c.dimension]
    if neighbours or any(f.dimension == c.dimension for f in draft.filters):
        c.used = True
        return
    if c.payload("part") == "day_type" or c.key in draft.dimensions:  # "aov weekend vs weekday"; a group named again
        c.used = True
        if c.key not in draft.dimensions:
            draft.dimensions.append(c.key)
        return
    before = draft.chunk(i - 1 if i else None)
    if before is not None and before.text.lower() in ("all", "any", "every", "different", "in all", "for all"):
        c.used = True
        opens = c.plural and not any(o.metric and not draft.entity(o) for o in draft.cs[:i])
        if before.text.lower() in ("every", "different") or (opens and not draft.dimensions):
            draft.dimensions.append(c.key)
        return
    if draft.share and c.dimension and c.key not in draft.dimensions:
        draft.dimensions.append(c.key)
        c.used = True
        return
    after = draft.chunk(draft.next(i, "stop"))
    ending = draft.next(i, "stop") is None
    if (
        (after is not None and (after.metric or after.is_("share", "growth", "trend")))
        or (c.plural and not draft.terms)
    ) and c.key not in draft.dimensions:
        draft.dimensions.append(c.key)
        c.used = True
        return
    if ending and c.grain and draft.growth:
        draft.dimensions.append(c.key)
        c.used = True
    if not draft.terms and not draft.dimensions and not draft.before and c.plural:
        draft.dimensions.append(c.key)
        draft.listing = c.key
        c.used = True
