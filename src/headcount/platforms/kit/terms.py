"""What a platform lets be done with what it tells."""

from __future__ import annotations

from msgspec import Struct


class Terms(Struct, frozen=True):
    """What a platform's own terms say, each in a sentence; "not said" where they are silent."""

    link: str
    dated: str
    """Of the text that this was taken from: `17 October 2025`, `undated copy of 2026`."""
    storing: str
    deriving: str
    government: str = "not said"
    pages: str = "not said"
    """Of programs that read public pages."""
