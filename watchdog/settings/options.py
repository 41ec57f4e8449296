# ruff: noqa: E501 - a table: one option a line, its help in both languages
"""
The one table of what can be set: each field of ``Settings`` is an option with name, type, default, help, secret (``SecretStr``) or not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date, time, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import unquote, urlsplit

from pydantic import BeforeValidator, DirectoryPath, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from watchdog.settings import texts
from watchdog.terms.digest import EVERY_DAY
from watchdog.terms.marketplace import JAPAN, Marketplace
from watchdog.terms.policy import Policy
from watchdog.terms.retention import Retention

if TYPE_CHECKING:
    from pydantic_settings import PydanticBaseSettingsSource

PREFIX = "PREORDER_"
_POLICY = Policy()
_KEEP = Retention()
_PORTS = {"starttls": 587, "tls": 465, "none": 25}


class Heading(StrEnum):
    """
    The headings of the table.
    """

    PLACES = "Where things are · 保存場所"
    WATCH = "What is watched · 監視の対象"
    ALERTS = "Where alerts go · 通知先"
    API = "Amazon's Selling Partner API · AmazonのSP-API"
    RULES = "When something is wrong · 判定の基準"
    PROGRAM = "The program itself · 動作"


def _option(group: Heading, en: str, ja: str, default: Any = None, *, shown: str = "", **more: Any) -> Any:
    how = {"default_factory": default} if callable(default) else {"default": default}
    return Field(description=en, json_schema_extra={"group": group, "ja": ja, "shown": shown}, **how, **more)


def _language_of(known: dict[str, Any]) -> str:
    stores: tuple[Marketplace, ...] = known.get("marketplace_ids", ())
    return "ja" if not stores or stores[0].language == "ja" else "en"


Days = Annotated[int, Field(ge=0, le=365)]
Count = Annotated[int, Field(ge=1, le=10_000)]
Hours = Annotated[float, Field(gt=0, le=24 * 60)]
Share = Annotated[float, Field(gt=0, le=0.99)]
Address = Annotated[str, BeforeValidator(texts.address)]
Years = Annotated[int, Field(ge=60, le=36_500)]
_G = Heading


class Settings(BaseSettings):
    """
    Everything that can be set, checked; made by ``watchdog.settings.load`` alone.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="forbid", hide_input_in_errors=True, arbitrary_types_allowed=True
    )

    # fmt: off
    state_dir: Path = _option(_G.PLACES, "Folder of the database, the fingerprint key and the inbox.", "データベース、照合用の鍵、受信フォルダを置く場所。", ..., shown="/var/lib/preorder-watchdog (root), ~/.local/state/preorder-watchdog")
    database_url: SecretStr | None = _option(_G.PLACES, "Another database than the SQLite file watchdog.db in the state folder.", "データフォルダの watchdog.db 以外のデータベースを使うときのURL。", shown="sqlite:///<state dir>/watchdog.db")
    inbox_dir: Path = _option(_G.PLACES, "Folder into which downloaded reports are dropped.", "ダウンロードしたレポートを入れる受信フォルダ。", lambda known: known.get("state_dir", Path()) / "inbox", shown="<state dir>/inbox")
    releases_file: Path | None = _option(_G.PLACES, "The seller's own list of release dates (CSV with asin and/or sku, release_date).", "発売日の一覧（asin か sku と release_date のCSV）。")
    templates_dir: DirectoryPath | None = _option(_G.PLACES, "Folder with letters of your own; a file of the same name replaces the shipped one.", "自分用の文面を置くフォルダ。同じ名前のファイルが付属の文面の代わりに使われます。")

    marketplace_ids: Annotated[tuple[Marketplace, ...], BeforeValidator(texts.marketplaces)] = _option(_G.WATCH, "Marketplaces, as ids or country codes with commas; the first is the home of rows that name none.", "マーケットプレイス（IDか国コード、カンマ区切り）。先頭は、記載のない行に使われます。", "JP", validate_default=True, shown=f"{JAPAN} (JP)")
    language: Literal["ja", "en"] = _option(_G.WATCH, "Language of alerts, screens and reasons: ja or en.", "通知・画面・理由の言語（ja か en）。", _language_of, shown="by marketplace (JP: ja, else en)")
    seller_name: str | None = _option(_G.WATCH, "Name under which letters to Amazon are signed.", "Amazonへの文面の署名に使う名前。", max_length=80)
    column_names: Annotated[tuple[tuple[str, str], ...], BeforeValidator(texts.column_names)] = _option(_G.WATCH, "Names of your own for columns of dropped files and what they stand for, as 注文番号=order-id, 出荷期限=promise-date.", "受信フォルダに入れるファイルの独自の列名と、対応するAmazonの列名（例 注文番号=order-id, 出荷期限=promise-date）。", ())
    year_end_closed: bool = _option(_G.WATCH, "29 December to 3 January are no business days (Japan).", "12月29日〜1月3日を休業日として数えます（日本）。", True)  # noqa: FBT003 - a default, read beside its name
    keep_files_days: Annotated[int, Field(ge=0, le=30)] = _option(_G.WATCH, "Days for which read reports are kept, 30 at most because buyers stand in them; 0: not at all.", "読み込んだレポートを残す日数（購入者情報を含むため最長30日、0で残さない）。", 30)
    poll_minutes: Annotated[int, Field(ge=1, le=1440)] = _option(_G.WATCH, "Minutes between two turns of the patrol.", "巡回の間隔（分）。", 15)

    quiet_hours: Annotated[str, BeforeValidator(texts.quiet_hours)] | None = _option(_G.ALERTS, "Hours in which only urgent alerts leave, as 22:00-07:00.", "緊急以外の通知を控える時間帯（例 22:00-07:00）。")
    digest_at: Annotated[time, BeforeValidator(texts.clock)] = _option(_G.ALERTS, "Hour of the daily digest: open cases with their next step, what is not watched, the sources.", "日報（対応中の案件、監視できていない商品、情報源の状態）を送る時刻。", time(8), shown="08:00")
    digest_days: Annotated[tuple[str, ...], BeforeValidator(texts.weekdays)] = _option(_G.ALERTS, "Days of the digest: daily, weekdays, off, or names as mon,thu.", "日報を送る曜日（daily=毎日、weekdays=平日、off=送らない、または mon,thu のように指定）。", EVERY_DAY, shown="daily")
    digest_when_empty: bool = _option(_G.ALERTS, "Send the digest also where there is nothing to say.", "お知らせすることがない日も日報を送ります。", False)  # noqa: FBT003 - same
    slack_webhook_url: SecretStr | None = _option(_G.ALERTS, "Slack's incoming webhook (https://hooks.slack.com/services/…).", "SlackのIncoming Webhookのアドレス（https://hooks.slack.com/services/…）。")
    slack_bot_token: SecretStr | None = _option(_G.ALERTS, "Slack app's bot token (xoxb-…), in place of the webhook: answers come in threads.", "Slackアプリのボットトークン（xoxb-…）。Webhookの代わりに使うと、続報がスレッドにまとまります。")
    slack_channel: str | None = _option(_G.ALERTS, "Slack channel for the bot token, best by its id (C…).", "ボットトークンで投稿するチャンネル（できればID、C…）。", max_length=80)
    webhook_url: SecretStr | None = _option(_G.ALERTS, "Your own program's address; each message is posted to it as JSON (docs/webhook.md).", "自作プログラムなどの受け口。通知をJSONで送ります（docs/webhook.md）。")
    webhook_secret: SecretStr | None = _option(_G.ALERTS, "Secret with which posts to the webhook are signed (HMAC-SHA256).", "Webhookの署名（HMAC-SHA256）に使う秘密の文字列。", min_length=16)
    apprise_urls: SecretStr | None = _option(_G.ALERTS, "Further channels as Apprise URLs with spaces between: LINE, Discord, Teams, Telegram … (extra apprise).", "LINE、Discord、Teams、Telegramなど、AppriseのURL（空白区切り。追加パッケージ apprise が必要）。")
    urgent_channels: Annotated[tuple[str, ...], BeforeValidator(texts.names)] = _option(_G.ALERTS, "Channels for urgent alerts, by name; all without it.", "緊急の通知を送る通知先の名前（省略時はすべて）。", ())
    warning_channels: Annotated[tuple[str, ...], BeforeValidator(texts.names)] = _option(_G.ALERTS, "Channels for warnings, by name; all without it.", "警告を送る通知先の名前（省略時はすべて）。", ())
    repeat_urgent_hours: Annotated[tuple[float, ...], BeforeValidator(texts.distances)] = _option(_G.ALERTS, "An urgent alert nobody answers is repeated after so many hours, the last again and again; off: never.", "対応のない緊急の通知を、何時間後に繰り返すか（最後の間隔は続けて使います。off で繰り返さない）。", (1, 3, 6, 12, 24), shown="1,3,6,12,24")
    repeat_warning_hours: Annotated[tuple[float, ...], BeforeValidator(texts.distances)] = _option(_G.ALERTS, "A warning nobody answers is repeated after so many hours, the last again and again; off: never.", "対応のない警告を、何時間後に繰り返すか（最後の間隔は続けて使います。off で繰り返さない）。", (24, 48, 96, 168), shown="24,48,96,168")
    escalate_after_minutes: Annotated[int, Field(ge=5, le=10_080)] = _option(_G.ALERTS, "An urgent alert nobody answers goes to the second list after so many minutes.", "対応のない緊急の通知を、何分後に第2の連絡先へも送るか。", 120)
    escalate_email_to: Annotated[tuple[Address, ...], BeforeValidator(texts.addresses)] = _option(_G.ALERTS, "Second list: recipients of mails, with commas.", "第2の連絡先：メールの宛先（カンマ区切り）。", ())
    escalate_slack_channel: str | None = _option(_G.ALERTS, "Second list: another Slack channel or member for the bot token.", "第2の連絡先：ボットトークンで投稿する別のチャンネルやメンバー。", max_length=80)
    escalate_apprise_urls: SecretStr | None = _option(_G.ALERTS, "Second list: Apprise URLs with spaces between.", "第2の連絡先：AppriseのURL（空白区切り）。")
    maintenance: Annotated[str, BeforeValidator(texts.maintenance)] | None = _option(_G.ALERTS, "Windows in which nothing leaves, as 2026-12-30 18:00/2027-01-03 09:00 or Sun 02:00-04:00, with commas.", "通知を一切送らない期間（例 2026-12-30 18:00/2027-01-03 09:00、日 02:00-04:00。カンマ区切り）。")
    storm_cap: Annotated[int, Field(ge=2, le=10_000)] = _option(_G.ALERTS, "More messages an hour over one channel are summed up in one.", "1つの通知先へ1時間に送る上限。超えた分は1通にまとめます。", 30)
    heartbeat_url: SecretStr | None = _option(_G.ALERTS, "Dead-man's switch (healthchecks style): pinged when a turn really saw data; /start and /fail are added.", "死活監視サービスのURL（healthchecks形式）。巡回で実際にデータを確認できたときだけ呼び出します（/start と /fail を付けます）。")
    proxy_url: SecretStr | None = _option(_G.ALERTS, "HTTP proxy for every connection but mail, as http://host:port.", "メール以外のすべての接続に使うプロキシ（http://ホスト名:ポート番号）。")
    email_from: Address | None = _option(_G.ALERTS, "Sender of alert mails.", "通知メールの差出人。")
    email_to: Annotated[tuple[Address, ...], BeforeValidator(texts.addresses)] = _option(_G.ALERTS, "Recipients of alert mails, with commas.", "通知メールの宛先（カンマ区切り）。", ())
    smtp_host: str | None = _option(_G.ALERTS, "Mail server that takes alert mails.", "通知メールを送るメールサーバー。", pattern=r"^[A-Za-z0-9.:_-]+$")
    smtp_security: Literal["starttls", "tls", "none"] = _option(_G.ALERTS, "Encryption to the mail server: starttls, tls, or none (same machine only).", "メールサーバーとの暗号化。starttls、tls、none（同じパソコンの中だけ）。", "starttls")
    smtp_port: Annotated[int, Field(ge=1, le=65535)] = _option(_G.ALERTS, "Port of the mail server.", "メールサーバーのポート番号。", lambda known: _PORTS[known.get("smtp_security", "starttls")], shown="587 (starttls), 465 (tls), 25 (none)")
    smtp_username: str | None = _option(_G.ALERTS, "User name at the mail server.", "メールサーバーのユーザー名。")
    smtp_password: SecretStr | None = _option(_G.ALERTS, "Password at the mail server.", "メールサーバーのパスワード。")

    spapi_client_id: str | None = _option(_G.API, "Selling Partner API: client id of your own application (LWA credentials).", "SP-API：アプリのクライアントID（LWA認証情報）。", pattern=r"^[!-~]{1,200}$")
    spapi_client_secret: SecretStr | None = _option(_G.API, "Selling Partner API: client secret; Amazon wants it rotated every 180 days.", "SP-API：クライアントシークレット（180日ごとの更新が必要です）。")
    spapi_secret_made_on: Annotated[date, BeforeValidator(texts.day)] | None = _option(_G.API, "Day on which the client secret was made, as 2026-06-01; you are reminded before its 180 days are over.", "クライアントシークレットの発行日（例 2026-06-01）。180日の期限が近づくとお知らせします。")
    spapi_refresh_token: SecretStr | None = _option(_G.API, "Selling Partner API: refresh token, shown once when the application is authorised.", "SP-API：リフレッシュトークン（アプリの認可時に一度だけ表示されます）。")
    spapi_endpoint: Annotated[str, BeforeValidator(texts.endpoint)] | None = _option(_G.API, "Base URL of the Selling Partner API.", "SP-APIの接続先URL。", shown="by marketplace")
    lwa_endpoint: Annotated[str, BeforeValidator(texts.endpoint)] | None = _option(_G.API, "Full token URL of Login with Amazon.", "Login with AmazonのトークンURL。", shown="https://api.amazon.com/auth/o2/token")
    spapi_report: bool = _option(_G.API, "If Amazon refuses every orders interface, ask for the unshipped orders report; needs the restricted role Direct-to-Consumer Shipping, and buyers' columns are dropped while reading.", "注文のAPIがどれも使えないとき、未出荷注文レポートをAPIで取得します（制限付きロール Direct-to-Consumer Shipping が必要。購入者情報の列は読み込み時に捨てます）。", False)  # noqa: FBT003 - a default, read beside its name
    spapi_seller_id: Annotated[str, BeforeValidator(texts.seller_id)] | None = _option(_G.API, "The seller's own id (merchant token): his own offers are no competition, and a product known by its SKU alone is found in the catalog; without it neither is looked up.", "出品者ID（マーチャントトークン）。自分の出品を除いた最安値の確認と、SKUしか分からない商品のカタログ照会に使います。未設定ならどちらも調べません。")
    sqs_queue_url: Annotated[str, BeforeValidator(texts.queue_url)] | None = _option(_G.API, "URL of the Amazon SQS queue to which Amazon sends notifications (extra sqs; see docs/notifications.md).", "通知を受け取るAmazon SQSキューのURL（追加機能 sqs が必要。docs/notifications.md 参照）。")
    sqs_access_key_id: Annotated[str, BeforeValidator(texts.access_key)] | None = _option(_G.API, "AWS access key that may read this queue; without one AWS's usual places are searched.", "このキューを読めるAWSアクセスキーID。未設定ならAWSの標準の場所を探します。")
    sqs_secret_access_key: SecretStr | None = _option(_G.API, "Secret of the AWS access key.", "AWSのシークレットアクセスキー。")

    tolerance_days: Days = _option(_G.RULES, "Days a ship-by may lie before the release date; one or two are normal, so that it arrives on the day.", "発売日より何日前の出荷予定日までを正常とみなすか。", _POLICY.tolerance_days)
    lead_days: Days = _option(_G.RULES, "An order bought at least so many days before release counts as a pre-order.", "発売日の何日前までに購入された注文を予約とみなすか。", _POLICY.preorder_lead_days)
    left_pending_days: Days = _option(_G.RULES, "Leaving pending availability more than so many days before release is early.", "発売日の何日以上前に「保留」を外れたら早すぎるとみなすか。", _POLICY.left_pending_days)
    norm_least: Count = _option(_G.RULES, "So many other pre-orders must share a ship-by to make it the norm.", "同じ出荷予定日の予約が何件あれば基準とみなすか。", _POLICY.norm_least)
    norm_share: Annotated[tuple[int, int], BeforeValidator(texts.share)] = _option(_G.RULES, "Share of the other pre-orders that must have the same ship-by to make it the norm, as 2/3.", "ほかの予約注文を基準とみなすのに必要な、同じ出荷予定日の割合（例 2/3）。", _POLICY.norm_share, shown="2/3")
    alone_least: Count = _option(_G.RULES, "So many siblings that agree make the odd one stand alone.", "ほかの予約が何件一致していれば「この注文だけ」とみなすか。", _POLICY.alone_least)
    doubt_business_days: Days = _option(_G.RULES, "A norm more than so many business days after the release date makes that date unbelievable.", "基準の出荷予定日が発売日より何営業日を超えて遅ければ、発売日を疑うか。", _POLICY.doubt_business_days)
    urgent_business_days: Days = _option(_G.RULES, "A product's case becomes urgent so many business days before its first ship-by.", "最初の出荷予定日の何営業日前から商品単位の案件を緊急とするか。", _POLICY.urgent_business_days)
    reset_window_hours: Hours = _option(_G.RULES, "Ship-bys that move within so many hours of each other are one reset of the listing.", "何時間以内の変更を、商品全体の一度の変更とみなすか。", _POLICY.reset_window / timedelta(hours=1))
    reset_least: Count = _option(_G.RULES, "So many ship-bys must move together to be one reset of the listing.", "商品全体の一度の変更とみなすのに必要な、変更の件数。", _POLICY.reset_least)
    auto_cancel_business_days: Days = _option(_G.RULES, "Amazon cancels an unconfirmed order so many business days after its ship-by.", "出荷通知のない注文をAmazonが自動でキャンセルするまでの営業日数。", _POLICY.auto_cancel_business_days)
    auto_cancel_warning_days: Days = _option(_G.RULES, "Business days before the automatic cancellation at which you are warned.", "自動キャンセルの何営業日前に知らせるか。", _POLICY.auto_cancel_warning_days)
    ship_by_near_hours: Hours = _option(_G.RULES, "Healthy pre-orders that must leave within so many hours are named.", "正常な予約の出荷が何時間以内に迫ったら知らせるか。", _POLICY.ship_by_near / timedelta(hours=1))
    unlisted_promise_days: Days = _option(_G.RULES, "Unlisted products promised so many days after purchase may be pre-orders.", "一覧にない商品で、購入から何日以上先の約束を予約の可能性ありとするか。", _POLICY.unlisted_promise_days)
    reply_within_hours: Hours = _option(_G.RULES, "Amazon's reply to a ticket is due within so many hours.", "問い合わせへの返答を何時間以内に求めるか。", _POLICY.reply_within / timedelta(hours=1))
    reply_by: Annotated[time, BeforeValidator(texts.clock)] = _option(_G.RULES, "Amazon's reply is due by this hour of the last business day before ship-by, if that is earlier.", "問い合わせへの返答を、遅くとも出荷予定日の前の最後の営業日の何時までに求めるか。", _POLICY.reply_by, shown="10:00")
    reply_least_hours: Hours = _option(_G.RULES, "A deadline for Amazon's reply closer than so many hours moves to the next morning.", "返答の期限まで何時間を切っていたら、期限を翌朝に延ばすか。", _POLICY.reply_least / timedelta(hours=1))
    reminders: Annotated[tuple[int, ...], BeforeValidator(texts.hours)] = _option(_G.RULES, "Hours before a flagged ship-by has passed at which you are reminded, with commas.", "検知した注文の出荷予定日が終わる何時間前に、もう一度お知らせするか（カンマ区切り）。", _POLICY.reminders, shown="72,24,4")
    verify_every_days: Count = _option(_G.RULES, "While it is checked whether Amazon keeps its word: days without a performance report after which you are asked for one.", "Amazonの「除外した」との回答を確かめている間、何日間パフォーマンスレポートが届かなければお知らせするか。", _POLICY.verify_every_days)
    inbox_rhythm_days: Count = _option(_G.RULES, "Business days in which a report with ship-by dates is expected in the inbox while a pre-order is open or a listed release lies ahead.", "予約注文か発売前の商品がある間、出荷予定日の分かるレポートが何営業日に一度届くとみなすか。", _POLICY.inbox_rhythm_days)
    blind_rhythms: Count = _option(_G.RULES, "A source is silent after so many of its rhythms without a complete answer.", "情報源から完全な回答が何回分の間隔にわたって得られなければ、見えていないとみなすか。", _POLICY.blind_rhythms)
    blind_least: Count = _option(_G.RULES, "A source is blind when at least so many open orders lose their ship-by date or vanish.", "出荷予定日がなくなった（または一覧から消えた）未出荷の注文が何件以上なら、見えていないとみなすか。", _POLICY.blind_least)
    blind_share: Annotated[tuple[int, int], BeforeValidator(texts.share)] = _option(_G.RULES, "A source is blind when at least this share of the open orders loses its ship-by date or vanishes, as 1/2.", "出荷予定日がなくなった（または一覧から消えた）注文が、全体のどれだけ以上なら、見えていないとみなすか（例 1/2）。", _POLICY.blind_share, shown="1/2")
    examples: Count = _option(_G.RULES, "Orders named in a product's case; the rest is counted.", "商品単位の案件に挙げる注文の数（残りは件数のみ）。", _POLICY.examples)
    defects_kept: Count = _option(_G.RULES, "Rejected rows named per file; the rest is counted.", "1ファイルで挙げる、読めなかった行の数（残りは件数のみ）。", _POLICY.defects_kept)
    late_shipment_target: Share = _option(_G.RULES, "Late shipment rate to stay below, where a report names no target of its own.", "出荷遅延率の目標値（レポートに目標値がないときに使います）。", _POLICY.late_shipment_target)
    cancellation_target: Share = _option(_G.RULES, "Pre-fulfilment cancellation rate to stay below, where a report names no target of its own.", "出荷前キャンセル率の目標値（レポートに目標値がないときに使います）。", _POLICY.cancellation_target)
    order_defect_target: Share = _option(_G.RULES, "Order defect rate to stay below, where a report names no target of its own.", "注文不良率の目標値（レポートに目標値がないときに使います）。", _POLICY.order_defect_target)
    near_limit_share: Share = _option(_G.RULES, "Over this share of a target you are warned.", "目標値の何割を超えたら注意をお知らせするか。", _POLICY.near_limit_share)

    log_level: Literal["debug", "info", "warning", "error"] = _option(_G.PROGRAM, "What is logged: debug, info, warning or error.", "ログの詳しさ（debug、info、warning、error）。", "info")
    log_format: Literal["auto", "json", "console"] = _option(_G.PROGRAM, "How it is logged: json, console, or auto (console on a terminal).", "ログの形式（json、console、auto=端末では console）。", "auto")
    backup_dir: Path = _option(_G.PROGRAM, "Folder of the daily copies of the database; better on another disk.", "データベースの毎日のバックアップを置くフォルダ。別のディスクをお勧めします。", lambda known: known.get("state_dir", Path()) / "backups", shown="<state dir>/backups")
    backups_kept: Annotated[int, Field(ge=0, le=366)] = _option(_G.PROGRAM, "Daily copies kept, beside one of each of the last four weeks; 0: none are made.", "バックアップを残す日数（ほかに直近4週間の各1件）。0で取りません。", _KEEP.backups)
    keep_history_days: Years = _option(_G.PROGRAM, "Days for which closed orders and cases are kept.", "終わった注文と案件の記録を残す日数。", _KEEP.history.days)
    keep_journal_days: Years = _option(_G.PROGRAM, "Days for which is kept when a source was looked at without a change.", "変化のなかった確認の記録を残す日数。", _KEEP.journal.days)
    keep_sent_days: Years = _option(_G.PROGRAM, "Days for which sent messages are kept.", "送信済みの通知の記録を残す日数。", _KEEP.sent.days)
    review_host: str = _option(_G.PROGRAM, "Address at which `review` serves the page; any other than this machine's own needs a password.", "画面（review）を開くアドレス。ほかのパソコンやスマートフォンから使うときはパスワードが必要です。", "127.0.0.1", pattern=r"^[A-Za-z0-9.:_-]+$")
    review_port: Annotated[int, Field(ge=0, le=65535)] = _option(_G.PROGRAM, "Port at which `review` serves the page; 0: any free one.", "画面（review）のポート番号（0で空いている番号）。", 8765)
    review_base_url: Annotated[str, BeforeValidator(texts.base_url)] | None = _option(_G.PROGRAM, "Address under which people open the page (a proxy with https); alerts then link to it.", "画面を開くときのアドレス（httpsのプロキシなど）。設定すると、通知から案件の画面を開けます。")
    review_password: Annotated[SecretStr, BeforeValidator(texts.scrypt)] | None = _option(_G.PROGRAM, "What `preorder-watchdog review --new-password` prints (a scrypt digest, never the password); with it every visitor must log in.", "`preorder-watchdog review --new-password` で表示される値（パスワードそのものではなくscryptのハッシュ）。設定すると、画面を開くときにログインが必要になります。")
    metrics_port: Annotated[int, Field(ge=1, le=65535)] | None = _option(_G.PROGRAM, "Port of /metrics (Prometheus) and /health, on this machine only; none: they are not served.", "/metrics（Prometheus）と /health のポート番号。同じパソコン（サーバー）の中からだけ使えます。指定しなければ提供しません。")
    allow_private_targets: bool = _option(_G.PROGRAM, "Webhooks may lead into private networks, and to http:// on this machine.", "通知先として社内ネットワークや、このパソコン（サーバー）の http:// も許します。", False)  # noqa: FBT003 - same
    allow_future: bool = _option(_G.PROGRAM, "--now may lie after the clock (for tests).", "--now に現在より先の時刻を許します（テスト用）。", False)  # noqa: FBT003 - same

    slack_api_url: str = _option(_G.PROGRAM, "Base URL of Slack's Web API (for tests).", "SlackのWeb APIのアドレス（テスト用）。", "https://slack.com/api")
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
        values += [part for value in values for part in value.split() if part != value]  # several addresses in one option
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
