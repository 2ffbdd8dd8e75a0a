"""What a kind of break declares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from msgspec import Struct

from benchmarks.watching.cast import Cast
from benchmarks.watching.trouble import Trouble
from headcount.news.story import Kind, Story

Class = Literal["permanent", "hard", "silent", "soft", "number", "event"]
"""permanent: no further try can help; hard: counting or publishing fails, perhaps for a moment only; silent: something that
should happen does not; soft: it goes on, and somebody should know; number: a wrong count, to be held back; event: true,
and worth knowing."""


class Break(Struct, frozen=True, kw_only=True):
    """One kind of break."""

    name: str
    of: Class
    trouble: Callable[[Cast], Trouble]
    """What is wrong while it lasts."""
    kinds: tuple[Kind, ...]
    """The kinds of story that tell of it."""
    about: Callable[[Cast], Sequence[str]]
    """Whom they are about: the story's subject, or one of the accounts that it names, is one of these."""
    limit: int | Callable[[Cast], int]
    """Runs that may meet it until it is told, the one that tells it included."""
    outside: bool = False
    """No run is left to tell it: the dead man's switch has to; and so has whoever looks without a run."""
    lasts: bool = True
    """It is an incident, which ends with an all-clear; False: it has happened, and stays so."""
    hours: int = 1
    """Runs that it lasts once it was told."""
    within: int = 6
    """Letters to one channel in a day that are not too many."""
    besides: tuple[Kind, ...] = ()
    """Other kinds of story that it may rightly bring about."""

    def tells(self, cast: Cast, story: Story) -> bool:
        """Whether a story is about this break."""
        about = self.about(cast)
        return story.kind in self.kinds and any(_names(story, each) for each in about)

    def brings(self, story: Story) -> bool:
        """Whether a story is no false alarm where this break has happened."""
        return story.kind in (*self.kinds, *self.besides)

    def most(self, cast: Cast) -> int:
        """Its limit."""
        return self.limit if isinstance(self.limit, int) else self.limit(cast)


def _names(story: Story, whom: str) -> bool:
    return not whom or whom in story.accounts or story.subject == whom or story.subject.startswith(f"{whom}.")


def platform(cast: Cast) -> Sequence[str]:
    """About the platform that it happens to, or a source or credential of it."""
    return [cast.platform]


def victim(cast: Cast) -> Sequence[str]:
    """About the account that it happens to."""
    return [cast.victim.key]


def there(cast: Cast) -> Sequence[str]:
    """About the platform, or any of its accounts."""
    return [cast.platform, *(each.key for each in cast.there)]


def anything(_cast: Cast) -> Sequence[str]:
    """The kind says it all."""
    return [""]
