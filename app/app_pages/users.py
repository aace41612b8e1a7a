"""Users and roles, for administrators."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import sqlalchemy as sa
import streamlit as st

from app import layout
from app.audit import act_as
from app.auth import questions, users
from app.auth.passwords import PasswordError
from app.auth.roles import ROLES as ALL_ROLES
from app.databases import engine
from app.entry.literal import literal
from app.gate import require
from app.settings import settings

ROLES = ("administrator",)


def show() -> None:
    """Lay the page out."""
    person = layout.person()
    require(person, *ROLES)
    layout.heading(
        "Users and roles", "Roles are given here, never chosen by who signs in. A change of role ends all sessions."
    )
    if done := st.session_state.pop("users_done", None):
        st.success(literal(done), icon=":material/check_circle:")
    with engine(settings().app_url).connect() as connection:
        found = users.all_users(connection)
    st.dataframe(
        pd.DataFrame(
            {
                "User": [u.name for u in found],
                "Role": [ALL_ROLES[u.role] for u in found],
                "Second factor": [u.totp_confirmed for u in found],
                "May sign in": [not u.disabled for u in found],
                "Since": [u.created_at for u in found],
            }
        ),
        hide_index=True,
        column_config={"Since": layout.when("Since (UTC)", layout.DAY)},
    )
    left, right = st.columns(2)
    with left:
        _add(person.name)
    with right:
        _change(person.name, found)


def _add(name: str) -> None:
    with st.form("add_user", clear_on_submit=False):
        st.subheader("Add a user")
        new_name = st.text_input("User name", max_chars=64)
        role = st.selectbox("Role", list(ALL_ROLES), format_func=ALL_ROLES.__getitem__)
        password = st.text_input(
            "First password", type="password", help="Tell it to the person; it is changed at the first sign-in."
        )
        if st.form_submit_button("Add", icon=":material/person_add:"):
            try:
                with engine(settings().app_url).begin() as connection:
                    act_as(connection, name)
                    users.add_user(connection, new_name, role, password)
            except (users.UserError, PasswordError) as error:
                st.error(literal(str(error)))
                return
            st.session_state["users_done"] = f"{new_name.strip()} may sign in as {ALL_ROLES[role].lower()}."
            st.rerun()


def _change(name: str, found: list[users.User]) -> None:
    by_id = {user.user_id: user for user in found}
    with st.container(border=True):
        st.subheader("Change a user")
        chosen = by_id[st.selectbox("User", list(by_id), format_func=lambda id_: by_id[id_].name)]
        role = st.selectbox(
            "New role", list(ALL_ROLES), index=list(ALL_ROLES).index(chosen.role), format_func=ALL_ROLES.__getitem__
        )
        if st.button("Change the role", disabled=role == chosen.role):
            _do(
                name,
                lambda c: users.set_role(c, chosen.user_id, role),
                f"{chosen.name} is now {ALL_ROLES[role].lower()}.",
            )
        if st.button("Let sign in again" if chosen.disabled else "Let sign in no longer"):
            _do(
                name,
                lambda c: users.set_disabled(c, chosen.user_id, not chosen.disabled),
                f"{chosen.name} can sign in {'again' if chosen.disabled else 'no longer'}.",
            )
        if st.button("Take the second factor away", disabled=not chosen.totp_confirmed):
            _do(
                name,
                lambda c: users.remove_second_factor(c, chosen.user_id),
                f"{chosen.name} sets up a new one at the next sign-in.",
            )
        if settings().security_questions and questions.may_use(chosen):
            _reset_code(name, chosen)
        password = st.text_input("New first password", type="password")
        if st.button("Give this password", disabled=not password):
            _do(
                name,
                lambda c: users.set_password(c, chosen.user_id, password, must_change=True),
                f"{chosen.name} has a new password, to be changed at the next sign-in.",
            )


def _reset_code(name: str, chosen: users.User) -> None:
    if not st.button("Give a reset code"):
        return
    try:
        with engine(settings().app_url).begin() as connection:
            act_as(connection, name)
            code = questions.give_reset_code(connection, chosen.user_id)
    except users.UserError as error:
        st.error(literal(str(error)))
        return
    st.success(
        "Tell it to the person, whom you know to be that person. It is good once, for a day, and not shown again."
    )
    st.code(code, language=None)


def _do(name: str, change: Callable[[sa.Connection], object], done: str) -> None:
    try:
        with engine(settings().app_url).begin() as connection:
            act_as(connection, name)
            change(connection)
    except (users.UserError, PasswordError) as error:
        st.error(literal(str(error)))
        return
    st.session_state["users_done"] = done
    st.rerun()
