"""The figures of the dashboards: sales, profit, orders and returns of a selection, from the views of a role.

SQL is written here, over the published star; values that people choose are parameters. The definitions are those of
dbt's metrics: ratios are ratios of sums, an order counts once however many lines it has.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pandas as pd
import sqlalchemy as sa

from app.databases import UnreachableError, engine

DIMENSIONS = {
    "category": "product.category",
    "subcategory": "product.subcategory",
    "market": "customer.market",
    "region": "customer.region",
    "segment": "customer.segment",
    "city": "customer.city",
    "product": "product.product_name",
}
GRAINS = ("day", "week", "month")
CUBE = ("market", "region", "segment")
MONTH = "line.order_date_key - mod(line.order_date_key, 100) + 1"
SUMS = ["sales", "profit", "orders", "returned_orders"]
AMOUNTS = "sum(line.sales) as sales, sum(line.profit) as profit"
LINES_AS_ORDERS = f"{AMOUNTS}, count(*) as orders, count(line.return_key) as returned_orders"
MEASURES = (
    f"{AMOUNTS}, count(distinct line.order_id) as orders, "
    "count(distinct case when line.return_key is not null then line.order_id end) as returned_orders"
)
FEW = 5
FOLDED = f"fewer than {FEW}"
DEADLOCK = 1213

OnQuery = Callable[[str, int, int], None]  # SQL, rows, milliseconds


@dataclass(frozen=True)
class Selection:
    """What a dashboard is about: a period, both days included, and values of dimensions (empty: all)."""

    start: dt.date
    end: dt.date
    category: tuple[str, ...] = ()
    market: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    segment: tuple[str, ...] = ()

    def before(self) -> Selection:
        """The period of the same length right before."""
        days = self.end - self.start + dt.timedelta(days=1)
        return replace(self, start=self.start - days, end=self.start - dt.timedelta(days=1))

    def year_before(self) -> Selection:
        """The same days of the year before."""
        return replace(self, start=_year_earlier(self.start), end=_year_earlier(self.end))


@dataclass(frozen=True)
class Totals:
    """The totals of a selection; ratios are None where there is nothing to divide by."""

    sales: float
    profit: float
    orders: int
    returned_orders: int

    @property
    def margin(self) -> float | None:
        """Profit divided by sales."""
        return self.profit / self.sales if self.sales else None

    @property
    def average_order_value(self) -> float | None:
        """Sales divided by orders."""
        return self.sales / self.orders if self.orders else None

    @property
    def return_rate(self) -> float | None:
        """Returned orders divided by orders."""
        return self.returned_orders / self.orders if self.orders else None


class Warehouse:
    """The views of one role. `on_query` is told of every query, for the log."""

    def __init__(self, url: str, on_query: OnQuery | None = None) -> None:
        self._url = url
        self._on_query = on_query

    def days(self) -> tuple[dt.date, dt.date] | None:
        """The first and the last day with orders; None when there are none."""
        row = self._rows("select min(order_date_key) as a, max(order_date_key) as b from fct_sales", {}).iloc[0]
        return (_day(row["a"]), _day(row["b"])) if not pd.isna(row["a"]) else None

    def values(self, dimension: str) -> list[str]:
        """What can be chosen in a dimension."""
        table, column = DIMENSIONS[dimension].split(".")
        rows = self._rows(f"select distinct {column} as v from dim_{table} where {column} is not null order by 1", {})
        return [str(value) for value in rows["v"]]

    def cube(self, selection: Selection) -> pd.DataFrame:
        """The measures by month, market, region and segment, from which `totals_of`, `by_of` and `trend_of` add up.

        One query in place of many. It adds up because an order has one date and one customer, so it is in one row; it
        may be in several categories, which are therefore no part of it.
        """
        groups = {"period": MONTH, **{name: DIMENSIONS[name] for name in CUBE}}
        return self._grouped(selection, groups)

    def by(self, selection: Selection, dimension: str) -> pd.DataFrame:
        """Sales, profit, orders, margin and return rate by a dimension, the greatest sales first."""
        rows = self._grouped(selection, {dimension: DIMENSIONS[dimension]})
        return _with_ratios(rows).sort_values("sales", ascending=False, ignore_index=True)

    def trend(self, selection: Selection, grain: str) -> pd.DataFrame:
        """The same by day, week (from Monday) or month."""
        expression = {
            "day": "line.order_date_key",
            "week": "cast(date_format(day.date_day - interval (day.weekday - 1) day, '%Y%m%d') as signed)",
            "month": MONTH,
        }[grain]
        rows = _with_ratios(self._grouped(selection, {"period": expression}))
        rows["period"] = [_day(key) for key in rows["period"]]
        return rows.sort_values("period", ignore_index=True)

    def products(self, selection: Selection, by: str, count: int, best: bool) -> pd.DataFrame:
        """The products of most or least sales or profit; an order has one line of a product."""
        sql, values = _query(
            selection,
            {"product": "product.product_name", "product_id": "line.product_id"},
            needs_product=True,
            measures=LINES_AS_ORDERS,
        )
        direction = "desc" if best else "asc"
        order = f" order by {'profit' if by == 'profit' else 'sales'} {direction}, product_id limit {int(count)}"
        return _with_ratios(self._rows(sql + order, values))

    def cities(self, selection: Selection, fold: bool) -> pd.DataFrame:
        """Sales by city with the number of customers; with `fold`, cities of fewer than five customers are one row."""
        sql, values = _query(
            selection,
            {"country": "customer.country", "state": "customer.state", "city": "customer.city"},
            more=", count(distinct line.customer_key) as customers",
        )
        rows = self._rows(sql, values)
        return fold_few(rows) if fold else rows.sort_values("sales", ascending=False, ignore_index=True)

    def returns(self, selection: Selection, what: str) -> pd.DataFrame:
        """Returned orders and their sales by `return_status` or `reason`, by the date of the order."""
        column = {"status": "return_status", "reason": "reason"}[what]
        where, values = _conditions(replace(selection, category=()), alias="returned")
        sql = (
            f"select coalesce(nullif(coming_back.{column}, ''), 'not said') as {what}, count(*) as orders, "
            "sum(returned.sales) as sales from fct_returns as returned "
            "inner join dim_return as coming_back on coming_back.return_key = returned.return_key "
            "inner join dim_customer as customer on customer.customer_key = returned.customer_key "
            f"where {where} group by 1 order by 2 desc"
        )
        return self._rows(sql, values)

    def discounts(self, selection: Selection) -> pd.DataFrame:
        """Lines, sales, profit and margin by discount, in steps of five per cent."""
        groups = {"discount": "round(line.discount * 20) / 20"}
        rows = self._rows(*_query(selection, groups, measures=f"{AMOUNTS}, count(*) as order_lines"))
        rows["margin"] = _ratio(rows["profit"], rows["sales"])
        return rows.sort_values("discount", ignore_index=True)

    def _grouped(self, selection: Selection, groups: Mapping[str, str]) -> pd.DataFrame:
        return self._rows(*_query(selection, groups))

    def _rows(self, sql: str, values: Mapping[str, object]) -> pd.DataFrame:
        started = time.perf_counter()
        try:
            rows = self._read(sql, values)
        except sa.exc.OperationalError as error:
            if error.orig and error.orig.args[0] == DEADLOCK:  # the tables were published meanwhile
                rows = self._read(sql, values)
            else:
                raise UnreachableError(
                    "The warehouse does not answer. The other pages go on; try again in a moment."
                ) from error
        if self._on_query is not None:
            self._on_query(sql, len(rows), round(1000 * (time.perf_counter() - started)))
        return rows

    def _read(self, sql: str, values: Mapping[str, object]) -> pd.DataFrame:
        statement = sa.text(sql)
        lists: list[sa.BindParameter[object]] = [
            sa.bindparam(name, expanding=True) for name, value in values.items() if isinstance(value, list)
        ]
        with engine(self._url).connect() as connection:
            result = connection.execute(statement.bindparams(*lists), dict(values))
            rows = pd.DataFrame(result.all(), columns=list(result.keys()))
        for column in ("sales", "profit", "discount"):
            if column in rows:
                rows[column] = rows[column].astype(float)
        return rows


def totals_of(cube: pd.DataFrame) -> Totals:
    """The totals of a cube."""
    sums = cube[SUMS].sum()
    return Totals(float(sums["sales"]), float(sums["profit"]), int(sums["orders"]), int(sums["returned_orders"]))


def by_of(cube: pd.DataFrame, dimension: str) -> pd.DataFrame:
    """The cube by one of its dimensions, the greatest sales first."""
    rows = cube.groupby(dimension, as_index=False)[SUMS].sum()
    return _with_ratios(rows).sort_values("sales", ascending=False, ignore_index=True)


def trend_of(cube: pd.DataFrame) -> pd.DataFrame:
    """The cube by month."""
    rows = _with_ratios(cube.groupby("period", as_index=False)[SUMS].sum())
    rows["period"] = [_day(key) for key in rows["period"]]
    return rows


def fold_few(rows: pd.DataFrame) -> pd.DataFrame:
    """Put places of fewer than five customers into one row; where even that has fewer, its figures are left out."""
    few = rows[rows["customers"] < FEW]
    shown = rows[rows["customers"] >= FEW].sort_values("sales", ascending=False, ignore_index=True)
    if few.empty:
        return shown
    told = few["customers"].sum() >= FEW
    folded = {"country": "", "state": "", "city": FOLDED, "customers": int(few["customers"].sum()) if told else None}
    folded |= {name: few[name].sum() if told else None for name in SUMS}
    return pd.concat([shown, pd.DataFrame([folded])], ignore_index=True)


def change(now: float | None, then: float | None) -> float | None:
    """The relative change; None where there is nothing to compare with."""
    if now is None or then is None or then == 0:
        return None
    return (now - then) / abs(then)


def _query(
    selection: Selection,
    groups: Mapping[str, str],
    needs_product: bool = False,
    more: str = "",
    measures: str = MEASURES,
) -> tuple[str, dict[str, object]]:
    where, values = _conditions(selection, alias="line")
    wanted = " ".join([*groups.values(), where])
    joins = ""
    if "customer." in wanted:
        joins += " inner join dim_customer as customer on customer.customer_key = line.customer_key"
    if "product." in wanted or needs_product:
        joins += " inner join dim_product as product on product.product_key = line.product_key"
    if "day." in wanted:
        joins += " inner join dim_date as day on day.date_key = line.order_date_key"
    columns = "".join(f"{expression} as {name}, " for name, expression in groups.items())
    grouping = f" group by {', '.join(str(n) for n in range(1, len(groups) + 1))}" if groups else ""
    return f"select {columns}{measures}{more} from fct_sales as line{joins} where {where}{grouping}", values


def _conditions(selection: Selection, alias: str) -> tuple[str, dict[str, object]]:
    conditions = [f"{alias}.order_date_key between :start and :end"]
    values: dict[str, object] = {"start": _key(selection.start), "end": _key(selection.end)}
    for dimension in ("category", "market", "region", "segment"):
        chosen = getattr(selection, dimension)
        if chosen:
            conditions.append(f"{DIMENSIONS[dimension]} in :{dimension}")
            values[dimension] = list(chosen)
    return " and ".join(conditions), values


def _with_ratios(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows.copy()
    rows["margin"] = _ratio(rows["profit"], rows["sales"])
    rows["return_rate"] = _ratio(rows["returned_orders"], rows["orders"])
    return rows


def _ratio(part: pd.Series, whole: pd.Series) -> pd.Series:
    return part / whole.where(whole != 0)


def _key(day: dt.date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _day(key: object) -> dt.date:
    number = int(str(key))
    return dt.date(number // 10_000, number // 100 % 100, number % 100)


def _year_earlier(day: dt.date) -> dt.date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)
