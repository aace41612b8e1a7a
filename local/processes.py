"""Start, recognise and stop the processes of the private servers."""

import contextlib
import json
import os
import pwd
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from local.errors import ServerError
from local.files import write_private

STOP_SECONDS = 60
LEVELS = ("PANIC:", "FATAL:", "[ERROR]")
CAUSES = ("No space left on device", *LEVELS, "Error")  # the most telling first
NO_CAUSE = ("the database system is starting up", "the database system is shutting down")  # told to our own knocking
CLOCK_SECONDS = 2  # start times are told relative to the boot, whose own time may be corrected by a second


@dataclass(frozen=True)
class Command:
    """How a server is started: program and arguments, system user (None: the current one), environment."""

    arguments: list[str]
    account: str | None
    environment: dict[str, str]


def identity(account: str | None) -> dict[str, Any]:
    """The arguments of subprocess that run a program as a system user; empty for the current one."""
    if account is None:
        return {}
    try:
        entry = pwd.getpwnam(account)
    except KeyError as error:
        raise ServerError(f"the system user {account} is gone that owns the servers' data: create it again") from error
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def start(command: Command, pid_file: Path, log: Path) -> psutil.Process:
    """Start a server apart from the terminal, its output appended to a log, and record who it is."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        try:
            child = subprocess.Popen(
                command.arguments,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                env=command.environment,
                start_new_session=True,
                **identity(command.account),
            )
        except OSError as error:
            raise ServerError(
                f"cannot start {command.arguments[0]}: {error.strerror}; is it installed and executable?"
            ) from error
    process = psutil.Process(child.pid)
    record(process, pid_file)
    return process


def record(process: psutil.Process, pid_file: Path) -> None:
    """Write down who a process is: its number alone could later be another's."""
    write_private(pid_file, json.dumps({"pid": process.pid, "started": process.create_time()}))


def find(pid_file: Path) -> psutil.Process | None:
    """The running process that a pid file tells of.

    None when it ended or when its number now belongs to another process, which the time of its start gives away.
    """
    try:
        known = json.loads(pid_file.read_text(encoding="utf-8"))
        process = psutil.Process(int(known["pid"]))
        same = abs(process.create_time() - float(known["started"])) < CLOCK_SECONDS
        return process if same and process.status() != psutil.STATUS_ZOMBIE else None
    except (OSError, ValueError, KeyError, TypeError, psutil.NoSuchProcess):
        return None


def find_by_arguments(arguments: list[str]) -> psutil.Process | None:
    """A running process with exactly these arguments: a server whose start was cut off before it was recorded."""
    for process in psutil.process_iter(["cmdline"]):
        if process.info["cmdline"] == arguments:
            return process
    return None


def is_running(process: psutil.Process) -> bool:
    """Whether a process lives; one that ended is reaped if it is a child of this one."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(process.pid, os.WNOHANG)
    return bool(process.is_running()) and process.status() != psutil.STATUS_ZOMBIE


def stop(pid_file: Path, how: int) -> bool:
    """Ask the server of a pid file to end and wait; after a minute it is killed. False when none was running."""
    process = find(pid_file)
    if process is None:
        pid_file.unlink(missing_ok=True)
        return False
    try:
        process.send_signal(how)
        deadline = time.monotonic() + STOP_SECONDS
        while is_running(process):
            if time.monotonic() > deadline:
                process.kill()
            time.sleep(0.05)
    except psutil.NoSuchProcess:
        pass
    except psutil.AccessDenied as error:
        raise ServerError(
            f"cannot stop process {process.pid}: it belongs to another user; run this as the user who started it"
        ) from error
    pid_file.unlink(missing_ok=True)
    return True


def last_words(log: Path, position: int) -> str:
    """The line of a log, after a position, that tells best why a server ended, without its date and number."""
    lines = log.read_bytes()[position:].decode("utf-8", "replace").splitlines()
    lines = [line for line in lines if line.strip() and not any(words in line for words in NO_CAUSE)]
    for telling in CAUSES:
        for line in lines:
            if telling in line:
                return line[line.index(telling) :].strip() if telling in LEVELS else line.strip()
    return lines[-1].strip() if lines else "it left no message"
