"""Whether the server and its databases can hold what is built: asked before anything is built."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from warehouse.engine import engine_of
from warehouse.marts import Mart

KEEPS_KEYS = ("utf8mb4_nopad_bin", "utf8mb4_0900_bin")  # MariaDB's and MySQL's


class ServerError(RuntimeError):
    """A database cannot hold the marts; the sentence says what to change."""


def check_databases(url: str, marts: Sequence[Mart]) -> tuple[str, ...]:
    """Raise `ServerError` when a build or live database is missing or would merge keys; return warnings.

    `url` is an account that sees all of them.
    """
    schemas = sorted({mart.build_schema for mart in marts} | {mart.live_schema for mart in marts})
    with engine_of(url).connect() as connection:
        rows = connection.execute(
            sa.text(
                "select schema_name as name, default_collation_name as collation_name from information_schema.schemata "
                "where schema_name in :schemas"
            ).bindparams(sa.bindparam("schemas", expanding=True)),
            {"schemas": schemas},
        )
        collations = {str(row.name): str(row.collation_name) for row in rows}
        mode = str(connection.scalar(sa.text("select @@global.sql_mode")))
    for schema in schemas:
        if schema not in collations:
            raise ServerError(
                f"there is no database {schema}, or the publishing account has no rights on it; create it and grant "
                "what docs/own-servers.md lists"
            )
        if collations[schema] not in KEEPS_KEYS:
            raise ServerError(
                f"the database {schema} has the collation {collations[schema]}, under which different keys are equal "
                f"or characters are lost; alter database {schema} character set utf8mb4 collate utf8mb4_nopad_bin "
                "(utf8mb4_0900_bin on MySQL), then run with --full-refresh"
            )
    return _warn_of(mode)


def _warn_of(mode: str) -> tuple[str, ...]:
    if "STRICT_ALL_TABLES" in mode or "STRICT_TRANS_TABLES" in mode:
        return ()
    return (
        f"the server's sql_mode ({mode or 'empty'}) is not strict: Tidemark's own sessions are, but others cut values "
        "that do not fit in silence; set global sql_mode = concat(@@global.sql_mode, ',STRICT_TRANS_TABLES')",
    )
