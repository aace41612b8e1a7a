"""All regions or markets side by side, against the period before and the year before."""

from __future__ import annotations

import pandas as pd
import plotly.express as px
import streamlit as st

from app import cached, layout, selecting
from app.figures import change
from app.gate import require

ROLES = ("executive",)
COMPARED = ("region", "market", "segment", "category")


def show() -> None:
    """Lay the page out."""
    person = layout.person()
    require(person, *ROLES)
    published = layout.published_heading("Regions compared")
    if published is None:
        return
    warehouse = layout.warehouse()
    selection = selecting.choose(warehouse, published.run_id)
    if selection is None:
        return
    by = (
        st.segmented_control("Compare", list(COMPARED), default="region", key="compare", bind="query-params")
        or "region"
    )
    now, before, year = (
        cached.by(warehouse, published.run_id, person.role, each, by)
        for each in (selection, selection.before(), selection.year_before())
    )
    compared = compare(now, before, year, by)
    figure = px.bar(
        compared.melt(id_vars=by, value_vars=["sales", "sales last year"], var_name="when", value_name="dollars"),
        x=by, y="dollars", color="when", barmode="group", labels={"dollars": "Sales ($)", by: "", "when": ""},
    )  # fmt: skip
    figure.update_layout(legend={"orientation": "h", "y": 1.1})
    layout.chart(
        f"Sales by {by}, against last year", figure, compared, ("sales", "profit", "margin", "return_rate"), "compared"
    )
    layout.show_table(
        compared[[by, "sales", "change on before", "change on last year", "profit", "margin", "return_rate"]], "changes"
    )


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
