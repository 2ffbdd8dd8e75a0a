"""Whether an account is being counted, from what the store knows of it alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal, Protocol

from msgspec import Struct

from headcount.measure.growth import Counted
from headcount.model import KNOWN_ABSENCES, Reason, plain_source, replying

Health = Literal["ok", "degraded", "stale", "failing", "held", "retired", "absent", "never counted"]
"""One word for how an account is; `vitals/words.py` says what each means."""

COUNTED: frozenset[Health] = frozenset({"ok", "degraded"})
"""As they should be."""

EXPECTED: frozenset[Health] = COUNTED | {"stale", "failing", "held", "never counted"}
"""Of those who have a count to give."""

PATIENCE = 1.9
"""Periods without a count before one is stale: a run may be late once, and the second that is missed shows, though runs do not
begin on the second."""


def health(
    counted: datetime | None, status: str | None, reason: Reason | None, period: timedelta, at: datetime
) -> Health:
    """The health of a series whose newest count is of `counted` and whose newest fill has `status` and `reason`."""
    if status == "missed":
        return _missed(reason)
    if status == "held":
        return "held"
    if counted is None:
        return "never counted"
    return "stale" if at - counted > PATIENCE * period else "ok"


def _missed(reason: Reason | None) -> Health:
    if reason == "retired":
        return "retired"
    return "absent" if reason in KNOWN_ABSENCES else "failing"


class Filled(Protocol):
    """What became of one slot of a series."""

    @property
    def taken_at(self) -> datetime:
        """When it was counted or missed (UTC)."""

    @property
    def status(self) -> str:
        """`accepted`, `held`, `refused`, `missed`."""

    @property
    def reason(self) -> Reason | None:
        """Why it was missed."""


class Standing(Struct, frozen=True):
    """How a series is, since when, and why."""

    health: Health
    since: datetime | None = None
    """Of an ok or stale one its newest count; of any other the first fill after that which said so."""
    reason: Reason | None = None
    """Of one that is failing, retired or absent."""
    newest: datetime | None = None
    """Of one that is neither ok nor stale, the newest fill that said so."""


def standing(fills: Iterable[Filled], period: timedelta, at: datetime) -> Standing:
    """How a series is by its fills, newest first; only those down to its newest count are looked at."""
    after, counted = _since_counted(fills)
    newest = after[0] if after else None
    status, reason = (newest.status, newest.reason) if newest else (None, None)
    word = health(counted, status, reason, period, at)
    began = [fill.taken_at for fill in after if health(counted, fill.status, fill.reason, period, at) == word]
    if word in {"ok", "stale", "never counted"}:
        return Standing(word, counted)
    return Standing(word, began[-1], reason, began[0])


def _since_counted(fills: Iterable[Filled]) -> tuple[list[Filled], datetime | None]:
    """The fills after the newest count, and when that was."""
    after: list[Filled] = []
    for fill in fills:
        if fill.status == "accepted":
            return after, fill.taken_at
        after.append(fill)
    return after, None


Lack = Literal["", "fallback", "rounded"]
"""What a count lacks: nothing, its best source, or a precision that it had."""


def lack(now: Counted, before: Iterable[Counted], order: Sequence[str], failing: Collection[str]) -> Lack:
    """What the newest count lacks that it could have.

    `fallback`: a source that would be asked earlier (`order`: best first) is among the `failing`, and this count is from
    a later one. `rounded`: it is known less finely than one of the counts `before`. A count that its platform never gives
    exactly lacks nothing: that an exact 9,950 is followed by "10.1K" is in the nature of the source. So a count of
    before says something only where it came from another source, or has as many digits.
    """
    source = plain_source(now.source)
    better = order[: order.index(source)] if source in order else ()
    if any(each in failing for each in better):
        return "fallback"
    return "rounded" if any(_was_finer(then, now) for then in before) else ""


def _was_finer(then: Counted, now: Counted) -> bool:
    by_nature = replying(then.source) == replying(now.source) and len(str(then.count)) != len(str(now.count))
    return then.granularity < now.granularity and not by_nature
