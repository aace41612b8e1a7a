"""Charts are what plotly takes for charts."""

import datetime as dt

import pandas as pd
import plotly.graph_objects as go
import pytest

from app import charts

ROWS = pd.DataFrame(
    {
        "name": ["a", "b", "c"],
        "period": [dt.date(2026, 1, 1), dt.date(2026, 2, 1), dt.date(2026, 3, 1)],
        "sales": [3.0, 2.0, 1.0],
        "sales last year": [1.0, 0.0, 2.0],
        "profit": [1.0, -1.0, 0.0],
        "margin": [0.1, None, 0.3],
        "return_rate": [None, 0.2, 0.1],
        "discount": [0.0, 0.05, 0.1],
        "orders": [1, 2, 3],
        "order_lines": [1, 2, 3],
    }
)
MADE = {
    "bars": charts.bars(ROWS, "sales", "name", "Sales ($)", ("profit", "margin", "return_rate")),
    "columns": charts.columns(ROWS, "name", (("sales", "now"), ("sales last year", "then")), "Sales ($)"),
    "gains": charts.gains_and_losses(ROWS, "discount", "profit", ("Discount", "Profit"), ("order_lines", "margin")),
    "area": charts.sales_and_profit(ROWS),
    "line": charts.line(ROWS, "return_rate", "Return rate", ".1%"),
    "bubbles": charts.bubbles(ROWS, "sales", "margin", "orders", "name", ("Sales ($)", "Margin")),
    "short": charts.shorten(charts.bars(ROWS, "sales", "name", "Sales ($)"), pd.Series(["a" * 40, "<b>"])),
    "empty": charts.bubbles(ROWS.iloc[:0], "sales", "margin", "orders", "name", ("Sales ($)", "Margin")),
}


@pytest.mark.parametrize("name", MADE)
def test_plotly_takes_each_form(name):
    spec = MADE[name].to_dict()
    go.Figure(spec)  # raises for what plotly does not know
    assert "NaN" not in str(spec["data"])


def test_the_first_row_is_on_top_and_the_pointer_tells_its_own_figures():
    trace = MADE["bars"].to_dict()["data"][0]
    assert (trace["y"][-1], trace["x"][-1], trace["customdata"][-1]) == ("a", 3.0, [1.0, 0.1, None])
    assert "Profit %{customdata[0]:$,.0f}" in trace["hovertemplate"]


def test_gains_and_losses_have_two_colours_and_long_names_are_cut():
    assert [trace["x"] for trace in MADE["gains"].to_dict()["data"]] == [[0.0, 0.1], [0.05]]
    assert MADE["short"].to_dict()["layout"]["yaxis"]["ticktext"] == ["a" * 27 + "…", "&lt;b&gt;"]


def test_a_name_that_holds_markup_is_shown_as_it_is():
    rows = ROWS.assign(name=["<b>a</b>", '<a href="https://evil.example">x</a>', None])
    for chart in (
        charts.bars(rows, "sales", "name", "Sales ($)"),
        charts.columns(rows, "name", (("sales", "now"),), "Sales ($)"),
        charts.bubbles(rows, "sales", "margin", "orders", "name", ("Sales ($)", "Margin")),
    ):
        assert "<" not in "".join(str(chart.to_dict()["data"][0].get(part)) for part in ("x", "y", "text"))
