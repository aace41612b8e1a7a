"""Two dates of one order: placed in December but shipped in January, returned in 2026 but ordered in 2025."""

from __future__ import annotations

from collections.abc import Sequence

from app.answers.lexicon import Meaning
from app.answers.plan import Filter
from app.answers.planning.draft import Draft
from app.answers.planning.outcome import UnclearError
from app.answers.reading import NOTHING, Chunk

PLACED = ("placed", "ordered", "bought", "purchased", "made", "sold")
LINKS = ("vs", "compare", "or", "yoy")
FILLING = (Meaning("stop"),)


def read_two_dates(draft: Draft) -> None:
    """Where each of two periods belongs to a date of its own, the one beside the order's is a condition on rows.

    Raises UnclearError where the two are told of customers or products, who have many orders.
    """
    places = [i for i, c in enumerate(draft.cs) if c.period is not None and c.period.kind != "context"]
    if len(places) == 1:
        _read_period_and_unit(draft, places[0])
    if len(places) != 2:
        return
    first, second = places
    dates = [_date_of(draft, i, 0 if i == first else first + 1) for i in places]
    told = [c.period.period for c in draft.cs if c.period is not None and c.period.kind != "context"]
    if (
        "" in dates
        or told[0] == told[1]
        or dates[0] == dates[1]
        or any(c.is_(*LINKS) for c in draft.cs[first + 1 : second])
    ):
        return
    if _has_many(draft):
        raise UnclearError("two things that happened, each in a period of its own: one at a time, please")
    main = draft.layer.main.default_time
    other = first if dates[0] != main else second
    if any(date == _date_of_returns(draft) for date in dates) and _counts_returns(draft):
        other = first if dates[0] == main else second  # the returns keep the date by which they are counted
    _as_condition(draft, other, dates[places.index(other)])
    for c in draft.cs:
        if c.metric and draft.metric(c.metric).meta.get("about") == "order" and _has_figure_beside(draft, c):
            c.used = True  # "sales of orders placed in 2025 and shipped in 2026"
    draft.dated = True


def _read_period_and_unit(draft: Draft, i: int) -> None:
    """ "orders placed in the last quarter of 2025, returned by month": the months are not those of the order."""
    date = _date_of(draft, i, 0)
    for j in range(i + 1, len(draft.cs)):
        after = draft.chunk(draft.next(j, "stop", "prep", "by", "and"))
        time = draft.cs[j].word.time
        if time and after is not None and after.grain and date not in ("", time):
            if _has_many(draft):
                raise UnclearError("in the period by one date, told apart by another: of which orders?")
            _as_condition(draft, i, date)
            draft.dated = True
            draft.time = time
            return


def _has_many(draft: Draft) -> bool:
    entities = {d.identifies for c in draft.cs if not c.used and (d := draft.entity(c)) is not None}
    return bool(entities - {"order", "return"}) or any(c.text.lower() in ("who", "whom") for c in draft.cs)


def _date_of(draft: Draft, i: int, start: int) -> str:
    """The date that a period goes by, told by the nearest word before it."""
    for c in reversed(draft.cs[start:i]):
        if date := _told_date(draft, c):
            return date
    return ""


def _told_date(draft: Draft, c: Chunk) -> str:
    words = c.text.lower().split()
    if c.word.time:
        return c.word.time
    if any(v == "returned" for _, v in c.word.values) or (
        c.metric and ("return" in c.metric or draft.metric(c.metric).meta.get("about") == "return")
    ):
        return _date_of_returns(draft)
    about = draft.metric(c.metric).meta.get("about") if c.metric else ""
    if about == "order" or c.word.verb or any(w in PLACED for w in words):
        return draft.layer.main.default_time
    return ""


def _date_of_returns(draft: Draft) -> str:
    counted = draft.about("return")
    return draft.layer.time_of(counted) if counted is not None else ""


def _has_figure_beside(draft: Draft, c: Chunk) -> bool:
    """Whether another figure is named before: the orders are no figure themselves."""
    for o in draft.cs[: draft.cs.index(c)]:
        lines = o.metric and draft.layer.leaves(draft.metric(o.metric))[0].expr == "1"
        if o.metric and (o.metric == "returns" or not (draft.entity(o) or lines)):
            return True
    return False


def _counts_returns(draft: Draft) -> bool:
    date = _date_of_returns(draft)
    named = [c.metric for c in draft.cs if c.metric and c.metric != "orders" and c.metric != "order_lines"]
    return bool(named) and all(draft.layer.time_of(draft.metric(m)) == date for m in named)


def _as_condition(draft: Draft, i: int, date: str) -> None:
    """Make a period a condition on a date; the verb before it only says which."""
    c = draft.cs[i]
    if c.period is None:
        return
    period = c.period.period
    draft.filters.append(Filter(date, "between", (period.start.isoformat(), period.end.isoformat())))
    c.period, c.used, c.grammar, c.token = None, True, FILLING, None
    for verb in _before(draft.cs, i):
        if verb.word.time and not verb.word.values:
            verb.word, verb.used, verb.grammar = NOTHING, True, FILLING
        elif verb.word.time:
            break
        elif verb.metric and any(o.metric and o is not verb and not o.used for o in draft.cs):
            about = draft.metric(verb.metric).meta.get("about")
            verb.used = verb.used or about == "order"  # "returns in 2026 for orders placed in 2025"


def _before(chunks: Sequence[Chunk], i: int) -> list[Chunk]:
    found: list[Chunk] = []
    for c in reversed(chunks[:i]):
        if c.period is not None:
            break
        found.append(c)
    return found
