"""`latest.json`: what the newest counts are, and what they have changed by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from msgspec import Struct

from headcount.measure.growth import change
from headcount.publish.edition import Edition, Listed
from headcount.publish.encode import json_bytes, stamp
from headcount.publish.file import AnyFile, File
from headcount.store.reader import Shown

PERIODS = {"change_24h": timedelta(days=1), "change_7d": timedelta(days=7), "change_30d": timedelta(days=30)}


class CountShape(Struct):
    """A count in `latest.json`; a change is null where it would be a guess."""

    key: str
    unit_id: str
    platform: str
    handle: str
    metric: str
    count: int
    granularity: int
    source: str
    taken_at: str
    change_24h: int | None
    change_7d: int | None
    change_30d: int | None


class LatestShape(Struct):
    """`latest.json`."""

    organization: str
    published_at: str
    simulated: bool
    """Some of these counts were made up by the demo server; their source says which."""
    counts: list[CountShape]


def latest_json(edition: Edition) -> Iterator[AnyFile]:
    """`latest.json`: the newest counts, and what they have changed by."""
    yield File(
        name="latest.json",
        title="The newest counts with their changes over a day, a week and a month",
        make=lambda: json_bytes(_latest(edition)),
    )


def _latest(edition: Edition) -> LatestShape:
    now = edition.shown(edition.at)
    before = {name: edition.shown(edition.at - period) for name, period in PERIODS.items()}
    seen = edition.seen
    counts = [
        _count(
            seen[key],
            shown,
            {name: change(then.get((key, metric)), shown, PERIODS[name], edition.at) for name, then in before.items()},
        )
        for (key, metric), shown in sorted(now.items())
    ]
    simulated = any(each.source.startswith("simulated") for each in counts)
    return LatestShape(edition.organization, stamp(edition.at), simulated, counts)


def _count(listed: Listed, shown: Shown, changes: dict[str, int | None]) -> CountShape:
    return CountShape(
        key=listed.key,
        unit_id=listed.entry.unit,
        platform=listed.entry.platform,
        handle=listed.entry.handle,
        metric=shown.metric,
        count=shown.count,
        granularity=shown.granularity,
        source=shown.source,
        taken_at=stamp(shown.taken_at),
        **changes,
    )
