"""`tidemark audit`: chain the record of changes, and show that nobody altered it."""

from __future__ import annotations

import json
import time
from pathlib import Path

import click
import psycopg

from oltp.audit.sealing import seal as seal_changes
from oltp.audit.verification import Verification
from oltp.audit.verification import verify as verify_changes
from oltp.superstore.schema import SuperstoreError, connect
from tidemark.settings import Settings, load_settings


@click.group()
def audit() -> None:
    """The record of all changes: chain it, and show that nobody altered it."""


@audit.command()
@click.option("--every", type=click.FloatRange(1), metavar="SECONDS", help="Go on, once in so many seconds.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def seal(every: float | None, as_json: bool) -> None:
    """Chain the changes that were recorded since the last time.

    `tidemark app` does it every 20 seconds.
    """
    settings = load_settings()
    while every is not None:
        for database in databases(settings):
            try:
                _seal(settings, database)
            except (psycopg.Error, SuperstoreError) as error:  # a server that restarts is back at the next round
                click.echo(f"warning: the record of changes of {database} was not sealed: {error}".rstrip(), err=True)
        time.sleep(every)
    counts = {database: _seal(settings, database) for database in databases(settings)}
    click.echo(json.dumps(counts) if as_json else ", ".join(f"{name}: {n} sealed" for name, n in counts.items()))


@audit.command()
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def verify(as_json: bool) -> None:
    """Show any edit, deletion, reordering or cut tail; the exit code is 1 when there is one."""
    settings = load_settings()
    found: list[Verification] = []
    for database, url in databases(settings).items():
        with connect(url) as connection:
            found.append(verify_changes(connection, head_file(settings, database), database))
    ok = all(verification.ok for verification in found)
    if as_json:
        click.echo(json.dumps({"ok": ok, "databases": [each.as_json() for each in found]}, indent=1))
    else:
        for each in found:
            state = "as it was written" if each.ok else "ALTERED"
            click.echo(
                f"{each.database}: {state}; {each.changes} changes, {each.sealed} sealed, {each.waiting} waiting, "
                f"{each.erased} erased"
            )
            for problem in each.problems:
                click.echo(f"  {problem.kind}: {problem.told}")
    if not ok:
        raise click.exceptions.Exit(1)


def _seal(settings: Settings, database: str) -> int:
    with connect(databases(settings)[database]) as connection:
        return seal_changes(connection, head_file(settings, database))


def databases(settings: Settings) -> dict[str, str]:
    """The databases with an audit of their own, and the accounts that own it."""
    return {"oltp": settings.oltp_url, "app": settings.app_url}


def head_file(settings: Settings, database: str) -> Path:
    """Where the head of a database's chain is kept outside of it."""
    return settings.tidemark_home / "audit" / f"{database}.heads"
