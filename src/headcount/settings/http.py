"""`[http]`: how the network is reached."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from headcount.net.message import Http
from headcount.settings.places import Places, listed
from headcount.settings.section import Section
from headcount.settings.urls import is_url

_LONGEST_WAIT = 600


def http(section: Section, places: Places) -> Http:
    """How the network is reached: the file first, then the environment."""
    environment = places.environment
    found = Http(
        contact=_contact(section),
        proxy=_proxy(section, environment),
        no_proxy=section.texts("no_proxy") or listed(_first(environment, "NO_PROXY")),
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
    if url and not is_url(url, "http", "https"):
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
