"""Growth, and what is compared with what."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from app.answers.dates.calendar import previous, whole, year_ago
from app.answers.plan import GRAINS, Filter, Plan, Term
from app.answers.planning.draft import COMPARATIVES, Draft, Rank
from app.answers.planning.named_values import open_values
from app.answers.planning.outcome import UnclearError
from app.answers.planning.ranks import is_of_things
from app.answers.planning.running import take_its_year
from app.answers.reading import Chunk

SEPARATELY = {
    "separately",
    "individually",
    "respectively",
    "each",
    "by themselves",
    "separately for each",
    "individual",
}
TOGETHER = {
    "combined",
    "together",
    "altogether",
    "in total",
    "in sum",
    "added up",
    "taken together",
    "sum of",
    "the sum of",
}
DIFFERENCE = ("difference", "gap")


def read_growth(draft: Draft) -> None:
    """Growth and comparison with a period before."""
    for c in draft.cs:
        if c.used:
            continue
        if c.is_("yoy"):
            c.used = True
            draft.compare = c.payload("yoy")
            text = c.text.lower()
            this_year = next((p for p in draft.periods if p.label.startswith("this year")), None)
            if "last year" in text and "same" not in text and this_year and len(draft.periods) == 1:
                draft.periods = [this_year, whole(draft.around.newest.year - 1)]
                draft.compare, draft.split = "", True
            wide = all((p.end - p.start).days > 100 for p in draft.periods)
            if ("month" in text or text == "mom") and wide and not draft.has_grain():
                draft.dimensions.append("@month")
            elif ("quarter" in text or text == "qoq") and wide and not draft.has_grain():
                draft.dimensions.append("@quarter")
            elif ("week" in text or text == "wow") and wide and not draft.has_grain():
                draft.dimensions.append("@week")
            elif (
                ("year" in text or "yoy" in text)
                and not draft.periods
                and not draft.has_grain()
                and draft.compare
                and not draft.ranks
            ):
                draft.dimensions.append("@year")
        elif c.is_("running"):
            c.used = True
            draft.running = True
            take_its_year(draft, draft.cs.index(c))
        elif (
            c.is_("compare")
            and c.text.lower().startswith(("difference", "the difference", "gap"))
            and (len(draft.periods) > 1 or any(f.period and f.period.ends for f in draft.found))
        ):
            c.used = True
            draft.growth = "growth"
        elif c.text.lower() == "minus" and _between_periods(draft, c):
            c.used = True
            draft.growth = "growth"  # "sales of Q4 2025 minus Q4 2024"
        elif c.is_("growth") and not c.metric and not _of_a_period(draft, c):
            c.used = True
            draft.growth = c.payload("growth")
            _take_counted(draft, c)
    for more, thing in itertools.pairwise(draft.cs):
        counts = bool(thing.metric) and draft.entity(thing) is not None and not thing.used
        if draft.compare and counts and more.is_("rank") and more.text.lower() in COMPARATIVES and not draft.terms:
            thing.used = more.used = True
            draft.terms.append(Term(thing.metric))  # "had more customers than a year earlier"
    named = [d for c in draft.cs if c.word.values and not c.metric for d in {d for d, _ in c.word.values}]
    contrast = draft.growth or (
        any(c.is_("compare") and not c.used for c in draft.cs) and len(named) == len(set(named))
    )
    spans = [f for f in draft.found if f.period and f.period.ends]
    for f in spans if len(spans) == 1 else ():  # two stretches of time are compared with each other
        if f.period and f.period.ends and contrast and not draft.has_grain():
            first, last = f.period.ends
            led = f.text.lower().startswith(("from", "between")) or draft.growth
            if first.end < last.start and led and first != last:
                at = draft.periods.index(f.period.period)
                draft.periods[at : at + 1] = [first, last]
    for f in draft.found:
        if f.period and f.period.kind == "same":
            draft.periods = [p for p in draft.periods if p != f.period.period]
            draft.compare = "year_ago"
            draft.split = False
    if draft.running and not draft.has_grain():
        draft.dimensions.append("@month")


def _take_counted(draft: Draft, c: Chunk) -> None:
    """ "The largest increase in orders", "growth of customers": what grew is a number of things."""
    at = draft.cs.index(c)
    link, thing = draft.cs[at + 1 : at + 2], draft.chunk(draft.next(at, "stop", "prep"))
    told = c.text.lower().endswith((" in", " of")) or any(o.text.lower() in ("in", "of") for o in link)
    if told and thing is not None and thing.metric and thing.plural and draft.entity(thing) and not thing.used:
        thing.used = True
        if Term(thing.metric) not in draft.terms:
            draft.terms.append(Term(thing.metric))


def _between_periods(draft: Draft, c: Chunk) -> bool:
    at = draft.cs.index(c)
    after = draft.chunk(draft.next(at, "stop", "prep"))
    return after is not None and after.period is not None and any(o.period for o in draft.cs[:at])


def _of_a_period(draft: Draft, c: Chunk) -> bool:
    """ "lines with loss in 2025": what should have grown or fallen stands nowhere."""
    after = draft.chunk(draft.next(draft.cs.index(c), "stop"))
    words = c.text.lower().split()
    return words[0] in ("loss", "gain") and after is not None and after.period is not None


def read_comparisons(draft: Draft) -> None:
    """What is compared with what."""
    versus = [
        i
        for i, c in enumerate(draft.cs)
        if not c.used and (c.is_("vs", "compare") or (c.text.lower() in COMPARATIVES and c.is_("rank")) or _bare_op(c))
    ]
    ors = [i for i, c in enumerate(draft.cs) if not c.used and c.is_("or")]
    values = open_values(draft)
    by_dimension: dict[str, int] = {}
    for _, f in values:
        by_dimension[f.dimension] = by_dimension.get(f.dimension, 0) + len(f.values)
    several = [d for d, n in by_dimension.items() if n > 1]
    comparatives = [i for i in versus if draft.cs[i].text.lower().split()[0] in COMPARATIVES]
    if _read_contrast(draft, values):
        return
    _tell_apart_side_by_side(draft, values)
    texts = {c.text.lower() for c in draft.cs}
    if texts & SEPARATELY:
        for d in several:
            if d not in draft.dimensions:
                draft.compared.append(d)
                draft.dimensions.append(d)
    more = next((i for i in versus if i and draft.cs[i - 1].is_("much", "count")), None)
    if more is not None and len(draft.periods) == 2 and not draft.compare:
        draft.growth = "growth"  # "how much more did we sell in 2025 than in 2024"
        draft.cs[more - 1].used = True
    if comparatives and several and draft.listing and draft.listing not in several:
        draft.dimensions = [d for d in draft.dimensions if d != draft.listing]  # "who ordered more, consumers or …"
        draft.listing = ""
    done = next((draft.cs[i - 1].word.verb for i in comparatives if i and draft.cs[i - 1].word.verb), "")
    counted = draft.cs[comparatives[0] + 1 : comparatives[0] + 2] if comparatives and several else []
    bare = bool(comparatives) and "than" not in draft.cs[comparatives[0]].text.lower().split()
    if bare and counted and counted[0].metric and draft.entity(counted[0]) and not draft.terms:
        counted[0].used = True
        draft.terms.append(Term(counted[0].metric))  # "which has more customers, India or China"
    things = next((m.name for m in draft.layer.metrics.values() if m.meta.get("counts_things")), "")
    if comparatives and things and not draft.terms and _is_of_things(draft, comparatives[0]):
        draft.terms.append(Term(things))
    elif done and (several or "@day_type" in draft.dimensions) and not draft.terms:
        draft.terms.append(Term(done))
    if _read_list_by_change(draft, versus, several, done):
        return
    if versus or (ors and len(draft.periods) > 1):
        used = False
        if len(draft.periods) > 1 and not draft.growth and not draft.compare:
            draft.split = used = True
        elif len(draft.periods) > 1 and draft.growth:
            used = True
        elif several:
            for d in several:
                draft.compared.append(d)
                if d not in draft.dimensions:
                    draft.dimensions.append(d)
            used = True
        elif draft.compare or (
            (any(draft.cs[i].is_("compare") for i in versus) and draft.dimensions)
            or any(c.key and not c.used for c in draft.cs)
        ):
            used = True
        if used:
            for i in versus + (ors if comparatives or several or draft.split else []):
                draft.cs[i].used = True
            if comparatives and several:
                draft.ranks.append(Rank(comparatives[0], draft.cs[comparatives[0]].payload("rank") == "desc", -1))
            if any(draft.cs[i].is_("compare") for i in versus):
                for c in draft.cs:
                    if c.key and not c.used and not c.metric and c.key not in draft.dimensions and not values:
                        draft.dimensions.append(c.key)
                        c.used = True
    for i in ors:
        draft.cs[i].used = True
    if len(draft.periods) > 1 and texts & TOGETHER and not versus:
        return
    if len(draft.periods) > 1 and not draft.split and not draft.growth and not draft.compare and not draft.has_grain():
        draft.split = True


def _read_list_by_change(draft: Draft, versus: Sequence[int], several: Sequence[str], done: str) -> bool:
    """ "subcategories whose margin was lower in 2025 than in 2024": those alone for which it holds.

    Raises UnclearError where what is listed depends on anything else that is compared.
    """
    words = [draft.cs[i] for i in versus if draft.cs[i].text.lower().split()[0] in COMPARATIVES]
    opening = next((c for c in draft.cs if c.content or c.key), None)
    listed = draft.listing or (opening.key if opening is not None and opening.plural else "")
    if not words or not listed or listed in several or draft.ranks or draft.growth:
        return False
    relative = any(
        c.text.lower() in ("who", "whose", "where", "which", "that", "with", "having", "in which", "had", "when")
        for c in draft.cs
    )
    if not relative:
        return False
    less = words[0].payload("rank") == "asc" or words[0].payload("op") == "<"
    if draft.compare and len(draft.periods) < 2 and not several:
        return _read_list_by_step(draft, versus, listed, less)
    if not draft.listing:
        return False
    if len(draft.periods) != 2 or several:
        if several and any(c.text.lower() in ("whose", "where", "in which") for c in draft.cs):
            raise UnclearError("I cannot list by a comparison of two groups' figures")
        return False
    early_first = draft.periods[0].start < draft.periods[1].start
    thing = draft.chunk(draft.cs.index(words[0]) + 1) if words[0] is not draft.cs[-1] else None
    if thing is not None and thing.metric and draft.entity(thing) and not draft.terms:
        thing.used = True
        draft.terms.append(Term(thing.metric))  # "had fewer orders in 2025 than in 2024"
    if not draft.terms and done and not any(c.metric and not c.used and not draft.entity(c) for c in draft.cs):
        verb = draft.cs[draft.cs.index(words[0]) - 1].token
        if verb is not None and verb.lemma in ("bought", "buy", "purchased", "purchase"):
            raise UnclearError("more money, or more orders?")
        draft.terms.append(Term(done))  # "who spent more in 2025 than in 2024"
        _tell_who_is_left_out(draft, done)
    draft.growth = "growth"
    draft.growth_condition = ("<" if less != early_first else ">", (0.0,))
    for i in versus:
        draft.cs[i].used = True
    return True


def _tell_who_is_left_out(draft: Draft, name: str) -> None:
    """Who has no figure in one of the two periods is not among those whose figure rose or fell."""
    listed = draft.layer.dimensions.get(draft.listing)
    if listed is not None and listed.identifies and draft.metric(name).format == "money":
        draft.notes.append(f"those with {draft.metric(name).label.lower()} in both periods")


def _read_list_by_step(draft: Draft, versus: Sequence[int], listed: str, less: bool) -> bool:
    """ "months with fewer orders than the month before", "markets that sold less than the year before"."""
    for c in draft.cs:
        if c.key == listed and not c.used:
            c.used = True
            break
    if listed not in draft.dimensions:
        draft.dimensions.insert(0, listed)
    thing = draft.chunk(versus[0] + 1 if versus[0] + 1 < len(draft.cs) else None)
    if thing is not None and thing.metric and draft.entity(thing) and not draft.terms:
        thing.used = True
        draft.terms.append(Term(thing.metric))
    draft.growth = "growth"
    draft.growth_condition = ("<" if less else ">", (0.0,))
    for i in versus:
        draft.cs[i].used = True
    return True


def _is_of_things(draft: Draft, i: int) -> bool:
    """ "more chairs or tables": pieces of product groups."""
    return i + 1 < len(draft.cs) and is_of_things(draft, draft.cs[i + 1])


def _bare_op(c: Chunk) -> bool:
    """ "more than", "between" with no number after it: what is compared are values or periods."""
    return c.is_("op") and c.payload("op") in (">", "<", "between")


def _contrast_kind(c: Chunk) -> str:
    if c.is_("ratio"):
        return "ratio"
    words = c.text.lower().split()
    subtracted = words == ["minus"] or (c.is_("compare") and any(w in DIFFERENCE for w in words[-2:]))
    return "difference" if subtracted else ""


def _tell_apart_side_by_side(draft: Draft, values: Sequence[tuple[int, Filter]]) -> None:
    """ "customers Japan China India": values in a row with no word between them are told apart."""
    for (i, f), (j, g) in itertools.pairwise(values):
        if j == i + 1 and f.dimension == g.dimension and not draft.cs[i].used and f.dimension not in draft.dimensions:
            draft.compared.append(f.dimension)
            draft.dimensions.append(f.dimension)


def _how_much_more(draft: Draft) -> dict[int, str]:
    """ "how much higher is the margin of technology than that of furniture": the places of these words."""
    found: dict[int, str] = {}
    for i in range(1, len(draft.cs)):
        much, c = draft.cs[i - 1], draft.cs[i]
        if much.is_("much", "count") and c.is_("rank") and c.text.lower() in COMPARATIVES and not c.used:
            kind = "difference" if c.payload("rank") == "desc" else "shortfall"
            found |= {i - 1: kind, i: kind}
            found |= {j: kind for j, o in enumerate(draft.cs) if j > i and o.is_("vs") and not o.used}
    return found


def _read_contrast_of_figures(draft: Draft, kinds: dict[int, str], figures: Sequence[str]) -> bool:
    """ "difference between sales and profit by category"."""
    if draft.listing or draft.ranks or len(draft.periods) > 1:
        return False
    for i, c in enumerate(draft.cs):
        c.used = c.used or i in kinds or bool(c.metric) or _bare_op(c) or c.is_("and")
    draft.terms = [Term(name) for name in figures]
    draft.contrast = "ratio" if "ratio" in kinds.values() else "difference"
    return True


def _read_contrast(draft: Draft, values: Sequence[tuple[int, Filter]]) -> bool:
    """ "difference in profit between consumer and corporate", "ratio of furniture sales to technology sales"."""
    kinds = {i: kind for i, c in enumerate(draft.cs) if not c.used and (kind := _contrast_kind(c))}
    kinds |= _how_much_more(draft)
    figures = list(dict.fromkeys(c.metric for c in draft.cs if c.metric and not draft.entity(c) and not c.used))
    pair = [(i, f) for i, f in values if not draft.cs[i].used]
    if kinds and len(figures) == 2 and not pair and "shortfall" not in kinds.values():
        return _read_contrast_of_figures(draft, kinds, figures)
    if kinds and not figures and any(draft.cs[i].is_("much") for i in kinds):
        figures = list(dict.fromkeys(c.word.verb for c in draft.cs if c.word.verb))[:1]
    if kinds and not figures and len(draft.terms) == 1 and draft.terms[0].metric:
        figures = [draft.terms[0].metric]  # "how many more orders"
    if kinds and not figures:
        figures = list(dict.fromkeys(c.metric for c in draft.cs if c.metric and not c.used and not c.word.values))[:1]
    if not kinds or len(figures) != 1 or len(pair) != 2 or len({f.dimension for _, f in pair}) != 1:
        return False
    if pair[0][1].dimension in draft.dimensions or draft.listing or draft.ranks:
        return False
    for i, c in enumerate(draft.cs):
        c.used = c.used or i in kinds or bool(c.metric) or _bare_op(c) or i in [p for p, _ in pair] or c.is_("and")
    if next(iter(kinds.values())) == "shortfall":
        pair.reverse()
    draft.terms = [Term(figures[0], filters=(f,)) for _, f in pair]
    draft.contrast = "ratio" if "ratio" in kinds.values() else "difference"
    return True


def compared_plan(draft: Draft, plan: Plan) -> Plan:
    """Fill in what is compared with what."""
    compare = draft.compare or plan.compare or "previous"
    periods = plan.periods
    grain = any(d.startswith("@") and d[1:] in GRAINS for d in plan.dimensions)
    if len(periods) == 2:
        early, late = sorted(periods, key=lambda p: p.start)
        if grain and year_ago(late) == early and draft.compare != "previous":
            return replace(plan, periods=(late,), compare="year_ago", split=False)  # "by month, 2025 against 2024"
        if grain:
            raise UnclearError("each against the one before it, or the two periods against each other?")
        return replace(plan, periods=(late,), base=early, compare="previous", split=False)
    if grain:
        return replace(plan, compare=compare, split=False)
    years = sorted(p.whole_year or 0 for p in periods)
    if len(periods) > 2 and years[0] and years == list(range(years[0], years[-1] + 1)):
        return replace(plan, dimensions=(*plan.dimensions, "@year"), compare=compare, split=False)
    if len(periods) > 2:
        raise UnclearError("a change needs two periods")
    if any(f.period and f.period.kind == "same" for f in draft.found) and not periods and not grain:
        raise UnclearError("the same period of a year before: which period?")
    if not periods:
        last = whole(draft.around.newest.year - 1)
        if draft.ranks or plan.dimensions:
            draft.notes.append(f"{last.label} against {last.start.year - 1}")
            draft.confidence -= 0.1
            return replace(plan, periods=(last,), base=year_ago(last), compare=compare)
        return replace(plan, dimensions=("@year",), compare=compare)
    period = periods[0]
    base = year_ago(period) if compare == "year_ago" else previous(period)
    if period.label.startswith("since") or (period.end - period.start).days > 370:
        return replace(plan, dimensions=(*plan.dimensions, "@year"), compare=compare)
    return replace(plan, base=base, compare=compare)
