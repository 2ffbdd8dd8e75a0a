"""What an operator gives a platform's sources."""

from __future__ import annotations

from msgspec import Struct


class Credential(Struct, frozen=True):
    """Something that a source needs and an operator gives."""

    name: str
    about: str
    """What it is and where one gets it, in a sentence."""
    secret: bool = True
    """False: it is passed to `ask` among the options."""
