"""The views that a role reads in place of the live tables, with personal data masked as the policy says.

Each live schema has a database for each role (`warehouse_manager`), in which every mart has a view of its own name. A
view lists its columns, so a change of columns would break it: before the tables are moved, a view is narrowed to the
columns that both tables have, and afterwards widened to those of the new one. A reader finds a valid view at all times.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from warehouse.marts import Mart
from warehouse.policy import Policy, is_masked, read_policy
from warehouse.state import existing_tables

FORM = 1  # of the views that make_role_view writes; a higher number has all of them made anew
NO_SUCH_TABLE, NO_SUCH_PROCEDURE, DENIED, PROCEDURE_DENIED = 1146, 1305, 1142, 1370
MAKE = "call tidemark_masking.make_role_view(:role_schema, :live_schema, :name, :columns, :signature)"


@dataclass(frozen=True)
class RoleView:
    """A view of one mart for one role: its columns in order, with whether each is masked."""

    schema: str
    live_schema: str
    name: str
    columns: tuple[tuple[str, bool], ...]

    @property
    def signature(self) -> str:
        """A hash that changes whenever the view must be made anew."""
        return hashlib.sha256(json.dumps([FORM, self.live_schema, self.columns]).encode()).hexdigest()


class RoleViewsError(RuntimeError):
    """The views of the roles cannot be made; the sentence says what is missing."""


def narrow_role_views(
    connection: sa.Connection,
    marts: Sequence[Mart],
    coming: Sequence[tuple[str, str]],
    policy: Policy | None = None,
) -> None:
    """Before other tables take the place of the live ones: leave in each view only columns that both have.

    `coming` are the (schema, name) of these tables, one for each mart; a mart whose table does not exist is left alone.
    """
    policy = policy or read_policy()
    columns = _columns(connection, {mart.live_schema for mart in marts} | {schema for schema, _ in coming})
    views = []
    for mart, place in zip(marts, coming, strict=True):
        theirs = set(columns.get(place, ()))
        kept = [column for column in columns.get((mart.live_schema, mart.name), ()) if column in theirs]
        if kept:
            views += _views_of(mart, kept, policy)
    _make(connection, views)


def refresh_role_views(connection: sa.Connection, marts: Sequence[Mart], policy: Policy | None = None) -> list[str]:
    """Make each view that is missing or differs from its live table or the policy; drop those without a table.

    Returns the names of the views that were made.
    """
    policy = policy or read_policy()
    live = _columns(connection, {mart.live_schema for mart in marts})
    views = [view for mart in marts for view in _views_of(mart, live.get((mart.live_schema, mart.name), ()), policy)]
    made = _make(connection, views)
    _drop_orphans(connection, {mart.live_schema for mart in marts}, set(live), policy)
    return made


def _views_of(mart: Mart, columns: Iterable[str], policy: Policy) -> list[RoleView]:
    columns = tuple(columns)
    if not columns:
        return []
    return [
        RoleView(
            f"{mart.live_schema}_{role}",
            mart.live_schema,
            mart.name,
            tuple((column, is_masked(policy, role, mart.pii.get(column))) for column in columns),
        )
        for role in policy
    ]


def _make(connection: sa.Connection, views: Sequence[RoleView]) -> list[str]:
    present = existing_tables(connection, {view.schema for view in views})
    try:
        rows = connection.execute(sa.text("select view_schema, view_name, signature from tidemark_masking.role_views"))
        known = {(str(row.view_schema), str(row.view_name)): str(row.signature) for row in rows}
        made = []
        for view in views:
            place = (view.schema, view.name)
            if place in present and known.get(place) == view.signature:
                continue
            columns = [{"name": name, "masked": int(masked)} for name, masked in view.columns]
            connection.execute(
                sa.text(MAKE),
                {
                    "role_schema": view.schema,
                    "live_schema": view.live_schema,
                    "name": view.name,
                    "columns": json.dumps(columns),
                    "signature": view.signature,
                },
            )
            connection.commit()
            made.append(f"{view.schema}.{view.name}")
    except sa.exc.DBAPIError as error:
        if error.orig and error.orig.args[0] in (NO_SUCH_TABLE, NO_SUCH_PROCEDURE, DENIED, PROCEDURE_DENIED):
            raise RoleViewsError(
                f"the views of the roles cannot be made: {error.orig.args[-1]}; "
                "an administrator of the server runs warehouse/sql/role_views.sql once (docs/own-servers.md)"
            ) from error
        raise
    return made


def _drop_orphans(
    connection: sa.Connection, live_schemas: set[str], tables: set[tuple[str, str]], policy: Policy
) -> None:
    for live_schema in sorted(live_schemas):
        for role in policy:
            schema = f"{live_schema}_{role}"
            for _, name in sorted(existing_tables(connection, {schema})):
                if (live_schema, name) not in tables:
                    connection.execute(sa.text(f"drop view if exists `{schema}`.`{name}`"))
    connection.commit()


def _columns(connection: sa.Connection, schemas: set[str]) -> dict[tuple[str, str], list[str]]:
    """The columns, in order, of every table and view in `schemas` that this account may see."""
    found: dict[tuple[str, str], list[str]] = {}
    if not schemas:
        return found
    rows = connection.execute(
        sa.text(
            "select table_schema, table_name, column_name from information_schema.columns "
            "where table_schema in :schemas order by table_schema, table_name, ordinal_position"
        ).bindparams(sa.bindparam("schemas", expanding=True)),
        {"schemas": sorted(schemas)},
    )
    for schema, table, column in rows:
        found.setdefault((str(schema), str(table)), []).append(str(column))
    return found
