"""The private Prefect server: its web server alone, with a folder and an SQLite database of its own, no telemetry."""

import json
import os
import sys
import urllib.error
import urllib.request

from local.errors import ServerError
from local.layout import Layout
from local.memory import Memory
from local.processes import Command


def prepare(layout: Layout, memory: Memory) -> None:  # noqa: ARG001 - the servers are prepared alike
    """Create Prefect's folder."""
    layout.data_folder("prefect").mkdir(mode=0o700, exist_ok=True)


def clear_stale_files(layout: Layout) -> None:
    """Prefect leaves no lock behind."""


def command(layout: Layout, memory: Memory) -> Command:
    """How the server is started: as one process, which `prefect server start` would only wrap in another."""
    port = str(memory.ports["prefect"])
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment = {
        **inherited,
        "PREFECT_HOME": str(layout.data_folder("prefect")),
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_SERVER_API_PORT": port,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",  # no flow here uses blocks; it costs a second
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        "DO_NOT_TRACK": "1",
    }
    arguments = [sys.executable, "-m", "uvicorn", "--factory", "prefect.server.api.server:create_app"]
    arguments += ["--host", "127.0.0.1", "--port", port, "--log-level", "warning", "--timeout-graceful-shutdown", "3"]
    return Command(arguments, None, environment)


def answers(memory: Memory) -> bool:
    """Whether the server says that it is healthy; raises ServerError when something else listens on its port."""
    return is_healthy(f"http://127.0.0.1:{memory.ports['prefect']}/api")


def is_healthy(api_url: str) -> bool:
    """Whether a Prefect server answers at an address; raises ServerError when something else does."""
    if not api_url.startswith(("http://", "https://")):
        raise ServerError("PREFECT_API_URL is no web address: it must begin with http:// or https://")
    try:
        with urllib.request.urlopen(f"{api_url}/health", timeout=5) as response:  # noqa: S310 - checked above
            healthy: bool = json.load(response) is True
    except (urllib.error.HTTPError, ValueError) as error:
        raise ServerError(
            f"what answers at {api_url} is no Prefect server: stop it, or start with --new-ports"
        ) from error
    except OSError:
        return False
    return healthy


def settle(memory: Memory) -> None:
    """Prefect's server has no accounts."""
