"""How long a large file of order lines takes on the page *Load a file*: `python -m bench.files`.

The file is looked through and then loaded by the very functions that the page calls, as an associate's account, into an
order system of `--scale`; half of its lines are of new orders, the others of orders that it would change.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
import uuid
from pathlib import Path

import psycopg

from app.entry.files import load_file, preview_file
from bench.load import libpq, timed
from bench.servers import seed, start
from oltp.superstore_files import LoadOptions

LINES = """
    select o.order_id as "Order ID", o.order_date as "Order Date", o.order_priority as "Order Priority",
        c.customer_id as "Customer ID", c.customer_name as "Customer Name", s.segment_name as "Segment",
        c.country as "Country", c.state as "State", c.city as "City", c.market as "Market", c.region as "Region",
        p.product_id as "Product ID", p.product_name as "Product Name", k.category_name as "Category",
        b.subcategory_name as "Sub-Category", l.quantity + 1 as "Quantity", l.sales as "Sales",
        l.discount as "Discount", l.profit as "Profit", l.ship_date as "Ship Date", l.ship_mode as "Ship Mode",
        l.shipping_cost as "Shipping Cost"
    from superstore.order_products as l
    join superstore.orders as o using (order_id) join superstore.customers as c using (customer_id)
    join superstore.segments as s using (segment_id) join superstore.products as p using (product_id)
    join superstore.subcategories as b using (subcategory_id) join superstore.categories as k using (category_id)
    order by o.order_id, p.product_id limit %s
"""


def main() -> None:
    """Measure, and print a line of Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=50_000)
    parser.add_argument("--scale", default="1")
    arguments = parser.parse_args()
    urls = start()
    seed("--replace", "--scale", arguments.scale, "--seed", "1")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lines.csv"
        _write(urls["OLTP_URL"], path, arguments.lines)
        url = urls["ASSOCIATE_URL"]
        looked = timed(lambda: preview_file(url, path, LoadOptions()))
        loaded = timed(lambda: load_file(url, path, LoadOptions(), progress=lambda *_: None, actor="bench"))
    print(f"| lines | looked through, s | loaded, s |\n| ---: | ---: | ---: |\n| {arguments.lines:,} ", end="")
    print(f"| {looked:.1f} | {loaded:.1f} |")


def _write(url: str, path: Path, count: int) -> None:
    new = uuid.uuid4().hex[:8]
    with psycopg.connect(libpq(url)) as connection, path.open("w", newline="", encoding="utf-8") as file:
        cursor = connection.execute(LINES, [count])
        writer = csv.writer(file)
        writer.writerow([column.name for column in cursor.description or ()])
        for number, row in enumerate(cursor):
            writer.writerow((f"{new}-{row[0]}", *row[1:]) if number % 2 else row)


if __name__ == "__main__":
    main()
