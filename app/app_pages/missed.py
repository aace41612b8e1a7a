"""What people asked and could not get, for who looks after the data and its words."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from app import feedback, layout
from app.gate import require
from app.settings import settings

ROLES = ("administrator",)
DAYS = (7, 30, 90, 365)


def show() -> None:
    """Lay the page out."""
    person = layout.person()
    require(person, *ROLES)
    layout.heading(
        "Asked and not got",
        "Questions that were refused, asked back, or answered and found wrong. A word that is missing is a synonym in "
        "dbt's YAML; a figure that is missing is a metric there.",
    )
    app_url = settings().app_url
    days = st.selectbox("Of the last", DAYS, format_func=lambda n: f"{n} days", index=1, width=240)
    since = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
    liked, disliked = feedback.opinions(app_url, since)
    missed = feedback.not_got(app_url, since).fillna("")
    for place, (label, value) in zip(
        st.columns(3),
        (("Questions not got", len(missed)), ("Thumbs up", liked), ("Thumbs down", disliked)),
        strict=True,
    ):
        place.metric(label, value, border=True)
    if missed.empty:
        st.info("Everybody got what they asked for in this time.", icon=":material/sentiment_satisfied:")
        return
    st.caption("Choose rows that are dealt with: they leave the list until somebody asks again.")
    chosen = st.dataframe(
        missed,
        hide_index=True,
        key="missed",
        on_select="rerun",
        selection_mode="multi-row",
        column_config={
            "question": st.column_config.TextColumn("Question", width="large"),
            "times": "Times",
            "people": "People",
            "last_asked": layout.when("Last asked (UTC)"),
            "outcome": "Outcome",
            "understood": "Understood as",
            "comments": "What was expected",
        },
    )
    rows = chosen["selection"]["rows"]
    with st.container(horizontal=True):
        if st.button("Dealt with", icon=":material/done_all:", disabled=not rows):
            for row in rows:
                feedback.settle(app_url, str(missed["question"].iloc[row]), person.name)
            st.rerun()
        st.download_button(
            "Download CSV", layout.as_csv(missed), "asked-and-not-got.csv", "text/csv", icon=":material/download:"
        )
