"""A whole and the part of it, each told by a clause: "of those who ordered in 2024, what share ordered in 2025".

Whole and part are planned apart, as questions of how many they are; the part's condition then joins the whole's plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.answers.layer import Layer
from app.answers.plan import Cohort, Plan, Term
from app.answers.planning.conditions_of_members import Members, conditions_of, has_one, members_counted, narrowed
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, UnclearError, planned_or_none, trimmed
from app.answers.words import NUMBER_WORDS

SHARE = r"(?:%|per\s?cent(?:age)?|share|proportion|fraction|part|portion)"
_MEMBERS = r"customers|clients|buyers|shoppers|orders|order\s+lines|lines"
_WHOLE = (
    rf"(?P<whole>(?:[\w'-]+\s+){{0,4}}?(?P<noun>{_MEMBERS})\b(?:\s+(?!how\b|what\b|which\b)(?:[^,:;?]|,(?=\d))+?)?)"
)
_ASKED = rf"(?P<asked>(?:what|which)\s+(?:is\s+the\s+)?{SHARE}|how\s+many)"
_LEAD = r"^(?:of|among|amongst|from|out\s+of|taking|take)\s+(?:all\s+)?(?:the\s+|our\s+|those\s+)?"
# "of the customers who …, what share …", and "what share of the customers who … did …"
TOLD_FIRST = re.compile(
    rf"{_LEAD}{_WHOLE}\s*[,:;–-]*\s+{_ASKED}(?:\s+of\s+(?:them|these|those))?\s+(?P<part>.+)$", re.I
)
JOINED = re.compile(
    rf"^(?P<asked>(?:(?:what|which)\s+(?:is\s+the\s+)?|the\s+)?{SHARE}|how\s+many)\s+of\s+(?:all\s+)?(?:the\s+|our\s+|those\s+)?"
    rf"(?P<both>(?:[\w'-]+\s+){{0,3}}?(?P<noun>{_MEMBERS})\s+.+)$",
    re.I,
)
# "how many customers whose first order was in 2024 ordered again in 2025"
AGAIN = re.compile(
    rf"^(?P<asked>how\s+many)\s+(?P<whole>(?:[\w'-]+\s+){{0,3}}?(?P<noun>{_MEMBERS})\s+(?:whose|who|that)\s+.+?)\s+"
    r"(?P<part>(?:ordered|bought|purchased)\s+(?:something\s+)?again\s+(?:in|during)\s+.+)$",
    re.I,
)
# "of the customers who ordered in 2024, what was their profit in 2025"
EACH_OF_THE_YEARS = re.compile(r"\bin\s+each\s+of\s+the\s+years\b", re.I)
THEIR_FIGURE = re.compile(
    rf"{_LEAD}{_WHOLE}\s*,\s+(?:what\s+(?:is|was|are|were)\s+(?:their|the)|how\s+much)\s+(?P<figure>.+)$", re.I
)
_STEMS = (
    r"(?:(?:comes?|came|is|was|are|were|stems?|stemmed|made|generated|due|attributable|contributed|belongs?)\s+)+"
    r"(?:from|by|to|with)\s+"
)
# "what share of 2026 sales came from customers who …"
OF_A_FIGURE = re.compile(
    rf"^(?:what|which)\s+(?:is\s+the\s+)?{SHARE}\s+of\s+(?P<figure>(?!(?:{_MEMBERS})\b).+?)\s+"
    rf"{_STEMS}"
    rf"(?:the\s+|those\s+|our\s+)?(?P<noun>customers|clients|buyers|shoppers|orders)\s+(?P<rel>who|that|which|whose|with|having)\s+(?P<part>.+)$",
    re.I,
)
# "what share of 2026 sales is due to our 10 biggest customers (by sales in that year)", "to that year's ten biggest"
_NUMBER = rf"(?:\d+|{'|'.join(NUMBER_WORDS)})"
_BEST = r"(?:top|best|biggest|largest|strongest)"
_SAME_TIME = r"(?:that|the(?:\s+same)?)\s+(?:year|period|month|quarter)"
OF_THE_BEST = re.compile(
    rf"^(?:what|which)\s+(?:is\s+the\s+)?{SHARE}\s+of\s+(?:the\s+|our\s+|all\s+)*(?P<figure>(?!(?:{_MEMBERS})\b).+?)\s+{_STEMS}"
    rf"(?:{_SAME_TIME}['’]s\s+|the\s+|our\s+)*(?P<best>(?:{_BEST}\s+{_NUMBER}|{_NUMBER}\s+{_BEST})\s+[\w\s-]+?)"
    rf"(?:\s*\(?\s*\b(?:measured\s+|ranked\s+)?by\s+(?:their\s+)?(?P<by>[\w\s]+?)(?:\s+(?:in\s+)?{_SAME_TIME})?\s*\)?)?$",
    re.I,
)
# "the ten countries with the highest sales" are the ten best by them
_WITH_THE_MOST = re.compile(
    rf"\b(?P<number>{_NUMBER})\s+(?P<noun>\w+)\s+with\s+the\s+(?:most|highest|largest|biggest)\s+(?=[\w\s]+$)", re.I
)
_DOES = re.compile(
    r"\s(?=(?:had|have|has|also|already|did|didn't|were|was|are|ordered|bought|placed|came|spent|purchased|contain\w*|"
    r"never|returned|include\w*|got|consist\w*)\b)",
    re.I,
)
_NOT = re.compile(
    r"^(?:(?:did|do|does|have|has|had|were|was|are|is)(?:\s+not|n['’]?t)|(?:had\s+|have\s+)?never|no\s+longer)\s+(?:yet\s+|ever\s+)?",
    re.I,
)
_NEW = re.compile(r"\b(?:who|that)\s+(?:were|are)\s+new\s+(?=in\b|during\b)", re.I)
_NEGATIONS = re.compile(r"\b(?:nothing|none|not|never|no|without|except|only)\b|n['’]t\b", re.I)
_AGAIN = re.compile(r"\b(?:again|also|already|as\s+well|too)\b\s*", re.I)
_CAME_BACK = re.compile(
    r"\b(?:came|come|coming)\s+back\b(?:\s+(?:to\s+(?:order|buy|us)|with\s+(?:at\s+least\s+one|an?|any|another)\s+order))?"
    r"|\bre-?order(?:ed)?\b",
    re.I,
)
_ANOTHER = re.compile(r"\b(?:placed|made|bought)\s+(?:another|an?|any)\s+(?:order|purchase)\b", re.I)
_THAT_YEAR = re.compile(
    r"\b(?:in\s+|within\s+|during\s+)?(?:that|the|this)(?:\s+very)?\s+same\s+year\b|\b(?:in\s+|within\s+|during\s+)?that\s+year\b",
    re.I,
)
_NEXT_YEAR = re.compile(
    r"\b(?:in\s+)?the\s+(?:following|next|subsequent)\s+year\b|\b(?:in\s+)?the\s+year\s+(?:after|afterwards|later)\b(?!\s+\w)",
    re.I,
)
_BEFORE = re.compile(r"\b(?:before|earlier|previously|before\s+(?:that|then))\s*[?.!]*$", re.I)
_LATER = re.compile(r"\b(?:later|afterwards|since\s+then|after\s+that|next|following|subsequent)\b", re.I)
_EVER = re.compile(r"\bever\b|\bat\s+any\s+time\b", re.I)


@dataclass(frozen=True)
class _Question:
    """A question taken apart: whether a share is asked for, what is counted, the whole and the part in words."""

    share: bool
    noun: str
    whole: str
    part: str


def plan_of_told_whole(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of "of the customers who …, what share …", where the whole is told first and by itself."""
    text = trimmed(question)
    if THEIR_FIGURE.match(text) is not None:
        raise UnclearError("the figure of those who did that: ask for “… of customers who …” by itself")
    match = TOLD_FIRST.match(text) or AGAIN.match(text)
    if match is None:
        return None
    share = not match["asked"].lower().startswith("how")
    if EACH_OF_THE_YEARS.search(match["part"]):
        raise UnclearError("those who did so in all of these years, or in each year by itself?")
    return _made(_Question(share, match["noun"], match["whole"], match["part"]), plan_of, around.layer)


def plan_of_the_best(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """ "What share of 2026 sales is due to our 10 biggest customers": the best by that figure, added up."""
    match = OF_THE_BEST.match(_WITH_THE_MOST.sub(r"\g<number> best \g<noun> by ", trimmed(question)))
    whole = planned_or_none(match["figure"], plan_of) if match is not None else None
    if match is None or whole is None or not _is_one_sum(around.layer, whole.plan) or whole.plan.dimensions:
        return None
    if match["by"]:
        ranked = planned_or_none(match["by"], plan_of)
        if ranked is None or ranked.plan.terms != whole.plan.terms:
            return None  # the best by another figure
    number, noun = re.findall(rf"\b{_NUMBER}\b", match["best"], re.I)[0], _noun(match["best"])
    best = planned_or_none(f"top {number} {noun} by {match['figure']}", plan_of)
    if best is None or not best.plan.limit or best.plan.per or len(best.plan.dimensions) != 1:
        return None
    if replace(best.plan, dimensions=(), limit=None, order=()) != whole.plan or best.plan.order != (("0", True),):
        return None
    plan = replace(best.plan, terms=(replace(best.plan.terms[0], share=True),), together=True)
    return Planned(plan, min(whole.confidence, best.confidence), (*whole.notes, *best.notes))


def _noun(best: str) -> str:
    return re.sub(rf"\b(?:{_BEST}|{_NUMBER})\s+", "", best, flags=re.I)


def plan_of_whole_and_part(question: str, plan_of: PlanOf, layer: Layer) -> Planned | None:
    """The plan of a part of those that a clause tells; None where the question has no such form.

    `plan_of` makes a plan, or raises what it does not understand. Raises UnclearError where the clauses could be
    parted in two ways that say different things.
    """
    found: list[Planned] = []
    for asked in _taken_apart(trimmed(question)):
        made = _made(asked, plan_of, layer)
        if made is not None and all(made.plan != other.plan for other in found):
            found.append(made)
    if len(found) > 1:
        raise UnclearError("which of these conditions tells the whole, and which the part?")
    return found[0] if found else None


def _taken_apart(text: str) -> Iterator[_Question]:
    match = JOINED.match(text)
    if match is None:
        return
    share = not match["asked"].lower().startswith("how")
    for place in _DOES.finditer(match["both"]):
        whole, part = match["both"][: place.start()], match["both"][place.end() :]
        timed = re.search(r"\d{4}|\b(?:last|this)\s+\w+", whole)
        whole = re.sub(r"\s+(?:who|that|which)$", "", whole, flags=re.I) if timed else whole
        ends = re.search(r"\b(?:who|that|which|had|have|has|also|already|were|was|are)$", whole, re.I)
        if (
            not ends
            and not _NEGATIONS.search(whole)
            and (timed or re.search(r"\b(?:who|that|which|whose|with)\b", whole, re.I))
        ):
            yield _Question(share, match["noun"], whole.rstrip(" ,"), part)


def plan_of_share_of_a_figure(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """ "What share of 2026 sales came from customers who had never ordered before": their part of one figure."""
    layer, match = around.layer, OF_A_FIGURE.match(trimmed(question))
    whole = planned_or_none(match["figure"], plan_of) if match is not None else None
    if match is None or whole is None:
        return None
    if match["noun"].lower() == "orders" and match["rel"].lower() in ("with", "having"):
        return None  # a discount is that of lines
    counted = planned_or_none(f"how many {match['noun']}", plan_of)
    members = members_counted(layer, counted.plan) if counted is not None else None
    if members is None or not _is_one_sum(layer, whole.plan):
        return None
    whose = f"{match['rel'].lower()} " if match["rel"].lower() in ("whose", "with", "having") else ""
    part = _part_of(_Question(True, match["noun"], "", whose + match["part"]), whole.plan, members, plan_of, layer)
    told = conditions_of(part.plan, members) if part is not None else None
    cohorts = tuple(c for c in told or () if not _says_the_same(whole.plan, c))
    if part is None or not cohorts or (len(cohorts) < len(told or ()) and not whose):
        return None
    groups = () if part.plan.tally else part.plan.dimensions
    if any(not has_one(layer, members, d) for d in groups):
        return None
    shared = replace(whole.plan.terms[0], share=True, cohorts=cohorts)
    plan = replace(whole.plan, terms=(shared,), dimensions=(*whole.plan.dimensions, *groups))
    return Planned(plan, min(whole.confidence, part.confidence), (*whole.notes, *part.notes))


def _is_one_sum(layer: Layer, plan: Plan) -> bool:
    """Whether a plan shows one figure of some rows and nothing else that has parts: a sum, or a number of orders."""
    rest = replace(
        plan, terms=(), filters=(), periods=(), dimensions=tuple(d for d in plan.dimensions if d.startswith("@"))
    )
    if rest != Plan(()) or len(plan.terms) != 1 or plan.terms[0] != Term(plan.terms[0].metric):
        return False
    metric = layer.metric(plan.terms[0].metric)
    parted = metric.meta.get("about") == "order" or layer.leaves(metric)[0].aggregation == "sum"
    return metric.kind == "simple" and parted and not metric.meta.get("first_of")


def _made(asked: _Question, plan_of: PlanOf, layer: Layer) -> Planned | None:
    whole, members = _whole_of(asked, plan_of, layer)
    base = narrowed(whole.plan, members) if whole is not None and members is not None else None
    if whole is None or members is None or base is None or whole.plan.dimensions:
        return None
    part = _part_of(asked, base, members, plan_of, layer)
    if part is None:
        return None
    plan, planned = _joined(base, part.plan, members, asked.share, layer), part
    if plan is None:
        return None
    return Planned(plan, min(whole.confidence, planned.confidence), (*whole.notes, *planned.notes))


def _whole_of(asked: _Question, plan_of: PlanOf, layer: Layer) -> tuple[Planned | None, Members | None]:
    """The plan of the whole, and what it counts."""
    asked = replace(asked, whole=_NEW.sub("whose first order was ", asked.whole))
    for text in (asked.whole, re.sub(rf"\b({asked.noun})\s+(?:who|that|which)\b", r"\1", asked.whole, flags=re.I)):
        whole = planned_or_none(f"how many {text}", plan_of)
        members = members_counted(layer, whole.plan) if whole is not None else None
        if members is not None:
            return whole, members
    return None, None


def _part_of(asked: _Question, base: Plan, members: Members, plan_of: PlanOf, layer: Layer) -> Planned | None:
    """The plan of the part by itself; one that is negated has its one condition turned round."""
    text = _ANOTHER.sub("ordered", _CAME_BACK.sub("ordered", asked.part))
    if len(_NEGATIONS.findall(text)) > 1:
        return None  # "bought nothing that was not furniture"
    negative = _NOT.match(text)
    told = _in_the_period(text[negative.end() :] if negative else text, base, members)
    planned = planned_or_none(f"how many {asked.noun} {told}", plan_of) if told is not None else None
    if planned is None or members_counted(layer, planned.plan) != members:
        return None
    if negative is None:
        return planned
    conditions = conditions_of(replace(planned.plan, dimensions=()), members)
    if conditions is None or len(conditions) != 1 or planned.plan.tally:
        return None
    turned = replace(conditions[0], negated=not conditions[0].negated)
    return replace(planned, plan=Plan(planned.plan.terms, planned.plan.dimensions, cohorts=(turned,)))


def _in_the_period(text: str, base: Plan, members: Members) -> str | None:
    """The part's clause with its period told outright; None where it is open when that was.

    "That year" is the year of the whole; a clause without any period is about the same one. Orders have one date.
    """
    again = bool(_AGAIN.search(text)) or text.lower().startswith("ordered")
    text = _AGAIN.sub("", text).strip()
    year = base.periods[0].whole_year if len(base.periods) == 1 and not base.time else None
    if not base.periods and len(base.cohorts) == 2 and base.cohorts[0].periods:
        year = base.cohorts[0].periods[0].whole_year  # "whose first order was in 2024"
    if year is not None:
        text = _THAT_YEAR.sub(f"in {year}", text)
        text = _NEXT_YEAR.sub(f"in {year + 1}", text)
        text = _BEFORE.sub(f"before {year}", text)
    if _LATER.search(text) or _THAT_YEAR.search(text) or _BEFORE.search(text):
        return None
    timed = re.search(
        r"\b(?:19|20)\d\d\b|\b(?:last|this|past)\s+\w+|\b(?:q[1-4]|h[12])\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b",
        text,
        re.I,
    )
    if timed or not members.key or members.metric.meta.get("about") == "order":
        return text
    if _EVER.search(text):
        return _EVER.sub("", text)
    if re.match(r"(?:are|were|is|was|come|live)\b", text, re.I):
        return text  # "are corporate": what they are, at any time
    returned = re.search(r"\b(?:return(?:ed)?|sent\s+back|brought\s+back)\b", text, re.I)  # by then, or at any time?
    if returned:
        raise UnclearError("returned an order of that time, at that time, or at any time?")
    if again or len(base.periods) != 1 or base.cohorts or base.time:
        return None
    return f"{text} in {base.periods[0].label}" if year is not None else None


def _joined(base: Plan, part: Plan, members: Members, share: bool, layer: Layer) -> Plan | None:
    """The whole's plan with the part's condition, as the part of a share or as one more condition."""
    groups = () if part.tally else part.dimensions
    if any(not has_one(layer, members, d) for d in groups):
        return None
    if not members.key:
        if replace(part, terms=(), dimensions=(), filters=()) != Plan(()) or not part.filters:
            return None
        if share:
            return replace(
                base, terms=(Term(members.metric.name, filters=part.filters, share=True),), dimensions=groups
            )
        return replace(base, filters=(*base.filters, *part.filters), dimensions=groups)
    cohorts = conditions_of(part if part.tally else replace(part, dimensions=()), members)
    dated = members.metric.meta.get("about") == "order" and base.periods  # an order has one date
    if not cohorts or any(_says_the_same(base, c) or (dated and c.periods) for c in cohorts):
        return None
    if share:
        return replace(base, terms=(Term(members.metric.name, cohorts=cohorts, share=True),), dimensions=groups)
    return replace(base, cohorts=(*base.cohorts, *cohorts), dimensions=groups)


def _says_the_same(base: Plan, cohort: Cohort) -> bool:
    """ "Of those who ordered in 2025, what share ordered again in 2025": what holds of all of the whole."""
    plain = not (cohort.operator or cohort.filters)
    return plain and cohort.periods in (base.periods, *(c.periods for c in base.cohorts))
