"""Answers on a whole pipeline: right against the source, the same by every door, nothing personal, nothing hostile."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.answers.ask import ANSWERED, CLARIFY, REFUSED, Answers, Session
from app.answers.evaluate import RIGHT, RIGHTLY_REFUSED, WRONG, evaluate, read_cases, score
from app.answers.plan import Cohort, Plan, Term, plan_from_json
from tests.integration.harness import REPOSITORY
from tidemark.commands.eval import gold_reader

EVAL = REPOSITORY / "tests" / "eval"
VERIFIED = REPOSITORY / "dbt_project" / "models" / "marts" / "sales" / "_sales__questions.yml"
STATEMENTS = REPOSITORY / "tests" / "data"
HOSTILE = (STATEMENTS / "hostile_statements.txt").read_text(encoding="utf-8").splitlines()
HARMLESS = (STATEMENTS / "harmless_statements.txt").read_text(encoding="utf-8").splitlines()
FASTER = 12  # of the generated questions, every twelfth


@pytest.fixture(scope="module")
def answers(pipeline) -> Answers:
    pipeline.forget_everything()
    pipeline.seed(scale=0.1, seed=3)
    pipeline.run_well()
    return Answers(pipeline.urls, Path(pipeline.workshop.work_dir))


def _wrong(outcomes) -> list[str]:
    return [f"{o.verdict}: {o.case.question} → {o.answer.understood or o.answer.answer}" for o in outcomes]


def test_every_verified_question_is_answered_right(answers: Answers) -> None:
    outcomes = list(evaluate(read_cases(VERIFIED), answers, gold_reader(answers.urls, "superstore")))
    assert len(outcomes) >= 50
    assert _wrong(o for o in outcomes if o.verdict != RIGHT) == []


def test_every_verified_plan_is_what_its_question_means(answers: Answers) -> None:
    layer = answers.desk("executive").layer
    asked = {q.id: answers.ask(q.question, "executive").rows for q in layer.questions}
    newest = answers.desk("executive").values.newest.isoformat()
    for q in layer.questions:
        if (
            "last" not in q.question and "date" not in q.question
        ):  # these plans hold the days of when they were verified
            assert answers.ask_plan(plan_from_json(q.plan), "executive").rows == asked[q.id], (q.question, newest)


def test_words_that_fit_nothing_are_asked_about_and_an_edited_plan_shows_what_it_finds(answers: Answers) -> None:
    said = answers.ask("total sales of customers who bought more than 500 products", "executive")
    assert said.status == CLARIFY
    assert said.answer.startswith("Nothing in the data fits")
    never = Cohort("customer_id", metric="products", operator=">", values=(500.0,))
    edited = answers.ask_plan(Plan((Term("sales"),), cohorts=(never,)), "executive")
    assert (edited.status, edited.rows) == (ANSWERED, ((None,),))


@pytest.mark.parametrize("companion", ["sales", "returns", "orders"])
@pytest.mark.parametrize(
    "asked", ["{} in 2025", "{} by market in 2025", "{} by category in 2025", "{} by month in 2025"]
)
def test_figures_asked_together_are_each_as_asked_alone(answers: Answers, companion: str, asked: str) -> None:
    layer = answers.desk("executive").layer
    differ = []
    for metric in (m for m in layer.metrics.values() if m.kind in ("simple", "ratio", "derived")):
        label = metric.label.lower()
        alone = answers.ask(asked.format(label), "executive")
        both = answers.ask(asked.format(f"{label} and {companion}"), "executive")
        if metric.name not in alone.columns or metric.name not in both.columns:
            continue  # asked back, or another figure stands in for it, by its own name
        keys = [c for c in alone.columns if c != metric.name]
        told, found = ({tuple(r[k] for k in keys): r[metric.name] for r in _named(a)} for a in (alone, both))
        differ += [
            (label, key, v, found.get(key)) for key, v in told.items() if v and v != pytest.approx(found.get(key))
        ]
    assert differ == []


def _named(answer) -> list[dict]:
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def test_generated_questions_are_answered_right(answers: Answers) -> None:
    cases = read_cases(EVAL / "generated.yml")[::FASTER]
    outcomes = list(evaluate(cases, answers, gold_reader(answers.urls, "superstore")))
    result = score(outcomes)
    assert result.share(RIGHT) >= 0.97, _wrong(o for o in outcomes if o.verdict != RIGHT)
    assert result.share(WRONG) <= 0.01, _wrong(o for o in outcomes if o.verdict == WRONG)


def test_questions_of_other_people_are_answered_right(answers: Answers) -> None:
    """The set is measured on data of full size; a tenth of it lacks some of the places and products that are named."""
    cases = [c for i, c in enumerate(read_cases(EVAL / "handwritten.yml")) if c.session or i % 3 == 0]
    outcomes = list(evaluate(cases, answers, gold_reader(answers.urls, "superstore")))
    result = score(outcomes)
    assert len(outcomes) >= 150
    assert result.share(RIGHT, RIGHTLY_REFUSED) >= 0.93, _wrong(
        o for o in outcomes if o.verdict not in (RIGHT, RIGHTLY_REFUSED)
    )
    assert result.share(WRONG) <= 0.03, _wrong(o for o in outcomes if o.verdict == WRONG)


def test_what_cannot_be_answered_is_not_answered(answers: Answers) -> None:
    outcomes = list(evaluate(read_cases(EVAL / "unanswerable.yml"), answers, gold_reader(answers.urls, "superstore")))
    assert score(outcomes).share(RIGHTLY_REFUSED) >= 0.98, _wrong(o for o in outcomes if o.verdict == WRONG)


def test_no_hostile_statement_runs(answers: Answers) -> None:
    assert [s for s in HOSTILE if answers.ask_sql(s, "manager").status != REFUSED] == []


def test_every_harmless_statement_runs(answers: Answers) -> None:
    told = {s: answers.ask_sql(s, "manager") for s in HARMLESS}
    assert {s: answer.answer for s, answer in told.items() if answer.status != ANSWERED} == {}


def test_a_manager_sees_no_name_and_no_small_group(answers: Answers, pipeline) -> None:
    names = {row[0] for row in pipeline.sql("select customer_name from superstore.customers")}
    for question in (
        "top 20 customers by sales",
        "sales by city",
        "sales by postal code",
        "which customers never ordered",
    ):
        answer = answers.ask(question, "manager")
        assert answer.status == ANSWERED, answer.answer
        assert not names & {str(v) for row in answer.rows for v in row}
    rows = answers.ask_sql("select customer_name, email, phone from dim_customer limit 200", "manager").rows
    assert not names & {str(v) for row in rows for v in row}
    assert answers.ask("show customer names in France", "manager").status == REFUSED
    folded = dict(answers.ask("customers by city", "manager").rows)
    assert min(v for k, v in folded.items() if k != "fewer than 5") >= 5
    assert sum(folded.values()) == answers.ask("how many customers do we have", "manager").rows[0][0]


def test_a_conversation_by_vanna_gives_the_same_answers(answers: Answers, monkeypatch) -> None:
    from app.answers.conversation import converse

    session, plain = Session(), Session()
    for question in ("sales by region in 2024", "only Europe", "and profit"):
        held = converse(answers, question, "manager", session)
        assert held.rows == answers.ask(question, "manager", plain).rows
        assert held.status == ANSWERED

    async def from_a_server() -> None:
        assert converse(answers, "sales by region in 2024", "manager", Session()).status == ANSWERED

    with ThreadPoolExecutor(1) as threads:  # this thread may have a loop already: the browser's tests leave theirs
        threads.submit(asyncio.run, from_a_server()).result()
    monkeypatch.setenv("OLLAMA_URL", "http://127.0.0.1:9")
    fallen = converse(answers, "sales by region in 2024", "manager", Session(), provider="ollama")
    assert fallen.status == ANSWERED
    assert "ollama is down" in fallen.warnings[-1]


def test_the_command_answers_as_the_interface_says(answers: Answers, pipeline, monkeypatch) -> None:
    from click.testing import CliRunner

    from tidemark.cli import cli

    home = Path(pipeline.workshop.work_dir).parent
    (home / "work").exists() or (home / "work").symlink_to(pipeline.workshop.work_dir)
    environment = dict(pipeline.urls) | {"TIDEMARK_HOME": str(home)}
    lines = [
        {"id": 1, "question": "sales by region", "session": "a"},
        {"id": 2, "question": "and by month?", "session": "a"},
    ]
    text = "\n".join([json.dumps(lines[0]), "rubbish", json.dumps(lines[1])])
    result = CliRunner().invoke(
        cli, ["ask", "--batch", "--role", "executive"], input=text, env=environment, catch_exceptions=False
    )
    first, bad, second = [json.loads(line) for line in result.output.splitlines()]
    assert (first["id"], bad["status"], second["id"]) == (1, "error", 2)
    assert {
        "status",
        "answer",
        "sql",
        "columns",
        "rows",
        "understood",
        "choices",
        "confidence",
        "sources",
        "took_ms",
    } <= set(first)
    assert first["columns"] == ["region", "sales"]
    assert second["columns"] == ["month", "sales"]
    assert first["sources"][0]["tests"] in ("pass", "warn")
    one = CliRunner().invoke(cli, ["ask", "sales in Central", "--json"], env=environment, catch_exceptions=False)
    assert one.exit_code == 0
    assert json.loads(one.output)["status"] == CLARIFY
