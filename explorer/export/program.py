"""A page as one Python file: the programs of the page's Code dialog, one after another."""

from explorer.code_text import KINDS, program
from explorer.links import search_of
from explorer.session.page import page_at
from explorer.text import say


def programs(address: str = "") -> bytes:
    """Every program of the page of an address, each a section that runs on its own; together they need torch and numpy.

    A section begins with ``# %%``, which editors know as the beginning of a cell.

    >>> source = programs("?preset=stride-2").decode()
    >>> [line for line in source.splitlines() if line.startswith("# %%")]
    ['# %% PyTorch', '# %% NumPy loop', '# %% NumPy matrix']
    """
    settings = page_at(search_of(address)).page.settings
    links = dict.fromkeys(KINDS, "") | {KINDS[0]: address}  # said once is enough
    parts = [f"# %% {say(f'code.kinds.{kind}')}\n{program(settings, kind, links[kind])}" for kind in KINDS]
    return "\n\n".join(parts).encode()
