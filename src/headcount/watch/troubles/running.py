"""What does not run: jobs, targets, sources that are done without, accounts that nobody asks about."""

from __future__ import annotations

from collections.abc import Iterator

from headcount.model import plain_source
from headcount.news.story import Severity, Story
from headcount.vitals.signs import AccountSigns, SourceSigns
from headcount.watch.look import Look
from headcount.watch.troubles.platforms import FINAL
from headcount.watch.troubles.several import by_platform, earliest, keys


def job_troubles(look: Look) -> Iterator[Story]:
    """Jobs that have not run for two of their slots, or do not come to their end."""
    for each in look.jobs():
        if each.health in {"stale", "failing"}:
            yield Story("job", "urgent", each.job, since=each.since)


def idle_jobs(look: Look) -> Iterator[Story]:
    """Jobs that never ran. They are no trouble by themselves: every job begins so."""
    return (Story("job", "urgent", each.job) for each in look.jobs() if each.health == "never")


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
            yield Story("source", level, way, each.reason or "", each.since, accounts, each.detail, figures)


def _is_certain(source: SourceSigns) -> bool:
    return source.health == "failing" and (source.again or source.reason in FINAL)


def stale_troubles(look: Look) -> Iterator[Story]:
    """Accounts that are due and were not asked about, an incident a platform."""
    stale = [each for each in look.accounts() if each.health == "stale"]
    for slug, accounts in by_platform(stale):
        figures = {"of": len(look.accounts(slug))}
        yield Story("stale", "warning", slug, since=earliest(accounts), accounts=keys(accounts), figures=figures)


def _does_without(account: AccountSigns, source: SourceSigns) -> bool:
    return account.reason == "fallback" and plain_source(account.source) != source.source
