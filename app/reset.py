"""A forgotten password, where security questions are switched on: name and reset code, then three answers."""

from __future__ import annotations

from anyio import to_thread
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from app.auth import forms, questions, sessions
from app.auth.passwords import PasswordError
from app.auth.signing_in import RefusedError
from app.auth.throttle import ThrottledError
from app.http import HASHING, app_engine, browser_of, form_of, next_of, on_with, page, session_of, to
from app.settings import settings


async def start(request: Request) -> Response:
    """Ask for the name and the reset code."""
    if not settings().security_questions:
        return to("/sign-in")
    if request.method == "GET":
        return page(forms.reset(next_of(request)))
    given = await form_of(request)
    if given is None:
        return page(forms.reset("/", forms.FOREIGN), 403)
    try:
        opened = await run_in_threadpool(
            questions.begin_reset, app_engine(), given.get("name", ""), given.get("code", ""), browser_of(request)
        )
    except ThrottledError as error:
        return page(forms.reset(next_of(request), str(error)), 429)
    except RefusedError as error:
        return page(forms.reset(next_of(request), str(error)), 401)
    return on_with(request, opened)


async def answer(request: Request) -> Response:
    """Ask for the three answers and a new password."""
    session = await run_in_threadpool(session_of, request, "reset") if settings().security_questions else None
    if session is None:
        return to("/sign-in")
    given = await form_of(request) if request.method == "POST" else {}
    if given is None:
        return to("/sign-in")
    return await to_thread.run_sync(_answer_with, request, session, given, limiter=HASHING)


def _answer_with(request: Request, session: sessions.Session, given: dict[str, str]) -> Response:
    with app_engine().connect() as connection:
        asked = questions.questions_of(connection, session.user_id)

    def again(error: str, status: int) -> Response:
        return page(forms.answers(asked, next_of(request), error), status)

    if not given:
        return again("", 200)
    if given.get("password") != given.get("again"):
        return again("The two passwords differ.", 422)
    answers = [given.get(f"answer{n}", "") for n in range(1, questions.NEEDED + 1)]
    try:
        opened = questions.finish_reset(app_engine(), session, answers, given.get("password", ""), browser_of(request))
    except RefusedError as error:
        return again(str(error), 401)
    except PasswordError as error:
        return again(str(error), 422)
    return on_with(request, opened)
