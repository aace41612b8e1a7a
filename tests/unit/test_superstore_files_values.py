"""Dates and numbers as spreadsheets write them, and money to the cent."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oltp.superstore_files.dates import NO_DATE, read_date
from oltp.superstore_files.numbers import NO_NUMBER, DecimalMark, read_number, to_cents

DAY = date(2018, 11, 8)
OTHER = date(2018, 8, 11)


@pytest.mark.parametrize(
    "text",
    [
        "2018-11-08", "2018/11/8", "2018.11.08", "20181108", "8-Nov-18", "8 November 2018", "8. Nov. 2018", "8Nov2018",
        "Nov 8, 2018", "November 8 2018", "Thursday, November 8, 2018", "Thu 8-Nov-2018", "43412", "43412.75",
        "2018-11-08T23:59:59Z", "2018-11-08 14:30:00.123456+02:00", "2018-11-08 2:30 PM", " 2018-11-08 ",
    ],
)  # fmt: skip
def test_a_date_that_needs_no_order_reads_the_same_by_both(text: str) -> None:
    assert (read_date(text).day_first, read_date(text).month_first) == (DAY, DAY)


@pytest.mark.parametrize("text", ["8/11/2018", "08-11-2018", "08.11.2018", "8/11/18", "08.11.2018 14:30", "8 11 2018"])
def test_a_date_of_three_numbers_reads_by_its_order(text: str) -> None:
    assert (read_date(text).day_first, read_date(text).month_first) == (DAY, OTHER)


@pytest.mark.parametrize(
    "text",
    ["", "n/a", "2018-13-01", "31/31/2018", "2018-02-30", "8-Nxv-18", "1.5", "12", "#VALUE!", "2018-11", "8/11-2018",
     "2018-11-08 25:61", "99999999", "0000-01-01", "Maybe 8, 2018"],
)  # fmt: skip
def test_what_is_no_date_is_read_as_none(text: str) -> None:
    assert (read_date(text).day_first, read_date(text).month_first) == (NO_DATE.day_first, NO_DATE.month_first)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_survives_each_way_of_writing_it(day: date) -> None:
    year = f"{day.year:04}"
    assert read_date(day.isoformat()).day_first == day
    assert read_date(f"{day.day}/{day.month}/{year}").day_first == day
    assert read_date(f"{day.month}/{day.day}/{year}").month_first == day
    assert read_date(f"{day.day:02}.{day.month:02}.{year} 23:59").day_first == day
    assert read_date(f"{day.day} {day.strftime('%B')} {year}").month_first == day


@given(st.dates(min_value=date(1927, 5, 18), max_value=date(2173, 10, 13)))
def test_every_serial_number_of_five_digits_is_its_day(day: date) -> None:
    assert read_date(str((datetime(day.year, day.month, day.day) - datetime(1899, 12, 30)).days)).day_first == day


@given(st.dates(min_value=date(1969, 1, 1), max_value=date(2068, 12, 31)))
def test_every_year_of_two_digits_is_in_the_century_of_posix(day: date) -> None:
    assert read_date(day.strftime("%d-%b-%y")).day_first == day


@given(st.text(max_size=20))
def test_no_text_makes_the_readers_fail(text: str) -> None:
    read_date(text)
    read_number(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234.56", "1234.56"), ("1234.56", "1234.56"), ("$1,234.56", "1234.56"), ("-$12.5", "-12.5"),
        ("$-12.5", "-12.5"), ("(12.5)", "-12.5"), ("($1,000.00)", "-1000"), ("12.5-", "-12.5"), ("−12.5", "-12.5"),
        ("+3.5", "3.5"), (".5", "0.5"), ("5.", "5"), ("1.5E+03", "1500"), ("1 234.50", "1234.5"),
        ("1\u202f234.50", "1234.5"), ("1'234.50", "1234.5"), ("12,34,567.89", "1234567.89"), ("€ 9.5", "9.5"),
        ("0.123", "0.123"), ("1234", "1234"),
    ],
)  # fmt: skip
def test_a_number_with_a_point_is_read(text: str, number: str) -> None:
    assert read_number(text).by(DecimalMark.POINT) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "number"),
    [("1.234,56", "1234.56"), ("12,5 €", "12.5"), ("(1.000,5)", "-1000.5"), ("1 234,5", "1234.5"), ("0,123", "0.123")],
)
def test_a_number_with_a_comma_is_read_so_and_in_no_other_way(text: str, number: str) -> None:
    assert (read_number(text).comma, read_number(text).point) == (Decimal(number), None)


def test_one_group_of_three_digits_has_two_readings() -> None:
    assert (read_number("1,234").point, read_number("1,234").comma) == (Decimal(1234), Decimal("1.234"))


def test_a_per_cent_sign_is_kept_apart() -> None:
    assert (read_number("12.5 %").point, read_number("12.5%").percent) == (Decimal("12.5"), True)


@pytest.mark.parametrize(
    "text", ["", "-", "()", ".", "n/a", "NaN", "inf", "#REF!", "1,2,3", "1.2.3", "1,23", "12 USD", "0x10", "1e99999"]
)
def test_what_is_no_number_with_a_point_is_read_as_none(text: str) -> None:
    assert read_number(text).point is NO_NUMBER.point


_MONEY = st.decimals(min_value=-(10**10), max_value=10**10, allow_nan=False, places=6)


@given(_MONEY)
def test_money_is_rounded_half_away_from_zero(amount: Decimal) -> None:
    cents = abs(Fraction(amount)) * 100
    nearest = int(cents + Fraction(1, 2))  # truncation of a positive number: halves go up, away from zero
    assert to_cents(amount) == Decimal(nearest if amount > 0 else -nearest) / 100
    assert to_cents(amount).as_tuple().exponent == -2


@pytest.mark.parametrize(
    ("amount", "cents"),
    [
        ("2.675", "2.68"),
        ("-2.675", "-2.68"),
        ("1.005", "1.01"),
        ("0.004999", "0.00"),
        ("-0.004", "0.00"),
        ("7", "7.00"),
    ],
)
def test_money_that_binary_fractions_get_wrong_is_right(amount: str, cents: str) -> None:
    assert str(to_cents(Decimal(amount))) == cents


@given(_MONEY)
def test_every_amount_survives_both_conventions(amount: Decimal) -> None:
    english = f"{amount:,f}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert read_number(english).point == amount
    assert read_number(german).comma == amount
    assert read_number(f"({english.lstrip('-')})").point == -abs(amount)
