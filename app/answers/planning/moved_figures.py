"""Groups and periods told by several clauses about their figures: which rose, which fell, which lies above which.

"In which months did sales drop against the month before although profit rose", "countries with sales of at least 20,000
in 2023 where sales rose by more than 20% in 2024 and again in 2025". The clauses are told apart, each is planned by
itself, and together they become one plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations

from app.answers.dates.calendar import quarter_of, shifted, unit_of, whole, year_ago
from app.answers.plan import GRAINS, Cohort, Having, Period, Plan, Term
from app.answers.planning.draft import Surroundings
from app.answers.planning.moved_shares import SHARE, share_in_two
from app.answers.planning.outcome import Planned, PlanOf, RefusedError, UnclearError, planned_or_none, trimmed
from app.answers.planning.sides import Condition, Side, plan_of_conditions
from app.answers.reading import read
from app.answers.vocabulary.moved_figures import MOVES, SELLS, Bound, Clause, Comparison, Level, Result, Rise, clause_of
from app.answers.vocabulary.moved_questions import (
    AHEAD,
    ANY_MOVE,
    IN_WHICH,
    JOINT,
    LEAD,
    OF_WHICH,
    ONE_THAT,
    RANKED,
    SAID_TWICE,
    STRETCH,
    THINGS_THAT,
    YEAR,
    columns_said,
)
from app.answers.vocabulary.restrictions_behind import Restricted, restricted

_PREVIOUS = re.compile(
    r"^(?:(?:against|versus|vs\.?|compared\s+(?:to|with)|over|on|from|than|relative\s+to|in|that\s+of|of|the)\s+)*"
    r"(?:(?:(?:previous|prior|preceding|last)\s+(?:one|month|quarter|week|year|day))|(?:(?:one|month|quarter|week|year|day)\s+(?:before(?:\s+(?:it|that))?|earlier|prior|preceding(?:\s+it)?))|before)"
    r"(?:['’]s)?(?:\s+(?:figure|value|level|one))?$",
    re.I,
)
_YEAR_AGO = re.compile(
    r"^(?:(?:against|versus|vs\.?|compared\s+(?:to|with)|over|on|from|than|relative\s+to|in|that\s+of|of|the)\s+)*"
    rf"same\s+(?P<unit>month|quarter|week)\s+(?:(?:of|in)\s+)?(?:(?:the\s+)?(?:previous|prior|preceding|last)\s+year|(?:the\s+|a\s+|one\s+)?year\s+(?:before|earlier|ago|prior)|(?P<year>{YEAR}))$",
    re.I,
)
_OVER = re.compile(r"^(?P<unit>month|quarter|week|year|day)[\s-](?:over|on|by)[\s-](?P=unit)$", re.I)
_SAME_OF = re.compile(rf"\bsame\s+(?P<unit>period|time|stretch|months|days)\s+(?:of|in)\s+(?P<year>{YEAR})\b", re.I)
_STEPS = re.compile(rf"({YEAR})\s*(?:to|[-–])\s*({YEAR})\b", re.I)
_EACH_QUARTER = re.compile(
    rf"^(?:in\s+|for\s+)?(?:(?:all\s+(?:of\s+the\s+)?(?:four|4)|every(?:\s+single)?|each(?:\s+of\s+the\s+four)?|all)\s+quarters?)\s+(?:of|in)\s+(?P<year>{YEAR})"
    rf"(?:\s*,?\s+(?:against|versus|vs\.?|compared\s+(?:to|with)|over|on|than)\s+(?:(?:in|that\s+of)\s+)?(?:the\s+)?(?:same|corresponding)\s+quarter\s+(?:(?:of|in)\s+)?(?:(?P<before>{YEAR})|(?:the\s+)?(?:previous|prior|last)\s+year|(?:the\s+|a\s+)?year\s+(?:before|earlier|ago)))?$",
    re.I,
)
_BOTH_YEARS = re.compile(
    rf"^(?:both\s+)?(?:in|for)\s+(?:both\s+|each\s+of\s+)?(?P<one>{YEAR})\s*(?:,|and|,\s*and)\s+(?:in\s+)?(?:again\s+(?:in\s+)?)?(?P<two>{YEAR})$",
    re.I,
)
_IN_A_ROW = re.compile(
    r"\s*\b(?:for\s+)?(?:two|2|three|3|both)\s+(?:consecutive\s+years|years\s+(?:in\s+a\s+row|running|in\s+succession)|times)\b\s*[:,]?\s*",
    re.I,
)
_OF_SIDE = re.compile(
    r"^(?:(?:that|the\s+one|the\s+ones|those|it|the\s+figure|the\s+rate|the\s+level|its|their)\s+(?:(?:was|is|were|are)\s+)?)?(?P<rest>.*)$",
    re.I,
)
PLACES = "countries"
"""What somebody asks for who asks where, and tells nothing else."""

_TIMED = re.compile(
    rf"^(?P<whole>.+?)\s+(?P<when>(?:in|for|during)\s+(?:(?:q[1-4]|h[12])\s+)?(?:{YEAR}|this\s+year|last\s+year))$",
    re.I,
)
_BARE = re.compile(r"^(?:in|for|during|of)\s+", re.I)
_NOW = re.compile(rf"^in\s+(?:(?:q[1-4]|h[12])\s+)?{YEAR}$", re.I)
_AGAINST = re.compile(
    rf"^(?:against|versus|vs\.?|compared\s+(?:to|with)|than\s+in)\s+(?:(?:q[1-4]|h[12])\s+)?{YEAR}$", re.I
)
_EACH_YEAR = re.compile(
    r"\s+in\s+(?:(?:each|both|all)(?:\s+of)?(?:\s+(?:the|these|those))?(?:\s+(?:two|three))?\s+years?)$", re.I
)
_EVERY_YEAR = re.compile(
    rf"^(?:in\s+)?(?:every|each)\s+(?:single\s+)?year\s+(?:from|between)\s+(?P<first>{YEAR})\s+(?:to|until|and|through)\s+(?P<last>{YEAR})$",
    re.I,
)
_DANGLING = re.compile(r"\b(?:compared|against|versus|vs|than|with|to|and|in|of|from|but)$", re.I)
_PREPS = ("", "of ", "in ", "for ", "on ", "from ")


@dataclass(frozen=True)
class _Asked:
    """What is asked for: the groups in the words of the question, whether they are counted, and who plans a part."""

    things: str
    many: bool
    notes: tuple[str, ...]
    shown: frozenset[str]
    clauses: str
    lead: str
    there: bool
    base: Plan
    plan_of: PlanOf
    around: Surroundings
    within: list[Plan] = field(default_factory=list)

    @property
    def grain(self) -> str:
        """The unit of time that the groups are, "" where they are none."""
        name = self.base.dimensions[0]
        return name[1:] if name.startswith("@") and name[1:] in GRAINS else ""

    def figures(self, words: str) -> list[str]:
        """ "Sales and profit": both."""
        words = re.sub(r"^both\s+(?:(?:the|their|its)\s+)?", "", words.strip(), flags=re.I)
        whole = planned_or_none(f"{words} by {self.things}", self.plan_of)
        if whole is not None and len(whole.plan.terms) == 1:
            return [words]
        return [part.strip() for part in re.split(r",\s*(?:and\s+)?|\s+and\s+", words) if part.strip()]


def plan_of_moved_figures(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of the groups or periods that the clauses of a question hold for; None for other questions."""
    behind = restricted(SAID_TWICE.sub("", trimmed(question)))
    text = behind.question
    if ANY_MOVE.search(text) is None or RANKED.search(re.sub(r"\bat\s+(?:least|most)\b", "", text, flags=re.I)):
        return None
    text, counted = _without_count(text)
    for asked in _frames(behind, text, counted, plan_of, around):
        for parts in _split(asked.clauses):
            clauses = [clause_of(part) or (Level(part) if re.search(r"\d", part) else None) for part in parts]
            told = [c for c in clauses if c is not None]
            if len(told) < len(clauses) or not _compares(told):
                continue
            try:
                plan = _planned(asked, told)
            except (UnclearError, RefusedError):
                continue
            if plan is not None and behind.whole:
                plan = _of_whole_ones(plan, asked.grain, around)
            if plan is not None and asked.shown <= _words_of(plan, around):
                return Planned(replace(plan, tally="number") if asked.many else plan, 0.9, asked.notes)
    return None


def _words_of(plan: Plan, around: Surroundings) -> set[str]:
    """The words of the figures that a plan shows."""
    return {w for t in plan.terms if t.metric for w in around.layer.metric(t.metric).label.lower().split()}


def _compares(clauses: list[Clause]) -> bool:
    """Whether clauses tell of more than one figure, so that they are no mere condition."""
    return (
        any(isinstance(c, Rise | Comparison) for c in clauses)
        or sum(1 + bool(_BOTH_YEARS.match(c.when)) for c in clauses if isinstance(c, Result)) > 1
    )


def _without_count(text: str) -> tuple[str, bool]:
    """ "Customers who …: how many?": the number alone."""
    found = re.search(
        r"\s*[:,;–-]\s*how\s+many(?:\s+(?:are\s+(?:there|they)|of\s+them|is\s+that|such\s+\w+))?$", text, re.I
    )
    return (text[: found.start()], True) if found is not None else (text, False)


def _of_whole_ones(plan: Plan, grain: str, around: Surroundings) -> Plan | None:
    """The plan over the months that the data covers whole, as it covers those before them."""
    if not grain or plan.periods or plan.compare != "previous":
        return None
    first, last = unit_of(around.oldest, grain), unit_of(around.newest, grain)
    if first.start < around.oldest:
        first = shifted(first, grain, 1)
    if last.end > around.newest:
        last = shifted(last, grain, -1)
    first = shifted(first, grain, 1)
    return replace(plan, periods=(Period(first.start, last.end, f"{first.label} to {last.label}"),))


def _frames(behind: Restricted, text: str, counted: bool, plan_of: PlanOf, around: Surroundings) -> Iterator[_Asked]:
    """The ways to tell the groups from the clauses, each with what restates the columns left out."""
    lead, led, rest = behind.level, "", text
    opening = LEAD.match(text)
    if opening is not None:
        if lead:
            return
        lead, led, rest = opening["level"], opening["things"], opening["rest"]
    stretch = STRETCH.match(rest)
    over = ""
    if stretch is not None:
        over, rest = stretch["span"], stretch["rest"]
    for form in (AHEAD, IN_WHICH, OF_WHICH, THINGS_THAT, ONE_THAT):
        match = form.match(rest)
        if match is None:
            continue
        told = match.groupdict()
        things = told.get("things") or led or behind.things or (PLACES if told.get("where") else "")
        if not things:
            continue
        if over:
            things = _over(things, over)
        base = planned_or_none(f"{around.layer.main_metric.label} by {things}", plan_of)
        if base is None or len(base.plan.terms) != 1 or len(base.plan.dimensions) != 1 or base.plan.compare:
            continue
        many = counted or bool(told.get("many"))
        notes = (
            (f"where: in which {PLACES}",)
            if things == PLACES and not (led or behind.things) and told.get("where")
            else ()
        )
        for clauses, shown in columns_said(told["clauses"], things, base.plan, around):
            yield _Asked(things, many, notes, shown, clauses, lead, behind.there, base.plan, plan_of, around)


def _over(things: str, span: str) -> str:
    """ "For the months January to October, in which months of 2026 …": the months of that stretch."""
    years = re.findall(rf"\b{YEAR}\b", things)
    if len(years) != 1 or re.search(rf"\b{YEAR}\b", span):
        return f"{things} {span}"
    bare = re.sub(rf"\s+(?:of|in)\s+{YEAR}\b", "", things)
    return f"{bare} from {re.sub('^from ', '', span, flags=re.I)} {years[0]}"


def _split(text: str) -> Iterator[list[str]]:
    """Each way to part the clauses of a text, the most clauses first."""
    places = [m for m in JOINT.finditer(text) if m.start() > 0]
    if len(places) > 5:
        return
    for number in range(len(places), -1, -1):
        for chosen in combinations(places, number):
            starts, ends = [0, *(m.end() for m in chosen)], [*(m.start() for m in chosen), len(text)]
            parts = [text[a:b].strip() for a, b in zip(starts, ends, strict=True)]
            if all(parts):
                yield parts


def _planned(asked: _Asked, clauses: list[Clause]) -> Plan | None:
    clauses = _with_neighbours(clauses, asked.around.layer.main_metric.label if asked.lead else "")
    if asked.lead:
        clauses = [*clauses, Level(asked.lead)]
    return _of_periods(asked, clauses) if asked.grain else _of_groups(asked, clauses)


def _with_neighbours(clauses: list[Clause], main: str) -> list[Clause]:
    """The clauses with what they leave to a neighbour: "rose from 2023 to 2024 and again from 2024 to 2025"."""
    found: list[Clause] = []
    before: Rise | None = None
    for clause in clauses:
        if isinstance(clause, Rise):
            figure = clause.figure
            if not figure or re.fullmatch(r"(?:it|this|that|they)", figure, re.I):
                figure = before.figure if before is not None else figure or main
            bound = before.bound if clause.again and clause.bound is None and before is not None else clause.bound
            up = clause.up if clause.up is not None or before is None else before.up
            if not figure or up is None:
                raise UnclearError("which figure went which way?")
            clause = replace(clause, figure=figure, up=up, bound=bound)
            before = clause
        found.append(clause)
    return found


def _way(up: bool | None, bound: Bound | None) -> tuple[str, float | None, bool]:
    """The operator, the value and whether it is one of growth, of a move or a distance."""
    if bound is None:
        return (">" if up else "<"), None, False
    if up:
        return bound.operator, bound.value, bound.kind == "growth"
    turned = bound.operator.replace(">", "x").replace("<", ">").replace("x", "<")
    return turned, -bound.value, bound.kind == "growth"


def _of_periods(asked: _Asked, clauses: list[Clause]) -> Plan | None:
    """Months, quarters, … each against the one before, or against the same one of the year before."""
    relations: set[str] = set()
    terms: list[Term] = []
    having: list[Having] = []
    plan: Plan | None = None
    for clause in clauses:
        if isinstance(clause, Level | Result):
            found = _bounded(asked, clause)
            added = [(found.terms[h.term], h) for h in found.having]
            own = found
        else:
            words, when, operator, value, growth = _step_of(clause, asked.around.layer.main_metric.label)
            within = ""
            if isinstance(clause, Rise) and clause.year_before:
                within, when = when, "same month of last year".replace("month", asked.grain)
            if when:
                relation = _relation(when, asked)
                if not relation:
                    return None
                relations.add(relation)
            added = []
            own = asked.base
            for figure in asked.figures(words):
                own = asked.plan_of(f"{figure} by {asked.things} {within}".strip()).plan
                if len(own.terms) != 1 or own.dimensions != asked.base.dimensions or own.having or own.compare:
                    return None
                moved = growth or value is None
                added.append((own.terms[0], Having(0, operator, (value or 0.0,), growth=moved, change=not moved)))
        if plan is not None and (set(plan.filters) != set(own.filters) or plan.periods != own.periods):
            return None
        plan = plan or own
        for term, condition in added:
            if term not in terms:
                terms.append(term)
            having.append(replace(condition, term=terms.index(term)))
    if asked.grain == "year" and not relations:
        relations = {"previous"}
    if plan is None or len(relations) != 1:
        return None
    return replace(plan, terms=tuple(terms), compare=relations.pop(), having=tuple(having), order=())


def _step_of(clause: Rise | Comparison, main: str) -> tuple[str, str, str, float | None, bool]:
    """The figure, what it is compared with, and how."""
    operator, value, growth = _way(clause.up, clause.bound)
    if isinstance(clause, Rise):
        return clause.figure, clause.when, operator, value, growth
    figure = clause.figure or (main if SELLS.match(clause.did) else "")
    if not figure:
        raise UnclearError("compared by which figure?")
    words = f"{figure} of {clause.who}" if clause.who else figure
    return words, clause.other, operator, value, growth


def _relation(when: str, asked: _Asked) -> str:
    """Which other period each is compared with: "previous" or "year_ago", "" where that is not told."""
    when = when.strip(" ,")
    again = _YEAR_AGO.match(when)
    if again is not None:
        if again["unit"].lower() != asked.grain:
            return ""
        told = {p.start.year for p in asked.base.periods} | {p.end.year for p in asked.base.periods}
        return "year_ago" if not again["year"] or told == {int(again["year"]) + 1} else ""
    over = _OVER.match(when)
    if over is not None:
        unit = over["unit"].lower()
        return "previous" if unit == asked.grain else "year_ago" if unit == "year" else ""
    before = _PREVIOUS.match(when)
    if before is None:
        return ""
    unit = re.search(r"\b(month|quarter|week|year|day)\b", when, re.I)
    if unit is None or unit[0].lower() == asked.grain:
        return "previous"
    return "year_ago" if unit[0].lower() == "year" else ""


def _bounded(asked: _Asked, clause: Level | Result) -> Plan:
    """The plan of a condition of another kind. Raises UnclearError where it is more than bounds on figures."""
    if isinstance(clause, Result):
        found = asked.plan_of(f"profit by {asked.things} {clause.when}").plan
        found = replace(found, having=(Having(0, ">" if clause.gain else "<", (0.0,)),))
    else:
        kept = next(
            (
                p
                for had in ("", "had ", "with ", "that have ", f"had {asked.around.layer.main_metric.label} of ")
                if (p := planned_or_none(f"which {asked.things} {had}{clause.text}", asked.plan_of)) is not None
                and p.plan.having
            ),
            None,
        )
        if kept is None:
            raise UnclearError(f"“{clause.text}”: please ask for that by itself")
        found = kept.plan
    bare = replace(found, terms=(), having=(), dimensions=(), periods=(), order=(), filters=(), notes=())
    plain = all(not (h.against or h.growth or h.change or h.places) for h in found.having)
    if bare != Plan(()) or not plain or found.dimensions != asked.base.dimensions or len(found.periods) > 1:
        raise UnclearError("which condition is that? One at a time, please")
    return found


def _of_groups(asked: _Asked, clauses: list[Clause]) -> Plan | None:
    """Countries, customers, … by their figures in periods, or of parts of their rows."""
    rises = [c for c in clauses if isinstance(c, Rise)]
    whens = [c.when for c in rises if c.when]
    conditions: list[Condition] = []
    sides: tuple[Side, Side] | None = None
    words = ""
    for clause in clauses:
        if isinstance(clause, Rise):
            shared = _shared_when(whens)
            when = shared if shared and (not clause.when or clause.when in shared) else clause.when
            for figure in asked.figures(clause.figure):
                conditions += _rise(asked, replace(clause, figure=figure), when)
        elif isinstance(clause, Comparison):
            made = _comparison(asked, clause, words, sides, _shared_when(whens))
            if made.right is not None:
                sides = (made.left, made.right)
            conditions.append(made)
            words = clause.figure or words
        else:
            conditions += _levels(asked, clause, conditions)
    if not conditions:
        raise UnclearError("which figures are compared?")
    base = asked.base
    if asked.within:  # shares of what each lies in
        base = replace(base, dimensions=asked.within[0].dimensions, per=asked.within[0].per)
    plan = plan_of_conditions(base, conditions)
    return _with_rows_in_all(plan, conditions) if asked.there else plan


def _with_rows_in_all(plan: Plan, conditions: list[Condition]) -> Plan:
    """The plan of those alone that have rows in each of the periods that are compared."""
    told = dict.fromkeys(s.period for c in conditions for s in (c.left, c.right) if s is not None)
    filters = tuple(f for f in plan.filters if f.dimension not in plan.dimensions)
    found = (Cohort(plan.dimensions[0], filters=filters, periods=(p,)) for p in told if p is not None)
    return replace(plan, cohorts=tuple(dict.fromkeys((*plan.cohorts, *found))))


def _shared_when(whens: list[str]) -> str:
    """The time of the clauses that tell one; "in 2025" and "compared with 2024" are two pieces of one."""
    told = list(dict.fromkeys(whens))
    if len(told) == 2 and _NOW.match(told[0]) and _AGAINST.match(told[1]):
        return " ".join(told)
    return told[0] if len(told) == 1 else ""


def _side(asked: _Asked, plan: Plan, period: Period | None) -> Side:
    """The figure of a plan. Raises UnclearError where the plan is more than one figure of each group."""
    bare = replace(
        plan, terms=(), dimensions=(), filters=(), periods=(), base=None, compare="", order=(), per=(), notes=()
    )
    apart = any(f.dimension in plan.dimensions and f not in asked.base.filters for f in plan.filters)
    if bare != Plan(()) or len(plan.terms) != 1 or plan.dimensions[:1] != asked.base.dimensions or apart:
        raise UnclearError("one figure of each of them at a time, please")
    if plan.per or plan.dimensions != asked.base.dimensions:
        asked.within.append(plan)
    return Side(plan.terms[0], plan.filters, period)


def _move(asked: _Asked, clause: Rise | Comparison, plan: Plan) -> Condition:
    """The condition that a figure moved from one period of a plan to the other."""
    if plan.base is None or len(plan.periods) != 1:
        raise UnclearError("from which period to which?")
    operator, value, growth = _way(clause.up, clause.bound)
    left, right = (_side(asked, plan, p) for p in (plan.periods[0], plan.base))
    return Condition(left, operator, right, value, growth, moved=True)


def _rise(asked: _Asked, clause: Rise, when: str) -> list[Condition]:
    """The conditions of one clause, several where it tells of years in a row."""
    when = _as_periods(when, asked.around)
    if clause.year_before and not when:
        when = "year to date against the same period last year"
    if not when or MOVES.search(when) or _DANGLING.search(when):
        raise UnclearError("one move at a time, please")
    quarters = _EACH_QUARTER.match(when)
    if quarters is not None:
        side = _side(asked, asked.plan_of(f"{clause.figure} by {asked.things}").plan, None)
        operator, value, growth = _way(clause.up, clause.bound)
        year = int(quarters["year"])
        if quarters["before"] and int(quarters["before"]) != year - 1:
            raise UnclearError("against which quarters?")
        return [
            Condition(replace(side, period=p), operator, replace(side, period=year_ago(p)), value, growth, moved=True)
            for p in (quarter_of(year, q) for q in range(1, 5))
        ]
    both = _BOTH_YEARS.match(when)
    steps = _STEPS.findall(when)
    every = _EVERY_YEAR.match(when)
    if every is not None:
        steps = [(y, y + 1) for y in range(int(every["first"]), int(every["last"]))]
    times = [f"in {both['one']}", f"in {both['two']}"] if both is not None else [f"from {a} to {b}" for a, b in steps]
    if len(times) < 2:
        times = [when]
    return [_move(asked, clause, _in_two(asked, clause.figure, one)) for one in times]


def _in_two(asked: _Asked, figure: str, when: str) -> Plan:
    """The plan of a figure, or of a share, in a period and in the one that it is compared with."""
    share = SHARE.match(figure)
    if share is None:
        return asked.plan_of(f"growth of {figure} by {asked.things} {when}".strip()).plan
    plan = share_in_two(asked.things, share["whole"], when, asked.plan_of, asked.around)
    if plan is None:
        raise UnclearError("the share of what in what?")
    return plan


def _as_periods(when: str, around: Surroundings) -> str:
    """The words of a time in those that the planner knows."""
    when = _IN_A_ROW.sub("", when).strip(" ,():")
    return _SAME_OF.sub(lambda m: _last_year(m, around), when)


def _last_year(found: re.Match[str], around: Surroundings) -> str:
    return "same period last year" if int(found["year"]) == around.newest.year - 1 else found[0]


def _comparison(asked: _Asked, clause: Comparison, words: str, sides: tuple[Side, Side] | None, when: str) -> Condition:
    """The condition that one figure lies above or below another one."""
    operator, value, growth = _way(clause.up, clause.bound)
    if growth:
        raise UnclearError("so many percent of what?")
    figure = clause.figure or (asked.around.layer.main_metric.label if SELLS.match(clause.did) else words)
    if not clause.other:
        return _as_before(asked, clause, sides, when)
    if not figure:
        raise UnclearError("compared by which figure?")
    share = SHARE.match(figure)
    timed = _TIMED.match(share["whole"]) if share is not None else None
    if share is not None:
        when = (
            f"{timed['when']} against {_BARE.sub('', clause.other)}" if timed is not None else f"against {clause.other}"
        )
        whole = timed["whole"] if timed is not None else share["whole"]
        plan = share_in_two(asked.things, whole, when, asked.plan_of, asked.around)
        if plan is None:
            raise UnclearError("the share of what in what?")
        return _move(asked, clause, plan)
    told = f"{figure} of {clause.who}" if clause.who else figure
    other = _as_periods(clause.other, asked.around)
    left = planned_or_none(f"{told} by {asked.things}", asked.plan_of)
    for way in ("against", "compared to") if _tells_time(other, asked.around) else ():
        moved = planned_or_none(f"growth of {told} by {asked.things} {way} {other}", asked.plan_of)
        if moved is not None and moved.plan.base is not None and moved.plan.filters == (left or moved).plan.filters:
            return _move(asked, clause, moved.plan)
    if left is None:
        raise UnclearError("compared by which figure?")
    metric = left.plan.terms[0].metric
    label = asked.around.layer.metric(metric).label if metric else figure
    rest = _OF_SIDE.match(re.sub(r"['’]s?$", "", other))
    bare = re.sub(r"^(?:of|in|for|on|from)\s+", "", rest["rest"] if rest is not None else other)
    for prep in _PREPS:
        right = planned_or_none(f"{label} {prep}{bare} by {asked.things}", asked.plan_of)
        if right is not None and right.plan.terms == left.plan.terms and right.plan != left.plan:
            return _versus(asked, left.plan, right.plan, operator, value)
    raise UnclearError(f"compared with which {label.lower()}?")


def _tells_time(text: str, around: Surroundings) -> bool:
    return any(c.period is not None for c in read(text, around.lexicon, around.newest, around.oldest).chunks)


def _versus(asked: _Asked, left: Plan, right: Plan, operator: str, value: float | None) -> Condition:
    """The condition on two plans of one figure; the period that one of them tells is that of both."""
    periods = [p.periods for p in (left, right)]
    if any(len(p) > 1 for p in periods):
        raise UnclearError("which period of these?")
    told = [p[0] if p else None for p in periods]
    if left.filters != right.filters and None in told:
        told = [next((p for p in told if p is not None), None)] * 2
    one, other = (_side(asked, plan, p) for plan, p in zip((left, right), told, strict=True))
    part = set(one.filters) < set(other.filters) or set(other.filters) < set(one.filters)
    metric = asked.around.layer.metrics.get(one.term.metric)
    if part and (metric is None or metric.kind != "ratio"):
        raise UnclearError("a part is never more than the whole")
    if one == other or (None in told and told[0] != told[1]):
        raise UnclearError("compared with which other figure?")
    moved = one.term == other.term and one.filters == other.filters
    late = moved and told[0] is not None and told[1] is not None and told[0].start > told[1].start
    if moved and not late:
        if value is not None:
            raise UnclearError("from which period to which?")
        one, other, operator = other, one, {">": "<", "<": ">"}[operator]
    return Condition(one, operator, other, value, moved=moved)


def _as_before(asked: _Asked, clause: Comparison, sides: tuple[Side, Side] | None, when: str) -> Condition:
    """ "… despite lower sales": compared as the clause before."""
    if sides is None and when:
        return _rise(asked, Rise(clause.figure, clause.up, bound=clause.bound), when)[0]
    if sides is None:
        raise UnclearError("higher or lower than what?")
    plan = asked.plan_of(f"{clause.figure} by {asked.things}").plan
    side = _side(asked, plan, None)
    operator, value, _ = _way(clause.up, clause.bound)
    one, other = (replace(s, term=side.term) for s in sides)
    moved = one.filters == other.filters
    return Condition(one, operator, other, value, moved=moved)


def _levels(asked: _Asked, clause: Level | Result, before: list[Condition]) -> list[Condition]:
    """The conditions that figures lie above or below numbers."""
    if isinstance(clause, Result) and (clause.each or _BOTH_YEARS.match(clause.when)):
        years = sorted(
            {p for c in before for s in (c.left, c.right) if s is not None and (p := s.period) is not None},
            key=lambda p: p.start,
        )
        named = re.findall(YEAR, clause.when)
        years = [whole(int(y)) for y in named] if named else years
        if not years or any(p.whole_year is None for p in years):
            raise UnclearError("in which years?")
        side = _side(asked, asked.plan_of(f"profit by {asked.things}").plan, None)
        return [Condition(replace(side, period=p), ">" if clause.gain else "<", value=0.0) for p in years]
    each = _EACH_YEAR.search(clause.text) if isinstance(clause, Level) else None
    if each is not None and isinstance(clause, Level):
        found = _bounded(asked, replace(clause, text=clause.text[: each.start()]))
        told = dict.fromkeys(s.period for c in before for s in (c.left, c.right) if s is not None and s.period)
        if found.periods or not told:
            raise UnclearError("in which years?")
        return [
            Condition(Side(found.terms[h.term], found.filters, p), h.operator, value=v)
            for p in told
            for h in found.having
            for v in h.values
        ]
    found = _bounded(asked, clause)
    period = found.periods[0] if found.periods else None
    return [
        Condition(Side(found.terms[h.term], found.filters, period), h.operator, value=v)
        for h in found.having
        for v in h.values
    ]
