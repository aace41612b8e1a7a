"""How much of a source system a round of changes touches, and which orders it meets."""

import re

import numpy as np
from numpy.typing import NDArray

from oltp.errors import SourceError
from oltp.seasons import Integers

MEMORY_DAYS = 60  # orders of this age are changed e times less than today's
OLD_SHARE = 0.003  # and even the oldest are changed now and then


def lines_meant(amount: str, line_count: int) -> int:
    """How many order lines an amount like `1%` or `5000` is; at least one.

    Raises:
        SourceError: the amount is neither, or not between nothing and all.
    """
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(%?)", amount.strip())
    if found is None:
        raise SourceError(f"{amount!r} is no amount of change; write a share like 1% or a number of lines like 5000")
    lines = float(found[1]) * line_count / 100 if found[2] else float(found[1])
    if not 0 < lines <= line_count:
        raise SourceError(f"{amount} is out of range: there are {line_count} lines, and at least one must change")
    return max(1, round(lines))


def mostly_recent(days: Integers, count: int, random: np.random.Generator) -> Integers:
    """Positions of that many different orders in random sequence, recent ones far more often than old ones.

    `days` holds the order's dates as days since any day.
    """
    weights: NDArray[np.float64] = np.exp((days - days.max()) / MEMORY_DAYS) + OLD_SHARE
    ranks = np.log(random.random(len(weights))) / weights  # weighted sampling without replacement, Efraimidis 2006
    return np.argsort(-ranks, kind="stable")[:count]
