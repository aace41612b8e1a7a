"""The command line: a thin layer over the functions that the flows call too."""

import importlib
import os
import sys
import traceback

import click

from flows.errors import sentence

COMMANDS = {
    "up": "tidemark.commands.servers:up",
    "down": "tidemark.commands.servers:down",
    "status": "tidemark.commands.servers:status",
    "seed": "tidemark.commands.seed:seed",
    "load": "tidemark.commands.load:load",
    "run": "tidemark.commands.run:run",
    "reconcile": "tidemark.commands.reconcile:reconcile",
    "publish": "tidemark.commands.publish:publish",
    "partitions": "tidemark.commands.partitions:partitions",
    "docs": "tidemark.commands.docs:docs",
    "ask": "tidemark.commands.ask:ask",
    "eval": "tidemark.commands.eval:evaluate_files",
    "app": "tidemark.commands.app:app",
    "serve": "tidemark.commands.serve:serve",
    "user": "tidemark.commands.user:user",
    "audit": "tidemark.commands.audit:audit",
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called: dbt and Prefect alone take ten seconds."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names of all commands, in the order of their use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a name, None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tidemark")
@click.option("--debug", is_flag=True, envvar="TIDEMARK_DEBUG", help="Show the traceback of an error.")
@click.pass_context
def cli(context: click.Context, debug: bool) -> None:
    """Keep a star schema in MySQL equal to the transactional databases that feed it, and prove it."""
    context.obj = {"debug": debug}


def main() -> None:
    """Run a command; an error is one sentence on stderr and exit code 1."""
    try:
        code = cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("error: stopped by the user", err=True)
        sys.exit(130)
    except Exception as error:
        told = sentence(error)
        if told is None:
            raise
        if "--debug" in sys.argv or os.environ.get("TIDEMARK_DEBUG"):
            traceback.print_exc()
        click.echo(f"error: {told}", err=True)
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)
