"""What is known to be true of every platform: one table a platform, found by name.

Adding a platform is adding its table here, its good replies in `good`, and what the demo server answers for it.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from tests.platforms.table import Table


def slugs() -> tuple[str, ...]:
    """The platforms that have a table, in alphabetical order."""
    return tuple(sorted(module.name for module in iter_modules(__path__)))


@cache
def table(slug: str) -> Table:
    """The table of that platform."""
    found: Table = import_module(f"{__name__}.{slug}").TABLE
    return found
