"""The numbers of what may be seen by everybody: the accounts, their platforms, and the jobs that count them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from prometheus_client.core import InfoMetricFamily, Metric

from headcount import __version__
from headcount.measure.health import Health
from headcount.metrics.gauge import gauge, seconds
from headcount.vitals.everybody import everybody
from headcount.vitals.signs import AccountSigns, JobSigns, PlatformSigns, Vitals

ACCOUNT = ("account", "platform", "unit")
JOB = ("job_name",)
"""Not `job`: Prometheus has its own meaning for that."""


def public(vitals: Vitals) -> Iterator[Metric]:
    """What everybody may know: nothing of internal accounts, of credentials, or of what the operator's machines do."""
    seen = everybody(vitals)
    yield from of_house(seen)
    yield from of_accounts(seen.accounts)
    yield from of_platforms(seen.platforms)
    yield from of_jobs(seen.jobs)


def of_house(vitals: Vitals) -> Iterator[Metric]:
    """Which headcount says so, and when."""
    yield InfoMetricFamily("headcount_build", "The version of headcount.", value={"version": __version__})
    yield gauge("figures_timestamp_seconds", "When these figures were made.", (), [((), seconds(vitals.at))])


def of_accounts(accounts: tuple[AccountSigns, ...]) -> Iterator[Metric]:
    """Who has how many followers, as of when, and how each account is."""
    yield gauge(
        "followers",
        "The newest published count of followers. An account without one is left out.",
        (*ACCOUNT, "source"),
        (((*_labels(each), each.source), each.count) for each in accounts),
    )
    yield gauge(
        "followers_counted_timestamp_seconds",
        "When the newest published count was taken.",
        ACCOUNT,
        ((_labels(each), seconds(each.counted_at)) for each in accounts),
    )
    yield gauge(
        "followers_stale_timestamp_seconds",
        "From when on the newest published count is stale, unless the account is counted again.",
        ACCOUNT,
        ((_labels(each), seconds(each.stale_after)) for each in accounts),
    )
    yield gauge(
        "account_health",
        "How the account is: 1 for its health, 0 for any other.",
        (*ACCOUNT, "health"),
        (((*_labels(each), word), float(each.health == word)) for each in accounts for word in get_args(Health)),
    )


def of_platforms(platforms: tuple[PlatformSigns, ...]) -> Iterator[Metric]:
    """Whether the accounts of each platform are counted."""
    yield gauge(
        "platform_up",
        "1: accounts of the platform are counted; 0: none of them is. Left out until one was.",
        ("platform",),
        (((each.platform,), None if each.health == "never" else float(each.health != "failing")) for each in platforms),
    )


def of_jobs(jobs: tuple[JobSigns, ...]) -> Iterator[Metric]:
    """When each job ran, and by when it has to run again."""
    yield gauge(
        "job_last_success_timestamp_seconds",
        "When the job's newest whole run ended.",
        JOB,
        (((each.job,), seconds(each.since)) for each in jobs),
    )
    yield gauge(
        "job_due_timestamp_seconds",
        "By when the job has to have run to its end again.",
        JOB,
        (((each.job,), seconds(each.due)) for each in jobs),
    )


def _labels(each: AccountSigns) -> tuple[str, str, str]:
    return each.key, each.platform, each.unit
