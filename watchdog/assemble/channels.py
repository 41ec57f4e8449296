"""
The ways to a person, as the settings name them: a first list, and a second one that is told when nobody answers.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple, TextIO

from watchdog.routines.postman import Channel
from watchdog.terms.errors import ConfigError
from watchdog.terms.finding import Severity
from watchdog.terms.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic import SecretStr

    from watchdog.deliver.heartbeat import Heartbeat
    from watchdog.settings import Settings


class ChannelLists(NamedTuple):
    """
    Who is told first, and who when nobody answers.
    """

    first: tuple[Channel, ...]
    second: tuple[Channel, ...]


def channels_of(settings: Settings, stderr: TextIO) -> tuple[Channel, ...]:
    """
    Return every channel that is set up, the second list last; the console alone where there is no first.
    """
    lists = channel_lists(settings, stderr)
    return lists.first + lists.second


def channel_lists(settings: Settings, stderr: TextIO) -> ChannelLists:
    """
    Return both lists.

    Raises:
        ConfigError: a severity is sent to a channel that is not set up.
    """
    from watchdog.deliver.console import Console

    first = tuple(_first(settings))
    lists = ChannelLists(first or (Console(stderr),), tuple(_second(settings)))
    known = [channel.name for channel in lists.first]
    named = {"urgent_channels": settings.urgent_channels, "warning_channels": settings.warning_channels}
    problems = [
        say("channel_not_set_up", settings.language, {"option": f"PREORDER_{option.upper()}", "name": name, "known": ", ".join(known)})
        for option, names in named.items()
        for name in names
        if name not in known
    ]
    if problems:
        raise ConfigError(problems)
    return lists


def routes_of(settings: Settings) -> dict[Severity, tuple[str, ...]]:
    """
    Return which channels each severity goes to; what is not named goes to all.
    """
    return {
        Severity.URGENT: settings.urgent_channels,
        Severity.WARNING: settings.warning_channels,
        Severity.NOTICE: settings.warning_channels,
    }


def heartbeat_of(settings: Settings) -> Heartbeat | None:
    """
    Return the dead-man's switch, if there is one.
    """
    if settings.heartbeat_url is None:
        return None
    from watchdog.deliver.heartbeat import Heartbeat

    return Heartbeat(
        settings.heartbeat_url.get_secret_value(), allow_private=settings.allow_private_targets, proxy=revealed(settings.proxy_url)
    )


def _first(settings: Settings) -> Iterator[Channel]:
    private, proxy = settings.allow_private_targets, revealed(settings.proxy_url)
    if settings.slack_webhook_url is not None:
        from watchdog.deliver.slack import SlackWebhook

        yield SlackWebhook(settings.slack_webhook_url.get_secret_value(), allow_private=private, proxy=proxy)
    if settings.slack_channel:
        yield from _slack_bot(settings, settings.slack_channel, "slack-bot")
    if settings.smtp_host and settings.email_to:
        yield _email(settings, settings.smtp_host, settings.email_to, "email")
    if settings.webhook_url is not None:
        from watchdog.assemble.clock import clock
        from watchdog.deliver.webhook import Webhook

        url, secret = settings.webhook_url.get_secret_value(), revealed(settings.webhook_secret)
        yield Webhook(url, clock=clock, secret=secret, allow_private=private, proxy=proxy)
    yield from _by_apprise(settings, settings.apprise_urls, "apprise")


def _second(settings: Settings) -> Iterator[Channel]:
    if settings.escalate_slack_channel:
        yield from _slack_bot(settings, settings.escalate_slack_channel, "slack-second")
    if settings.smtp_host and settings.escalate_email_to:
        yield _email(settings, settings.smtp_host, settings.escalate_email_to, "email-second")
    yield from _by_apprise(settings, settings.escalate_apprise_urls, "second")


def _slack_bot(settings: Settings, channel: str, name: str) -> Iterator[Channel]:
    from watchdog.deliver.slack import SlackBot

    if settings.slack_bot_token is not None:
        yield SlackBot(
            settings.slack_bot_token.get_secret_value(),
            channel,
            api=settings.slack_api_url,
            allow_private=settings.allow_private_targets,
            proxy=revealed(settings.proxy_url),
            name=name,
        )


def _by_apprise(settings: Settings, urls: SecretStr | None, prefix: str) -> Iterator[Channel]:
    if urls is None:
        return
    from watchdog.deliver.by_apprise import ByApprise, named

    if settings.proxy_url is not None:
        os.environ.setdefault("HTTPS_PROXY", settings.proxy_url.get_secret_value())  # noqa: TID251 - Apprise knows of proxies only from there
    for name, url in named(urls.get_secret_value().split(), prefix=prefix):
        yield ByApprise(url, name=name, allow_private=settings.allow_private_targets, proxied=settings.proxy_url is not None)


def _email(settings: Settings, host: str, recipients: Sequence[str], name: str) -> Channel:
    from watchdog.deliver.email import Smtp

    return Smtp(
        host=host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        username=settings.smtp_username,
        password=revealed(settings.smtp_password),
        sender=settings.email_from or settings.email_to[0],
        recipients=recipients,
        name=name,
    )


def revealed(secret: SecretStr | None) -> str | None:
    """
    Return the secret itself, for those who connect with it.
    """
    return None if secret is None else secret.get_secret_value()
