"""A TCP proxy on the loopback that cuts connections when it sees a statement go by."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from types import TracebackType

import sqlalchemy as sa

RESET = struct.pack("ii", 1, 0)  # linger for no time: the peer is told by a reset, as when a server dies


class Proxy:
    """Stands before the server of a URL; `url` is the same account through the proxy.

    `cut_at(words)`: the connection whose client sends these words is cut after `after` bytes of the answer; with
    `for_good` all connections are, and no new one is taken until `mend`.
    """

    def __init__(self, url: str) -> None:
        self._server = sa.make_url(url)
        self._listener = socket.create_server(("127.0.0.1", 0))
        port = self._listener.getsockname()[1]
        self.url = self._server.set(host="127.0.0.1", port=port).render_as_string(hide_password=False)
        self._words, self._after, self._for_good = b"", 0, False
        self.cuts = 0
        self._down = False
        self._open: set[socket.socket] = set()

    def __enter__(self) -> Proxy:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._down = True
        self._listener.close()
        self._drop(self._open)

    def cut_at(self, words: str, *, after: int = 0, for_good: bool = False) -> None:
        self._after, self._for_good, self._words = after, for_good, words.encode()

    def mend(self) -> None:
        self._words, self._down = b"", False

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                if self._down:
                    self._drop({client})
                    continue
                server = socket.create_connection((self._server.host or "127.0.0.1", self._server.port or 3306))
                self._open |= {client, server}
                connection = _Connection(self, client, server)
                threading.Thread(target=connection.forward, daemon=True).start()
                threading.Thread(target=connection.back, daemon=True).start()

    def wants(self, data: bytes) -> bool:
        return bool(self._words) and self._words in data

    def cut(self, pair: set[socket.socket]) -> None:
        self.cuts += 1
        if self._for_good:
            self._down = True
            pair = set(self._open)
        else:
            self._words = b""
        self._drop(pair)

    def _drop(self, sockets: set[socket.socket]) -> None:
        for end in set(sockets):
            self._open.discard(end)
            with contextlib.suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def close(self, pair: set[socket.socket]) -> None:
        self._drop(pair)

    @property
    def after(self) -> int:
        return self._after


class _Connection:
    """One connection through the proxy: a thread for each way."""

    def __init__(self, proxy: Proxy, client: socket.socket, server: socket.socket) -> None:
        self._proxy, self._client, self._server = proxy, client, server
        self._left: int | None = None  # bytes of the answer that still pass

    def forward(self) -> None:
        tail = b""
        with contextlib.suppress(OSError):
            while data := self._client.recv(65536):
                if self._left is None and self._proxy.wants(tail + data):
                    if self._proxy.after == 0:
                        self._proxy.cut({self._client, self._server})
                        return
                    self._left = self._proxy.after
                tail = data[-100:]
                self._server.sendall(data)
        self._proxy.close({self._client, self._server})

    def back(self) -> None:
        with contextlib.suppress(OSError):
            while data := self._server.recv(65536):
                if self._left is not None:
                    self._left -= len(data)
                    if self._left <= 0:
                        self._proxy.cut({self._client, self._server})
                        return
                self._client.sendall(data)
        self._proxy.close({self._client, self._server})
