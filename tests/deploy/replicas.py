"""Two replicas of the server behind the proxy of deploy/nginx.conf, on 127.0.0.1."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.error import HTTPError

from deploy.health import address as health_address
from tests.deploy.image import ROOT, command, environment, unpack

NAMES = ("one", "two")
STARTS, ENDS = 120, 15  # seconds that a start and an end may take


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(holds: Callable[[], object], seconds: float = STARTS) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"{holds} did not come to hold in {seconds} s"
        time.sleep(0.05)


def get(address: str, **headers: str) -> tuple[int, dict[str, list[str]], bytes]:
    """An answer's status, its headers by their names in small letters, and its body."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    try:
        answer = urllib.request.urlopen(urllib.request.Request(address, headers=named), timeout=60)
    except HTTPError as error:
        answer = error
    with answer:
        found: dict[str, list[str]] = {}
        for name, text in answer.headers.items():
            found.setdefault(name.lower(), []).append(text)
        return answer.status, found, answer.read()


class Replicas:
    """The replicas' processes and the proxy's; ``address`` is where visitors come."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = unpack(folder / "srv"), folder / "home"
        self.home.mkdir()
        self.unpacked = self.files()
        self.log = (folder / "log.txt").open("w+")
        self.ports = {name: free_port() for name in (*NAMES, "proxy")}
        self.address = self.own_address("proxy")
        self.processes: dict[str, subprocess.Popen] = {}

    def __enter__(self) -> "Replicas":
        try:
            for name in NAMES:
                self.launch(name)
            self.launch_proxy()
            for name in NAMES:
                self.await_health(name)
            self.await_answer("proxy", self.address)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(ENDS)
            finally:
                process.kill()
        self.log.close()

    def launch_proxy(self) -> None:
        """Start nginx with the file that is deployed, but for the three addresses in it."""
        text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
        places = {"listen 8080;": f"listen 127.0.0.1:{self.ports['proxy']};"}
        places |= {f"server {name}:8501;": f"server 127.0.0.1:{self.ports[name]};" for name in NAMES}
        for old, new in places.items():
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        prefix = Path(self.log.name).with_name("proxy")
        prefix.mkdir()
        (prefix / "nginx.conf").write_text(text, encoding="utf-8")
        nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
        assert nginx, "nginx is not there; tests/run installs it"
        options = ["-g", "user root;"] if os.getuid() == 0 else []  # else its workers may not read the test's folder
        order = [nginx, "-p", prefix, "-c", prefix / "nginx.conf", *options]
        self.processes["proxy"] = subprocess.Popen(order, stdout=self.log, stderr=subprocess.STDOUT)

    def launch(self, name: str, **settings: str) -> None:
        """Start a replica with the image's command and surroundings; ``settings`` come on top of those."""
        order = [sys.executable, "-m", *command()]
        order += ["--server.address=127.0.0.1", f"--server.port={self.ports[name]}"]
        surroundings = {**os.environ, **environment(), "HOME": str(self.home), **settings}
        self.processes[name] = subprocess.Popen(
            order, cwd=self.folder, env=surroundings, stdout=self.log, stderr=subprocess.STDOUT
        )

    def start(self, name: str, **settings: str) -> None:
        """Start a replica, and wait until it answers."""
        self.launch(name, **settings)
        self.await_health(name, settings.get("STREAMLIT_SERVER_BASE_URL_PATH", ""))

    def await_health(self, name: str, base: str = "") -> None:
        self.await_answer(name, health_address(base).replace(":8501", f":{self.ports[name]}"))

    def await_answer(self, name: str, address: str) -> None:
        """Wait for a process' first answer."""
        until(lambda: self.answers(address) or self.processes[name].poll() is not None)
        assert self.processes[name].poll() is None, self.said()

    def own_address(self, name: str) -> str:
        return f"http://127.0.0.1:{self.ports[name]}/"

    def answers(self, address: str) -> bool:
        try:
            return get(address)[0] == 200
        except OSError:
            return False

    def pages(self, name: str) -> int:
        """How many pages are connected with a replica; none if it is gone."""
        try:
            text = get(f"{self.own_address(name)}_stcore/metrics?families=active_sessions")[2].decode()
        except OSError:
            return 0
        return int(re.search(r"^active_sessions (\d+)", text, re.MULTILINE)[1])

    def kill(self, name: str) -> None:
        """End a replica as a crash does."""
        self.processes[name].kill()
        self.processes[name].wait()

    def drain(self, name: str) -> None:
        """End a replica as an update does, and see that it ends by itself."""
        self.processes[name].send_signal(signal.SIGTERM)
        self.processes[name].wait(ENDS)

    def files(self) -> set[Path]:
        return {*self.folder.rglob("*"), *self.home.rglob("*")}

    def said(self) -> str:
        """What all of them wrote."""
        self.log.flush() if not self.log.closed else None
        return Path(self.log.name).read_text()
