"""Defects to build into the pipeline of this process, each of which the attack must find; for tests alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC
from typing import Any


def greatest_timestamp_cursor() -> None:
    """The watermark is the greatest timestamp seen, whatever transactions are open."""
    from ingestion import trust
    from ingestion.mysql import dialect

    honest_activity, honest_look = dialect.read_activity, trust.look_at
    latest: list[Any] = []
    tables = ("customers", "products", "orders", "order_items", "returns", "payments")
    stamps = " union all ".join(f"select max(tbl_last_dt) as at from shop.{table}" for table in tables)

    def read_activity(connection: Any) -> Any:
        seen = honest_activity(connection)
        with connection.cursor() as cursor:
            cursor.execute(f"select max(at) from ({stamps}) stamps")
            latest[:] = [at.replace(tzinfo=UTC) for (at,) in cursor.fetchall() if at]
        return replace(seen, open=(), prepared=())

    def look_at(*arguments: Any, **options: Any) -> Any:
        look = honest_look(*arguments, **options)
        return replace(look, watermark=latest[0] if latest else look.watermark)

    dialect.read_activity, trust.look_at = read_activity, look_at


def ignored_deletes() -> None:
    """Tombstones are not read."""
    from ingestion.mysql import dialect

    honest = dialect._deleted_keys
    dialect._deleted_keys = lambda *arguments: f"{honest(*arguments)} and false"


def ignored_truncation() -> None:
    """Nobody looks whether a table is still the one it was."""
    from ingestion.mysql import dialect

    def read_identities(_connection: Any, _source: Any, tables: Any) -> Mapping[str, str]:
        return {table.name: "the same" for table in tables}

    dialect.read_identities = read_identities


SABOTAGES = {
    "greatest_timestamp_cursor": greatest_timestamp_cursor,
    "ignored_deletes": ignored_deletes,
    "ignored_truncation": ignored_truncation,
}
