"""A line between browser and server that a test can cut, stall and mend: a TCP proxy on 127.0.0.1."""

import socket
from contextlib import suppress
from threading import Event, Thread
from urllib.parse import urlsplit


class Line:
    """Passes bytes both ways between ``address``, where browsers come, and a server's address."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._open: list[socket.socket] = []
        self._flows, self._whole = Event(), Event()
        self._flows.set()
        self._whole.set()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}/"
        Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """End all connections, and take no new ones."""
        self._whole.clear()
        self._end_all()

    def lay_to(self, server: str) -> None:
        """Lead new connections to another server."""
        self._server = server

    def stall(self) -> None:
        """Let nothing pass; the connections stay."""
        self._flows.clear()

    def mend(self) -> None:
        """Let everything pass again, what was held back too."""
        self._whole.set()
        self._flows.set()

    def close(self) -> None:
        """End it for good."""
        self._listening.close()
        self.mend()
        self._end_all()

    def _end_all(self) -> None:
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._open.clear()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                browser, _ = self._listening.accept()
                if not self._whole.is_set():
                    browser.close()
                    continue
                server = socket.create_connection(("127.0.0.1", urlsplit(self._server).port or 80))
                self._open += [browser, server]
                for source, target in ((browser, server), (server, browser)):
                    Thread(target=self._pass, args=(source, target), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                self._flows.wait()
                target.sendall(data)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
