"""The addresses of the private servers, and the file that tells them to other programs."""

from collections.abc import Mapping
from pathlib import Path

from local.accounts import (
    ADMIN_NAMES,
    MYSQL_ACCOUNTS,
    MYSQL_ADMIN,
    MYSQL_NAMES,
    POSTGRES_ACCOUNTS,
    POSTGRES_ADMIN,
    POSTGRES_NAMES,
    PREFECT_NAMES,
    STAND_INS,
)
from local.errors import ServerError
from local.files import write_private
from local.memory import Memory

NAMES = (*POSTGRES_NAMES, *MYSQL_NAMES, *PREFECT_NAMES)
OPTIONAL_NAMES = tuple(STAND_INS)
FILE_HEADER = "# Written by `tidemark up`: the private servers of this machine. Keep it to yourself.\n"


def connections(memory: Memory) -> dict[str, str]:
    """Every name with its URL in SQLAlchemy form."""
    postgres = f"127.0.0.1:{memory.ports['postgres']}"
    mysql = f"127.0.0.1:{memory.ports['mariadb']}"
    passwords = memory.passwords
    found = {
        account.url_name: f"postgresql+psycopg://{account.user}:{passwords[account.user]}@{postgres}/{account.database}"
        for account in POSTGRES_ACCOUNTS
    }
    for account in MYSQL_ACCOUNTS:
        found[account.url_name] = (
            f"mysql+pymysql://{account.user}:{passwords[account.user]}@{mysql}/{account.database}?{account.url_option}"
        )
    found["OLTP_ADMIN_URL"] = f"postgresql+psycopg://{POSTGRES_ADMIN}:{passwords[POSTGRES_ADMIN]}@{postgres}/oltp"
    found["WAREHOUSE_ADMIN_URL"] = (
        f"mysql+pymysql://{MYSQL_ADMIN}:{passwords[MYSQL_ADMIN]}@{mysql}/warehouse?charset=utf8mb4"
    )
    found["PREFECT_API_URL"] = f"http://127.0.0.1:{memory.ports['prefect']}/api"
    return found


def completed(found: Mapping[str, str]) -> dict[str, str]:
    """The connections, each optional one that is missing with the URL of the account that stands in for it."""
    missing = {name: found[other] for name, other in STAND_INS.items() if name not in found and other in found}
    return {**found, **missing}


def write(path: Path, found: Mapping[str, str]) -> None:
    """Write the connection file, mode 0600, whole or not at all."""
    write_private(path, FILE_HEADER + "".join(f"{name}={url}\n" for name, url in sorted(found.items())))


def read(path: Path) -> dict[str, str]:
    """The names and URLs of a connection file, {} when there is none; raises ServerError when it is damaged."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise ServerError(f"cannot read {path}: {error}; `tidemark up` writes it anew") from error
    if not text.endswith("\n"):
        raise ServerError(f"{path} is cut off in its last line: run `tidemark up` to write it anew")
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, separator, url = line.partition("=")
        if not separator or name not in (*NAMES, *OPTIONAL_NAMES, *ADMIN_NAMES) or "://" not in url:
            raise ServerError(f"{path}, line {number} is no line NAME=url: run `tidemark up`, which writes it anew")
        found[name] = url.strip()
    return found
