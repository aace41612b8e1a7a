"""The figures of the dashboards: sales, profit, orders and returns of a selection of order lines.

The definitions are those of dbt's metrics: ratios are ratios of sums, an order counts once however many lines it has.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from app.order_lines import OF_CUSTOMERS, OrderLines

FILTERS = ("category", "market", "region", "segment")
GRAINS = ("day", "week", "month")
SUMS = ["sales", "profit", "orders", "returned_orders"]
CENTS = 100
NOT_SAID = "not said"
FEW = 5
FOLDED = f"fewer than {FEW}"
QUIET_DAYS = 7  # without an order when a business begins, or over New Year


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


def days_of(lines: OrderLines) -> tuple[dt.date, dt.date] | None:
    """The first and the last day with orders; None when there are none."""
    return (_day(lines.days[0]), _day(lines.days[-1])) if len(lines.days) else None


def is_covered(lines: OrderLines, selection: Selection) -> bool:
    """Whether the data go back to a period's beginning, so that it can be compared with: four years with four."""
    days = days_of(lines)
    return days is not None and selection.start >= days[0] - dt.timedelta(days=QUIET_DAYS)


def totals(lines: OrderLines, selection: Selection) -> Totals:
    """The totals of a selection."""
    part = _part(lines, selection)
    first = _first_of_orders(part.order)
    return Totals(
        float(part.sales.sum()) / CENTS,
        float(part.profit.sum()) / CENTS,
        int(first.sum()),
        int((first & part.returned).sum()),
    )


def by(lines: OrderLines, selection: Selection, dimension: str) -> pd.DataFrame:
    """Sales, profit, orders, margin and return rate by a dimension, the greatest sales first."""
    part, labels = _part(lines, selection), lines.labels[dimension]
    rows, group = _sums(part, lines.codes[dimension][part.which], len(labels), is_of_order=dimension in OF_CUSTOMERS)
    rows.insert(0, dimension, labels[group])
    return _with_ratios(rows).sort_values(
        ["sales", dimension], ascending=[False, True], key=_sortable, ignore_index=True
    )


def trend(lines: OrderLines, selection: Selection, grain: str) -> pd.DataFrame:
    """The same by day, week (from Monday) or month."""
    periods, group_of_day = np.unique([_begin(_day(key), grain) for key in lines.days], return_inverse=True)
    part = _part(lines, selection)
    rows, group = _sums(part, group_of_day[lines.day[part.which]], len(periods), is_of_order=True)
    rows.insert(0, "period", periods[group])
    return _with_ratios(rows)


def products(lines: OrderLines, selection: Selection, by: str, count: int, best: bool) -> pd.DataFrame:
    """The products of most or least sales or profit; an order has one line of a product."""
    part = _part(lines, selection)
    group = lines.product[part.which]
    found = _sums_of_lines(part, group, len(lines.products))
    of_lines = np.flatnonzero(found["orders"])
    amounts = found["profit" if by == "profit" else "sales"][of_lines]
    chosen = of_lines[np.argsort(-amounts if best else amounts, kind="stable")[:count]]  # ties: by product_id
    rows = pd.DataFrame(
        {
            "product": lines.products["product_name"].to_numpy()[chosen],
            "product_id": lines.products["product_id"].to_numpy()[chosen],
            **{name: values[chosen] for name, values in found.items()},
        }
    )
    return _with_ratios(rows)


def cities(lines: OrderLines, selection: Selection, fold: bool) -> pd.DataFrame:
    """Sales by city with the number of customers; with `fold`, cities of fewer than five customers are one row."""
    part = _part(lines, selection)
    customer = lines.customer[part.which]
    sums, group = _sums(part, lines.place_of[customer], len(lines.places), is_of_order=True)
    customers = np.bincount(lines.place_of[np.unique(customer)], minlength=len(lines.places))
    rows = pd.concat([lines.places.iloc[group].reset_index(drop=True), sums], axis=1)
    rows["customers"] = customers[group]
    return fold_few(rows) if fold else rows.sort_values("sales", ascending=False, ignore_index=True)


def returns(lines: OrderLines, selection: Selection, what: str) -> pd.DataFrame:
    """Returned orders and their sales by `status` or `reason`, by the date of the order; the category is not minded."""
    rows = lines.returns
    chosen = rows["day_key"].between(_key(selection.start), _key(selection.end))
    for dimension in OF_CUSTOMERS:
        if getattr(selection, dimension):
            chosen &= rows[dimension].isin(getattr(selection, dimension))
    told = rows[chosen]
    told = told.assign(**{what: told[what].replace("", None).fillna(NOT_SAID)})
    found = told.groupby(what, as_index=False).agg(orders=("sales", "size"), sales=("sales", "sum"))
    return found.sort_values("orders", ascending=False, kind="stable", ignore_index=True)


def discounts(lines: OrderLines, selection: Selection) -> pd.DataFrame:
    """Lines, sales, profit and margin by discount, in steps of five per cent."""
    part = _part(lines, selection)
    steps, group = np.unique(np.floor(lines.discount[part.which] * 20 + 0.5), return_inverse=True)
    found = _sums_of_lines(part, group, len(steps))
    rows = pd.DataFrame(
        {"discount": steps / 20, "sales": found["sales"], "profit": found["profit"], "order_lines": found["orders"]}
    )
    rows["margin"] = _ratio(rows["profit"], rows["sales"])
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


@dataclass(frozen=True)
class _Part:
    """The lines of a selection, still in the order of day and order: their numbers, and what is added up of them."""

    which: np.ndarray
    order: np.ndarray
    sales: np.ndarray
    profit: np.ndarray
    returned: np.ndarray


def _part(lines: OrderLines, selection: Selection) -> _Part:
    first, last = np.searchsorted(lines.days, [_key(selection.start), _key(selection.end) + 1])
    start, end = np.searchsorted(lines.day, [first, last])
    kept = np.ones(end - start, dtype=bool)
    for dimension in FILTERS:
        chosen = getattr(selection, dimension)
        if chosen:
            is_chosen = np.isin(lines.labels[dimension], chosen)
            kept &= is_chosen[lines.codes[dimension][start:end]]
    which = start + np.flatnonzero(kept)
    return _Part(which, lines.order[which], lines.sales[which], lines.profit[which], lines.returned[which])


def _first_of_orders(order: np.ndarray) -> np.ndarray:
    """Whether a line is the first of its order: an order has one date, so its lines are beside each other."""
    first = np.ones(len(order), dtype=bool)
    first[1:] = order[1:] != order[:-1]
    return first


def _sums(part: _Part, group: np.ndarray, groups: int, is_of_order: bool) -> tuple[pd.DataFrame, np.ndarray]:
    """The measures of each group that has lines, and the groups' numbers.

    An order counts once in a group. `is_of_order` says that an order is in one group alone; else it may be in many.
    """
    if is_of_order:
        first = _first_of_orders(part.order)
    else:
        _, place = np.unique(part.order.astype(np.int64) * groups + group, return_index=True)
        first = np.zeros(len(group), dtype=bool)
        first[place] = True
    found = _sums_of_lines(part, group, groups)
    present = np.flatnonzero(found["orders"])
    found["orders"] = np.bincount(group[first], minlength=groups)
    found["returned_orders"] = np.bincount(group[first & part.returned], minlength=groups)
    return pd.DataFrame({name: values[present] for name, values in found.items()}), present


def _sums_of_lines(part: _Part, group: np.ndarray, groups: int) -> dict[str, np.ndarray]:
    """The measures of each group, each line counted as an order. Sums of whole cents, which floats hold exactly."""
    return {
        "sales": np.bincount(group, part.sales, minlength=groups) / CENTS,
        "profit": np.bincount(group, part.profit, minlength=groups) / CENTS,
        "orders": np.bincount(group, minlength=groups),
        "returned_orders": np.bincount(group[part.returned], minlength=groups),
    }


def _sortable(values: pd.Series) -> pd.Series:
    return values.astype(str) if values.dtype == object else values


def _begin(day: dt.date, grain: str) -> dt.date:
    """The first day of a day's period."""
    if grain == "week":
        return day - dt.timedelta(days=day.weekday())
    return day.replace(day=1) if grain == "month" else day


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
