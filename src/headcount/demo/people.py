"""Whom the simulated platforms know, and what has become of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from msgspec import Struct

Fate = Literal[
    "well",
    "suspended",
    "private",
    "hidden",
    "withheld",
    "personal",
    "age_gated",
    "quiet",
    "left_out",
    "spoilt",
    "renamed",
    "reused",
]
"""What became of an account. `hidden`: shows no count. `withheld`: the platform has it and will not say. `personal`: a
private person's, not a page or a professional account. `quiet`: has never posted. `left_out`: answers about many pass it
over. `spoilt`: its item lacks its shape. `renamed`: goes by another name, under the same id. `reused`: renamed, and its
old name is somebody else's now. Each file of `answers` says which of them its platform knows."""


class Directory(Struct, frozen=True):
    """The accounts that exist, by platform; a handle that is not here is unknown to the platform."""

    handles: Mapping[str, tuple[str, ...]]
    fates: Mapping[str, Mapping[str, Fate]] = {}
    """By platform and handle, for those that are not well."""


class Person(Struct, frozen=True):
    """An account as its platform knows it."""

    handle: str
    """As it goes by today, in its own upper and lower case."""
    ids: tuple[str, ...]
    """Its stable ids, by the platform's own order: the one that its API speaks of first."""
    number: int
    """What everything else about it can be made up from."""
    fate: Fate
    origin: str
    """The name under which the simulation knows it: the directory's, as it stands there."""

    @property
    def id(self) -> str:
        """The id that the platform's API speaks of."""
        return self.ids[0]


Identify = Callable[[str, int], tuple[str, ...]]
"""The stable ids, in the platform's own form, of the account with this handle and number."""
