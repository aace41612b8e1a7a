"""Which orders came back, and why."""

from __future__ import annotations

import plotly.express as px
import streamlit as st

from app import cached, layout, selecting
from app.gate import require

ROLES = ("manager", "executive")


def show() -> None:
    """Lay the page out."""
    person = layout.person()
    require(person, *ROLES)
    published = layout.published_heading("Returned orders")
    if published is None:
        return
    warehouse = layout.warehouse()
    selection = selecting.choose(warehouse, published.run_id)
    if selection is None:
        return
    trend = cached.trend(warehouse, published.run_id, person.role, selection, "month")
    figure = px.line(
        trend, x="period", y="return_rate", markers=True, labels={"period": "", "return_rate": "Return rate"}
    )
    figure.update_yaxes(tickformat=".1%", rangemode="tozero")
    layout.chart("Return rate by month of the order", figure, trend, ("return_rate", "orders"), "return_trend")
    left, right = st.columns(2)
    for column, dimension in ((left, "region"), (right, "category")):
        with column:
            rows = cached.by(warehouse, published.run_id, person.role, selection, dimension)
            rows = rows.sort_values("return_rate", ignore_index=True)
            figure = px.bar(
                rows,
                x="return_rate",
                y=dimension,
                orientation="h",
                labels={"return_rate": "Return rate", dimension: ""},
            )
            figure.update_xaxes(tickformat=".1%")
            layout.chart(
                f"Return rate by {dimension}", figure, rows, ("return_rate", "orders"), f"returns_by_{dimension}"
            )
    if selection.category:
        st.caption("A whole order is returned: below, the category makes no difference.")
    for column, what in ((left, "status"), (right, "reason")):
        with column:
            rows = cached.table(warehouse, published.run_id, person.role, "returns", selection, what)
            figure = px.bar(
                rows.iloc[::-1], x="orders", y=what, orientation="h", labels={"orders": "Returned orders", what: ""}
            )
            layout.chart(f"By {what}", figure, rows, ("return_rate",), f"returns_{what}")
