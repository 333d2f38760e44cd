"""Starts the page's server from wherever the package is installed."""

from collections.abc import Sequence
from pathlib import Path

from streamlit.web.cli import main

SCRIPT = Path(__file__).with_name("installed.py")


def start(options: Sequence[str]) -> None:
    """Run the server until it is stopped, then end the program; ``options`` are those of ``streamlit run``."""
    main(["run", str(SCRIPT), *options])
