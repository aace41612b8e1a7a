"""Has the answer the form that the question asks for? One figure or a list, as many figures as were asked for."""

from __future__ import annotations

import itertools
import re

from app.answers.order_gaps import is_of_all_orders
from app.answers.plan import Plan
from app.answers.planning.conditions_of_members import counts_lines
from app.answers.planning.draft import COMPARATIVES, Draft
from app.answers.planning.named_values import DEGREES
from app.answers.planning.outcome import OpenError, UnclearError
from app.answers.planning.ranks import EACH_OF_THEM
from app.answers.vocabulary.orders_in_a_row import THOSE_WITH_TWO

APART = ("by", "vs", "compare", "or", "share", "grain", "part")
ONE_FIGURE = ("percentage", "percent", "share", "proportion", "fraction", "portion", "part")
FIGURE_ASKED = re.compile(
    r"\bhow (?:many|much)\b|\bwhat did we (?:sell|earn|make|spend)\b"
    rf"|\b(?:what|which) (?:is the )?(?:{'|'.join(ONE_FIGURE)})\b",
    re.I,
)
_MORE_LESS = r"\b(?:more|less|fewer|higher|lower|bigger|smaller|larger|better|worse)\b"
OPPOSED = re.compile(rf"{_MORE_LESS}.*\b(?:but|yet|while|although|though|whereas)\b.*{_MORE_LESS}", re.I)
THE_BEST = re.compile(
    r"\b(?:which|what|who)\b.*\b(?:is|are|was|were|has|had|have) the (?:\w+est|most|least)\b"
    r"|\bthe one \w+ (?:that|which|who|with)\b",
    re.I,
)
_BEST = "most|least|highest|lowest|largest|biggest|smallest|fastest|slowest|worst"
SUPERLATIVE = re.compile(rf"(?<!at )\b(?:{_BEST})\b(?! (?:of|recent|common))", re.I)
AMONG = re.compile(r"\s*(?:among|amongst|of|out of|from|within|for|take|taking)\b", re.I)
AMOUNT_OF = re.compile(r"\b(?:value|worth|amount in dollars|dollar amount)\s+of\s+(?!\$?\d)", re.I)
MUCH = re.compile(r"\s*(?:and\s+|so\s+)?how much\b(?!\s+(?:more|less))", re.I)
WITH_COUNT = re.compile(r"(?:\btheir|\bthe|\band|\bplus|\bwith|\+)\s+(?:\w+\s+)?count\b", re.I)
AT_LEAST_ONE = re.compile(r"\bat least (?:one|1|a single|an?)\b", re.I)
SAME_PERIOD = re.compile(r"\bsame (?:period|time|months?|days|dates|quarter|weeks?|stretch)\b", re.I)
LEAP = 3  # days by which two periods of a year may differ
TOTAL_TOO = re.compile(
    r"\b(?:total|sum|overall)\b|\band\b[^,;.]*\b(?:average|mean|median|avg)\b|\b(?:average|mean|median|avg)\b[^,;.]*\band\b",
    re.I,
)
EVERY_RETURNED = re.compile(
    r"\b(?:have|has|had)\s+every\s+(?:single\s+)?(?:order|one)\b[^?.]*\breturned\b|\breturned\s+(?:every|all\s+of)\b",
    re.I,
)
SOLD_ONES = re.compile(
    r"\b(?:products|articles|items)\s+(?:that\s+)?(?:we\s+(?:have\s+)?(?:ever\s+)?sold|were\s+(?:ever\s+)?sold)\b", re.I
)
BOUND = re.compile(r"\b(?:below|above|exceed\w*|beat\w*|(?:lower|higher|worse|better) than)\b", re.I)
ONE_EACH = re.compile(r"\bsame\s+(?:month|quarter|week)\s+(?:of|in)\s+(?:19|20)\d\d\b", re.I)
BOUND_IN = re.compile(
    r"\b(?:at\s+least|at\s+most|(?:more|less|fewer)\s+than|over|under|above|below)\s+[$€£]?\d[\d,.]*k?(?:\s+(?!in\b)[a-z]+){0,3}\s+(?:in|during|for)\s+((?:19|20)\d\d)\b",
    re.I,
)
BOTH_YEARS = re.compile(r"\b(?:both|all\s+(?:two|three|four))\s+years\b", re.I)
MOVED_MORE = re.compile(
    r"\b(?:rose|grew|grown|increased|fell|dropped|declined|decreased|shrank)\s+(?:by\s+)?(?:more|less|faster|slower)\s+than\s+(?!(?:[$€£]?\d|half\b|a\s+(?:third|quarter|fifth|tenth)\b))",
    re.I,
)
BOTH_FIGURES = re.compile(r"\bin\s+both\s+(?:the\s+)?[a-z]+(?:\s[a-z]+)?\s+and\s+[a-z]+", re.I)
IN_BOTH = re.compile(r"\bboth\s+(?:in\s+)?(?:19|20)\d\d\s+and\s+(?:in\s+)?(?:19|20)\d\d\b", re.I)
BETTER_THAN = re.compile(r"\b(?:higher|lower|better|worse)\s+(?:\w+\s+){0,4}?than\s+(?!(?:by\s+)?[$€£]?\d)", re.I)
EACH_YEARS = re.compile(
    r"\b(?:yoy|year[- ]over[- ]year|year[- ]on[- ]year)\b.*\b20\d\d\s+and\s+(?:for\s+|in\s+)?20\d\d\b", re.I
)
WHAT_SOLD = re.compile(
    r"\bwhat\s+(?:did|do|have|has)\s+(?:we|the\s+company|each\s+\w+)\s+(?:sell|sold)\s+(?:to|in)\b", re.I
)
HOW_MUCH_EACH = re.compile(r"\bhow\s+much\b", re.I)
IN_MONEY = re.compile(r"\bin\s+(?:us\s+)?(?:dollars?|usd|money)\b|\bhow\s+much\s+money\b", re.I)
CAME_BACK = re.compile(
    r"^(?!.*\breturn).*\b(?:customers|buyers|people|clients|who|those)\b[^?.]*\b(?:came|come|comes)\s+back\b|"
    r"\b(?:customers|buyers|clients)\s+(?:(?:who|that)\s+)?(?:have\s+)?returned\s+(?:at\s+least\s+(?:once|twice)|again|more\s+than\s+once)\b",
    re.I,
)
BOTH_WAYS = re.compile(
    r"\b(?:taken\s+together|combined|put\s+together)\b[^?]*\b(?:separately|each|apart|individually)\b", re.I
)
DID_IN_TWO = re.compile(
    r"\b(?:customers|buyers|people)\s+(?:(?:who|that)\s+)?(?:(?:have|had)\s+)?(?:ordered|bought|purchased|placed\s+(?:an\s+order|orders)|(?:with\s+)?orders|were\s+active)\s+"
    r"in\s+20\d\d\s+and\s+in\s+20\d\d\b(?!.*\b(?:each|respectively|separately|apart|compare|versus)\b)",
    re.I,
)
LARGEST_ORDER = re.compile(
    r"\b(?:most\s+valuable|(?:single\s+)?(?:biggest|largest|highest)(?:[\s-]value)?|most\s+expensive)\s+(?:single\s+|individual\s+)?order\b(?!\s+(?:count|number|volume|lines?|value))",
    re.I,
)
MOVED_ONES = re.compile(
    r"^(?:which|list|name)\s+(?:(?:the|all)\s+)?(?!(?:year|period|month|quarter|half|of|had|has|is|was|were|are|one)\b)[a-z]|\bwhose\b|\bproducts\s+(?:in|of|from)\b.*\b(?:rose|fell|grew|dropped)|"
    r"^(?:the\s+|all\s+|our\s+)*[\w-]+(?:\s+(?:in|of|from)\s+[\w\s]+?)?\s+(?:with|that\s+had|having)\s+(?:higher|lower|more|fewer|less|better|worse)\b",
    re.I,
)
_NUMBERED = r"(?:\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|twenty|fifty|hundred)"
_BEST_ONES = r"(?:biggest|largest|best|top|smallest|worst|most\s+\w+|least\s+\w+|highest|lowest|strongest|weakest)"
AMONG_THE_BEST = re.compile(
    rf"\b(?:of|among|amongst|from)\s+(?:the\s+|our\s+)?(?:(?:top|bottom)\s+{_NUMBERED}|{_NUMBERED}\s+(?:{_BEST_ONES}|[\w-]+\s+with\s+the\s+{_BEST_ONES}))\b",
    re.I,
)
WITHIN_DAYS = ("@week", "@month", "@quarter")


def check_form(draft: Draft, plan: Plan) -> None:
    """Raise UnclearError where what the plan would show cannot be what was asked for."""
    if any(h.term >= len(plan.terms) for h in plan.having):
        raise UnclearError("a condition on which figure?")
    for check in CHECKS:
        check(draft, plan)


def _amount_is_asked(draft: Draft, plan: Plan) -> None:
    """ "How much did customers spend", "sold in dollars": an amount, not the number of those who did."""
    numbers = all(t.distinct or (t.metric and draft.metric(t.metric).meta.get("about")) for t in plan.terms)
    if not plan.terms or not numbers or plan.contrast or plan.compare or any(t.share for t in plan.terms):
        return
    much = next((i for i, c in enumerate(draft.cs) if c.text.lower() == "how much"), None)
    done = (
        much is not None
        and any(c.word.verb and not c.metric for c in draft.cs[much:])
        and not draft.cs[much + 1 : much + 2][0].metric
    )
    if (
        done
        or WHAT_SOLD.search(draft.question)
        or (IN_MONEY.search(draft.question) and any(c.word.verb and not c.metric for c in draft.cs))
    ):
        raise UnclearError("their number, or an amount?")


def _customers_came_back(draft: Draft, plan: Plan) -> None:
    """ "Customers who came back", who "returned at least once": with an order, or with what they sent back?"""
    sent_back = any("returned" in f.values for f in (*plan.filters, *(f for t in plan.terms for f in t.filters)))
    if sent_back and CAME_BACK.search(draft.question):
        raise UnclearError("customers who ordered again, or those who returned something?")


def _together_and_apart(draft: Draft, plan: Plan) -> None:
    """ "Phones and Copiers taken together, for Brazil and Mexico separately": what is added up is no group."""
    several = {f.dimension for f in plan.filters if f.operator == "in" and len(f.values) > 1}
    if BOTH_WAYS.search(draft.question) and len(several) > 1 and len(several & set(plan.dimensions)) != 1:
        raise UnclearError("which of these together, and which each by itself?")


def _among_the_best(draft: Draft, plan: Plan) -> None:
    """ "Which of the 50 biggest customers have not ordered in 2026": no 50 biggest of those who have not."""
    if plan.limit and (plan.cohorts or plan.having) and AMONG_THE_BEST.search(draft.question):
        raise UnclearError("those of the best that did so, or the best of those that did? The second I can show")


def _in_both_or_each(draft: Draft, plan: Plan) -> None:
    """ "How many customers ordered in 2024 and in 2025": in both, or in each by itself?"""
    two = len(plan.periods) > 1 or plan.base is not None
    if two and not plan.dimensions and plan.terms and DID_IN_TWO.search(draft.question):
        raise OpenError("in both of these, or in each by itself?")


def _the_largest_order(draft: Draft, plan: Plan) -> None:
    """ "The customer who placed the most valuable order": ranked by single orders, not by all of a customer's."""
    about = [d for d in plan.dimensions if not d.startswith("@") and draft.layer.dimension(d).identifies == "order"]
    single = about or any(t.over or t.aggregate for t in plan.terms) or any(c.ranked for c in plan.cohorts)
    if plan.limit and plan.terms and not single and LARGEST_ORDER.search(draft.question):
        raise UnclearError("by the value of single orders, or of all of theirs?")


def _which_that_moved(draft: Draft, plan: Plan) -> None:
    """ "Chairs with higher sales in 2026 than in 2025": those that are so, no one row of two periods."""
    two = plan.base is not None or (plan.split and len(plan.periods) > 1)
    if two and not plan.dimensions and not plan.contrast and MOVED_ONES.search(draft.question):
        raise UnclearError("which ones? By what, please")


def _as_many_as_asked(draft: Draft, plan: Plan) -> None:
    """ "How many are they, and how much did they spend": two figures."""
    if not (plan.terms or plan.tally) and HOW_MUCH_EACH.search(draft.question):
        raise UnclearError("how much of what?")
    asked = len(FIGURE_ASKED.findall(draft.question))
    if asked > len(plan.terms) and not plan.missing:
        raise UnclearError("several figures at once: one at a time, please")


def _same_figure_twice(draft: Draft, plan: Plan) -> None:
    """ "How many items are in an order, on average": the mean, not the sum and a mean beside it."""
    plain = {t.metric for t in plan.terms if t.metric and not (t.aggregate or t.share or t.filters)}
    means = {t.metric for t in plan.terms if t.metric and t.aggregate}
    asked = {c.payload("average") for c in draft.cs if c.is_("average")}
    if asked == {"average"} | {t.aggregate for t in plan.terms if t.aggregate}:
        plain = {m for m in plain if draft.layer.leaves(draft.metric(m))[0].aggregation != "average"}
    if plain & means and not TOTAL_TOO.search(draft.question):
        raise UnclearError("the total, or the mean of what?")


def _never_sold(draft: Draft, plan: Plan) -> None:
    """Of what was never sold nothing was sold: a count of those that were is not asked for."""
    never = any(c.negated and not (c.filters or c.periods or c.metric or c.operator) for c in plan.cohorts)
    told = [draft.layer.metric(t.metric).meta for t in plan.terms if t.metric]
    counted = plan.missing and len(plan.terms) == 1 and {c.dimension for c in plan.cohorts}.isdisjoint(plan.dimensions)
    if never and plan.dimensions and not counted and any(not meta.get("population") for meta in told):
        raise UnclearError("all of them that were never ordered: listed, or counted as a whole?")


def _lines_of_whom(draft: Draft, plan: Plan) -> None:
    """ "Customers with no discounted lines": they are asked for, not the lines."""
    first = next((c for c in draft.cs[:3] if c.content), None)
    shown = draft.layer.metrics.get(plan.terms[0].metric) if len(plan.terms) == 1 else None
    lines = shown is not None and counts_lines(draft.layer, shown) and not plan.dimensions
    if first is not None and first.plural and draft.entity(first) is not None and lines:
        raise UnclearError(f"the {first.text}, or the lines: which of them do you want to see?")


def _day_by_longer(_: Draft, plan: Plan) -> None:
    """ "Sept 26 revenue per week": the 26th of a September, or the September of 2026?"""
    longer = any(d in WITHIN_DAYS for d in plan.dimensions)
    if longer and plan.periods and all(p.start == p.end for p in plan.periods):
        raise UnclearError(f"a single day, {plan.periods[0].label}, or a longer period?")


def _share_of_itself(draft: Draft, plan: Plan) -> None:
    """ "Which country has the largest share of its market": each lies in one market alone, so that within a country it
    is all, and the best of each is itself."""
    others = [d for d in plan.dimensions if d not in plan.per and not d.startswith("@")]
    inner = [p for p in plan.per if not p.startswith("@")]
    within = any(draft.around.nested(p, o) for p in inner for o in others)
    if within and any(t.share for t in plan.terms):
        raise UnclearError("the share of what in what? In each of these it is all")
    if within and plan.limit:
        raise UnclearError("the best of which ones? Each of these lies in one of the others alone")


def _themselves(draft: Draft, plan: Plan) -> None:
    """ "Furniture sold more and yet lost money itself": a condition on the one of two that are compared."""
    apart = any(t.filters for t in plan.terms) and any(not t.filters for t in plan.terms)
    if apart and re.search(r"\b(?:itself|themselves)\b", draft.question, re.I):
        raise UnclearError("whose figure is that? Please ask for it by itself")


def _only(draft: Draft, plan: Plan) -> None:
    """ "Customers who have only …": a condition, which has to be in the plan."""
    bound = plan.filters or plan.cohorts or plan.having or plan.limit or plan.periods
    told = THOSE_WITH_TWO.sub("", draft.question) if is_of_all_orders(plan) else draft.question
    if re.search(r"\bonly\b", told, re.I) and not (bound or any(t.filters or t.cohorts for t in plan.terms)):
        raise UnclearError("only which ones?")


def _better_than(draft: Draft, plan: Plan) -> None:
    """ "A better margin than the market as a whole": a comparison of figures has to be in the plan."""
    against = any(h.against or h.growth or h.change for h in plan.having)
    held = against or plan.contrast or plan.compare or plan.split or plan.benchmark or plan.tally or plan.cohorts
    if BETTER_THAN.search(draft.question) and not held and not any(t.cohorts or t.filters for t in plan.terms):
        raise UnclearError("higher or lower than what?")


def _bounds(draft: Draft, plan: Plan) -> None:
    """ "Which of them were below the average": a bound of some kind has to be in the plan."""
    bounds = [f.operator for f in plan.filters] + [c.operator for c in plan.cohorts]
    held = plan.having or plan.contrast or plan.compare or plan.split or plan.benchmark
    if BOUND.search(draft.question) and not (held or any(o in ("<", "<=", ">", ">=", "between") for o in bounds)):
        if not any(t.cohorts or t.filters or t.share or t.rank for t in plan.terms) and len(plan.terms) < 2:
            raise UnclearError("above or below what?")
        if plan.limit:
            raise UnclearError("the best of them, and of those the ones above or below what?")


def _each_years_growth(draft: Draft, plan: Plan) -> None:
    """ "YoY growth for 2024 and for 2025": each against its own year before, or the two against each other."""
    if plan.compare and len(plan.dimensions) == 0 and EACH_YEARS.search(draft.question):
        raise UnclearError("the two years against each other, or each against the year before it?")


def _one_row(draft: Draft, plan: Plan) -> None:
    """ "How many customers …" is one number; and nobody counts customers for each customer."""
    identified = {draft.layer.dimension(d).identifies for d in plan.dimensions if not d.startswith("@")} - {""}
    counted = {draft.layer.metric(t.metric).meta.get("about") for t in plan.terms if t.metric and not t.share}
    listed = any(c.is_("by", "rank", "q") for c in draft.cs)
    lead = draft.question.strip().lower().startswith("how many")
    if identified & counted or (lead and identified and not listed):
        raise UnclearError("one number, or a list?")


def _the_best(draft: Draft, plan: Plan) -> None:
    """ "Which is the slowest", "the one that earned most": some of them, not all."""
    ranked = plan.limit or plan.order or plan.contrast or plan.pick or any(t.aggregate or t.rank for t in plan.terms)
    extreme = any(t.aggregate in ("maximum", "minimum") for t in plan.terms)
    if (THE_BEST.search(draft.question) and not (plan.limit or plan.pick or plan.contrast or extreme)) or (
        SUPERLATIVE.search(draft.question) and not ranked
    ):
        raise UnclearError("the best of them, or all?")


def _conditions_of_the_best(draft: Draft, plan: Plan) -> None:
    """ "Among the ten largest, which are below …": a plan keeps the largest of those below."""
    if plan.having and (plan.limit or 0) > 1 and AMONG.match(draft.question):
        raise UnclearError("the best of those, or those of the best?")


def _amounts(draft: Draft, plan: Plan) -> None:
    """ "The value of completed returns" is money; a number of returns does not answer it."""
    formats = {draft.layer.metric(t.metric).format for t in plan.terms if t.metric and not t.share}
    things = any(t.metric and draft.layer.metric(t.metric).meta.get("counts_things") for t in plan.terms)
    much = MUCH.match(draft.question) and not (things or plan.compare or plan.contrast)
    listed = not formats and not plan.missing and bool(plan.filters)
    if (formats == {"count"} and (much or AMOUNT_OF.search(draft.question))) or (
        listed and AMOUNT_OF.search(draft.question)
    ):
        raise UnclearError("their number, or their value?")


def _both(draft: Draft, plan: Plan) -> None:
    """ "Orders that contain both phones and chairs": each of the two, not either."""
    either = [
        f for f in plan.filters if f.operator == "in" and len(f.values) > 1 and f.dimension not in plan.dimensions
    ]
    if either and not plan.cohorts and re.search(r"\bboth\b", draft.question, re.I):
        raise UnclearError("each of the two, or one of them at least?")


def _one_stretch(_: Draft, plan: Plan) -> None:
    """ "Each month against the one before" goes over one stretch of time."""
    if plan.compare in ("previous", "year_ago") and len(plan.periods) > 1 and not plan.split:
        raise UnclearError("which of these periods?")


def _listed_with_count(draft: Draft, plan: Plan) -> None:
    """ "Countries … and their order count" lists countries."""
    if WITH_COUNT.search(draft.question) and any(t.distinct for t in plan.terms) and not plan.dimensions:
        raise UnclearError("how many they are, or each with its number?")


def _counts_of_themselves(draft: Draft, plan: Plan) -> None:
    """Nobody asks how many segments there are in each segment."""
    shown = {draft.layer.dimension(d).identifies for d in plan.dimensions if not d.startswith("@")} - {""}
    keys = {entity.expr for name in shown if (entity := draft.layer.main.entity(name)) is not None}
    leaves = [leaf for t in plan.terms if t.metric for leaf in draft.layer.leaves(draft.metric(t.metric))]
    counted = any(leaf.aggregation == "count_distinct" and leaf.expr in keys for leaf in leaves)
    if any(t.distinct and t.distinct in plan.dimensions for t in plan.terms) or counted:
        raise UnclearError("what should be counted?")


def _at_least_one(draft: Draft, plan: Plan) -> None:
    """ "Orders with at least one such line": orders are counted, not their lines."""
    lines = any(t.metric and draft.counts_lines(t.metric) for t in plan.terms)
    chosen = plan.cohorts or plan.having or any(t.cohorts for t in plan.terms)
    if lines and not chosen and AT_LEAST_ONE.search(draft.question):
        raise UnclearError("lines, or orders with at least one of them?")


def _periods_joined(draft: Draft, plan: Plan) -> None:
    """ "2026 YTD" is one period said twice; two that are compared have a word between them."""
    at = [i for i, c in enumerate(draft.cs) if c.period is not None]
    if (plan.compare or plan.split) and any(after == before + 1 for before, after in itertools.pairwise(at)):
        raise UnclearError("two periods: which of them?")


def _period_of_the_best(draft: Draft, plan: Plan) -> None:
    """ "Sales in 2025 of the top 3 customers of 2024": two periods that nothing compares, the best between them."""
    at = [i for i, c in enumerate(draft.cs) if c.period is not None]
    if len(at) != 2 or not plan.limit or not (plan.compare or plan.split):
        return
    between = draft.cs[at[0] : at[1]]
    compared = any(c.is_("and", "or", "vs", "compare", "growth", "yoy", "much") and not c.content for c in between)
    if not compared and any(at[0] < rank.at < at[1] for rank in draft.ranks):
        raise UnclearError(f"the best of {' or '.join(p.label for p in plan.periods)}?")


def _same_length(draft: Draft, plan: Plan) -> None:
    """ "The same period of the year before" is as long as this one."""
    told = [*plan.periods, *([plan.base] if plan.base else [])] if plan.split or plan.base else []
    days = [(p.end - p.start).days for p in told]
    if len(days) > 1 and max(days) - min(days) > LEAP and SAME_PERIOD.search(draft.question):
        raise UnclearError("the same period of the year before, or all of that year?")


def _each_of_both_years(draft: Draft, plan: Plan) -> None:
    """ "In which months were sales below the same month of 2025": a condition on each month, not the months of both."""
    if plan.split and not plan.having and ONE_EACH.search(draft.question) and BOUND.search(draft.question):
        raise UnclearError("each against the same one of the year before?")


def _grown_of_whom(_: Draft, plan: Plan) -> None:
    """ "How many customers more than doubled their spending": a condition on each of them, not on their number."""
    if plan.having and not (plan.dimensions or plan.split):
        raise UnclearError("which of them fulfil that? One condition at a time, please")


def _bound_of_the_other(draft: Draft, plan: Plan) -> None:
    """ "Spent at least 1,000 in 2024 and more in 2025": a bound on the earlier figure is none on the later one."""
    plain = any(not (h.growth or h.change or h.places or h.against) for h in plan.having)
    told = {int(year) for year in BOUND_IN.findall(draft.question)}
    if plan.base is not None and plain and told - {p.start.year for p in plan.periods}:
        raise UnclearError("the bound in which of the two periods?")


def _held_in_both(draft: Draft, plan: Plan) -> None:
    """ "Profit was negative in both years": a condition on each of two figures, not on rows of years."""
    if plan.compare and "@year" in plan.dimensions and len(plan.dimensions) > 1 and BOTH_YEARS.search(draft.question):
        raise UnclearError("in each of the years?")


def _moved_in_both(draft: Draft, plan: Plan) -> None:
    """ "Grew by at least 10% in both 2024 and 2025": twice, each year against its own year before."""
    if plan.base is not None and any(h.growth or h.change for h in plan.having) and IN_BOTH.search(draft.question):
        raise UnclearError("each of the two against its own year before?")


def _groups_are_said(draft: Draft, plan: Plan) -> None:
    """ "State the total": one noun alone makes no groups; "by", "each" or "which" does, or several of them."""
    for i, c in enumerate(draft.cs):
        if not c.dimension or c.dimension not in plan.dimensions or c.plural or c.metric or not i:
            continue
        ahead = draft.cs[max(0, i - 4) : i]
        others = [o for j, o in enumerate(draft.cs) if j != i and o.dimension == c.dimension]
        alone = all(o.is_("stop") and not o.is_("by", "q", "rel", "rank") for o in ahead)
        after = draft.chunk(i + 1) if i + 1 < len(draft.cs) else None
        if alone and not others and after is not None and after.is_("stop") and not after.content:
            raise UnclearError(f"by {c.text}?")


def _side_by_side_counts(draft: Draft, plan: Plan) -> None:
    """ "How many customers had returns" counts the customers of a kind; it does not show both numbers."""
    shown = {t.metric for t in plan.terms}
    counted = [i for i, c in enumerate(draft.cs) if c.metric in shown and c.metric and c.role != "threshold"]
    for one, two in itertools.pairwise(counted):
        between = draft.cs[one + 1 : two]
        verb = any(c.text.lower() in ("had", "have", "has") for c in between)
        joined = any(c.is_("and", "vs", "or", "by", "per", "compare", "ratio") for c in between)
        if verb and not joined and len(plan.terms) > 1 and draft.cs[one].metric != draft.cs[two].metric:
            raise UnclearError(f"“{draft.cs[one].text}” with “{draft.cs[two].text}”, or both numbers?")


def _one_calendar(_: Draft, plan: Plan) -> None:
    """By day and by month at a time: one of them was meant as the date that the figures go by."""
    if "@day" in plan.dimensions and set(WITHIN_DAYS) & set(plan.dimensions):
        raise UnclearError("by day, or by a longer period?")


def _flags(draft: Draft, plan: Plan) -> None:
    """Returned or not, discounted or not: such flags are told apart when that is said, and never counted."""
    flags = {name for name, dimension in draft.layer.dimensions.items() if dimension.about}
    if any(term.distinct in flags for term in plan.terms):
        raise UnclearError("the number of what?")
    told = any(c.is_(*APART) for c in draft.cs) or any(" or not" in c.text.lower() for c in draft.cs)
    named = {f.dimension for f in plan.filters}
    for name in flags & set(plan.dimensions) - named:
        if not told:
            label = draft.layer.dimension(name).label.lower()
            raise UnclearError(f"those alone, or {label} side by side?")


def _degrees(draft: Draft, _: Plan) -> None:
    """ "High value customers": a degree that is also a value's name stands beside what it is a value of, or another."""
    skipped = ("stop", "prep", "and", "or", "vs")
    for i, c in enumerate(draft.cs):
        if not c.word.values or c.text.lower() not in DEGREES:
            continue
        names = {dimension for dimension, _ in c.word.values}
        nouns = {word for name in names for word in name.split("_")}
        after = draft.chunk(draft.next(i, *skipped))
        noun = after if after is not None and after.content and not after.period else None
        beside = noun or draft.chunk(draft.next(i, *skipped, step=-1))
        if beside is None or not (
            names & {beside.dimension, *(d for d, _ in beside.word.values)}
            or any(word.rstrip("s") in nouns for word in beside.text.lower().split())
        ):
            raise UnclearError(f"“{c.text}”: which figure, and from which number on?")


def _averages(draft: Draft, plan: Plan) -> None:
    """ "More than average", "an average customer": the mean is a bound, or a person that nobody is."""
    for i, c in enumerate(draft.cs):
        if not c.is_("average") or not i:
            continue
        ahead, after = draft.cs[i - 1].text.lower(), draft.chunk(draft.next(i))
        bound = ahead in ("than", "above", "below", "over", "under") or draft.cs[i - 1].is_("op")
        if bound and not (plan.having or plan.cohorts):
            raise UnclearError("compared with the average of what?")
        entity = draft.entity(after) if after is not None else None
        if ahead in ("a", "an") and entity is not None and after is not None and not after.plural:
            raise UnclearError(f"the average over all {entity.label.lower()}s?")


def _one_share(draft: Draft, plan: Plan) -> None:
    """ "What percentage of the customers …" is one figure, not a list of customers with theirs."""
    asked = re.search(rf"\b(?:what|which)\s+(?:%|(?:{'|'.join(ONE_FIGURE)})\b)", draft.question, re.I)
    listed = [d for d in plan.dimensions if not d.startswith("@") and draft.layer.dimension(d).identifies]
    grouped = any(c.is_("by") and after.key and after.role != "rank" for c, after in itertools.pairwise(draft.cs))
    best = (plan.limit or 0) > 1 and any(t.share for t in plan.terms)
    if asked and (listed or (best and not _told_apart(draft))) and not plan.together and not grouped:
        raise UnclearError("one percentage of all of them, or that of each?")


def _told_apart(draft: Draft) -> bool:
    return any(c.text.lower() in EACH_OF_THEM for c in draft.cs)


def _of_all_their_orders(draft: Draft, plan: Plan) -> None:
    """ "Had every order returned": an order that came back is not all of them."""
    if EVERY_RETURNED.search(draft.question) and not any(c.negated for c in plan.cohorts):
        raise UnclearError("all of their orders, or at least one?")


def _never_among_the_sold(draft: Draft, plan: Plan) -> None:
    """ "Of the products we sold, never at full price": those that nobody bought are not among them."""
    if SOLD_ONES.search(draft.question) and plan.missing:
        raise UnclearError("those that were sold, but never so, or those never sold, too?")


def _not_what_it_is(_: Draft, plan: Plan) -> None:
    """ "Products that were not sold in 2026", counted among those sold in 2026: there can be none."""
    if any(
        c.negated and not c.filters and not c.operator and c.periods and c.periods == plan.periods for c in plan.cohorts
    ):
        raise UnclearError("never at all, or not in that time?")


def _which_of_them(draft: Draft, plan: Plan) -> None:
    """ "Which subcategories sold more in the US than in the EU": they are listed, not the markets."""
    if len(draft.cs) < 2 or draft.cs[0].text.lower() not in ("which", "what") or not draft.cs[1].plural:
        return
    noun = draft.cs[1]
    if noun.dimension and not noun.metric and not noun.word.values and noun.dimension not in plan.dimensions:
        raise UnclearError(f"which {noun.text}, or the figure of which others?")


def _changes_of_shares(draft: Draft, plan: Plan) -> None:
    """ "A bigger share than last year", "what fraction of the increase": the shares of two periods do not say it."""
    if any(h.growth and plan.terms[h.term].share for h in plan.having):
        raise UnclearError("a share that grew: I can show those of the two periods side by side")
    if plan.compare and any(t.share for t in plan.terms):
        at = next((i for i, c in enumerate(draft.cs) if c.is_("share")), len(draft.cs))
        change = next((c for c in draft.cs[at:] if c.is_("growth") or c.text.lower() in ("change", "difference")), None)
        if change is not None and not change.is_("rank"):
            raise UnclearError(f"the share in each of the two periods, or that of the {change.text.lower()} itself?")


def _every_comparison(draft: Draft, plan: Plan) -> None:
    """ "Higher sales but lower profit", "sold less but earned more": as many conditions as are opposed."""
    compared = {
        after.metric
        for c, after in zip(draft.cs, draft.cs[1:], strict=False)
        if c.text.lower() in COMPARATIVES and after.metric
    }
    wanted = max(len(compared), 2 if OPPOSED.search(draft.question) else 0)
    cohorts = [*plan.cohorts, *(c for t in plan.terms for c in t.cohorts)]
    held = len(plan.having) + sum(1 for c in cohorts if c.operator) + (1 if plan.contrast else 0)
    held += sum(1 for f in plan.filters if f.operator in ("<", "<=", ">", ">="))
    conditioned = {plan.terms[h.term].metric for h in plan.having}
    apart = bool(plan.compare) and len(compared) > 1 and not compared <= conditioned
    if wanted > max(1, held) or apart:
        raise UnclearError("one comparison at a time, please")


def _each_that_moved(draft: Draft, plan: Plan) -> None:
    """ "Sales rose more than profit", "worse in both sales and profit": no condition on the first figure alone."""
    moved = {h.term for h in plan.having if h.growth or h.change}
    if not moved or len(moved) == len(plan.terms):
        return
    if MOVED_MORE.search(draft.question):
        raise UnclearError("which of them rose more: ask for the growth of both, side by side")
    if BOTH_FIGURES.search(draft.question):
        raise UnclearError("each of the figures, or one of them?")


def _percentages(draft: Draft, plan: Plan) -> None:
    """ "Discounted by 50% or more": a percentage bounds a rate, a share or a growth, no amount and no number."""
    fractions = {c.number for c in draft.cs if c.number is not None and c.unit == "percent"}
    bounds = [
        (plan.terms[h.term].metric, h.values) for h in plan.having if not h.growth and not plan.terms[h.term].share
    ]
    bounds += [(c.metric, c.values) for c in plan.cohorts]
    bounds += [(c.metric, c.values) for t in plan.terms for c in t.cohorts]
    for name, values in bounds:
        rate = name and draft.layer.metric(name).format == "percent"
        if name and not rate and any(abs(v - f) < 1e-9 for v in values for f in fractions):
            raise UnclearError(f"a percentage of {draft.layer.metric(name).label.lower()}: of which figure?")


def _sums(_: Draft, plan: Plan) -> None:
    """Shares of different wholes, each group's own, do not add up."""
    if plan.together and any(term.share and term.filters for term in plan.terms):
        raise UnclearError("a share of each one, or the share that they have together?")


CHECKS = (
    _amount_is_asked,
    _among_the_best,
    _in_both_or_each,
    _which_that_moved,
    _the_largest_order,
    _customers_came_back,
    _together_and_apart,
    _as_many_as_asked, _same_figure_twice, _never_sold, _lines_of_whom, _day_by_longer, _only, _share_of_itself,
    _themselves, _better_than, _bounds, _at_least_one,
    _each_years_growth, _each_of_both_years, _moved_in_both, _grown_of_whom, _held_in_both, _bound_of_the_other,
    _periods_joined, _period_of_the_best, _same_length, _one_row, _the_best, _conditions_of_the_best, _amounts, _both,
    _one_stretch,
    _listed_with_count, _counts_of_themselves, _side_by_side_counts, _one_calendar, _groups_are_said, _flags, _degrees,
    _averages, _one_share, _which_of_them, _not_what_it_is, _of_all_their_orders, _never_among_the_sold,
    _changes_of_shares, _every_comparison, _each_that_moved, _percentages, _sums,
)  # fmt: skip
