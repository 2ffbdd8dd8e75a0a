"""How the accounts of a platform are written."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct


def nothing_else(text: str) -> str:
    """The way in which most platforms compare handles: upper and lower case are one."""
    return text.casefold()


def as_written(text: str) -> str:
    """The way in which most platforms write handles: as people do."""
    return text


def tabs(words: str) -> str:
    """The end of an address: nothing behind a name, or one of its own pages. Before anything else stands no name."""
    return rf"(?:/(?:{'|'.join(words.split())})(?:/[^?#]*)?)?/?(?:[?#].*)?"


class Handles(Struct, frozen=True):
    """How the accounts of a platform are written.

    Patterns of `re`, matched whole: `names` a bare handle, `urls` `host/path?query` (scheme, `www.` and trailing slash taken off, host in
    lower case). Their named groups are `handle`, the scheme of a stable id, or `server`: that of a federated platform, with
    which the handle becomes `handle@server`.
    """

    names: tuple[str, ...]
    urls: tuple[str, ...] = ()
    reserved: str = ""
    """Words, separated by spaces, that stand where a handle would and never are one."""
    spell: Callable[[str], str] = as_written
    """What a pattern found -> the handle as headcount writes it: a bare `nasa` on Bluesky is `nasa.bsky.social`."""
    fold: Callable[[str], str] = nothing_else
    """Two handles are the same account if their folds are equal."""
    link: str = ""
    """The page of an account: `https://x.com/{handle}`."""
    forms: tuple[str, ...] = ()
    """Examples of every form that is understood, for people to read."""
