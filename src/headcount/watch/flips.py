"""What there is to tell: that something began, still lasts, is over, or happened. Each once, and not again and again.

- What began is told at once. An incident of which a day has brought four messages, because it came and went twice, is told of
  again only when it has lasted for six hours; an urgent one comes and goes three times, with six messages, before that holds.
- What lasts is told again once a day, if it is more than a notice, and at once when it becomes urgent.
- What is over is told once. What was told of so often, as it came and went, stays open until the day is over.
- An incident whose accounts have all passed into another one ends without a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from msgspec import structs

from headcount.news.story import Deed, Event, Kind, Severity, Story
from headcount.news.words import MOOT
from headcount.watch.look import Found
from headcount.watch.memory import Memory

DAY = timedelta(days=1)

ABOUT_A_DAY = DAY - timedelta(minutes=30)
"""Between reminders: a run does not begin at the same second each day."""

AT_MOST: Mapping[Severity, int] = {"notice": 4, "warning": 4, "urgent": 6}
"""Messages about one incident in a day, as it comes and goes: that it began, and that it is over, two or three times."""

IN_EARNEST = timedelta(hours=6)
"""What has lasted so long is told, however often it came and went before."""

WITHOUT_ROSTER: frozenset[Kind] = frozenset({"credential", "channel", "configuration", "disk", "clock"})
"""What is seen even where nobody knows who should be counted."""

Told = tuple[Deed, Story]


def flips(memory: Memory, found: Found, at: datetime) -> list[Told]:
    """What there is to tell now."""
    happened = {each.key: each for each in found.happened}
    return [
        *_ended(memory, found, at),
        *_lasting(memory, found, at),
        *_begun(memory, found, at),
        *(("noted", each) for each in happened.values()),
    ]


def _begun(memory: Memory, found: Found, at: datetime) -> Iterator[Told]:
    known = {each.key for each in memory.open}
    for each in found.stories:
        if each.key not in known and not _comes_and_goes(memory, each, at):
            yield "opened", each if each.since else structs.replace(each, since=at)


def _lasting(memory: Memory, found: Found, at: datetime) -> Iterator[Told]:
    now = {each.key: each for each in found.stories}
    for told in memory.open:
        if told.key in now and _is_due(told, now[told.key], at):
            yield "reminded", structs.replace(now[told.key], since=told.story.since or told.at)


def _comes_and_goes(memory: Memory, story: Story, at: datetime) -> bool:
    """Whether enough was said of it today, for as long as it lasts."""
    in_earnest = story.since is not None and at - story.since >= IN_EARNEST
    return _is_enough(memory, story, at) and not in_earnest


def _is_due(told: Event, story: Story, at: datetime) -> bool:
    """Whether what lasts is told again."""
    before = told.story
    if story.kind == "credential":
        return story.figures.get("step", 0) < before.figures.get("step", 0)
    is_worse = story.severity == "urgent" != before.severity
    return is_worse or (story.severity != "notice" and at - told.at >= ABOUT_A_DAY)


def _ended(memory: Memory, found: Found, at: datetime) -> Iterator[Told]:
    holds = {each.key for each in found.stories} | found.explained
    for each in memory.open:
        if each.key in holds or not _could_be_seen(each.story, found):
            continue
        left = set(each.story.accounts) & found.unwell
        if left <= _told_of(found.stories) and not _is_enough(memory, each.story, at):
            yield "cleared", _over(each, found, at)


def _could_be_seen(story: Story, found: Found) -> bool:
    """Whether this look would have shown that it lasts."""
    return story.kind in WITHOUT_ROSTER or found.listed is not None


def _told_of(stories: Iterable[Story]) -> set[str]:
    return {key for each in stories for key in each.accounts}


def _is_enough(memory: Memory, story: Story, at: datetime) -> bool:
    """Whether it came and went so often today that nobody would believe its next beginning, or that it is over."""
    said = [each for each in memory.of(story.key, at - DAY) if each.deed != "reminded"]
    return len(said) >= AT_MOST[story.severity]


def _over(told: Event, found: Found, at: datetime) -> Story:
    story = told.story
    lasted = {"lasted": int((at - (story.since or told.at)).total_seconds())}
    return structs.replace(story, figures={**story.figures, **lasted, **({} if _is_well(story, found) else {MOOT: 1})})


def _is_well(story: Story, found: Found) -> bool:
    """Whether what it is about is there still, and anyone of it is well again."""
    if story.subject not in found.there.get(story.kind, {story.subject}):
        return False
    if not story.accounts or found.listed is None:
        return True
    return bool((set(story.accounts) & found.listed) - found.unwell)
