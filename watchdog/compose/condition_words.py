"""
What is said of each kind of condition: its name, its end, why it matters, what to do; Japanese and English side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from watchdog.terms.condition import ConditionEvent, ConditionKind
from watchdog.terms.said import Said

if TYPE_CHECKING:
    from collections.abc import Mapping


class ConditionTelling(NamedTuple):
    """
    One kind of condition as people are told of it.
    """

    title: Said
    over: Said  #: its title once it has ended
    means: Said
    step: Said
    afterwards: Said
    command: str
    path: str  #: of the review page that shows it


TELLINGS: Mapping[ConditionKind, ConditionTelling] = {
    ConditionKind.SOURCE_SILENT: ConditionTelling(
        Said("出荷予定日を確認できていません", "the ship-by dates can't be seen"),
        Said("出荷予定日を確認できない状態は解消しました", "no longer blind to ship-by dates"),
        Said(
            "この間に予約注文の出荷予定日が早まっても、お知らせできません。",
            "As long as this lasts, a ship-by date that moves earlier goes unnoticed.",
        ),
        Said(
            "セラーセントラルで「未出荷注文レポート」をダウンロードし、受信フォルダに入れてください。急ぐ場合は、注文管理で予約注文の出荷予定日を直接ご確認ください。",
            "Download the unshipped orders report from Seller Central and drop it into the inbox folder. "
            "If it can't wait, look at the ship-by dates of your pre-orders in Manage Orders.",
        ),
        Said(
            "対応は必要ありません。見えなかった間に変化があれば、通常どおりお知らせします。",
            "There is nothing to do. What changed in the meantime is reported as usual.",
        ),
        "preorder-watchdog sources",
        "/#see",
    ),
    ConditionKind.SOURCE_DEGRADED: ConditionTelling(
        Said("予備の方法で出荷予定日を確認しています", "ship-by dates are seen by another way"),
        Said("本来の方法での確認に戻りました", "ship-by dates are seen in the usual way again"),
        Said(
            "予備の方法では、更新が遅くなったり、見える情報が少なくなったりします。",
            "The other way may be slower, or show less.",
        ),
        Said("対応は必要ありません。元の方法には自動で戻ります。", "There is nothing to do: the way back is tried again and again."),
        Said("対応は必要ありません。", "There is nothing to do."),
        "preorder-watchdog sources",
        "/#see",
    ),
    ConditionKind.ACCESS_REFUSED: ConditionTelling(
        Said("Amazonへの接続が拒否されています", "Amazon refuses our access"),
        Said("Amazonへの接続が回復しました", "Amazon grants our access again"),
        Said(
            "認証情報またはロールが直るまで、APIから注文を確認できません。",
            "Until the credentials or the role are set right, no order can be seen through the API.",
        ),
        Said(
            "`preorder-watchdog connect` を実行してください。足りないロールや設定と、その直し方が分かります。",
            "Run `preorder-watchdog connect`: it says which role or setting is missing and how to get it.",
        ),
        Said("対応は必要ありません。", "There is nothing to do."),
        "preorder-watchdog connect",
        "/#see",
    ),
    ConditionKind.ROLE_MISSING: ConditionTelling(
        Said("権限が足りず、取得できない情報があります", "a role or permission is missing, so something can't be fetched"),
        Said("取得できなかった情報を、再び取得できるようになりました", "what was refused can be fetched again"),
        Said("注文の監視は続いています。", "Orders are watched all the same."),
        Said(
            "アプリにロールを追加し、認可し直してください。",
            "Add the role to the application and authorise it again.",
        ),
        Said("対応は必要ありません。", "There is nothing to do."),
        "preorder-watchdog sources",
        "/#see",
    ),
    ConditionKind.LIST_MISSING: ConditionTelling(
        Said("発売日の一覧が見つかりません", "the list of release dates is missing"),
        Said("発売日の一覧を読み込めるようになりました", "the list of release dates is there again"),
        Said(
            "これまでに読み込んだ発売日での監視は続きますが、新しい商品や発売日の変更は反映されません。",
            "Release dates read before are still watched; new products and changed dates are not seen.",
        ),
        Said(
            "ファイルを元の場所に戻すか、設定を直してから再起動してください。",
            "Put the file back in its place, or correct the setting and restart.",
        ),
        Said("対応は必要ありません。", "There is nothing to do."),
        "preorder-watchdog doctor",
        "/program",
    ),
    ConditionKind.SECRET_EXPIRES: ConditionTelling(
        Said("アプリのシークレットの更新期限", "the app's client secret must be renewed"),
        Said("アプリのシークレットは更新済みです", "the app's client secret is renewed"),
        Said(
            "期限を過ぎるとAmazonに接続できなくなり、APIでの監視が止まります。",
            "After that day Amazon no longer accepts it and the watch through the API stops.",
        ),
        Said(
            "セラーセントラルのデベロッパーセントラルで新しいシークレットを発行し、PREORDER_SPAPI_CLIENT_SECRET と "
            "PREORDER_SPAPI_SECRET_MADE_ON（発行日）を書き換えてから再起動してください。",
            "Make a new secret in Developer Central of Seller Central, set PREORDER_SPAPI_CLIENT_SECRET and "
            "PREORDER_SPAPI_SECRET_MADE_ON (the day it was made) anew, then restart.",
        ),
        Said("対応は必要ありません。", "There is nothing to do."),
        "preorder-watchdog connect",
        "/program",
    ),
    ConditionKind.HEALTH_NEAR_LIMIT: ConditionTelling(
        Said(
            "アカウント健全性の指標が目標値に近づいているか、目標を満たしていません",
            "an account health figure is near its target or misses it",
        ),
        Said("アカウント健全性の指標に余裕が戻りました", "the account health figure has room again"),
        Said(
            "目標値を満たせないと、出品に影響が出ることがあります。",
            "A figure beyond its target can cost the right to sell.",
        ),
        Said(
            "新しい遅延やキャンセルを避け、対応中の案件を先に解決してください。内訳は次のコマンドで確認できます。",
            "Avoid new late shipments and cancellations, and settle the open cases first. The command below shows the figures.",
        ),
        Said("対応は必要ありません。", "There is nothing to do."),
        "preorder-watchdog health",
        "/health",
    ),
    ConditionKind.CHANNEL_DEAD: ConditionTelling(
        Said("通知を送れない通知先があります", "a channel takes no messages"),
        Said("通知先への送信が回復しました", "the channel takes messages again"),
        Said("この通知先には警告が届きません。", "Warnings don't arrive over this channel."),
        Said(
            "通知先の設定を確認し、`preorder-watchdog test-alert` で試してください。"
            "届かなかった通知は `preorder-watchdog outbox list` で確認できます。",
            "Check the channel's settings and try `preorder-watchdog test-alert`. "
            "`preorder-watchdog outbox list` shows what did not leave.",
        ),
        Said("対応は必要ありません。", "There is nothing to do."),
        "preorder-watchdog outbox list",
        "/messages",
    ),
    ConditionKind.LOG_UNWRITABLE: ConditionTelling(
        Said("データベースに書き込めません", "the database can't be written"),
        Said("データベースに再び書き込めます", "the database can be written again"),
        Said(
            "この間は出荷予定日の変更を確認できません。受信フォルダのファイルはそのまま残っています。",
            "As long as this lasts no change of a ship-by date is noticed. The files in the inbox folder stay where they are.",
        ),
        Said(
            "ディスクの空き容量と権限を確認してください。書き込めるようになれば、自動で続きから再開します。",
            "Look at the disk's free space and its rights. Once it can be written the watch goes on by itself, with nothing lost.",
        ),
        Said(
            "対応は必要ありません。書き込めなかった間の変化は、次の巡回でまとめて判定します。",
            "There is nothing to do. What changed in the meantime is judged at the next turn.",
        ),
        "preorder-watchdog doctor",
        "/program",
    ),
    ConditionKind.LOG_DAMAGED: ConditionTelling(
        Said("データベースが破損しています", "the database is damaged"),
        Said("データベースは正常に戻りました", "the database is whole again"),
        Said(
            "このままでは、記録の一部が失われたり、出荷予定日の変更を見落としたりするおそれがあります。",
            "As it is, parts of the log may be lost and changes of ship-by dates may go unnoticed.",
        ),
        Said(
            "サービスを停止し、`preorder-watchdog db restore` でバックアップから戻してください。手順は docs/operating.ja.md にあります。",
            "Stop the service and restore a backup with `preorder-watchdog db restore`; docs/operating.md has the steps.",
        ),
        Said("対応は必要ありません。", "There is nothing to do."),
        "preorder-watchdog doctor",
        "/program",
    ),
    ConditionKind.BACKUP_FAILS: ConditionTelling(
        Said("データベースのバックアップができていません", "the database can't be backed up"),
        Said("データベースのバックアップが再開しました", "the database is backed up again"),
        Said(
            "パソコンやサーバーが故障した場合、最後のバックアップ以降の記録が失われます。",
            "If the machine fails, what was written since the last backup is lost.",
        ),
        Said(
            "空き容量とバックアップ先のフォルダの権限を確認してください。1時間ごとに自動で再試行します。",
            "Look at the free space and the rights of the backup folder. It is tried again every hour.",
        ),
        Said("対応は必要ありません。", "There is nothing to do."),
        "preorder-watchdog doctor",
        "/program",
    ),
}

#: What is not done while a source is refused for lack of a role.
LACKING: Mapping[str, Said] = {
    "spapi:catalog": Said(
        "カタログの発売日が更新されません。ご自身の一覧に発売日がない商品では、出荷予定日が発売日より早まっても気づけないことがあります。注文の監視は続いています。",
        "Release dates from the catalog stay as they are: of a product that your own list does not date, "
        "a ship-by date before the release may go unnoticed. Orders are watched all the same.",
    ),
    "spapi:pricing": Said(
        "ほかの出品の価格を確認できず、購入者への文面に差額が入りません。注文の監視は続いています。",
        "Other offers' prices are not looked up, so texts for buyers name no saving. Orders are watched all the same.",
    ),
    "spapi:report:health": Said(
        "アカウント健全性の指標が自動で更新されません。目標値に近づいてもお知らせできず、Amazonが約束した除外も確認できません。注文の監視は続いています。",
        "Account health figures are not renewed: a rate that nears its target goes unnoticed, "
        "and whether Amazon keeps a promise can't be checked. Orders are watched all the same.",
    ),
    "sqs": Said(
        "注文の変更の通知が届かず、気付くのが数分遅れることがあります。APIでの注文の監視は続いています。",
        "Notifications of changes don't arrive: a reset may be noticed some minutes later. Orders are watched all the same.",
    ),
    "spapi:report:unshipped": Said(
        "注文APIを使えない間の予備の手段として、未出荷注文レポートを取得できません。",
        "The last resort fails: the unshipped orders report can't be fetched while no orders API answers.",
    ),
}

#: Why it is said again, ahead of the title.
AGAIN: Mapping[ConditionEvent, Said] = {
    ConditionEvent.BEGAN: Said("", ""),
    ConditionEvent.WORSENED: Said("緊急度が上がりました", "it became more urgent"),
    ConditionEvent.STANDS: Said(
        "この状態は {since_at} から続いています（{rung}回目のお知らせ）。", "This has been so since {since_at} (message {rung})."
    ),
    ConditionEvent.ENDED: Said("この状態は {since_at} から {ended_at} まで続きました。", "It lasted from {since_at} to {ended_at}."),
}

#: Sources as people call them; what is not here is an interface or a report of the inbox.
SOURCES: Mapping[str, Said] = {
    "inbox": Said("受信フォルダ", "the inbox folder"),
    "inbox:unknown": Said("種類の分からないファイル", "unknown file"),
    "spapi:orders": Said("Amazonの注文API", "Amazon's orders API"),
    "spapi:catalog": Said("AmazonのカタログAPI", "Amazon's catalog API"),
    "spapi:pricing": Said("Amazonの価格API", "Amazon's pricing API"),
    "spapi:report:health": Said("パフォーマンスレポート（API）", "the performance report (API)"),
    "spapi:report:unshipped": Said("未出荷注文レポート（API）", "the unshipped orders report (API)"),
    "sqs": Said("Amazonからの通知（SQS）", "Amazon's notifications (SQS)"),
    "releases": Said("発売日の一覧", "the release list"),
}

RECOVERED = Said("回復", "All clear")
HEADLINE = Said("【{mark}】{what}", "{mark}: {what}")
SUBJECT = Said("【{mark}】{what}", "[{mark}] {what}")
ABOUT = Said("（{subject}）", " ({subject})")
LABELS: Mapping[str, Said] = {
    "happened": Said("何が起きているか", "What is wrong"),
    "means": Said("なぜ重要か", "Why it matters"),
    "step": Said("次にすること", "What to do now"),
    "command": Said("確認用のコマンド", "To look at it"),
    "screen": Said("画面で見る", "Open the review page"),
}
