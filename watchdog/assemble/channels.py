"""
The ways to a person, as the settings name them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from watchdog.routines.postman import Channel
    from watchdog.settings import Settings


def channels_of(settings: Settings, stderr: TextIO) -> tuple[Channel, ...]:
    """
    Return every channel that is set up; the console alone where none is.
    """
    from watchdog.deliver.console import Console

    found: list[Channel] = []
    if settings.slack_webhook_url is not None:
        from watchdog.deliver.slack import SlackWebhook

        found.append(SlackWebhook(settings.slack_webhook_url.get_secret_value(), allow_private=settings.allow_private_targets))
    if settings.smtp_host and settings.email_to:
        found.append(_email(settings, settings.smtp_host))
    return (*found, Console(stderr)) if not found else tuple(found)


def _email(settings: Settings, host: str) -> Channel:
    from watchdog.deliver.email import Smtp

    return Smtp(
        host=host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        username=settings.smtp_username,
        password=settings.smtp_password.get_secret_value() if settings.smtp_password else None,
        sender=settings.email_from or settings.email_to[0],
        recipients=settings.email_to,
    )
