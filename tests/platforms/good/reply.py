"""Good replies, made up by us in the platforms' own shapes, and what is true of them: what the mutation test mutates.

Everybody's count is made of digits that stand nowhere else in a reply, so that each place where it stands can be found;
ids and names of different accounts differ in many characters, so that a few changed ones never turn one into another.
Between the things that are counted stand numbers that are not: other people's, likes, posts, numbers in names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from msgspec import Struct, structs

from headcount.model import Account, Count

Truth = Mapping[str, Mapping[str, tuple[Count, ...]]]
"""By handle and metric, every count that may truthfully be read from a reply: it may say one more and less finely."""


class Doc(Struct, frozen=True):
    """A JSON text that stands in a reply."""

    text: str
    escaped: bool = False
    """It stands there as a JSON string, as the body of a part of a batch does."""
    own: bool = False
    """It is about the watched account only."""


class Good(Struct, frozen=True):
    """A good reply: who asks for whom, what stands where, and what must come out."""

    source: str
    """`twitter api`."""
    asked: tuple[Account, ...]
    """The first is the watched one; whatever becomes of it must cost the others nothing."""
    body: str
    truth: Truth
    docs: tuple[Doc, ...]
    written: tuple[str, ...]
    """Every form in which the count of somebody asked for is written."""
    twins: tuple[tuple[str, str], ...]
    """Objects of the watched account as they stand, each with another account's object in the same shape."""
    names: tuple[str, ...]
    """The forms of the watched account's handle, other than in the question."""
    ids: Mapping[str, str]
    """The watched account's stable ids as they stand, by scheme."""
    copies: tuple[str, ...] = ()
    """Forms of one count that stand side by side, so that each gainsays the others if it is changed alone."""
    options: Mapping[str, str] = {}

    @property
    def watched(self) -> Account:
        return self.asked[0]

    @property
    def pinned(self) -> bool:
        return bool(self.watched.ids)

    @property
    def keys(self) -> tuple[str, ...]:
        """The JSON keys under which counts stand as numbers, in their order."""
        forms = "|".join(filter(str.isdigit, self.written)) or "(?!)"
        return tuple(dict.fromkeys(re.findall(rf'"(\w+)\\?"\s*:\s*\\?"?(?:{forms})\b', self.body)))

    @property
    def is_page(self) -> bool:
        return self.source.endswith("page")


class Person(Struct, frozen=True):
    """An account on every platform."""

    handle: str
    title: str
    number: str
    """Twelve digits of which ids are made."""
    heads: int
    likes: int

    @property
    def uc(self) -> str:
        return f"UC{self.handle[::-1].title():x<10.10}{self.number}"

    @property
    def graph(self) -> str:
        return f"17841{self.number}"


WATCHED = Person("RiverLab", "River Lab No. 7", "604028193755", 4_817_263, 3_650_918)
SECOND = Person("hilltop_obs", "Hilltop", "915573620481", 90_217, 81_144)
THIRD = Person("SeaPortMuseum", "Museum", "258819947036", 655_301, 655_479)
STRANGER = Person("mallory", "Mallory & 12,345 Friends", "771346058022", 2_293_884, 1_948_776)
ASKED = (WATCHED, SECOND, THIRD)


def dumps(value: object) -> str:
    """JSON as platforms send it: compact, and with no tag that could end a script."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).replace("</", "<\\/")


def escaped(text: str) -> str:
    """A text as it stands in a JSON string."""
    return json.dumps(text)[1:-1]


def account(slug: str, person: Person, ids: Mapping[str, str] | None = None) -> Account:
    return Account(f"{slug}/{person.handle.lower()}", person.handle, ids or {})


def exactly(people: Sequence[Person], metrics: Sequence[str] = ("followers",)) -> Truth:
    return {
        person.handle: {metric: (Count(person.heads if metric == "followers" else person.likes),) for metric in metrics}
        for person in people
    }


FILLING: list[object] = []
"""Stands in every page, where `grown` puts as much as real pages hold."""
FILLED = '"prefetched":[]'


def grown(good: Good, size: int) -> Good:
    """The same reply with about `size` bytes more, of what fills real pages."""
    item = dumps(
        {"user": {"id_str": "5", "screen_name": "filler", "followers_count": 11, "title": "So {it} [is] \\" * 9}}
    )
    filled = FILLED[:-1] + ",".join([item] * (size // len(item))) + "]"
    docs = tuple(structs.replace(doc, text=doc.text.replace(FILLED, filled)) for doc in good.docs)
    twins = tuple((own.replace(FILLED, filled), other.replace(FILLED, filled)) for own, other in good.twins)
    return structs.replace(good, body=good.body.replace(FILLED, filled), docs=docs, twins=twins)
