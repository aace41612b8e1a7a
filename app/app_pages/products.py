"""The products that sell best and worst, and by subcategory."""

from __future__ import annotations

import plotly.express as px
import streamlit as st

from app import cached, layout, selecting
from app.gate import require

ROLES = ("manager", "executive")
COUNT = 10


def show() -> None:
    """Lay the page out."""
    person = layout.person()
    require(person, *ROLES)
    published = layout.published_heading("Products")
    if published is None:
        return
    warehouse = layout.warehouse()
    selection = selecting.choose(warehouse, published.run_id)
    if selection is None:
        return
    by = (
        st.segmented_control("Ranked by", ["sales", "profit"], default="sales", key="rank", bind="query-params")
        or "sales"
    )
    for column, best in zip(st.columns(2), (True, False), strict=True):
        with column:
            rows = cached.table(warehouse, published.run_id, person.role, "products", selection, by, COUNT, best)
            figure = px.bar(
                rows.iloc[::-1],
                x=by,
                y="product",
                orientation="h",
                labels={by: f"{by.capitalize()} ($)", "product": ""},
            )
            figure.update_yaxes(tickvals=rows["product"], ticktext=[_short(name) for name in rows["product"]])
            layout.chart(
                f"{'Top' if best else 'Bottom'} {COUNT}",
                figure,
                rows,
                ("sales", "profit", "margin"),
                f"{'top' if best else 'bottom'}",
            )
    rows = cached.by(warehouse, published.run_id, person.role, selection, "subcategory")
    figure = px.scatter(
        rows,
        x="sales",
        y="margin",
        size="orders",
        text="subcategory",
        labels={"sales": "Sales ($)", "margin": "Margin"},
    )
    figure.update_traces(textposition="top center")
    figure.update_yaxes(tickformat=".0%")
    layout.chart(
        "Sales and margin by subcategory", figure, rows, ("sales", "profit", "margin", "orders"), "subcategories"
    )


def _short(name: str) -> str:
    return name if len(name) <= 28 else f"{name[:27]}…"
