"""The web application: Streamlit's pages, and in front of them the sign-in, which alone sets the session's cookie."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any
from urllib.parse import quote

import streamlit as st
from anyio import to_thread
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import file_util

from app import oidc, reset
from app.app_pages import PAGES
from app.audit import act_as
from app.auth import forms, second_factor, sessions, users
from app.auth.passwords import PasswordError
from app.auth.sign_in_log import note
from app.auth.signing_in import WRONG_CODE, RefusedError, give_code, go_on, sign_in
from app.auth.throttle import ThrottledError, count_try, forget
from app.dbt_docs import DOCS_PATH, docs_file
from app.http import (
    HASHING,
    PLACES,
    app_engine,
    box,
    browser_of,
    cookie_name,
    form_of,
    is_foreign,
    next_of,
    on_with,
    page,
    session_of,
    to,
    with_cookie,
)
from app.settings import settings

SCRIPT = Path(__file__).with_name("main.py")
OPEN_PREFIXES = ("/_stcore", "/sign-in", "/sign-out", "/static", "/component", "/favicon")
READ_DOCS = ("manager", "executive", "administrator")
FILES_OF_PEOPLE = ("/media", "/_stcore/upload_file")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "frame-ancestors 'none'; object-src 'none'; base-uri 'none'; form-action 'self'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
FRAME_SCRIPT = "<script>window.__streamlit = {BACKEND_BASE_URL: window.location.origin}</script>"
HTTPS_HEADERS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


def create_app() -> st.App:
    """The application, for an ASGI server. What takes long is imported and done before the first page is opened."""
    from app import warming

    warming.start()
    return st.App(SCRIPT, routes=[*routes(), *frames()], middleware=[Middleware(Door)])


def routes() -> list[Route]:
    """The pages of the sign-in."""
    return [
        Route("/sign-in", _sign_in, methods=["GET", "POST"]),
        Route("/sign-in/code", _code, methods=["GET", "POST"]),
        Route("/sign-in/enrol", _enrol, methods=["GET", "POST"]),
        Route("/sign-in/password", _new_password, methods=["GET", "POST"]),
        *oidc.routes(),
        Route("/sign-in/reset", reset.start, methods=["GET", "POST"]),
        Route("/sign-in/answers", reset.answer, methods=["GET", "POST"]),
        Route("/sign-out", _sign_out, methods=["GET", "POST"]),
        Route(DOCS_PATH, _docs, methods=["GET"]),
    ]


def frames() -> list[Route]:
    """Streamlit's own page at the address of each page."""
    return [Route(path, _frame, methods=["GET"]) for path in ("/", *(f"/{each.path}" for each in PAGES))]


class Door:
    """Sends who has no open session to the sign-in, and puts the security headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in (HEADERS | (HTTPS_HEADERS if scope["scheme"] == "https" else {})).items():
                    headers.setdefault(name, value)
            await send(message)

        path: str = scope["path"]
        if not _is_page(scope) and not path.startswith(FILES_OF_PEOPLE):
            await self.app(scope, receive, send_with_headers)
            return
        if await run_in_threadpool(_is_signed_in, Request(scope)):
            await self.app(scope, receive, send_with_headers)
            return
        if path.startswith(FILES_OF_PEOPLE):
            await PlainTextResponse("You are not signed in.", 401)(scope, receive, send_with_headers)
            return
        place = path + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
        answer = RedirectResponse(f"/sign-in?next={quote(place, safe='')}", status_code=303)
        await answer(scope, receive, send_with_headers)


def _is_page(scope: Scope) -> bool:
    path: str = scope["path"]
    wants_page = "text/html" in Headers(scope=scope).get("accept", "")
    return scope["method"] == "GET" and wants_page and not path.startswith(OPEN_PREFIXES)


async def _docs(request: Request) -> Response:
    """The dbt docs, for who reads the warehouse or sees to it; the door lets through what does not ask for a page."""
    session = await run_in_threadpool(session_of, request, "full")
    if session is None:
        return to("/sign-in")
    if session.role not in READ_DOCS:
        return page(forms.message("The dbt docs", "Your role does not open this page.", "/"), 403)
    file = docs_file(settings().tidemark_home)
    if file is None:
        return HTMLResponse("The dbt docs come with the first run of the pipeline.", status_code=404)
    return HTMLResponse(await run_in_threadpool(file.read_bytes))


async def _frame(_: Request) -> Response:
    """Streamlit's own page with the app's styles, told where its server is: else it asks at two places in turn."""
    return HTMLResponse(_frame_html(), headers={"Cache-Control": "no-cache"})


@functools.cache
def _frame_html() -> str:
    html = Path(file_util.get_static_dir(), "index.html").read_text(encoding="utf-8")
    style = Path(__file__).with_name("contrast.css").read_text(encoding="utf-8")
    return html.replace("<head>", f"<head>{FRAME_SCRIPT}<style>{style}</style>", 1)


def _is_signed_in(request: Request) -> bool:
    session = session_of(request)
    return session is not None and session.is_open and session.stage == "full"


async def _sign_in(request: Request) -> Response:
    if request.method == "GET":
        return page(forms.sign_in(next_of(request), below=_other_ways(request)))
    given = await form_of(request)
    if given is None:
        return page(forms.sign_in("/", forms.FOREIGN), 403)
    try:
        opened = await to_thread.run_sync(
            sign_in,
            app_engine(),
            given.get("name", ""),
            given.get("password", ""),
            browser_of(request),
            limiter=HASHING,
        )
    except ThrottledError as error:
        return page(forms.sign_in(next_of(request), str(error), _other_ways(request)), 429)
    except RefusedError as error:
        return page(forms.sign_in(next_of(request), str(error), _other_ways(request)), 401)
    return on_with(request, opened)


def _other_ways(request: Request) -> str:
    known, onwards = settings(), quote(next_of(request), safe="")
    provider = forms.way_in(f"/sign-in/oidc?next={onwards}", f"Sign in with {known.oidc_title}")
    forgotten = forms.way_in("/sign-in/reset", "Forgotten password: use a reset code")
    return provider * oidc.is_configured() + forgotten * known.security_questions


async def _code(request: Request) -> Response:
    session = await run_in_threadpool(session_of, request, "second_factor")
    if session is None:
        return to("/sign-in")
    if request.method == "GET":
        return page(forms.code(next_of(request)))
    given = await form_of(request)
    if given is None:
        return page(forms.code("/", forms.FOREIGN), 403)
    try:
        opened = await run_in_threadpool(
            give_code, app_engine(), session, given.get("code", ""), box(), browser_of(request)
        )
    except ThrottledError as error:
        return page(forms.code(next_of(request), str(error)), 429)
    except RefusedError as error:
        return page(forms.code(next_of(request), str(error)), 401)
    return on_with(request, opened)


async def _enrol(request: Request) -> Response:
    session = await run_in_threadpool(session_of, request, "enrol")
    if session is None:
        return to("/sign-in")
    given = await form_of(request) if request.method == "POST" else {}
    if given is None:
        return to("/sign-in")
    return await run_in_threadpool(_enrol_with, request, session, given)


def _enrol_with(request: Request, session: sessions.Session, given: dict[str, str]) -> Response:
    if "code" in given:
        try:
            with app_engine().begin() as connection:
                count_try(connection, f"code:{session.user_id}")
        except ThrottledError as error:
            return page(forms.message("Set up your second factor", str(error), "/sign-in/enrol"), 429)
    with app_engine().begin() as connection:
        act_as(connection, session.name)
        user = users.user_by_id(connection, session.user_id)
        if user.totp_confirmed:  # in another session, meanwhile
            sessions.end_session(connection, session.session_hash)
            return to("/sign-in")
        if "code" not in given or user.totp_secret is None:
            secret = users.offer_second_factor(connection, session.user_id, box())
            return page(forms.enrol(second_factor.address(secret, session.name), secret, next_of(request)))
        codes = users.confirm_second_factor(connection, session.user_id, given["code"], box())
        if codes is None:
            secret = box().open(user.totp_secret)
            note(connection, user, "wrong code", browser_of(request))
            form = forms.enrol(second_factor.address(secret, session.name), secret, next_of(request), WRONG_CODE)
            return page(form, 401)
        note(connection, user, "second factor set up", browser_of(request))
        forget(connection, f"code:{session.user_id}")
        opened = go_on(
            connection, session, "new_password" if user.must_change_password else "full", browser_of(request)
        )
    onwards = PLACES[opened.stage] if opened.stage != "full" else next_of(request)
    return with_cookie(request, page(forms.recovery_codes(codes, onwards)), opened)


async def _new_password(request: Request) -> Response:
    session = await run_in_threadpool(session_of, request, "new_password")
    if session is None:
        return to("/sign-in")
    if request.method == "GET":
        return page(forms.new_password(next_of(request)))
    given = await form_of(request)
    if given is None:
        return page(forms.new_password("/", forms.FOREIGN), 403)
    return await to_thread.run_sync(_new_password_with, request, session, given, limiter=HASHING)


def _new_password_with(request: Request, session: sessions.Session, given: dict[str, str]) -> Response:
    if given.get("password") != given.get("again"):
        return page(forms.new_password(next_of(request), "The two passwords differ."), 422)
    try:
        with app_engine().begin() as connection:
            act_as(connection, session.name)
            users.set_password(connection, session.user_id, given.get("password", ""))
            opened = go_on(connection, session, "full", browser_of(request))
    except PasswordError as error:
        return page(forms.new_password(next_of(request), str(error)), 422)
    return on_with(request, opened)


async def _sign_out(request: Request) -> Response:
    if not is_foreign(request):
        await run_in_threadpool(_end, request)
    answer = to("/sign-in")
    answer.delete_cookie(cookie_name(request), secure=request.url.scheme == "https")
    return answer


def _end(request: Request) -> None:
    session = session_of(request)
    if session is not None:
        with app_engine().begin() as connection:
            sessions.end_session(connection, session.session_hash)
            note(connection, users.user_by_id(connection, session.user_id), "signed out", browser_of(request))


def __getattr__(name: str) -> Any:
    """`app`, made when a server asks for it."""
    if name == "app":
        return create_app()
    raise AttributeError(name)
