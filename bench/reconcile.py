"""Seconds to show unchanged tables equal, and to find and heal a few rows among them: `python -m bench.reconcile`."""

from __future__ import annotations

import argparse
import resource
import shutil
import statistics
import time
from collections.abc import Mapping

import psycopg
import sqlalchemy as sa

from bench.load import LINES_PER_SCALE, TABLE, libpq
from bench.servers import HOME, REPOSITORY, admin, forget, seed, start
from ingestion.reconcile import ReconcileResult


def main() -> None:
    """Measure one size and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3, help="the median is shown")
    arguments = parser.parse_args()
    urls = start()
    seed("--replace", "--scale", str(arguments.lines / LINES_PER_SCALE), "--seed", "1")
    forget(urls)
    shutil.rmtree(HOME / "work" / "reconciled", ignore_errors=True)
    reconcile(urls, None)
    print(
        "| what | rows | differing | compare | heal | total | peak MB |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    )
    measure("order lines, unchanged", urls, [TABLE], arguments.rounds)
    measure("all tables, unchanged", urls, None, arguments.rounds)
    for number in range(arguments.rounds):
        tamper(urls, 10, number)
    measure("order lines, some rows altered in staging", urls, [TABLE], 1)
    restore(urls, 5_000)
    measure("order lines, 5,000 changed with triggers off", urls, [TABLE], 1)


def reconcile(urls: Mapping[str, str], tables: list[str] | None) -> ReconcileResult:
    """One reconciliation, as the flow does it."""
    from ingestion.declarations import read_sources
    from ingestion.reconcile import reconcile

    source = read_sources(REPOSITORY / "dbt_project")["superstore"]
    return reconcile(source, urls["EXTRACT_URL"], urls["LOAD_URL"], HOME / "work" / "reconciled", tables=tables)


def measure(what: str, urls: Mapping[str, str], tables: list[str] | None, rounds: int) -> None:
    """Print the median of some reconciliations, each of which must end equal."""
    totals, compares, heals = [], [], []
    for _ in range(rounds):
        started = time.perf_counter()
        result = reconcile(urls, tables)
        totals.append(time.perf_counter() - started)
        compares.append(result.seconds["compare"])
        heals.append(result.seconds.get("heal", 0.0))
        assert all(table.equal for table in result.tables)
    rows, differing = (sum(getattr(t, name) for t in result.tables) for name in ("rows", "differing_rows"))
    seconds = " | ".join(f"{statistics.median(taken):.2f}" for taken in (compares, heals, totals))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"| {what} | {rows:,} | {differing:,} | {seconds} | {peak} |", flush=True)


def tamper(urls: Mapping[str, str], rows: int, number: int) -> None:
    """Alter some rows of staging, spread over the table."""
    with admin(urls).connect() as connection:
        connection.execute(
            sa.text(
                f"update raw_superstore.{TABLE} set quantity = quantity + 1"
                f" where crc32(concat(order_id, product_id)) % 100000 = {number * 7} limit {rows}"
            )
        )


def restore(urls: Mapping[str, str], rows: int) -> None:
    """Change some rows of the source, spread over the table, with its triggers off."""
    with psycopg.connect(libpq(urls["OLTP_ADMIN_URL"])) as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute(
            f"update superstore.{TABLE} set quantity = quantity + 1 where (order_id, product_id) in"
            f" (select order_id, product_id from superstore.{TABLE}"
            f" order by hashtext(order_id || product_id) limit {rows})"
        )


if __name__ == "__main__":
    main()
