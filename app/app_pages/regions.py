"""All regions or markets side by side, against the period before and the year before."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from app import cached, charts, layout, selecting
from app.charts import Chart
from app.figures import Selection, by, change, is_covered
from app.gate import require
from app.latest import Latest
from app.order_lines import OrderLines

ROLES = ("executive",)
COMPARED = ("region", "market", "segment", "category")


def show() -> None:
    """Lay the page out."""
    person = layout.person()
    require(person, *ROLES)
    latest = layout.figures_heading("Regions compared")
    if latest is None:
        return
    selection = selecting.choose(latest)
    if selection is None:
        return
    dimension = (
        st.segmented_control("Compare", list(COMPARED), default="region", key="compare", bind="query-params")
        or "region"
    )
    shown = cached.drawn(latest, compared_drawn, selection, dimension)
    layout.chart(
        f"Sales by {dimension}, against last year", shown, ("sales", "profit", "margin", "return_rate"), "compared"
    )
    layout.show_table(cached.drawn(latest, changes_drawn, selection, dimension), "changes")


def warm(latest: Latest, selection: Selection) -> None:
    """Compute and draw what the page shows of a selection when it is opened."""
    cached.drawn(latest, compared_drawn, selection, "region")
    cached.drawn(latest, changes_drawn, selection, "region")


def compared_drawn(lines: OrderLines, selection: Selection, dimension: str) -> tuple[pd.DataFrame, Chart]:
    """Sales by a dimension, now and a year before."""
    compared = _compared(lines, selection, dimension)
    shown = (("sales", "sales"), ("sales last year", "sales last year"))
    return compared, charts.columns(compared, dimension, shown, "Sales ($)")


def changes_drawn(lines: OrderLines, selection: Selection, dimension: str) -> tuple[pd.DataFrame, None]:
    """The figures with their changes, which have no chart of their own."""
    columns = [dimension, "sales", "change on before", "change on last year", "profit", "margin", "return_rate"]
    return _compared(lines, selection, dimension)[columns], None


def _compared(lines: OrderLines, selection: Selection, dimension: str) -> pd.DataFrame:
    now = by(lines, selection, dimension)
    before, year = (
        found if is_covered(lines, each) else found.iloc[:0]
        for each in (selection.before(), selection.year_before())
        for found in [by(lines, each, dimension)]
    )
    return compare(now, before, year, dimension)


def compare(now: pd.DataFrame, before: pd.DataFrame, year: pd.DataFrame, by: str) -> pd.DataFrame:
    """The figures of now, with their change on the two other periods."""
    compared = now.copy()
    for name, then in (("before", before), ("last year", year)):
        sales = dict(zip(then[by], then["sales"], strict=True))
        compared[f"sales {name}"] = [float(sales.get(value, 0)) for value in compared[by]]
        compared[f"change on {name}"] = [
            change(row.sales, sales.get(getattr(row, by))) for row in compared.itertuples(index=False)
        ]
    return compared
