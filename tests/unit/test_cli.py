"""The command line: help for everything, nothing heavy imported for it, errors in one sentence."""

import importlib
import subprocess
import sys

import click
import pymysql
import pytest
from click.testing import CliRunner

from tidemark.cli import COMMANDS, cli, main


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name):
    result = CliRunner().invoke(cli, [name, "--help"])
    assert result.exit_code == 0, result.output
    command = cli.get_command(click.Context(cli), name)
    assert command.help
    for parameter in command.params:
        assert isinstance(parameter, click.Argument) or parameter.help, parameter.name


def test_the_list_of_commands_is_that_of_the_registry():
    result = CliRunner().invoke(cli, ["--help"])
    listed = [line.split()[0] for line in result.output.partition("Commands:")[2].splitlines() if line.strip()]
    assert [name for name in listed if name in COMMANDS] == list(COMMANDS)


def test_help_imports_nothing_heavy():
    script = (
        "import sys; from click.testing import CliRunner; from tidemark.cli import cli, COMMANDS\n"
        "for name in COMMANDS: assert CliRunner().invoke(cli, [name, '--help']).exit_code == 0, name\n"
        "print({'dlt', 'dbt', 'prefect', 'streamlit', 'vanna'} & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert told.strip() == "set()"


def failing(error: BaseException) -> click.Command:
    @click.command("fail")
    def fail() -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (RuntimeError("the tide is out: wait"), 1, "error: the tide is out: wait\n"),
        (FileNotFoundError(2, "No such file or directory", "x.csv"), 1, "error: x.csv: no such file or directory\n"),
        (KeyboardInterrupt(), 130, "error: stopped by the user\n"),
        (click.UsageError("no such thing"), 2, "Error: no such thing\n"),
        (
            pymysql.err.OperationalError(2003, "Can't connect to MySQL server"),
            1,
            "error: a database refused or was lost: Can't connect to MySQL server; is the server running, and is "
            "its address right? (tidemark status)\n",
        ),
    ],
)
def test_an_error_is_a_sentence_and_an_exit_code(monkeypatch, capsys, error, code, sentence):
    monkeypatch.setattr(cli, "get_command", lambda context, name: failing(error))
    monkeypatch.setattr(sys, "argv", ["tidemark", "fail"])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == code
    told = capsys.readouterr().err
    assert told.endswith(sentence)
    assert "Traceback" not in told


def test_a_defect_is_not_hidden(monkeypatch):
    monkeypatch.setattr(cli, "get_command", lambda context, name: failing(KeyError("defect")))
    monkeypatch.setattr(sys, "argv", ["tidemark", "fail"])
    with pytest.raises(KeyError):
        main()


def test_debug_shows_the_traceback(monkeypatch, capsys):
    monkeypatch.setattr(cli, "get_command", lambda context, name: failing(RuntimeError("cause")))
    monkeypatch.setattr(sys, "argv", ["tidemark", "--debug", "fail"])
    with pytest.raises(SystemExit):
        main()
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize("target", COMMANDS.values())
def test_every_registered_command_exists(target):
    module, attribute = target.split(":")
    assert isinstance(getattr(importlib.import_module(module), attribute), click.Command)
