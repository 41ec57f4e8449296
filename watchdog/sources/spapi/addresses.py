"""
Where Amazon is reached, and under which name we ask.
"""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from watchdog import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from watchdog.sources.spapi.operations import Operation
    from watchdog.terms.marketplace import Marketplace

#: Where tokens are given, everywhere in the world.
LWA_URL = "https://api.amazon.com/auth/o2/token"
_HOST = "https://sellingpartnerapi-{region}.amazon.com"
_LONGEST_AGENT = 500


def host_of(marketplace: Marketplace) -> str:
    """
    Return the API's base URL for a marketplace: Japan, Australia and Singapore are the far east.
    """
    return _HOST.format(region=marketplace.region)


def user_agent() -> str:
    """
    Return the name Amazon demands in every request: application, version, language, platform; never longer than it takes.
    """
    facts = f"Language=Python/{platform.python_version()}; Platform={platform.system() or 'unknown'}"
    return f"PreorderWatchdog/{__version__} ({facts})"[:_LONGEST_AGENT]


def url_of(host: str, operation: Operation, path: Mapping[str, str], query: Mapping[str, str | Sequence[str]]) -> str:
    """
    Return the whole URL of a request; several values of one parameter are joined with commas, empty ones are left out.
    """
    where = operation.path.format_map({name: quote(value, safe="") for name, value in path.items()})
    joined = {name: value if isinstance(value, str) else ",".join(value) for name, value in query.items() if value}
    asked = urlencode(joined, quote_via=quote, safe=",")
    return f"{host}{where}{'?' if asked else ''}{asked}"
