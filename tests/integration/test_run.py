"""The main job, end to end: the warehouse equals its source after anything that happens to it."""

import re
import shutil
import signal
import threading

import sqlalchemy as sa

from tests.integration.test_run_killed import BUILDING, wait_for
from warehouse.lock import RunLock

REPLACE_A_RETURN = (
    "create temp table gone on commit drop as select * from superstore.returns order by return_id limit 1",
    "set local session_replication_role = replica",
    "delete from superstore.returns where return_id in (select return_id from gone)",
    "set local session_replication_role = origin",
    "update gone set return_id = 'new-' || return_id",
    "insert into superstore.returns select * from gone",
)


def test_a_first_run_builds_and_publishes_everything(seeded):
    report = seeded.run_well()
    assert report.published
    assert report.tests["error"] == 0
    assert report.tests["pass"] > 10
    assert {(t.source, t.table): t.loaded for t in report.tables}["superstore", "orders"] == seeded.sql(
        "select count(*) from orders"
    )[0][0]
    seeded.assert_all_equal()


def test_ten_rounds_of_changes_leave_the_marts_equal_to_a_rebuild(seeded):
    seeded.run_well()
    for round_number in range(1, 11):
        seeded.change("2%", seed=round_number)
        report = seeded.run_well()
        assert report.published
    seeded.assert_all_equal()


def test_nothing_changed_costs_nothing_and_publishes_nothing(seeded):
    seeded.run_well()
    before = seeded.checksums()
    report = seeded.run_well()
    assert (report.published, report.models, sum(table.loaded for table in report.tables)) == (False, [], 0)
    assert seeded.checksums() == before


def test_only_what_lies_downstream_of_a_change_is_built(seeded):
    seeded.run_well()
    seeded.sql(
        "update products set product_name = product_name || ' II' "
        "where product_id = (select min(product_id) from products)"
    )
    report = seeded.run_well()
    assert [model.name for model in report.models] == ["dim_product"]
    seeded.assert_all_equal()


def test_a_row_that_changes_its_month_and_one_that_is_gone(seeded):
    seeded.run_well()
    seeded.sql(
        "update orders set order_date = order_date - 45 "
        "where order_id in (select order_id from orders order by 1 limit 5)"
    )
    seeded.sql("delete from order_products where order_id in (select order_id from orders order by 1 desc limit 5)")
    seeded.sql(
        "update returns set order_id = (select o.order_id from orders o left join returns r using (order_id) "
        "where r.order_id is null order by 1 limit 1) where return_id = (select min(return_id) from returns)"
    )
    seeded.run_well()
    seeded.assert_all_equal()


def test_a_truncated_table_is_read_whole_again(seeded):
    seeded.run_well()
    seeded.sql("truncate returns")
    seeded.run_well()
    assert seeded.warehouse("select count(*) from warehouse.dim_return")[0][0] == 0
    seeded.assert_all_equal()


def test_the_source_is_checked_and_its_figures_are_kept(seeded):
    report = seeded.run_well()
    app = sa.create_engine(seeded.urls["APP_URL"], poolclass=sa.pool.NullPool)
    with app.connect() as connection:
        figures = connection.execute(
            sa.text("select count(*) from quality_metrics where run_id = :run_id"), {"run_id": report.run_id}
        ).scalar()
        kept = connection.execute(
            sa.text("select status, report->'published' from runs where run_id = :run_id"), {"run_id": report.run_id}
        ).one()
    assert figures > 8
    assert tuple(kept) == ("succeeded", True)


def test_a_failed_test_leaves_readers_what_they_had(seeded, admin):
    seeded.run_well()
    before = seeded.checksums()
    order, product = seeded.warehouse("select order_id, product_id from warehouse_build.fct_sales limit 1")[0]
    wrong = {"order": order, "product": product}
    where = "where order_id = :order and product_id = :product"
    admin.execute(sa.text(f"update warehouse_build.fct_sales set sales = sales + 1 {where}"), wrong)
    unpublished = "warehouse_build._tidemark_unpublished_fct_sales"
    admin.execute(sa.text(f"insert into {unpublished} (order_id, product_id) values (:order, :product)"), wrong)
    report = seeded.run()
    assert report.status == "failed"
    assert report.tests["error"] >= 1
    assert report.failed[0].name in report.error
    assert report.failed[0].sql
    kept = re.search(r"their keys are in (\S+?);", report.error).group(1)
    assert seeded.warehouse(f"select count(*) from {kept}")[0][0] >= 1
    assert f"failed-test-{report.failed[0].name}".replace("_", "-") in artifacts_of(report)
    assert seeded.checksums() == before
    assert "all that was loaded equals its source" in " ".join(report.warnings)

    again = seeded.run(tables=("returns",))
    assert (again.status, seeded.checksums()) == ("failed", before), "the bad row is still there, whatever is selected"
    mended = seeded.run_well(full_refresh=True)
    assert mended.published
    seeded.assert_all_equal()


def test_a_run_that_fails_on_what_no_load_saw_mends_it(seeded):
    """A return that was deleted in silence, and a new one of its order: staging holds both, which no test lets pass."""
    seeded.run_well()
    past_triggers = sa.create_engine(seeded.urls["OLTP_ADMIN_URL"], poolclass=sa.pool.NullPool)
    with past_triggers.begin() as connection:
        for statement in REPLACE_A_RETURN:
            connection.execute(sa.text(statement))
    report = seeded.run_well()
    assert "1 of superstore put right" in " ".join(report.warnings)
    assert report.tests["error"] == 0
    seeded.assert_all_equal()


def artifacts_of(report):
    """The keys of the artifacts that the run left in Prefect."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import ArtifactFilter, FlowRunFilter, FlowRunFilterName

    with get_client(sync_client=True) as client:
        runs = FlowRunFilter(name=FlowRunFilterName(any_=[report.run_id]))
        return {found.key for found in client.read_artifacts(artifact_filter=ArtifactFilter(), flow_run_filter=runs)}


def test_a_run_leaves_its_report_in_prefect(seeded):
    assert {"run-summary", "run-tables", "run-models"} <= artifacts_of(seeded.run_well())


def test_a_selected_table_is_taken_in_alone(seeded):
    seeded.run_well()
    seeded.sql("update customers set city = city || ' II' where customer_id = (select min(customer_id) from customers)")
    seeded.sql("update products set product_name = product_name || ' II'")
    report = seeded.run_well(tables=("superstore.customers",))
    assert [table.table for table in report.tables] == ["customers"]
    assert [model.name for model in report.models] == ["dim_customer"]
    assert report.published
    seeded.run_well()
    seeded.assert_all_equal()


def test_nothing_is_built_from_a_table_that_was_not_loaded_to_the_end(seeded, admin):
    seeded.run_well()
    before = seeded.checksums()
    admin.execute(sa.text("delete from raw_superstore._tidemark_tables where table_name = 'order_products'"))
    admin.execute(sa.text("truncate raw_superstore.order_products"))
    seeded.sql("update returns set reason = 'none' where return_id = (select min(return_id) from returns)")
    report = seeded.run(tables=("returns",))
    assert report.status == "failed"
    assert "superstore.order_products" in report.error
    assert seeded.checksums() == before
    seeded.run_well()
    seeded.assert_all_equal()


def test_every_test_runs_over_everything_on_demand(seeded, admin):
    seeded.run_well()
    admin.execute(sa.text("update warehouse_build.fct_sales set sales = sales + 1 limit 1"))
    assert seeded.run().status == "succeeded", "nothing changed, so nothing is looked at"
    report = seeded.run(check_all=True)
    assert report.status == "failed"
    assert "assert_sales_equal_staging" in report.error


def test_an_interrupted_run_ends_cleanly(pipeline):
    """Ctrl-C while it works: one sentence, its own exit code, the lock is free, and the next run does the work."""
    pipeline.forget_everything()
    pipeline.seed(scale=0.5)
    process = pipeline.start("run")
    wait_for(pipeline, *BUILDING, process)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode in (1, 130)
    assert "interrupted" in errors
    assert "Traceback" not in errors
    pipeline.run_well()
    pipeline.assert_all_equal()


def test_a_model_that_fails_is_named_with_its_sql_and_the_databases_words(seeded, tmp_path):
    seeded.run_well()
    before = seeded.checksums()
    project = shutil.copytree(seeded.workshop.project_dir, tmp_path / "dbt_project")
    model = project / "models" / "marts" / "core" / "dim_customer.sql"
    model.write_text(model.read_text().replace("customers.city,", "customers.town as city,"))
    process = seeded.start("run", TIDEMARK_DBT_PROJECT=str(project))
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "Unknown column 'customers.town'" in output
    assert "customers.town as city" in output
    assert "error: model dim_customer failed" in errors
    assert "Traceback" not in errors
    assert seeded.checksums() == before


def test_a_second_run_is_refused_while_one_is_under_way(seeded):
    with RunLock(seeded.urls["LOAD_URL"], "the other run"):
        report = seeded.run()
    assert report.status == "refused"
    assert "the other run" in report.error


def test_a_dry_run_writes_nothing(seeded):
    report = seeded.run(dry_run=True)
    assert report.status == "succeeded"
    assert sum(table.extracted for table in report.tables) > 1000
    assert (
        seeded.warehouse(
            "select count(*) from information_schema.tables where table_schema in ('raw_superstore', 'warehouse_build')"
        )[0][0]
        == 0
    )


def test_a_backfill_reads_again_and_changes_nothing_that_is_equal(seeded):
    import datetime as dt

    seeded.run_well()
    report = seeded.run_well(since=dt.date(2000, 1, 1))
    assert sum(table.extracted for table in report.tables) > 1000
    assert not report.published


def test_a_full_refresh_equals_what_was_there(seeded):
    seeded.run_well()
    seeded.change("2%", seed=3)
    seeded.run_well(full_refresh=True)
    seeded.assert_all_equal()


def test_an_unknown_table_is_named(pipeline):
    report = pipeline.run(tables=("nonsense",))
    assert report.status == "failed"
    assert "nonsense" in report.error


def test_changes_made_while_the_runs_go_on_all_arrive(seeded):
    """Writers with transactions of different lengths, some rolled back, while runs follow one another."""
    seeded.run_well()
    stop = threading.Event()
    failures: list[Exception] = []

    def write(number: int) -> None:
        engine = sa.create_engine(seeded.urls["OLTP_URL"], poolclass=sa.pool.NullPool)
        turn = 0
        try:
            while not stop.is_set():
                turn += 1
                with engine.connect() as connection:
                    connection.execute(
                        sa.text(
                            "update order_products set quantity = quantity + 1 where order_id in "
                            "(select order_id from orders where mod(hashtext(order_id), 7) = :number limit 3)"
                        ),
                        {"number": number},
                    )
                    stop.wait(0.05 * number)
                    connection.rollback() if turn % 4 == 0 else connection.commit()
        except sa.exc.DBAPIError as error:
            failures.append(error)

    writers = [threading.Thread(target=write, args=(n,)) for n in range(1, 5)]
    for writer in writers:
        writer.start()
    for _ in range(4):
        seeded.run_well()
    stop.set()
    for writer in writers:
        writer.join()
    assert not failures
    seeded.run_well()
    seeded.assert_all_equal()
