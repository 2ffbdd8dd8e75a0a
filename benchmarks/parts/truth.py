"""Whether what was counted is what was simulated: a benchmark of wrong numbers is worthless.

The simulation grows while it is asked, so a count may be any that was true between the beginning of a run and the
moment of its reply.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from headcount.clock import SYSTEM
from headcount.demo.answers import answers
from headcount.demo.simulation import Simulation
from headcount.model import HEADLINE
from headcount.platforms.kit import counts
from headcount.store.reader import Row

SIMULATION = Simulation(SYSTEM)

TWO_DIGITS = 0.05
"""A page that shows two digits is off by a twentieth at most."""


def wrong_rows(rows: Iterable[Row], wanted: Iterable[str], source: str, since: datetime) -> Iterator[str]:
    """What is wrong in the newest rows of a store after a run by `source`, begun at `since`, for the keys `wanted`."""
    missing = set(wanted)
    for row in rows:
        if (row.status, row.source) != ("accepted", f"simulated-{source}") or row.taken_at < since:
            yield f"{row.key} {row.metric}: {row.status} {row.reason or ''} by {row.source} at {row.taken_at}"
        elif row.count is None or not fits(row.key, row.metric, row.count, source, (since, row.taken_at)):
            yield f"{row.key} {row.metric}: {row.count} was never true"
        elif row.metric == HEADLINE:
            missing.discard(row.key)
    yield from (f"{key}: no count" for key in sorted(missing))


def wrong_texts(texts: Mapping[str, str], source: str, since: datetime) -> Iterator[str]:
    """What is wrong in the texts, by account key, that the first system's method cut out since then."""
    for key, text in texts.items():
        count = counts.read(text)
        if count is None or not fits(key, HEADLINE, count.value, source, (since, SYSTEM.now())):
            yield f"{key} by the first system's method: {text[:60]!r} was never true"


def fits(key: str, metric: str, count: int, source: str, moments: tuple[datetime, datetime]) -> bool:
    """Whether a source could have shown this count between two moments: an API as it shows it, a page roughly."""
    slug, _, handle = key.partition("/")
    low, high = sorted(SIMULATION.count(slug, handle, moment, metric) for moment in moments)
    if source == "api":
        shown = answers(slug).metrics.get(metric)
        return shown is not None and shown(low).value <= count <= shown(high).value
    return low - TWO_DIGITS * low <= count <= high + TWO_DIGITS * high
