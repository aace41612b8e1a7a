"""The sealer chains the changes recorded since it last looked, so that writers need not wait for each other."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import psycopg

from oltp.audit.chain import CHANGE_COLUMNS, FIRST_HEAD, Link, link

BATCH = 10_000
LOCK_SECONDS = 5
# A lock on the table, which only its owner may take: an advisory lock could be held by any account of the database.
LOCK = "lock table audit.seals in share row exclusive mode"


@dataclass(frozen=True)
class Head:
    """The end of the chain as it was kept outside the database."""

    position: int
    head: bytes


def seal(connection: psycopg.Connection, head_file: Path) -> int:
    """Chain all changes that wait, and keep the new head in `head_file` too; returns how many were chained.

    `connection` is the owner's. Where another sealer stays at work, what is left is left to it. A change that waits to
    be sealed and is gone stays on the list of those that wait, where `verify` finds it.
    """
    sealed = 0
    while True:
        try:
            with connection.transaction():
                connection.execute(f"set local lock_timeout = '{LOCK_SECONDS}s'")
                connection.execute(LOCK)
                links = _seal_batch(connection)
        except psycopg.errors.LockNotAvailable:
            return sealed
        if links:
            keep_head(head_file, Head(links[-1].position, links[-1].head))
        sealed += len(links)
        if len(links) < BATCH:
            return sealed


def _seal_batch(connection: psycopg.Connection) -> list[Link]:
    last = connection.execute("select position, head from audit.seals order by position desc limit 1").fetchone()
    position, head = (int(last[0]), bytes(last[1])) if last else (0, FIRST_HEAD)
    changes = connection.execute(
        f"""
        with taken as (
            delete from audit.unsealed where change_id in (
                select u.change_id from audit.unsealed as u join audit.changes as c using (change_id)
                order by u.change_id limit {BATCH}
            ) returning change_id
        )
        select {CHANGE_COLUMNS} from audit.changes as c join taken using (change_id) order by c.change_id
        """
    ).fetchall()
    links = list(link(position, head, changes))
    with connection.cursor().copy("copy audit.seals (position, change_id, head) from stdin") as copy:
        for made in links:
            copy.write_row((made.position, made.change_id, made.head))
    return links


def keep_head(path: Path, head: Head) -> None:
    """Add a head to a file outside the database, which a person who may change the database need not be able to."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="ascii") as file:
        file.write(f"{head.position} {head.head.hex()}\n")
        file.flush()
        os.fsync(file.fileno())


def read_heads(path: Path) -> list[Head]:
    """The heads that were kept, the oldest first; none where there is no file."""
    if not path.exists():
        return []
    lines = path.read_text(encoding="ascii").splitlines()
    return [Head(int(position), bytes.fromhex(head)) for position, head in (line.split() for line in lines)]
