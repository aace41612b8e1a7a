"""A warehouse that knows nothing yet is the first run, however its server words it."""

from contextlib import nullcontext
from typing import Any

import pymysql
import pytest

from ingestion.errors import IngestionError
from ingestion.staging import read_states


class Refusing:
    """A connection whose every statement is refused: MySQL 8 words it differently from the MariaDB of the tests."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def cursor(self) -> Any:
        return nullcontext(self)

    def execute(self, *_: Any) -> None:
        raise self.error


@pytest.mark.parametrize(
    "error",
    [
        pymysql.err.ProgrammingError(1146, "Table 'raw._tidemark_tables' doesn't exist"),
        pymysql.err.OperationalError(1049, "Unknown database 'raw'"),
    ],
)
def test_a_missing_table_or_database_means_that_nothing_is_loaded(error: Exception) -> None:
    assert read_states(Refusing(error), "raw") == {}


def test_missing_rights_are_named() -> None:
    denied = pymysql.err.OperationalError(1142, "SELECT command denied")
    with pytest.raises(IngestionError, match="may not read raw: SELECT command denied; grant it all rights on it"):
        read_states(Refusing(denied), "raw")
