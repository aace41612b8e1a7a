"""Questions in plain English: the answer, how it was understood, and where it comes from."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app import feedback, layout
from app.amounts import instant
from app.answer_figures import chart_of, table_of
from app.answering import answers_of, without_names
from app.answers.ask import ANSWERED, Answer, Answers, Session
from app.answers.errors import AnswersError
from app.answers.plan import Plan
from app.charts import FRAME
from app.gate import Person, if_still, require
from app.layout import plain
from app.published import last_published
from app.settings import settings
from app.understood import offer_of, show_parts

ROLES = ("manager", "executive")
EXAMPLES = ("Sales by region this year", "Top 10 products by profit", "Return rate by category last year")
LOST = "lost_question"
VERDICTS = (feedback.DOWN, feedback.UP)  # as Streamlit numbers the thumbs


@dataclass(frozen=True)
class Turn:
    """A question, or a change of what was understood, and its answer."""

    question: str
    answer: Answer
    turn_id: str = field(default_factory=lambda: str(uuid.uuid4()))


def show() -> None:
    """Lay the page out."""
    person = layout.person()
    require(person, *ROLES)
    told = "Ask in plain English. You see how the question was understood."
    if not layout.heading_with_time("Ask", told, partial(last_published, settings().app_url)):
        return
    talk: list[Turn] = st.session_state.setdefault(f"talk_{person.user_id}", [])
    asked = st.chat_input("Ask about sales, profit, orders, customers, returns…", max_chars=1000)
    asked = asked or st.session_state.pop("chosen_question", None)
    last_answered = max((i for i, turn in enumerate(talk) if turn.answer.plan is not None), default=-1)
    for number, turn in enumerate(talk):
        is_last = number == len(talk) - 1 and not asked
        with _said():
            st.markdown(plain(turn.question))
        with _answered():
            _turn(person, talk, turn, is_last=is_last, is_editable=number == last_answered and not asked)
    if asked:
        _ask(person, talk, asked, was_editable=last_answered >= 0)
    elif lost := st.session_state.get(LOST):
        _offer_again(lost)
    elif not talk:
        _offer(EXAMPLES, "example")


def _ask(person: Person, talk: list[Turn], question: str, *, was_editable: bool) -> None:
    """Show a question at once, and below it its answer when that is known."""
    with _said():
        st.markdown(plain(question))
    with _answered():
        turn = _taken(person, talk, question, lambda answers: answers.ask(question, person.role, _session(person)))
        is_answered = turn.answer.plan is not None
        if was_editable and not is_answered:
            st.rerun()  # the answer before stays the one that can be changed
        _turn(person, talk, turn, is_last=True, is_editable=is_answered)


def _said() -> DeltaGenerator:
    return st.chat_message("user")


def _answered() -> DeltaGenerator:
    return st.chat_message("assistant", avatar=":material/query_stats:")


def _taken(person: Person, talk: list[Turn], question: str, ask: Callable[[Answers], Answer]) -> Turn:
    """A question with its answer, added to the talk; one that cannot be looked up is kept, to be asked again."""
    try:
        with st.spinner("Looking it up…"), answers_of(person.name, person.role) as answers:
            turn = Turn(question, ask(answers))
    except AnswersError as error:
        logging.getLogger(__name__).error("a question was not answered: %s", error)
        st.session_state[LOST] = question
        st.rerun()
    st.session_state.pop(LOST, None)
    talk.append(turn)
    return turn


def _offer_again(question: str) -> None:
    """Show a question that could not be looked up, with a button that asks it again."""
    with _said():
        st.markdown(plain(question))
    st.error(
        "The warehouse does not answer questions at the moment. Yours is kept: ask it again in a moment.",
        icon=":material/cloud_off:",
    )
    if st.button("Ask it again", icon=":material/refresh:"):
        _choose(question)


def _change(person: Person, talk: list[Turn], told: str, plan: Plan) -> None:
    """Answer anew what was picked; no words are read again."""
    _taken(person, talk, told, lambda answers: answers.ask_plan(plan, person.role, _session(person)))
    st.rerun()


def _session(person: Person) -> Session:
    found: Session = st.session_state.setdefault(f"asked_{person.user_id}", Session())
    return found


def _turn(person: Person, talk: list[Turn], turn: Turn, *, is_last: bool, is_editable: bool) -> None:
    answer = turn.answer
    for warning in answer.warnings:
        st.warning(plain(warning), icon=":material/warning:")
    st.markdown(plain(answer.answer))
    if answer.status != ANSWERED:
        if is_last:
            _offer(answer.choices, f"choice_{turn.turn_id}")
        _thumbs(person, turn)
        return
    table = _result(answer, turn.turn_id)
    if is_editable and answer.plan is not None:
        with answers_of(person.name, person.role) as answers:
            offer = offer_of(answers, person.role)
        show_parts(offer, answer.plan, turn.turn_id, partial(_change, person, talk))
    else:
        st.caption(f"I understood: {plain(answer.understood)}")
    _origin(answer, table, turn.turn_id)
    _thumbs(person, turn)
    if is_last:
        _offer(answer.suggestions, f"next_{turn.turn_id}")


def _result(answer: Answer, key: str) -> pd.DataFrame:
    """Show the facts, the chart and the table of an answer; returns the table."""
    if answer.facts:
        st.markdown("\n".join(f"- {plain(fact)}" for fact in answer.facts))
    figure = chart_of(answer)
    if figure is not None:
        figure.update_layout(**FRAME)
        st.plotly_chart(figure, key=f"{key}_chart", config={"displayModeBar": False})
    table = table_of(answer)
    if len(table) > 1:
        st.dataframe(table, hide_index=True, column_config=_formats(table, answer), key=f"{key}_table")
    return table


def _thumbs(person: Person, turn: Turn) -> None:
    """Thumbs up or down; after a thumb down, what was expected."""
    key = f"thumb_{turn.turn_id}"
    keep = if_still(*ROLES)(partial(_keep_thumb, person, turn, key))
    given = st.feedback("thumbs", key=key, on_change=keep)
    if given is None or VERDICTS[given] != feedback.DOWN:
        return
    with st.form(f"{key}_form", border=False):
        comment = st.text_input("What did you expect?", max_chars=500, key=f"{key}_comment")
        if st.form_submit_button("Send", icon=":material/send:"):
            _keep(person, turn, feedback.DOWN, comment.strip())
            st.caption("Thank you. Whoever looks after the data reads it.")


def _keep_thumb(person: Person, turn: Turn, key: str) -> None:
    given = st.session_state.get(key)
    if given is None:
        feedback.take_back(settings().app_url, turn.turn_id)
    else:
        _keep(person, turn, VERDICTS[given])


def _keep(person: Person, turn: Turn, verdict: str, comment: str = "") -> None:
    with answers_of(person.name, person.role) as answers:
        words = without_names(answers, person.role, turn.answer.plan).words
    feedback.keep(
        settings().app_url,
        feedback.Feedback(
            turn.turn_id, person.name, person.role, words(turn.question), words(turn.answer.understood), verdict,
            words(comment),
        ),
    )  # fmt: skip


def _formats(table: pd.DataFrame, answer: Answer) -> dict[str, Any]:
    """Amounts as dollars, fractions as percentages; a year has no thousands."""
    formats = {"money": "dollar", "percent": "percent", "count": "localized"}
    return {
        str(table.columns[i]): st.column_config.NumberColumn(format=formats[column.format])
        for i, column in enumerate(answer.shown)
        if column.format in formats
    }


def _origin(answer: Answer, table: pd.DataFrame, key: str) -> None:
    """Where the answer comes from, laid out once it is opened: to colour SQL keeps a browser busy for a second."""
    place = st.expander("Where this comes from", key=f"{key}_origin", on_change="rerun")
    if not place.open:
        return
    with place:
        for source in answer.sources:
            loaded = _time(source.loaded_at) if source.loaded_at else "an unknown time"
            proved = "never proved"
            if source.proved_equal_at:
                proved = f"shown equal to its source {_time(source.proved_equal_at)}"
            st.markdown(
                f"**{plain(source.model)}**: {plain(source.description)} Loaded up to {loaded}, "
                f"tests {plain(source.tests)}, {proved}."
            )
        st.code(answer.sql, language="sql")
        st.download_button(
            "Download CSV", layout.as_csv(table), "answer.csv", "text/csv", icon=":material/download:",
            key=f"{key}_csv",
        )  # fmt: skip


def _time(told: str) -> str:
    return plain(instant(dt.datetime.fromisoformat(told)))


def _offer(questions: tuple[str, ...], key: str) -> None:
    """Questions to click."""
    with st.container(horizontal=True, gap="small"):
        for number, question in enumerate(questions):
            if st.button(plain(question), key=f"{key}_{number}", icon=":material/chat:"):
                _choose(question)


def _choose(question: str) -> None:
    """Ask a question that was clicked."""
    st.session_state["chosen_question"] = question
    st.rerun()
