"""A server of its own for a benchmark, and what its process takes of the machine; on Linux."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # a benchmark that imports this finds `explorer` and `tests`


@contextmanager
def server(script: Path, folder: Path, **environment: str) -> Iterator[str]:
    """A Streamlit process of its own; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    command += ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
    process = subprocess.Popen(
        command, cwd=folder, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(200):
            time.sleep(0.1)
            if process.poll() is not None:
                raise RuntimeError("the server ended")
            try:
                urllib.request.urlopen(f"{address}_stcore/health", timeout=1)
                break
            except OSError:
                continue
        yield address
    finally:
        process.terminate()
        process.wait()


class Process:
    """The process of a server at an address."""

    def __init__(self, address: str) -> None:
        self.host = address.removeprefix("http://").strip("/")
        port = f"--server.port\0{self.host.partition(':')[2]}\0".encode()
        for file in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):  # that process has ended meanwhile
                if port in file.read_bytes():
                    self.folder = file.parent
                    break

    def cpu_now(self) -> float:
        """Read the processor time of all its threads, user and system, in ms."""
        times = (self.folder / "stat").read_text().rpartition(")")[2].split()[11:13]  # utime, stime: man proc
        return 1000 * sum(map(int, times)) / os.sysconf("SC_CLK_TCK")

    def memory_now(self) -> float:
        """Read how much memory it has, in MB."""
        return self._status("VmRSS") / 1024

    def threads_now(self) -> int:
        """Count its threads."""
        return self._status("Threads")

    def files_now(self) -> int:
        """Count the files and sockets that it has open."""
        return len(list((self.folder / "fd").iterdir()))

    def _status(self, name: str) -> int:
        return int((self.folder / "status").read_text().partition(f"{name}:")[2].split()[0])
