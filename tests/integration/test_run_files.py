"""A file of the Superstore format, from the spreadsheet to the star."""

import csv
import json
import os
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from tests.integration.harness import REPOSITORY

SAMPLE = Path(os.environ.get("TIDEMARK_TEST_DATA", REPOSITORY.parent / "shared" / "data")) / "sample_superstore.csv"
SMALL = """\
Order ID,Order Date,Ship Date,Ship Mode,Customer ID,Customer Name,Segment,City,State,Country,Postal Code,Market,Region,\
Product ID,Category,Sub-Category,Product Name,Sales,Quantity,Discount,Profit,Shipping Cost,Order Priority
RF-1,2026-01-30,2026-02-02,First Class,RC-1,Åsa Löfgren,Consumer,Malmö,Skåne,Sweden,21119,EU,North,\
RP-1,Furniture,Chairs,Chair,261.965,2,0,41.9136,12.345,High
RF-1,2026-01-30,2026-02-02,First Class,RC-1,Åsa Löfgren,Consumer,Malmö,Skåne,Sweden,21119,EU,North,\
RP-1,Furniture,Chairs,Chair,999.99,1,0,1,1,High
RF-2,2026-02-28,2026-03-01,Same Day,RC-1,Åsa Löfgren,Consumer,Malmö,Skåne,Sweden,21119,EU,North,\
RP-1,Furniture,Chairs,Chair,0.005,1,0.2,-3.005,4,Low
"""


@pytest.mark.skipif(not SAMPLE.is_file(), reason=f"no sample at {SAMPLE}; TIDEMARK_TEST_DATA names its folder")
def test_the_sales_of_the_sample_arrive_to_the_cent(pipeline):
    defaults = ("Order Priority=Medium", "Market=US", "Shipping Cost=0")
    check_sum(pipeline, SAMPLE, [part for default in defaults for part in ("--default", default)])


def test_the_sales_of_a_small_file_arrive_to_the_cent(pipeline, tmp_path):
    path = tmp_path / "small.csv"
    path.write_text(SMALL, encoding="utf-8")
    check_sum(pipeline, path, [])


def check_sum(pipeline, path, options):
    pipeline.forget_everything()
    pipeline.seed(scale=0.02)
    report = json.loads(pipeline.tidemark("load", str(path), "--json", *options))
    refused = {refusal["line"] for refusal in report["refused"]}
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows = [(reader.line_num, row) for row in reader]
    accepted = [row for line, row in rows if line not in refused]
    assert len(accepted) == report["accepted"]
    sales = (Decimal(row["Sales"]) for row in accepted)
    expected = sum(sale.quantize(Decimal("0.01"), ROUND_HALF_UP) for sale in sales)
    pipeline.run_well()
    orders = ", ".join(f"'{order}'" for order in sorted({row["Order ID"] for row in accepted}))
    found = pipeline.warehouse(f"select sum(sales) from warehouse.fct_sales where order_id in ({orders})")
    assert found[0][0] == expected
