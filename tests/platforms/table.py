"""What a table says of a platform: how its accounts are written, what its sources make of replies, what was recorded.

TABLE = Table(
    handle="nasa",
    means={"https://x.com/NASA": "NASA", "https://x.com/i/user/12": {"x": "12"}},
    refused=("https://x.com/home",),
    rows=(
        good("a list of users", "api", [{"data": [user()]}], Count(5_000)),
        error("it is suspended", "api", [{"errors": [problem("Forbidden")]}], "suspended"),
    ),
)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Literal, Protocol

from msgspec import Struct

from headcount.demo.people import Fate
from headcount.model import Count, Reason
from tests.platforms.replaying import Body

Kind = Literal["good", "empty", "error", "changed", "stranger"]
"""`empty`: an answer in which nobody stands. `error`: the platform says why not. `changed`: another shape than is known.
`stranger`: an answer about somebody else."""

Expected = Count | Mapping[str, Count] | Reason
"""Followers; or every metric that is read; or why nothing is."""


COUNTED = "its count"


class Row(Struct, frozen=True):
    """What a source makes of replies, asked for one account."""

    what: str
    source: str
    kind: Kind
    replies: Sequence[Body]
    expected: Expected
    handle: str = ""
    """Whom it asks for; the table's, where it says nothing."""
    ids: Mapping[str, str] = {}
    """Pinned before."""
    options: Mapping[str, str] = {}
    gives: Mapping[str, str] | None = None
    """The ids that the reading bears, where the row says."""


class _Maker(Protocol):
    def __call__(
        self,
        what: str,
        source: str,
        replies: Sequence[Body],
        expected: Expected,
        *,
        handle: str = "",
        ids: Mapping[str, str] = ...,
        options: Mapping[str, str] = ...,
        gives: Mapping[str, str] | None = None,
    ) -> Row: ...


def _row(kind: Kind, what: str, source: str, replies: Sequence[Body], expected: Expected, **more: object) -> Row:
    return Row(what, source, kind, replies, expected, **more)  # type: ignore[arg-type]  # `_Maker` has their types


good: _Maker = partial(_row, "good")
empty: _Maker = partial(_row, "empty")
error: _Maker = partial(_row, "error")
changed: _Maker = partial(_row, "changed")
stranger: _Maker = partial(_row, "stranger")


class Recorded(Struct, frozen=True):
    """What a recorded reply says of an account."""

    source: str
    handle: str
    expected: Expected
    status: int = 200
    """With which it came, where the file does not say."""
    ids: Mapping[str, str] = {}
    options: Mapping[str, str] = {}
    before: Sequence[Body] = ()
    """Replies of our own that come before it."""
    then: Sequence[Body] = ()
    """Replies of our own that follow it."""


class Table(Struct, frozen=True, kw_only=True):
    """What is known to be true of a platform."""

    handle: str = ""
    """Whom the rows ask for."""
    means: Mapping[str, str | Mapping[str, str]]
    """What people write -> the handle that is meant, or the ids where only an id is written."""
    refused: Sequence[str]
    """What is no account of the platform."""
    gives: Mapping[str, str] | None = None
    """The ids that every reading of a row bears, where the row says nothing else."""
    rows: Sequence[Row] = ()
    simulated: Sequence[str] = ()
    """Three handles, in several forms, that the demo server is asked for."""
    unknown: str = "nobody"
    """A handle that the demo server does not know."""
    fates: Mapping[Fate, Mapping[str, str]] = {}
    """What the demo server's accounts can meet with -> by way (`api by name`, `api by id`, `page`), what is said: a reason,
    or `COUNTED`."""
    refusals: Mapping[str, Mapping[str, Reason]] = {}
    """How the demo server can refuse everything -> by way, what is said."""
    options: Mapping[str, str] = {}
    """What an operator would set, wherever a row, a recording or the demo server needs it."""
    folder: str = ""
    """Of its recordings."""
    recorded: Mapping[str, Sequence[Recorded]] = {}
    unused: Mapping[str, str] = {}
    """Recordings that no source reads, and why."""
