"""`headcount doctor --hosts`: every host that an installation asks, from what the platforms declare and the operator set.

A platform's host is needed by its sources as its name says: `api` by official ones, `page` by those that read public pages,
`login` by those that have a credential granted, any other by all. The servers of a federated platform are those of the
handles in the roster; where a handle's domain only points to its server, which one that is comes out by asking.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial

from msgspec import structs
from yarl import URL

from headcount import platforms
from headcount.cli.examining.elsewhere import elsewhere
from headcount.cli.examining.need import Kind, Need, address
from headcount.collect.plan import Office, ways
from headcount.model import Entry
from headcount.net.bypass import bypasses
from headcount.net.message import Http
from headcount.pipeline.offices import office
from headcount.platforms.kit.contract import Source
from headcount.roster.read import examine
from headcount.settings import Settings

_KINDS: dict[str, Kind] = {"api": "official API", "page": "public pages", "login": "signing in"}

NO_CREDENTIAL = "no credential"


def every_host(settings: Settings) -> Iterator[Need]:
    """All of them: the platforms' by slug, then what the operator named. Nothing is opened but the roster.

    Raises:
        Mistake: where the roster cannot be read at all; single faults of it are for `headcount doctor`.
    """
    listed = _listed(settings)
    for slug in platforms.slugs():
        here = office(settings, slug)
        there = None if listed is None else tuple(entry for entry in listed if entry.platform == slug)
        for name, url in {**here.hosts, **_servers(here, there or ())}.items():
            yield _by_proxy(_need(here, name, url, there), url, settings.http)
    yield from elsewhere(settings)


def uses(name: str, source: Source) -> bool:
    """Whether a source asks the host of that name."""
    match name:
        case "api":
            return source.official
        case "page":
            return not source.official
        case "login":
            return source.grant is not None
        case _:
            return True


def _listed(settings: Settings) -> tuple[Entry, ...] | None:
    """Whom the roster has counted; None where there is no roster yet, and anybody may be."""
    organization = settings.organization
    if organization.roster is None:
        return None
    entries = examine(organization.roster, organization.org_chart).roster.entries
    return tuple(entry for entry in entries if entry.collect)


def _servers(here: Office, there: tuple[Entry, ...]) -> dict[str, str]:
    """Of a federated platform, the servers on which the roster has accounts: `nasa@mastodon.social`."""
    named = {entry.handle.rpartition("@")[2].lower() for entry in there if here.platform.federated}
    found = {}
    for server in sorted(named):
        with suppress(KeyError):
            found[server] = here.hosts[server]
    return found


def _need(here: Office, name: str, url: str, there: tuple[Entry, ...] | None) -> Need:
    host, port = address(url)
    users = [source for source in here.platform.sources if uses(name, source)]
    sources = tuple(dict.fromkeys(source.name for source in users))
    kind = _KINDS.get(name) or ("official API" if any(source.official for source in users) else "public pages")
    purpose = f"{here.platform.name}: {kind}" + (f", for {', '.join(sources)}" if sources else "")
    why = "no account in the roster" if there == () else _why_not(here, name, users)
    return Need(host, port, kind, purpose, here.platform.slug, sources, asked=not why, why=why)


def _why_not(here: Office, name: str, users: list[Source]) -> str:
    """Why nobody asks a host; empty where somebody does."""
    if any(uses(name, entry) for entries in ways(here) for entry in entries):
        return ""
    return "; ".join(dict.fromkeys(map(partial(_kept_from, here), users))) or "no source needs it"


def _kept_from(here: Office, source: Source) -> str:
    table = f"[platforms.{here.platform.slug}] sources"
    if here.official_only and not source.official:
        return '[collect] sources = "official"'
    if here.chosen is not None:
        return NO_CREDENTIAL if source.name in here.chosen else f"{table} leaves it out"
    return f"only where {table} names it" if source.opt_in else NO_CREDENTIAL


def _by_proxy(need: Need, url: str, http: Http) -> Need:
    if http.proxy is None or bypasses(URL(url), http.no_proxy):
        return need
    host, port = address(http.proxy)
    return structs.replace(need, through=f"{host}:{port}")
