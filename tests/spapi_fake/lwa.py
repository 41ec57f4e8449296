"""
Login with Amazon: refresh token in, access token out, good for an hour; and the tokens for restricted data.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from tests.spapi_fake.asked import Answer, Asked, Refusal

if TYPE_CHECKING:
    from tests.spapi_fake.world import World

LIVES = timedelta(hours=1)
_NOTIFICATIONS = "sellingpartnerapi::notifications"


@dataclass
class Lwa:
    """
    Whom it knows, and which tokens are good until when.
    """

    client_id: str = "amzn1.application-oa2-client.0fake0fake"
    client_secret: str = "amzn1.oa2-cs.v1.fakefakesecret"
    refresh_token: str = "Atzr|FakeRefreshToken"
    revoked: bool = False  #: the seller has withdrawn the authorisation
    secret_expired: bool = False  #: the 180 days are over
    issued: dict[str, datetime] = field(default_factory=dict)  #: token → good until
    grantless: set[str] = field(default_factory=set)
    restricted: dict[str, set[str]] = field(default_factory=dict)  #: restricted data token → paths
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def token(self, asked: Asked) -> Answer:
        """
        Answer one token request; its body is a form.
        """
        form: dict[str, str] = asked.body or {}
        if form.get("client_id") != self.client_id or form.get("client_secret") != self.client_secret or self.secret_expired:
            return _refused(401, "invalid_client", "Client authentication failed")
        match form.get("grant_type"):
            case "refresh_token":
                if form.get("refresh_token") != self.refresh_token or self.revoked:
                    return _refused(400, "invalid_grant", "The request has an invalid grant parameter : refresh_token")
                return self._issue(asked.at, refresh_token=self.refresh_token)
            case "client_credentials" if form.get("scope") == _NOTIFICATIONS:
                answer = self._issue(asked.at)
                self.grantless.add(answer.body["access_token"])
                return answer
            case "client_credentials":
                return _refused(400, "invalid_scope", "The requested scope is invalid")
            case _:
                return _refused(400, "unsupported_grant_type", "The grant type is not supported")

    def _issue(self, now: datetime, **more: str) -> Answer:
        token = f"Atza|FakeAccessToken{next(self._numbers):04d}"
        self.issued[token] = now + LIVES
        body = {"access_token": token, "token_type": "bearer", "expires_in": int(LIVES.total_seconds()), **more}
        return Answer(200, body, {"cache-control": "no-store"})

    def restrict(self, _world: World, asked: Asked) -> Answer:
        """
        Answer a request for a token that opens restricted documents.
        """
        token = f"Atz.sprdt|FakeRestricted{next(self._numbers):04d}"
        self.issued[token] = asked.at + LIVES
        self.restricted[token] = {resource["path"] for resource in asked.body["restrictedResources"]}
        return Answer(200, {"restrictedDataToken": token, "expiresIn": int(LIVES.total_seconds())})

    def is_restricted(self, asked: Asked) -> bool:
        """
        Say whether the request carries a token for restricted data.
        """
        return asked.headers.get("x-amz-access-token") in self.restricted

    def expire(self) -> None:
        """
        Let every token end now.
        """
        self.issued.clear()

    def admit(self, headers: Any, asked_path: str, now: datetime, *, grantless: bool) -> None:
        """
        Let the request through if its token is good for it.

        Raises:
            Refusal: 403, as Amazon says it.
        """
        token = headers.get("x-amz-access-token")
        if not token:
            raise Refusal(403, "Unauthorized", "Access to requested resource is denied.")
        if self.issued.get(token, now) <= now:
            raise Refusal(403, "Unauthorized", "The access token you provided has expired.")
        if (token in self.grantless) != grantless or (token in self.restricted and asked_path not in self.restricted[token]):
            raise Refusal(403, "Unauthorized", "Access to requested resource is denied.")


def _refused(status: int, error: str, description: str) -> Answer:
    return Answer(status, {"error": error, "error_description": description})
