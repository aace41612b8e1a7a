"""What is remembered between two starts: ports, passwords, and where the data lies."""

import json
import random
import secrets
import socket
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from local.accounts import USERS
from local.errors import ServerError
from local.files import write_private

PORTS = range(20_000, 32_000)  # below the range from which systems take ports for outgoing connections


@dataclass(frozen=True)
class Memory:
    """The remembered facts of one home: a port for each server, a password for each account.

    `data` is the folder of the databases' files; `account` the system user that runs them, None for the current one.
    """

    ports: dict[str, int]
    passwords: dict[str, str]
    data: str
    account: str | None


def memory_file(home: Path) -> Path:
    """Where the memory of a home lies."""
    return home / "servers.json"


def recall(home: Path) -> Memory | None:
    """The memory of a home, None when it has none; raises ServerError when it cannot be read."""
    path = memory_file(home)
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        return Memory(**facts)
    except FileNotFoundError:
        return None
    except PermissionError as error:
        raise ServerError(
            f"cannot read {path}: it belongs to another user; run as that user or set TIDEMARK_HOME to another folder"
        ) from error
    except (ValueError, TypeError) as error:
        raise ServerError(
            f"{path} is damaged: stop its servers and delete {home} to start anew with empty servers"
        ) from error


def remember(home: Path, memory: Memory) -> None:
    """Store the memory of a home."""
    write_private(memory_file(home), json.dumps(asdict(memory), indent=1) + "\n")


def new_passwords(known: dict[str, str]) -> dict[str, str]:
    """The known passwords, and a random one for each account that has none."""
    return {user: known.get(user) or secrets.token_urlsafe(24) for user in USERS}


def is_free(port: int) -> bool:
    """Whether a loopback port can be listened on."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as candidate:
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            candidate.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def free_ports(names: tuple[str, ...]) -> dict[str, int]:
    """A free loopback port for each name; they are held while choosing, so that no two are the same."""
    chosen: dict[str, int] = {}
    with ExitStack() as held:
        for port in random.SystemRandom().sample(PORTS, 500):
            candidate = held.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM))
            try:
                candidate.bind(("127.0.0.1", port))
            except OSError:
                continue
            chosen[names[len(chosen)]] = port
            if len(chosen) == len(names):
                return chosen
    raise ServerError("no free loopback port was found between 20000 and 32000: stop some programs that listen there")
