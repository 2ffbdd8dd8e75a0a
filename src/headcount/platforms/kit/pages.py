"""The source that reads an account's public page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from headcount.model import Account, Reason
from headcount.net.message import Pace, Reply
from headcount.platforms.kit.contract import Exchange, Options, Refusal, Source
from headcount.platforms.kit.walls import kept_out

GENTLE = Pace(10)
"""A page in six seconds disturbs nobody: most platforms say nothing of a pace for pages."""


def public_page(
    ask: Callable[[Sequence[Account], Options], Exchange],
    about: str,
    misses: tuple[Reason, ...],
    *,
    pace: Pace = GENTLE,
    control: str | None = None,
    refusal: Callable[[Reply], Refusal | None] = kept_out,
) -> Source:
    """A page an account, which anybody may see, and no interface meant for programs."""
    return Source("page", ask, about, pace=pace, control=control, refusal=refusal, official=False, misses=misses)
