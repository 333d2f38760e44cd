"""Where an address stands in what people paste for one, and which language it asks for."""

from urllib.parse import parse_qsl

from explorer.text import LANGUAGE, languages, say


def search_of(address: str) -> str:
    """The query string of a page's address (``?stride=2``) or of a whole link; empty for the bare page.

    Raises ValueError for a text that is neither.

    >>> search_of("https://example.org/?stride=2&padding=1#top")
    '?stride=2&padding=1'
    >>> search_of("stride=2")
    Traceback (most recent call last):
    ValueError: stride=2: an address begins with “?”, or it is a whole link
    """
    path, mark, query = address.strip().partition("#")[0].partition("?")
    if path and not mark and "://" not in path and not path.startswith("/"):
        raise ValueError(say("export.bad_address", address=address, reason=say("export.no_address")))
    return mark + query


def language_of(address: str, otherwise: str = LANGUAGE) -> str:
    """The language that an address asks for with ``lang``; ``otherwise`` where it asks for none that there is.

    >>> language_of("?stride=2&lang=zh"), language_of("?lang=tlh"), language_of("")
    ('zh', 'en', 'en')
    """
    asked = dict(parse_qsl(address.partition("#")[0].partition("?")[2])).get("lang", "")
    return asked if asked in languages() else otherwise
