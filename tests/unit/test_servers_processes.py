"""Who a recorded process is, and what its log tells of its end."""

import json
import subprocess
from pathlib import Path

import psutil
import pytest

from local.processes import find, last_words


@pytest.mark.parametrize(
    ("log", "told"),
    [
        (
            "1 [7] FATAL:  the database system is starting up\n2 [8] PANIC:  could not write\n",
            "PANIC:  could not write",
        ),
        ("1 [7] LOG:  x\n2 [8] FATAL:  lock file exists\n", "FATAL:  lock file exists"),
        ("1 0 [Note] x\n1 0 [ERROR] unknown variable 'a=1'\n1 0 [ERROR] Aborting\n", "[ERROR] unknown variable 'a=1'"),
        ("1 FATAL:  x\n2 LOG:  could not extend: No space left on device\n", "No space left on device"),
        ("Traceback\nImportError: no module\n", "ImportError: no module"),
        ("", "it left no message"),
    ],
)
def test_the_cause_of_an_end_is_found_in_the_log(tmp_path: Path, log: str, told: str):
    file = tmp_path / "log"
    file.write_text("an older start FATAL: old\n" + log)
    assert last_words(file, len("an older start FATAL: old\n")).endswith(told)


def test_a_process_is_found_by_number_and_start(tmp_path: Path):
    record = tmp_path / "server.json"
    with subprocess.Popen(["sleep", "30"]) as child:
        started = psutil.Process(child.pid).create_time()
        record.write_text(json.dumps({"pid": child.pid, "started": started}))
        assert find(record).pid == child.pid
        record.write_text(json.dumps({"pid": child.pid, "started": started - 60}))
        assert find(record) is None
        child.kill()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": "x"}', '{"pid": 99999999, "started": 1}'])
def test_a_damaged_record_finds_nothing(tmp_path: Path, text: str):
    (tmp_path / "server.json").write_text(text)
    assert find(tmp_path / "server.json") is None
    assert find(tmp_path / "none.json") is None
