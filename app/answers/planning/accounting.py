"""The plan read back against the question: what was said and has left no trace in the plan is asked about."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from app.answers.plan import Cohort, Filter, Plan
from app.answers.planning.draft import COMPARATIVES, Draft
from app.answers.planning.outcome import UnclearError
from app.answers.reading import Chunk

DIFFERENCE = ("difference", "gap")
INEQUALITIES = (">", "<", ">=", "<=")
CHOSEN_BY = re.compile(
    r"\w.*\b(?:who|that|which|whose|where)\b.*\b(?:more|less|fewer|higher|lower|better|worse|greater|bigger|smaller)\b.*\bthan\b",
    re.I,
)  # "markets in which technology is more profitable than furniture"
SUPERLATIVE = re.compile(r"\b(?:\w+est|most|least|best|worst)\b", re.I)
LEAVES_OUT = re.compile(r"exclud|remov", re.I)
FLAGS = ("not returned", "at full price")
TOTALS = ("total", "sum", "amount", "overall")


def check_nothing_lost(draft: Draft, plan: Plan) -> None:
    """Raise UnclearError where a number, a value, a figure or a construction of the question is not in the plan.

    The rules mark what they have used; this does not trust them and looks at the plan alone.
    """
    for check in CHECKS:
        check(draft, plan)
    lost = [c.text for i, c in enumerate(draft.cs) if _is_lost(draft, plan, i, c)]
    if lost:
        raise UnclearError(f"I am not sure what “{'”, “'.join(lost)}” should mean here")


def _check_one_direction(draft: Draft, plan: Plan) -> None:
    moves = {c.payload("growth") for c in draft.cs if c.is_("growth") and not c.content and " or " not in c.text}
    if len(moves) > 1 and plan.compare and not draft.moves:
        raise UnclearError("one that grew and another that fell: one at a time, please")


def _check_one_average(draft: Draft, plan: Plan) -> None:
    kinds = {c.payload("average") for c in draft.cs if c.is_("average") and not c.metric}
    if len(kinds) > 1 and len(plan.terms) < len(kinds):
        raise UnclearError(f"{' and '.join(sorted(kinds))}: one at a time, please")


def _check_rate_of_returned(draft: Draft, plan: Plan) -> None:
    """By what only a returned order has, the return rate is that of returned orders alone."""
    if not any(t.metric and draft.layer.metric(t.metric).name == "return_rate" for t in plan.terms):
        return
    returned = draft.layer.base_of(draft.layer.metric("returns")) if "returns" in draft.layer.metrics else None
    homes = [
        m
        for m in draft.layer.models.values()
        if m is not draft.layer.main and any(e.is_key and e.name == "return" for e in m.entities)
    ]
    about_returns = {d for m in (*homes, *([returned] if returned else [])) for d in m.dimensions}
    if about_returns & {*(f.dimension for f in plan.filters), *plan.dimensions}:
        raise UnclearError("a return rate of returned orders alone is always 100%: which share do you mean?")


def _check_choice_by_two_groups(draft: Draft, plan: Plan) -> None:
    chosen = plan.having or plan.contrast or any(c.operator for c in _cohorts(plan))
    if CHOSEN_BY.search(draft.question) and not chosen and (plan.split or _told_apart(plan)):
        raise UnclearError("I cannot pick by a comparison of two groups' figures; I can show these side by side")


def _check_slash(draft: Draft, plan: Plan) -> None:
    for before, slash, after in zip(draft.cs, draft.cs[1:], draft.cs[2:], strict=False):
        if slash.text == "/" and before.metric and after.metric and len(plan.terms) < 2:
            raise UnclearError(f"{before.text} / {after.text}: both, or the one divided by the other?")


def _check_periods_differ(draft: Draft, plan: Plan) -> None:
    periods = [
        c.period.period for c in draft.cs if c.period is not None and c.period.kind not in ("context", "shift", "same")
    ]
    if len(periods) > len(set(periods)) and (plan.split or plan.compare):
        raise UnclearError("the same period twice: which two do you mean?")


def _check_total_of_a_rate(draft: Draft, plan: Plan) -> None:
    if [t.metric for t in plan.terms] != ["average_discount"]:
        return
    for i, c in enumerate(draft.cs):
        ahead = draft.cs[max(0, i - 3) : i]
        if c.metric == "average_discount" and any(o.text.lower().split()[0] in TOTALS for o in ahead):
            raise UnclearError(
                "the discount given in money, or its average rate?", ["discount given", "average discount"]
            )


def _check_lack(draft: Draft, plan: Plan) -> None:
    """Who or what lacks something: what it lacks has to be said, and nothing beside it."""
    bare = [c for c in plan.cohorts if c.negated and not (c.filters or c.periods or c.operator)]
    if not bare:
        return
    if any((d := draft.layer.dimensions.get(c.dimension)) is not None and d.identifies == "order" for c in bare):
        raise UnclearError("orders that lack what?")
    if plan.terms and (plan.filters or any(c.filters or c.periods for c in plan.cohorts)):
        raise UnclearError("who or what, and who or what not? One condition at a time, please")
    at = next((i for i, c in enumerate(draft.cs) if c.is_("never", "neg")), len(draft.cs))
    if any(
        c.metric and not draft.layer.metric(c.metric).meta.get("about") and not draft.entity(c) for c in draft.cs[at:]
    ):
        raise UnclearError("who or what never had that?")


def _check_percentage_of_another(draft: Draft, plan: Plan) -> None:
    for i, c in enumerate(draft.cs):
        of = draft.chunk(draft.next(i, "stop")) if c.is_("share") and c.text.lower().startswith("as a ") else None
        if of is not None and of.metric and any(t.share and t.metric and t.metric != of.metric for t in plan.terms):
            raise UnclearError(f"a percentage of {of.text}: of the same figure?")


def _names_rows_again(draft: Draft, at: int) -> bool:
    """Whether orders that were already asked for are named once more, for the rows that all figures are of."""
    metric = draft.cs[at].metric
    told = any(c.metric == metric for c in draft.cs[:at])
    return told and draft.metric(metric).meta.get("about") == "order"


def _check_side_by_side(draft: Draft, plan: Plan) -> None:
    """Raise UnclearError where two figures meet without a word that joins them: "how much did the discount cost us"."""
    shown = {t.metric for t in plan.terms}
    places = [
        i for i, c in enumerate(draft.cs) if c.metric in shown and c.metric and not draft.entity(c) and c.role != "rank"
    ]
    whole = any(c.is_("q", "much") or c.text.lower() in ("did", "does", "do", "how", "what") for c in draft.cs[:2])
    for one, two in itertools.pairwise(places):
        between = draft.cs[one + 1 : two]
        if draft.counts_lines(draft.cs[two].metric) and any(c.is_("prep") for c in between):
            continue  # "sales of order lines with …"
        if _names_rows_again(draft, two) and any(c.is_("prep") for c in between):
            continue  # "number of orders and return rate for orders placed in 2026"
        joined = any(
            c.is_("and", "vs", "or", "compare", "ratio", "by", "share", "rank", "op", "neg", "average")
            or c.text.lower() in ("but", "yet", "still", "though", "although", "while")
            for c in between
        )
        if (
            draft.cs[one].metric != draft.cs[two].metric
            and not joined
            and not plan.contrast
            and not draft.moves
            and (between or whole)
            and not plan.order
        ):
            raise UnclearError(f"“{draft.cs[one].text}” and “{draft.cs[two].text}”: one of them, or both?")


def _check_counted_alone(draft: Draft, plan: Plan) -> None:
    """How many countries had a lower margin, grew by half: countries are chosen by that, it is no figure beside."""
    counted = any(t.distinct for t in plan.terms) and not plan.dimensions
    many = any(c.is_("count") and c.text.lower().startswith("how many") for c in draft.cs)
    if counted and (any(h.growth for h in plan.having) or (many and plan.compare and draft.growth)):
        raise UnclearError("how many of them grew or fell by that: I do not see which ones")
    than = any(c.is_("rank") and c.text.lower() in COMPARATIVES for c in draft.cs) and any(
        c.is_("vs") for c in draft.cs
    )
    members = any(t.metric and draft.layer.metric(t.metric).meta.get("about") for t in plan.terms)
    if many and than and members and plan.split and not plan.dimensions:
        raise UnclearError("how many of them did more than before, or the number of them in each period?")
    joined = any(c.is_("and") for c in draft.cs)
    if counted and len(plan.terms) > 1 and not joined:
        raise UnclearError("the number of them, and a figure beside it: which one do you mean?")


def _check_both_periods(draft: Draft, plan: Plan) -> None:
    """ "Lost money in both 2024 and 2025" holds in each of them; a list by the year would not say so."""
    both = any(c.text.lower() in ("both", "in both") for c in draft.cs)
    plain = plan.having and len(plan.periods) == 2 and not any(c.is_("vs", "compare") for c in draft.cs)
    if both and plan.split and plan.limit:
        raise UnclearError("among the best in each of the two, or in the two together?")
    things = any(not d.startswith("@") for d in plan.dimensions)
    if plan.split and plan.having and things and (both or plain):
        raise UnclearError("in each of the two, or in the two together?")


def _check_parted_periods(draft: Draft, plan: Plan) -> None:
    """Two periods with other words between them are told apart only where something joins or compares them."""
    places = [i for i, c in enumerate(draft.cs) if c.period is not None and c.period.kind != "context"]
    if not plan.split or len(places) != 2:
        return
    between = draft.cs[places[0] + 1 : places[1]]
    joined = any(
        c.is_("and", "or", "vs", "compare", "op", "yoy", "rank", "growth", "share", "of_total", "by", "neg")
        for c in between
    )
    joined = joined or any(c.is_("vs", "compare", "growth") for c in draft.cs)
    if between and not joined and any(c.content or c.word.verb or c.is_("repeat") for c in between):
        words = "” and “".join(draft.cs[i].text for i in places)
        raise UnclearError(f"“{words}”: which date is in the one, and which in the other?")


def _check_ranks_groups(draft: Draft, plan: Plan) -> None:
    """A rank of one figure alone says nothing."""
    told = any(c.is_("sort", "entityless") and "rank" in c.text.lower() for c in draft.cs)
    told = told and not any(t.rank for t in plan.terms)
    chosen = any(f.operator == "in" and f.dimension in plan.dimensions for f in plan.filters)
    opens = bool(draft.cs) and draft.cs[0].text.lower().split()[0] in ("rank", "sort", "order", "ranked")
    if told and ((plan.order and not plan.dimensions and not plan.contrast) or (chosen and not opens)):
        raise UnclearError("the rank among which others?")


def _check_ranked_filter(_: Draft, plan: Plan) -> None:
    """ "Is France in the top 5 countries": the best of one are no best."""
    alone = {f.dimension for f in plan.filters if f.operator == "in" and len(f.values) == 1}
    if plan.limit and plan.dimensions and plan.dimensions[-1] in alone:
        raise UnclearError("the best of a single one: the rank among which others?")


def _check_share_of_groups(draft: Draft, plan: Plan) -> None:
    """ "What percentage of countries lost money" is a share of the countries, not of their profit."""
    for i, c in enumerate(draft.cs):
        of = draft.chunk(draft.next(i, "stop")) if c.is_("share") and plan.having else None
        if of is not None and of.key and of.plural and (not of.metric or not draft.entity(of)) and not of.word.values:
            raise UnclearError(f"which share: of the {of.text}, or of their figures?")


def _check_members_of_two_periods(draft: Draft, plan: Plan) -> None:
    """ "Sales of customers who ordered in 2024 and 2025": in both, or each year's own?"""
    if not plan.split or not plan.terms:
        return
    figures = [i for i, c in enumerate(draft.cs) if c.metric and not draft.entity(c)]
    for i, c in enumerate(draft.cs[:-1]):
        told = draft.entity(c) is not None and draft.cs[i + 1].is_("rel") and not draft.cs[i + 1].content
        ahead = any(o.period is not None for o in draft.cs[:i])
        if told and figures and figures[0] < i and not ahead and not any(o.is_("vs", "compare") for o in draft.cs):
            raise UnclearError(f"{c.text} of both periods, or those of each by itself?")


def _check_combined(draft: Draft, plan: Plan) -> None:
    """ "More than furniture and technology together": rows of each do not say it."""
    combined = any(c.text.lower() in ("together", "combined", "altogether") for c in draft.cs)
    more = any(c.is_("rank", "op") and (c.text.lower().split()[0] in COMPARATIVES) for c in draft.cs)
    apart = any(f.dimension in plan.dimensions and len(f.values) > 1 and f.operator == "in" for f in plan.filters)
    if combined and more and apart:
        raise UnclearError("more than each of them, or than all of them together?")


CHECKS = (
    _check_combined, _check_share_of_groups, _check_members_of_two_periods,
    _check_ranked_filter,
    _check_ranks_groups,
    _check_counted_alone, _check_both_periods, _check_parted_periods,
    _check_one_direction, _check_one_average, _check_rate_of_returned, _check_choice_by_two_groups,
    _check_side_by_side, _check_slash, _check_periods_differ, _check_total_of_a_rate, _check_lack,
    _check_percentage_of_another,
)  # fmt: skip
"""Each raises UnclearError where two of a kind were said and one is answered, or where two readings remain."""


def _is_lost(draft: Draft, plan: Plan, i: int, c: Chunk) -> bool:
    if c.period is not None:
        return False
    if c.number is not None and not c.word.kind:
        return not (c.text.lower() == "one" or c.is_("stop", "once") or _has_number(plan, c))
    if c.word.kind:
        ahead = draft.cs[i - 1] if i else None
        ranked = ahead is not None and ahead.is_("rank") and not ahead.is_("average") and not ahead.word.kind
        if ranked and c.metric and c.plural and draft.entity(c) is not None:  # "has more customers"
            return not (c.metric in _figures(draft, plan) or c.dimension in plan.dimensions)
        return _business_lost(draft, plan, c)
    if c.is_("compare") and any(w in DIFFERENCE for w in c.text.lower().split()):
        return not (plan.contrast or plan.compare)
    if c.is_("rank") and c.text.lower() in COMPARATIVES:
        ahead = draft.cs[i - 1] if i else None
        if ahead is not None and ahead.is_("much"):
            return not (plan.contrast or plan.compare)
        return not (_compares(plan) or _told_apart(plan) or _ranks(plan))
    if c.is_("rank", "sort") and not c.is_("stop", "average"):
        if SUPERLATIVE.search(c.text):
            return not (_ranks(plan) or plan.contrast or plan.split or _told_apart(plan))
        return not (_ranks(plan) or _compares(plan))
    if c.is_("ratio"):
        return not (plan.contrast == "ratio" or _has_fraction(draft, plan))
    if c.is_("average") and not c.is_("stop", "op") and c.payload("average") != "average":
        return not _ranks(plan)
    after = draft.chunk(draft.next(i, "stop", "prep"))
    spans = after is not None and after.period is not None  # "over the past 3 months"
    if c.is_("op") and not spans and c.payload("op") in INEQUALITIES and not c.is_("growth", "rank", "prep", "neg"):
        return not (_has_operator(plan) or plan.compare or plan.split or _told_apart(plan) or plan.contrast)
    if c.is_("share") and not c.is_("stop"):
        return not _has_fraction(draft, plan)
    goes_on = c.is_("follow") and (draft.before is not None or not LEAVES_OUT.match(c.text))
    if c.is_("neg", "never") and not goes_on and not c.is_("zero", "stop", "by"):
        return not (_negates(plan) or plan.contrast or (plan.compare and c.text.lower() == "minus"))
    if c.is_("growth", "yoy") and not c.is_("rank", "stop"):
        return not (plan.compare or plan.having or plan.split or draft.has_grain())
    return False


def _has_operator(plan: Plan) -> bool:
    """Whether the plan holds a condition by a number, or shows what it is compared with."""
    if plan.benchmark:
        return True
    told = (
        {h.operator for h in plan.having} | {c.operator for c in _cohorts(plan)} | {f.operator for f in _filters(plan)}
    )
    return bool(told & {">", ">=", "<", "<=", "between"})


def _business_lost(draft: Draft, plan: Plan, c: Chunk) -> bool:
    word = c.word
    alone = not (word.below_zero or word.metric or word.dimension or word.verb or word.time or word.superlative[0])
    if word.values and alone:
        named = {(f.dimension, v) for f in _filters(plan) for v in f.values}
        return not any(pair in named for pair in word.values) and not _is_flag(plan, c)
    if word.metric and not word.dimension and not word.values and draft.entity(c) is None:
        return bool(plan.terms) and not plan.missing and not _has_figure(draft, plan, word.metric)
    return False


def _is_flag(plan: Plan, c: Chunk) -> bool:
    """Whether a value of two is in the plan by its opposite, or as another figure: "not returned", "returned"."""
    dimensions = {d for d, _ in c.word.values}
    return any(f.dimension in dimensions for f in _filters(plan)) or any("return" in t.metric for t in plan.terms)


def _figures(draft: Draft, plan: Plan) -> set[str]:
    names = {t.metric for t in plan.terms if t.metric}
    names |= {c.metric for c in _cohorts(plan) if c.metric}
    names |= {f.dimension[1:] for f in _filters(plan) if f.dimension.startswith("#")}
    for name in list(names):
        metric = draft.layer.metric(name)
        names |= {leaf.name for leaf in draft.layer.leaves(metric)}
        names |= {n for n in (metric.numerator, metric.denominator) if n}
    return names


def _has_figure(draft: Draft, plan: Plan, name: str) -> bool:
    names = _figures(draft, plan)
    metric = draft.layer.metric(name)
    if name in names or metric.meta.get("about") or metric.format == "count":
        return True
    if any(t.aggregate and t.metric == metric.numerator for t in plan.terms):
        return True  # the median of "profit per order" is that of the orders' profits
    return {leaf.name for leaf in draft.layer.leaves(metric)} <= names


def _has_number(plan: Plan, c: Chunk) -> bool:
    value = float(c.number or 0)
    known: set[float] = {float(plan.limit or 0), float(plan.offset + 1), 0.0}
    for values in (
        *(h.values for h in plan.having),
        *(o.values for o in _cohorts(plan)),
        *(f.values for f in _filters(plan)),
    ):
        known |= {float(v) for v in values if isinstance(v, int | float)}
        known |= {float(v) for v in values if isinstance(v, str) and v.isdigit()}
    return any(abs(abs(value) - abs(k)) < 1e-9 or abs(abs(value) / 100 - abs(k)) < 1e-9 for k in known)


def _has_fraction(draft: Draft, plan: Plan) -> bool:
    if plan.compare or plan.contrast == "ratio" or any(h.growth for h in plan.having):
        return True
    return any(
        t.share
        or (
            t.metric
            and (draft.layer.metric(t.metric).kind == "ratio" or draft.layer.metric(t.metric).format == "percent")
        )
        for t in plan.terms
    )


def _negates(plan: Plan) -> bool:
    if plan.missing or plan.having or any(c.negated or c.operator for c in _cohorts(plan)):
        return True
    return any(
        f.operator in ("not_in", "<", "<=", ">", ">=")
        or any(v in FLAGS or v in ("returned", "discounted") for v in f.values)
        for f in _filters(plan)
    )


def _ranks(plan: Plan) -> bool:
    return bool(plan.order or plan.limit or any(t.aggregate or t.rank for t in plan.terms))


def _compares(plan: Plan) -> bool:
    beside = plan.contrast or plan.benchmark
    return bool(plan.compare or plan.split or beside or plan.having or any(c.operator for c in _cohorts(plan)))


def _told_apart(plan: Plan) -> bool:
    """Whether several values of what is grouped by stand side by side, or several figures do."""
    several = {f.dimension for f in plan.filters if f.operator == "in" and len(f.values) > 1}
    return bool(several & set(plan.dimensions)) or len(plan.terms) > 1 or "@day_type" in plan.dimensions


def _cohorts(plan: Plan) -> Iterable[Cohort]:
    return [*plan.cohorts, *(c for t in plan.terms for c in t.cohorts)]


def _filters(plan: Plan) -> Iterable[Filter]:
    return [
        *plan.filters,
        *plan.pick,
        *(f for t in plan.terms for f in t.filters),
        *(f for c in _cohorts(plan) for f in c.filters),
    ]
