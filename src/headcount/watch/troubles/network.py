"""Nobody answers: that is not the platforms, it is the way to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from headcount.news.story import Story
from headcount.vitals.signs import AccountSigns
from headcount.watch.look import Look
from headcount.watch.troubles.platforms import OUT_OF_REACH
from headcount.watch.troubles.several import Several, keys


def network_troubles(look: Look) -> Iterator[Story]:
    """At least two platforms, or the only one, are out of reach, and nobody was counted since."""
    lost = {slug: some for slug in _slugs(look) if (some := _lost(look, slug))}
    if not lost or len(lost) < min(2, len(_slugs(look))):
        return
    since = max(map(_from, lost.values()))
    if _answered_since(look.accounts(), since):
        return
    affected = keys(each for some in lost.values() for each in some)
    yield Story("network", "urgent", "", since=since, accounts=affected, figures={"of": len(look.accounts())})


def _slugs(look: Look) -> list[str]:
    return sorted({each.platform for each in look.accounts()})


def _lost(look: Look, slug: str) -> Several:
    """The accounts of a platform that are out of reach, if none of the platform was counted since."""
    accounts = look.accounts(slug)
    lost = tuple(each for each in accounts if _is_lost(each))
    return lost if lost and not _answered_since(accounts, _from(lost)) else ()


def _is_lost(account: AccountSigns) -> bool:
    return account.health == "failing" and account.again and account.reason in OUT_OF_REACH


def _from(accounts: Several) -> datetime:
    return max(each.since for each in accounts if each.since)


def _answered_since(accounts: Several, since: datetime) -> bool:
    """Whether any of them was counted, or began to be refused in so many words, since."""
    return any((each.counted_at and each.counted_at >= since) or _refused_since(each, since) for each in accounts)


def _refused_since(account: AccountSigns, since: datetime) -> bool:
    refused = account.health == "failing" and account.reason not in OUT_OF_REACH
    return refused and account.since is not None and account.since >= since
