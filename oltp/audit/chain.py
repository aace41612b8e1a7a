"""How recorded changes are chained: each head is the hash of the head before it and of one change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

FIRST_HEAD = bytes(32)
# All that a change says but its values, which are in its digest: so values can be erased and the chain still holds.
CHANGE_COLUMNS = (
    "c.change_id, to_char(c.changed_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), c.transaction_id, c.actor, "
    "c.account, c.table_name, c.operation, c.key::text, encode(c.digest, 'hex')"
)


@dataclass(frozen=True)
class Link:
    """One change in the chain, and the head after it."""

    position: int
    change_id: int
    head: bytes


def link(position: int, head: bytes, changes: Iterable[tuple[Any, ...]]) -> Iterator[Link]:
    """Chain changes, rows of CHANGE_COLUMNS, to the head at `position`."""
    for change in changes:
        position += 1
        head = next_head(head, change)
        yield Link(position, int(change[0]), head)


def next_head(head: bytes, change: tuple[Any, ...]) -> bytes:
    """The head after a change."""
    text = json.dumps(list(change), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(head + text.encode("utf-8")).digest()
