"""Ranks in two periods: "which countries climbed in the ranking by profit from 2024 to 2025", "rank of each market".

The figures of both periods are planned as a question of their own; the ranks, and the places between them, join it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.answers.plan import Having, Plan, Term
from app.answers.planning.concentration import members_named
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, UnclearError, planned_or_none, trimmed
from app.answers.vocabulary.ranks_moved import (
    ABOUT_RANKS,
    BOTH_RANKS,
    COUNTS,
    LEAD,
    MOVES,
    ONES,
    SHOWN,
    TWO_PERIODS,
    YEARLY,
)


@dataclass(frozen=True)
class _Asked:
    """Who is ranked by what, told with which words about the ranks."""

    who: str
    figure: str
    rest: str
    having: tuple[Having, ...] = ()
    order: tuple[tuple[str, bool], ...] = (("0", True),)
    limit: int | None = None
    tally: str = ""


def plan_of_ranks_moved(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of the ranks in two periods; None for other questions. Raises UnclearError where a part is left open."""
    text = trimmed(question)
    if not ABOUT_RANKS.search(text):
        return None
    text = BOTH_RANKS.sub("", text)
    lead = LEAD.match(text)
    core = ONES.sub(r"\1 ones ", text[lead.end() :]) if lead is not None else text
    pairs = list(TWO_PERIODS.finditer(core))
    if len(pairs) != 1:
        return None
    pair = pairs[0]
    core = f"{core[: pair.start()]} PERIODS{core[pair.end() :]}".strip()
    for asked in _read(core, lead):
        planned = _ranked(asked, pair, plan_of, around)
        if planned is not None:
            return planned
    return None


def _read(core: str, lead: re.Match[str] | None) -> Iterator[_Asked]:
    """What a question may ask of the ranks, by the words around them."""
    for pattern in MOVES:
        if (match := pattern.match(core)) is not None:
            yield _moved(match, lead)
    for pattern in SHOWN:
        if (match := pattern.match(core)) is not None:
            told = match.groupdict()
            who, figure = _subject(told, lead)
            yield _Asked(who, figure, (told.get("rest") or "").strip())


def _subject(told: dict[str, str | None], lead: re.Match[str] | None) -> tuple[str, str]:
    """Who is ranked, and by what."""
    who = told.get("who") or told.get("who2") or ""
    figure = told.get("by") or told.get("by2") or told.get("by3") or told.get("figure") or ""
    if lead is not None:
        ranked = lead["who"] or lead["who2"] or lead["who3"]
        who = ranked if who.lower() in ("ones", "one", "of them", "of these") or not who else who
        figure = figure or lead["figure"]
    return who, YEARLY.sub("", YEARLY.sub("", figure.strip()))


def _moved(match: re.Match[str], lead: re.Match[str] | None) -> _Asked:
    """Those that climbed, dropped or kept their place."""
    told = match.groupdict()
    who, figure = _subject(told, lead)
    quality = (told.get("quality") or "").lower()
    up = bool(told.get("up")) or quality in ("better", "higher")
    same = bool(told.get("kept")) or quality.endswith(("same", "unchanged"))
    number = told.get("n") or ""
    places = float(COUNTS.get(number.lower()) or number) if number else 0.0
    if same:
        having = Having(0, "=", (0.0,), places=True)
    elif number and (told.get("more") or (told.get("least") or "").lower() == "at least"):
        having = Having(0, ">=" if up else "<=", (places if up else -places,), places=True)
    elif number and not told.get("least"):
        having = Having(0, "=", (places if up else -places,), places=True)
    else:
        having = Having(0, ">" if up else "<", (places if up else -places,), places=True)
    rest = " ".join(filter(None, ((told.get(k) or "").strip() for k in ("rest", "rest2"))))
    single = not (told.get("who") or "").lower().endswith("s") and who.lower() != "ones"
    limit = 1 if told.get("most") else None
    if limit and not single:
        raise UnclearError("how many of those that moved most?")
    many = (told.get("ask") or "").lower().startswith("how")
    order = (("0", True),) if same else (("places", up),)
    return _Asked(who, figure, rest, (having,), order, limit, "number" if many else "")


def _ranked(asked: _Asked, pair: re.Match[str], plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of the figures of both periods, with the ranks by them."""
    members = members_named(asked.who, plan_of)
    if members is None or len(members.plan.dimensions) != 1:
        return None
    if not asked.figure:
        raise UnclearError("ranked by which figure?")
    question = f"{asked.figure} {asked.rest} by {asked.who} in {pair['one']} vs {pair['two']}"
    planned = planned_or_none(" ".join(question.split()), plan_of)
    if planned is None:
        return None
    plan = _in_order_of_time(planned.plan)
    plain = replace(
        plan, terms=(), dimensions=(), filters=(), periods=(), base=None, compare="", order=(), notes=()
    ) == Plan(())
    if not plain or plan.base is None or plan.dimensions != members.plan.dimensions or members.plan.filters:
        return None
    if len(plan.terms) != 1 or plan.terms[0] != Term(plan.terms[0].metric):
        return None
    if around.layer.metric(plan.terms[0].metric).meta.get("better") == "low":
        raise UnclearError("the first rank: that of the highest, or of the lowest?")
    turned = pair["how"].lower() == "than" and planned_first(pair["one"], plan, plan_of)
    having, order = _turned(asked) if turned else (asked.having, asked.order)
    terms = (Term(plan.terms[0].metric, rank=True),)
    if asked.tally:
        order = ()
    return replace(
        planned,
        plan=replace(plan, terms=terms, having=having, order=order, limit=asked.limit, tally=asked.tally),
        notes=tuple(n for n in planned.notes if " against " not in n),
    )


def _in_order_of_time(plan: Plan) -> Plan:
    """The plan with the later period against the earlier one."""
    if plan.base is None or len(plan.periods) != 1 or plan.base.start < plan.periods[0].start:
        return plan
    return replace(plan, periods=(plan.base,), base=plan.periods[0])


def planned_first(period: str, plan: Plan, plan_of: PlanOf) -> bool:
    """Whether a period is the earlier one of a plan's two: "a better rank in 2024 than in 2025"."""
    named = planned_or_none(f"orders in {period}", plan_of)
    return named is not None and plan.base is not None and named.plan.periods == (plan.base,)


def _turned(asked: _Asked) -> tuple[tuple[Having, ...], tuple[tuple[str, bool], ...]]:
    """Those with a better rank before than after: they dropped."""
    opposite = {">": "<", "<": ">", ">=": "<=", "<=": ">=", "=": "="}
    having = tuple(replace(h, operator=opposite[h.operator], values=tuple(-v for v in h.values)) for h in asked.having)
    return having, tuple((key, not down if key == "places" else down) for key, down in asked.order)
