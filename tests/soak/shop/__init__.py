"""The shop under attack: on MySQL."""

from tests.soak.shop.oracle import KEYS, MARTS, expected_marts, good_rows
from tests.soak.shop.sabotage import SABOTAGES
from tests.soak.shop.server import open_server
from tests.soak.shop.statements import STATEMENTS
from tests.soak.system import System

SHOP = System(
    name="shop",
    connection="SHOP_EXTRACT_URL",
    schema="shop",
    staging="raw_shop",
    star="AnalyticalStream",
    keys=KEYS,
    marts=MARTS,
    statements=STATEMENTS,
    good_rows=good_rows,
    expected_marts=expected_marts,
    open=open_server,
    sabotages=SABOTAGES,
)
