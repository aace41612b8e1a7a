"""When something first or last happened: "when did we last sell a copier", "when was the first order from Kenya".

What is asked is a figure, the least or the greatest date; the question is told in its words and planned as any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from app.answers.first_and_last_dates import is_date
from app.answers.plan import Plan
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, planned_or_none, trimmed
from app.answers.vocabulary import when_it_happened as said
from app.answers.vocabulary.dates_of_orders import date_of, with_dates_named
from app.answers.words import NUMBER_WORDS


def plan_of_dates(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of when something first or last happened; None where the question asks for no such date."""
    text = " ".join(trimmed(question).replace("’", "'").split())
    told = said.ORDER_TOLD.search(text)
    head = text[: told.start()] if told is not None else text
    for asked, count, descending in _ways(head):
        planned = planned_or_none(asked, plan_of)
        if planned is None or not _shows_dates_alone(planned.plan, around):
            continue
        if told is not None and count is None:
            return _in_order(planned, bool(told["new"]))
        if count is not None:
            return _first_few(planned, count, descending)
        return planned
    return _of_the_best(head, plan_of, around) if told is None else None


def _ways(text: str) -> Iterator[tuple[str, int | None, bool]]:
    """The ways to ask for the date in the words of the layer, each with how many are wanted, 0 for all of them."""
    both = said.TWO_ENDS.match(text)
    if both is not None:
        yield f"{date_of('first', both['noun'])} and {date_of('last', both['noun'])}{_rest(both['rest'])}", None, True
    second = said.AND_WHEN.search(text)
    found = _told(text[: second.start()] if second is not None else text)
    if found is not None:
        end, noun, rest = found
        ends = [end] if second is None else [end, "first" if second["first"] else "last"]
        if len(set(ends)) == len(ends):
            yield f"{' and '.join(date_of(e, noun) for e in ends)}{_rest(rest)}", None, True
    named = with_dates_named(text)
    listed = said.LISTED.match(named)
    if listed is not None:
        yield f"{listed['date']} by {listed['who']}{listed['where']}{listed['rest']}", None, True
    theirs = said.AND_THEIR_DATE.match(named)
    if theirs is not None and not (theirs["rest"] and theirs["behind"]):
        yield f"{theirs['date']} by {theirs['who']}{theirs['rest']}{theirs['behind']}", None, True
    for pattern, descending in ((said.LONGEST, False), (said.LATEST, True)):
        found_few = pattern.match(text)
        if found_few is not None:
            count = found_few["count"]
            many = found_few["who"].lower().endswith("s")
            number = (int(count) if count.isdigit() else NUMBER_WORDS[count.lower()]) if count else 0 if many else 1
            yield f"date of the last order by {found_few['who']}{found_few['rest']}", number, descending
    told = said.NAMED.match(named)
    if told is not None:
        yield f"{told['dates']}{_rest(told['rest'])}", None, True
    if named != text or said.ORDER_TOLD.search(text) is not None:
        yield named, None, True


def _told(text: str) -> tuple[str, str, str] | None:
    """Which end is asked for, of what, and what else is said of it."""
    for pattern in (said.OF_A_NOUN, said.WE_DID, said.ITS_FIRST, said.THE_TIME, said.IT_WAS):
        found = pattern.match(text)
        if found is None:
            continue
        told = found.groupdict()
        noun = told.get("noun") or ("return" if told.get("back") else "shipment" if told.get("sent") else "order")
        what = (told.get("what") or told.get("whose") or "").strip()
        rest = f"{told['rest']} "
        return "first" if told["first"] else "last", noun, f"{f' of {what}' if what else ''}{rest}"
    return None


def _rest(text: str) -> str:
    """What else is said, as conditions and groups: "of each category" is "by category", "a copier" is "copier"."""
    text = said.HAPPENED.sub(" ", f" {text.strip()} ")
    text = re.sub(r"^\s*(?:of\s+)?(?:each|every)\s+(?:of\s+our\s+)?([\w-]+)", r" by \1", text, flags=re.I)
    text = re.sub(rf"^{said.SOMETHING}\s+", " ", text, flags=re.I)
    text = re.sub(r"\bof\s+((?:[\w-]+\s+){0,2})(?:customers|clients|buyers|people)\b", r"of \1", text, flags=re.I)
    text = re.sub(
        r"\bby\s+((?:[\w-]+\s+){0,2})(?:customers|clients|buyers)\s+(?=(?:in|from)\b)", r"of \1", text, flags=re.I
    )
    text = re.sub(r"^\s*of\s+(?=(?:in|from|by|per)\b)", " ", text, flags=re.I)
    text = re.sub(r"^\s*(?:of\s+)?(?:an?|any|the|our)\s+", " of ", text, flags=re.I)
    return f" {' '.join(text.split())}".rstrip()


def _shows_dates_alone(plan: Plan, around: Surroundings) -> bool:
    return bool(plan.terms) and not plan.time and all(is_date(around.layer, term.metric) for term in plan.terms)


def _in_order(planned: Planned, newest_first: bool) -> Planned | None:
    plan = planned.plan
    if not plan.dimensions or plan.limit or len(plan.terms) != 1:
        return None
    return replace(planned, plan=replace(plan, order=(("0", newest_first),)))


def _first_few(planned: Planned, count: int, descending: bool) -> Planned | None:
    plan = planned.plan
    if len(plan.dimensions) != 1 or plan.dimensions[0].startswith("@") or plan.limit or len(plan.terms) != 1:
        return None
    return replace(planned, plan=replace(plan, order=(("0", descending),), limit=count or None))


def _of_the_best(text: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """A date for each of those that are best by another figure, which is shown as well."""
    parts = [
        (found["figure"], found["best"])
        for found in (said.OF_THE_BEST.match(text), said.BEFORE_EACH.match(text))
        if found
    ]
    told = _told(text)
    each = (
        re.match(r"\s*of\s+(?:each\s+of\s+)?(?:the|our)\s+(?P<best>.+)$", told[2], re.I) if told is not None else None
    )
    if told is not None and each is not None:
        parts.append((date_of(told[0], told[1]), _rest(each["best"]).strip()))
    for figure, best in parts:
        date = planned_or_none(with_dates_named(figure), plan_of)
        ranked = planned_or_none(best, plan_of) if date is not None else None
        if date is None or ranked is None or not _shows_dates_alone(date.plan, around):
            continue
        bare = replace(date.plan, terms=())
        plain = ranked.plan.limit and ranked.plan.order and not (ranked.plan.compare or ranked.plan.together)
        if bare != Plan(()) or not plain or ranked.plan.tally or ranked.plan.contrast:
            continue
        plan = replace(ranked.plan, terms=(*ranked.plan.terms, *date.plan.terms))
        notes = (f"the dates are of {ranked.plan.periods[0].label} as well",) if ranked.plan.periods else ()
        return replace(ranked, plan=plan, notes=(*ranked.notes, *notes))
    return None
