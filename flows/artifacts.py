"""What a run leaves in Prefect for the people who watch it: its report, and each failed test with its SQL."""

from __future__ import annotations

import datetime as dt
import re

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from flows.report import FailedNode, ReconciledTable, ReconcileReport, RunReport

SHOWN_ROWS = 200


def keep_report(report: RunReport) -> None:
    """Write the run's tables, models and seconds as artifacts of the flow run."""
    create_markdown_artifact(key="run-summary", markdown=_summary(report), description="What became of the run")
    if report.tables:
        rows = [
            {
                "source": t.source,
                "table": t.table,
                "extracted": t.extracted,
                "loaded": t.loaded,
                "quarantined": t.quarantined,
                "in quarantine": t.in_quarantine,
                "compared after loading": t.verified,
                "all shown equal at (UTC)": _instant(t.proved_equal_at),
                "deleted": t.deleted,
                "status": t.status,
                "watermark (UTC)": _instant(t.watermark),
            }
            for t in report.tables
        ]
        create_table_artifact(key="run-tables", table=rows, description="Rows moved from the sources to staging")
    if report.models:
        models = [{"model": m.name, "rows": m.rows, "seconds": m.seconds, "status": m.status} for m in report.models]
        create_table_artifact(key="run-models", table=models, description="Models built from staging")
    for node in report.failed:
        create_markdown_artifact(
            key=f"failed-{node.kind}-{re.sub(r'[^a-z0-9]+', '-', node.name.lower()).strip('-')}"[:200],
            markdown=_failure(node),
            description=f"The {node.kind} that stopped the run",
        )


def keep_reconciliation(report: ReconcileReport) -> None:
    """Write what was compared, and the keys of the rows that differed, as artifacts of the flow run."""
    keep_report(report)
    if not report.reconciled:
        return
    rows = [
        {
            "source": t.source,
            "table": t.table,
            "rows": t.rows,
            "buckets": t.buckets,
            "different": t.different_buckets,
            "healed": t.healed_rows,
            "quarantined": t.quarantined,
            "proved equal at (UTC)": _instant(t.proved_equal_at),
        }
        for t in report.reconciled
    ]
    create_table_artifact(key="reconciled-tables", table=rows, description="Staging compared with the sources")
    differing = [row for table in report.reconciled for row in _differing_rows(table)]
    if differing:
        create_table_artifact(key="reconciled-rows", table=differing, description="Rows that no load had seen")


def _instant(value: dt.datetime | None) -> str:
    return value.strftime("%Y-%m-%d %H:%M:%S.%f") if value else ""


def _differing_rows(table: ReconciledTable) -> list[dict[str, str]]:
    kinds = (("healed", table.healed), ("found", table.differences))
    return [
        {
            "table": f"{table.source}.{table.table}",
            "key": ", ".join(f"{name} = {value}" for name, value in row.key.items()),
            "outcome": f"{row.action} in staging" if kind == "healed" else f"to be {row.action} in staging",
            "why": row.why,
        }
        for kind, rows in kinds
        for row in rows[:SHOWN_ROWS]
    ]


def _summary(report: RunReport) -> str:
    tests = ", ".join(f"{count} {word}" for word, count in report.tests.items())
    stages = "\n".join(f"| {stage} | {seconds:.2f} |" for stage, seconds in report.stages.items())
    lines = [
        f"# {report.status}: {'published' if report.published else 'nothing published'}",
        f"Run `{report.run_id}`. Tests: {tests}.",
        *([f"**{report.error}**"] if report.error else []),
        *(f"Warning: {warning}" for warning in report.warnings),
        f"| stage | seconds |\n| --- | ---: |\n{stages}",
    ]
    return "\n\n".join(lines)


def _failure(node: FailedNode) -> str:
    return f"# {node.kind} `{node.name}`\n\n{node.message}\n\n```sql\n{node.sql.strip()}\n```\n"
