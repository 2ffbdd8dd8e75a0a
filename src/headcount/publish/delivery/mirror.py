"""Brings a target up to date with the press: first what nobody reads yet, then the names that everybody reads, then the pointer."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec
from msgspec import Struct

from headcount.errors import Superseded
from headcount.publish.delivery.target import Body, Target
from headcount.publish.printed import GEN, POINTER, SETS, Press, Printed

OURS = re.compile(rf"{GEN}/[0-9a-f]{{16}}/.+")
"""The paths of sets: nobody else has such."""


class Delivery(Struct, frozen=True):
    """What a delivery came to."""

    versions: Mapping[str, str]
    """Every file that the target has from us: a name with its hash, a path of a set with the number of the last set there that named it."""
    written: tuple[str, ...]
    """The names that had to be written."""


def announced(press: Press, record: Mapping[str, str]) -> dict[str, str]:
    """What to remember before a delivery: whatever becomes of it, every name that it may have written is known to be ours."""
    return dict.fromkeys(press.files, "") | dict(record)


def mirror(press: Press, target: Target, record: Mapping[str, str]) -> Delivery:
    """Put there whatever the target has not, as far as `record` and the target itself say.

    Whoever reads a set by the pointer reads it whole: its files are there before the pointer names them, and stay until
    three further sets have followed.

    Raises:
        DeliveryError: where the target cannot be written; the pointer still names a whole set.
        Superseded: where another publisher has put a newer set there; nothing is rolled back.
    """
    before = target.pointer()
    _refuse_to_roll_back(press, before)
    there = target.there()
    has = {name: version for name, version in (dict(record) | _of_set(before)).items() if name in there}
    of_set = {each.path: each for each in press.files.values() if each.in_set}
    # Left by deliveries that were broken off: they go first, for it may be that the disk is full.
    target.remove({path for path in there if OURS.fullmatch(path)} - has.keys() - of_set.keys())
    target.put_all((path, _body(press, each)) for path, each in of_set.items() if path not in has)
    changed = [each for each in press.files.values() if has.get(each.name) != each.sha256]
    target.put_all((each.name, _body(press, each)) for each in changed if not each.in_set)
    for each in changed:
        if each.in_set:
            target.copy(each.path, each.name, _body(press, each))
    pointer = (press.root / POINTER).read_bytes()
    if pointer != before:
        target.point(pointer, before)
    kept = _kept(press, has, of_set)
    target.remove(has.keys() - kept.keys() - press.files.keys())
    versions = {each.name: each.sha256 for each in press.files.values()}
    return Delivery(kept | versions, tuple(each.name for each in changed))


def _refuse_to_roll_back(press: Press, pointer: bytes | None) -> None:
    if _read(pointer).number > press.number:
        raise Superseded(
            "a newer set than ours is there, which another installation has published: publish from there, "
            "or empty the target to begin anew"
        )


class _Resource(Struct):
    path: str = ""


class _Pointer(Struct):
    number: int = msgspec.field(default=0, name="headcount:number")
    resources: tuple[_Resource, ...] = ()


def _read(pointer: bytes | None) -> _Pointer:
    """What a pointer says; nothing, where it is none of ours."""
    try:
        return msgspec.json.decode(pointer or b"{}", type=_Pointer)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return _Pointer()


def _of_set(pointer: bytes | None) -> dict[str, str]:
    """The paths of the set that a pointer names, each with its number: known to be whole, whatever the record says."""
    said = _read(pointer)
    return {each.path: str(said.number) for each in said.resources if OURS.fullmatch(each.path)}


def _body(press: Press, printed: Printed) -> Body:
    return Body(press.place(printed), printed.bytes, printed.sha256)


def _kept(press: Press, has: Mapping[str, str], of_set: Mapping[str, Printed]) -> dict[str, str]:
    """The paths of the newest sets that were here, each with the number of the last that named it; the pointer has the newest."""
    numbers = {path: int(number) for path, number in has.items() if OURS.fullmatch(path)}
    older = {number for number in numbers.values() if press.floor <= number < press.number}
    newest = sorted(older, reverse=True)[: SETS - 1]
    still = {path: str(number) for path, number in numbers.items() if number in newest}
    return still | dict.fromkeys([*of_set, POINTER], str(press.number))
