"""The buckets of a configuration, reached as its `[http]` says."""

from __future__ import annotations

from collections.abc import Iterable

from yarl import URL

from headcount.errors import Mistake
from headcount.net.bypass import bypasses
from headcount.net.message import Http
from headcount.publish.delivery.bucket import Bucket
from headcount.publish.delivery.open import open_bucket
from headcount.publish.delivery.route import Route
from headcount.settings import Settings, Target


def chosen(settings: Settings, names: Iterable[str]) -> tuple[Target, ...]:
    """The targets of that name; all, where none is named.

    Raises:
        Mistake: where a target is named that there is none of.
    """
    wanted = tuple(names)
    known = [target.name for target in settings.targets]
    if unknown := [name for name in wanted if name not in known]:
        there = ", ".join(known) or "none"
        raise Mistake(f"there is no target called {unknown[0]!r} in {settings.file}; there are {there}")
    return tuple(target for target in settings.targets if not wanted or target.name in wanted)


def is_bucket(target: Target) -> bool:
    """Whether a target is an object store, not a folder."""
    return "://" in target.to


def bucket(settings: Settings, target: Target) -> Bucket:
    """The bucket that a target names. Nothing is sent yet.

    Raises:
        DeliveryError: where its URL or one of its options is not understood.
    """
    http = settings.http
    return open_bucket(
        target.to, target.options, target.encoding, Route(http.proxy or "", http.no_proxy, http.ca_bundle)
    )


def route_to(http: Http, url: str) -> Route:
    """How one URL is reached: the proxy is left out where it is reached without."""
    direct = http.proxy is None or bypasses(URL(url), http.no_proxy)
    return Route("" if direct else http.proxy or "", (), http.ca_bundle)
