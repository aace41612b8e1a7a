"""`tidemark partitions`: the partitions of the published tables."""

from __future__ import annotations

import json
from dataclasses import asdict

import click


@click.command()
@click.option("--all", "with_empty", is_flag=True, help="Show the empty ones too.")
@click.option("--json", "as_json", is_flag=True, help="Print all of them as JSON.")
def partitions(with_empty: bool, as_json: bool) -> None:
    """Show the partitions of the published tables, with their rows and bytes."""
    from rich.console import Console

    from tidemark.commands.run import table_of
    from tidemark.settings import load_settings
    from warehouse.partitions import read_partitions

    found = read_partitions(load_settings().urls()["WAREHOUSE_URL"])
    if as_json:
        click.echo(json.dumps([asdict(partition) for partition in found], indent=1))
        return
    if not found:
        click.echo("No table with partitions was published yet: tidemark run makes them.")
        return
    console = Console()
    for database, name in dict.fromkeys((p.database, p.table) for p in found):
        own = [p for p in found if (p.database, p.table) == (database, name)]
        shown = [p for p in own if p.rows or with_empty]
        table = table_of(f"{database}.{name}", "below", "rows", "KiB")
        for partition in shown:
            table.add_row(
                partition.partition, partition.upper_bound, f"{partition.rows:,}", f"{partition.bytes / 1024:,.0f}"
            )
        console.print(table)
        empty = len(own) - len(shown)
        size = sum(p.bytes for p in own) / 1024
        told = f"; {empty} empty ones are not shown (--all)" if empty else ""
        console.print(
            f"{len(own)} partitions by {own[0].expression}, {sum(p.rows for p in own):,} rows, {size:,.0f} KiB{told}.",
            highlight=False,
        )
