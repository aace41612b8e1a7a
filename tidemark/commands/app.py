"""`tidemark app`: the pages for everybody."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tidemark.settings import Settings

PORT = 8501
SEAL_SECONDS = 20
UPKEEP_SECONDS = 3600
APP_NAMES = ("APP_PAGES_URL", "ASSOCIATE_URL", "MANAGER_URL", "EXECUTIVE_URL", "PREFECT_API_URL")


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Port; 8501, or the next free one, if not given.")
@click.option("--address", default="127.0.0.1", show_default=True, help="Address to listen on.")
def app(port: int | None, address: str) -> None:
    """Serve the app; meanwhile seal the record of changes, and delete what was kept for long enough.

    The pages get the connections of the roles and their own one alone; those of owners and jobs stay with this command.
    """
    from app.databases import install
    from tidemark.settings import load_settings

    settings = load_settings()
    install(settings.app_url, settings.app_pages_url)
    chosen = _port(address, port)
    urls = settings.urls()
    environment = {name: value for name, value in os.environ.items() if name not in urls}
    environment |= {name: urls[name] for name in APP_NAMES} | {"TIDEMARK_HOME": str(settings.tidemark_home)}
    server = [sys.executable, "-m", "uvicorn", "app.server:app", "--host", address, "--port", str(chosen)]
    server += ["--log-level", "warning", "--no-server-header", "--no-access-log"]
    sealer = [sys.executable, "-m", "tidemark", "audit", "seal", "--every", str(SEAL_SECONDS)]
    click.echo(f"Tidemark: http://{'localhost' if address == '127.0.0.1' else address}:{chosen} (Ctrl-C ends)")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service manager stops it as Ctrl-C does
    with subprocess.Popen(server, env=environment) as pages, subprocess.Popen(sealer) as sealing:
        try:
            code = _serve(pages, settings)
        except KeyboardInterrupt:
            code = 0
        finally:
            for process in (pages, sealing):
                process.terminate()
    if code > 0:
        raise click.ClickException(f"the app's server ended with code {code}; its last lines above say why")


def _serve(pages: subprocess.Popen[bytes], settings: Settings) -> int:
    """Wait for the end of the pages, and delete what is too old once in an hour; returns their exit code."""
    while True:
        _forget_old(settings)
        try:
            return pages.wait(timeout=UPKEEP_SECONDS)
        except subprocess.TimeoutExpired:
            continue


def _forget_old(settings: Settings) -> None:
    from sqlalchemy.exc import OperationalError

    from app.databases import engine
    from app.upkeep import forget_old

    try:
        forget_old(engine(settings.app_url), settings.query_log_days)
    except OperationalError:
        click.echo("warning: the database of the app does not answer: what is too old is deleted later", err=True)


def _port(address: str, wanted: int | None) -> int:
    for port in [wanted] if wanted else range(PORT, PORT + 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, port))
            except OSError:
                continue
            return port
    raise click.ClickException(
        f"port {wanted} is taken: choose another with --port" if wanted else f"no port from {PORT} on is free"
    )
