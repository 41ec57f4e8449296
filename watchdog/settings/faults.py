"""
What is said of a setting that can't be used: one table, and the sentence that names option, place, fault and meaning.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from watchdog.settings.options import PREFIX, options

FAULTS: dict[str, dict[str, str]] = {
    "int_parsing": {"en": "must be a whole number", "ja": "整数で指定してください"},
    "float_parsing": {"en": "must be a number", "ja": "数で指定してください"},
    "bool_parsing": {"en": "must be 1 or 0", "ja": "1 か 0 で指定してください"},
    "literal_error": {"en": "must be {expected}", "ja": "{expected} のいずれかで指定してください"},
    "greater_than": {"en": "must be more than {gt:g}", "ja": "{gt:g} より大きい値にしてください"},
    "greater_than_equal": {"en": "must be at least {ge:g}", "ja": "{ge:g} 以上にしてください"},
    "less_than_equal": {"en": "must be at most {le:g}", "ja": "{le:g} 以下にしてください"},
    "string_too_long": {"en": "must not be longer than {max_length} characters", "ja": "{max_length} 文字以内にしてください"},
    "too_short": {"en": "must have at least {min_length} characters", "ja": "{min_length} 文字以上にしてください"},
    "string_pattern_mismatch": {"en": "is no host name", "ja": "ホスト名になっていません"},
    "path_not_directory": {"en": "names no folder", "ja": "指定したフォルダがありません"},
    "marketplace_unknown": {
        "en": "names a marketplace this program does not know",
        "ja": "このプログラムの知らないマーケットプレイスがあります",
    },
    "address": {"en": "holds something that is no e-mail address", "ja": "メールアドレスになっていないものがあります"},
    "day": {"en": "must be a date as 2026-06-01", "ja": "日付は 2026-06-01 のように書いてください"},
    "clock": {"en": "must hold times of day as 10:00", "ja": "時刻は 10:00 のように書いてください"},
    "quiet_hours": {"en": "must begin and end at different times", "ja": "開始と終了を別の時刻にしてください"},
    "column_names": {
        "en": "must be pairs as 注文番号=order-id, with commas",
        "ja": "注文番号=order-id のような組をカンマ区切りで指定してください",
    },
    "weekdays": {
        "en": "must be daily, weekdays, off, or days as mon,thu",
        "ja": "daily、weekdays、off、または mon,thu のように曜日を指定してください",
    },
    "hours": {"en": "must be hours with commas, as 72,24,4", "ja": "72,24,4 のように、時間数をカンマ区切りで指定してください"},
    "share": {"en": "must be a share as 2/3, at most 1", "ja": "2/3 のような1以下の割合で指定してください"},
    "distances": {
        "en": "must be growing hours as 1,3,6,12,24, or off",
        "ja": "1,3,6,12,24 のようにだんだん長くなる時間数か、off を指定してください",
    },
    "maintenance": {
        "en": "must hold windows as 2026-12-30 18:00/2027-01-03 09:00 or Sun 02:00-04:00",
        "ja": "2026-12-30 18:00/2027-01-03 09:00 か 日 02:00-04:00 のように書いてください",
    },
    "proxy": {"en": "must be http://host:port", "ja": "http://ホスト名:ポート番号 の形で指定してください"},
    "needed": {"en": "is missing; it is needed with {other}", "ja": "{other} と一緒に指定が必要です"},
    "endpoint": {
        "en": "must begin with https:// (http:// only on this machine)",
        "ja": "https:// で始まるURLを指定してください（http:// は同じパソコンの中だけで使えます）",
    },
    "queue_url": {
        "en": "must be a queue's whole URL, as https://sqs.us-west-2.amazonaws.com/123456789012/preorder-watchdog",
        "ja": "https://sqs.us-west-2.amazonaws.com/123456789012/preorder-watchdog のように、キューのURL全体を指定してください",
    },
    "seller_id": {
        "en": "must be 8 to 20 letters and digits, as A1EXAMPLE23456",
        "ja": "A1EXAMPLE23456 のような8〜20文字の英数字を指定してください",
    },
    "access_key": {"en": "must be letters and digits", "ja": "英数字で指定してください"},
    "regions": {
        "en": "holds marketplaces of different regions ({regions}); one authorisation reads one region: use a state folder for each",
        "ja": "地域の異なるマーケットプレイスがあります（{regions}）。認可は地域ごとのため、データフォルダを分けてください",
    },
    "webhook": {"en": "must be the whole address, beginning with https://", "ja": "https:// で始まるアドレス全体を指定してください"},
    "clear_text": {
        "en": "would send the password readable to everybody on the way; none is for this machine only",
        "ja": "none ではパスワードが暗号化されずに送られます。none は同じパソコンの中だけで使えます",
    },
    "base_url": {
        "en": "must be an address as https://watch.example, without a path",
        "ja": "https://watch.example のように、パスなしで指定してください",
    },
    "scrypt": {
        "en": "must be what `preorder-watchdog review --new-password` prints",
        "ja": "`preorder-watchdog review --new-password` で表示された値を指定してください",
    },
    "exposed": {
        "en": "is a secret and everybody on this machine can read it there; close the file with `chmod 600`",
        "ja": "秘密情報ですが、このファイルは誰でも読めます。`chmod 600` で閉じてください",
    },
    "unknown": {"en": "is no option", "ja": "という設定はありません"},
    "unknown_near": {"en": "is no option; did you mean {near}?", "ja": "という設定はありません。{near} のことですか。"},
    "file_absent": {"en": "does not exist", "ja": "が見つかりません"},
    "file_unreadable": {"en": "can't be read ({why})", "ja": "を読めません（{why}）"},
    "file_not_utf8": {"en": "is not UTF-8 text; save it as UTF-8", "ja": "の文字コードがUTF-8ではありません。UTF-8で保存し直してください"},
    "file_line": {"en": "line {number} is not NAME=value", "ja": "の {number} 行目が「名前=値」の形になっていません"},
}
#: Where a value came from, as ``config show`` says it; paths are the same in both languages.
_WHERE_JA = {"environment": "環境変数", "command line": "コマンドライン", "not set": "未設定", "credential file": "認証情報ファイル"}


@dataclass(frozen=True, slots=True)
class Problem:
    """
    One fault of one option or file, not yet in a language; never holds the value, which may be a secret.
    """

    about: str  #: an option's field name, an unknown name, or a path
    fault: str
    where: str = ""  #: set for options and unknown names
    values: Mapping[str, Any] = field(default_factory=dict)

    def told(self, language: str) -> str:
        """
        Return the sentence, with the option's help behind it.
        """
        option = options().get(self.about)
        words = FAULTS.get(self.fault, {}).get(language, self.fault).format_map(self.values)
        if language == "ja":
            words = words.replace(" or ", "、").replace(", ", "、")  # pydantic's list of what is expected
        if option is None and not self.where:
            return f"{self.about} {words}{'。' if language == 'ja' else '.'}"
        name = PREFIX + self.about.upper()
        told_help = "" if option is None else str(option.description if language == "en" else option.json_schema_extra["ja"])
        if language == "ja":
            place = _WHERE_JA.get(self.where, self.where)
            return f"{name}（{place}）{'：' if option else ''}{words}{'。' if option else ''}{told_help}"
        return f"{name} ({self.where}) {words}{'.' if option else ''} {told_help}".rstrip()


def unknown(name: str, where: str) -> Problem:
    """
    Return the problem of a name that is no option, with the nearest one there is.
    """
    near = difflib.get_close_matches(name, options(), n=1)
    if not near:
        return Problem(name, "unknown", where)
    return Problem(name, "unknown_near", where, {"near": PREFIX + near[0].upper()})
