"""`tidemark run`: the main job, once."""

from __future__ import annotations

import datetime as dt
import json
import sys
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

if TYPE_CHECKING:
    from flows.report import RunReport

INTERRUPTED = 130


@click.command()
@click.option(
    "--select",
    "tables",
    multiple=True,
    metavar="TABLE",
    help="Only this source table and what lies downstream of it; may be repeated.",
)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Read again all rows changed on or after this day.")
@click.option("--full-refresh", is_flag=True, help="Load all tables again and build all models from scratch.")
@click.option("--dry-run", is_flag=True, help="Say what would be loaded; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def run(tables: tuple[str, ...], since: dt.datetime | None, full_refresh: bool, dry_run: bool, as_json: bool) -> None:
    """Bring the warehouse up to date with its sources: ingest, build, test, publish."""
    from tidemark.workshop import open_workshop

    console = Console(stderr=True)
    with _progress(console) as progress:
        bar = progress.add_task("starting", total=None)
        workshop = open_workshop()
        from flows.pipeline import run_pipeline
        from flows.report import RunRequest

        workshop.warm_up()
        request = RunRequest(tables, since.date() if since else None, full_refresh, dry_run)
        try:
            report = run_pipeline(
                workshop, request, lambda stage, detail: progress.update(bar, description=f"{stage} {detail}".strip())
            )
        except KeyboardInterrupt:
            click.echo("error: interrupted; readers still see the last published state, run again to go on", err=True)
            sys.exit(INTERRUPTED)
    if as_json:
        click.echo(json.dumps(report.as_json(), indent=2, ensure_ascii=False))
    else:
        show(report, Console())
    if report.status != "succeeded":
        click.echo(f"error: {report.error}", err=True)
        sys.exit(1)


def show(report: RunReport, console: Console) -> None:
    """Print the report as a person reads it."""
    if report.tables:
        table = Table("table", "read", "loaded", "refused", "deleted", "watermark (UTC)", title="Ingested")
        for row in report.tables:
            watermark = f"{row.watermark:%Y-%m-%d %H:%M:%S}" if row.watermark else "-"
            counts = (f"{n:,}" for n in (row.extracted, row.loaded, row.quarantined, row.deleted))
            table.add_row(f"{row.source}.{row.table}", *counts, watermark)
        console.print(_right(table, 1, 5))
    if report.models:
        table = Table("model", "rows", "seconds", "status", title="Built")
        for model in report.models:
            table.add_row(model.name, f"{model.rows:,}", f"{model.seconds:.2f}", model.status)
        console.print(_right(table, 1, 3))
    for warning in report.warnings:
        console.print(f"warning: {warning}", style="yellow", markup=False)
    tests = ", ".join(f"{count} {outcome}" for outcome, count in report.tests.items())
    stages = ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in report.stages.items())
    outcome = "published" if report.published else "nothing new to publish"
    console.print(
        f"Run {report.run_id} {report.status}: {outcome}. Tests: {tests}. Took: {stages}.",
        markup=False,
        highlight=False,
    )
    for node in report.failed:
        console.print(f"\n{node.kind} {node.name}: {node.message}\n{node.sql.strip()}", markup=False, highlight=False)


def _right(table: Table, first: int, last: int) -> Table:
    for column in table.columns[first:last]:
        column.justify = "right"
    return table


def _progress(console: Console) -> Progress:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
