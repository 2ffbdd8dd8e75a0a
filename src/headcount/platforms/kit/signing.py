"""Signing with what nearly all platforms take: a header that holds a credential. In an address it would stand in logs."""

from __future__ import annotations

from base64 import b64encode
from functools import reduce
from urllib.parse import quote

from msgspec import structs

from headcount.net.message import Request
from headcount.platforms.kit.contract import Secrets, Sign


def authorized(request: Request, how: str) -> Request:
    """The request with an Authorization header."""
    return structs.replace(request, headers={**request.headers, "authorization": how})


def bearer(name: str) -> Sign:
    """Sign with the credential of that name as a bearer token."""
    return lambda request, secrets: authorized(request, f"Bearer {secrets[name]}")


def header(title: str, name: str) -> Sign:
    """Sign with the credential of that name in a header of the platform's own."""
    return lambda request, secrets: structs.replace(request, headers={**request.headers, title: secrets[name]})


def in_turn(*signs: Sign) -> Sign:
    """Sign in several ways, one after the other."""
    return lambda request, secrets: reduce(lambda signed, sign: sign(signed, secrets), signs, request)


def basic(user: str, password: str) -> Sign:
    """Sign with two credentials, which are percent-encoded first, as OAuth has it (RFC 6749, section 2.3.1)."""

    def sign(request: Request, secrets: Secrets) -> Request:
        pair = f"{quote(secrets[user], safe='')}:{quote(secrets[password], safe='')}"
        return authorized(request, f"Basic {b64encode(pair.encode()).decode()}")

    return sign
