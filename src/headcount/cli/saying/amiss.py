"""What is wrong with platforms, sources, jobs, targets and tokens: a line each, with what to do about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, tzinfo

from headcount import platforms
from headcount.news.naming import moment
from headcount.news.story import Story
from headcount.news.words import advice, title
from headcount.vitals.signs import AccountSigns, PlatformSigns, SourceSigns, Vitals
from headcount.watch.look import Look
from headcount.watch.troubles.ours import credential_troubles


def amiss(vitals: Vitals, expiries: Mapping[str, date], zone: tzinfo) -> list[str]:
    """What is wrong, the gravest first. Times are shown in `zone`; `expiries` are the last days of credentials."""
    tokens = credential_troubles(Look(at=vitals.at, today=vitals.at.astimezone(zone).date(), expiries=expiries))
    stories = (*_jobs(vitals), *_platforms(vitals), *_sources(vitals), *_targets(vitals), *tokens)
    names = {each.platform: platforms.platform(each.platform).name for each in vitals.platforms}
    return [_line(story, names, zone) for story in stories]


def _line(story: Story, names: dict[str, str], zone: tzinfo) -> str:
    since = f", since {moment(story.since, zone)}" if story.since else ""
    detail = f" ({story.detail})" if story.detail else ""
    return f"{title(story, 'opened', names)}{since}{detail}. {advice(story)}"


def _jobs(vitals: Vitals) -> Iterator[Story]:
    for each in vitals.jobs:
        if each.health != "ok":
            said = "" if each.since else "it has never run to its end"
            yield Story("job", "urgent", each.job, since=each.since, detail=said)


def _platforms(vitals: Vitals) -> Iterator[Story]:
    """That accounts are stale is said only where it has no cause that is said already: a job that does not run."""
    runs = all(job.health == "ok" for job in vitals.jobs)
    for each in vitals.platforms:
        accounts = [account for account in vitals.accounts if account.platform == each.platform]
        if each.health == "failing":
            yield _failing(each, accounts)
        if runs and (stale := tuple(account.key for account in accounts if account.health == "stale")):
            yield Story("stale", "warning", each.platform, accounts=stale)


def _failing(each: PlatformSigns, accounts: list[AccountSigns]) -> Story:
    """Why a platform gives nobody a count: as most of its accounts say."""
    failing = [account for account in accounts if account.health == "failing"]
    reason = Counter(account.reason for account in failing).most_common(1)[0][0]
    since = min(account.since for account in failing if account.since)
    return Story("platform", "urgent", each.platform, reason, since)


def _sources(vitals: Vitals) -> Iterator[Story]:
    return (_source(each) for each in vitals.sources if each.health == "failing")


def _source(each: SourceSigns) -> Story:
    way = f"{each.platform}.{each.source}"
    return Story("source", "warning", way, each.reason or "", each.since, detail=each.detail)


def _targets(vitals: Vitals) -> Iterator[Story]:
    for each in vitals.targets:
        if each.health in {"failing", "stale"}:
            yield Story("target", "urgent", each.target, since=each.since, detail=each.fault)
