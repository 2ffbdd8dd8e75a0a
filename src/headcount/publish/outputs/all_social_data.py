"""`all_social_data.csv`: one row a unit, as the pages of the first system read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from headcount.measure.rollup import total
from headcount.model import HEADLINE
from headcount.publish.edition import Edition
from headcount.publish.encode import Cell, csv_bytes
from headcount.publish.file import AnyFile, File
from headcount.publish.schema import Field, Reference, Schema
from headcount.store.reader import Column, Shown

PLATFORM_COLUMNS = (
    "facebook", "twitter", "instagram", "youtube", "medium", "pinterest",
    "storify", "linkedin", "google", "vimeo", "flickr", "slideshare",
)  # fmt: skip


SCHEMA = Schema(
    (
        Field("type", "string", "The unit's name", required=True),
        Field("zid", "string", "Its id", required=True, unique=True),
        *(
            Field(
                slug,
                "integer",
                f"Followers on {slug}, summed over the unit's accounts; empty while one is missing",
                minimum=0,
            )
            for slug in PLATFORM_COLUMNS
        ),
    ),
    ("zid",),
    (Reference(("zid",), "units.csv", ("unit_id",)),),
)


def all_social_data(edition: Edition) -> Iterator[AnyFile]:
    """`all_social_data.csv`: the newest count of each unit on each platform."""
    yield File(
        name="all_social_data.csv",
        title="A row a unit, a column a platform: the newest follower counts",
        schema=SCHEMA,
        make=lambda: csv_bytes(SCHEMA.header, unit_rows(edition)),
    )


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
    sums = total(edition.fresh(shown, (key, HEADLINE)) for key in keys)
    return sums.sum if sums.complete else None
