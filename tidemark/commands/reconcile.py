"""`tidemark reconcile`: show that staging equals its sources, and make it so where it does not."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click
from rich.console import Console

from flows.errors import sentence
from tidemark.commands.run import INTERRUPTED, progress_on, show_outcome, table_of

if TYPE_CHECKING:
    from flows.report import ReconciledRow, ReconciledTable, ReconcileReport

SHOWN_ROWS = 20


@click.command()
@click.option("--select", "tables", multiple=True, metavar="TABLE", help="Only this source table; may be repeated.")
@click.option("--check", is_flag=True, help="Report what differs and change nothing; exit code 1 if anything does.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def reconcile(tables: tuple[str, ...], check: bool, as_json: bool) -> None:
    """Compare all rows of staging with the sources, heal what differs, publish it, and keep the proof."""
    from tidemark.workshop import open_workshop

    console = Console(stderr=True)
    with progress_on(console) as progress:
        bar = progress.add_task("starting", total=None)
        workshop = open_workshop()
        from flows.reconcile import run_reconciliation
        from flows.report import ReconcileRequest

        workshop.warm_up()
        try:
            report = run_reconciliation(
                workshop,
                ReconcileRequest(tables, check=check),
                lambda stage, detail: progress.update(bar, description=f"{stage} {detail}".strip()),
            )
        except KeyboardInterrupt as interrupt:
            click.echo(f"error: {sentence(interrupt)}", err=True)
            sys.exit(INTERRUPTED)
    if as_json:
        click.echo(json.dumps(report.as_json(), indent=2, ensure_ascii=False))
    else:
        show(report, Console())
    if report.status != "succeeded" or not report.equal:
        click.echo(f"error: {report.error}", err=True)
        sys.exit(1)


def show(report: ReconcileReport, console: Console) -> None:
    """Print the report as a person reads it: each table's proof, then the rows that differed, by their keys."""
    for source in dict.fromkeys(table.source for table in report.reconciled):
        _show_source(source, [table for table in report.reconciled if table.source == source], console)
    for table in report.reconciled:
        name = f"{table.source}.{table.table}"
        _show_rows(name, "", table.healed, table.healed_rows, console)
        _show_rows(name, "to be ", table.differences, len(table.differences), console)
    show_outcome(report, console)


def _show_source(source: str, tables: list[ReconciledTable], console: Console) -> None:
    figures = table_of(source, "rows", "quarantined", "buckets", "different", "healed", "in flight", "equal")
    for table in tables:
        counts = (
            table.rows, table.quarantined, table.buckets, table.different_buckets, table.healed_rows, table.in_flight
        )  # fmt: skip
        figures.add_row(table.table, *(f"{count:,}" for count in counts), "yes" if table.equal else "no")
    console.print(figures)
    proofs = [table.proved_equal_at for table in tables if table.proved_equal_at]
    if len(proofs) == len(tables):
        console.print(f"Staging equals {source} as of {min(proofs):%Y-%m-%d %H:%M:%S} UTC.", highlight=False)


def _show_rows(table: str, tense: str, rows: tuple[ReconciledRow, ...], total: int, console: Console) -> None:
    for row in rows[:SHOWN_ROWS]:
        key = ", ".join(f"{name} = {value}" for name, value in row.key.items())
        console.print(f"{table}, {key}: {tense}{row.action} in staging; {row.why}.", markup=False, highlight=False)
    if total > SHOWN_ROWS:
        console.print(f"{table}: {total - SHOWN_ROWS:,} more rows; --json names them.", highlight=False)
