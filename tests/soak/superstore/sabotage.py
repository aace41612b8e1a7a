"""Defects to build into the pipeline of this process, each of which the attack must find; for tests alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from psycopg import sql


def greatest_timestamp_cursor() -> None:
    """The watermark is the greatest timestamp seen, whatever transactions are open."""
    from ingestion import trust
    from ingestion.postgres import dialect

    honest_activity, honest_look = dialect.read_activity, trust.look_at
    latest: list[Any] = []
    greatest = (
        "select greatest((select max(tbl_last_dt) from superstore.orders),"
        " (select max(tbl_last_dt) from superstore.order_products), (select max(tbl_last_dt) from superstore.returns),"
        " (select max(tbl_last_dt) from superstore.customers), (select max(tbl_last_dt) from superstore.products))"
    )

    def read_activity(connection: Any) -> Any:
        seen = honest_activity(connection)
        latest[:] = connection.execute(greatest).fetchone()
        return replace(seen, open=(), prepared=())

    def look_at(*arguments: Any, **options: Any) -> Any:
        look = honest_look(*arguments, **options)
        return replace(look, watermark=latest[0] or look.watermark)

    dialect.read_activity, trust.look_at = read_activity, look_at


def ignored_deletes() -> None:
    """Tombstones are not read."""
    from ingestion.postgres import queries

    honest = queries.select_deleted_keys

    def select_deleted_keys(*arguments: Any, **options: Any) -> sql.Composed:
        return honest(*arguments, **options) + sql.SQL(" and false")

    queries.select_deleted_keys = select_deleted_keys


def case_blind_collation() -> None:
    """Keys in staging are compared without regard to case, accents and trailing blanks."""
    from ingestion.postgres import queries

    queries.KEY_TEXT = "VARCHAR(255) character set utf8mb4 collate utf8mb4_general_ci"


SABOTAGES = {
    "greatest_timestamp_cursor": greatest_timestamp_cursor,
    "ignored_deletes": ignored_deletes,
    "case_blind_collation": case_blind_collation,
}
