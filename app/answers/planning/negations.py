"""Not, without, never: rows left out, and members without any such row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.answers.layer import Dimension
from app.answers.plan import Cohort, Filter
from app.answers.planning.draft import Draft
from app.answers.planning.groups import is_counted, use_question_word
from app.answers.planning.named_values import merged, open_values, resolved_within
from app.answers.planning.outcome import UnclearError
from app.answers.reading import Chunk

HOLDING = ("contain", "includ", "hold", "have", "involv")


def read_negations(draft: Draft) -> None:
    """ "not returned", "without furniture", "never ordered", "but not in 2024"."""
    for i, c in enumerate(draft.cs):
        if _has_returned_nothing(draft, i):
            continue
        if c.used or not c.is_("neg", "never", "zero") or (c.is_("zero") and not c.is_("neg")):
            continue
        if _is_subtraction(draft, i):
            continue
        if draft.thresholds and not _verb_after(draft, i) and _is_of_a_period(draft, i):
            continue
        never = c.is_("never")
        nearest = draft.chunk(draft.next(i, "stop"))
        plain = (
            draft.listing and not draft.listing.startswith("@") and not draft.layer.dimensions[draft.listing].identifies
        )
        if plain and nearest is not None and nearest.metric and _groups_without(draft, i, nearest):
            continue
        if plain and any(rule(draft, i) for rule in OF_GROUPS):
            continue
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
        told = never or _relative_before(draft, i) or _between_periods(draft, i)
        people = subject is not None and told and (verb is not None or not values)
        if subject is not None and values and not never and values[0] <= i + 2 and not _verb_between(draft, i, values):
            people = people and not all(
                _tells(draft, draft.cs[j], subject) for j in values
            )  # "customers outside Europe"
        if people and subject is not None and subject.identifies == "order" and values and not never:
            people = False  # "orders that were not shipped first class": a condition on what is in them
        people = people or (subject is not None and _is_contrasted(draft, i, values))
        if people and subject is not None:
            _anti_cohort(draft, i, subject, verb, values)
            continue
        if bare is not None and bare.metric and not values and _groups_without(draft, i, bare):
            continue
        if values and _is_of_orders(draft, i, values):
            periods = list(draft.periods)
            _anti_cohort(draft, i, subject, None, values) if subject is not None else None
            draft.missing, draft.periods = False, periods  # an order has one date
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


def _verb_after(draft: Draft, i: int) -> bool:
    return any(c.word.verb for c in draft.cs[i + 1 :])


def _is_of_a_period(draft: Draft, i: int) -> bool:
    """ "made a loss in 2025 but not in 2024": the condition does not hold in the other period."""
    after = draft.chunk(draft.next(i, "stop", "prep"))
    if after is None or after.period is None or len(draft.periods) != 2 or not _between_periods(draft, i):
        return False
    draft.cs[i].used = True
    draft.not_in = [after.period.period]
    draft.periods = [p for p in draft.periods if p not in draft.not_in]
    return True


def _is_of_orders(draft: Draft, i: int, values: Sequence[int]) -> bool:
    """ "orders without technology": orders that hold none of it, not the rest of each order."""
    ahead = draft.chunk(draft.next(i, "stop", step=-1))
    after = draft.cs[i + 1].text.lower() if i + 1 < len(draft.cs) else ""
    entity = draft.entity(ahead) if ahead is not None else None
    told = draft.cs[i].text.lower() in ("without", "no") or after.startswith(HOLDING)
    named = {d for j in values for d, _ in draft.cs[j].word.values}
    of_lines = all(d not in draft.layer.main.dimensions and not _is_of_customers(draft, d) for d in named)
    return entity is not None and entity.identifies == "order" and told and of_lines


def _is_of_customers(draft: Draft, dimension: str) -> bool:
    person = draft.layer.identifier("customer")
    home = next((m for m in draft.layer.models.values() if person and person.name in m.dimensions), None)
    return home is not None and dimension in home.dimensions


def _has_returned_nothing(draft: Draft, i: int) -> bool:
    """ "customers who have not returned anything": none of their orders, not their other orders."""
    c, subject = draft.cs[i], subject_entity(draft, i)
    if c.used or c.metric or not any(v == "not returned" for _, v in c.word.values) or subject is None:
        return False
    if subject.identifies == "order" or not (_relative_before(draft, i) or draft.listing == subject.name):
        return False
    flag = next(d for d, v in c.word.values if v == "not returned")
    c.used = True
    told = any(o.word.verb or (o.word.values and not _tells(draft, o, subject)) for o in draft.cs[:i])
    draft.cohorts.append(Cohort(subject.name, True, filters=(Filter(flag, "in", ("returned",)),)))
    draft.missing = not told and not draft.periods
    return True


def _between_periods(draft: Draft, i: int) -> bool:
    """ "products sold in 2024 but not in 2025"."""
    after = draft.chunk(draft.next(i, "stop", "prep"))
    return after is not None and after.period is not None and any(c.period for c in draft.cs[:i])


def _is_subtraction(draft: Draft, i: int) -> bool:
    """ "US sales minus EU sales": the figure stands on both sides."""
    before = {o.metric for o in draft.cs[:i] if o.metric}
    ahead = draft.cs[i - 1] if i else None
    after = draft.cs[i + 1] if i + 1 < len(draft.cs) else None
    if draft.cs[i].text.lower() == "minus" and ahead is not None and after is not None:
        kinds = [{d for d, _ in c.word.values} for c in (ahead, after)]
        if kinds[0] & kinds[1]:
            return True  # "corporate minus consumer profit"
    return draft.cs[i].text.lower() == "minus" and any(o.metric in before for o in draft.cs[i:] if o.metric)


def read_exclusive(draft: Draft) -> None:
    """ "customers who only bought furniture": none of their rows is of another kind."""
    for i, c in enumerate(draft.cs):
        subject = subject_entity(draft, i)
        if c.used or c.text.lower() != "only" or subject is None:
            continue
        near = draft.cs[max(0, i - 2) : i + 2]
        values = [j for j in _negated_values(draft, i) if not draft.cs[j].used]
        if not any(o.word.verb for o in near) or not values:
            continue
        chosen = merged([resolved_within(draft, draft.cs[j]) for j in values])
        others = tuple(Filter(f.dimension, "not_in", f.values) for f in chosen)
        c.used = True
        draft.cohorts.append(Cohort(subject.name, True, filters=others, periods=tuple(draft.periods)))


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


def _verb_between(draft: Draft, i: int, values: Sequence[int]) -> bool:
    return any(draft.cs[j].word.verb for j in range(i + 1, values[0])) if values else False


def _groups_of_one_period(draft: Draft, i: int) -> bool:
    """ "States that sold in October but not in November": groups with a row in the one and none in the other."""
    after = draft.chunk(draft.next(i, "stop", "prep"))
    ahead = tuple(c.period.period for c in draft.cs[:i] if c.period)
    told = draft.thresholds or draft.benchmarks or draft.ranks or draft.terms
    if after is None or after.period is None or len(ahead) != 1 or len(draft.periods) != 2 or told:
        return False
    if any(c.metric and not draft.entity(c) for c in draft.cs):
        return False
    values = tuple(merged([f for j, f in open_values(draft) if not draft.cs[j].used]))
    draft.cs[i].used = True
    draft.cohorts.append(Cohort(draft.listing, True, filters=values, periods=(after.period.period,)))
    draft.periods, draft.missing = list(ahead), False
    return True


def _groups_that_did_not(draft: Draft, i: int) -> bool:
    """ "countries that have not bought copiers in 2026": groups that have no such row."""
    values = _negated_values(draft, i)
    if not _verb_between(draft, i, values) or draft.cs[i].text.lower() not in ("not", "never", "not ever"):
        return False
    for j in range(i, values[-1] + 1):
        draft.cs[j].used = True
    filters = tuple(merged([resolved_within(draft, draft.cs[j]) for j in values]))
    draft.cohorts.append(Cohort(draft.listing, True, filters=filters, periods=tuple(draft.periods)))
    draft.periods, draft.missing = [], True
    return True


def _groups_with_but_without(draft: Draft, i: int) -> bool:
    """ "countries that bought tables but no chairs": groups with the one and without the other."""
    values = _negated_values(draft, i)
    without = merged([resolved_within(draft, draft.cs[j]) for j in values])
    kinds = {f.dimension for f in without}
    have = [
        c for c in draft.cs[:i] if c.word.values and not c.used and not c.key and {d for d, _ in c.word.values} & kinds
    ]
    told = any(c.word.verb for c in draft.cs[:i]) and _relative_before(draft, i)
    if not without or not have or not told:
        return False
    for c in (*have, *draft.cs[i : values[-1] + 1]):
        c.used = True
    periods = tuple(draft.periods)
    draft.cohorts.append(
        Cohort(draft.listing, filters=tuple(merged([resolved_within(draft, c) for c in have])), periods=periods)
    )
    draft.cohorts.append(Cohort(draft.listing, True, filters=tuple(without), periods=periods))
    return True


OF_GROUPS = (_groups_of_one_period, _groups_that_did_not, _groups_with_but_without)


def _is_contrasted(draft: Draft, i: int, values: Sequence[int]) -> bool:
    """Whether what is excluded is told against what came before: "bought furniture but not technology"."""
    negated = {d for j in values for d, _ in draft.cs[j].word.values}
    before = {d for c in draft.cs[:i] if c.word.values and not c.used for d, _ in c.word.values}
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
            if (found and not joined) or (found and _negative_by_itself(draft.cs[j])):
                break
            found.append(j)
            joined = False
        elif draft.cs[j].is_("and", "or"):
            joined = True
        j = draft.next(j, "stop", "prep", "by")
    return found


def _negative_by_itself(c: Chunk) -> bool:
    return any(v.startswith("not ") for _, v in c.word.values)


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
    if len(after) == 2 and not before and any(o.is_("follow", "and") for o in draft.cs[i + 1 :]):
        draft.cohorts[-1] = replace(draft.cohorts[-1], periods=after[:1])  # "not in 2026 but did in 2025"
        before, after = after[1:], after[:1]
    counting = any(is_counted(c) for c in draft.cs[:i])
    none = draft.cs[i].text.lower() == "no"  # "placed no orders": the verb is that of the negation
    positive = before or any(
        (c.word.verb and not (none and c is draft.cs[i - 1]))
        or (c.word.values and not c.used and not _tells(draft, c, subject))
        for c in draft.cs[:i]
    )
    if contrasted and not before and after and not draft.cs[i].is_("never"):
        draft.cohorts[-1] = replace(draft.cohorts[-1], periods=after)
        draft.periods, draft.missing = list(after), False
    elif positive:
        draft.periods = list(before)
        draft.missing = False
    else:
        draft.periods = []
        draft.missing = True
    if any(c.metric and draft.metric(c.metric).format != "count" for c in draft.cs[:i]):
        draft.missing = False
    if not counting and not _of_a_figure(draft, i, subject):
        if subject.name not in draft.dimensions:
            draft.dimensions.insert(0, subject.name)
        draft.listing = subject.name
        for c in draft.cs[:i]:
            if c.key == subject.name:
                c.used = True
                break
        use_question_word(draft)


def _of_a_figure(draft: Draft, i: int, subject: Dimension) -> bool:
    """ "sales of products that were never returned": a figure of all of them, no list."""
    at = next((j for j, c in enumerate(draft.cs[:i]) if draft.entity(c) is subject), None)
    if at is None or not any(c.metric and not draft.entity(c) for c in draft.cs[:at]):
        return False
    link = next((c.text.lower() for c in reversed(draft.cs[:at]) if c.is_("prep", "by")), "")
    if link in ("by", "per") or draft.cs[at].used or any(c.is_("q") for c in draft.cs[:2]):
        return False
    draft.cs[at].used, draft.missing = True, False
    return True


def _tells(draft: Draft, c: Chunk, subject: Dimension) -> bool:
    """Whether a value is one of the subject itself: "customers from Spain"."""
    home = next(
        (m for m in draft.layer.models.values() if subject.name in m.dimensions and m is not draft.layer.main), None
    )
    return home is not None and all(d in home.dimensions for d, _ in c.word.values)


def _returned_filter(c: Chunk) -> Filter:
    pair = next((d, v) for d, v in c.word.values if v == "returned")
    return Filter(pair[0], "in", (pair[1],))
