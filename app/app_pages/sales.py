"""The sales dashboard: the figures of a selection, against the period before and the year before."""

from __future__ import annotations

import plotly.express as px
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app import cached, layout, selecting
from app.amounts import count, money, percent
from app.figures import GRAINS, Selection, Totals, Warehouse, change, totals_of
from app.gate import require

ROLES = ("manager", "executive")
METRICS = (
    ("sales", "Sales", money),
    ("profit", "Profit", money),
    ("margin", "Margin", percent),
    ("orders", "Orders", count),
    ("average_order_value", "Average order value", money),
    ("return_rate", "Return rate", percent),
)
ALL = ("sales", "profit", "margin", "orders", "return_rate")


def show() -> None:
    """Lay the page out."""
    person = layout.person()
    require(person, *ROLES)
    published = layout.published_heading("Sales")
    if published is None:
        return
    warehouse = layout.warehouse()
    selection = selecting.choose(warehouse, published.run_id)
    if selection is None:
        return
    _totals(warehouse, published.run_id, person.role, selection)
    _trend(warehouse, published.run_id, person.role, selection)
    left, right = st.columns(2)
    for number, dimension in enumerate(("category", "market", "region", "segment")):
        with (left, right)[number % 2]:
            _breakdown(warehouse, published.run_id, person.role, selection, dimension)
    _discounts(warehouse, published.run_id, person.role, selection)
    _cities(warehouse, published.run_id, person.role, selection)


def _totals(warehouse: Warehouse, run_id: str, role: str, selection: Selection) -> None:
    now, before, year = (
        totals_of(cached.table(warehouse, run_id, role, "cube", each))
        for each in (selection, selection.before(), selection.year_before())
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


def _metric(name: str, label: str, form, now: Totals, before: Totals, year: Totals) -> None:  # type: ignore[no-untyped-def]
    value = getattr(now, name)
    st.metric(
        label,
        form(value),
        _against(change(value, getattr(before, name)), "before"),
        delta_color="inverse" if name == "return_rate" else "normal",
        border=True,
        help=layout.metric_descriptions().get(name),
    )
    st.caption(_against(change(value, getattr(year, name)), "last year") or "Nothing to compare with last year")


def _against(relative: float | None, what: str) -> str | None:
    return None if relative is None else f"{100 * relative:+,.1f} % on {what}"


def _trend(warehouse: Warehouse, run_id: str, role: str, selection: Selection) -> None:
    grain = st.segmented_control("By", GRAINS, default="month", key="grain", bind="query-params") or "month"
    rows = cached.trend(warehouse, run_id, role, selection, grain)
    figure = px.area(rows, x="period", y="sales", labels={"period": "", "sales": "Sales ($)"})
    figure.add_scatter(x=rows["period"], y=rows["profit"], name="Profit", mode="lines")
    figure.data[0].update(name="Sales", showlegend=True)
    figure.update_layout(legend={"orientation": "h", "y": 1.1})
    layout.chart(f"Sales and profit by {grain}", figure, rows, ALL, "trend")


def _breakdown(warehouse: Warehouse, run_id: str, role: str, selection: Selection, dimension: str) -> None:
    rows = cached.by(warehouse, run_id, role, selection, dimension)
    figure = px.bar(
        rows.iloc[::-1],
        x="sales",
        y=dimension,
        orientation="h",
        hover_data={"profit": ":$,.0f", "margin": ":.1%", "return_rate": ":.1%"},
        labels={"sales": "Sales ($)", dimension: ""},
    )
    layout.chart(f"By {dimension}", figure, rows, ALL, f"by_{dimension}")


def _discounts(warehouse: Warehouse, run_id: str, role: str, selection: Selection) -> None:
    rows = cached.table(warehouse, run_id, role, "discounts", selection)
    rows["kind"] = ["Profit" if profit >= 0 else "Loss" for profit in rows["profit"]]
    figure = px.bar(
        rows,
        x="discount",
        y="profit",
        color="kind",
        color_discrete_map={"Profit": "#0f766e", "Loss": "#c2410c"},
        hover_data={"order_lines": ":,", "margin": ":.1%"},
        labels={"discount": "Discount", "profit": "Profit ($)", "kind": ""},
    )
    figure.update_xaxes(tickformat=".0%")
    layout.chart(
        "Discount against profit", figure, rows.drop(columns="kind"), ("average_discount", *ALL[:3]), "discounts"
    )


def _cities(warehouse: Warehouse, run_id: str, role: str, selection: Selection) -> None:
    fold = role != "executive"
    rows = cached.table(warehouse, run_id, role, "cities", selection, fold)
    st.subheader("By city")
    if fold:
        st.caption("Cities of fewer than five customers are shown as one row.")
    layout.show_table(rows, "cities")
