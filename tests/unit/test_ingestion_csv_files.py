"""The reader of our own files tells the null from the word, and a line break in a value from the end of a row."""

import csv
import io
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingestion.csv_files import header, read_header, records
from ingestion.model import Column

VALUE = (
    st.none()
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
    | st.sampled_from(["NULL", "", '"', ",", "\n", "\r", '","', "\\", '"NULL"'])
)


def written(rows: list[list[str | None]]) -> bytes:
    """Rows as PostgreSQL's COPY writes them."""
    lines = []
    for row in rows:
        fields = []
        for value in row:
            if value is None:
                fields.append("NULL")
            elif value == "NULL" or any(sign in value for sign in ',"\n\r'):
                fields.append('"' + value.replace('"', '""') + '"')
            else:
                fields.append(value)
        lines.append(",".join(fields) + "\n")
    return "".join(lines).encode()


@given(st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(VALUE, min_size=width, max_size=width), max_size=8)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_are_read_as_they_were_written(tmp_path: Path, rows: list[list[str | None]]) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(header("rows", [Column('a,"b', "text", "LONGTEXT", True)]) + written(rows))
    assert read_header(path) == ("rows", ['a,"b'])
    assert list(records(path)) == rows


def test_python_reads_the_same_where_there_are_no_nulls(tmp_path: Path) -> None:
    rows: list[list[str | None]] = [["a", 'b"c'], ["", "x,y\nz"]]
    path = tmp_path / "rows.csv"
    path.write_bytes(header("rows", []) + written(rows))
    assert list(records(path)) == list(csv.reader(io.StringIO(written(rows).decode(), newline="")))
