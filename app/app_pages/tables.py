"""The source tables: how far each has arrived, when it was last shown equal, what was quarantined; and the tests."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import plotly.express as px
import streamlit as st

from app import layout, runs
from app.amounts import ago, instant
from app.charts import ABOVE, FRAME
from app.gate import require
from app.settings import settings

ROLES = ("manager", "executive", "administrator")


def show() -> None:
    """Lay the page out."""
    person = layout.person()
    require(person, *ROLES)
    layout.heading("Tables and tests", "How far each source table has arrived, and what the tests say.")
    _tables()
    _tests()
    _quality()


def _tables() -> None:
    app_url = settings().app_url
    tables = runs.tables(app_url)
    if tables.empty:
        st.info("No table was loaded yet.", icon=":material/info:")
        return
    now = dt.datetime.now(dt.UTC)
    proofs = [None if pd.isna(value) else value for value in tables["proved_equal_at"]]
    st.dataframe(
        pd.DataFrame(
            {
                "Source": tables["source"],
                "Table": tables["table_name"],
                "Arrived up to": [instant(mark) for mark in tables["watermark"]],
                "Behind": [ago(mark, now) for mark in tables["watermark"]],
                "Last shown equal to the source": [instant(proof) if proof else "never" for proof in proofs],
                "In quarantine": tables["quarantined"],
            }
        ),
        hide_index=True,
    )
    held = int(tables["quarantined"].sum())
    if held:
        st.warning(f"{held:,} rows are in quarantine, and in no figure.", icon=":material/inventory:")
        st.markdown("[See them one by one, with their reasons](quarantine)")


def _tests() -> None:
    st.subheader("Tests")
    trend = runs.outcomes_of_tests(settings().app_url)
    if trend.empty:
        st.info("No test has run yet.", icon=":material/info:")
        return
    shown = trend.melt(
        id_vars="started_at", value_vars=["passed", "warned", "failed"], var_name="outcome", value_name="tests"
    )
    figure = px.bar(
        shown, x="started_at", y="tests", color="outcome", labels={"started_at": "", "tests": "Tests", "outcome": ""},
        color_discrete_map={"passed": "#0f766e", "warned": "#a16207", "failed": "#b42318"},
    )  # fmt: skip
    figure.update_xaxes(type="category", showticklabels=False)
    figure.update_layout(**FRAME, legend=ABOVE)
    st.plotly_chart(figure, key="tests", config={"displayModeBar": False})


def _quality() -> None:
    quality = runs.quality(settings().app_url)
    if not quality.empty:
        st.subheader("Out of the ordinary in the source")
        st.caption("Counted, not refused: values that are allowed and may still be mistakes.")
        quality["metric"] = quality["metric"].str.replace("_", " ")
        quality.columns = [str(name).capitalize() for name in quality.columns]
        st.dataframe(quality, hide_index=True)
