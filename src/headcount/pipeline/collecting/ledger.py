"""Keeps a run's outcomes, judged, and adds them up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import structs

from headcount.check.case import Case
from headcount.check.hindsight import hindsight
from headcount.check.judge import weigh
from headcount.collect.courier import Budget
from headcount.collect.turn import Refused
from headcount.model import HEADLINE, Account, Fill, Job, Miss, Outcome, Past, Reading, Run, Tally, Verdict
from headcount.pipeline.collecting.cases import cases
from headcount.pipeline.collecting.identity import Identities
from headcount.pipeline.collecting.prices import price
from headcount.pipeline.house import House

CHECK = "check"
"""Who decides where no person does."""


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
        judged = cases(self._house.store, settled)
        self._micros += sum(map(_price, settled, judged))
        fills = [self._fill(outcome, case) for outcome, case in zip(settled, judged, strict=True)]
        self._look_back(fills, judged)
        if fills:
            self._house.store.append(self._run.id, fills)
            self.fills += fills
        return [fill.outcome for fill in fills]

    def doubted(self) -> list[Outcome]:
        """The headline readings that are held, and the only ones of their accounts in this run."""
        headline = list(self._headline())
        answers = Counter(fill.outcome.account.key for fill in headline)
        once = [fill for fill in headline if answers[fill.outcome.account.key] == 1]
        return [fill.outcome for fill in once if not _is_accepted(fill)]

    def tally(self) -> Tally:
        """What the run has come to so far."""
        headline = list(self._headline())
        answered = {fill.outcome.account.key for fill in headline}
        counted = {fill.outcome.account.key for fill in headline if _is_accepted(fill)}
        return Tally(
            readings=len(counted),
            held=len(answered - counted),
            misses=dict(
                Counter(fill.outcome.said.reason for fill in self.fills if isinstance(fill.outcome.said, Miss))
            ),
            requests=self.budget.requests,
            retries=self.budget.retries,
            seconds=round(self._house.clock.monotonic() - self._started, 3),
            micros=self._micros,
        )

    def _fill(self, outcome: Outcome, case: Case | None) -> Fill:
        return Fill(self._job.name, self._run.slot, outcome, weigh(case) if case else None)

    def _look_back(self, fills: Sequence[Fill], judged: Sequence[Case | None]) -> None:
        """Decide about what is held, by what came after it."""
        for fill, case in zip(fills, judged, strict=True):
            if case is None or fill.verdict is None:
                continue
            for past, verdict in hindsight(case, fill.verdict, self._run.started):
                if past.reading is not None:
                    self._house.store.decide(past.reading, verdict, CHECK, self._house.clock.now())
                self.fills = [_decided(each, fill, past, verdict) for each in self.fills]

    def _headline(self) -> Iterator[Fill]:
        for fill in self.fills:
            if isinstance(fill.outcome.said, Reading) and fill.outcome.said.metric == HEADLINE:
                yield fill


def _decided(fill: Fill, later: Fill, past: Past, verdict: Verdict) -> Fill:
    """The fill, with what was decided where it is the one that was decided about."""
    series, source, at = _series(fill), fill.outcome.source, fill.outcome.at
    is_it = series == _series(later) and (source, at) == (past.source, past.at)
    return structs.replace(fill, verdict=verdict) if is_it else fill


def _series(fill: Fill) -> tuple[str, str]:
    said = fill.outcome.said
    return said.account.key, said.metric if isinstance(said, Reading) else ""


def _is_accepted(fill: Fill) -> bool:
    return fill.verdict is None or fill.verdict.decision == "accept"


def _price(outcome: Outcome, case: Case | None) -> int:
    """What the platform charges for it, in millionths of a U.S. dollar."""
    if case is None or not isinstance(outcome.said, Reading) or outcome.said.metric != HEADLINE:
        return 0
    return price(outcome.account.platform, outcome.source, case.past, outcome.at)
