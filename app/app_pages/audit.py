"""The record of changes of users and roles, for administrators."""

from __future__ import annotations

import pandas as pd
import sqlalchemy as sa
import streamlit as st

from app import layout
from app.auth import sign_in_log
from app.databases import engine
from app.gate import require
from app.settings import settings

ROLES = ("administrator",)
SHOWN = 500
QUERY = """
    select changed_at, actor, operation, table_name, coalesce(users.name, key ->> 'user_id') as about,
        old_values::text, new_values::text,
        exists (select from audit.seals as s where s.change_id = c.change_id) as sealed
    from audit.changes as c
    left join users on users.user_id = (key ->> 'user_id')::bigint
    order by change_id desc
    limit :limit
"""


def show() -> None:
    """Lay the page out."""
    require(layout.person(), *ROLES)
    layout.heading(
        "Record of changes",
        "Who changed users, roles and second factors. Changes of orders are recorded in their own database, which "
        "administrators of the app do not read; `tidemark audit verify` proves both.",
    )
    with engine(settings().app_url).connect() as connection:
        rows = connection.execute(sa.text(QUERY), {"limit": SHOWN})
        changes = pd.DataFrame(rows.all(), columns=list(rows.keys()))
        tries = sign_in_log.read(connection, SHOWN)
    if changes.empty:
        st.info("Nothing was changed yet.", icon=":material/info:")
    else:
        _show_changes(changes)
    st.subheader("Who came to the door")
    if tries.empty:
        st.info("Nobody has tried to sign in yet.", icon=":material/info:")
        return
    st.dataframe(
        tries,
        hide_index=True,
        column_config={
            "happened_at": layout.when("When (UTC)", layout.SECOND),
            "user_name": "User",
            "event": "What",
            "browser": "Browser",
        },
    )


def _show_changes(changes: pd.DataFrame) -> None:
    first, second = st.columns(2)
    who = first.selectbox("By whom", sorted(changes["actor"].unique()), None, placeholder="Everybody")
    where = second.selectbox("Where", sorted(changes["table_name"].unique()), None, placeholder="Everywhere")
    if who is not None:
        changes = changes[changes["actor"] == who]
    if where is not None:
        changes = changes[changes["table_name"] == where]
    st.dataframe(
        changes.fillna({"about": "", "old_values": "", "new_values": ""}),
        hide_index=True,
        column_config={
            "changed_at": layout.when("When (UTC)", layout.SECOND),
            "actor": "By whom",
            "operation": "What",
            "table_name": "Where",
            "about": "About",
            "old_values": "Before",
            "new_values": "After",
            "sealed": st.column_config.CheckboxColumn("Sealed"),
        },
    )
