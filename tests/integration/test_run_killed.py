"""Killed anywhere, the next run finishes the job."""

import time

import pytest
import sqlalchemy as sa

EXTRACTING = (
    "OLTP_ADMIN_URL",
    "select 1 from pg_stat_activity where usename = 'tidemark_extract' and state = 'active' and query ilike 'copy%'",
)
LOADING = (
    "WAREHOUSE_ADMIN_URL",
    "select 1 from information_schema.processlist where user = 'tidemark_load' and command = 'Query' "
    "and (info like 'LOAD DATA%' or info like '%INSERT%INTO%')",
)
BUILDING = (
    "WAREHOUSE_ADMIN_URL",
    "select 1 from information_schema.processlist where user = 'tidemark_build' and command = 'Query' "
    "and info like '%fct_sales%'",
)
BETWEEN_MODELS = (
    "WAREHOUSE_ADMIN_URL",
    "select 1 from information_schema.tables where table_schema = 'warehouse_build' having "
    "sum(table_name = 'dim_product') > 0 and sum(table_name = 'fct_sales') = 0",
)
PUBLISHING = (
    "WAREHOUSE_ADMIN_URL",
    "select 1 from information_schema.processlist where user = 'tidemark_publish' and command = 'Query' "
    "and info like 'insert into %fct_sales__new%'",
)
MOMENTS = {
    "extracting": EXTRACTING,
    "loading": LOADING,
    "between models": BETWEEN_MODELS,
    "building": BUILDING,
    "publishing": PUBLISHING,
}


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
def test_a_killed_run_is_finished_by_the_next(pipeline, moment):
    pipeline.forget_everything()
    pipeline.seed(scale=0.5)
    process = pipeline.start("run")
    try:
        wait_for(pipeline, *moment, process)
    finally:
        process.kill()
        process.wait()
    pipeline.run_well()
    pipeline.assert_all_equal()


def wait_for(pipeline, url_name, query, process):
    engine = sa.create_engine(pipeline.urls[url_name], isolation_level="AUTOCOMMIT")
    deadline = time.monotonic() + 240
    with engine.connect() as connection:
        while connection.execute(sa.text(query)).first() is None:
            assert process.poll() is None, f"the run ended before it could be killed: {process.communicate()}"
            assert time.monotonic() < deadline
            time.sleep(0.001)
