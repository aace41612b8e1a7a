"""What the pages of the sign-in have in common: sessions and cookies, forms that this site sent, and the way on."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlsplit

import anyio
import sqlalchemy as sa
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.auth import forms, sessions
from app.auth.second_factor import SecretBox
from app.auth.signing_in import Opened
from app.databases import engine
from app.settings import settings

LARGEST_FORM = 16_384
# Threads that compute hashes: who guesses at many names keeps these busy, and not those that serve the pages.
HASHING = anyio.CapacityLimiter(4)
PLACES = {
    "second_factor": "/sign-in/code",
    "enrol": "/sign-in/enrol",
    "new_password": "/sign-in/password",
    "reset": "/sign-in/answers",
    "full": "/",
}


def session_of(request: Request, stage: str | None = None) -> sessions.Session | None:
    """The session of a request; None unless it is open and at `stage`, where that is given."""
    with app_engine().begin() as connection:
        session = sessions.find_session(connection, sessions.token_of(request.cookies))
    if stage is not None and (session is None or not session.is_open or session.stage != stage):
        return None
    return session


async def form_of(request: Request) -> dict[str, str] | None:
    """The fields of a form that this site itself sent; None for a form of another site.

    Raises HTTPException for one that none of these pages sends: too large, or of too many fields.
    """
    if is_foreign(request):
        return None
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            raise HTTPException(413, "This form is too large.")
    try:
        return dict(parse_qsl(body.decode("latin-1"), keep_blank_values=True, max_num_fields=10))
    except ValueError as error:
        raise HTTPException(400, "This is not a form of this site.") from error


def is_foreign(request: Request) -> bool:
    """Whether another site's page made the browser send this request."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")


def next_of(request: Request) -> str:
    """The place to go to afterwards: a path of this site, whatever the address says."""
    wanted = request.query_params.get("next", "/")
    return wanted if re.fullmatch(r"/(?![/\\])[^\x00-\x1f\x7f\\]*", wanted) else "/"


def on_with(request: Request, opened: Opened, onwards: str | None = None) -> Response:
    """Lead on to what the session is good for, and from there to where the person wanted to go."""
    onwards = onwards or next_of(request)
    place = onwards if opened.stage == "full" else f"{PLACES[opened.stage]}?next={quote(onwards, safe='')}"
    return with_cookie(request, to(place), opened)


def with_cookie(request: Request, answer: Response, opened: Opened) -> Response:
    """The answer, with the session's token in a cookie that scripts cannot read."""
    answer.set_cookie(
        cookie_name(request),
        opened.token,
        httponly=True,
        secure=request.url.scheme == "https",
        samesite="lax",
        path="/",
    )
    return answer


def cookie_name(request: Request) -> str:
    """What the session's cookie is called on this connection."""
    return sessions.HOST_COOKIE if request.url.scheme == "https" else sessions.COOKIE


def page(html: str, status: int = 200) -> HTMLResponse:
    """A page that is kept in no cache and loads nothing."""
    return HTMLResponse(html, status, headers={"Cache-Control": "no-store", "Content-Security-Policy": forms.POLICY})


def to(place: str) -> RedirectResponse:
    """Lead to a place of this site, by GET."""
    return RedirectResponse(place, status_code=303)


def browser_of(request: Request) -> str:
    """What the browser calls itself."""
    return request.headers.get("user-agent", "")


def app_engine() -> sa.Engine:
    """The pool of the app's database."""
    return engine(settings().app_url)


def box() -> SecretBox:
    """What opens the secrets of second factors."""
    return SecretBox(settings().key_file)
