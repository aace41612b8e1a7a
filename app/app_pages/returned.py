"""Which orders came back, and why."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from app import cached, charts, layout, selecting
from app.charts import Chart
from app.figures import Selection, by, returns, trend
from app.gate import require
from app.latest import Latest
from app.order_lines import OrderLines

ROLES = ("manager", "executive")
DIMENSIONS = ("region", "category")
PICTURE = ("status", "reason")
MOST_BARS = 15


def show() -> None:
    """Lay the page out."""
    person = layout.person()
    require(person, *ROLES)
    latest = layout.figures_heading("Returned orders")
    if latest is None:
        return
    selection = selecting.choose(latest)
    if selection is None:
        return
    shown = cached.drawn(latest, trend_drawn, selection)
    layout.chart("Return rate by month of the order", shown, ("return_rate", "orders"), "return_trend")
    left, right = st.columns(2)
    for column, dimension in zip((left, right), DIMENSIONS, strict=True):
        with column:
            shown = cached.drawn(latest, rates_drawn, selection, dimension)
            layout.chart(f"Return rate by {dimension}", shown, ("return_rate", "orders"), f"returns_by_{dimension}")
    if selection.category:
        st.caption("A whole order is returned: below, the category makes no difference.")
    for column, what in zip((left, right), PICTURE, strict=True):
        with column:
            layout.chart(
                f"By {what}", cached.drawn(latest, picture_drawn, selection, what), ("return_rate",), f"returns_{what}"
            )


def warm(latest: Latest, selection: Selection) -> None:
    """Compute and draw what the page shows of a selection when it is opened."""
    cached.drawn(latest, trend_drawn, selection)
    for dimension in DIMENSIONS:
        cached.drawn(latest, rates_drawn, selection, dimension)
    for what in PICTURE:
        cached.drawn(latest, picture_drawn, selection, what)


def trend_drawn(lines: OrderLines, selection: Selection) -> tuple[pd.DataFrame, Chart]:
    """The return rate by month."""
    rows = trend(lines, selection, "month")
    return rows, charts.line(rows, "return_rate", "Return rate", ".1%")


def rates_drawn(lines: OrderLines, selection: Selection, dimension: str) -> tuple[pd.DataFrame, Chart]:
    """The return rate by a dimension, the greatest first."""
    rows = by(lines, selection, dimension).sort_values("return_rate", ascending=False, ignore_index=True)
    return rows, charts.bars(rows, "return_rate", dimension, "Return rate", ("orders",), ".1%")


def picture_drawn(lines: OrderLines, selection: Selection, what: str) -> tuple[pd.DataFrame, Chart]:
    """Returned orders by status or reason; people write reasons freely, so the chart has the most common ones."""
    rows = returns(lines, selection, what)
    common = rows.head(MOST_BARS)
    chart = charts.bars(common, "orders", what, "Returned orders", ("sales",))
    return rows, charts.shorten(chart, common[what])
