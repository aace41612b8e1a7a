"""What ingestion asks of a source database, whatever kind it is; one module for each kind answers.

The functions of a dialect take the connection that its `connect` gave. From `begin_snapshot` to `end_snapshot` they see
the source as it was at one instant.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from ingestion.buckets import Figures, Part, Row
from ingestion.declarations import Source, Table
from ingestion.model import Activity, Column, Survey, TablePlan, TableState

Key = tuple[str, ...]
"""A key as canonical text, as both databases write it."""

ReadLine = Callable[[], bytes]
"""Gives the next row in the form that `csv_files` describes, and nothing when there are no more."""

Lines = AbstractContextManager[ReadLine]


class Dialect(Protocol):
    """A kind of source database."""

    def connect(self, url: str) -> AbstractContextManager[Any]:
        """Open a read-only connection; raises IngestionError if that is refused."""

    def read_activity(self, connection: Any) -> Activity:
        """Return the clock and the transactions under way; call before the snapshot is taken."""

    def read_identities(self, connection: Any, source: Source, tables: Sequence[Table]) -> Mapping[str, str]:
        """Return for each table what no other table ever was, nor the same one created anew; within the snapshot."""

    def begin_snapshot(self, connection: Any) -> None:
        """Start the one transaction in which all tables are read."""

    def end_snapshot(self, connection: Any) -> None:
        """End it."""

    def read_columns(
        self, connection: Any, source: Source, tables: Sequence[Table]
    ) -> tuple[Mapping[str, tuple[Column, ...]], Mapping[str, str]]:
        """Return the columns of each table, and by table why it cannot be read."""

    def warn_of_missing_indexes(self, connection: Any, source: Source, tables: Sequence[Table]) -> Sequence[str]:
        """Return a warning for each table in which changed rows cannot be found by an index."""

    def survey(
        self, connection: Any, source: Source, columns: Mapping[str, tuple[Column, ...]], tables: Sequence[Table],
        states: Mapping[str, TableState], watermarks: Mapping[str, datetime], future: datetime,
    ) -> Mapping[str, Survey]:  # fmt: skip
        """Fingerprint what lies at or after the stored and the new watermark; count rows stamped after `future`."""

    def read_doubled_keys(
        self, connection: Any, source: Source, table: Table, columns: Sequence[Column]
    ) -> tuple[Key, ...]:
        """Return the keys that several rows share; raises IngestionError if there are too many for a key."""

    def read_key_texts(
        self, connection: Any, source: Source, table: Table, columns: Sequence[Column], keys: Sequence[str]
    ) -> tuple[Key, ...]:
        """Return keys that are given as JSON objects as texts."""

    def copy_rows(self, connection: Any, source: Source, plan: TablePlan) -> Lines:
        """Read the rows that the plan asks for and staging can hold."""

    def copy_gone_keys(self, connection: Any, source: Source, plan: TablePlan) -> Lines | None:
        """Read the keys that staging must not hold; None if nothing can tell of any."""

    def copy_keys(self, connection: Any, source: Source, plan: TablePlan, keys: Sequence[Key]) -> Lines:
        """Read the rows of these keys."""

    def read_unrepresentable(
        self, connection: Any, source: Source, plan: TablePlan, *, all_rows: bool, most: int
    ) -> Sequence[tuple[str, str, str]]:
        """Return rows that staging cannot hold: key and row as JSON, and the rules that they break."""

    def count_table(self, connection: Any, source: Source, plan: TablePlan) -> int:
        """Count all rows of the table, also those that staging cannot hold."""

    def count_rows(self, connection: Any, source: Source, plan: TablePlan) -> int:
        """Count the rows that the plan asks for and staging can hold."""

    def count_deleted_keys(self, connection: Any, source: Source, plan: TablePlan) -> int:
        """Count the keys that tombstones name and the snapshot does not hold."""

    def read_deleted_keys(self, connection: Any, source: Source, plan: TablePlan) -> set[Key]:
        """Return these keys."""

    def read_figures(
        self, connection: Any, source: Source, plan: TablePlan, bits: int, within: Sequence[Part] = ()
    ) -> Mapping[Part, Figures]:
        """Return the figures of each part of `bits` bits, of the whole table or of the parts `within`."""

    def read_total(self, connection: Any, source: Source, plan: TablePlan) -> Figures:
        """Return the figures of the rows that the plan reads and staging can hold."""

    def read_digests(
        self, connection: Any, source: Source, plan: TablePlan, within: Sequence[Part]
    ) -> Generator[tuple[Key, Row], None, None]:
        """Yield key, digest and cursor of each row of the parts `within`."""

    def purge_tombstones(self, connection: Any, source: Source, before: datetime, batch: int) -> int:
        """Call the source's function that removes up to `batch` tombstones older than `before`; return how many."""


@dataclass(frozen=True)
class Oltp:
    """A connection to a source database, and the dialect that it speaks."""

    connection: Any
    dialect: Dialect
