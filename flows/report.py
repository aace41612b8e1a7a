"""What a run was asked to do, and what became of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class RunRequest:
    """`tables` names source tables (`orders` or `superstore.orders`; empty: all); `since` re-reads from that day on.

    `check_all` runs every test over all rows, not only over those that changed. `allow_column_changes` names marts
    whose columns may change for readers.
    """

    tables: tuple[str, ...] = ()
    since: dt.date | None = None
    full_refresh: bool = False
    dry_run: bool = False
    check_all: bool = False
    allow_column_changes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """What was asked, as the history keeps it."""
        return {
            "tables": list(self.tables),
            "since": self.since.isoformat() if self.since else None,
            "full_refresh": self.full_refresh,
            "check_all": self.check_all,
            "allow_column_changes": list(self.allow_column_changes),
        }


@dataclass(frozen=True)
class PublishRequest(RunRequest):
    """Publish what was built and waits; with `undo`, put back what readers saw before the last publish, and hold."""

    undo: bool = False

    def as_json(self) -> dict[str, Any]:
        """What was asked, as the history keeps it."""
        return {"job": "publish", "undo": self.undo, "allow_column_changes": list(self.allow_column_changes)}


@dataclass(frozen=True)
class ReconcileRequest(RunRequest):
    """`tables` names the tables to reconcile (empty: all); with `check` they are compared and nothing is written."""

    check: bool = False

    def as_json(self) -> dict[str, Any]:
        """What was asked, as the history keeps it."""
        return {"job": "reconcile", "tables": list(self.tables), "check": self.check}


DATA_ERROR = re.compile(r"\((22|23)[0-9A-Z]{3}\)")  # the SQLSTATE classes of wrong values and of broken constraints


@dataclass(frozen=True)
class TableReport:
    """Rows of one source table in one run; `watermark` is the instant up to which everything has arrived.

    extracted = loaded + quarantined; of these, `verified` were compared with the source's after loading.
    `in_quarantine` counts the table's rows that lie there now, whichever run brought them. `proved_equal_at` is when
    all of the table was last shown to equal its source. `status` is "loaded" or "stopped": a table that could not be
    loaded as it is, for the reason that `error` gives.
    """

    source: str
    table: str
    extracted: int
    loaded: int
    quarantined: int
    deleted: int
    watermark: dt.datetime | None
    in_quarantine: int = 0
    verified: int = 0
    proved_equal_at: dt.datetime | None = None
    status: str = "loaded"
    error: str | None = None


@dataclass(frozen=True)
class ModelReport:
    """One model that was built. `status` is dbt's word."""

    name: str
    rows: int
    seconds: float
    status: str


@dataclass(frozen=True)
class FailedNode:
    """A test or model that stopped the run, with the SQL that shows why."""

    name: str
    kind: str
    message: str
    sql: str

    @property
    def is_of_data(self) -> bool:
        """Whether rows may be the cause: a test, or a model that the server stopped for a value or a constraint."""
        return self.kind == "test" or DATA_ERROR.search(self.message) is not None


@dataclass
class RunReport:
    """The report of one run; filled while it goes on. `stages` are seconds of work, without Prefect's own overhead."""

    run_id: str
    status: str = "running"
    published: bool = False
    tables: list[TableReport] = field(default_factory=list)
    models: list[ModelReport] = field(default_factory=list)
    tests: dict[str, int] = field(default_factory=lambda: {"pass": 0, "warn": 0, "error": 0})
    stages: dict[str, float] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    error: str | None = None
    failed: list[FailedNode] = field(default_factory=list)

    def forget_build(self) -> None:
        """Forget what was built and tested, because it is built and tested once more."""
        self.models, self.failed, self.tests = [], [], dict.fromkeys(self.tests, 0)

    @property
    def outcome(self) -> str:
        """What it means for readers, in a few words."""
        return "published" if self.published else "nothing new for readers"

    def as_json(self) -> dict[str, Any]:
        """The report as a program reads it; instants are ISO 8601 in UTC."""
        return {
            "run_id": self.run_id,
            "status": self.status,
            "published": self.published,
            "tables": [
                asdict(table) | {"watermark": _iso(table.watermark), "proved_equal_at": _iso(table.proved_equal_at)}
                for table in self.tables
            ],
            "models": [asdict(model) for model in self.models],
            "tests": self.tests,
            "stages": {stage: round(seconds, 3) for stage, seconds in self.stages.items()},
            "warnings": self.warnings,
            "error": self.error,
            "failed": [asdict(node) for node in self.failed],
        }


@dataclass
class PublishReport(RunReport):
    """The report of a publish, or of its undo.

    `by` is "transaction", "rename" or "nothing"; `rows` are the rows published of each mart; `undone` names the marts
    that were put back to what they were before the publish of run `undone_run`.
    """

    by: str = "nothing"
    rows: dict[str, int] = field(default_factory=dict)
    undone: tuple[str, ...] = ()
    undone_run: str | None = None

    @property
    def outcome(self) -> str:
        """What it means for readers, in a few words."""
        return "the last publish is undone" if self.undone else super().outcome

    def as_json(self) -> dict[str, Any]:
        """The report as a program reads it."""
        own = {"by": self.by, "rows": self.rows, "undone": list(self.undone), "undone_run": self.undone_run}
        return super().as_json() | own


@dataclass(frozen=True)
class ReconciledRow:
    """A row that staging did not hold as the source does: its key, what staging needs, why no load had seen it."""

    key: Mapping[str, str]
    action: str
    why: str


@dataclass(frozen=True)
class ReconciledTable:
    """A table that was compared. `healed_rows` counts all rows put right, of which `healed` names the first.

    After a check, `healed` is empty, and `differences` names what a reconciliation would put right.
    """

    source: str
    table: str
    rows: int
    buckets: int
    different_buckets: int
    healed: tuple[ReconciledRow, ...]
    healed_rows: int
    differences: tuple[ReconciledRow, ...]
    in_flight: int
    equal: bool
    proved_equal_at: dt.datetime | None
    quarantined: int = 0


@dataclass
class ReconcileReport(RunReport):
    """The report of a reconciliation, with all that a run reports of building and publishing."""

    reconciled: list[ReconciledTable] = field(default_factory=list)

    @property
    def equal(self) -> bool:
        """Whether every table was compared and none differs."""
        return bool(self.reconciled) and all(table.equal for table in self.reconciled)

    def as_json(self) -> dict[str, Any]:
        """The report as a program reads it; instants are ISO 8601 in UTC."""
        tables = [asdict(table) | {"proved_equal_at": _iso(table.proved_equal_at)} for table in self.reconciled]
        return super().as_json() | {"equal": self.equal, "tables": tables}


def _iso(instant: dt.datetime | None) -> str | None:
    return instant.isoformat() if instant else None
