"""Ends with 0 if the server in this container answers, else with 1: the container's health check."""

import os
import sys
from urllib.request import urlopen

PORT, LONGEST = 8501, 4  # seconds


def address(base: str = "") -> str:
    """Where the server tells its health; ``base`` is its base path.

    >>> address(), address("/lab/")
    ('http://127.0.0.1:8501/_stcore/health', 'http://127.0.0.1:8501/lab/_stcore/health')
    """
    path = "/".join(filter(None, (base.strip("/"), "_stcore/health")))
    return f"http://127.0.0.1:{PORT}/{path}"


def healthy(base: str) -> bool:
    """Say whether the server answers with 200 in time."""
    try:
        with urlopen(address(base), timeout=LONGEST) as answer:
            return answer.status == 200
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(0 if healthy(os.environ.get("STREAMLIT_SERVER_BASE_URL_PATH", "")) else 1)
