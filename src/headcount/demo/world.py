"""What a platform's handlers see: who there is, how many follow them, and what time it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property

from msgspec import Struct

from headcount.demo.people import Fate, Identify, Person
from headcount.demo.simulation import Simulation


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
