"""What the demo server answers: one file a platform, or one folder where there is much to say, found by name."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from headcount.demo.contract import Answers


def slugs() -> tuple[str, ...]:
    """The slugs of all platforms that are simulated, in alphabetical order; imports none of them."""
    return tuple(sorted(module.name for module in iter_modules(__path__)))


@cache
def answers(slug: str) -> Answers:
    """The answers of that platform.

    Raises:
        LookupError: where it is not simulated.
    """
    if slug not in slugs():
        raise LookupError(f"{slug!r} is not simulated; what is: {', '.join(slugs())}")
    found: Answers = import_module(f"{__name__}.{slug}").ANSWERS
    return found
