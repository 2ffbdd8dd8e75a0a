"""What one processor is given to do: all kinds of break of one seed, or one installation in which nothing breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from unittest.mock import patch

from benchmarks.watching import clean as cleanly
from benchmarks.watching.breaks import BREAKS
from benchmarks.watching.clean import Clean
from benchmarks.watching.controls import build
from benchmarks.watching.histories import Seen, history, prepared

MEMORY = Path("/dev/shm")
"""A simulation's store needs no disk, where there is memory to put it in."""


def histories(seed: int, names: Sequence[str], bad: str = "") -> list[Seen]:
    """One history of each kind."""
    there = build(bad)
    with _folder() as root, there.spoilt():
        people = prepared(root / "before", seed, there.look)
        kinds = [kind for kind in BREAKS if kind.name in names]
        return [history(_new(root), root / "before", people, kind, there.look) for kind in kinds]


def clean(seed: int, accounts: int, hours: int, bad: str = "") -> Clean:
    """So many hours of so many accounts."""
    there = build(bad)
    with _folder() as root, there.spoilt():
        return cleanly.clean(root / "clean", seed, accounts, hours, there.look)


def _new(root: Path) -> Path:
    """The folder of the next history; that of the last one is no longer needed."""
    rmtree(root / "history", ignore_errors=True)
    return root / "history"


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder, and a machine that trusts nobody: loading its certificates for each run would take longer than the run."""
    with (
        TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder,
        patch.dict("os.environ", {"SSL_CERT_FILE": "/dev/null", "SSL_CERT_DIR": folder}),
    ):
        yield Path(folder)
