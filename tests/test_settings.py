"""
Settings: one table, five places in one order, every problem at once, no secret shown.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from watchdog.deliver.timetable import QuietHours
from watchdog.settings import Settings, documented, example, load, options, shown, spoken_language
from watchdog.settings.faults import FAULTS
from watchdog.settings.layers import Machine, gather, is_secret
from watchdog.settings.options import Heading
from watchdog.terms.errors import ConfigError
from watchdog.terms.policy import Policy

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[1]
HOOK = "https://hooks.slack.com/services/T000/B000/hushhushhush"
SECRETS = {
    "PREORDER_SLACK_WEBHOOK_URL": HOOK,
    "PREORDER_SMTP_PASSWORD": "hush-password",
    "PREORDER_DATABASE_URL": "postgresql+psycopg://seller:hush-database@db.example.com/orders",
    "PREORDER_SPAPI_CLIENT_SECRET": "hush-client-secret",
    "PREORDER_SPAPI_REFRESH_TOKEN": "Atzr|hush-refresh",
    "PREORDER_APPRISE_URLS": "slack://hush-apprise",
    "PREORDER_HEARTBEAT_URL": "https://hc-ping.com/hush-heartbeat",
    "PREORDER_SLACK_BOT_TOKEN": "xoxb-hush-bot-token",
    "PREORDER_WEBHOOK_URL": "https://shop.example.com/in/hush-webhook",
    "PREORDER_WEBHOOK_SECRET": "hush-webhook-secret",
    "PREORDER_ESCALATE_APPRISE_URLS": "discord://hush-second/hush-list tgram://hush-third",
    "PREORDER_SQS_SECRET_ACCESS_KEY": "hush-queue-key",
    "PREORDER_PROXY_URL": "http://user:hush-proxy@proxy.example.com:3128",
    "PREORDER_REVIEW_PASSWORD": f"scrypt:32768:8:1:{'hush-salt' * 3}:{'hush-digest' * 4}",
}
FIXED = """
STATE_DIR DATABASE_URL INBOX_DIR RELEASES_FILE MARKETPLACE_IDS LANGUAGE TEMPLATES_DIR POLL_MINUTES QUIET_HOURS SPAPI_CLIENT_ID
SPAPI_CLIENT_SECRET SPAPI_REFRESH_TOKEN SPAPI_ENDPOINT LWA_ENDPOINT SLACK_WEBHOOK_URL EMAIL_FROM EMAIL_TO SMTP_HOST SMTP_PORT SMTP_SECURITY
SMTP_USERNAME SMTP_PASSWORD APPRISE_URLS HEARTBEAT_URL REVIEW_HOST REVIEW_PORT REVIEW_BASE_URL METRICS_PORT ALLOW_PRIVATE_TARGETS
ALLOW_FUTURE
""".split()


def loaded(folder: Path, environ: Mapping[str, str] | None = None, overrides: Mapping[str, str] | None = None) -> Settings:
    """
    Load in a home and working folder of the test's own.
    """
    return load(overrides or {}, {"HOME": str(folder), **(environ or {})}, cwd=folder)


def problems(folder: Path, environ: Mapping[str, str], overrides: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """
    Return what is wrong with these settings, in English.
    """
    with pytest.raises(ConfigError) as caught:
        loaded(folder, {"PREORDER_LANGUAGE": "en", **environ}, overrides)
    return caught.value.problems


def env_file(path: Path, text: str, *, mode: int = 0o600) -> Path:
    """
    Write a .env file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


# --- the table -----------------------------------------------------------------------------------------------------------


def test_every_fixed_name_is_an_option() -> None:
    """
    Other programs rely on these names (DESIGN §7).
    """
    assert set(FIXED) <= {name.upper() for name in options()}


def test_every_option_has_help_in_both_languages() -> None:
    """
    The table is complete.
    """
    lacking = [name for name, option in options().items() if not (option.description and option.json_schema_extra["ja"])]

    assert lacking == []


def test_every_threshold_of_the_policy_is_one_setting() -> None:
    """
    DOMAIN's numbers are settings with DOMAIN's defaults.
    """
    names = {field.name for field in fields(Policy)}
    rules = {name for name, option in options().items() if option.json_schema_extra["group"] is Heading.RULES}

    assert {name.removeprefix("preorder_") for name in names} == {name.removesuffix("_hours") for name in rules}


def test_without_settings_the_policy_is_the_domains(tmp_path: Path) -> None:
    """
    Nothing is lost between days, hours and shares.
    """
    assert loaded(tmp_path).policy == Policy()


def test_thresholds_reach_the_policy(tmp_path: Path) -> None:
    """
    Each form: days, share, hours, a time of day.
    """
    policy = loaded(
        tmp_path,
        {
            "PREORDER_TOLERANCE_DAYS": "1",
            "PREORDER_LEAD_DAYS": "5",
            "PREORDER_NORM_SHARE": "3/4",
            "PREORDER_RESET_WINDOW_HOURS": "1.5",
            "PREORDER_REPLY_BY": "09:30",
        },
    ).policy

    assert policy == Policy(
        tolerance_days=1, preorder_lead_days=5, norm_share=(3, 4), reset_window=timedelta(minutes=90), reply_by=time(9, 30)
    )


def test_the_example_file_is_generated(tmp_path: Path) -> None:
    """
    ``config.example.env`` is the table, option by option, and loads when its marks are taken away.
    """
    text = (ROOT / "config.example.env").read_text(encoding="utf-8")
    names = re.findall(r"^#(PREORDER_\w+)=", text, re.MULTILINE)
    env_file(tmp_path / ".env", re.sub(r"^#(PREORDER_)", r"\1", text, flags=re.MULTILINE))

    assert text == example()
    assert names == [f"PREORDER_{name.upper()}" for name in options()]
    assert loaded(tmp_path).model_dump() == loaded(tmp_path, {"PREORDER_ENV_FILE": "/dev/null"}).model_dump()


def test_the_page_of_settings_is_generated() -> None:
    """
    ``docs/settings.md`` is the table, too.
    """
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")

    assert text == documented()
    assert all(f"`PREORDER_{name.upper()}`" in text for name in options())


# --- defaults ------------------------------------------------------------------------------------------------------------


def test_without_settings_the_program_works(tmp_path: Path) -> None:
    """
    Inbox in the state folder, Japan, Japanese, no channel.
    """
    settings = load({}, {"HOME": str(tmp_path), "STATE_DIRECTORY": str(tmp_path / "state")}, cwd=tmp_path)

    assert settings.inbox_dir == tmp_path / "state" / "inbox"
    assert [store.country for store in settings.marketplace_ids] == ["JP"]
    assert settings.language == "ja"
    assert (settings.slack_webhook_url, settings.smtp_host, settings.quiet_hours) == (None, None, None)


@pytest.mark.parametrize(("superuser", "folder"), [(True, "/var/lib/preorder-watchdog"), (False, "/srv/me/.local/state/preorder-watchdog")])
def test_the_state_lies_where_the_user_may_write(superuser: bool, folder: str) -> None:
    """
    Root's daemon and a seller's own machine.
    """
    found = gather({}, Machine({"HOME": "/srv/me"}, Path("/srv"), superuser=superuser))

    assert found.texts["state_dir"] == folder


@pytest.mark.parametrize(
    ("stores", "language", "speaks"), [("JP", "", "ja"), ("US", "", "en"), ("US,JP", "", "en"), ("JP", "en", "en"), ("US", "ja", "ja")]
)
def test_the_language_follows_the_first_marketplace_unless_said(tmp_path: Path, stores: str, language: str, speaks: str) -> None:
    """
    A seller in Japan reads Japanese.
    """
    environ = {"HOME": str(tmp_path), "PREORDER_MARKETPLACE_IDS": stores, "PREORDER_LANGUAGE": language}

    assert load({}, environ, cwd=tmp_path).language == speaks
    assert spoken_language({}, environ, cwd=tmp_path) == speaks


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_the_port_follows_the_encryption(tmp_path: Path, security: str, port: int) -> None:
    """
    Unless it is said.
    """
    assert loaded(tmp_path, {"PREORDER_SMTP_SECURITY": security}).smtp_port == port
    assert loaded(tmp_path, {"PREORDER_SMTP_SECURITY": security, "PREORDER_SMTP_PORT": "2525"}).smtp_port == 2525


def test_an_empty_value_is_none(tmp_path: Path) -> None:
    """
    ``PREORDER_POLL_MINUTES=`` in a file means the default.
    """
    env_file(tmp_path / ".env", "PREORDER_POLL_MINUTES=7\n")

    assert loaded(tmp_path, {"PREORDER_POLL_MINUTES": " "}).poll_minutes == 7


def test_lists_and_paths_are_read_as_people_write_them(tmp_path: Path) -> None:
    """
    Commas, spaces, country codes, a home, a relative path.
    """
    settings = loaded(
        tmp_path,
        {
            "PREORDER_MARKETPLACE_IDS": "jp, ATVPDKIKX0DER",
            "PREORDER_EMAIL_TO": "a@example.com, Shop <b@example.com>",
            "PREORDER_EMAIL_FROM": "w@example.com",
            "PREORDER_SMTP_HOST": "mail.example.com",
            "PREORDER_STATE_DIR": "~/watch",
            "PREORDER_RELEASES_FILE": "releases.csv",
        },
    )

    assert [store.country for store in settings.marketplace_ids] == ["JP", "US"]
    assert settings.email_to == ("a@example.com", "Shop <b@example.com>")
    assert settings.state_dir == tmp_path / "watch"
    assert settings.releases_file == tmp_path / "releases.csv"


@pytest.mark.parametrize("text", ["22:00-07:00", "22:00 〜 7:00", "22:00–07:00"])
def test_quiet_hours_are_what_the_timetable_reads(tmp_path: Path, text: str) -> None:
    """
    Two rooms read the same span.
    """
    quiet = loaded(tmp_path, {"PREORDER_QUIET_HOURS": text}).quiet_hours

    assert quiet == "22:00-07:00"
    assert QuietHours.parse(quiet) == QuietHours(time(22), time(7))


# --- places --------------------------------------------------------------------------------------------------------------


def test_the_stronger_place_wins(tmp_path: Path) -> None:
    """
    Command line, credential file, environment, .env, default: taken away one by one.
    """
    folder = tmp_path / "credentials"
    folder.mkdir()
    credential = env_file(folder / "preorder_poll_minutes", "3\n")
    env_file(tmp_path / ".env", "PREORDER_POLL_MINUTES=5\n")
    environ = {"CREDENTIALS_DIRECTORY": str(folder), "PREORDER_POLL_MINUTES": "4"}

    found = [loaded(tmp_path, environ, {"PREORDER_POLL_MINUTES": "2"}), loaded(tmp_path, environ)]
    credential.unlink()
    found += [loaded(tmp_path, environ), loaded(tmp_path), loaded(tmp_path, {"PREORDER_ENV_FILE": "/dev/null"})]

    assert [settings.poll_minutes for settings in found] == [2, 3, 4, 5, 15]
    assert [settings.came_from.get("poll_minutes", "default") for settings in found] == [
        "command line",
        f"credential file {credential}",
        "environment",
        str(tmp_path / ".env"),
        "default",
    ]


def test_the_first_env_file_is_read_and_no_other(tmp_path: Path) -> None:
    """
    $PREORDER_ENV_FILE, ./.env, ~/.config/…; ``searched`` says what became of each.
    """
    home, work = tmp_path / "home", tmp_path / "work"
    env_file(home / ".config" / "preorder-watchdog" / ".env", "PREORDER_POLL_MINUTES=3\nPREORDER_EXAMPLES=9\n")
    env_file(work / ".env", "PREORDER_POLL_MINUTES=2\n")
    named = env_file(tmp_path / "named.env", "PREORDER_POLL_MINUTES=1\n")

    first = load({}, {"HOME": str(home), "PREORDER_ENV_FILE": str(named)}, cwd=work)
    second = load({}, {"HOME": str(home)}, cwd=work)
    third = load({}, {"HOME": str(home)}, cwd=tmp_path)

    assert [(settings.poll_minutes, settings.examples) for settings in (first, second, third)] == [(1, 50), (2, 50), (3, 9)]
    assert second.searched[0] == f".env: {work / '.env'} (read)"
    assert third.searched[:2] == (
        f".env: {tmp_path / '.env'} (not there)",
        f".env: {home / '.config' / 'preorder-watchdog' / '.env'} (read)",
    )


def test_a_secret_folder_may_hold_names_without_the_prefix(tmp_path: Path) -> None:
    """
    ``LoadCredential=smtp_password:…``; other programs' files in the folder are left alone.
    """
    folder = tmp_path / "secrets"
    folder.mkdir()
    env_file(folder / "smtp_password", "hush\n")
    env_file(folder / "language", "xx")
    env_file(folder / "tls.key", "x")

    settings = loaded(tmp_path, {"PREORDER_SECRETS_DIR": str(folder), "PREORDER_SMTP_USERNAME": "w"})

    assert settings.smtp_password is not None and settings.smtp_password.get_secret_value() == "hush"
    assert settings.language == "ja"


def test_values_of_an_env_file_are_taken_as_written(tmp_path: Path) -> None:
    """
    A password may hold $ and #; a byte-order mark and comments in Japanese do no harm; other programs' names are theirs.
    """
    text = "\ufeff# 設定\nexport PREORDER_SMTP_PASSWORD='pa$$w0rd#1 ${HOME}'\nPREORDER_SMTP_USERNAME=w\nOTHER=1\n"
    env_file(tmp_path / ".env", text)

    settings = loaded(tmp_path)

    assert settings.smtp_password is not None and settings.smtp_password.get_secret_value() == "pa$$w0rd#1 ${HOME}"


# --- problems ------------------------------------------------------------------------------------------------------------


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    """
    With the option, its place, the fault and the option's help.
    """
    env_file(tmp_path / ".env", "PREORDER_TOLERANCE_DAYS=-1\nPREORDER_QUITE_HOURS=22:00-07:00\n")

    told = problems(tmp_path, {"PREORDER_POLL_MINUTES": "often", "PREORDER_SMTP_HOST": "mail.example.com"}, {"log_level": "loud"})

    env = tmp_path / ".env"
    assert set(told) == {
        f"PREORDER_QUITE_HOURS ({env}) is no option; did you mean PREORDER_QUIET_HOURS?",
        "PREORDER_EMAIL_FROM (not set) is missing; it is needed with PREORDER_SMTP_HOST. Sender of alert mails.",
        "PREORDER_EMAIL_TO (not set) is missing; it is needed with PREORDER_SMTP_HOST. Recipients of alert mails, with commas.",
        "PREORDER_POLL_MINUTES (environment) must be a whole number. Minutes between two turns of the patrol.",
        f"PREORDER_TOLERANCE_DAYS ({env}) must be at least 0. {options()['tolerance_days'].description}",
        "PREORDER_LOG_LEVEL (command line) must be 'debug', 'info', 'warning' or 'error'. What is logged: debug, info, warning or error.",
    }


def test_problems_are_told_in_japanese_to_a_japanese_seller(tmp_path: Path) -> None:
    """
    The default language.
    """
    about_format = options()["log_format"].json_schema_extra["ja"]
    with pytest.raises(ConfigError) as caught:
        loaded(tmp_path, {"PREORDER_POLL_MINUTES": "often", "PREORDER_QUITE_HOURS": "1", "PREORDER_LOG_FORMAT": "xml"})

    assert set(caught.value.problems) == {
        "PREORDER_POLL_MINUTES（環境変数）：整数で指定してください。巡回の間隔（分）。",
        "PREORDER_QUITE_HOURS（環境変数）という設定はありません。PREORDER_QUIET_HOURS のことですか。",
        f"PREORDER_LOG_FORMAT（環境変数）：'auto'、'json'、'console' のいずれかで指定してください。{about_format}",
    }


BROKEN = {
    "POLL_MINUTES": ("x", "0", "1.5", "2000"),
    "MARKETPLACE_IDS": ("ATLANTIS", ",", "JP,XX"),
    "LANGUAGE": ("fr",),
    "SELLER_NAME": ("x" * 81,),
    "YEAR_END_CLOSED": ("perhaps",),
    "QUIET_HOURS": ("22-7", "22:00", "25:00-07:00", "07:00-07:00", "night"),
    "SLACK_WEBHOOK_URL": (
        "hooks.slack.com/services/x",
        "http://hooks.slack.com/services/x",
        "https://hooks.slack.com",
        "https://[x",
        "x y",
    ),
    "WEBHOOK_URL": ("http://shop.example.com/in", "x y"),
    "WEBHOOK_SECRET": ("short",),
    "HEARTBEAT_URL": ("http://hc-ping.com/x", "hc-ping.com/x"),
    "PROXY_URL": ("proxy.example.com:3128", "https://proxy.example.com:3128", "http://proxy.example.com", "socks5://p:1"),
    "REPEAT_URGENT_HOURS": ("x", "3,1", "0,1", "-1", "99999"),
    "ESCALATE_AFTER_MINUTES": ("1", "x"),
    "MAINTENANCE": ("tomorrow", "Sun 02:00", "2027-01-03 09:00/2026-12-30 18:00"),
    "STORM_CAP": ("1", "x"),
    "ESCALATE_EMAIL_TO": ("boss",),
    "EMAIL_TO": ("shop", "a@b@c", "a b@c", "a@example.com,shop"),
    "EMAIL_FROM": ("nobody",),
    "SMTP_HOST": ("a b", "mail/x"),
    "SMTP_PORT": ("0", "65536", "x"),
    "SMTP_SECURITY": ("ssl",),
    "TEMPLATES_DIR": ("/nowhere/at/all",),
    "NORM_SHARE": ("0.5", "3/2", "0/3", "2/0"),
    "SPAPI_SELLER_ID": ("abc", "A1-SELLER-0000"),
    "SQS_QUEUE_URL": ("orders", "http://sqs.example/123456789012/q", "https://sqs.us-west-2.amazonaws.com/123/q"),
    "SQS_ACCESS_KEY_ID": ("AK IA", "鍵"),
    "RESET_WINDOW_HOURS": ("0", "x", "nan", "99999"),
    "REPLY_BY": ("noon", "24:00"),
    "EXAMPLES": ("0",),
    "LOG_LEVEL": ("loud",),
    "ALLOW_FUTURE": ("2",),
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in BROKEN.items() for text in texts])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_broken_value_is_named_with_a_sentence_of_our_own(tmp_path: Path, name: str, text: str, language: str) -> None:
    """
    Every fault the table can find has its words in both languages; the value itself is never quoted.
    """
    with pytest.raises(ConfigError) as caught:
        loaded(tmp_path, {"PREORDER_LANGUAGE": language, f"PREORDER_{name}": text})

    spoken = "ja" if name == "LANGUAGE" else language  # a language that is none is told in the marketplace's
    words = [max(re.split(r"\{[^}]*\}", forms[spoken]), key=len) for forms in FAULTS.values()]
    told = [problem for problem in caught.value.problems if problem.startswith(f"PREORDER_{name}")]
    assert len(told) == 1
    assert any(word in told[0] for word in words)


def test_a_secret_in_an_open_file_is_refused(tmp_path: Path) -> None:
    """
    Whatever its place, and also where a stronger place has the same option; names are told, values are not.
    """
    folder = tmp_path / "credentials"
    folder.mkdir()
    env_file(folder / "preorder_smtp_password", "hush", mode=0o644)
    env_file(tmp_path / ".env", f"PREORDER_SLACK_WEBHOOK_URL={HOOK}\nPREORDER_POLL_MINUTES=3\n", mode=0o604)

    told = problems(tmp_path, {"CREDENTIALS_DIRECTORY": str(folder), "PREORDER_SMTP_USERNAME": "w", "PREORDER_SLACK_WEBHOOK_URL": HOOK})

    assert len(told) == 2
    assert all("everybody on this machine can read it" in problem and "chmod 600" in problem and "hush" not in problem for problem in told)


def test_a_containers_secrets_may_be_readable(tmp_path: Path) -> None:
    """
    Docker, Compose and Podman put them into /run/secrets with mode 0444, and nobody else is in the container.
    """
    sealed = tmp_path / "run" / "secrets"
    sealed.mkdir(parents=True)
    env_file(sealed / "smtp_password", "hush", mode=0o444)
    machine = Machine({"PREORDER_SECRETS_DIR": str(sealed), "HOME": str(tmp_path)}, tmp_path, superuser=False)

    inside = gather({}, replace(machine, sealed=sealed))
    outside = gather({}, machine)

    assert (inside.texts["smtp_password"], inside.problems) == ("hush", [])
    assert [problem.fault for problem in outside.problems] == ["exposed"]


@pytest.mark.parametrize(
    "text", ["PREORDER_POLL_MINUTES=3\n", "PREORDER_SMTP_PASSWORD=\n", "PREORDER_DATABASE_URL=sqlite:////srv/watchdog.db\n"]
)
def test_an_open_file_without_secrets_is_fine(tmp_path: Path, text: str) -> None:
    """
    The example file copied with its default permissions works until a secret is written into it.
    """
    env_file(tmp_path / ".env", text, mode=0o644)

    assert loaded(tmp_path).searched[0].endswith("(read)")


@pytest.mark.parametrize(
    ("write", "says"),
    [
        pytest.param(lambda path: path.write_bytes("PREORDER_SELLER_NAME=店".encode("cp932")), "is not UTF-8 text", id="Shift JIS"),
        pytest.param(lambda path: path.write_text("PREORDER_POLL_MINUTES=3\n=5\n"), "line 2 is not NAME=value", id="broken line"),
    ],
)
def test_a_file_that_can_not_be_understood_is_named(tmp_path: Path, write: object, says: str) -> None:
    """
    With what is wrong with it.
    """
    assert callable(write)
    write(tmp_path / ".env")

    assert problems(tmp_path, {}) == (f"{tmp_path / '.env'} {says}{'; save it as UTF-8' if 'UTF' in says else ''}.",)


def test_a_place_that_can_not_be_read_is_named(tmp_path: Path) -> None:
    """
    A file where a folder was meant, a file the system won't give, a credential that is no text.
    """
    folder = tmp_path / "credentials"
    folder.mkdir()
    (folder / "preorder_smtp_password").write_bytes(b"\xff\xfe")
    plain = env_file(tmp_path / "plain", "x")

    unreadable = problems(tmp_path, {"PREORDER_ENV_FILE": "/proc/self/mem"})
    no_folder = problems(tmp_path, {"PREORDER_SECRETS_DIR": str(plain)})
    no_text = problems(tmp_path, {"CREDENTIALS_DIRECTORY": str(folder)})

    assert unreadable == ("/proc/self/mem can't be read (OSError).",)
    assert no_folder == (f"{plain} can't be read (NotADirectoryError).",)
    assert no_text == (f"{folder / 'preorder_smtp_password'} is not UTF-8 text; save it as UTF-8.",)


def test_a_name_like_no_other_gets_no_suggestion(tmp_path: Path) -> None:
    """
    From every place.
    """
    folder = tmp_path / "credentials"
    folder.mkdir()
    env_file(folder / "preorder_zzz", "1")

    told = problems(tmp_path, {"PREORDER_XXXX": "1", "CREDENTIALS_DIRECTORY": str(folder)}, {"yyy": "1"})

    assert set(told) == {
        "PREORDER_XXXX (environment) is no option",
        "PREORDER_YYY (command line) is no option",
        f"PREORDER_ZZZ (credential file {folder / 'preorder_zzz'}) is no option",
    }


@pytest.mark.parametrize("name", ["PREORDER_ENV_FILE", "PREORDER_SECRETS_DIR", "CREDENTIALS_DIRECTORY"])
def test_a_named_place_that_is_not_there_is_a_problem(tmp_path: Path, name: str) -> None:
    """
    A typo in its name must not mean "no settings".
    """
    assert problems(tmp_path, {name: str(tmp_path / "nowhere")}) == (f"{tmp_path / 'nowhere'} does not exist.",)


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"PREORDER_EMAIL_TO": "a@example.com"}, {"PREORDER_SMTP_HOST", "PREORDER_EMAIL_FROM"}),
        ({"PREORDER_SMTP_USERNAME": "w"}, {"PREORDER_SMTP_PASSWORD"}),
        ({"PREORDER_SMTP_PASSWORD": "hush"}, {"PREORDER_SMTP_USERNAME"}),
    ],
)
def test_half_a_mail_channel_is_a_problem(tmp_path: Path, environ: dict[str, str], named: set[str]) -> None:
    """
    Else the seller waits for mails that never come.
    """
    assert {problem.split()[0] for problem in problems(tmp_path, environ)} == named


@pytest.mark.parametrize(("host", "fine"), [("mail.example.com", False), ("localhost", True), ("127.0.0.1", True)])
def test_a_password_in_the_clear_stays_on_this_machine(tmp_path: Path, host: str, *, fine: bool) -> None:
    """
    ``none`` is for a relay beside the program.
    """
    mail = {"PREORDER_EMAIL_TO": "a@example.com", "PREORDER_EMAIL_FROM": "a@example.com", "PREORDER_SMTP_HOST": host}
    login = {"PREORDER_SMTP_SECURITY": "none", "PREORDER_SMTP_USERNAME": "w", "PREORDER_SMTP_PASSWORD": "hush"}
    if fine:
        assert loaded(tmp_path, mail | login).smtp_host == host
    else:
        assert [problem.split()[0] for problem in problems(tmp_path, mail | login)] == ["PREORDER_SMTP_SECURITY"]


def test_a_webhook_on_this_machine_is_allowed_only_by_its_switch(tmp_path: Path) -> None:
    """
    For tests and relays.
    """
    url = {"PREORDER_SLACK_WEBHOOK_URL": "http://127.0.0.1:8080/services/x"}

    assert len(problems(tmp_path, url)) == 1
    assert loaded(tmp_path, {**url, "PREORDER_ALLOW_PRIVATE_TARGETS": "1"}).slack_webhook_url is not None


def test_names_of_other_programs_do_not_matter(tmp_path: Path) -> None:
    """
    What does not begin with our prefix is nobody's mistake.
    """
    assert loaded(tmp_path, {"PREORDERS": "1", "WATCHDOG_USEC": "1"}).poll_minutes == 15


# --- secrets -------------------------------------------------------------------------------------------------------------


def with_secrets(folder: Path) -> Settings:
    """
    Load with every secret set.
    """
    return loaded(
        folder, {**SECRETS, "PREORDER_SMTP_USERNAME": "w", "PREORDER_SLACK_CHANNEL": "C0", "PREORDER_SPAPI_CLIENT_ID": "amzn1.client"}
    )


def test_the_secrets_of_the_test_are_all_there_are() -> None:
    """
    A new secret option must be tried here, too.
    """
    assert {name for name in options() if is_secret(name)} == {name.removeprefix("PREORDER_").lower() for name in SECRETS}


def test_no_secret_is_shown(tmp_path: Path) -> None:
    """
    Neither by ``config show`` nor in a traceback or a dump of the object.
    """
    settings = with_secrets(tmp_path)

    rows = {name: value for name, value, _ in shown(settings)}
    assert rows["PREORDER_SLACK_WEBHOOK_URL"] == rows["PREORDER_SMTP_PASSWORD"] == rows["PREORDER_SPAPI_REFRESH_TOKEN"] == "***"
    assert rows["PREORDER_DATABASE_URL"] == "postgresql+psycopg://seller:***@db.example.com/orders"
    assert "hush" not in f"{rows} {settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"


@pytest.mark.parametrize("name", SECRETS)
def test_no_problem_quotes_a_secret(tmp_path: Path, name: str) -> None:
    """
    A secret that is broken, misplaced or in an open file is named by its option alone.
    """
    secret = SECRETS[name]
    env_file(tmp_path / ".env", f"{name}='{secret}'\n{name}X='{secret}'\nPREORDER_POLL_MINUTES='{secret}'\n", mode=0o644)

    with pytest.raises(ConfigError) as caught:
        loaded(tmp_path, {"PREORDER_LANGUAGE": secret, "PREORDER_SLACK_WEBHOOK_URL": f"ftp://{secret}"}, {"smtp_port": secret})

    assert "hush" not in f"{caught.value} {caught.value.problems} {caught.value.__cause__!r}"


def test_the_log_is_told_every_secret_and_its_parts(tmp_path: Path) -> None:
    """
    A library may quote the path of a webhook without its host, or a database's password without its URL.
    """
    told = with_secrets(tmp_path).secrets

    assert set(SECRETS.values()) <= set(told)
    assert {"hush-database", "/services/T000/B000/hushhushhush", "hushhushhush", "/hush-heartbeat"} <= set(told)
    assert {"discord://hush-second/hush-list", "tgram://hush-third", "hush-proxy"} <= set(told)


def test_a_secret_that_is_a_broken_url_is_hidden_whole(tmp_path: Path) -> None:
    """
    What can't be taken apart is still a secret.
    """
    settings = loaded(tmp_path, {"PREORDER_APPRISE_URLS": "https://[hush", "PREORDER_DATABASE_URL": "postgresql://a:hush@[b"})

    assert set(settings.secrets) == {"https://[hush", "postgresql://a:hush@[b"}
    assert "hush" not in str(shown(settings))


def test_shown_says_where_each_value_came_from(tmp_path: Path) -> None:
    """
    Every option appears, also where nothing is set.
    """
    env_file(tmp_path / ".env", "PREORDER_POLL_MINUTES=3\nPREORDER_REPLY_BY=9:05\n")

    rows = {name: (value, where) for name, value, where in shown(loaded(tmp_path, {"PREORDER_NORM_SHARE": "3/4"}))}

    assert rows["PREORDER_POLL_MINUTES"] == ("3", str(tmp_path / ".env"))
    assert rows["PREORDER_REPLY_BY"] == ("09:05", str(tmp_path / ".env"))
    assert rows["PREORDER_NORM_SHARE"] == ("3/4", "environment")
    assert rows["PREORDER_EXAMPLES"] == ("50", "default")
    assert rows["PREORDER_YEAR_END_CLOSED"] == ("1", "default")
    assert rows["PREORDER_METRICS_PORT"] == ("", "default")


def test_settings_do_not_change(tmp_path: Path) -> None:
    """
    What was checked stays as it was.
    """
    settings = loaded(tmp_path)

    with pytest.raises(ValueError, match="frozen"):
        settings.poll_minutes = 1
