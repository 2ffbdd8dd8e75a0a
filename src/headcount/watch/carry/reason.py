"""Why a letter was not taken, in our own words: Apprise's name the URL, with whatever is secret in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from http import HTTPStatus
from logging import WARNING, Handler, LogRecord
from urllib.parse import quote, unquote

from msgspec import Struct

from headcount.watch.letter import Receipt

SHORTEST = 4
"""Characters of a part of a URL that could be a secret; what is shorter is a word like any other."""
LONGEST = 200


class _Trouble(Struct, frozen=True):
    pattern: re.Pattern[str]
    says: str
    doubtful: bool = False


_TROUBLES = (
    _Trouble(re.compile(r"NameResolution|Name or service|getaddrinfo|Temporary failure in name"),
             "its host has no address: is the name right, and does DNS work here?"),
    _Trouble(re.compile(r"connect timeout|ConnectTimeout"), "it could not be connected to in time"),
    _Trouble(re.compile(r"CERTIFICATE_VERIFY_FAILED|certificate verify failed"),
             "its certificate is not trusted: where something here opens TLS, its certificate belongs in ca_bundle in [http]"),
    _Trouble(re.compile(r"ProxyError|Tunnel connection failed"), "the proxy did not connect to it"),
    _Trouble(re.compile(r"refused"), "nobody listens there (connection refused)"),
    _Trouble(re.compile(r"unreachable|No route to host"), "its network cannot be reached"),
    _Trouble(re.compile(r"timed out|did not finish within"), "it was not answered in time", doubtful=True),
    _Trouble(re.compile(r"aborted|Incomplete|unexpectedly closed|reset by peer|BadStatusLine|Response ended"),
             "the connection broke before it was answered", doubtful=True),
)  # fmt: skip

_STATUS = re.compile(r"error=(\d{3})\b")
_MAIL_STATUS = re.compile(r"Socket Exception: .*?\((\d{3}), b['\"](.*?)['\"][,)]")


class Heard(Handler):
    """Keeps what Apprise logs, and lets nobody else hear it."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[LogRecord] = []

    def emit(self, record: LogRecord) -> None:
        """Keep a line."""
        self.records.append(record)

    def take(self) -> list[LogRecord]:
        """What was logged since it was taken last."""
        taken, self.records = self.records, []
        return taken


def failure(records: Sequence[LogRecord], refused: Iterable[str], url: str) -> Receipt:
    """What is said of a letter that was not taken."""
    for refusal in refused:
        return Receipt(False, refusal)
    said = "\n".join(record.getMessage() for record in records)
    if status := _STATUS.search(said):
        return Receipt(False, _answered(int(status[1])))
    if status := _MAIL_STATUS.search(said):
        return Receipt(False, f"the mail server answered {status[1]} {scrubbed(status[2], url)}")
    for trouble in _TROUBLES:
        if trouble.pattern.search(said):
            return Receipt(False, trouble.says, trouble.doubtful)
    return Receipt(False, scrubbed(_last_warning(records), url))


def misunderstood(records: Sequence[LogRecord], url: str) -> Receipt:
    """What is said of a URL that Apprise cannot make anything of."""
    said = next((each.getMessage() for each in records if each.levelno >= WARNING), "")
    return Receipt(False, f"Apprise does not understand its URL: {scrubbed(said, url)}")


def scrubbed(words: str, url: str) -> str:
    """The words on one line, without any part of the URL but its scheme."""
    for part in sorted(set(_parts(url)), key=len, reverse=True):
        words = re.sub(re.escape(part), "[...]", words, flags=re.IGNORECASE)
    return "".join(letter if letter.isprintable() else " " for letter in words)[:LONGEST]


def _parts(url: str) -> Iterator[str]:
    """Each part of a URL behind its scheme, as it stands there, decoded, and encoded anew."""
    rest = url.partition("://")[2]
    for part in (rest, *re.split(r"[/:@?&=#+,;\[\]]", rest)):
        for form in (part, unquote(part), quote(unquote(part), safe="")):
            if len(form) >= SHORTEST:
                yield form


def _answered(status: int) -> str:
    phrase = HTTPStatus(status).phrase if status in {each.value for each in HTTPStatus} else ""
    onward = ": write the URL that it leads to" if 300 <= status < 400 else ""
    return f"it answered {status} {phrase}".rstrip() + onward


def _last_warning(records: Sequence[LogRecord]) -> str:
    said = [record.getMessage() for record in records if record.levelno >= WARNING]
    return said[-1] if said else "it was not taken, and nothing was said about why"
