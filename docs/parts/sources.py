"""The part of a platform's page about its sources: what each takes, how fast, how exactly, and what it says instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docs.parts.declared import Declared
from docs.parts.markdown import bullets, code, codes, paragraphs, table
from docs.parts.reasons import ALL_CAN, MEANS
from docs.parts.words import both, either, pace, price
from headcount.model import Reason
from headcount.platforms.kit.contract import Source, all_together


def sources(of: Declared, everyone: Sequence[Declared]) -> str:
    """The whole part; nothing, where a platform has no source."""
    if not of.sources:
        return ""
    told = (_source(of, name, _sharers(of, name, everyone)) for name in of.sources)
    return paragraphs("## Sources", _order(of), *told, "## Instead of a count", _instead(of))


def kind(source: Source) -> str:
    """What is asked: an interface for programs, or what everybody sees."""
    return "official API" if source.official else "public page"


def needs(of: Declared, source: Source) -> str:
    """What an operator must give it: the credentials that it takes, or those for which it is granted them."""
    known = {*of.platform.options, *(each.name for each in of.platform.credentials)}
    given = [names for names in _needed(source) if known.issuperset(names)]
    return ", or ".join(both([code(name) for name in names]) for names in given) or "nothing"


def _needed(source: Source) -> Iterator[Sequence[str]]:
    if source.needs:
        yield source.needs
    if grant := source.grant:
        yield tuple(dict.fromkeys([*(name for name in source.needs if name != grant.gives), *grant.needs]))


def _order(of: Declared) -> str:
    if len(of.sources) == 1:
        return f"One: {codes(of.sources)}."
    return (
        f"Asked in this order, as far as they have what they need, until an account has a count: {codes(of.sources)}."
        f" `[platforms.{of.platform.slug}] sources` chooses others or another order."
    )


def _source(of: Declared, name: str, sharers: Sequence[str]) -> str:
    ways = of.sources[name]
    best = ways[0]
    costs = f"{price(best.micros)} for each account and UTC day" if best.micros else "none"
    rows = ((_takes(way), f"{way.batch:,}", pace(way.pace), needs(of, way)) for way in ways)
    return paragraphs(
        f"### {code(name)}: {kind(best)}",
        f"Precision: {best.about}. Price: {costs}.",
        table(("takes", "at a time", "calls at most", "needs"), rows),
        bullets([*_remarks(of, best), *_conditional(of, ways), *_shares(best, sharers)]),
    )


def _takes(way: Source) -> str:
    return f"accounts whose id ({code(way.pinned)}) is known" if way.pinned else "any account"


def _remarks(of: Declared, source: Source) -> Iterator[str]:
    """What is particular about it, a sentence each."""
    if source.opt_in:
        yield f"It is asked only where `[platforms.{of.platform.slug}] sources` names it."
    if not source.official:
        yield 'It is never asked where `[collect] sources = "official"`.'
    if source.together is not all_together:
        yield "Only accounts of the same server share a request."
    if source.daily:
        yield f"A credential is granted {source.daily:,} calls a day."
    if source.control:
        yield (
            f"Where it does not show an account, {code(source.control)}, which certainly exists, is asked for as well:"
            " where that is not shown either, we are blocked."
        )


def _conditional(of: Declared, ways: Sequence[Source]) -> Iterator[str]:
    asked = [way for way in ways if way.conditional]
    given = "" if len(asked) == len(ways) else f" with {either(needs(of, way) for way in asked)}"
    if asked:
        yield f"Asked{given}, it says where nothing has changed since, and counts no call for that."


def _shares(source: Source, sharers: Sequence[str]) -> Iterator[str]:
    if sharers:
        yield f"It shares its pace with {both(sharers)}" + (", by the same credential." if source.needs else ".")


def _sharers(of: Declared, name: str, everyone: Sequence[Declared]) -> list[str]:
    """Other sources that draw on the same pool, here and elsewhere."""
    pool = of.sources[name][0].pace.pool
    return [
        code(other) if each.platform.slug == of.platform.slug else f"{code(other)} of {each.platform.name}"
        for each in everyone
        for other, ways in each.sources.items()
        if pool and ways[0].pace.pool == pool and (each.platform.slug, other) != (of.platform.slug, name)
    ]


def _instead(of: Declared) -> str:
    said = {reason: [name for name in of.sources if reason in _says(of, name)] for reason in MEANS}
    rows = (
        (code(reason), "any" if reason in ALL_CAN else codes(names), MEANS[reason])
        for reason, names in said.items()
        if names
    )
    return paragraphs(
        "An account that has no count is never zero. These are what the sources can say, beside"
        " [what can go wrong on the way](../reasons.md):",
        table(("reason", "said by", "meaning"), rows),
    )


def _says(of: Declared, name: str) -> set[Reason]:
    return {*ALL_CAN, *(reason for way in of.sources[name] for reason in way.misses)}
