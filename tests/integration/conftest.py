"""The whole pipeline on the tests' own servers."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.integration.harness import REPOSITORY, Pipeline
from tests.soak.play import Attack
from tests.soak.processes import Runs
from tests.soak.systems import SYSTEMS


@pytest.fixture(scope="session")
def pipeline(servers, tmp_path_factory) -> Pipeline:
    """A warm workshop on the tests' servers. Prefect reads its address when it is first imported."""
    os.environ["PREFECT_API_URL"] = servers["PREFECT_API_URL"]
    os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
    os.environ["PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL"] = "CRITICAL"
    from flows.workshop import Workshop

    workshop = Workshop(
        urls=dict(servers),
        project_dir=REPOSITORY / "dbt_project",
        profiles=REPOSITORY / "profiles.example.yml",
        work_dir=Path(tmp_path_factory.mktemp("work")),
    )
    workshop.warm_up()
    return Pipeline(servers, workshop)


@pytest.fixture
def seeded(pipeline: Pipeline) -> Pipeline:
    """A fresh small superstore, no shop whichever tests came before, and a warehouse that knows nothing of them yet."""
    pipeline.forget_everything()
    pipeline.drop_shop()
    pipeline.seed(scale=0.1)
    return pipeline


@pytest.fixture
def admin(servers):
    """An administrator's connection to the warehouse, every statement committed at once."""
    engine = sa.create_engine(servers["WAREHOUSE_ADMIN_URL"], poolclass=sa.pool.NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection


@pytest.fixture(scope="session")
def runs(servers, tmp_path_factory) -> Iterator[Runs]:
    """A process that forks a run in two seconds."""
    folder = tmp_path_factory.mktemp("attack")
    runs = Runs(servers, folder / "home", folder / "runs")
    yield runs
    runs.close()


@pytest.fixture(scope="session")
def attack(servers, runs: Runs) -> Iterator[Attack]:
    """The superstore under attack."""
    with closing(Attack(servers, runs, SYSTEMS["superstore"], rules=True)) as attack:
        yield attack


@pytest.fixture(scope="session")
def shop_attack(servers, runs: Runs) -> Iterator[Attack]:
    """The shop under attack."""
    with closing(Attack(servers, runs, SYSTEMS["shop"], rules=True)) as attack:
        yield attack
