"""What a person has entered into a form and not saved yet: it outlives an outage, other pages, and the session.

A form's fields have keys of this module and `persist_state="session"`, and no `st.form` around them: so each value
reaches the server as soon as it is typed. Emptying a form gives its fields other keys, for a browser keeps what a field
that it knows holds.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, Literal

import sqlalchemy as sa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.databases import engine
from app.settings import settings

PREFIX = "entry_"
KEPT: Literal["session"] = "session"  # how long Streamlit keeps a field's value while the field is not shown
EARLIEST = dt.date(1000, 1, 1)  # a browser sends no day before this; what is taken is checked on the server
KEPT_TYPES = (str, int, float, bool, list, dt.date)


def number(form: str) -> int:
    """How often a form was emptied."""
    return int(st.session_state.get(f"number_of_{form}", 0))


def key(form: str, field: str) -> str:
    """The key of a field, until its form is emptied."""
    return f"{PREFIX}{form}_{number(form)}_{field}"


def get(form: str, field: str, default: Any = None) -> Any:
    """What a field holds."""
    return st.session_state.get(key(form, field), default)


def put(form: str, **values: Any) -> None:
    """Fill fields that are not shown yet in this run of the page."""
    st.session_state.update({key(form, field): value for field, value in values.items()})


def preset(form: str, **values: Any) -> None:
    """What fields begin with."""
    for field, value in values.items():
        st.session_state.setdefault(key(form, field), value)


def day(place: DeltaGenerator, label: str, form: str, field: str) -> dt.date | None:
    """A field for a day, with the day that is meant in words: a browser keeps back what is no date, 2026/13/45."""
    found: dt.date | None = place.date_input(
        label, value=None, key=key(form, field), persist_state=KEPT, min_value=EARLIEST, max_value=dt.date.max
    )
    place.caption(f"{found:%A, %d %B %Y}" if found else "No date yet")
    return found


def clear(form: str) -> None:
    """Empty a form."""
    st.session_state.pop(f"gave_back_{form}", None)
    for name in _fields(form).values():
        del st.session_state[name]
    st.session_state[f"number_of_{form}"] = number(form) + 1


def restore(user_id: int, *forms: str) -> bool:
    """Give back, once, what the forms held when the person's session ended; whether there was anything.

    That it is back is told until the form is emptied.
    """
    fresh = [form for form in forms if not st.session_state.get(f"restored_{form}")]
    given = _give_back(user_id, fresh) if fresh else []
    st.session_state.update({f"gave_back_{form}": True for form in given})
    if any(st.session_state.get(f"gave_back_{form}") for form in forms):
        st.info("You are signed in again. What you had entered is back.", icon=":material/restore:")
    return bool(given)


def _give_back(user_id: int, fresh: list[str]) -> list[str]:
    st.session_state.update({f"restored_{form}": True for form in fresh})
    with engine(settings().app_url).begin() as connection:
        rows = connection.execute(
            sa.text("delete from drafts where user_id = :id and page = any(:forms) returning page, entered"),
            {"id": user_id, "forms": fresh},
        ).all()
        connection.execute(sa.text("delete from drafts where saved_at < clock_timestamp() - interval '1 day'"))
    for row in rows:
        put(row.page, **{field: _from_json(value) for field, value in row.entered.items()})
    return [row.page for row in rows]


def keep(connection: sa.Connection, user_id: int) -> None:
    """Keep what all forms hold, for the person whose session has ended."""
    forms = {str(name).split("_")[1] for name in st.session_state if str(name).startswith(PREFIX)}
    for form in sorted(forms):
        held = {field: st.session_state[name] for field, name in _fields(form).items()}
        values = {field: value for field, value in held.items() if isinstance(value, KEPT_TYPES)}
        connection.execute(
            sa.text(
                "insert into drafts (user_id, page, entered) values (:id, :form, cast(:entered as jsonb)) "
                "on conflict (user_id, page) do update set entered = excluded.entered, saved_at = clock_timestamp()"
            ),
            {"id": user_id, "form": form, "entered": json.dumps(values, default=_as_json).replace("\\u0000", "")},
        )


def _fields(form: str) -> dict[str, str]:
    """The fields of a form that hold something, each with its key."""
    begin = f"{PREFIX}{form}_{number(form)}_"
    return {str(name).removeprefix(begin): str(name) for name in st.session_state if str(name).startswith(begin)}


def _as_json(value: dt.date) -> dict[str, str]:
    return {"date": value.isoformat()}


def _from_json(value: Any) -> Any:
    return dt.date.fromisoformat(value["date"]) if isinstance(value, dict) else value
