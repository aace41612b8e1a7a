"""Defects to build into the pipeline, each of which the attack must find; for tests alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from psycopg import sql


def apply(name: str) -> None:
    """Build the defect of this name into the modules of this process."""
    DEFECTS[name]()


def greatest_timestamp_cursor() -> None:
    """The watermark is the greatest timestamp seen, whatever transactions are open."""
    from ingestion import postgres_source, trust

    honest_activity, honest_look = postgres_source.read_activity, trust.look_at
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

    postgres_source.read_activity, trust.look_at = read_activity, look_at


def ignored_deletes() -> None:
    """Tombstones are not read."""
    from ingestion import postgres

    honest = postgres.select_deleted_keys

    def select_deleted_keys(*arguments: Any, **options: Any) -> sql.Composed:
        return honest(*arguments, **options) + sql.SQL(" and false")

    postgres.select_deleted_keys = select_deleted_keys


def case_blind_collation() -> None:
    """Keys in staging are compared without regard to case, accents and trailing blanks."""
    from ingestion import postgres

    postgres.KEY_TEXT = "VARCHAR(255) character set utf8mb4 collate utf8mb4_general_ci"


DEFECTS = {
    "greatest_timestamp_cursor": greatest_timestamp_cursor,
    "ignored_deletes": ignored_deletes,
    "case_blind_collation": case_blind_collation,
}
