"""When people buy: seasons, weekdays and growth over the years of generated data."""

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

YEARS = 4
YEARLY_GROWTH = 1.26
MONTH_WEIGHTS = np.array([0.60, 0.55, 0.80, 0.75, 0.85, 1.15, 0.80, 1.15, 1.30, 1.05, 1.45, 1.55])
WEEKDAY_WEIGHTS = np.array([1.0, 1.1, 1.1, 1.05, 1.2, 0.7, 0.35])

Integers = NDArray[np.int64]
Days = NDArray[np.datetime64]


def first_day(until: date) -> date:
    """The first of the years of data that end with `until`."""
    start = until + timedelta(days=1)
    return start.replace(year=start.year - YEARS, day=min(start.day, 28) if start.month == 2 else start.day)


def day_weights(days: Days) -> NDArray[np.float64]:
    """How much is ordered on each day, relative to the others."""
    months = days.astype("datetime64[M]").astype(int) % 12
    weekdays = (days.astype("datetime64[D]").astype(int) + 3) % 7  # 1970-01-01 was a Thursday
    years = (days - days[0]).astype(int) / 365.25
    return MONTH_WEIGHTS[months] * WEEKDAY_WEIGHTS[weekdays] * YEARLY_GROWTH**years


def draw(weights: NDArray[np.float64], count: int, random: np.random.Generator) -> Integers:
    """Positions drawn with replacement, each as often as its weight says."""
    bounds = np.cumsum(weights)
    return np.searchsorted(bounds, random.random(count) * bounds[-1], side="right").clip(0, len(weights) - 1)
