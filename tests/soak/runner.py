"""Runs of the pipeline, each in a process of its own that can be killed, forked from one that has everything imported.

    python -m tests.soak.runner FOLDER

reads a request a line from stdin, `{"id": 1, "what": "run", "options": {}, "sabotage": ""}`, and answers
`{"id": 1, "pid": 42}` at once and `{"id": 1, "exit": 0}` when the process has ended. `FOLDER/1.stages` names the stages
that it has reached, and `FOLDER/1.json` holds its report, if it lived to write one. `sabotage` names a defect
to build into that process, as `shop.ignored_deletes`.
"""

from __future__ import annotations

import ctypes
import dataclasses
import faulthandler
import json
import os
import select
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.soak.systems import SYSTEMS

PAUSE = 0.02  # seconds between two looks whether a run has ended
STUCK = 60  # seconds after which a run tells in its log where it stands


def main(folder: Path) -> None:
    """Serve requests until stdin ends; runs that are still under way are killed then."""
    pipeline = _warm_pipeline()
    names: dict[int, int] = {}  # id of the request by process
    for request in _requests(names):
        pid = os.fork()
        if pid == 0:
            _die_with_parent()
            os._exit(_child(pipeline, folder, request))
        names[pid] = request["id"]
        _tell(id=request["id"], pid=pid)
    for pid in names:
        os.kill(pid, signal.SIGKILL)


def _warm_pipeline() -> Any:
    from tidemark.workshop import open_workshop

    workshop = open_workshop()
    workshop.warm_up()
    import flows.pipeline
    import flows.reconcile  # noqa: F401 - before the fork, so that no run pays for it
    from tests.integration.harness import Pipeline

    return Pipeline(workshop.urls, workshop)


def _die_with_parent() -> None:
    """A run must not outlive the harness: it would hold the lock of the next one. Linux alone can promise it."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)


def _requests(names: dict[int, int]) -> Any:
    """Yield what stdin asks for, and tell of each process that has ended meanwhile."""
    buffer = b""
    while True:
        _reap(names)
        if not select.select([0], [], [], PAUSE)[0]:
            continue
        read = os.read(0, 65536)
        if not read:
            return
        *lines, buffer = (buffer + read).split(b"\n")
        yield from map(json.loads, lines)


def _reap(names: dict[int, int]) -> None:
    while names:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        if pid in names:
            _tell(id=names.pop(pid), exit=os.waitstatus_to_exitcode(status))


def _tell(**what: int) -> None:
    os.write(1, json.dumps(what).encode() + b"\n")


def _child(pipeline: Any, folder: Path, request: dict[str, Any]) -> int:
    name = str(request["id"])
    with (folder / f"{name}.log").open("wb") as log, Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
    faulthandler.dump_traceback_later(STUCK)
    with (folder / f"{name}.stages").open("w") as stages:

        def on_progress(stage: str, detail: str) -> None:
            stages.write(f"{stage} {detail}\n")
            stages.flush()

        try:
            if request.get("sabotage"):
                source, _, defect = request["sabotage"].partition(".")
                SYSTEMS[source].sabotages[defect]()
            report = WORK[request["what"]](pipeline, request.get("options", {}), on_progress)
        except BaseException:
            report = {"status": "crashed", "error": traceback.format_exc()}
    unfinished = folder / f"{name}.unfinished"
    unfinished.write_text(json.dumps(report, default=str))
    unfinished.rename(folder / f"{name}.json")
    return 0


def _run(pipeline: Any, options: dict[str, Any], on_progress: Callable[[str, str], None]) -> dict[str, Any]:
    from flows.pipeline import run_pipeline
    from flows.report import RunRequest

    report = run_pipeline(pipeline.workshop, RunRequest(**_as_request(options)), on_progress)
    return report.as_json() | {"warnings": report.warnings}


def _reconcile(pipeline: Any, options: dict[str, Any], on_progress: Callable[[str, str], None]) -> dict[str, Any]:
    from flows.reconcile import run_reconciliation
    from flows.report import ReconcileRequest

    report = run_reconciliation(pipeline.workshop, ReconcileRequest(**_as_request(options)), on_progress)
    return dataclasses.asdict(report)


def _as_request(options: dict[str, Any]) -> dict[str, Any]:
    return options | {"tables": tuple(options.get("tables", ()))}


def _rebuild(pipeline: Any, _options: dict[str, Any], _on_progress: Callable[[str, str], None]) -> dict[str, Any]:
    try:
        pipeline.assert_marts_equal_a_rebuild()
    except AssertionError as difference:
        return {"status": "failed", "error": str(difference)}
    return {"status": "succeeded", "error": None}


WORK = {"run": _run, "reconcile": _reconcile, "rebuild": _rebuild}

if __name__ == "__main__":
    main(Path(sys.argv[1]))
