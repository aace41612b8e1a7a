"""One's own password, second factor and sessions."""

from __future__ import annotations

import io

import pandas as pd
import segno
import streamlit as st

from app import layout
from app.audit import act_as
from app.auth import questions, second_factor, sessions, users
from app.auth.passwords import PasswordError, matches
from app.auth.roles import SECOND_FACTOR_REQUIRED
from app.auth.throttle import ThrottledError, count_try, forget, password_subject
from app.databases import engine
from app.gate import Person, require
from app.settings import settings

ROLES = ("associate", "manager", "executive", "administrator")


def show() -> None:
    """Lay the page out."""
    person = layout.person()
    require(person, *ROLES)
    layout.heading("Settings")
    if done := st.session_state.pop("settings_done", None):
        st.success(done, icon=":material/check_circle:")
    with engine(settings().app_url).connect() as connection:
        user = users.user_by_id(connection, person.user_id)
        own = sessions.sessions_of(connection, person.user_id)
    left, right = st.columns(2)
    with left:
        _password(person, user)
    with right:
        _second_factor(person, user)
        if settings().security_questions and questions.may_use(user):
            _questions(person, user)
    _sessions(person, own)


def _password(person: Person, user: users.User) -> None:
    with st.form("password", clear_on_submit=True):
        st.subheader("Password")
        st.caption("15 characters or more, or 8 with a second factor. Any characters; a few words in a row do well.")
        old = st.text_input("Present password", type="password")
        new = st.text_input("New password", type="password")
        again = st.text_input("New password, again", type="password")
        if not st.form_submit_button("Change the password"):
            return
    if new != again:
        st.error("The two new passwords differ.")
        return
    if not _is_right(user, old):
        return
    try:
        with engine(settings().app_url).begin() as connection:
            act_as(connection, person.name)
            users.set_password(connection, person.user_id, new, keep_session=person.session_hash)
    except PasswordError as error:
        st.error(str(error))
        return
    st.session_state["settings_done"] = "Your password is changed. Your other sessions have ended."
    st.rerun()


def _is_right(user: users.User, password: str) -> bool:
    """Whether it is the present password; tries are counted before anything is hashed."""
    subject = password_subject(user.user_id, user.name)
    try:
        with engine(settings().app_url).begin() as connection:
            count_try(connection, subject)
    except ThrottledError as error:
        st.error(str(error))
        return False
    if not matches(password, user.password_hash):
        st.error("The present password is wrong.")
        return False
    with engine(settings().app_url).begin() as connection:
        forget(connection, subject)
    return True


def _second_factor(person: Person, user: users.User) -> None:
    box = second_factor.SecretBox(settings().key_file)
    with st.container(border=True):
        st.subheader("Second factor")
        if codes := st.session_state.pop("recovery_codes", None):
            st.success("It is on. Keep these recovery codes: each lets you in once, and they are not shown again.")
            st.code("\n".join(codes), language=None)
        if user.totp_confirmed:
            st.markdown(":material/verified_user: You have one.")
            if person.role not in SECOND_FACTOR_REQUIRED:
                with st.form("switch_off", border=False):
                    password = st.text_input("Present password", type="password", key="off_password")
                    if st.form_submit_button("Switch it off") and _is_right(user, password):
                        try:
                            with engine(settings().app_url).begin() as connection:
                                act_as(connection, person.name)
                                users.remove_second_factor(connection, person.user_id, password)
                        except PasswordError as error:
                            st.error(f"{error} Without a second factor yours will not do: change it first.")
                            return
                        st.rerun()
            return
        st.markdown("An authenticator app on your telephone makes a stolen password useless.")
        if "offered" not in st.session_state:
            with st.form("set_up", border=False):
                password = st.text_input("Present password", type="password", key="on_password")
                asked = st.form_submit_button("Set it up", icon=":material/qr_code:")
            if asked and _is_right(user, password):
                with engine(settings().app_url).begin() as connection:
                    st.session_state["offered"] = users.offer_second_factor(connection, person.user_id, box)
                st.rerun()
            return
        address = second_factor.address(st.session_state["offered"], person.name)
        picture = io.BytesIO()
        segno.make(address, error="m").save(picture, kind="png", scale=5, border=2)
        st.image(picture.getvalue(), caption="Scan this with the app")
        st.code(st.session_state["offered"], language=None)
        with st.form("confirm", border=False):
            code = st.text_input("Code that the app shows", max_chars=20)
            if not st.form_submit_button("Switch it on"):
                return
        with engine(settings().app_url).begin() as connection:
            act_as(connection, person.name)
            codes = users.confirm_second_factor(connection, person.user_id, code, box, person.session_hash)
        if codes is None:
            st.error("The code is wrong, or was used already. Wait for the next one.")
            return
        del st.session_state["offered"]
        st.session_state["recovery_codes"] = codes
        st.rerun()


def _questions(person: Person, user: users.User) -> None:
    with engine(settings().app_url).connect() as connection:
        known = questions.questions_of(connection, person.user_id)
    with st.form("questions", clear_on_submit=True):
        st.subheader("Security questions")
        st.caption(
            "Beside a reset code from an administrator, your three answers make a new password. A second factor is "
            "safer: once you have one, the answers are deleted."
            + (" You have answered three; new answers take their place." if known else "")
        )
        given = []
        for number in range(questions.NEEDED):
            question = st.selectbox(f"Question {number + 1}", questions.QUESTIONS, number)
            given.append((question, st.text_input(f"Answer {number + 1}", type="password", max_chars=200)))
        password = st.text_input("Present password", type="password", key="questions_password")
        if not st.form_submit_button("Keep these answers") or not _is_right(user, password):
            return
    try:
        with engine(settings().app_url).begin() as connection:
            act_as(connection, person.name)
            questions.set_answers(connection, person.user_id, given)
    except users.UserError as error:
        st.error(str(error))
        return
    st.session_state["settings_done"] = "Your answers are kept."
    st.rerun()


def _sessions(person: Person, own: list[sessions.OwnSession]) -> None:
    st.subheader("Where you are signed in")
    st.dataframe(
        pd.DataFrame(
            {
                "Since": [s.created_at for s in own],
                "Last seen": [s.last_seen_at for s in own],
                "Browser": [s.browser for s in own],
                "This one": [s.session_hash == person.session_hash for s in own],
            }
        ),
        hide_index=True,
        column_config={
            "Since": layout.when("Since (UTC)"),
            "Last seen": layout.when("Last seen (UTC)"),
        },
    )
    if st.button("Sign out everywhere else", icon=":material/logout:", disabled=len(own) < 2):
        with engine(settings().app_url).begin() as connection:
            ended = sessions.end_sessions_of(connection, person.user_id, except_for=person.session_hash)
        st.session_state["settings_done"] = f"{ended} other sessions have ended."
        st.rerun()
