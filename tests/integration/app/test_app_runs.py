"""Run now: what the page asks of Prefect is carried out by the service, and followed to its end."""

import time

import pytest

from app import prefect_runs, runs
from app.prefect_runs import StartError


@pytest.fixture
def api(pipeline):
    """Prefect's address; the source is the one that other tests left."""
    return pipeline.urls["PREFECT_API_URL"]


@pytest.fixture
def service(pipeline):
    """The service, and its deployment, known to Prefect."""
    from prefect.client.orchestration import get_client

    from flows.serving import Service, deploy

    reports = []
    with get_client(sync_client=True) as client:
        deployment = deploy(client, None)
        service = Service(pipeline.workshop, reports.append)
        yield lambda: service.take_next(client, deployment), reports
        client.delete_deployment(deployment)


def start(api):
    """Start a run as soon as Prefect has noted that somebody asks it for runs."""
    for _ in range(40):
        try:
            return prefect_runs.start(api)
        except StartError:
            time.sleep(0.25)
    return prefect_runs.start(api)


def test_a_run_that_was_asked_for_is_carried_out_once_and_followed(api, service, pipeline, seeded):
    take_next, reports = service
    assert not take_next()
    asked = start(api)
    assert start(api) == asked, "a second click starts no second run"
    assert prefect_runs.follow(api, asked).state == "SCHEDULED"
    assert take_next()
    assert not take_next()
    followed = prefect_runs.follow(api, asked)
    assert followed.state == "COMPLETED", followed.message
    assert followed.name == reports[0].run_id
    assert {"ingest superstore", "build", "publish"} <= {step.name for step in followed.steps}
    assert prefect_runs.under_way(api) is None
    counted = pipeline.tidemark("partitions", "--json")
    assert '"fct_sales"' in counted


def test_nothing_starts_where_nobody_waits_for_runs(api):
    with pytest.raises(StartError, match="tidemark serve"):
        prefect_runs.start(api)


def test_the_load_of_a_whole_table_counts_as_its_proof(pipeline, seeded):
    seeded.run_well()
    shown = runs.tables(pipeline.urls["APP_URL"]).set_index(["source", "table_name"])["proved_equal_at"]
    assert shown.loc["superstore"].notna().all()
    pipeline.tidemark("reconcile")
    later = runs.tables(pipeline.urls["APP_URL"]).set_index(["source", "table_name"])["proved_equal_at"]
    assert (later.loc["superstore"] > shown.loc["superstore"]).all()
