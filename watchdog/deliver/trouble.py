"""
What went wrong on the way to a server, in fixed words: an exception's own text may quote a secret, these never do.
"""

from __future__ import annotations

import socket
import ssl


def trouble(error: BaseException) -> str:
    """
    Return words for a network error; where libraries have wrapped it, those of the error underneath.
    """
    for known, words in _WORDS:
        if any(isinstance(layer, known) for layer in _layers(error)):
            return words
    return f"network trouble ({type(_layers(error)[-1]).__name__})"


def _layers(error: BaseException) -> list[BaseException]:
    layers = [error]
    while (below := layers[-1].__cause__ or layers[-1].__context__) is not None and below not in layers:
        layers.append(below)
    return layers


#: The first that fits is said, so the narrow ones stand before the wide ones.
_WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (ssl.SSLCertVerificationError, "the server's certificate is not trusted"),
    (ssl.SSLError, "no encrypted connection could be agreed on"),
    (socket.gaierror, "the host name is not known"),
    (TimeoutError, "no answer in time"),
    (ConnectionRefusedError, "nobody listens there"),
    (ConnectionError, "the connection was cut"),
)
