"""A platform's page, from what its module declares."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docs.parts.access import credentials, hosts, options
from docs.parts.accounts import accounts
from docs.parts.declared import Declared
from docs.parts.markdown import code, paragraphs
from docs.parts.sources import sources
from docs.parts.terms import terms
from docs.parts.words import sentence
from headcount.platforms import ALIASES

_ADDRESS = re.compile(r"https?://[^\s)>`]*[^\s)>`.,]")
_NAMED = re.compile(r"^- (\w+):", re.MULTILINE)


def page(of: Declared, everyone: Sequence[Declared]) -> str:
    """The whole page."""
    slug = of.platform.slug
    return paragraphs(
        f"# {of.platform.name}",
        _about(of),
        f"In rosters and configurations it is called {_names(slug)}.",
        _standing(of),
        sources(of, everyone),
        credentials(of),
        options(of),
        hosts(of),
        accounts(of),
        terms(of),
        f"---\n\nWritten by `make docs` from [{slug}.py](../../../src/headcount/platforms/{slug}.py), where it is mended."
        " [All platforms](README.md)",
    )


def _about(of: Declared) -> str:
    """The module's docstring, which is Markdown but for bare addresses."""
    about = of.about.removeprefix(f"{of.platform.name}: ") if of.sources else of.about
    lead = "" if about == of.about else "What is counted: "
    return lead + _NAMED.sub(r"- `\1`:", _ADDRESS.sub(r"<\g<0>>", about))


def _names(slug: str) -> str:
    others = [code(name) for name, meant in ALIASES.items() if meant == slug]
    return " or ".join([code(slug), *others])


def _standing(of: Declared) -> str:
    """Why it has no source, where it has none."""
    if closed := of.platform.retired:
        return (
            f"It closed on {closed.day} {closed:%B %Y}. Its accounts are told as `retired`, which is"
            " [nobody's failure](../reasons.md)."
        )
    return "" if of.sources else sentence(of.platform.no_source or "headcount does not count it yet")
