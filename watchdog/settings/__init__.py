"""
Everything that can be set, and the one place that reads the process environment.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from watchdog.settings.faults import Problem
from watchdog.settings.layers import Machine, gather
from watchdog.settings.options import Settings, options
from watchdog.settings.pages import documented, example, secret_values, shown, written
from watchdog.terms.errors import ConfigError
from watchdog.terms.marketplace import by_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic_core import ErrorDetails

    from watchdog.settings.layers import Found

__all__ = ["Settings", "documented", "example", "load", "options", "secret_values", "shown", "spoken_language", "written"]

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
#: What pydantic says of a default that depends on an option already told to be wrong.
_FOLLOWS = "default_factory_not_called"
_API = ("spapi_client_id", "spapi_client_secret", "spapi_refresh_token")
_MAIL = ("smtp_host", "email_from", "email_to")
#: Addresses that are posted to: encrypted, and with a path that is the secret.
_ADDRESSES = ("slack_webhook_url", "webhook_url", "heartbeat_url", "slack_api_url")
#: What is sent by the means of another option.
_BUILT_ON = {"escalate_email_to": "smtp_host", "escalate_slack_channel": "slack_bot_token", "webhook_secret": "webhook_url"}
_PROXY = re.compile(r"http://([^\s/@]+@)?([A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]):\d{1,5}/?")


def load(overrides: Mapping[str, str] | None = None, environ: Mapping[str, str] | None = None, *, cwd: Path | None = None) -> Settings:
    """
    Return the settings: of each option the value of the first place that has one; an empty value is none.

    Args:
        overrides: from the command line, by option (``PREORDER_STATE_DIR`` or ``state_dir``).
        environ: the process environment where none is given.
        cwd: where ``./.env`` and relative paths begin; the working folder where none is given.

    Raises:
        ConfigError: every problem of every place at once, each naming its option, in the language that is set.
    """
    found = gather(overrides or {}, _machine(environ, cwd))
    problems = [*found.problems, *_contradictions(found)]
    values: dict[str, Any] = {**found.texts}
    try:
        settings = Settings(**values, came_from=found.came_from, searched=tuple(found.searched))
    except ValidationError as error:
        problems += [_problem(fault, found) for fault in error.errors(include_input=False, include_url=False) if fault["type"] != _FOLLOWS]
        raise ConfigError(_told(problems, found)) from None
    if problems:
        raise ConfigError(_told(problems, found))
    return settings


def spoken_language(
    overrides: Mapping[str, str] | None = None, environ: Mapping[str, str] | None = None, *, cwd: Path | None = None
) -> str:
    """
    Return the language to say a ConfigError in, although the settings could not be loaded.
    """
    return _language(gather(overrides or {}, _machine(environ, cwd)))


def _machine(environ: Mapping[str, str] | None, cwd: Path | None) -> Machine:
    everything = os.environ if environ is None else environ  # noqa: TID251 - the one home of the environment
    return Machine(everything, cwd or Path.cwd(), superuser=os.geteuid() == 0)


def _language(found: Found) -> str:
    said = found.texts.get("language", "")
    store = by_id(found.texts.get("marketplace_ids", "JP").partition(",")[0])
    return said if said in {"ja", "en"} else "ja" if store is None or store.language == "ja" else "en"


def _told(problems: list[Problem], found: Found) -> tuple[str, ...]:
    language = _language(found)
    return tuple(dict.fromkeys(problem.told(language) for problem in problems))


def _problem(fault: ErrorDetails, found: Found) -> Problem:
    name = str(fault["loc"][0])
    return Problem(name, fault["type"], found.came_from.get(name, "not set"), fault.get("ctx", {}))


def _contradictions(found: Found) -> Iterator[Problem]:
    """
    Name the options that do not fit together; read from the texts, so that they are told along with all other problems.
    """
    texts = found.texts
    yield from _missing(_MAIL, texts)
    yield from _missing(("smtp_username", "smtp_password"), texts)
    yield from _api(texts, found)
    if texts.get("smtp_security") == "none" and "smtp_password" in texts and texts.get("smtp_host") not in _LOOPBACK:
        yield Problem("smtp_security", "clear_text", found.came_from["smtp_security"])
    private = texts.get("allow_private_targets", "")
    for name in _ADDRESSES:
        if name in texts and not _is_webhook(texts[name], private):
            yield Problem(name, "webhook", found.came_from[name])
    if "proxy_url" in texts and not _PROXY.fullmatch(texts["proxy_url"].strip()):
        yield Problem("proxy_url", "proxy", found.came_from["proxy_url"])
    yield from _missing(("slack_bot_token", "slack_channel"), texts)
    for name, other in _BUILT_ON.items():
        if name in texts and other not in texts:
            yield Problem(other, "needed", "not set", {"other": f"PREORDER_{name.upper()}"})


def _api(texts: Mapping[str, str], found: Found) -> Iterator[Problem]:
    """
    Name what an API mode lacks: all three credentials, and marketplaces of one region.
    """
    yield from _missing(_API, texts)
    if not any(name in texts for name in _API):
        return
    stores = [by_id(part) for part in re.split(r"[,\s、]+", texts.get("marketplace_ids", "JP")) if part]
    regions = sorted({store.region for store in stores if store is not None})
    if len(regions) > 1:
        yield Problem("marketplace_ids", "regions", found.came_from["marketplace_ids"], {"regions": ", ".join(regions)})


def _missing(together: tuple[str, ...], texts: Mapping[str, str]) -> Iterator[Problem]:
    there = [name for name in together if name in texts]
    if there:
        other = {"other": f"PREORDER_{there[0].upper()}"}
        yield from (Problem(name, "needed", "not set", other) for name in together if name not in texts)


def _is_webhook(url: str, private: str) -> bool:
    schemes = {"https", "http"} if private.lower() in {"1", "true", "yes", "on", "t", "y"} else {"https"}
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in schemes and bool(parts.hostname) and bool(parts.path.strip("/")) and not any(mark <= " " for mark in url)
