"""Was the record of changes altered? Edits, deletions, another order and a cut tail all show."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psycopg

from oltp.audit.chain import CHANGE_COLUMNS, FIRST_HEAD, next_head
from oltp.audit.sealing import read_heads

SEALED_WITHIN_SECONDS = 120
TOLD_AT_MOST = 100
# The values are those of the digest; or they were erased, are gone, and the erasure is recorded.
GENUINE = """
    case
        when c.erased_at is null
            then c.digest = audit.digest_of(coalesce(c.salt, ''::bytea), c.old_values, c.new_values)
        else coalesce(c.old_values, c.new_values) is null and c.salt is null and exists (
            select from audit.changes as e
            where e.operation = 'ERASE' and e.key = jsonb_build_object('change_id', c.change_id)
        )
    end
"""


@dataclass(frozen=True)
class Problem:
    """What is wrong and where: `kind` is edited, deleted, reordered, cut_tail, unsealed, unwatched or no_head."""

    kind: str
    change_id: int | None
    told: str


@dataclass(frozen=True)
class Verification:
    """What was found in the audit of one database."""

    database: str
    changes: int
    sealed: int
    waiting: int
    erased: int
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether the record is as it was written."""
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        """What was found, as values that JSON can hold."""
        return asdict(self) | {"ok": self.ok, "problems": [asdict(problem) for problem in self.problems]}


def verify(connection: psycopg.Connection, head_file: Path, database: str) -> Verification:
    """Follow the chain from its beginning, and compare its end with what was kept outside the database."""
    connection.execute("set transaction isolation level repeatable read, read only")
    problems: list[Problem] = []
    kept = {head.position: head.head for head in read_heads(head_file)}
    position, head, before = 0, FIRST_HEAD, 0
    with connection.cursor(name="chain") as cursor:
        cursor.itersize = 5_000
        cursor.execute(
            f"""
            select s.position, s.change_id, s.head, {CHANGE_COLUMNS},
                {GENUINE} as genuine
            from audit.seals as s left join audit.changes as c on c.change_id = s.change_id
            order by s.position
            """
        )
        for row in cursor:
            position, change_id, sealed_head, change, genuine = row[0], row[1], bytes(row[2]), row[3:12], row[12]
            if position != before + 1:
                problems.append(Problem("deleted", None, f"the seals from {before + 1} to {position - 1} are missing"))
            if change[0] is None:
                problems.append(Problem("deleted", change_id, f"change {change_id} was sealed and is gone"))
            elif not genuine:
                problems.append(Problem("edited", change_id, f"the values of change {change_id} were altered"))
            elif position == before + 1 and next_head(head, change) != sealed_head:
                problems.append(
                    Problem("edited", change_id, f"change {change_id} is not what was sealed at this place")
                )
            if position in kept and kept[position] != sealed_head:
                problems.append(
                    Problem("reordered", change_id, f"the chain was made anew: its head at {position} is another one")
                )
            head, before = sealed_head, position
            if len(problems) >= TOLD_AT_MOST:
                break
    newest = max(kept, default=0)
    if newest > before and len(problems) < TOLD_AT_MOST:
        problems.append(Problem("cut_tail", None, f"the chain ends at {before}, and {newest} changes had been sealed"))
    if before and not kept:
        problems.append(Problem("no_head", None, f"no head was kept outside the database: {head_file} is missing"))
    changes, erased, waiting, lost, gone = _counts(connection)
    if lost:
        problems.append(Problem("unsealed", None, f"{lost} changes do not wait to be sealed, and are not sealed"))
    if gone:
        problems.append(Problem("deleted", None, f"{gone} changes that waited to be sealed are gone"))
    problems.extend(_unwatched(connection))
    return Verification(database, changes, before, waiting, erased, tuple(problems))


def _unwatched(connection: psycopg.Connection) -> list[Problem]:
    """The tables whose changes are not recorded now: of their four triggers some are gone or switched off."""
    rows = connection.execute(
        """
        select tgrelid::regclass::text
        from pg_trigger
        where tgname in ('audit_insert', 'audit_update', 'audit_delete', 'audit_truncate') and tgparentid = 0
        group by tgrelid
        having count(*) filter (where tgenabled in ('O', 'A')) < 4
        order by 1
        """
    ).fetchall()
    return [Problem("unwatched", None, f"changes of {table} are not recorded now") for (table,) in rows]


def _counts(connection: psycopg.Connection) -> tuple[int, int, int, int, int]:
    """Of the changes: how many, erased, not sealed yet, neither sealed nor waiting, and waiting but gone."""
    counts = connection.execute(
        f"""
        select count(*), count(c.erased_at), count(*) filter (where s.change_id is null),
            count(*) filter (where s.change_id is null and u.change_id is null
                and c.changed_at < clock_timestamp() - interval '{SEALED_WITHIN_SECONDS} seconds'),
            (
                select count(*) from audit.unsealed as w
                where not exists (select from audit.changes as k where k.change_id = w.change_id)
            )
        from audit.changes as c
        left join audit.seals as s on s.change_id = c.change_id
        left join audit.unsealed as u on u.change_id = c.change_id
        """
    ).fetchone()
    assert counts is not None  # noqa: S101 - an aggregate always returns one row
    changes, erased, waiting, lost, gone = counts
    return changes, erased, waiting, lost, gone
