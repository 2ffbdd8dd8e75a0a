"""The header of a channel's page, in every layout since 2020: which of its texts is the count of subscribers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from headcount.errors import ShapeChanged
from headcount.model import Count
from headcount.platforms.kit import counts
from headcount.platforms.kit.wire import Json, find


class Shown(Struct, frozen=True):
    """A text as a header shows it, and as it is read aloud; both empty where there is none."""

    text: str = ""
    spoken: str = ""

    @property
    def is_count(self) -> bool:
        """Whether it is one: some headers show none, and some say `No subscribers`."""
        return any(map(str.isdigit, self.text))

    def count(self, language: str) -> Count:
        """The number, where text and speech agree on it.

        Raises:
            ShapeChanged: where they do not, or it is no number of subscribers.
        """
        count, aloud = counts.read(self.text, language), counts.read(self.spoken, language)
        if count is None or (_is_english(language) and not SUBSCRIBERS.fullmatch(self.text)):
            raise ShapeChanged(f"no count of subscribers in {self.text[:60]!r}")
        if aloud and abs(aloud.value - count.value) >= max(aloud.granularity, count.granularity):
            raise ShapeChanged(f"shown as {self.text[:60]!r}, read aloud as {self.spoken[:60]!r}")
        return three_digits(count.value, count.granularity)


def three_digits(value: int, shown: int = 1) -> Count:
    """As fine as YouTube counts, or as coarse as it was shown."""
    step = max(shown, 10 ** max(len(str(value)) - 3, 0))
    return Count(value, step, "truncated" if step > 1 else "exact")


def shown(header: Json, language: str) -> Shown:
    """What a header shows.

    Raises:
        ShapeChanged: where it has lost the count that its kind has, or shows what may be one.
    """
    if parts := list(_parts(header)):
        return _among(parts, language)
    for place, label in PLACES:
        if text := find(header, place, str):
            return Shown(text, find(header, label, str) or "")
    if MAY_LACK_IT.isdisjoint(header):
        raise ShapeChanged(f"no count where it was, in a header of {list(header)[:5]}")
    return Shown()


def _parts(header: Json) -> Iterator[Shown]:
    """The texts below the title: `@energy`, `123K subscribers`, `337 videos`."""
    for row in find(header, ROWS, list[Json]) or ():
        for part in find(row, "metadataParts", list[Json]) or ():
            yield Shown(find(part, "text.content", str) or "", find(part, "accessibilityLabel", str) or "")


def _among(parts: Sequence[Shown], language: str) -> Shown:
    """The one that counts subscribers. In English its words say so; elsewhere, it is the only one that is read aloud."""
    english = _is_english(language)
    found = {part for part in parts if part.is_count and (SUBSCRIBERS.fullmatch(part.text) if english else part.spoken)}
    if len(found) == 1:
        return found.pop()
    if found or not english or not all(NO_COUNT.fullmatch(part.text) for part in parts):
        texts = " | ".join(part.text for part in parts)
        raise ShapeChanged(f"{len(found)} counts of subscribers in {texts[:100]!r} ({language})")
    return next((part for part in parts if part.text == NOBODY), Shown())


def _is_english(language: str) -> bool:
    return language.startswith("en")


SUBSCRIBERS = re.compile(r"\S+(?:\s(?:thousand|million|billion))?\s+subscribers?")
NOBODY = "No subscribers"
NO_COUNT = re.compile(rf"@\S+|(?:[0-9][0-9.,]*[KMBkmb]?|No) (?:videos?|views?)|{NOBODY}")
"""What stands beside a count, and alone where it is hidden."""
ROWS = "pageHeaderRenderer.content.pageHeaderViewModel.metadata.contentMetadataViewModel.metadataRows"
CLASSIC = "c4TabbedHeaderRenderer.subscriberCountText"
TOPIC = "carouselHeaderRenderer.contents.*.topicChannelDetailsRenderer.subtitle"
LABEL = "accessibility.accessibilityData.label"
PLACES = (
    (f"{CLASSIC}.simpleText", f"{CLASSIC}.{LABEL}"),
    (f"{CLASSIC}.runs.0.text", f"{CLASSIC}.{LABEL}"),
    (f"{TOPIC}.simpleText", f"{TOPIC}.{LABEL}"),
)
MAY_LACK_IT = {"c4TabbedHeaderRenderer", "carouselHeaderRenderer", "interactiveTabbedHeaderRenderer"}
