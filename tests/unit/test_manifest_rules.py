"""The check of the dbt project finds each breach of its rules."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from tools import check_manifest

SOURCE = "source.tidemark.superstore.orders"
STAGING = "model.tidemark.stg_superstore__orders"
MART = "model.tidemark.fct_orders"
TEST = "test.tidemark.assert_it"
METRIC = "metric.tidemark.sales"
SEMANTIC = "semantic_model.tidemark.sales"
MACRO = "macro.tidemark.double"


def column(name: str, **meta: str) -> dict:
    return {"name": name, "description": "What it is.", "constraints": [], "meta": meta}


def model(name: str, path: str, parents: list[str], **more: object) -> dict:
    return {
        "resource_type": "model",
        "name": name,
        "unique_id": f"model.tidemark.{name}",
        "path": path,
        "depends_on": {"nodes": parents},
        "description": "What it is.",
        "columns": {"order_id": column("order_id", pii="none")},
        "raw_code": "-- Grain: one row per order_id.\nselect 1",
        "constraints": [],
        "contract": {"enforced": False},
        "config": {"materialized": "view", "meta": {"owner": "someone", "primary_key": ["order_id"]}},
        "group": "sales",
        **more,
    }


@pytest.fixture
def manifest(monkeypatch: pytest.MonkeyPatch) -> dict:
    monkeypatch.setattr(check_manifest, "EXPECTED_TESTS", {"mariadb": 1, "postgres": 2})
    staging = model("stg_superstore__orders", "staging/superstore/stg_superstore__orders.sql", [SOURCE])
    mart = model(
        "fct_orders",
        "marts/fct_orders.sql",
        [STAGING],
        contract={"enforced": True},
        constraints=[{"type": "primary_key", "columns": ["order_id"]}],
    )
    test = {"resource_type": "test", "name": "assert_it", "config": {"meta": {"description": "It holds."}}}
    source = {
        "source_name": "superstore",
        "name": "orders",
        "description": "Orders.",
        "source_description": "The source.",
        "meta": {"primary_key": ["order_id"], "cursor": "order_id"},
        "columns": {"order_id": column("order_id")},
    }
    macro = {
        "name": "double",
        "package_name": "tidemark",
        "description": "Doubles.",
        "macro_sql": "{% macro double(value, times=2) %}{% endmacro %}",
        "arguments": [{"name": name, "description": "What it is."} for name in ("value", "times")],
    }
    return {
        "metadata": {"project_name": "tidemark", "adapter_type": "mariadb"},
        "nodes": {STAGING: staging, MART: mart, TEST: test},
        "sources": {SOURCE: source},
        "exposures": {"exposure.tidemark.app": {"name": "app", "description": "The app."}},
        "metrics": {
            METRIC: {
                "name": "sales",
                "package_name": "tidemark",
                "description": "Sum of sales.",
                "meta": {"unit": "USD", "format": "money"},
            }
        },
        "semantic_models": {
            SEMANTIC: {"name": "sales", "dimensions": [{"name": "day", "label": "Day"}], "measures": []}
        },
        "macros": {MACRO: macro},
    }


def test_a_project_that_keeps_the_rules_has_no_breach(manifest: dict, tmp_path: Path) -> None:
    assert check_manifest.breaches(manifest, tmp_path) == []


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("nodes", MART, "name"), "orders", "begin with one of"),
        (("nodes", STAGING, "name"), "stg_orders", "stg_<source>__<table>"),
        (("nodes", MART, "depends_on", "nodes"), [SOURCE], "only staging models read sources"),
        (("nodes", STAGING, "depends_on", "nodes"), [MART], "reads its source alone"),
        (("nodes", MART, "description"), " ", "has no description"),
        (("nodes", MART, "columns"), {}, "lists no columns"),
        (("nodes", STAGING, "columns", "order_id", "description"), "", "order_id: has no description"),
        (("nodes", MART, "raw_code"), "select 1", "grain"),
        (("nodes", MART, "constraints"), [], "primary key"),
        (("nodes", MART, "contract", "enforced"), False, "enforced contract"),
        (("nodes", STAGING, "config", "meta"), {"owner": "x"}, "meta.primary_key"),
        (("nodes", MART, "columns", "order_id", "meta"), {}, "meta.pii"),
        (("nodes", MART, "columns", "order_id", "name"), "customer_email", "sounds personal"),
        (("nodes", MART, "config", "meta"), {}, "no owner"),
        (("nodes", STAGING, "config", "materialized"), "table", "is stored and not published"),
        (("metadata", "adapter_type"), "postgres", "1 tests on postgres, and 2 were expected"),
        (("nodes", MART, "group"), None, "no group"),
        (("sources", SOURCE, "columns", "order_id", "description"), "", "has no description"),
        (("sources", SOURCE, "meta"), {}, "lacks meta.primary_key"),
        (("exposures",), {}, "no exposure"),
        (("metrics", METRIC, "description"), " ", "metric sales: has no description"),
        (("metrics", METRIC, "meta"), {"unit": "USD"}, "meta.format is none of"),
        (("metrics", METRIC, "meta", "instead"), "nothing", "meta.instead names no metric"),
        (("semantic_models", SEMANTIC, "dimensions"), [{"name": "day"}], "day has neither label nor description"),
        (("macros", MACRO, "description"), "", "macro double: has no description"),
        (("macros", MACRO, "arguments"), [], "argument value has no description"),
        (("nodes", TEST, "config", "meta"), {}, "test assert_it: has no description"),
        (("nodes", TEST, "resource_type"), "analysis", "0 tests on mariadb, and 1 were expected"),
    ],
)
def test_a_breach_is_named(manifest: dict, tmp_path: Path, path: tuple[str, ...], value: object, words: str) -> None:
    broken = copy.deepcopy(manifest)
    place = broken
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert any(words in breach for breach in check_manifest.breaches(broken, tmp_path))


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("models.yml", "models:\n  - name: x\n    data_tests: [unique]\n", "models.yml:3: dbt 1.7 ignores this key"),
        ("x.sql", "select 1 as one,\n    ---------- ids\n    2 as two\n", "x.sql:2: --- is no comment"),
    ],
)
def test_what_dbt_or_mysql_misread_is_named(manifest: dict, tmp_path: Path, name: str, text: str, words: str) -> None:
    (tmp_path / name).write_text(text)
    assert any(words in breach for breach in check_manifest.breaches(manifest, tmp_path))


def test_a_model_that_reads_two_stars_is_a_breach(manifest: dict) -> None:
    manifest["nodes"][MART]["config"]["meta"]["publish_to"] = "warehouse"
    other = copy.deepcopy(manifest["nodes"][MART])
    other["config"]["meta"]["publish_to"] = "AnalyticalStream"
    other["depends_on"]["nodes"] = [STAGING, MART]
    manifest["nodes"]["model.tidemark.dim_other"] = other | {"name": "dim_other"}
    assert any("dim_other: reads models of two stars" in breach for breach in check_manifest.breaches(manifest))
