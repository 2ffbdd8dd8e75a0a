"""Which hosts are reached without the proxy."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address, ip_network

from yarl import URL


def bypasses(url: URL, exceptions: Iterable[str]) -> bool:
    """Whether a URL is reached without the proxy: its host is named, in a named domain, or in a named network."""
    host = (url.host or "").rstrip(".").lower()
    return any(_excepts(each.strip().lower(), host, url.port) for each in exceptions)


def _excepts(exception: str, host: str, port: int | None) -> bool:
    if exception == "*":
        return True
    try:
        return ip_address(host) in ip_network(exception.strip("[]"), strict=False)
    except ValueError:
        name, _, number = exception.partition(":")
        domain = name.removeprefix("*").lstrip(".")
        return bool(domain) and f".{host}".endswith(f".{domain}") and number in ("", str(port))
