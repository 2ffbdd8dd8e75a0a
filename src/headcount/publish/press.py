"""Prints an edition: whatever has changed since the one before is made anew, all else is left as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from msgspec import structs

from headcount.errors import DeliveryError
from headcount.publish.aside import Written, put_in_place, write_aside
from headcount.publish.edition import Edition
from headcount.publish.file import AnyFile, Converted, File, Grown, Revised
from headcount.publish.package.package import package
from headcount.publish.printed import POINTER, SETS, Press, Printed, index_bytes
from headcount.publish.regrow import Regrowth, is_whole


def print_edition(edition: Edition, files: Iterable[AnyFile], before: Press) -> Press:
    """The press with this edition in it. It takes its place at once, when its index is written; until then nothing has changed.

    Raises:
        DeliveryError: where the folder cannot be written.
    """
    try:
        return _Printer(edition, before).print(list(files))
    except OSError as error:
        raise DeliveryError(
            f"{before.root} could not be written: {error.strerror or error}. The counts are safe in the store; "
            "mend the folder and run `headcount publish`."
        ) from error


class _Printer:
    """Prints one edition."""

    def __init__(self, edition: Edition, before: Press) -> None:
        self._edition, self._before = edition, before
        # One name, for the printer is alone: what a killed process left is written over, not gathered.
        self._aside = before.root / ".aside"
        self._printed: dict[str, Printed] = {}

    def print(self, files: list[AnyFile]) -> Press:
        for file in files:
            self._printed[file.name] = self._file(file)
        number = max(self._before.number + 1, int(self._edition.at.timestamp()))
        pointer = self._pointer(files, number)
        press = structs.replace(
            self._before,
            mark=self._edition.changes.mark,
            number=number,
            pointer=pointer.sha256,
            files=self._printed,
            **self._kept(number),
        )
        put_in_place(write_aside(self._aside, [index_bytes(press)]).path, press.root / "press.json")
        _sweep(self._before, press)
        return press

    def _kept(self, number: int) -> dict[str, Any]:
        """The sets that are kept: only this one, where somebody was to be seen who may not be any more."""
        of_set = tuple(each.path for each in self._printed.values() if each.in_set)
        seen = tuple(sorted(self._edition.seen()))
        if {*self._before.seen} - {*seen}:
            return {"sets": (of_set,), "seen": seen, "floor": number}
        return {"sets": (of_set, *self._before.sets)[:SETS], "seen": seen}

    def _pointer(self, files: list[AnyFile], number: int) -> Written:
        written = write_aside(self._aside, package(self._edition, files, self._printed, number))
        put_in_place(written.path, self._before.root / POINTER)
        return written

    def _file(self, file: AnyFile) -> Printed:
        before = self._before.files.get(file.name)
        place = self._before.place(before) if before else self._aside
        if before and self._stands(file, before) and place.is_file():
            return structs.replace(before, version=file.version) if isinstance(file, Grown) else before
        match file:
            case Grown():
                return self._grown(file, before if before and before.basis == file.basis else None, place)
            case Revised():
                return self._revised(file, before if before and before.basis == file.basis else None, place)
            case Converted():
                return self._converted(file)
            case File():
                return self._put(Printed(file.name, "", 0, file.in_set), file.make())

    def _stands(self, file: AnyFile, before: Printed) -> bool:
        """Whether a file is known to be as it was, without making it."""
        match file:
            case Grown():
                same = file.changed is None or (file.version != "" and file.version == before.version)
                return same and file.basis == before.basis
            case Converted():
                return before.version == self._printed[file.source].sha256
        return False

    def _grown(self, file: Grown, before: Printed | None, place: Path) -> Printed:
        regrowth = Regrowth(file, before, place)
        draft = Printed(file.name, "", 0, file.in_set, file.basis, file.version)
        printed = self._put(draft, regrowth.chunks())
        return structs.replace(printed, days=regrowth.days)

    def _revised(self, file: Revised, before: Printed | None, place: Path) -> Printed:
        content = place.read_bytes() if before and is_whole(place, before) else None
        return self._put(Printed(file.name, "", 0, file.in_set, file.basis), [file.revise(content)])

    def _converted(self, file: Converted) -> Printed:
        source = self._printed[file.source]
        made = self._aside.with_name(".converted")
        made.parent.mkdir(parents=True, exist_ok=True)
        file.convert(self._before.place(source), made)
        draft = Printed(file.name, "", 0, file.in_set, version=source.sha256)
        try:
            return self._put(draft, _blocks(made))
        finally:
            made.unlink()

    def _put(self, draft: Printed, chunks: Iterable[bytes]) -> Printed:
        """Write a file, and put it in place unless it is there."""
        written = write_aside(self._aside, chunks)
        printed = structs.replace(draft, sha256=written.sha256, bytes=written.bytes)
        place = self._before.place(printed)
        if printed.in_set and place.is_file() and place.stat().st_size == printed.bytes and is_whole(place, printed):
            written.path.unlink()
        else:
            put_in_place(written.path, place)
        return printed


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            yield block


def _sweep(before: Press, press: Press) -> None:
    """Remove what no set names any more, and the series of those who may no longer be seen."""
    named = {path for paths in press.sets for path in paths}
    for path in {path for paths in before.sets for path in paths} - named:
        _remove(press.root / path, press.root / "gen")
    for name in before.files.keys() - press.files.keys():
        if not before.files[name].in_set:
            (press.root / name).unlink(missing_ok=True)


def _remove(file: Path, root: Path) -> None:
    """Remove a file, and the folders below `root` that have nothing in them any more."""
    file.unlink(missing_ok=True)
    for folder in file.parents:
        if folder == root or any(folder.iterdir()):
            return
        folder.rmdir()
