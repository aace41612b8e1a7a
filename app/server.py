"""The web application: Streamlit's pages, and in front of them the sign-in, which alone sets the session's cookie."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import sqlalchemy as sa
import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.audit import act_as
from app.auth import forms, second_factor, sessions, users
from app.auth.passwords import PasswordError
from app.auth.second_factor import SecretBox
from app.auth.signing_in import WRONG_CODE, Opened, RefusedError, give_code, go_on, sign_in
from app.auth.throttle import ThrottledError, count_try, forget
from app.databases import engine
from app.dbt_docs import DOCS_PATH, docs_file
from app.settings import settings

SCRIPT = Path(__file__).with_name("main.py")
PLACES = {"second_factor": "/sign-in/code", "enrol": "/sign-in/enrol", "new_password": "/sign-in/password", "full": "/"}
OPEN_PREFIXES = ("/_stcore", "/sign-in", "/sign-out", "/static", "/media", "/component", "/favicon")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "frame-ancestors 'none'; object-src 'none'; base-uri 'self'; form-action 'self'",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def create_app() -> st.App:
    """The application, for an ASGI server. What takes long to import is imported before the first page is opened."""
    import plotly.express  # noqa: F401

    from app.answering import warm_up_all

    warm_up_all()
    return st.App(SCRIPT, routes=routes(), middleware=[Middleware(Door)])


def routes() -> list[Route]:
    """The pages of the sign-in."""
    return [
        Route("/sign-in", _sign_in, methods=["GET", "POST"]),
        Route("/sign-in/code", _code, methods=["GET", "POST"]),
        Route("/sign-in/enrol", _enrol, methods=["GET", "POST"]),
        Route("/sign-in/password", _new_password, methods=["GET", "POST"]),
        Route("/sign-out", _sign_out, methods=["GET", "POST"]),
        Route(DOCS_PATH, _docs, methods=["GET"]),
    ]


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
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        if _is_page(scope) and not await run_in_threadpool(_is_signed_in, Request(scope)):
            place = scope["path"] + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
            answer = RedirectResponse(f"/sign-in?next={quote(place, safe='')}", status_code=303)
            await answer(scope, receive, send_with_headers)
            return
        await self.app(scope, receive, send_with_headers)


def _is_page(scope: Scope) -> bool:
    path: str = scope["path"]
    wants_page = "text/html" in Headers(scope=scope).get("accept", "")
    return scope["method"] == "GET" and wants_page and not path.startswith(OPEN_PREFIXES)


async def _docs(request: Request) -> Response:
    """The dbt docs, for who is signed in; the door lets through what does not ask for a page."""
    if not await run_in_threadpool(_is_signed_in, request):
        return RedirectResponse("/sign-in", status_code=303)
    file = docs_file(settings().tidemark_home)
    if file is None:
        return HTMLResponse("The dbt docs come with the first run of the pipeline.", status_code=404)
    return HTMLResponse(await run_in_threadpool(file.read_bytes))


def _is_signed_in(request: Request) -> bool:
    session = _session(request)
    return session is not None and session.is_open and session.stage == "full"


def _session(request: Request, stage: str | None = None) -> sessions.Session | None:
    """The session of a request; None unless it is open and at `stage`, where that is given."""
    with _engine().begin() as connection:
        session = sessions.find_session(connection, request.cookies.get(sessions.COOKIE))
    if stage is not None and (session is None or not session.is_open or session.stage != stage):
        return None
    return session


async def _sign_in(request: Request) -> Response:
    if request.method == "GET":
        return _page(forms.sign_in(_next_of(request)))
    given = await _form(request)
    if given is None:
        return _page(forms.sign_in("/", forms.FOREIGN), 403)
    try:
        opened = await run_in_threadpool(
            sign_in, _engine(), given.get("name", ""), given.get("password", ""), _browser(request)
        )
    except ThrottledError as error:
        return _page(forms.sign_in(_next_of(request), str(error)), 429)
    except RefusedError as error:
        return _page(forms.sign_in(_next_of(request), str(error)), 401)
    return _on_with(request, opened)


async def _code(request: Request) -> Response:
    session = await run_in_threadpool(_session, request, "second_factor")
    if session is None:
        return _to("/sign-in")
    if request.method == "GET":
        return _page(forms.code(_next_of(request)))
    given = await _form(request)
    if given is None:
        return _page(forms.code("/", forms.FOREIGN), 403)
    try:
        opened = await run_in_threadpool(
            give_code, _engine(), session, given.get("code", ""), _box(), _browser(request)
        )
    except ThrottledError as error:
        return _page(forms.code(_next_of(request), str(error)), 429)
    except RefusedError as error:
        return _page(forms.code(_next_of(request), str(error)), 401)
    return _on_with(request, opened)


async def _enrol(request: Request) -> Response:
    session = await run_in_threadpool(_session, request, "enrol")
    if session is None:
        return _to("/sign-in")
    given = await _form(request) if request.method == "POST" else {}
    if given is None:
        return _to("/sign-in")
    return await run_in_threadpool(_enrol_with, request, session, given)


def _enrol_with(request: Request, session: sessions.Session, given: dict[str, str]) -> Response:
    if "code" in given:
        try:
            with _engine().begin() as connection:
                count_try(connection, f"code:{session.user_id}")
        except ThrottledError as error:
            return _page(forms.message("Set up your second factor", str(error), "/sign-in/enrol"), 429)
    with _engine().begin() as connection:
        act_as(connection, session.name)
        user = users.user_by_id(connection, session.user_id)
        if "code" not in given or user.totp_secret is None:
            secret = users.offer_second_factor(connection, session.user_id, _box())
            return _page(forms.enrol(second_factor.address(secret, session.name), secret, _next_of(request)))
        codes = users.confirm_second_factor(connection, session.user_id, given["code"], _box())
        if codes is None:
            secret = _box().open(user.totp_secret)
            page = forms.enrol(second_factor.address(secret, session.name), secret, _next_of(request), WRONG_CODE)
            return _page(page, 401)
        forget(connection, f"code:{session.user_id}")
        opened = go_on(connection, session, "new_password" if user.must_change_password else "full", _browser(request))
    onwards = PLACES[opened.stage] if opened.stage != "full" else _next_of(request)
    return _with_cookie(request, _page(forms.recovery_codes(codes, onwards)), opened)


async def _new_password(request: Request) -> Response:
    session = await run_in_threadpool(_session, request, "new_password")
    if session is None:
        return _to("/sign-in")
    if request.method == "GET":
        return _page(forms.new_password(_next_of(request)))
    given = await _form(request)
    if given is None:
        return _page(forms.new_password("/", forms.FOREIGN), 403)
    return await run_in_threadpool(_new_password_with, request, session, given)


def _new_password_with(request: Request, session: sessions.Session, given: dict[str, str]) -> Response:
    if given.get("password") != given.get("again"):
        return _page(forms.new_password(_next_of(request), "The two passwords differ."), 422)
    try:
        with _engine().begin() as connection:
            act_as(connection, session.name)
            users.set_password(connection, session.user_id, given.get("password", ""))
            opened = go_on(connection, session, "full", _browser(request))
    except PasswordError as error:
        return _page(forms.new_password(_next_of(request), str(error)), 422)
    return _on_with(request, opened)


async def _sign_out(request: Request) -> Response:
    if not _is_foreign(request):
        await run_in_threadpool(_end, request)
    answer = _to("/sign-in")
    answer.delete_cookie(sessions.COOKIE)
    return answer


def _end(request: Request) -> None:
    session = _session(request)
    if session is not None:
        with _engine().begin() as connection:
            sessions.end_session(connection, session.session_hash)


async def _form(request: Request) -> dict[str, str] | None:
    """The fields of a form that this site itself sent; None for a form of another site."""
    if _is_foreign(request):
        return None
    form = await request.form(max_files=0, max_fields=10)
    return {name: value for name, value in form.items() if isinstance(value, str)}


def _is_foreign(request: Request) -> bool:
    """Whether another site's page made the browser send this request."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")


def _next_of(request: Request) -> str:
    """The place to go to afterwards: a path of this site, whatever the address says."""
    wanted = request.query_params.get("next", "/")
    return wanted if wanted.startswith("/") and not wanted.startswith(("//", "/\\")) else "/"


def _on_with(request: Request, opened: Opened) -> Response:
    onwards = _next_of(request)
    place = onwards if opened.stage == "full" else f"{PLACES[opened.stage]}?next={quote(onwards, safe='')}"
    return _with_cookie(request, _to(place), opened)


def _with_cookie(request: Request, answer: Response, opened: Opened) -> Response:
    answer.set_cookie(
        sessions.COOKIE,
        opened.token,
        httponly=True,
        secure=request.url.scheme == "https",
        samesite="lax",
        path="/",
    )
    return answer


def _page(html: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(html, status, headers={"Cache-Control": "no-store"})


def _to(place: str) -> RedirectResponse:
    return RedirectResponse(place, status_code=303)


def _browser(request: Request) -> str:
    return request.headers.get("user-agent", "")


def _engine() -> sa.Engine:
    return engine(settings().app_url)


def _box() -> SecretBox:
    return SecretBox(settings().key_file)


def __getattr__(name: str) -> Any:
    """`app`, made when a server asks for it."""
    if name == "app":
        return create_app()
    raise AttributeError(name)
