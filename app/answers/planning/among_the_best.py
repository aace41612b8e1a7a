"""More about the first so many by a figure: "which of the 50 biggest customers of 2025 have not ordered in 2026".

The best, and what is asked about them, are planned apart, each with its own period; the best then bound the rows.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.answers.compiling.expressions import plural_of
from app.answers.plan import BOTTOM, TOP, Cohort, Plan, Term
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import OpenError, Planned, PlanOf, planned_or_none, trimmed
from app.answers.vocabulary.among_the_best import (
    ALSO_AMONG,
    AMONG,
    AND_DID,
    ASKED_OF_THEM,
    BEST,
    CAME_OR_WENT,
    COMES_FROM,
    DID,
    EACH,
    EACH_ONE,
    END,
    IN_BOTH,
    LIST_HEAD,
    MEMBERSHIP,
    OF_THE_BEST,
    OF_THEM,
    PAUSE,
    SHARE_OF,
    SINGULAR,
    TOGETHER,
    WITHOUT,
    WITHOUT_NOUN,
)
from app.answers.vocabulary.ranks_moved import TWO_PERIODS
from app.answers.wording import group_words


@dataclass(frozen=True)
class _Best:
    """The first so many: how they are called, which plan ranks them, and as a condition on rows."""

    noun: str
    plan: Plan
    cohort: Cohort
    notes: tuple[str, ...]


def plan_of_among_the_best(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of what is asked about the best ones; None where a question asks nothing more about them.

    Raises OpenError where it is left open which period holds for what, or whether each or all are meant.
    """
    text = trimmed(question)
    planned = _in_two_lists(text, plan_of, around) or _came_or_went(text, plan_of, around)
    if planned is not None:
        return planned
    if (bare := WITHOUT_NOUN.match(text)) is not None:
        text = f"{bare['ask'] or 'list '}of {bare['list']} {bare['noun']}{AND_DID.sub(' ', bare['rest'])}"
    for head in BEST.finditer(text):
        if not text[: head.start()].strip():
            continue  # the best themselves
        for end in _ends(text, head):
            best = _best(text[head.start() : end], plan_of, around)
            if best is None:
                continue
            planned = _asked(text[: head.start()], best, text[end:], plan_of, around)
            if planned is not None:
                return replace(planned, notes=(*best.notes, *planned.notes))
    return None


def _ends(text: str, head: re.Match[str]) -> list[int]:
    """Where the words of the best may end, the longest first."""
    last = END.search(text, head.end())
    limit = last.start() if last is not None else len(text)
    places = [m.start() for m in PAUSE.finditer(text, head.end(), limit)]
    return sorted({*places, limit, head.end()}, reverse=True)


def _best(words: str, plan_of: PlanOf, around: Surroundings) -> _Best | None:
    """The best that words tell by themselves: one figure, one kind of members, a number of them, and no more."""
    planned = planned_or_none(words, plan_of)
    if planned is None:
        return None
    plan = planned.plan
    if not plan.limit or len(plan.order) != 1 or len(plan.terms) != 1 or len(plan.periods) > 1:
        return None
    bare = replace(plan, terms=(), dimensions=(), filters=(), periods=(), order=(), limit=None, notes=())
    term, keys = plan.terms[0], [d for d in plan.dimensions if not d.startswith("@")]
    if bare != Plan(()) or term != Term(term.metric) or not keys or plan.order[0][0] != "0":
        return None
    ids = [k for k in keys if around.layer.dimension(k).identifies]
    key = ids[0] if ids else keys[0]
    if len(plan.dimensions) > 1 and not ids:
        return None
    way = TOP if plan.order[0][1] else BOTTOM
    cohort = Cohort(
        key, metric=term.metric, operator=way, values=(float(plan.limit),), filters=plan.filters, periods=plan.periods
    )
    return _Best(plural_of(group_words(around.layer, plan, key)), plan, cohort, planned.notes)


def _asked(before: str, best: _Best, after: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of what is asked about the best, by the words before and after them."""
    if (share := COMES_FROM.match(before)) is not None:
        return _share(f"{share['figure']} {after}", best, plan_of)
    if (rest := WITHOUT.match(before)) is not None:
        return _rest(f"{rest['before']} {after}", best, plan_of)
    if (them := OF_THEM.match(before)) is not None:
        return _of_them(them["ask"], after, best, plan_of, around)
    among, told = AMONG.match(before), ASKED_OF_THEM.match(after)
    if among is not None and told is not None:
        return _of_them(told["ask"], told["rest"], best, plan_of, around)
    if (did := DID.match(before)) is not None:
        return _in_another_period(f"{did['ask']} {best.noun} {after}", best, plan_of)
    if (each := EACH.match(before)) is not None:
        asked = f"{each['before']} {after}".strip(" ,:;–—")
        return _in_another_period(f"{asked} by {best.noun}", best, plan_of)
    if (rest := OF_THE_BEST.match(before)) is not None:
        return _each_or_together(f"{rest['before']} {after}".strip(), best, plan_of)
    return None


def _of_them(ask: str, rest: str, best: _Best, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """ "Which of them have not ordered in 2026", "how many of them were among the top 20 again in 2025"."""
    again = _second_list(rest, best, plan_of, around)
    if again is not None:
        planned = planned_or_none(f"{ask} {best.noun}", plan_of)
        return None if planned is None else _bounded(planned, best.cohort, again)
    if not rest.strip():
        return None
    if SHARE_OF.search(ask):
        return _share_of_them(rest.strip(), best, plan_of)
    noun = group_words(around.layer, best.plan, best.cohort.dimension) if SINGULAR.match(rest) else best.noun
    planned = planned_or_none(f"{ask} {noun} {rest.strip()}", plan_of)
    if planned is None:
        return None
    plan = planned.plan
    own = bool(plan.periods or plan.split or plan.compare or any(c.periods for c in plan.cohorts))
    figures = [t for t in plan.terms if not t.distinct and t.metric not in _counts_of(best, around)]
    if best.cohort.periods and not own and (figures or plan.having) and not plan.cohorts:
        planned = replace(planned, plan=replace(plan, periods=best.cohort.periods))
    elif plan.periods and not best.cohort.periods and (figures or plan.having):
        raise OpenError(f"the {best.noun} ranked over all time, or in {plan.periods[0].label}?")
    return _bounded(planned, best.cohort)


def _share_of_them(rest: str, best: _Best, plan_of: PlanOf) -> Planned | None:
    """ "What share of the top 100 customers of 2024 placed an order in 2025": of those that there are of the best."""
    planned = planned_or_none(f"how many {best.noun} {rest}", plan_of)
    if planned is None:
        return None
    plan, key = planned.plan, best.cohort.dimension
    bare = replace(plan, terms=(), filters=(), periods=(), cohorts=(), notes=())
    if bare != Plan(()) or len(plan.terms) != 1 or plan.terms[0].filters or plan.terms[0].cohorts:
        return None
    rows = [Cohort(key, filters=plan.filters, periods=plan.periods)] if plan.filters or plan.periods else []
    terms = (Term(distinct=key, share=True, cohorts=(*plan.cohorts, *rows)),)
    return replace(planned, plan=Plan(terms, cohorts=(best.cohort,)))


def _counts_of(best: _Best, around: Surroundings) -> set[str]:
    """The metrics that count the members themselves."""
    about = around.layer.dimension(best.cohort.dimension).identifies
    return {name for name, m in around.layer.metrics.items() if about and m.meta.get("about") == about}


def _share(question: str, best: _Best, plan_of: PlanOf) -> Planned | None:
    """ "What share of 2026 sales came from the 100 biggest customers of 2025"."""
    planned = planned_or_none(question, plan_of)
    if planned is None or len(planned.plan.terms) != 1 or planned.plan.compare or planned.plan.limit:
        return None
    plan, term = planned.plan, planned.plan.terms[0]
    one_period = not best.cohort.periods or best.cohort.periods == plan.periods
    if one_period or term != Term(term.metric) or not term.metric:
        return None  # the highest of what the share is of, which the rules add up
    return replace(planned, plan=replace(plan, terms=(replace(term, share=True, cohorts=(best.cohort,)),)))


def _rest(question: str, best: _Best, plan_of: PlanOf) -> Planned | None:
    """ "Sales in 2025 without the ten biggest customers"."""
    planned = planned_or_none(question, plan_of)
    if planned is None or planned.plan.compare or planned.plan.split or not planned.plan.terms:
        return None
    return _bounded(planned, replace(_with_period_of(best.cohort, planned.plan), negated=True))


def _with_period_of(cohort: Cohort, plan: Plan) -> Cohort:
    """The best of the rows that a figure is of, where nothing else is said of them."""
    filters = cohort.filters or tuple(f for f in plan.filters if not f.dimension.startswith("#"))
    return replace(cohort, periods=cohort.periods or plan.periods, filters=filters)


def _in_another_period(question: str, best: _Best, plan_of: PlanOf) -> Planned | None:
    """What the best of one period did in another one; None where only one period is told: that is a plain ranking."""
    if not best.cohort.periods:
        return None
    planned = planned_or_none(question, plan_of)
    plan = planned.plan if planned is not None else None
    if planned is None or plan is None or plan.periods == best.cohort.periods:
        return None
    return _bounded(planned, best.cohort) if plan.periods or "@year" in plan.dimensions else None


def _each_or_together(asked: str, best: _Best, plan_of: PlanOf) -> Planned | None:
    """ "The 2026 sales of the ten best selling products of 2025": of each, or of all together?"""
    if EACH_ONE.search(asked):
        return _in_another_period(f"{EACH_ONE.sub('', asked)} by {best.noun}", best, plan_of)
    together = TOGETHER.sub("", asked)
    planned = _in_another_period(together, best, plan_of)
    if planned is not None and together == asked:
        raise OpenError(f"each of these {best.noun}, or all of them together?")
    return planned


def _bounded(planned: Planned, *cohorts: Cohort) -> Planned | None:
    plan = planned.plan
    if plan.limit and plan.together:
        return None
    return replace(planned, plan=replace(plan, cohorts=(*plan.cohorts, *cohorts)))


def _in_two_lists(text: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """ "Which countries were in the top ten by sales in 2025 but not in 2024": in one list and (not) in another."""
    both = IN_BOTH.search(text)
    if both is not None:
        text = f"{text[: both.start()]}in {both['one']}{text[both.end() :]} and in {both['two']}"
    found = MEMBERSHIP.match(text)
    if found is None:
        return None
    members = planned_or_none(found["who"], plan_of)
    if members is None or members.plan.limit or members.plan.periods or members.plan.having:
        return None
    for noun in dict.fromkeys(_nouns_of(members.plan, around)):
        best = _best(LIST_HEAD.sub(rf"\g<0> {noun}", found["first"]), plan_of, around)
        other = _second_list(found["rest"], best, plan_of, around) if best is not None else None
        if best is not None and other is not None:
            first = replace(best.cohort, periods=best.cohort.periods or other.periods)
            return _bounded(members, first, other)
    return None


def _came_or_went(text: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """ "Which countries dropped out of the top ten by sales between 2024 and 2025"."""
    pairs = list(TWO_PERIODS.finditer(text))
    if len(pairs) != 1:
        return None
    pair = pairs[0]
    found = CAME_OR_WENT.match(f"{text[: pair.start()]} PERIODS{text[pair.end() :]}")
    members = planned_or_none(found["who"], plan_of) if found is not None else None
    if found is None or members is None or members.plan.limit or members.plan.periods:
        return None
    for noun in dict.fromkeys(_nouns_of(members.plan, around)):
        told = f"{found['list']} {noun} {found['tail']} in"
        lists = [_best(f"{told} {pair[p]}{found['rest']}", plan_of, around) for p in ("one", "two")]
        dated = sorted((b.cohort for b in lists if b is not None and b.cohort.periods), key=_start)
        if len(dated) == len(lists):
            there, gone = dated if found["out"] else reversed(dated)
            return _bounded(members, there, replace(gone, negated=True))
    return None


def _start(cohort: Cohort) -> dt.date:
    return cohort.periods[0].start


def _nouns_of(plan: Plan, around: Surroundings) -> Iterator[str]:
    """What the members may be called that a plan lists or counts."""
    for key in (*plan.dimensions, *(t.distinct for t in plan.terms if t.distinct)):
        yield plural_of(group_words(around.layer, plan, key))
    for term in plan.terms:
        if term.metric:
            yield around.layer.metric(term.metric).label.lower()


def _second_list(words: str, best: _Best, plan_of: PlanOf, around: Surroundings) -> Cohort | None:
    """The other list that words tell, in full or by what differs from the first; None where they tell none."""
    found = ALSO_AMONG.match(words)
    if found is None or not (found["list"] or found["tail"].strip()):
        return None
    listed, tail = found["list"] or "", found["tail"].strip(" ,")
    number = f"top {best.plan.limit}" if best.cohort.operator == TOP else f"bottom {best.plan.limit}"
    head = listed if LIST_HEAD.match(listed) else number
    if not found["list"] and not re.match(r"(?:in|by|of|during|for|the)\b|\d{4}", tail, re.I):
        return None
    other = _best(f"{head} {best.noun} {tail}", plan_of, around)
    if other is None or other.cohort.dimension != best.cohort.dimension:
        return None
    cohort = other.cohort
    if not re.search(r"\bby\b", tail, re.I):
        cohort = replace(cohort, metric=best.cohort.metric)
    cohort = replace(
        cohort, periods=cohort.periods or best.cohort.periods, filters=cohort.filters or best.cohort.filters
    )
    if cohort == best.cohort:
        return None
    return replace(cohort, negated=bool(found["no"]))
