"""Servers for benchmarks alone, in a home of their own, with data of a wanted size."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import sqlalchemy as sa

from local.servers import up

REPOSITORY = Path(__file__).resolve().parent.parent
HOME = REPOSITORY / "local" / "data" / "bench"
COLLATION = "character set utf8mb4 collate utf8mb4_nopad_bin"
DERIVED = (
    "raw_superstore", "raw_superstore_staging", "warehouse_build", "warehouse",
    "raw_shop", "raw_shop_staging", "AnalyticalStream_build", "AnalyticalStream",
)  # fmt: skip


def start() -> Mapping[str, str]:
    """Start the servers; everything in this process and its children then uses them."""
    urls = up(HOME)
    os.environ.update(urls, TIDEMARK_HOME=str(HOME))
    return urls


def forget(urls: Mapping[str, str]) -> None:
    """Empty all that is derived from the source."""
    with admin(urls).connect() as connection:
        for schema in DERIVED:
            connection.execute(sa.text(f"drop database if exists {schema}"))
            connection.execute(sa.text(f"create database {schema} {COLLATION}"))


def seed(*arguments: str) -> None:
    """Run `tidemark seed` with these arguments."""
    subprocess.run([sys.executable, "-m", "tidemark", "seed", *arguments], check=True, stdout=subprocess.DEVNULL)


def admin(urls: Mapping[str, str]) -> sa.Engine:
    """The administrator of the warehouse's server."""
    return sa.create_engine(
        urls["WAREHOUSE_ADMIN_URL"] + "&local_infile=1", poolclass=sa.pool.NullPool, isolation_level="AUTOCOMMIT"
    )
