"""What is known of runs: history, watermarks, proofs and tests, from the app's database; and starting one."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

import pandas as pd
import sqlalchemy as sa

from app.databases import engine

FLOW = "tidemark"
API_SECONDS = 10


class StartError(RuntimeError):
    """A run cannot be started; the sentence says why and what to do."""


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
                coalesce(t ->> 'in_quarantine', t ->> 'quarantined')::bigint as quarantined, r.started_at
            from runs as r cross join lateral jsonb_array_elements(r.report -> 'tables') as t
            where r.report -> 'tables' is not null and r.status = 'succeeded' and t ? 'watermark'
        ),
        last as (
            select distinct on (source, table_name) * from loads where watermark is not null
            order by source, table_name, started_at desc
        )
        select last.source, last.table_name, last.watermark::timestamptz as watermark,
            (
                select max(p.proved_equal_at) from proofs as p
                where p.source = last.source and p."table" = last.table_name
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


def seen(app_url: str) -> dict[str, str]:
    """Who has marked what as seen."""
    rows = _rows(app_url, "select subject, seen_by, seen_at from quarantine_seen", {})
    return {row.subject: f"{row.seen_by}, {row.seen_at:%d %b %Y}" for row in rows.itertuples(index=False)}


def mark_seen(app_url: str, subject: str, name: str) -> None:
    """Note that a person has seen something."""
    with engine(app_url).begin() as connection:
        connection.execute(
            sa.text(
                "insert into quarantine_seen (subject, seen_by) values (:subject, :name) "
                "on conflict (subject) do update set seen_by = excluded.seen_by, seen_at = clock_timestamp()"
            ),
            {"subject": subject, "name": name},
        )


def start(api_url: str) -> str:
    """Start a run through Prefect, and return the name of the flow run. Raises StartError."""
    wanted = {"flows": {"name": {"any_": [FLOW]}}, "limit": 1}
    deployments = _post(api_url, "/deployments/filter", wanted)
    if not deployments:
        raise StartError(
            "Nothing waits for runs: the operator starts `tidemark serve`, or runs the pipeline by `tidemark run`."
        )
    made = _post(api_url, f"/deployments/{deployments[0]['id']}/create_flow_run", {"state": {"type": "SCHEDULED"}})
    return str(made["name"])


def pages(api_url: str) -> str:
    """The address of Prefect's pages."""
    return api_url.rstrip("/").removesuffix("/api")


def _post(api_url: str, path: str, body: dict[str, Any]) -> Any:
    request = urllib.request.Request(  # noqa: S310 - the address is a setting, not a person's
        api_url.rstrip("/") + path, json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=API_SECONDS) as answer:  # noqa: S310
            return json.loads(answer.read())
    except (urllib.error.URLError, TimeoutError, ValueError) as error:
        raise StartError(f"Prefect does not answer at {api_url}: the operator looks at `tidemark status`.") from error


def _rows(app_url: str, query: str, values: dict[str, object]) -> pd.DataFrame:
    with engine(app_url).connect() as connection:
        if connection.scalar(sa.text("select to_regclass('proofs')")) is None:
            return pd.DataFrame(columns=["started_at", "value", "subject"])
        rows = connection.execute(sa.text(query), values)
        return pd.DataFrame(rows.all(), columns=list(rows.keys()))
