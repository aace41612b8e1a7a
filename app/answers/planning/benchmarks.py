"""Groups picked by a comparison of their own figure: with that of the whole, the mean of all, or another group's.

"Regions with a return rate above the company-wide one", "months with above-average sales", "subcategories in which
corporate customers spend more than consumers".
"""

from __future__ import annotations

import re

from app.answers.plan import Having, Term
from app.answers.planning.draft import COMPARATIVES, Benchmark, Draft
from app.answers.planning.named_values import open_values
from app.answers.planning.outcome import UnclearError
from app.answers.reading import Chunk

WHOLE = frozenset(
    ("overall", "total", "general", "overall total", "in total", "in general", "altogether", "as a whole", "whole")
)
COMPANY = frozenset(("company", "business", "firm", "companywide", "worldwide", "globally", "global", "our company"))
MEAN = frozenset(("average", "mean", "avg", "on average"))
FILLING = frozenset(
    ("the", "our", "a", "an", "one", "figure", "level", "value", "that of the", "wide", "as", "of", "for", "that", "in")
)
TURNED = {"desc": ">", "asc": "<"}
_OF_THESE = re.compile(r"\boverall\b[^(]*\([\w\s]+ together\)", re.I)
"""The whole that is told to be of those that the question names: "below that of the US as a whole"."""


def read_benchmarks(draft: Draft) -> None:
    """A comparison with the figure of the whole or with the mean; where the groups are, is read later."""
    for i, c in enumerate(draft.cs):
        if c.used or c.period is not None:
            continue
        operator, leading = _operator(draft, i)
        if operator:
            _read_benchmark(draft, i, operator, leading)


def _operator(draft: Draft, i: int) -> tuple[str, int | None]:
    """Which way it is compared, and the place of the word that says so: "higher … than" are two."""
    c = draft.cs[i]
    if c.is_("op") and c.payload("op") in (">", "<", ">=", "<="):
        return c.payload("op"), None
    if c.is_("vs") and "than" not in c.text.lower():
        return "beside", None
    if c.text.lower() in ("with", "to") and any(o.is_("compare") and not o.used for o in draft.cs[:i]):
        return "beside", None
    if c.is_("vs") and "than" in c.text.lower():
        for j in range(i - 1, -1, -1):
            word = draft.cs[j]
            if not word.used and word.text.lower() in COMPARATIVES:
                return TURNED.get(word.payload("rank"), ""), j
    return "", None


def _goes_on(draft: Draft, i: int, j: int, mean: bool) -> bool:
    """Whether a chunk behind a comparison belongs to it: filling, or the groups again, as in "of a Mexican state"."""
    c = draft.cs[j]
    text = c.text.lower()
    filling = text in FILLING and not c.period
    ends = text in ("for", "in", "of", "as") and not _runs_to_whole(draft, i, j)
    return (mean and _repeats(draft, i, c)) or (filling and not ends)


def _read_benchmark(draft: Draft, i: int, operator: str, leading: int | None) -> None:
    words: set[str] = set()
    named = ""
    j = i + 1
    while j < len(draft.cs):
        c = draft.cs[j]
        text = c.text.lower()
        if text in WHOLE | COMPANY | MEAN:
            words.add(text)
        elif c.metric and not named and not draft.entity(c) and (words or text.split()[0] in MEAN):
            words |= {text.split()[0]} & MEAN
            named = c.metric
        elif not _goes_on(draft, i, j, bool(words & MEAN)):
            break
        j += 1
    if not words & (WHOLE | COMPANY | MEAN) or (j < len(draft.cs) and draft.cs[j].period and not named):
        return  # "compared to total 2024" is no comparison with the whole
    metric = _figure(draft, i, named)
    if not metric:
        return
    for k, c in enumerate(draft.cs[:j]):
        c.used = c.used or k >= i or (operator == "beside" and c.is_("compare"))
    for c in draft.cs[i:j]:
        if c.metric:
            c.role = "benchmark"
    if leading is not None:
        draft.cs[leading].used = True
    against = "company" if words & COMPANY else "mean" if words & MEAN else "overall"
    draft.benchmarks.append(Benchmark(metric, operator, against))


def _runs_to_whole(draft: Draft, i: int, j: int) -> bool:
    """ "than for the company as a whole", "the average of a state": the preposition belongs to the whole."""
    after = draft.cs[j + 1 : j + 3]
    return any(c.text.lower() in WHOLE | COMPANY | {"a"} or _repeats(draft, i, c) for c in after)


def _repeats(draft: Draft, i: int, c: Chunk) -> bool:
    """ "Countries with more orders than the average country": what is listed, and its value, told again."""
    ahead = draft.cs[:i]
    if c.word.values and not c.metric:
        return any(o.word.values == c.word.values for o in ahead)
    return bool(c.dimension) and any(o.dimension == c.dimension and o.plural for o in ahead)


def _figure(draft: Draft, i: int, named: str) -> str:
    """The figure that is compared: the one before the comparison, or the one after it where there is none."""
    before = next((c for c in reversed(draft.cs[:i]) if c.metric and not c.used and not draft.entity(c)), None)
    if before is not None:
        return before.metric if named in ("", before.metric) else ""
    if named:
        draft.terms.append(Term(named))
        return named
    more, things = draft.cs[max(0, i - 2) : i] if i > 1 else (None, None)
    if (
        more is not None
        and things is not None
        and more.text.lower() in COMPARATIVES
        and things.metric
        and things.plural
    ):
        things.used = True
        draft.terms.append(Term(things.metric))  # "more orders than the average country"
        return things.metric
    verb = next((c for c in reversed(draft.cs[:i]) if c.word.verb and not c.dimension), None)
    if verb is not None and draft.metric(verb.word.verb).kind == "simple":
        draft.terms.append(Term(verb.word.verb))
        return verb.word.verb
    if any(c.text.lower() == "sold" for c in draft.cs[:i]):
        draft.terms.append(Term(draft.layer.main_metric.name))
        return draft.layer.main_metric.name
    return ""


def apply_benchmarks(draft: Draft) -> None:
    """The comparisons as conditions on the groups. Raises UnclearError where it is open what is the whole."""
    for one in draft.benchmarks:
        term = Term(one.metric)
        if term not in draft.terms:
            draft.terms.append(term)
        label = draft.metric(one.metric).label.lower()
        if one.operator != "beside" and not draft.dimensions:
            _list_opening(draft)
        if one.operator == "beside" or (not draft.dimensions and draft.filters):
            _show_beside(draft, one, label)
            continue
        if not draft.dimensions:
            raise UnclearError(f"{label} of what, compared with the whole?")
        against = one.against if draft.filters or one.against != "company" else "overall"
        if _is_sum(draft, one.metric):
            if against != "mean":
                raise UnclearError(f"the {label} of a part is never above that of the whole: above the average?")
        elif against == "mean":
            against = "overall"  # the average of a ratio is that of all, never a mean of ratios
        if draft.filters and against == "overall" and _OF_THESE.search(draft.question) is None:
            raise UnclearError(f"the {label} of all, or only of those that the question names?")
        draft.having.append(Having(draft.terms.index(term), one.operator, (), against=against))


def _list_opening(draft: Draft) -> None:
    """ "Mexican states whose sales exceed …": a value stands before what is listed."""
    told = [c for c in draft.cs if c.content][:2]
    if len(told) == 2 and told[0].word.values and not told[0].key and told[1].dimension and told[1].plural:
        told[1].used = True
        draft.dimensions.append(told[1].dimension)
        draft.listing = told[1].dimension


def _show_beside(draft: Draft, one: Benchmark, label: str) -> None:
    """ "Margin by segment compared with the overall one", "is our margin in the EU above the average": both shown."""
    if _is_sum(draft, one.metric) or len(draft.terms) != 1 or not (draft.dimensions or draft.filters):
        raise UnclearError(f"the {label} compared with which other figure?")
    if draft.filters and draft.dimensions and one.against != "company":
        raise UnclearError(f"the {label} of all, or only of those that the question names?")
    for f in draft.filters:
        if f.operator == "in" and len(f.values) > 1 and f.dimension not in draft.dimensions:
            draft.dimensions.append(f.dimension)  # "the margin of chairs and tables": each beside the whole
    draft.benchmark = "company" if draft.filters else "overall"


def _is_sum(draft: Draft, name: str) -> bool:
    metric = draft.metric(name)
    return metric.kind != "ratio" and draft.layer.leaves(metric)[0].aggregation != "average"


def read_contests(draft: Draft) -> None:
    """ "subcategories in which corporate spend more than consumer": two groups' figures within each of a third."""
    name = draft.listing or draft.target
    if not name or name.startswith("@period") or len(draft.periods) > 1:
        return
    at = next((i for i, c in enumerate(draft.cs) if not c.used and _contests(c)), None)
    if at is None and draft.ranks:  # "more profitable" was read as a rank
        at = next((r.at - 1 for r in draft.ranks if r.at and _contests(draft.cs[r.at - 1])), None)
    if at is None:
        return
    values = [(i, f) for i, f in open_values(draft) if not draft.cs[i].used]
    pairs = [d for d in dict.fromkeys(f.dimension for _, f in values) if sum(g.dimension == d for _, g in values) == 2]
    if len(pairs) != 1 or pairs[0] == name:
        return
    pair = [(i, f) for i, f in values if f.dimension == pairs[0]]
    than = next((i for i, c in enumerate(draft.cs) if i >= at and "than" in c.text.lower().split()), at)
    if not pair[0][0] < than < pair[1][0]:
        return
    metric = _contested(draft, at)
    if not metric:
        raise UnclearError("compared by which figure?")
    operator = _way(draft.cs[at])
    for i, c in enumerate(draft.cs):
        own = (
            i in (at, than, pair[0][0], pair[1][0])
            or c.metric == metric
            or c.is_("vs")
            or bool(c.word.verb and i < than)
        )
        c.used = c.used or own
    draft.ranks = [r for r in draft.ranks if r.at not in (at, at + 1)]
    draft.terms = [Term(metric, filters=(f,)) for _, f in pair]
    draft.having.append(Having(0, operator, (), against="1"))


def _contests(c: Chunk) -> bool:
    return (c.is_("op") and c.payload("op") in (">", "<")) or c.text.lower() in COMPARATIVES


def _way(c: Chunk) -> str:
    return c.payload("op") if c.is_("op") else TURNED.get(c.payload("rank"), ">")


def _contested(draft: Draft, at: int) -> str:
    """The figure that two groups are compared by: a metric, an adjective, or what they do."""
    ranked = next((r.metric for r in draft.ranks if r.metric and r.at in (at, at + 1)), "")
    after = draft.cs[at + 1] if at + 1 < len(draft.cs) else None
    adjective = after.word.superlative[0] if after is not None and after.word.superlative[1] == "desc" else ""
    figures = list(dict.fromkeys(c.metric for c in draft.cs if c.metric and not c.used and not draft.entity(c)))
    counted = after.metric if after is not None and after.metric and draft.entity(after) else ""
    if len(figures) > 1:
        return ""
    found = (figures[0] if figures else "") or counted or ranked or adjective
    if found:
        return found
    verbs = [c for i, c in enumerate(draft.cs) if c.word.verb and (not c.dimension or (i < at and not c.plural))]
    return verbs[0].word.verb if verbs else ""
