"""Users and roles, for administrators."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import sqlalchemy as sa
import streamlit as st

from app import entered, layout
from app.audit import act_as
from app.auth import questions, users
from app.auth.passwords import PasswordError
from app.auth.roles import ROLES as ALL_ROLES
from app.databases import engine
from app.entered import KEPT, key
from app.entry.literal import literal
from app.gate import require
from app.settings import settings

ROLES = ("administrator",)
NEW = "user"  # the form of a new user; a password is never kept
CHANGES = "changes_of_users"  # how many this page has made
SURE = "sure_of_change"


def show() -> None:
    """Lay the page out."""
    person = layout.person()
    require(person, *ROLES)
    layout.heading(
        "Users and roles", "Roles are given here, never chosen by who signs in. A change of role ends all sessions."
    )
    entered.restore(person.user_id, NEW)
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
    number = entered.number(NEW)
    with st.container(border=True):
        st.subheader("Add a user")
        new_name = st.text_input("User name", max_chars=64, key=key(NEW, "name"), persist_state=KEPT)
        role = st.selectbox(
            "Role", list(ALL_ROLES), None, format_func=ALL_ROLES.__getitem__, key=key(NEW, "role"), persist_state=KEPT,
            placeholder="Choose one",
        )  # fmt: skip
        password = st.text_input(
            "First password",
            type="password",
            key=f"first_password_{number}",
            help="Tell it to the person; it is changed at the first sign-in.",
        )
        if st.button("Add", icon=":material/person_add:", key=f"add_user_{number}"):
            if role is None:
                st.error("Choose a role.")
                return
            _do(
                name,
                lambda c: users.add_user(c, new_name, role, password),
                f"{new_name.strip()} may sign in as {ALL_ROLES[role].lower()}.",
                NEW,
            )


def _change(name: str, found: list[users.User]) -> None:
    by_id = {user.user_id: user for user in found}
    with st.container(border=True):
        st.subheader("Change a user")
        user_id = st.selectbox(
            "User", list(by_id), None, format_func=lambda id_: by_id[id_].name, placeholder="Choose one", key="changed"
        )
        if user_id is None:
            st.session_state.pop(SURE, None)
            return
        chosen = by_id[user_id]
        own = f"{user_id}_{st.session_state.get(CHANGES, 0)}"  # no field keeps what was meant for another person
        role = st.selectbox(
            "New role",
            list(ALL_ROLES),
            list(ALL_ROLES).index(chosen.role),
            format_func=ALL_ROLES.__getitem__,
            key=f"role_{own}",
        )
        if st.button("Change the role", disabled=role == chosen.role):
            _do(
                name,
                lambda c: users.set_role(c, chosen.user_id, role),
                f"{chosen.name} is now {ALL_ROLES[role].lower()}.",
            )
        if chosen.disabled:
            if st.button("Let sign in again"):
                _do(name, lambda c: users.set_disabled(c, chosen.user_id, False), f"{chosen.name} can sign in again.")
        elif _is_sure("Let sign in no longer", f"{chosen.name} is signed out everywhere and cannot sign in.", own):
            _do(name, lambda c: users.set_disabled(c, chosen.user_id, True), f"{chosen.name} can sign in no longer.")
        if chosen.totp_confirmed and _is_sure(
            "Take the second factor away", f"{chosen.name} is signed out and sets up another one.", own
        ):
            _do(
                name,
                lambda c: users.remove_second_factor(c, chosen.user_id),
                f"{chosen.name} sets up a new one at the next sign-in.",
            )
        if settings().security_questions and questions.may_use(chosen):
            _reset_code(name, chosen)
        password = st.text_input("New first password", type="password", key=f"given_password_{own}")
        if st.button("Give this password", disabled=not password):
            _do(
                name,
                lambda c: users.set_password(c, chosen.user_id, password, must_change=True),
                f"{chosen.name} has a new password, to be changed at the next sign-in.",
            )


def _is_sure(label: str, told: str, own: str) -> bool:
    """A button that asks whether it is meant; True once that was said."""
    if st.button(label):
        st.session_state[SURE] = (label, own)
    if st.session_state.get(SURE) != (label, own):
        return False
    st.warning(f"{literal(told)} Do it?", icon=":material/help:")
    with st.container(horizontal=True):
        yes = st.button("Yes, do it", type="primary")
        no = st.button("No")
    if yes or no:
        del st.session_state[SURE]
    if no:
        st.rerun()
    return yes


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


def _do(name: str, change: Callable[[sa.Connection], object], done: str, form: str | None = None) -> None:
    """Make a change, empty what was filled in for it, and say that it is done."""
    try:
        with engine(settings().app_url).begin() as connection:
            act_as(connection, name)
            change(connection)
    except (users.UserError, PasswordError) as error:
        st.error(literal(str(error)))
        return
    if form is not None:
        entered.clear(form)
    st.session_state["users_done"] = done
    st.session_state[CHANGES] = st.session_state.get(CHANGES, 0) + 1
    st.rerun()
