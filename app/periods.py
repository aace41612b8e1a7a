"""Periods by name, counted from the newest order in the data, not from today's calendar."""

from __future__ import annotations

import datetime as dt

PRESETS = (
    "This year",
    "Last 12 months",
    "This quarter",
    "Last quarter",
    "Last month",
    "Last year",
    "All time",
    "Custom",
)


def period_of(preset: str, first: dt.date, newest: dt.date) -> tuple[dt.date, dt.date]:
    """The days of a period, both included; `first` and `newest` are the first and last day with orders."""
    month = newest.replace(day=1)
    quarter = dt.date(newest.year, 3 * ((newest.month - 1) // 3) + 1, 1)
    if preset == "Last 12 months":
        return _months_earlier(month, 12), month - dt.timedelta(days=1)
    if preset == "This quarter":
        return quarter, newest
    if preset == "Last quarter":
        return _months_earlier(quarter, 3), quarter - dt.timedelta(days=1)
    if preset == "Last month":
        return _months_earlier(month, 1), month - dt.timedelta(days=1)
    if preset == "Last year":
        return dt.date(newest.year - 1, 1, 1), dt.date(newest.year - 1, 12, 31)
    if preset == "All time":
        return first, newest
    return dt.date(newest.year, 1, 1), newest


def _months_earlier(first_of_month: dt.date, months: int) -> dt.date:
    number = first_of_month.year * 12 + first_of_month.month - 1 - months
    return dt.date(number // 12, number % 12 + 1, 1)
