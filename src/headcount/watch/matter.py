"""What a channel has to hear of one incident: the events of it that are due there, told as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from headcount.news.story import Deed, Event, Severity
from headcount.news.words import advice, says, title
from headcount.watch.letter import Letter, Tone
from headcount.watch.post import RANK, Post

WORDS: dict[Deed, str] = {"cleared": "all clear"}
"""In place of the severity."""


class Matter(Struct, frozen=True):
    """The events of one incident, or one that was noted, that are due on a channel; oldest first."""

    events: tuple[Event, ...]
    heard: bool
    """The channel heard of the incident before."""

    @property
    def newest(self) -> Event:
        """How it stands."""
        return self.events[-1]

    @property
    def severity(self) -> Severity:
        """How bad it is, or was."""
        return max((each.story.severity for each in self.events), key=RANK.__getitem__)

    @property
    def deed(self) -> Deed:
        """What is told: who has heard of nothing yet is not told that it still lasts."""
        return "opened" if self.newest.deed == "reminded" and not self.heard else self.newest.deed


class Parcel(Struct, frozen=True):
    """A letter, and the events that it tells."""

    letter: Letter
    events: tuple[Event, ...]

    @property
    def name(self) -> str:
        """It names the letter in what is kept of its sending."""
        return _name(self.events[0])


def pack(matters: Sequence[Matter], channel: str, post: Post) -> Parcel:
    """A letter of one matter, or of several, the worst first."""
    first = matters[0]
    more = f", and {len(matters) - 1} more" if len(matters) > 1 else ""
    word = WORDS.get(first.deed, first.severity)
    head = f"{post.organization}: {word}: {title(first.newest.story, first.deed, post.names)}{more}"
    events = tuple(event for each in matters for event in each.events)
    text = "\n\n".join([*_paragraphs(matters, post), f"[headcount {' '.join(map(_name, events))}]"])
    return Parcel(Letter(channel, head, text, _tone(matters)), events)


def _tone(matters: Sequence[Matter]) -> Tone:
    """As bad as the first, which is the worst; over, if all are."""
    return "over" if all(each.deed == "cleared" for each in matters) else matters[0].severity


def _paragraphs(matters: Sequence[Matter], post: Post) -> Iterator[str]:
    for each in matters:
        if len(matters) > 1:
            yield f"{title(each.newest.story, each.deed, post.names)}."
        yield from _told(each, post)


def _told(matter: Matter, post: Post) -> Iterable[str]:
    story = matter.newest.story
    yield says(story, matter.deed, post.zone, post.names)
    if matter.deed != "cleared":
        if story.detail:
            yield f"What was said: {story.detail}"
        yield f"What to do: {advice(story)}"


def _name(event: Event) -> str:
    return f"{event.id}.{event.deed}"
