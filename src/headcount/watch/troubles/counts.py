"""Counts that await a person, that went wrong together, or that no longer move."""

from __future__ import annotations

from collections.abc import Iterator

from headcount.news.story import Story
from headcount.vitals.signs import AccountSigns
from headcount.watch.look import Look, Rest, Together
from headcount.watch.troubles.platforms import MANY, at_once
from headcount.watch.troubles.several import Several, by_platform, earliest, keys


def held_troubles(look: Look) -> Iterator[Story]:
    """An incident for each held count; one for all of a platform that were held together."""
    held = [each for each in look.accounts() if each.health == "held"]
    for slug, alike in by_platform(held):
        many = _together(look, slug, alike)
        if many:
            yield _of_platform(look, slug, many)
        yield from (_of_account(look, each) for each in alike if each not in many)


def is_of_purge(look: Look, story: Story) -> bool:
    """Whether a held count is one of those that the platform brought down together: it will be released by itself."""
    found = look.together.get(story.subject.partition("/")[0])
    is_one = story.kind == "held" and story.reason != "leap" and found is not None
    return is_one and is_purge(found) and story.subject in (found.accounts if found else ())


def stuck_troubles(look: Look) -> Iterator[Story]:
    """An incident for each count that has not moved since it was said that it no longer does."""
    for each in look.accounts():
        rest = _rest(look, each.key)
        if rest and rest.count == each.count:
            yield Story("stuck", "notice", each.key, "", rest.since, (each.key,), figures={"count": rest.count})


def _rest(look: Look, key: str) -> Rest | None:
    """What was said of a count last, or is known of the incident that is open."""
    for told in look.told("stuck", key):
        return Rest(told.figures["count"], told.since or look.at)
    return look.rests.get(key)


def _together(look: Look, slug: str, held: Several) -> Several:
    """Those who belong to an incident of the platform: to one that was told, or to a new one if they are many."""
    for told in look.told("together", slug):
        return tuple(each for each in held if each.key in told.accounts)
    largest = at_once(look, "held", held)
    return largest if len(largest) >= MANY and not is_purge(look.together.get(slug)) else ()


def is_purge(found: Together | None) -> bool:
    """Whether a platform removed followers."""
    return found is not None and found.what == "purge"


def _of_platform(look: Look, slug: str, accounts: Several) -> Story:
    figures = {"of": len(look.accounts(slug))}
    return Story("together", "urgent", slug, since=earliest(accounts), accounts=keys(accounts), figures=figures)


def _of_account(look: Look, account: AccountSigns) -> Story:
    rule = look.rules.get(account.key, "")
    return Story("held", "warning", account.key, rule, account.since, (account.key,), detail=account.detail)
