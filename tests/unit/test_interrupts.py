"""Ctrl-C stops a run also where Python drops the exception that it raises."""

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
DROPPED = """
import os, signal, time, weakref
from flows import interrupts

class Thing:
    pass

interrupts.SECONDS = 0.2
with interrupts.insisting_on_interrupts():
    thing = Thing()
    watched = weakref.ref(thing, lambda _: (os.kill(os.getpid(), signal.SIGINT), time.sleep(0.1)))
    del thing
    print("dropped", flush=True)
    try:
        time.sleep(30)
    except KeyboardInterrupt:
        print("heard", flush=True)
        {then}
    time.sleep(0.5)
    print("went on", flush=True)
"""


def said(then: str) -> list[str]:
    ran = subprocess.run(
        [sys.executable, "-c", DROPPED.format(then=then)], capture_output=True, text=True, timeout=60, cwd=REPOSITORY
    )
    assert "Exception ignored" in ran.stderr
    return ran.stdout.split("\n")[:-1]


def test_an_interrupt_that_python_drops_is_raised_again() -> None:
    assert said("raise SystemExit") == ["dropped", "heard"]


def test_one_that_is_not_acknowledged_is_raised_until_it_is() -> None:
    assert said("pass") == ["dropped", "heard"]


def test_none_is_raised_once_it_was_heard() -> None:
    assert said("interrupts.heard()") == ["dropped", "heard", "went on"]
