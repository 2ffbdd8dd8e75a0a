"""The newest printed edition: its files, and the accounts that are in it. Nobody else is known here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from headcount.publish.outputs.accounts import AccountShape, AccountsShape, DepartedShape, UnitShape
from headcount.publish.printed import INDEX, Press, read_press
from headcount.serve.problem import not_found, unavailable

WHO = "accounts.json"


class Listed(Struct, frozen=True):
    """An account that may be seen."""

    shape: AccountShape | DepartedShape
    unit_name: str

    @property
    def has_left(self) -> bool:
        """Whether it is no longer on the roster: it shows nothing as its newest count once that is old."""
        return isinstance(self.shape, DepartedShape)


class Shown(Struct, frozen=True):
    """A printed edition, as it is shown."""

    press: Press
    pointer: bytes
    """`datapackage.json`."""
    organization: str
    printed_at: datetime
    units: tuple[UnitShape, ...]
    accounts: Mapping[str, Listed]
    """By key, in the order of the keys."""
    paths: frozenset[str]
    """Of the files of the sets that are kept."""
    handles: Mapping[str, str] = {}
    """The keys of the accounts on the roster, by platform and handle, folded."""

    def called(self, text: str) -> str:
        """The key of the account that goes by that key, or by that handle on its platform.

        Raises:
            Problem: where no account in the edition does.
        """
        key = text if text in self.accounts else self.handles.get(_folded(text), text)
        self.account(key)
        return key

    def account(self, key: str) -> Listed:
        """The account of that key.

        Raises:
            Problem: where it is not in the edition.
        """
        if key not in self.accounts:
            raise not_found("there is no account of that key: `v1/accounts` lists them all")
        return self.accounts[key]


class Stand:
    """Shows the newest edition, whoever prints meanwhile."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._seen: tuple[int, ...] = ()
        self._shown: Shown | None = None

    def newest(self) -> Shown:
        """The newest edition; an index that has changed is read again.

        Raises:
            Problem: where nothing has been printed yet.
        """
        there = _signature(self._root / INDEX)
        if there != self._seen and (shown := _read(self._root)):
            self._seen, self._shown = there, shown
        if self._shown is None:
            raise unavailable("nothing has been published yet: run `headcount publish`")
        return self._shown


def _signature(index: Path) -> tuple[int, ...]:
    try:
        there = index.stat()
    except OSError:
        return ()
    return there.st_ino, there.st_mtime_ns, there.st_size


def _read(root: Path) -> Shown | None:
    """The edition as it lies there; None where there is none, or while another is being put in its place."""
    press = read_press(root)
    try:
        pointer = press.pointer_place.read_bytes()
        who = press.place(press.files[WHO]).read_bytes() if WHO in press.files else b""
        if hashlib.sha256(pointer).hexdigest() != press.pointer:
            return None
        return _shown(press, pointer, msgspec.json.decode(who, type=AccountsShape))
    except (OSError, msgspec.MsgspecError):
        return None


def _shown(press: Press, pointer: bytes, who: AccountsShape) -> Shown:
    accounts = {each.shape.key: each for each in _listed(who)}
    return Shown(
        press=press,
        pointer=pointer,
        organization=who.organization,
        printed_at=datetime.fromisoformat(who.published_at),
        units=tuple(who.units),
        accounts=dict(sorted(accounts.items())),
        paths=frozenset(path for paths in press.sets for path in paths),
        handles={
            _folded(f"{each.platform}/{each.handle}"): each.key for unit in _flat(who.units) for each in unit.accounts
        },
    )


def _listed(who: AccountsShape) -> Iterator[Listed]:
    """Who has left first: a line that is in force says more."""
    yield from (Listed(each, each.unit_name) for each in who.departed)
    yield from (Listed(each, unit.name) for unit in _flat(who.units) for each in unit.accounts)


def _flat(units: list[UnitShape]) -> Iterator[UnitShape]:
    for unit in units:
        yield unit
        yield from _flat(unit.children)


def _folded(text: str) -> str:
    """A platform and a handle, as they are compared."""
    platform, _, handle = text.partition("/")
    return f"{platform}/{handle.lower().removeprefix('@')}"
