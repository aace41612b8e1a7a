"""`tidemark run`: the main job, once."""

from __future__ import annotations

import datetime as dt
import json
import sys
from typing import TYPE_CHECKING

import click
from rich import box
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from flows.errors import sentence

if TYPE_CHECKING:
    from flows.report import RunReport, TableReport

INTERRUPTED = 130
STAGES = ("check", "ingest", "reconcile", "build", "publish", "docs", "tidy")
ALLOW_COLUMN_CHANGE = click.option(
    "--allow-column-change",
    "allow_column_changes",
    multiple=True,
    metavar="MART",
    help="Let readers find other columns in this mart than now; may be repeated. Without it nothing is published.",
)


@click.command()
@click.option(
    "--select",
    "tables",
    multiple=True,
    metavar="TABLE",
    help="Only this source table and what lies downstream of it; may be repeated. The others are not read, so a test "
    "finds, and refuses, a row that refers to one not yet loaded.",
)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Read again all rows changed on or after this day.")
@click.option("--full-refresh", is_flag=True, help="Load all tables again and build all models from scratch.")
@click.option("--check-all", is_flag=True, help="Run every test over all rows, not only over what changed.")
@ALLOW_COLUMN_CHANGE
@click.option("--dry-run", is_flag=True, help="Say what would be loaded; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def run(
    tables: tuple[str, ...],
    since: dt.datetime | None,
    full_refresh: bool,
    check_all: bool,
    allow_column_changes: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
) -> None:
    """Bring the warehouse up to date with its sources: ingest, build, test, publish."""
    from tidemark.workshop import open_workshop

    console = Console(stderr=True)
    with progress_on(console) as progress:
        bar = progress.add_task("starting", total=len(STAGES))
        workshop = open_workshop()
        from flows.pipeline import run_pipeline
        from flows.report import RunRequest

        workshop.warm_up()
        request = RunRequest(
            tables, since.date() if since else None, full_refresh, dry_run, check_all, allow_column_changes
        )
        try:
            report = run_pipeline(workshop, request, lambda stage, detail: _advance(progress, bar, stage, detail))
        except KeyboardInterrupt as interrupt:
            click.echo(f"error: {sentence(interrupt)}", err=True)
            sys.exit(INTERRUPTED)
    if as_json:
        click.echo(json.dumps(report.as_json(), indent=2, ensure_ascii=False))
    else:
        show(report, Console())
    if report.status != "succeeded":
        click.echo(f"error: {report.error}", err=True)
        sys.exit(1)


def show(report: RunReport, console: Console) -> None:
    """Print the report as a person reads it: what moved, what was built, what the tests say."""
    for source in dict.fromkeys(table.source for table in report.tables):
        _show_source(source, [table for table in report.tables if table.source == source], console)
    show_outcome(report, console)


def show_outcome(report: RunReport, console: Console) -> None:
    """Print what was built, what the tests say, and how it ended."""
    models = [model for model in report.models if model.rows or model.status != "success"]
    if models:
        table = table_of("model", "rows written", "seconds", "status")
        for model in models:
            table.add_row(model.name, f"{model.rows:,}", f"{model.seconds:.2f}", model.status)
        console.print(table)
    for warning in report.warnings:
        console.print(f"warning: {warning}", style="yellow", markup=False)
    for node in report.failed:
        console.print(f"{node.kind} {node.name}: {node.message}\n{node.sql.strip()}\n", markup=False, highlight=False)
    if any(report.tests.values()):
        outcomes = (f"{count} {OUTCOMES[outcome]}" for outcome, count in report.tests.items() if count)
        console.print(f"Tests: {', '.join(outcomes)}.", highlight=False)
    stages = ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in report.stages.items())
    took = f": {stages}" if stages else ""
    console.print(f"Run {report.run_id} {report.status}, {report.outcome}{took}.", markup=False, highlight=False)


OUTCOMES = {"pass": "passed", "warn": "with warnings", "error": "failed"}


def _show_source(source: str, tables: list[TableReport], console: Console) -> None:
    moved = [table for table in tables if table.extracted or table.deleted]
    oldest = min((table.watermark for table in tables if table.watermark), default=None)
    known = f" Everything up to {oldest:%Y-%m-%d %H:%M:%S} UTC has arrived." if oldest else ""
    if moved:
        table = table_of(source, "read", "loaded", "quarantined", "deleted")
        for row in moved:
            table.add_row(row.table, *(f"{n:,}" for n in (row.extracted, row.loaded, row.quarantined, row.deleted)))
        console.print(table)
    rest = len(tables) - len(moved)
    words = f"{'the other ' if moved else ''}{rest} table{'s' if rest > 1 else ''}"
    nothing = f"Nothing new in {words} of {source}." if rest else ""
    console.print(f"{nothing}{known}".strip(), highlight=False)


def table_of(first: str, *others: str) -> Table:
    """Return an empty table of figures, of which the first column names what they belong to."""
    table = Table(first, box=box.SIMPLE_HEAD, pad_edge=False)
    for name in others:
        table.add_column(name, justify="left" if name == "status" else "right")
    return table


def progress_on(console: Console) -> Progress:
    """Return the bar that tells where a command is; on a terminal only."""
    columns = (SpinnerColumn(), BarColumn(bar_width=20), TimeElapsedColumn(), TextColumn("{task.description}"))
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def _advance(progress: Progress, bar: TaskID, stage: str, detail: str) -> None:
    progress.update(bar, completed=STAGES.index(stage), description=f"{stage} {detail}".strip())
