"""What lies outside: the network, the store, the targets, and who is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from headcount.net.message import Http
from headcount.settings.secrets import SECRET_WORDS, Places, in_the_clear, is_reference, referred
from headcount.settings.shape import Credentials, Serve, Target, Watch
from headcount.settings.toml import Section

_DATABASES = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgresql+psycopg": "postgresql+psycopg"}
_ORIGIN = re.compile(r"\*|https?://[^/?#\s@]+")
_LONGEST_WAIT = 600


def http(section: Section, places: Places) -> Http:
    """How the network is reached: the file first, then the environment."""
    environment = places.environment
    found = Http(
        contact=_contact(section),
        proxy=_proxy(section, environment),
        no_proxy=section.texts("no_proxy") or _list(_first(environment, "NO_PROXY")),
        ca_bundle=_ca_bundle(section, places),
        timeout=_timeout(section),
        max_body=section.whole("max_body", Http().max_body, least=1024),
        allow_private_addresses=section.flag("allow_private_addresses"),
    )
    section.close()
    return found


def _contact(section: Section) -> str:
    contact = section.text("contact")
    if contact.isascii() and contact.isprintable():
        return contact
    section.wrong("contact", "goes into a header of every request", "write a URL or an address, in plain ASCII")
    return ""


def _proxy(section: Section, environment: Mapping[str, str]) -> str | None:
    given = section.text("proxy")
    proxy = given or _first(environment, "HTTPS_PROXY") or _first(environment, "ALL_PROXY")
    url = proxy if "://" in proxy or not proxy else f"http://{proxy}"
    if url and not _is_url(url, "http", "https"):
        where = "must be" if given else "is taken from HTTPS_PROXY or ALL_PROXY, which must be"
        section.wrong("proxy", f"{where} an http or https URL, such as http://proxy.example.gov:3128")
    return url or None


def _ca_bundle(section: Section, places: Places) -> Path | None:
    given = section.text("ca_bundle")
    text = given or _first(places.environment, "SSL_CERT_FILE")
    path = places.path(text) if text else None
    if path and not _is_file(path):
        where = "is" if given else "is taken from SSL_CERT_FILE, which is"
        section.wrong("ca_bundle", f"{where} {path}, and there is no such file")
    return path


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _timeout(section: Section) -> float:
    seconds = section.value("timeout")
    if seconds is None:
        return Http().timeout
    if type(seconds) in {int, float} and isinstance(seconds, int | float) and 0 < seconds <= _LONGEST_WAIT:
        return float(seconds)
    section.wrong("timeout", f"must be a number of seconds, more than 0 and at most {_LONGEST_WAIT}")
    return Http().timeout


def _first(environment: Mapping[str, str], name: str) -> str:
    return environment.get(name, "") or environment.get(name.lower(), "")


def _list(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split(",") if each.strip())


def store(section: Section, places: Places, state: Path) -> str:
    """The database's URL, a SQLite file's path made absolute."""
    default = "sqlite:///headcount.db"
    is_elsewhere = is_reference(section.value("url"))
    url = (referred(section, "url", places) if is_elsewhere else section.text("url", default)) or default
    section.close()
    kind, mark, rest = url.partition("://")
    if not mark or kind not in _DATABASES:
        section.wrong("url", "is not the URL of a database that headcount knows", _how_stores_look())
    elif kind == "sqlite" and not rest.strip("/"):
        section.wrong("url", "names no file, and a store in memory forgets", _how_stores_look())
    elif kind == "sqlite":
        return f"sqlite:///{state / rest.removeprefix('/')}"
    return f"{_DATABASES.get(kind, kind)}://{rest}"


def _how_stores_look() -> str:
    return "sqlite:///headcount.db or postgresql+psycopg://user@host/database"


def target(publish: Section, name: str, places: Places) -> Target:
    """The target of that name."""
    section = publish.section(name)
    to = section.text("to")
    if not to:
        section.wrong(
            "to", "is missing: it names a folder or an object store", 'to = "public" or to = "s3://bucket/path"'
        )
    options = Credentials(dict(_options(section.section("options"), places)))
    section.close()
    return Target(name, to if "://" in to or not to else str(places.path(to)), options)


def _options(section: Section, places: Places) -> Iterator[tuple[str, str]]:
    """The options of an object store, as they are; those that are secrets say where they lie."""
    for name in section:
        value = section.value(name)
        if is_reference(value):
            yield name, referred(section, name, places) or ""
        elif isinstance(value, bool):
            yield name, str(value).lower()
        elif isinstance(value, int | float):
            yield name, str(value)
        elif any(word in name.lower() for word in SECRET_WORDS):
            section.wrong(name, *in_the_clear(name, f"HEADCOUNT_{section.path[-2]}_{name}".upper()))
        else:
            yield name, section.text(name)


def serve(section: Section) -> Serve:
    """How the HTTP interface presents itself."""
    found = Serve(
        base_path=section.text("base_path", Serve().base_path).rstrip("/"),
        cors_origins=section.texts("cors_origins", Serve().cors_origins),
    )
    if found.base_path and not found.base_path.startswith("/"):
        section.wrong("base_path", f"is {found.base_path!r}, which is not a path", f"did you mean /{found.base_path}?")
    for origin in found.cors_origins:
        if not _ORIGIN.fullmatch(origin):
            section.wrong(
                "cors_origins", f"names {origin!r}, which is not an origin", "https://example.gov, without a path, or *"
            )
    section.close()
    return found


def watch(section: Section, places: Places) -> Watch:
    """Who is told when something breaks."""
    heartbeat = _given_or_referred(section, "heartbeat", places)
    notify = section.value("notify")
    urls = _list(referred(section, "notify", places) or "") if is_reference(notify) else section.texts("notify")
    section.close()
    if heartbeat and not _is_url(heartbeat, "http", "https"):
        section.wrong("heartbeat", "must be an http or https URL")
    if not all("://" in url for url in urls):
        section.wrong("notify", "must be a list of Apprise URLs", 'notify = ["mailto://...", "slack://..."]')
    return Watch(
        notify=Credentials({str(number): url for number, url in enumerate(urls, 1)}),
        heartbeat=Credentials({"url": heartbeat} if heartbeat else {}),
    )


def _given_or_referred(section: Section, key: str, places: Places) -> str:
    return (referred(section, key, places) or "") if is_reference(section.value(key)) else section.text(key)


def _is_url(url: str, *schemes: str) -> bool:
    try:
        parts = urlsplit(url)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return has_host and parts.scheme in schemes and url.isprintable()
