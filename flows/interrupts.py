"""Ctrl-C that is heard.

Python raises KeyboardInterrupt wherever the main thread happens to be. Where that is a callback of the garbage
collector, the exception is told of on stderr and dropped, and the run would go on as if nobody had asked it to stop.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

SECONDS = 5.0  # that an interrupt has to arrive; dbt takes up to three to cancel its queries

_waiting: list[threading.Timer] = []


@contextmanager
def insisting_on_interrupts() -> Iterator[None]:
    """Within the block, raise KeyboardInterrupt again every few seconds until `heard` is called or the block ends."""
    is_ours = (
        threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    )
    if not is_ours:
        yield
        return
    signal.signal(signal.SIGINT, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        heard()


def heard() -> None:
    """Stop insisting: the interrupt has arrived where the run is brought to its end."""
    while _waiting:
        _waiting.pop().cancel()


def _interrupt(number: int, frame: Any) -> None:
    heard()
    again = threading.Timer(SECONDS, signal.pthread_kill, (threading.main_thread().ident, signal.SIGINT))
    again.daemon = True
    _waiting.append(again)
    again.start()
    signal.default_int_handler(number, frame)
