"""Cuts a Python program off from every other machine, and writes down what it asked them.

A program that has this file as ``sitecustomize`` on its path runs it before its own first line. ASKED names the file.
"""

import os
import sys
from pathlib import Path

HERE = {"", "localhost", "127.0.0.1", "::1", "0.0.0.0", "::"}


def _listen(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    elif event in ("socket.connect", "socket.sendto"):
        host = arguments[1][0] if isinstance(arguments[1], tuple) else ""  # a socket of this machine has a path
    else:
        return
    if str(host or "") not in HERE:
        with Path(os.environ["ASKED"]).open("a") as file:
            file.write(f"{event} {host}\n")
        raise OSError("the network is cut off")


if "ASKED" in os.environ:
    sys.addaudithook(_listen)
