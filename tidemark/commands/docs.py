"""`tidemark docs`: the documentation of the warehouse, as dbt writes it."""

from __future__ import annotations

import functools
import http.server
import sys
from pathlib import Path

import click


@click.command()
@click.option("--port", default=8080, show_default=True, help="Port on 127.0.0.1; the next free one when it is taken.")
@click.option("--write", type=click.Path(dir_okay=False, path_type=Path), help="Copy the page to this file and end.")
def docs(port: int, write: Path | None) -> None:
    """Write the dbt docs as one static page, and serve it."""
    from tidemark.workshop import open_workshop

    page = open_workshop().write_docs()
    if write:
        write.write_bytes(page.read_bytes())
        click.echo(f"wrote {write}")
        return
    handler = functools.partial(_QuietHandler, directory=str(page.parent))
    with _server(port, handler) as server:
        click.echo(f"dbt docs: http://127.0.0.1:{server.server_port}/{page.name} (Ctrl-C ends)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            sys.exit(0)


class _QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a request is no news."""


def _server(port: int, handler: functools.partial[_QuietHandler]) -> http.server.ThreadingHTTPServer:
    try:
        return http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError:
        return http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
