"""Where staging differs from the source: figures of all parts first, then of smaller ones, then single keys.

Both databases compute at the same time, the source within one snapshot. No row leaves them but the digests of those
few that share a smallest part with a row that differs.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from ingestion import staging_checksums
from ingestion.buckets import UNPARTITIONED_BITS, Figures, Part, Row, bits_to_narrow, different
from ingestion.declarations import Source
from ingestion.dialect import Oltp
from ingestion.model import TablePlan

Left = TypeVar("Left")
Right = TypeVar("Right")
Key = tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """The two databases under comparison: the source, within its snapshot, and the one that holds its copies."""

    source: Source
    oltp: Oltp
    warehouse: Any


@dataclass(frozen=True)
class Comparison:
    """The figures of a table's parts in both databases."""

    plan: TablePlan
    in_source: Mapping[Part, Figures]
    in_staging: Mapping[Part, Figures]

    @property
    def different(self) -> tuple[Part, ...]:
        """The parts that differ."""
        return different(self.in_source, self.in_staging)

    @property
    def parts(self) -> int:
        """How many parts were compared."""
        return len(self.in_source.keys() | self.in_staging.keys())


@dataclass(frozen=True)
class Mismatch:
    """A key whose row is not the same in both databases; None where there is no row."""

    key: Key
    in_source: Row | None
    in_staging: Row | None


def compare_tables(pair: Pair, plans: Sequence[TablePlan]) -> tuple[Comparison, ...]:
    """Compare whole tables. Neither database waits for the other between tables."""

    def from_source() -> list[Mapping[Part, Figures]]:
        read = pair.oltp.dialect.read_figures
        return [read(pair.oltp.connection, pair.source, plan, _first_bits(plan)) for plan in plans]

    def from_staging() -> list[Mapping[Part, Figures]]:
        database = pair.source.staging
        return [staging_checksums.read_figures(pair.warehouse, database, plan, _first_bits(plan)) for plan in plans]

    theirs, ours = _at_once(from_source, from_staging)
    return tuple(Comparison(*sides) for sides in zip(plans, theirs, ours, strict=True))


def compare_again(pair: Pair, before: Comparison) -> Comparison:
    """Compare the parts of a table that differed once more; the source's snapshot is the same, so are its figures."""
    parts = before.different
    if not parts:
        return before
    fresh = staging_checksums.read_figures(
        pair.warehouse, pair.source.staging, before.plan, _first_bits(before.plan), parts
    )
    unchanged = {part: figures for part, figures in before.in_staging.items() if part not in parts}
    return Comparison(before.plan, before.in_source, {**unchanged, **fresh})


def find_mismatches(pair: Pair, comparison: Comparison, most: int) -> tuple[list[Mismatch], bool]:
    """Return the keys that differ in a table, in order, and whether these are all; no more than `most` are listed."""
    parts = _narrowed(pair, comparison)
    if not parts:
        return [], True
    plan = comparison.plan
    staged = dict(staging_checksums.read_rows(pair.warehouse, pair.source.staging, plan, parts))
    found: list[Mismatch] = []
    with closing(pair.oltp.dialect.read_digests(pair.oltp.connection, pair.source, plan, parts)) as rows:
        for key, row in rows:
            copy = staged.pop(key, None)
            if copy is None or copy.digest != row.digest:
                found.append(Mismatch(key, row, copy))
                if len(found) > most:
                    return found[:most], False
    found += [Mismatch(key, None, copy) for key, copy in islice(staged.items(), most + 1 - len(found))]
    return sorted(found[:most], key=lambda mismatch: mismatch.key), len(found) <= most


def _narrowed(pair: Pair, comparison: Comparison) -> tuple[Part, ...]:
    """Return the smallest parts that differ: each of the parts that differ halved until its rows can be listed."""
    plan, parts = comparison.plan, comparison.different
    theirs, ours = comparison.in_source, comparison.in_staging
    while parts and (bits := bits_to_narrow(parts, theirs, ours)) > parts[0].bits:
        theirs, ours = _at_once(
            partial(pair.oltp.dialect.read_figures, pair.oltp.connection, pair.source, plan, bits, parts),
            partial(staging_checksums.read_figures, pair.warehouse, pair.source.staging, plan, bits, parts),
        )
        parts = different(theirs, ours)
    return parts


def _first_bits(plan: TablePlan) -> int:
    return 0 if plan.month_column else UNPARTITIONED_BITS


def _at_once(left: Callable[[], Left], right: Callable[[], Right]) -> tuple[Left, Right]:
    with ThreadPoolExecutor(1) as threads:
        other = threads.submit(right)
        return left(), other.result()
