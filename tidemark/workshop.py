"""The surroundings of a run, from the settings."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tidemark.settings import load_settings

if TYPE_CHECKING:
    from flows.workshop import Workshop

# Prefect reads these when it is first imported. Its own log lines go to its server, not over the progress bar.
PREFECT = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
}


def open_workshop() -> Workshop:
    """The workshop that the settings describe; call it before anything imports Prefect."""
    settings = load_settings()
    work_dir = settings.tidemark_home / "work"
    (work_dir / "prefect").mkdir(parents=True, exist_ok=True)
    environment = PREFECT | {"PREFECT_API_URL": settings.prefect_api_url, "PREFECT_HOME": str(work_dir / "prefect")}
    for name, value in environment.items():
        os.environ.setdefault(name, value)
    from flows.workshop import Workshop

    return Workshop(
        urls=settings.urls(),
        project_dir=settings.dbt_project_dir,
        profiles=settings.profiles,
        work_dir=work_dir,
        margin_seconds=settings.margin_seconds,
        idle_warning_minutes=settings.idle_warning_minutes,
        blind_reconcile_hours=settings.blind_reconcile_hours,
    )
