"""Contestants take turns at the same work, in an order that changes from round to round, and what each spends is noted."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from msgspec import Struct

Check = Callable[[], list[str]]
"""What was wrong in the work that was done; asked when the watch has stopped."""


SEED = 2026
"""The order is the same in every run."""

OWN_IO = Path("/proc/self/io")
"""Where Linux says how much this process has written."""


def nothing() -> None:
    """Nothing has to be made ready."""


class Contestant(Struct, frozen=True):
    """Somebody who does the work."""

    name: str
    accounts: int
    """How many it counts in one go; what it spends is divided by them."""
    requests: int
    work: Callable[[], Check]
    prepare: Callable[[], None] = nothing
    """What is done before the watch starts."""
    cpu: Callable[[], float] = time.process_time
    """Seconds of CPU that were spent so far by whoever does the work."""


class Effort(Struct, frozen=True):
    """What one go took."""

    wall: float
    """Seconds an account."""
    cpu: float
    """Seconds of this process an account, all its threads together; the server is another process."""
    written: int = 0
    """Bytes that this process wrote in all; 0 where the system does not say."""


class Standing(Struct, frozen=True):
    """What a contestant spent, round by round, and what was wrong."""

    contestant: Contestant
    efforts: tuple[Effort, ...]
    wrong: tuple[str, ...]

    @property
    def wall(self) -> float:
        """The median, seconds an account."""
        return median(effort.wall for effort in self.efforts)

    @property
    def cpu(self) -> float:
        """The median, seconds an account."""
        return median(effort.cpu for effort in self.efforts)

    @property
    def written(self) -> float:
        """The median, bytes."""
        return median(effort.written for effort in self.efforts)


def hold(contestants: Sequence[Contestant], rounds: int) -> tuple[Standing, ...]:
    """So many rounds of all of them, each in an order of its own."""
    dice = random.Random(SEED)
    efforts: dict[str, list[Effort]] = {each.name: [] for each in contestants}
    wrong: dict[str, list[str]] = {each.name: [] for each in contestants}
    for _ in range(rounds):
        for each in dice.sample(contestants, len(contestants)):
            effort, check = _watched(each)
            efforts[each.name].append(effort)
            wrong[each.name] += check()
    return tuple(Standing(each, tuple(efforts[each.name]), tuple(wrong[each.name])) for each in contestants)


def _watched(contestant: Contestant) -> tuple[Effort, Check]:
    contestant.prepare()
    gc.collect()
    already = _written()
    wall, cpu = time.perf_counter(), contestant.cpu()
    check = contestant.work()
    wall, cpu = time.perf_counter() - wall, contestant.cpu() - cpu
    return Effort(wall / contestant.accounts, cpu / contestant.accounts, _written() - already), check


def _written() -> int:
    if not OWN_IO.exists():
        return 0
    return int(dict(line.split(": ") for line in OWN_IO.read_text().splitlines())["wchar"])
