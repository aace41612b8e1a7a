"""`tidemark user`: who may sign in to the app."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
import sqlalchemy as sa

from app.audit import act_as
from app.auth import second_factor, users
from app.auth.passwords import PasswordError
from app.auth.roles import ROLES, SECOND_FACTOR_REQUIRED
from app.databases import engine, install
from tidemark.settings import load_settings


@click.group()
def user() -> None:
    """Make users of the app, give them roles, and help them back in."""


@user.command()
@click.argument("name")
@click.option("--role", type=click.Choice(list(ROLES)), required=True, help="What the user may do.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def add(name: str, role: str, as_json: bool) -> None:
    """Add a user; the password is the first line of stdin, or asked for.

    For executives and administrators it prints, once, the address of the second factor (put it into an authenticator
    app) and ten recovery codes.
    """
    password = _password()
    with _transaction() as (connection, box):
        user_id = users.add_user(connection, name, role, password, must_change_password=False)
        given: dict[str, object] = {"name": name, "role": role}
        if role in SECOND_FACTOR_REQUIRED:
            given |= _new_second_factor(connection, user_id, name, box)
    _print(given, as_json)


@user.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
def list_users(as_json: bool) -> None:
    """Show all users with their roles."""
    with _transaction() as (connection, _):
        found = users.all_users(connection)
    rows = [{"name": u.name, "role": u.role, "second_factor": u.totp_confirmed, "disabled": u.disabled} for u in found]
    if as_json:
        click.echo(json.dumps(rows, indent=1, ensure_ascii=False))
        return
    for row in rows:
        notes = [words for words in ("second factor", "disabled") if row[words.replace(" ", "_")]]
        click.echo(f"{row['name']:<24} {row['role']:<14} {', '.join(notes)}".rstrip())


@user.command("role")
@click.argument("name")
@click.argument("role", type=click.Choice(list(ROLES)))
def change_role(name: str, role: str) -> None:
    """Give a user another role; their sessions end."""
    with _transaction() as (connection, _):
        users.set_role(connection, _user_id(connection, name), role)
    click.echo(f"{name} is now {role}")


@user.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def reset(name: str, as_json: bool) -> None:
    """Give a user another password (first line of stdin) and, where they had one, another second factor."""
    password = _password()
    with _transaction() as (connection, box):
        user_id = _user_id(connection, name)
        users.set_password(connection, user_id, password, must_change=True)
        found = users.user_by_id(connection, user_id)
        given: dict[str, object] = {"name": found.name, "role": found.role}
        if found.totp_confirmed or found.needs_second_factor:
            users.remove_second_factor(connection, user_id)
            given |= _new_second_factor(connection, user_id, found.name, box)
    _print(given, as_json)


@user.command()
@click.argument("name")
def disable(name: str) -> None:
    """Let a user sign in no longer; their sessions end."""
    with _transaction() as (connection, _):
        users.set_disabled(connection, _user_id(connection, name), True)
    click.echo(f"{name} can sign in no longer")


@contextmanager
def _transaction() -> Iterator[tuple[sa.Connection, second_factor.SecretBox]]:
    """A transaction on the database of users, in the name of the command line; what is refused is told."""
    settings = load_settings()
    install(settings.app_url, settings.app_pages_url)
    try:
        with engine(settings.app_url).begin() as connection:
            act_as(connection, f"command line ({getpass.getuser()})")
            yield connection, second_factor.SecretBox(settings.tidemark_home / "app.key")
    except (PasswordError, users.UserError) as error:
        raise click.ClickException(str(error)) from error


def _password() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("Password: ")
    return sys.stdin.readline().rstrip("\r\n")


def _user_id(connection: sa.Connection, name: str) -> int:
    found = users.find_user(connection, name)
    if found is None:
        raise users.UserError(f"There is no user {name}.")
    return found.user_id


def _new_second_factor(
    connection: sa.Connection, user_id: int, name: str, box: second_factor.SecretBox
) -> dict[str, object]:
    secret = users.offer_second_factor(connection, user_id, box)
    users.trust_second_factor(connection, user_id)  # who reads the address off this terminal has it
    codes = second_factor.new_recovery_codes(connection, user_id)
    return {"totp": second_factor.address(secret, name), "recovery_codes": codes}


def _print(given: dict[str, object], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(given, indent=1, ensure_ascii=False))
        return
    click.echo(f"{given['name']} may sign in as {given['role']}")
    codes = given.get("recovery_codes")
    if isinstance(codes, list):
        click.echo(f"second factor, shown this once: {given['totp']}")
        click.echo(f"recovery codes, each good for one sign-in: {' '.join(codes)}")
