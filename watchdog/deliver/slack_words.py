"""
Slack's words and what they mean for the operator; any other word is never quoted, it could echo what was sent.

Incoming webhooks: https://api.slack.com/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks ·
chat.postMessage: https://docs.slack.dev/reference/methods/chat.postMessage (table "Errors").
"""

from __future__ import annotations

WORDS = {
    "access_denied": "the app may not post there",
    "accesslimited": "the app may not be used in this workspace now",
    "account_inactive": "the app was removed from the workspace",
    "action_prohibited": "an administrator has restricted posting",
    "as_user_not_supported": "the token is no bot token",
    "channel_is_archived": "the channel is archived",
    "channel_not_found": "the channel does not exist, or the bot may not see it",
    "ekm_access_denied": "an administrator has suspended posting",
    "fatal_error": "Slack failed inside",
    "internal_error": "Slack failed inside",
    "invalid_auth": "the token or the webhook's URL is not valid any more",
    "invalid_blocks": "Slack does not accept the message's blocks",
    "invalid_blocks_format": "Slack does not accept the message's blocks",
    "invalid_payload": "Slack does not understand the message",
    "invalid_token": "the webhook's URL is not valid any more",
    "is_archived": "the channel is archived",
    "message_limit_exceeded": "the workspace has used up its messages",
    "method_not_supported": "the address is no incoming webhook",
    "missing_scope": "the app lacks the permission chat:write",
    "missing_text_or_fallback_or_attachments": "Slack misses the message's text",
    "msg_blocks_too_long": "the message's blocks are too long",
    "msg_too_long": "the message is too long",
    "no_active_hooks": "the webhook is switched off",
    "no_permission": "the app may not post there",
    "no_service": "the webhook was removed or switched off",
    "no_service_id": "the webhook's URL is not complete",
    "no_team": "the workspace does not exist",
    "no_text": "Slack misses the message's text",
    "not_allowed_token_type": "the token is no bot token",
    "not_authed": "the token is missing",
    "not_in_channel": "the bot is no member of the channel: /invite it",
    "org_login_required": "the workspace is being moved",
    "posting_to_general_channel_denied": "only administrators may post to this channel",
    "ratelimited": "too many messages",
    "rate_limited": "too many messages",
    "request_timeout": "the message did not arrive whole",
    "restricted_action": "an administrator has restricted posting",
    "rollup_error": "Slack failed inside",
    "service_unavailable": "Slack is out of order",
    "team_access_not_granted": "the app may not be used in this workspace",
    "team_added_to_org": "the workspace is being moved",
    "team_disabled": "the workspace is switched off",
    "token_expired": "the token has expired",
    "token_revoked": "the token or the webhook was revoked",
    "too_many_attachments": "the message has too many attachments",
    "user_not_found": "the user does not exist",
}
#: The text alone may pass where these are said.
FAULTS_OF_BLOCKS = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"})
#: These lie with the one message, the channel is well.
FAULTS_OF_MESSAGES = FAULTS_OF_BLOCKS | {
    "invalid_payload",
    "missing_text_or_fallback_or_attachments",
    "no_text",
    "too_many_attachments",
}
TRY_AGAIN = frozenset(
    {
        "fatal_error",
        "internal_error",
        "org_login_required",
        "rate_limited",
        "ratelimited",
        "request_timeout",
        "rollup_error",
        "service_unavailable",
        "team_added_to_org",
    }
)
#: The message whose thread was meant is gone; said on its own the notice still arrives.
NO_THREAD = frozenset({"thread_not_found", "message_not_found", "invalid_thread_ts", "cannot_reply_to_message"})
