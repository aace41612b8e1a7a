"""Customers by their first order, and which of them came again: within so many days of it, in a later year, or never.

"Of the customers whose first order was in 2023, what fraction ordered again within 180 days of it", "what share of the
2023 cohort bought again in 2025, by segment". What tells who they are, and what they did later, is taken out of the
question; what is left, groups and conditions on customers, is planned by itself.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from app.answers.layer import Layer
from app.answers.order_gaps import GAPS, IN_MONTHS, LATER, SECOND
from app.answers.plan import Cohort, Filter, Period, Plan, Term
from app.answers.planning.conditions_of_members import Members, has_one, members_counted
from app.answers.planning.draft import Surroundings
from app.answers.planning.later_orders import Later, LaterOrders, named_periods, side_of
from app.answers.planning.outcome import Planned, PlanOf, UnclearError, planned_or_none, trimmed
from app.answers.planning.wholes import SHARE
from app.answers.vocabulary import first_and_later_orders as said

_FIGURES = re.compile(
    r"\b(?:average|mean|median|longest|shortest|typical(?:ly)?|usually|how\s+long|how\s+many\s+days|how\s+much|"
    r"sales|revenue|turnover|profit|margin|spend|spent)\b",
    re.I,
)
_THEM = (
    r"(?:them|these|those|the\s+cohort|each(?:\s+(?:cohort|group))?|"
    r"(?:those|these|the|such)\s+(?:customers|clients|buyers))"
)
_OF_THEM = rf"(?:\s+of\s+{_THEM})?"
_AND_WHAT = (
    r"(?:,?\s+(?:and|as\s+well\s+as|plus|with)\s+|\s*,\s*)(?:(?:what|which)\s+)?(?:(?:is|are)\s+)?(?:the\s+|their\s+)?"
)
_THAT_IS = (
    r"(?:\s+(?:of\s+[\w\s']+?\s+)?(?:is|are|was|were|do|does)\s+(?:that|this|it|they|those)"
    r"(?:\s+(?:make\s+up|represent|of\s+them))?)?"
)
AND_SHARE = re.compile(rf"{_AND_WHAT}{SHARE}{_THAT_IS}\s*$", re.I)
NUMBER_AND_SHARE = re.compile(
    rf"\b(?:how\s+many\s+and\s+what|(?:the\s+)?(?:number|count)\s+and\s+(?:the\s+)?){SHARE}(?:\s+of)?\b"
    rf"|\bhow\s+many\s+(?:\(and\s+what\s+{SHARE}\)|and\s+what\s+{SHARE})(?:\s+of)?",
    re.I,
)
ALL_AND_SHARE = re.compile(
    r"(?:\b(?:report|show|give(?:\s+me)?|tell(?:\s+me)?|list)\s+)?(?:how\s+many\s+(?:(?:new\s+)?customers\s+)?(?:there\s+(?:are|were)|(?:are|were)\s+there|they\s+are|it\s+has)|(?:the\s+|their\s+)?(?:number|count)(?:\s+of\s+(?:all\s+|the\s+)?(?:customers|clients|buyers))?(?:\s+in\s+(?:it|each|them))?)"
    rf"\s*,?\s+(?:and|with|plus|as\s+well\s+as)\s+(?:(?:what|which)\s+)?(?:the\s+)?{SHARE}{_OF_THEM}(?:\s+(?:that|who|which)\b)?",
    re.I,
)
ASKED_SHARE = re.compile(
    rf"\b(?:(?:what|which)(?:\s+(?:is|was|are))?\s+(?:the\s+)?{SHARE}{_OF_THEM}|(?:the\s+|their\s+)?(?<!\d){SHARE}(?=\s+(?:of|that|who|with)\b|\s*$|\s*¦){_OF_THEM}(?:\s+(?:that|who|which)\b)?)"
    rf"|(?:^|\s)%(?=\s+of\b){_OF_THEM}",
    re.I,
)
ASKED_NUMBER = re.compile(
    rf"\bhow\s+many{_OF_THEM}(?=\s|$)|\b(?:the\s+|total\s+)*(?:number|count)\s+of\s+(?=[\w\s'-]*\b{said.WHO}\b)", re.I
)
ASKED_LIST = re.compile(
    rf"^(?:please\s+)?(?:which|list|show(?:\s+me)?|name|find|who\s+are)\s+(?=[\w\s'-]*\b{said.WHO}\b)", re.I
)
LEADING_GROUP = re.compile(
    r"^(?P<group>(?:by|per|for\s+each|in\s+each|for\s+every)\s+[\w-]+(?:\s+[\w-]+)?)\s*[:,–-]\s*(?P<rest>.+)$", re.I
)
_OF_WHOM = re.compile(
    rf"\b(?:(?:out\s+of|of|among|amongst|from|for|considering|taking|take|and|are|is|were|was)\s+)+(?:(?:the|our|those|these|all|of)\s+)*(?=(?:[\w&'-]+\s+){{0,3}}{said.WHO}\b)",
    re.I,
)
_DANGLING = re.compile(
    r"\s+(?:for|of|and|who|that|in|with|the|have|has|had|of\s+(?:them|these|those)|are|is|were|did|do)\s*$", re.I
)
_TELLS = re.compile(
    r"^(?:(?:please|and|report|show|give|tell|me|what|which|is|are|was|the|list|calculate|compute|all|our)\s+)+", re.I
)
_DID, _CAME = " ¦ ", " ‡ "
"""What stands where the words of a later order, and those of when they came, have been taken out."""
_GROUPS = ("@year", "@quarter", "@month")
_HINT = re.compile(
    r"\b(?:again|second|2nd|another|further|repeat\w*|re-?order\w*|re-?purchas\w*|back|retention|retained|cohorts?|never|once|still|started|returned|gained|within|following|one[\s-](?:time|off)|waited|more|first|new\w*|acquired|won|joined)\b",
    re.I,
)


@dataclass
class _Rest:
    """The question as far as it is not yet understood, and what was found in it."""

    text: str
    unit: str = ""
    came: list[Period] = field(default_factory=list)
    is_clause: bool = False

    def take(self, pattern: re.Pattern[str], instead: str = _DID) -> re.Match[str] | None:
        """Take the first match of a pattern out of the question."""
        found = pattern.search(self.text)
        if found is not None:
            self.text = f"{self.text[: found.start()]}{instead}{self.text[found.end() :]}"
        return found


def plan_of_came_again(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of customers who came again, or did not; None where the question tells of nothing of the kind.

    Raises UnclearError where it can be read in two ways.
    """
    customer = around.layer.identifier("customer")
    text = " ".join(trimmed(question).replace("’", "'").split())
    if customer is None or SECOND not in around.layer.metrics or not _HINT.search(text) or _FIGURES.search(text):
        return None
    rest = _Rest(text)
    ranked = rest.take(said.RANKED, "")
    rated = _with_rate_told(rest)
    ahead = rest.take(said.AHEAD, "")
    if ranked is not None:
        rest.text = f"what {rest.text} by {ranked['key'] or ranked['what']}"
    elif (leading := LEADING_GROUP.match(rest.text)) is not None and not said.BY_FIRST_ORDER.match(rest.text):
        rest.text = f"{leading['rest']} {leading['group']}"
    grouped = rest.take(said.GROUPED, "") is not None
    by = rest.take(said.BY_FIRST_ORDER, " ")
    if by is not None:
        rest.unit = next((u for n, u in by.groupdict().items() if n.startswith("unit") and u), "year").lower()
        rest.unit = {"annual": "year"}.get(rest.unit, rest.unit).removesuffix("ly")
        rest.text = re.sub(r"\bcohorts\b(?!\s+\d)", "customers", rest.text, flags=re.I)
    if (grouped and by is None) or not _take_when_they_came(
        rest, plan_of, around, (by["when"] if by is not None else "") or ""
    ):
        return None
    later = _take_what_they_did(rest, plan_of, around, ahead["periods"] if ahead is not None else "", rated)
    if later is None and rest.came and rest.is_clause and not ahead:
        return _who_came(rest, plan_of, around)
    if later is None or not (later.bounds or rest.came or rest.unit):
        return None
    asked = _take_what_is_asked(rest, bool(rated))
    planned = planned_or_none(f"how many {_cleaned(rest.text)}", plan_of)
    members = members_counted(around.layer, planned.plan) if planned is not None and asked else None
    if planned is None or members is None or members.key != customer.name:
        return None
    made = _put_together(planned, members, rest, later, asked, around)
    if made is None or ranked is None:
        return made
    return _ranked(made, ranked)


def _who_came(rest: _Rest, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """ "How many customers placed their first order in 2024, by market": those who came, and nothing more of them."""
    if re.search(r"\bwhose\b", rest.text, re.I) is None:
        asked = _take_what_is_asked(rest, False)
        planned = planned_or_none(f"how many {_cleaned(rest.text)}", plan_of)
        members = members_counted(around.layer, planned.plan) if planned is not None else None
        if planned is not None and members is not None and asked in ("number", "list"):
            return _put_together(planned, members, rest, Later(((),)), asked, around)
    return None


def _ranked(planned: Planned, found: re.Match[str]) -> Planned | None:
    """ "Top 5 countries by repeat rate", "which market has the highest share of …": the first few of the groups."""
    count, plan = (found["count"] or found["number"] or "one").lower(), planned.plan
    number = int(count) if count.isdigit() else int(said.NUMBERS.get(count, 0))
    if not number or len(plan.terms) != 1 or len(plan.dimensions) != 1 or plan.dimensions[0].startswith("@"):
        return None
    low = (found["way"] or found["most"] or found["end"]).lower() in ("lowest", "worst", "smallest", "bottom")
    return replace(planned, plan=replace(plan, order=(("0", not low),), limit=number))


def _with_rate_told(rest: _Rest) -> str:
    """ "Repeat purchase rate of …", "retention of … in 2025": a share of those who came again."""
    retention = next((m for m in (p.search(rest.text) for p in said.RETENTION) if m is not None), None)
    if retention is not None:
        lead = rest.text[: retention.start()]
        rest.text = (
            f"{lead}what share of {retention['whose']} ordered each in {retention['periods']}{retention['rest']}"
        )
        return "retention"
    rate = rest.take(said.REPEAT_RATE, "what share ")
    if rate is None:
        return ""
    rest.take(said.TOLD_RATE, " ")
    if rate["count"]:
        rest.text += f" within {rate['count']} {rate['unit']}s"
    return "repeat"


def _take_when_they_came(rest: _Rest, plan_of: PlanOf, around: Surroundings, when: str = "") -> bool:
    """Take the clause that tells when the customers came; False where it is not understood."""
    if when:
        rest.came = named_periods(when, plan_of) or []
        rest.take(said.NEW_WHENEVER, " ")
        return bool(rest.came) and not any(p.search(rest.text) for p in (*said.NEW_ONES, *said.CAME))
    for pattern in (*said.NEW_ONES, *said.CAME):
        found = pattern.search(rest.text)
        if found is None:
            continue
        told = found.groupdict()
        who = f" {told.get('between') or ''}customers{_CAME}" if pattern in said.NEW_ONES else _CAME
        rest.text = f"{rest.text[: found.start()]}{who}{rest.text[found.end() :]}"
        periods = named_periods(
            told.get("period") or told.get("bare") or told.get("ago") or told.get("edge") or "", plan_of
        )
        if periods and told.get("side"):
            periods = [side_of(periods[0], told["side"].lower() == "since", around)]
        if periods is None or any(p.search(rest.text) for p in (*said.NEW_ONES, *said.CAME)):
            return False
        rest.came = periods
        rest.is_clause = pattern in said.CAME
        if told.get("each") or re.search(r"\bcohorts\b", found[0], re.I):
            rest.unit = rest.unit or (told.get("each") or "year").lower()
        return True
    rest.take(said.NEW_WHENEVER, " ")
    return True


def _take_what_they_did(rest: _Rest, plan_of: PlanOf, around: Surroundings, ahead: str, rated: str) -> Later | None:
    """Take the clause that tells of later orders."""
    told = LaterOrders(rest.came, rest.unit, plan_of, around)
    waited = rest.take(said.WAITED)
    if waited is not None:
        return told.in_time(waited, second=True)
    if rated == "retention":
        each = rest.take(re.compile(rf"\s+ordered\s+each\s+in\s+(?P<periods>{said.PERIODS})", re.I))
        return told.in_periods(each["periods"], each=True) if each is not None else None
    ways = (said.AGAIN, said.NOT_AFTER, said.STILL)
    found = next((m for m in (way.search(rest.text) for way in ways) if m is not None), None)
    if found is None:
        if rest.take(said.ONCE):
            rest.take(said.NOT_ONCE_MORE)
            return Later(((told.orders("=", 1),),), bounds=("ever",))
        if not rated:
            return None
    again = found is None or found.re is not said.STILL
    negated, second = (
        (bool(found["never"]), bool(said.SECOND_TOLD.search(found[0]))) if found is not None else (False, False)
    )
    named = _take_what_follows(rest, found) if found is not None else ""
    told_again = _take_what_is_told_again(rest)
    later_day, until, within = rest.take(said.LATER_DAY), rest.take(said.UNTIL), rest.take(said.WITHIN)
    later_day = later_day or rest.take(said.LATER_DAY) or told_again
    if sum(map(bool, (named, ahead, until, within))) > 1 or (later_day and not within and (named or ahead or until)):
        return None
    if until is not None:
        return told.until(until, negated) if again else None
    if named or ahead:
        if second:
            return told.second_in(named or ahead) if not negated else None
        return told.in_periods(named or ahead, again=again, negated=negated)
    if not again:
        return None
    if within is not None:
        return told.in_time(within, second=second, other_day=later_day is not None, negated=negated)
    if negated:
        rest.take(said.NOT_ONCE_MORE)
    if later_day is not None:
        return Later(((Cohort(told.key, negated, LATER, "", ">=", (1.0,)),),), bounds=("ever",))
    return Later(((told.orders("=", 1) if negated else told.orders(">=", 2),),), bounds=("ever",))


def _take_what_is_told_again(rest: _Rest) -> re.Match[str] | None:
    """ "Came back (placed at least one further order on a later date)": whether it was on a later day."""
    found = said.CALLED_AGAIN.search(rest.text)
    inner = f" {found['inner']}" if found is not None else ""
    again = said.AGAIN.match(inner)
    if found is None or again is None:
        return None
    left = inner[again.end() :]
    later_day = said.LATER_DAY.match(left)
    if not left[later_day.end() if later_day is not None else 0 :].strip():
        rest.text = f"{rest.text[: found.start()]} {rest.text[found.end() :]}"
    return later_day


def _take_what_follows(rest: _Rest, found: re.Match[str]) -> str:
    """Take "ordered again" with the periods right behind it, which are those in which they did."""
    end = f" {rest.text[found.end() :].lstrip()}"
    when = said.IN_PERIODS.match(end)
    rest.text = f"{rest.text[: found.start()]}{_DID}{end[when.end() :] if when is not None else end}"
    rest.take(said.TOO, " ")
    return str(when["periods"] or when["same"] or when["next"]) if when is not None else ""


def _take_what_is_asked(rest: _Rest, rated: bool) -> str:
    """Take the words that ask for a number, a share, both or a list; "" where none does.

    "How many were new in 2024, and what share of them came again" is of all and a share; "how many came again, and what
    share is that" is the number of the same.
    """
    if rest.take(NUMBER_AND_SHARE, " "):
        return "number and share"
    if rest.take(ALL_AND_SHARE, " "):
        return "all and share"
    number = ASKED_NUMBER.search(rest.text)
    if number is not None:
        behind = rest.text[number.end() :]
        rest.take(ASKED_NUMBER, " ")
        share = rest.take(AND_SHARE, " ") or rest.take(ASKED_SHARE, " ")
        if share is None:
            return "number"
        between = behind[: behind.find(share[0].strip())]
        return "all and share" if _CAME.strip() in between and _DID.strip() not in between else "number and share"
    if rest.take(ASKED_SHARE, " ") or rated:
        return "share"
    if rest.take(AND_SHARE, " "):
        return "all and share"
    if rest.take(ASKED_LIST, "") or re.match(rf"^(?:(?:all|the|our|[\w-]+)\s+)?{said.WHO}\b", rest.text, re.I):
        return "list"
    return ""


def _cleaned(text: str) -> str:
    """What is left of the question as the name of some customers, with their groups."""
    text = " ".join(re.sub(r"[,:;()?¦‡]|\s[–-]\s", " ", text).split())
    text = _TELLS.sub("", _OF_WHOM.sub("", f"{text} "))
    text = " ".join(re.sub(r"\bof\s+(?:them|these|those)\b", " ", text).split())
    while (found := _DANGLING.search(f" {text}")) is not None:
        text = f" {text}"[: found.start()].strip()
    text = re.sub(rf"\b({said.WHO})(?:\s+customers\b)+", r"\1", text, flags=re.I)
    return text if re.search(rf"\b{said.WHO}\b", text, re.I) else f"customers {text}".strip()


def _put_together(
    planned: Planned, members: Members, rest: _Rest, later: Later, asked: str, around: Surroundings
) -> Planned | None:
    """The plan of all that was found; None where what is left says more than whose customers and by what."""
    plan, layer = planned.plan, around.layer
    bare = replace(plan, terms=(), dimensions=(), filters=())
    dimensions = tuple(_by_first_order(d, later) for d in plan.dimensions)
    if bare != Plan(()) or plan.tally or any(not _is_of_customers(layer, members, d) for d in dimensions):
        return None
    if any(not _is_of_customers(layer, members, f.dimension) for f in plan.filters):
        return None
    if rest.unit and f"@first_{rest.unit}" not in dimensions:
        dimensions = (f"@first_{rest.unit}", *dimensions)
    theirs, rows = _new_in(members.key, rest, dimensions, around)
    made = _TERMS[asked](members.metric.name, later.cohorts)
    if asked == "list" or (asked == "number" and len(later.cohorts) == 1):
        theirs += later.cohorts[0]
    if asked == "list":
        dimensions = (members.key, *dimensions)
    made_plan = Plan(made, dimensions, (*plan.filters, *rows), cohorts=theirs)
    return Planned(made_plan, planned.confidence, (*planned.notes, *_notes(later, rest, dimensions, plan, around)))


def _share(metric: str, cohorts: Sequence[tuple[Cohort, ...]]) -> tuple[Term, ...]:
    return tuple(Term(metric, cohorts=own, share=True) for own in cohorts)


def _numbers(metric: str, cohorts: Sequence[tuple[Cohort, ...]]) -> tuple[Term, ...]:
    return tuple(Term(metric, cohorts=own) for own in cohorts) if len(cohorts) > 1 else (Term(metric),)


_TERMS: dict[str, Callable[[str, Sequence[tuple[Cohort, ...]]], tuple[Term, ...]]] = {
    "share": _share,
    "number": _numbers,
    "all and share": lambda metric, cohorts: (Term(metric), *_share(metric, cohorts)),
    "number and share": lambda metric, cohorts: (
        *(Term(metric, cohorts=own) for own in cohorts),
        *_share(metric, cohorts),
    ),
    "list": lambda *_: (),
}


def _by_first_order(key: str, later: Later) -> str:
    """ "New customers who came again within 30 days, by quarter": the quarter in which they came."""
    if key in _GROUPS and later.periods:
        raise UnclearError(f"by the {key[1:]} of the first order, or by that of the later ones?")
    return f"@first_{key[1:]}" if key in _GROUPS else key


def _is_of_customers(layer: Layer, members: Members, key: str) -> bool:
    """Whether each customer has one value of a key, so that it can group or choose customers."""
    if key.startswith("@"):
        return key.startswith("@first_")
    return not key.startswith("#") and has_one(layer, members, key)


def _new_in(
    key: str, rest: _Rest, dimensions: Sequence[str], around: Surroundings
) -> tuple[tuple[Cohort, ...], tuple[Filter, ...]]:
    """Those whose first order ever was in the period, or in one of several years."""
    if not rest.came:
        return (), ()
    came = sorted(rest.came, key=lambda p: p.start)
    follows = all(one.end + dt.timedelta(days=1) == two.start for one, two in itertools.pairwise(came))
    if not follows:
        years = tuple(float(p.whole_year) for p in came if p.whole_year)
        if len(years) != len(came) or "@first_year" not in dimensions:
            raise UnclearError("in one of these periods, or in each of them?")
        return (), (Filter("@first_year", "in", years),)
    label = came[0].label if len(came) == 1 else f"{came[0].label} to {came[-1].label}"
    period = Period(came[0].start, came[-1].end, label)
    ordered = Cohort(key, periods=(period,))
    if period.label.startswith("before "):
        return (ordered,), ()
    first = period.label.removeprefix("since ")
    earlier = side_of(replace(period, label=first), False, around)
    return (ordered, Cohort(key, True, periods=(earlier,))), ()


def _notes(later: Later, rest: _Rest, dimensions: Sequence[str], plan: Plan, around: Surroundings) -> tuple[str, ...]:
    found = [
        f"by the {d[7:]} of the first order"
        for d in dimensions
        if d.startswith("@first_") and f"@{d[7:]}" in plan.dimensions
    ]
    bounded = [c for own in later.cohorts for c in own if c.operator in ("<", "<=", "between") and c.metric in GAPS]
    end = max((p.end for p in rest.came), default=around.newest)
    days = max((c.values[-1] * (30 if c.metric in IN_MONTHS else 1) for c in bounded), default=0)
    if bounded and end + dt.timedelta(days=days) > around.newest:
        found.append(f"some of them have not had {later.bounds[-1]} yet since their first order")
    return tuple(found)
