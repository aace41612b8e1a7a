"""The rows that are in quarantine, one by one, with what is wrong and who has seen it."""

from __future__ import annotations

import json

import pandas as pd
import streamlit as st

from app import layout, runs
from app.gate import Person, require
from app.settings import settings

ROLES = ("manager", "executive", "administrator")
SEE_VALUES = ("manager", "executive")  # an administrator has no business data
ALL = "All"


def show() -> None:
    """Lay the page out."""
    person = layout.person()
    require(person, *ROLES)
    layout.heading(
        "Quarantine",
        "Rows of the source that are wrong, and in no figure. Mended in the source, they come back with the next run.",
    )
    rows = runs.quarantined(settings().app_url)
    if rows.empty:
        st.success("No row is in quarantine: all that the source holds is in the warehouse.", icon=":material/check:")
        return
    shown = _chosen(rows)
    seen = int(shown["seen_by"].notna().sum())
    st.caption(f"{len(shown):,} rows, {seen:,} of them seen. Personal values are masked.")
    _list(person, shown)


def _chosen(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the table and the reason that are chosen, all or those that nobody has seen."""
    rows = rows.assign(table=rows["source"] + "." + rows["table_name"])
    first, second, third = st.columns([2, 2, 1], vertical_alignment="bottom")
    table = first.selectbox("Table", [ALL, *sorted(rows["table"].unique())])
    reasons = sorted({reason for rule in rows["rule"] for reason in rule.split(", ")})
    reason = second.selectbox("Reason", [ALL, *reasons], format_func=_words)
    if third.toggle("Not seen yet"):
        rows = rows[rows["seen_by"].isna()]
    if table != ALL:
        rows = rows[rows["table"] == table]
    if reason != ALL:
        rows = rows[[reason in rule.split(", ") for rule in rows["rule"]]]
    return rows.reset_index(drop=True)


def _list(person: Person, rows: pd.DataFrame) -> None:
    table = pd.DataFrame(
        {
            "Table": rows["table"],
            "Row": [", ".join(f"{name} {value}" for name, value in json.loads(key).items()) for key in rows["row_key"]],
            "Reason": [", ".join(map(_words, rule.split(", "))) for rule in rows["rule"]],
            "First seen (UTC)": rows["first_seen_at"],
            "Last seen (UTC)": rows["last_seen_at"],
            "Run": rows["run_id"],
            "Seen by": rows["seen_by"].fillna(""),
        }
    )
    if person.role in SEE_VALUES:
        table.insert(3, "Values", rows["row_data"])
    instant = layout.when()
    chosen = st.dataframe(
        table,
        hide_index=True,
        key="quarantine",
        on_select="rerun",
        selection_mode="multi-row",
        column_config={"First seen (UTC)": instant, "Last seen (UTC)": instant},
    )["selection"]["rows"]
    with st.container(horizontal=True):
        if st.button("Mark as seen", icon=":material/visibility:", disabled=not chosen):
            runs.mark_seen(settings().app_url, [str(rows["subject"].iloc[row]) for row in chosen], person.name)
            st.rerun()
        st.download_button(
            "Download CSV", layout.as_csv(table), "quarantine.csv", "text/csv", icon=":material/download:"
        )
    if len(chosen) == 1 and person.role in SEE_VALUES:
        st.json(json.loads(rows["row_data"].iloc[chosen[0]]))


def _words(rule: str) -> str:
    """A rule's name as a sentence."""
    return rule.replace("_", " ")
