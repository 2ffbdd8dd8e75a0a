"""Who an answer's items are about."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from typing import Generic, TypeVar

from headcount.platforms.kit.contract import Spoilt

T = TypeVar("T")


class Matched(Generic[T]):
    """The items of an answer by the name of whom they are about, and those that cannot be used."""

    def __init__(self, found: Mapping[str, T], spoilt: tuple[Spoilt, ...]) -> None:
        self.found = found
        self.spoilt = spoilt


def match(items: Iterable[T | Spoilt], name: Callable[[T], str], asked: Container[str] | None = None) -> Matched[T]:
    """Sort items by whom they are about.

    Two about one that differ are both spoilt, for neither can be believed; and so is one about nobody who was `asked` for.
    """
    found: dict[str, T] = {}
    spoilt: list[Spoilt] = []
    doubtful: set[str] = set()
    for item in items:
        if isinstance(item, Spoilt):
            spoilt.append(item)
        elif asked is not None and name(item) not in asked:
            spoilt.append(Spoilt(f"an answer about {name(item)}, who was not asked for"))
        elif found.setdefault(name(item), item) != item:
            doubtful.add(name(item))
    for whom in doubtful:
        del found[whom]
        spoilt.append(Spoilt(f"two answers about {whom} that differ"))
    return Matched(found, tuple(spoilt))
