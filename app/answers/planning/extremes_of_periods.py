"""The highest or lowest of the figures that periods have: lowest monthly profit, maximum orders per day."""

from __future__ import annotations

from app.answers.lexicon import Meaning
from app.answers.plan import GRAINS
from app.answers.planning.draft import Draft
from app.answers.reading import NOTHING, Chunk

EXTREMES = (
    "highest", "lowest", "largest", "smallest", "biggest", "greatest", "most", "fewest",
    "maximum", "minimum", "max", "min",
)  # fmt: skip
ASKING = ("which", "when", "who", "where")


def read_extremes_of_periods(draft: Draft) -> None:
    """One figure, as a mean is one; where the period itself is asked for, it is ranked instead."""
    i = next((i for i, c in enumerate(draft.cs) if c.is_("rank") and not c.used), None)
    unit = _unit(draft, i) if i is not None else None
    if i is None or unit is None:
        return
    draft.over, unit.used = unit.grain, True
    link, c = draft.cs[draft.cs.index(unit) - 1], draft.cs[i]
    link.used = link.used or link.is_("by")
    c.word, c.grammar = NOTHING, (Meaning("average", "maximum" if c.payload("rank") == "desc" else "minimum"),)


def _unit(draft: Draft, i: int) -> Chunk | None:
    """The period whose figures are meant, None where the superlative at this place is of something else."""
    ahead = [c for c in draft.cs[:i] if c.key or c.number is not None or c.is_("ordinal", "by", "average")]
    if ahead or draft.before is not None or draft.cs[i].text.lower().removeprefix("the ") not in EXTREMES:
        return None
    j = draft.next(i, "stop", "prep", "count")
    adverb = draft.cs[j] if j is not None and draft.cs[j].grain and _is_adverb(draft.cs[j]) else None
    k = draft.next(j, "stop", "prep", "count") if j is not None and adverb is not None else j
    figure = draft.chunk(k)
    if k is None or figure is None or not figure.metric or not _is_summed(draft, figure.metric):
        return None
    unit = adverb or _told_behind(draft, k)
    fits = unit is not None and unit.grain[1:] in GRAINS
    return unit if fits and unit is not None and not _asks_which(draft, unit.grain) else None


def _is_adverb(c: Chunk) -> bool:
    return c.text.lower().endswith(("ly", "annual"))


def _told_behind(draft: Draft, k: int) -> Chunk | None:
    """ "Per month", "in a day", "in one week": one of them, not each of them told apart."""
    j = draft.next(k, "stop", "prep", "by")
    if j is not None and draft.cs[j].text.lower() == "one":
        j = draft.next(j, "stop")
    unit = draft.chunk(j)
    if j is None or unit is None or unit.plural:
        return None
    told = draft.cs[j - 1].text.lower() in ("per", "any", "one", "single")
    return unit if told or unit.text.lower().startswith("a ") else None


def _is_summed(draft: Draft, name: str) -> bool:
    """Whether a metric is a plain sum or number, of which each period has its own."""
    metric = draft.metric(name)
    return metric.kind == "simple" and draft.layer.leaves(metric)[0].aggregation != "average"


def _asks_which(draft: Draft, grain: str) -> bool:
    return any(c.text.lower() in ASKING for c in draft.cs) or len([c for c in draft.cs if c.grain == grain]) > 1
