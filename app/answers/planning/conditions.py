"""Numbers that were read as conditions on rows, groups or members."""

from __future__ import annotations

import re
from dataclasses import replace

from app.answers.layer import Dimension
from app.answers.plan import Cohort, Filter, Having, Term
from app.answers.planning.draft import Draft, Threshold
from app.answers.planning.outcome import UnclearError
from app.answers.reading import Chunk

NUMBER_OF = re.compile(r"\W*(?:the\s+)?(?:number|count)\s+of\b", re.I)
ONLY_GROUPS = re.compile(r"\b(?:only|just)\s+(?:(?:the|those|for)\s+)*\w+\s+(?:with|having|that|where|whose)\b", re.I)
DONE = ("sold", "bought", "ordered", "purchased", "got", "received")


def apply_thresholds(draft: Draft) -> None:
    """Turn the numbers that were read into conditions on rows, groups or members."""
    kept, made = list(draft.filters), list(draft.cohorts)
    for t in draft.thresholds:
        if _is_of_lines(draft, t):
            _filter_lines(draft, t)
            continue
        if _is_of_listed_rows(draft, t):
            draft.drop(t.term)
            draft.filters.append(Filter(f"#{t.term.metric}", t.operator, t.values))
            continue
        if (
            t.term.metric
            and not (t.average or (draft.listing and _is_said_as_mean(draft, t)))
            and _is_row_figure(draft, t.term.metric)
            and not (
                draft.listing and draft.listing != "order_id" and t.term in draft.terms and not _lists_orders(draft)
            )
        ):
            if t.term in draft.terms and len(draft.terms) > 1:
                draft.drop(t.term)
            if not (t.term in draft.terms and draft.dimensions and not _lists_orders(draft)):
                if t.term in draft.terms and _lists_orders(draft):
                    draft.drop(t.term)
                    draft.terms.append(Term(draft.layer.main_metric.name))
                draft.filters.append(Filter(f"#{t.term.metric}", t.operator, t.values))
                continue
        listed = [d for d in draft.dimensions if d != "@period"]
        if t.term.distinct.startswith("@"):
            _count_times(draft, t)
            continue
        noun = _threshold_noun(draft, t)
        if noun is not None and draft.listing in listed and noun not in listed and not _has_own_clause(draft, t, noun):
            noun = None  # "in which countries did corporate customers spend more than …"
        if listed and (draft.listing or draft.ranks or not draft.counted) and (noun is None or noun in listed):
            if t.term not in draft.terms:
                draft.terms.append(t.term)
            draft.having.append(Having(draft.terms.index(t.term), t.operator, t.values))
            continue
        if noun is None:
            if listed:
                if t.term not in draft.terms:
                    draft.terms.append(t.term)
                draft.having.append(Having(draft.terms.index(t.term), t.operator, t.values))
                continue
            raise UnclearError("I do not see whose figure should be compared with the number")
        draft.cohorts.append(
            Cohort(
                noun,
                False,
                t.term.metric,
                t.term.distinct,
                t.operator,
                t.values,
                tuple(draft.filters),
                tuple(draft.periods),
            )
        )

    if draft.share and not draft.part and not draft.part_cohorts:
        _make_part(draft, kept, made)


def _is_said_as_mean(draft: Draft, t: Threshold) -> bool:
    """ "Countries with an average discount above 30%": the mean of each, no condition on its lines."""
    named = (c for c in reversed(draft.cs[: t.at + 3]) if c.metric == t.term.metric)
    chunk = next(named, None)
    return chunk is not None and chunk.text.lower().split()[0] in ("average", "avg", "mean")


def _count_times(draft: Draft, t: Threshold) -> None:
    """ "ordered in at least 6 different months": a condition on the members."""
    who = draft.listing if draft.listing and not draft.listing.startswith("@") else _threshold_noun(draft, t)
    if who is None or (draft.terms and draft.listing and draft.dimensions != [draft.listing]):
        raise UnclearError("who or what should that be in so many of them?")
    draft.cohorts.append(
        Cohort(who, False, "", t.term.distinct, t.operator, t.values, tuple(draft.filters), tuple(draft.periods))
    )


def _has_own_clause(draft: Draft, t: Threshold, noun: str) -> bool:
    """Whether the number is told of the thing before it: "countries with customers who ordered more than …"."""
    at = next((j for j in range(t.at - 1, -1, -1) if draft.cs[j].dimension == noun), None)
    return at is None or any(c.is_("rel") or c.text.lower() in ("with", "having") for c in draft.cs[at + 1 : t.at])


def _make_part(draft: Draft, kept: list[Filter], made: list[Cohort]) -> None:
    """ "share of customers with more than one order": who fulfils the condition is the part."""
    filters = tuple(f for f in draft.filters if f not in kept)
    cohorts = tuple(replace(c, filters=()) for c in draft.cohorts if c not in made)
    if not draft.terms or not (filters or cohorts):
        if not draft.dimensions:
            raise UnclearError("a share of what in what?")
        return
    draft.filters, draft.cohorts = kept, made
    draft.terms = [replace(draft.terms[0], share=True, filters=filters, cohorts=cohorts)]


def _is_of_lines(draft: Draft, t: Threshold) -> bool:
    """ "order lines with a quantity over 10": the number is one of each line."""
    if not t.term.metric or t.average:
        return False
    metric = draft.metric(t.term.metric)
    leaves = draft.layer.leaves(metric)
    named = (c for c in reversed(draft.cs[: t.at]) if c.metric and c.role != "threshold")
    noun = next((c for c in named if draft.entity(c) or not _is_row_figure(draft, c.metric)), None)
    after = draft.cs[t.at + 1] if t.at + 1 < len(draft.cs) else None
    if after is not None and after.metric and draft.layer.leaves(draft.metric(after.metric))[0].expr == "1":
        noun = after  # "loss-making order lines"
    lines = draft.layer.leaves(draft.metric(noun.metric)) if noun is not None else []
    amounts = all(leaf.aggregation == "sum" and leaf.expr.isidentifier() for leaf in leaves)
    return (
        metric.kind in ("simple", "ratio")
        and amounts
        and len(lines) == 1
        and lines[0].expr == "1"
        and lines[0].model == draft.layer.main.name
    )


def _is_of_listed_rows(draft: Draft, t: Threshold) -> bool:
    """ "products sold with a discount above 60%": with such a line, whatever the mean of all their lines."""
    listed = draft.layer.dimensions.get(draft.listing)
    if listed is None or listed.identifies in ("", "order") or t.average or not t.term.metric:
        return False
    done = any((c.word.verb or c.word.superlative[0]) and c.text.lower().split()[0] in DONE for c in draft.cs[: t.at])
    return done and _is_row_figure(draft, t.term.metric) and not draft.ranks


def _filter_lines(draft: Draft, t: Threshold) -> None:
    if t.term in draft.terms and len(draft.terms) > 1:
        draft.drop(t.term)
    draft.filters.append(Filter(f"#{t.term.metric}", t.operator, t.values))


def _lists_orders(draft: Draft) -> bool:
    return any(
        d in draft.dimensions and draft.layer.dimensions[d].identifies == "order"
        for d in draft.dimensions
        if not d.startswith("@")
    )


def _is_row_figure(draft: Draft, name: str) -> bool:
    metric = draft.metric(name)
    return metric.kind == "simple" and draft.layer.leaves(metric)[0].aggregation == "average"


def _has_one(draft: Draft, entity: Dimension, dimension: str) -> bool:
    """Whether an entity has one value of a dimension: a product one category."""
    return any(
        dimension in m.dimensions and entity.name in m.dimensions
        for m in draft.layer.models.values()
        if m is not draft.layer.main
    )


def _counted_by(draft: Draft, c: Chunk) -> object:
    """The entity that a metric counts: "products sold" counts products as "products" does."""
    metric = draft.metric(c.metric)
    same = (m.meta.get("about") for m in draft.layer.metrics.values() if metric.measure and m.measure == metric.measure)
    plain = metric.kind == "simple" and not metric.meta.get("first_of")
    return metric.meta.get("about") or (next((a for a in same if a), None) if plain else None)


def _counts(draft: Draft, t: Threshold) -> bool:
    """Whether a number of things is asked for, beside the figure that is bounded: "number of customers per market"."""
    if draft.counted:
        return True
    shown = [draft.metric(term.metric) for term in draft.terms if term.metric and term != t.term]
    told = bool(NUMBER_OF.match(draft.question)) and not ONLY_GROUPS.search(draft.question)
    return told and len(shown) == 1 and shown[0].meta.get("about") in ("customer", "product")


def _threshold_noun(draft: Draft, t: Threshold) -> str | None:
    """The entity before the number: customers who ordered more than 5 times."""
    over = draft.over_dimension
    if over:
        return str(over)
    for c in reversed(draft.cs[: t.at]):
        d = draft.entity(c)
        if d is not None and t.term.distinct and _has_one(draft, d, t.term.distinct):
            continue  # "orders with products of all three categories": each product has one
        if d is not None and c.role != "threshold":
            return d.name
        about = _counted_by(draft, c) if c.metric and c.role != "threshold" else None
        if about and (counted := draft.layer.identifier(str(about))) is not None:
            return counted.name
        grouped = draft.chunk(draft.cs.index(c) - 1) if draft.cs.index(c) else None
        if c.key and _counts(draft, t) and grouped is not None and grouped.is_("by"):
            continue  # "customers per market with at least one return"
        if c.key and not c.metric:
            counted_here = any(term.distinct == c.key for term in draft.terms)
            return c.key if c.key in draft.dimensions or counted_here else None
        if c.text.lower() == "who":
            person = draft.layer.identifier("customer")
            return person.name if person else None
    if any(t.term == term for term in draft.terms) is False and draft.counted:
        about = [draft.metric(term.metric).meta.get("about") for term in draft.terms if term.metric]
        entity = draft.layer.identifier(str(about[0])) if about and about[0] else None
        return entity.name if entity else None
    return None
