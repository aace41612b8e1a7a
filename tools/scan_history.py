"""Look for secrets in every version of every file that the history holds, with detect-secrets.

    .venv/bin/pip install detect-secrets && .venv/bin/python tools/scan_history.py

Prints what was found and is not known to be harmless; exit code 1 if there is anything.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from detect_secrets.core.scan import scan_file
from detect_secrets.settings import default_settings

# What looks like a secret and opens nothing, with why.
HARMLESS = (
    re.compile(r"^requirements\.lock$"),  # hashes of packages
    re.compile(r"\.(png|ico)$"),
    re.compile(r"^tools/scan_history\.py$"),  # names below what it passes over
)
# Tests and benchmarks make up passwords and addresses; keys and tokens of any known form are looked for there too.
INVENTED_IN_TESTS = ("Secret Keyword", "Basic Auth Credentials")
HARMLESS_LINES = (
    re.compile(r'ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"'),  # what codes are made of
    re.compile(r"dialect.{1,2}driver://user:password@host:port/database"),  # how an address looks, in an error
    re.compile(r'"password_encryption": "scram-sha-256"'),  # a method
)


def versions() -> Iterator[tuple[str, str]]:
    """Object name and path of every file in the history, each content once."""
    listed = subprocess.run(["git", "rev-list", "--all", "--objects"], capture_output=True, text=True, check=True)
    for line in listed.stdout.splitlines():
        name, _, path = line.partition(" ")
        if path and not any(pattern.search(path) for pattern in HARMLESS):
            yield name, path


def findings() -> Iterator[str]:
    """A sentence for each secret, told once for a path."""
    told: set[tuple[str, str]] = set()
    with tempfile.TemporaryDirectory() as folder, default_settings():
        for name, path in versions():
            content = subprocess.run(["git", "cat-file", "blob", name], capture_output=True)
            if content.returncode:  # a folder
                continue
            file = Path(folder) / name / Path(path).name
            file.parent.mkdir()
            file.write_bytes(content.stdout)
            lines = content.stdout.decode(errors="replace").splitlines()
            for secret in scan_file(str(file)):
                line = lines[secret.line_number - 1].strip()
                invented = path.startswith(("tests/", "bench/")) and secret.type in INVENTED_IN_TESTS
                harmless = invented or any(pattern.search(line) for pattern in HARMLESS_LINES)
                if harmless or (path, secret.secret_hash) in told:
                    continue
                told.add((path, secret.secret_hash))
                yield f"{path} ({name[:10]}, line {secret.line_number}): {secret.type}: {line[:160]}"


if __name__ == "__main__":
    found = list(findings())
    print("\n".join(found) or "no secret in the history")
    sys.exit(bool(found))
