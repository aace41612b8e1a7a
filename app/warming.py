"""What makes the first page quick: what takes long is done at the start and after each publish, before anybody asks."""

from __future__ import annotations

import gc
import threading

from app import latest
from app.answering import warm_up
from app.app_pages import products, regions, returned, sales
from app.auth.passwords import nobodys_hash
from app.figures import Selection, days_of
from app.latest import Latest
from app.periods import PRESETS, period_of

PAGES = (sales, products, returned, regions)


def start() -> None:
    """Warm up, and go on doing so after each publish, in threads that keep no process alive."""
    latest.follow(prepare, threading.Event())
    threading.Thread(
        target=nobodys_hash, daemon=True
    ).start()  # else the first unknown name took the time of two hashes


def prepare(found: Latest) -> None:
    """Do what takes long before a role sees what was published; its answers are made ready beside that."""
    threading.Thread(target=_warm_up_answers, args=(found.role,), daemon=True).start()
    draw_first_views(found)
    leave_out_of_collections()


def _warm_up_answers(role: str) -> None:
    warm_up(role)
    leave_out_of_collections()


def leave_out_of_collections() -> None:
    """Let the garbage collector pass over what there is now, once it has gone through it.

    Streamlit collects after each run of a page. Going through vocabulary, manifest and tables each time took two thirds
    of the processor time of a page.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def draw_first_views(found: Latest) -> None:
    """Compute and draw what each page shows a role when it is opened without a choice."""
    days = days_of(found.lines)
    if days is None:
        return
    selection = Selection(*period_of(PRESETS[0], *days))
    for page in PAGES:
        if found.role in page.ROLES:
            page.warm(found, selection)
