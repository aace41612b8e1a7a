"""Seconds and memory of a full run, of a run after changes, and of one with nothing new: `python -m bench.runs`.

One source is measured, with `--source shop` the shop; the other is not read. Each scale is
measured in a process of its own whose imports and dbt parse are done before the clock starts.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bench.servers import HOME, forget, seed, start

if TYPE_CHECKING:
    from flows.workshop import Workshop

LINES = {  # by source the account that changes lines, and how
    "superstore": (
        "OLTP_URL",
        "update superstore.order_products set quantity = quantity + 1 where (order_id, product_id) in (select order_id,"
        " product_id from superstore.order_products order by hashtextextended(order_id || product_id, :number)"
        " limit :lines)",
    ),
    "shop": (
        "SHOP_URL",
        "update order_items inner join (select order_item_id from order_items order by"
        " crc32(concat(order_item_id, ' ', :number)) limit :lines) chosen using (order_item_id)"
        " set quantity = quantity + 1",
    ),
}


def main() -> None:
    """Measure the scales asked for and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, action="append", help="may be repeated; default 1 and 10")
    parser.add_argument("--source", choices=list(LINES), default="superstore")
    parser.add_argument("--rounds", type=int, default=3, help="how often each change is measured; the median is shown")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        print(json.dumps(measure(arguments.source, arguments.scale[0], arguments.rounds)))
        return
    rows = []
    for scale in arguments.scale or [1.0, 10.0]:
        command = [
            sys.executable,
            "-m",
            "bench.runs",
            "--child",
            "--source",
            arguments.source,
            "--scale",
            str(scale),
            "--rounds",
            str(arguments.rounds),
        ]
        output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        rows += json.loads(output.splitlines()[-1])
    show(rows)


def measure(source: str, scale: float, rounds: int) -> list[dict[str, object]]:
    """Run everything at one scale; return a row for each kind of run."""
    urls = start()
    seed("--source", source, "--replace", "--scale", str(scale), "--seed", "1")
    forget(urls)
    shutil.rmtree(HOME / "work" / "dlt", ignore_errors=True)
    from tidemark.workshop import open_workshop

    workshop = open_workshop()
    workshop.warm_up()
    tables = tuple(f"{source}.{t.name}" for s in workshop.sources if s.name == source for t in s.tables)
    one = partial(measure_run, scale, workshop, tables)
    results = [one("full")]
    taken = []
    for number in range(rounds):
        seed("--source", source, "--change", "1%", "--seed", str(number + 1))
        taken.append(one("1% changed"))
    results.append(median(taken))
    taken = []
    for number in range(rounds):
        change_lines(urls, source, 5000, number)
        taken.append(one("5,000 lines changed"))
    results.append(median(taken))
    results.append(median([one("nothing changed") for _ in range(rounds)]))
    return results


def change_lines(urls: Mapping[str, str], source: str, lines: int, number: int) -> None:
    """Change this many order lines, spread over all four years; another `number` takes others."""
    url, statement = LINES[source]
    with sa.create_engine(urls[url], poolclass=sa.pool.NullPool).begin() as connection:
        connection.execute(sa.text(statement), {"number": number, "lines": lines})


def measure_run(scale: float, workshop: Workshop, tables: tuple[str, ...], kind: str) -> dict[str, object]:
    """One run: its stages in seconds, without docs, and what it moved."""
    from flows.pipeline import run_pipeline
    from flows.report import RunRequest

    started = time.perf_counter()
    report = run_pipeline(workshop, RunRequest(tables=tables))
    wall = time.perf_counter() - started
    assert report.status == "succeeded", report.error
    stages = {name: seconds for name, seconds in report.stages.items() if name != "docs"}
    return {
        "scale": scale,
        "kind": kind,
        "rows": sum(table.loaded + table.deleted for table in report.tables),
        "tests": report.tests["pass"] + report.tests["warn"],
        **{name: stages.get(name, 0.0) for name in ("check", "ingest", "build", "publish")},
        "total": sum(stages.values()),
        "with Prefect": wall - report.stages.get("docs", 0.0),
        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def median(rows: list[dict[str, object]]) -> dict[str, object]:
    """The row whose total is in the middle."""
    return sorted(rows, key=lambda row: float(str(row["total"])))[len(rows) // 2]


def show(rows: list[dict[str, object]]) -> None:
    """Print the rows as a Markdown table."""
    names = list(rows[0])
    print("| " + " | ".join(names) + " |")
    print("|" + " --- |" * len(names))
    for row in rows:
        print("| " + " | ".join(f"{v:,.2f}" if isinstance(v, float) else str(v) for v in row.values()) + " |")


if __name__ == "__main__":
    main()
