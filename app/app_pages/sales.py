"""The sales dashboard: the figures of a selection, against the period before and the year before."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app import cached, charts, layout, selecting
from app.amounts import count, money, percent
from app.charts import Chart
from app.figures import FILTERS, GRAINS, Selection, Totals, by, change, cities, discounts, is_covered, trend
from app.gate import require
from app.latest import Latest
from app.order_lines import OrderLines

ROLES = ("manager", "executive")
CLEAR = "executive"  # who sees names clear gets no small groups folded
METRICS = (
    ("sales", "Sales", money),
    ("profit", "Profit", money),
    ("margin", "Margin", percent),
    ("orders", "Orders", count),
    ("average_order_value", "Average order value", money),
    ("return_rate", "Return rate", percent),
)
RATIOS = ("margin", "return_rate")
ALL = ("sales", "profit", "margin", "orders", "return_rate")


def show() -> None:
    """Lay the page out."""
    person = layout.person()
    require(person, *ROLES)
    latest = layout.figures_heading("Sales")
    if latest is None:
        return
    selection = selecting.choose(latest)
    if selection is None:
        return
    _totals(latest, selection)
    grain = st.segmented_control("By", GRAINS, default="month", key="grain", bind="query-params") or "month"
    layout.chart(f"Sales and profit by {grain}", cached.drawn(latest, trend_drawn, selection, grain), ALL, "trend")
    for column, dimension in zip([*st.columns(2), *st.columns(2)], FILTERS, strict=True):
        with column:
            shown = cached.drawn(latest, breakdown_drawn, selection, dimension)
            layout.chart(f"By {dimension}", shown, ALL, f"by_{dimension}")
    shown = cached.drawn(latest, discounts_drawn, selection)
    layout.chart("Discount against profit", shown, ("average_discount", *ALL[:3]), "discounts")
    _cities(latest, selection)


def warm(latest: Latest, selection: Selection) -> None:
    """Compute and draw what the page shows of a selection when it is opened."""
    for each in (selection, selection.before(), selection.year_before()):
        cached.totals_of(latest, each)
    cached.drawn(latest, trend_drawn, selection, "month")
    for dimension in FILTERS:
        cached.drawn(latest, breakdown_drawn, selection, dimension)
    cached.drawn(latest, discounts_drawn, selection)
    cached.drawn(latest, cities_drawn, selection, latest.role != CLEAR)


def _totals(latest: Latest, selection: Selection) -> None:
    now = cached.totals_of(latest, selection)
    before, year = (
        cached.totals_of(latest, each) if is_covered(latest.lines, each) else None
        for each in (selection.before(), selection.year_before())
    )
    st.caption(
        f"{selection.start:%d %b %Y} to {selection.end:%d %b %Y}, against the same number of days before "
        "and the same days of the year before"
    )
    for column, (name, label, form) in zip(_grid(), METRICS, strict=True):
        with column:
            _metric(name, label, form, now, before, year)


def _grid() -> list[DeltaGenerator]:
    return [*st.columns(3), *st.columns(3)]


def _metric(
    name: str, label: str, form: Callable[[float | None], str], now: Totals, before: Totals | None, year: Totals | None
) -> None:
    value = getattr(now, name)
    change_on = points if name in RATIOS else relative
    st.metric(
        label,
        form(value),
        change_on(value, getattr(before, name, None), "before"),
        delta_color="inverse" if name == "return_rate" else "normal",
        border=True,
        help=layout.metric_descriptions().get(name),
    )
    st.caption(change_on(value, getattr(year, name, None), "last year") or "Nothing to compare with last year")


def relative(now: float | None, then: float | None, what: str) -> str | None:
    """The change of an amount, in per cent of what it was."""
    found = change(now, then)
    return None if found is None else f"{100 * found:+,.1f} % on {what}"


def points(now: float | None, then: float | None, what: str) -> str | None:
    """The change of a rate, in percentage points: per cent of per cent mislead."""
    if now is None or then is None:
        return None
    change = round(100 * (now - then), 1)
    return f"{change:+,.1f} points on {what}" if change else f"0.0 points on {what}"


def trend_drawn(lines: OrderLines, selection: Selection, grain: str) -> tuple[pd.DataFrame, Chart]:
    """Sales and profit over time."""
    rows = trend(lines, selection, grain)
    return rows, charts.sales_and_profit(rows)


def breakdown_drawn(lines: OrderLines, selection: Selection, dimension: str) -> tuple[pd.DataFrame, Chart]:
    """Sales by a dimension."""
    rows = by(lines, selection, dimension)
    return rows, charts.bars(rows, "sales", dimension, "Sales ($)", ("profit", "margin", "return_rate"))


def discounts_drawn(lines: OrderLines, selection: Selection) -> tuple[pd.DataFrame, Chart]:
    """Profit by discount."""
    rows = discounts(lines, selection)
    titles = ("Discount", "Profit ($)")
    return rows, charts.gains_and_losses(rows, "discount", "profit", titles, ("order_lines", "margin"))


def cities_drawn(lines: OrderLines, selection: Selection, fold: bool) -> tuple[pd.DataFrame, None]:
    """The cities, which have no chart."""
    return cities(lines, selection, fold), None


def _cities(latest: Latest, selection: Selection) -> None:
    fold = latest.role != CLEAR
    st.subheader("By city")
    if fold:
        st.caption("Cities of fewer than five customers are shown as one row.")
    layout.show_table(cached.drawn(latest, cities_drawn, selection, fold), "cities")
