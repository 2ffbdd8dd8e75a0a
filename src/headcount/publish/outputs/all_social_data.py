"""`all_social_data.csv`: one row a unit, as the pages of the first system read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from headcount.model import HEADLINE
from headcount.publish.edition import Edition, File
from headcount.publish.encode import Cell, csv_bytes
from headcount.store.contract import Column, Shown

PLATFORM_COLUMNS = (
    "facebook", "twitter", "instagram", "youtube", "medium", "pinterest",
    "storify", "linkedin", "google", "vimeo", "flickr", "slideshare",
)  # fmt: skip


def all_social_data(edition: Edition) -> Iterator[File]:
    """`all_social_data.csv`: the newest count of each unit on each platform."""
    yield File("all_social_data.csv", lambda: csv_bytes(("type", "zid", *PLATFORM_COLUMNS), unit_rows(edition)))


def unit_rows(edition: Edition) -> Iterator[list[Cell]]:
    """One row a unit in roster order: plain digits, and nothing where there is no count or an incomplete sum."""
    shown = edition.shown(edition.at)
    keys: dict[tuple[str, str], list[str]] = {}
    for each in edition.own():
        keys.setdefault((each.entry.unit, each.entry.platform), []).append(each.key)
    for unit in edition.units:
        cells = (_sum(edition, shown, keys.get((unit.id, platform), [])) for platform in PLATFORM_COLUMNS)
        yield [unit.name, unit.id, *cells]


def _sum(edition: Edition, shown: Mapping[Column, Shown], keys: list[str]) -> int | None:
    """The cell of some accounts: their sum, or None where there is none or one of them has no fresh count."""
    fresh = [
        found.count
        for key in keys
        if (found := shown.get((key, HEADLINE))) and edition.at - found.taken_at <= edition.max_age
    ]
    return sum(fresh) if fresh and len(fresh) == len(keys) else None
