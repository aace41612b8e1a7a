"""The second factor: time-based one-time passwords (RFC 6238), and recovery codes for a lost telephone."""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from pathlib import Path

import pyotp
import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken

ISSUER = "Tidemark"
STEP_SECONDS = 30
STEPS_AROUND = 1  # clocks of telephones are off by some seconds
RECOVERY_CODES = 10
CODE_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_LENGTH = 24  # 118 bits: so long a secret may be kept under a plain hash (ASVS 6.5.2)


class KeyFileError(RuntimeError):
    """The key that second factors are encrypted with is missing or another one."""


class SecretBox:
    """Encrypts second factors with a key that lies in a file, outside the database."""

    def __init__(self, key_file: Path) -> None:
        self._file = key_file

    def close(self, secret: str) -> bytes:
        """The secret, encrypted; the key is made when there is none."""
        return self._fernet(create=True).encrypt(secret.encode("ascii"))

    def open(self, closed: bytes) -> str:
        """The secret; raises KeyFileError when the key is not the one that closed it."""
        try:
            return self._fernet(create=False).decrypt(closed).decode("ascii")
        except InvalidToken as error:
            raise KeyFileError(
                f"{self._file} is not the key that second factors were encrypted with: put the right file back, "
                "or give people a new second factor (tidemark user reset NAME)"
            ) from error

    def _fernet(self, create: bool) -> Fernet:
        if create and not self._file.exists():
            self._file.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(Fernet.generate_key())
        try:
            return Fernet(self._file.read_bytes())
        except (OSError, ValueError) as error:
            raise KeyFileError(f"the key of second factors cannot be read from {self._file}: {error}") from error


def new_secret() -> str:
    """A secret of 160 random bits, in base32."""
    return pyotp.random_base32()


def address(secret: str, name: str) -> str:
    """The otpauth:// address that authenticator apps read."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def step_of(secret: str, code: str) -> int | None:
    """The time step that a code belongs to, None if it is not right now."""
    now = int(time.time()) // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    typed = code.replace(" ", "").encode("utf-8", "replace")
    found = None
    for step in range(now - STEPS_AROUND, now + STEPS_AROUND + 1):
        if secrets.compare_digest(totp.at(step * STEP_SECONDS).encode(), typed):
            found = step
    return found


def new_recovery_codes(connection: sa.Connection, user_id: int) -> list[str]:
    """Ten new codes, of which only the hashes are kept; the former ones no longer work."""
    connection.execute(sa.text("delete from recovery_codes where user_id = :user_id"), {"user_id": user_id})
    codes = [new_code() for _ in range(RECOVERY_CODES)]
    connection.execute(
        sa.text("insert into recovery_codes (user_id, code_hash) values (:user_id, :code_hash)"),
        [{"user_id": user_id, "code_hash": digest(code)} for code in codes],
    )
    return codes


def use_recovery_code(connection: sa.Connection, user_id: int, code: str) -> bool:
    """Whether a code is one of the person's that was not used yet; it is used now."""
    used = connection.execute(
        sa.text(
            "update recovery_codes set used_at = clock_timestamp() "
            "where user_id = :user_id and code_hash = :code_hash and used_at is null"
        ),
        {"user_id": user_id, "code_hash": digest(code)},
    )
    return used.rowcount == 1


def new_code() -> str:
    """A code to be kept on paper: 118 random bits in groups of six characters."""
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    return "-".join(code[place : place + 6] for place in range(0, CODE_LENGTH, 6))


def digest(code: str) -> bytes:
    """What the database keeps of a code, in whatever case and with whatever dashes and blanks it was typed."""
    code = code.strip().lower().replace("-", "").replace(" ", "")
    return hashlib.sha256(code.encode("utf-8")).digest()
