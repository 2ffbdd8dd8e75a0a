"""What an object store's refusals mean, in words that say what to do.

The library's own messages are never passed on: a signed URL in one of them would be a secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from obstore.exceptions import BaseError

from headcount.errors import DeliveryError

TROUBLE = (BaseError, FileNotFoundError, PermissionError, ValueError)
"""Everything that obstore raises."""

_WRONG_PAIR = "the secret does not belong to the key: correct it in [publish.NAME.options], or where that refers to"
_KEY = "it does not know this key: correct it in [publish.NAME.options], or where that refers to"
_DENIED = (
    "the key may not do this: give it the rights that docs/how-to/publish-to-a-bucket.md lists, and look whether a policy "
    "of the bucket forbids it"
)
_NO_BUCKET = "there is no such bucket: make it, or correct `to`"
_CLOCK = "this machine's clock differs from its own: set it (chrony, systemd-timesyncd)"
_REGION = "the bucket is in another region: set `region` in [publish.NAME.options]"
_BUSY = "it is too busy, or in trouble: try again later"
_NO_KEY = (
    "no credentials were given: set them in [publish.NAME.options] or in the environment, as "
    "docs/how-to/publish-to-a-bucket.md shows"
)
_PLAIN = "the endpoint is http, which must be allowed: allow_http = true in [publish.NAME.options], or use https"
_UNREACHABLE = "it cannot be reached: look at `endpoint`, the proxy, the firewall and the object store itself"
_NO_STORE = 'that is no object store: write to = "s3://bucket/path", gs:// or az://, or the path of a folder'
_BROKEN_KEY = "the credentials in [publish.NAME.options] cannot be read as such: look at what they refer to"
_STALE = "the session token has expired: have a new one made"

_CODES = {
    "AccessDenied": _DENIED,
    "AllAccessDisabled": _DENIED,
    "AuthenticationFailed": f"{_WRONG_PAIR}. It may also be that {_CLOCK}",
    "AuthorizationFailure": _DENIED,
    "AuthorizationHeaderMalformed": _REGION,
    "AuthorizationPermissionMismatch": _DENIED,
    "ContainerNotFound": _NO_BUCKET,
    "ExpiredToken": _STALE,
    "IllegalLocationConstraintException": _REGION,
    "InvalidAccessKeyId": _KEY,
    "InvalidAuthenticationInfo": _WRONG_PAIR,
    "InvalidBucketName": "no bucket can have that name: correct `to`",
    "InvalidToken": _STALE,
    "NoSuchBucket": _NO_BUCKET,
    "PermanentRedirect": _REGION,
    "QuotaExceeded": "it has no room left: remove something, or have the quota raised",
    "RequestTimeTooSkewed": _CLOCK,
    "SignatureDoesNotMatch": _WRONG_PAIR,
    "SlowDown": _BUSY,
}
_PHRASES = {
    "Generic Config error": "an option in [publish.NAME.options] has a value that obstore does not understand",
    "Unable to recognise URL": _NO_STORE,
    "Missing AccessKeyId": _NO_KEY,
    "Missing SecretAccessKey": _NO_KEY,
    "service account file": _BROKEN_KEY,
    "reading pem file": _BROKEN_KEY,
    "Invalid Access Key": _BROKEN_KEY,
    "Account must be specified": "the account is missing: set `account_name` in [publish.NAME.options]",
    "169.254.169.254": _NO_KEY,
    "does not accept any configuration": _NO_STORE,
    "builder error": _PLAIN,
    "error sending request": _UNREACHABLE,
    "HTTP error": _UNREACHABLE,
    "timed out": _UNREACHABLE,
}
_STATUSES = {401: _KEY, 403: _DENIED, 404: _NO_BUCKET, 507: _CODES["QuotaExceeded"]}

_BUCKETLESS = {"ContainerNotFound", "NoSuchBucket"}

_CODE = re.compile(r"<Code>(\w+)</Code>")
_STATUS = re.compile(r"status code: (\d{3})")
_DETAILS = "\n\n"


@contextmanager
def explained(address: str) -> Iterator[None]:
    """Turn whatever the store says into a DeliveryError that says what to do."""
    try:
        yield
    except TROUBLE as error:
        raise fault(address, error) from None


def fault(address: str, error: Exception) -> DeliveryError:
    """What a refusal of the store at `address` means."""
    return DeliveryError(f"{address}: {_meaning(error)}. Nothing counted is lost; the next publish catches up.")


def status(error: Exception) -> int:
    """The HTTP status that the store answered with; 0: it did not answer."""
    found = _STATUS.search(_first(error))
    return int(found[1]) if found else 0


def code(error: Exception) -> str:
    """The store's own word for what is wrong; empty where it has none."""
    found = _CODE.search(_first(error))
    return found[1] if found else ""


def meaning_of(word: str) -> str:
    """What to do about a refusal, by the store's own word for it."""
    return _CODES.get(word, f"it refused ({word or 'without a word'})")


def is_bucketless(error: Exception) -> bool:
    """Whether it is the bucket that is missing, and not the object."""
    return code(error) in _BUCKETLESS


def is_in_doubt(error: Exception) -> bool:
    """Whether a write may have been done although no answer says so."""
    return status(error) == 0 or status(error) >= 500


def _meaning(error: Exception) -> str:
    number = status(error)
    known = (_CODES.get(code(error)), _phrase(_first(error)), _STATUSES.get(number), _BUSY if number >= 500 else None)
    return next(filter(None, known), None) or meaning_of(code(error) or f"status {number or 'unknown'}")


def _phrase(text: str) -> str | None:
    return next((meaning for phrase, meaning in _PHRASES.items() if phrase in text), None)


def _first(error: Exception) -> str:
    """The message without the library's details."""
    return str(error).partition(_DETAILS)[0]
