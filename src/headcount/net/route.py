"""Where a request goes: its URL, and where a redirect may lead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from urllib.parse import quote, urlencode

from yarl import URL

from headcount.errors import Unreachable
from headcount.net.message import Request

_SERVER = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+(:[0-9]{1,5})?")
_TEMPLATE = re.compile(r"\{([^{}]+)\}([/?].*)?", re.DOTALL)
_AUTHORITY = re.compile(r"([a-z0-9_]([a-z0-9_.-]*[a-z0-9_.])?|\[[0-9a-f:.]+\])(:[0-9]+)?")
_CLIMBS = re.compile(r"(^|/)(\.|%2e){1,2}(/|$)", re.IGNORECASE)
_STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")

_PATH_MARKS = "/%:@!$&'()*+,;=~"
_QUERY_MARKS = _PATH_MARKS + "?"
_URL_MARKS = _QUERY_MARKS + "[]"


class Servers(dict[str, str]):
    """Hosts by name, of a federated platform: the name of any other server is its address."""

    def __missing__(self, name: str) -> str:
        if not _SERVER.fullmatch(name):
            raise KeyError(name)
        return f"https://{name}"


def locate(request: Request, hosts: Mapping[str, str]) -> URL:
    """The URL of a request, percent-encoded; what is encoded already stays as it is.

    Raises:
        Unreachable: where the host is unknown, or the URL is not one that we would ask.
    """
    base, rest = _found(request.url, hosts)
    path, _, query = rest.partition("?")
    if _CLIMBS.search(path):
        raise Unreachable(f"a path that climbs ('..') is not asked for: {request.url.partition('?')[0]}")
    try:
        queries = [_encoded(query, _QUERY_MARKS)] if query else []
        queries += [urlencode(request.query, doseq=True, quote_via=quote)] if request.query else []
        return URL(
            _base(base) + _encoded(path, _PATH_MARKS) + ("?" + "&".join(queries) if queries else ""), encoded=True
        )
    except UnicodeError:
        raise Unreachable("a handle that is not text cannot be asked for") from None


def _found(url: str, hosts: Mapping[str, str]) -> tuple[str, str]:
    """Where the host of a URL is, and what stands behind it."""
    if match := _TEMPLATE.fullmatch(url):
        with suppress(KeyError):
            return hosts[match[1]], match[2] or ""
    raise Unreachable(f"no host is known for {url.partition('?')[0]}: see [platforms.NAME.hosts]")


def onward(url: URL, location: str, hosts: Mapping[str, str]) -> URL | None:
    """Where a redirect from `url` leads, where that is below one of `hosts`; None where it leads elsewhere."""
    place = location.partition("#")[0]
    try:
        target = url.join(URL(_encoded(place, _URL_MARKS), encoded=True))
        strange = _signed(target) or _CLIMBS.search(target.raw_path)
    except ValueError:
        return None
    if not place or strange:
        return None
    return next((reached for base in hosts.values() if (reached := _below(URL(_base(base)), target))), None)


@lru_cache(maxsize=1024)
def _base(text: str) -> str:
    """A base URL without its last slash.

    Raises:
        Unreachable: where it is not a plain http(s) URL of a host.
    """
    try:
        url = URL(text if text.isprintable() and not set(text) & set(" \\") else "")
        signed = _signed(url)
    except ValueError:
        raise Unreachable("a host is given as something that is not a URL: see [platforms.NAME.hosts]") from None
    if signed:
        raise Unreachable(f"the URL of {url.host} holds a user or password, which is not how sources sign in")
    if url.scheme not in ("http", "https") or not _AUTHORITY.fullmatch(url.raw_authority) or url.raw_query_string:
        raise Unreachable(f"{str(url.with_query(None))!r} is not the http(s) URL of a host: see [platforms.NAME.hosts]")
    return f"{url.scheme}://{url.raw_authority}{url.raw_path.rstrip('/')}"


def _signed(url: URL) -> bool:
    return url.raw_user is not None or url.raw_password is not None


def _below(base: URL, target: URL) -> URL | None:
    """The target, written with the base's own authority, if it is of the same origin and below the same path."""
    same_origin = (base.scheme, base.host, base.port) == (target.scheme, target.host, target.port)
    prefix = base.raw_path.rstrip("/")
    if not same_origin or not f"{target.raw_path}/".startswith(f"{prefix}/"):
        return None
    return URL(f"{base.scheme}://{base.raw_authority}{target.raw_path_qs}", encoded=True)


def _encoded(text: str, marks: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", text), safe=marks)
