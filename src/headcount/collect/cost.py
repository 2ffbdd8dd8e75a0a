"""What asking comes to before anything is asked: requests, shares of what the platform lets through, time and money."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import timedelta

from msgspec import Struct

from headcount.collect.plan import Batch
from headcount.net.message import Get, Pace, Post
from headcount.platforms.kit.contract import Options


class Estimate(Struct, frozen=True):
    """What asking a source comes to, before it is asked."""

    platform: str
    source: str
    accounts: int
    requests: int
    calls: int
    """As which the platform counts them: a batch of the Graph API is one request, and 50 calls."""
    pace: Pace
    daily: int
    """Calls that a credential is granted each day; 0: as many as the pace lets through."""
    micros: int
    """Money, in millionths of a U.S. dollar."""

    @property
    def share(self) -> float:
        """Of what the rate limit lets through in one of its periods: 1 is all of it."""
        return self.calls / self.pace.amount

    @property
    def daily_share(self) -> float | None:
        """Of the day's grant; None where there is none."""
        return self.calls / self.daily if self.daily else None

    @property
    def lasts(self) -> timedelta:
        """How long it takes at the platform's pace, beginning with a full allowance."""
        return timedelta(seconds=max(0.0, self.calls - self.pace.amount) * self.pace.per / self.pace.amount)

    def within(self, time: timedelta) -> int:
        """How many of the accounts can be asked for in that time."""
        calls = self.pace.amount * (1 + max(0.0, time / timedelta(seconds=self.pace.per)))
        return min(self.accounts, int(self.accounts * calls / self.calls)) if self.calls else self.accounts


def estimate(
    platform: str, planned: Sequence[Batch], options: Options, paid: Container[str] = ()
) -> tuple[Estimate, ...]:
    """What the batches come to, by source: a request a batch, and more where a source asks on for each account.

    `paid` are the keys of accounts for which the platform charges nothing more today.
    """
    names = dict.fromkeys(batch.source.name for batch in planned)
    return tuple(
        _sum(platform, [batch for batch in planned if batch.source.name == name], options, paid) for name in names
    )


def _sum(platform: str, planned: Sequence[Batch], options: Options, paid: Container[str]) -> Estimate:
    source = planned[0].source
    return Estimate(
        platform=platform,
        source=source.name,
        accounts=sum(len(batch.accounts) for batch in planned),
        requests=len(planned) + sum(map(_further, planned)),
        calls=sum(_calls(batch, options) + _further(batch) for batch in planned),
        pace=source.pace,
        daily=source.daily,
        micros=sum(batch.source.micros for batch in planned for account in batch.accounts if account.key not in paid),
    )


def _further(batch: Batch) -> int:
    return batch.source.further * len(batch.accounts)


def _calls(batch: Batch, options: Options) -> int:
    """As how many calls the platform counts the batch's first request; what it asks is found out, and not sent."""
    asking = batch.source.ask(batch.accounts, options)
    try:
        return next((step.calls for step in asking if isinstance(step, Get | Post)), 0)
    finally:
        asking.close()
