"""The sources that can be attacked."""

from tests.soak.shop import SHOP
from tests.soak.superstore import SUPERSTORE
from tests.soak.system import System

SYSTEMS: dict[str, System] = {system.name: system for system in (SUPERSTORE, SHOP)}
