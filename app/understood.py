"""How a question was understood, part by part: each part a button that opens what can stand in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from app.answers.ask import Answers
from app.answers.plan import Plan
from app.layout import plain
from app.plan_edits import Choice, Offer, Part

MENU = 60  # more choices than these are searched, not scrolled through
OnChange = Callable[[str, Plan], None]


def offer_of(answers: Answers, role: str) -> Offer:
    """What a role may be offered in place of a part."""
    desk = answers.desk(role)
    metrics = desk.layer.metrics.items()
    roles = {name: metric.meta.get("roles") for name, metric in metrics if not metric.meta.get("condition")}
    return Offer(
        desk.around,
        tuple(name for name, seen_by in roles.items() if not seen_by or role in seen_by),
        desk.values.values,
    )


def show_parts(offer: Offer, plan: Plan, key: str, on_change: OnChange) -> None:
    """Show the parts of a plan; `on_change` is told in words what was picked, and the plan that it makes."""
    st.caption("I understood. Click a part to change it:")
    with st.container(horizontal=True, gap="small"):
        for number, part in enumerate(offer.parts(plan)):
            _part(part, f"{key}_part_{number}", on_change)
        picked = _menu("Add", offer.additions(plan), f"{key}_add", icon=":material/add:", type="tertiary")
        if picked is not None:
            on_change(f"add: {picked.label}", picked.plan)


def _part(part: Part, key: str, on_change: OnChange) -> None:
    choices = list(part.choices)
    if part.removed is not None:
        choices.append(Choice("leave it out", part.removed))
    if part.renumbered is not None or len(choices) > MENU:
        with st.popover(plain(part.words), key=key):
            _opened(part, choices, key, on_change)
        return
    picked = _menu(plain(part.words), choices, key)
    if picked is not None:
        on_change(_told(part, picked), picked.plan)


def _menu(label: str, choices: Sequence[Choice], key: str, **looks: Any) -> Choice | None:
    """What was picked of a menu; a menu of nothing is a button that cannot be clicked, for Streamlit takes none."""
    if not choices:
        st.button(label, key=key, disabled=True, **looks)
        return None
    picked = st.menu_button(label, range(len(choices)), key=key, format_func=lambda i: plain(choices[i].label), **looks)
    return None if picked is None else choices[picked]


def _opened(part: Part, choices: list[Choice], key: str, on_change: OnChange) -> None:
    if part.number is not None and part.renumbered is not None:
        number = st.number_input("Number", value=part.number, format="%g", key=f"{key}_number")
        if st.button("Change", key=f"{key}_change", icon=":material/check:"):
            on_change(f"{part.words}: {number:,.10g}", part.renumbered(number))
    if len(choices) > MENU:
        picked = st.selectbox(
            "Instead", range(len(choices)), None, key=f"{key}_instead", placeholder="Search…",
            format_func=lambda i: choices[i].label,
        )  # fmt: skip
        if picked is not None:
            on_change(_told(part, choices[picked]), choices[picked].plan)
        return
    for number, choice in enumerate(choices):
        if st.button(plain(choice.label), key=f"{key}_choice_{number}"):
            on_change(_told(part, choice), choice.plan)


def _told(part: Part, choice: Choice) -> str:
    return f"{part.words} → {choice.label}"
