"""How accounts are: each by its newest fills, its newest count, and the sources of its platform."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from msgspec import Struct, structs

from headcount.measure.health import PATIENCE, Lack, Standing, lack, standing
from headcount.store.reader import Attempt, Shown
from headcount.vitals.signs import AccountSigns, Expectation, Expected, Slots, SourceSigns


class Records(Struct, frozen=True):
    """What the store knows of all accounts: their followers, by key."""

    fills: Mapping[str, Sequence[Attempt]]
    """Newest first."""
    counts: Mapping[str, Shown]
    """The newest public ones."""
    before: Sequence[Mapping[str, Shown]]
    """Those of some earlier moments, the newest first."""
    sources: Sequence[SourceSigns]

    def counts_before(self, key: str) -> Iterator[Shown]:
        """The earlier counts of an account."""
        return (counts[key] for counts in self.before if key in counts)

    def failing(self, platform: str) -> tuple[SourceSigns, ...]:
        """The sources of a platform that fail."""
        return tuple(each for each in self.sources if each.platform == platform and each.health == "failing")


def accounts(expected: Expectation, known: Records, at: datetime) -> tuple[AccountSigns, ...]:
    """How every account that is expected is, by key."""
    return tuple(_account(expected, each, known, at) for each in sorted(expected.accounts, key=_key))


def _account(expected: Expectation, each: Expected, known: Records, at: datetime) -> AccountSigns:
    signs = _with_count(_stands(expected, each, known, at), known.counts.get(each.key))
    if signs.health in {"ok", "degraded", "stale"} and signs.since and each.period:
        return structs.replace(signs, stale_after=signs.since + PATIENCE * each.period)
    return signs


def _stands(expected: Expectation, each: Expected, known: Records, at: datetime) -> AccountSigns:
    blank = AccountSigns(
        key=each.key, unit=each.unit, platform=each.platform, public=each.public, health="absent", since=None
    )
    if each.archived:
        return structs.replace(blank, health="retired", since=each.archived, reason="archived", again=True)
    if each.period is None:
        return structs.replace(blank, reason="not_counted", again=True)
    found = standing(known.fills.get(each.key, ()), each.period, at)
    if found.health == "ok":
        return _counted(blank, found, expected.sources.get(each.platform, ()), known)
    detail = _detail(found, known.failing(each.platform))
    again = _is_again(found, each, expected.jobs.get(each.job))
    reason = found.reason or ""
    return structs.replace(blank, health=found.health, since=found.since, reason=reason, detail=detail, again=again)


def _counted(blank: AccountSigns, found: Standing, order: Sequence[str], known: Records) -> AccountSigns:
    """Of one that is counted as often as it should be: as well as it could be, or not."""
    failing = {each.source: each for each in known.failing(blank.platform)}
    count = known.counts.get(blank.key)
    why: Lack = lack(count, known.counts_before(blank.key), order, failing) if count else ""
    if not why:
        return structs.replace(blank, health="ok", since=found.since)
    again = why == "rounded" or any(each.again for each in failing.values())
    return structs.replace(blank, health="degraded", since=found.since, reason=why, again=again)


def _detail(found: Standing, failing: Sequence[SourceSigns]) -> str:
    """What the platform said when it refused for the same reason."""
    return next((each.detail for each in failing if each.reason == found.reason), "")


def _is_again(found: Standing, each: Expected, slots: Slots | None) -> bool:
    """Whether the newest fill that says so is of a later slot than the first; one that is stale has missed two."""
    if found.since is None or found.newest is None:
        return found.health == "stale"
    if slots is None:
        return each.period is not None and found.newest - found.since >= each.period
    return slots.slot(found.newest) > slots.slot(found.since)


def _with_count(signs: AccountSigns, count: Shown | None) -> AccountSigns:
    if count is None:
        return signs
    return structs.replace(
        signs, count=count.count, counted_at=count.taken_at, source=count.source, granularity=count.granularity
    )


def _key(each: Expected) -> str:
    return each.key
