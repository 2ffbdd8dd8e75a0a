"""One file a platform, found by name and imported when first asked for.

`kit` is what they are made of; `replies` reads what some of them say, where that takes more than a few lines. A platform never meets the network: a source is a generator that yields requests and outcomes (`kit.contract`).
Adding a platform is adding its file here; nothing else is edited.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from headcount.platforms.kit.contract import Platform

ALIASES = {"x": "twitter", "googleplus": "google", "google+": "google"}


@cache
def slugs() -> tuple[str, ...]:
    """The slugs of all platforms, in alphabetical order; imports none of them."""
    return tuple(sorted(module.name for module in iter_modules(__path__) if not module.ispkg))


def canonical(name: str) -> str:
    """The slug that `name` means: aliases understood, case ignored."""
    lower = name.strip().lower()
    return ALIASES.get(lower, lower)


def names() -> dict[str, str]:
    """What the platforms are called, by slug; imports all of them."""
    return {slug: platform(slug).name for slug in slugs()}


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
