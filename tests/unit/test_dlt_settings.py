"""dlt takes its settings from us alone, whatever files and variables the process finds."""

import subprocess
import sys
from pathlib import Path

SHOW = """
import sys
from ingestion.package import configure
configure()
import dlt
print(dlt.config["load.workers"], dlt.config["schema.naming"], "streamlit" in sys.modules)
"""


def test_files_and_variables_that_happen_to_be_there_change_nothing(tmp_path: Path) -> None:
    (tmp_path / ".dlt").mkdir()
    (tmp_path / ".dlt" / "config.toml").write_text("[load]\nworkers = 7\n", encoding="utf-8")
    assert _shown(tmp_path, {"SCHEMA__NAMING": "snake_case"}) == "2 direct False"


def test_without_files_of_settings_dlt_does_not_import_streamlit(tmp_path: Path) -> None:
    assert _shown(tmp_path, {}) == "2 direct False"


def _shown(folder: Path, variables: dict[str, str]) -> str:
    repository = Path(__file__).resolve().parents[2]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "PYTHONPATH": str(repository), **variables}
    command = [sys.executable, "-c", SHOW]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()
