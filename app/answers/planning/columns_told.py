"""Which columns to show, told behind a question: "the ten best customers this year: id, name, sales"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.answers.layer import Layer
from app.answers.plan import Period, Plan, Term
from app.answers.planning.conditions_of_members import Members, has_one
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, planned_or_none, trimmed
from app.answers.reading import Chunk, read
from app.answers.vocabulary.columns import (
    ADDS_UP,
    AND,
    BEHIND,
    FIGURE,
    GROWTH,
    HOW,
    JOINS,
    LEAD,
    MEMBERS,
    NAMED,
    ORDER,
    PART,
    RANK,
    SHARE,
    THAT_FIGURE,
    WHOSE,
)

_OF_A_YEAR = re.compile(
    r"(?:the\s+)?(?:(?P<year>20\d\d)\s+(?:shares?|figures?|values?|numbers?|percentages?)|(?:share|figure|value|number|percentage)\s+(?:in|of|for)\s+(?P<later>20\d\d))",
    re.I,
)
_FILLING = ("stop", "prep", "count", "average")


@dataclass(frozen=True)
class _Column:
    """A column that is told: a dimension, a metric, a metric's share, "name" ("members"), "that number" ("figure")."""

    kind: str
    name: str = ""
    period: Period | None = None


def plan_of_told_columns(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of a question with the columns told behind it; None where what stands there is no list of columns."""
    text = trimmed(question).rstrip(")")
    for head, tail, strong in _parted(text):
        columns = _columns(tail, strong, around)
        planned = planned_or_none(head, plan_of) if columns else None
        plan = _with_columns(planned.plan, columns, around) if planned is not None else None
        if planned is not None and plan is not None:
            return replace(planned, plan=plan)
    return None


def _parted(text: str) -> Iterator[tuple[str, str, bool]]:
    """Each way to part a question into what is asked and what is to be shown, the longest list first."""
    for found in PART.finditer(text):
        head, tail = text[: found.start()].strip(" ,"), text[found.end() :].strip()
        if len(head.split()) > 1 and tail:
            yield head, tail, bool(found["strong"])


def _columns(tail: str, strong: bool, around: Surroundings) -> list[_Column]:
    """The columns that a piece of text lists; none where a part of it is something else."""
    lead = LEAD.match(tail)
    listed = tail[lead.end() :] if lead is not None else tail
    parts = [part for part in AND.split(listed.strip(" .,")) if part]
    columns = [_column(part, around) for part in parts]
    if not parts or any(c is None for c in columns) or not (strong or lead):
        return []
    if len(parts) == 1 and parts[0].lower() in ("how many", "how much"):
        return []  # it asks for the number of what is told ahead, no column
    owned = all(WHOSE.match(part) or part.lower().startswith(("how", "number", "what", "share")) for part in parts)
    if not strong and not owned and lead is not None and JOINS.fullmatch(lead[0]) and len(parts) == 1:
        return []  # "customers with returns" is a condition
    return [c for c in columns if c is not None]


def _column(text: str, around: Surroundings) -> _Column | None:
    """The column that a few words name."""
    how = HOW.fullmatch(text.strip()) or ADDS_UP.fullmatch(text.strip())
    if how is not None:
        what = (how["what"] or "").strip()
        return _named(what, around, counted=True) if what else _Column("figure")
    if THAT_FIGURE.match(text.strip()):
        return _Column("figure")
    if (order := ORDER.fullmatch(text.strip())) is not None:
        way = next((way for way, told in order.groupdict().items() if told), "")
        way = {"down": "high", "up": "low"}.get(way, way)
        loss = way == "high" and "loss" in text.lower()  # "biggest loss first" is the lowest profit
        return _Column("order", "low" if loss else way)
    bare = BEHIND.sub("", WHOSE.sub("", text.strip())).strip()
    named = NAMED.fullmatch(bare)
    if named is not None and (named["noun"] or bare.lower().startswith(("name", "id", "key", "code"))):
        dimension = _named(named["noun"], around) if named["noun"] else _Column("members")
        return dimension if dimension is None or dimension.kind != "metric" else None
    if MEMBERS.fullmatch(bare):
        return _Column("members")
    if RANK.fullmatch(bare):
        return _Column("rank")
    if GROWTH.fullmatch(bare):
        return _Column("growth", "growth" if "growth" in bare.lower() else "change")
    if (of_year := _OF_A_YEAR.fullmatch(bare)) is not None:
        return _Column("figure of a year", of_year["year"] or of_year["later"])
    share = SHARE.fullmatch(bare)
    if share is not None and (share["what"] or " " in bare):
        of = _named(share["what"], around) if share["what"] else _Column("metric")
        return replace(of, kind="share") if of is not None and of.kind == "metric" and of.period is None else None
    if FIGURE.fullmatch(bare):
        return _Column("figure")
    return _named(bare, around)


def _named(text: str, around: Surroundings, counted: bool = False) -> _Column | None:
    chunks = read(text, around.lexicon, around.newest, around.oldest).chunks
    told = [c for c in chunks if c.content]
    periods = [c for c in told if c.period is not None]
    words = [c for c in told if c.period is None]
    counted = counted or any(c.is_("count") for c in chunks)
    if len(words) != 1 or len(periods) > 1 or any(not c.content and not c.grammar for c in chunks):
        return _grain(chunks) if not told else None
    if (
        not all(c.is_(*_FILLING) for c in chunks if not c.content)
        or words[0].number is not None
        or words[0].word.values
    ):
        return None
    word, period = words[0], periods[0].period.period if periods and periods[0].period is not None else None
    averaged = any(c.is_("average") for c in chunks if not c.content)
    if word.metric and (counted or word.plural or not word.dimension):
        return _figure_of(word.metric, averaged, period, around.layer)
    if averaged or period is not None:
        return None
    if word.word.time:
        return _Column("dimension", "@day") if around.layer.main.default_time == word.word.time else None
    return _Column("dimension", word.key) if word.key else None


def _figure_of(name: str, averaged: bool, period: Period | None, layer: Layer) -> _Column | None:
    metric = layer.metric(name)
    mean = metric.kind == "ratio" or layer.leaves(metric)[0].aggregation == "average"
    return _Column("metric", name, period) if mean or not averaged else None


def _grain(chunks: list[Chunk]) -> _Column | None:
    grains = [c.grain for c in chunks if c.grain]
    plain = all(c.grain or c.is_("stop", "prep") for c in chunks)
    return _Column("dimension", grains[0]) if len(grains) == 1 and plain else None


def _with_columns(plan: Plan, columns: list[_Column], around: Surroundings) -> Plan | None:
    """The plan that shows all of these; None where it cannot, or where what is told is no column of it."""
    if not plan.dimensions and not plan.terms:
        return None
    grown = False
    for column in columns:
        if column.kind == "order" and grown and not plan.order and column.name in ("high", "low"):
            plan = replace(plan, order=(("growth", column.name == "high"),))  # "the growth, highest first"
            continue
        grown = column.kind == "growth" and column.name == "growth"
        shown = _with_column(plan, column, around)
        if shown is None:
            return None
        plan = shown
    return plan


def _with_column(plan: Plan, column: _Column, around: Surroundings) -> Plan | None:
    layer = around.layer
    entities = [d for d in plan.dimensions if d in layer.dimensions and layer.dimension(d).identifies]
    if column.kind == "members":
        return plan if entities else None
    if column.kind == "figure":
        return plan if plan.terms else None
    if column.kind == "figure of a year":
        years = {str(p.whole_year) for p in (*plan.periods, *([plan.base] if plan.base else [])) if p.whole_year}
        return plan if len(plan.terms) == 1 and len(years) > 1 and column.name in years else None
    if column.kind == "growth":
        return plan if plan.compare and plan.terms else None
    if column.kind == "rank":
        return _with_rank(plan)
    if column.kind == "order":
        return _in_order(plan, column.name)
    if column.kind == "dimension":
        if column.name in plan.dimensions:
            return plan
        inside = any(_lies_within(around, d, column.name) for d in plan.dimensions)
        told_of_each = inside or any(_has_one(layer, d, column.name) for d in entities)
        fits = not plan.per and not plan.tally and told_of_each
        return replace(plan, dimensions=(*plan.dimensions, column.name)) if fits else None
    if column.kind == "share":
        return _with_share(plan, column.name, layer)
    if column.period is not None and column.period not in (*plan.periods, *([plan.base] if plan.base else [])):
        return None
    if any(t.metric == column.name for t in plan.terms):
        return plan
    whose = layer.identifier(str(layer.metric(column.name).meta.get("about") or ""))
    if whose is not None and any(_has_one(layer, d, whose.name) for d in entities):
        return _with_column(plan, _Column("dimension", whose.name), around)  # each order has one customer
    whole = plan.tally or plan.together or plan.contrast or plan.missing or plan.compare or plan.benchmark
    if whole or any(t.share or t.filters or t.cohorts for t in plan.terms):
        return None
    running = layer.metric(column.name).kind == "cumulative"
    return replace(plan, terms=(*plan.terms, Term(column.name, running=running)))


def _with_rank(plan: Plan) -> Plan | None:
    """The plan with the rank by the figure that its rows are ordered by, or by the first one."""
    by = int(plan.order[0][0]) if plan.order and plan.order[0][0].isdigit() else 0
    if not plan.terms or not plan.dimensions or plan.compare or plan.split or plan.tally:
        return None
    return replace(plan, terms=tuple(replace(t, rank=t.rank or i == by) for i, t in enumerate(plan.terms)))


def _in_order(plan: Plan, way: str) -> Plan | None:
    """The plan with its rows from high to low or from new to old; in the order that it has where none is told."""
    if not way or (way == "old" and any(d.startswith("@") for d in plan.dimensions)):
        return plan
    if way in ("new", "old"):
        times = [d for d in plan.dimensions if d.startswith("@")]
        return replace(plan, order=((times[0], way == "new"),)) if times and not plan.limit else None
    if plan.order:
        return plan if plan.order[0][1] == (way == "high") else None
    return replace(plan, order=(("0", way == "high"),)) if plan.terms and plan.dimensions else None


def _with_share(plan: Plan, name: str, layer: Layer) -> Plan | None:
    """The plan with the share of a figure in its total beside the figure, where there is one kind of groups."""
    told = [t for t in plan.terms if t.share]
    if told and name in ("", told[0].metric):
        return plan
    sums = [t.metric for t in plan.terms if t == Term(t.metric) and layer.metric(t.metric).kind == "simple"]
    name = name or (sums[0] if len(sums) == len(plan.terms) == 1 else "")
    grouped = len(plan.dimensions) == 1 and not (
        plan.having or plan.compare or plan.tally or plan.cohorts or plan.together or plan.offset
    )
    summed = (
        bool(name)
        and layer.metric(name).kind == "simple"
        and layer.leaves(layer.metric(name))[0].aggregation in ("sum", "count_distinct")
    )
    if not grouped or not summed or plan.split:
        return None
    if name not in sums:
        return None
    return replace(plan, terms=(*plan.terms, Term(name, share=True)))


def _lies_within(around: Surroundings, inner: str, outer: str) -> bool:
    """ "City and country": each city lies in a country, and cities of one name are told apart by it."""
    known = inner in around.layer.dimensions and outer in around.layer.dimensions
    return known and (around.layer.dimension(inner).within == outer or around.nested(inner, outer))


def _has_one(layer: Layer, entity: str, dimension: str) -> bool:
    about = layer.dimension(entity).identifies
    metric = next((m for m in layer.metrics.values() if m.meta.get("about") == about), None)
    return metric is not None and has_one(layer, Members(metric, entity), dimension)
