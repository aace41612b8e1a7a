"""The pages of the sign-in: plain HTML forms without scripts, which password managers and screen readers know."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from urllib.parse import quote

import segno

FOREIGN = "This form was sent from another site. Fill it in here."

STYLE = """
:root { color-scheme: light dark; --ink: #14211f; --paper: #fff; --field: #f1f5f4; --line: #b6c4c1; --main: #0f766e;
  --on-main: #fff; --bad: #b42318; --bad-paper: #fef3f2 }
@media (prefers-color-scheme: dark) { :root { --ink: #e6f0ee; --paper: #0f1716; --field: #1a2624; --line: #3c4f4b;
  --main: #2dd4bf; --on-main: #06201c; --bad: #fda29b; --bad-paper: #3a1613 } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--paper); color: var(--ink);
  font: 16px/1.5 "Source Sans", system-ui, sans-serif }
main { width: min(26rem, 100vw); padding: 2rem 1.5rem }
.brand { font-weight: 700; color: var(--main); letter-spacing: .02em }
h1 { font-size: 1.6rem; line-height: 1.2; margin: .25rem 0 1rem }
label { display: block; font-weight: 600; margin: 1rem 0 .25rem }
input { width: 100%; font: inherit; color: inherit; background: var(--field); border: 1px solid var(--line);
  border-radius: .5rem; padding: .6rem .75rem }
input:focus-visible, button:focus-visible, a:focus-visible { outline: 3px solid var(--main); outline-offset: 2px }
button, .button { display: inline-block; width: 100%; margin-top: 1.5rem; font: inherit; font-weight: 600; border: 0;
  border-radius: .5rem; padding: .7rem 1rem; background: var(--main); color: var(--on-main); cursor: pointer;
  text-align: center; text-decoration: none }
.error { background: var(--bad-paper); color: var(--bad); border: 1px solid currentColor; border-radius: .5rem;
  padding: .6rem .75rem; margin: 0 0 1rem }
.hint { font-size: .9rem; opacity: .85 }
.qr { background: #fff; padding: .75rem; border-radius: .5rem; display: inline-block; line-height: 0 }
a { color: var(--main) }
code { font-size: .95rem; word-break: break-all }
ul.codes { padding: 1rem; margin: 1rem 0; background: var(--field); border-radius: .5rem; list-style: none;
  font-family: ui-monospace, monospace }
"""
# Nothing but this page's own style and forms; a provider of identities is led to by a link, never by a form.
POLICY = (
    "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    f"style-src 'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'"
)


def sign_in(onwards: str, error: str = "", below: str = "") -> str:
    """Name and password; `below` are links to other ways in."""
    return _form(
        "Sign in",
        "/sign-in",
        onwards,
        '<label for="name">User name</label>'
        '<input id="name" name="name" autocomplete="username" autocapitalize="none" required autofocus maxlength="64">'
        '<label for="password">Password</label>'
        '<input id="password" name="password" type="password" autocomplete="current-password" required>',
        "Sign in",
        error,
        below,
    )


def way_in(place: str, words: str) -> str:
    """A link to another way in, for below the form."""
    return f'<p><a href="{escape(place)}">{escape(words)}</a></p>'


def reset(onwards: str, error: str = "") -> str:
    """Name and the code that an administrator gave."""
    return _form(
        "Forgotten password",
        "/sign-in/reset",
        onwards,
        '<p class="hint">An administrator gives you a reset code. With it and your three answers you choose a new '
        "password.</p>"
        '<label for="name">User name</label>'
        '<input id="name" name="name" autocomplete="username" autocapitalize="none" required autofocus maxlength="64">'
        '<label for="code">Reset code</label>'
        '<input id="code" name="code" autocomplete="off" required maxlength="40">',
        "Go on",
        error,
    )


def answers(questions: list[str], onwards: str, error: str = "") -> str:
    """The three questions, and a new password."""
    asked = "".join(
        f'<label for="answer{n}">{escape(question)}</label>'
        f'<input id="answer{n}" name="answer{n}" autocomplete="off" required maxlength="200">'
        for n, question in enumerate(questions, start=1)
    )
    return _form(
        "Your three answers",
        "/sign-in/answers",
        onwards,
        asked + '<p class="hint">All three must be right. Then this is your new password, of 15 characters or more:</p>'
        '<label for="password">New password</label>'
        '<input id="password" name="password" type="password" autocomplete="new-password" required maxlength="200">'
        '<label for="again">New password, again</label>'
        '<input id="again" name="again" type="password" autocomplete="new-password" required maxlength="200">',
        "Use this password",
        error,
    )


def code(onwards: str, error: str = "") -> str:
    """The second factor."""
    return _form(
        "Your second factor",
        "/sign-in/code",
        onwards,
        '<label for="code">Code from your authenticator app</label>'
        '<input id="code" name="code" autocomplete="one-time-code" inputmode="text" required autofocus maxlength="40">'
        '<p class="hint">Without your telephone: type one of your recovery codes. Each works once.</p>',
        "Go on",
        error,
    )


def enrol(address: str, secret: str, onwards: str, error: str = "") -> str:
    """Set up the second factor: a picture to scan, and the same as text."""
    picture = segno.make(address, error="m").svg_inline(scale=5, border=2)
    grouped = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
    return _form(
        "Set up your second factor",
        "/sign-in/enrol",
        onwards,
        "<p>Your role needs one. Scan this with an authenticator app, then type the code that it shows.</p>"
        f'<div class="qr" role="img" aria-label="QR code of the key below">{picture}</div>'
        f'<p class="hint">Or type this key into the app: <code>{escape(grouped)}</code></p>'
        '<label for="code">Code from your authenticator app</label>'
        '<input id="code" name="code" autocomplete="one-time-code" inputmode="numeric" required maxlength="20">',
        "Switch it on",
        error,
    )


def recovery_codes(codes: list[str], onwards: str) -> str:
    """The recovery codes, shown once."""
    items = "".join(f"<li>{escape(each)}</li>" for each in codes)
    return _page(
        "Your recovery codes",
        "<p>If you lose your telephone, each of these lets you in once. Print them or keep them in a password manager: "
        f'they are not shown again.</p><ul class="codes">{items}</ul>'
        f'<a class="button" href="{escape(onwards)}">I have kept them</a>',
    )


def new_password(onwards: str, error: str = "") -> str:
    """A password of one's own in place of the one that was given."""
    return _form(
        "Choose your password",
        "/sign-in/password",
        onwards,
        '<p class="hint">At least 15 characters, or 8 where you have a second factor. Any characters, in any script; '
        "a few words in a row do well.</p>"
        '<label for="password">New password</label>'
        '<input id="password" name="password" type="password" autocomplete="new-password" required maxlength="200">'
        '<label for="again">New password, again</label>'
        '<input id="again" name="again" type="password" autocomplete="new-password" required maxlength="200">',
        "Use this password",
        error,
    )


def message(title: str, text: str, onwards: str) -> str:
    """A sentence, and a way on."""
    return _page(title, f'<p role="alert" class="error">{escape(text)}</p><a class="button" href="{onwards}">Go on</a>')


def _form(title: str, action: str, onwards: str, fields: str, button: str, error: str, below: str = "") -> str:
    told = f'<p role="alert" class="error">{escape(error)}</p>' if error else ""
    address = f"{action}?next={quote(onwards, safe='')}"
    return _page(
        title,
        f'{told}<form method="post" action="{escape(address)}">{fields}<button>{escape(button)}</button></form>{below}',
    )


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} · Tidemark</title><style>{STYLE}</style></head>"
        f'<body><main><div class="brand">Tidemark</div><h1>{escape(title)}</h1>{body}</main></body></html>'
    )
