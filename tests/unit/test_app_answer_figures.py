"""The charts of answers."""

import pytest

from app.answer_figures import chart_of
from app.answers.ask import ANSWERED, Answer
from app.answers.compile import Column


@pytest.mark.parametrize("form", ["line", "grouped_bars"])
def test_years_are_names_on_an_axis_and_not_numbers(form):
    shown = (Column("year", "Year", "key"), Column("region", "Region", "key"), Column("sales", "Sales", "figure"))
    rows = ((2022, "East", 1.0), (2023, "East", 2.0))
    figure = chart_of(Answer(ANSWERED, "", columns=("year", "region", "sales"), rows=rows, shown=shown, chart=form))
    assert figure.layout.xaxis.type == "category"
    assert list(figure.data[0].x) == ["2022", "2023"]


@pytest.mark.parametrize(("largest", "ticks"), [(2.0, ",.2~f"), (2000.0, ",.4~s")])
def test_a_half_is_no_500m_on_an_axis_of_few(largest, ticks):
    shown = (Column("market", "Market", "key"), Column("returns", "Returns", "figure", "", "count"))
    rows = (("EU", 1.0), ("US", largest))
    figure = chart_of(Answer(ANSWERED, "", columns=("market", "returns"), rows=rows, shown=shown, chart="bars"))
    assert figure.layout.xaxis.tickformat == ticks
