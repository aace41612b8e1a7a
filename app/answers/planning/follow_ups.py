"""Questions that follow on from the one before."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import cast

from app.answers.dates.calendar import previous, whole, year_ago
from app.answers.plan import Cohort, Filter, Having, Plan, Term
from app.answers.planning.accounting import check_nothing_lost
from app.answers.planning.assembly import check_all_used, check_periods, finish_terms
from app.answers.planning.comparisons import compared_plan
from app.answers.planning.draft import Draft, Rank
from app.answers.planning.outcome import Planned, RefusedError, UnclearError
from app.answers.planning.ranks import TOP
from app.answers.planning.said import check_groups_said
from app.answers.wording import understood

PRONOUNS = ("they", "their", "them", "its", "there")
OF_THAT = re.compile(r"\b(?:is|was|were|are) (?:that|those|these)\s*\?*$", re.I)
IN_THAT_TIME = re.compile(r"\b(?:in|during|over)\s+that\s+(?:period|time|year|quarter|month|week)\b", re.I)
POINTS_THERE = re.compile(
    r"(?<!\bis\s)(?<!\bare\s)(?<!\bwas\s)(?<!\bwere\s)\bthere\b(?!\s+(?:is|are|was|were)\b)", re.I
)
THEIRS = ("their", "them", "they", "those", "these", "its", "of them", "of those", "of these")


def follows(draft: Draft) -> bool:
    """Whether the question follows on from the one before."""
    if draft.before is None or (draft.terms and any(c.is_("why") for c in draft.cs)):
        return any(c.is_("why") for c in draft.cs) and bool(draft.terms)
    first = draft.cs[0] if draft.cs else None
    if _narrows(draft) or _counts_of_them(draft) or _another_figure(draft):
        return True
    if _speaks_of_them(draft) or _points_at_its_figure(draft):
        return True
    if _starts_anew(draft):
        if draft.before.limit and POINTS_THERE.search(draft.question):
            raise UnclearError("where is “there”? Please name it")
        return IN_THAT_TIME.search(draft.question) is not None
    cue = first is not None and first.is_("follow") and not first.metric
    why = any(c.is_("why") for c in draft.cs)
    if why or _adds(draft) or any(c.text.lower() == "instead" for c in draft.cs):
        return True
    known = bool(draft.dimensions) and set(draft.dimensions) <= set(draft.before.dimensions)
    if known and draft.ranks and not draft.terms and not draft.filters and not any(r.metric for r in draft.ranks):
        return True  # "which quarter was best?" of the quarters that are shown
    if cue and not (
        draft.terms
        and (draft.dimensions or draft.filters or draft.periods)
        and first is not None
        and first.text.lower() in ("and", "now", "then", "just", "only")
    ):
        return True
    return (
        not draft.terms
        and not (draft.listing and draft.ranks)
        and not (draft.ranks and draft.dimensions and draft.ranks[0].metric)
    )


def _points_at_its_figure(draft: Draft) -> bool:
    """ "Now that margin for Technology only": the figure that was asked for before."""
    shown = {t.metric for t in draft.before.terms} if draft.before is not None else set()
    pairs = zip(draft.cs, draft.cs[1:], strict=False)
    told = any(
        a.text.lower() in ("that", "the same", "this") and c.metric in shown and not c.dimension for a, c in pairs
    )
    return told and not draft.periods and not draft.compare


def _another_figure(draft: Draft) -> bool:
    """ "profit?", "and how many customers was that": nothing but another figure of what was asked before."""
    told = draft.dimensions or draft.filters or draft.periods or draft.cohorts or draft.ranks or draft.thresholds
    if not draft.terms or told or draft.listing or draft.compare or draft.growth or draft.share:
        return False
    alone = all(c.metric or c.is_("and", "follow") for c in draft.cs) and len(draft.cs) <= 3
    return alone or OF_THAT.search(draft.question) is not None


def _counts_of_them(draft: Draft) -> bool:
    """ "How many of them are corporate": of what was counted or listed before. Raises UnclearError for the best few."""
    told = re.search(
        r"\b(?:how many|which|what share|what percentage) of (?:them|those|these|which)\b", draft.question, re.I
    )
    old = draft.before
    if told is None or old is None:
        return False
    counts = [t for t in old.terms if t.metric and draft.metric(t.metric).format == "count"]
    listed = old.limit or old.having or old.tally or not counts
    if not told[0].lower().startswith("how many") or listed or draft.dimensions:
        raise UnclearError("of which ones? Please name them")
    for c in draft.cs:  # "how many of those were returned": the word is a value here, no thing that is counted
        if c.word.values and any(t.distinct == c.dimension for t in draft.terms if t.distinct):
            draft.filters.append(Filter(c.dimension, "in", tuple(v for d, v in c.word.values if d == c.dimension)))
    draft.terms = counts[:1]
    for c in draft.cs:
        c.used = c.used or c.is_("count", "follow")
    return True


def _speaks_of_them(draft: Draft) -> bool:
    """ "How many units did they sell", "the margin there": a pronoun for what the question before was about."""
    at = next((i for i, c in enumerate(draft.cs) if c.text.lower() in PRONOUNS and not _merely_exists(draft, i)), None)
    if at is None or any(c.key or c.word.values for c in draft.cs[:at]):
        return False
    return bool(draft.before and (draft.before.dimensions or draft.before.filters or draft.before.cohorts))


def _merely_exists(draft: Draft, i: int) -> bool:
    """ "How many orders were there in 2025": no place that was named before."""
    ahead = draft.cs[i - 1].text.lower().split() if i else []
    return draft.cs[i].text.lower() == "there" and ahead[-1:] in (["is"], ["are"], ["was"], ["were"], ["been"])


def _narrows(draft: Draft) -> bool:
    """ "for corporate customers", "in Germany": a preposition, values, and at most the noun that they belong to."""
    first = draft.cs[0] if draft.cs else None
    if first is None or first.content or not first.is_("prep", "follow", "neg") or not (draft.filters or draft.periods):
        return False
    nouns = [c for c in draft.cs if c.metric]
    counts = [Term(c.metric) for c in nouns]
    told = any(c.is_("count", "much", "q", "share", "average", "rank") and not c.content for c in draft.cs)
    if told or draft.ranks or draft.dimensions or not all(draft.entity(c) for c in nouns):
        return False
    if any(t not in counts for t in draft.terms):
        return False
    draft.terms, draft.counted = [], False
    return True


def _starts_anew(draft: Draft) -> bool:
    """ "Who are our best customers?": a question of its own about all of the business."""
    asked = any(c.is_("q") or c.text.lower() in ("who", "which", "what") for c in draft.cs[:1])
    ours = {"our", "we", "us"} & set(draft.question.lower().replace("?", "").split())
    told = any(c.word.verb or (c.word.superlative[0] and c.text.lower() in ("sold", "selling")) for c in draft.cs)
    subject = (
        draft.ranks
        and draft.dimensions
        and not set(draft.dimensions) <= set(draft.before.dimensions if draft.before else ())
    )
    return bool(asked and (ours or told) and subject)


def followed(draft: Draft) -> Planned:
    """The plan before, with what the question changes."""
    old = draft.before
    if any(c.is_("why") for c in draft.cs) and draft.terms:
        old = Plan(
            tuple(draft.terms[:1]), tuple(draft.dimensions), tuple(draft.filters), tuple(draft.periods), time=draft.time
        )
        changed = understood(draft.layer, _where_it_changed(draft, old).plan)
        raise UnclearError("the data holds no causes; it can show where a figure changed", [changed])
    assert old is not None  # noqa: S101 - _follows has seen it
    if any(c.is_("why") for c in draft.cs):
        return _where_it_changed(draft, old)
    adding = _adds(draft)
    shown = _shown_otherwise(draft)
    at = next((i for i, c in enumerate(draft.cs) if c.text.lower().startswith("instead")), None)
    if at is not None and any(c.key for c in draft.cs[:at]):  # "by quarter instead of by category"
        draft.dimensions = [d for d in draft.dimensions if d not in {c.key for c in draft.cs[at:]}]
    count = _new_count(draft, old)
    if draft.dimensions == ["@year"] and draft.compare and not any(c.grain for c in draft.cs):
        draft.dimensions = []
    finish_terms(draft, required=False)
    changes: dict[str, object] = {}
    if draft.terms:
        terms = tuple(draft.terms)
        changes["terms"] = (*old.terms, *(t for t in terms if t not in old.terms)) if adding else terms
        if old.limit and any(c.text.lower() in THEIRS for c in draft.cs) and not adding and len(old.terms) == 1:
            changes |= {
                "terms": (*terms, *old.terms),
                "order": tuple((str(len(terms)) if k == "0" else k, d) for k, d in old.order),
            }
        elif old.having and not adding:
            kept = [t for t in dict.fromkeys(old.terms[h.term] for h in old.having) if t not in terms]
            all_terms = (*terms, *kept)
            changes["terms"] = all_terms
            changes["having"] = tuple(replace(h, term=all_terms.index(old.terms[h.term])) for h in old.having)
            changes["order"] = ()
        elif old.order:
            changes["order"] = tuple((k, d) for k, d in old.order if not k.isdigit() or int(k) < len(terms)) or (
                ("0", True),
            )
    if draft.dimensions:
        added = list(draft.dimensions)
        base = [d for d in old.dimensions if adding and d not in added]
        changes["dimensions"] = (*base, *added)
        if old.limit and not draft.ranks:
            changes |= {"limit": None, "per": (), "order": ()}
        elif not draft.ranks:
            changes["order"] = tuple((k, d) for k, d in old.order if k.isdigit() or k in base or k in added)
        if old.per:
            changes["per"] = ()
    if draft.filters and _adds(draft) and not draft.terms:
        _add_values(draft, old, changes)
    elif draft.filters:
        named = {f.dimension for f in draft.filters}
        kept_filters = [f for f in old.filters if f.dimension not in named]
        kept_filters = [f for f in kept_filters if not any(_lies_elsewhere(draft, f, new) for new in draft.filters)]
        changes["filters"] = (*kept_filters, *draft.filters)
    if draft.periods:
        against = any(c.is_("vs", "compare") for c in draft.cs) and len(draft.periods) == len(old.periods) == 1
        changes["periods"] = (*old.periods, *draft.periods) if against else tuple(draft.periods)
        changes["split"] = draft.split or against
        for c in draft.cs:
            c.used = c.used or (against and c.is_("vs", "compare"))
        if old.base is not None and not draft.compare:
            changes["base"] = year_ago(draft.periods[0]) if old.compare == "year_ago" else previous(draft.periods[0])
    if draft.periods or draft.filters:
        changes["cohorts"] = tuple(_moved_with(c, old, draft) for c in old.cohorts)
        changes["terms"] = tuple(
            replace(t, cohorts=tuple(_moved_with(c, old, draft) for c in t.cohorts))
            for t in cast("tuple[Term, ...]", changes.get("terms", old.terms))
        )
    if draft.time:
        changes["time"] = draft.time
    for same, unit in zip(draft.cs, draft.cs[1:], strict=False):
        if same.text.lower() in ("same", "the same") and unit.grain and old.periods and not draft.periods:
            same.used = unit.used = True  # "only for Nigeria, same year"
    if old.pairs and "dimensions" in changes:
        raise UnclearError("pairs of what, and told apart by what? Please ask for them in full")
    plan = replace(old, **changes)  # type: ignore[arg-type]  # names and types are Plan's own
    if draft.share:
        plan = replace(plan, terms=tuple(replace(t, share=True) for t in plan.terms))
    if draft.running:
        plan = replace(
            plan,
            terms=tuple(replace(t, running=True) for t in plan.terms),
            dimensions=plan.dimensions or ("@month",),
        )
    if draft.compare or draft.growth:
        plan = compared_plan(draft, plan)
    if draft.ranks:
        rank = draft.ranks[0]
        limit = _limit_of(draft, rank, plan)
        plan = replace(plan, order=(("0", rank.descending),), limit=limit, offset=rank.offset)
        if rank.metric and rank.metric not in [t.metric for t in plan.terms]:
            plan = replace(plan, terms=(Term(rank.metric),))
    if draft.thresholds:
        plan = _with_conditions(draft, plan)
    if count:
        plan = replace(plan, limit=count)
    if plan == old and not shown:
        raise UnclearError("I do not see what should change from the question before")
    check_all_used(draft, plan)
    check_periods(draft, plan)
    check_nothing_lost(draft, plan)
    check_groups_said(draft, plan)
    return Planned(plan, round(max(0.3, draft.confidence - 0.03), 2), tuple(draft.notes))


def _lies_elsewhere(draft: Draft, old: Filter, new: Filter) -> bool:
    """ "In the US? — and Canada?": a country that does not lie in the market named before takes its place."""
    if old.operator != "in" or new.operator != "in" or not draft.around.nested(new.dimension, old.dimension):
        return False
    homes = {home for v in new.values for home in draft.around.above(new.dimension, old.dimension, str(v))}
    return bool(homes) and homes.isdisjoint(map(str, old.values))


def _add_values(draft: Draft, old: Plan, changes: dict[str, object]) -> None:
    """ "France too": beside the countries named before, each by itself."""
    kept = list(old.filters)
    dimensions = list(cast("tuple[str, ...]", changes.get("dimensions", old.dimensions)))
    for f in draft.filters:
        same = next((o for o in kept if o.dimension == f.dimension and o.operator == f.operator == "in"), None)
        if same is None:
            raise UnclearError("beside what?")
        kept[kept.index(same)] = replace(same, values=tuple(dict.fromkeys((*same.values, *f.values))))
        if f.dimension not in dimensions:
            dimensions.append(f.dimension)
    changes |= {"filters": tuple(kept), "dimensions": tuple(dimensions)}


def _moved_with(cohort: Cohort, old: Plan, draft: Draft) -> Cohort:
    """A condition within the period and the values of the question goes with them; one of its own stays."""
    if draft.periods and cohort.periods and cohort.periods == old.periods:
        cohort = replace(cohort, periods=tuple(draft.periods))
    named = {f.dimension for f in draft.filters}
    shared = {f.dimension for f in cohort.filters if f in old.filters and f.dimension in named}
    if shared:
        kept = (f for f in cohort.filters if f.dimension not in shared)
        cohort = replace(cohort, filters=(*kept, *(f for f in draft.filters if f.dimension in shared)))
    return cohort


def _with_conditions(draft: Draft, plan: Plan) -> Plan:
    """The plan with conditions on its groups' figures. Raises UnclearError where there are no groups."""
    if not plan.dimensions:
        raise UnclearError("a condition on which ones? The answer before shows a single figure")
    terms, having = list(plan.terms), []
    for t in draft.thresholds:
        if t.term not in terms:
            terms.append(t.term)
        having.append(Having(terms.index(t.term), t.operator, t.values))
    return replace(plan, terms=tuple(terms), having=tuple(having))


def _adds(draft: Draft) -> bool:
    """ "also profit", "show units too": beside what was shown before."""
    text = " ".join(c.text.lower() for c in draft.cs[:3])
    return any(w in text for w in ("also", "add", "as well")) or draft.cs[-1].text.lower() in ("too", "as well")


def _shown_otherwise(draft: Draft) -> bool:
    """ "as a chart": the same again, which the page shows in its own forms."""
    return any(c.text.lower() in ("chart", "plot", "graph", "table", "diagram", "visualize") for c in draft.cs)


def _new_count(draft: Draft, old: Plan) -> int:
    """ "make it 10": how many are shown, where the question before showed the first ones."""
    numbers = [c for c in draft.cs if c.number is not None and not c.used and not c.unit]
    if old.limit is None or len(numbers) != 1 or draft.ranks or not float(numbers[0].number or 0.5).is_integer():
        return 0
    numbers[0].used = True
    return int(numbers[0].number or 0)


def _limit_of(draft: Draft, rank: Rank, plan: Plan) -> int | None:
    if rank.limit and rank.limit > 0:
        return rank.limit
    if rank.limit == -1:
        return plan.limit
    one = any(c.text.lower() in ("one", "which one") for c in draft.cs) or rank.offset
    noun = next((c for c in draft.cs if c.key), None)
    if one or (noun is not None and not noun.plural):
        return 1
    return plan.limit or TOP


def _where_it_changed(draft: Draft, old: Plan) -> Planned:
    """Where a change comes from: the figure against the period before, by the first dimension not yet used."""
    for c in draft.cs:
        c.used = True
    term = (
        replace(old.terms[0], share=False, running=False, rank=False)
        if old.terms
        else Term(draft.layer.main_metric.name)
    )
    period = old.periods[-1] if old.periods else whole(draft.around.newest.year - 1)
    candidates = [
        d
        for d in draft.layer.dimensions.values()
        if d.values and not d.about and d.pii == "none" and d.kind == "categorical"
    ]
    usable = [
        d.name
        for d in candidates
        if d.name not in old.dimensions
        and (not term.metric or draft.layer.reachable(draft.metric(term.metric), d.name))
    ]
    product = [d for d in usable if d in ("category",)] or usable
    if not product:
        raise RefusedError("I can say what changed, not why")
    plan = Plan(
        (term,),
        (product[0],),
        old.filters,
        (period,),
        time=old.time,
        compare="previous",
        base=previous(period),
        order=(("change", True),),
    )
    draft.notes.append("the data shows where a figure changed, not why")
    return Planned(plan, 0.6, tuple(draft.notes))
