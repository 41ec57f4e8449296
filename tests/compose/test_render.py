"""
Templates: checked when the house starts, replaceable by the seller, unable to do harm.
"""

from __future__ import annotations

import pytest

from tests.compose.makers_compose import NOW, REPLY_BY, a_composer, a_file, a_ring, templates
from watchdog.compose.composer import TEMPLATES, Composer
from watchdog.terms.calendar import Calendar
from watchdog.terms.errors import ConfigError
from watchdog.terms.letter import LetterKind
from watchdog.terms.marketplace import JAPAN
from watchdog.terms.policy import Policy


def test_the_shipped_folder_holds_exactly_the_templates_there_are() -> None:
    """
    None is missing, none is left over.
    """
    assert set(templates()) == set(TEMPLATES)


def test_a_sellers_own_text_stands_in_the_place_of_ours() -> None:
    """
    Any fact of the table may be named.
    """
    composer = a_composer({"ja/ticket.txt": "件名 {{ order_id }}\n\n{{ corrected_date }}への訂正をお願いします。"})

    letter = composer.letter(LetterKind.TICKET, a_file(), language="ja", now=NOW, reply_by=REPLY_BY)
    assert letter.subject == "件名 503-1234567-7654321"
    assert letter.text == "2016年9月14日(水)への訂正をお願いします。\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ ordr_id }}", "`ordr_id` is no known name"),
        ("{% for move in moves %}{{ move.odl }}{% endfor %}", "`.odl` can't be used"),
        ("{% for move in moves %}{% endfor %}{{ move.old }}", "`move` is no known name"),
        ("{% if order_id %}", "can't be read"),
        ("{{ order_id.__class__ }}", "`.__class__` can't be used"),
        ("{{ order_id | shout }}", "`|shout` can't be used"),
        ("{{ order_id() }}", "`call` can't be used"),
        ("{{ order_id + 1 }}", "`add` can't be used"),
        ("{% if gap_days > 3 %}{% endif %}", "`gt` can't be used"),
        ("{% include 'en/alert.txt' %}", "`include` can't be used"),
        ("{% set x = order_id %}", "`assign` can't be used"),
        ("{{ moves[0] }}", "`getitem` can't be used"),
        ("{% for move in moves recursive %}{% endfor %}", "`recursive` can't be used"),
    ],
)
def test_a_wrong_template_is_refused_at_start(text: str, said: str) -> None:
    """
    The problem is named with the template, before any warning needs it.
    """
    with pytest.raises(ConfigError) as caught:
        a_composer({"en/ticket.txt": text})

    assert said in caught.value.problems[0]
    assert "en/ticket.txt" in caught.value.problems[0]


def test_every_problem_of_every_template_is_told_at_once() -> None:
    """
    The seller corrects all of them in one go.
    """
    with pytest.raises(ConfigError) as caught:
        a_composer({"en/ticket.txt": "{{ one }}{{ two }}", "ja/note.txt": "{{ three }}"})

    assert [problem.split("`")[1] for problem in caught.value.problems] == ["one", "two", "three"]


def test_a_missing_template_is_told_at_start() -> None:
    """
    Every missing one is named.
    """
    texts = {name: text for name, text in templates().items() if name != "ja/note.txt"}

    with pytest.raises(ConfigError) as caught:
        Composer(texts, calendars={JAPAN: Calendar()}, policy=Policy(), language="ja")
    assert caught.value.problems[0].startswith("テンプレート ja/note.txt：見つかりません")


def test_a_misnamed_template_is_told_at_start() -> None:
    """
    A seller's text that would never be used is an error, a hidden file of the system is none.
    """
    a_composer({"ja/.DS_Store": "\x00"})
    with pytest.raises(ConfigError) as caught:
        a_composer({"ja/tickets.txt": "件名"})

    assert "ja/tickets.txt: there is no template of that name" in caught.value.problems[0]


def test_a_sellers_alert_may_use_its_own_page() -> None:
    """
    The page's groups and lines are open to a seller's own alert.
    """
    own = "{% for group in groups %}{% for line in group.lines %}{{ loop.index }} {{ line.order_id | lower }}{% endfor %}{% endfor %}"
    composer = a_composer({"ja/alert.txt": own})

    (notice,) = composer.notices([a_ring()], language="ja", now=NOW, reply_by={})
    assert notice.text == "1 503-1234567-7654321\n"
