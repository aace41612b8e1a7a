"""The key facts beside an answer: what stands out, computed from its rows."""

import datetime as dt

from app.answers.compile import Column
from app.answers.wording import facts

COLUMNS = (Column("month", "Month", "key", "", "date"), Column("sales", "Sales", "figure", "USD", "money", 0, "value"))
ROWS = [
    (dt.date(2025, 1, 1), 10.0),
    (dt.date(2025, 2, 1), 100.0),
    (dt.date(2025, 3, 1), 150.0),
    (dt.date(2025, 4, 1), 5.0),
]


def test_the_change_over_time_leaves_out_months_that_the_data_covers_in_part() -> None:
    found = facts(COLUMNS, ROWS, True, (dt.date(2025, 1, 20), dt.date(2025, 4, 3)))
    assert "From 2025-02 to 2025-03: +50.0%." in found


def test_the_change_over_time_goes_from_the_first_to_the_last_where_all_are_whole() -> None:
    found = facts(COLUMNS, ROWS, True, (dt.date(2025, 1, 1), dt.date(2025, 4, 30)))
    assert "From 2025-01 to 2025-04: -50.0%." in found
