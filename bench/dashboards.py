"""The dashboards as people use them: one page at a time, cold and warm, and twenty people at once.

`python -m bench.dashboards --scale 10` fills servers of its own home, publishes, starts the app, and speaks to it as a
browser does: over the websocket, with the cookie of a signed-in person, from asking for a page until all of it has
arrived. Drawing by the browser is not in the figures.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

import sqlalchemy as sa
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from app.auth import sessions
from app.auth.users import add_user
from app.databases import engine, install
from bench import servers

PORT = 8699
PEOPLE = 20
EVERY_SECONDS = 10.0
PAGES = {
    "manager": ("sales", "products", "returned"),
    "executive": ("sales", "products", "returned", "regions"),
}
PERIODS = ("This year", "Last 12 months", "Last quarter", "Last year", "All time")
CATEGORIES = ("", "Furniture", "Technology")
MARKETS = ("", "EU", "US")
PASSWORD = "a password of the benchmark alone"
START_SECONDS = 180


@dataclass
class Person:
    """Someone at the dashboards: an open page, what was asked, and the seconds that each answer took."""

    role: str
    token: str
    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    async def look(self, path: str, query: str) -> float:
        """Open a page in a new browser session; returns the seconds until all of it is there."""
        headers = {"Cookie": f"{sessions.COOKIE}={self.token}"}
        address = f"ws://127.0.0.1:{PORT}/_stcore/stream"
        started = time.perf_counter()
        async with websockets.connect(
            address, additional_headers=headers, subprotocols=["streamlit"], max_size=None
        ) as socket:
            wanted = BackMsg()
            wanted.rerun_script.query_string = query
            wanted.rerun_script.page_name = path
            await socket.send(wanted.SerializeToString())
            titles = 0
            async for data in socket:
                message = ForwardMsg()
                message.ParseFromString(data)
                self._note(message)
                titles += message.delta.new_element.WhichOneof("type") == "plotly_chart"
                if message.WhichOneof("type") == "script_finished":
                    break
        if not titles:
            self.errors.append(f"{path} showed no chart")
        return time.perf_counter() - started

    def _note(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        if element.WhichOneof("type") == "exception":
            self.errors.append(element.exception.message)
        elif element.WhichOneof("type") == "alert" and element.alert.format == element.alert.ERROR:
            self.errors.append(element.alert.body)

    async def work(self, minutes: float, chance: random.Random) -> None:
        """Look at pages, one every ten seconds, as people who look at much the same things."""
        await asyncio.sleep(chance.random() * EVERY_SECONDS)
        end = time.perf_counter() + 60 * minutes
        while time.perf_counter() < end:
            began = time.perf_counter()
            path, query = chance.choice(PAGES[self.role]), chance.choice(QUERIES)
            self.seconds.append(await self.look(path, query))
            await asyncio.sleep(max(0.0, EVERY_SECONDS - (time.perf_counter() - began)))


QUERIES = [
    urlencode({key: value for key, value in zip(("period", "category", "market"), chosen, strict=True) if value})
    for chosen in product(PERIODS, CATEGORIES, MARKETS)
]


@contextmanager
def app_running(home: str) -> Iterator[int]:
    """The app on a port of its own; gives the number of its process."""
    environment = os.environ | {"TIDEMARK_HOME": home}
    command = [sys.executable, "-m", "tidemark", "app", "--port", str(PORT)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            _wait_for(f"http://127.0.0.1:{PORT}/sign-in")
            yield process.pid
        finally:
            process.terminate()


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit(f"the app gave no answer within {START_SECONDS} s")


def people(app_url: str) -> list[Person]:
    """Twenty people, half of them managers, half executives, each signed in."""
    install(app_url)
    found = []
    with engine(app_url).begin() as connection:
        connection.execute(sa.text("delete from users where name like 'bench-%'"))
        for number in range(PEOPLE):
            role = ("manager", "executive")[number % 2]
            user_id = add_user(connection, f"bench-{number}", role, PASSWORD, must_change_password=False)
            found.append(Person(role, sessions.start_session(connection, user_id, "full")))
    return found


def processor_seconds(pid: int) -> float:
    """Processor time of the children of a process so far: of the app's server, and of what seals the audit."""
    ticks = 0
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])  # utime and stime, of man 5 proc
    return ticks / os.sysconf("SC_CLK_TCK")


async def alone(person: Person, pid: int) -> list[tuple[str, str, list[float], float]]:
    """Each page for each selection, nobody else there: first cold, then warm; (page, how, seconds, processor time)."""
    found = []
    for path in PAGES[person.role]:
        await person.look(path, "period=Last+month")  # what the process reads once, whatever the selection
        chosen = QUERIES[:: 3 if path == "sales" else 5]
        for how in ("cold", "warm"):
            before = processor_seconds(pid)
            seconds = [await person.look(path, query) for query in chosen]
            found.append((path, how, seconds, processor_seconds(pid) - before))
    return found


async def together(crowd: list[Person], minutes: float) -> None:
    """All of them at once."""
    await asyncio.gather(*(p.work(minutes, random.Random(n)) for n, p in enumerate(crowd)))


def percentile(seconds: list[float], part: float = 0.95) -> float:
    """The value below which so large a part of the values lies."""
    return sorted(seconds)[min(len(seconds) - 1, int(part * len(seconds)))]


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=10, help="1 is 51,290 order lines, 10 is a million")
    parser.add_argument("--minutes", type=float, default=3, help="how long the twenty people work")
    parser.add_argument("--settle", type=float, default=20, help="seconds from the first answer to the first look")
    parser.add_argument("--as-it-is", action="store_true", help="take what the servers of TIDEMARK_HOME hold")
    arguments = parser.parse_args()
    home = os.environ.get("TIDEMARK_HOME", str(servers.HOME))
    if not arguments.as_it_is:
        urls = servers.start()
        home = str(servers.HOME)
        servers.forget(urls)
        servers.seed("--replace", "--scale", str(arguments.scale))
        subprocess.run([sys.executable, "-m", "tidemark", "run"], check=True, stdout=subprocess.DEVNULL)
    crowd = people(os.environ["APP_URL"])
    with app_running(home) as pid:
        time.sleep(arguments.settle)
        print("| page | how | looks | median s | 95th percentile s | processor s a look |")
        print("| --- | --- | ---: | ---: | ---: | ---: |")
        for path, how, seconds, processor in asyncio.run(alone(crowd[1], pid)):
            show(path, how, seconds, processor)
        before = processor_seconds(pid)
        asyncio.run(together(crowd, arguments.minutes))
        seconds = [second for person in crowd for second in person.seconds]
        show(f"all, {PEOPLE} people", "as it comes", seconds, processor_seconds(pid) - before)
    errors = [error for person in crowd for error in person.errors]
    print(f"\n{len(errors)} errors" + (f": {'; '.join(sorted(set(errors))[:5])}" if errors else ""))


def show(path: str, how: str, seconds: list[float], processor: float) -> None:
    """Print a line of the table."""
    middle, high = statistics.median(seconds), percentile(seconds)
    print(
        f"| {path} | {how} | {len(seconds)} | {middle:.2f} | {high:.2f} | {processor / len(seconds):.2f} |", flush=True
    )


if __name__ == "__main__":
    main()
