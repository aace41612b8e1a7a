"""Private servers: the same ones again, also after a kill, and never anybody else's."""

import json
import os
import signal
import socket
import stat
import subprocess
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import psutil
import psycopg
import pymysql
import pytest
import sqlalchemy as sa

from local import connections, mariadb
from local.errors import ServerError
from local.memory import recall
from local.servers import delete, down, status, up


def pids(home: Path) -> dict[str, int]:
    return {state.server: state.pid for state in status(home) if state.pid}


def rows(url: str, *statements: str) -> list[tuple]:
    engine = sa.create_engine(url, poolclass=sa.pool.NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            result = connection.execute(sa.text(statement))
        return [tuple(row) for row in result] if result.returns_rows else []


@pytest.fixture(scope="module")
def prefect_only(servers: Mapping[str, str]) -> dict[str, str]:
    """The tests' Prefect as a server that the environment names: the databases of another home start in seconds."""
    return {"PREFECT_API_URL": servers["PREFECT_API_URL"]}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("servers") / "home"
    yield folder
    delete(folder)


@pytest.fixture
def running(home: Path, prefect_only: dict[str, str]) -> dict[str, str]:
    return up(home, given=prefect_only)


def test_started_twice_are_the_same_servers(home, running, prefect_only):
    before = pids(home)
    assert up(home, given=prefect_only) == running
    assert pids(home) == before
    assert set(before) == {"postgres", "mariadb"}


def test_every_name_has_a_url_that_connects(servers):
    assert set(servers) == {*connections.NAMES, *connections.OPTIONAL_NAMES, "OLTP_ADMIN_URL", "WAREHOUSE_ADMIN_URL"}
    for name, url in servers.items():
        if name != "PREFECT_API_URL":
            assert rows(url, "select 1") == [(1,)], name


def test_killed_servers_start_again_with_ports_passwords_and_data(home, running, prefect_only):
    rows(running["APP_URL"], "create table if not exists kept as select 'é'::text as word")
    rows(running["SHOP_URL"], "create or replace table kept as select 'é' as word")
    before = pids(home)
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    assert up(home, given=prefect_only) == running
    assert rows(running["APP_URL"], "select word from kept") == [("é",)]
    assert rows(running["SHOP_URL"], "select word from kept") == [("é",)]
    assert not set(before.values()) & set(pids(home).values())


def test_a_second_start_waits_for_the_first(home, running, prefect_only):
    down(home)
    found = []
    starts = [threading.Thread(target=lambda: found.append(up(home, given=prefect_only))) for _ in range(2)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert found == [running, running]


def test_down_stops_the_servers_and_keeps_their_data(home, running, prefect_only):
    rows(running["APP_URL"], "drop table if exists kept", "create table kept as select 1 as one")
    processes = [psutil.Process(pid) for pid in pids(home).values()]
    assert sorted(down(home)) == ["mariadb", "postgres"]
    assert not any(process.is_running() for process in processes)
    assert {state.state for state in status(home)} == {"stopped"}
    assert down(home) == []
    up(home, given=prefect_only)
    assert rows(running["APP_URL"], "select one from kept") == [(1,)]


def test_down_leaves_a_process_alone_that_took_over_a_number(home, running, prefect_only):
    down(home)
    with subprocess.Popen(["sleep", "60"]) as other:
        (home / "run" / "postgres.json").write_text(json.dumps({"pid": other.pid, "started": 1.0}))
        assert down(home) == []
        assert other.poll() is None
        other.kill()


def test_a_server_whose_start_was_not_recorded_is_found_again(home, running, prefect_only):
    before = pids(home)
    (home / "run" / "mariadb.json").unlink()
    assert up(home, given=prefect_only) == running
    assert pids(home) == before


def test_a_taken_port_is_told_and_other_ports_can_be_chosen(home, running, prefect_only):
    down(home)
    port = recall(home).ports["postgres"]
    with socket.create_server(("127.0.0.1", port)):
        with pytest.raises(ServerError, match=f"port {port}.* is taken by another program: .*--new-ports"):
            up(home, given=prefect_only)
        assert pids(home) == {}
        moved = up(home, given=prefect_only, new_ports=True)
    assert f":{port}/" not in moved["OLTP_URL"]
    assert rows(moved["OLTP_URL"], "select 1") == [(1,)]


def test_when_one_server_cannot_start_none_is_left_running(home, running, prefect_only, monkeypatch):
    down(home)
    monkeypatch.setitem(mariadb.SETTINGS, "no-such-setting", "1")
    with pytest.raises(ServerError, match=r"MariaDB does not start: .*no-such-setting"):
        up(home, given=prefect_only)
    assert pids(home) == {}


def test_without_mariadb_one_sentence_says_what_to_install(tmp_path, prefect_only, monkeypatch):
    monkeypatch.setattr(mariadb, "SYSTEM_FOLDERS", "/nowhere")
    monkeypatch.setenv("PATH", "/nowhere:/bin")
    monkeypatch.setattr(mariadb.shutil, "which", lambda name, path: None)
    new = tmp_path / "home"
    with pytest.raises(ServerError, match="mariadbd is not installed: install MariaDB"):
        up(new, given=prefect_only)
    assert pids(new) == {}
    assert not (new / "connections.env").exists()
    delete(new)


def test_the_connection_file_is_private_and_mended_when_cut_off(home, running, prefect_only):
    file = home / "connections.env"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    whole = file.read_text()
    file.write_text(whole[: len(whole) // 2])
    with pytest.raises(ServerError, match="is cut off in its last line: run `tidemark up`"):
        connections.read(file)
    up(home, given=prefect_only)
    assert file.read_text() == whole
    assert connections.read(file) | prefect_only == running


def test_a_folder_that_cannot_be_written_is_told(tmp_path, prefect_only):
    (tmp_path / "file").write_text("")
    with pytest.raises(ServerError, match=r"cannot create .*Not a directory; set TIDEMARK_HOME"):
        up(tmp_path / "file" / "home", given=prefect_only)


def test_given_servers_are_used_and_nothing_is_started(servers, tmp_path):
    given = {name: servers[name] for name in connections.NAMES}
    assert up(tmp_path / "home", given=given) == given
    assert not (tmp_path / "home").exists()
    assert {state.state for state in status(tmp_path / "home", given)} == {"given"}


def test_a_given_server_with_a_wrong_password_is_told_without_the_password(servers, tmp_path):
    given = {name: servers[name] for name in connections.NAMES}
    url = sa.make_url(given["EXTRACT_URL"]).set(password="sesame")
    given["EXTRACT_URL"] = url.render_as_string(hide_password=False)
    with pytest.raises(ServerError, match=r"server of EXTRACT_URL at 127.0.0.1:.*password authentication") as caught:
        up(tmp_path / "home", given=given)
    assert "sesame" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_given_server_that_is_down_is_told(servers, tmp_path):
    given = {name: servers[name] for name in connections.NAMES}
    given["LOAD_URL"] = sa.make_url(given["LOAD_URL"]).set(port=1).render_as_string(hide_password=False)
    with pytest.raises(ServerError, match=r"cannot reach the server of LOAD_URL at 127.0.0.1:1: .*; is it running\?"):
        up(tmp_path / "home", given=given)


def test_a_server_given_in_part_is_refused(servers, tmp_path):
    with pytest.raises(ServerError, match="names PostgreSQL only in part: set APP_URL, "):
        up(tmp_path / "home", given={"OLTP_URL": servers["OLTP_URL"]})


def test_prefect_starts_again_after_a_kill(servers, tmp_path):
    given = {name: url for name, url in servers.items() if name in connections.NAMES and name != "PREFECT_API_URL"}
    try:
        first = up(tmp_path / "home", given=given)
        pid = pids(tmp_path / "home")["prefect"]
        assert psutil.Process(pid).environ()["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
        os.kill(pid, signal.SIGKILL)
        assert up(tmp_path / "home", given=given) == first
        assert [state.state for state in status(tmp_path / "home", given)] == ["given", "given", "running"]
    finally:
        delete(tmp_path / "home")


def test_a_stranger_on_the_port_of_mariadb_gets_no_rights(running):
    """No anonymous account, no administrator without a password, none that another machine could use."""
    admin = running["WAREHOUSE_ADMIN_URL"]
    found = rows(admin, "select user, host from mysql.user where user = '' or (user = 'root' and host <> '127.0.0.1')")
    assert found == []
    url = sa.make_url(admin)
    for user in ("", "root"):
        with pytest.raises(pymysql.err.OperationalError, match="Access denied"):
            pymysql.connect(host="127.0.0.1", port=url.port, user=user, password="")


def test_postgres_asks_everyone_for_a_password(running):
    url = sa.make_url(running["OLTP_ADMIN_URL"])
    with pytest.raises(psycopg.OperationalError, match=r"no password supplied|password authentication failed"):
        psycopg.connect(host="127.0.0.1", port=url.port, user="postgres", dbname="postgres", passfile="/nowhere")


def test_the_servers_listen_on_loopback_alone(home, running):
    for pid in pids(home).values():
        listening = [c.laddr.ip for c in psutil.Process(pid).net_connections() if c.status == psutil.CONN_LISTEN]
        assert listening == ["127.0.0.1"]
