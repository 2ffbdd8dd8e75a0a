"""Brings a target up to date with the press: first what nobody reads yet, then the names that everybody reads, then the pointer."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from headcount.errors import Superseded
from headcount.publish.delivery.target import Body, Target
from headcount.publish.printed import POINTER, SETS, Press, Printed


class Delivery(Struct, frozen=True):
    """What a delivery came to."""

    versions: Mapping[str, str]
    """Every file that the target has from us: a name with its hash, a path of a set with the number of the last set there that named it."""
    written: tuple[str, ...]
    """The names that had to be written."""


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
    has = {name: version for name, version in record.items() if name in there}
    of_set = {each.path: each for each in press.files.values() if each.in_set}
    new = [each for path, each in of_set.items() if path not in has]
    for each in new:
        target.put(each.path, _body(press, each))
    changed = [each for each in press.files.values() if has.get(each.name) != each.sha256]
    for each in changed:
        _put(press, target, each)
    pointer = (press.root / POINTER).read_bytes()
    if pointer != before:
        target.point(pointer, before)
    kept = _kept(press, has, of_set)
    orphans = {path for path in there if path.startswith("gen/")} if record else set()
    target.remove((has.keys() | orphans) - kept.keys() - press.files.keys())
    versions = {each.name: each.sha256 for each in press.files.values()}
    return Delivery(kept | versions, tuple(each.name for each in changed))


def _refuse_to_roll_back(press: Press, pointer: bytes | None) -> None:
    if pointer is not None and number_of(pointer) > press.number:
        raise Superseded(
            "a newer set than ours is there, which another installation has published: publish from there, "
            "or empty the target to begin anew"
        )


class _Pointer(Struct):
    number: int = msgspec.field(default=0, name="headcount:number")


def number_of(pointer: bytes) -> int:
    """The number of the set that a pointer names; 0 where it says none, and where it is something else."""
    try:
        return msgspec.json.decode(pointer, type=_Pointer).number
    except msgspec.MsgspecError:
        return 0


def _put(press: Press, target: Target, each: Printed) -> None:
    if each.in_set:
        target.copy(each.path, each.name, _body(press, each))
    else:
        target.put(each.name, _body(press, each))


def _body(press: Press, printed: Printed) -> Body:
    return Body(press.place(printed), printed.bytes, printed.sha256)


def _kept(press: Press, has: Mapping[str, str], of_set: Mapping[str, Printed]) -> dict[str, str]:
    """The paths of the newest sets that were here, each with the number of the last that named it; the pointer has the newest."""
    numbers = {path: int(number) for path, number in has.items() if path.startswith("gen/")}
    newest = sorted({number for number in numbers.values() if number >= press.floor}, reverse=True)[: SETS - 1]
    still = {path: str(number) for path, number in numbers.items() if number in newest}
    return still | dict.fromkeys([*of_set, POINTER], str(press.number))
