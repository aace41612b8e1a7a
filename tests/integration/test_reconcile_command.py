"""`tidemark reconcile`, end to end: what was healed reaches the readers, and the proof is kept where people look."""

import json

import sqlalchemy as sa
from click.testing import CliRunner

from tidemark.cli import cli
from warehouse.lock import RunLock


def reconcile(pipeline, **request):
    from flows.reconcile import run_reconciliation
    from flows.report import ReconcileRequest

    return run_reconciliation(pipeline.workshop, ReconcileRequest(**request))


def delete_a_line_past_the_triggers(pipeline) -> tuple[str, str]:
    (key,) = pipeline.sql("select order_id, product_id from order_products order by 1, 2 limit 1")
    admin = sa.create_engine(pipeline.urls["OLTP_ADMIN_URL"], poolclass=sa.pool.NullPool)
    with admin.begin() as connection:
        connection.execute(sa.text("set session_replication_role = replica"))
        connection.execute(
            sa.text("delete from superstore.order_products where order_id = :order and product_id = :product"),
            {"order": key[0], "product": key[1]},
        )
    return tuple(key)


def kept_proofs(pipeline, run_id: str):
    with sa.create_engine(pipeline.urls["APP_URL"], poolclass=sa.pool.NullPool).connect() as connection:
        return connection.execute(
            sa.text('select "table", rows, buckets, healed from proofs where run_id = :run_id'), {"run_id": run_id}
        ).all()


def test_what_was_healed_is_built_and_published_and_proved(seeded):
    seeded.run_well()
    order, product = delete_a_line_past_the_triggers(seeded)
    unseen = seeded.run_well()
    assert not unseen.published

    before = seeded.checksums()
    kept = seeded.warehouse("select * from raw_superstore._tidemark_proofs order by 1")
    check = reconcile(seeded, check=True)
    assert (check.status, check.equal, check.published) == ("failed", False, False)
    assert "superstore.order_products" in check.error
    assert seeded.checksums() == before
    assert seeded.warehouse("select * from raw_superstore._tidemark_proofs order by 1") == kept

    report = reconcile(seeded)
    assert (report.status, report.equal, report.published) == ("succeeded", True, True)
    (lines,) = (table for table in report.reconciled if table.table == "order_products")
    assert [(dict(row.key), row.action) for row in lines.healed] == [
        ({"order_id": order, "product_id": product}, "deleted")
    ]
    assert "fct_sales" in {model.name for model in report.models}
    seeded.assert_all_equal()

    proofs = {row[0]: row[1:] for row in kept_proofs(seeded, report.run_id)}
    assert len(proofs) == 8
    assert proofs["order_products"][:2] == (lines.rows, lines.buckets)
    assert proofs["order_products"][2] == [
        {"key": {"order_id": order, "product_id": product}, "action": "deleted", "why": lines.healed[0].why}
    ]
    assert seeded.warehouse("select sum(healed), count(*) from raw_superstore._tidemark_proofs") == [(1, 8)]


def test_the_command_says_by_its_exit_code_whether_all_is_equal(seeded, tmp_path):
    environment = dict(seeded.urls) | {"TIDEMARK_HOME": str(tmp_path)}
    seeded.run_well()
    order, product = delete_a_line_past_the_triggers(seeded)
    codes, reports = [], []
    for arguments in (["--check"], [], ["--check"]):
        result = CliRunner().invoke(cli, ["reconcile", "--json", *arguments], env=environment)
        codes.append(result.exit_code)
        reports.append(json.loads(result.stdout))
    assert codes == [1, 0, 0]
    assert [report["equal"] for report in reports] == [False, True, True]
    (lines,) = (table for table in reports[0]["tables"] if table["table"] == "order_products")
    assert [row["key"] for row in lines["differences"]] == [{"order_id": order, "product_id": product}]
    assert lines["proved_equal_at"] is None
    assert all(table["proved_equal_at"] for table in reports[2]["tables"])
    text = CliRunner().invoke(cli, ["reconcile", "--select", "orders"], env=environment)
    assert text.exit_code == 0
    assert "orders" in text.stdout
    assert "Staging equals superstore as of" in text.stdout
    assert "order_products" not in text.stdout


def test_reconciling_during_a_run_is_refused(seeded):
    seeded.run_well()
    with RunLock(seeded.urls["LOAD_URL"], "the other run"):
        report = reconcile(seeded)
    assert report.status == "refused"
    assert "the other run" in report.error


def test_a_table_that_no_source_declares_is_named(pipeline):
    report = reconcile(pipeline, tables=("nonsense",))
    assert report.status == "failed"
    assert "nonsense" in report.error
