"""All that is the matter at one look, and what of it follows from something else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from headcount.news.story import Story
from headcount.watch.look import Found, Look
from headcount.watch.troubles import counts, network, ours, platforms, running
from headcount.watch.troubles.platforms import OUT_OF_REACH

TROUBLES: tuple[Callable[[Look], Iterator[Story]], ...] = (
    network.network_troubles,
    platforms.platform_troubles,
    platforms.account_troubles,
    running.source_troubles,
    running.stale_troubles,
    counts.held_troubles,
    counts.stuck_troubles,
    running.job_troubles,
    running.target_troubles,
    ours.credential_troubles,
    ours.channel_troubles,
    ours.disk_troubles,
    ours.clock_troubles,
)

Follows = Callable[[Story, Story], bool]
"""Whether the second follows from the first."""


def _never(_cause: Story, _story: Story) -> bool:
    return False


def _always(_cause: Story, _story: Story) -> bool:
    return True


def _out_of_reach(_cause: Story, story: Story) -> bool:
    return story.reason in OUT_OF_REACH


def _only_old(_cause: Story, story: Story) -> bool:
    """A target to which nothing was sent; one that refuses what is sent has a trouble of its own."""
    return not story.detail


def _later(cause: Story, story: Story) -> bool:
    return bool(cause.since and story.since and story.since >= cause.since)


def _same_platform(cause: Story, story: Story) -> bool:
    return story.subject.partition(".")[0] == cause.subject


def _same_reason(cause: Story, story: Story) -> bool:
    return _same_platform(cause, story) and story.reason == cause.reason


FOLLOWS: Mapping[tuple[str, str], Follows] = {
    ("network", "platform"): _out_of_reach,
    ("network", "source"): _out_of_reach,
    ("network", "stale"): _always,
    ("network", "target"): _later,
    ("platform", "source"): _same_reason,
    ("platform", "stale"): _same_platform,
    ("job", "stale"): _always,
    ("job", "target"): _only_old,
    ("press", "target"): _always,
    ("clock", "job"): _always,
    ("clock", "stale"): _always,
}
"""By the kinds of the cause and of what may follow from it."""


def find(look: Look, happened: Iterable[Story] = ()) -> Found:
    """What a look comes to."""
    stories = (*look.besides, *(story for trouble in TROUBLES for story in trouble(look)))
    explained = {each.key for each in stories if counts.is_of_purge(look, each) or follows(each, stories)}
    return Found(
        stories=tuple({each.key: each for each in stories if each.key not in explained}.values()),
        explained=frozenset(explained),
        unwell=frozenset(each.key for each in look.accounts() if each.health in {"failing", "held", "stale"}),
        listed=frozenset(each.key for each in look.vitals.accounts) if look.vitals else None,
        there={"job": frozenset(each.job for each in look.jobs()), "channel": look.channels},
        happened=tuple(happened),
    )


def follows(story: Story, stories: Iterable[Story]) -> bool:
    """Whether a story follows from any of some others."""
    return any(FOLLOWS.get((cause.kind, story.kind), _never)(cause, story) for cause in stories)
