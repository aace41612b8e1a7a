"""Play a history against real servers, and compare at its end."""

from __future__ import annotations

import random
import shutil
import threading
import time
from collections import Counter, deque
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import singledispatchmethod
from typing import Any

import pymysql
from sqlalchemy.engine import make_url

from tests.soak import contents
from tests.soak.contents import Difference
from tests.soak.processes import Run, Runs
from tests.soak.steps import (
    WRITERS,
    AwaitRun,
    Burst,
    Checkpoint,
    Cut,
    History,
    KillRun,
    LoseWorkFolder,
    PastTriggers,
    Pause,
    ResolvePrepared,
    StartRun,
    Step,
    Transact,
    Write,
)
from tests.soak.system import Refused, Session, System
from tests.soak.systems import SYSTEMS

PATIENCE = 90  # seconds that the server may need to notice that a killed run is gone
REMEMBERED = 4000  # writes that are kept to be shown beside a difference
PIPELINE_USERS = "('tidemark_load', 'tidemark_build', 'tidemark_publish')"


class Unequal(AssertionError):
    """The warehouse is not what the source says, or a run did not end as it must."""


@dataclass
class Tally:
    """What was done so far."""

    counts: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        return ", ".join(f"{count} {name}" for name, count in sorted(self.counts.items()))


@dataclass(frozen=True)
class Written:
    """A write as it was done: the step's number, who and what, and the rows that it returned."""

    step: int
    who: str
    what: str
    rows: tuple[tuple[Any, ...], ...]

    def __str__(self) -> str:
        return f"step {self.step}, {self.who}: {self.what} -> {self.rows or 'no row'}"


class Attack:
    """A source and runs of a pipeline on it, for one history after another; the runs are the caller's to close."""

    def __init__(self, urls: Mapping[str, str], runs: Runs, system: System, *, rules: bool) -> None:
        self.urls = urls
        self.system = system
        self.rules = rules
        self.runs = runs
        self.sabotage = ""
        self.tally = Tally()
        self.server = system.open(urls)
        self.past = self.server.past_triggers()
        self.writers: list[Session] = []
        self.written: deque[Written] = deque(maxlen=REMEMBERED)
        self.under_way: list[Run] = []
        self.needs_reconciling = False
        self.step = 0

    def _warehouse(self) -> pymysql.Connection[Any]:
        parts = make_url(self.urls["WAREHOUSE_ADMIN_URL"])
        return pymysql.connect(
            host=parts.host, port=parts.port, user=parts.username, password=parts.password or "", charset="utf8mb4",
            autocommit=True,
        )  # fmt: skip

    def close(self) -> None:
        """End transactions, runs and connections."""
        self._let_go()
        self.past.close()
        self.server.close()

    def _let_go(self) -> None:
        for run in self.under_way:
            self.runs.kill(run)
        self.under_way = []
        for writer in self.writers:
            writer.close()
        self.writers = []
        self._resolve_prepared(commit=False)

    def begin_anew(self) -> None:
        """Bring the source to its beginning and the warehouse to nothing."""
        self._let_go()
        self.server.begin_anew()
        with closing(self._warehouse()) as warehouse, warehouse.cursor() as cursor:
            for name in ("quarantine", *(name for system in SYSTEMS.values() for name in system.databases)):
                cursor.execute(f"drop database if exists {name}")
                cursor.execute(f"create database {name} character set utf8mb4 collate utf8mb4_nopad_bin")
        self.writers = [self.server.writer(number) for number in range(WRITERS)]
        self.written.clear()
        self.needs_reconciling = False
        self.step = 0

    def play(self, history: History) -> None:
        """Play a history from the beginning, compare at its end, also with marts built from nothing; raises Unequal."""
        self.begin_anew()
        self._run_well("the first run")
        self.go_on(history)
        report = self.runs.wait(self.runs.start("rebuild"))
        if report["status"] != "succeeded":
            raise Unequal(f"the marts differ from the same models built from nothing: {report['error']}")

    def go_on(self, history: History) -> None:
        """Play a history on what is there, end all transactions and compare; raises Unequal."""
        for self.step, step in enumerate(history, start=1):
            self.tally.counts["steps"] += 1
            self._do(step)
        self._do(AwaitRun())
        for writer in range(WRITERS):
            self._do(Transact(writer, "commit"))
        self._resolve_prepared(commit=True)
        self._do(Checkpoint())

    @singledispatchmethod
    def _do(self, step: Step) -> None:
        raise TypeError(step)

    @_do.register
    def _(self, step: Pause) -> None:
        time.sleep(step.milliseconds / 1000)

    @_do.register
    def _(self, step: Write) -> None:
        session = self.writers[step.writer]
        if step.what in self.system.statements.alone and session.in_transaction:
            return
        self._write(session, f"writer {step.writer}", step)

    def _write(self, session: Session, who: str, step: Write | PastTriggers) -> None:
        try:
            rows = session.write(self.system.statements.named(step.what), step.pick, step.value)
        except Refused as error:
            self.tally.counts["writes refused"] += 1
            self._remember(who, f"{step.what}, refused: {error}", [])
        else:
            self.tally.counts["writes"] += 1
            self._remember(who, f"{step.what} (pick {step.pick}, value {step.value})", rows)

    def _remember(self, who: str, what: str, rows: list[tuple[Any, ...]]) -> None:
        self.written.append(Written(self.step, who, what, tuple(rows[:20])))

    @_do.register
    def _(self, step: Transact) -> None:
        session, what = self.writers[step.writer], step.what
        if session.in_transaction == (what == "begin"):
            return
        try:
            session.transact(what, f"soak {step.writer} {self.step}")
            self.tally.counts[f"transactions: {what}"] += 1
        except Refused as error:
            what = f"{what}, refused: {error}"
        self._remember(f"writer {step.writer}", what, [])

    @_do.register
    def _(self, step: ResolvePrepared) -> None:
        self._resolve_prepared(commit=step.commit)

    def _resolve_prepared(self, *, commit: bool) -> None:
        for name in self.server.resolve_prepared(commit=commit):
            self._remember(name, "commit prepared" if commit else "rollback prepared", [])

    @_do.register
    def _(self, step: PastTriggers) -> None:
        if step.what in self.system.statements.unseen or step.what in self.system.statements.orphans:
            self.needs_reconciling = True
        self.tally.counts["writes past the triggers"] += 1
        self._write(self.past, "administrator", step)

    @_do.register
    def _(self, step: Burst) -> None:
        until = time.monotonic() + step.milliseconds / 1000
        threads = [
            threading.Thread(target=self._burst, args=(number, session, random.Random(step.seed + number), until))
            for number, session in enumerate(self.writers)
            if not session.in_transaction
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _burst(self, number: int, session: Session, chance: random.Random, until: float) -> None:
        names = list(self.system.statements.writes)
        while time.monotonic() < until:
            self._end(session, number, "begin")
            for _ in range(chance.randint(1, 4)):
                step = Write(number, chance.choice(names), chance.randrange(200), chance.randrange(10_000))
                self._write(session, f"burst {number}", step)
                time.sleep(chance.random() * 0.02)
            self._end(session, number, "rollback" if chance.random() < 0.33 else "commit")

    def _end(self, session: Session, number: int, what: str) -> None:
        """Begin or end a transaction of a burst, unless a deadlock has ended it."""
        if session.in_transaction == (what == "begin"):
            return
        with suppress(Refused):
            session.transact(what, "")
            self._remember(f"burst {number}", what, [])

    @_do.register
    def _(self, step: StartRun) -> None:
        self.under_way = [run for run in self.under_way if not self.runs.is_over(run)]
        if len(self.under_way) < 2:
            self.under_way.append(self._start("run"))
            self.tally.counts["runs"] += 1

    def _start(self, what: str) -> Run:
        tables = [f"{self.system.name}.{table}" for table in self.system.keys]
        sabotage = f"{self.system.name}.{self.sabotage}" if self.sabotage else ""
        return self.runs.start(what, sabotage=sabotage, tables=tables)

    @_do.register
    def _(self, step: AwaitRun) -> None:
        for run in self.under_way:
            self._check_ending(run)
        self.under_way = []

    def _check_ending(self, run: Run) -> None:
        report = self.runs.wait(run)
        self.tally.counts[f"runs {report['status']}"] += 1
        if report["status"] == "crashed":
            raise Unequal(f"a run crashed: {report['error']}")

    @_do.register
    def _(self, step: KillRun) -> None:
        self._do(StartRun())
        for run in self.under_way:
            self.runs.reaches(run, step.stage)
        time.sleep(step.milliseconds / 1000)
        for run in self.under_way:
            if self.runs.kill(run):
                self.tally.counts["runs killed"] += 1
            else:
                self._check_ending(run)
        self.under_way = []

    @_do.register
    def _(self, step: Cut) -> None:
        self.tally.counts[f"cuts of the {step.server}"] += 1
        if step.server == "source":
            self.server.cut_pipeline()
            return
        with closing(self._warehouse()) as warehouse, warehouse.cursor() as cursor:
            cursor.execute(f"select id from information_schema.processlist where user in {PIPELINE_USERS}")
            for (session,) in cursor.fetchall():
                with suppress(pymysql.err.MySQLError):  # it has ended by itself
                    cursor.execute(f"kill {session}")

    @_do.register
    def _(self, step: LoseWorkFolder) -> None:
        self.tally.counts["work folders lost"] += 1
        shutil.rmtree(self.runs.work_dir, ignore_errors=True)

    @_do.register
    def _(self, step: Checkpoint) -> None:
        self._do(AwaitRun())
        self.tally.counts["comparisons"] += 1
        for turn in ("first", "second"):
            found = self._after_a_run(turn)
            if not found:
                return
            self.tally.counts["second runs needed"] += turn == "first"
        raise Unequal(self._told(found))

    def _after_a_run(self, turn: str) -> list[Difference]:
        report = self._finished("run")
        if self.needs_reconciling:  # until then staging may hold rows that contradict each other, and a run may fail
            report = self._finished("reconcile")
            self.tally.counts["reconciliations"] += 1
            self.needs_reconciling = report["status"] != "succeeded"
        if report["status"] != "succeeded":
            return [Difference(f"the {turn} run with nothing to disturb it {report['status']}: {report['error']}",
                               (), (), frozenset())]  # fmt: skip
        return self.differences()

    def _run_well(self, which: str) -> None:
        report = self._finished("run")
        if report["status"] != "succeeded":
            raise Unequal(f"{which} {report['status']}: {report['error']}")

    def _finished(self, what: str) -> dict[str, Any]:
        """The report of a run; one that is refused because a killed one is still there is started again."""
        until = time.monotonic() + PATIENCE
        while True:
            report = self.runs.wait(self._start(what))
            self.tally.counts["runs"] += 1
            if report["status"] != "refused" or time.monotonic() > until:
                return report
            time.sleep(0.5)

    def differences(self) -> list[Difference]:
        """What differs now between the source and the warehouse."""
        rows = self.server.read()
        with closing(self._warehouse()) as warehouse, warehouse.cursor() as cursor:
            return contents.differences(self.system, rows, cursor, rules=self.rules)

    def _told(self, found: list[Difference]) -> str:
        keys = frozenset(key for difference in found for key in difference.keys)
        about = [one for one in self.written if not one.rows or any(keys & set(map(str, row)) for row in one.rows)]
        lines = [*map(str, found), "the last writes that touched these keys, and the ends of transactions:"]
        return "\n".join([*lines, *(f"  {one}" for one in about[-40:])])
