"""The script that Streamlit runs for every page: who is it, which pages are theirs, and the page itself."""

from pathlib import Path
from typing import Any

import streamlit as st

from app import gate
from app.app_pages import PAGES
from app.auth.roles import ROLES
from app.layout import on_error


@on_error
def main() -> None:
    """Show the page that was asked for.

    Pages of other roles are known and not listed: who asks for one is told, and it is logged, by the page itself.
    """
    person = gate.current_person()
    st.session_state["person"] = person
    sections: dict[str, list[Any]] = {}
    others: list[Any] = []
    for page in PAGES:
        if person.role in page.roles:
            made = st.Page(on_error(page.show), title=page.title, icon=page.icon, url_path=page.path)
            sections.setdefault(page.section, []).append(made)
        else:
            others.append(st.Page(page.show, title=page.title, url_path=page.path, visibility="hidden"))
    first = next(iter(sections.values()))[0]

    def home() -> None:
        """The address without a path leads to the role's first page, so that each page has a path of its own."""
        st.switch_page(first)

    hidden = st.Page(home, title="Tidemark", url_path="home", default=True, visibility="hidden")
    chosen = st.navigation({"": [hidden, *others], **sections})
    with st.sidebar:
        st.markdown(f"{person.name} · {ROLES[person.role]}")
        if st.button("Sign out", icon=":material/logout:", width="stretch"):
            gate.lead_to("/sign-out")
    st.set_page_config(page_title=f"{chosen.title} · Tidemark")
    st.session_state["page"] = chosen.url_path
    chosen.run()


st.set_page_config(page_icon=str(Path(__file__).with_name("favicon.png")), layout="wide")
main()
