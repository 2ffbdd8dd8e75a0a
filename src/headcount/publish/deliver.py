"""Delivers the files of an edition to a folder: each appears whole or not at all."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from headcount.errors import DeliveryError
from headcount.publish.edition import File


class Delivery(Struct, frozen=True):
    """What a delivery came to."""

    versions: Mapping[str, str]
    """Every file that the target now has, with the version of its content."""
    written: tuple[str, ...]
    """Those that had to be written."""


def to_folder(root: Path, files: Iterable[File], there: Mapping[str, str]) -> Delivery:
    """Put every file in place whose version is not `there` already.

    A file is written aside, forced to the disk and put in place by renaming, and so is its name: readers and power cuts
    see the old one or the new one, whole.

    Raises:
        DeliveryError: where the folder cannot be written; files that are in place stay as they were.
    """
    versions: dict[str, str] = {}
    written: list[str] = []
    for file in files:
        before = there.get(file.name) if (root / file.name).is_file() else None
        if file.version is None or file.version != before:
            versions[file.name] = _put(root / file.name, file, before)
        else:
            versions[file.name] = before
        if versions[file.name] != before:
            written.append(file.name)
    return Delivery(versions, tuple(written))


def _put(path: Path, file: File, before: str | None) -> str:
    """Write a file in place, unless it turns out to be what is there; its version."""
    # One name, for the caller is alone: what a killed process left is written over, not gathered.
    aside = path.with_name(f".{path.name}.aside")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        version = _write(aside, file)
        if version == before:
            aside.unlink()
        else:
            aside.replace(path)
            _sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise DeliveryError(
            f"{path} could not be written: {error.strerror or error}. The counts are safe in the store; "
            "mend the folder and run `headcount publish`."
        ) from error
    return version


def _write(aside: Path, file: File) -> str:
    digest = hashlib.sha256()
    with aside.open("wb") as out:
        for chunk in file.make():
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return file.version or f"sha256:{digest.hexdigest()}"


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
