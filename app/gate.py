"""Who looks at this page? Asked of the database at every rerun, before anything is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import quote, urlencode, urlsplit

import streamlit as st

from app import entered
from app.auth import sessions, sign_in_log
from app.databases import at_once, engine
from app.settings import settings

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
            entered.keep(connection, session.user_id)
    return lead_to(f"/sign-in?next={quote(_place(), safe='')}")


def _place() -> str:
    """Where the person is on this site, to come back to."""
    path = urlsplit(st.context.url or "").path or f"/{st.session_state.get('page', '')}"
    query = urlencode([(name, value) for name in st.query_params for value in st.query_params.get_all(name)])
    return f"{path}?{query}" if query else path


def if_still(*roles: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """For a callback, which Streamlit calls before the page: only for who is still signed in, in one of the roles."""

    def guarded(action: Callable[[], None]) -> Callable[[], None]:
        def act() -> None:
            if (person := _who_is_signed_in()) is not None and person.role in roles:
                action()

        return act

    return guarded


def _who_is_signed_in() -> Person | None:
    with at_once(settings().app_url) as connection:
        session = sessions.find_session(connection, session_token())
    if session is None or not session.is_open or session.stage != "full":
        return None
    return Person(session.user_id, session.name, session.role, session.session_hash)


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
    st.info(f"You are not signed in, or your session has ended. What you had entered is kept. [Sign in]({place})")
    st.stop()
