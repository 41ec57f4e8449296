"""
The mail as bytes: whatever a title holds, the reader sees it as it was.
"""

from __future__ import annotations

import email
import email.policy

from hypothesis import given
from hypothesis import strategies as st

from tests.deliver.makers_deliver import a_message
from watchdog.deliver.letterhead import compose_mail
from watchdog.deliver.plain import clean, one_line

TITLES = st.text(
    st.one_of(st.sampled_from('予約注文 CD「初回」限定盤, :<>=?_@"\\()(503-0000001)#'), st.characters(codec="utf-8")), max_size=200
)


@given(TITLES)
def test_every_subject_survives_the_header(title: str) -> None:
    """
    Long, mixed, with whatever headers use for themselves.
    """
    raw = compose_mail(a_message(subject=title), sender="a@example.com", recipients=("b@example.com",)).as_bytes()

    assert email.message_from_bytes(raw, policy=email.policy.default)["Subject"] == one_line(title)


@given(TITLES)
def test_every_text_survives_the_body(text: str) -> None:
    """
    Nothing is lost but what can't be shown.
    """
    raw = compose_mail(a_message(text=text), sender="a@example.com", recipients=("b@example.com",)).as_bytes()

    body = email.message_from_bytes(raw, policy=email.policy.default).get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n").rstrip("\n") == clean(text).rstrip("\n")
