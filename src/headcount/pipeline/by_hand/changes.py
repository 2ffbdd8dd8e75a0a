"""What becomes of accounts over the years, as people say it: renamed, handed over, archived, and opened again."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from headcount.errors import Mistake
from headcount.model import Account
from headcount.pipeline.house import House
from headcount.roster.identify import identify
from headcount.roster.keys import fold
from headcount.store.nouns import Closure, Happening, Known


class Saying(Struct, frozen=True):
    """Who says something of an account, from when on it holds, and why."""

    who: str
    at: datetime
    why: str = ""


def rename(house: House, name: str, handle: str, saying: Saying) -> str:
    """The account goes by another handle; its key.

    Raises:
        Mistake: where the handle is none, or another account's.
    """
    key = house.directory.key(name)
    platform = key.partition("/")[0]
    named = identify(handle, platform)
    if named.handle in named.ids.values():
        raise Mistake(f"{handle!r} is an id, and an id is never renamed: write the new handle")
    _refuse_strangers(house, key, platform, named.handle)
    _note(house, key, Happening("handle", saying.at, saying.who, saying.why, named.handle))
    return key


def hand_over(house: House, name: str, saying: Saying) -> str:
    """The account's handle passes to another account, which gets a key of its own; the key that is closed.

    Raises:
        Mistake: where it was handed over before, or no reason is given.
    """
    _refuse_silence(saying)
    key = house.directory.key(name)
    if (closed := _closed(house, key)) and closed.kind == "handed over":
        raise Mistake(f"{key} was {closed} already: {closed.why}")
    _note(house, key, Happening("handover", saying.at, saying.who, saying.why))
    return key


def archive(house: House, name: str, saying: Saying) -> str:
    """The account is no longer counted; its key.

    Raises:
        Mistake: where it is not counted any more as it is, or no reason is given.
    """
    _refuse_silence(saying)
    key = house.directory.key(name)
    if closed := _closed(house, key):
        raise Mistake(f"{key} was {closed} already: {closed.why}")
    _note(house, key, Happening("archive", saying.at, saying.who, saying.why))
    return key


def reopen(house: House, name: str, saying: Saying) -> str:
    """It was archived or handed over by mistake, or is to be counted again; its key.

    Raises:
        Mistake: where it is neither, or was so only after that time, or no reason is given.
    """
    _refuse_silence(saying)
    key = house.directory.key(name)
    closed = _closed(house, key)
    if not closed:
        raise Mistake(f"{key} is neither archived nor handed over")
    if saying.at < closed.since:
        raise Mistake(f"{key} was {closed}, and cannot be opened again on {saying.at:%Y-%m-%d}, before that")
    _note(house, key, Happening("reopen", saying.at, saying.who, saying.why))
    return key


def _closed(house: House, key: str) -> Closure | None:
    return house.known[key].closed if key in house.known else None


def _refuse_silence(saying: Saying) -> None:
    if not saying.why.strip():
        raise Mistake("say why, in a sentence: whoever looks at the history in years to come will ask")


def _refuse_strangers(house: House, key: str, platform: str, handle: str) -> None:
    """Another account's handle: one that it is meant by, unless a person has said that it goes by another today."""
    for other in house.known.values():
        if other.key != key and other.platform == platform and _goes_by(other, fold(platform, handle)):
            raise Mistake(
                f"{handle} is the handle of {other.key}, which has been counted under it, and two accounts are never "
                f"joined; if {other.key} goes by another handle now, first `headcount account rename {other.key} HANDLE`; "
                f"if it is gone, first `headcount account handover {other.key} --at TIME --why TEXT`"
            )


def _goes_by(known: Known, folded: str) -> bool:
    names = (each for each in known.today if known.renamed in (None, each))
    return folded in {fold(known.platform, each) for each in names}


def _note(house: House, key: str, happening: Happening) -> None:
    handle = next((entry.handle for entry, account in house.people if account.key == key), "")
    house.store.note(Account(key, handle), happening, house.clock.now())
