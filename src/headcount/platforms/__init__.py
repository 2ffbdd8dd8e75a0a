"""One file a platform, found by name and imported when first asked for.

A platform never meets the network: a source is a generator that yields requests and outcomes (`contract`). Adding a
platform is adding its file here; nothing else is edited.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from headcount.platforms.contract import Platform

ALIASES = {"x": "twitter", "googleplus": "google", "google+": "google"}
_SHARED = {
    "__init__", "contract", "counts", "credentials", "embedded", "google_errors", "graph", "graph_errors", "graph_usage",
    "handles", "languages", "matching", "oauth", "signing", "strict", "walls", "wire",
}  # fmt: skip


@cache
def slugs() -> tuple[str, ...]:
    """The slugs of all platforms, in alphabetical order; imports none of them."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in _SHARED))


def canonical(name: str) -> str:
    """The slug that `name` means: aliases understood, case ignored."""
    lower = name.strip().lower()
    return ALIASES.get(lower, lower)


@cache
def platform(slug: str) -> Platform:
    """The platform of that slug.

    Raises:
        LookupError: where there is none.
    """
    if slug not in slugs():
        raise LookupError(f"there is no platform called {slug!r}; there are {', '.join(slugs())}")
    module = import_module(f"{__name__}.{slug}")
    found: Platform = module.PLATFORM
    return found
