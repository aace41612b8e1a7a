"""The charts of the dashboards, as plotly's browser side reads them.

They are written down and not built by plotly.express, which takes 25 ms for a chart of ten bars: that was most of what
a page took that nobody had opened before. A test has plotly check each form. Colours are those of the theme, which
Streamlit's browser side puts in.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import plotly.io
import streamlit.elements.lib.streamlit_plotly_theme as theme

from app.amounts import NOTHING

Spec = dict[str, Any]

HEIGHT = 320
PROFIT, LOSS = "#0f766e", "#c2410c"
HOVERS = {
    "sales": "Sales %{{{0}:$,.0f}}",
    "profit": "Profit %{{{0}:$,.0f}}",
    "margin": "Margin %{{{0}:.1%}}",
    "return_rate": "Return rate %{{{0}:.1%}}",
    "orders": "Orders %{{{0}:,}}",
    "order_lines": "Lines %{{{0}:,}}",
}
FRAME: Spec = {"height": HEIGHT, "margin": {"l": 8, "r": 8, "t": 8, "b": 8}}  # of every chart
ABOVE = {"orientation": "h", "y": 1.1, "title": {"text": ""}}

theme.configure_streamlit_plotly_theme()
TEMPLATE: Spec = plotly.io.templates["streamlit"].to_plotly_json()
COLORS: Sequence[str] = TEMPLATE["layout"]["colorway"]


class Chart(go.Figure):
    """A chart for Streamlit, which asks it for its parts at each rerun; they are made once."""

    def __init__(self, spec: Spec) -> None:
        """`spec` holds `data` and `layout`."""
        super().__init__()
        self.__dict__["spec"] = spec

    def to_dict(self) -> Spec:
        """The chart's parts; nobody changes them."""
        found: Spec = self.__dict__["spec"]
        return found


def bars(rows: pd.DataFrame, x: str, y: str, x_title: str, more: Sequence[str] = (), x_format: str = "") -> Chart:
    """Horizontal bars, the first row on top; `more` are columns that are told where the pointer is."""
    upwards = rows.iloc[::-1]
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": upwards[x].tolist(),
        "y": as_text(upwards[y]),
        "marker": {"color": COLORS[0]},
        **_hover(upwards, "%{y}", {x: "x"}, more),
    }
    return _chart([trace], {"xaxis": _axis(x_title, x_format), "yaxis": _axis("")})


def columns(rows: pd.DataFrame, x: str, ys: Sequence[tuple[str, str]], y_title: str) -> Chart:
    """Columns side by side, one colour for each (column of `rows`, its name) of `ys`."""
    traces = [
        {
            "type": "bar",
            "x": as_text(rows[x]),
            "y": _numbers(rows[y]),
            "name": name,
            "marker": {"color": COLORS[number]},
            "hovertemplate": f"%{{x}}<br>{name} %{{y:$,.0f}}<extra></extra>",
        }
        for number, (y, name) in enumerate(ys)
    ]
    return _chart(traces, {"xaxis": _axis(""), "yaxis": _axis(y_title), "barmode": "group", "legend": ABOVE})


def gains_and_losses(rows: pd.DataFrame, x: str, y: str, titles: tuple[str, str], more: Sequence[str]) -> Chart:
    """Columns of what was won and what was lost, in two colours."""
    traces = []
    for name, color, part in (("Profit", PROFIT, rows[rows[y] >= 0]), ("Loss", LOSS, rows[rows[y] < 0])):
        if not part.empty:
            place = {"x": part[x].tolist(), "y": part[y].tolist()}
            told = _hover(part, "%{x:.0%}", {y: "y"}, more)
            traces.append({"type": "bar", "name": name, "marker": {"color": color}, **place, **told})
    layout = {"xaxis": _axis(titles[0], ".0%"), "yaxis": _axis(titles[1]), "showlegend": True}
    return _chart(traces, {**layout, "barmode": "relative"})


def sales_and_profit(rows: pd.DataFrame) -> Chart:
    """Sales as an area and profit as a line, by `period`."""
    periods = [day.isoformat() for day in rows["period"]]
    shared = {"type": "scatter", "mode": "lines", "x": periods}
    traces = [
        {**shared, "y": rows["sales"].tolist(), "name": "Sales", "fill": "tozeroy", "line": {"color": COLORS[0]}},
        {**shared, "y": rows["profit"].tolist(), "name": "Profit", "line": {"color": COLORS[1]}},
    ]
    for trace in traces:
        trace["hovertemplate"] = f"%{{x}}<br>{trace['name']} %{{y:$,.0f}}<extra></extra>"
    return _chart(traces, {"xaxis": _axis(""), "yaxis": _axis("Sales ($)"), "legend": ABOVE})


def line(rows: pd.DataFrame, y: str, y_title: str, y_format: str) -> Chart:
    """A line with its points, by `period`, from zero."""
    trace = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [day.isoformat() for day in rows["period"]],
        "y": _numbers(rows[y]),
        "line": {"color": COLORS[0]},
        "hovertemplate": f"%{{x}}<br>{HOVERS[y].format('y')}<extra></extra>",
    }
    return _chart([trace], {"xaxis": _axis(""), "yaxis": {**_axis(y_title, y_format), "rangemode": "tozero"}})


def bubbles(rows: pd.DataFrame, x: str, y: str, size: str, text: str, titles: tuple[str, str]) -> Chart:
    """Points with their names above, as large as `size`."""
    largest = max(rows[size].max(), 1) if len(rows) else 1
    trace = {
        "type": "scatter",
        "mode": "markers+text",
        "x": rows[x].tolist(),
        "y": _numbers(rows[y]),
        "text": as_text(rows[text]),
        "textposition": "top center",
        "cliponaxis": False,
        "marker": {
            "color": COLORS[0],
            "size": rows[size].tolist(),
            "sizemode": "area",
            "sizeref": float(largest) / 400,  # the largest is 20 pixels across
        },
        **_hover(rows, "%{text}", {x: "x", y: "y"}, [size]),
    }
    return _chart([trace], {"xaxis": _axis(titles[0]), "yaxis": _axis(titles[1], ".0%")})


def shorten(chart: Chart, names: pd.Series, longest: int = 28) -> Chart:
    """The chart with names that are too long for its vertical axis cut there; the pointer tells the whole ones."""
    cut = pd.Series([name if len(name) <= longest else f"{name[: longest - 1]}…" for name in names], dtype=object)
    chart.to_dict()["layout"]["yaxis"] |= {"tickvals": as_text(names), "ticktext": as_text(cut)}
    return chart


def as_text(values: pd.Series) -> list[str]:
    """Names as they are: plotly would take `<b>` for bold, and `<a href>` for a link."""
    return [NOTHING if value is None else html.escape(str(value), quote=False) for value in values]


def _chart(traces: list[Spec], layout: Spec) -> Chart:
    return Chart({"data": traces, "layout": {"template": TEMPLATE, **FRAME, **layout}})


def _axis(title: str, tick_format: str = "") -> Spec:
    return {"title": {"text": title}, **({"tickformat": tick_format} if tick_format else {})}


def _hover(rows: pd.DataFrame, first: str, places: dict[str, str], more: Sequence[str]) -> Spec:
    places = places | {name: f"customdata[{number}]" for number, name in enumerate(more)}
    told = [first, *(HOVERS[name].format(place) for name, place in places.items())]
    values = zip(*(_numbers(rows[name]) for name in more), strict=True)
    return {"hovertemplate": "<br>".join(told) + "<extra></extra>", "customdata": [list(row) for row in values]}


def _numbers(values: pd.Series) -> list[Any]:
    """The values as JSON has them: nothing where there is no number."""
    return [None if pd.isna(value) else value for value in values.tolist()]
