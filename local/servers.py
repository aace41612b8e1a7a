"""Start, stop and show the private servers of a home, and check the servers that the environment names instead."""

import fcntl
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from local import connections, mariadb, postgres, prefect_server
from local.accounts import MYSQL_NAMES, POSTGRES_NAMES, PREFECT_NAMES, STAND_INS
from local.errors import ServerError
from local.given import check_given
from local.layout import Layout, make_home, new_layout
from local.memory import Memory, free_ports, is_free, memory_file, new_passwords, recall, remember
from local.processes import Command, find, find_by_arguments, is_running, last_words, record, start, stop

START_SECONDS = 180  # a database that recovers from a crash may take a while; one that ended is noticed at once
DYING_SECONDS = 15
PORT_SECONDS = 3


@dataclass(frozen=True)
class Server:
    """What is particular to one of the servers; `names` are the URLs that lead to it."""

    name: str
    title: str
    names: tuple[str, ...]
    stop_signal: int
    prepare: Callable[[Layout, Memory], None]
    before_start: Callable[[Layout, Memory], None]
    command: Callable[[Layout, Memory], Command]
    clear_stale_files: Callable[[Layout], None]
    answers: Callable[[Memory], bool]
    settle: Callable[[Memory], None]


@dataclass(frozen=True)
class Status:
    """What is known of a server: `state` is running, stopped, unreachable (runs but gives no answer) or given."""

    server: str
    state: str
    address: str | None
    pid: int | None = None
    log: str | None = None


def _nothing(layout: Layout, memory: Memory) -> None:
    """Do nothing before the start."""


ALL = (
    Server(
        "postgres",
        "PostgreSQL",
        POSTGRES_NAMES,
        signal.SIGINT,  # "fast" shutdown: sessions are ended
        postgres.prepare,
        _nothing,
        postgres.command,
        postgres.clear_stale_files,
        postgres.answers,
        postgres.settle,
    ),
    Server(
        "mariadb",
        "MariaDB",
        MYSQL_NAMES,
        signal.SIGTERM,
        mariadb.prepare,
        mariadb.write_init_file,
        mariadb.command,
        mariadb.clear_stale_files,
        mariadb.answers,
        mariadb.settle,
    ),
    Server(
        "prefect",
        "Prefect",
        PREFECT_NAMES,
        signal.SIGTERM,
        prefect_server.prepare,
        _nothing,
        prefect_server.command,
        prefect_server.clear_stale_files,
        prefect_server.answers,
        prefect_server.settle,
    ),
)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Let one process at a time start or stop the servers of a home; others wait."""
    with (home / "run" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def up(
    home: Path,
    connection_file: Path | None = None,
    given: Mapping[str, str] | None = None,
    new_ports: bool = False,
) -> dict[str, str]:
    """Start the private servers of a home that do not run, and write the connection file.

    `given` are the URLs that the environment names; a server whose URLs are all given is checked, never started. The
    connection file is `home/connections.env` unless told otherwise. Returns every name with its URL. Raises
    ServerError, after stopping what this call started, when a server cannot be started or reached.
    """
    given = dict(given or {})
    private = _private(given)
    check_given(given)
    if not private:
        return given
    make_home(home)
    with _alone(home):
        memory = _memory(home, private, new_ports)
        layout = Layout(home, Path(memory.data), memory.account)
        _start_all(private, layout, memory)
        found = connections.connections(memory)
        file = connection_file or home / "connections.env"
        own = {name: url for name, url in found.items() if name not in given and STAND_INS.get(name) not in given}
        connections.write(file, own)
        return {**own, **given}


def down(home: Path) -> list[str]:
    """Stop the servers that were started from a home; returns their names. Others are never touched."""
    if not (home / "run").is_dir():
        return []
    memory = recall(home)
    with _alone(home), ThreadPoolExecutor(len(ALL)) as pool:
        layout = Layout(home, Path(memory.data) if memory else home, memory.account if memory else None)
        stopped = list(pool.map(lambda server: stop(layout.pid_file(server.name), server.stop_signal), ALL))
    return [server.name for server, was_running in zip(ALL, stopped, strict=True) if was_running]


def delete(home: Path) -> None:
    """Stop the servers that were started from a home and delete them with all their data."""
    down(home)
    memory = recall(home)
    if memory and Path(memory.data) != home:
        shutil.rmtree(memory.data)
    for name in (*(server.name for server in ALL), mariadb.TEMPORARY, "programs", "log", "run"):
        shutil.rmtree(home / name, ignore_errors=True)
    memory_file(home).unlink(missing_ok=True)


def status(home: Path, given: Mapping[str, str] | None = None) -> list[Status]:
    """The state of each server; it starts nothing."""
    given = dict(given or {})
    private = _private(given)
    memory = recall(home)
    return [
        _status(server, home, memory) if server in private else Status(server.name, "given", None) for server in ALL
    ]


def _status(server: Server, home: Path, memory: Memory | None) -> Status:
    if memory is None:
        return Status(server.name, "stopped", None)
    layout = Layout(home, Path(memory.data), memory.account)
    address = f"127.0.0.1:{memory.ports[server.name]}"
    log = str(layout.log(server.name))
    process = find(layout.pid_file(server.name))
    if process is None:
        return Status(server.name, "stopped", address, log=log)
    state = "running" if server.answers(memory) else "unreachable"
    return Status(server.name, state, address, process.pid, log)


def _private(given: Mapping[str, str]) -> list[Server]:
    """The servers that the environment does not name; raises ServerError when it names one in part."""
    private = []
    for server in ALL:
        missing = [name for name in server.names if name not in given]
        if not missing:
            continue
        if len(missing) < len(server.names):
            raise ServerError(
                f"the environment names {server.title} only in part: set {', '.join(missing)} too, "
                f"or unset {', '.join(name for name in server.names if name in given)} to use private servers"
            )
        private.append(server)
    return private


def _memory(home: Path, private: list[Server], new_ports: bool) -> Memory:
    """Recall the ports and passwords of a home, or choose them; raises ServerError when a remembered port is taken."""
    known = recall(home)
    if known is None:
        layout = new_layout(home)
        ports = free_ports(tuple(server.name for server in ALL))
        memory = Memory(ports, new_passwords({}), str(layout.data), layout.account)
        remember(home, memory)
        return memory
    if known.account is None and os.geteuid() == 0:
        raise ServerError(
            f"the servers in {home} were made by an ordinary user, and PostgreSQL does not run as root: "
            "run as that user or set TIDEMARK_HOME to another folder"
        )
    memory = replace(known, passwords=new_passwords(known.passwords))
    layout = Layout(home, Path(memory.data), memory.account)
    idle = [server for server in private if not find(layout.pid_file(server.name))]
    if new_ports and idle:
        memory = replace(memory, ports={**memory.ports, **free_ports(tuple(server.name for server in idle))})
    for server in idle:
        if not _adopt(server, layout, memory) and not _becomes_free(memory.ports[server.name]):
            raise ServerError(
                f"port {memory.ports[server.name]}, which the private {server.title} used before, is taken by another "
                "program: stop that program, or run `tidemark up --new-ports`"
            )
    if memory != known:
        remember(home, memory)
    return memory


def _becomes_free(port: int) -> bool:
    """Whether a port is free, or is so soon: a killed server holds it until all its memory is given back."""
    deadline = time.monotonic() + PORT_SECONDS
    while not is_free(port):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def _adopt(server: Server, layout: Layout, memory: Memory) -> bool:
    """Record a server of ours whose start was cut off before it could be recorded; False when there is none."""
    if is_free(memory.ports[server.name]):
        return False
    process = find_by_arguments(server.command(layout, memory).arguments)
    if process is None:
        return False
    record(process, layout.pid_file(server.name))
    return True


def _start_all(private: list[Server], layout: Layout, memory: Memory) -> None:
    """Start servers side by side; when one fails, stop those that were started here and raise its error."""
    for server in private:
        server.command(layout, memory)  # a missing program is told before anything is created
    was_running = {server.name for server in private if find(layout.pid_file(server.name))}
    with ThreadPoolExecutor(len(private)) as pool:
        jobs = [pool.submit(_start, server, layout, memory) for server in private]
    errors = [error for job in jobs if (error := job.exception())]
    if not errors:
        return
    for server in private:
        if server.name not in was_running:
            stop(layout.pid_file(server.name), server.stop_signal)
    raise errors[0]


def _start(server: Server, layout: Layout, memory: Memory) -> None:
    process = find(layout.pid_file(server.name))
    deadline = time.monotonic() + START_SECONDS
    dying = time.monotonic() + DYING_SECONDS
    log = layout.log(server.name)
    position = log.stat().st_size if log.exists() else 0
    if process is None:
        server.prepare(layout, memory)
    while True:
        if process is None:
            server.clear_stale_files(layout)
            server.before_start(layout, memory)
            process = start(server.command(layout, memory), layout.pid_file(server.name), log)
        if server.answers(memory):
            break
        if not is_running(process):
            reason = last_words(log, position)
            if "shared memory block" not in reason or time.monotonic() > dying:
                raise ServerError(f"the private {server.title} does not start: {reason} (see {log})")
            process = None  # the children of a killed PostgreSQL need a moment to notice
            position = log.stat().st_size
        if time.monotonic() > deadline:
            raise ServerError(f"the private {server.title} gave no answer within {START_SECONDS} s: see {log}")
        time.sleep(0.1)
    server.settle(memory)
    if server.name == "mariadb":
        server.clear_stale_files(layout)
