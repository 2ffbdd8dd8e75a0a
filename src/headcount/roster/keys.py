"""How the handles of accounts are compared, and the keys that accounts get."""

from __future__ import annotations

import re

from headcount.roster.slugs import handles_of

_UNUSABLE = re.compile(r"[^a-z0-9._@-]")


def fold(platform: str, handle: str) -> str:
    """The handle as it is compared: two with the same fold are one account."""
    return handles_of(platform).fold(handle.removeprefix("@"))


def key_of(platform: str, handle: str) -> str:
    """The key that an account of this handle gets if nobody has it: `twitter/energy`, `reddit/r-energy`."""
    return f"{platform}/{_UNUSABLE.sub('-', handle.removeprefix('@').lower())}"
