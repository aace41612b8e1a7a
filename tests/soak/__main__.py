"""The long attack, by hand: `make soak` (MINUTES=60), or python -m tests.soak --minutes 60 --seed 1."""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
import tempfile
import time
from pathlib import Path

from local.servers import down, up
from tests.soak.drawing import play_drawn
from tests.soak.play import Attack, Unequal
from tests.soak.processes import Runs
from tests.soak.steps import History
from tests.soak.systems import SYSTEMS

HOME = Path(__file__).resolve().parents[2] / "local" / "data" / "soak"


def main() -> int:
    """Play rounds until the time is up; 1 if anything differed."""
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--rounds", type=int, help="end after so many rounds, if the time has not ended them before")
    parser.add_argument("--seed", type=int, help="of the first round; each further round has the next one")
    parser.add_argument("--source", choices=list(SYSTEMS), default="superstore", help="which of them is attacked")
    parser.add_argument("--no-shrink", action="store_true", help="do not look for the smallest history that fails")
    options = parser.parse_args()
    first = options.seed if options.seed is not None else random.randrange(1_000_000)
    failed: list[int] = []
    urls = up(HOME)
    try:
        with tempfile.TemporaryDirectory() as folder:
            runs = Runs(urls, Path(folder) / "home", Path(folder) / "runs")
            attack = Attack(urls, runs, SYSTEMS[options.source], rules=True)
            try:
                rounds = _play(attack, first, options, failed)
            finally:
                attack.close()
                runs.close()
    finally:
        down(HOME)
    print(f"{rounds} rounds, seeds {first} to {first + rounds - 1}: {attack.tally}")
    print(f"differences: {len(failed)}" + (f", in the rounds of the seeds {failed}" if failed else ""))
    return 1 if failed else 0


def _play(attack: Attack, first: int, options: argparse.Namespace, failed: list[int]) -> int:
    until = time.monotonic() + options.minutes * 60
    rounds = 0
    while time.monotonic() < until and rounds != options.rounds:
        number, started = first + rounds, time.monotonic()
        before = dict(attack.tally.counts)
        try:
            play_drawn(attack, number, shrink=not options.no_shrink, on_failure=_tell)
            outcome = "equal"
        except Exception as error:
            failed.append(number)
            outcome = "DIFFERENT"
            print("\n".join([str(error), *getattr(error, "__notes__", [])]), flush=True)
        rounds += 1
        done = {name: attack.tally.counts[name] - before.get(name, 0) for name in SHOWN}
        figures = ", ".join(f"{count} {name}" for name, count in done.items())
        seconds = time.monotonic() - started
        print(f"{dt.datetime.now():%H:%M:%S} seed {number}: {outcome}, {figures}, {seconds:.0f} s", flush=True)
    return rounds


SHOWN = ("steps", "writes", "writes past the triggers", "runs", "runs killed", "comparisons")


def _tell(history: History, error: Unequal) -> None:
    steps = "\n".join(f"    {step}," for step in history)
    print(f"{error}\nthe history that was drawn:\n[\n{steps}\n]", flush=True)


if __name__ == "__main__":
    sys.exit(main())
