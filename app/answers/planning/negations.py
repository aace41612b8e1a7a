"""Not, without, never: rows left out, and members without any such row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.answers.layer import Dimension
from app.answers.plan import Cohort, Filter
from app.answers.planning.draft import Draft
from app.answers.planning.groups import is_counted, use_question_word
from app.answers.planning.named_values import merged, resolved_within
from app.answers.planning.outcome import UnclearError
from app.answers.reading import Chunk


def read_negations(draft: Draft) -> None:
    """ "not returned", "without furniture", "never ordered", "but not in 2024"."""
    for i, c in enumerate(draft.cs):
        if c.used or not c.is_("neg", "never", "zero") or (c.is_("zero") and not c.is_("neg")):
            continue
        never = c.is_("never")
        subject = subject_entity(draft, i)
        verb = next((j for j in range(i + 1, len(draft.cs)) if _is_event(draft.cs[j])), None)
        values = _negated_values(draft, i)
        bare = draft.chunk(draft.next(i, "stop"))
        if (
            subject is not None
            and not values
            and bare is not None
            and bare.metric
            and draft.metric(bare.metric).meta.get("about") in ("order", "return")
            and draft.entity(bare) is not subject
        ):
            _anti_cohort(draft, i, subject, verb, values)
            continue
        people = subject is not None and (never or _relative_before(draft, i)) and (verb is not None or not values)
        people = people or (subject is not None and _is_contrasted(draft, i, values))
        if people and subject is not None:
            _anti_cohort(draft, i, subject, verb, values)
            continue
        if bare is not None and bare.metric and not values and _groups_without(draft, i, bare):
            continue
        if values:
            c.used = True
            for o in draft.cs[i : values[0]]:
                o.used = o.used or o.is_("by")
            for j in values:
                draft.cs[j].used = True
                f = resolved_within(draft, draft.cs[j])
                _add_negative(draft, f)
            continue
        if never and subject is None:
            raise UnclearError("I do not see who or what never did that")


def _groups_without(draft: Draft, i: int, figure: Chunk) -> bool:
    """ "countries without any sales in 2025": groups that have no row of the kind."""
    name = draft.listing if draft.listing and not draft.listing.startswith("@") else ""
    if not name or draft.metric(figure.metric).kind != "simple":
        return False
    draft.cs[i].used = figure.used = True
    returned = next((d for d in draft.layer.dimensions.values() if "returned" in d.values), None)
    about_returns = "return" in figure.metric and returned is not None
    filters = (Filter(returned.name, "in", ("returned",)),) if about_returns and returned is not None else ()
    draft.cohorts.append(Cohort(name, True, filters=filters, periods=tuple(draft.periods)))
    draft.periods, draft.missing = [], True
    return True


def _is_contrasted(draft: Draft, i: int, values: Sequence[int]) -> bool:
    """Whether what is excluded is told against what came before: "bought furniture but not technology"."""
    negated = {d for j in values for d, _ in draft.cs[j].word.values}
    before = {d for c in draft.cs[:i] if c.word.values for d, _ in c.word.values}
    return bool(negated & before) and _relative_before(draft, i)


def _is_event(c: Chunk) -> bool:
    return bool(
        c.word.verb
        or c.word.time
        or any(v == "returned" for _, v in c.word.values)
        or (c.word.superlative[0] == "sales" and c.text.lower() == "sold")
    )


def _relative_before(draft: Draft, i: int) -> bool:
    return any(c.is_("rel") or c.is_("q") or c.is_("count") for c in draft.cs[:i])


def subject_entity(draft: Draft, i: int) -> Dimension | None:
    """Who or what the words before a place are about."""
    for c in draft.cs[:i]:
        d = draft.entity(c)
        if d is not None:
            return d
    if any(c.text.lower() == "who" for c in draft.cs[:i]):
        return draft.layer.identifier("customer")
    return None


def _negated_values(draft: Draft, i: int) -> list[int]:
    found: list[int] = []
    j = draft.next(i, "stop", "prep", "by")
    joined = True
    while j is not None and (
        draft.cs[j].word.values
        or (draft.cs[j].is_("and", "or") and found)
        or ((draft.cs[j].word.verb or draft.cs[j].word.time or draft.cs[j].key) and not found)
    ):
        if draft.cs[j].word.values and not draft.cs[j].used:
            if found and not joined:
                break
            found.append(j)
            joined = False
        elif draft.cs[j].is_("and", "or"):
            joined = True
        j = draft.next(j, "stop", "prep", "by")
    return found


def _add_negative(draft: Draft, f: Filter) -> None:
    old = next((o for o in draft.filters if o.dimension == f.dimension and o.operator == "not_in"), None)
    if old is not None:
        draft.filters.remove(old)
        f = replace(f, values=(*old.values, *f.values))
    if len(f.values) == 1 and f.values[0] in ("returned", "not returned", "discounted", "at full price"):
        other = [v for v in draft.layer.dimensions[f.dimension].values if v != f.values[0]]
        if len(other) == 1:
            draft.filters.append(Filter(f.dimension, "in", (other[0],)))
            return
    draft.filters.append(Filter(f.dimension, "not_in", f.values))


def _anti_cohort(draft: Draft, i: int, subject: Dimension, verb: int | None, values: list[int]) -> None:
    """Customers who never …: none of the entity's rows fulfils the condition."""
    draft.cs[i].used = True
    filters: list[Filter] = []
    if verb is not None:
        event = draft.cs[verb]
        event.used = True
        if any(v == "returned" for _, v in event.word.values):
            filters.append(_returned_filter(event))
            values = [v for v in values if v != verb]
        if event.word.time and not event.word.values:
            draft.time = ""
    for j in values:
        draft.cs[j].used = True
        filters.append(resolved_within(draft, draft.cs[j]))
    for c in draft.cs[i:]:
        if (
            (c.metric or c.dimension)
            and not c.used
            and c is not draft.cs[i]
            and (draft.entity(c) or c.metric in ("orders", "returns"))
        ):
            c.used = True
            if c.metric and draft.metric(c.metric).meta.get("about") == "return":
                event_dim = next((d for d in draft.layer.dimensions.values() if "returned" in d.values), None)
                if event_dim and not filters:
                    filters.append(Filter(event_dim.name, "in", ("returned",)))
        if c.word.values and not c.used and not c.key:
            c.used = True
            filters.append(resolved_within(draft, c))
    contrasted = any(c.word.values and not c.used for c in draft.cs[:i])
    before = tuple(c.period.period for c in draft.cs[:i] if c.period)
    after = tuple(c.period.period for c in draft.cs[i:] if c.period)
    draft.cohorts.append(Cohort(subject.name, True, filters=tuple(merged(filters)), periods=after))
    counting = any(is_counted(c) for c in draft.cs[:i])
    positive = any(c.word.verb or (c.word.values and not c.used) for c in draft.cs[:i]) or before
    if contrasted and not before and after and not draft.cs[i].is_("never"):
        draft.cohorts[-1] = replace(draft.cohorts[-1], periods=after)
        draft.periods, draft.missing = list(after), False
    elif positive:
        draft.periods = list(before)
        draft.missing = False
    else:
        draft.periods = []
        draft.missing = True
    if not counting:
        if subject.name not in draft.dimensions:
            draft.dimensions.insert(0, subject.name)
        draft.listing = subject.name
        for c in draft.cs[:i]:
            if c.key == subject.name:
                c.used = True
                break
        use_question_word(draft)


def _returned_filter(c: Chunk) -> Filter:
    pair = next((d, v) for d, v in c.word.values if v == "returned")
    return Filter(pair[0], "in", (pair[1],))
