"""Signing in at a provider of identities (OpenID Connect), where one is configured.

The provider says who a person is. What they may do is said here: the user has to exist, and the role is the user's. The
session is the app's own, as after a password, so that it ends when its user is disabled or signs out everywhere; the
cookie of Streamlit's `st.login`, which is good for thirty days whatever happens here, is not used.
"""

from __future__ import annotations

import secrets
import warnings
from functools import cache
from typing import Any

import httpx
from authlib.common.errors import AuthlibBaseError
from joserfc.errors import JoseError
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from app.auth import forms, sessions
from app.auth.sign_in_log import note
from app.auth.signing_in import Opened, RefusedError, stage_after_password
from app.auth.users import find_user
from app.http import app_engine, browser_of, next_of, on_with, page, to
from app.settings import settings

UNREACHABLE = "The provider of identities does not answer. Try again in a moment, or sign in with a password."
NOT_TAKEN = "The provider's answer was not taken. Begin again."
NOBODY = "There is no user of this app for your account at the provider. Ask an administrator."
STATE_COOKIE = "tidemark_oidc"
STATE_SECONDS = 600


def routes() -> list[Route]:
    """The way to the provider, and the way back."""
    keeps_state = [Middleware(_StateCookie)]
    return [
        Route("/sign-in/oidc", _leave, name="oidc", middleware=keeps_state),
        Route("/sign-in/oidc/back", _come_back, name="oidc_back", middleware=keeps_state),
    ]


def is_configured() -> bool:
    """Whether there is a provider."""
    return settings().oidc_server is not None


def name_in(claims: dict[str, Any], claim: str) -> str | None:
    """The user's name as a provider's claims say it; None if they do not, or if the address was never verified."""
    if claim == "email" and claims.get("email_verified") is not True:
        return None
    value = claims.get(claim)
    return value if isinstance(value, str) else None


class _StateCookie(SessionMiddleware):
    """What Authlib keeps of a sign-in under way, signed with a key of this process: a restart asks to begin again."""

    def __init__(self, app: Any) -> None:
        server = settings().oidc_server or ""
        super().__init__(app, _key(), STATE_COOKIE, STATE_SECONDS, "/sign-in/oidc", "lax", server.startswith("https:"))


@cache
def _key() -> str:
    return secrets.token_hex(32)


@cache
def _client(server: str, client_id: str, client_secret: str) -> Any:
    with warnings.catch_warnings():
        import authlib.deprecate  # noqa: F401 - it asks for its warnings to be shown always: those filters come first

        warnings.simplefilter("ignore")  # that httpx has a successor, which nothing else here uses yet
        from authlib.integrations.starlette_client import OAuth

    return OAuth().register(
        "provider",
        client_id=client_id,
        client_secret=client_secret,
        server_metadata_url=server,
        client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256", "timeout": 10},
    )


def _provider() -> Any:
    known = settings()
    return _client(known.oidc_server, known.oidc_client_id, known.oidc_client_secret)


async def _leave(request: Request) -> Response:
    if not is_configured():
        return to("/sign-in")
    request.session["next"] = next_of(request)
    try:
        led: RedirectResponse = await _provider().authorize_redirect(request, request.url_for("oidc_back"))
    except (httpx.HTTPError, AuthlibBaseError, ValueError):
        return page(forms.message("Sign in", UNREACHABLE, "/sign-in"), 502)
    return led


async def _come_back(request: Request) -> Response:
    if not is_configured():
        return to("/sign-in")
    onwards = request.session.pop("next", "/")
    try:
        token = await _provider().authorize_access_token(request)
    except httpx.HTTPError:
        return page(forms.message("Sign in", UNREACHABLE, "/sign-in"), 502)
    except (AuthlibBaseError, JoseError, ValueError, KeyError):
        return page(forms.message("Sign in", NOT_TAKEN, "/sign-in"), 401)
    try:
        opened = await run_in_threadpool(_open, dict(token.get("userinfo") or {}), browser_of(request))
    except RefusedError as error:
        return page(forms.message("Sign in", str(error), "/sign-in"), 401)
    return on_with(request, opened, onwards)


def _open(claims: dict[str, Any], browser: str) -> Opened:
    name = name_in(claims, settings().oidc_claim)
    with app_engine().begin() as connection:
        user = find_user(connection, name) if name else None
        allowed = user is not None and not user.disabled
        note(connection, user, "provider" if allowed else "refused after provider", browser)
        if user is not None and allowed:
            stage = stage_after_password(user)
            stage = "full" if stage == "new_password" else stage  # the password was not used
            return Opened(sessions.start_session(connection, user.user_id, stage, browser), stage)
    raise RefusedError(NOBODY)
