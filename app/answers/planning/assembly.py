"""The plan put together, and the last checks: nothing guessed, no period without data."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from app.answers.layer import Metric
from app.answers.plan import GRAINS, Period, Plan, Term
from app.answers.planning.comparisons import compared_plan
from app.answers.planning.draft import Draft, Rank
from app.answers.planning.each_period import meet_each_period
from app.answers.planning.groups import names_one_customer
from app.answers.planning.layout import in_one_row
from app.answers.planning.leftovers import is_said_again
from app.answers.planning.named_values import merged
from app.answers.planning.outcome import RefusedError, UnclearError
from app.answers.planning.running import running_terms
from app.answers.reading import Chunk

SHOWN_AS = (["as"], ["in"], ["%"], ["percent"], ["percentage"])
MUST = frozenset(
    [
        "ordinal",
        "rank",
        "share",
        "growth",
        "neg",
        "never",
        "average",
        "op",
        "yoy",
        "running",
        "or",
        "grain",
        "part",
        "negative",
        "positive",
        "after_number",
        "repeat",
        "why",
        "vs",
        "compare",
        "sort",
        "trend",
        "recurring",
        "once",
        "times",
        "by",
        "zero",
        "count",
        "extreme",
        "vague",
        "ratio",
        "rest",
    ]
)


def _bounded_and_sorted(draft: Draft) -> str:
    """ "Countries that lost money, the worst first": they are sorted by the figure that chose them."""
    if any(rank.limit not in (-1, None) for rank in draft.ranks):
        return ""
    return next((t.term.metric for t in draft.thresholds if t.term.metric and not t.growth), "")


_LENGTH = r"(?:20\d\d|(?:this|last)\s+(?:year|quarter|month)|q[1-4])"
OF_ORDERS = re.compile(
    rf"\b(?:of|for|from|on|among|to)\s+(?:(?:the|all|our|those)\s+)*(?:{_LENGTH}(?:['’]s)?\s+orders\b|orders\s+(?:(?:that|which)\s+were\s+)?(?:placed\s+|made\s+|received\s+)?(?:(?:of|from|in|during)\s+)?(?:the\s+)?(?:year\s+)?(?:{_LENGTH}|[a-z]+\s+20\d\d))",
    re.I,
)


def finish_terms(draft: Draft, required: bool = True) -> None:
    """The figures that are asked for, where they were not named outright."""
    if not draft.terms and draft.ranks and (required or any(r.metric for r in draft.ranks)):
        _ask_what_buying_means(draft)
        _ask_what_returning_means(draft)
        own = _counted_by_groups(draft) or _counted_where_it_lives(draft)
        shared = next((c.metric for c in draft.cs if draft.share and c.metric and draft.entity(c)), "")
        bounded = _bounded_and_sorted(draft)
        metric = shared or (
            next((r.metric for r in draft.ranks if r.metric), "")
            or bounded
            or own
            or _verb_metric(draft)
            or draft.layer.main_metric.name
        )
        if not any(r.metric for r in draft.ranks) and metric not in (bounded, own) and not _verb_metric(draft):
            draft.notes.append(f"ranked by {draft.layer.main_metric.label.lower()}")
            draft.confidence -= 0.05
        draft.terms.append(Term(metric))
    if not draft.terms and draft.growth and draft.dimensions:
        draft.terms.append(Term(draft.layer.main_metric.name))
    for rank in draft.ranks:
        _count_at_home(draft, rank)
        if rank.metric and rank.metric not in [t.metric for t in draft.terms]:
            draft.terms.append(Term(rank.metric))
    thing = next((c.metric for c in draft.cs if c.metric and draft.entity(c)), "")
    if not draft.terms and draft.thresholds and draft.share and thing and not draft.listing:
        draft.terms.append(Term(thing))  # "percentage of orders over $1000"
    counted = next((c.metric for c in draft.cs if c.metric and draft.entity(c) and c.plural), "")
    if not draft.terms and draft.thresholds and counted and draft.dimensions and not (draft.listing or draft.ranks):
        draft.terms.append(Term(counted))  # "orders over $2,000 by market", "by year"
    if not draft.terms and draft.thresholds:
        listing = draft.listing or (draft.dimensions[0] if draft.dimensions else "")
        if not listing:
            noun = next((c for c in draft.cs if draft.entity(c)), None)
            listing = noun.dimension if noun is not None else ""
            if listing:
                draft.dimensions.append(listing)
                draft.listing = listing
        if listing:
            draft.terms.append(draft.thresholds[0].term)
    listed = draft.layer.dimensions.get(draft.listing)
    if not draft.terms and listed is not None and listed.identifies == "order" and names_one_customer(draft):
        draft.terms.append(Term(draft.layer.main_metric.name))  # what each of them came to
    if not draft.terms and required and not draft.ranks:
        for c in draft.cs:
            home = next((m for m in draft.layer.models.values() if c.dimension in m.dimensions), None)
            key = next((e.name for e in home.entities if e.is_key), "") if home is not None and c.dimension else ""
            about = draft.about(key) if key else None
            if (
                about is not None
                and not draft.entity(c)
                and home is not None
                and not draft.listing
                and about.name == "returns"
                and c.dimension not in [f.dimension for f in draft.filters]
            ):
                c.used = True
                draft.terms.append(Term(about.name))
                if c.dimension not in draft.dimensions:
                    draft.dimensions.append(c.dimension)
    exists = any(c.is_("exist") for c in draft.cs[:2])
    if (
        not draft.terms
        and required
        and not draft.listing
        and not draft.missing
        and (draft.filters or draft.periods)
        and exists
    ):
        order = draft.about("order")
        if order:
            draft.terms.append(Term(order.name))
    if not draft.terms and required and not draft.listing and not draft.missing:
        if draft.filters or draft.periods or draft.dimensions or draft.share:
            words = " ".join(c.text for c in draft.cs)
            metrics = [draft.layer.main_metric, *(m for m in draft.layer.metrics.values() if m.meta.get("about"))][:4]
            raise UnclearError(
                f"which figure do you want to see for “{words}”?",
                [f"{m.label} — {words}".replace(" — ", " ") for m in metrics],
            )
        raise UnclearError("I do not see which figure you ask for")
    if any(c.word.verb or c.text.lower() == "sold" for c in draft.cs):
        draft.terms = [_sold_only(draft, t) for t in draft.terms]
    _take_days_as_part(draft)
    if draft.share and draft.terms and draft.terms[0].metric and _is_ratio(draft, draft.terms[0].metric):
        _show_as_percent(draft)
    if draft.share and draft.terms:
        draft.terms = [
            replace(t, share=True, filters=tuple(draft.part), cohorts=tuple(draft.part_cohorts))
            if i == 0 or not (draft.part or draft.part_cohorts)
            else t
            for i, t in enumerate(draft.terms)
        ]
        if draft.terms[0].metric and draft.metric(draft.terms[0].metric).format == "days":
            raise UnclearError("a share of what: days cannot be shared out")
        if draft.part and not draft.terms[0].filters:
            raise UnclearError("share of what?")
        if draft.part_cohorts or (draft.thresholds and not draft.part):
            return
        if not draft.part and not draft.dimensions and not draft.periods:
            raise UnclearError("a share of what in what?")
        if not draft.part and not [d for d in draft.dimensions if not d.startswith("@")] and not draft.dimensions:
            raise UnclearError("a share of what in what?")
    if draft.running:
        draft.terms = running_terms(draft)
    for i, t in enumerate(draft.terms):
        if t.metric and draft.metric(t.metric).kind == "cumulative":
            draft.terms[i] = replace(t, running=True)
            if not draft.has_grain():
                draft.dimensions.append("@month")


def _counted_by_groups(draft: Draft) -> str:
    """ "Customers by country, top 10": what is counted stands before "by"."""
    at = next((i for i, c in enumerate(draft.cs) if c.content), 0)
    first, after = draft.chunk(at if draft.cs else None), draft.chunk(draft.next(at, "stop"))
    if first is None or after is None or not (first.metric and first.plural and draft.entity(first)):
        return ""
    by = after.is_("by") and not after.content and bool(draft.dimensions) and first.key not in draft.dimensions
    return first.metric if by else ""


def _counted_where_it_lives(draft: Draft) -> str:
    """ "Top 3 return reasons": returns are counted, of which alone the reason is told."""
    for key in [draft.target] if draft.target and not draft.target.startswith("@") else []:
        homes = [m for m in draft.layer.models.values() if key in m.dimensions]
        about = draft.about(next((e.name for e in homes[0].entities if e.is_key), "")) if homes else None
        if about is not None and draft.layer.base_of(about) is not draft.layer.main:
            return about.name
    return ""


DONE_ON = re.compile(
    r"\b(?:share|percentage|percent|proportion|fraction)\s+of\s+(?:\w+\s+){1,4}?"
    r"(?:placed|made|ordered|sold|bought|taken|shipped|coming\s+in|came\s+in)\s+(?:on|at)\b",
    re.I,
)


def _take_days_as_part(draft: Draft) -> None:
    """ "Weekend share of sales", "share of orders placed on weekends by market": the days are the part."""
    days = [f for f in draft.filters if f.dimension in ("@day_type", "@weekday")]
    alone = all(d[1:] in GRAINS for d in draft.dimensions) or DONE_ON.search(draft.question) is not None
    if draft.share and days and not draft.part and alone:
        draft.part = days
        draft.filters = [f for f in draft.filters if f not in days]


def _ask_what_returning_means(draft: Draft) -> None:
    """Raise UnclearError for "what product is returned the most": number or rate?"""
    at = next((i for i, c in enumerate(draft.cs) if any(v == "returned" for _, v in c.word.values)), None)
    if (
        at is None
        or draft.ranks[0].metric
        or not -3 < draft.ranks[0].at - at < 3
        or any(c.metric for c in draft.cs[at - 1 : at])
    ):
        return
    raise UnclearError("the most returns, or the highest return rate?", ["most returns", "highest return rate"])


def _ask_what_buying_means(draft: Draft) -> None:
    """Raise UnclearError for "who bought the most": who spent, ordered or got the most?"""
    verb = next((c for c in draft.cs if c.word.verb and not c.dimension), None)
    bought = (
        verb is not None and verb.token is not None and verb.token.lemma in ("bought", "buy", "purchased", "purchase")
    )
    if not bought or verb is None or draft.filters or draft.ranks[0].metric:
        return
    choices = [draft.question.replace(verb.text, word, 1) for word in ("spent", "ordered")]
    raise UnclearError("the most money, or the most orders?", choices)


def _show_as_percent(draft: Draft) -> None:
    """ "the margin, as a percentage": how it is shown. Raises UnclearError where a share of a ratio is asked for."""
    of = draft.chunk(draft.next(draft.share_at, "stop", "prep"))
    if (
        of is not None
        and of.metric
        and of.metric != draft.terms[0].metric
        and draft.metric(of.metric).format == "count"
    ):
        raise UnclearError(f"a share of {of.text}: of those that are what?")
    if not draft.cs[draft.share_at].text.lower().startswith(("as a", "in per", "percent", "what percent", "%")):
        raise UnclearError("a share of a ratio says nothing: which figure do you want to see?")
    draft.share = False
    draft.filters = merged([*draft.filters, *draft.part])
    draft.part = []


def _is_ratio(draft: Draft, name: str) -> bool:
    metric = draft.metric(name)
    return metric.format == "percent" or metric.kind == "ratio"


def _sold_only(draft: Draft, term: Term) -> Term:
    """All of an assortment is counted, unless the question says that they were sold."""
    metric = draft.layer.metrics.get(term.metric)
    if metric is None or not metric.meta.get("population"):
        return term
    same = [
        m
        for m in draft.layer.metrics.values()
        if m.measure == metric.measure and m.kind == metric.kind and not m.meta.get("population")
    ]
    return replace(term, metric=same[0].name) if same else term


def _count_at_home(draft: Draft, rank: Rank) -> None:
    """ "most common return reason" counts returns, not orders; "most popular ship mode" orders, not pieces."""
    things = rank.metric and draft.metric(rank.metric).meta.get("counts_things")
    main = [k for k in draft.dimensions if k in draft.layer.main.dimensions]
    orders = draft.about("order")
    if things and main and orders is not None and any(c.text.lower() == "popular" for c in draft.cs):
        draft.terms = [Term(orders.name) if t.metric == rank.metric else t for t in draft.terms]
        rank.metric = orders.name
    if not rank.metric or draft.metric(rank.metric).meta.get("about") != "order":
        return
    for key in draft.dimensions:
        homes = [m for m in draft.layer.models.values() if key in m.dimensions]
        about = draft.about(next((e.name for e in homes[0].entities if e.is_key), "")) if homes else None
        if (
            about is not None
            and draft.layer.base_of(about) is not draft.layer.main
            and homes[0] is not draft.layer.main
        ):
            draft.terms = [Term(about.name) if t.metric == rank.metric else t for t in draft.terms]
            rank.metric = about.name


def _verb_metric(draft: Draft) -> str:
    verb = next((c for c in draft.cs if c.word.verb and not c.dimension), None)
    if verb is not None:
        return verb.word.verb
    if any(c.word.superlative[0] and c.text.lower() == "sold" for c in draft.cs):
        things = next((m for m in draft.layer.metrics.values() if m.meta.get("counts_things")), None)
        return things.name if things else ""
    return ""


def _is_order_period(draft: Draft) -> bool:
    """ "orders from 2025 that were returned": the period stands with the orders, before the return."""
    places = {
        kind: next((i for i, c in enumerate(draft.cs) if found(c)), -1)
        for kind, found in (
            ("order", lambda c: bool(c.metric) and draft.metric(c.metric).meta.get("about") == "order"),
            ("period", lambda c: c.period is not None),
            ("return", lambda c: _tells_a_return(draft, c)),
        )
    }
    adjective = places["period"] >= 0 and places["order"] == places["period"] + 1  # "how many of the 2025 orders"
    if adjective and places["return"] > places["order"]:
        return True
    return 0 <= places["order"] < places["period"] < places["return"]


def _tells_a_return(draft: Draft, c: Chunk) -> bool:
    """Whether a chunk says that something was returned, or what became of a return."""
    returned = draft.about("return")
    home = draft.layer.base_of(returned).dimensions if returned is not None else {}
    return any(v == "returned" or (d in home and not draft.layer.dimensions[d].is_time) for d, v in c.word.values)


def _date_returns(draft: Draft) -> None:
    """What is asked of returned orders goes by the date of the return, unless it says when they were ordered."""
    if draft.time or draft.share or draft.dated:
        return
    ordered = any(w in ("placed", "ordered", "bought", "purchased") for c in draft.cs for w in c.text.lower().split())
    ordered = ordered or _is_order_period(draft)
    dated = bool(draft.periods) or any(d.startswith("@") for d in draft.dimensions)
    if ordered or not dated:
        return
    for f in draft.filters:
        if f.operator != "in" or f.dimension.startswith(("@", "#")) or "not returned" in f.values:
            continue
        time = next(
            (d.name for d in draft.layer.dimensions.values() if d.is_time and any(str(v) in d.verbs for v in f.values)),
            "",
        )
        home = next((m for m in draft.layer.models.values() if f.dimension in m.dimensions), None)
        if home is not None and home is not draft.layer.main and not time:
            time = next((d.name for d in home.dimensions.values() if d.is_time), "")
        if not time or time == draft.layer.main.default_time:
            continue
        counted = [t for t in draft.terms if t.metric and draft.metric(t.metric).meta.get("about") == "order"]
        about = next(
            (m for m in draft.layer.metrics.values() if draft.layer.time_of(m) == time and m.meta.get("about")), None
        )
        if counted == draft.terms and about is not None and f.values == ("returned",):
            draft.terms = [Term(about.name)]
            draft.filters.remove(f)
            draft.notes.append("by the date of the return")
            return
        plain = [t for t in draft.terms if t.metric and draft.layer.time_of(draft.metric(t.metric)) != time]
        if (
            plain
            and all(draft.layer.reachable(draft.metric(t.metric), time) for t in plain)
            and not any(draft.metric(t.metric).kind == "ratio" and len(draft.filters) == 0 for t in plain)
        ):
            draft.time = time
            draft.notes.append("by the date of the return")
            return


def _date_beside_others(draft: Draft) -> None:
    """Returned orders beside orders and a return rate are those among them; beside sales they keep their own date."""
    dated = bool(draft.periods) or any(d.startswith("@") for d in draft.dimensions)
    others = [draft.metric(t.metric) for t in draft.terms if t.metric]
    if draft.time or not dated or len(others) < 2:
        return
    named = {d for d in (*draft.dimensions, *(f.dimension for f in draft.filters)) if not d.startswith(("@", "#"))}
    for place, term in enumerate(draft.terms):
        metric = draft.layer.metrics.get(term.metric)
        instead = str(metric.meta.get("instead") or "") if metric is not None else ""
        if metric is None or not instead or draft.layer.base_of(metric) is draft.layer.main:
            continue
        if all(m.meta.get("instead") for m in others):
            continue
        beside = any(m.numerator == instead for m in others) or any(m.meta.get("about") == "order" for m in others)
        if beside or any(not draft.layer.reachable(metric, d) for d in named):
            draft.terms[place] = replace(term, metric=instead)
            draft.notes.append(f"{draft.metric(instead).label.lower()} by the date of the order")
        else:
            draft.notes.append(f"{metric.label.lower()} by the date of the return, the others by that of the order")


def made_plan(draft: Draft) -> Plan:
    """The plan of all that was read."""
    _date_returns(draft)
    _date_beside_others(draft)
    if draft.missing and draft.having:  # "at least 40 orders in 2025, and none returned": bounds rows that exist
        draft.missing = False
        draft.periods = draft.periods or [p for c in draft.cohorts for p in c.periods]
    _date_of_orders(draft)
    of_customers = (c for c in draft.cohorts if draft.layer.dimension(c.dimension).identifies == "customer")
    if draft.missing and any(c.filters for c in of_customers):
        draft.missing = False
        draft.notes.append("customers are those who ordered at all")
    counted = draft.layer.metrics.get(draft.terms[0].metric) if len(draft.terms) == 1 else None
    if draft.missing and counted is not None and not counted.meta.get("about") and not _shows_figures(draft):
        draft.terms = [Term(distinct=draft.cohorts[0].dimension)]  # what was never sold is no product sold
    periods = tuple(dict.fromkeys(draft.periods))
    _refuse_pairs(draft, periods)
    meet_each_period(draft)
    periods = tuple(dict.fromkeys(draft.periods))
    if not draft.terms and draft.split and len(periods) > 1:
        raise UnclearError(f"a list is of one period: {' or '.join(period.label for period in periods)}?")
    plan = Plan(
        terms=tuple(_without_what_is_so(draft, t) for t in draft.terms),
        dimensions=tuple(dict.fromkeys(draft.dimensions)),
        filters=tuple(draft.filters),
        periods=periods,
        split=draft.split and len(periods) > 1,
        time=draft.time,
        cohorts=tuple(draft.cohorts),
        having=tuple(draft.having),
        order=tuple(draft.order),
        limit=draft.limit,
        offset=draft.offset,
        per=tuple(draft.per),
        missing=draft.missing and not _shows_figures(draft),
        contrast=draft.contrast,
        together=draft.together,
        pick=tuple(draft.pick),
        benchmark=draft.benchmark,
    )
    if draft.compare or draft.growth:
        plan = compared_plan(draft, _growth_as_percent(draft, plan))
    plan = _with_the_inner_as_the_part(draft, in_one_row(draft, plan))
    if draft.share and not draft.part and len(plan.dimensions) > 1:
        grains = [d for d in plan.dimensions if d.startswith("@")]
        outer = grains or list(plan.dimensions[1:] if draft.share else ())
        plan = replace(plan, per=tuple(outer))
    return plan


def _with_the_inner_as_the_part(draft: Draft, plan: Plan) -> Plan:
    """ "What part of EU sales does Germany make up": the country's share of the market, whichever was said first."""
    first = plan.terms[0] if len(plan.terms) == 1 else Term()
    if not first.share or len(first.filters) != 1 or len(plan.filters) != 1:
        return plan
    (outer,), (inner,) = first.filters, plan.filters
    alike = inner.operator == outer.operator == "in" and inner.dimension != outer.dimension
    if not alike or not draft.around.nested(inner.dimension, outer.dimension):
        return plan
    return replace(plan, terms=(replace(first, filters=(inner,)),), filters=(outer,))


def _growth_as_percent(draft: Draft, plan: Plan) -> Plan:
    """ "Sales growth by market, as %": how the growth is shown, no share of the sales."""
    told = draft.cs[draft.share_at].text.lower() if draft.share else ""
    grown = any(c.is_("growth", "yoy") for c in draft.cs[: draft.share_at])
    if not grown or told.split()[:1] not in SHOWN_AS or told.endswith(" of"):
        return plan
    return replace(plan, terms=tuple(replace(t, share=t.share and bool(t.filters or t.cohorts)) for t in plan.terms))


def _date_of_orders(draft: Draft) -> None:
    """The date of the order needs no word in the plan, where every figure goes by it anyway; "returns of orders of
    2025" go by it, though returns by themselves go by their own."""
    main = draft.layer.main.default_time
    own = all(draft.layer.time_of(draft.metric(t.metric)) == main for t in draft.terms if t.metric)
    if draft.time == main and own:
        draft.time = ""
    elif not draft.time and not own and draft.periods and OF_ORDERS.search(draft.question):
        draft.time = "" if any(f.dimension == main for f in draft.filters) else main


def _without_what_is_so(draft: Draft, term: Term) -> Term:
    """ "Returns that got rejected": that a return is of a returned order goes without saying."""
    metric = draft.layer.metrics.get(term.metric)
    if metric is None or metric.meta.get("about") != "return":
        return term
    return replace(term, filters=tuple(f for f in term.filters if f.values != ("returned",)))


def _shows_figures(draft: Draft) -> bool:
    """Whether a figure of those who lack something is asked for, not which ones or how many they are."""
    return any(t.metric and not _counts_things(draft, draft.metric(t.metric)) for t in draft.terms)


def _counts_things(draft: Draft, metric: Metric) -> bool:
    leaves = draft.layer.leaves(metric)
    return bool(metric.meta.get("about")) or (len(leaves) == 1 and leaves[0].aggregation == "count_distinct")


def _refuse_pairs(draft: Draft, periods: tuple[Period, ...]) -> None:
    """Raise UnclearError where each figure has a period of its own, and where a list of things is by the month."""
    told = [
        "figure" if c.metric and c.metric in [t.metric for t in draft.terms] else "period"
        for c in draft.cs
        if c.metric or c.period
    ]
    pairs = "".join(t[0] for t in told)
    if len(periods) > 1 and len(draft.terms) > 1 and not draft.compare and pairs in ("fpfp", "pfpf"):
        raise UnclearError("two figures, each of a period of its own: one at a time, please")
    things = [d for d in draft.dimensions if not d.startswith("@") and draft.layer.dimensions[d].identifies]
    if not draft.terms and len(things) > 1 and not draft.share:
        raise UnclearError(
            f"a list of {' and '.join(draft.layer.dimensions[d].label.lower() for d in things)}: of which?"
        )
    if not draft.terms and things and any(d.startswith("@") for d in draft.dimensions):
        raise UnclearError("in each period told apart, or in all of them?")


def check_periods(draft: Draft, plan: Plan) -> None:
    """Refuse a period without data."""
    newest, oldest = draft.around.newest, draft.around.oldest
    for period in plan.periods:
        later = period.start > newest and not plan.time  # what is ordered today is shipped later
        if later or period.end < oldest:
            raise RefusedError(f"there is no data for {period.label}: the data goes from {oldest} to {newest}")
    for one, two in itertools.combinations(() if plan.split else plan.periods, 2):
        if one.start <= two.end and two.start <= one.end and (one.start, one.end) != (two.start, two.end):
            raise UnclearError(f"{one.label} and {two.label} overlap: one of them, or each by itself?")


def check_all_used(draft: Draft, plan: Plan) -> None:
    """Ask back when a word that matters was not accounted for, unless it only says again what the plan shows."""
    left = [c for c in draft.cs if not c.used and _matters(c)]
    if left and not all(is_said_again(draft, plan, c) for c in left):
        words = "”, “".join(c.text for c in left)
        raise UnclearError(f"I did not understand what “{words}” should mean here")


def _matters(c: Chunk) -> bool:
    if c.token is not None and c.token.kind == "symbol":
        return c.is_("op", "share")
    if c.period is not None:
        return False
    if c.number is not None:
        return not (c.text.lower() == "one" or c.is_("stop"))
    if c.word.values or c.metric or c.dimension or c.word.superlative[0] or c.word.below_zero:
        return True
    if c.word.verb or c.word.time:
        return False
    if c.is_("stop", "prep", "and", "follow", "q", "rel", "much", "exist", "entityless", "of_total"):
        return False
    return c.is_(*MUST) or not c.grammar
