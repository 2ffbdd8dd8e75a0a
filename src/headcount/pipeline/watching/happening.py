"""What happened lately, and has not been noted yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from headcount.model import HEADLINE
from headcount.news.story import Kind, Story
from headcount.pipeline.house import House
from headcount.pipeline.watching.passing import milestones
from headcount.store.noticing import Remark
from headcount.watch.look import Look

LATELY = timedelta(days=2)
"""Who watches once a day misses nothing."""

A_WEEK = timedelta(days=7)
"""So long milestones are noted afterwards: a count that was held, or could not be read, may be public days after it was taken."""

RULES: Mapping[str, Kind] = {"moved": "moved", "three_agree": "moved", "rounded": "rounded", "segment": "segment"}
"""What the rules of `check` say of a count that is accepted."""


def happenings(house: House, look: Look) -> tuple[Story, ...]:
    """What happened lately; each has a key of its own, by which it is noted once."""
    found = {
        each.key: each
        for each in (
            *_remarked(house, look),
            *milestones(house.store, _listed(look), look.at - A_WEEK, look.at + datetime.resolution),
            *_renamed(house, look),
            *_purges(look),
        )
    }
    noted = house.store.told(found)
    return tuple(story for key, story in found.items() if key not in noted)


def _listed(look: Look) -> frozenset[str]:
    return frozenset(each.key for each in look.accounts())


def _remarked(house: House, look: Look) -> Iterator[Story]:
    """What the rules said of counts, once a day of each; who fell with many others was told of with them."""
    concerned = _listed(look) - _fell_together(house, look)
    for each in house.store.remarks(look.at - LATELY):
        if each.metric == HEADLINE and each.decision == "accept" and each.rule in RULES and each.key in concerned:
            yield _remark(each)


def _fell_together(house: House, look: Look) -> frozenset[str]:
    """The accounts of purges that were noted lately, or are seen now."""
    noted = (each.story for each in house.store.events(look.at - LATELY))
    purges = (each for each in (*noted, *_purges(look)) if each.kind == "purge")
    return frozenset(key for each in purges for key in each.accounts)


def _remark(each: Remark) -> Story:
    day = f"{each.taken_at:%Y-%m-%d}"
    figures = {"count": each.count}
    return Story(RULES[each.rule], "notice", each.key, day, each.taken_at, (each.key,), each.detail, figures)


def _renamed(house: House, look: Look) -> Iterator[Story]:
    """Accounts that answer with another handle than before."""
    for key in _listed(look) & house.known.keys():
        held = house.known[key].held
        if len(held) > 1 and not held[-1].by and held[-1].since > look.at - LATELY:
            yield Story("renamed", "warning", key, held[-1].handle, held[-1].since, (key,))


def _purges(look: Look) -> Iterator[Story]:
    for slug, found in look.together.items():
        if found.what == "purge":
            figures = {"of": len(look.accounts(slug))}
            yield Story("purge", "notice", slug, f"{found.at:%Y-%m-%d}", found.at, found.accounts, figures=figures)
