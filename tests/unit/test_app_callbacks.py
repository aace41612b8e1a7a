"""What Streamlit calls before a page runs is done only for who is still signed in."""

import re
from pathlib import Path

import pytest

import app

FILES = sorted(Path(app.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_callback_of_a_field_asks_who_is_signed_in(file):
    text = file.read_text(encoding="utf-8")
    for callback in re.findall(r"\bon_(?:change|click)=([\w.]+)", text):
        assert re.search(rf"\b{re.escape(callback)} = if_still\(", text), callback
