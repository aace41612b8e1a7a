"""What the harness asks of a source under attack; `superstore` and `shop` answer.

The same histories are played against all of them: who writes, what a transaction is and how a server is cut off is the
source's matter, and what must come of it too; everything else is the harness's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from tests.soak.rows import Keys, Row, Tables, Tuple

Writes = Mapping[str, tuple[str, ...]]
"""Statements by the name of the write: `%(pick)s` chooses among the rows that are there, `%(value)s` is written."""


class Refused(Exception):
    """The database refused a statement, in its own words."""


@dataclass(frozen=True)
class Statements:
    """The writes of which histories are made.

    `alone` lock whole tables, so they are never left open. `seen`, `unseen` and `orphans` go past the triggers: a
    cursor can see the first, reconciliation has to find the others, and the last leave rows without their parents.
    `defects` break rules, `mends` put that right.
    """

    writes: Writes
    alone: Writes
    seen: Writes
    unseen: Writes
    orphans: Writes
    defects: Writes
    mends: Writes

    def named(self, name: str) -> tuple[str, ...]:
        """The statements of one write."""
        kinds = (self.writes, self.alone, self.seen, self.unseen, self.orphans, self.defects, self.mends)
        return next(kind[name] for kind in kinds if name in kind)


class Session(Protocol):
    """A connection to the source that commits each statement, unless a transaction was begun."""

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""

    def execute(self, statement: str) -> None:
        """Run a statement."""

    def write(self, statements: Sequence[str], pick: int, value: int) -> list[tuple[Any, ...]]:
        """Carry out all statements or none; return the rows written, where the server tells; raises Refused."""

    def transact(self, what: str, name: str) -> None:
        """Begin, savepoint, rollback to savepoint, commit, rollback, or prepare under a name; raises Refused."""

    def close(self) -> None:
        """End the transaction and the connection."""


class Server(Protocol):
    """The server of a source."""

    def begin_anew(self) -> None:
        """Bring the source to its beginning, installing what is missing."""

    def writer(self, number: int) -> Session:
        """Open a session of the owner."""

    def past_triggers(self) -> Session:
        """Open a session of an administrator whose writes fire no trigger and meet no foreign key."""

    def read(self) -> Tables:
        """Read all tables in one snapshot."""

    def resolve_prepared(self, *, commit: bool) -> list[str]:
        """End all prepared transactions of the harness and return their names."""

    def cut_pipeline(self) -> None:
        """End the pipeline's connections to the source."""

    def close(self) -> None:
        """End the connections."""


@dataclass(frozen=True)
class System:
    """A source under attack. `schema` is its own database, `staging` that of its copies, `star` that of its marts.

    `connection` names the URL by which the pipeline reads it. `marts` has the columns of each mart that are compared.
    """

    name: str
    connection: str
    schema: str
    staging: str
    star: str
    keys: Keys
    marts: Mapping[str, tuple[str, ...]]
    statements: Statements
    good_rows: Callable[[Tables], dict[str, list[Row]]]
    expected_marts: Callable[[Tables], dict[str, Counter[Tuple]]]
    open: Callable[[Mapping[str, str]], Server]
    sabotages: Mapping[str, Callable[[], None]]

    @property
    def databases(self) -> tuple[str, ...]:
        """Everything that is derived from it."""
        return (self.staging, f"{self.staging}_staging", f"{self.star}_build", self.star)
