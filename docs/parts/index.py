"""The page that lists all platforms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docs.parts.declared import Declared
from docs.parts.markdown import bullets, code, link, paragraphs, table
from docs.parts.sources import kind, needs
from docs.parts.words import either, pace, price
from headcount.platforms.kit.contract import Source

HEADINGS = (
    "platform",
    "source",
    "what is asked",
    "precision",
    "at a time",
    "calls at most",
    "needs",
    "price of an account and day",
)


def index(everyone: Sequence[Declared]) -> str:
    """A line a source, then the platforms that have none."""
    asked = [each for each in everyone if each.sources]
    others = [each for each in everyone if not each.sources]
    return paragraphs(
        "# Platforms",
        "What is asked of each platform, how exact its answer is, how many accounts a request takes, how fast it may be asked,"
        " which credentials that needs, and what an account costs for a UTC day. Each platform has a page of its own.",
        table(HEADINGS, (row for each in asked for row in _rows(each))),
        "## Without a source",
        bullets(f"{_linked(each)}: {each.platform.no_source}" for each in others if not each.platform.retired),
        "## Closed",
        bullets(f"{_linked(each)}: since {_closed(each)}" for each in others if each.platform.retired),
        "---\n\nWritten by `make docs` from the modules of [the platforms](../../../src/headcount/platforms/).",
    )


def _rows(of: Declared) -> Iterator[tuple[str, ...]]:
    for name, ways in of.sources.items():
        yield (_linked(of), code(name), *_cells(of, ways))


def _cells(of: Declared, ways: Sequence[Source]) -> tuple[str, ...]:
    """What differs between the ways of a source stands side by side."""
    return (
        kind(ways[0]) + (", only if asked for" if ways[0].opt_in else ""),
        either(way.about for way in ways),
        either(f"{way.batch:,}" for way in ways),
        either(pace(way.pace) for way in ways),
        either(needs(of, way) for way in ways),
        either(price(way.micros) for way in ways),
    )


def _linked(of: Declared) -> str:
    return link(of.platform.name, f"{of.platform.slug}.md")


def _closed(of: Declared) -> str:
    closed = of.platform.retired
    return f"{closed.day} {closed:%B %Y}" if closed else ""
