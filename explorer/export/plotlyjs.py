"""plotly.js, as the installed plotly package has it."""

from functools import cache

from plotly.offline import get_plotlyjs


@cache
def plotly_script() -> str:
    """The whole library, as a script that sets ``window.Plotly``."""
    return get_plotlyjs()
