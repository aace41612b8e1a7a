"""Was all of the plan said, and said once? What no words ask for is asked about."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from app.answers.plan import GRAINS, Cohort, Plan
from app.answers.planning.draft import Draft
from app.answers.planning.outcome import UnclearError
from app.answers.vocabulary.beside import OTHER_DEFINITION, with_figures_named

ASKING = ("please", "kindly", "pls", "plz", "you", "to", "me")
THE_ONE_BEFORE = re.compile(
    rf"\b(?P<unit>{'|'.join(GRAINS)})\s+(?:before|prior|earlier|preceding)\b"
    rf"|\b(?:previous|prior|preceding|last)\s+(?P<other>{'|'.join(GRAINS)})(?:'s)?\b",
    re.I,
)
ONE_NUMBER = re.compile(
    r"^\W*(?:\w+\s+){0,2}?(?:how many|how much|(?:what|which) (?:%|percentage|percent|share|proportion|fraction))\b",
    re.I,
)
EACH = re.compile(r"^(?:for |in |of |at |from |to |on |with )?(?:each|every)$", re.I)
POINTS_IN = re.compile(
    r"\b(?:that|the same|those|these) (?:years?|months?|quarters?|weeks?|periods?|time|orders)\b"
    r"|\b(?:among|amongst|of|in) (?:them|those|these)\b",
    re.I,
)
EVER = re.compile(r"\bever\b", re.I)
APART = re.compile(r"\b(?:vs|versus|against|compared)\b", re.I)
IN_MONEY = re.compile(r"\bamounts?\b|\bin (?:dollars|usd|money)\b|\babsolute\b", re.I)
TOGETHER = re.compile(r"\b(?:together|combined|in total|total|sum|overall|altogether|jointly)\b", re.I)
NEVER = re.compile(r"\bnever\b|\bnot (?:once|a single)\b", re.I)
NO_OTHER = re.compile(r"\b(?:only|exclusively|solely|nothing but|purely|entirely)\b", re.I)
PRONOUN = re.compile(
    r"^(?:and |so |ok |now )*(?:what|how) (?:is|are|was|were|about|did|does)?\s*(?:its|their)\b"
    r"|(?<!is )(?<!are )(?<!was )(?<!were )(?<!been )\bthere\W*$"
    r"|\b(?:is|was|were|are) (?:that|those|these)\W*$",
    re.I,
)
BY_ORDER = re.compile(r"\b(?:year|quarter|month|week|date)s? of (?:the |their )?(?:order|ordering|purchase)s?\b", re.I)
PER_FIRST = re.compile(r"^\W*(?:per|for each|in each|for every|within each)\b", re.I)
OR = re.compile(
    r"\bor\b(?! (?:more|less|fewer|higher|lower|above|below|over|under|better|worse|later|earlier)\b)", re.I
)
OPPOSING = ("but", "yet", "while", "whereas", "although", "though")
ONLY_NUMBER = re.compile(r"\b(?:just|only) (?:the|a|their) (?:number|count)\b|\bcount only\b", re.I)
POSITION = re.compile(r"\b(?:position|rank)s?\b", re.I)
VERB = re.compile(r"\b(?:did|do|does|has|have|had|gave|cost|made|brought|earned)\b", re.I)
GROUPING = ("by", "vs", "compare", "or", "grain", "part", "trend", "rank", "sort")
THE_ONE = re.compile(r"\bthe\s+one\s+(?:with|that|which|who|whose)\b", re.I)

EXCEEDS = re.compile(
    r"\b(?:exceed(?:s|ed)?|outsold|outsells?|surpass(?:ed|es)?|overtook|overtakes?)\b(?!\s+[$£€]?\d)", re.I
)
PART_OF_THOSE = re.compile(
    r"\b(?:only|taking|among|of)\b.+\b(?:fraction|share|percentage|proportion|part)\s+of\s+(?:them|those|these)\b", re.I
)
WITH_SHARE = re.compile(
    r"\b(?:with|and|plus)\s+(?:their|its)\s+(?:share|percentage|proportion|fraction)\b"
    r"|\bnumber\s+of\b[^?]*,?\s+(?:and|with|plus)\s+(?:the|what|which)\s+(?:share|percentage|proportion|fraction)\b",
    re.I,
)
EVERY_ONE = re.compile(
    r"\b(?:on|of|in|for|with)\s+every\s+(?:single\s+)?(?:one\s+of\s+(?:them|its|their|those)|(?:order\s+)?line|order)\b",
    re.I,
)


def check_said(draft: Draft, plan: Plan) -> None:
    """Raise UnclearError where the plan holds what was not said, or leaves two things together that were told apart."""
    for check in CHECKS:
        check(draft, plan)


def check_groups_said(draft: Draft, plan: Plan) -> None:
    """ "Please state the ratio", "for corporate customers", "where the shipping …": no groups are asked for."""
    for name in plan.dimensions:
        if name.startswith("@"):
            continue
        told = [i for i, c in enumerate(draft.cs) if c.dimension == name]
        alone = len(plan.dimensions) > 1 and told and all(_is_bare(draft, i) for i in told)
        if told and (alone or all(_is_verb(draft, i) or _is_owner(draft, i) for i in told)):
            raise UnclearError(f"by {draft.layer.dimension(name).label.lower()}, or all together?")


def _is_bare(draft: Draft, i: int) -> bool:
    """Whether one thing alone is named, by no word that makes groups."""
    c, j = draft.cs[i], draft.next(i, "stop", step=-1)
    return not (c.plural or c.metric) and j is not None and draft.cs[j].is_("prep") and not draft.cs[j].is_("by")


def _is_verb(draft: Draft, i: int) -> bool:
    ahead = draft.cs[i - 1] if i else None
    return not draft.cs[i].plural and ahead is not None and ahead.text.lower().split()[-1] in ASKING


def _is_owner(draft: Draft, i: int) -> bool:
    """Whether a noun is who or what some values belong to: "for corporate customers"."""
    if i < 2 or not draft.cs[i].plural:
        return False
    one, two = draft.cs[i - 2], draft.cs[i - 1]
    return one.is_("prep") and not one.is_("by") and not one.content and bool(two.word.values) and not two.key


def _periods_in_a_row(draft: Draft, plan: Plan) -> None:
    """A grain that no word names: "this years sales" names a period."""
    for name in plan.dimensions:
        if name[1:] not in GRAINS or not name.startswith("@") or name == "@day":
            continue
        named = any(c.grain == name and not _in_period(draft, i) for i, c in enumerate(draft.cs))
        told = any(c.is_("trend", "running", "yoy", "growth") for c in draft.cs)
        if not (named or told or plan.split or any(t.running for t in plan.terms)):
            raise UnclearError(f"by {name[1:]}?")


def _in_period(draft: Draft, i: int) -> bool:
    ahead = draft.cs[i - 1].text.lower() if i else ""
    return ahead in ("this", "last", "that", "the last", "past", "current", "same", "the same")


def _one_before(draft: Draft, plan: Plan) -> None:
    """ "The month before" is not the year before."""
    told = {(m["unit"] or m["other"]).lower() for m in THE_ONE_BEFORE.finditer(draft.question)}
    if plan.compare == "year_ago" and told and not told & {"year"}:
        raise UnclearError(f"against the {told.pop()} before, or the year before?")
    grains = {d[1:] for d in plan.dimensions if d.startswith("@")} & set(GRAINS)
    if plan.compare and plan.base is not None and grains & told:
        raise UnclearError("each against the one before it, or against another period?")


def _one_number(draft: Draft, plan: Plan) -> None:
    """ "What percentage of it comes from the ten biggest": one figure, where nothing says of each."""
    listed = [d for d in plan.dimensions if not any(f.dimension == d for f in plan.filters)]
    apart = any(c.is_(*GROUPING) and not (c.is_("rank") and plan.limit) for c in draft.cs)
    heads = any(c.is_("q", "rel") and i for i, c in enumerate(draft.cs[:-1]) if draft.cs[i + 1].key)
    if ONE_NUMBER.search(draft.question) and listed and not (apart or heads or plan.split or plan.together):
        raise UnclearError("one figure, or one for each?")


def _each_of_what(draft: Draft, plan: Plan) -> None:
    """ "At each discount level": what follows "each" makes groups, or there are none."""
    for i, c in enumerate(draft.cs):
        after = draft.chunk(draft.next(i, "stop", "prep", "rank")) if EACH.match(c.text) else None
        if after is None or after.key or after.word.values or after.period or not after.metric:
            continue
        if not plan.dimensions and not any(t.over for t in plan.terms):
            raise UnclearError(f"for each {after.text} of what?")


def _pointed_at(draft: Draft, plan: Plan) -> None:
    """ "That year", "none of those orders": the condition is of the period and the rows that were named."""
    loose = [c for c in _cohorts(plan) if not c.periods and not c.metric]
    if plan.periods and loose and not EVER.search(draft.question) and POINTS_IN.search(draft.question):
        raise UnclearError(f"within {plan.periods[0].label}, or ever?")


def _dated_once(draft: Draft, plan: Plan) -> None:
    """One period that is said once is not the date of the order and that of the shipment, too."""
    said = sum(1 for c in draft.cs if c.period is not None)
    if plan.time and said == 1 and any(c.periods and c.periods == plan.periods for c in _cohorts(plan)):
        raise UnclearError(f"which date is in {plan.periods[0].label}?")


def _told_apart(draft: Draft, plan: Plan) -> None:
    """ "Returned orders against the others": two are shown, or their difference."""
    apart = plan.split or plan.compare or plan.contrast or plan.having or plan.benchmark or len(plan.terms) > 1
    if APART.search(draft.question) and not (apart or plan.dimensions or any(t.share for t in plan.terms)):
        raise UnclearError("which two side by side?")


def _on_this_and_on_that(draft: Draft, plan: Plan) -> None:
    """ "The margin on copiers, and on machines": a figure of each."""
    for i, c in enumerate(draft.cs):
        if not c.is_("and") or c.content:
            continue
        prep, value = draft.chunk(i + 1 if i + 1 < len(draft.cs) else None), draft.chunk(draft.next(i))
        ahead = draft.cs[i - 1] if i else None
        if prep is None or value is None or ahead is None or not prep.is_("prep") or prep.content:
            continue
        shared = {d for d, _ in value.word.values} & {d for d, _ in ahead.word.values}
        repeated = any(o.text.lower() == prep.text.lower() for o in draft.cs[max(0, i - 4) : i])
        merged = any(f.dimension in shared and len(f.values) > 1 for f in plan.filters)
        if merged and repeated and not (plan.split or plan.contrast or shared & set(plan.dimensions)):
            raise UnclearError(f"{ahead.text} and {value.text}: each by itself, or together?")


def _members_told(draft: Draft, plan: Plan) -> None:
    """ "For the states of California and Texas": the one sum of them, or a row of each."""
    for i, c in enumerate(draft.cs):
        after = draft.chunk(draft.next(i))
        if after is None or not (c.dimension and c.plural) or c.metric or c.word.values or draft.entity(c):
            continue
        named = next((f for f in plan.filters if f.dimension == c.dimension and len(f.values) > 1), None)
        first = any(d == c.dimension for d, _ in after.word.values)
        if named and first and c.dimension not in plan.dimensions and not TOGETHER.search(draft.question):
            raise UnclearError(f"the {c.text} together, or each by itself?")


def _growth_of_several(draft: Draft, plan: Plan) -> None:
    """ "Sales growth of Mexico and Brazil": the growth of both together is seldom meant."""
    several = [
        f for f in plan.filters if len(f.values) > 1 and f.operator == "in" and f.dimension not in plan.dimensions
    ]
    rates = [t for t in plan.terms if t.metric and _is_rate(draft, t.metric)]
    if several and (plan.compare or plan.split or rates) and not TOGETHER.search(draft.question):
        raise UnclearError(f"{' and '.join(map(str, several[0].values))}: together, or each by itself?")


def _is_rate(draft: Draft, name: str) -> bool:
    """Whether a metric of two groups together is not the sum of theirs."""
    metric = draft.layer.metric(name)
    return metric.kind == "ratio" or any(leaf.aggregation == "average" for leaf in draft.layer.leaves(metric))


def _one_of_two(_: Draft, plan: Plan) -> None:
    """ "Weekends any better? Weekend vs weekday": groups of a part of the week, of which one alone is left."""
    if any(f.dimension in plan.dimensions and f.dimension[:1] == "@" and len(f.values) == 1 for f in plan.filters):
        raise UnclearError("one of them alone, or all side by side?")


def _years_of_two(draft: Draft, plan: Plan) -> None:
    """ "October compared to September this year": of one year, where one year is told."""
    told = [*plan.periods, *([plan.base] if plan.base else [])]
    months = len(told) == 2 and all((p.end - p.start).days < 31 for p in told)
    named = [c.text for c in draft.cs if c.period is not None and c.period.kind != "same"]
    spoken = sum(1 for text in named if re.search(r"20\d\d|\byear\b", text))
    if (
        months
        and (plan.split or plan.base)
        and len(named) == 2
        and spoken == 1
        and told[0].start.year != told[1].start.year
    ):
        raise UnclearError("both of the same year?")


def _date_that_counts(draft: Draft, plan: Plan) -> None:
    """ "Days to return, per year of order": by the date that is named."""
    orders = draft.layer.main.default_time
    others = [t.metric for t in plan.terms if t.metric and draft.layer.time_of(draft.layer.metric(t.metric)) != orders]
    if (
        others
        and plan.time != orders
        and any(d.startswith("@") for d in plan.dimensions)
        and BY_ORDER.search(draft.question)
    ):
        raise UnclearError("by the date of the order?")


def _each_has_its_best(draft: Draft, plan: Plan) -> None:
    """ "Per region: the top two": the best of each, not of all."""
    things = [d for d in plan.dimensions if not d.startswith("@")]
    if plan.limit and not plan.per and len(things) > 1 and PER_FIRST.search(draft.question):
        raise UnclearError("the best of each, or the best of all?")


def _days_by_name(draft: Draft, plan: Plan) -> None:
    """ "Per status, by return date": the date that counts, not a row for each day."""
    others = [d for d in plan.dimensions if d != "@day"]
    if "@day" in plan.dimensions and others and not any(c.grain == "@day" for c in draft.cs):
        raise UnclearError("by the day, too, or is that only the date that counts?")


def _one_or_the_other(draft: Draft, plan: Plan) -> None:
    """ "Made a loss or had sales below 60,000": either of the two is enough."""
    if len(plan.having) > 1 and OR.search(draft.question):
        raise UnclearError("one of the conditions, or both?")


def _said_twice(_: Draft, plan: Plan) -> None:
    """No figure is shown twice."""
    if len(set(plan.terms)) < len(plan.terms):
        raise UnclearError("the same figure twice: which two do you mean?")


def _elsewhere(draft: Draft, _: Plan) -> None:
    """ "What are its sales": of which one, where no question came before?"""
    if draft.before is None and PRONOUN.search(draft.question):
        raise UnclearError("which one do you mean? Please name it")


def _opposed(draft: Draft, plan: Plan) -> None:
    """ "Lost money in Africa but made some in the US": each of the two has a condition of its own."""
    for at, c in enumerate(draft.cs):
        if c.text.lower() not in OPPOSING:
            continue
        sides = [
            {v for o in part for v in o.word.values if not o.metric} for part in (draft.cs[:at], draft.cs[at + 1 :])
        ]
        for f in plan.filters:
            told = [any((f.dimension, v) in side for v in f.values) for side in sides]
            if f.operator == "in" and len(f.values) > 1 and all(told) and f.dimension not in plan.dimensions:
                raise UnclearError("one condition for each of them: one at a time, please")


def _figure_and_condition(draft: Draft, plan: Plan) -> None:
    """ "The profit of all lines with a negative profit": a condition on it does not show it."""
    named = [c.metric or c.word.below_zero for c in draft.cs if not draft.entity(c)]
    told = [name for name in named if name and not draft.counts_lines(name)]
    shown = {t.metric for t in plan.terms}
    twice = {name for name in told if told.count(name) > 1}
    if (
        plan.terms
        and twice
        and not twice & shown
        and not (plan.having or plan.benchmark or any(t.aggregate or t.share for t in plan.terms))
    ):
        label = draft.layer.metric(sorted(twice)[0]).label.lower()
        raise UnclearError(f"the {label} of those, or how many they are?")


def _only_the_number(draft: Draft, plan: Plan) -> None:
    """ "Orders over $2,000, just the number": one number, no list."""
    if ONLY_NUMBER.search(draft.question) and plan.dimensions and not plan.tally:
        raise UnclearError("how many they are, or a list of them?")


def _amount_or_share(draft: Draft, plan: Plan) -> None:
    """ "How much of it, the amount": money, no share."""
    if plan.terms and all(t.share for t in plan.terms) and IN_MONEY.search(draft.question):
        raise UnclearError("an amount, or a share?")


def _never_at_all(draft: Draft, plan: Plan) -> None:
    """ "Never with a discount": none of its rows is so; rows that are not so say less."""
    held = plan.missing or any(c.negated or c.operator for c in _cohorts(plan)) or plan.having
    negated = any(c.negated for c in _cohorts(plan)) or plan.missing
    flags = any(draft.layer.dimension(f.dimension).about for f in plan.filters if f.dimension in draft.layer.dimensions)
    if NEVER.search(draft.question) and (not held or (flags and not negated)):
        raise UnclearError("never at all, or not in these rows?")


def _nothing_else(draft: Draft, plan: Plan) -> None:
    """ "Orders that hold only supplies" hold nothing else; rows that are supplies say less."""
    counted = {draft.layer.metric(t.metric).meta.get("about") for t in plan.terms if t.metric and not t.share}
    listed = {draft.layer.dimension(d).identifies for d in plan.dimensions if not d.startswith("@")}
    holders = (counted | listed) - {None, ""}
    if not holders or _cohorts(plan) or not NO_OTHER.search(draft.question):
        return
    for i, c in enumerate(draft.cs):
        near = [o for o in draft.cs[max(0, i - 2) : i + 3] if NO_OTHER.search(o.text)]
        if near and any(_is_of_lines(draft, d, holders) for d, _ in c.word.values if not c.metric):
            raise UnclearError(f"{c.text} and nothing else in them, or those with some?")


def _is_of_lines(draft: Draft, name: str, holders: set[str | None]) -> bool:
    """Whether a dimension may differ between the rows of one holder: the products of an order, but not its customer."""
    dimension = draft.layer.dimensions.get(name)
    home = next((m for m in draft.layer.models.values() if name in m.dimensions), None) if dimension else None
    if home is None:
        return False
    keys = {e.name for e in home.entities if e.is_key}
    return "product" in keys and "product" not in holders


def _cohorts(plan: Plan) -> list[Cohort]:
    return [*plan.cohorts, *(c for t in plan.terms for c in t.cohorts)]


def _then_and_now(draft: Draft, plan: Plan) -> None:
    """ "Each market's position in 2023 and in 2026": ranks, not the figures of both."""
    if POSITION.search(draft.question) and (plan.split or plan.compare) and not any(t.rank for t in plan.terms):
        raise UnclearError("the position in each period: one period at a time, please")


def _our_country(draft: Draft, _: Plan) -> None:
    """ "Return rate us last year": the country, or all of our business?"""
    for ahead, c in itertools.pairwise(draft.cs):
        if c.text == "us" and ahead.metric and not VERB.search(draft.question):
            raise UnclearError("the US, or all of us?", [re.sub(r"\bus\b", "in the US", draft.question, count=1)])


def _defined_otherwise(draft: Draft, plan: Plan) -> None:
    """ "Margin (profit / shipping cost)" is no margin."""
    if not plan.contrast and OTHER_DEFINITION.search(with_figures_named(draft.question)):
        raise UnclearError("the figure as it is named, or as it is defined in brackets?")


def _largest_line(draft: Draft, plan: Plan) -> None:
    """ "The largest single order line": their number per line is always one."""
    if any(t.aggregate and t.over == "line" and t.metric and draft.counts_lines(t.metric) for t in plan.terms):
        raise UnclearError("the line with the most of which figure?")


def _mean_of_each_order(draft: Draft, plan: Plan) -> None:
    """A mean per order for each order is the order's own figure: the orders were another figure, no groups."""
    orders = any(
        d in draft.layer.dimensions and draft.layer.dimension(d).identifies == "order" for d in plan.dimensions
    )
    ratios = [draft.metric(t.metric) for t in plan.terms if t.metric and not t.aggregate]
    if orders and any(
        m.kind == "ratio" and m.denominator and draft.metric(m.denominator).meta.get("about") == "order" for m in ratios
    ):
        raise UnclearError("one row for each order, or the number of orders and their mean?")


def _the_one(draft: Draft, plan: Plan) -> None:
    """ "Among products with …, the one with the highest …": a member is asked for, not its figure."""
    if THE_ONE.search(draft.question) and not plan.dimensions:
        raise UnclearError("which one: of what?")


def _all_of_them(draft: Draft, plan: Plan) -> None:
    """ "Sales on returned orders and on orders that were not": a condition that every row fulfils."""
    for f in plan.filters:
        if f.operator != "in" or len(f.values) < 2 or f.dimension in plan.dimensions or TOGETHER.search(draft.question):
            continue
        meanings = draft.around.lexicon.business.values()
        known = {value for m in meanings for dimension, value in m.values if dimension == f.dimension}
        if known and known <= set(f.values):
            raise UnclearError(f"{' and '.join(map(str, f.values))}: together, or each by itself?")


def _one_exceeds_another(draft: Draft, plan: Plan) -> None:
    """ "Sales to consumers exceed those to the others": one figure against another, not a list of them."""
    if EXCEEDS.search(draft.question) and not (plan.having or plan.contrast or plan.benchmark or plan.compare):
        raise UnclearError("which two figures are compared?")


def _part_of_those(draft: Draft, plan: Plan) -> None:
    """ "Taking only lines with …, what fraction of them …": the whole is told apart, too."""
    parts = [t for t in plan.terms if t.share and (t.filters or t.cohorts)]
    if parts and PART_OF_THOSE.search(draft.question) and not (plan.filters or plan.cohorts or plan.periods):
        raise UnclearError("a fraction of which ones?")


def _at_odds(_: Draft, plan: Plan) -> None:
    """ "The last two years, 2025 and 2026": one of them tells the other, but they are not the same days."""
    for one, other in itertools.combinations(plan.periods if plan.split or plan.compare else (), 2):
        first, second = sorted((one, other), key=lambda p: p.start)
        if first.start < second.start <= first.end < second.end:
            raise UnclearError(f"{one.label} or {other.label}? They overlap")


def _in_and_out(_: Draft, plan: Plan) -> None:
    """Members of whom the same is said and denied: a sentence around the question was taken for a part of it."""
    cohorts = _cohorts(plan)
    if any(replace(c, negated=not c.negated) in cohorts for c in cohorts):
        raise UnclearError("with or without those? Both are said")


def _within_what_is_left_out(draft: Draft, plan: Plan) -> None:
    """ "Supplies, not the whole of Office Supplies": all rows of a value are among those that are left out."""
    chosen = [f for f in plan.filters if f.operator == "in" and f.dimension in draft.layer.dimensions]
    for left_out in (f for f in plan.filters if f.operator == "not_in" and f.dimension in draft.layer.dimensions):
        for f in chosen:
            around = {str(a) for v in f.values for a in draft.around.above(f.dimension, left_out.dimension, str(v))}
            if around and around <= {str(v) for v in left_out.values}:
                inner, outer = (draft.layer.dimension(x.dimension).label.lower() for x in (f, left_out))
                told = (
                    f"the {inner} {' and '.join(map(str, f.values))} lies in the {outer} {' and '.join(sorted(around))}"
                )
                raise UnclearError(f"{told}, which is to be left out: with it, or without?")


def _every_one_of_them(draft: Draft, plan: Plan) -> None:
    """ "Products that made a loss on every one of their lines": a condition on each line, not on their sum."""
    of_each = EVERY_ONE.search(draft.question)
    if of_each is not None and not any(c.negated for c in _cohorts(plan)):
        raise UnclearError(f"“{of_each[0]}”: each by itself, or all together?")


def _with_its_share(draft: Draft, plan: Plan) -> None:
    """ "Sales by market, with their share": the figure too, not its share alone."""
    if WITH_SHARE.search(draft.question) and all(t.share for t in plan.terms):
        raise UnclearError("the figure and its share: of which whole?")


CHECKS = (
    check_groups_said, _periods_in_a_row, _one_before, _one_number, _each_of_what, _pointed_at, _dated_once,
    _told_apart, _on_this_and_on_that, _members_told, _growth_of_several, _opposed, _figure_and_condition,
    _only_the_number, _one_of_two, _years_of_two, _date_that_counts, _each_has_its_best, _days_by_name,
    _one_or_the_other, _said_twice, _elsewhere, _amount_or_share, _never_at_all, _nothing_else, _then_and_now,
    _our_country, _defined_otherwise, _largest_line, _mean_of_each_order, _the_one,
    _all_of_them, _one_exceeds_another, _part_of_those, _at_odds, _in_and_out, _within_what_is_left_out,
    _every_one_of_them, _with_its_share,
)  # fmt: skip
