"""Files as spreadsheets write them: encodings, delimiters, headers, and what is no such file."""

from collections.abc import Callable
from pathlib import Path

import pytest

from oltp.superstore_files import DateOrder, DecimalMark, LoadOptions, SuperstoreFileError, parse_file
from oltp.superstore_files.columns import Kind
from oltp.superstore_files.reading import open_file, read_rows

DATA = Path(__file__).parents[1] / "data"
RETURNS = "Returned,Order ID,Region\r\nYes,R-1,Île-de-France\r\nYes,R-2,Nord\r\n"
GIVEN = {"return_date": "2025-01-31", "return_status": "Pending"}
Written = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(content: str | bytes, encoding: str = "utf-8") -> Path:
        path = tmp_path / "file.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


def refusal(path: Path, options: LoadOptions | None = None) -> str:
    with pytest.raises(SuperstoreFileError) as caught:
        parse_file(path, options or LoadOptions(GIVEN))
    message = str(caught.value)
    assert "\n" not in message
    return message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-32"])
def test_each_encoding_of_a_spreadsheet_gives_the_same_text(written: Written, encoding: str) -> None:
    rows = list(read_rows(open_file(written(RETURNS, encoding))))
    assert [row.cells for row in rows] == [["Yes", "R-1", "Île-de-France"], ["Yes", "R-2", "Nord"]]


def test_a_guessed_encoding_is_told(written: Written) -> None:
    assert any("cp1252" in warning for warning in parse_file(written(RETURNS, "cp1252"), LoadOptions(GIVEN)).warnings)


def test_an_encoding_that_is_asked_for_is_used(written: Written) -> None:
    rows = list(read_rows(open_file(written(RETURNS, "mac-roman"), "mac-roman")))
    assert rows[0].cells[2] == "Île-de-France"


def test_utf8_with_one_damaged_byte_is_refused_instead_of_garbled(written: Written) -> None:
    damaged = RETURNS.replace("Nord", "Ñœrð").encode() + b"Yes,R-3,Caf\xe9\r\n"
    assert "line 4" in refusal(written(damaged))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_seen_from_the_header(written: Written, delimiter: str) -> None:
    text = open_file(written(RETURNS.replace(",", delimiter).replace("Nord", '"a,b;c\td|e"')))
    assert (text.delimiter, [row.cells[2] for row in read_rows(text)][1]) == (delimiter, "a,b;c\td|e")


def test_a_hint_blank_lines_and_empty_rows_are_passed_over(written: Written) -> None:
    text = open_file(written("sep=;\r\n\r\nReturned;Order ID;Region\r\n\r\nYes;R-1;West\r\n;;\r\n"))
    assert [(row.line, row.cells[1]) for row in read_rows(text)] == [(5, "R-1")]


def test_a_row_is_known_by_the_line_on_which_it_begins() -> None:
    lines = [row.line for row in read_rows(open_file(DATA / "order_lines.csv"))]
    assert lines[:4] == [2, 3, 4, 6]


@pytest.mark.parametrize(
    "header",
    [
        "Returned,Order ID,Region",
        "RETURNED,order_id,region",
        " returned ,Order-Id, Return Region",
        "returned,OrderID,REGION",
    ],
)
def test_a_header_is_matched_without_regard_to_case_and_blanks(written: Written, header: str) -> None:
    assert dict(open_file(written(f"{header}\nYes,R-1,West\n")).header.positions) == {
        "returned": 0, "order_id": 1, "return_region": 2,
    }  # fmt: skip


def test_order_lines_and_returns_are_told_apart() -> None:
    assert open_file(DATA / "order_lines.csv").header.kind is Kind.ORDER_LINES
    assert open_file(DATA / "returns.csv").header.kind is Kind.RETURNS


def test_columns_of_other_names_in_use_are_known(written: Written) -> None:
    header = open_file(
        written("order_id,product_id,Country/Region,State/Province,Zip Code,subcategory\na,b,c,d,e,f\n")
    ).header
    assert set(header.positions) == {"order_id", "product_id", "country", "state", "postal_code", "subcategory"}


def test_columns_that_are_not_read_are_told(written: Written) -> None:
    parsed = parse_file(written("Returned,Order ID,Region,Mood\nYes,R-1,West,blue\n"), LoadOptions(GIVEN))
    assert any("Mood" in warning for warning in parsed.warnings)


def test_all_missing_columns_are_named_in_one_sentence(written: Written) -> None:
    message = refusal(written("Order ID,Product ID,Order Date\na,b,2025-01-01\n"), LoadOptions({"market": "US"}))
    for column in ("order_priority", "customer_id", "sales", "shipping_cost"):
        assert column in message
    assert "market" not in message
    assert "postal_code" not in message


@pytest.mark.parametrize(
    ("defaults", "words"),
    [
        ({"mood": "blue"}, "names no column"),
        ({"order_id": "1"}, "names no column"),
        ({"return_date": "soon", "return_status": "x"}, "is not a date"),
        ({"return_date": "1/2/2025", "return_status": "x"}, "two ways"),
        ({"return_date": "2025-01-31", "return_status": " "}, "is missing"),
    ],
)
def test_a_default_that_cannot_be_used_is_refused(written: Written, defaults: dict[str, str], words: str) -> None:
    assert words in refusal(written(RETURNS), LoadOptions(defaults))


def test_a_default_for_a_column_of_the_file_is_told_to_be_unused(written: Written) -> None:
    parsed = parse_file(written(RETURNS), LoadOptions({**GIVEN, "Return Region": "West"}))
    assert any("return_region" in warning for warning in parsed.warnings)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\r\n \r\n", "only blank lines"),
        (b"Returned,Order ID,Region\n", "no rows"),
        (b"Yes,R-1,West\n", "header of the Superstore format"),
        (b"name,colour\na,b\n", "header of the Superstore format"),
        (b"Returned,Order ID,order_id,Region\nYes,a,b,c\n", "two columns for order_id"),
        (b"PK\x03\x04rubbish", "Excel workbook"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a text file"),
        (b"Returned,Order ID,Region\nYes,\x81\x8d,\x9d\n", "neither UTF-8 nor cp1252"),
        (b'Returned,Order ID,Region\nYes,"R-1,West\nYes,R-2,West\n', "line 2"),
        (b'Returned,Order ID,Region\nYes,R-1,West\nYes,"R"2,West\n', "line 3"),
    ],
)
def test_what_is_no_such_file_is_refused_in_one_sentence(written: Written, content: bytes, words: str) -> None:
    assert words in refusal(written(content))


def test_a_missing_file_and_a_directory_are_refused(tmp_path: Path) -> None:
    assert "no file" in refusal(tmp_path / "nowhere.csv")
    assert "directory" in refusal(tmp_path)


@pytest.mark.parametrize(
    ("encoding", "words"), [("klingon", "unknown"), ("ascii", "line 2"), ("base64", "unknown"), ("utf-16", "line 1")]
)
def test_an_encoding_that_does_not_fit_is_refused(written: Written, encoding: str, words: str) -> None:
    assert words in refusal(written(RETURNS), LoadOptions(GIVEN, encoding=encoding))


def dated(*days: str) -> str:
    return "Returned,Order ID,Region,Return Date,Return Status\n" + "".join(
        f"Yes,R-{number},West,{day},Pending\n" for number, day in enumerate(days)
    )


@pytest.mark.parametrize(
    ("days", "order"),
    [
        (["1/2/2025", "13/2/2025"], DateOrder.DAY_FIRST),
        (["1/2/2025", "2/13/2025"], DateOrder.MONTH_FIRST),
        (["01.02.2025"], DateOrder.DAY_FIRST),
        (["01.02.2025", "02.13.2025"], DateOrder.MONTH_FIRST),
        (["1/2/2025", *["2/13/2025"] * 9, "13/2/2025"], DateOrder.MONTH_FIRST),
    ],
)
def test_the_sure_dates_decide_how_the_others_are_read(written: Written, days: list[str], order: DateOrder) -> None:
    assert parse_file(written(dated(*days)), LoadOptions()).conventions.date_order is order


@pytest.mark.parametrize("days", [["1/2/2025"], ["1/2/2025", "13/2/2025", "2/13/2025"]])
def test_dates_that_nothing_decides_are_asked_for(written: Written, days: list[str]) -> None:
    assert "--date-order" in refusal(written(dated(*days)), LoadOptions())
    options = LoadOptions(date_order=DateOrder.DAY_FIRST)
    assert parse_file(written(dated(*days)), options).conventions.date_order is DateOrder.DAY_FIRST


@pytest.mark.parametrize(
    ("amounts", "mark"),
    [(["1,234", "1.5"], DecimalMark.POINT), (["1.234", "1,5"], DecimalMark.COMMA), (["12"], DecimalMark.POINT)],
)
def test_the_sure_numbers_decide_the_decimal_mark(written: Written, amounts: list[str], mark: DecimalMark) -> None:
    assert parse_file(written(priced(*amounts)), every_default()).conventions.decimal_mark is mark


def test_numbers_that_nothing_decides_are_asked_for(written: Written) -> None:
    assert "--decimal-mark" in refusal(written(priced("1,234")), every_default())


def priced(*amounts: str) -> str:
    rows = "".join(f"O-{number};P-1;C-1;{amount}\n" for number, amount in enumerate(amounts))
    return "Order ID;Product ID;Customer ID;Sales\n" + rows


def every_default() -> LoadOptions:
    days = dict.fromkeys(("order_date", "ship_date"), "2025-01-31")
    numbers = dict.fromkeys(("quantity", "discount", "profit", "shipping_cost"), "1")
    texts = ("order_priority", "customer_name", "segment", "country", "state", "city", "market", "region",
             "product_name", "category", "subcategory", "ship_mode")  # fmt: skip
    return LoadOptions(days | numbers | dict.fromkeys(texts, "x"))
