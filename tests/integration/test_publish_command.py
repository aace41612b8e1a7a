"""`tidemark publish`, with what runs build: only what was tested, and only when it may."""

import json
import re

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from tidemark.cli import cli


@pytest.fixture(autouse=True)
def own_environment(pipeline, monkeypatch):
    """The command works in the same surroundings as the runs of these tests."""
    for name, url in pipeline.urls.items():
        monkeypatch.setenv(name, url)
    monkeypatch.setenv("TIDEMARK_HOME", str(pipeline.workshop.work_dir))


def publish(*arguments):
    """The exit code and the report of `tidemark publish --json`."""
    result = CliRunner().invoke(cli, ["publish", "--json", *arguments])
    return result.exit_code, json.loads(result.stdout)


def test_undo_holds_publishing_until_publish_is_called(seeded):
    seeded.run_well()
    first = seeded.checksums()
    seeded.change("2%", seed=1)
    bad = seeded.run_well()
    second = seeded.checksums()
    assert second != first

    code, undone = publish("--undo")
    assert (code, undone["status"], undone["published"], undone["undone_run"]) == (0, "succeeded", False, bad.run_id)
    assert seeded.checksums() == first
    code, again = publish("--undo")
    assert (code, again["status"]) == (1, "failed")
    assert re.fullmatch(r"there is nothing further to undo: [^.]*", again["error"])

    seeded.change("2%", seed=2)
    held = seeded.run_well()
    assert (held.published, held.tests["error"]) == (False, 0)
    assert held.tests["pass"] > 10
    assert any("held" in warning and "tidemark publish" in warning for warning in held.warnings)
    assert seeded.checksums() == first

    code, report = publish()
    assert (code, report["published"], report["by"]) == (0, True, "transaction")
    assert report["tests"]["pass"] > 10
    seeded.assert_all_equal()
    seeded.change("1%", seed=3)
    assert seeded.run_well().published


def test_what_fails_its_tests_is_not_published_by_hand_either(seeded, admin):
    seeded.run_well()
    before = seeded.checksums()
    key = seeded.warehouse("select order_id, product_id from warehouse_build.fct_sales limit 1")[0]
    admin.execute(sa.text("update warehouse_build.fct_sales set sales = sales + 1 where order_id = :o"), {"o": key[0]})
    admin.execute(
        sa.text("insert into warehouse_build._tidemark_unpublished_fct_sales (order_id, product_id) values (:o, :p)"),
        {"o": key[0], "p": key[1]},
    )
    code, report = publish()
    assert (code, report["published"], seeded.checksums()) == (1, False, before)
    assert "assert_sales_equal_staging" in report["error"]


def test_nothing_is_published_of_a_build_that_did_not_end(seeded, admin):
    seeded.run_well()
    before = seeded.checksums()
    admin.execute(sa.text("update warehouse_build._tidemark_models set built_seq = 0 where model = 'fct_sales'"))
    admin.execute(
        sa.text(
            "insert into warehouse_build._tidemark_unpublished_dim_product (product_id) "
            "select min(product_id) from warehouse_build.dim_product"
        )
    )
    code, report = publish()
    assert (code, report["published"], seeded.checksums()) == (1, False, before)
    assert "fct_sales lacks changes that others have" in report["error"]


def test_other_columns_wait_for_leave_and_are_not_built_again(seeded, admin):
    seeded.run_well()
    before = seeded.checksums()
    admin.execute(sa.text("alter table warehouse.dim_product drop column category"))
    seeded.change("1%", seed=1)
    report = seeded.run()
    assert (report.status, report.published) == ("failed", False)
    assert "dim_product gains category" in report.error
    assert "--allow-column-change dim_product" in report.error
    assert seeded.checksums()["warehouse.fct_sales"] == before["warehouse.fct_sales"]

    code, refused = publish("--allow-column-change", "dim_produkt")
    assert (code, "no mart is called dim_produkt" in refused["error"]) == (1, True)
    allowed = seeded.run_well(allow_column_changes=("dim_product",))
    assert allowed.published
    assert sum(model.rows for model in allowed.models) == 0, "what was built is published as it is"
    seeded.assert_all_equal()
