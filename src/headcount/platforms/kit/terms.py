"""What a platform lets be done with what it tells."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class Terms(Struct, frozen=True):
    """What a platform's own terms say, each in a sentence; "not said" where they are silent."""

    link: str
    read: date
    """The day of the text that this was taken from."""
    storing: str
    deriving: str
    government: str
