"""How platforms are: as their accounts are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from headcount.measure.health import COUNTED, EXPECTED
from headcount.vitals.signs import AccountSigns, PlatformSigns, Working


def signs(accounts: Iterable[AccountSigns]) -> tuple[PlatformSigns, ...]:
    """How each platform is, by name."""
    by_platform: dict[str, list[AccountSigns]] = {}
    for each in accounts:
        by_platform.setdefault(each.platform, []).append(each)
    return tuple(_signs(slug, some) for slug, some in sorted(by_platform.items()))


def _signs(slug: str, accounts: Sequence[AccountSigns]) -> PlatformSigns:
    numbers = Counter[str](each.health for each in accounts)
    counted = [each.counted_at for each in accounts if each.counted_at]
    return PlatformSigns(
        platform=slug, health=_health(numbers), accounts=dict(numbers), since=max(counted, default=None)
    )


def _health(numbers: Mapping[str, int]) -> Working:
    there = {word for word in EXPECTED if numbers.get(word)}
    if there == {"never counted"}:
        return "never"
    if "failing" in there and not there & COUNTED:
        return "failing"
    return "stale" if "stale" in there or (there and not there & COUNTED) else "ok"
