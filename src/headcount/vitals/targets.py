"""How targets are, by what was delivered to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import takewhile

from headcount.measure.health import PATIENCE
from headcount.store.noticing import Delivered
from headcount.vitals.signs import Expectation, Slots, TargetSigns


def signs(expected: Expectation, deliveries: Sequence[Delivered], at: datetime) -> tuple[TargetSigns, ...]:
    """How each target of the configuration is; `deliveries` are in the order of time."""
    oldest = _oldest(expected.jobs.values(), at)
    return tuple(
        _signs(target, [each for each in reversed(deliveries) if each.target == target], oldest)
        for target in expected.targets
    )


def _oldest(jobs: Iterable[Slots], at: datetime) -> datetime | None:
    """What was delivered before is stale; None: nothing is, for nothing is counted."""
    lengths: list[timedelta] = [slots.end(slots.slot(at)) - slots.slot(at) for slots in jobs]
    return at - PATIENCE * min(lengths) if lengths else None


def _signs(target: str, deliveries: Sequence[Delivered], oldest: datetime | None) -> TargetSigns:
    """How a target is by its deliveries, newest first."""
    if not deliveries:
        return TargetSigns(target=target, health="never", since=None)
    good = next((each.at for each in deliveries if not each.fault), None)
    if failed := list(takewhile(lambda each: each.fault, deliveries)):
        return TargetSigns(
            target=target,
            health="failing",
            since=failed[-1].at,
            delivered_at=good,
            fault=failed[0].fault,
            again=len(failed) > 1,
        )
    is_stale = bool(good and oldest and good < oldest)
    return TargetSigns(
        target=target, health="stale" if is_stale else "ok", since=good, delivered_at=good, again=is_stale
    )
