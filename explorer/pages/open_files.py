"""How many visitors the server may have: each takes four open files, and many systems give a program 1024 at first."""

from types import ModuleType

resource: ModuleType | None
try:
    import resource
except ImportError:  # Windows counts them otherwise
    resource = None

OF_A_VISITOR = 4
"""A socket, and three of the event loop that Streamlit makes for a visitor's scripts."""
ENOUGH = 5_000 * OF_A_VISITOR
"""Open files that are asked for where there is no limit."""


def allow_many() -> int | None:
    """Raise this process's limit of open files as far as its system lets it; returns the limit, None if there is none.

    Beyond the limit new visitors are not answered.
    """
    if resource is None:
        return None
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = ENOUGH if hard == resource.RLIM_INFINITY else min(hard, ENOUGH)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]
