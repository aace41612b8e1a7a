"""Which passwords are taken, and how they are kept.

Rules after NIST SP 800-63B-4, 3.1.1: length counts, characters of any script are welcome, nothing is composed by rule,
and what everybody guesses first is refused.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import islice

import bcrypt

ROUNDS = 12
LEAST_ALONE = 15
LEAST_WITH_SECOND_FACTOR = 8
MOST = 128
BCRYPT_BYTES = 72
COMMON = 3_000
REMEMBERED = 5
CONTEXT = ("tidemark", "superstore", "warehouse", "password", "analyticalstream")


class PasswordError(ValueError):
    """A password is not taken; the sentence says why and what would do."""


def hash_password(password: str) -> str:
    """The bcrypt hash of a password, 12 rounds."""
    return bcrypt.hashpw(_bytes(password), bcrypt.gensalt(ROUNDS)).decode("ascii")


def matches(password: str, password_hash: str) -> bool:
    """Whether a password is the one that was hashed; takes the same time whether or not it is."""
    return bcrypt.checkpw(_bytes(password), password_hash.encode("ascii"))


@cache
def nobodys_hash() -> str:
    """A hash that no password opens, to be compared where there is no such user."""
    return hash_password("nobody" + base64.b64encode(hashlib.sha256(b"tidemark").digest()).decode())


def check_password(password: str, name: str, second_factor: bool, former: Iterable[str] = ()) -> None:
    """Raise PasswordError unless a password may be used by a person of this name.

    `former` are the hashes that may not come again. With a second factor, eight characters do.
    """
    normal = unicodedata.normalize("NFKC", password)
    least = LEAST_WITH_SECOND_FACTOR if second_factor else LEAST_ALONE
    if len(normal) < least:
        raise PasswordError(f"The password is too short: {least} characters or more. A few words in a row do well.")
    if len(normal) > MOST:
        raise PasswordError(f"The password is too long: {MOST} characters at most.")
    if any(unicodedata.category(character) == "Cc" for character in normal):
        raise PasswordError("The password holds control characters, which cannot be typed everywhere.")
    if normal.casefold() in common_passwords():
        raise PasswordError("This is one of the passwords that are guessed first. Choose another one.")
    rest = normal.casefold()
    for word in (*CONTEXT, name.casefold()):
        rest = rest.replace(word, "")
    letters = re.sub(r"\W|\d|_", "", rest)
    if len(set(rest)) < 4 or (rest != normal.casefold() and len(letters) < 4):
        raise PasswordError("The password is easily guessed: it is your name, this system's, or one thing repeated.")
    if any(matches(password, password_hash) for password_hash in former):
        raise PasswordError(f"This is one of your last {REMEMBERED} passwords. Choose one that you have not used.")


@cache
def common_passwords() -> frozenset[str]:
    """The most common passwords of published leaks, 3,000 of those that are long enough to be tried here."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    long_enough = (word for word in FREQUENCY_LISTS["passwords"] if len(word) >= LEAST_WITH_SECOND_FACTOR)
    return frozenset(islice(long_enough, COMMON))


def _bytes(password: str) -> bytes:
    """What bcrypt is given: it takes 72 bytes, so a longer password goes in as its SHA-384, whole."""
    encoded = unicodedata.normalize("NFKC", password).encode("utf-8").replace(b"\0", b"")
    if len(encoded) <= BCRYPT_BYTES:
        return encoded
    return base64.b64encode(hashlib.sha384(encoded).digest())
