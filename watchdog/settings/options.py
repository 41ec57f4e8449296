# ruff: noqa: E501 - a table: one option a line, its help in both languages
"""
The one table of what can be set: each field of ``Settings`` is an option with name, type, default, help, secret (``SecretStr``) or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import time, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import unquote, urlsplit

from pydantic import BeforeValidator, DirectoryPath, Field, SecretStr
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from watchdog.terms.marketplace import JAPAN, Marketplace, by_id
from watchdog.terms.policy import Policy
from watchdog.terms.retention import Retention

if TYPE_CHECKING:
    from pydantic_settings import PydanticBaseSettingsSource

PREFIX = "PREORDER_"
_POLICY = Policy()
_KEEP = Retention()
_PORTS = {"starttls": 587, "tls": 465, "none": 25}


class Group(StrEnum):
    """
    The headings of the table.
    """

    PLACES = "Where things are · 保存場所"
    WATCH = "What is watched · 監視の対象"
    ALERTS = "Where alerts go · 通知先"
    RULES = "When something is wrong · 判定の基準"
    PROGRAM = "The program itself · 動作"
    LATER = "Not used yet in this version · このバージョンではまだ使いません"


def _option(group: Group, en: str, ja: str, default: Any = None, *, shown: str = "", **more: Any) -> Any:
    how = {"default_factory": default} if callable(default) else {"default": default}
    return Field(description=en, json_schema_extra={"group": group, "ja": ja, "shown": shown}, **how, **more)


def _marketplaces(text: object) -> object:
    if not isinstance(text, str):
        return text
    known = [by_id(part) for part in re.split(r"[,\s、]+", text) if part]
    if not known or None in known:
        raise PydanticCustomError("marketplace_unknown", "unknown marketplace")
    return tuple(dict.fromkeys(known))


def _addresses(text: object) -> object:
    return tuple(part.strip() for part in re.split(r"[,;、]", text) if part.strip()) if isinstance(text, str) else text


def _address(text: str) -> str:
    bare = text[text.rfind("<") + 1 :].removesuffix(">") if text.endswith(">") else text
    if not re.fullmatch(r"[!-?A-~]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", bare) or not text.isprintable():
        raise PydanticCustomError("address", "no e-mail address")
    return text


def _quiet_hours(text: str) -> str:
    begin, _, end = re.sub(r"\s*[-–—~〜～ー－]\s*", "-", text, count=1).partition("-")
    if _clock(begin) == _clock(end):
        raise PydanticCustomError("quiet_hours", "no span of time")
    return f"{_clock(begin):%H:%M}-{_clock(end):%H:%M}"


def _clock(text: object) -> time:
    if isinstance(text, time):
        return text
    try:
        hour, minute = str(text).replace(":", ":").split(":")
        return time(int(hour), int(minute))
    except ValueError:
        raise PydanticCustomError("clock", "no time of day") from None


def _hours(text: object) -> object:
    if not isinstance(text, str):
        return text
    parts = [part.strip() for part in re.split(r"[,、\s]+", text) if part.strip()]
    if not parts or not all(part.isdecimal() and 0 < int(part) <= 24 * 30 for part in parts):  # noqa: PLR2004 - a month ahead
        raise PydanticCustomError("hours", "no hours")
    return tuple(sorted({int(part) for part in parts}, reverse=True))


def _share(text: object) -> object:
    if not isinstance(text, str):
        return text
    match = re.fullmatch(r"(\d{1,3})\s*/\s*(\d{1,3})", text)
    if match is None or not 0 < int(match[1]) <= int(match[2]):
        raise PydanticCustomError("share", "no share")
    return int(match[1]), int(match[2])


def _language_of(known: dict[str, Any]) -> str:
    stores: tuple[Marketplace, ...] = known.get("marketplace_ids", ())
    return "ja" if not stores or stores[0].language == "ja" else "en"


Days = Annotated[int, Field(ge=0, le=365)]
Count = Annotated[int, Field(ge=1, le=10_000)]
Hours = Annotated[float, Field(gt=0, le=24 * 60)]
Share = Annotated[float, Field(gt=0, le=0.99)]
Address = Annotated[str, BeforeValidator(_address)]
Years = Annotated[int, Field(ge=60, le=36_500)]
_G = Group


class Settings(BaseSettings):
    """
    Everything that can be set, checked; made by ``watchdog.settings.load`` alone.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="forbid", hide_input_in_errors=True, arbitrary_types_allowed=True
    )

    # fmt: off
    state_dir: Path = _option(_G.PLACES, "Folder of the database, the fingerprint key and the inbox.", "データベース、照合用の鍵、受信フォルダを置く場所。", ..., shown="/var/lib/preorder-watchdog (root), ~/.local/state/preorder-watchdog")
    database_url: SecretStr | None = _option(_G.PLACES, "Another database than the SQLite file watchdog.db in the state folder.", "状態フォルダの watchdog.db 以外のデータベースを使うときのURL。", shown="sqlite:///<state dir>/watchdog.db")
    inbox_dir: Path = _option(_G.PLACES, "Folder into which downloaded reports are dropped.", "ダウンロードしたレポートを入れる受信フォルダ。", lambda known: known.get("state_dir", Path()) / "inbox", shown="<state dir>/inbox")
    releases_file: Path | None = _option(_G.PLACES, "The seller's own list of release dates (CSV with asin and/or sku, release_date).", "発売日の一覧(asin か sku と release_date のCSV)。")
    templates_dir: DirectoryPath | None = _option(_G.PLACES, "Folder with letters of your own; a file of the same name replaces the shipped one.", "自分用の文面を置くフォルダ。同じ名前のファイルが付属の文面の代わりに使われます。")

    marketplace_ids: Annotated[tuple[Marketplace, ...], BeforeValidator(_marketplaces)] = _option(_G.WATCH, "Marketplaces, as ids or country codes with commas; the first is the home of rows that name none.", "マーケットプレイス(IDか国コード、カンマ区切り)。先頭は、記載のない行に使われます。", "JP", validate_default=True, shown=f"{JAPAN} (JP)")
    language: Literal["ja", "en"] = _option(_G.WATCH, "Language of alerts, screens and reasons: ja or en.", "通知・画面・理由の言語(ja か en)。", _language_of, shown="by marketplace (JP: ja, else en)")
    seller_name: str | None = _option(_G.WATCH, "Name under which letters to Amazon are signed.", "Amazonへの文面の署名に使う名前。", max_length=80)
    year_end_closed: bool = _option(_G.WATCH, "29 December to 3 January are no business days (Japan).", "12月29日〜1月3日を休業日として数えます(日本)。", True)  # noqa: FBT003 - a default, read beside its name
    keep_files_days: Annotated[int, Field(ge=0, le=30)] = _option(_G.WATCH, "Days for which read reports are kept, 30 at most because buyers stand in them; 0: not at all.", "読み込んだレポートを残す日数(購入者情報を含むため最長30日、0で残さない)。", 30)
    poll_minutes: Annotated[int, Field(ge=1, le=1440)] = _option(_G.WATCH, "Minutes between two turns of the patrol.", "巡回の間隔(分)。", 15)

    quiet_hours: Annotated[str, BeforeValidator(_quiet_hours)] | None = _option(_G.ALERTS, "Hours in which only urgent alerts leave, as 22:00-07:00.", "緊急以外の通知を控える時間帯(例 22:00-07:00)。")
    slack_webhook_url: SecretStr | None = _option(_G.ALERTS, "Slack's incoming webhook (https://hooks.slack.com/services/…).", "SlackのIncoming Webhookのアドレス(https://hooks.slack.com/services/…)。")
    email_from: Address | None = _option(_G.ALERTS, "Sender of alert mails.", "通知メールの差出人。")
    email_to: Annotated[tuple[Address, ...], BeforeValidator(_addresses)] = _option(_G.ALERTS, "Recipients of alert mails, with commas.", "通知メールの宛先(カンマ区切り)。", ())
    smtp_host: str | None = _option(_G.ALERTS, "Mail server that takes alert mails.", "通知メールを送るメールサーバー。", pattern=r"^[A-Za-z0-9.:_-]+$")
    smtp_security: Literal["starttls", "tls", "none"] = _option(_G.ALERTS, "Encryption to the mail server: starttls, tls, or none (same machine only).", "メールサーバーとの暗号化。starttls、tls、none(同じ機械の中だけ)。", "starttls")
    smtp_port: Annotated[int, Field(ge=1, le=65535)] = _option(_G.ALERTS, "Port of the mail server.", "メールサーバーのポート番号。", lambda known: _PORTS[known.get("smtp_security", "starttls")], shown="587 (starttls), 465 (tls), 25 (none)")
    smtp_username: str | None = _option(_G.ALERTS, "User name at the mail server.", "メールサーバーのユーザー名。")
    smtp_password: SecretStr | None = _option(_G.ALERTS, "Password at the mail server.", "メールサーバーのパスワード。")

    tolerance_days: Days = _option(_G.RULES, "Days a ship-by may lie before the release date; one or two are normal, so that it arrives on the day.", "発売日より何日前の出荷予定日までを正常とみなすか。", _POLICY.tolerance_days)
    lead_days: Days = _option(_G.RULES, "An order bought at least so many days before release counts as a pre-order.", "発売日の何日前までに購入された注文を予約とみなすか。", _POLICY.preorder_lead_days)
    left_pending_days: Days = _option(_G.RULES, "Leaving pending availability more than so many days before release is early.", "発売日の何日以上前に「入荷待ち」を外れたら早すぎるとみなすか。", _POLICY.left_pending_days)
    norm_least: Count = _option(_G.RULES, "So many other pre-orders must share a ship-by to make it the norm.", "同じ出荷予定日の予約が何件あれば基準とみなすか。", _POLICY.norm_least)
    norm_share: Annotated[tuple[int, int], BeforeValidator(_share)] = _option(_G.RULES, "And at least this share of them, as 2/3.", "さらに、その割合(例 2/3)。", _POLICY.norm_share, shown="2/3")
    alone_least: Count = _option(_G.RULES, "So many siblings that agree make the odd one stand alone.", "ほかの予約が何件一致していれば「この注文だけ」とみなすか。", _POLICY.alone_least)
    doubt_business_days: Days = _option(_G.RULES, "A norm more than so many business days after the release date makes that date unbelievable.", "基準の出荷予定日が発売日より何営業日を超えて遅ければ、発売日を疑うか。", _POLICY.doubt_business_days)
    urgent_business_days: Days = _option(_G.RULES, "A product's case becomes urgent so many business days before its first ship-by.", "最初の出荷予定日の何営業日前から商品単位の案件を緊急とするか。", _POLICY.urgent_business_days)
    reset_window_hours: Hours = _option(_G.RULES, "Ship-bys that move within so many hours of each other are one reset of the listing.", "何時間以内の変更を、商品全体の一度の変更とみなすか。", _POLICY.reset_window / timedelta(hours=1))
    reset_least: Count = _option(_G.RULES, "And at least so many of them.", "さらに、その最低件数。", _POLICY.reset_least)
    auto_cancel_business_days: Days = _option(_G.RULES, "Amazon cancels an unconfirmed order so many business days after its ship-by.", "出荷通知のない注文をAmazonが自動でキャンセルするまでの営業日数。", _POLICY.auto_cancel_business_days)
    auto_cancel_warning_days: Days = _option(_G.RULES, "Business days of warning before that.", "その何営業日前に知らせるか。", _POLICY.auto_cancel_warning_days)
    ship_by_near_hours: Hours = _option(_G.RULES, "Healthy pre-orders that must leave within so many hours are named.", "正常な予約の出荷が何時間以内に迫ったら知らせるか。", _POLICY.ship_by_near / timedelta(hours=1))
    unlisted_promise_days: Days = _option(_G.RULES, "Unlisted products promised so many days after purchase may be pre-orders.", "一覧にない商品で、購入から何日以上先の約束を予約の可能性ありとするか。", _POLICY.unlisted_promise_days)
    reply_within_hours: Hours = _option(_G.RULES, "Amazon's reply to a ticket is due within so many hours.", "問い合わせへの返答を何時間以内に求めるか。", _POLICY.reply_within / timedelta(hours=1))
    reply_by: Annotated[time, BeforeValidator(_clock)] = _option(_G.RULES, "And by this hour of the last business day before ship-by.", "また、出荷予定日の前の最後の営業日の何時までに求めるか。", _POLICY.reply_by, shown="10:00")
    reply_least_hours: Hours = _option(_G.RULES, "A deadline closer than so many hours moves to the next morning.", "期限まで何時間を切っていたら翌朝に延ばすか。", _POLICY.reply_least / timedelta(hours=1))
    reminder_hours: Annotated[tuple[int, ...], BeforeValidator(_hours)] = _option(_G.RULES, "Hours before a flagged ship-by has passed at which you are reminded, with commas.", "問題のある注文の出荷期限の何時間前に再度お知らせするか(カンマ区切り)。", _POLICY.reminder_hours, shown="72,24,4")
    verify_every_days: Count = _option(_G.RULES, "While it is checked whether Amazon keeps its word: days without a performance report after which you are asked for one.", "Amazonの「除外した」との回答を確かめている間、何日間パフォーマンスレポートが届かなければお知らせするか。", _POLICY.verify_every_days)
    examples: Count = _option(_G.RULES, "Orders named in a product's case; the rest is counted.", "商品単位の案件に挙げる注文の数(残りは件数のみ)。", _POLICY.examples)
    defects_kept: Count = _option(_G.RULES, "Rejected rows named per file; the rest is counted.", "1ファイルで挙げる、読めなかった行の数(残りは件数のみ)。", _POLICY.defects_kept)
    late_shipment_target: Share = _option(_G.RULES, "Late shipment rate to stay below, where a report names no target of its own.", "出荷遅延率の目標値(レポートに目標値がないときに使います)。", _POLICY.late_shipment_target)
    cancellation_target: Share = _option(_G.RULES, "Pre-fulfilment cancellation rate to stay below; same.", "出荷前キャンセル率の目標値(同上)。", _POLICY.cancellation_target)
    order_defect_target: Share = _option(_G.RULES, "Order defect rate to stay below; same.", "注文不良率の目標値(同上)。", _POLICY.order_defect_target)
    near_limit_share: Share = _option(_G.RULES, "Over this share of a target you are warned.", "目標値の何割を超えたら注意をお知らせするか。", _POLICY.near_limit_share)

    log_level: Literal["debug", "info", "warning", "error"] = _option(_G.PROGRAM, "What is logged: debug, info, warning or error.", "ログの詳しさ(debug、info、warning、error)。", "info")
    log_format: Literal["auto", "json", "console"] = _option(_G.PROGRAM, "How it is logged: json, console, or auto (console on a terminal).", "ログの形式(json、console、auto=端末では console)。", "auto")
    backup_dir: Path = _option(_G.PROGRAM, "Folder of the daily copies of the database; better on another disk.", "データベースの毎日の控え(バックアップ)を置くフォルダ。別のディスクをお勧めします。", lambda known: known.get("state_dir", Path()) / "backups", shown="<state dir>/backups")
    backups_kept: Annotated[int, Field(ge=0, le=366)] = _option(_G.PROGRAM, "Daily copies kept, beside one of each of the last four weeks; 0: none are made.", "控えを残す日数(ほかに直近4週間の各1件)。0で控えを取りません。", _KEEP.backups)
    keep_history_days: Years = _option(_G.PROGRAM, "Days for which closed orders and cases are kept.", "終わった注文と案件の記録を残す日数。", _KEEP.history.days)
    keep_journal_days: Years = _option(_G.PROGRAM, "Days for which is kept when a source was looked at without a change.", "変化のなかった確認の記録を残す日数。", _KEEP.journal.days)
    keep_sent_days: Years = _option(_G.PROGRAM, "Days for which sent messages are kept.", "送信済みの通知の記録を残す日数。", _KEEP.sent.days)
    metrics_port: Annotated[int, Field(ge=1, le=65535)] | None = _option(_G.PROGRAM, "Port of /metrics (Prometheus) and /health, on this machine only; none: they are not served.", "/metrics(Prometheus)と /health のポート番号(この機械の中だけ)。指定しなければ提供しません。")
    allow_private_targets: bool = _option(_G.PROGRAM, "Webhooks may lead into private networks, and to http:// on this machine.", "通知先として社内ネットワークや、この機械の http:// も許します。", False)  # noqa: FBT003 - same
    allow_future: bool = _option(_G.PROGRAM, "--now may lie after the clock (for tests).", "--now に現在より先の時刻を許します(テスト用)。", False)  # noqa: FBT003 - same

    spapi_client_id: str | None = _option(_G.LATER, "Selling Partner API: client id.", "SP-APIのクライアントID。")
    spapi_client_secret: SecretStr | None = _option(_G.LATER, "Selling Partner API: client secret.", "SP-APIのクライアントシークレット。")
    spapi_refresh_token: SecretStr | None = _option(_G.LATER, "Selling Partner API: refresh token.", "SP-APIのリフレッシュトークン。")
    spapi_endpoint: str | None = _option(_G.LATER, "Selling Partner API: base URL.", "SP-APIの接続先URL。", shown="by marketplace")
    lwa_endpoint: str | None = _option(_G.LATER, "Login with Amazon: full token URL.", "Login with AmazonのトークンURL。", shown="by marketplace")
    apprise_urls: SecretStr | None = _option(_G.LATER, "Further channels, as Apprise URLs.", "その他の通知先(AppriseのURL)。")
    heartbeat_url: SecretStr | None = _option(_G.LATER, "URL that is called while all is well.", "正常に動いている間、定期的に呼び出すURL。")
    review_host: str | None = _option(_G.LATER, "Address of the web page.", "画面のアドレス。")
    review_port: str | None = _option(_G.LATER, "Port of the web page.", "画面のポート番号。")
    review_base_url: str | None = _option(_G.LATER, "URL under which the web page is reached.", "画面の公開URL。")
    # fmt: on

    came_from: Mapping[str, str] = Field(default={}, exclude=True, repr=False)  #: field → where its value was found
    searched: tuple[str, ...] = Field(
        default=(), exclude=True, repr=False
    )  #: where .env, secrets and state folder were looked for, in order

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - pydantic-settings' signature
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - same
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - same
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - same
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """
        Return the values of ``load`` alone: it has already put its layers in order and knows where each value came from.
        """
        return (init_settings,)

    @property
    def policy(self) -> Policy:
        """
        The thresholds, as the rules take them.
        """
        return Policy(**{field.name: self._threshold(field.name) for field in fields(Policy)})

    def _threshold(self, name: str) -> Any:
        if f"{name}_hours" in options():
            return timedelta(hours=getattr(self, f"{name}_hours"))
        return getattr(self, name.removeprefix("preorder_"))  # the prefix is in every option's name already

    @property
    def secrets(self) -> tuple[str, ...]:
        """
        Return every secret value, and those parts of secret URLs that are secret on their own; the log hides them wherever they stand.
        """
        values = [value.get_secret_value() for _, value in self if isinstance(value, SecretStr)]
        parts = [part for value in values if "://" in value for part in _secret_parts(value)]
        return tuple(dict.fromkeys(values + parts))


def _secret_parts(url: str) -> Iterator[str]:
    try:
        split = urlsplit(url)
        password = split.password
    except ValueError:
        return
    if password:
        yield from (password, unquote(password))
    if not split.scheme.startswith(("sqlite", "postgres")) and len(split.path) > len("/services"):
        yield from (split.path, split.path.rstrip("/").rpartition("/")[2])


@cache
def options() -> Mapping[str, Any]:
    """
    Return the table: field name → pydantic's FieldInfo, with ``group`` and ``ja`` in its ``json_schema_extra``.
    """
    return MappingProxyType({name: field for name, field in Settings.model_fields.items() if field.json_schema_extra})
