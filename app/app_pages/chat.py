"""Questions in plain English: the answer, how it was understood, and where it comes from."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import streamlit as st

from app import layout, query_log
from app.answer_figures import chart_of, table_of
from app.answers.ask import ANSWERED, Answer, Answers, Asked, Session
from app.answers.errors import AnswersError
from app.gate import Person, require
from app.settings import settings

ROLES = ("manager", "executive")
EXAMPLES = ("Sales by region this year", "Top 10 products by profit", "Return rate by category last year")
MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|$<>~:])")


def show() -> None:
    """Lay the page out."""
    person = layout.person()
    require(person, *ROLES)
    if layout.published_heading("Ask", "Ask in plain English. You see how the question was understood.") is None:
        return
    talk: list[tuple[str, Answer]] = st.session_state.setdefault(f"talk_{person.user_id}", [])
    for number, (question, answer) in enumerate(talk):
        with st.chat_message("user"):
            st.markdown(plain(question))
        with st.chat_message("assistant", avatar=":material/query_stats:"):
            _answer(answer, number, is_last=number == len(talk) - 1)
    if not talk:
        _offer(EXAMPLES, "example")
    asked = st.chat_input("Ask about sales, profit, orders, customers, returns…", max_chars=1000)
    asked = asked or st.session_state.pop("chosen_question", None)
    if asked:
        _ask(person, talk, asked)


def _ask(person: Person, talk: list[tuple[str, Answer]], question: str) -> None:
    try:
        with st.spinner("Looking it up…"):
            answer = _answers(person).ask(question, person.role, _session(person))
    except AnswersError as error:
        st.error(str(error), icon=":material/error:")
        return
    talk.append((question, answer))
    st.rerun()


def _answers(person: Person) -> Answers:
    """What answers this person's questions; one for each browser session, for it serves one question at a time."""
    name = f"answers_{person.user_id}"
    if name not in st.session_state:
        known = settings()
        urls = {"APP_URL": known.app_url, "MANAGER_URL": known.manager_url, "EXECUTIVE_URL": known.executive_url}

        def note(asked: Asked) -> None:
            answer = asked.answer
            query_log.keep(
                known.app_url,
                query_log.Asked(
                    person.name, asked.role, "question", answer.sql or None, len(answer.rows), answer.took_ms,
                    answer.status, asked.question,
                ),
            )  # fmt: skip

        st.session_state[name] = Answers(urls, known.tidemark_home / "work", note)
    found: Answers = st.session_state[name]
    return found


def _session(person: Person) -> Session:
    found: Session = st.session_state.setdefault(f"asked_{person.user_id}", Session())
    return found


def _answer(answer: Answer, number: int, *, is_last: bool) -> None:
    for warning in answer.warnings:
        st.warning(plain(warning), icon=":material/warning:")
    st.markdown(plain(answer.answer))
    if answer.status != ANSWERED:
        if is_last:
            _offer(answer.choices, f"choice_{number}")
        return
    if answer.facts:
        st.markdown("\n".join(f"- {plain(fact)}" for fact in answer.facts))
    figure = chart_of(answer)
    if figure is not None:
        figure.update_layout(height=layout.CHART_HEIGHT, margin={"l": 8, "r": 8, "t": 8, "b": 8})
        st.plotly_chart(figure, key=f"answer_{number}_chart", config={"displayModeBar": False})
    table = table_of(answer)
    if len(table) > 1:
        st.dataframe(
            _read(table, answer), hide_index=True, column_config=_formats(table, answer), key=f"answer_{number}_table"
        )
    st.caption(f"I understood: {plain(answer.understood)}")
    _origin(answer, table, number)
    if is_last:
        _offer(answer.suggestions, f"next_{number}")


def _read(table: pd.DataFrame, answer: Answer) -> pd.DataFrame:
    """Fractions as percentages; everything else as it is."""
    read = table.copy()
    for position, column in enumerate(answer.shown):
        if column.format == "percent":
            name = read.columns[position]
            read[name] = [None if value is None else f"{value:.1%}" for value in read[name]]
    return read


def _formats(table: pd.DataFrame, answer: Answer) -> dict[str, Any]:
    """Amounts as dollars."""
    return {
        str(table.columns[i]): st.column_config.NumberColumn(format="dollar")
        for i, column in enumerate(answer.shown)
        if column.format == "money"
    }


def _origin(answer: Answer, table: pd.DataFrame, number: int) -> None:
    with st.expander("Where this comes from"):
        for source in answer.sources:
            proved = f"shown equal to its source {source.proved_equal_at}" if source.proved_equal_at else "never proved"
            st.markdown(
                f"**{plain(source.model)}**: {plain(source.description)} Loaded up to "
                f"{plain(source.loaded_at or 'an unknown time')}, tests {plain(source.tests)}, {plain(proved)}."
            )
        st.code(answer.sql, language="sql")
        st.download_button(
            "Download CSV", layout.as_csv(table), "answer.csv", "text/csv", icon=":material/download:",
            key=f"answer_{number}_csv",
        )  # fmt: skip


def _offer(questions: tuple[str, ...], key: str) -> None:
    """Questions to click."""
    for number, question in enumerate(questions):
        if st.button(question, key=f"{key}_{number}", icon=":material/chat:"):
            st.session_state["chosen_question"] = question
            st.rerun()


def plain(text: str) -> str:
    """Text as it is: what a question or the data holds is never taken for Markdown."""
    return MARKDOWN.sub(r"\\\1", text)
