"""Parts of a table whose count and checksum two databases compare, and how they narrow down to single keys.

A part is a month of the partition column (or the whole table where there is none), and within it a range of the key's
hash: all keys whose hash begins with the same bits. One bit more halves it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

HASH_BITS = 32
UNPARTITIONED_BITS = 6
ROWS_TO_LIST = 32
MOST_PARTS = 65_536  # that one query is asked for
NO_MONTH = "~"


@dataclass(frozen=True, order=True)
class Part:
    """`month` is YYYY-MM of the partition column, NO_MONTH where that is NULL, empty in a table without one.

    `prefix` are the first `bits` bits of the key's hash that all of its rows share.
    """

    month: str
    prefix: int
    bits: int


@dataclass(frozen=True)
class Figures:
    """The number of rows of a part and the sum of their digests, which does not depend on their order."""

    rows: int
    checksum: int


@dataclass(frozen=True)
class Row:
    """A row as the comparison knows it: a digest of all its columns, and the canonical text of its cursor."""

    digest: int
    cursor: str | None


def different(source: Mapping[Part, Figures], staging: Mapping[Part, Figures]) -> tuple[Part, ...]:
    """Return the parts in which the databases differ, in order."""
    return tuple(sorted(part for part in source.keys() | staging.keys() if source.get(part) != staging.get(part)))


def bits_to_narrow(parts: Sequence[Part], *sides: Mapping[Part, Figures]) -> int:
    """Return the bits of the next, smaller parts: as many halvings as the greatest part needs to be listed, or as fit.

    The bits are those of `parts` when these are small enough, or too many to be halved.
    """
    rows = max((side[part].rows for side in sides for part in parts if part in side), default=0)
    needed = math.ceil(math.log2(max(1.0, rows / ROWS_TO_LIST)))
    fitting = int(math.log2(max(1.0, MOST_PARTS / len(parts))))
    return min(HASH_BITS, parts[0].bits + min(needed, fitting))


def total(figures: Mapping[Part, Figures]) -> Figures:
    """Return the figures of the whole table."""
    return Figures(sum(f.rows for f in figures.values()), sum(f.checksum for f in figures.values()))


def month_bounds(parts: Sequence[Part]) -> tuple[str, str] | None:
    """Return the first day of the parts' months and the day after their last; None if one of them has no month."""
    months = sorted({part.month for part in parts})
    if not months[0] or NO_MONTH in months:
        return None
    year, number = (int(piece) for piece in months[-1].split("-"))
    return f"{months[0]}-01", f"{year + number // 12:04}-{number % 12 + 1:02}-01"
