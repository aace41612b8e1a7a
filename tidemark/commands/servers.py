"""`tidemark up`, `down` and `status`: the private servers of this machine."""

import json
from dataclasses import asdict

import click

from local import servers
from tidemark.settings import connection_file, given_connections, home_folder


def _print_states(states: list[servers.Status], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([asdict(state) for state in states], indent=1))
        return
    for state in states:
        where = state.address or ("named by the environment" if state.state == "given" else "-")
        click.echo(f"{state.server:<10} {state.state:<12} {where}")


@click.command()
@click.option("--new-ports", is_flag=True, help="Choose other ports for the servers that do not run.")
@click.option("--json", "as_json", is_flag=True, help="Print the state of each server as JSON.")
def up(new_ports: bool, as_json: bool) -> None:
    """Start the private servers.

    They are PostgreSQL, MariaDB and Prefect, on loopback ports; local/connections.env tells where. Started twice, the
    same servers go on. A server whose URLs the environment names is only checked: it is never started, stopped or
    reset.
    """
    given = given_connections()
    found = servers.up(home_folder(), connection_file(), given, new_ports)
    if "OLTP_URL" not in given:
        from oltp import superstore

        superstore.install(found["OLTP_URL"])
    if "SHOP_URL" not in given:
        from oltp import shop

        shop.install(found["SHOP_URL"])
    _print_states(servers.status(home_folder(), given), as_json)


@click.command()
@click.option("--delete", is_flag=True, help="Also delete them, with all their data, ports and passwords.")
@click.option("--json", "as_json", is_flag=True, help="Print the names of the stopped servers as JSON.")
def down(delete: bool, as_json: bool) -> None:
    """Stop the private servers; their data stays.

    Only those that `tidemark up` started are stopped, and no others.
    """
    stopped = servers.down(home_folder())
    if delete:
        servers.delete(home_folder())
        connection_file().unlink(missing_ok=True)
    if as_json:
        click.echo(json.dumps({"stopped": stopped}))
    else:
        click.echo(f"stopped {', '.join(stopped)}" if stopped else "no private server was running")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def status(as_json: bool) -> None:
    """Show each server's address and state.

    The exit code is 1 when one of them is not running.
    """
    states = servers.status(home_folder(), given_connections())
    _print_states(states, as_json)
    if any(state.state not in ("running", "given") for state in states):
        raise click.exceptions.Exit(1)
