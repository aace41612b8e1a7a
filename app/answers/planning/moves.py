"""Groups picked by how several of their figures moved: higher sales but lower profit, orders up while returns fell.

And several periods in a row, each of which is compared with its own one before: year-on-year growth for 2024 and 2025.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from app.answers.dates.calendar import unit_of
from app.answers.plan import GRAINS, Having, Period, Term
from app.answers.planning.draft import COMPARATIVES, Draft
from app.answers.planning.outcome import UnclearError
from app.answers.reading import Chunk

LONGEST_FIRST = tuple(reversed(GRAINS))


@dataclass(frozen=True)
class _Move:
    """A figure and which way it went; `compared` where a comparative says so, not a verb."""

    metric: str
    operator: str
    places: tuple[int, ...]
    compared: bool


def read_moves(draft: Draft) -> None:
    """ "Countries with higher sales but lower profit in 2025 than in 2024": each is a condition on its own growth.

    Raises UnclearError where it is open what the figures are compared with.
    """
    _tell_what_moved(draft)
    subject = "" if draft.listing else _opening_entity(draft)
    if not (draft.listing or subject) or draft.ranks or draft.thresholds:
        return
    moves = _moves(draft)
    if len(moves) < (1 if subject else 2) or len({m.metric for m in moves}) < len(moves):
        return
    if subject:
        draft.listing = subject
        draft.dimensions.append(subject)
    told = draft.periods or any(c.is_("yoy") for c in draft.cs)
    if not told or len(draft.periods) > 2:
        raise UnclearError("higher or lower than in which period?")
    if len(draft.periods) < 2 and any(m.compared for m in moves) and not any(c.is_("yoy") for c in draft.cs):
        raise UnclearError("higher or lower than in which period?")
    backward = len(draft.periods) == 2 and draft.periods[0].start < draft.periods[1].start
    for move in moves:
        for place in move.places:
            draft.cs[place].used = True
        draft.terms.append(Term(move.metric))
        operator = {">": "<", "<": ">"}[move.operator] if move.compared and backward else move.operator
        draft.moves.append(Having(len(draft.terms) - 1, operator, (0.0,), growth=True))
    draft.growth = "growth"


def _tell_what_moved(draft: Draft) -> None:
    """ "Customers whose orders fell": their number fell, no list of orders, each of which lies in one period."""
    listed = draft.layer.dimensions.get(draft.listing)
    thing = next((c for c in draft.cs if c.used and c.metric and c.dimension == draft.listing), None)
    opening = next((c for c in draft.cs if c.content), None)
    if listed is None or thing is None or opening is None or opening is thing or listed.identifies != "order":
        return
    after = draft.chunk(draft.next(draft.cs.index(thing), "stop"))
    if after is None or not after.is_("growth") or after.content or not (opening.key and opening.plural):
        return
    draft.dimensions.remove(draft.listing)
    draft.listing = "" if draft.entity(opening) else opening.key
    thing.used = opening.used = bool(draft.listing)
    if draft.listing:
        draft.dimensions = list(dict.fromkeys((draft.listing, *draft.dimensions)))
        draft.terms.append(Term(thing.metric))


def _opening_entity(draft: Draft) -> str:
    """ "Customers with more orders but lower sales", "products whose units rose": who or what they are told of."""
    first = next((c for c in draft.cs if c.content), None)
    after = draft.chunk(draft.cs.index(first) + 1) if first is not None and first is not draft.cs[-1] else None
    entity = draft.entity(first) if first is not None else None
    if entity is not None and entity.identifies == "order":
        return ""  # an order lies in one period
    told = after is not None and (after.is_("rel") or after.text.lower() in ("with", "where", "having"))
    return entity.name if entity is not None and first is not None and first.plural and told else ""


def _moves(draft: Draft) -> list[_Move]:
    """Each word that tells a direction, with the figure beside it; none where one of them has no figure."""
    found: list[_Move] = []
    taken: set[int] = set()
    for i, c in enumerate(draft.cs):
        compared = c.is_("rank") and c.text.lower() in COMPARATIVES
        if c.used or c.content or not (compared or (c.is_("growth") and " or " not in c.text)):
            continue
        up = c.payload("rank") == "desc" if compared else c.payload("growth") == "growth"
        place = _figure_beside(draft, i, taken, after_first=compared)
        if place is None:
            return []
        places = [place, *_joined_to(draft, place, 1 if compared else -1)]
        taken.update(places)
        found += [_Move(_moved(draft, draft.cs[j]), ">" if up else "<", (i, j), compared) for j in places]
    return found


def _joined_to(draft: Draft, place: int, step: int) -> list[int]:
    """ "Sales and profit both rose", "higher sales and orders": the other figures that went the same way."""
    found: list[int] = []
    link, other = place + step, place + 2 * step
    while 0 <= other < len(draft.cs) and draft.cs[link].is_("and") and draft.cs[other].metric:
        found.append(other)
        link, other = other + step, other + 2 * step
    return found


def _figure_beside(draft: Draft, i: int, taken: set[int], after_first: bool) -> int | None:
    """ "Higher sales", "sales rose", "grew in sales", "sold more": the figure before or after a direction."""
    after, before = draft.next(i, "stop", "prep"), draft.next(i, "stop", step=-1)
    for j in (after, before) if after_first else (before, after):
        c = draft.chunk(j)
        if j is not None and c is not None and j not in taken and _moved(draft, c) and not _tells_groups(draft, c):
            return j
    return None


def _tells_groups(draft: Draft, c: Chunk) -> bool:
    """Whether a noun says what is listed: "customers" of "customers whose orders fell"."""
    return bool(c.key) and (c.key in draft.dimensions or c.key == _opening_entity(draft))


def _moved(draft: Draft, c: Chunk) -> str:
    """The figure that a chunk names: a metric, or what somebody does."""
    if c.used or c.period or c.word.values:
        return ""
    if c.text.lower() == "sold":
        return draft.layer.main_metric.name
    verb = c.word.verb if c.word.verb and draft.metric(c.word.verb).format in ("money", "count") else ""
    return c.metric or verb


def read_steps(draft: Draft) -> None:
    """ "YoY growth for 2024 and for 2025": periods in a row, each beside its own one before.

    Raises UnclearError where they do not follow on each other, or where something is picked by them.
    """
    places = [i for i, c in enumerate(draft.cs) if c.period is not None and c.period.kind not in ("context", "same")]
    told = [c for c in draft.cs if c.is_("yoy")]
    stepwise = bool(draft.compare and told) or (bool(draft.growth) and draft.has_grain())
    if not stepwise or draft.moves or len(places) < 2 or len(places) != len(draft.periods):
        return
    between = draft.cs[places[0] + 1 : places[-1]]
    if any((c.content and c.period is None) or not (c.period or c.is_("and", "stop", "prep")) for c in between):
        return
    if any(c.is_("vs", "compare") for c in between) or not any(c.is_("and") for c in between):
        return
    ordered = sorted(draft.periods, key=lambda p: p.start)
    unit = _unit_of_all(ordered)
    in_a_row = all((b.start - a.end).days == 1 for a, b in itertools.pairwise(ordered))
    picked = draft.ranks or draft.growth_condition or draft.thresholds
    if not unit or not in_a_row or (picked and not draft.has_grain()):
        raise UnclearError("each against the one before it, or against each other?")
    draft.periods = [Period(ordered[0].start, ordered[-1].end, f"{ordered[0].label} to {ordered[-1].label}")]
    draft.compare = draft.compare or "previous"
    draft.split = False
    if not draft.has_grain():
        draft.dimensions.append(f"@{unit}")


def _unit_of_all(periods: Sequence[Period]) -> str:
    """The unit of time that each of the periods is one of; empty where they are no such units."""
    for unit in LONGEST_FIRST:
        if all((p.start, p.end) == (unit_of(p.start, unit).start, unit_of(p.start, unit).end) for p in periods):
            return unit
    return ""
