"""What a child process is told, and what it says."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from headcount.watch.letter import Letter, Receipt


class Order(Struct, frozen=True):
    """The letters of one channel. It goes in by the standard input: nobody else can read it there."""

    url: str
    """The channel's Apprise URL."""
    letters: tuple[Letter, ...]
    """None: only whether the URL is understood is asked."""
    seconds: float
    """After these the child is killed."""
    environment: Mapping[str, str] = {}
    """What the libraries that Apprise sends by take from their environment: the proxy, the certificates."""
    proxy: str = ""


class Word(Struct, frozen=True):
    """What became of a letter, as far as it is known: the last word of each is the one that holds."""

    number: int
    receipt: Receipt


NOT_BEGUN = Receipt(False, "there was no time left for it")
UNANSWERED = Receipt(False, "it was not answered in time", doubtful=True)
"""True of a letter from the moment on at which it sets out."""


def line(word: Word) -> bytes:
    """A word as a line of JSON."""
    return msgspec.json.encode(word) + b"\n"


def words(said: bytes) -> tuple[Word, ...]:
    """Every whole line that a child said before it ended, or was killed."""
    whole = said[: said.rfind(b"\n") + 1]
    return tuple(msgspec.json.decode(each, type=Word) for each in whole.splitlines())
