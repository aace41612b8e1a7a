"""`tidemark serve`: carry out the runs that Prefect and the app ask for."""

from __future__ import annotations

import datetime as dt
import signal
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from flows.report import RunReport


@click.command()
@click.option(
    "--every", type=click.IntRange(1, 10_080), metavar="MINUTES", help="Also run this often, by Prefect's schedule."
)
def serve(every: int | None) -> None:
    """Wait for runs, and carry them out: those that "Run now" in the app, Prefect or a schedule asks for.

    One process carries out one run at a time; it ends with Ctrl-C. A run that is under way then counts as failed, and
    the next one goes on where it stopped.
    """
    from tidemark.workshop import open_workshop

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service manager stops it as Ctrl-C does
    workshop = open_workshop()
    click.echo("getting ready…")
    from flows.serving import DEPLOYMENT, Service

    workshop.warm_up()
    how_often = f", one every {every} minutes" if every else ""
    click.echo(f"waiting for runs of {DEPLOYMENT}{how_often} (Ctrl-C ends)")
    try:
        Service(workshop, _tell).serve(dt.timedelta(minutes=every) if every else None)
    except KeyboardInterrupt:
        click.echo("stopped")


def _tell(report: RunReport) -> None:
    seconds = sum(report.stages.values())
    said = f": {report.error}" if report.error else ""
    click.echo(f"run {report.run_id} {report.status}, {report.outcome}, {seconds:.1f} s{said}")
