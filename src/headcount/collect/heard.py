"""What was replied in an exchange, remembered while it is under way: somebody may want to read it again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, structs

from headcount.collect.drive import Ask, Said
from headcount.collect.scrub import Scrubber
from headcount.errors import LeftAlone, NoReply
from headcount.model import HEADLINE, Account, Miss, Outcome, Reading
from headcount.net.message import Reply, Request
from headcount.platforms.kit.contract import Refusal, Spoilt

MOST = 4 * 1024 * 1024
"""Bytes of bodies that are remembered of an exchange."""

TAIL = 16 * 1024
"""Bytes before a cut that are not kept: the beginning of a credential that the cut went through is not known as one."""


class Replied(Struct, frozen=True):
    """A request as it was before it was signed, and what came of it."""

    request: Request
    came: Reply | NoReply
    cut: bool = False
    """Its body was longer: what is here is the beginning."""


class Heard(Struct, frozen=True):
    """An exchange in which something could not be read, or was counted and may yet be doubted."""

    source: str
    accounts: tuple[Account, ...]
    """Who was asked about, in order."""
    unread: tuple[Account, ...]
    """Those of whom nothing was known in the end, since what spoke of them had not its shape."""
    counted: tuple[Outcome, ...]
    """The readings."""
    came: tuple[Replied, ...]
    """As it came: a server may have echoed a credential. `replies` are what may be kept."""
    scrubber: Scrubber = Scrubber({})

    def replies(self) -> tuple[Replied, ...]:
        """What was asked and replied, in order, without credentials. That takes time, and few are ever wanted."""
        return tuple(structs.replace(each, came=self._clean(each.came, cut=each.cut)) for each in self.came)

    def _clean(self, came: Reply | NoReply, *, cut: bool) -> Reply | NoReply:
        scrub = self.scrubber
        if isinstance(came, NoReply):
            return LeftAlone(scrub.text(str(came)), came.reason)
        headers = {scrub.line(name): scrub.line(value) for name, value in came.headers.items()}
        body = scrub.body(came.body)
        return structs.replace(came, headers=headers, body=body[:-TAIL] if cut else body, url=scrub.line(came.url))


class Memory:
    """Asks as `ask` does, and remembers what came, as far as there is room."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._room = MOST
        self.came: list[Replied] = []

    async def __call__(self, request: Request) -> Reply:
        """The reply.

        Raises:
            NoReply: where none came.
            Exhausted: where none may be asked for.
        """
        try:
            reply = await self._ask(request)
        except NoReply as error:
            self.came.append(Replied(request, error))
            raise
        body = reply.body[: self._room]
        self._room -= len(body)
        self.came.append(Replied(request, structs.replace(reply, body=body), cut=len(body) < len(reply.body)))
        return reply


def worth_keeping(
    source: str, accounts: Sequence[Account], said: Sequence[Said], came: Iterable[Replied]
) -> Heard | None:
    """The exchange, where something in it had lost its shape or was counted; None where there is nothing to read again."""
    counted = tuple(each for each in said if isinstance(each, Outcome) and isinstance(each.said, Reading))
    unread = _unread(accounts, said)
    return Heard(source, tuple(accounts), unread, counted, tuple(came)) if counted or unread else None


def _unread(accounts: Sequence[Account], said: Sequence[Said]) -> tuple[Account, ...]:
    outcomes = [each.said for each in said if isinstance(each, Outcome)]
    left = {each.account.key for each in outcomes if _is_of_shape(each)}
    if any(map(_is_broken, said)):
        left |= {each.key for each in accounts} - {each.account.key for each in outcomes if _is_answer(each)}
    return tuple(each for each in accounts if each.key in left)


def _is_broken(said: Said) -> bool:
    return isinstance(said, Spoilt) or (isinstance(said, Refusal) and said.reason == "shape_changed")


def _is_of_shape(said: Reading | Miss) -> bool:
    return isinstance(said, Miss) and said.reason == "shape_changed"


def _is_answer(said: Reading | Miss) -> bool:
    return isinstance(said, Miss) or said.metric == HEADLINE
