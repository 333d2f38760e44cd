"""Where the browser finds plotly.js: on this server, from the installed plotly package."""

from importlib.metadata import version

PLOTLY_ADDRESS = f"assets/plotly-{version('plotly')}.min.js"
