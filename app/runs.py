"""What is known of runs: history, watermarks, proofs, tests, quarantine and partitions, from the app's database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
import sqlalchemy as sa

from app.databases import engine


def history(app_url: str, limit: int = 50) -> pd.DataFrame:
    """The last runs, the newest first."""
    query = """
        select run_id, coalesce(request ->> 'job', 'run') as job, started_at, ended_at, status,
            coalesce((report ->> 'published')::boolean, false) as published, moved.loaded, moved.quarantined,
            (report -> 'tests' ->> 'pass')::int as passed, (report -> 'tests' ->> 'warn')::int as warned,
            (report -> 'tests' ->> 'error')::int as failed, error
        from runs
        cross join lateral (
            select coalesce(sum((t ->> 'loaded')::bigint), 0) as loaded,
                coalesce(sum((t ->> 'quarantined')::bigint), 0) as quarantined
            from jsonb_array_elements(coalesce(report -> 'tables', '[]')) as t
        ) as moved
        order by started_at desc limit :limit
    """
    return _rows(app_url, query, {"limit": limit})


def tables(app_url: str) -> pd.DataFrame:
    """For each source table: its watermark, its last proof of equality, and how many of its rows lie in quarantine."""
    query = """
        with loads as (
            select t ->> 'source' as source, t ->> 'table' as table_name, t ->> 'watermark' as watermark,
                coalesce(t ->> 'in_quarantine', t ->> 'quarantined')::bigint as quarantined, r.started_at,
                (t ->> 'proved_equal_at')::timestamptz as proved_equal_at
            from runs as r cross join lateral jsonb_array_elements(r.report -> 'tables') as t
            where r.report -> 'tables' is not null and r.status = 'succeeded' and t ? 'watermark'
        ),
        last as (
            select distinct on (source, table_name) * from loads where watermark is not null
            order by source, table_name, started_at desc
        )
        select last.source, last.table_name, last.watermark::timestamptz as watermark,
            greatest( -- a load of the whole table proves it too
                last.proved_equal_at,
                (
                    select max(p.proved_equal_at) from proofs as p
                    where p.source = last.source and p."table" = last.table_name
                )
            ) as proved_equal_at,
            last.quarantined
        from last order by last.source, last.table_name
    """
    return _rows(app_url, query, {})


def outcomes_of_tests(app_url: str, limit: int = 60) -> pd.DataFrame:
    """How many tests passed, warned and failed in each of the last runs that had any, the oldest first."""
    query = """
        select started_at, passed, warned, failed
        from runs
        cross join lateral (
            select (report -> 'tests' ->> 'pass')::int as passed, (report -> 'tests' ->> 'warn')::int as warned,
                (report -> 'tests' ->> 'error')::int as failed
        ) as outcome
        where passed + warned + failed > 0
        order by started_at desc limit :limit
    """
    return _rows(app_url, query, {"limit": limit}).sort_values("started_at", ignore_index=True)


def quality(app_url: str) -> pd.DataFrame:
    """The newest figures of the source's quality, those that are not zero."""
    query = (
        "select distinct on (source, entity, metric) source, entity, metric, value from quality_metrics "
        "join runs using (run_id) where metric <> 'rows' order by source, entity, metric, started_at desc"
    )
    rows = _rows(app_url, query, {})
    return rows[rows["value"] > 0].reset_index(drop=True)


def report(app_url: str, run_id: str) -> dict[str, Any]:
    """What a run reported; empty for one that left no report."""
    rows = _rows(app_url, "select coalesce(report, '{}') as report from runs where run_id = :id", {"id": run_id})
    return {} if rows.empty else dict(rows["report"].iloc[0])


def quarantined(app_url: str) -> pd.DataFrame:
    """The newest thousand rows in quarantine as the last run left them, with who has seen each; none of it personal."""
    query = """
        select q.source, q.table_name, q.row_key, q.rule, q.first_seen_at, q.last_seen_at, q.run_id, q.row_data,
            q.source || '.' || q.table_name || '/' || q.row_hash as subject, s.seen_by, s.seen_at
        from quarantined_rows as q
        left join quarantine_seen as s on s.subject = q.source || '.' || q.table_name || '/' || q.row_hash
        order by q.first_seen_at desc, q.source, q.table_name, q.row_key
    """
    return _rows(app_url, query, {}, of="quarantined_rows")


def mark_seen(app_url: str, subjects: Iterable[str], name: str) -> None:
    """Note that a person has seen these rows of the quarantine."""
    with engine(app_url).begin() as connection:
        connection.execute(
            sa.text(
                "insert into quarantine_seen (subject, seen_by) values (:subject, :name) "
                "on conflict (subject) do update set seen_by = excluded.seen_by, seen_at = clock_timestamp()"
            ),
            [{"subject": subject, "name": name} for subject in subjects],
        )


def partitions(app_url: str) -> pd.DataFrame:
    """The partitions of the published tables after the last publish, with rows and bytes."""
    query = """
        select database || '.' || "table" as table_name, partition, upper_bound, rows, bytes, run_id from partitions
        order by table_name, case upper_bound when 'MAXVALUE' then 'z' else upper_bound end
    """
    return _rows(app_url, query, {}, of="partitions")


def _rows(app_url: str, query: str, values: dict[str, object], of: str = "proofs") -> pd.DataFrame:
    """The rows of a query; none while no run has made the table `of`."""
    with engine(app_url).connect() as connection:
        if connection.scalar(sa.text("select to_regclass(:table)"), {"table": of}) is None:
            return pd.DataFrame(columns=["started_at", "value", "subject"])
        rows = connection.execute(sa.text(query), values)
        return pd.DataFrame(rows.all(), columns=list(rows.keys()))
