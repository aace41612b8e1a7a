"""The private MariaDB, from the programs that the system's package manager installed."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pymysql

from local.accounts import MYSQL_ACCOUNTS, MYSQL_ADMIN, MYSQL_DATABASES, MysqlAccount
from local.errors import ServerError
from local.layout import Layout, new_folder
from local.memory import Memory
from local.processes import Command, identity

ROLE_VIEWS = Path(__file__).resolve().parent.parent / "warehouse" / "sql" / "role_views.sql"
COLLATION = "utf8mb4_nopad_bin"
SQL_MODE = (
    "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,"
    "NO_ENGINE_SUBSTITUTION"
)
SETTINGS = {
    "bind-address": "127.0.0.1",
    "socket": "",  # socket paths are limited to 107 bytes, folders of clones are not
    "character-set-server": "utf8mb4",
    "collation-server": COLLATION,
    "sql-mode": SQL_MODE,
    "default-time-zone": "+00:00",
    "local-infile": "1",
    "lock-wait-timeout": "50",
    "max-allowed-packet": "64M",
    "innodb-buffer-pool-size": "1G",
    "innodb-log-file-size": "512M",
    "innodb-flush-log-at-trx-commit": "2",
    "innodb-autoinc-lock-mode": "2",
    "innodb-file-per-table": "1",
}
SYSTEM_FOLDERS = "/usr/sbin:/usr/local/sbin:/sbin:/opt/homebrew/bin:/usr/local/bin"
ENVIRONMENT = {"PATH": f"{os.defpath}:{SYSTEM_FOLDERS}", "LC_ALL": "C", "TZ": "UTC"}
ACCESS_DENIED = 1045


def program(name: str) -> str:
    """The path of one of MariaDB's programs; raises ServerError when MariaDB is not installed."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}:{SYSTEM_FOLDERS}")
    if found is None:
        raise ServerError(
            f"{name} is not installed: install MariaDB 10.11 or later (make demo does it by apt or brew; "
            "apt-get install mariadb-server-core mariadb-client-core)"
        )
    return found


def prepare(layout: Layout, memory: Memory) -> None:  # noqa: ARG001 - the servers are prepared alike
    """Create the data folder if there is none: in a folder aside that is renamed when complete."""
    program("mariadbd")
    new_folder(layout, TEMPORARY)
    data = layout.data_folder("mariadb")
    if data.is_dir():
        return
    installer = program("mariadb-install-db")
    unfinished = new_folder(layout, "mariadb.new")
    arguments = [installer, "--no-defaults", f"--datadir={unfinished}", "--auth-root-authentication-method=normal"]
    arguments += ["--skip-test-db", "--skip-name-resolve"]
    done = subprocess.run(
        arguments, capture_output=True, text=True, cwd="/", env=ENVIRONMENT, check=False, **identity(layout.account)
    )
    if done.returncode != 0:
        shutil.rmtree(unfinished, ignore_errors=True)
        lines = [line for line in done.stderr.splitlines() if "ERROR" in line] or ["it left no message"]
        raise ServerError(f"cannot create the private MariaDB: {lines[0].strip()}")
    unfinished.rename(data)


# A MariaDB that starts deletes all temporary tables in its folder for them, also those of another that shares it.
TEMPORARY = "mariadb.tmp"


def _init_file(layout: Layout) -> Path:
    return layout.data / "mariadb.init.sql"


def write_init_file(layout: Layout, memory: Memory) -> None:
    """Write the statements that the server runs before it listens: only the administrator, with the password, is left.

    So there is no moment in which an account without a password can be reached.
    """
    path = _init_file(layout)
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    if layout.account is not None:
        shutil.chown(path, layout.account)
    path.write_text(
        "delete from mysql.global_priv where User = '' or (User = 'root' and Host <> '127.0.0.1');\n"
        "flush privileges;\n"
        f"create or replace user root@'127.0.0.1' identified by '{memory.passwords[MYSQL_ADMIN]}';\n"
        "grant all privileges on *.* to root@'127.0.0.1' with grant option;\n"
    )


def clear_stale_files(layout: Layout) -> None:
    """Remove the file that held the administrator's password for the server's start."""
    _init_file(layout).unlink(missing_ok=True)


def command(layout: Layout, memory: Memory) -> Command:
    """How the server is started."""
    data = layout.data_folder("mariadb")
    settings = {"datadir": data, "port": memory.ports["mariadb"], "pid-file": data / "mariadbd.pid", **SETTINGS}
    settings |= {"init-file": _init_file(layout), "tmpdir": layout.data / TEMPORARY}
    arguments = [program("mariadbd"), "--no-defaults", *(f"--{name}={value}" for name, value in settings.items())]
    return Command([*arguments, "--skip-log-bin", "--skip-name-resolve"], layout.account, ENVIRONMENT)


def connect(memory: Memory) -> pymysql.Connection:
    """A connection of the administrator."""
    return pymysql.connect(
        host="127.0.0.1",
        port=memory.ports["mariadb"],
        user=MYSQL_ADMIN,
        password=memory.passwords[MYSQL_ADMIN],
        charset="utf8mb4",
        connect_timeout=5,
        autocommit=True,
    )


def answers(memory: Memory) -> bool:
    """Whether the server takes connections of its administrator; raises ServerError when it is another's."""
    try:
        connect(memory).close()
    except pymysql.err.OperationalError as error:
        if error.args[0] == ACCESS_DENIED:
            raise ServerError(
                f"the MariaDB on port {memory.ports['mariadb']} refuses the remembered password: "
                "is it another one's? stop it, or start with --new-ports"
            ) from error
        return False
    return True


def settle(memory: Memory) -> None:
    """Create the databases and accounts that are missing, and set every password and right anew."""
    with connect(memory) as connection, connection.cursor() as cursor:
        for name in MYSQL_DATABASES:
            cursor.execute(f"create database if not exists `{name}` character set utf8mb4 collate {COLLATION}")
        for account in MYSQL_ACCOUNTS:
            _settle_account(cursor, account, memory.passwords[account.user])
        for statement in statements_of(ROLE_VIEWS):
            cursor.execute(statement)


def statements_of(script: Path) -> list[str]:
    """The statements of a script of the `mysql` client, which may set another delimiter."""
    delimiter, statements, lines = ";", [], list[str]()
    for line in script.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"delimiter\s+(\S+)\s*$", line, re.IGNORECASE):
            delimiter = match.group(1)
        elif line.rstrip().endswith(delimiter):
            statements.append("\n".join([*lines, line.rstrip().removesuffix(delimiter)]).strip())
            lines.clear()
        else:
            lines.append(line)
    return statements


def _settle_account(cursor: pymysql.cursors.Cursor, account: MysqlAccount, password: str) -> None:
    user = f"`{account.user}`@'%'"
    cursor.execute(f"create user if not exists {user}")
    cursor.execute(f"alter user {user} identified by '{password}'")
    for rights, databases in account.rights.items():
        for database in databases:
            escaped = database.replace("_", r"\_")  # in a grant, an underscore stands for any character
            place = "*" if database == "*" else f"`{escaped}`"
            cursor.execute(f"grant {rights} on {place}.* to {user}")
