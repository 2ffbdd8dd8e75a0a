"""What is sent to people, and who carries it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

from msgspec import Struct

from headcount.news.story import Severity

Tone = Severity | Literal["over"]
"""How bad it is, or that it is over."""


class Letter(Struct, frozen=True):
    """A message to one channel."""

    channel: str
    title: str
    text: str
    tone: Tone
    html: str = ""
    """For mail; empty: the text says it all."""
    pictures: Mapping[str, bytes] = {}
    """PNGs that the HTML shows as `cid:NAME`."""


class Receipt(Struct, frozen=True):
    """What became of a letter."""

    sent: bool
    detail: str = ""
    """Why it was not, without the channel's URL or anything of it that is secret."""
    doubtful: bool = False
    """It was not answered in time: it may have arrived all the same."""


class Carrier(Protocol):
    """Carries letters to their channels."""

    def __call__(self, letters: Sequence[Letter], seconds: float) -> tuple[Receipt, ...]:
        """A receipt for each letter, in their order, after `seconds` at the latest: whatever is not done by then is doubtful."""
