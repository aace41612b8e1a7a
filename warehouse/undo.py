"""What is kept to put the last published state back, and whether publishing is held: tables of the build schemas.

`_tidemark_undo` names the marts of the last publish, and what puts each of them back. A RENAME commits by itself, so
the intent is noted before it, as rows of another step, and becomes what is kept after it; whoever finds an intent
looks whether the RENAME took place. `_tidemark_hold` has a row while publishing is held.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from warehouse.marts import Mart

UNDO, HOLD = "_tidemark_undo", "_tidemark_hold"
Kind = Literal["rows", "table", "absent", "back"]
"""Rows of the changed keys; the table aside; there was no table; (intent only) the tables aside are to be put back."""
Step = Literal["kept", "intent"]


@dataclass(frozen=True)
class Hold:
    """Publishing is held since `since` (UTC), by the undo that was run `run_id`."""

    run_id: str
    since: str

    def __str__(self) -> str:
        return (
            f"publishing is held since {self.since} UTC by tidemark publish --undo ({self.run_id}): what was built and "
            "tested waits until tidemark publish is called"
        )


@dataclass(frozen=True)
class Kept:
    """What puts one mart back, and the run that left it."""

    kind: Kind
    run_id: str


def kept_keys(mart: Mart) -> str:
    """The quoted name of the table of keys that the last publish changed."""
    return f"`{mart.build_schema}`.`_tidemark_undo_keys_{mart.name}`"


def kept_rows(mart: Mart) -> str:
    """The quoted name of the table of the rows that those keys had before."""
    return f"`{mart.build_schema}`.`_tidemark_undo_rows_{mart.name}`"


def previous_table(mart: Mart) -> str:
    """The quoted name of the table that readers saw before the last RENAME."""
    return f"`{mart.build_schema}`.`_tidemark_previous_{mart.name}`"


def discarded_table(mart: Mart) -> str:
    """The quoted name of a table aside that a RENAME has replaced by a newer one."""
    return f"`{mart.build_schema}`.`_tidemark_discarded_{mart.name}`"


def create_state(connection: sa.Connection, marts: Sequence[Mart], tables: set[tuple[str, str]]) -> None:
    """Create the two tables in each build schema that lacks them; `tables` are those that exist."""
    for schema in build_schemas(marts):
        if (schema, UNDO) not in tables:
            connection.execute(
                sa.text(
                    f"create table if not exists `{schema}`.{UNDO} (model varchar(64) not null, "
                    "step varchar(8) not null, kind varchar(8) not null, run_id varchar(64) not null, "
                    "primary key (model, step))"
                )
            )
        if (schema, HOLD) not in tables:
            connection.execute(
                sa.text(
                    f"create table if not exists `{schema}`.{HOLD} "
                    "(run_id varchar(64) not null primary key, since datetime not null)"
                )
            )


def read_kept(
    connection: sa.Connection, marts: Sequence[Mart], tables: set[tuple[str, str]], step: Step = "kept"
) -> dict[str, Kept]:
    """What is noted in one step, by mart; `tables` are those that exist."""
    found: dict[tuple[str, str], Kept] = {}
    for schema in build_schemas(marts):
        if (schema, UNDO) in tables:
            rows = connection.execute(
                sa.text(f"select model, kind, run_id from `{schema}`.{UNDO} where step = :step"), {"step": step}
            )
            found |= {(schema, str(row.model)): Kept(row.kind, str(row.run_id)) for row in rows}
    return {m.name: found[m.build_schema, m.name] for m in marts if (m.build_schema, m.name) in found}


def read_hold(connection: sa.Connection, marts: Sequence[Mart], tables: set[tuple[str, str]]) -> Hold | None:
    """The hold on publishing, None when there is none."""
    for schema in build_schemas(marts):
        if (schema, HOLD) in tables:
            row = connection.execute(sa.text(f"select run_id, since from `{schema}`.{HOLD} limit 1")).first()
            if row is not None:
                return Hold(str(row.run_id), f"{row.since:%Y-%m-%d %H:%M:%S}")
    return None


def set_hold(connection: sa.Connection, marts: Sequence[Mart], run_id: str) -> None:
    """Hold publishing, in the transaction under way."""
    for schema in build_schemas(marts):
        connection.execute(
            sa.text(f"replace into `{schema}`.{HOLD} (run_id, since) values (:run_id, utc_timestamp())"),
            {"run_id": run_id},
        )


def end_hold(connection: sa.Connection, marts: Sequence[Mart]) -> None:
    """Let runs publish again, in the transaction under way."""
    for schema in build_schemas(marts):
        connection.execute(sa.text(f"delete from `{schema}`.{HOLD}"))


def note(connection: sa.Connection, mart: Mart, step: Step, kept: Kept) -> None:
    """Note what puts a mart back, in the transaction under way."""
    connection.execute(
        sa.text(
            f"replace into `{mart.build_schema}`.{UNDO} (model, step, kind, run_id) "
            "values (:model, :step, :kind, :run_id)"
        ),
        {"model": mart.name, "step": step, "kind": kept.kind, "run_id": kept.run_id},
    )


def forget(connection: sa.Connection, marts: Sequence[Mart], kept: Mapping[str, Kept]) -> None:
    """Forget all that is kept, in the transaction under way. Tables aside stay until they are dropped."""
    for mart in marts:
        if mart.name in kept and kept[mart.name].kind == "rows":
            connection.execute(sa.text(f"delete from {kept_keys(mart)}"))
            connection.execute(sa.text(f"delete from {kept_rows(mart)}"))
    for schema in build_schemas(marts):
        connection.execute(sa.text(f"delete from `{schema}`.{UNDO} where step = 'kept'"))


def keep_intent(connection: sa.Connection, marts: Sequence[Mart]) -> None:
    """The RENAME took place: what was its intent is now what is kept. In the transaction under way, after `forget`."""
    for schema in build_schemas(marts):
        connection.execute(sa.text(f"update `{schema}`.{UNDO} set step = 'kept' where step = 'intent'"))


def drop_intent(connection: sa.Connection, marts: Sequence[Mart]) -> None:
    """Forget an intent, in the transaction under way."""
    for schema in build_schemas(marts):
        connection.execute(sa.text(f"delete from `{schema}`.{UNDO} where step = 'intent'"))


def build_schemas(marts: Iterable[Mart]) -> list[str]:
    """The build schemas of the marts, each once."""
    return sorted({mart.build_schema for mart in marts})
