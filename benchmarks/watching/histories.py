"""One history of one kind of break: it happens, it is told or not, it passes, and the all-clear comes or does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from shutil import copytree

from msgspec import Struct

from benchmarks.watching.breaks.contract import Break
from benchmarks.watching.cast import QUIET, Cast, cast
from benchmarks.watching.people import HOUR
from benchmarks.watching.trouble import Trouble
from benchmarks.watching.world import Look, World, world
from headcount.model import Verdict
from headcount.news.story import Event
from headcount.pipeline.watching.watch import watch
from headcount.watch.post import KEPT

PATIENCE = 6
"""Runs that a break is waited for that nobody tells, at least."""
AFTERWARDS = 4
"""Runs in which the all-clear has to come; there is one more, in which it may not come again."""
ALARMS = ("warning", "urgent")


class Seen(Struct, frozen=True, kw_only=True):
    """What came of one history."""

    name: str
    seed: int
    limit: int
    delay: int | None
    """Runs that met the break until it was told, that one included; None: it never was."""
    letters: int
    """To the first channel, or the only one that takes any, from the break to its all-clear."""
    busiest: int
    """The most of them in 24 hours."""
    opened: int
    """Incidents that tell of the break."""
    cleared: int
    """All-clears of those."""
    false: tuple[str, ...]
    """Alarms meanwhile that had nothing to do with it."""
    leaked: int
    """Wrong numbers that became public."""


def prepared(folder: Path, seed: int, look: Look = watch) -> Cast:
    """The world of a seed as it is before anything happens, in a folder that is copied for each history."""
    people = cast(seed)
    with world(folder, people, look) as there:
        there.fill_in()
        for _ in range(QUIET):
            there.turn()
    return people


def history(folder: Path, before: Path, people: Cast, kind: Break, look: Look = watch) -> Seen:
    """What comes of a kind of break, where everything was as `before` until then."""
    copytree(before, folder)
    with world(folder, people, look) as there:
        there.resume(QUIET)
        return Observer(there, kind).sees()


class Observer:
    """Sees a break through."""

    def __init__(self, there: World, kind: Break) -> None:
        self._world, self._kind, self._cast = there, kind, there.cast
        self._known = {event.id for event in there.events()}
        self._before = len(there.postbox.arrived)
        self._slot = there.slot

    def sees(self) -> Seen:
        """The whole of it."""
        trouble = self._kind.trouble(self._cast)
        self._world.befall(trouble)
        delay = self._until_told()
        for _ in range(self._kind.hours):
            self._world.turn()
        if self._kind.outside:
            self._world.look_only()
        leaked = self._leaked(trouble)
        self._end()
        return self._seen(delay, leaked)

    def _until_told(self) -> int | None:
        for number in range(1, max(PATIENCE, self._kind.most(self._cast) + 1) + 1):
            self._world.turn()
            if self._is_told():
                return number
        return None

    def _is_told(self) -> bool:
        """Whether people know: by a letter; by the feed, where no letter is written of it; or by the dead man's switch."""
        if self._kind.outside:
            return self._world.dead_man.asks(self._world.now)
        told = self._world.told() if self._letters() else ()
        fed = [event for event in self._world.events() if event.story.kind in KEPT]
        return any(self._is_ours(event) for event in self._new([*told, *fed]))

    def _new(self, events: Iterable[Event]) -> Iterator[Event]:
        return (event for event in events if event.id not in self._known)

    def _is_ours(self, event: Event) -> bool:
        return event.deed != "cleared" and self._kind.tells(self._cast, event.story)

    def _leaked(self, trouble: Trouble) -> int:
        """Public counts of those about whom something untrue was shown that are not what the platform really has."""
        if self._kind.of != "number":
            return 0
        return sum(len(list(self._untrue(key))) for key in trouble.shows)

    def _untrue(self, key: str) -> Iterator[int]:
        known = self._cast.by_key[key]
        for shown in self._world.store.counts(key, self._slot, self._world.clock.now() + HOUR):
            if shown.count != known.count(_slot_of(shown.taken_at)).value:
                yield shown.count

    def _end(self) -> None:
        """It passes, unless it is how things are now; a person refuses what was held; the all-clear is waited for."""
        if self._kind.lasts:
            self._world.befall(Trouble())
            self._review()
        for _ in range(AFTERWARDS):
            self._world.turn()
            if not any(self._is_ours(event) for event in self._world.store.open_events()):
                break
        self._world.turn()

    def _review(self) -> None:
        store, now = self._world.store, self._world.clock.now()
        for remark in store.remarks(now):
            if remark.stands and remark.decision == "hold":
                store.decide(remark.reading, Verdict("refuse", "review", "it was wrong"), "jane", now)

    def _seen(self, delay: int | None, leaked: int) -> Seen:
        events = list(self._new(self._world.events()))
        opened = [event.key for event in events if event.deed == "opened" and self._kind.tells(self._cast, event.story)]
        return Seen(
            name=self._kind.name,
            seed=self._cast.seed,
            limit=self._kind.most(self._cast),
            delay=delay,
            letters=len(self._letters()),
            busiest=_busiest(self._letters()),
            opened=len(opened),
            cleared=sum(event.deed == "cleared" and event.key in opened for event in events),
            false=tuple(event.key for event in events if self._is_false(event)),
            leaked=leaked,
        )

    def _letters(self) -> Sequence[datetime]:
        arrived = self._world.postbox.arrived[self._before :]
        channels = [[each.at for each in arrived if each.letter.channel == name] for name in ("first", "second")]
        return max(channels, key=len)

    def _is_false(self, event: Event) -> bool:
        alarms = event.deed in ("opened", "noted") and event.story.severity in ALARMS
        return alarms and not self._kind.brings(event.story)


def _slot_of(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _busiest(times: Sequence[datetime]) -> int:
    return max((sum(at <= other < at + 24 * HOUR for other in times) for at in times), default=0)
