"""The superstore under attack: on PostgreSQL."""

from tests.soak.superstore.oracle import KEYS, MARTS, expected_marts, good_rows
from tests.soak.superstore.sabotage import SABOTAGES
from tests.soak.superstore.server import open_server
from tests.soak.superstore.statements import STATEMENTS
from tests.soak.system import System

SUPERSTORE = System(
    name="superstore",
    connection="EXTRACT_URL",
    schema="superstore",
    staging="raw_superstore",
    star="warehouse",
    keys=KEYS,
    marts=MARTS,
    statements=STATEMENTS,
    good_rows=good_rows,
    expected_marts=expected_marts,
    open=open_server,
    sabotages=SABOTAGES,
)
