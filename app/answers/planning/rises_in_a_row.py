"""Groups whose figure moved the same way from year to year: "countries whose sales rose two years in a row, from 2023
to 2024 and from 2024 to 2025, but whose margin fell both times".

Each year's figure is a figure of its own, and each move a condition on two of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from app.answers.dates.calendar import whole
from app.answers.plan import Cohort, Filter, Having, Plan, Term
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, UnclearError, planned_or_none, trimmed
from app.answers.vocabulary.rises import ALSO, FALLING, FORMS, YEAR


@dataclass(frozen=True)
class _Chain:
    """The figures of years in a row, and whether each lies below the one before."""

    terms: tuple[Term, ...]
    falls: bool

    def conditions(self, first: int) -> tuple[Having, ...]:
        way = "<" if self.falls else ">"
        return tuple(Having(first + i, way, (), against=str(first + i - 1)) for i in range(1, len(self.terms)))


def plan_of_rises_in_a_row(question: str, plan_of: PlanOf, _: Surroundings) -> Planned | None:
    """The plan of groups whose figure rose or fell in years in a row; None for other questions.

    Raises UnclearError where the years do not follow on each other, or where something else is asked of the groups.
    """
    text = trimmed(question)
    match = next((m for form in FORMS if (m := form.match(text)) is not None), None)
    if match is None:
        return None
    base = planned_or_none(f"{match['figure']} by {match['things']}", plan_of)
    if base is None or len(base.plan.terms) != 1 or len(base.plan.dimensions) != 1 or base.plan.periods:
        return None
    years = _years(match)
    chain = _chain(base.plan, years, match["move"])
    there = tuple(Cohort(base.plan.dimensions[0], periods=(whole(year),)) for year in years)  # none is not less
    cohorts = (*base.plan.cohorts, *there)
    plan = replace(base.plan, terms=chain.terms, having=chain.conditions(0), cohorts=cohorts, order=())
    rest = match["rest"].strip(" ,;.)")
    if rest:
        plan = _with_rest(plan, rest, match["things"], years, plan_of)
    if match.groupdict().get("many"):
        plan = replace(plan, tally="number")
    return replace(base, plan=plan)


def _years(match: re.Match[str]) -> list[int]:
    years = [int(year) for year in re.findall(YEAR, match["when"])]
    if len(years) == 4 and years[1] != years[2]:  # from 2022 to 2023, and from 2024 to 2025
        raise UnclearError("the two moves do not follow on each other: one at a time, please")
    told = sorted({*years})
    if match["each"] and len(told) == 2:
        told = list(range(told[0], told[1] + 1))
    elif match["against"] and len(told) == 2:
        told = [told[0] - 1, *told]
    if len(told) < 3 or told != list(range(told[0], told[-1] + 1)):
        raise UnclearError("from which year to which? The years do not follow on each other")
    return told


def _chain(plan: Plan, years: list[int], move: str) -> _Chain:
    term = plan.terms[0]
    terms = tuple(replace(term, filters=(*term.filters, Filter("@year", "in", (year,)))) for year in years)
    return _Chain(terms, FALLING.match(move) is not None)


def _with_rest(plan: Plan, rest: str, things: str, years: list[int], plan_of: PlanOf) -> Plan:
    """The plan with what else is asked of the groups: another figure that moved, or a condition of its own."""
    also = ALSO.match(rest)
    if also is not None:
        other = planned_or_none(f"{also['figure']} by {things}", plan_of)
        if other is not None and len(other.plan.terms) == 1 and other.plan.dimensions == plan.dimensions:
            chain = _chain(other.plan, years, also["move"])
            more = chain.conditions(len(plan.terms))
            return replace(plan, terms=(*plan.terms, *chain.terms), having=(*plan.having, *more))
    asked = re.sub(r"^(?:and|but)\s+", "", rest, flags=re.I)
    asked = re.sub(r"^(?:counting|considering|taking|among)\s+only\s+[\w-]+\s+", "", asked, flags=re.I)
    found = planned_or_none(f"which {things} {asked}", plan_of)
    if found is None or not _is_bound(found.plan, plan):
        raise UnclearError(f"“{rest}”: please ask for the ones that rose or fell, and for this, one at a time")
    within = found.plan.periods[0].whole_year if found.plan.periods else None
    own = (Filter("@year", "in", (within,)),) if within is not None else ()
    terms = list(plan.terms)
    having = list(plan.having)
    for condition in found.plan.having:
        term = found.plan.terms[condition.term]
        term = replace(term, filters=(*term.filters, *own))
        if term not in terms:
            terms.append(term)
        having.append(replace(condition, term=terms.index(term)))
    return replace(plan, terms=tuple(terms), having=tuple(having))


def _is_bound(found: Plan, plan: Plan) -> bool:
    """Whether a plan asks for nothing but conditions on figures of the same groups, over all time or one year."""
    bare = replace(found, terms=(), having=(), dimensions=(), periods=(), order=(), filters=(), notes=())
    timed = len(found.periods) <= 1 and all(p.whole_year is not None for p in found.periods)
    plain = all(not h.against and not h.growth and not h.change for h in found.having)
    return (
        bool(found.having)
        and bare == Plan(())
        and timed
        and plain
        and found.dimensions == plan.dimensions
        and found.filters == plan.filters
    )
