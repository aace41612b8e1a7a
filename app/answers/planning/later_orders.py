"""What customers did after their first order: a second one so soon, orders in later periods, none at all.

Each is a condition on the customers, made of the words that tell it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Any

from app.answers.dates.calendar import shifted, unit_of
from app.answers.order_gaps import LATER, LATER_IN_MONTHS, SECOND, SECOND_IN_MONTHS
from app.answers.plan import Cohort, Period, Plan
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import PlanOf, UnclearError, planned_or_none
from app.answers.vocabulary import first_and_later_orders as said

_SPLIT_PERIODS = re.compile(
    r"\s*(?:,\s*(?:and\s+)?(?:again\s+)?|\band\s+(?:again\s+)?|\bor\s+)\s*(?:(?:in|during)\s+)?", re.I
)
_CALENDAR = {"day": (1, False), "week": (7, False), "month": (1, True), "quarter": (3, True), "year": (12, True)}
"""How many days or months are in a unit of time, and whether these are months."""


@dataclass(frozen=True)
class Later:
    """What customers did after their first order: a later order so soon, in these periods, at all or never."""

    cohorts: tuple[tuple[Cohort, ...], ...]
    periods: bool = False
    bounds: tuple[str, ...] = ()


@dataclass(frozen=True)
class LaterOrders:
    """Conditions on customers by their later orders; `came` is when their first ones were, each `unit` told apart."""

    came: list[Period]
    unit: str
    plan_of: PlanOf
    around: Surroundings

    @property
    def key(self) -> str:
        """The dimension that tells customers apart."""
        customer = self.around.layer.identifier("customer")
        return customer.name if customer is not None else ""

    def orders(self, operator: str, number: float, *periods: Period, negated: bool = False) -> Cohort:
        """Those with so many orders."""
        metrics = self.around.layer.metrics.values()
        orders = next(m.name for m in metrics if m.meta.get("about") == "order")
        return Cohort(self.key, negated, orders, "", operator, (float(number),), periods=periods)

    def named(self, text: str) -> list[Period] | None:
        """The periods that are named; "the same year" is the one in which they came, "the next" the one after it."""
        unit = re.fullmatch(r"(?:the|that).*?(year|quarter|month)", text, re.I)
        if unit is None or re.search(r"\d", text):
            return named_periods(text, self.plan_of)
        came = self.came
        same = unit_of(came[0].start, unit[1].lower()) if len(came) == 1 else None
        if same is not None and re.search(r"\b(?:following|next|subsequent)\b", text, re.I):
            return [shifted(same, unit[1].lower(), 1)]
        return came if same is not None and (same.start, same.end) == (came[0].start, came[0].end) else None

    def up_to(self, end: dt.date) -> Period:
        """All days until one."""
        return Period(min(self.around.oldest, end), end, f"by {end.isoformat()}")

    def in_time(self, found: re.Match[str], *, second: bool, other_day: bool = False, negated: bool = False) -> Later:
        """Those whose second order, or order of a later day, came so long after the first."""
        told: dict[str, Any] = {"units": None, **found.groupdict()}
        each, calendar = _CALENDAR[told["unit"].lower().split()[-1].removesuffix("s")]
        later = LATER_IN_MONTHS if calendar else LATER
        metric = later if other_day else SECOND_IN_MONTHS if calendar else SECOND
        bound = f"{told.get('high') or told.get('count')} {told['unit']}"
        if told.get("low"):
            low, high = float(told["low"]) * each, float(told["high"]) * each
            if low >= high or (low > 1 and not second) or (calendar and not second):
                raise UnclearError("the second order so long after the first, or any later one?")
            if second or low < 1:
                cohort = Cohort(self.key, negated, metric, "", "between", (low, high))
            else:
                cohort = Cohort(self.key, negated, later, "", "<=", (high,))
            return Later(((cohort,),), bounds=(bound,))
        operator = next(o for o, n in (("<=", "most"), ("<", "under"), (">", "over"), (">=", "least")) if told.get(n))
        if operator in (">", ">=") and not second and not re.search(r"\bafter\s+(?:more|at|over)\b", found[0], re.I):
            raise UnclearError("the second order so long after the first, or any later one?")
        if told["units"] and told["units"].strip(" -").rstrip("s") != told["unit"].lower().rstrip("s"):
            raise UnclearError("so many days, or months: one kind of time, please")
        told["count"] = re.sub(r"\s*-?\s*(?:days?|weeks?|months?)(?=\s|,)", "", told["count"])
        counts = [_number(word) for word in re.split(r"\s*,\s*(?:and\s+)?|\s+(?:and|or)\s+", told["count"].strip())]
        cohorts = tuple((Cohort(self.key, negated, metric, "", operator, (count * each,)),) for count in counts)
        return Later(cohorts, bounds=(bound,))

    def in_periods(self, named: str, *, each: bool = False, again: bool = False, negated: bool = False) -> Later | None:
        """Those who ordered in a period after the one in which they came; in that one itself, more than once."""
        periods, came = self.named(named), self.came
        if periods is None or not (came or self.unit):
            return None
        if len(periods) > 1 and not each:
            if re.search(r"\bor\b", named, re.I) and all(p.end < periods[0].start for p in came):
                return Later(((Cohort(self.key, negated, periods=tuple(periods)),),), periods=True)
            raise UnclearError("in one of these periods, or in each of them?")
        found = []
        for period in periods:
            if all(p.end < period.start for p in came):
                found.append((Cohort(self.key, negated, periods=(period,)),))
            elif again and all(period.start <= p.start and p.end <= period.end for p in came):
                found.append((self.orders(">=", 2, period, negated=negated),))
            else:
                raise UnclearError(
                    f"who came in {came[0].label}, and ordered in {period.label}: again, after the first order?"
                )
        return Later(tuple(found), periods=True)

    def second_in(self, named: str) -> Later | None:
        """Those whose second order was in a period: two by its end, and not yet two before it."""
        periods = self.named(named)
        if periods is None or len(periods) != 1:
            return None
        before = periods[0].start - dt.timedelta(days=1)
        two = self.orders(">=", 2, self.up_to(periods[0].end))
        early = self.orders(">=", 2, self.up_to(before), negated=True)
        return Later(((two, early),), periods=True)

    def until(self, found: re.Match[str], negated: bool) -> Later | None:
        """Those with a second order by the end of a period, or before it."""
        periods = named_periods(found["last"] or found["next"], self.plan_of)
        if periods is None or len(periods) != 1:
            return None
        end = periods[0].end if found["last"] else periods[0].start - dt.timedelta(days=1)
        return Later(((self.orders(">=", 2, self.up_to(end), negated=negated),),), periods=True)


def side_of(period: Period, since: bool, around: Surroundings) -> Period:
    """All days since a period began, or before it."""
    if since:
        return Period(period.start, max(around.newest, period.start), f"since {period.label}")
    before = period.start - dt.timedelta(days=1)
    return Period(min(around.oldest, before), before, f"before {period.label}")


def named_periods(text: str, plan_of: PlanOf) -> list[Period] | None:
    """The periods that are named, each by itself; None where one of them is not understood."""
    found = []
    for part in _SPLIT_PERIODS.split(text):
        planned = planned_or_none(f"how many orders in {part}", plan_of) if part else None
        if planned is None or len(planned.plan.periods) != 1:
            return None
        if replace(planned.plan, terms=(), periods=()) != Plan(()):
            return None
        found.append(planned.plan.periods[0])
    return found


def _number(word: str) -> float:
    plain = " ".join(re.sub(r"^half\s+an?$", "half a", word.lower()).split())
    return float(plain) if plain.isdigit() else float(said.NUMBERS[plain])
