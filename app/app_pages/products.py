"""The products that sell best and worst, and by subcategory."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from app import cached, charts, layout, selecting
from app.charts import Chart
from app.figures import Selection, by, products
from app.gate import require
from app.latest import Latest
from app.order_lines import OrderLines

ROLES = ("manager", "executive")
COUNT = 10


def show() -> None:
    """Lay the page out."""
    person = layout.person()
    require(person, *ROLES)
    latest = layout.figures_heading("Products")
    if latest is None:
        return
    selection = selecting.choose(latest)
    if selection is None:
        return
    rank = (
        st.segmented_control("Ranked by", ["sales", "profit"], default="sales", key="rank", bind="query-params")
        or "sales"
    )
    for column, best in zip(st.columns(2), (True, False), strict=True):
        with column:
            word = "Top" if best else "Bottom"
            shown = cached.drawn(latest, products_drawn, selection, rank, best)
            layout.chart(f"{word} {COUNT}", shown, ("sales", "profit", "margin"), word.lower())
    layout.chart(
        "Sales and margin by subcategory",
        cached.drawn(latest, subcategories_drawn, selection),
        ("sales", "profit", "margin", "orders"),
        "subcategories",
    )


def warm(latest: Latest, selection: Selection) -> None:
    """Compute and draw what the page shows of a selection when it is opened."""
    for best in (True, False):
        cached.drawn(latest, products_drawn, selection, "sales", best)
    cached.drawn(latest, subcategories_drawn, selection)


def products_drawn(lines: OrderLines, selection: Selection, rank: str, best: bool) -> tuple[pd.DataFrame, Chart]:
    """The products of most or least sales or profit."""
    rows = products(lines, selection, rank, COUNT, best)
    chart = charts.bars(rows, rank, "product", f"{rank.capitalize()} ($)", ("orders", "margin"))
    return rows, charts.shorten(chart, rows["product"])


def subcategories_drawn(lines: OrderLines, selection: Selection) -> tuple[pd.DataFrame, Chart]:
    """Sales and margin of the subcategories."""
    rows = by(lines, selection, "subcategory")
    return rows, charts.bubbles(rows, "sales", "margin", "orders", "subcategory", ("Sales ($)", "Margin"))
