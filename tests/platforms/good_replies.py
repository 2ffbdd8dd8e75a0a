"""Every good reply that the mutation test mutates: one or more for each source of every platform (`good`), found by name."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from tests.platforms import good
from tests.platforms.good.reply import Good


@cache
def replies() -> tuple[Good, ...]:
    """All of them; in half, everybody's id is pinned."""
    modules = [import_module(f"{good.__name__}.{module.name}") for module in iter_modules(good.__path__)]
    return tuple(
        reply
        for pinned in (False, True)
        for module in modules
        if hasattr(module, "replies")
        for reply in module.replies(pinned=pinned)
    )
