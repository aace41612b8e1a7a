"""Parts of a table whose count and checksum two databases compare, and how they narrow down to single keys.

A part is a month of the partition column (or the whole table where there is none), and within it a range of the key's
hash: all keys whose hash begins with the same bits. One bit more halves it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

HASH_BITS = 32
UNPARTITIONED_BITS = 6
ROWS_TO_LIST = 256
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


def bits_to_list(parts: Sequence[Part], *sides: Mapping[Part, Figures]) -> int:
    """Return the bits at which a part has few enough rows to list: as many halvings as the greatest part needs."""
    present = [side[part].rows for side in sides for part in parts if part in side]
    halvings = math.ceil(math.log2(max(1.0, max(present, default=0) / ROWS_TO_LIST)))
    return min(HASH_BITS, max((part.bits for part in parts), default=0) + halvings)


def total(figures: Mapping[Part, Figures]) -> Figures:
    """Return the figures of the whole table."""
    return Figures(sum(f.rows for f in figures.values()), sum(f.checksum for f in figures.values()))


def prefixes_by_month(parts: Sequence[Part]) -> Mapping[str, tuple[Part, ...]]:
    """Group parts by their month, so that a query can name each month once."""
    grouped: dict[str, list[Part]] = {}
    for part in parts:
        grouped.setdefault(part.month, []).append(part)
    return {month: tuple(members) for month, members in grouped.items()}


def month_bounds(month: str) -> tuple[str, str]:
    """Return the first day of a month and of the one after it; years are written with at least four digits."""
    year, number = (int(piece) for piece in month.split("-"))
    following = f"{year + number // 12:04}-{number % 12 + 1:02}-01"
    return f"{month}-01", following
