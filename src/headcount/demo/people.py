"""Whom the simulated platforms know, and what has become of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import Literal

from msgspec import Struct

from headcount.demo.simulation import Simulation

Fate = Literal[
    "well",
    "suspended",
    "private",
    "hidden",
    "withheld",
    "personal",
    "age_gated",
    "quiet",
    "left_out",
    "spoilt",
    "renamed",
    "reused",
]
"""What became of an account. `hidden`: shows no count. `withheld`: the platform has it and will not say. `personal`: a
private person's, not a page or a professional account. `quiet`: has never posted. `left_out`: answers about many pass it
over. `spoilt`: its item lacks its shape. `renamed`: goes by another name, under the same id. `reused`: renamed, and its
old name is somebody else's now. Each file of `answers` says which of them its platform knows."""


class Directory(Struct, frozen=True):
    """The accounts that exist, by platform; a handle that is not here is unknown to the platform."""

    handles: Mapping[str, tuple[str, ...]]
    fates: Mapping[str, Mapping[str, Fate]] = {}
    """By platform and handle, for those that are not well."""


class Person(Struct, frozen=True):
    """An account as its platform knows it."""

    handle: str
    """As it goes by today, in its own upper and lower case."""
    ids: tuple[str, ...]
    """Its stable ids, by the platform's own order: the one that its API speaks of first."""
    number: int
    """What everything else about it can be made up from."""
    fate: Fate
    origin: str
    """The name under which the simulation knows it: the directory's, as it stands there."""

    @property
    def id(self) -> str:
        """The id that the platform's API speaks of."""
        return self.ids[0]


Identify = Callable[[str, int], tuple[str, ...]]
"""The stable ids, in the platform's own form, of the account with this handle and number."""


class Naming(Struct, frozen=True):
    """How a platform writes and compares names."""

    plain: Callable[[str], str]
    """A handle as rosters write it (`@NASA`) -> the name that the platform knows (`NASA`)."""
    fold: Callable[[str], str]
    """Two names are the same account if their folds are equal."""


class World:
    """What a platform's handlers see: who there is, how many follow them, and what time it is."""

    def __init__(
        self,
        platform: str,
        simulation: Simulation,
        people: Iterable[tuple[str, Fate]],
        *,
        identify: Identify,
        naming: Naming,
        page_bytes: int = 0,
    ) -> None:
        self.page_bytes = page_bytes
        """Bytes with which a page is filled up."""
        self._platform, self._simulation, self._identify, self._naming = platform, simulation, identify, naming
        self._people = tuple(people)

    @property
    def now(self) -> datetime:
        """The time, in UTC."""
        return self._simulation.clock.now()

    def count(self, person: Person, metric: str = "followers") -> int:
        """How many there are now."""
        return self._simulation.count(self._platform, person.origin, self.now, metric)

    def named(self, handle: str) -> Person | None:
        """Who goes by that handle today."""
        return self._by_name.get(self._naming.fold(handle))

    def identified(self, stable_id: str) -> Person | None:
        """Who has that stable id, whatever the name."""
        return self._by_id.get(stable_id)

    def first(self) -> Person:
        """The account that comes first: where a platform speaks of "me", it is this one."""
        return self._everyone[0]

    def stranger(self) -> Person:
        """Somebody else, whose numbers stand on everybody's page."""
        return self._person("SomebodyElse", "somebody else")

    @cached_property
    def _everyone(self) -> tuple[Person, ...]:
        return tuple(person for handle, fate in self._people for person in self._became(handle, fate))

    @cached_property
    def _by_name(self) -> Mapping[str, Person]:
        return {self._naming.fold(person.handle): person for person in self._everyone}

    @cached_property
    def _by_id(self) -> Mapping[str, Person]:
        return {stable_id: person for person in self._everyone for stable_id in person.ids}

    def _became(self, handle: str, fate: Fate) -> Iterator[Person]:
        name = self._naming.plain(handle)
        if fate not in {"renamed", "reused"}:
            yield self._person(name, handle, fate)
            return
        yield self._person(f"{name[:12]}New", handle)
        if fate == "reused":
            yield self._person(name, f"{handle}, the next")

    def _person(self, handle: str, origin: str, fate: Fate = "well") -> Person:
        number = self._simulation.number(self._platform, origin)
        return Person(handle, self._identify(origin, number), number, fate, origin)
