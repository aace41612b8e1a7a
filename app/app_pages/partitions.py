"""The partitions of the published tables, with their rows and bytes."""

from __future__ import annotations

import re

import pandas as pd
import plotly.express as px
import streamlit as st

from app import layout, runs
from app.charts import FRAME
from app.gate import require
from app.settings import settings

ROLES = ("executive", "administrator")
LAST = "MAXVALUE"
MIB = 1024 * 1024


def show() -> None:
    """Lay the page out."""
    require(layout.person(), *ROLES)
    layout.heading(
        "Partitions",
        "Large tables lie in the warehouse by month, so that a question about a month reads that month alone.",
    )
    found = runs.partitions(settings().app_url)
    if found.empty:
        st.info(
            "Nothing was published yet. Partitions come with the first run of the pipeline.", icon=":material/info:"
        )
        return
    st.caption(f"As run {found['run_id'].iloc[0]} published them.")
    for table, rows in found.groupby("table_name", sort=True):
        _table(str(table), rows)


def _table(name: str, rows: pd.DataFrame) -> None:
    st.subheader(name)
    filled = rows[rows["rows"] > 0]
    for place, (label, value) in zip(
        st.columns(4),
        (
            ("Partitions", f"{len(rows):,}"),
            ("Rows", f"{rows['rows'].sum():,}"),
            ("Size", f"{rows['bytes'].sum() / MIB:,.1f} MiB"),
            ("Empty", f"{len(rows) - len(filled):,}"),
        ),
        strict=True,
    ):
        place.metric(label, value, border=True)
    figure = px.bar(
        filled.assign(month=filled["partition"].map(_month)), x="month", y="rows", labels={"month": "", "rows": "Rows"}
    )
    figure.update_xaxes(type="category")
    figure.update_layout(**FRAME)
    st.plotly_chart(figure, key=f"{name}_chart", config={"displayModeBar": False})
    with st.expander("All partitions"):
        shown = pd.DataFrame(
            {
                "Month": rows["partition"].map(_month),
                "Up to, not including": [_bound(bound) for bound in rows["upper_bound"]],
                "Rows": rows["rows"],
                "KiB": rows["bytes"] / 1024,
            }
        )
        counted = st.column_config.NumberColumn(format="localized")
        st.dataframe(shown, hide_index=True, key=name, column_config={"Rows": counted, "KiB": counted})


def _month(partition: str) -> str:
    """A partition by its month: p202501 is 2025-01."""
    found = re.fullmatch(r"p(\d{4})(\d{2})", partition)
    return f"{found[1]}-{found[2]}" if found else partition


def _bound(bound: str) -> str:
    """A bound as a day: 20250201 is 2025-02-01."""
    if bound == LAST:
        return "no end: what comes later"
    return f"{bound[:4]}-{bound[4:6]}-{bound[6:]}" if len(bound) == 8 and bound.isdigit() else bound
