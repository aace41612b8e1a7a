"""Runs in Prefect: starting one, and following it. All that is asked of Prefect goes through its API."""

from __future__ import annotations

import datetime as dt
import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

FLOW = "tidemark"
API_SECONDS = 10
NOTED_SECONDS = 30  # Prefect may note later that it was asked for runs
POLLED_SECONDS = 60  # who serves the deployment asks for runs every two seconds
UNDER_WAY = ("SCHEDULED", "PENDING", "RUNNING")
NOBODY_WAITS = "Nothing waits for runs: the operator starts `tidemark serve`, or runs the pipeline by `tidemark run`."


class StartError(RuntimeError):
    """A run cannot be started or followed; the sentence says why and what to do."""


@dataclass(frozen=True)
class Step:
    """A step of a run, such as ingest or publish; `state` is Prefect's word."""

    name: str
    state: str
    seconds: float


@dataclass(frozen=True)
class FlowRun:
    """A run as Prefect knows it. `name` is the run's id once it has begun; `seconds` is how long it has run."""

    flow_run_id: str
    name: str
    state: str
    message: str
    seconds: float
    steps: tuple[Step, ...] = ()

    @property
    def is_under_way(self) -> bool:
        """Whether it has not come to an end."""
        return self.state in UNDER_WAY


def start(api_url: str) -> str:
    """Have a run started, and return its id in Prefect: that of the one under way where there is one.

    Raises StartError when nobody would carry it out.
    """
    deployment = _deployment(api_url)
    if deployment is None:
        raise StartError(NOBODY_WAITS)
    waiting = _under_way(api_url, deployment)
    if waiting is not None:
        return waiting.flow_run_id
    if not _is_served(deployment):
        raise StartError(NOBODY_WAITS)
    made = _ask(api_url, f"/deployments/{deployment['id']}/create_flow_run", {"state": {"type": "SCHEDULED"}})
    return str(made["id"])


def under_way(api_url: str) -> FlowRun | None:
    """The run that is carried out or waits to be; None when there is none. Raises StartError.

    One whose process was killed is under way for Prefect alone: who serves the deployment has asked for runs since.
    """
    deployment = _deployment(api_url)
    return None if deployment is None else _under_way(api_url, deployment)


def _under_way(api_url: str, deployment: dict[str, Any]) -> FlowRun | None:
    own = {"deployments": {"id": {"any_": [deployment["id"]]}}, "limit": 1}
    begun = {"state": {"type": {"any_": ["PENDING", "RUNNING"]}}}
    due = {
        "state": {"type": {"any_": ["SCHEDULED"]}},
        "next_scheduled_start_time": {"before_": dt.datetime.now(dt.UTC).isoformat()},
    }
    for wanted, order in ((begun, "START_TIME_DESC"), (due, "EXPECTED_START_TIME_DESC")):
        found = _ask(api_url, "/flow_runs/filter", {**own, "flow_runs": wanted, "sort": order})
        if found and not _was_left(found[0], deployment):
            return _flow_run(found[0])
    return None


def _was_left(run: dict[str, Any], deployment: dict[str, Any]) -> bool:
    """Whether who carried a run out has gone on to ask for others."""
    polled, started = deployment.get("last_polled"), run.get("start_time")
    if not polled or not started:
        return False
    between = dt.datetime.fromisoformat(polled) - dt.datetime.fromisoformat(started)
    return between.total_seconds() > NOTED_SECONDS


def follow(api_url: str, flow_run_id: str) -> FlowRun:
    """How far a run has come. Raises StartError."""
    run = _ask(api_url, f"/flow_runs/{flow_run_id}")
    wanted = {"flow_runs": {"id": {"any_": [flow_run_id]}}, "sort": "EXPECTED_START_TIME_ASC"}
    return _flow_run(run, tuple(_step(task) for task in _ask(api_url, "/task_runs/filter", wanted)))


def pages(api_url: str) -> str:
    """The address of Prefect's pages."""
    return api_url.rstrip("/").removesuffix("/api")


def _deployment(api_url: str) -> dict[str, Any] | None:
    found: list[dict[str, Any]] = _ask(
        api_url, "/deployments/filter", {"flows": {"name": {"any_": [FLOW]}}, "limit": 1}
    )
    return found[0] if found else None


def _is_served(deployment: dict[str, Any]) -> bool:
    polled = deployment.get("last_polled")
    if not polled:
        return False
    return (dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(polled)).total_seconds() < POLLED_SECONDS


def _flow_run(run: dict[str, Any], steps: tuple[Step, ...] = ()) -> FlowRun:
    state = run.get("state") or {}
    return FlowRun(
        str(run["id"]),
        str(run["name"]),
        str(run["state_type"]),
        str(state.get("message") or ""),
        float(run.get("estimated_run_time") or 0),
        steps,
    )


def _step(task: dict[str, Any]) -> Step:
    name = str(task["name"]).rsplit("-", 1)[0]  # Prefect adds a few random digits
    return Step(name, str(task["state_type"]), float(task.get("estimated_run_time") or 0))


def _ask(api_url: str, path: str, body: dict[str, Any] | None = None) -> Any:
    request = urllib.request.Request(  # noqa: S310 - the address is a setting, not a person's
        api_url.rstrip("/") + path,
        None if body is None else json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=API_SECONDS) as answer:  # noqa: S310 - as above
            return json.loads(answer.read())
    except (urllib.error.URLError, TimeoutError, ValueError) as error:
        raise StartError(f"Prefect does not answer at {api_url}: the operator looks at `tidemark status`.") from error
