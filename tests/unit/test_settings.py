"""Settings: the environment wins over the connection file, nothing is guessed, no value is repeated in an error."""

from pathlib import Path

import pytest

from local import connections
from local.accounts import ADMIN_NAMES
from local.errors import ServerError
from tidemark.settings import SettingsError, connection_file, given_connections, home_folder, load_settings

POSTGRES = "postgresql+psycopg://user:sesame@127.0.0.1:1/oltp"
MYSQL = "mysql+pymysql://user:sesame@127.0.0.1:2/warehouse?charset=utf8mb4"
PREFECT = "http://127.0.0.1:3/api"


def url_of(name: str) -> str:
    if name == "PREFECT_API_URL":
        return PREFECT
    return POSTGRES if name in {"OLTP_URL", "EXTRACT_URL", "APP_URL", "ASSOCIATE_URL"} else MYSQL


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without servers, and an environment that names none."""
    names = (*connections.NAMES, *connections.OPTIONAL_NAMES, *ADMIN_NAMES, "TIDEMARK_MARGIN_SECONDS")
    for name in names:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TIDEMARK_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def file(home: Path) -> Path:
    urls = {name: url_of(name) for name in connections.NAMES} | {"OLTP_ADMIN_URL": POSTGRES}
    connections.write(home / "connections.env", urls)
    return home / "connections.env"


def test_the_connection_file_is_read(file):
    settings = load_settings()
    assert settings.oltp_url == POSTGRES
    assert settings.warehouse_url == MYSQL
    assert settings.oltp_admin_url == POSTGRES
    assert settings.warehouse_admin_url is None
    assert settings.margin_seconds == 2


def test_the_environment_wins_over_the_file(file, monkeypatch):
    other = POSTGRES.replace("127.0.0.1", "db.example")
    monkeypatch.setenv("OLTP_URL", other)
    monkeypatch.setenv("TIDEMARK_MARGIN_SECONDS", "5.5")
    settings = load_settings()
    assert settings.oltp_url == other
    assert settings.extract_url == POSTGRES
    assert settings.margin_seconds == 5.5


def test_an_empty_variable_counts_as_none(file, monkeypatch):
    monkeypatch.setenv("OLTP_URL", "")
    assert load_settings().oltp_url == POSTGRES
    assert given_connections() == {}


def test_with_servers_of_ones_own_the_private_administrators_are_unknown(file, monkeypatch):
    for name in connections.NAMES:
        monkeypatch.setenv(name, url_of(name))
    assert load_settings().oltp_admin_url is None
    assert "OLTP_ADMIN_URL" not in load_settings().urls()


def test_with_servers_of_ones_own_a_damaged_file_does_not_matter(file, monkeypatch):
    file.write_text("half")
    for name in connections.NAMES:
        monkeypatch.setenv(name, url_of(name))
    assert load_settings().oltp_url == POSTGRES


def test_the_users_home_is_not_taken_for_tidemarks(file, home):
    assert load_settings().tidemark_home == home


def test_without_servers_the_error_says_how_to_get_them():
    with pytest.raises(SettingsError, match=r"is not set: start the private servers \(tidemark up\)"):
        load_settings()


def test_a_name_that_is_missing_in_the_file_is_told(file):
    file.write_text("".join(line for line in file.read_text().splitlines(True) if not line.startswith("LOAD_URL")))
    with pytest.raises(SettingsError, match="is incomplete, it lacks LOAD_URL: run `tidemark up`"):
        load_settings()


@pytest.mark.parametrize("length", range(70, 400, 11))
def test_a_file_cut_off_anywhere_is_refused(file, length):
    file.write_text(file.read_text()[:length])
    with pytest.raises((SettingsError, ServerError), match="`tidemark up`"):
        load_settings()


@pytest.mark.parametrize("line", ["OLTP_URL", "OLTP_URL=", "WRONG_URL=http://x", "=http://x"])
def test_a_damaged_line_is_told_by_its_number(file, line):
    file.write_text(f"{file.read_text()}{line}\n")
    number = len(file.read_text().splitlines())
    with pytest.raises(ServerError, match=f"line {number} is no line NAME=url"):
        load_settings()


@pytest.mark.parametrize("value", ["sesame", "oracle://user:sesame@host/db", "mysql+pymysql://user:sesame@host:x/db"])
def test_a_url_that_is_none_is_told_without_its_value(file, monkeypatch, value):
    monkeypatch.setenv("LOAD_URL", value)
    with pytest.raises(ServerError, match="LOAD_URL") as caught:
        load_settings()
    assert "sesame" not in str(caught.value)


def test_a_number_that_is_none_is_told(file, monkeypatch):
    monkeypatch.setenv("TIDEMARK_MARGIN_SECONDS", "-1")
    with pytest.raises(SettingsError, match=r"TIDEMARK_MARGIN_SECONDS is wrong: .*greater than or equal to 0"):
        load_settings()


def test_no_password_shows_in_a_printed_settings_object(file):
    assert "sesame" not in repr(load_settings())


def test_the_file_lies_beside_the_code_unless_the_home_is_moved(home, monkeypatch):
    assert connection_file() == home / "connections.env"
    monkeypatch.delenv("TIDEMARK_HOME")
    assert connection_file().parts[-2:] == ("local", "connections.env")
    assert home_folder().parts[-2:] == ("local", "data")
