"""SQL expressions as syntax trees, and the small templates that they are made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

import sqlglot
from sqlglot import exp

from app.answers.plan import PERCENTILE, Filter, Period, PlanError

ROW_LIMIT = 20_000
FEWER = "fewer than {}"
AROUND_THE_PART = {"contains": ("%", "%"), "starts": ("", "%"), "ends": ("%", "")}
DATE_PARTS = {
    "day": "{d}",
    "week": "date_sub({d}, interval weekday({d}) day)",
    "month": "date_sub({d}, interval (dayofmonth({d}) - 1) day)",
    "quarter": "date_add(makedate(year({d}), 1), interval (quarter({d}) - 1) quarter)",
    "year": "year({d})",
    "weekday": "dayname({d})",
    "month_of_year": "monthname({d})",
    "quarter_of_year": "quarter({d})",
    "day_type": "case when weekday({d}) >= 5 then 'weekend' else 'weekday' end",
    "week_of_year": "week({d}, 3)",
    "day_of_month": "dayofmonth({d})",
}
STEPS = {"day": "1 day", "week": "7 day", "month": "1 month", "quarter": "1 quarter", "year": "1 year"}
AGGREGATE_WORDS = {
    "average": "Average",
    "median": "Median",
    "maximum": "Highest",
    "minimum": "Lowest",
    "deviation": "Standard deviation of",
}
SUMMARIES = {"average": "average", "maximum": "max", "minimum": "min", "deviation": "deviation"}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
RESERVED = frozenset(
    [
        "returns",
        "return",
        "order",
        "orders",
        "key",
        "keys",
        "lines",
        "group",
        "rank",
        "row",
        "rows",
        "of",
        "day",
        "month",
        "year",
        "quarter",
        "week",
        "condition",
        "range",
        "change",
        "desc",
        "limit",
        "index",
        "values",
        "column",
        "usage",
        "system",
        "function",
        "interval",
        "read",
        "option",
        "share",
        "window",
        "over",
        "lead",
        "lag",
        "groups",
    ]
)


def aggregate_word(aggregate: str) -> str:
    """What a mean, median, … is called: "Median", "90th percentile of"."""
    if not aggregate.startswith(PERCENTILE):
        return AGGREGATE_WORDS[aggregate]
    number = aggregate.removeprefix(PERCENTILE)
    ending = {"1": "st", "2": "nd", "3": "rd"}.get(number[-1:], "th")
    return f"{number}{'th' if number[-2:] in ('11', '12', '13') else ending} percentile of"


def parsed(template: str, **parts: exp.Expr | str) -> exp.Expr:
    """Parse a MySQL expression whose `{name}` are other expressions."""
    texts = {
        k: (v if isinstance(v, str) else f"({v.sql('mysql')})" if is_loose(v) else v.sql("mysql"))
        for k, v in parts.items()
    }
    return sqlglot.parse_one(template.format(**texts), read="mysql")


def is_loose(node: exp.Expr) -> bool:
    """Whether an expression needs brackets inside another."""
    return isinstance(node, exp.Binary | exp.Unary | exp.Connector)


def literal(value: object) -> exp.Expr:
    """A value as a literal."""
    if isinstance(value, bool | int | float):
        return exp.Literal.number(
            repr(value) if not isinstance(value, float) or value != int(value) else str(int(value))
        )
    return exp.Literal.string(str(value))


def identifier(name: str) -> exp.Identifier:
    """A name as an identifier, quoted where it must be."""
    return exp.to_identifier(name, quoted=not name.replace("_", "a").isalnum() or name.lower() in RESERVED)


def column_of(name: str, table: str | None = None) -> exp.Column:
    """A column, of a table where one is given."""
    return exp.Column(this=identifier(name), table=identifier(table) if table else None)


def aggregation(kind: str, tree: exp.Expr) -> exp.Expr:
    """An aggregate over an expression; raises PlanError for one that is not known."""
    if kind == "count_distinct":
        return exp.Count(this=exp.Distinct(expressions=[tree]))
    forms: dict[str, Callable[[exp.Expr], exp.Expr]] = {
        "sum": lambda t: exp.Sum(this=t),
        "sum_boolean": lambda t: exp.Sum(this=t),
        "average": lambda t: exp.Avg(this=exp.cast(t, "double")),  # the mean of decimals would be rounded
        "min": lambda t: exp.Min(this=t),
        "max": lambda t: exp.Max(this=t),
        "count": lambda t: exp.Count(this=t),
        "deviation": lambda t: exp.Anonymous(this="stddev_samp", expressions=[t]),
    }
    if kind not in forms:
        raise PlanError(f"a measure with the aggregation {kind} cannot be asked for")
    return forms[kind](tree)


def compare(tree: exp.Expr, f: Filter) -> exp.Expr:
    """The condition of a filter; what is not among values holds for NULL too."""
    values = [literal(v) for v in f.values]
    if is_loose(tree):
        tree = exp.paren(tree)
    if f.operator == "in":
        if f.values == ("",):
            return parsed("({t} is null or {t} = '')", t=tree)
        return exp.EQ(this=tree, expression=values[0]) if len(values) == 1 else exp.In(this=tree, expressions=values)
    if f.operator == "not_in":
        return exp.paren(
            exp.or_(
                exp.Not(this=exp.In(this=tree, expressions=values)), exp.Is(this=tree.copy(), expression=exp.Null())
            )
        )
    if f.operator == "between":
        return exp.Between(this=tree, low=values[0], high=values[1])
    if f.operator in AROUND_THE_PART:
        ahead, behind = AROUND_THE_PART[f.operator]
        part = str(f.values[0]).lower().replace("%", "\\%").replace("_", "\\_")
        return exp.Like(this=parsed("lower({t})", t=tree), expression=exp.Literal.string(f"{ahead}{part}{behind}"))
    forms = {">": exp.GT, ">=": exp.GTE, "<": exp.LT, "<=": exp.LTE, "=": exp.EQ}
    if f.operator not in forms:
        raise PlanError(f"there is no operator {f.operator}")
    return forms[f.operator](this=tree, expression=values[0])


def bare_date(d: exp.Expr) -> exp.Expr:
    """The number yyyymmdd behind a date made from one, so that an index or a partition can serve; else the date."""
    if (
        isinstance(d, exp.Cast)
        and d.to.is_type("date")
        and isinstance(d.this, exp.Column)
        and d.this.name.endswith("_key")
    ):
        return d.this.copy()
    return d.copy()


def between(d: exp.Expr, period: Period) -> exp.Expr:
    """That a date lies in a period."""
    column = bare_date(d)
    if column == d:
        ends = [literal(period.start.isoformat()), literal(period.end.isoformat())]
    else:
        ends = [exp.Literal.number(f"{day:%Y%m%d}") for day in (period.start, period.end)]
    return exp.Between(this=column, low=ends[0], high=ends[1])


def period_label(period: Period, periods: Sequence[Period]) -> exp.Expr:
    """What a period is called in its column: a number where all are years."""
    if all(p.whole_year for p in periods):
        return exp.Literal.number(period.whole_year)
    return exp.Literal.string(period.label)


def key_name(key: str) -> str:
    """The name of a key's column: that of the dimension, of the part of the date, or `period`."""
    return key.removeprefix("@")


def ordered(name: str, key: str, descending: bool) -> exp.Ordered:
    """A column to order by; days and months go in their own order."""
    column: exp.Expr = column_of(name)
    if key == "@weekday":
        column = sqlglot.parse_one(
            f"field({identifier(name).sql('mysql')}, {', '.join(repr(w) for w in WEEKDAYS)})", read="mysql"
        )
    if key == "@month_of_year":
        column = sqlglot.parse_one(
            f"field({identifier(name).sql('mysql')}, {', '.join(repr(m) for m in MONTHS)})", read="mysql"
        )
    return exp.Ordered(this=column, desc=descending, nulls_first=not descending)


def floor_of(day: dt.date, grain: str) -> dt.date:
    """The first day of the week, month, quarter or year of a day."""
    if grain == "week":
        return day - dt.timedelta(days=day.weekday())
    if grain == "month":
        return day.replace(day=1)
    if grain == "quarter":
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return day.replace(month=1, day=1) if grain == "year" else day


def longer(period: Period, grain: str, compare: str) -> Period:
    """The period with one more before it, which the first needs to be compared."""
    start = floor_of(period.start, grain)
    if compare == "year_ago":
        start = start.replace(year=start.year - 1) if grain != "week" else start - dt.timedelta(days=364)
    elif grain == "year":
        start = start.replace(year=start.year - 1)
    elif grain in ("month", "quarter"):
        months = start.year * 12 + start.month - 1 - (3 if grain == "quarter" else 1)
        start = dt.date(months // 12, months % 12 + 1, 1)
    else:
        start -= dt.timedelta(days=7 if grain == "week" else 1)
    return replace(period, start=start)


def reaching_back(period: Period, grain: str, number: int) -> Period:
    """The period with so many more before it, which the mean of the first ones reaches back to."""
    for _ in range(number):
        period = longer(period, grain, "previous")
    return period


def place_in_time(name: str, grain: str) -> str:
    """The number of a period in the row of all of its kind, so that a missing one leaves a gap."""
    when = identifier(name).sql("mysql")
    places = {
        "month": f"year({when}) * 12 + month({when})",
        "quarter": f"year({when}) * 4 + quarter({when})",
        "week": f"floor(datediff({when}, '2000-01-03') / 7)",
        "day": f"datediff({when}, '2000-01-01')",
    }
    return places.get(grain, when)


def plural_of(word: str) -> str:
    """The plural of an English noun, by rule."""
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")
