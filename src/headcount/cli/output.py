"""The file that a command writes where it is told to: it appears whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from headcount.errors import DeliveryError
from headcount.publish.aside import put_in_place


@contextmanager
def aside(output: Path) -> Iterator[Path]:
    """Where to write what becomes `output` as soon as all of it is there. Nothing is left of what fails.

    Raises:
        DeliveryError: where it could not be written.
    """
    place = output.absolute()
    try:
        with TemporaryDirectory(dir=place.parent, prefix=f".{place.name}.") as folder:
            made = Path(folder) / "made"
            yield made
            put_in_place(made, place)
    except OSError as error:
        raise DeliveryError(f"{output} could not be written: {error.strerror}") from None
