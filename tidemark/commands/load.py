"""`tidemark load`: files of the Superstore format into the OLTP."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from oltp.superstore_files.loading import Progress
    from oltp.superstore_files.report import LoadReport

_SHOWN_REFUSALS = 20


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--default",
    "defaults",
    multiple=True,
    metavar="COLUMN=VALUE",
    help="The value of a column that the file lacks, for all its rows; may be repeated.",
)
@click.option(
    "--refused",
    "refused_to",
    type=click.Path(path_type=Path),
    metavar="CSV",
    help="Write the refused rows themselves to this file, to mend and load again.",
)
@click.option("--strict", is_flag=True, help="Load nothing if any row is refused.")
@click.option("--dry-run", is_flag=True, help="Say what would be loaded; write nothing.")
@click.option(
    "--encoding", metavar="NAME", help="The file's encoding, where it is not seen rightly (utf-8, cp1252, …)."
)
@click.option(
    "--date-order",
    type=click.Choice(["day-first", "month-first"]),
    help="How dates like 11/8/2018 are meant, where the file does not show it.",
)
@click.option(
    "--decimal-mark",
    type=click.Choice([".", ","]),
    help="How numbers like 1.234 are meant, where the file does not show it.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def load(
    file: Path,
    defaults: tuple[str, ...],
    refused_to: Path | None,
    strict: bool,
    dry_run: bool,
    encoding: str | None,
    date_order: str | None,
    decimal_mark: str | None,
    as_json: bool,
) -> None:
    """Load a FILE of order lines, or of returns (Returned, Order ID, Region), into the OLTP.

    All good rows go in in one transaction; each refused row is reported with its line, column and reason, and does
    not change the exit code unless --strict is given. The same file loaded twice changes nothing.
    """
    from oltp.superstore_files import (
        DateOrder,
        DecimalMark,
        LoadOptions,
        StrictRefusal,
        SuperstoreFileError,
        load_file,
        preview_file,
    )
    from tidemark.settings import load_settings

    if strict and dry_run:
        raise click.UsageError("--strict has no meaning with --dry-run, which writes nothing anyway")
    options = LoadOptions(
        _pairs(defaults),
        encoding,
        DateOrder(date_order) if date_order else None,
        DecimalMark(decimal_mark) if decimal_mark else None,
    )
    url = load_settings().oltp_url
    try:
        with _progress(file) as progress:
            if dry_run:
                report = preview_file(url, file, options, refused_to=refused_to, progress=progress)
            else:
                report = load_file(url, file, options, strict=strict, refused_to=refused_to, progress=progress)
    except StrictRefusal as refusal:
        _print(refusal.report, as_json, "refused the file", refused_to)
        raise SuperstoreFileError(str(refusal)) from refusal
    _print(report, as_json, "would load" if dry_run else "loaded", refused_to)


def _pairs(defaults: tuple[str, ...]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for text in defaults:
        column, mark, value = text.partition("=")
        if not mark or not column.strip():
            raise click.UsageError(f"--default {text!r} has no '=': write --default column=value")
        pairs[column.strip()] = value
    return pairs


@contextmanager
def _progress(file: Path) -> Iterator[Progress | None]:
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(f"reading {file.name}", total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, description="checking" if done < total else "writing")

        yield show


def _print(report: LoadReport, as_json: bool, what: str, refused_to: Path | None) -> None:
    if as_json:
        click.echo(json.dumps(report.as_json(), indent=2, ensure_ascii=False))
        return
    click.echo(
        f"{what} {report.file}: {report.rows:,} rows of {report.kind.replace('_', ' ')},"
        f" {report.accepted:,} accepted, {len(report.refused):,} refused"
    )
    for table in report.inserted:
        click.echo(
            f"  {table}: {report.inserted[table]:,} new, {report.updated[table]:,} changed,"
            f" {report.unchanged[table]:,} unchanged"
        )
    for refusal in report.refused[:_SHOWN_REFUSALS]:
        column = f", column {refusal.column}" if refusal.column else ""
        click.echo(f"refused: line {refusal.line}{column}: {refusal.reason}", err=True)
    if (more := len(report.refused) - _SHOWN_REFUSALS) > 0:
        click.echo(f"refused: and {more:,} more (--json shows all)", err=True)
    for warning in report.warnings:
        click.echo(f"warning: {warning}", err=True)
    if refused_to is not None:
        click.echo(f"refused rows: {refused_to}", err=True)
