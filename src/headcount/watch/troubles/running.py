"""What does not run: jobs, targets, sources that are done without, accounts that nobody asks about."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from headcount.news.story import Severity, Story
from headcount.vitals.signs import AccountSigns, SourceSigns
from headcount.watch.look import Look
from headcount.watch.troubles.platforms import FINAL


def job_troubles(look: Look) -> Iterator[Story]:
    """Jobs that have not run for two of their slots, or do not come to their end."""
    for each in look.jobs():
        if each.health in {"stale", "failing"}:
            yield Story("job", "urgent", each.job, since=each.since)


def target_troubles(look: Look) -> Iterator[Story]:
    """Targets that could not be written twice in a row, or are no longer written."""
    for each in look.targets():
        if each.health == "stale" or (each.health == "failing" and each.again):
            yield Story("target", "urgent", each.target, since=each.since, detail=each.fault)


def source_troubles(look: Look) -> Iterator[Story]:
    """Sources that fail while another one counts for them."""
    for each in look.sources():
        accounts = tuple(account.key for account in look.accounts(each.platform) if _does_without(account, each))
        if _is_certain(each) and accounts:
            level: Severity = "warning" if each.reason in FINAL else "notice"
            way, figures = f"{each.platform}.{each.source}", {"of": len(look.accounts(each.platform))}
            yield Story("source", level, way, _reason(each), each.since, accounts, each.detail, figures)


def _reason(source: SourceSigns) -> str:
    return source.reason or ""


def _is_certain(source: SourceSigns) -> bool:
    return source.health == "failing" and (source.again or source.reason in FINAL)


def stale_troubles(look: Look) -> Iterator[Story]:
    """Accounts that are due and were not asked about, an incident a platform."""
    stale = [each for each in look.accounts() if each.health == "stale"]
    for slug, group in groupby(sorted(stale, key=_platform), key=_platform):
        accounts = tuple(group)
        since = min((each.since for each in accounts if each.since), default=None)
        keys, of = tuple(sorted(each.key for each in accounts)), len(look.accounts(slug))
        yield Story("stale", "warning", slug, since=since, accounts=keys, figures={"of": of})


def _platform(account: AccountSigns) -> str:
    return account.platform


def _does_without(account: AccountSigns, source: SourceSigns) -> bool:
    return account.health == "degraded" and account.reason == "fallback" and not account.source.endswith(source.source)
