"""Histories: what can happen to a source and to the pipeline, and the drawing of it by hypothesis.

A history is played one step after another. Transactions of several writers stay open from step to step, and a run that
was started goes on beside the steps that follow it.
"""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from tests.soak.system import Statements, Writes

WRITERS = 4
STAGES = ("check", "ingest", "build", "publish", "docs")


@dataclass(frozen=True)
class Pause:
    """Nothing happens for a while."""

    milliseconds: int = 0


@dataclass(frozen=True)
class Write:
    """A writer writes, in its open transaction or in one of its own; what a constraint refuses is refused."""

    writer: int
    what: str
    pick: int
    value: int


@dataclass(frozen=True)
class Transact:
    """A writer's transaction: begin, savepoint, rollback to savepoint, commit, rollback, prepare."""

    writer: int
    what: str


@dataclass(frozen=True)
class ResolvePrepared:
    """All prepared transactions end."""

    commit: bool


@dataclass(frozen=True)
class PastTriggers:
    """An administrator writes, and neither triggers fire nor foreign keys hold."""

    what: str
    pick: int
    value: int


@dataclass(frozen=True)
class Burst:
    """All idle writers write at once, each in a thread and in transactions of its own, a third of them rolled back."""

    milliseconds: int
    seed: int


@dataclass(frozen=True)
class StartRun:
    """A run begins; the next steps happen while it works. Two of them: the second is to be refused."""


@dataclass(frozen=True)
class AwaitRun:
    """Wait until no run is under way."""


@dataclass(frozen=True)
class KillRun:
    """Kill a run, started for it if there is none, some time after it has reached a stage."""

    stage: str
    milliseconds: int


@dataclass(frozen=True)
class Cut:
    """The server ends the pipeline's connections: `source` or `warehouse`."""

    server: str


@dataclass(frozen=True)
class LoseWorkFolder:
    """The work folder is deleted."""


@dataclass(frozen=True)
class Checkpoint:
    """The source rests, transactions may stay open: after two runs at most, everything must be equal."""


Step = (
    Pause | Write | Transact | ResolvePrepared | PastTriggers | Burst | StartRun | AwaitRun | KillRun | Cut
    | LoseWorkFolder | Checkpoint
)  # fmt: skip
History = list[Step]

_writers = st.integers(0, WRITERS - 1)
_picks = st.integers(0, 200)
_values = st.integers(0, 10_000)


def _write(writes: Writes) -> st.SearchStrategy[Step]:
    return st.builds(Write, _writers, st.sampled_from(tuple(writes)), _picks, _values)


def _past(writes: Writes) -> st.SearchStrategy[Step]:
    return st.builds(PastTriggers, st.sampled_from(tuple(writes)), _picks, _values)


def steps(statements: Statements, *, rules: bool) -> st.SearchStrategy[Step]:
    """A step; `rules`: rows that break one are kept in quarantine, so that histories may write them."""
    weights: dict[st.SearchStrategy[Step], int] = {
        st.builds(Pause, st.integers(0, 2500)): 1,  # the first is what hypothesis makes of a step that does not matter
        _write(statements.writes): 20,
        st.builds(Transact, _writers, st.sampled_from(["begin", "begin", "savepoint", "rollback to savepoint"])): 6,
        st.builds(Transact, _writers, st.sampled_from(["commit", "commit", "rollback", "prepare"])): 4,
        st.builds(ResolvePrepared, st.booleans()): 1,
        st.builds(StartRun): 4,
        st.builds(KillRun, st.sampled_from(STAGES), st.integers(0, 700)): 2,
        st.builds(Cut, st.sampled_from(["source", "warehouse"])): 2,
        st.builds(LoseWorkFolder): 1,
        st.builds(AwaitRun): 1,
        st.builds(Checkpoint): 2,
        st.builds(Burst, st.integers(50, 800), _values): 2,
        _write(statements.alone): 1,
        _past(statements.seen): 1,
        _past(statements.unseen): 2,
    }
    if rules:
        weights |= {_write(statements.defects): 3, _write(statements.mends): 2, _past(statements.orphans): 1}
    repeated = [strategy for strategy, weight in weights.items() for _ in range(weight)]
    return st.sampled_from(repeated).flatmap(lambda strategy: strategy)  # one_of would leave repetitions out


def histories(statements: Statements, *, rules: bool, shortest: int, longest: int) -> st.SearchStrategy[History]:
    """A history of so many steps; the simplest is one in which nothing happens."""
    return st.lists(steps(statements, rules=rules), min_size=shortest, max_size=longest)
