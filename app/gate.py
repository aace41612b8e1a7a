"""Who looks at this page? Asked of the database at every rerun, before anything is shown."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any, NoReturn

import sqlalchemy as sa
import streamlit as st

from app.auth import sessions, sign_in_log
from app.databases import at_once, engine
from app.settings import settings

DRAFT_PREFIX = "entry_"
RENEWED = "renewed_by_itself"


@dataclass(frozen=True)
class Person:
    """The person who is signed in."""

    user_id: int
    name: str
    role: str
    session_hash: bytes


def session_token() -> str | None:
    """What the browser's cookie says."""
    return sessions.token_of(st.context.cookies)


def current_person() -> Person:
    """The person of this session. Ends the script, and leads to the sign-in, when nobody is signed in.

    What was entered in a form when the session had ended is kept, and given back after signing in.
    """
    in_use = not st.session_state.pop(RENEWED, False)
    with at_once(settings().app_url) as connection:
        session = sessions.find_session(connection, session_token(), in_use)
        if session is not None and session.is_open and session.stage == "full":
            return Person(session.user_id, session.name, session.role, session.session_hash)
        before = st.session_state.get("person")
        if session is not None and before is not None and before.user_id == session.user_id:
            _keep_draft(connection, session.user_id)
    return lead_to("/sign-in")


def renew() -> NoReturn:
    """Run the page anew by itself: that nobody did anything is minded, so that the session ends in its time."""
    st.session_state[RENEWED] = True
    st.rerun()


def is_still_open(person: Person) -> bool:
    """Whether a person's session is still open; asked by what a page does by itself."""
    with at_once(settings().app_url) as connection:
        session = sessions.find_session(connection, session_token(), in_use=False)
    return session is not None and session.is_open and session.session_hash == person.session_hash


def require(person: Person, *roles: str) -> None:
    """End the script unless the person has one of these roles."""
    if person.role not in roles:
        with engine(settings().app_url).begin() as connection:
            page = str(st.session_state.get("page", ""))
            sign_in_log.note_page_refused(connection, person.name, page)
        st.error("Your role does not open this page. Ask an administrator if it should.", icon=":material/lock:")
        st.stop()


def lead_to(place: str) -> NoReturn:
    """Send the browser to another address of this site, and end the script."""
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    context = get_script_run_ctx()
    if context is not None:
        message = ForwardMsg()
        message.auth_redirect.url = place
        context.enqueue(message)
    st.info("You are not signed in, or your session has ended. What you had entered is kept. [Sign in](/sign-in)")
    st.stop()


def draft(connection: sa.Connection, user_id: int, page: str) -> dict[str, Any] | None:
    """What a person had entered on a page when the session ended; it is given back once."""
    row = connection.execute(
        sa.text("delete from drafts where user_id = :id and page = :page returning entered"),
        {"id": user_id, "page": page},
    ).one_or_none()
    connection.execute(sa.text("delete from drafts where saved_at < clock_timestamp() - interval '1 day'"))
    return dict(row.entered) if row else None


def _keep_draft(connection: sa.Connection, user_id: int) -> None:
    entered = {
        key: value.isoformat() if isinstance(value, dt.date) else value
        for key, value in st.session_state.to_dict().items()
        if str(key).startswith(DRAFT_PREFIX) and isinstance(value, str | int | float | bool | list | dt.date)
    }
    page = str(st.session_state.get("page", ""))
    if entered and page:
        connection.execute(
            sa.text(
                "insert into drafts (user_id, page, entered) values (:id, :page, cast(:entered as jsonb)) "
                "on conflict (user_id, page) do update set entered = excluded.entered, saved_at = clock_timestamp()"
            ),
            {"id": user_id, "page": page, "entered": json.dumps(entered).replace("\\u0000", "")},
        )
