"""`tidemark publish`: publish what was built and waits, or undo the last publish."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click
from rich.console import Console

from flows.errors import sentence
from tidemark.commands.run import ALLOW_COLUMN_CHANGE, INTERRUPTED, progress_on, show_outcome, table_of

if TYPE_CHECKING:
    from flows.report import PublishReport


@click.command()
@click.option(
    "--undo",
    is_flag=True,
    help="Put back what readers saw before the last publish; nothing is published until tidemark publish is called.",
)
@ALLOW_COLUMN_CHANGE
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def publish(undo: bool, allow_column_changes: tuple[str, ...], as_json: bool) -> None:
    """Test what was built and not yet published, and publish it; this also ends a hold that an undo has begun."""
    if undo and allow_column_changes:
        raise click.UsageError("--undo puts back the columns that readers had, and needs no --allow-column-change")
    from tidemark.workshop import open_workshop

    console = Console(stderr=True)
    with progress_on(console) as progress:
        bar = progress.add_task("starting", total=None)
        workshop = open_workshop()
        from flows.publish import run_publish
        from flows.report import PublishRequest

        try:
            report = run_publish(
                workshop,
                PublishRequest(allow_column_changes=allow_column_changes, undo=undo),
                lambda stage, detail: progress.update(bar, description=f"{stage} {detail}".strip()),
            )
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


def show(report: PublishReport, console: Console) -> None:
    """Print the report as a person reads it: the rows published, or the marts put back, and how it ended."""
    if report.rows:
        table = table_of("mart", "rows published")
        for name, rows in report.rows.items():
            table.add_row(name, f"{rows:,}")
        console.print(table)
    if report.undone:
        names = ", ".join(report.undone)
        console.print(
            f"Readers see {names} as before run {report.undone_run or 'unknown'}.", markup=False, highlight=False
        )
    show_outcome(report, console)
