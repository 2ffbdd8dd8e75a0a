"""The facts of a story as its sentences name them."""

from __future__ import annotations

from collections.abc import Mapping

from headcount.news.naming import account_name, plural
from headcount.news.reasons import words_for
from headcount.news.story import Story

UNKNOWN = "an unknown number"


class Facts(dict[str, str]):
    """By name; a number that a story does not have is an unknown one."""

    def __missing__(self, key: str) -> str:
        return UNKNOWN


def facts(story: Story, names: Mapping[str, str]) -> Facts:
    """The facts of a story."""
    slug, source = _way(story)
    words = words_for(story.reason)
    figures = {name: f"{number:,}" for name, number in story.figures.items()}
    return Facts(
        figures,
        subject=story.subject,
        key=story.subject,
        slug=slug,
        platform=names.get(slug, slug),
        source=f"the source {source}",
        account=account_name(story.subject, names),
        reason=story.reason,
        of_platform=words.of_platform,
        of_account=words.of_account,
        todo=words.todo.format(key=story.subject, slug=slug),
        share=_share(story, words.of_platform),
        number=plural(len(story.accounts), "account"),
        were="was" if len(story.accounts) == 1 else "were",
        expiry=_expiry(story.figures),
    )


def _way(story: Story) -> tuple[str, str]:
    """The platform that a story is about, and the source, where it is about one."""
    before, _, after = story.subject.replace("/", ".").partition(".")
    return before, after


def _share(story: Story, says: str) -> str:
    """For how many of its accounts a platform does so, where that are not all and the words do not speak of accounts."""
    of = story.figures.get("of", 0)
    return (
        f" for {len(story.accounts)} of {of} accounts"
        if 0 < len(story.accounts) < of and "accounts" not in says
        else ""
    )


def _expiry(figures: Mapping[str, int]) -> str:
    days = figures.get("days", 0)
    if days < 0:
        return "has expired"
    return f"expires in {plural(days, 'day')}" if days else "expires today"
