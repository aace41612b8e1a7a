"""Where the private servers keep their files, and as which system user the databases run."""

import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from local.errors import ServerError
from local.processes import identity

ROOT_DATA = Path("/var/lib/tidemark")
FIRST_START_BYTES = 2_000_000_000


@dataclass(frozen=True)
class Layout:
    """The folders of one set of private servers.

    `home` holds what belongs to the user who starts them: memory, pid files, logs, Prefect's folder. `data` holds the
    databases' files; it is `home` unless `account`, the system user that runs the databases for root, cannot reach it.
    """

    home: Path
    data: Path
    account: str | None

    def pid_file(self, server: str) -> Path:
        """The pid file of a server."""
        return self.home / "run" / f"{server}.json"

    def log(self, server: str) -> Path:
        """The log of a server."""
        return self.home / "log" / f"{server}.log"

    def data_folder(self, server: str) -> Path:
        """The folder of a server's data."""
        return (self.home if server == "prefect" else self.data) / server


def database_account() -> str | None:
    """The system user that runs the databases: the current one, but for root, whom PostgreSQL refuses, another."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise ServerError("PostgreSQL does not run as root and there is no user postgres or nobody: create one of them")


def can_reach(path: Path, account: str | None) -> bool:
    """Whether a system user may enter a folder or execute a file."""
    return subprocess.run(["test", "-x", str(path)], cwd="/", check=False, **identity(account)).returncode == 0


def make_home(home: Path) -> None:
    """Create the folder of the servers, or raise ServerError when it belongs to another user or cannot be written."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        home.chmod(0o711)  # other users may pass through to the databases' folders, and list nothing
        for name in ("run", "log"):
            (home / name).mkdir(mode=0o700, exist_ok=True)
    except PermissionError as error:
        raise ServerError(
            f"cannot write {home}: it belongs to another user; run as that user or set TIDEMARK_HOME to another folder"
        ) from error
    except OSError as error:
        raise ServerError(f"cannot create {home}: {error.strerror}; set TIDEMARK_HOME to another folder") from error


def new_layout(home: Path) -> Layout:
    """Choose where the databases of a new home lie: in it, or for root under /var/lib where the home is closed."""
    account = database_account()
    data = home
    if account is not None and not can_reach(home, account):
        data = ROOT_DATA / hashlib.sha256(str(home).encode()).hexdigest()[:12]
        data.mkdir(parents=True, exist_ok=True)
        data.chmod(0o711)
    free = shutil.disk_usage(data).free
    if free < FIRST_START_BYTES:
        raise ServerError(
            f"only {free // 1_000_000} MB are free at {data} and new servers need {FIRST_START_BYTES // 1_000_000} MB: "
            "free some space or set TIDEMARK_HOME to a folder on another disk"
        )
    return Layout(home, data, account)


def new_folder(layout: Layout, name: str) -> Path:
    """An empty folder beside the databases' data that their system user owns; what was there is deleted."""
    folder = layout.data / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    if layout.account is not None:
        shutil.chown(folder, layout.account)
    return folder
