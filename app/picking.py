"""Pick lists of customers and products: words to search by, and what they find. Nothing is chosen by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import streamlit as st

from app import entered
from app.databases import UnreachableError
from app.entered import KEPT, key
from app.entry import orders
from app.entry.orders import Choice
from app.settings import settings

Find = Callable[[str, str], list[Choice]]
FINDS: dict[str, Find] = {"customer": orders.find_customers, "product": orders.find_products}
SEPARATOR = " · "


def customer(form: str) -> str | None:
    """The number of the customer who is chosen in a form."""
    return _pick(form, "customer")


def product(form: str) -> str | None:
    """The number of the product that is chosen in a form."""
    return _pick(form, "product")


def product_names(ids: Iterable[str]) -> dict[str, str]:
    """The names of products; the numbers alone while the order system does not answer."""
    return {id_: _title("product", id_).removesuffix(f"{SEPARATOR}{id_}") for id_ in ids}


def _pick(form: str, what: str) -> str | None:
    left, right = st.columns([3, 2])
    words = left.text_input(
        f"Find a {what}",
        key=key(form, f"{what}_words"),
        placeholder=f"Part of the name, or the {what}'s number",
        persist_state=KEPT,
    )
    titles: dict[str, str] = {}
    if words.strip():
        try:
            titles = {choice.id: choice.title for choice in FINDS[what](settings().associate_url, words)}
        except UnreachableError as error:
            st.error(str(error), icon=":material/cloud_off:")
        else:
            _known(what).update(titles)
            if not titles:
                left.caption(f"No {what} has this in its name or as its number.")
    if chosen := entered.get(form, what):
        titles = {chosen: _title(what, chosen), **titles}
    picked: str | None = right.selectbox(
        what.capitalize(),
        list(titles),
        index=None,
        format_func=lambda id_: titles.get(id_, id_),
        placeholder="Choose one" if titles else "Find one first",
        key=key(form, what),
        persist_state=KEPT,
    )
    return picked


def _title(what: str, id_: str) -> str:
    """How a pick list shows what is chosen, whatever is searched for now."""
    known = _known(what)
    if id_ not in known:
        try:
            known |= {found.id: found.title for found in FINDS[what](settings().associate_url, id_)}
        except UnreachableError:
            return id_
    return known.get(id_, id_)


def _known(what: str) -> dict[str, str]:
    found: dict[str, str] = st.session_state.setdefault(f"titles_of_{what}s", {})
    return found
