"""The hosts that the operator names: proxy, database, object stores, and whoever is told. None of their secrets is shown.

Many Apprise URLs have a token where the host would stand (`slack://TOKEN/...`): a host is shown only of schemes that are
known to have one there, or to belong to a service with known hosts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from urllib.parse import parse_qs, urlsplit

from headcount.cli.examining.need import ANY, Need, address
from headcount.settings import Settings, Target

_BUCKETS = {
    "s3": "*.amazonaws.com",
    "s3a": "*.amazonaws.com",
    "gs": "*.googleapis.com",
    "az": "*.core.windows.net",
    "azure": "*.core.windows.net",
    "abfs": "*.core.windows.net",
    "abfss": "*.core.windows.net",
}
"""Where object stores are that have no endpoint of their own."""

_WITH_HOST = {
    **dict.fromkeys(("http", "json", "xml", "form", "gotify", "mmost"), 80),
    **dict.fromkeys(("https", "jsons", "xmls", "forms", "gotifys", "mmosts"), 443),
    "mailto": 25,
    "mailtos": 587,
}
"""Schemes of Apprise whose URLs name a host, with the port that it has by itself."""

_SERVICES = {
    "slack": ("hooks.slack.com", "slack.com"),
    "discord": ("discord.com",),
    "tgram": ("api.telegram.org",),
    "msteams": ("*.webhook.office.com", "outlook.office.com"),
}


def elsewhere(settings: Settings) -> Iterator[Need]:
    """Every host that the configuration names itself."""
    if settings.http.proxy:
        yield Need(*address(settings.http.proxy), "proxy", "proxy: the platforms are asked through it")
    yield from (Need(*place, "store", "store: the database") for place in _databases(settings.store))
    yield from chain.from_iterable(map(_target, settings.targets))
    yield from chain.from_iterable(_told(each.name, each.url["url"]) for each in settings.watch.channels)
    for url in settings.watch.heartbeat.values():
        yield Need(*address(url), "heartbeat", "watch: the heartbeat of each run")


def _databases(url: str) -> Iterator[tuple[str, int]]:
    """A file has no host, nor has a socket; several hosts stand in the query."""
    parts = urlsplit(url)
    named = ",".join(parse_qs(parts.query).get("host", []))
    others = (address(f"{parts.scheme}://{host}") for host in named.split(",") if not host.startswith("/"))
    yield from ((host, port) for host, port in (address(url), *others) if host)


def _target(target: Target) -> Iterator[Need]:
    scheme = urlsplit(target.to).scheme if "://" in target.to else ""
    purpose = f"publish: target {target.name}"
    if endpoint := _endpoint(target.options):
        yield Need(*address(endpoint), "target", purpose)
    elif scheme in _BUCKETS:
        yield Need(_BUCKETS[scheme], 443, "target", purpose)
    elif scheme in ("http", "https"):
        yield Need(*address(target.to), "target", purpose)


def _endpoint(options: Mapping[str, str]) -> str:
    """Where an object store is that is not its maker's: `endpoint`, `aws_endpoint_url`."""
    return next((value for name, value in options.items() if "endpoint" in name.lower() and "://" in value), "")


def _told(number: str, url: str) -> Iterator[Need]:
    scheme = url.partition("://")[0].lower()
    purpose = f"watch: notify {number}, by {scheme}"
    if scheme in _SERVICES:
        yield from (Need(host, 443, "notify", purpose) for host in _SERVICES[scheme])
    elif scheme in _WITH_HOST and (named := _named(url, _WITH_HOST[scheme])):
        yield Need(*named, "notify", purpose)
    else:
        yield Need(ANY, 443, "notify", f"{purpose}: Apprise's own page of it names the hosts")


def _named(url: str, port: int) -> tuple[str, int] | None:
    """The host of a URL, or the mail server that it names beside; None where it is no URL that can be read."""
    try:
        host, number = address(url, port)
        servers = parse_qs(urlsplit(url).query).get("smtp", [host])
    except ValueError:
        return None
    return (servers[0], number) if servers[0] else None
