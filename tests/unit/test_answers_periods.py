"""Words of time, anchored on the newest order date."""

import pytest

from app.answers.periods import find_periods
from app.answers.words import tokenize
from tests.unit.answers_layer import NEWEST, OLDEST


@pytest.mark.parametrize(
    ("question", "start", "end"),
    [
        ("sales last month", "2026-10-01", "2026-10-31"),
        ("sales last quarter", "2026-07-01", "2026-09-30"),
        ("sales last year", "2025-01-01", "2025-12-31"),
        ("sales last week", "2026-11-16", "2026-11-22"),
        ("sales this year", "2026-01-01", "2026-11-24"),
        ("sales year to date", "2026-01-01", "2026-11-24"),
        ("sales this month", "2026-11-01", "2026-11-24"),
        ("orders in the last 90 days", "2026-08-27", "2026-11-24"),
        ("orders over the last six months", "2026-05-01", "2026-10-31"),
        ("profit since March", "2026-03-01", "2026-11-24"),
        ("sales in Q3 2024", "2024-07-01", "2024-09-30"),
        ("sales in the third quarter of 2024", "2024-07-01", "2024-09-30"),
        ("H1 2023", "2023-01-01", "2023-06-30"),
        ("second half of 2024", "2024-07-01", "2024-12-31"),
        ("between March and May 2024", "2024-03-01", "2024-05-31"),
        ("Nov 2023 to Feb 2024", "2023-11-01", "2024-02-29"),
        ("from January 1, 2024 to March 31, 2024", "2024-01-01", "2024-03-31"),
        ("2022-2024", "2022-01-01", "2024-12-31"),
        ("on 2024-03-05", "2024-03-05", "2024-03-05"),
        ("on 5 March 2024", "2024-03-05", "2024-03-05"),
        ("in December last year", "2025-12-01", "2025-12-31"),
        ("the last 3 months of 2024", "2024-10-01", "2024-12-31"),
        ("the week before Christmas", "2025-12-18", "2025-12-24"),
        ("on Black Friday 2025", "2025-11-28", "2025-11-28"),
        ("before 2024", "2022-11-25", "2023-12-31"),
        ("after 2024", "2025-01-01", "2026-11-24"),
        ("from 2024 onwards", "2024-01-01", "2026-11-24"),
        ("3 months ago", "2026-08-01", "2026-08-31"),
        ("week 10 of 2025", "2025-03-03", "2025-03-09"),
    ],
)
def test_words_of_time_name_their_days(question: str, start: str, end: str) -> None:
    found, troubles = find_periods(tokenize(question), NEWEST, OLDEST)
    assert not troubles
    assert [(str(f.period.start), str(f.period.end)) for f in found] == [(start, end)]


@pytest.mark.parametrize("question", ["more than 2000 units", "what may help", "top 5 may be enough"])
def test_other_words_are_no_time(question: str) -> None:
    assert find_periods(tokenize(question), NEWEST, OLDEST)[0] == []


def test_a_date_that_can_be_read_in_two_ways_is_asked_about() -> None:
    _, troubles = find_periods(tokenize("sales on 3/4/2024"), NEWEST, OLDEST)
    assert "March 4 or April 3" in troubles[0].message


def test_a_month_takes_the_year_of_its_neighbour() -> None:
    found, _ = find_periods(tokenize("Q2 2024 vs Q1"), NEWEST, OLDEST)
    assert [f.period.label for f in found] == ["Q2 2024", "Q1 2024"]
