"""Servers for the tests: one private set in a home of its own, never the demo's."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from local.servers import delete, down, up

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def test_home() -> Path:
    """The home of the tests' servers, one for each process; it is kept between runs, which saves their creation."""
    home = Path(os.environ.get("TIDEMARK_TEST_HOME") or REPOSITORY / "local" / "data" / "test")
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    return home.with_name(f"{home.name}-{worker}") if worker else home


@pytest.fixture(scope="session")
def servers(test_home: Path) -> Iterator[Mapping[str, str]]:
    """Every name of a connection with its URL, on servers that belong to the tests alone."""
    yield up(test_home)
    if os.environ.get("CI"):
        delete(test_home)
    elif os.environ.get("TIDEMARK_TEST_STOP"):
        down(test_home)
