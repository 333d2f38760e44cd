"""A line between browser and server that a test can cut, stall and mend: a TCP proxy on 127.0.0.1."""

import socket
from contextlib import suppress
from threading import Event, Lock, Thread
from urllib.parse import urlsplit


class Line:
    """Passes bytes both ways between ``address``, where browsers come, and a server's address."""

    def __init__(self, server: str, port: int) -> None:
        self._server = server
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        self._threads: list[Thread] = []
        self._flows, self._whole = Event(), Event()
        self._flows.set()
        self._whole.set()
        self._listening = socket.create_server(("127.0.0.1", port))
        self.address = f"http://127.0.0.1:{port}/"
        self._start(self._accept)

    def cut(self) -> None:
        """End all connections, and take no new ones."""
        with self._lock:
            self._whole.clear()
            for one in self._open:
                _end(one)

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
        _end(self._listening)
        self.cut()
        self._flows.set()
        for thread in self._threads:
            thread.join()

    def _start(self, act, *arguments) -> Thread:
        thread = Thread(target=act, args=arguments)
        self._threads.append(thread)
        thread.start()
        return thread

    def _accept(self) -> None:
        with self._listening, suppress(OSError):  # close() ends the wait for the next one
            while True:
                self._start(self._carry, self._listening.accept()[0])

    def _carry(self, browser: socket.socket) -> None:
        """Carry one connection until an end of it is gone."""
        with browser, suppress(OSError), socket.create_connection(("127.0.0.1", urlsplit(self._server).port)) as server:
            with self._lock:
                if not self._whole.is_set():
                    return
                self._open |= {browser, server}
            back = self._start(self._pass, server, browser)
            self._pass(browser, server)
            back.join()
            with self._lock:
                self._open -= {browser, server}

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                self._flows.wait()
                target.sendall(data)
        for one in (source, target):
            _end(one)


def _end(one: socket.socket) -> None:
    """Wake whoever waits for a socket."""
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
