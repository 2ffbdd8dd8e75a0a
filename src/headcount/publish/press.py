"""Prints an edition: whatever has changed since the one before is made anew, all else is left as it is."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import structs

from headcount import __version__
from headcount.errors import DeliveryError
from headcount.publish.aside import blocks, put_in_place, sweep, write_aside
from headcount.publish.edition import Edition, fingerprint
from headcount.publish.file import AnyFile, Converted, File, Grown, Revised
from headcount.publish.package.package import package
from headcount.publish.printed import INDEX, POINTER, SETS, Press, Printed, index_bytes, read_press
from headcount.publish.regrow import Regrowth, is_untouched, is_whole


def print_edition(edition: Edition, files: Iterable[AnyFile], before: Press) -> Press:
    """The press with this edition in it. It takes its place at once, when its index is written; until then nothing has changed.

    Raises:
        DeliveryError: where the folder cannot be written.
    """
    try:
        return _Printer(edition, before).print(list(files))
    except OSError as error:
        with suppress(OSError, DeliveryError):
            _sweep(read_press(before.root))
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
        pointer = self._put(Printed(POINTER, "", 0), package(self._edition, files, self._printed, number))
        press = structs.replace(
            self._before,
            mark=self._edition.changes.mark,
            number=number,
            pointer=pointer.sha256,
            files=self._printed,
            **self._kept(number, pointer),
        )
        put_in_place(write_aside(self._aside, [index_bytes(press)]).path, press.root / INDEX)
        put_in_place(write_aside(self._aside, blocks(press.pointer_place)).path, press.root / POINTER)
        _sweep(press)
        return press

    def _kept(self, number: int, pointer: Printed) -> dict[str, Any]:
        """The sets that are kept: only this one, where somebody was to be seen who may not be any more, or nobody knows."""
        of_set = tuple(each.path for each in (*self._printed.values(), pointer) if each.in_set)
        seen = tuple(sorted(self._edition.seen))
        if not self._before.number or {*self._before.seen} - {*seen}:
            return {"sets": (of_set,), "seen": seen, "floor": number}
        return {"sets": (of_set, *self._before.sets)[:SETS], "seen": seen}

    def _file(self, file: AnyFile) -> Printed:
        draft = Printed(file.name, "", 0, file.in_set, _basis(file), self._version(file))
        before = self._before.files.get(file.name)
        if before is None or before.basis != draft.basis:
            return self._made(file, draft, None)
        if self._stands(file, draft, before):
            return structs.replace(before, version=draft.version, written=_written(self._before.place(before)))
        return self._made(file, draft, before)

    def _made(self, file: AnyFile, draft: Printed, before: Printed | None) -> Printed:
        """A file that is made anew, as far as `before` cannot be gone on from."""
        match file:
            case Grown():
                return self._grown(file, draft, before)
            case Revised():
                return self._put(draft, [file.revise(self._content(before))])
            case Converted():
                return self._converted(file, draft)
            case File():
                return self._put(draft, file.make())

    def _version(self, file: AnyFile) -> str:
        match file:
            case Grown():
                return file.version
            case Converted():
                return self._printed[file.source].sha256
        return ""

    def _stands(self, file: AnyFile, draft: Printed, before: Printed) -> bool:
        """Whether a file is known to be as it was, without making it."""
        same = draft.version != "" and draft.version == before.version
        unchanged = isinstance(file, Grown) and file.changed is None
        return (same or unchanged) and is_untouched(self._before.place(before), before)

    def _grown(self, file: Grown, draft: Printed, before: Printed | None) -> Printed:
        regrowth = Regrowth(file, before, self._before.place(before or draft))
        printed = self._put(draft, regrowth.chunks())
        return structs.replace(printed, days=regrowth.days)

    def _content(self, before: Printed | None) -> bytes | None:
        """What was printed before, if it is as it was."""
        place = self._before.place(before) if before else None
        return place.read_bytes() if place and before and is_whole(place, before) else None

    def _converted(self, file: Converted, draft: Printed) -> Printed:
        source = self._printed[file.source]
        made = self._aside.with_name(".converted")
        file.convert(self._before.place(source), made)
        return self._put(draft, blocks(made))

    def _put(self, draft: Printed, chunks: Iterable[bytes]) -> Printed:
        """Write a file, and put it in place unless it is there."""
        written = write_aside(self._aside, chunks)
        printed = structs.replace(draft, sha256=written.sha256, bytes=written.bytes)
        place = self._before.place(printed)
        if printed.in_set and place.is_file() and place.stat().st_size == printed.bytes and is_whole(place, printed):
            written.path.unlink()
        else:
            put_in_place(written.path, place)
        return structs.replace(printed, written=_written(place))


def _basis(file: AnyFile) -> str:
    """What a file and the one before must have in common, so that the one can be made from the other: the program too."""
    match file:
        case Grown():
            return fingerprint([__version__, file.basis, file.head.decode()])
        case Revised():
            return fingerprint([__version__, file.basis])
    return __version__


def _written(place: Path) -> int:
    return place.stat().st_mtime_ns


def _sweep(press: Press) -> None:
    """Remove whatever is of no set, and no series of those who may be seen: a print that was broken off leaves some too."""
    of_sets = {press.root / path for paths in press.sets for path in paths}
    named = of_sets | {press.place(each) for each in press.files.values()}
    sweep(press.root, ({press.root / POINTER, press.root / INDEX} | named).__contains__)
