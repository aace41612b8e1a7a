"""The settings of Tidemark: from the environment, then from the file that the private servers leave."""

import os
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from local import connections
from local.accounts import ADMIN_NAMES, STAND_INS
from local.given import parse

REPOSITORY = Path(__file__).resolve().parent.parent


class SettingsError(RuntimeError):
    """A setting is missing or wrong; the message names it, and never its value."""


def home_folder() -> Path:
    """The git-ignored folder of the private servers and of everything that a run leaves behind (TIDEMARK_HOME)."""
    return Path(os.environ.get("TIDEMARK_HOME") or REPOSITORY / "local" / "data").expanduser().absolute()


def connection_file() -> Path:
    """Where the private servers' addresses lie: local/connections.env, or in the folder that TIDEMARK_HOME names."""
    chosen = os.environ.get("TIDEMARK_HOME")
    return home_folder() / "connections.env" if chosen else REPOSITORY / "local" / "connections.env"


def given_connections() -> dict[str, str]:
    """The addresses that the environment names; an empty variable counts as none."""
    names = (*connections.NAMES, *connections.OPTIONAL_NAMES)
    return {name: os.environ[name] for name in names if os.environ.get(name)}


class Settings(BaseSettings):
    """All settings. Each can be given as an environment variable of the name in capitals, or of the alias shown.

    URLs are in SQLAlchemy form; none has a default, since each holds a password. `tidemark up` provides all of them.
    """

    model_config = SettingsConfigDict(extra="ignore", frozen=True, env_ignore_empty=True, hide_input_in_errors=True)

    oltp_url: str = Field(repr=False, description="PostgreSQL: owner of the schema superstore")
    extract_url: str = Field(
        repr=False, description="PostgreSQL: reads the schema superstore and the server's activity"
    )
    associate_url: str = Field(repr=False, description="PostgreSQL: enters data, for the role associate")
    app_url: str = Field(repr=False, description="PostgreSQL: owner of the database app: users, settings, runs")
    app_pages_url: str | None = Field(
        None, repr=False, description="PostgreSQL: the pages' own account in the database app; else app_url serves them"
    )
    load_url: str = Field(repr=False, description="MySQL: writes staging and quarantine")
    build_url: str = Field(repr=False, description="MySQL: reads staging, writes the build databases")
    publish_url: str = Field(repr=False, description="MySQL: reads the build databases, writes the live ones")
    warehouse_url: str = Field(repr=False, description="MySQL: reads every warehouse database")
    manager_url: str = Field(repr=False, description="MySQL: reads the manager's views")
    executive_url: str = Field(repr=False, description="MySQL: reads the executive's views")
    shop_url: str = Field(repr=False, description="MySQL: owner of the database shop")
    shop_extract_url: str | None = Field(
        None, repr=False, description="MySQL: reads the database shop and the server's activity; else shop_url does"
    )
    prefect_api_url: str = Field(description="Prefect's API, http://host:port/api")
    oltp_admin_url: str | None = Field(None, repr=False, description="administrator of the private PostgreSQL only")
    warehouse_admin_url: str | None = Field(None, repr=False, description="administrator of the private MariaDB only")

    query_log_days: int = Field(400, ge=1, description="how long the app's logs of queries and of sign-ins are kept")
    tidemark_home: Path = Field(
        default_factory=home_folder, description="folder of the private servers and of all work files"
    )
    dbt_project_dir: Path = Field(
        REPOSITORY / "dbt_project", validation_alias="TIDEMARK_DBT_PROJECT", description="folder of the dbt project"
    )
    profiles: Path = Field(
        REPOSITORY / "profiles.example.yml", validation_alias="TIDEMARK_DBT_PROFILES", description="dbt's profiles"
    )
    margin_seconds: float = Field(
        2.0,
        ge=0,
        validation_alias="TIDEMARK_MARGIN_SECONDS",
        description="how far the watermark stays behind the oldest open transaction, for clocks that step",
    )
    idle_warning_minutes: float = Field(
        15.0,
        gt=0,
        validation_alias="TIDEMARK_IDLE_WARNING_MINUTES",
        description="a transaction open for so long in a source is named in a warning",
    )
    blind_reconcile_hours: float = Field(
        6.0,
        gt=0,
        validation_alias="TIDEMARK_BLIND_RECONCILE_HOURS",
        description="how often a run also reconciles a source whose open transactions it cannot see",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - pydantic passes all sources by name
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the connection file."""
        return env_settings, init_settings

    def urls(self) -> dict[str, str]:
        """Every connection by its name in capitals; an administrator's only on private servers."""
        names = (*connections.NAMES, *connections.OPTIONAL_NAMES, *ADMIN_NAMES)
        found = {name: getattr(self, name.lower()) for name in names}
        return connections.completed({name: url for name, url in found.items() if url is not None})


def load_settings() -> Settings:
    """The settings of this process; raises SettingsError when one is missing or wrong."""
    given = given_connections()
    stored = {} if all(name in given for name in connections.NAMES) else _stored_connections()
    values: dict[str, Any] = {name.lower(): url for name, url in stored.items()}
    try:
        settings = Settings(**values)
    except ValidationError as error:
        first = error.errors()[0]
        raise SettingsError(f"the setting {'.'.join(map(str, first['loc']))} is wrong: {first['msg']}") from error
    for name, url in settings.urls().items():
        if name != "PREFECT_API_URL":
            parse(name, url)
    return settings


def _stored_connections() -> dict[str, str]:
    """The connection file, which must hold every name that the environment lacks."""
    file = connection_file()
    stored = connections.read(file)
    missing = [name for name in connections.NAMES if name not in stored and name not in given_connections()]
    if missing and not stored:
        raise SettingsError(
            f"{missing[0]} is not set: start the private servers (tidemark up), or name your own in the environment"
        )
    if missing:
        raise SettingsError(f"{file} is incomplete, it lacks {', '.join(missing)}: run `tidemark up` to write it anew")
    # an optional address belongs to the server of the one that stands in for it, which the environment may name
    return {name: url for name, url in stored.items() if STAND_INS.get(name) not in given_connections()}
