"""What the guard takes and gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


class GuardError(ValueError):
    """The statement may not run; the sentence says why."""


@dataclass(frozen=True)
class Allowed:
    """What a role may read: columns by table, and the pairs of columns by which tables may be joined.

    `personal` are the names, in small letters, of columns that are not strung together to one text.
    """

    database: str
    columns: Mapping[str, tuple[str, ...]]
    joins: frozenset[frozenset[str]]
    personal: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Guarded:
    """A statement that may run: its text with `%s` for strings, these strings, and the text to show."""

    text: str
    values: tuple[str, ...]
    shown: str
    tables: tuple[str, ...]
