"""Looks through a job's slots, one after the other, for what is missing in them."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime

from headcount.measure.gaps.earlier import Earlier
from headcount.measure.gaps.findings import Course, Filled, Findings, Pause, Series, Slots
from headcount.measure.gaps.missing import Column, Missing, Said
from headcount.measure.gaps.pauses import pauses
from headcount.model import HEADLINE


class Watch:
    """A job's slots from `earlier.since` until `closed`, when the one begins that is still open."""

    def __init__(self, job: str, cadence: Slots, closed: datetime, seen: Container[str], earlier: Earlier) -> None:
        self._job, self._cadence, self._closed, self._seen, self._earlier = job, cadence, closed, seen, earlier
        self._ran: list[datetime] = []
        self._missing = Missing(job, cadence, earlier, self._ran)
        self._began = {each.account: each.start for each in earlier.series}
        self._asked = dict.fromkeys(self._began, -1)
        """The place of the last slot in which each account was asked for."""
        self._now: dict[Column, Said | None] = {}
        """What is known of the slot that is being looked at; None: there is a public count."""

    def take(self, fill: Filled) -> None:
        """A fill of the job; they come by slot, and those of an account and metric by attempt."""
        slot = self._cadence.slot(fill.slot)
        if not self._earlier.since <= slot < self._closed:
            return
        if self._ran[-1:] != [slot]:
            self._settle()
            self._ran.append(slot)
        column = (fill.key, fill.metric)
        if fill.key in self._seen and self._now.get(column, True):
            self._now[column] = _said(fill)

    def findings(self) -> Findings:
        """All that is known of the job now."""
        self._settle()
        newest = len(self._ran) - 1
        for key, asked in self._asked.items():
            self._absent(key, asked + 1, newest)
        over, unasked = self._missing.gaps()
        idle = tuple(pauses(self._job, self._cadence, self._earlier, self._ran, self._closed))
        return Findings(
            jobs=(self._course(idle),),
            series=tuple(Series(account=key, job=self._job, start=start) for key, start in self._began.items()),
            gaps=over,
            unasked=unasked,
            not_run=idle,
        )

    def _settle(self) -> None:
        """The slot that was looked at is complete."""
        here = len(self._ran) - 1
        for (key, metric), said in self._now.items():
            # A miss is noted of the headline: of other metrics nobody knows whether they were due.
            if metric == HEADLINE:
                self._began.setdefault(key, self._ran[here])
                self._absent(key, self._asked.get(key, here - 1) + 1, here - 1)
                self._asked[key] = here
            if said:
                self._missing.add((key, metric), said, here, here)
        self._now.clear()

    def _absent(self, key: str, first: int, last: int) -> None:
        if first <= last:
            self._missing.add((key, HEADLINE), ("not_asked", None), first, last)

    def _course(self, idle: tuple[Pause, ...]) -> Course:
        start = self._earlier.start or next(iter(self._ran), None)
        run = self._earlier.run + len(self._ran)
        slots = run + sum(pause.slots for pause in idle)
        share = round(run / slots, 4) if slots else None
        return Course(job=self._job, start=start, end=self._closed, slots=slots, run=run, share=share)


def _said(fill: Filled) -> Said | None:
    """Why it is no public count; None: it is one."""
    match fill.status:
        case "accepted":
            return None
        case "held":
            return "held", None
        case "refused":
            return "refused", None
    return "missed", fill.reason
