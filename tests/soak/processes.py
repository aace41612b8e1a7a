"""The harness's side of the runs: start them in processes of their own, wait for them, kill them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]
LONGEST_RUN = 300  # seconds; a run of this size takes a few, and minutes where many processes share a core


@dataclass(frozen=True)
class Run:
    """A run in a process of its own."""

    number: int
    pid: int


class Runs:
    """A process that has everything imported, and forks one for each run."""

    def __init__(self, urls: Mapping[str, str], home: Path, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.home = home
        environment = {
            **os.environ, **urls, "TIDEMARK_HOME": str(home),
            "DBT_STATIC_PARSER": "false",  # its threads do not survive a fork, and a forked parse would wait for them
        }  # fmt: skip
        self._log = (folder / "runner.log").open("wb")
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.soak.runner", str(folder)],
            env=environment, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log,
        )  # fmt: skip
        self._told = threading.Condition()
        self._pids: dict[int, int] = {}
        self._exits: dict[int, int] = {}
        self._ended = False
        self._number = 0
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def work_dir(self) -> Path:
        """The pipeline's work folder."""
        return self.home / "work"

    def _listen(self) -> None:
        for line in self._server.stdout:
            with self._told:
                if line.startswith(b"{"):
                    told = json.loads(line)
                    (self._exits if "exit" in told else self._pids)[told["id"]] = told.get("exit", told.get("pid"))
                self._told.notify_all()
        with self._told:
            self._ended = True
            self._told.notify_all()

    def start(self, what: str = "run", *, sabotage: str = "", **options: Any) -> Run:
        """Start a run, a reconciliation or a rebuild; `sabotage` is a defect to build in, as `shop.ignored_deletes`."""
        self._number += 1
        number = self._number
        request = {"id": number, "what": what, "options": options, "sabotage": sabotage}
        self._server.stdin.write(json.dumps(request).encode() + b"\n")
        self._server.stdin.flush()
        with self._told:
            if not self._told.wait_for(lambda: number in self._pids or self._ended, timeout=LONGEST_RUN):
                raise TimeoutError("the process that starts runs does not answer")
            if number not in self._pids:
                raise RuntimeError(f"the process that starts runs died: {(self.folder / 'runner.log').read_text()}")
        return Run(number, self._pids[number])

    def is_over(self, run: Run) -> bool:
        """Whether the process has ended."""
        with self._told:
            return run.number in self._exits

    def wait(self, run: Run) -> dict[str, Any]:
        """Wait for the end of a run and return its report; `{"status": "killed"}` if it did not live to write one."""
        with self._told:
            if not self._told.wait_for(lambda: run.number in self._exits or self._ended, timeout=LONGEST_RUN):
                raise TimeoutError(f"run {run.number} has not ended; its output: {self.output(run)}")
        report = self.folder / f"{run.number}.json"
        return json.loads(report.read_text()) if report.exists() else {"status": "killed", "error": None}

    def output(self, run: Run) -> str:
        """What the process printed."""
        return (self.folder / f"{run.number}.log").read_text(errors="replace")

    def kill(self, run: Run) -> bool:
        """Kill the process; False if it had ended."""
        if self.is_over(run):
            return False
        with suppress(ProcessLookupError):
            os.kill(run.pid, signal.SIGKILL)
        return self.wait(run)["status"] == "killed"

    def reaches(self, run: Run, stage: str) -> None:
        """Wait until a run has reached a stage, or has ended."""
        stages = self.folder / f"{run.number}.stages"
        while not self.is_over(run):
            if stages.exists() and any(line.startswith(f"{stage} ") for line in stages.read_text().splitlines()):
                return
            time.sleep(0.005)

    def close(self) -> None:
        """End all of it."""
        self._server.stdin.close()
        try:
            self._server.wait(timeout=5)
        except subprocess.TimeoutExpired:  # it is still importing
            self._server.kill()
            self._server.wait()
        self._log.close()
