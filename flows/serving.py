"""Runs that are asked for in Prefect: by its pages, by the app's "Run now", or by a schedule."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate
from prefect.client.schemas.objects import FlowRun
from prefect.client.schemas.responses import OrchestrationResult
from prefect.client.schemas.schedules import IntervalSchedule
from prefect.exceptions import PrefectException
from prefect.states import Cancelled, Pending

from flows.pipeline import main_job, run_pipeline
from flows.report import RunReport, RunRequest
from flows.workshop import Workshop

if TYPE_CHECKING:
    from uuid import UUID

DEPLOYMENT = "warehouse"
LOOK_SECONDS = 2.0
TOOK_OVER = "a later run that was waiting did this one's work"


@dataclass(frozen=True)
class Service:
    """Takes on the runs of the deployment one after the other, in this process, which has imported all they need."""

    workshop: Workshop
    on_report: Callable[[RunReport], None]

    def serve(self, every: dt.timedelta | None) -> None:
        """Wait for runs until interrupted; with `every`, Prefect schedules one that often. Raises PrefectException."""
        self.workshop.warm_up()
        with get_client(sync_client=True) as client:
            deployment = deploy(client, every)
            while True:
                if not self.take_next(client, deployment):
                    time.sleep(LOOK_SECONDS)

    def take_next(self, client: SyncPrefectClient, deployment: UUID) -> bool:
        """Carry out the newest run that is due, in place of older ones that wait too; whether there was one."""
        due = client.get_scheduled_flow_runs_for_deployments([deployment], dt.datetime.now(dt.UTC))
        waiting = sorted(due, key=lambda run: run.next_scheduled_start_time or run.created or dt.datetime.min)
        for skipped in waiting[:-1]:
            client.set_flow_run_state(skipped.id, Cancelled(message=TOOK_OVER))
        if not waiting or not _claimed(client, waiting[-1].id):
            return False
        run = client.read_flow_run(waiting[-1].id)
        self.on_report(run_pipeline(self.workshop, request_of(run), flow_run=run))
        return True


def deploy(client: SyncPrefectClient, every: dt.timedelta | None) -> UUID:
    """Make the deployment known to Prefect, or change the one that it knows; returns its id."""
    schedules = [DeploymentScheduleCreate(schedule=IntervalSchedule(interval=every))] if every else []
    return client.create_deployment(
        client.create_flow(main_job),
        DEPLOYMENT,
        schedules=schedules,
        paused=False,
        description="Bring the warehouse up to date. `tidemark serve` carries it out.",
        parameters={"tables": [], "since": None, "full_refresh": False, "dry_run": False},
        enforce_parameter_schema=False,
    )


def request_of(run: FlowRun) -> RunRequest:
    """What a run in Prefect asks for, by its parameters."""
    asked = run.parameters
    since = asked.get("since")
    return RunRequest(
        tables=tuple(map(str, asked.get("tables") or ())),
        since=dt.date.fromisoformat(str(since)[:10]) if since else None,
        full_refresh=bool(asked.get("full_refresh")),
        dry_run=bool(asked.get("dry_run")),
    )


def _claimed(client: SyncPrefectClient, run_id: UUID) -> bool:
    """Whether this process may carry a run out; Prefect grants it to one alone."""
    try:
        answer: OrchestrationResult[Any] = client.set_flow_run_state(run_id, Pending())
    except PrefectException:
        return False
    return answer.status.value == "ACCEPT"
