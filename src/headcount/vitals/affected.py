"""Whom an open incident affects still: it was told once, and some of its accounts may be well again since."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from msgspec import structs

from headcount.news.story import Kind, Story
from headcount.vitals.signs import AccountSigns

SEVERAL: Final[frozenset[Kind]] = frozenset({"network", "platform", "stale", "together"})
"""Incidents of accounts that give no count, and get well one by one."""

UNWELL: Final = frozenset({"failing", "held", "stale"})


def still_affected(story: Story, accounts: Collection[AccountSigns]) -> Story:
    """The story with those of its accounts that give no count still; as it is, where nobody can say that."""
    unwell = {each.key for each in accounts if each.health in UNWELL}
    left = tuple(key for key in story.accounts if key in unwell)
    return structs.replace(story, accounts=left) if left and story.kind in SEVERAL else story
