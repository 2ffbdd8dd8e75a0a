"""Keeps a run's outcomes, judged, and adds them up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from headcount.check.judge import judge
from headcount.check.rules import COURSE, RECENT
from headcount.collect.courier import Budget
from headcount.collect.turn import Refused
from headcount.model import HEADLINE, Account, Fill, Job, Miss, Outcome, Past, Reading, Run, Tally, Verdict
from headcount.pipeline.house import House
from headcount.pipeline.identity import Identities
from headcount.pipeline.prices import price
from headcount.store.reader import Column


class Ledger:
    """Keeps a run's outcomes, judged, and adds them up."""

    def __init__(self, house: House, job: Job, run: Run, asked: Iterable[Account]) -> None:
        self._house, self._job, self._run = house, job, run
        self._started = house.clock.monotonic()
        self._identities = Identities(house.store.accounts(), (account.key for account in asked))
        self.budget = Budget()
        self.fills: list[Fill] = []
        self.refusals: list[Refused] = []
        self._micros = 0

    def keep(self, outcomes: Iterable[Outcome]) -> list[Outcome]:
        """Append outcomes to the store, each under the account that it is about; they are on the disk, and returned."""
        settled = list(self._identities.settle(outcomes))
        pasts = self._pasts(settled)
        self._micros += sum(_price(outcome, pasts) for outcome in settled)
        fills = [Fill(self._job.name, self._run.slot, outcome, _verdict(outcome, pasts)) for outcome in settled]
        if fills:
            self._house.store.append(self._run.id, fills)
            self.fills += fills
        return [fill.outcome for fill in fills]

    def tally(self) -> Tally:
        """What the run has come to so far."""
        readings = [fill for fill in self.fills if isinstance(fill.outcome.said, Reading)]
        headline = [fill for fill in readings if _metric(fill) == HEADLINE]
        counted = {fill.outcome.account.key for fill in headline}
        held = {fill.outcome.account.key for fill in headline if fill.verdict and fill.verdict.decision != "accept"}
        return Tally(
            readings=len(counted - held),
            held=len(held),
            misses=dict(
                Counter(fill.outcome.said.reason for fill in self.fills if isinstance(fill.outcome.said, Miss))
            ),
            requests=self.budget.requests,
            retries=self.budget.retries,
            seconds=round(self._house.clock.monotonic() - self._started, 3),
            micros=self._micros,
        )

    def _pasts(self, outcomes: Sequence[Outcome]) -> Mapping[Column, tuple[Past, ...]]:
        """What each reading is to be judged by, looked up at once."""
        columns = {_column(outcome.said) for outcome in outcomes if isinstance(outcome.said, Reading)}
        if not columns:
            return {}
        return self._house.store.pasts(columns, min(outcome.at for outcome in outcomes) - RECENT, COURSE + 1)


def _column(reading: Reading) -> Column:
    return reading.account.key, reading.metric


def _verdict(outcome: Outcome, pasts: Mapping[Column, tuple[Past, ...]]) -> Verdict | None:
    if isinstance(outcome.said, Miss):
        return None
    return judge(pasts.get(_column(outcome.said), ()), outcome.said.count, outcome.at)


def _metric(fill: Fill) -> str:
    return fill.outcome.said.metric if isinstance(fill.outcome.said, Reading) else ""


def _price(outcome: Outcome, pasts: Mapping[Column, tuple[Past, ...]]) -> int:
    """What the platform charges for it, in millionths of a U.S. dollar."""
    if isinstance(outcome.said, Miss) or outcome.said.metric != HEADLINE:
        return 0
    return price(outcome.account.platform, outcome.source, pasts.get(_column(outcome.said), ()), outcome.at)
