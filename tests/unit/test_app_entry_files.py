"""Whose columns are which, in files of any form that people have."""

import codecs

import pytest

from app.app_pages.files import _shown_on
from app.entry.files import missing_columns, rename_columns, titles_of
from oltp.superstore_files import SuperstoreFileError
from oltp.superstore_files.loading import LoadOptions, parse_file

TITLES = (
    "Order ID,Order Date,Order Priority,Customer ID,Customer Name,Segment,Country,State,City,Market,Région,Product ID,"
    "Product Name,Category,Sub-Category,Quantity,Sales,Discount,Profit,Ship Date,Ship Mode,Shipping Cost"
)
ROW = (
    "F-1,2026-05-01,High,FC-1,Näme,Consumer,France,IDF,Paris,EU,Central,FP-1,Thing,Furniture,Chairs,1,10.00,0.1,1.00,"
    "2026-05-11,First Class,1.00"
)
TEXT = f"{TITLES}\n{ROW}\n"
FORMS = {
    "utf-8": TEXT.encode(),
    "with a byte order mark": codecs.BOM_UTF8 + TEXT.encode(),
    "cp1252": TEXT.encode("cp1252"),
    "utf-16": TEXT.encode("utf-16"),
    "returns alone": TEXT.replace("\n", "\r").encode(),
    "semicolons": TEXT.replace(",", ";").encode(),
    "a hint of the separator": f"sep=;\n{TEXT.replace(',', ';')}".encode(),
    "bars": TEXT.replace(",", "|").encode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_column_of_another_name_is_found_and_renamed_whatever_the_files_form(tmp_path, form):
    path = tmp_path / "lines.csv"
    path.write_bytes(FORMS[form])
    assert [column.header for column in missing_columns(titles_of(path))] == ["Region"]
    rename_columns(path, {"Région": "Region"})
    assert titles_of(path) == TITLES.replace("Région", "Region").split(",")
    assert "Näme" in path.read_text(encoding="utf-8-sig")
    parse_file(path, LoadOptions())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"x" * 200_000 + b",y\n1,2\n",
        b'"Order ID,Order Date\nx\n',
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9,
    ],
    ids=["empty", "blank", "a title that never ends", "a quote that never ends", "a picture"],
)
def test_what_is_no_csv_is_refused_with_a_sentence(tmp_path, content):
    path = tmp_path / "lines.csv"
    path.write_bytes(content)
    for ask in (titles_of, lambda path: rename_columns(path, {"Order ID": "x"})):
        with pytest.raises(SuperstoreFileError, match=r"lines\.csv"):
            ask(path)
    assert path.read_bytes() == content


def test_a_load_is_shown_as_it_goes_on():
    told = []

    class Bar:
        def progress(self, part, words):
            told.append((part, words))

    show = _shown_on(Bar())
    for done in (0, 25_000, 50_000):
        show(done, 50_000)
    assert told == [(0.0, "Checked 0 of 50,000"), (0.5, "Checked 25,000 of 50,000"), (1.0, "Writing…")]
