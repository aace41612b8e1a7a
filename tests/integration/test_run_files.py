"""A file of the Superstore format, from the spreadsheet to the star."""

import csv
import json
import os
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from tests.integration.harness import REPOSITORY

SAMPLE = Path(os.environ.get("TIDEMARK_TEST_DATA", REPOSITORY.parent / "shared" / "data")) / "sample_superstore.csv"
OWN = REPOSITORY / "tests" / "data" / "order_lines.csv"


@pytest.mark.skipif(not SAMPLE.is_file(), reason=f"no sample at {SAMPLE}; TIDEMARK_TEST_DATA names its folder")
def test_the_sales_of_the_sample_arrive_to_the_cent(pipeline):
    defaults = ("Order Priority=Medium", "Market=US", "Shipping Cost=0")
    check_sum(pipeline, SAMPLE, [part for default in defaults for part in ("--default", default)])


def test_the_sales_of_a_small_file_arrive_to_the_cent(pipeline):
    check_sum(pipeline, OWN, [])


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
    expected = sum(Decimal(row["Sales"]).quantize(Decimal("0.01"), ROUND_HALF_UP) for row in accepted)
    pipeline.run_well()
    orders = ", ".join(f"'{order}'" for order in sorted({row["Order ID"] for row in accepted}))
    found = pipeline.warehouse(f"select sum(sales) from warehouse.fct_sales where order_id in ({orders})")
    assert found[0][0] == expected
