"""The chart of an answer: one of a fixed set of forms, never code that was generated."""

from __future__ import annotations

import pandas as pd
import plotly.express as px
import plotly.graph_objects as go

from app.answers.ask import Answer
from app.answers.compile import Column
from app.charts import as_text

TICKS = {"money": "$,.4~s", "percent": ".0%"}
SMALL = 10
SMALL_TICKS = {"money": "$,.2~f", "percent": ".1~%"}
"""For axes up to so much: a half is "0.5" there, not "500m"."""


def table_of(answer: Answer) -> pd.DataFrame:
    """The rows of an answer, columns named as people read them."""
    names = [column.label for column in answer.shown] or list(answer.columns)
    return pd.DataFrame([list(row) for row in answer.rows], columns=_distinct(names))


def chart_of(answer: Answer) -> go.Figure | None:
    """The chart that fits an answer; None where its sentence or its table says it all."""
    keys = [i for i, column in enumerate(answer.shown) if column.kind == "key" and not column.name.endswith("_name")]
    figures = [i for i, column in enumerate(answer.shown) if column.kind == "figure"]
    if answer.chart in ("number", "table") or len(answer.rows) < 2 or not keys or not figures:
        return None
    table = table_of(answer)
    names = list(table.columns)
    value = figures[0]
    table[names[value]] = table[names[value]].astype(float)
    for i in keys:
        if answer.shown[i].name == "year":
            table[names[i]] = table[names[i]].astype(str)
        elif any(isinstance(value, str) for value in table[names[i]]):
            table[names[i]] = as_text(table[names[i]])
    figure = _drawn(answer.chart, table, [names[i] for i in _time_first(keys, answer.shown)], names[value])
    if (
        answer.chart in ("line", "lines", "grouped_bars")
        and answer.shown[_time_first(keys, answer.shown)[0]].name == "year"
    ):
        figure.update_xaxes(type="category")  # plotly takes texts of digits for numbers
    axis = figure.update_xaxes if answer.chart == "bars" else figure.update_yaxes
    small = table[names[value]].abs().max() < (SMALL / 100 if answer.shown[value].format == "percent" else SMALL)
    ticks, plain = (SMALL_TICKS, ",.2~f") if small else (TICKS, ",.4~s")
    axis(tickformat=ticks.get(answer.shown[value].format, plain))
    return figure


def _drawn(form: str, table: pd.DataFrame, keys: list[str], value: str) -> go.Figure:
    if form == "line":
        return px.line(table, x=keys[0], y=value, markers=True)
    if form == "lines":
        return px.line(table, x=keys[0], y=value, color=keys[1], markers=True)
    if form == "grouped_bars":
        return px.bar(table, x=keys[0], y=value, color=keys[1], barmode="group")
    bars = px.bar(table.assign(**{keys[0]: table[keys[0]].astype(str)}), x=value, y=keys[0], orientation="h")
    bars.update_yaxes(autorange="reversed", type="category")
    return bars


def _time_first(keys: list[int], shown: tuple[Column, ...]) -> list[int]:
    return sorted(keys, key=lambda i: not (shown[i].format == "date" or shown[i].name == "year"))


def _distinct(names: list[str]) -> list[str]:
    """Column names, a number added to those that repeat."""
    return [name if names.index(name) == i else f"{name} {i + 1}" for i, name in enumerate(names)]
