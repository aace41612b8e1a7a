"""The time from order to order of each customer, worked out from the rows of the main model."""

from __future__ import annotations

from sqlglot import exp

from app.answers.compiling.expressions import column_of, identifier, parsed
from app.answers.order_gaps import IN_MONTHS, LATER, LATER_IN_MONTHS, NEXT, SPAN

KEY, FIGURE = "first_key", "days"
"""The columns of the customer and of the figure."""
_IN_A_ROW = "over (partition by first_key order by first_day{then})"


def gaps_of(name: str, customer: exp.Expr, order: exp.Expr, day: exp.Expr, table: exp.Expr) -> exp.Select:
    """Each customer with the figure of a name: one row, or one for each order after the first."""
    if name == SPAN:
        span = parsed("datediff(max({d}), min({d}))", d=day)
        rows = exp.select(exp.alias_(customer, identifier(KEY)), exp.alias_(span, identifier(FIGURE))).from_(table)
        return rows.group_by(customer.copy())
    days = _steps(name, _visits(name, customer, order, day, table))
    gaps = exp.select(column_of(KEY), column_of("place"), exp.alias_(exp.Max(this=column_of(FIGURE)), FIGURE))
    gaps = gaps.from_(days.subquery(identifier("orders_in_a_row")))
    return gaps.where("place > 1" if name == NEXT else "place = 2").group_by(KEY, "place")


def _visits(name: str, customer: exp.Expr, order: exp.Expr, day: exp.Expr, table: exp.Expr) -> exp.Select:
    """The orders of each customer with their days, or the days alone on which the customer ordered."""
    if name in (LATER, LATER_IN_MONTHS):
        rows = exp.select(exp.alias_(customer, identifier(KEY)), exp.alias_(day, identifier("first_day"))).from_(table)
        return rows.group_by(customer.copy(), day.copy())
    rows = exp.select(
        exp.alias_(customer, identifier(KEY)),
        exp.alias_(order, identifier("order_number")),
        exp.alias_(exp.Min(this=day), identifier("first_day")),
    ).from_(table)
    return rows.group_by(customer.copy(), order.copy())


def _steps(name: str, visits: exp.Select) -> exp.Select:
    """Each order, or day, with its place in the row of the customer's and its distance from the one before."""
    in_a_row = _IN_A_ROW.format(then="" if name in (LATER, LATER_IN_MONTHS) else ", order_number")
    before = f"lag(first_day) {in_a_row}"
    distance = f"datediff(first_day, {before})"
    if name in IN_MONTHS:
        left_over = f"case when dayofmonth(first_day) = dayofmonth({before}) then 0 else 0.5 end"
        distance = f"timestampdiff(month, {before}, first_day) + {left_over}"
    return exp.select(
        column_of(KEY),
        exp.alias_(parsed(distance), identifier(FIGURE)),
        exp.alias_(parsed(f"row_number() {in_a_row}"), identifier("place")),
    ).from_(visits.subquery(identifier("orders_by_day")))
