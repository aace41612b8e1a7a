"""A full disk and a lost connection are told apart, and nobody else looks into the work folder."""

import errno
import os
from pathlib import Path

import pytest

from ingestion.errors import IngestionError
from ingestion.run import scratch


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "cannot write .*: No space left on device; free some space"),
        (PermissionError(errno.EACCES, "Permission denied", "/f"), "cannot write /f: Permission denied"),
        (
            ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"),
            "a connection was lost .*: Connection reset",
        ),
        (TimeoutError("timed out"), "a connection was lost .*: TimeoutError"),
        (OSError(errno.EHOSTUNREACH, "No route to host"), "a connection was lost .*: No route to host"),
    ],
)
def test_a_fault_of_the_disk_and_one_of_the_network_are_told_apart(tmp_path: Path, fault: OSError, told: str) -> None:
    with pytest.raises(IngestionError, match=told), scratch(tmp_path, "shop"):
        raise fault


def test_the_folders_are_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with scratch(tmp_path / "work", "shop") as folder:
            opened = [path for path in (folder, *folder.parents[:2]) if path.stat().st_mode & 0o077]
    finally:
        os.umask(before)
    assert opened == []
