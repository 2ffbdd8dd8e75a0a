"""All that a configuration has which nobody may see: credentials of platforms and stores, and what URLs have of secrets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from headcount.pipeline.offices import office
from headcount.platforms.kit.contract import Secrets
from headcount.settings import Settings
from headcount.settings.publish import is_secret

_SIGNED = re.compile(r"[a-z0-9+.-]+://([^/?#]*)@", re.IGNORECASE)
_PASSWORD = re.compile(r"[?&]password=([^&#]*)", re.IGNORECASE)
_BETWEEN = re.compile(r"[/:@?&=#+,;]+")
_PLAIN = re.compile(r"[a-z]*|[0-9.]*|[a-z0-9.-]+\.[a-z]{2,}")
"""A word, a number or a host: whoever took these out of a page for a secret would make another page of it."""


def hidden(settings: Settings) -> tuple[Secrets, ...]:
    """What nobody may see, whoever it is for; what is sent together is together."""
    of_platforms = (office(settings, slug).hidden(given.credentials) for slug, given in settings.platforms.items())
    of_targets = (
        {name: value for name, value in target.options.items() if is_secret(name.lower())}
        for target in settings.targets
    )
    return (*of_platforms, *of_targets, *({"url": each} for each in _of_urls(settings)))


def _of_urls(settings: Settings) -> Iterator[str]:
    """What opens the store, the proxy, the channels and the heartbeat to whoever knows it."""
    for url in (settings.store, settings.http.proxy or "", *(target.to for target in settings.targets)):
        yield from _signed(url)
    for url in (settings.watch.heartbeat.get("url", ""), *(each.url["url"] for each in settings.watch.channels)):
        yield from _signed(url)
        yield from _parts(url)


def _signed(url: str) -> Iterator[str]:
    """The user with the password, and the password where it stands among the options."""
    for pattern in (_SIGNED, _PASSWORD):
        yield from map(unquote, pattern.findall(url))


def _parts(url: str) -> Iterator[str]:
    """Whatever else may be a token: services put it where others have a host, a folder or an option."""
    rest = url.partition("://")[2]
    return (unquote(part) for part in _BETWEEN.split(rest) if not _PLAIN.fullmatch(part))
