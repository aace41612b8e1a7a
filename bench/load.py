"""Our load against a bare pipe and against dlt's own destination, on the same rows: `python -m bench.load`.

The pipe is one COPY into one LOAD DATA, into the same table definition with its primary key: the most that the two
servers can do between them. The three are measured in turn, `--rounds` times, and the medians are compared.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import psycopg
import sqlalchemy as sa

from bench.servers import HOME, REPOSITORY, admin, forget, seed, start

LINES_PER_SCALE = 51_290
TABLE = "order_products"


def main() -> None:
    """Measure the sizes asked for and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, action="append", help="may be repeated; default 200000 and 1000000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--dlt-rounds", type=int, default=1, help="dlt's own destination is slow: once is enough")
    arguments = parser.parse_args()
    urls = start()
    print(
        "| lines | our load, rows/s | with its proof, rows/s | bare pipe, rows/s | ours / pipe | proved / pipe"
        " | dlt's own, rows/s | ours / dlt's own |"
    )
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for lines in arguments.lines or [200_000, 1_000_000]:
        seed("--replace", "--scale", str(lines / LINES_PER_SCALE), "--seed", "1")
        with psycopg.connect(libpq(urls["EXTRACT_URL"])) as connection:
            (rows,) = connection.execute(f"select count(*) from superstore.{TABLE}").fetchall()[0]
        forget(urls)
        ours, proved, pipe = [], [], []
        for _ in range(arguments.rounds):
            ours.append(rows / timed(lambda: load(urls, verify=False)))
            proved.append(rows / timed(lambda: load(urls, verify=True)))
            pipe.append(rows / timed(lambda: bare_pipe(urls)))
        theirs = [rows / timed(lambda: dlt_alone(urls)) for _ in range(arguments.dlt_rounds)]
        a, p, b, c = (statistics.median(figures) for figures in (ours, proved, pipe, theirs))
        ratios = f"{a / b:.2f} | {p / b:.2f} | {c:,.0f} | {a / c:.1f}"
        print(f"| {rows:,} | {a:,.0f} | {p:,.0f} | {b:,.0f} | {ratios} |", flush=True)


def timed(work: Callable[[], None]) -> float:
    """Seconds that `work` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def load(urls: Mapping[str, str], *, verify: bool) -> None:
    """The first load of the table; a run compares it with the source before it counts (`verify`)."""
    from ingestion import ingest
    from ingestion.declarations import read_sources

    source = read_sources(REPOSITORY / "dbt_project")["superstore"]
    work_dir = HOME / "work" / "bench"
    shutil.rmtree(work_dir, ignore_errors=True)
    ingest(source, urls["EXTRACT_URL"], urls["LOAD_URL"], work_dir, tables=[TABLE], full_refresh=True, verify=verify)


def bare_pipe(urls: Mapping[str, str]) -> None:
    """COPY | LOAD DATA through a named pipe, into a table like ours."""
    with tempfile.TemporaryDirectory() as folder, admin(urls).connect() as connection:
        connection.execute(sa.text("create or replace table raw_superstore_staging.pipe like raw_superstore." + TABLE))
        fifo = Path(folder) / "pipe"
        os.mkfifo(fifo)
        writer = threading.Thread(target=copy_into, args=(libpq(urls["EXTRACT_URL"]), fifo))
        writer.start()
        connection.exec_driver_sql(
            f"load data local infile '{fifo}' into table raw_superstore_staging.pipe character set utf8mb4"
        )
        writer.join()


def copy_into(url: str, path: Path) -> None:
    """Write the table in COPY's text form."""
    with psycopg.connect(url) as connection, path.open("wb") as target, connection.cursor() as cursor:
        columns = [d.name for d in cursor.execute(f"select * from superstore.{TABLE} limit 0").description or ()]
        listed = ", ".join(f"{c} at time zone 'UTC'" if c == "tbl_last_dt" else c for c in columns)
        with cursor.copy(f"copy (select {listed} from superstore.{TABLE}) to stdout") as copy:
            for block in copy:
                target.write(block)


def dlt_alone(urls: Mapping[str, str]) -> None:
    """The same rows by dlt's own `sqlalchemy` destination."""
    import dlt

    @dlt.resource(name=TABLE, primary_key=("order_id", "product_id"), write_disposition="replace")
    def rows() -> Iterator[list[dict[str, object]]]:
        with (
            psycopg.connect(libpq(urls["EXTRACT_URL"]), row_factory=psycopg.rows.dict_row) as connection,
            connection.cursor(name="rows") as cursor,
        ):
            cursor.execute(f"select * from superstore.{TABLE}")
            while block := cursor.fetchmany(20_000):
                yield block

    url = sa.make_url(urls["WAREHOUSE_ADMIN_URL"]).set(database="warehouse_build")
    work_dir = HOME / "work" / "bench-dlt"
    shutil.rmtree(work_dir, ignore_errors=True)
    pipeline = dlt.pipeline(
        "bench",
        destination=dlt.destinations.sqlalchemy(url.render_as_string(hide_password=False)),
        dataset_name="bench_dlt",
        pipelines_dir=str(work_dir),
    )
    pipeline.run(rows())
    with admin(urls).connect() as connection:
        connection.execute(sa.text("drop database if exists bench_dlt"))


def libpq(url: str) -> str:
    """A SQLAlchemy URL as libpq reads it."""
    return sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


if __name__ == "__main__":
    main()
