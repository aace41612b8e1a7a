"""Runs of the pipeline: the last ones, and a new one for who may start it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from app import gate, layout, prefect_runs, runs
from app.dbt_docs import DOCS_PATH, docs_file
from app.gate import Person, require
from app.layout import plain
from app.prefect_runs import FlowRun
from app.settings import settings

ROLES = ("manager", "executive", "administrator")
MAY_START = ("executive", "administrator")
FOLLOWED = "followed_run"
LOOK_SECONDS = 2
ICONS = {
    "COMPLETED": ":material/check_circle:",
    "RUNNING": ":material/progress_activity:",
    "FAILED": ":material/error:",
    "CRASHED": ":material/error:",
}
ENDS = {"COMPLETED": "has succeeded", "CANCELLED": "was left out", "CRASHED": "was stopped"}


def show() -> None:
    """Lay the page out."""
    person = layout.person()
    require(person, *ROLES)
    layout.heading(
        "Runs", "Each run brings the warehouse up to date: it loads, builds, tests and publishes all, or nothing."
    )
    _run_now(person)
    history = runs.history(settings().app_url)
    if history.empty:
        st.info("No run yet.", icon=":material/info:")
    else:
        _history(history)
    _links(person)


def _run_now(person: Person) -> None:
    """The button for who may start a run, and for everybody how far the run under way has come."""
    api_url = settings().prefect_api_url
    try:
        waiting = prefect_runs.under_way(api_url)
    except prefect_runs.StartError as error:
        st.warning(str(error), icon=":material/cloud_off:")
        return
    if waiting is not None:
        st.session_state[FOLLOWED] = waiting.flow_run_id
    if person.role in MAY_START and st.button(
        "Run now", type="primary", icon=":material/play_arrow:", disabled=waiting is not None
    ):
        try:
            st.session_state[FOLLOWED] = prefect_runs.start(api_url)
        except prefect_runs.StartError as error:
            st.warning(str(error), icon=":material/warning:")
        else:
            st.rerun()
    if FOLLOWED in st.session_state:
        followed = prefect_runs.follow(api_url, st.session_state[FOLLOWED])
        every = LOOK_SECONDS if followed.is_under_way else None
        st.fragment(_progress, run_every=every)(followed.flow_run_id, renew=followed.is_under_way)


def _progress(flow_run_id: str, *, renew: bool) -> None:
    """How far a run has come; when it ends, or the session does, the whole page is shown anew."""
    if renew and not gate.is_still_open(layout.person()):
        gate.renew()
    try:
        run = prefect_runs.follow(settings().prefect_api_url, flow_run_id)
    except prefect_runs.StartError as error:
        st.warning(str(error), icon=":material/cloud_off:")
        return
    if renew and not run.is_under_way:
        st.rerun()
    with st.status(_said(run), state=_look(run), expanded=True):
        for step in run.steps:
            st.markdown(f"{ICONS.get(step.state, ':material/schedule:')} {plain(step.name)} · {step.seconds:.1f} s")
        if run.state in ("FAILED", "CRASHED", "CANCELLED") and run.message:
            st.text(run.message)


def _said(run: FlowRun) -> str:
    if run.state in ("SCHEDULED", "PENDING"):
        return "A run is asked for and begins in a few seconds…"
    if run.state == "RUNNING":
        return f"Run {plain(run.name)} is under way"
    return f"Run {plain(run.name)} {ENDS.get(run.state, 'has failed')} after {run.seconds:.1f} s"


def _look(run: FlowRun) -> Any:
    if run.is_under_way:
        return "running"
    return "complete" if run.state in ("COMPLETED", "CANCELLED") else "error"


def _history(history: pd.DataFrame) -> None:
    history["minutes"] = (history["ended_at"] - history["started_at"]).dt.total_seconds() / 60
    columns = ["started_at", "job", "status", "published", "loaded", "quarantined", "passed", "warned", "failed"]
    chosen = st.dataframe(
        history[[*columns, "minutes", "run_id"]],
        hide_index=True,
        key="history",
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            "started_at": layout.when("Started (UTC)", layout.SECOND),
            "job": "Job",
            "status": "Status",
            "published": st.column_config.CheckboxColumn("Published"),
            "loaded": st.column_config.NumberColumn("Rows loaded", format="localized"),
            "quarantined": st.column_config.NumberColumn("Quarantined", format="localized"),
            "passed": "Tests passed",
            "warned": "Warnings",
            "failed": "Failed",
            "minutes": st.column_config.NumberColumn("Minutes", format="%.2f"),
            "run_id": "Run",
        },
    )
    if rows := chosen["selection"]["rows"]:
        _report(str(history["run_id"].iloc[rows[0]]))
    else:
        st.caption("Choose a row to see what the run did.")
    for row in history[history["status"] != "succeeded"].head(5).itertuples(index=False):
        if row.status != "running":
            st.error(f"Run {row.run_id} {row.status}", icon=":material/error:")
            st.text(row.error or "it left no message")


def _report(run_id: str) -> None:
    """What a run did: its seconds, tables and models, and its warnings."""
    st.subheader(f"Run {run_id}")
    report = runs.report(settings().app_url, run_id)
    if not report:
        st.info("This run left no report.", icon=":material/info:")
        return
    stages = report.get("stages", {})
    for place, (stage, seconds) in zip(st.columns(max(len(stages), 1)), stages.items(), strict=False):
        place.metric(stage.capitalize(), f"{seconds:.1f} s")
    for warning in report.get("warnings", ()):
        st.warning(plain(warning), icon=":material/warning:")
    for title, key, names in (
        ("Tables", "tables", ["source", "table", "extracted", "loaded", "quarantined", "deleted", "watermark"]),
        ("Models", "models", ["name", "rows", "seconds", "status"]),
    ):
        rows = pd.DataFrame(report.get(key, []))
        if not rows.empty:
            st.caption(title)
            shown = rows[[name for name in names if name in rows]].rename(columns=str.capitalize)
            st.dataframe(shown, hide_index=True, key=f"report_{key}")


def _links(person: Person) -> None:
    with st.container(horizontal=True):
        if person.role in MAY_START:  # whoever reaches Prefect's pages can start runs there
            prefect = prefect_runs.pages(settings().prefect_api_url)
            st.link_button("Logs and reports of each run: Prefect", f"{prefect}/runs", icon=":material/open_in_new:")
        if docs_file(settings().tidemark_home) is not None:
            st.link_button("Tables, columns and tests: dbt docs", DOCS_PATH, icon=":material/menu_book:")
