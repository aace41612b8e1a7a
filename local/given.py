"""Check that the servers which the environment names answer; they are never started, stopped or reset."""

from collections.abc import Mapping

import psycopg
import pymysql
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from local.errors import ServerError
from local.prefect_server import is_healthy


def check_given(given: Mapping[str, str]) -> None:
    """Raise ServerError for the first server that does not answer."""
    for name, url in given.items():
        if name == "PREFECT_API_URL":
            if not is_healthy(url.rstrip("/")):
                raise ServerError(
                    f"cannot reach the Prefect server that PREFECT_API_URL names at {url}: is it running?"
                )
            continue
        _connect(name, parse(name, url))


def parse(name: str, url: str) -> URL:
    """A database URL in parts; raises ServerError, without repeating the URL, when it is none."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise ServerError(f"{name} is no URL of the form dialect+driver://user:password@host:port/database") from error
    if parsed.get_backend_name() not in ("postgresql", "mysql", "mariadb"):
        raise ServerError(f"{name} must begin with postgresql+psycopg:// or mysql+pymysql://")
    return parsed


def _connect(name: str, url: URL) -> None:
    where = f"{url.host}:{url.port}" if url.port else f"{url.host}"
    try:
        if url.get_backend_name() == "postgresql":
            psycopg.connect(
                host=url.host,
                port=url.port or 5432,
                user=url.username,
                password=url.password,
                dbname=url.database,
                connect_timeout=5,
            ).close()
        else:
            pymysql.connect(
                host=url.host,
                port=url.port or 3306,
                user=url.username,
                password=url.password or "",
                database=url.database,
                connect_timeout=5,
            ).close()
    except (psycopg.Error, pymysql.err.Error) as error:
        reason = str(error.args[-1]).strip().splitlines()[-1]
        raise ServerError(f"cannot reach the server of {name} at {where}: {reason}; is it running?") from error
