"""What a setting that is a URL must look like."""

from __future__ import annotations

from urllib.parse import urlsplit


def is_url(url: str, *schemes: str) -> bool:
    """Whether it has one of these schemes, and a host."""
    try:
        parts = urlsplit(url)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return has_host and parts.scheme in schemes and url.isprintable()


def is_base_url(url: str) -> bool:
    """Whether paths can be put behind it: scheme, host, perhaps a port and a path, and nothing else."""
    try:
        parts = urlsplit(url)
        port_is_sane = parts.port != 0
    except ValueError:
        return False
    bare = not any((parts.username, parts.password, parts.query, parts.fragment))
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and bare and port_is_sane and url.isprintable()
