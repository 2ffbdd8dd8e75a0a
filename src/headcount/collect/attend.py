"""Sees that every account of a batch ends with an outcome, and concludes for those of whom nothing was said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Sequence
from contextlib import aclosing

from headcount.clock import Clock
from headcount.collect.drive import Ask, Said, exchange
from headcount.collect.heard import Heard, Memory, worth_keeping
from headcount.model import HEADLINE, Account, Miss, Outcome, Reading
from headcount.platforms.kit.contract import Absent, Options, Refusal, Source, Spoilt

Hear = Callable[[Heard], None]


def unheard(heard: Heard) -> None:
    """Nobody wants to read it again."""


class Desk:
    """A source that can be asked: with its options, a way of sending, and its control account.

    `hear` is handed what was replied, after each exchange that somebody may want to read again.
    """

    def __init__(self, source: Source, options: Options, ask: Ask, clock: Clock, hear: Hear = unheard) -> None:
        self.source, self.clock = source, clock
        self._options, self._ask, self._hear = options, ask, hear
        self._control: list[Refusal | None] = []
        self._looking = asyncio.Lock()

    async def exchange(self, accounts: Sequence[Account]) -> AsyncGenerator[Said]:
        """One exchange about `accounts`."""
        memory = Memory(self._ask)
        said: list[Said] = []
        async with aclosing(self._steps(accounts, memory)) as steps:
            async for each in steps:
                said.append(each)
                yield each
        if heard := worth_keeping(self.source.name, accounts, said, memory.came):
            self._hear(heard)

    def _steps(self, accounts: Sequence[Account], ask: Ask) -> AsyncGenerator[Said]:
        return exchange(self.source, accounts, self._options, ask, self.clock)

    async def control(self) -> Refusal | None:
        """Why absence proves nothing, found out once a run by asking for an account that certainly exists."""
        async with self._looking:
            if not self._control:
                self._control.append(await self._look_for_control())
        return self._control[0]

    async def _look_for_control(self) -> Refusal | None:
        if self.source.control is None:
            return None
        async for said in self._steps([Account(key="control", handle=self.source.control)], self._ask):
            if isinstance(said, Refusal):
                return said
            if isinstance(said, Outcome) and isinstance(said.said, Reading):
                return None
        return Refusal("blocked", f"{self.source.control}, which certainly exists, is not shown either", scope="source")


MOST_TROUBLES = 3
"""So many accounts in a row that cannot be asked alone either, and the rest of their batch is not."""


class _Sitting:
    """What has been said while a batch is asked."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self.waiting = {account.key: account for account in accounts}
        self.absent: list[Absent] = []
        self.spoilt: list[Spoilt] = []
        self.refusal: Refusal | None = None

    def note(self, said: Said) -> None:
        if isinstance(said, Outcome):
            if isinstance(said.said, Miss) or said.said.metric == HEADLINE:
                self.waiting.pop(said.account.key, None)
        elif isinstance(said, Absent):
            self.waiting.pop(said.account.key, None)
            self.absent.append(said)
        elif isinstance(said, Spoilt):
            self.spoilt.append(said)
        else:
            self.refusal = said


async def attend(desk: Desk, accounts: Sequence[Account]) -> AsyncGenerator[Outcome | Refusal]:
    """Ask one batch and end every account's wait: with what was said of it, or with why nothing was.

    Accounts that an exchange leaves out are asked once more. A `Refusal` is passed on, for what it means to others.
    """
    sitting = _Sitting(accounts)
    async for said in _asked(desk, sitting):
        yield said
    if sitting.refusal and sitting.refusal.scope == "question" and len(sitting.waiting) > 1:
        async for said in _asked_alone(desk, sitting):
            yield said
    for miss in [*_refused(sitting), *await _concluded(desk, sitting)]:
        yield Outcome(miss, desk.source.name, desk.clock.now())


async def _asked(desk: Desk, sitting: _Sitting) -> AsyncGenerator[Outcome | Refusal]:
    for _ in range(2):
        async for said in desk.exchange(list(sitting.waiting.values())):
            sitting.note(said)
            if isinstance(said, Outcome) or (isinstance(said, Refusal) and said.scope != "question"):
                yield said
        if sitting.refusal or not sitting.waiting:
            break


async def _asked_alone(desk: Desk, sitting: _Sitting) -> AsyncGenerator[Outcome | Refusal]:
    """One account's trouble in the middle of a batch is its own: the others are asked one by one, while that goes well."""
    troubles = 0
    for account in list(sitting.waiting.values()):
        alone = _Sitting([account])
        async for said in desk.exchange([account]):
            alone.note(said)
            sitting.note(said)
            if isinstance(said, Outcome) or (isinstance(said, Refusal) and said.scope in ("credential", "source")):
                yield said
        refusal = alone.refusal
        troubles = troubles + 1 if refusal else 0
        if refusal and (refusal.scope in ("credential", "source") or troubles >= MOST_TROUBLES):
            return
        for miss in _refused(alone):
            sitting.waiting.pop(account.key)
            yield Outcome(miss, desk.source.name, desk.clock.now())
    sitting.refusal = None


def _refused(sitting: _Sitting) -> Iterator[Miss]:
    if refusal := sitting.refusal:
        for account in sitting.waiting.values():
            yield Miss(account, refusal.reason, refusal.detail, final=False)


async def _concluded(desk: Desk, sitting: _Sitting) -> list[Miss]:
    left_out = (
        []
        if sitting.refusal
        else [Absent(account, "left out of the answer twice") for account in sitting.waiting.values()]
    )
    absent = [*sitting.absent, *left_out]
    if not absent:
        return []
    if sitting.spoilt:
        return [Miss(each.account, "shape_changed", sitting.spoilt[0].detail, final=False) for each in absent]
    if blocked := await desk.control():
        return [Miss(each.account, blocked.reason, blocked.detail, final=False) for each in absent]
    return [Miss(each.account, "not_found", each.detail, final=desk.source.official) for each in absent]
