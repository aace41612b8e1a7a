"""What the app needs to know of its surroundings; `tidemark app` sets all of it."""

from functools import cache
from pathlib import Path

from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

REPOSITORY = Path(__file__).resolve().parent.parent


class AppSettings(BaseSettings):
    """Settings of the app, each an environment variable of the name in capitals. No secret has a default."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True, env_ignore_empty=True, hide_input_in_errors=True)

    app_url: str = Field(
        repr=False,
        validation_alias=AliasChoices("app_pages_url", "app_url"),
        description="PostgreSQL: users, sessions, logs, runs; as the account of the pages, else as the owner",
    )
    associate_url: str = Field(repr=False, description="PostgreSQL: enters data for the role associate")
    manager_url: str = Field(repr=False, description="MySQL: the views of the role manager")
    executive_url: str = Field(repr=False, description="MySQL: the views of the role executive")
    prefect_api_url: str = Field(description="Prefect's API, http://host:port/api")
    security_questions: bool = Field(False, description="whether three answers beside a reset code make a new password")
    oidc_server: str | None = Field(None, description="address of a provider's OpenID configuration; none: no OIDC")
    oidc_client_id: str = Field("", description="how the provider knows this app")
    oidc_client_secret: str = Field("", repr=False, description="what proves it")
    oidc_claim: str = Field("email", description="the claim that holds the user's name; an email must be verified")
    oidc_title: str = Field("your organisation's account", description="what people call the provider")
    tidemark_home: Path = Field(REPOSITORY / "local" / "data", description="folder of work files and of the app's key")

    @property
    def manifest(self) -> Path:
        """dbt's manifest of the warehouse, as the last run left it; a path without a file before the first one."""
        folder = self.tidemark_home / "work" / "dbt"
        files = [folder / target / "manifest.json" for target in ("mariadb", "mysql")]
        return max(files, key=lambda file: file.stat().st_mtime if file.is_file() else 0.0)

    @property
    def key_file(self) -> Path:
        """The key that second factors are encrypted with."""
        return self.tidemark_home / "app.key"

    def warehouse_url(self, role: str) -> str:
        """The account by which a role reads the warehouse; raises KeyError for a role that reads none."""
        return {"manager": self.manager_url, "executive": self.executive_url}[role]


@cache
def settings() -> AppSettings:
    """The settings of this process."""
    return AppSettings()  # type: ignore[call-arg]  # the environment gives all of them
