"""How an app's own bearer token is had from its key and secret.

https://www.rfc-editor.org/rfc/rfc6749#section-4.4
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Annotated

from msgspec import Meta, Struct

from headcount.net.message import Post, Reply, Request
from headcount.platforms.kit.contract import Grant, Refusal, Sign
from headcount.platforms.kit.wire import decode

CLIENT = ("client_id", "client_secret")
"""What several platforms call an app's id and secret."""


class Token(Struct):
    access_token: Annotated[str, Meta(min_length=1, max_length=8_000, pattern=r"\A[!-~]+\Z")]
    """Printable ASCII; Reddit's are JSON Web Tokens of some thousand characters."""


def client_credentials(
    url: str, refusal: Callable[[Reply], Refusal | None]
) -> Callable[[], Generator[Request, Reply, str | Refusal]]:
    """What asks for the token at that address; `refusal` says what the platform's own refusals mean."""

    def ask() -> Generator[Request, Reply, str | Refusal]:
        reply = yield Post(url, form={"grant_type": "client_credentials"})
        if reply.status == 200:
            return decode(reply.body, Token).access_token
        detail = f"HTTP {reply.status} for this key and secret"
        return refusal(reply) or Refusal("bad_credentials", detail, scope="credential")

    return ask


def app_token(url: str, refusal: Callable[[Reply], Refusal | None], sign: Sign) -> Grant:
    """Has the credential `token` granted for an app's id and secret, with which `sign` signs."""
    return Grant(CLIENT, "token", client_credentials(url, refusal), sign)
