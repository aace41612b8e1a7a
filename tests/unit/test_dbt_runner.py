"""dbt as this project calls it."""

import shutil
import sys
from pathlib import Path

from flows.dbt import Dbt
from tests.integration.harness import REPOSITORY


def dbt_in(work_dir: Path, project: Path = REPOSITORY / "dbt_project") -> Dbt:
    nobody = "postgresql+psycopg://nobody:secret@127.0.0.1:1/none"
    return Dbt(project, REPOSITORY / "profiles.example.yml", work_dir, nobody)


def test_dbt_reports_to_nobody(tmp_path):
    assert dbt_in(tmp_path).manifest.nodes
    assert sys.modules["dbt.tracking"].active_user.state() == "do not track"


def test_memory_of_an_earlier_parse_serves_only_the_very_same_project(tmp_path, monkeypatch):
    """Of an edited project dbt can lose the constraints of contracts: seen after edits in two YAML files."""
    project = tmp_path / "project"
    shutil.copytree(REPOSITORY / "dbt_project", project, ignore=shutil.ignore_patterns("target", "logs"))
    commands = []
    invoke = Dbt._invoke

    def noted(self, command, manifest):
        commands.append(command)
        return invoke(self, command, manifest=manifest)

    monkeypatch.setattr(Dbt, "_invoke", noted)
    for edit in ("", "", "\n"):
        models = project / "models/marts/sales/_sales__models.yml"
        models.write_text(models.read_text() + edit)
        assert dbt_in(tmp_path / "work", project).manifest.nodes
    assert commands == [["parse", "--no-partial-parse"], ["parse"], ["parse", "--no-partial-parse"]]
