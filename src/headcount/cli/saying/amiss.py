"""What is wrong right now, as `status` says it: a line each, with what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from headcount import platforms
from headcount.news.naming import moment
from headcount.news.story import Kind, Story
from headcount.news.words import advice, title
from headcount.watch.hasty import wrong
from headcount.watch.look import Look
from headcount.watch.post import RANK

IN_THE_TABLE: frozenset[Kind] = frozenset({"account", "held"})
"""What is said in an account's own row."""


def amiss(look: Look, zone: tzinfo) -> list[str]:
    """What is wrong beside single accounts, the gravest first. Times are shown in `zone`."""
    names = {each.platform: platforms.platform(each.platform).name for each in look.accounts()}
    stories = (each for each in wrong(look) if each.kind not in IN_THE_TABLE)
    return [_line(each, names, zone) for each in sorted(stories, key=_gravest_first)]


def _gravest_first(story: Story) -> int:
    return -RANK[story.severity]


def _line(story: Story, names: Mapping[str, str], zone: tzinfo) -> str:
    since = f", since {moment(story.since, zone)}" if story.since else ""
    said = story.detail or _never(story)
    detail = f" ({said})" if said else ""
    return f"{title(story, 'opened', names)}{since}{detail}. {advice(story)}"


def _never(story: Story) -> str:
    return "it has never run to its end" if story.kind == "job" and not story.since else ""
