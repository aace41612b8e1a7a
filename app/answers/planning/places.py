"""Which place something has among its like: on which rank is Germany by profit, where do chairs stand."""

from __future__ import annotations

from app.answers.lexicon import Meaning
from app.answers.plan import Term
from app.answers.planning.draft import Draft
from app.answers.planning.named_values import merged, resolved_within
from app.answers.planning.outcome import UnclearError
from app.answers.reading import Chunk

PLACE = (
    "rank",
    "place",
    "position",
    "ranking",
    "ranked",
    "rank of",
    "ranking of",
    "rank by",
    "ranked by",
    "ranking by",
    "stand",
)
ASKING = ("what", "which", "where", "how", "what is", "how high")
AMONG = ("among", "of", "in", "across", "within", "of all", "among all", "from", "out of", "by", "between")


def read_places(draft: Draft) -> None:
    """The rank of one value among all of its dimension."""
    at = next(
        (
            i
            for i, c in enumerate(draft.cs)
            if c.text.lower() in PLACE and not (c.used or c.metric or _places_orders(draft, i))
        ),
        None,
    )
    if at is None:
        at = _asked_among_best(draft)
    elif not any(c.text.lower() in ASKING for c in draft.cs[:at]) and not _is_possessed(draft, at):
        at = None
    if at is None or draft.before is not None:
        return
    values = [(i, c) for i, c in enumerate(draft.cs) if c.word.values and not c.metric and not c.used]
    nouns = [c for c in draft.cs if c.dimension and not c.metric and not c.word.values]
    ranked = [(i, c) for i, c in values if not nouns or any(n.dimension == d for n in nouns for d, _ in c.word.values)]
    if not ranked or any(c.is_("op") and c.payload("op") != "=" for c in draft.cs):
        return
    found = merged([resolved_within(draft, c) for _, c in ranked])
    if len(found) != 1 or not (abs(ranked[0][0] - at) < 4 or nouns):
        return
    f = found[0]
    figure = next(
        (c for c in draft.cs if c.metric and not c.used and (not draft.entity(c) or _is_told(draft, c))), None
    )
    for c in (draft.cs[at], *(c for _, c in ranked), *(n for n in nouns if n.dimension == f.dimension)):
        c.used = True
    draft.cs[at].grammar = (Meaning("stop"),)
    if figure is not None:
        figure.used = True
    else:
        draft.notes.append(f"ranked by {draft.layer.main_metric.label.lower()}")
    _read_direction(draft)
    for i, c in enumerate(draft.cs):
        after = draft.chunk(draft.next(i, "stop", "prep", "count"))
        if c.is_("by") and (after is figure or (after is not None and (after.used or after.period is not None))):
            c.used = True
    draft.terms.append(Term(figure.metric if figure is not None else draft.layer.main_metric.name, rank=True))
    draft.dimensions.append(f.dimension)
    draft.pick.append(f)
    draft.per += [c.grain for c in draft.cs if c.grain and c.is_("grain") and c.grain not in draft.per]


def _places_orders(draft: Draft, i: int) -> bool:
    """ "Which orders did they place": what customers do."""
    deed = any(c.text.lower() in ("did", "do", "does") for c in draft.cs[:i])
    return draft.cs[i].text.lower() == "place" and deed and any(draft.entity(c) for c in draft.cs[:i])


def _is_possessed(draft: Draft, at: int) -> bool:
    """ "Germany's sales rank", "rank of chairs and tables": whose rank it is stands beside it."""
    noun = draft.cs[at].text.lower()
    before = any(c.word.values and c.text.lower().endswith(("'s", "s'")) for c in draft.cs[max(0, at - 3) : at])
    after = draft.chunk(draft.next(at, "stop", "prep"))
    return before or (noun in ("rank of", "ranking of") and after is not None and bool(after.word.values))


def _asked_among_best(draft: Draft) -> int | None:
    """ "is France among the top 5 countries by sales": its rank answers that."""
    if not draft.cs or draft.cs[0].text.lower() not in ("is", "was", "are", "were", "does", "did"):
        return None
    for i, c in enumerate(draft.cs[:-2]):
        number, noun = draft.cs[i + 1 : i + 3]
        if c.is_("rank") and number.number is not None and noun.dimension and not number.unit:
            number.used, number.number, number.grammar = True, None, (Meaning("stop"),)
            return i
    return None


def _is_told(draft: Draft, c: Chunk) -> bool:
    """Whether a count is the figure that ranks, "by number of orders", and not what is ranked."""
    i = draft.cs.index(c)
    ahead = draft.chunk(draft.next(i, "stop", step=-1))
    return (
        c.plural
        and ahead is not None
        and (ahead.is_("by", "count", "ratio") or ahead.text.lower() in ("in", "for", "by"))
    )


def _read_direction(draft: Draft) -> None:
    """ "(1 = highest)" is how ranks are counted; from the other end is asked about."""
    for i, c in enumerate(draft.cs):
        if c.used or not c.is_("rank"):
            continue
        ahead = [o for o in draft.cs[max(0, i - 3) : i] if o.number is not None or o.is_("op", "stop")]
        if c.payload("rank") != "desc" or not any(o.number == 1 for o in ahead):
            raise UnclearError("counted from the highest, or from the lowest?")
        for o in (*ahead, c):
            o.used, o.number, o.grammar = True, None, (Meaning("stop"),)
