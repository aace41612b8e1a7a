"""Files that are written whole or not at all."""

import contextlib
import os
import tempfile
from pathlib import Path

from local.errors import ServerError


def write_private(path: Path, text: str) -> None:
    """Write a file of mode 0600 by renaming a complete copy onto its name.

    Raises ServerError when the folder cannot be written; what was there before is then untouched.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise ServerError(
            f"cannot write {path}: {error.strerror}; make the folder writable or free some space"
        ) from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise ServerError(
            f"cannot write {path}: {error.strerror}; make the folder writable or free some space"
        ) from error
