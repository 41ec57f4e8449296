"""
What is said of other messages, Japanese and English side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from watchdog.terms.said import Said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from watchdog.terms.dispatch import Listing


class Told(StrEnum):
    """
    The four things there are to say of other messages.
    """

    REMINDER = "reminder"
    SECOND = "second"  #: the reminder that goes to the second list
    SUMMARY = "summary"
    UNDELIVERED = "undelivered"


@dataclass(frozen=True, slots=True)
class ListTelling:
    """
    How one of them is said.
    """

    one: Said
    many: Said
    intro: Said
    step: Said
    command: Said


TELLINGS: Mapping[Told, ListTelling] = {
    Told.REMINDER: ListTelling(
        Said("【{mark}・{said}回目】未対応の警告", "[{mark}, said {said} times] Unanswered warning"),
        Said("【{mark}・{said}回目】未対応の警告が{count}件あります", "[{mark}, said {said} times] {count} unanswered warnings"),
        Said(
            "{since}に最初にお知らせしましたが、対応の記録がまだありません。",
            "First told {since}; nobody has recorded an answer yet.",
        ),
        Said(
            "案件を開いて対応してください。確認したことを下のコマンドか画面で記録すると、繰り返しのお知らせは止まります。",
            "Open the case and act. Record with the command below, or on the page, that you have seen it, and the reminders stop.",
        ),
        Said("preorder-watchdog ack {case_no}", "preorder-watchdog ack {case_no}"),
    ),
    Told.SECOND: ListTelling(
        Said("【{mark}・第2連絡先】担当者が未対応の警告", "[{mark}, second contact] Unanswered warning"),
        Said("【{mark}・第2連絡先】担当者が未対応の警告が{count}件あります", "[{mark}, second contact] {count} unanswered warnings"),
        Said(
            "{since}に最初にお知らせしましたが、対応の記録がないため、第2の連絡先であるこちらにもお知らせします。",
            "First told {since}. No answer was recorded, so it now goes to you as the second contact.",
        ),
        Said(
            "担当者に連絡するか、代わりに対応してください。下のコマンドで、確認したことを記録できます。",
            "Reach the person in charge, or act in their place. The command below records that the case was seen.",
        ),
        Said("preorder-watchdog ack {case_no}", "preorder-watchdog ack {case_no}"),
    ),
    Told.SUMMARY: ListTelling(
        Said("【{mark}】お知らせのまとめ（{count}件）", "[{mark}] One more message, summed up"),
        Said("【{mark}】お知らせ{count}件のまとめ", "[{mark}] {count} messages as one"),
        Said(
            "短い間にお知らせが続いたため、1通ずつではなく、まとめて送ります。",
            "Many messages came within a short time, so these are sent as one instead of one by one.",
        ),
        Said("緊急のものから順に、一覧で確認してください。", "Go through the list, the urgent ones first."),
        Said("preorder-watchdog flagged", "preorder-watchdog flagged"),
    ),
    Told.UNDELIVERED: ListTelling(
        Said("【未達】{channel}で届けられなかったお知らせがあります", "[Undelivered] A message could not be sent over {channel}"),
        Said(
            "【未達】{channel}で届けられなかったお知らせが{count}件あります",
            "[Undelivered] {count} messages could not be sent over {channel}",
        ),
        Said(
            "先方が受け取らなかったため、次のお知らせは{channel}では届いていません。",
            "The other side did not take them: these messages did not arrive over {channel}.",
        ),
        Said(
            "内容を確認し、{channel}の設定を直してください。直ったかどうかは test-alert で試せます。下のコマンドで再送できます。",
            "Read them here, and mend the settings of {channel}; test-alert shows whether it works. The command below sends them again.",
        ),
        Said("preorder-watchdog outbox retry --all", "preorder-watchdog outbox retry --all"),
    ),
}

ABOUT_ONE = Said("：{{subject}}", ": {{subject}}")
MORE = Said("ほか{{rest}}件は、記録をご覧ください：preorder-watchdog flagged", "and {{rest}} more, see the log: preorder-watchdog flagged")
SCREEN = Said("画面で見る", "Open the review page")
WRITTEN = Said("{at}のお知らせ", "told {at}")
NOT_TAKEN = Said("{at}のお知らせ（先方の応答：{answer}）", "written {at} (the other side answered: {answer})")

#: Channels as people call them, by the start of their names.
CHANNELS: Mapping[str, Said] = {
    "email": Said("メール", "e-mail"),
    "slack": Said("Slack", "Slack"),
    "webhook": Said("Webhook", "the webhook"),
    "console": Said("コンソール", "the console"),
}


def channel_name(name: str, language: str) -> str:
    """
    Return the channel as people call it; one we have no word for by its own name.
    """
    both = CHANNELS.get(name.partition("-")[0])
    return name if both is None else both.to(language)


def telling_of(listing: Listing) -> Told:
    """
    Return which of the four it is.
    """
    return Told.SECOND if listing.to_second else Told(listing.kind.value)
