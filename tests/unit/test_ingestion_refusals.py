"""What MySQL refuses is told with the column and without the value, which may be personal."""

import traceback

import pymysql
import pytest

from ingestion.refusals import hide_values, sentence

VALUE = "Jane O'Neil' for column 'x"


@pytest.mark.parametrize(
    ("code", "message", "told"),
    [
        (1062, f"Duplicate entry '{VALUE}' for key 'PRIMARY'", "Duplicate entry '…' for key 'PRIMARY'"),
        (
            1366,
            f"Incorrect integer value: '{VALUE}' for column `raw`.`people`.`age` at row 3",
            "Incorrect integer value: '…' for column `raw`.`people`.`age` at row 3",
        ),
        (1366, "Incorrect integer value: 'Jane' for column 'age' at row 1", "…' for column 'age' at row 1"),
        (1292, f"Truncated incorrect DOUBLE value: '{VALUE}'", "Truncated incorrect DOUBLE value: '…'"),
        (1411, f"Incorrect datetime value: '{VALUE}' for function str_to_date", "value: '…' for function str_to_date"),
        (1292, "Truncated incorrect DOUBLE value: 'x' for key 'Jane'", "Truncated incorrect DOUBLE value: '…'"),
        (1300, "Invalid utf8mb4 character string: 'Jane", "Invalid utf8mb4 character string: '…'"),
        (1406, "Data too long for column 'name' at row 1", "Data too long for column 'name' at row 1"),
        (1264, "Out of range value for column 'age' at row 1", "Out of range value for column 'age' at row 1"),
        (1146, "Table 'raw.people' doesn't exist", "Table 'raw.people' doesn't exist"),
    ],
)
def test_the_value_is_hidden_and_the_column_told(code: int, message: str, told: str) -> None:
    said = sentence(pymysql.err.DataError(code, message))
    assert said.endswith(f"{told} (error {code})")
    assert "Jane" not in said


def test_a_traceback_does_not_tell_the_value_either() -> None:
    error = pymysql.err.DataError(1366, "Incorrect integer value: 'Jane' for column 'age' at row 1")
    hide_values(error)
    assert "Jane" not in "".join(traceback.format_exception(error))
