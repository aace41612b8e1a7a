"""`tidemark eval`: how many questions of a file are answered right."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from app.answers.evaluate import (
    ASKED_BACK,
    REFUSED,
    RIGHT,
    RIGHTLY_REFUSED,
    WRONG,
    Outcome,
    evaluate,
    read_cases,
    score,
)
from tidemark.commands.ask import open_answers


@click.command(name="eval")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--role", help="Ask as this role where the file names none.")
@click.option("--source", default="superstore", show_default=True, help="Which star, and whose gold SQL.")
@click.option("--at-least", type=float, default=0.0, help="Fail below this share of right answers.")
@click.option("--wrong-at-most", type=float, default=1.0, help="Fail above this share of wrong answers.")
@click.option("--verbose", is_flag=True, help="Show every question that was not answered right.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def evaluate_files(
    files: tuple[Path, ...],
    role: str | None,
    source: str,
    at_least: float,
    wrong_at_most: float,
    verbose: bool,
    as_json: bool,
) -> None:
    """Ask the questions of each FILE (id, question, gold or expect: refused, role, session, ordered) and compare."""
    from dataclasses import replace

    answers = open_answers()
    gold = gold_reader(answers.urls, source)
    report: dict[str, Any] = {}
    failed = False
    for path in files:
        cases = read_cases(path)
        if role:
            cases = [replace(c, role=role) for c in cases]
        outcomes = []
        for outcome in evaluate(cases, answers, gold, source):
            outcomes.append(outcome)
            if verbose and outcome.verdict not in (RIGHT, RIGHTLY_REFUSED):
                _show(outcome)
        result = score(outcomes)
        right, wrong = result.share(RIGHT, RIGHTLY_REFUSED), result.share(WRONG)
        failed = failed or right < at_least or wrong > wrong_at_most
        report[path.name] = {
            "questions": result.total,
            **{
                v.replace(" ", "_"): result.counts.get(v, 0)
                for v in (RIGHT, WRONG, ASKED_BACK, REFUSED, RIGHTLY_REFUSED)
            },
            "right_share": round(right, 4),
            "wrong_share": round(wrong, 4),
            "p50_ms": result.p50,
            "p95_ms": result.p95,
        }
        if not as_json:
            click.echo(
                f"{path.name}: {result.total} questions, {right:.1%} right, {wrong:.1%} wrong with confidence, "
                f"{result.share(ASKED_BACK):.1%} asked back, {result.share(REFUSED):.1%} refused; "
                f"{result.p50} ms, 95th percentile {result.p95} ms besides the query"
            )
    answers.close()
    if as_json:
        click.echo(json.dumps(report, indent=2))
    if failed:
        click.echo("error: the answers are worse than was asked for; --verbose shows which", err=True)
        sys.exit(1)


def gold_reader(urls: Any, source: str) -> Any:
    """A function that runs gold SQL on the source system, which it may only read."""
    import sqlalchemy as sa

    name = "SHOP_URL" if source == "shop" else "OLTP_URL"
    engine = sa.create_engine(urls[name], hide_parameters=True)
    cache: dict[str, Sequence[Sequence[Any]]] = {}

    def run(sql: str) -> Sequence[Sequence[Any]]:
        if sql not in cache:
            with engine.connect() as connection:
                if engine.dialect.name == "postgresql":
                    connection.exec_driver_sql("set transaction read only")
                    connection.exec_driver_sql("set local search_path to superstore")
                else:
                    connection.exec_driver_sql("set session transaction read only")
                cache[sql] = [tuple(row) for row in connection.exec_driver_sql(sql.replace("%", "%%"))]
        return cache[sql]

    return run


def _show(outcome: Outcome) -> None:
    case, answer = outcome.case, outcome.answer
    click.echo(f"{outcome.verdict.upper()} {case.id}: {case.question}")
    click.echo(f"    {answer.understood or answer.answer}")
    if outcome.verdict == WRONG:
        click.echo(
            f"    expected {len(outcome.expected)} rows: {[tuple(map(str, r)) for r in list(outcome.expected)[:3]]}"
        )
        click.echo(f"    found    {len(answer.rows)} rows: {list(answer.rows[:3])}")
