"""The log of questions and queries, for administrators."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from app import layout, query_log
from app.gate import require
from app.settings import settings

ROLES = ("administrator",)


def show() -> None:
    """Lay the page out."""
    require(layout.person(), *ROLES)
    layout.heading(
        "Query log",
        "Every question and query put to the data. Figures that were computed before are shown again without a query.",
    )
    left, right = st.columns(2)
    days = left.selectbox("Of the last", (1, 7, 30, 90), format_func=lambda n: f"{n} days" if n > 1 else "day", index=1)
    user = right.text_input("User name", placeholder="All")
    rows = query_log.read(settings().app_url, dt.datetime.now(dt.UTC) - dt.timedelta(days=days), user.strip())
    if rows.empty:
        st.info("Nobody has asked anything in this time.", icon=":material/info:")
        return
    st.dataframe(
        rows.fillna({"question": "", "sql": ""}),
        hide_index=True,
        column_config={
            "asked_at": layout.when("When (UTC)", layout.SECOND),
            "user_name": "User",
            "role": "Role",
            "kind": "From",
            "status": "Status",
            "rows": "Rows",
            "milliseconds": "ms",
            "question": "Question",
            "sql": "SQL",
        },
    )
