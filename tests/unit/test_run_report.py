"""What a run tells programs and people."""

import datetime as dt
import json

import sqlalchemy as sa
from rich.console import Console

from flows.errors import may_pass, sentence
from flows.report import FailedNode, ModelReport, RunReport, TableReport
from tidemark.commands.run import show


def report(**changes):
    watermark = dt.datetime(2026, 11, 21, 20, 15, 0, 123456, tzinfo=dt.UTC)
    values = {
        "run_id": "20261121T201500-abc123",
        "status": "succeeded",
        "published": True,
        "tables": [TableReport("superstore", "orders", 10, 9, 1, 2, watermark, 3, 10, watermark)],
        "models": [ModelReport("fct_sales", 120, 0.4, "success")],
        "tests": {"pass": 80, "warn": 1, "error": 0},
        "stages": {"ingest": 1.2, "build": 2.3, "publish": 0.2},
    }
    return RunReport(**values | changes)


def shown(a_report):
    console = Console(width=80)
    with console.capture() as captured:
        show(a_report, console)
    return captured.get()


def test_the_json_has_the_names_that_programs_rely_on():
    found = json.loads(json.dumps(report().as_json()))
    assert found["tables"][0] == {
        "source": "superstore",
        "table": "orders",
        "extracted": 10,
        "loaded": 9,
        "quarantined": 1,
        "deleted": 2,
        "watermark": "2026-11-21T20:15:00.123456+00:00",
        "in_quarantine": 3,
        "verified": 10,
        "proved_equal_at": "2026-11-21T20:15:00.123456+00:00",
        "status": "loaded",
        "error": None,
    }
    assert found["models"] == [{"name": "fct_sales", "rows": 120, "seconds": 0.4, "status": "success"}]
    assert {name: found[name] for name in ("status", "published", "tests", "error")} == {
        "status": "succeeded",
        "published": True,
        "tests": {"pass": 80, "warn": 1, "error": 0},
        "error": None,
    }


def test_a_person_reads_what_moved_and_that_it_was_published():
    text = shown(report())
    assert "orders" in text
    assert "fct_sales" in text
    assert "80 passed, 1 with warnings" in text
    assert "published" in text
    assert max(len(line) for line in text.splitlines()) <= 80


def test_a_failed_test_is_shown_with_its_sql():
    failed = [FailedNode("assert_x", "test", "Got 3 results", "select [order_id] from sales")]
    text = shown(report(status="failed", published=False, failed=failed))
    assert "assert_x" in text
    assert "select [order_id] from sales" in text


def test_a_database_error_is_one_sentence_without_its_sql():
    error = sa.exc.OperationalError("select secret", {"name": "Ann"}, Exception(2003, "Can't connect to server"))
    told = sentence(error)
    assert "Can't connect to server" in told
    assert "secret" not in told
    assert "Ann" not in told
    assert "\n" not in told


def test_a_defect_is_not_dressed_up_as_a_failure():
    assert sentence(KeyError("x")) is None


def test_only_lost_connections_are_worth_another_try():
    lost = RuntimeError("reading the source failed")
    lost.__cause__ = ConnectionResetError()
    assert may_pass(lost)
    assert not may_pass(RuntimeError("a value does not fit"))
