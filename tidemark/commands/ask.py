"""`tidemark ask`: a question in plain English, answered from the warehouse as a role."""

from __future__ import annotations

import datetime as dt
import json
import sys
from typing import Any

import click

from app.amounts import instant
from app.answers.ask import Answer, Answers, Session, SessionFiles
from app.answers.errors import AnswersError
from tidemark.settings import load_settings


@click.command()
@click.argument("question", required=False)
@click.option("--role", default="executive", show_default=True, help="As whom: manager or executive.")
@click.option("--source", default="superstore", show_default=True, help="Which star: superstore or shop.")
@click.option("--session", "session_id", help="Follow on from the last question of this session.")
@click.option("--sql", help="Run this statement through the guard, as the role, instead of a question.")
@click.option(
    "--batch", is_flag=True, help='Read JSON lines {"id", "question", "session"} from stdin, answer each in a line.'
)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def ask(
    question: str | None, role: str, source: str, session_id: str | None, sql: str | None, batch: bool, as_json: bool
) -> None:
    """Answer a question in plain English, or say what is unclear."""
    if sum((question is not None, sql is not None, batch)) != 1:
        raise click.UsageError("give one question, or --sql, or --batch")
    answers = open_answers()
    try:
        if batch:
            _batch(answers, role, source)
            return
        if sql is not None:
            answer = answers.ask_sql(sql, role, source)
        else:
            answer = _in_session(answers, question or "", role, source, session_id)
    finally:
        answers.close()
    if as_json:
        click.echo(json.dumps(answer.as_json(), ensure_ascii=False))
    else:
        show(answer)


def open_answers() -> Answers:
    """The answers part on the servers and artifacts that the settings name."""
    settings = load_settings()
    return Answers(settings.urls(), settings.tidemark_home / "work")


def _in_session(answers: Answers, question: str, role: str, source: str, name: str | None) -> Answer:
    if not name:
        return answers.ask(question, role, None, source)
    files = SessionFiles(answers.work_dir / "answers" / "sessions")
    session = files.load(role, source, name)
    answer = answers.ask(question, role, session, source)
    files.save(role, source, name, session)
    return answer


def _batch(answers: Answers, role: str, source: str) -> None:
    """A line of output for each line of input, in order; what goes wrong with one does not stop the others."""
    sessions: dict[str, Session] = {}
    for line in sys.stdin:
        if not line.strip():
            continue
        result: dict[str, Any] = {"id": None}
        try:
            asked = json.loads(line)
            result["id"] = asked.get("id")
            name = asked.get("session")
            session = sessions.setdefault(str(name), Session()) if name else None
            result |= answers.ask(str(asked["question"]), role, session, source).as_json()
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            result |= {"status": "error", "answer": f"the line is no question: {type(error).__name__} {error}"}
        except AnswersError as error:
            result |= {"status": "error", "answer": str(error)}
        click.echo(json.dumps(result, ensure_ascii=False))
        sys.stdout.flush()


def show(answer: Answer) -> None:
    """Print an answer as a person reads it."""
    click.echo(answer.answer)
    if answer.status != "answered":
        for choice in answer.choices if answer.status == "clarify" else ():
            click.echo(f"  - {choice}")
        return
    if answer.rows and (not answer.shown or len(answer.rows) > 1 or len(answer.columns) > 2):
        _table(answer)
    for fact in answer.facts:
        click.echo(f"* {fact}")
    click.echo(f"\nI understood: {answer.understood}")
    for source in answer.sources:
        loaded = f"loaded {_time(source.loaded_at)}" if source.loaded_at else "never seen loaded"
        proved = f"proved equal {_time(source.proved_equal_at)}" if source.proved_equal_at else "never proved equal"
        click.echo(f"From {source.model}: {loaded}, tests {source.tests}, {proved}")
    for warning in answer.warnings:
        click.echo(f"warning: {warning}", err=True)


def _time(told: str) -> str:
    return instant(dt.datetime.fromisoformat(told))


def _table(answer: Answer, most: int = 40) -> None:
    from app.answers.wording import figure, key_text

    shown = answer.shown
    texts = [list(answer.columns)]
    for row in answer.rows[:most]:
        if shown:
            texts.append(
                [figure(v, c) if c.kind == "figure" else key_text(v, c) for v, c in zip(row, shown, strict=True)]
            )
        else:
            texts.append([str(v) for v in row])
    widths = [max(len(r[i]) for r in texts) for i in range(len(texts[0]))]
    for cells in texts:
        click.echo("  " + "  ".join(t.ljust(w) for t, w in zip(cells, widths, strict=True)).rstrip())
    if len(answer.rows) > most:
        click.echo(f"  … and {len(answer.rows) - most:,} more rows")
