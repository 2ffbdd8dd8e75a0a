"""Gaps while they are being found: each goes on as long as the next slot says the same."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from headcount.measure.gaps.earlier import Earlier
from headcount.measure.gaps.findings import Gap, Slots, Status
from headcount.model import KNOWN_ABSENCES, Reason

Column = tuple[str, str]
"""An account and a metric."""
Said = tuple[Status, Reason | None]
"""Why there is no public count."""


class _Open(Struct):
    """A gap that may go on."""

    start: datetime
    slots: int
    said: Said
    last: int
    """The place of its last slot; -1: the one before those that are looked at."""


class Missing:
    """The gaps of a job. Its slots are known by their places among those in which it ran: `ran`, which grows meanwhile."""

    def __init__(self, job: str, cadence: Slots, earlier: Earlier, ran: list[datetime]) -> None:
        self._job, self._cadence, self._edge, self._ran = job, cadence, earlier.edge, ran
        self._over = list(earlier.gaps)
        self._open = {
            (gap.account, gap.metric): _Open(gap.start, gap.slots, (gap.status, gap.reason), -1)
            for gap in earlier.reaching
        }

    def add(self, column: Column, said: Said, first: int, last: int) -> None:
        """There is no count from one slot to another: the gap before goes on, or the next begins."""
        gap = self._open.get(column)
        if gap and gap.said == said and gap.last == first - 1:
            gap.slots, gap.last = gap.slots + last - first + 1, last
            return
        if gap:
            self._over.append(self._gap(column, gap))
        self._open[column] = _Open(self._ran[first], last - first + 1, said, last)

    def gaps(self) -> tuple[tuple[Gap, ...], tuple[Gap, ...]]:
        """The gaps, and apart those whom the newest runs have not asked for."""
        newest = len(self._ran) - 1
        silent = {each: gap for each, gap in self._open.items() if gap.said[0] == "not_asked" and gap.last == newest}
        open_ = (self._gap(each, gap) for each, gap in self._open.items() if each not in silent)
        return (*self._over, *open_), tuple(self._gap(each, gap) for each, gap in silent.items())

    def _gap(self, column: Column, gap: _Open) -> Gap:
        (account, metric), (status, reason) = column, gap.said
        return Gap(
            account=account,
            metric=metric,
            job=self._job,
            start=gap.start,
            end=self._cadence.end(self._ran[gap.last]) if gap.last >= 0 else self._edge,
            slots=gap.slots,
            status=status,
            reason=reason,
            known=reason in KNOWN_ABSENCES,
        )
