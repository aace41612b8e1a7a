"""What readers see: which run was published last, and what dbt says of the metrics in it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.databases import engine

# Where dbt's manifest has no metric of the name yet: the rules that the figures are computed by.
DEFINITIONS = {
    "sales": "Sum of the sales of order lines, in US dollars; returns are not taken off.",
    "profit": "Sum of the profit of order lines, in US dollars.",
    "margin": "Profit divided by sales, a ratio of sums.",
    "orders": "Distinct orders that have lines; in a product group, orders with at least one line in it.",
    "average_order_value": "Sales divided by orders.",
    "return_rate": "Returned orders divided by orders, whatever the return's status, by order date.",
    "average_discount": "Mean of the discounts of order lines.",
}


@dataclass(frozen=True)
class Published:
    """The run whose data readers see; `data_at` is the instant up to which everything has arrived."""

    run_id: str
    published_at: dt.datetime
    data_at: dt.datetime | None


def last_published(app_url: str) -> Published | None:
    """The last run that changed what readers see; None when there was none."""
    with engine(app_url).connect() as connection:
        if connection.scalar(sa.text("select to_regclass('runs')")) is None:
            return None
        row = connection.execute(
            sa.text(
                "select run_id, ended_at, report from runs "
                "where status = 'succeeded' and (report ->> 'published')::boolean order by started_at desc limit 1"
            )
        ).one_or_none()
        newest = connection.scalar(
            sa.text(
                "select report -> 'tables' from runs where status = 'succeeded' "
                "and jsonb_array_length(coalesce(report -> 'tables', '[]')) > 0 order by started_at desc limit 1"
            )
        )
    if row is None:
        return None
    return Published(row.run_id, row.ended_at, oldest_watermark(newest or row.report.get("tables", [])))


def oldest_watermark(tables: list[dict[str, Any]]) -> dt.datetime | None:
    """The instant up to which every table of a report has arrived."""
    marks = [dt.datetime.fromisoformat(table["watermark"]) for table in tables if table.get("watermark")]
    return min(marks, default=None)


def describe_metrics(manifest: Path) -> dict[str, str]:
    """How each metric is computed, in dbt's own words."""
    try:
        metrics = json.loads(manifest.read_text(encoding="utf-8")).get("metrics", {})
    except (OSError, ValueError):
        return DEFINITIONS
    return DEFINITIONS | {
        metric["name"]: " ".join(metric["description"].split()) for metric in metrics.values() if metric["description"]
    }
