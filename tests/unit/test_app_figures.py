"""Periods, comparisons, folding and downloads of the dashboards."""

import datetime as dt

import pandas as pd
import pytest

from app import figures
from app.amounts import ago, money, percent
from app.app_pages.regions import compare
from app.app_pages.sales import points, relative
from app.entry.literal import literal
from app.figures import FOLDED, Selection, Totals, change, fold_few
from app.layout import as_csv
from app.periods import PRESETS, period_of

FIRST, NEWEST = dt.date(2022, 7, 1), dt.date(2026, 5, 20)


@pytest.mark.parametrize(
    ("preset", "start", "end"),
    [
        ("This year", "2026-01-01", "2026-05-20"),
        ("Last 12 months", "2025-05-01", "2026-04-30"),
        ("This quarter", "2026-04-01", "2026-05-20"),
        ("Last quarter", "2026-01-01", "2026-03-31"),
        ("Last month", "2026-04-01", "2026-04-30"),
        ("Last year", "2025-01-01", "2025-12-31"),
        ("All time", "2022-07-01", "2026-05-20"),
    ],
)
def test_periods_are_counted_from_the_newest_order(preset, start, end):
    assert preset in PRESETS
    assert period_of(preset, FIRST, NEWEST) == (dt.date.fromisoformat(start), dt.date.fromisoformat(end))


def test_a_selection_is_compared_with_as_many_days_before_and_with_the_same_days_of_last_year():
    selection = Selection(dt.date(2024, 2, 1), dt.date(2024, 2, 29), region=("East",))
    assert selection.before() == Selection(dt.date(2024, 1, 3), dt.date(2024, 1, 31), region=("East",))
    assert selection.year_before() == Selection(dt.date(2023, 2, 1), dt.date(2023, 2, 28), region=("East",))


def test_ratios_are_ratios_of_sums_and_nothing_is_divided_by_nothing():
    totals = Totals(200.0, 50.0, 4, 1)
    assert (totals.margin, totals.average_order_value, totals.return_rate) == (0.25, 50.0, 0.25)
    empty = Totals(0, 0, 0, 0)
    assert (empty.margin, empty.average_order_value, empty.return_rate) == (None, None, None)
    assert (change(150, 100), change(-50, -100), change(1, 0), change(None, 1)) == (0.5, 0.5, None, None)


def cities(*customers):
    return pd.DataFrame(
        [
            {"country": "A", "state": "B", "city": f"c{n}", "customers": number, "sales": 10.0 * number, "profit": 1.0,
             "orders": 1, "returned_orders": 0}
            for n, number in enumerate(customers)
        ]
    )  # fmt: skip


def test_places_of_fewer_than_five_customers_are_one_row():
    folded = fold_few(cities(9, 4, 3, 5))
    assert list(folded["city"]) == ["c0", "c3", FOLDED]
    assert list(folded["customers"]) == [9, 5, 7]
    assert list(folded["sales"]) == [90.0, 50.0, 70.0]


def test_figures_of_a_fold_that_has_fewer_than_five_customers_itself_are_left_out():
    folded = fold_few(cities(9, 4))
    assert folded["city"].iloc[-1] == FOLDED
    assert folded[["customers", "sales", "profit", "orders"]].iloc[-1].isna().all()


def test_regions_are_compared_by_name_also_when_one_is_new():
    now = pd.DataFrame({"region": ["East", "West"], "sales": [120.0, 10.0]})
    then = pd.DataFrame({"region": ["East"], "sales": [100.0]})
    compared = compare(now, then, then.iloc[:0], "region")
    assert compared["change on before"].iloc[0] == pytest.approx(0.2)
    assert pd.isna(compared["change on before"].iloc[1])
    assert list(compared["sales last year"]) == [0.0, 0.0]


def test_no_text_of_a_download_is_taken_for_a_formula():
    csv = as_csv(pd.DataFrame({"product": ["=cmd()", "@x", "fine"], "profit": [-1.5, 2.0, 3.0]})).decode()
    assert csv.splitlines() == ["product,profit", "'=cmd(),-1.5", "'@x,2.0", "fine,3.0"]


def test_text_of_people_is_shown_as_text():
    assert literal("<b>*x*</b> $1$ [a](b)") == r"\<b\>\*x\*\</b\> \$1\$ \[a\]\(b\)"


def test_figures_have_units():
    assert (money(1_234_567), money(-4_560), money(12.3), money(None)) == ("$1.23 M", "-$4.56 K", "$12.30", "–")
    assert percent(0.1234) == "12.3 %"
    now = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
    assert ago(now - dt.timedelta(hours=5), now) == "5 hours"


def test_a_period_is_compared_with_another_only_where_the_data_go_back_as_far(monkeypatch):
    monkeypatch.setattr(figures, "days_of", lambda lines: (dt.date(2023, 1, 3), dt.date(2026, 6, 30)))
    all_time = Selection(dt.date(2023, 1, 3), dt.date(2026, 6, 30))
    assert not figures.is_covered(None, all_time.before())
    assert not figures.is_covered(None, all_time.year_before())
    year = Selection(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert figures.is_covered(None, year.year_before())  # a few quiet days do not count


def test_rates_change_by_points_and_amounts_by_per_cent():
    assert points(0.106, 0.091, "before") == "+1.5 points on before"
    assert points(0.1, 0.10001, "before") == "0.0 points on before"
    assert relative(120.0, 100.0, "before") == "+20.0 % on before"
    assert points(None, 0.1, "before") is points(0.1, None, "before") is relative(1.0, None, "before") is None
