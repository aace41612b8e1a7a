"""Load a file of order lines or returns: see what it would do, then do it."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app import gate, layout
from app.amounts import NOTHING
from app.entry import files, orders
from app.entry.literal import literal
from app.settings import settings
from oltp.superstore_files import DateOrder, DecimalMark, LoadOptions, LoadReport, SuperstoreFileError

ROLES = ("associate",)
AS_IN_FILE = "as the file shows"
SHOWN_REFUSALS = 200
LOADED, DONE = "loaded_files", "file_done"
SHOWN_OPEN = ("order_products", "returns")
OPTIONS = re.compile(r"[:;,][^:;,]*--.*$", re.DOTALL)


def show() -> None:
    """Lay the page out."""
    person = layout.person()
    gate.require(person, *ROLES)
    layout.heading(
        "Load a file",
        "A CSV of order lines, or of returns. First you see what it would do; nothing is written until you say so.",
    )
    given = st.file_uploader(
        "CSV file",
        type=["csv", "txt", "tsv"],
        key=f"file_{st.session_state.get(LOADED, 0)}",  # empty after a load
    )
    if given is None:
        if done := st.session_state.get(DONE):
            st.success(done, icon=":material/check_circle:")
        return
    st.session_state.pop(DONE, None)
    folder = Path(tempfile.mkdtemp(prefix="tidemark-load-"))
    try:
        path = folder / "upload.csv"
        path.write_bytes(given.getvalue())
        _load(person.name, given.name, path)
    finally:
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()


def _load(name: str, file_name: str, path: Path) -> None:
    refused = path.with_name("refused.csv")
    try:
        options = _options(path)
        digest = hashlib.sha256(path.read_bytes() + repr(options).encode()).hexdigest()
        report = _preview(digest, path, options, refused)
    except SuperstoreFileError as error:
        st.error(_told(error, path, file_name), icon=":material/error:")
        st.caption(
            "Open “Columns and values” above to say which column is which, or what a missing column should hold."
        )
        return
    _show(report, st.session_state["refused_rows"])
    writes = sum(report.inserted.values()) + sum(report.updated.values())
    if not writes:
        st.info("Nothing of this file is new: loading it would change nothing.", icon=":material/info:")
        return
    if st.button(f"Load {_rows(report.accepted)}", type="primary", icon=":material/upload:"):
        bar = st.progress(0.0, "Reading…")
        try:
            done = files.load_file(settings().associate_url, path, options, progress=_shown_on(bar), actor=name)
        except SuperstoreFileError as error:
            st.error(_told(error, path, file_name), icon=":material/error:")
            return
        orders.note_file(settings().associate_url, file_name, name)
        st.session_state.pop("preview", None)
        st.session_state[LOADED] = st.session_state.get(LOADED, 0) + 1
        st.session_state[DONE] = f"{literal(file_name)}: {_rows(done.accepted)} loaded, {len(done.refused):,} refused."
        st.rerun()


def _shown_on(bar: DeltaGenerator) -> Callable[[int, int], None]:
    def show(done: int, total: int) -> None:
        words = "Writing…" if done >= total else f"Checked {done:,} of {total:,}"
        bar.progress(min(done / max(total, 1), 1.0), words)

    return show


def _needs_an_answer(path: Path) -> bool:
    try:
        return bool(files.missing_columns(files.titles_of(path)))
    except SuperstoreFileError:
        return True


def _told(error: SuperstoreFileError, path: Path, file_name: str) -> str:
    """The sentence without the options of the command line; the page has fields for them."""
    return literal(OPTIONS.sub(".", str(error)).replace(str(path), file_name))


def _options(path: Path) -> LoadOptions:
    """What the person says beside the file; gives its columns the titles that were chosen for them."""
    place = st.expander("Columns and values", expanded=_needs_an_answer(path))
    with place:
        first, second, third = st.columns(3)
        order = first.selectbox("Dates", [AS_IN_FILE, *(d.value for d in DateOrder)])
        mark = second.selectbox("Decimal mark", [AS_IN_FILE, *(d.value for d in DecimalMark)])
        chosen = third.selectbox("Encoding", [AS_IN_FILE, "utf-8", "cp1252", "latin-1", "utf-16"])
    encoding = None if chosen == AS_IN_FILE else chosen
    titles = files.titles_of(path, encoding)
    missing = files.missing_columns(titles)
    unknown = files.unknown_titles(titles)
    defaults: dict[str, str] = {}
    renamed: dict[str, str] = {}
    if missing:
        place.markdown("The file lacks columns. Say where they are, or what they hold in all rows.")
    for column in missing:
        left, right = place.columns(2)
        source = left.selectbox(
            column.header, ["", *unknown], format_func=lambda v: v or "not in the file", key=f"map_{column.name}"
        )
        if source:
            renamed[source] = column.header
        elif not column.is_key:
            value = right.text_input(f"{column.header} of all rows", key=f"default_{column.name}")
            if value.strip():
                defaults[column.name] = value
    if renamed:
        files.rename_columns(path, renamed, encoding)
        encoding = "utf-8"
    return LoadOptions(
        defaults,
        encoding,
        None if order == AS_IN_FILE else DateOrder(order),
        None if mark == AS_IN_FILE else DecimalMark(mark),
    )


def _preview(digest: str, path: Path, options: LoadOptions, refused: Path) -> LoadReport:
    """What loading would do; computed once for a file and its options."""
    kept = st.session_state.get("preview")
    if kept and kept[0] == digest:
        known: LoadReport = kept[1]
        return known
    with st.spinner("Looking at the file…"):
        report = files.preview_file(settings().associate_url, path, options, refused_to=refused)
    st.session_state["preview"] = (digest, report)
    st.session_state["refused_rows"] = refused.read_bytes() if refused.exists() else b""
    return report


def _samples(report: LoadReport) -> None:
    """The first rows that would be new, and of those that would be changed what is there now and what will be."""
    for table in report.inserted:
        rows = [sample for sample in report.samples if sample.table == table]
        new, changed = ([s for s in rows if (s.before is None) is is_new] for is_new in (True, False))
        if not rows:
            continue
        with st.expander(f"First rows: {_words(table)}", expanded=table in SHOWN_OPEN):
            if new:
                st.markdown(f"New, {len(new):,} of {report.inserted[table]:,}")
                shown = [{"Number": " · ".join(s.key), **{_words(n): v for n, v in s.after.items()}} for s in new]
                st.dataframe(pd.DataFrame(shown), hide_index=True, key=f"new_{table}")
            if changed:
                st.markdown(f"Changed, {len(changed):,} of {report.updated[table]:,}")
                shown = [
                    {
                        "Number": " · ".join(s.key),
                        "Column": _words(name),
                        "Now": _text(then),
                        "Then": _text(s.after[name]),
                    }
                    for s in changed
                    for name, then in (s.before or {}).items()
                ]
                st.dataframe(pd.DataFrame(shown), hide_index=True, key=f"changed_{table}")


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _text(value: object) -> str:
    return NOTHING if value is None else str(value)


def _show(report: LoadReport, refused_rows: bytes) -> None:
    first, second, third = st.columns(3)
    first.metric("Rows", f"{report.rows:,}", border=True)
    second.metric("Accepted", f"{report.accepted:,}", border=True)
    third.metric("Refused", f"{len(report.refused):,}", border=True)
    st.dataframe(
        pd.DataFrame(
            {
                "Table": [_words(table) for table in report.inserted],
                "New": list(report.inserted.values()),
                "Changed": [report.updated[table] for table in report.inserted],
                "Unchanged": [report.unchanged[table] for table in report.inserted],
            }
        ),
        hide_index=True,
    )
    _samples(report)
    for warning in report.warnings:
        st.warning(literal(warning))
    if report.refused:
        st.subheader("Refused rows")
        shown = report.refused[:SHOWN_REFUSALS]
        st.dataframe(
            pd.DataFrame(
                {"Line": [r.line for r in shown], "Column": [r.column for r in shown], "Why": [r.reason for r in shown]}
            ),
            hide_index=True,
        )
        if len(report.refused) > SHOWN_REFUSALS:
            st.caption(f"The first {SHOWN_REFUSALS} of {len(report.refused):,}; the download has all.")
        st.download_button(
            "Download the refused rows", refused_rows, "refused.csv", "text/csv", icon=":material/download:"
        )
