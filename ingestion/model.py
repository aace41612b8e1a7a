"""The data that passes between the parts of ingestion."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from ingestion.buckets import Figures
from ingestion.declarations import Table

Guard = Callable[[Any], None]
"""Called with a DB-API cursor at the start of every write transaction; raises to stop it."""

Verification = Callable[[], AbstractContextManager[Callable[[], None]]]
"""Compares what was loaded while its context lasts; what it gives waits for the outcome and raises for a difference."""

Progress = Callable[[str, str, int], None]
"""Called with a stage (`extract` or `load`), a table and the rows done so far."""

Mode = Literal["none", "replace", "since", "whole", "keys"]
"""What a run does with a table: leave it, load it anew, merge rows since the watermark, or compare all of it.

`keys`: merge the rows of some keys, and delete others, that a comparison has named.
"""


@dataclass(frozen=True)
class Limit:
    """What a value must be for staging to hold it: SQL of the source, in which `{}` stands for the column."""

    rule: str
    holds: str


@dataclass(frozen=True)
class Column:
    """A column of a source table and its counterpart in staging.

    `expression` is SQL of the source in which `{}` stands for the column; its output is what staging reads.
    `hexed`: the output is hexadecimal and becomes bytes again in staging. `limits`: what staging can hold of it.
    `collation`: by which the source compares it, where its kind needs to be told.
    """

    name: str
    source_type: str
    staging_type: str
    nullable: bool
    expression: str = "{}"
    hexed: bool = False
    limits: tuple[Limit, ...] = ()
    collation: str | None = None

    @property
    def kind(self) -> str:
        """The type in staging without its length, scale or sign."""
        return self.staging_type.split("(")[0].split()[0]


@dataclass(frozen=True)
class SeenColumn:
    """A column of a source table as it was when the table was last loaded."""

    name: str
    source_type: str
    staging_type: str
    nullable: bool


@dataclass(frozen=True)
class Drift:
    """How the columns of a source table changed since it was loaded.

    `widened` columns hold every value that they held before, `retyped` ones may not. `unread` names those of `added`
    and `retyped` that no model reads: a row that differs in them alone is no changed row.
    """

    added: tuple[Column, ...] = ()
    lost: tuple[SeenColumn, ...] = ()
    widened: tuple[tuple[SeenColumn, Column], ...] = ()
    retyped: tuple[tuple[SeenColumn, Column], ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True)
class Origin:
    """Which database answered, and how far its log had come.

    `server` differs for every other server and database, `timeline` after a restore or a change of servers; `position`
    only grows, unless the server was put back to an earlier state.
    """

    server: str
    timeline: int
    position: int


@dataclass(frozen=True)
class OpenTransaction:
    """A transaction that has not ended: how to tell it to a person, and how to end it.

    `since` is when it began, or, where that is not known any more, when it was prepared.
    """

    identity: str
    since: datetime
    told: str
    remedy: str


@dataclass(frozen=True)
class Activity:
    """What a source says of itself before a snapshot. `blind`: why it does not show all transactions, if it does not.

    `least_lead` and `most_lead` are the seconds that its clock is ahead of this machine's, as exactly as could be seen.
    """

    taken_at: datetime
    least_lead: float
    most_lead: float
    open: tuple[OpenTransaction, ...]
    prepared: tuple[OpenTransaction, ...]
    blind: str | None
    origin: Origin


@dataclass(frozen=True)
class Stopped:
    """A table that was loaded before and cannot be as it is now: the sentence that says why, and its watermark."""

    why: str
    watermark: datetime


@dataclass(frozen=True)
class Look:
    """What was seen before the snapshot: the instant up to which everything has been committed.

    `stopped` has the tables that have no plan, because they cannot be loaded as they are.
    """

    taken_at: datetime
    watermark: datetime
    activity: Activity
    warnings: tuple[str, ...] = ()
    stopped: Mapping[str, Stopped] = field(default_factory=dict)


@dataclass(frozen=True)
class Sighting:
    """What the source looked like when a table was last loaded.

    `reached` is the watermark that it allowed, had nothing been prepared; `prepared` gives for each transaction that
    was the instant that the watermark may not pass. `identity` differs when the table, or that of the tombstones, was
    dropped and created anew.
    """

    taken_at: datetime
    reached: datetime
    origin: Origin
    least_lead: float
    prepared: Mapping[str, datetime]
    columns: tuple[SeenColumn, ...]
    identity: str = ""


@dataclass(frozen=True)
class TableState:
    """What the warehouse holds of a table, and what of it lies in quarantine because staging cannot hold it.

    `unrepresentable` counts these rows; `doubled` are the keys, as JSON, that some of them share.
    """

    watermark: datetime
    replaced_seq: int
    changed_seq: int
    load_seq: int
    fingerprint: str
    structure: str
    unrepresentable: int = 0
    doubled: tuple[str, ...] = ()
    sighting: Sighting | None = None


@dataclass(frozen=True)
class Survey:
    """Fingerprints of a table's rows, tombstones and resync marks at or after the old and the new watermark.

    `ahead` counts the rows that are stamped in the future.
    """

    seen: str
    fresh: str
    resynced: bool
    ahead: int = 0


@dataclass(frozen=True)
class TablePlan:
    """What a run is to do with a table; `since` is the instant from which rows and tombstones are read.

    `doubled` are the keys, as text, that several rows of the source share: none of these rows can be loaded.
    `undoubled` shared their key until now; their cursor does not tell that they have to be read.
    """

    table: Table
    columns: tuple[Column, ...]
    mode: Mode
    since: datetime | None
    watermark: datetime
    fingerprint: str
    structure: str
    state: TableState | None
    doubled: tuple[tuple[str, ...], ...] = ()
    undoubled: tuple[tuple[str, ...], ...] = ()
    sighting: Sighting | None = None
    drift: Drift | None = None

    @property
    def reshaping(self) -> Drift | None:
        """The changes of columns that this load has to take in; none once it has."""
        if self.state is None or self.mode == "replace" or self.structure == self.state.structure:
            return None
        return self.drift

    @property
    def key_columns(self) -> tuple[Column, ...]:
        """The columns of the primary key, in the declared order."""
        by_name = {column.name: column for column in self.columns}
        return tuple(by_name[name] for name in self.table.primary_key)

    @property
    def has_limits(self) -> bool:
        """Whether there can be rows that staging cannot hold."""
        return bool(self.doubled) or any(column.limits for column in self.columns)

    @property
    def month_column(self) -> Column | None:
        """The declared partition column, if it is a date or an instant."""
        dated = (column for column in self.columns if column.staging_type.startswith("DATE"))
        return next((column for column in dated if column.name == self.table.partition), None)


@dataclass(frozen=True)
class ExtractFile:
    """A CSV file in the work folder; its first line says what it holds."""

    path: Path
    kind: Literal["rows", "deleted"]
    rows: int


@dataclass(frozen=True)
class UnrepresentableRow:
    """A row of the source that staging cannot hold: key and row as JSON, and the rules that it breaks."""

    key: str
    row: str
    rule: str


@dataclass(frozen=True)
class Extract:
    """What was read of a table: files of what staging can hold, and the rows that it cannot.

    `all_refused`: these are all such rows of the table, not only those among the rows that were to be read.
    """

    files: tuple[ExtractFile, ...]
    refused: tuple[UnrepresentableRow, ...] = ()
    all_refused: bool = False

    def count(self, kind: Literal["rows", "deleted"]) -> int:
        """How many rows, or keys to delete, the files hold."""
        return sum(file.rows for file in self.files if file.kind == kind)


@dataclass
class LoadReport:
    """What the load jobs of one run report; written by their threads. `stopped_by` is what the guard raised.

    By table: rows `deleted` from staging, loaded rows that are `held` back by a rule, and the figures of those
    `verified` to equal the source's. `doubled` names the tables in which two of the loaded rows had one key.
    """

    deleted: dict[str, int] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    failure: str | None = None
    doubled: set[str] = field(default_factory=set)
    verified: dict[str, Figures] = field(default_factory=dict)
    verify_seconds: float = 0.0
    stopped_by: BaseException | None = None


@dataclass(frozen=True)
class LoadJob:
    """What a load needs beside its rows: where it works, who it is, who may stop it.

    `verify` is entered when all rows are in their tables.
    """

    load_url: str
    work_dir: Path
    run_id: str
    guard: Guard | None = None
    progress: Progress | None = None
    verify: Verification | None = None


@dataclass(frozen=True)
class TableResult:
    """What a run did with a table. extracted = loaded + quarantined; `deleted` rows left staging.

    `in_quarantine` counts the rows that lie there now, by the rules that they break; `verified` those that were
    compared with the source's after loading; `proved_equal_at`: when the whole table was last shown to equal it.
    `stopped` says in a sentence why the table could not be loaded; it then stays as it was, and its watermark too.
    """

    source: str
    table: str
    extracted: int
    loaded: int
    deleted: int
    watermark: datetime
    quarantined: int = 0
    in_quarantine: Mapping[str, int] = field(default_factory=dict)
    verified: int = 0
    proved_equal_at: datetime | None = None
    stopped: str | None = None


@dataclass(frozen=True)
class IngestResult:
    """What a run did. `changed` names the tables whose staging copy differs from before.

    `blind`: why the watermark cannot be relied on alone, if it cannot.
    """

    source: str
    tables: tuple[TableResult, ...]
    changed: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    load_seq: int | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)
    blind: str | None = None


@dataclass(frozen=True)
class Probe:
    """Whether anything changed since what is loaded, by table; `since`: the earliest watermark, None before a load.

    `stopped` names the tables that a run could not load, each with a sentence that says why.
    """

    source: str
    tables: Mapping[str, bool]
    since: datetime | None
    warnings: tuple[str, ...] = ()
    stopped: Mapping[str, str] = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        """True if a run would load anything."""
        return any(self.tables.values())
