# ruff: noqa: E501 - one sentence a line; Japanese counts double width
"""
What the program says of account health and of improvement plans, part of the table of sentences.
"""

from __future__ import annotations

HEALTH_SENTENCES: dict[str, dict[str, str]] = {
    # account health
    "health_missed": {
        "en": "{place}: the {metric} over {window} days is {rate} and misses its target ({target}): {defects} of {orders}, as of {as_of_on}.",
        "ja": "{place}：{window}日間の{metric}は {rate} で、目標（{target}）を満たしていません（{orders} 件中 {defects} 件、{as_of_on} 時点）。",
    },
    "health_missed_rate": {
        "en": "{place}: the {metric} over {window} days is {rate} and misses its target ({target}), as of {as_of_on}.",
        "ja": "{place}：{window}日間の{metric}は {rate} で、目標（{target}）を満たしていません（{as_of_on} 時点）。",
    },
    "health_near": {
        "en": "{place}: the {metric} over {window} days is {rate} ({defects} of {orders}, target {target}), as of {as_of_on}. With {room} it misses the target.",
        "ja": "{place}：{window}日間の{metric}は {rate} です（{orders} 件中 {defects} 件、目標 {target}、{as_of_on} 時点）。{room}発生すると、目標を満たせなくなります。",
    },
    "health_near_rate": {
        "en": "{place}: the {metric} over {window} days is {rate}, close to its target ({target}), as of {as_of_on}.",
        "ja": "{place}：{window}日間の{metric}は {rate} で、目標（{target}）に近づいています（{as_of_on} 時点）。",
    },
    "health_missed_step": {
        "en": "Ship and confirm everything that is open, and look for a performance notification in Seller Central. If it asks for a plan of action: `preorder-watchdog plan --kind {kind}`.",
        "ja": "未出荷の注文を出荷して出荷通知まで済ませ、セラーセントラルにパフォーマンスの通知が届いていないか確認してください。改善計画を求められている場合は `preorder-watchdog plan --kind {kind}` で用意できます。",
    },
    "health_count": {
        "en": "{place}: {metric}: {defects}, as of {as_of_on}.",
        "ja": "{place}：{metric}が {defects} 件あります（{as_of_on} 時点）。",
    },
    "health_word": {
        "en": "{place}: Amazon says of the {metric}: {health_status} ({as_of_on}).",
        "ja": "{place}：{metric}は「{health_status}」と表示されています（{as_of_on} 時点）。",
    },
    "health_which_window": {
        "en": "Late shipments are counted over two windows. Say which: --days 10 or --days 30. Nothing was noted.",
        "ja": "出荷遅延率には2つの集計期間があります。--days 10 か --days 30 を指定してください。登録していません。",
    },
    "health_no_figure": {
        "en": "Give --orders and --count as Account Health shows them, or --rate 3.2% where only the rate is shown. Nothing was noted.",
        "ja": "アカウント健全性に表示されている --orders（対象件数）と --count（該当件数）、または --rate 3.2% を指定してください。登録していません。",
    },
    "health_more_than_all": {
        "en": "{count} of {orders} can't be. Nothing was noted; check the two numbers.",
        "ja": "該当件数（{count}）が対象件数（{orders}）より多くなっています。登録していません。数値を確認してください。",
    },
    "share_unreadable": {
        "en": "{text} is no rate in per cent. Write it as 3.2%.",
        "ja": "{text} を率として読めません。3.2% のように%を付けて書いてください。",
    },
    "as_of_ahead": {
        "en": "{text} lies in the future. Say when the figure was shown, e.g. 2026-09-06. Nothing was noted.",
        "ja": "{text} は未来の日時です。数値が表示されていた日時を 2026-09-06 のように指定してください。登録していません。",
    },
    "letter_after_refusal": {
        "en": "Amazon has given its final no in {case_no}, so `{kind}` is not written any more: the same desk would only close it. Other ways: by phone or Account Health (ticket-phone), or the buyer (buyer-inform).",
        "ja": "{case_no} は、Amazonから最終的に対応不可との回答が出ているため、`{kind}` は作成しません。電話やアカウント健全性の窓口（ticket-phone）、または購入者への案内（buyer-inform）をご検討ください。",
    },
    "letter_before_ticket": {
        "en": "`{kind}` follows up a ticket, and {case_no} has none on record. Send the ticket first, then note its number: ticket-sent {case_no} NUMBER.",
        "ja": "`{kind}` は送信済みの問い合わせへの追加連絡です。{case_no} には問い合わせの記録がありません。先に問い合わせを送り、番号を記録してください（ticket-sent {case_no} 番号）。",
    },
    # improvement plan
    "plan_incomplete": {
        "en": "The plan can't be printed yet. Still to be filled in:\n{missing}\n`--form FILE` writes a form for all of it, `--from FILE` reads it back.",
        "ja": "改善計画はまだ出せません。次の項目を記入してください：\n{missing}\n`--form ファイル` で記入用紙を作り、記入後に `--from ファイル` で読み込めます。",
    },
    "plan_field_unknown": {
        "en": "[{name}] is no field of the plan. Fields: {known}.",
        "ja": "[{name}] という項目は改善計画にありません。使える項目：{known}",
    },
    "plan_check_unclear": {
        "en": "--check {text}: write it as NAME=TEXT. For this plan: {known}.",
        "ja": "--check {text}：「項目=内容」の形で指定してください。この改善計画の項目：{known}",
    },
    "month_unreadable": {
        "en": "{text} is no month. Write it as 2026-10.",
        "ja": "{text} を年月として読めません。2026-10 のように書いてください。",
    },
    "plan_kept": {
        "en": "Kept as plan {no}, as it was handed in.",
        "ja": "提出した改善計画 {no} として保存しました。",
    },
    "plan_earlier": {
        "en": "Plan {no} ({kind}), handed in {when} by {by}, SHA-256 {sha256}…",
        "ja": "改善計画 {no}（{kind}）  提出：{when} {by}  SHA-256：{sha256}…",
    },
    "plan_none_earlier": {
        "en": "No plan was handed in so far; `plan … --submitted` notes one.",
        "ja": "提出済みの改善計画はありません。提出したら `plan … --submitted` で記録してください。",
    },
    "plan_contradicts": {
        "en": "Mind: this plan says something else than one handed in before.",
        "ja": "※ 以前に提出した改善計画と食い違うところがあります。",
    },
    "plan_other_cause": {
        "en": "Plan {no} of {submitted_at} names another cause.",
        "ja": "改善計画 {no}（{submitted_at} 提出）とは、原因の説明が違います。",
    },
    "plan_same_prevention": {
        "en": "Plan {no} of {submitted_at} promised the same measures, and other orders were late since: say what is different now.",
        "ja": "改善計画 {no}（{submitted_at} 提出）と同じ改善策ですが、その後の注文でも起きています。今回は何を変えるのかを書いてください。",
    },
    "plan_later_date": {
        "en": "Plan {no} of {submitted_at} promised it by {before_on}, which has passed; this one says {now_on}.",
        "ja": "改善計画 {no}（{submitted_at} 提出）の実施期日 {before_on} を過ぎていますが、今回は {now_on} となっています。",
    },
    "plan_other_person": {
        "en": "Plan {no} of {submitted_at} names {before} as responsible, this one {now}.",
        "ja": "改善計画 {no}（{submitted_at} 提出）の責任者は「{before}」、今回は「{now}」です。",
    },
    "plan_other_figure": {
        "en": "Plan {no} of {submitted_at} gave {before} for the same {window} days, this one {now}.",
        "ja": "改善計画 {no}（{submitted_at} 提出）では同じ{window}日間の件数が {before}、今回は {now} です。",
    },
    "plan_other_dates": {
        "en": "Plan {no} of {submitted_at} gave other dates for {order}: {before}, now {now} (ship-by / release).",
        "ja": "改善計画 {no}（{submitted_at} 提出）とは、注文 {order} の日付が違います：{before} → {now}（出荷予定日 / 発売日）",
    },
    # evidence
    "evidence_folder_full": {
        "en": "{path} is not empty. Name a new folder, so that only evidence lies in it.",
        "ja": "{path} は空ではありません。証拠資料だけが入るように、新しいフォルダを指定してください。",
    },
}
