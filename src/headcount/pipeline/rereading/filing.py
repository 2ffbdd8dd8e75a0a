"""Puts what was read later into the slots that were missed: marked, judged by the readings around it, and said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import Struct, structs

from headcount.check.case import RECENT
from headcount.clock import INSTANT
from headcount.evidence.exchange import Asked, Exchange
from headcount.model import MOST_HEADS, Count, Fill, Miss, Outcome, Past, Reading, Verdict
from headcount.pipeline.house import House
from headcount.pipeline.rereading.around import judge_between
from headcount.pipeline.rereading.placing import Place, Result, place
from headcount.store.append import CHECK
from headcount.store.reader import Column, Row

RULE = "reparsed"
"""By which a held reading is refused that a mended parser reads differently."""

MOST = 50_000
"""Readings of a series: more than there are while evidence is kept."""

Slot = tuple[str, datetime]
"""A job, and when its slot begins."""


class Reparsed(Struct, frozen=True):
    """What came of an account's saved reply: of each metric, or of all of it."""

    account: str
    job: str
    slot: datetime
    source: str
    why: str
    """Why the reply was kept."""
    result: Result
    metric: str = ""
    count: int | None = None
    granularity: int | None = None
    taken_at: datetime | None = None
    refused: int | None = None
    """The number of the held reading that it contradicts."""
    detail: str = ""


class Filer:
    """Files readings that were read later; `dry` only says what would be done."""

    def __init__(self, house: House, *, dry: bool = False) -> None:
        self._house, self._dry = house, dry
        self._placed: dict[tuple[Slot, Column], int] = {}
        """How fine the counts are that were put into slots meanwhile."""
        self._slot: Slot | None = None
        self._rows: dict[Column, list[Row]] = {}

    def file(self, exchange: Exchange, asked: Asked, said: Sequence[Outcome], complaint: str) -> Iterator[Reparsed]:
        """File what an exchange says of an account, one after another; it is on the disk when it is yielded."""
        counted = [(each, each.said) for each in said if isinstance(each.said, Reading)]
        if not counted:
            yield about(exchange, asked, "unread", _why_none(said) or complaint)
        for outcome, reading in counted:
            yield self._filed(exchange, asked, outcome, reading)

    def _filed(self, exchange: Exchange, asked: Asked, outcome: Outcome, said: Reading) -> Reparsed:
        slot, column = (exchange.job, exchange.slot), (said.account.key, said.metric)
        found = self._place(slot, column, outcome, said.count)
        verdict = self._verdict(outcome, said)
        if not self._dry:
            self._keep(exchange.run, Fill(*slot, outcome, verdict), said, found)
        if found.result == "stored":
            self._placed[slot, column] = said.count.granularity
        told = structs.replace(about(exchange, asked, found.result), account=said.account.key, refused=found.refuses)
        return _with_verdict(_with_count(told, outcome, said), verdict)

    def _place(self, slot: Slot, column: Column, outcome: Outcome, count: Count) -> Place:
        """Where it belongs, also beside what was put there a moment ago."""
        found = place(self._beside(slot, column), outcome, count)
        is_covered = self._placed.get((slot, column), MOST_HEADS) <= count.granularity
        return structs.replace(found, result="covered") if found.result == "stored" and is_covered else found

    def _keep(self, run: int, fill: Fill, said: Reading, found: Place) -> None:
        if found.result == "stored":
            self._house.store.append(run, [fill])
        if found.refuses is not None:
            why = f"a mended parser reads {said.count.value:,} in the same reply"
            self._house.store.decide(found.refuses, Verdict("refuse", RULE, why), CHECK, self._house.clock.now())

    def _verdict(self, outcome: Outcome, said: Reading) -> Verdict:
        """What the readings around it say of it."""
        column = (outcome.account.key, said.metric)
        series = self._house.store.pasts([column], outcome.at - RECENT, MOST).get(column, ())
        return judge_between(series, Past(outcome.at, said.count, outcome.source))

    def _beside(self, slot: Slot, column: Column) -> list[Row]:
        """What the slot had of a series when it was looked at first."""
        if slot != self._slot:
            job, begins = slot
            self._slot, self._rows = slot, defaultdict(list)
            for row in self._house.store.fills(begins, begins + INSTANT):
                if row.job == job:
                    self._rows[row.key, row.metric].append(row)
        return self._rows.get(column, [])


def about(exchange: Exchange, asked: Asked, result: Result, detail: str = "") -> Reparsed:
    """What came of an account's reply, before it is known whether there is a count in it."""
    return Reparsed(asked.key, exchange.job, exchange.slot, exchange.source, asked.why, result, detail=detail)


def _with_count(told: Reparsed, outcome: Outcome, said: Reading) -> Reparsed:
    return structs.replace(
        told,
        source=outcome.source,
        taken_at=outcome.at,
        metric=said.metric,
        count=said.count.value,
        granularity=said.count.granularity,
    )


def _with_verdict(told: Reparsed, verdict: Verdict) -> Reparsed:
    is_held = told.result == "stored" and verdict.decision == "hold"
    return structs.replace(told, result="held", detail=verdict.detail) if is_held else told


def _why_none(said: Sequence[Outcome]) -> str:
    misses = (each.said for each in said if isinstance(each.said, Miss))
    return next((f"{miss.reason}, {miss.detail}" for miss in misses), "")
