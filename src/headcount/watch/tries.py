"""What became of messages so far, by event and channel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from headcount.model import EPOCH
from headcount.news.story import Sending
from headcount.watch.look import Deaf

TWICE = 2
"""A message of which nobody knows whether it arrived is sent once more, and no more: it may have arrived both times."""

DAY = timedelta(days=1)


NEVER = datetime.max.replace(tzinfo=UTC)
"""Later than all that is kept."""


class Tries(Struct, frozen=True):
    """The tries to tell one event through one channel."""

    claimed: int = 0
    failed: int = 0
    sent: bool = False
    last: datetime = EPOCH

    @property
    def doubtful(self) -> int:
        """How often it may have arrived without anybody knowing."""
        return self.claimed - self.failed - self.sent

    @property
    def may_have_arrived(self) -> bool:
        """It arrived, or nobody knows that it did not."""
        return self.sent or self.doubtful > 0


class Record:
    """All tries."""

    def __init__(self, sendings: Iterable[Sending]) -> None:
        self.sendings = tuple(sendings)
        by_way: dict[tuple[int, str], list[Sending]] = {}
        self._arrived: dict[int, datetime] = {}
        self._first: dict[str, datetime] = {}
        for each in self.sendings:
            by_way.setdefault((each.event, each.channel), []).append(each)
            self._first.setdefault(each.channel, each.at)
            if each.state == "sent":
                self._arrived.setdefault(each.event, each.at)
        self._tries = {way: _tries(some) for way, some in by_way.items()}

    def of(self, event: int, channel: str) -> Tries:
        """The tries to tell an event through a channel."""
        return self._tries.get((event, channel), Tries())

    def has_arrived(self, event: int, before: datetime = NEVER) -> bool:
        """Whether an event was told through any channel; before a moment, if one is given."""
        return event in self._arrived and self._arrived[event] < before

    def was_tried(self, channel: str, until: datetime) -> bool:
        """Whether anything was tried to be told through a channel until then."""
        return self._first.get(channel, NEVER) <= until

    def may_go(self, event: int, channel: str, at: datetime) -> bool:
        """Whether it may be tried now: not twice in one run, and not again in doubt where it arrived elsewhere, or twice."""
        tries = self.of(event, channel)
        most = 1 if self.has_arrived(event) else TWICE
        return not tries.sent and tries.doubtful < most and tries.last != at

    def is_given_up(self, event: int, channel: str, at: datetime) -> bool:
        """Whether it was tried in vain, and is not to be tried again in this run."""
        tries = self.of(event, channel)
        return tries.claimed > 0 and not tries.sent and not self.may_go(event, channel, at)

    def letters(self, channel: str, at: datetime) -> int:
        """How many letters went out to a channel in the day before, as far as they did not certainly fail."""
        some = [each for each in self.sendings if each.channel == channel and each.at > at - DAY]
        failed = {(each.event, each.at) for each in some if each.state == "failed"}
        return len({
            (each.at, each.detail) for each in some if each.state == "claimed" and (each.event, each.at) not in failed
        })  # fmt: skip


def deaf(sendings: Sequence[Sending], channels: Iterable[str], told: Mapping[str, datetime] = {}) -> tuple[Deaf, ...]:
    """The channels that took nothing at two runs in a row, or more.

    `told`: those of which that was told, and since when: they are so until they take something, however long ago the tries were.
    """
    found = (_deaf(name, [each for each in sendings if each.channel == name], told.get(name)) for name in channels)
    return tuple(each for each in found if each)


def _deaf(channel: str, sendings: Sequence[Sending], told: datetime | None) -> Deaf | None:
    heard = max((each.at for each in sendings if each.state == "sent"), default=EPOCH)
    vain = [each for each in sendings if each.at > heard]
    if told and heard < told:
        return Deaf(channel, told, _why(vain))
    return Deaf(channel, vain[0].at, _why(vain)) if len({each.at for each in vain}) >= TWICE else None


def _why(sendings: Sequence[Sending]) -> str:
    """What was said when one failed last."""
    return next((each.detail for each in reversed(sendings) if each.state == "failed"), "")


def _tries(sendings: Sequence[Sending]) -> Tries:
    states = [each.state for each in sendings]
    return Tries(states.count("claimed"), states.count("failed"), "sent" in states, max(each.at for each in sendings))
