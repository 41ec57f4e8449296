"""
Let the outbox be walked in the order in which messages leave, and found by what was sent, given up, or is of one topic.

Why: with a thousand messages waiting after an outage each claim looked at all of them again and again, seconds under the writer's lock,
and every idle minute read all that was ever sent.
"""

from __future__ import annotations

from alembic import op

from watchdog.store.hints import give_hints
from watchdog.store.views import create_views, drop_views

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NEW = {
    "ix_messages_waiting": ["account_id", "waiting", "channel", "attempts", "message_no", "due_at"],
    "ix_messages_sent": ["account_id", "channel", "sent_at"],
    "ix_messages_given_up": ["account_id", "dead_at"],
    "ix_messages_topic": ["account_id", "topic", "channel", "message_no"],
}
_OLD = {"ix_messages_waiting": ["account_id", "waiting", "channel", "due_at"]}


def upgrade() -> None:
    _replace(_OLD, _NEW)


def downgrade() -> None:
    _replace(_NEW, _OLD)


def _replace(before: dict[str, list[str]], after: dict[str, list[str]]) -> None:
    """
    Swap the indexes; views and planner's hints are made anew as this program writes them.
    """
    drop_views(op.get_bind())
    for name in before:
        op.drop_index(name, "messages")
    for name, columns in after.items():
        op.create_index(name, "messages", columns)
    create_views(op.get_bind())
    give_hints(op.get_bind())
