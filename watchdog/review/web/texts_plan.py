"""
What the page of the improvement plan says; Japanese and English side by side.
"""

from __future__ import annotations

PLAN: dict[str, tuple[str, str]] = {
    "plan_title": ("改善計画", "Improvement plan"),
    "plan_intro": (
        "Amazonから改善計画（業務改善報告）を求められたときの文面を作ります。率や注文などの事実は記録から入るので、ご自身しか分からないことだけをご記入ください。",
        "For when Amazon asks for a plan of action. Figures and orders come from the log; you fill in only what nobody else can know.",
    ),
    "plan_kind": ("目標を満たせなかった指標", "The target that was missed"),
    "plan_place": ("マーケットプレイス", "Marketplace"),
    "plan_known": ("記録から自動で入る内容", "Put in from the log"),
    "plan_known_none": (
        "この指標の数値も注文も、記録にありません。違反の内容もご記入ください。",
        "The log holds neither figures nor orders of it. Fill in the violation, too.",
    ),
    "plan_form": ("ご記入いただく内容", "For you to fill in"),
    "plan_language": ("計画の言語", "Language of the plan"),
    "plan_needed": ("必須", "required"),
    "plan_look": ("文面を作る", "Write the plan"),
    "plan_look_more": ("まだ保存も提出もされません。", "Nothing is kept or sent yet."),
    "plan_read_rules": (
        "マーケットプレイス参加規約と出品規約を読み直しました",
        "I have read the selling agreement and policies again",
    ),
    "plan_is_true": ("内容に虚偽がないことを確認しました", "I have checked that all of it is true"),
    "plan_lacking": ("あと {count} 項目の記入が必要です", "{count} still to be filled in"),
    "plan_lacking_more": ("すべて記入するまで、文面は表示されません。", "The text is shown once everything is there."),
    "plan_field_missing": ("記入してください", "fill this in"),
    "plan_ready": ("文面ができました", "The plan is ready"),
    "plan_ready_more": (
        "1行ずつ事実と合っているか確かめてからコピーし、セラーセントラルで提出してください。",
        "Hold every line against the facts, then copy it and hand it in through Seller Central.",
    ),
    "plan_text": ("改善計画の文面", "The plan"),
    "plan_contradicts": ("以前に提出した計画と食い違うところがあります", "It says otherwise than a plan handed in before"),
    "plan_contradicts_more": (
        "正しければこのままで構いません。食い違う理由を説明できるようにしておいてください。",
        "If it is right, leave it so, and be ready to explain the difference.",
    ),
    "plan_hand_in": ("提出済みとして記録する", "Note as handed in"),
    "plan_hand_in_more": (
        "提出した後に押してください。文面を保存し、次に作る計画と食い違いがないか確認します。",
        "Press it after handing in. The text is kept, and later plans are held against it.",
    ),
    "plan_done": ("提出済みとして記録しました（記録番号 {number}）。", "Noted as handed in (no. {number})."),
    "plan_changed": (
        "まだ記録していません。表示した後に記録の内容が変わったため、文面を作り直しました。もう一度ご確認ください。",
        "Not noted: the log has changed since, and the text with it. Look at it again.",
    ),
    "plan_next": ("提出方法と、その後の流れ", "Handing it in, and what follows"),
    "plan_earlier": ("これまでに提出した計画", "Plans handed in so far"),
    "plan_earlier_one": ("{number}. {when}（記録：{by}）", "{number}. {when}, noted by {by}"),
    "plan_health": ("Amazonから改善計画を求められたら", "If Amazon asks for a plan of action"),
    "plan_health_more": (
        "目標を満たせなかった指標を選ぶと、記録をもとに文面を作れます。",
        "Choose the target that was missed; the log fills in what it knows.",
    ),
}
