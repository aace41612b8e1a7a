"""Which rows are refused, which stay, and what they say about orders, customers and products."""

import csv
import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from oltp.superstore_files import LoadOptions, Refusal, parse_file
from oltp.superstore_files.order_lines import (
    OrderLine,
    OrderLineFindings,
    check_order_lines,
    customers_of,
    products_of,
)  # fmt: skip
from oltp.superstore_files.reading import read_rows
from oltp.superstore_files.returns import Return, ReturnFindings, check_returns

ROW = {
    "Order ID": "O-1", "Order Date": "2025-01-31", "Ship Date": "2025-02-02", "Ship Mode": "First Class",
    "Customer ID": "C-1", "Customer Name": "Noor Haddad", "Segment": "Consumer", "City": "Amman", "State": "Amman",
    "Country": "Jordan", "Postal Code": "11118", "Market": "EMEA", "Region": "West", "Product ID": "P-1",
    "Category": "Furniture", "Sub-Category": "Chairs", "Product Name": "Chair", "Sales": "100.5", "Quantity": "1",
    "Discount": "0.2", "Profit": "10", "Shipping Cost": "5", "Order Priority": "High",
}  # fmt: skip
Checked = Callable[..., tuple[list[OrderLine], OrderLineFindings]]


@pytest.fixture
def checked(tmp_path: Path) -> Checked:
    def check(*changes: dict[str, str]) -> tuple[list[OrderLine], OrderLineFindings]:
        text = io.StringIO()
        writer = csv.DictWriter(text, list(ROW))
        writer.writeheader()
        writer.writerows({**ROW, **change} for change in changes)
        path = tmp_path / "lines.csv"
        path.write_text(text.getvalue(), encoding="utf-8", newline="")
        parsed = parse_file(path, LoadOptions())
        findings = OrderLineFindings()
        lines = list(check_order_lines(read_rows(parsed.text), parsed.text.header, parsed.cells, findings))
        return lines, findings

    return check


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("Order ID", " ", "is missing"),
        ("Customer ID", "", "is missing"),
        ("Product ID", "", "is missing"),
        ("Region", "", "is missing"),
        ("Sales", "", "is missing"),
        ("Sales", "n/a", "is not a number"),
        ("Sales", "10%", "is a percentage where an amount belongs"),
        ("Sales", "1,5", "is not a number with a decimal point, as the rest of the file has"),
        ("Sales", "10000000000", "has more than 10 digits before the decimal mark"),
        ("Sales", "9999999999.995", "has more than 10 digits before the decimal mark"),
        ("Profit", "1e4000", "has more than 10 digits before the decimal mark"),
        ("Discount", "1000", "has more than 3 digits before the decimal mark"),
        ("Quantity", "1.5", "is not a whole number"),
        ("Quantity", "2147483648", "is too great for an integer"),
        ("Quantity", "1e300", "is too great for an integer"),
        ("Ship Date", "2025-02-30", "is not a date"),
        ("Order ID", "x" * 251, "is longer than 250 characters"),
        ("City", "Am\x00man", "holds a NUL character"),
    ],
)
def test_a_value_that_its_column_cannot_take_is_refused(checked: Checked, column: str, value: str, reason: str) -> None:
    first = [{"Order ID": f"A-{number}"} for number in range(20)]  # enough points to outvote one comma
    lines, findings = checked(*first, {column: value})
    assert findings.refusals == [Refusal(22, column, reason)]
    assert len(lines) == 20


def test_a_value_that_is_merely_odd_is_accepted(checked: Checked) -> None:
    lines, findings = checked({"Quantity": "-3", "Discount": "20", "Ship Date": "2020-01-01", "Sales": "-0.005"})
    assert not findings.refusals
    assert (lines[0].quantity, lines[0].discount, lines[0].sales) == (-3, Decimal("20.00"), Decimal("-0.01"))


def test_amounts_are_read_as_they_come(checked: Checked) -> None:
    lines, findings = checked({"Sales": "$1,234.565", "Profit": "(12.5)", "Discount": "20%", "Quantity": "2.00"})
    assert (lines[0].sales, lines[0].profit, lines[0].discount, lines[0].quantity) == (
        Decimal("1234.57"), Decimal("-12.50"), Decimal("0.20"), 2,
    )  # fmt: skip
    assert findings.rounded_lines == 1


def test_of_a_pair_that_repeats_the_first_stays(checked: Checked) -> None:
    lines, findings = checked({"Sales": "1"}, {"Sales": "2"}, {"Product ID": "P-2"})
    assert [(line.product_id, line.sales) for line in lines] == [("P-1", Decimal(1)), ("P-2", Decimal("100.5"))]
    assert findings.refusals == [Refusal(3, "Product ID", "repeats the pair of order and product of line 2")]


def test_a_refused_line_does_not_stand_in_the_way_of_a_good_one(checked: Checked) -> None:
    lines, findings = checked({"Sales": "?", "Customer ID": "C-9"}, {})
    assert [line.product_id for line in lines] == ["P-1"]
    assert set(findings.customers) == {"C-1"}


@pytest.mark.parametrize("change", [{"Customer ID": "C-2"}, {"Order Date": "2025-01-30"}])
def test_a_line_that_contradicts_its_order_is_refused(checked: Checked, change: dict[str, str]) -> None:
    lines, findings = checked({}, {"Product ID": "P-2", **change})
    assert len(lines) == 1
    assert findings.refusals == [Refusal(3, next(iter(change)), "differs from that of the same order on line 2")]


def test_a_customer_has_the_address_of_the_newest_order(checked: Checked) -> None:
    _, findings = checked(
        {"Order ID": "O-1", "Order Date": "2025-01-02", "City": "Irbid"},
        {"Order ID": "O-2", "Order Date": "2025-01-03", "City": "Aqaba", "Postal Code": ""},
        {"Order ID": "O-3", "Order Date": "2025-01-01", "City": "Zarqa"},
    )
    assert [(customer.city, customer.postal_code) for customer in customers_of(findings)] == [("Aqaba", None)]
    assert findings.customers_of_several_records == {"C-1"}


def test_a_product_has_the_name_of_the_newest_order(checked: Checked) -> None:
    _, findings = checked(
        {"Order ID": "O-1", "Order Date": "2025-01-03", "Product Name": "New chair"},
        {"Order ID": "O-2", "Order Date": "2025-01-02", "Product Name": "Old chair"},
    )
    assert [(product.product_name, product.newest_order) for product in products_of(findings)] == [
        ("New chair", date(2025, 1, 3))
    ]
    assert findings.products_of_several_names == {"P-1"}


def test_a_row_of_another_width_is_refused_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "returns.csv"
    path.write_text("Returned,Order ID,Region\nYes,R-1\nYes,R-2,West,,\nYes,R-3,West,more\n", encoding="utf-8")
    returns, findings = checked_returns(path)
    assert [made.order_id for made in returns] == ["R-2"]
    assert [(refusal.line, refusal.column) for refusal in findings.refusals] == [(2, None), (4, None)]


def test_an_order_is_returned_once_and_only_by_a_yes() -> None:
    returns, findings = checked_returns(Path(__file__).parents[1] / "data" / "returns.csv")
    assert [(made.return_id, made.order_id) for made in returns] == [
        ("RET-LD-1", "LD-1"), ("RET-LD-2", "LD-2"), ("RET-LD-404", "LD-404"),
    ]  # fmt: skip
    assert findings.refusals == [
        Refusal(4, "Order ID", "is returned already on line 2"),
        Refusal(6, "Returned", "is not Yes, so the row is no return"),
    ]


def checked_returns(path: Path) -> tuple[list[Return], ReturnFindings]:
    parsed = parse_file(path, LoadOptions({"return_date": "2025-03-01", "return_status": "Pending"}))
    findings = ReturnFindings()
    return list(check_returns(read_rows(parsed.text), parsed.text.header, parsed.cells, findings)), findings
