"""`status.html`: how the counting is, for everybody who looks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from headcount.measure.health import COUNTED, EXPECTED
from headcount.news.told import Told
from headcount.pages.render import page
from headcount.publish.edition import Edition
from headcount.publish.file import AnyFile, File
from headcount.publish.outputs.status_rows import AccountRow, JobRow, PlatformRow, account_row, job_row, platform_row
from headcount.publish.outputs.told import lately, now
from headcount.vitals.signs import AccountSigns

WEEK = timedelta(days=7)


def status_page(edition: Edition) -> Iterator[AnyFile]:
    """`status.html`. It is no data, and so of no set."""
    yield File(
        name="status.html", title="How the counting is", in_set=False, make=lambda: iter([_status(edition).encode()])
    )


def _status(edition: Edition) -> str:
    accounts = edition.vitals.accounts
    amiss = [each for each in accounts if each.health in EXPECTED - COUNTED or each.health == "degraded"]
    return page(
        "status.html",
        title="How the counting is",
        organization=edition.organization,
        timezone=edition.timezone,
        published_at=edition.at,
        stale_after=edition.stale_after,
        headline=headline(accounts),
        now=now(edition),
        platforms=_platforms(edition),
        accounts=_accounts(edition, amiss),
        without=_accounts(edition, [each for each in accounts if each.health not in EXPECTED]),
        jobs=_jobs(edition),
        week=_week(edition),
    )


def headline(accounts: Sequence[AccountSigns]) -> str:
    """The sentence that says it all, as `98 of 100 accounts are counted as they should be`."""
    expected = [each for each in accounts if each.health in EXPECTED]
    well = sum(each.health in COUNTED for each in expected)
    if not expected:
        return "There is no account that has a count to give."
    if len(expected) == 1:
        return (
            "The one account is counted as it should be." if well else "The one account is not counted as it should be."
        )
    number = f"All {well:,}" if well == len(expected) else f"{well:,} of {len(expected):,}"
    verb, they = ("is", "it") if well == 1 else ("are", "they")
    return f"{number} accounts {verb} counted as {they} should be."


def _platforms(edition: Edition) -> list[PlatformRow]:
    return [platform_row(each, edition.names) for each in edition.vitals.platforms]


def _accounts(edition: Edition, signs: Sequence[AccountSigns]) -> list[AccountRow]:
    return [account_row(each, edition.names) for each in signs]


def _jobs(edition: Edition) -> list[JobRow]:
    return [job_row(each) for each in edition.vitals.jobs]


def _week(edition: Edition) -> list[Told]:
    return [told for _, told in lately(edition, edition.at - WEEK)]
