"""dbt as this project calls it."""

import sys

from flows.dbt import Dbt
from tests.integration.harness import REPOSITORY


def test_dbt_reports_to_nobody(tmp_path):
    dbt = Dbt(
        REPOSITORY / "dbt_project",
        REPOSITORY / "profiles.example.yml",
        tmp_path,
        "postgresql+psycopg://nobody:secret@127.0.0.1:1/none",
    )
    assert dbt.manifest.nodes
    assert sys.modules["dbt.tracking"].active_user.state() == "do not track"
