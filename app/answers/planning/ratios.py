"""Ratios of two figures that are named side by side: shipping cost per unit, profit divided by customers."""

from __future__ import annotations

from dataclasses import replace

from app.answers.planning.draft import Draft
from app.answers.reading import Chunk


def read_ratios(draft: Draft) -> None:
    """Put a figure, "per", and what is counted together to one figure; "per market" stays for those who group."""
    _read_figures_of_lines(draft)
    i = 1
    while i < len(draft.cs) - 1:
        over, link, under = draft.cs[i - 1 : i + 2]
        if _links(draft, link, under) and _can_be_divided(draft, over) and _name(draft, over, under):
            over.word = replace(over.word, metric=_name(draft, over, under), dimension="", verb="", payload="")
            over.text = f"{over.text} {link.text} {under.text}"
            del draft.cs[i : i + 2]
        else:
            i += 1


def _read_figures_of_lines(draft: Draft) -> None:
    """ "median line sales", "highest profit per line": a summary over single lines."""
    i = 0
    while i < len(draft.cs) - 1:
        one, two = draft.cs[i : i + 2]
        three = draft.cs[i + 2] if i + 2 < len(draft.cs) else None
        summary = any(c.is_("average") for c in draft.cs[:i])
        if summary and _is_line(draft, one) and _is_sum(draft, two):
            two.word = replace(two.word, payload="over:line")
            del draft.cs[i]
        elif summary and _is_sum(draft, one) and two.text.lower() == "per" and three and _is_line(draft, three):
            one.word = replace(one.word, payload="over:line")
            del draft.cs[i + 1 : i + 3]
        i += 1


def _is_line(draft: Draft, c: Chunk) -> bool:
    leaves = draft.layer.leaves(draft.metric(c.metric)) if c.metric and not c.word.values else []
    return len(leaves) == 1 and leaves[0].expr == "1" and leaves[0].model == draft.layer.main.name


def _is_sum(draft: Draft, c: Chunk) -> bool:
    if not c.metric or c.word.values or c.word.payload:
        return False
    metric = draft.metric(c.metric)
    return metric.kind == "simple" and draft.layer.leaves(metric)[0].aggregation == "sum"


def _links(draft: Draft, link: Chunk, under: Chunk) -> bool:
    if not under.metric or under.word.values or under.used or link.content:
        return False
    if link.is_("ratio") or (link.is_("share") and link.text.lower().startswith("as a ")):
        return True
    entity = draft.entity(under)
    single = not under.plural and draft.metric(under.metric).format == "count"
    return link.text.lower() == "per" and single and (entity is None or entity.identifies != "product")


def _can_be_divided(draft: Draft, over: Chunk) -> bool:
    place = draft.cs.index(over)
    ahead = draft.cs[place - 1] if place else None
    summarised = ahead is not None and ahead.is_("average") and ahead.payload("average") != "average"
    return bool(over.metric) and not over.word.values and not over.word.payload and not summarised


def _name(draft: Draft, over: Chunk, under: Chunk) -> str:
    """The declared ratio of the two, else one made for the question; none of a ratio or of a thing by itself."""
    declared = next(
        (
            m.name
            for m in draft.layer.metrics.values()
            if m.kind == "ratio" and m.numerator == over.metric and m.denominator == under.metric
        ),
        "",
    )
    if declared:
        return declared
    if draft.metric(under.metric).meta.get("first_of"):
        return ""  # "sales per new customer": whose sales?
    counted = draft.layer.leaves(draft.metric(over.metric))
    below = draft.layer.leaves(draft.metric(under.metric))
    alike = counted and below and counted[0].expr == below[0].expr and counted[0].model == below[0].model
    if (
        counted
        and counted[0].aggregation == "count_distinct"
        and not alike
        and draft.metric(over.metric).meta.get("about") not in ("order", "return")
    ):
        return ""  # "products per order" is no ratio of all products to all orders
    simple = all(
        m.kind == "simple" and draft.layer.leaves(m)[0].aggregation != "average"
        for m in (draft.metric(over.metric), draft.metric(under.metric))
    )
    same = draft.layer.base_of(draft.metric(over.metric)) is draft.layer.base_of(draft.metric(under.metric))
    return f"{over.metric}/{under.metric}" if simple and same and over.metric != under.metric else ""
