"""`tidemark app`: the pages for everybody."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys

import click

PORT = 8501
SEAL_SECONDS = 20
APP_NAMES = ("APP_URL", "ASSOCIATE_URL", "MANAGER_URL", "EXECUTIVE_URL", "PREFECT_API_URL")
ALL_NAMES = ("OLTP_URL", "EXTRACT_URL", "LOAD_URL", "BUILD_URL", "PUBLISH_URL", "WAREHOUSE_URL", "SHOP_URL")


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Port; 8501, or the next free one, if not given.")
@click.option("--address", default="127.0.0.1", show_default=True, help="Address to listen on.")
def app(port: int | None, address: str) -> None:
    """Serve the app, and seal the record of changes meanwhile.

    The pages get the connections of the roles alone; those of the jobs stay with this command.
    """
    from app.databases import install
    from tidemark.settings import load_settings

    settings = load_settings()
    install(settings.app_url)
    chosen = _port(address, port)
    urls = settings.urls()
    environment = {name: value for name, value in os.environ.items() if name not in (*ALL_NAMES, *APP_NAMES)}
    environment |= {name: urls[name] for name in APP_NAMES} | {"TIDEMARK_HOME": str(settings.tidemark_home)}
    server = [sys.executable, "-m", "uvicorn", "app.server:app", "--host", address, "--port", str(chosen)]
    server += ["--log-level", "warning", "--no-server-header", "--no-access-log"]
    sealer = [sys.executable, "-m", "tidemark", "audit", "seal", "--every", str(SEAL_SECONDS)]
    click.echo(f"Tidemark: http://{'localhost' if address == '127.0.0.1' else address}:{chosen} (Ctrl-C ends)")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service manager stops it as Ctrl-C does
    with subprocess.Popen(server, env=environment) as pages, subprocess.Popen(sealer) as sealing:
        try:
            code = pages.wait()
        except KeyboardInterrupt:
            code = 0
        finally:
            for process in (pages, sealing):
                process.terminate()
    if code > 0:
        raise click.ClickException(f"the app's server ended with code {code}; its last lines above say why")


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
