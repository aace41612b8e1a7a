"""Runs of the pipeline: the last ones, and a new one for who may start it."""

from __future__ import annotations

import streamlit as st

from app import layout, runs
from app.gate import require
from app.settings import settings

ROLES = ("manager", "executive", "administrator")
MAY_START = ("executive", "administrator")


def show() -> None:
    """Lay the page out."""
    person = layout.person()
    require(person, *ROLES)
    layout.heading(
        "Runs", "Each run brings the warehouse up to date: it loads, builds, tests and publishes all, or nothing."
    )
    if person.role in MAY_START:
        _start()
    history = runs.history(settings().app_url)
    if history.empty:
        st.info("No run yet.", icon=":material/info:")
        return
    history["minutes"] = (history["ended_at"] - history["started_at"]).dt.total_seconds() / 60
    st.dataframe(
        history[
            [
                "started_at",
                "job",
                "status",
                "published",
                "loaded",
                "quarantined",
                "passed",
                "warned",
                "failed",
                "minutes",
                "run_id",
            ]
        ],
        hide_index=True,
        column_config={
            "started_at": st.column_config.DatetimeColumn("Started (UTC)", format="D MMM YYYY, HH:mm:ss"),
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
    for row in history[history["status"] != "succeeded"].head(5).itertuples(index=False):
        st.error(f"Run {row.run_id} {row.status}", icon=":material/error:")
        st.text(row.error or "it left no message")
    st.markdown(f"[Open Prefect]({runs.pages(settings().prefect_api_url)}/runs) for logs and reports of each run.")


def _start() -> None:
    if st.button("Run now", type="primary", icon=":material/play_arrow:"):
        try:
            name = runs.start(settings().prefect_api_url)
        except runs.StartError as error:
            st.warning(str(error), icon=":material/warning:")
        else:
            st.success(
                f"The run {name} is under way. This page shows it once it has begun.", icon=":material/check_circle:"
            )
